"""An update goes out: drafted, previewed, tested, approved, scheduled, sent, counted."""
import os
import re
import time

import pytest

from e2e import texts
from e2e.house import DOMAIN, PEOPLE, STRANGERS, address_in, text_of, wait_for

ADA, BOB, CAT, DAN = STRANGERS[:4]


@pytest.fixture(scope="module", autouse=True)
def list_of_four(house):
    house.add_list("cpip", topics="neglect,hearings", from_name="Policy Team")
    house.subscribe("cpip", ADA)
    house.subscribe("cpip", BOB, topics="neglect")
    house.subscribe("cpip", CAT, topics="hearings")


def draft(house, title, text=texts.UPDATE):
    return house.draft(text.format(name="cpip", title=title))


def of_title(title):
    return lambda mail: title in str(mail["Subject"])


def tokens_of(mail):
    """(unsubscribe mailto, https link, envelope sender), each with its token."""
    field = str(mail["List-Unsubscribe"]).replace("\n", "")
    return (re.search(r"<mailto:([^>?]+)", field)[1],
            re.search(r"<(https:[^>]+)>", field)[1],
            str(mail["Return-Path"]).strip("<>"))


def check_headers(mail, name="cpip"):
    """What RFC 2369, 2919 and 8058 ask of every copy."""
    for field in ("List-Id", "List-Help", "List-Unsubscribe", "List-Unsubscribe-Post",
                  "List-Subscribe", "List-Owner", "List-Post", "Message-ID", "Date",
                  "From", "To", "Subject", "MIME-Version"):
        assert len(mail.get_all(field, [])) == 1, f"{field}: {mail.get_all(field)}"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.search(r"<[^<>@ ]+>$", str(mail["List-Id"]))
    assert str(mail["List-Post"]).startswith("NO")
    assert f"mailto:{name}+owner@{DOMAIN}" in str(mail["List-Owner"])
    assert f"mailto:{name}+join@{DOMAIN}" in str(mail["List-Subscribe"])
    mailto, link, sender = tokens_of(mail)
    assert mailto.startswith(f"{name}+leave-") and link.startswith(f"https://{DOMAIN}/")
    assert sender.startswith(f"{name}+b-")
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == [
        "text/plain", "text/html"]


def words(text):
    """Every word, whatever marks and tags stand around them."""
    return re.findall(r"[^\W_]+", re.sub(r"https?:\S+|\S+@\S+", " ", text))


def html_words(html):
    body = re.sub(r"(?s)<(style|head|title)\b.*?</\1>", " ", html)
    body = re.sub(r"<[^>]+>", " ", body)
    for name, char in (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'),
                       ("&#39;", "'"), ("&nbsp;", " ")):
        body = body.replace(name, char)
    return words(body)


def test_numbers_follow_without_gaps(house):
    first, second = draft(house, "One"), draft(house, "Two")
    assert second == first + 1


def test_preview_writes_both_parts_and_sends_nothing(house):
    number = draft(house, "Preview")
    folder = os.path.join(house.folder, "preview")
    house.ok("bulletin", "preview", "cpip", number, "--to", folder)
    for name in ("update.html", "update.txt"):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            content = file.read()
        assert "Marigold" in content and "Larkspur" in content, name
    assert not house.ledger("cpip", number)


def test_test_mail_goes_to_named_addresses_only(house):
    number = draft(house, "Trial")
    house.ok("bulletin", "test", "cpip", number, DAN)
    house.wait_for_mail(DAN, of_title("Trial"))
    assert not [mail for mail in house.inbox(ADA) if of_title("Trial")(mail)]
    assert house.status("cpip", number)["state"] == "draft"


def test_drafter_cannot_approve_nor_send_unapproved(house):
    number = draft(house, "Alone")
    before = house.fingerprint()
    assert house.mercat("bulletin", "approve", "cpip", number).code == 1
    assert house.mercat("bulletin", "send", "cpip", number).code == 1
    assert house.fingerprint() == before


def test_edit_ends_the_approval(house):
    number = draft(house, "Edited")
    house.ok("bulletin", "approve", "cpip", number, staff="Bea Second")
    changed = texts.UPDATE.format(name="cpip", title="Edited twice")
    house.ok("bulletin", "edit", "cpip", number, house.write("edit.md", changed))
    assert house.status("cpip", number)["state"] == "draft"
    assert house.mercat("bulletin", "send", "cpip", number).code == 1


def test_topics_decide_what_each_person_gets(house):
    number = draft(house, "Topics")
    house.send("cpip", number)
    house.wait_until_sent("cpip", number)
    got = {person: house.wait_for_mail(person, of_title("Topics"))[0]
           for person in (ADA, BOB, CAT)}
    for person, marigold, larkspur in ((ADA, True, True), (BOB, True, False),
                                       (CAT, False, True)):
        for kind in ("plain", "html"):
            text = text_of(got[person], kind)
            assert ("Marigold" in text) is marigold, (person, kind)
            assert ("Larkspur" in text) is larkspur, (person, kind)
        check_headers(got[person])
    states = {row["state"] for row in house.ledger("cpip", number).values()}
    assert states == {"sent"}


def test_no_section_means_no_mail(house):
    number = draft(house, "Neglect only", texts.ONLY_NEGLECT)
    house.send("cpip", number)
    house.wait_until_sent("cpip", number)
    house.wait_for_mail(ADA, of_title("Neglect only"))
    house.wait_for_mail(BOB, of_title("Neglect only"))
    house.never("a mail without a section", lambda: [
        mail for mail in house.inbox(CAT) if of_title("Neglect only")(mail)])
    row = house.ledger("cpip", number).get(CAT)
    assert row is None or row["state"] == "skipped"


