"""Letters, calls and what colleagues send on become responses, from the officials' side."""
import re
import secrets

import pytest

from e2e.house import DOMAIN, wait_for
from e2e.staff import StaffSite, demo, see, words_of

PLACES = "/staff/consultations/places"
NEW = f"{PLACES}/responses/new"
PNG = (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
       b"\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82")
LETTER = {"channel": "paper", "received": "yesterday", "name": "Olive Quarry",
          "organisation": "Fenside Players", "type": "organisation",
          "address": "olive@fenside.example", "acknowledge": "yes",
          "permission": "without name",
          "text": "> The hall is cold.\n\nOn Monday, Ada wrote:\nOpen it on Sundays, too.\n"}


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places for young people")
        desk.put(desk.reply(1))
        desk.hire_all()
        yield desk


def send(desk, name, path, fields, files=()):
    """A form with files, as a browser sends it."""
    mark = secrets.token_hex(12)
    body = b""
    for key, value in [("csrf", desk.token(name)), *fields.items()]:
        body += (f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n'
                 f"{value}\r\n").encode()
    for file, kind, content in files or [("", "application/octet-stream", b"")]:
        body += (f'--{mark}\r\nContent-Disposition: form-data; name="files"; '
                 f'filename="{file}"\r\nContent-Type: {kind}\r\n\r\n').encode()
        body += content + b"\r\n"
    return desk.request("POST", path, body + f"--{mark}--\r\n".encode(), {
        "Content-Type": f"multipart/form-data; boundary={mark}", "Cookie": desk.cookie(name)})


def once_of(desk):
    return re.search(r'name="once" value="(\w+)"', desk.see("Edda Editor", NEW).text)[1]


def adds(desk, files=(), **fields):
    """The reference."""
    answer = send(desk, "Edda Editor", NEW, {"once": once_of(desk), **fields}, files)
    assert answer.status == 303, answer.text
    return answer.headers["location"].split("?")[0]


def one(desk, sql, *args):
    return desk.query(sql, *args)[0]


def test_a_letter_gets_a_reference_and_counts(desk):
    at = adds(desk, **LETTER)
    page = desk.see("Edda Editor", at).text
    assert at == f"{PLACES}/responses/2"
    assert "Olive Quarry" in page and "On paper" in page and "added by Edda Editor" in page
    assert "The hall is cold." in page and "Open it on Sundays" in page
    assert one(desk, "SELECT channel, late FROM response WHERE number = 2") == ("paper", 0)
    assert desk.query("SELECT kind FROM notification WHERE recipient = 'olive@fenside.example'"
                      ) == [("acknowledgement",)]
    rows = desk.json("response", "list", "--consultation", "places")
    assert [(row["channel"], row["from_name"]) for row in rows] == [
        ("email", "Person 1"), ("paper", "Olive Quarry")]
    assert desk.json("response", "show", "places-2")["response"]["channel"] == "paper"
    table = desk.mercat("analysis", "places", "--by", "channel", "--state", "any", form="csv").out
    assert re.search(r"(?m)^\W*paper\W+1\b", table), table
    who = [row["who"] for row in desk.json("audit", "list") if row["event"] == "response added"]
    assert who == ["Edda Editor"]


def test_the_typist_is_never_the_respondent(desk):
    adds(desk, channel="telephone", received="today", text="Somebody rang: it is cold.")
    name, key = one(desk, "SELECT x.name, x.address_key FROM response r JOIN respondent x "
                          "ON x.id = r.respondent_id ORDER BY r.id DESC LIMIT 1")
    assert name is None and "edda" not in key.lower()


def test_a_scan_is_kept_and_read_like_any_file(desk):
    at = adds(desk, [("letter.png", "image/png", PNG),
                     ("C:\\notes\\typed.txt", "text/plain", b"Keep the lantern at the door.\n")],
              channel="paper", received="yesterday")
    wait_for("the files to be read", lambda: not desk.query(
        "SELECT 1 FROM attachment WHERE text_state = 'waiting'"))
    page = desk.see("Edda Editor", at).text
    assert "letter.png" in page and "typed.txt" in page and "Keep the lantern" in page
    number = re.search(r"/(\d+)$", at)[1]
    kept = desk.see("Edda Editor", f"{PLACES}/responses/{number}/files/0")
    assert kept.status == 200 and kept.body == PNG


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(desk):
    before = one(desk, "SELECT count(*) FROM response")
    wrong = dict(LETTER, received="31 February", address="olive", name="Olive & Co")
    answer = send(desk, "Edda Editor", NEW, {"once": once_of(desk), **wrong},
                  [("letter.png", "image/png", PNG)])
    assert answer.status == 400
    for words in ("31 February", "Olive &amp; Co", "Open it on Sundays, too.", 'id="received-error"',
                  'id="address-error"', 'id="files-error"', 'href="#received"',
                  'value="paper" selected', 'value="without name" selected'):
        assert words in answer.text, words
    tomorrow = send(desk, "Edda Editor", NEW, {
        "once": once_of(desk), **dict(LETTER, received="31/12/2098")})
    assert tomorrow.status == 400 and "yet to come" in tomorrow.text
    assert one(desk, "SELECT count(*) FROM response") == before


