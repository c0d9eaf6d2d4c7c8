"""What somebody's erasure must not take: what others wrote, and what nobody has read yet."""
import re
import subprocess

import pytest

from e2e.house import DOMAIN, House
from e2e.staff import StaffSite

HER = "tamsin.quill@home.example"
LIST = f"cpip@{DOMAIN}"
RISK = "My own child tells me that he is beaten at school and is afraid. Please ring me."


def raw(head, text, to=LIST):
    return f"Delivered-To: {to}\n{head}\nMIME-Version: 1.0\n\n{text}\n".replace(
        "\n", "\r\n").encode()


@pytest.fixture(name="site")
def a_site():
    with StaffSite.opened() as site:
        site.furnish()
        site.hire_all()
        site.subscribe("cpip", HER)
        yield site


def own_page(site):
    site.post("/manage", {"address": HER})
    return site.wait_for_link(HER, "manage")


def whole(site, mail):
    return site.query("SELECT p.text IS NOT NULL AND length(r.bytes) > 0 FROM parsed p JOIN"
                      " inbound_raw r USING (inbound_id) WHERE inbound_id = ?", mail) == [(1,)]


def put(site, head, text, to=LIST):
    site.put(raw(head, text, to))
    return site.query("SELECT max(id) FROM inbound")[0][0]


def test_others_words_are_neither_shown_nor_erased(site):
    site.publish("cpip", "Next")
    leave = re.search(r"mailto:([^?>]+)", str(site.mails(HER)[-1]["List-Unsubscribe"]))[1]
    others = {
        "answers to her": put(
            site, f"From: Kit Brown <kit@brown.example>\nReply-To: {HER}\nSubject: a", RISK),
        "by her leave address": put(
            site, "From: Bob Brown <bob@brown.example>\nSubject: Re: Next", RISK, leave),
        "two authors": put(
            site, f"From: Ann <ann@brown.example>, T <{HER}>\nSubject: a", RISK),
        "two From": put(
            site, f"From: Ann <ann@brown.example>\nFrom: T <{HER}>\nSubject: a", RISK)}
    own = put(site, f"From: T <{HER}>\nSubject: mine", "What I asked you once.")
    link = own_page(site)
    held = site.get(link + "/held")
    assert held.status == 200
    assert "asked you once" in held.text and "own child" not in held.text
    assert "own child" not in site.get(link + "/held.json").text
    said = site.mercat("subscriber", "data", HER, form="json")
    assert "own child" not in said.out and "1 email of others names this" in said.err
    answer = site.post(link + "/erase", {"sure": "yes"})
    assert answer.status == 200 and "may be at risk" not in answer.text
    assert not whole(site, own)
    for name, mail in others.items():
        assert whole(site, mail), name
    page = site.see("Edda Editor", "/staff/unsorted?risk=1").text
    assert page.count("own child") == len(others), page
    assert "(no subject)" not in page
    site.ok("audit", "verify")


def test_own_mail_that_nobody_has_read_is_kept_and_said(site):
    mail = put(site, f"From: T <{HER}>\nSubject: help", RISK)
    other = put(site, f"From: T <{HER}>\nSubject: else", "What I asked you once.")
    link = own_page(site)
    assert "until a person has read it" in site.get(link + "/erase").text
    answer = site.post(link + "/erase", {"sure": "yes"})
    assert "somebody may be at risk" in answer.text
    assert whole(site, mail) and not whole(site, other)
    assert "own child" in site.see("Edda Editor", "/staff/unsorted?risk=1").text


def test_what_was_erased_leaves_the_log_of_the_store_at_once(site):
    def left():
        found = []
        for end in ("", "-wal"):
            with open(f"{site.folder}/state/mercat.db{end}", "rb") as file:
                found += [end] if b"What I asked you once" in file.read() else []
        return found

    put(site, f"From: T <{HER}>\nSubject: else", "What I asked you once.")
    site.stop_daemon()
    assert left()
    site.ok("subscriber", "erase", HER, "--sure")
    assert "-wal" in left()
    clock = subprocess.run([House.program("mercatd"), "--config", site.config, "--role=clock",
                            "--once"], stderr=subprocess.PIPE, text=True, check=False)
    assert clock.returncode == 0, clock.stderr
    assert not left()