def test_schedule_takes_local_time_and_fires(house):
    number = draft(house, "Scheduled")
    house.ok("bulletin", "approve", "cpip", number, staff="Bea Second")
    due = time.localtime(time.time() + 65)
    when = time.strftime("%Y-%m-%d %H:%M", time.gmtime(time.mktime(due)))
    house.ok("bulletin", "schedule", "cpip", number, f"{when} UTC")
    assert house.status("cpip", number)["state"] == "scheduled"
    house.wait_until_sent("cpip", number, 100)
    house.wait_for_mail(ADA, of_title("Scheduled"))


@pytest.mark.parametrize("when", (
    "2020-01-01 09:00 Europe/London", "2027-03-28 01:30 Europe/London", "tomorrow",
    "2027-02-30 09:00 Europe/London", "2027-01-10 09:00 Mars/Olympus"))
def test_schedule_refuses_what_is_no_time_to_come(house, when):
    number = draft(house, f"Refused {when[:10]}")
    house.ok("bulletin", "approve", "cpip", number, staff="Bea Second")
    done = house.mercat("bulletin", "schedule", "cpip", number, when)
    assert done.code in (1, 2) and len(done.err.strip().splitlines()) == 1
    assert house.status("cpip", number)["state"] == "approved"


def test_cancelled_update_is_never_sent(house):
    number = draft(house, "Cancelled")
    house.ok("bulletin", "approve", "cpip", number, staff="Bea Second")
    house.ok("bulletin", "cancel", "cpip", number)
    assert house.mercat("bulletin", "send", "cpip", number).code == 1
    house.never("a cancelled bulletin", lambda: [
        mail for mail in house.inbox(ADA) if of_title("Cancelled")(mail)])


def test_refused_recipient_is_in_the_ledger_with_the_reply(house):
    house.add_list("rough")
    for person in (DAN, "refused1@example.test", "later1@example.test"):
        house.subscribe("rough", person)
    number = house.draft("---\nlist: rough\ntitle: Rough\n---\n\nHello.\n")
    house.send("rough", number)
    house.wait_for_mail(DAN, of_title("Rough"))
    wait_for("all three outcomes", lambda: {
        row["state"] for row in house.ledger("rough", number).values()} == {
            "sent", "refused", "deferred"})
    rows = house.ledger("rough", number)
    assert rows["refused1@example.test"]["state"] == "refused"
    assert "5.1.1" in rows["refused1@example.test"]["reply"]
    assert "4.2.1" in rows["later1@example.test"]["reply"]
    assert rows["later1@example.test"]["attempts"] >= 1


# -- the user's own update, read at test time

def seed_as_markdown(path, name):
    """The sections of a seed document as an update; returns (markdown, headings)."""
    with open(path, encoding="utf-8") as file:
        blocks = [block.strip() for block in file.read().split("\n\n") if block.strip()]
    title, blocks = blocks[1], blocks[3:]
    if "Comments" in blocks:
        blocks = blocks[:blocks.index("Comments")]
    out, headings = [], []
    for block in blocks:
        line = " ".join(block.split())
        if len(line) < 120 and not line.endswith((".", ":")) and "http" not in line:
            headings.append(line)
            out.append(f"## {line}")
        else:
            out.append(re.sub(r"([\\`*_{}\[\]<>#+|~!])", r"\\\1", line))
    head = f'---\nlist: {name}\ntitle: "{title}"\n---\n\n'
    return head + "\n\n".join(out) + "\n", headings


@pytest.mark.shared
def test_update_7_reaches_200_mailboxes_each_with_its_own_copy(house, shared):
    seed = os.path.join(shared, "seeds", "001_1d0c641a3e329e10.txt")
    markdown, headings = seed_as_markdown(seed, "seven")
    assert len(headings) >= 5
    house.add_list("seven", title="Child Protection Improvement Programme",
                   from_name="Policy Team")
    rows = "".join(f"{person},Reader,consent\n" for person in PEOPLE)
    house.ok("subscriber", "import", "seven",
             house.write("people.csv", "address,name,basis\n" + rows))
    number = house.draft(markdown)
    house.send("seven", number)
    house.wait_until_sent("seven", number, 120)
    ledger = house.ledger("seven", number)
    assert set(ledger) == set(PEOPLE)
    assert {row["state"] for row in ledger.values()} == {"sent"}
    assert {row["attempts"] for row in ledger.values()} == {1}

    seen = {"mailto": set(), "link": set(), "sender": set(), "id": set()}
    for person in PEOPLE:
        mails = house.wait_for_mail(person, seconds=60)
        assert len(mails) == 1, f"{person} has {len(mails)} copies"
        mail = mails[0]
        assert address_in(mail["To"]) == person
        check_headers(mail, "seven")
        assert "Update #7" in str(mail["Subject"])
        plain, html = text_of(mail), text_of(mail, "html")
        for heading in headings:
            wanted = words(heading)
            assert " ".join(wanted) in " ".join(words(plain)), heading
            assert " ".join(wanted) in " ".join(html_words(html)), heading
        assert '<html lang="en' in html
        mailto, link, sender = tokens_of(mail)
        assert mailto in plain or link in plain, "the text says how to leave"
        assert link in html.replace("&amp;", "&"), "the HTML says how to leave"
        for key, value in zip(seen, (mailto, link, sender, str(mail["Message-ID"]))):
            seen[key].add(value)
    assert {key: len(values) for key, values in seen.items()} == dict.fromkeys(seen, 200)


def test_both_parts_say_the_same(house):
    mail = house.wait_for_mail(ADA, of_title("Topics"))[0]
    plain, html = words(text_of(mail)), html_words(text_of(mail, "html"))
    missing = set(plain) ^ set(html)
    assert not {word for word in missing if len(word) > 3}, missing
