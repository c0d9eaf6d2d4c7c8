"""Every page of mercat as a picture, with the demo's data, to be looked at by people.

	python3 tests/e2e/looks.py [FOLDER]

writes NAME-LOOK.png of each page into FOLDER (build/looks) in each look of browser.py: wide and
narrow, light and dark, printed, at 400 % and in forced colours, with the letters that go out
beside them; and NAME-many.png with the crowd of crowd.py. test_looks.py walks the same places
with axe-core, and fails when a route is added that is not shown here.

MERCAT_BUILDDIR is where mercat was built; the templates are those of this checkout.
"""
import glob
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import urllib.parse
import urllib.request

if __name__ == "__main__":
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from e2e.browser import LOOKS, PLAIN, Browser
from e2e.crowd import Crowd
from e2e.house import BUILD, SOURCE, parse, text_of, wait_for

sys.path.append(os.path.join(SOURCE, "tools", "demo.d"))
import stage  # noqa: E402  pylint: disable=wrong-import-position

ROUTE = re.compile(r"\{\s*WEB_GET,\s*((?:\w+|\"[^\"]*\"|\s)+?)\s*,", re.S)
QUEUE = "/staff/consultations/safe-places"
UPDATE = "/staff/lists/cpip/bulletins"
# What each GET route of the program looks like: one place or more. A word in braces is
# looked up in the demo's store (Demo.facts).
STAFF = {
    "/staff/sign-in": ("/staff/sign-in",),
    "/staff": ("/staff",),
    "/staff/account": ("/staff/account",),
    "/staff/bulletins": ("/staff/bulletins",),
    "/staff/calendar": ("/staff/calendar", "/staff/calendar?for=cpip/2"),
    "/staff/lists/:list/bulletins": ("/staff/lists/cpip/bulletins", "/staff/lists/papers/bulletins"),
    "/staff/lists/:list/bulletins/:number": (f"{UPDATE}/1", f"{UPDATE}/2", f"{UPDATE}/{{draft}}",
                                f"{UPDATE}/{{paused}}", f"{UPDATE}/{{asked}}"),
    **{f"/staff/lists/:list/bulletins/:number/{act}": (f"{UPDATE}/2/{act}",)
       for act in ("unschedule", "send")},
    "/staff/lists/:list/bulletins/:number/schedule": (
        f"{UPDATE}/2/schedule?day=2098-12-25&time=03:00", f"{UPDATE}/2/schedule?day=2098-12-23&time=09:00"),
    "/staff/lists/:list/bulletins/:number/resume": (f"{UPDATE}/{{paused}}/resume",),
    "/staff/lists/:list/bulletins/:number/settle": (
        f"{UPDATE}/{{paused}}/settle?do=again", f"{UPDATE}/{{paused}}/settle?do=leave"),
    "/staff/lists/:list/bulletins/:number/cancel": (f"{UPDATE}/2/cancel", f"{UPDATE}/{{paused}}/cancel"),
    "/staff/lists/:list/bulletins/:number/mail": (f"{UPDATE}/1/mail",),
    "/staff/lists/:list/bulletins/:number/report": (f"{UPDATE}/1/report",),
    "/staff/lists/:list/bulletins/:number/edit": (f"{UPDATE}/{{draft}}/edit",),
    "/staff/lists/:list/bulletins/:number/compare": (f"{UPDATE}/1/compare", f"{UPDATE}/{{asked}}/compare"),
    "/staff/lists/:list/bulletins/:number/ledger": (f"{UPDATE}/1/ledger",),
    "/staff/subscribers": ("/staff/subscribers", "/staff/subscribers?q=post", "/staff/subscribers?q=nobody-here"),
    "/staff/subscribers/:subscriber": ("/staff/subscribers/{lost}", "/staff/subscribers/1"),
    "/staff/lists/:list/subscribers": ("/staff/lists/cpip/subscribers", "/staff/lists/cpip/subscribers?state=left",
                             "/staff/lists/papers/subscribers"),
    "/staff/lists/:list/import": ("/staff/lists/cpip/import",),
    "/staff/lists/:list/imports/:import": ("/staff/lists/cpip/imports/1",),
    "/staff/lists/:list/bounces": ("/staff/lists/cpip/bounces", "/staff/lists/papers/bounces"),
    "/staff/suppression": ("/staff/suppression",),
    "/staff/lists/new": ("/staff/lists/new",),
    "/staff/lists/:list/settings": ("/staff/lists/cpip/settings", "/staff/lists/papers/settings"),
    "/staff/lists/:list/topics/:topic": ("/staff/lists/cpip/topics/neglect",),
    "/staff/accounts": ("/staff/accounts",),
    "/staff/health": ("/staff/health",),
    "/staff/audit": ("/staff/audit", "/staff/audit?subject=bulletin", "/staff/audit?who=Nobody"),
    "/staff/audit/verify": ("/staff/audit/verify",),
    "/staff/responses": ("/staff/responses",),
    "/staff/search": ("/staff/search", "/staff/search?q=hall", "/staff/search?q=nowhere"),
    "/staff/consultations/:consultation": (
        QUEUE, f"{QUEUE}?state=received&tag=halls&order=newest", f"{QUEUE}?q=hall",
        f"{QUEUE}?late=yes", "/staff/consultations/travel-costs"),
    "/staff/consultations": ("/staff/consultations",),
    "/staff/consultations/new": ("/staff/consultations/new",),
    "/staff/consultations/:consultation/settings": (
        f"{QUEUE}/settings", "/staff/consultations/travel-costs/settings"),
    "/staff/consultations/:consultation/open": ("/staff/consultations/travel-costs/open",),
    "/staff/consultations/:consultation/close": (f"{QUEUE}/close",),
    "/staff/consultations/:consultation/outcome": ("/staff/consultations/travel-costs/outcome",),
    "/staff/consultations/:consultation/views": (f"{QUEUE}/views",),
    "/staff/consultations/:consultation/reply-texts": (f"{QUEUE}/reply-texts", f"{QUEUE}/reply-texts?name=Thank+you"),
    "/staff/consultations/:consultation/responses/new": (f"{QUEUE}/responses/new",),
    "/staff/consultations/:consultation/responses/:number/sent-on": (f"{QUEUE}/responses/{{coded}}/sent-on",),
    "/staff/consultations/:consultation/responses/:number": tuple(
        f"{QUEUE}/responses/{{{name}}}" for name in ("coded", "word", "html", "story", "japanese",
                                             "empty")) + (f"{QUEUE}/responses/{{coded}}?new-tag=hal",),
    "/staff/consultations/:consultation/responses/:number/reply": (
        f"{QUEUE}/responses/{{coded}}/reply", f"{QUEUE}/responses/{{coded}}/reply?name=Thank+you"),
    "/staff/consultations/:consultation/responses/:number/forward": (f"{QUEUE}/responses/{{coded}}/forward",),
    "/staff/consultations/:consultation/responses/:number/mail": (f"{QUEUE}/responses/{{html}}/mail",),
    "/staff/consultations/:consultation/responses/:number/mail/frame": (f"{QUEUE}/responses/{{html}}/mail/frame",),
    "/staff/coding": ("/staff/coding",),
    "/staff/consultations/:consultation/code-frame": (f"{QUEUE}/code-frame", "/staff/consultations/travel-costs/code-frame"),
    "/staff/consultations/:consultation/codes/:code": (f"{QUEUE}/codes/{{code}}",),
    "/staff/consultations/:consultation/codes/:code/merge": (f"{QUEUE}/codes/{{code}}/merge?into={{other_code}}",),
    "/staff/consultations/:consultation/codes/:code/report": (f"{QUEUE}/codes/{{code}}/report",),
    "/staff/consultations/:consultation/recode": (f"{QUEUE}/recode", f"{QUEUE}/recode?q=hall&code={{code}}"),
    "/staff/consultations/:consultation/re-anchor": (f"{QUEUE}/re-anchor",),
    "/staff/consultations/:consultation/suggestions": (f"{QUEUE}/suggestions",),
    "/staff/consultations/:consultation/samples": (f"{QUEUE}/samples",),
    "/staff/consultations/:consultation/samples/:number": (f"{QUEUE}/samples/1",),
    "/staff/consultations/:consultation/responses/:number/code": (f"{QUEUE}/responses/{{coded}}/code",),
    "/staff/consultations/:consultation/report": (
        f"{QUEUE}/report", "/staff/consultations/travel-costs/report"),
    "/staff/consultations/:consultation/report/editions/:edition": (
        "/staff/consultations/travel-costs/report/editions/1",),
    "/staff/consultations/:consultation/report-back": ("/staff/consultations/travel-costs/report-back",),
    "/staff/consultations/:consultation/report-back/new": ("/staff/consultations/travel-costs/report-back/new",),
    "/staff/consultations/:consultation/report-back/:number": ("/staff/consultations/travel-costs/report-back/1",),
    "/staff/consultations/:consultation/report-back/:number/mail": (
        "/staff/consultations/travel-costs/report-back/1/mail",),
    "/staff/consultations/:consultation/publication": (
        f"{QUEUE}/publication", f"{QUEUE}/publication?state=withheld"),
    "/staff/consultations/:consultation/publication/:number": (f"{QUEUE}/publication/{{coded}}",),
    "/staff/analysis": ("/staff/analysis",),
    "/staff/consultations/:consultation/analysis": (f"{QUEUE}/analysis", f"{QUEUE}/analysis?about=all",
                                      "/staff/consultations/travel-costs/analysis?about=all"),
    "/staff/flags": ("/staff/flags",),
    "/staff/consultations/:consultation/responses/:number/scan": (f"{QUEUE}/responses/{{scanned}}/scan",),
    "/staff/consultations/:consultation/scans/:scan": (
        f"{QUEUE}/scans/{{scan}}", f"{QUEUE}/scans/{{scan}}?zoom=2&page=2"),
    "/staff/flags/:flag": ("/staff/flags/{flag}", "/staff/flags/{flag_proposed}"),
    "/staff/unsorted": ("/staff/unsorted",),
    "/staff/unsorted/:id": ("/staff/unsorted/{unsorted}",),
    "/staff/unsorted/:id/reply": ("/staff/unsorted/{unsorted}/reply",),
    "/staff/unsorted/:id/forward": ("/staff/unsorted/{unsorted}/forward",),
    "/staff/unsorted/:id/sent-on": ("/staff/unsorted/{unsorted}/sent-on",),
}
PUBLIC = {
    "/": ("/",),
    "/privacy": ("/privacy",),
    "/accessibility": ("/accessibility",),
    "/lists/:list": ("/lists/cpip", "/lists/papers"),
    "/lists/:list/join": ("/lists/cpip/join", "/lists/papers/join"),
    "/lists/:list/:number": ("/lists/cpip/1",),
    "/consultations": ("/consultations",),
    "/consultations/:name": ("/consultations/safe-places", "/consultations/travel-costs"),
    "/consultations/:name/responses": ("/consultations/safe-places/responses",
                                       "/consultations/safe-places/responses?q=nothing"),
    "/consultations/:name/responses/:response": ("/consultations/safe-places/responses/{published}",),
    "/confirm/:token": ("{confirm}", "/confirm/nosuchtoken"),
    "/leave": ("/leave",),
    "/leave/:token": ("{leave}", "/leave/nosuchtoken"),
    "/contact/:token": ("/contact/nosuchtoken",),
    "/address/:token": ("{address}",),
    "/manage": ("/manage",),
    "/manage/asked": ("/manage/asked",),
    "/manage/:token": ("{manage}", "/manage/nosuchtoken"),
    "/manage/:token/held": ("{manage}/held",),
    "/manage/:token/erase": ("{manage}/erase",),
}
# What goes to a program or is saved, and is never looked at as a page.
NO_PAGES = {
    "/health", "/robots.txt", "/lists/:list/feed.xml", "/image/:hash",
    "/manage/:token/held.json", "/consultations/:name/form.txt",
    "/consultations/:name/responses.csv",
    "/consultations/:name/form.docx", "/consultations/:name/form.odt",
    "/staff/lists/:list/bulletins/:number/report/export",
    "/staff/lists/:list/bulletins/:number/progress",                         # a part of its update
    "/staff/consultations/:consultation/responses/:number/lock", "/staff/consultations/:consultation/codes",
    "/staff/consultations/:consultation/responses/:number/files/:position",
    "/staff/consultations/:consultation/scans/:scan/pages/:page",            # a picture
    "/staff/consultations/:consultation/responses/:number/files/:position/text",
    "/staff/consultations/:consultation/responses/:number/mail/original",
    "/staff/consultations/:consultation/analysis/:table", "/staff/unsorted/:id/original",
    "/staff/consultations/:consultation/report/editions/:edition/:form",
    "/leave/:token/",                                               # the same page without its "/"
}
# Where somebody has gone wrong.
ERRORS = ("/staff/nowhere", "/staff/consultations/nowhere", f"{QUEUE}/responses/999", f"{UPDATE}/99",
          "/staff/subscribers/9999", f"{QUEUE}?state=nonsense", "/staff/audit?before=x")
