"""Every command there is: what it does, in each form of answer, and what it says to what is
not there. A new command that is not tried here makes this fail."""
import csv
import io
import os
import re

import pytest

from e2e.pages import settle
from e2e.staff import StaffSite

PICTURE = (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
           b"\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d"
           b"\0\0\0\0IEND\xaeB`\x82")
# What needs a mail in doubt, no store yet, or what somebody left behind: tried where that is made.
ELSEWHERE = {"store init", "bulletin settle", "notification settle", "inbound keep",
             "inbound erase", "message inspect", "store rebuild", "subscriber accept",
             "subscriber refuse", "settings dkim", "coding place", "coding unanchored",
             "response accept", "response refuse", "store restore"}
EDITED = "---\nlist: cpip\ntitle: Edited\ntopics: neglect\n---\n\nWords.\n\n## One {neglect}\n\nMore.\n"
PLACES = "safe-places"


def listed(site):
    """Every command that --help names."""
    return set(re.findall(r"(?m)^  ([a-z][a-z-]+(?: [a-z][a-z-]*)?)\b(?! [a-z])",
                          site.ok("--help", staff=None).out))


class Tried:
    def __init__(self, site):
        self.site, self.commands, self.known = site, set(), listed(site)

    def note(self, args):
        two = " ".join(map(str, args[:2]))
        self.commands.add(two if two in self.known else args[0])

    def does(self, *args, says="", **how):
        """Changes something, and says so."""
        self.note(args)
        done = self.site.ok(*args, **how)
        assert re.search(says, done.out + done.err), (args, done.out, done.err)
        return done.out

    def reads(self, *args, says="", **how):
        """In each form; what the JSON says."""
        self.note(args)
        text = self.site.ok(*args, **how).out
        assert text.endswith("\n") and re.search(says, text), (args, text)
        shown = self.site.json(*args, **how)
        plain = [row for row in (shown if isinstance(shown, list) else [shown])
                 if not any(isinstance(cell, (dict, list)) for cell in row.values())]
        table = self.site.mercat(*args, form="csv", **how)
        if (shown and not plain) or table.code == 2:
            assert table.code == 2 and "no answer as CSV" in table.err, (args, table)
            return shown
        rows = list(csv.reader(io.StringIO(table.out.removeprefix("\ufeff"), newline="")))
        assert len({len(row) for row in rows}) == 1, (args, table)
        assert len(rows) == len(plain) + 1, (args, table)
        return shown


@pytest.fixture(name="tried", scope="module")
def a_site():
    with StaffSite.opened() as site:
        site.furnish()
        site.hire("Edda Editor", "editor")
        site.hire("Cole Coder", "coder")
        site.fill_with_demo()
        yield Tried(site)


