"""The editor's toolbar by mouse and by keys, tables out of cells, and pictures that are pasted."""
import base64

import pytest

from e2e.browser import is_valid, look_over
from e2e.editor import PNG
from e2e.house import wait_for
from e2e.staff import StaffSite, press, see

EDDA = "Edda Editor"
PATH = "/staff/lists/news/bulletins"
PASTE = """(() => {
	const bytes = Uint8Array.from(atob("%s"), (c) => c.charCodeAt(0));
	const held = new DataTransfer();
	held.items.add(new File([bytes], "image.png", { type: "image/png" }));
	document.getElementById("text").dispatchEvent(
		new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }));
})()""" % base64.b64encode(PNG).decode()


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.add_list("news", "Improvement update", topics="neglect, hearings")
        desk.hire_all()
        yield desk


@pytest.fixture(name="editor")
def an_editor(desk):
    """A new draft with one line in it, open in a window."""
    path = desk.write("draft.md", "---\nlist: news\ntitle: Rooms\n---\n\nOne line.\n")
    desk.ok("bulletin", "draft", path, staff=EDDA)
    number = desk.json("bulletin", "list")[-1]["number"]
    with desk.window(EDDA, f"{PATH}/{number}/edit") as browser:
        browser.number = number
        yield browser
        assert browser.trouble() == []


def value(browser):
    return browser.ask("run", script="document.getElementById('text').value")


def select(browser, words):
    browser.ask("run", script=f"""(() => {{ const t = document.getElementById("text");
        const at = t.value.indexOf("{words}"); t.focus();
        t.setSelectionRange(at, at + {len(words)}); }})()""")


def poke(browser, act):
    browser.ask("run", script=f"document.querySelector('[data-act={act}]').click()")


def test_marks_are_put_around_what_is_selected(editor):
    select(editor, "One")
    poke(editor, "bold")
    assert value(editor).startswith("**One** line.")
    select(editor, "line")
    press(editor, "Control+i")
    assert value(editor).startswith("**One** *line*.")
    press(editor, "Control+z")
    assert value(editor).startswith("**One** line.")
    select(editor, "One")
    poke(editor, "section")
    assert value(editor).startswith("## **One** line.")


def test_it_is_one_stop_of_the_tab_key_and_arrows_go_through_it(editor):
    stops = "[...document.querySelectorAll('#toolbar button')].filter((b) => b.tabIndex === 0).length"
    assert editor.ask("run", script=stops) == 1
    editor.ask("run", script="document.querySelector('#toolbar button').focus()")
    press(editor, "ArrowRight", "ArrowRight")
    assert editor.ask("run", script="document.activeElement.dataset.act") == "bold"
    press(editor, "End")
    assert editor.ask("run", script="document.activeElement.dataset.act") == "picture"
    assert editor.ask("run", script=stops) == 1
    assert not look_over(editor, "the toolbar")
    html = editor.ask("run", script="fetch(location.href).then((r) => r.text())")
    assert not is_valid(editor, "the editor", html)


def test_a_table_is_made_of_cells_from_a_spreadsheet_or_by_its_size(editor):
    editor.ask("run", script="document.getElementById('text').setSelectionRange(99, 99)")
    poke(editor, "table")
    editor.fill("#table-cells", "Place\tRooms\nLeith\t4 | 5\n")
    editor.ask("run", script="document.querySelector('#table-maker button[value=insert]').click()")
    wait_for("the table", lambda: "| Place | Rooms |" in value(editor))
    assert "| Place | Rooms |\n| --- | --- |\n| Leith | 4 \\| 5 |\n\n" in value(editor)
    poke(editor, "table")
    editor.fill("#table-columns", "2")
    editor.fill("#table-rows", "1")
    editor.ask("run", script="document.querySelector('#table-maker button[value=insert]').click()")
    wait_for("the table", lambda: "| Heading 1 | Heading 2 |" in value(editor))
    poke(editor, "table")
    before = value(editor)
    press(editor, "Escape")
    assert value(editor) == before


def test_a_pasted_picture_is_kept_with_its_words(desk, editor):
    editor.ask("run", script=PASTE)
    see(editor, "What does the picture show?", "#picture-maker")
    # Without words it is not attached.
    editor.ask("run", script="document.querySelector('#picture-maker button[value=insert]').click()")
    assert editor.ask("run", script="document.getElementById('picture-maker').open")
    editor.fill("#picture-alt", "A room with a [green] door")
    editor.ask("run", script="document.querySelector('#picture-maker button[value=insert]').click()")
    see(editor, "is attached.", "#toolbar-said")
    assert "![A room with a green door](picture-" in value(editor)
    see(editor, "Saved", "#saved")
    wait_for("it to be saved", lambda: "green door" in desk.query(
        f"SELECT source FROM bulletin WHERE number = {editor.number}")[0][0])
    bulletin = desk.see(EDDA, f"{PATH}/{editor.number}/edit").text
    assert "1 by 1" in bulletin


def test_without_script_there_is_no_toolbar_and_the_text_is_a_plain_field(desk):
    with desk.window(EDDA, f"{PATH}/1/edit", scripts=False) as browser:
        assert "Bold" not in browser.text() and "Put a table in" not in browser.text()
        browser.fill("#text", "Written without script.")
        browser.click("#save")
        assert "Saved." in browser.text()