PUBLIC_ERRORS = ("/nowhere", "/lists/nowhere", "/lists/cpip/99", "/consultations/nowhere")


FACTS = {
    "flag": "SELECT max(id) FROM flag WHERE state = 'open'",
    "flag_proposed": "SELECT max(id) FROM flag WHERE state = 'proposed'",
    "scan": "SELECT token FROM scan LIMIT 1",
    "scanned": "SELECT r.number FROM scan s JOIN response r ON r.inbound_id = s.inbound_id LIMIT 1",
    "flagged": "SELECT r.number FROM flag f JOIN response r ON r.inbound_id = f.inbound_id LIMIT 1",
    "published": "SELECT token FROM published LIMIT 1",
    "draft": "SELECT number FROM bulletin WHERE state = 'draft' ORDER BY id",
    "lost": f"SELECT id FROM person WHERE address = '{stage.LOST}'",
    "coded": "SELECT min(r.number) FROM coding g JOIN response r ON r.id = g.response_id"
             " WHERE g.from_char IS NOT NULL",
    "code": "SELECT id FROM code WHERE name = 'premises'",
    "other_code": "SELECT id FROM code WHERE name = 'checks'",
    "unsorted": "SELECT id FROM inbound WHERE taken_as = 'unsorted'",
    **{name: "SELECT r.number FROM response r JOIN parsed p ON p.inbound_id = r.inbound_id"
             f" WHERE p.from_address LIKE '{who}%'" for name, who in (
                 ("word", "p.lindqvist"), ("html", "odhran"), ("story", "edie"),
                 ("japanese", "yuki"), ("empty", "kit"))},
}
THIRD = """---
list: cpip
title: An extra note about the storm
topics: neglect, internet-safety, trafficking, hearings, data
---

The forum on Friday is put off, since the trains do not run. A new date follows.
"""
ASKED = """---
list: cpip
title: The forum has a new date
topics: neglect, internet-safety, trafficking, hearings, data
---

The forum meets on 12 January in the morning. Please bring the papers that you have.
"""
HALF_WAY = """
UPDATE bulletin SET state = 'paused', finished_at = NULL
 WHERE state = 'sent' AND number = {number};
UPDATE delivery SET
  state = CASE id % 9 WHEN 0 THEN 'refused' WHEN 1 THEN 'deferred' WHEN 2 THEN 'queued'
    WHEN 3 THEN 'queued' WHEN 4 THEN CASE WHEN id % 4 = 0 THEN 'in doubt' ELSE 'sent' END
    ELSE 'sent' END,
  reply_code = CASE id % 9 WHEN 0 THEN 550 WHEN 1 THEN 451 ELSE reply_code END,
  reply_status = CASE id % 9 WHEN 0 THEN '5.1.1' WHEN 1 THEN '4.7.1' ELSE reply_status END,
  reply_text = CASE id % 9 WHEN 0 THEN '<somebody@post.example>: Recipient address'
    || ' rejected: User unknown in virtual mailbox table' WHEN 1
    THEN 'Greylisted, come back in five minutes' ELSE reply_text END
 WHERE bulletin_id = (SELECT id FROM bulletin WHERE number = {number});
DELETE FROM bulletin_tally
 WHERE bulletin_id = (SELECT id FROM bulletin WHERE number = {number});
INSERT INTO bulletin_tally (bulletin_id, state, minute, n)
  SELECT bulletin_id, state, settled_at / 60 AS m, count(*) FROM delivery
   WHERE state = 'sent' AND bulletin_id = (SELECT id FROM bulletin WHERE number = {number})
   GROUP BY bulletin_id, state, m;
"""