def test_lists_and_subscribers(tried):
    site = tried.site
    tried.does("list", "add", "more", "--title", "More", "--address", "more@lists.example.test",
               "--topics", "Care experience, Online harm", says="is there")
    tried.does("list", "change", "more", "--title", "More of it", "--from-name", "The team")
    tried.does("list", "describe", "more", "Words for the public.")
    tried.does("list", "visibility", "more", "unlisted")
    assert {row["name"] for row in tried.reads("list", "list")} >= {"cpip", "more"}
    assert tried.reads("list", "show", "more")["title"] == "More of it"
    tried.does("topic", "add", "more", "School", says="may choose")
    tried.does("topic", "rename", "more", "school", "School and nursery")
    tried.does("subscriber", "add", "more", "kit@home.example", "--topics", "School and nursery",
               "--basis", "a form", "--quiet")
    tried.does("topic", "merge", "more", "School and nursery", "Care experience",
               says="1 subscriber")
    tried.does("topic", "retire", "more", "Online harm", says="no longer")
    tried.does("topic", "revive", "more", "online-harm", says="again")
    assert [row["state"] for row in tried.reads("topic", "list", "more")] == [
        "offered", "offered", "merged"]
    tried.does("subscriber", "topics", "more", "kit@home.example", "Online harm")
    tried.does("subscriber", "frequency", "more", "kit@home.example", "monthly")
    tried.does("subscriber", "pause", "more", "kit@home.example")
    tried.does("subscriber", "resume", "more", "kit@home.example")
    tried.does("subscriber", "name", "kit@home.example", "Kit Brown")
    tried.does("subscriber", "language", "kit@home.example", "gd")
    tried.does("subscriber", "move", "kit@home.example", "kit@work.example", says="both|asked")
    row, = tried.reads("subscriber", "list", "more", says="kit@home.example")
    assert row["name"] == "Kit Brown" and row["topics"] == "online-harm"
    tried.reads("subscriber", "show", "kit@home.example", says="online-harm")
    tried.reads("subscriber", "timeline", "kit@home.example", says="Paused")
    tried.reads("subscriber", "find", "kit@", says="kit@home.example")
    tried.reads("subscriber", "data", "kit@home.example", says="kit@home.example")
    assert tried.reads("subscriber", "why", "reader@example.test", "cpip", 1)
    people = site.write("people.csv", "address,name,basis\nana@home.example,Ana,a sheet\n"
                                      "no address,Bo,a sheet\n")
    tried.note(("subscriber", "import-preview"))
    seen = site.mercat("subscriber", "import-preview", "more", people)
    assert "ana@home.example" in seen.out + seen.err and "line 3" in seen.out + seen.err
    good = site.write("good.csv", "address,basis\nana@home.example,a sheet\n")
    digest = site.json("subscriber", "import-preview", "more", good)["digest"]
    tried.does("subscriber", "import-bound", "more", good, digest)
    good = site.write("good.csv", "address,basis\nbo@home.example,a sheet\n")
    tried.does("subscriber", "import", "more", good)
    wrong = site.write("wrong.txt", "Wrong Person <wrong@home.example>\n")
    assert "1 would be added" in tried.does("subscriber", "import", "more", wrong, "--dry-run")
    tried.does("subscriber", "import", "more", wrong)
    number = tried.reads("subscriber", "imports", "more", says="wrong.txt")[0]["id"]
    tried.does("subscriber", "import-undo", "more", number, says="1 removed")
    assert "bo@home.example" in tried.does("subscriber", "export", "more")
    tried.does("subscriber", "remove", "more", "bo@home.example", "--reason", "asked by telephone")
    settle(site)
    tried.does("subscriber", "erase", "bo@home.example", "--sure", says="receipt")
    tried.does("suppression", "add", "never@home.example", "--reason", "asked")
    tried.reads("suppression", "check", "never@home.example")
    assert len(tried.reads("suppression", "list")) >= 1
    tried.does("suppression", "remove", "never@home.example", "--reason", "asked")
    tried.reads("bounce", "list")
    tried.reads("bounce", "history", "reader@example.test")


