"""Writing a bulletin, from the side of whoever writes: whatever stands there is saved, by itself
too, and nothing that two people write at once is lost."""
import re

import pytest

from e2e.browser import Browser
from e2e.editor import PNG, editor_fields, post_parts
from e2e.house import wait_for
from e2e.staff import StaffSite, see, words_of

TEXT = """---
list: news
title: Rooms
topics: neglect
---

Good morning.

## Neglect {neglect}

Marigold: the pilot ends in spring.
"""


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.add_list("news", "Improvement update", topics="neglect, hearings")
        desk.subscribe("news", "reader@example.test")
        desk.hire_all()
        yield desk


def path_of(number):
    return f"/staff/lists/news/bulletins/{number}"


def stands(desk, number):
    (source, state), = desk.query(
        "SELECT source, state FROM bulletin WHERE number = ?", number)
    return source, state


def form(desk, name, number, **written):
    return desk.do(name, f"{path_of(number)}/edit", editor_fields(desk, name, number, **written))


@pytest.mark.parametrize("written, line, words", [
    ({"title": ""}, None, "It has no title yet."),
    ({"text": "One.\n\n## Two {hearings}\n\nText"}, 3, "The topic &quot;hearings&quot; is not"),
    ({"text": ""}, None, "There is no text yet."),
    ({"title": "x" * 300}, None, "is longer than 200 characters"),
], ids=["no title", "topic", "no text", "long title"])
def test_draft_is_saved_whatever_is_in_it(desk, written, line, words):
    number = desk.draft(TEXT)
    assert form(desk, "Edda Editor", number, **written).status == 303
    page = desk.see("Edda Editor", f"{path_of(number)}/edit")
    assert page.status == 200 and words in page.text and "line:" not in page.text
    if line:
        assert f'data-line="{line}">Line {line}</a>' in page.text
    for name, value in written.items():
        assert editor_fields(desk, "Edda Editor", number)[name].strip() == value
    # It stands in the way of approval alone, and its page says what it is.
    shown = desk.see("Abe Approver", path_of(number))
    assert shown.status == 200 and words in shown.text
    assert 'formaction' not in shown.text and "/approve\"" not in shown.text
    said = desk.mercat("bulletin", "approve", "news", number, staff="Abe Approver")
    assert said.code != 0 and stands(desk, number)[1] == "draft"


def test_words_that_look_like_keys_are_words(desk):
    number = desk.draft(TEXT)
    text = "---\nWarning: wet paint\n---\n\nMore."
    assert form(desk, "Edda Editor", number, text=text).status == 303
    assert editor_fields(desk, "Edda Editor", number)["text"] == text
    assert stands(desk, number)[0].startswith("---\nlist: news\ntitle: Rooms\n")
    # A whole file that is pasted is taken apart.
    pasted = TEXT.replace("Rooms", "Pasted")
    assert form(desk, "Edda Editor", number, text=pasted).status == 303
    fields = editor_fields(desk, "Edda Editor", number)
    assert fields["title"] == "Pasted" and fields["text"].startswith("Good morning.")


def test_what_is_typed_saves_itself(desk):
    number = desk.draft(TEXT)
    with Browser(desk.origin) as browser:
        browser.visitor(width=1440)
        desk.sign_in(browser, "Edda Editor", f"{path_of(number)}/edit")
        browser.fill("#title", "")
        browser.fill("#text", "One.\n\n## Half a sent")
        wait_for("the draft to save itself",
                 lambda: "Half a sent" in stands(desk, number)[0], 30)
        wait_for("the page to say so", lambda: re.search(
            r"Saved \d\d:\d\d", words_of(browser, "#saved")), 30)
        # Leaving asks nothing, since nothing is lost: a dialog would be trouble.
        browser.open("/staff")
        browser.open(f"{path_of(number)}/edit")
        assert browser.ask("run", script="document.getElementById('text').value"
                           ) == "One.\n\n## Half a sent"
        browser.fill("#title", "Rooms again")
        browser.click("#save")
        see(browser, "Saved.")
        assert "title: Rooms again\n" in stands(desk, number)[0]
        assert browser.trouble() == []
    events = desk.query("SELECT count(*) FROM audit WHERE event = 'bulletin edited'"
                        " AND subject_id = (SELECT id FROM bulletin WHERE number = ?)", number)
    assert events[0][0] <= 2