def routes(folder):
    """The GET routes in the tables of src/FOLDER."""
    text = ""
    for path in sorted(glob.glob(f"{SOURCE}/src/{folder}/**/*routes*.c", recursive=True)):
        with open(path, encoding="utf-8") as file:
            text += file.read()
    for name, means in re.findall(r'#define (\w+) ("[^"]*")', text):
        text = re.sub(rf"(?<!define )\b{name}\b", means, text)
    assert text, f"no table of addresses in src/{folder}"
    return ["".join(re.findall(r'"([^"]*)"', path)) for path in ROUTE.findall(text)]


def name_of(place):
    """A file name for a place."""
    name = re.sub(r"[a-z0-9]{24,}", "token", urllib.parse.unquote_plus(place))
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-") or "home"


class Demo(stage.Stage):
    """The demo in a folder of its own, and what has to be known to walk it."""

    def __init__(self, folder):
        super().__init__(folder)
        self.facts = {}

    def begin(self):
        self.program = os.path.join(BUILD, "mercat")
        self.daemon_program = os.path.join(BUILD, "mercatd")
        os.makedirs(self.folder, exist_ok=True)
        self.set_state("filling")
        self.fill()
        self.set_state("ready")
        self.go_further()
        self.learn()
        return self

    def end(self):
        self.stop_daemon()
        shutil.rmtree(self.folder, ignore_errors=True)

    def go_further(self):
        """What the demo leaves to its visitors: an update stopped half way, links."""
        self.mercat("bulletin", "draft", self.write("third.md", THIRD))
        number = self.number()
        self.mercat("bulletin", "approve", stage.LIST, number, staff="Bea Second")
        self.send_at_once(number)
        stage.wait_for("it to be sent", lambda: self.json(
            "bulletin", "status", stage.LIST, number)["state"] == "sent")
        self.facts["paused"] = number
        with sqlite3.connect(f"{self.folder}/state/mercat.db", timeout=10) as store:
            # No relay of ours refuses or stalls on demand: its ledger is made to say so.
            store.executescript(HALF_WAY.format(number=number))
        # One that a colleague was asked about, who corrected it and has something to say.
        self.mercat("bulletin", "draft", self.write("asked.md", ASKED))
        asked = self.facts["asked"] = self.number()
        self.mercat("bulletin", "ask", stage.LIST, asked, "Bea Second")
        self.mercat("bulletin", "comment", stage.LIST, asked, "Is the room certain?", staff="Bea Second")
        self.mercat("bulletin", "edit", stage.LIST, asked, self.write(
            "asked.md", ASKED.replace("in the morning. Please", "at ten, please")), staff="Bea Second")
        self.mercat("bulletin", "approve", stage.LIST, asked, "--once-agreed-by", "Ada Officer",
                    staff="Bea Second")
        # A response that a colleague released.
        row = self.json("publication", "list", "safe-places", "--state", "to decide")[0]["reference"]
        if self.json("publication", "redactions", row):
            self.mercat("publication", "accept", row, "all")
        self.mercat("publication", "decide", row, "without name")
        self.mercat("publication", "release", row, staff="Bea Second")
        # A closed list is private; with its address known, somebody can ask to be let in.
        self.mercat("list", "visibility", "papers", "unlisted")
        for address, path in (("ann@post.example", "lists/cpip/join"),
                              ("ben@post.example", "lists/cpip/join"),
                              ("cat@post.example", "lists/papers/join")):
            post(self.address() + "/" + path, address=address)
        self.facts["confirm"] = self.link("ann@post.example", "confirm")
        post(self.address() + self.link("ben@post.example", "confirm"))
        self.facts["leave"] = self.link("ben@post.example", "leave")
        post(self.address() + "/manage", address="ben@post.example")
        self.facts["manage"] = self.link("ben@post.example", "manage")
        post(self.address() + self.facts["manage"] + "/address", address="ben@home.example")
        self.facts["address"] = self.link("ben@home.example", "address")

    def link(self, address, part):
        """The path of a link in the mails that somebody got."""
        def look():
            for path in sorted(glob.glob(f"{self.folder}/relay/{address}/new/*")):
                with open(path, "rb") as file:
                    found = re.search(rf"{self.address()}(/{part}/[a-z0-9]{{20,40}})",
                                      text_of(parse(file.read())))
                if found:
                    return found[1]
            return None
        return wait_for(f"a link to {part} for {address}", look)

    def learn(self):
        """The numbers that stand in addresses."""
        with sqlite3.connect(f"{self.folder}/state/mercat.db", timeout=10) as store:
            for name, sql in FACTS.items():
                found, = store.execute(sql).fetchone()
                self.facts[name] = str(found)

    def places(self, table):
        return [place.format(**self.facts) for places in table.values() for place in places]

    def sign_in(self, browser, name="Ada Officer"):
        browser.open("/staff/sign-in")
        browser.fill("#name", name)
        browser.fill("#password", self.password())
        assert browser.click("main button") == 200, browser.text()
        return browser