def test_bulletins(tried):
    site = tried.site
    draft = tried.does("bulletin", "reuse", "cpip")
    assert "list: cpip" in draft
    out = tried.does("bulletin", "draft", site.write("draft.md", EDITED), says=r"3")
    assert "3" in out
    tried.does("bulletin", "edit", "cpip", 3, site.write("edited.md", EDITED))
    with open(site.write("dot.png", ""), "wb") as file:
        file.write(PICTURE)
    tried.does("bulletin", "attach", "cpip", 3, f"{site.folder}/dot.png")
    tried.does("bulletin", "detach", "cpip", 3, "dot.png")
    tried.note(("bulletin", "check"))
    for form in (None, "json"):
        said = site.mercat("bulletin", "check", "cpip", 3, form=form)
        assert said.out and said.code in (0, 1), said
    tried.does("bulletin", "preview", "cpip", 3, "--to", f"{site.folder}/seen")
    assert sorted(os.listdir(f"{site.folder}/seen"))
    tried.reads("bulletin", "audience", "cpip", 3, says="would get it")
    tried.does("bulletin", "test", "cpip", 3, "edda.editor@example.test")
    site.hire("Bea Second", "approver")
    site.hire("Ada Officer", "editor")
    tried.does("bulletin", "ask", "cpip", 3, "Bea Second", says="is asked to approve cpip #3")
    tried.does("bulletin", "comment", "cpip", 3, "Is the date right?", staff="Bea Second")
    tried.does("bulletin", "return", "cpip", 3, "Shorten it.", staff="Bea Second")
    assert [row["text"] for row in tried.reads("bulletin", "comments", "cpip", 3)] == [
        "Shorten it.", "Is the date right?"]
    site.ok("bulletin", "edit", "cpip", 3, site.write("edited.md", EDITED.replace("More", "Less")),
            staff="Bea Second")
    tried.does("bulletin", "approve", "cpip", 3, "--once-agreed-by", "Ada Officer",
               staff="Bea Second", says="as soon as Ada Officer agrees")
    tried.does("bulletin", "agree", "cpip", 3, says="You agree, so cpip #3 is approved")
    site.ok("bulletin", "edit", "cpip", 3, site.write("edited.md", EDITED))
    tried.does("bulletin", "approve", "cpip", 3, staff="Bea Second")
    tried.does("bulletin", "schedule", "cpip", 3, "2099-01-05 09:00 Europe/London")
    tried.does("bulletin", "unschedule", "cpip", 3)
    tried.does("bulletin", "schedule", "cpip", 3, "2099-01-06 09:00 Europe/London")
    tried.does("bulletin", "stop", "cpip", 3, says="stopped in time")
    odd = site.ok("bulletin", "schedule", "cpip", 3, "2099-12-25 03:00 Europe/London").out
    assert "It is 03:00 then" in odd and "Christmas Day" in odd and "unschedule cpip 3" in odd
    tried.reads("bulletin", "calendar", "--to", "2100-01-01", says="bulletin")
    tried.does("bulletin", "cancel", "cpip", 3)
    tried.reads("bulletin", "list", says="Edited")
    tried.reads("bulletin", "status", "cpip", 1)
    tried.reads("bulletin", "report", "cpip", 1)
    assert tried.reads("bulletin", "ledger", "cpip", 1)
    tried.reads("bulletin", "ledger", "cpip", 1, "--address", "reader@example.test")
    number = site.draft(EDITED)
    site.ok("bulletin", "approve", "cpip", number, staff="Bea Second")
    tried.does("bulletin", "send", "cpip", number)
    tried.note(("bulletin", "pause"))
    tried.note(("bulletin", "resume"))
    # It may have gone out already: then it says so.
    paused = site.mercat("bulletin", "pause", "cpip", number)
    again = site.mercat("bulletin", "resume", "cpip", number)
    assert paused.code == again.code and (paused.code == 0 or "sent" in paused.err), paused


