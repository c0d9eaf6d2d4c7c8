"""What is kept outside the store shows what the chain of the audit cannot show by itself."""
import hashlib
import os
import re
import sqlite3

import pytest

from e2e.house import STRANGERS, text_of, wait_for
from e2e.staff import StaffSite

READER = STRANGERS[0]


@pytest.fixture(name="site", scope="module")
def a_site(tmp_path_factory):
    kept = tmp_path_factory.mktemp("elsewhere")
    settings = (f'audit: {{ head_file = "{kept}/heads"; head_to = "{READER}"; }};\n')
    with StaffSite.opened(settings=settings) as site:
        site.heads = f"{kept}/heads"
        site.hire_all()
        site.add_list("cpip")
        site.subscribe("cpip", STRANGERS[1])
        number = site.draft("---\nlist: cpip\ntitle: News\n---\n\nHello.\n")
        site.send("cpip", number)
        site.wait_until_sent("cpip", number)
        wait_for("the first head to be kept", lambda: os.path.exists(site.heads))
        yield site


def told(site):
    """The mail that says that it is sent."""
    mail, = wait_for("the mail about it", lambda: site.mails(READER))
    assert str(mail["Subject"]) == "Sent: No. 1: News"
    return mail


def head_in(text):
    return re.search(r"\d+:[0-9a-f]{64}", text)[0]


def field(text):
    return f"{len(text.encode())}:{text};"


def written_anew(store, first):
    """Every row from there on, with a chain that fits: as one could who can write the store."""
    before = store.execute("SELECT hash FROM audit WHERE id = ?", (first - 1,)).fetchone()[0]
    rows = store.execute(
        "SELECT id, at, subject_id, who, event, subject, detail, form, about, about_id,"
        " content_hash FROM audit WHERE id >= ? ORDER BY id", (first,)).fetchall()
    for number, at, about_what, who, act, subject, detail, form, part, part_id, text in rows:
        who = "Somebody Else"
        said = (field(before) + f"{at};{about_what or 0};" + field(who) + field(act)
                + field(subject) + field(detail))
        if form != 1:
            said += field(part or "") + f"{part_id or 0};" + field(text or "")
        before = hashlib.sha256(said.encode()).hexdigest()
        store.execute("UPDATE audit SET who = ?, hash = ? WHERE id = ?", (who, before, number))


def changed(site, how):
    """With the store changed behind the program's back, and changed back at the end."""
    site.stop_daemon()
    path = f"{site.folder}/state/mercat.db"
    store = sqlite3.connect(path, isolation_level=None)
    store.execute("PRAGMA foreign_keys = OFF")
    kept = store.execute("SELECT * FROM audit ORDER BY id").fetchall()
    triggers = store.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
                             " AND tbl_name = 'audit'").fetchall()
    for name, _ in triggers:
        store.execute(f"DROP TRIGGER {name}")
    how(store)
    try:
        yield
    finally:
        store.execute("DELETE FROM audit")
        store.executemany(f"INSERT INTO audit VALUES ({','.join('?' * len(kept[0]))})", kept)
        for _, sql in triggers:
            store.execute(sql)
        store.close()
        site.start_daemon()
        wait_for("the pages", lambda: answers(site))


def kept_last(site):
    with open(site.heads, encoding="utf-8") as file:
        return file.read().split()[-1]


def answers(site):
    try:
        return site.get("/health").status == 200
    except OSError:
        return False


def cut(store):
    store.execute("DELETE FROM audit WHERE id > (SELECT max(id) FROM audit) - 6")


def rewritten(store):
    written_anew(store, 5)


def test_it_is_whole_and_what_was_kept_stands(site):
    mail = told(site)
    assert "Sent: 1" in text_of(mail) and "/staff/lists/cpip/bulletins/1/report" in text_of(mail)
    said = site.ok("audit", "verify", "--head", head_in(text_of(mail))).out
    assert "The audit is whole" in said and "The head that you gave stands" in said
    assert f"{site.heads}: each of its " in said, said
    with open(site.heads, encoding="utf-8") as file:
        assert re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \d+:[0-9a-f]{64}\n)+", file.read())
    site.ok("audit", "verify", "--head", head_in(site.log()))


def test_no_head_is_said_to_be_none(site):
    done = site.mercat("audit", "verify", "--head", "twelve")
    assert done.code == 2 and "is no head of the audit" in done.err


@pytest.mark.parametrize("how, words", [(cut, "was cut off"), (rewritten, "was written anew")])
def test_what_the_chain_does_not_show_the_heads_do(site, how, words):
    mail = told(site)
    # The newest head: of after everything that the tests before did.
    site.stop_daemon()
    site.start_daemon()
    last, = site.query("SELECT max(id) FROM audit")[0]
    wait_for("the head to be kept", lambda: kept_last(site).startswith(f"{last}:"))
    heads = {"mail": head_in(text_of(mail)),
             "log": re.findall(r"\d+:[0-9a-f]{64}", site.log())[-1]}
    for _ in changed(site, how):
        done = site.mercat("audit", "verify")
        assert done.code == 1 and words in done.err and f"{site.heads}, line " in done.err, done.err
        os.rename(site.heads, site.heads + ".away")
        try:
            done = site.mercat("audit", "verify")
            assert done.code == 2 and "is not there" in done.err, done.err
            for content in (b"", b"\0" * 70 + b"\n", b"nonsense\n"):
                with open(site.heads, "wb") as file:
                    file.write(content)
                assert site.mercat("audit", "verify").code == 2, content
            os.unlink(site.heads)
            os.mkfifo(site.heads)
            done = site.mercat("audit", "verify")
            assert done.code == 2 and "no ordinary file" in done.err, done.err
            os.unlink(site.heads)
        finally:
            os.rename(site.heads + ".away", site.heads)
        with open(site.heads, encoding="utf-8") as file:
            before = file.read()
        site.start_daemon()
        wait_for("the clock to say so", lambda: words in site.log())
        site.stop_daemon()
        with open(site.heads, encoding="utf-8") as file:
            assert file.read() == before, "nothing is put behind heads that do not stand"
        done = site.mercat("audit", "verify", "--head", heads["log"])
        assert done.code == 1 and words in done.err and "that you gave" in done.err, done.err
    site.ok("audit", "verify", "--head", heads["mail"])


def test_pages_compare_with_a_head(site):
    mail = told(site)
    head = head_in(text_of(mail))
    page = site.see("Dot Protection", f"/staff/audit/verify?kept={head}").text
    assert "The chain is whole" in page and "The head that you gave stands" in page
    number, colon, digits = head.partition(":")
    page = site.see("Dot Protection", f"/staff/audit/verify?kept={number}{colon}{digits[::-1]}").text
    assert "The head that you gave does not stand" in page and "was written anew" in page
    page = site.see("Dot Protection", f"/staff/audit/verify?kept=99999{colon}{digits}").text
    assert "was cut off: it had 99999 rows" in page
    page = site.see("Dot Protection", "/staff/audit/verify?kept=<b>").text
    assert "is no head of the audit" in page and "<b>" not in page.split("<main", 1)[1]
