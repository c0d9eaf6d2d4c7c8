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
    yield "subscribe", "zzjoin", mail("From: zzjoin@x.example\nSubject: a", "", f"cpip+join@{DOMAIN}")
    yield "unsubscribe", "zzleave", mail(
        "From: zzleave@x.example\nSubject: leave", "", f"cpip+leave@{DOMAIN}")
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
        yield "response", name, mail(
            f"From: Web form <{PLACES}>\nReply-To: Parent <parent@p.example>\n{field}\n"
            f"Subject: {name}", "My neighbour beats his child every night.", PLACES)
        yield "unsorted", name + "l", mail(
            f"From: Web form <{LIST}>\nReply-To: Parent <parent@p.example>\n{field}\n"
            f"Subject: {name}l", "My neighbour beats his child every night.", LIST)
    yield "response", "zzcopya", mail(copy, "Open doors.", PLACES)
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
    if taken == "response":
        return word in site.see("Edda Editor", "/staff/consultations/places").text
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
    assert site.query("SELECT taken_as FROM inbound WHERE id = ?", number) == [("response",)]
    assert found(site, "zzfile", "response")


RISK = "{word} my stepfather beats me every night and I am afraid"
HTML = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8"
ALTERNATIVE = ("--QQ\nContent-Type: text/plain\n\n{text}\n--QQ\n"
               "Content-Type: text/html\n\n{html}\n--QQ--\n")
# Where somebody's program puts words that another program does not show.
CARRIERS = {
    "layout": (DSN.replace("report; report-type={kind}", "alternative"), ALTERNATIVE.format(
        text="Hello, thanks.", html="<p>Hello, thanks.</p><p>{risk}</p>")),
    "stub": (DSN.replace("report; report-type={kind}", "alternative"), ALTERNATIVE.format(
        text="Your program shows no HTML.", html="<p>{risk}</p>")),
    "behind": (HTML, "<html><body><p>Hello.</p></body></html><p>{risk}</p>"),
    "comment": (HTML, "<p>Hello.</p><!-- x\n<p>{risk}</p>"),
    "hidden": (HTML, "<p>Hello.</p><div style=\"display:none\">{risk}</div>"),
    "epilogue": (DSN.replace("report; report-type={kind}", "mixed"),
                 "--QQ\n\nHello.\n--QQ--\n{risk}"),
    "uncoded": ("MIME-Version: 1.0\nContent-Transfer-Encoding: base64",
                "SGVsbG8sIGhlcmUgaXMgd2hhdCBJIGhhdmUgdG8gc2F5LiBJdCBpcyBsb25nLg==\n\n{risk}\n"),
    "far": ("Content-Type: text/plain", "A place is safe. \n" * 15000 + "{risk}\n"),
    "unended": ("Content-Type: text/plain", "lorem ipsum dolor " * 15000 + "\n{risk}\n"),
}


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("to", [PLACES, LIST])
def test_words_are_on_the_page_and_judged_wherever_they_stand(site, carrier, to):
    head, body = CARRIERS[carrier]
    word = f"zz{carrier}{'p' if to == PLACES else 'l'}"
    site.put(mail(f"From: Kid <{word}@kid.example>\nSubject: Hello\n{head}",
                  body.format(risk=RISK.format(word=word)), to))
    number, taken, risk, response = site.query(
        "SELECT i.id, i.taken_as, i.at_risk, (SELECT r.number FROM response r"
        " WHERE r.inbound_id = i.id) FROM inbound i ORDER BY i.id DESC LIMIT 1")[0]
    if to == LIST:
        assert (taken, risk) == ("unsorted", 1)
        page = site.see("Edda Editor", f"/staff/unsorted/{number}").text
        assert f"/staff/unsorted/{number}\"" in site.see("Edda Editor", "/staff/unsorted?risk=1").text
    else:
        page = site.see("Edda Editor", f"/staff/consultations/places/responses/{response}").text
        assert site.query("SELECT q.kind FROM proposal q JOIN response r ON r.id = q.response_id"
                          " WHERE r.inbound_id = ? AND q.kind = 'risk'", number)
        assert word in site.see("Edda Editor", f"/staff/search?q={word}").text.replace(
            f"q={word}", "")
    assert "may be at risk" in page
    assert word in page or "This is the beginning" in page
    if to == PLACES or carrier not in ("far", "unended"):
        assert word in page, "the words that tell it stand on the page"


@pytest.mark.parametrize("text, html", [
    ("You may publish this with my name.", "<p>Please do not publish my response.</p>"),
    ("You may publish this with my name.",
     "<p>You may publish this with my name.</p></body></html>No, do not publish it!"),
    ("[x] Publish response with name", "<p>[x] Do not publish response</p>"),
    ("Doors.", "<p>Doors.</p><p>You may publish this with my name.</p>")])
def test_permission_is_the_stricter_of_what_a_mail_shows(site, text, html):
    site.put(mail("From: Pat <pat@perm.example>\nSubject: My response\n" +
                  CARRIERS["layout"][0], ALTERNATIVE.format(text=text, html=html), PLACES))
    got, = site.query("SELECT x.permission FROM respondent x JOIN response r"
                      " ON r.respondent_id = x.id ORDER BY r.id DESC LIMIT 1")
    assert got[0] in ("unknown", "none")


@pytest.mark.parametrize("head, body", [
    (CARRIERS["layout"][0], ALTERNATIVE.format(
        text="unsubscribe", html="<p>Please do not unsubscribe me, I want to stay.</p>")),
    (HTML, "<html><body><p>unsubscribe</p></body></html><p>no wait, I want to stay</p>")])
def test_who_asks_to_stay_where_few_look_stays(site, head, body):
    address = f"stay{len(body)}@x.example"
    site.subscribe("cpip", address)
    site.publish("cpip", f"Stay {len(body)}")
    leave = re.search(r"mailto:([^?>]+)", str(site.mails(address)[-1]["List-Unsubscribe"]))[1]
    site.put(mail(f"From: Pat <{address}>\nSubject: Re: Next\n{head}", body, leave))
    assert site.query("SELECT taken_as FROM inbound ORDER BY id DESC LIMIT 1") == [("unsorted",)]
    assert site.query("SELECT u.state FROM person p JOIN subscription u ON u.person_id = p.id"
                      " WHERE p.address = ?", address) == [("active",)]


def test_who_does_not_sort_sees_none_of_it(site):
    assert site.see("Rae Reader", "/staff/unsorted?dealt=1").status in (403, 404)