def test_consultations_and_responses(tried):
    site = tried.site
    ref = site.references(PLACES)
    tried.note(("consultation", "add"))
    tried.note(("consultation", "open"))
    tried.reads("consultation", "list", says=PLACES)
    tried.reads("consultation", "show", PLACES)
    site.consult("short", "A short one")
    tried.does("consultation", "options", "short", 1, "Yes", "No")
    site.put(site.reply(1, to="short"))
    closed = site.references("short")
    tried.does("consultation", "form", "short", "--as", "text", "--to", f"{site.folder}/form.txt")
    tried.does("consultation", "extend", "short", "2099-12-31")
    tried.does("consultation", "close", "short")
    tried.does("consultation", "outcome", "short", site.write("said.md", "We heard you.\n"))
    assert tried.reads("response", "list", "--consultation", PLACES)
    tried.reads("response", "search", "bus OR place", "--consultation", PLACES)
    tried.reads("response", "show", ref[0], says=ref[0])
    tried.does("response", "raw", ref[0], says="Subject")
    tried.does("response", "include", ref[0], ref[1])
    tried.does("response", "exclude", ref[2], "--reason", "spam")
    tried.does("response", "reopen", ref[2])
    tried.does("response", "tag", ref[0], "bus")
    tried.does("response", "untag", ref[0], "bus")
    tried.does("response", "assign", ref[0], "Edda Editor")
    tried.does("response", "respondent", ref[0], "--set-type", "organisation",
               "--set-organisation", "Aberlour House", "--set-permission", "name")
    tried.does("response", "note", ref[0], "Ring them.")
    tried.does("response", "add", PLACES, "--channel", "telephone", "--received", "today",
               "--name", "Nan Yarrow", "--text", "It is cold in there.", says="Added as safe-places-")
    tried.does("response", "add", PLACES, "--channel", "paper", "--received", "yesterday",
               "--silent", site.write("letter.txt", "Open the hall on Sundays.\n"),
               says="Added as safe-places-")
    for wrong in (("--received", "today", "--text", "x"), ("--channel", "paper", "--text", "x"),
                  ("--channel", "pigeon", "--received", "today", "--text", "x"),
                  ("--channel", "paper", "--received", "31/12/2098", "--text", "x"),
                  ("--channel", "paper", "--received", "today")):
        assert site.mercat("response", "add", PLACES, *wrong).code == 2, wrong
    tried.does("response", "answer", ref[0], 1, 0, 5)
    tried.does("response", "apportion", ref[0])
    tried.does("response", "link", ref[1], ref[0])
    tried.does("response", "unlink", ref[1])
    tried.does("response", "move", ref[1], "short", says="is short-")
    tried.does("response", "move", ref[1], PLACES, says=f"is {PLACES}-")
    tried.reads("response", "proposed", PLACES)
    tried.does("response", "choose", closed[0], 1, "Yes")
    tried.does("rule", "add", "buses", "--when", "text", "--has", "bus", "--do", "tag", "--with",
               "bus")
    tried.reads("rule", "list", says="buses")
    tried.reads("rule", "try", "buses")
    tried.does("rule", "run", "buses")
    tried.does("rule", "remove", "buses")
    tried.does("campaign", "find", PLACES)
    campaigns = tried.reads("campaign", "list", PLACES)
    assert campaigns, "the demo has one"
    number = campaigns[0]["number"]
    shown = tried.reads("campaign", "show", PLACES, number)
    tried.note(("campaign", "diff"))
    member = next(site.mercat("campaign", "diff", one) for one in ref
                  if site.mercat("campaign", "diff", one).code == 0)
    assert member.out, shown
    tried.does("campaign", "refuse", PLACES, number)
    tried.does("campaign", "reopen", PLACES, number)
    tried.does("campaign", "confirm", PLACES, number)
    for what in ("state", "type", "channel", "permission", "day", "tag", "question", "campaign"):
        assert site.ok("analysis", PLACES, "--by", what).out
        assert site.json("analysis", PLACES, "--by", what)
        assert site.csv("analysis", PLACES, "--by", what)
    tried.note(("analysis",))
    assert site.ok("analysis", PLACES).out


def test_flags(tried):
    site, lead = tried.site, "Sal Lead"
    site.hire(lead, "safeguarding")
    tried.does("flag", "raise", f"{PLACES}-0001", "--text", "Read the last line.")
    one, = (row for row in tried.reads("flag", "list", staff=lead) if row["reference"] == f"{PLACES}-0001")
    number = one["flag"]
    tried.does("flag", "see", number, staff=lead)
    tried.does("flag", "note", number, "Rang the school.", staff=lead)
    tried.does("flag", "close", number, "passed on", staff=lead)
    tried.does("flag", "reopen", number, staff=lead)
    tried.reads("flag", "show", number, says="Rang the school", staff=lead)
    tried.does("flag", "dismiss", f"{PLACES}-0002")