def post(url, **fields):
    with urllib.request.urlopen(url, urllib.parse.urlencode(fields).encode()) as answer:
        assert answer.status == 200, (url, answer.status)


# Labels that nothing follows, and links that lead to where one is already.
UNSAID = """(() => {
    const main = document.querySelector('main'), wrong = [];
    const filled = (e) => e.innerText.trim() || e.querySelector(
        'img, svg, input, select, textarea, button, meter, progress');
    const seen = (e) => e.checkVisibility();
    const follows = 'ul, ol, dl, pre, form, blockquote, table, div, figure, input, select,'
        + ' textarea, p, article, section, iframe';
    for (const e of main.querySelectorAll('dd, th[scope=row] + td'))
        if (seen(e) && !filled(e))
            wrong.push('nothing after ' + e.previousElementSibling.innerText);
    for (const e of main.querySelectorAll('p, li, td, dd, dt, h1, h2, h3, h4, figcaption, summary'
                                          + ', .note, caption')) {
        if (!seen(e) || e.closest('OTHERS'))
            continue;
        const text = e.innerText.trim(), next = e.nextElementSibling;
        if (/[:=]$/.test(text) && !(next && next.matches(follows)) && e.tagName !== 'DT'
            && !e.querySelector('input, select, textarea'))
            wrong.push('nothing after ' + text);
        if (/(^|\\s)= *([,.;)]|$)/.test(text) || /: *[,;.)](\\s|$)/.test(text))
            wrong.push('an empty value in ' + text);
    }
    const here = location.href.split('#')[0];
    for (const a of main.querySelectorAll('a[href]')) {
        const [to, part] = a.href.split('#');
        if (to === here && part === undefined && !a.closest('[aria-current], OTHERS')
            && seen(a))
            wrong.push('a link to itself: ' + a.innerText);
    }
    return wrong; })()"""