def test_two_at_once_keep_both_versions(desk):
    number = desk.draft(TEXT)
    with Browser(desk.origin) as browser:
        browser.visitor(width=1440)
        desk.sign_in(browser, "Edda Editor", f"{path_of(number)}/edit")
        assert form(desk, "Ines Second", number, text="Of Ines.").status == 303
        browser.fill("#text", "Of Edda.")
        wait_for("the clash to be said", lambda: "kept aside" in words_of(browser, "#saved"), 30)
        assert "Of Ines." in stands(desk, number)[0]
        browser.click("#save")
        see(browser, "Ines Second has saved this bulletin since you opened it")
        compared = words_of(browser, ".diff")
        assert "[removed: Ines ]" in compared and "[added: Edda ]" in compared
        browser.fill("#text", "Of Ines and Edda.")
        browser.click("#save")
        see(browser, "Saved.")
        assert "Of Ines and Edda." in stands(desk, number)[0]
        # Hers is kept aside until somebody throws it away.
        see(browser, "A version of Ines Second")
        browser.click("text=Compare and use it")
        assert browser.ask("run", script="document.getElementById('text').value"
                           ) == "Of Ines."
        browser.click("text=Back to what stands")
        browser.click("text=Throw it away")
        see(browser, "The version is thrown away.")
        assert "A version of" not in words_of(browser)
        assert browser.trouble() == []


def test_same_without_script(desk):
    number = desk.draft(TEXT)
    mine = editor_fields(desk, "Edda Editor", number, text="Of Edda.")
    assert form(desk, "Ines Second", number, text="Of Ines.").status == 303
    clash = desk.do("Edda Editor", f"{path_of(number)}/edit", mine)
    assert clash.status == 409 and "Of Edda." in clash.text and "Ines Second has saved" in clash.text
    # The same form once more, by a second click or on the way back: still one version aside.
    kept = re.search(r'name="aside" value="(\d+)"', clash.text)[1]
    desk.do("Edda Editor", f"{path_of(number)}/edit", mine | {"aside": kept})
    assert desk.query("SELECT count(*) FROM bulletin_version") >= [(1,)]
    assert desk.query("SELECT count(*) FROM bulletin_version v JOIN bulletin b"
                      " ON b.id = v.bulletin_id WHERE b.number = ?", number) == [(1,)]
    # Saved twice is saved once.
    same = editor_fields(desk, "Ines Second", number, text="Of Ines, later.")
    for _ in range(2):
        assert desk.do("Ines Second", f"{path_of(number)}/edit", same).status == 303
    assert "Of Ines, later." in stands(desk, number)[0]


def test_picture_and_words_are_saved_together(desk):
    number = desk.draft(TEXT)
    edit = f"{path_of(number)}/edit"
    fields = editor_fields(desk, "Edda Editor", number, text="Words before the picture.")
    wrong = post_parts(desk, "Edda Editor", edit, fields | {"then": "attach"}, b"no picture")
    assert wrong.status == 400 and 'id="picture-error"' in wrong.text
    assert "Words before the picture." in wrong.text
    assert "Words before the picture." in stands(desk, number)[0]
    fields = editor_fields(desk, "Edda Editor", number, text="![A room](room.png)")
    assert post_parts(desk, "Edda Editor", edit, fields | {"then": "attach"}, PNG).status == 303
    assert "![A room](room.png)" in stands(desk, number)[0]
    fields = editor_fields(desk, "Edda Editor", number, text="Without it.")
    for _ in range(2):
        gone = desk.do("Edda Editor", edit, fields | {"then": "remove room.png"})
        assert gone.status in (303, 409)
        fields["hash"] = ""
    assert "Without it." in stands(desk, number)[0]
    assert desk.query("SELECT count(*) FROM bulletin_image i JOIN bulletin b"
                      " ON b.id = i.bulletin_id WHERE b.number = ?", number) == [(0,)]


def test_schedule_is_never_dropped_in_silence(desk):
    number = desk.draft(TEXT)
    opened = editor_fields(desk, "Edda Editor", number, text="Written before it was scheduled.")
    desk.ok("bulletin", "approve", "news", number, staff="Abe Approver")
    desk.ok("bulletin", "schedule", "news", number, "2098-12-22 09:00", staff="Abe Approver")
    # A page from before does not end it by itself, nor by a button whose words were others.
    auto = desk.do("Edda Editor", f"{path_of(number)}/edit", opened | {"then": "auto"})
    assert auto.status == 200 and '"moved"' in auto.text
    moved = desk.do("Edda Editor", f"{path_of(number)}/edit", opened)
    assert moved.status == 409 and "approved and scheduled for" in moved.text
    assert "Written before it was scheduled." in moved.text
    assert stands(desk, number)[1] == "scheduled"
    page = desk.see("Edda Editor", f"{path_of(number)}/edit").text
    assert "A change that you save ends its approval and takes it off the schedule" in page
    assert "Save and take it off the schedule" in page
    # Nothing changed, nothing ended.
    assert form(desk, "Edda Editor", number).status == 303
    assert stands(desk, number)[1] == "scheduled"
    done = form(desk, "Edda Editor", number, text="Other words.")
    assert done.status == 303 and stands(desk, number)[1] == "draft"
    said = desk.get(f"{path_of(number)}/edit", Cookie=desk.cookie("Edda Editor") + "; "
                    + done.headers["set-cookie"].split(";")[0]).text
    assert "off the schedule: it was to go out on" in said