def test_reports(tried):
    site, text = tried.site, "report.md"
    tried.does("report", "draft", PLACES, says="fresh draft")
    assert "a report already" in site.mercat("report", "draft", PLACES).err
    tried.does("report", "draft", PLACES, "--again")
    tried.reads("report", "show", PLACES, says="neither a vote nor a survey")
    assert "{{responses analysed}}" in tried.reads("report", "show", PLACES, "--source")["markdown"]
    tried.reads("report", "check", PLACES)
    tried.reads("report", "placeholders", says="quotes")
    tried.does("report", "edition", PLACES, says="Edition 1 is made")
    assert "exactly this text" in site.mercat("report", "edition", PLACES).err
    one, = tried.reads("report", "list", PLACES)
    assert (one["edition"], one["changed"], one["approved_by"]) == (1, 0, None), one
    site.hire("Anna Approver", "approver")
    tried.does("report", "ask", PLACES, 1, "Anna Approver", says="asked to approve")
    site.hire("Cody Coder", "coder")
    for who in ("Ada Officer", "Cody Coder"):
        refused = site.mercat("report", "approve", PLACES, 1, staff=who)
        assert f"{who} may not approve a report" in refused.err
    tried.does("report", "approve", PLACES, 1, staff="Anna Approver")
    for form, says in (("html", "<!DOCTYPE html>"), ("md", "All responses"), ("csv", "All")):
        path = os.path.join(site.folder, f"out.{form}")
        tried.does("report", "export", PLACES, "--to", form, "--output", path)
        with open(path, encoding="utf-8") as file:
            assert says in file.read(), form
    tried.reads("report", "quoted", f"{PLACES}-0001")
    (address,), *_ = site.query("SELECT x.address_key FROM respondent x JOIN consultation c"
                                " ON c.id = x.consultation_id WHERE c.name = ?"
                                " AND x.permission <> 'name' AND x.address_key LIKE '%@%'", PLACES)
    page = site.write("page.html", f"<p>Write to {address}.</p>")
    assert site.mercat("report", "scan", PLACES, page).code == 1
    tried.does("report", "settle", PLACES, address, page, "--reason", "It is ours.")
    tried.reads("report", "scan", PLACES, page, says="It is ours.")
    wrong = site.write(text, "# {{title}}\n\n{{nonsense}}\n")
    tried.does("report", "save", PLACES, wrong, says="Saved")
    checked = site.mercat("report", "check", PLACES)
    assert checked.code == 2 and "there is no such placeholder" in checked.out, checked
    shown = site.mercat("report", "show", PLACES)
    assert shown.code == 2 and not shown.out and "line 3" in shown.err, shown
    assert site.mercat("report", "show", "nowhere").code != 0


def test_codes(tried):
    site = tried.site
    ref = site.references(PLACES)
    tried.does("code", "add", PLACES, "buses")
    tried.does("code", "add", PLACES, "costs")
    tried.does("code", "describe", PLACES, "buses", "--definition", "How they get there.",
               "--colour", "teal")
    tried.does("code", "rename", PLACES, "costs", "fares")
    tried.does("code", "move", PLACES, "fares", "--below", "buses")
    for one in ref[:3]:
        tried.does("response", "code", one, "buses", "--from", 0, "--to", 6)
    codings = [row["id"] for one in ref[:3] for row in tried.reads("response", "codes", one)]
    assert len(codings) == 3
    tried.does("code", "split", PLACES, "buses", "late buses", codings[0])
    tried.does("response", "uncode", codings[1])
    tried.reads("code", "quotes", PLACES, "buses")
    tried.does("code", "recode", PLACES, "fares", "--search", "bus", "--dry-run")
    tried.does("code", "merge", PLACES, "late buses", "buses")
    tried.does("code", "retire", PLACES, "fares")
    tried.does("code", "revive", PLACES, "fares")
    assert tried.reads("code", "list", PLACES)
    assert tried.reads("code", "changes", PLACES)
    tried.does("code", "undo", PLACES)
    site.ok("rule", "add", "hint", "--when", "text", "--has", "the", "--do", "suggest", "--with",
            "buses")
    site.ok("rule", "run", "hint")
    suggested = tried.reads("coding", "suggestions", PLACES)
    assert len(suggested) >= 2
    tried.does("coding", "accept", suggested[0]["id"])
    tried.does("coding", "refuse", suggested[1]["id"])
    tried.does("coding", "sample", PLACES, "--count", 2, "--coders", "Cole Coder", "--seed", 3)
    sample = tried.reads("coding", "list", PLACES)[0]["sample"]
    units = tried.reads("coding", "units", PLACES, sample, staff="Cole Coder")
    assert len(units) == 2
    tried.note(("coding", "done"))
    early = site.mercat("coding", "done", PLACES, sample, staff="Cole Coder")
    assert early.code in (0, 1), early
    tried.reads("coding", "agreement", PLACES, sample)
    tried.reads("coding", "disagreements", PLACES, sample)
    tried.note(("coding", "reconcile"))
    assert site.mercat("coding", "reconcile", PLACES, sample, 1, "buses", "yes").code in (0, 1)
    tried.note(("coding", "give-up"))
    assert site.mercat("coding", "give-up", PLACES, sample).code in (0, 1)


