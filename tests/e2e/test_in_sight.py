"""Whatever came in: there is a page on which staff find it, and can read it."""
import re

import pytest

from e2e.house import DOMAIN, SOURCE, wait_for
from e2e.staff import StaffSite, demo

LIST = f"cpip@{DOMAIN}"
PLACES = f"places@{DOMAIN}"
REPORT = ("--QQ\nContent-Type: text/plain\n\n{word} {text}\n--QQ\n"
          "Content-Type: message/{part}\n\n{fields}\n--QQ--\n")
DSN = ("MIME-Version: 1.0\nContent-Type: multipart/report; report-type={kind};"
       " boundary=QQ")


def mail(head, body, to):
    return f"Delivered-To: {to}\n{head}\n\n{body}\n".replace("\n", "\r\n").encode()


def report(word, kind, fields, text="It did not go."):
    return REPORT.format(word=word, text=text, fields=fields,
                         part="feedback-report" if "feedback" in kind else "delivery-status")


def arrivals(site):
    """What each was taken as, and the mail; its word stands in no other."""
    own = str(site.mails("known@x.example")[-1]["Message-ID"])
    copy = "From: Ann <ann@x.example>\nSubject: zzcopya\nMessage-ID: <1@x.example>"
    failed = "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.example\nAction: {}\nStatus: {}"
    yield "join", "zzjoin", mail("From: zzjoin@x.example\nSubject: a", "", f"cpip+join@{DOMAIN}")
    yield "leave", "zzleave", mail("From: zzleave@x.example\nSubject: leave", "", f"cpip+leave@{DOMAIN}")
    yield "help", "zzhelp", mail("From: zzhelp@x.example\nSubject: a", "", f"cpip+help@{DOMAIN}")
    yield "bounce", "zzbounce", mail(
        "Return-Path: <>\nFrom: mailer-daemon@x.example\nSubject: zzbounce\n" +
        DSN.format(kind="delivery-status"),
        report("zzbounce", "delivery-status", failed.format("failed", "5.1.1")), LIST)
    yield "notice", "zzdelay", mail(
        "Return-Path: <>\nFrom: mailer-daemon@x.example\nSubject: zzdelay\n" +
        DSN.format(kind="delivery-status"),
        report("zzdelay", "delivery-status", failed.format("delayed", "4.0.0")), LIST)
    yield "complaint", "zzcomplaint", mail(
        "From: fbl@x.example\nSubject: zzcomplaint\n" + DSN.format(kind="feedback-report"),
        report("zzcomplaint", "feedback-report",
               "Feedback-Type: abuse\nUser-Agent: x/1\nVersion: 1\n"), LIST)
    yield "autoreply", "zzaway", mail(
        "From: Pat <pat@x.example>\nAuto-Submitted: auto-replied\nSubject: zzaway",
        "I am away. My answer to question 1: open doors.", PLACES)
    yield "unsorted", "zzsubject", mail(
        "From: Pat <pat@x.example>\nSubject: Automatic reply: zzsubject",
        "Our answers: 1. Open doors. 2. Training. You may publish.", PLACES)
    yield "own", "zzown", mail(
        f"From: {LIST}\nAuto-Submitted: auto-generated\nMessage-ID: {own}\nSubject: zzown",
        "Our own words.", LIST)
    for name, field in (("zzforma", "Auto-Submitted: auto-generated"),
                        ("zzformb", "Auto-Submitted: no"), ("zzformc", "List-Id: <x.y>")):
        yield "reply", name, mail(
            f"From: Web form <{PLACES}>\nReply-To: Parent <parent@p.example>\n{field}\n"
            f"Subject: {name}", "My neighbour beats his child every night.", PLACES)
        yield "unsorted", name + "l", mail(
            f"From: Web form <{LIST}>\nReply-To: Parent <parent@p.example>\n{field}\n"
            f"Subject: {name}l", "My neighbour beats his child every night.", LIST)
    yield "reply", "zzcopya", mail(copy, "Open doors.", PLACES)
    yield "copy", "zzcopya", mail(copy, "Open doors.", PLACES)
    yield "unsorted", "zzplain", mail("From: Ann <ann@x.example>\nSubject: zzplain",
                                      "A question.", LIST)


@pytest.fixture(name="site", scope="module")
def a_site():
    with StaffSite.opened() as site:
        site.furnish()
        site.hire_all()
        site.subscribe("cpip", "known@x.example")
        site.publish("cpip", "Next")
        yield site


def found(site, word, taken):
    """On the page for mail of that kind, with a way to read it."""
    if taken == "reply":
        return word in site.see("Edda Editor", "/staff/c/places").text
    page = "/staff/unsorted" + ("" if taken == "unsorted" else f"?dealt=1&as={taken}")
    text = site.see("Edda Editor", page).text
    rows = [row for row in re.findall(r"<li>.*?</li>", text, re.S) if word in row]
    return any(word in site.see("Edda Editor", link).text for row in rows
               for link in re.findall(r'href="(/staff/unsorted/\d+)"', row))


def test_every_disposition_has_its_page(site):
    seen = set()
    for taken, word, content in arrivals(site):
        site.put(content)
        got, = site.query("SELECT taken_as, why FROM inbound ORDER BY id DESC LIMIT 1")
        assert got[0] == taken, (word, got)
        assert found(site, word, taken), (word, got)
        seen.add(taken)
    link = wait_for("the question", lambda: site.mails("zzjoin@x.example"))[-1]
    site.put(demo.mail("zzjoin@x.example", f"Re: {link['Subject']}", "yes\n",
                       to=str(link["Reply-To"])))
    got, = site.query("SELECT taken_as, why FROM inbound ORDER BY id DESC LIMIT 1")
    assert got[0] == "confirm" and found(site, "zzjoin", "confirm"), got
    # A person puts one aside: it stays to be found, too.
    number, = site.query("SELECT i.id FROM inbound i JOIN parsed p ON p.inbound_id = i.id"
                         " WHERE p.subject = 'zzplain'")[0]
    assert site.do("Edda Editor", f"/staff/unsorted/{number}/discard",
                   {"reason": "an advertisement"}).status == 303
    assert found(site, "zzplain", "discarded")
    with open(f"{SOURCE}/src/domain/core/domain.c", encoding="utf-8") as code:
        words = re.search(r"inbound_taken\[\] = \{(.*?)NULL", code.read(), re.S)[1]
    every = set(re.findall(r'"(\w+)"', words))
    # "list" is of stores of before: nothing is taken as that any more.
    assert seen | {"confirm", "discarded", "list"} == every


def test_what_a_program_dealt_with_can_be_filed(site):
    site.put(mail("From: Pat <pat@x.example>\nAuto-Submitted: auto-replied\nSubject: zzfile",
                  "I am away. My answer to question 1: open doors.", PLACES))
    number, = site.query("SELECT max(id) FROM inbound")[0]
    assert site.do("Edda Editor", f"/staff/unsorted/{number}/file",
                   {"consultation": "places"}).status == 303
    assert site.query("SELECT taken_as FROM inbound WHERE id = ?", number) == [("reply",)]
    assert found(site, "zzfile", "reply")


def test_who_does_not_sort_sees_none_of_it(site):
    assert site.see("Rae Reader", "/staff/unsorted?dealt=1").status in (403, 404)