def test_a_double_click_is_one_response_and_another_letter_is_another(desk):
    once = once_of(desk)
    fields = dict(LETTER, once=once, text="Twice.")
    first, second = (send(desk, "Edda Editor", NEW, fields) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    third = send(desk, "Edda Editor", NEW, dict(fields, text="Gone back, and something else."))
    assert third.status == 409 and "was sent before" in third.text
    assert "Gone back, and something else." in third.text
    again = re.search(r'name="once" value="(\w+)"', third.text)[1]
    fourth = send(desk, "Edda Editor", NEW, dict(fields, text="Gone back.", once=again))
    assert fourth.status == 303 and fourth.headers["location"] != first.headers["location"]


def test_adding_is_taken_back(desk):
    adds(desk, channel="meeting", received="today", text="Said by mistake.")
    assert desk.do("Edda Editor", "/staff/undo").status == 303
    assert one(desk, "SELECT state, reason FROM response ORDER BY id DESC LIMIT 1") == (
        "excluded", "put in by mistake")


def test_reading_anew_keeps_who_it_is_from(desk):
    def known():
        return desk.query("SELECT r.number, r.channel, x.name, x.permission, p.from_name, p.text_new "
                          "FROM response r JOIN respondent x ON x.id = r.respondent_id JOIN parsed p "
                          "ON p.inbound_id = r.inbound_id ORDER BY r.number")
    before = known()
    desk.ok("store", "rebuild")
    assert known() == before


def test_what_a_colleague_sent_on_is_filed_for_who_wrote_it(desk):
    desk.put(demo.mail("Clerk <clerk@council.example>", "A letter came", "Please see attached.\n",
                       to=f"elsewhere@{DOMAIN}", files=[("scan.png", "image/png", PNG)]))
    mail = one(desk, "SELECT max(id) FROM inbound")[0]
    page = desk.see("Edda Editor", f"/staff/unsorted/{mail}").text
    assert f'href="/staff/unsorted/{mail}/sent-on"' in page
    at = f"/staff/unsorted/{mail}/sent-on"
    nobody = desk.do("Edda Editor", at, {"consultation": "places", "channel": "paper"})
    assert nobody.status == 400 and "say whose" in nobody.text.lower()
    done = desk.do("Edda Editor", at, {
        "consultation": "places", "channel": "paper", "name": "Wim Reed", "type": "individual",
        "address": "wim@reed.example", "acknowledge": "yes"})
    assert done.status == 303, done.text
    assert one(desk, "SELECT x.name, x.address_key, r.channel FROM response r JOIN respondent x "
                     "ON x.id = r.respondent_id WHERE r.inbound_id = ?", mail) == (
        "Wim Reed", "wim@reed.example", "paper")
    assert desk.query("SELECT recipient FROM notification WHERE inbound_id = ?", mail) == [
        ("wim@reed.example",)]


def test_a_response_is_said_to_be_somebody_elses_and_taken_back(desk):
    with desk.window("Edda Editor", f"{PLACES}/responses/1") as browser:
        browser.ask("run", script="[...document.querySelectorAll('a')].find("
                                  "a => a.textContent.includes('sent on for somebody')).click()")
        see(browser, "It was sent on for somebody else")
        browser.fill("#name", "Nan Yarrow")
        browser.ask("run", script="document.querySelector('#channel').value = 'telephone'")
        assert browser.click("main form button") == 200
        page = words_of(browser)
        assert "places-0001 is now the response of Nan Yarrow." in page
        assert "Sent on by person1@post.example" in page and "Telephone" in page
        assert not browser.trouble()
    # It stays theirs when it is read anew.
    desk.ok("store", "rebuild")
    assert "Nan Yarrow" in desk.see("Edda Editor", f"{PLACES}/responses/1").text
    assert desk.do("Edda Editor", "/staff/undo").status == 303
    assert "Nan Yarrow" not in desk.see("Edda Editor", f"{PLACES}/responses/1").text


def test_the_official_adds_a_letter_by_clicking(desk):
    with desk.window("Edda Editor", PLACES) as browser:
        browser.ask("run", script="[...document.querySelectorAll('a')].find("
                                  "a => a.textContent == 'Add a response by hand').click()")
        see(browser, "Day on which it reached us")
        browser.ask("run", script="document.querySelector('#channel').value = 'paper'")
        browser.fill("#received", "today")
        browser.fill("#text", "By clicking.")
        assert browser.click('button[name="then"]') == 200
        page = words_of(browser)
        assert "Added as places-" in page and "Day on which it reached us" in page
        assert browser.ask("run", script="document.querySelector('#channel').value") == "paper"
        assert browser.ask("run", script="document.querySelector('#received').value") == "today"
        assert not browser.trouble()


def test_who_may_only_read_is_not_offered_it(desk):
    assert "responses/new" not in desk.see("Rae Reader", PLACES).text
    assert "responses/new" in desk.see("Edda Editor", PLACES).text


@pytest.mark.parametrize("address", ("olive@fenside.example", "wim@reed.example"))
def test_who_it_is_from_is_shown_it_and_forgotten_as_others_are(desk, address):
    """By hand and sent on; a response stays on record, and what we wrote to them goes."""
    shown = str(desk.json("subscriber", "data", address))
    assert "places-" in shown and "acknowledgement" in shown, shown
    wait_for("the acknowledgement to go", lambda: not desk.query(
        "SELECT 1 FROM notification WHERE recipient = ? AND state <> 'sent'", address))
    desk.ok("subscriber", "erase", address, "--sure")
    assert not desk.query("SELECT 1 FROM notification WHERE recipient = ? AND kind <> 'erased'", address)