def test_queue_staff_and_store(tried):
    site = tried.site
    ref = site.references(PLACES)
    assert tried.reads("queue", "counts", PLACES)
    assert tried.reads("queue", "list", PLACES)
    tried.does("queue", "screen", PLACES, "included", "--type", "organisation", "--count")
    tried.does("queue", "screen", PLACES, "included", "--type", "organisation")
    tried.does("queue", "tag", PLACES, "group", "--type", "organisation")
    tried.does("queue", "assign", PLACES, "Edda Editor", "--type", "organisation")
    tried.does("queue", "undo")
    tried.does("queue", "lock", ref[3])
    tried.does("queue", "unlock", ref[3])
    tried.does("queue", "save", PLACES, "Groups", "--type", "organisation")
    tried.does("queue", "forget", PLACES, "Groups")
    tried.does("queue", "text", "thanks", site.write("t.md", "Thank you for {{reference}}.\n"),
               "--subject", "Thank you")
    tried.reads("queue", "texts", says="thanks")
    tried.does("queue", "reply", ref[0], "thanks", "--show", says="Thank you for")
    tried.does("queue", "reply", ref[0], "thanks")
    tried.does("queue", "forward", ref[0], "Edda Editor")
    site.put(site.reply(99, to="nobody-at-all"))
    site.put(site.reply(98, to="nobody-at-all"))
    lost = [row for row in tried.reads("inbound", "list") if row["taken_as"] == "unsorted"]
    assert len(lost) >= 2
    numbers = [row.get("number", row.get("id")) for row in lost]
    tried.does("inbound", "wait", says="Every email that came in is read.")
    tried.reads("inbound", "counts")
    tried.reads("inbound", "show", numbers[0])
    tried.does("inbound", "raw", numbers[0], says="Subject")
    tried.does("inbound", "file", numbers[0], PLACES)
    tried.does("queue", "discard", numbers[1], "spam")
    tried.reads("inbound", "erasures")
    assert tried.reads("notification", "list")
    tried.does("staff", "add", "Una New", "--email", "una@example.test")
    tried.does("staff", "password", "Una New", stdin="marigold-larkspur-comfrey\n")
    tried.does("staff", "totp", "Una New")
    tried.does("staff", "email", "Una New", "una.new@example.test")
    tried.does("staff", "tell", "Una New", "at once", "--weekends")
    tried.does("staff", "grant", "Una New", "reader", "--consultation", PLACES)
    tried.does("staff", "revoke", "Una New", "reader", "--consultation", PLACES)
    tried.reads("staff", "list", says="Una New")
    tried.does("staff", "end", "Una New")
    assert tried.reads("audit", "list")
    tried.does("audit", "verify")
    tried.does("store", "check")
    tried.does("store", "backup", f"{site.folder}/copy.db")
    site.mercat("doctor", "--offline")
    tried.note(["doctor", "--offline"])
    tried.does("status")
    tried.does("settings", "check")
    tried.does("settings", "show")
    tried.does("settings", "conf")
    box = site.write("old.mbox", "From a@x.example Wed Mar  4 09:00:00 2026\n"
                     "From: a@x.example\nSubject: From the past\n\nMy view.\n")
    tried.does("response", "import", PLACES, box, "--dry-run", says="1 would go into")
    tried.does("response", "import", PLACES, box, says="1 email goes into")