def unsaid(browser, place, others):
    """others: a selector of what somebody else wrote."""
    found = browser.ask("run", script=UNSAID.replace("OTHERS", others))
    return [f"{place}: {said}" for said in found]


def show(browser, place, folder, name=None, looks=None):
    """looks: by name, as LOOKS (all of those)."""
    browser.open(place)
    for look, how in (looks or LOOKS).items():
        browser.look(**how)
        browser.ask("shot", full=True, file=os.path.join(
            folder, f"{name or name_of(place)}-{look}.png"))


def crowded(demo):
    """Pages of the one response on which everybody has worked."""
    here = f"{QUEUE}/responses/{demo.facts['crowded']}"
    return here, f"{here}/code", f"{here}/reply"


def letters(demo, folder):
    """One letter of each kind that went out, written into a folder as a page."""
    pages = {}
    for path in sorted(glob.glob(f"{demo.folder}/relay/*/new/*")):
        with open(path, "rb") as file:
            mail = parse(file.read())
        html = mail.get_body(("html",))
        kind = re.sub(r"[^A-Za-z]+", "-", str(mail["Subject"])).strip("-")[:40]
        if html is not None and kind not in pages:
            pages[kind] = os.path.join(folder, f"letter-{kind}.html")
            with open(pages[kind], "w", encoding="utf-8") as out:
                out.write(html.get_content())
    return list(pages.values())


def main(folder):
    os.makedirs(folder, exist_ok=True)
    demo = Demo(os.path.join(tempfile.mkdtemp(prefix="mercat-looks-"), "demo"))
    try:
        demo.begin()
        browser = Browser(demo.address()).visitor()
        for place in (*demo.places(PUBLIC), *PUBLIC_ERRORS, "/staff/sign-in"):
            show(browser, place, folder)
        demo.sign_in(browser)
        for place in (*demo.places(STAFF)[1:], *ERRORS):
            show(browser, place, folder)
        for page in letters(demo, folder):
            show(browser, "file://" + page, folder, os.path.basename(page)[:-len(".html")])
        Crowd(demo).fill()
        for place in (*demo.places(STAFF)[1:], *demo.places(PUBLIC), *crowded(demo)):
            show(browser, place, folder, looks={"many": PLAIN})
        for trouble in sorted(set(browser.trouble())):
            print(trouble)
        browser.close()
    finally:
        demo.end()
    print(f"{len(os.listdir(folder))} files in {folder}")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1] if len(sys.argv) > 1
                         else os.path.join(BUILD, "build", "looks")))
