"""A mercat for the tests of the staff's pages: replies in its queues, people with roles."""
import contextlib
import html.parser
import os
import re
import sys
import urllib.parse

from e2e.browser import Browser
from e2e.house import DOMAIN, SOURCE, folded, wait_for
from e2e.pages import Site

sys.path.append(os.path.join(SOURCE, "tools", "demo.d"))
import replies as demo  # noqa: E402  pylint: disable=wrong-import-position

PASSWORD = "marigold-larkspur-comfrey"
# Who has which role, and where; NONE has no role at all.
STAFF = {"Rae Reader": "reader", "Cole Coder": "coder", "Edda Editor": "editor",
         "Abe Approver": "approver", "Dot Protection": "data protection",
         "Sal Safeguard": "safeguarding",
         "Ann Admin": "administrator", "Nona Nothing": None}
EDITORS = ("Edda Editor", "Ines Second")


class StaffSite(Site):
    def __init__(self, folder, **more):
        super().__init__(folder, **more)
        self.cookies = {}
        self.posted = 0

    def start(self):
        super().start()
        for name in ("cur", "new", "tmp"):
            os.makedirs(f"{self.folder}/in/{name}", exist_ok=True)
        return self

    # -- people

    def hire(self, name, role=None, *where):
        """where: "--consultation", "places"; nothing: everywhere."""
        if name not in {row["name"] for row in self.json("staff", "list", staff=None)}:
            address = name.lower().replace(" ", ".") + "@example.test"
            self.ok("staff", "add", name, "--email", address, staff=None)
            self.ok("staff", "password", name, stdin=PASSWORD + "\n", staff=None)
        if role:
            self.ok("staff", "grant", name, role, *where, staff=None)

    def hire_all(self):
        for name, role in STAFF.items():
            self.hire(name, role)
        self.hire("Ines Second", "editor")

    def cookie(self, name):
        """Of somebody who has signed in."""
        if name not in self.cookies:
            answer = self.post("/staff/sign-in", {"name": name, "password": PASSWORD})
            assert answer.status == 303, answer.text
            self.cookies[name] = re.match(r"mercat=[^;]+", answer.headers["set-cookie"])[0]
        return self.cookies[name]

    def see(self, name, path):
        return self.get(path, Cookie=self.cookie(name))

    def token(self, name):
        page = self.see(name, "/staff/account").text
        return re.search(r'name="csrf" value="([^"]+)"', page)[1]

    def do(self, name, path, fields=None, csrf=None):
        """A form sent by somebody, with the token that their pages have."""
        pairs = list((fields or {}).items()) if isinstance(fields, dict) or not fields else fields
        pairs = [("csrf", csrf or self.token(name)), *pairs]
        return self.request("POST", path, urllib.parse.urlencode(pairs), {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": self.cookie(name)})

    def act(self, name, page, act, **fields):
        """A form of a page, filled in and sent: how many of its address there are is no matter."""
        seen = form_of(self.see(name, page), f"/{act}")["seen"]
        return self.do(name, f"{page}/{act}", {"seen": seen, **fields})

    def sign_in(self, browser, name, at="/staff"):
        browser.open("/staff/sign-in?to=" + urllib.parse.quote(at, safe="/"))
        browser.fill("#name", name)
        browser.fill("#password", PASSWORD)
        status = browser.click("main button")
        assert status == 200, (status, browser.text())
        return browser

    @contextlib.contextmanager
    def window(self, name, at="/staff", **how):
        """A browser of one's own, wide and signed in."""
        with Browser(self.origin) as browser:
            browser.visitor(width=1440, **how)
            yield self.sign_in(browser, name, at)

    def server_ms(self):
        """What the processor has given to the pages so far: others' work does not show."""
        with open(f"/proc/{self.daemon.pid}/task/{self.daemon.pid}/children",
                  encoding="ascii") as file:
            children = file.read().split()
        used = 0
        for pid in children:
            with open(f"/proc/{pid}/cmdline", "rb") as line:
                if b"--role=web" not in line.read().split(b"\0"):
                    continue
            for thread in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="ascii") as file:
                    used += int(file.read().split()[0])
        assert used, "no process serves the pages"
        return used / 1e6

    # -- mail

    def put(self, *mails):
        """Mail arrives; returns when all of it was understood."""
        for content in mails:
            self.posted += 1
            name = f"{self.posted:06}.test"
            with open(f"{self.folder}/in/tmp/{name}", "wb") as out:
                out.write(content)
            os.rename(f"{self.folder}/in/tmp/{name}", f"{self.folder}/in/new/{name}")
        wait_for("the mail to be read", self.all_read, 120)
        wait_for("the files to be read", lambda: not self.query(
            "SELECT 1 FROM attachment WHERE text_state = 'waiting'"), 120)

    def all_read(self):
        return self.query(
            "SELECT count(*) FROM inbound i JOIN mailbox m ON m.id = i.mailbox_id "
            "WHERE i.state = 'done' AND m.name <> 'by hand'") == [(self.posted,)]

    def reply(self, number, to="places"):
        """A person's mail to a consultation."""
        return demo.mail(
            f"Person {number} <person{number}@post.example>", f"Reply of person {number}",
            f"Places are safe when the door is open, says person {number}.\n\n"
            f"Word{number} of their own.\n", to=f"{to}@{DOMAIN}")

    def fill_with_demo(self):
        """The demo's replies, to consultations of the demo's names."""
        self.consult("safe-places", "Safe places for young people")
        self.consult("travel-costs", "Travel costs of witnesses", closes="2026-03-31")
        self.put(*(content for _, content in demo.replies(None, None)))


class _Form(html.parser.HTMLParser):
    """The fields of the form whose address ends so, as a browser would send them."""

    def __init__(self, address):
        super().__init__()
        self.address, self.fields, self.inside, self.into, self.found = address, {}, False, None, 0

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "form":
            self.inside = has.get("action", "").endswith(self.address)
            self.found += self.inside
        elif self.inside and tag == "input" and "name" in has and has["name"] != "csrf":
            if has.get("type") not in ("checkbox", "radio") or "checked" in has:
                self.fields[has["name"]] = has.get("value") or ""
        elif self.inside and tag == "textarea":
            self.into = has["name"]
            self.fields[self.into] = ""

    def handle_endtag(self, tag):
        self.into = None if tag == "textarea" else self.into
        self.inside = self.inside and tag != "form"

    def handle_data(self, data):
        if self.into:
            self.fields[self.into] += data


def form_of(answer, address):
    """What a page's form would send, unless something is typed into it."""
    form = _Form(address)
    form.feed(answer.text)
    assert form.found, (address, answer.status, answer.text)
    return {name: value.removeprefix("\n") for name, value in form.fields.items()}


def words_of(browser, at="main"):
    return folded(browser.text(at))


def see(browser, words, at="main", seconds=20):
    """Waits until the page says so."""
    return wait_for(f"{words!r} on the page", lambda: words in words_of(browser, at), seconds)


def press(browser, *keys):
    for key in keys:
        browser.ask("press", key=key)


def write(browser, text):
    """As a person: letter by letter, where the focus is."""
    for letter in text:
        browser.ask("press", key="Space" if letter == " " else letter)