def test_what_is_published_and_told_back(tried):
    site = tried.site
    site.consult("told", "What is told")
    site.ok("response", "add", "told", "--channel", "paper", "--received", "yesterday", "--silent",
            "--text", "1. Ring Mr Tait on 0131 496 0123 about the bus.", "--permission", "without name",
            "--address", "told@post.example")
    reference = site.references("told")[0]
    site.ok("response", "include", reference)
    site.ok("response", "respondent", reference, "--set-contact", "yes")
    tried.reads("publication", "list", "told")
    places = [row["place"] for row in tried.reads("publication", "redactions", reference)]
    tried.does("publication", "accept", reference, places[0])
    tried.does("publication", "dismiss", reference, "all")
    tried.does("publication", "redact", reference, "the bus", "--reason", "other")
    last = site.json("publication", "redactions", reference)[-1]
    tried.does("publication", "unredact", reference, last["redaction"])
    tried.does("publication", "decide", reference, "without name")
    tried.reads("publication", "show", reference)
    tried.does("publication", "release", reference, staff="Cole Coder")
    tried.does("publication", "open", "told")
    tried.does("publication", "withdraw", reference)
    path = site.write("told.md", "## We did\n\nMore buses.\n")
    tried.does("report-back", "save", "told", path, "--subject", "What we did")
    tried.reads("report-back", "list", "told")
    tried.reads("report-back", "show", "told", 1)
    assert {row["state"]: row["respondents"] for row in tried.reads(
        "report-back", "audience", "told")}["gets it"] == 1
    tried.does("report-back", "ask", "told", 1)
    site.stop_daemon()  # it goes at once
    tried.does("report-back", "approve", "told", 1, staff="Edda Editor")
    tried.reads("report-back", "recipients", "told", 1)
    tried.does("report-back", "cancel", "told", 1, says="is cancelled")
    site.start_daemon()


def test_what_is_not_there_is_said_in_one_sentence(tried):
    site = tried.site
    site.stop_daemon()  # its roles write of themselves
    before = site.fingerprint()
    for command in sorted(tried.known - {"staff add", "list add"}):
        words = command.split()
        usage = site.ok(*words, "--help", staff=None).out.splitlines()[0]
        wanted = re.sub(r"^usage: mercat " + command + r"( \[OPTIONS\])?", "", usage).split()
        given = ["7777" if re.match(r"[\[]?(N|NUMBER|SAMPLE|CODING|UNIT|FROM|TO|MAIL|SUGGESTION|"
                                    r"CHANGE|QUESTION)\b", word)
                 else f"{site.folder}/nosuch-1" if "FILE" in word else "nosuch-1"
                 for word in wanted if not word.endswith("...]")]
        if not given:
            continue
        done = site.mercat(*words, *given, stdin="")
        if done.code == 0:  # it found what it needs, or makes it: a copy of the store, and says so
            before = site.fingerprint()
            continue
        assert done.code in (1, 2), (command, given, done)
        lines = done.err.strip().splitlines()
        assert len(lines) == 1 and lines[0].startswith("mercat: "), (command, given, done.err)
        assert site.fingerprint() == before, (command, given)


def test_each_command_was_tried(tried):
    assert tried.known - tried.commands - ELSEWHERE == set()
    assert ELSEWHERE <= tried.known
