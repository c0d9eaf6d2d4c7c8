"""A mercat with pages and no mail server: its relay is a folder. For tests of the pages.

house.py has the real servers; this one starts in a second.
"""
import email
import email.policy
import http.client
import os
import re
import sqlite3
import subprocess
import urllib.parse

from e2e.house import DOMAIN, SOON, House, text_of, wait_for
from servers.ground import die_with_parent, end, free_ports

# What mails name; a proxy with TLS would stand there. Tests knock at the loopback.
BASE = f"https://{DOMAIN}"
CONF = """
organisation = "Child Protection Policy Team";
contact = "policy.team@{domain}";
zone = "Europe/London";
languages = "en, gd";
state_dir = "{folder}/state";
base_url = "{base}";
bulletin: {{ grace = "0 s"; test_recipients = "rod@example.test"; }};
web: {{ listen = "127.0.0.1:{port}"; }};
mailboxes = ( {{ name = "main"; kind = "maildir"; path = "{folder}/in"; }} );
relays = ( {{ name = "main"; kind = "maildir"; path = "{folder}/out"; }} );
"""
UPDATE = """---
list: {name}
title: {title}
topics: neglect, hearings
summary: {summary}
---

Good morning. This is what we did since the last update.

## Have your say

The forum met in **Perth** and talked about [safe places](https://example.test/places).

### What we heard

1. Rooms that can be seen into.
2. Somebody to ask for at the door.

## Neglect {{neglect}}

Marigold: the pilot ends in spring.

| Where | Families | Ready |
|---|---|---|
| Perth | 12 | now |
| Dundee | 30 | March |

## Hearings {{hearings}}

> The waiting rooms are painted, and nobody misses the old chairs.

Larkspur: more of it in the next update.
"""
CONSULTATION = """---
name: {name}
title: {title}
address: {name}@{domain}
opens: {opens}
closes: {closes}
---

What makes a place *safe* for young people? We want to hear from those who run such
places, and from those who go there.

1. What makes a place safe for you?
2. Which rules help, and which are in the way?
3. What should change first?
"""
TOKEN = r"[a-z0-9]{20,40}"


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode()


class Visits:
    """Requests to the pages of a house: self.port says where."""

    def request(self, method, path, body=None, headers=None):
        """headers: a dict; or pairs, where one comes twice and there is no body."""
        path = path.removeprefix(BASE)
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SOON)
        try:
            if isinstance(headers, list):
                line.putrequest(method, path)
                for name, value in headers:
                    line.putheader(name, value)
                line.endheaders()
            else:
                line.request(method, path, body, headers or {})
            return Answer(line.getresponse())
        finally:
            line.close()

    def get(self, path, **headers):
        return self.request("GET", path, headers={
            name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path, fields=None, **headers):
        return self.request(
            "POST", path, urllib.parse.urlencode(fields or {}),
            {"Content-Type": "application/x-www-form-urlencoded",
             **{name.replace("_", "-"): value for name, value in headers.items()}})


class Site(Visits, House):
    """What House says of the command and the store, without its servers."""

    def __init__(self, folder, settings=""):  # pylint: disable=super-init-not-called
        self.folder = folder
        self.settings = settings
        self.config = os.path.join(folder, "mercat.conf")
        self.daemon = self.postfix = None
        self.env = {}  # what the daemon has in its environment beside ours
        self.port, = free_ports(1)
        self.origin = f"http://127.0.0.1:{self.port}"

    def start(self):
        for name in ("in", "out", "state"):
            os.makedirs(f"{self.folder}/{name}")
        self.write("mercat.conf", CONF.format(
            folder=self.folder, domain=DOMAIN, port=self.port, base=BASE) + self.settings)
        self.ok("store", "init", staff=None)
        self.start_daemon()
        wait_for("the pages", self.is_up)
        for name in ("Ada Officer", "Bea Second"):
            self.ok("staff", "add", name, staff=None)
        return self

    def start_daemon(self):
        with open(f"{self.folder}/mercatd.log", "ab") as log:
            self.daemon = subprocess.Popen(
                [self.program("mercatd"), "--config", self.config],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**os.environ, **self.env}, preexec_fn=die_with_parent)

    def stop(self):
        end(self.daemon, 20)
        self.daemon = None

    def is_up(self):
        assert not self.has_ended(), self.log()
        try:
            return self.get("/health").status == 200
        except OSError:
            return False

    # -- what was sent

    def mails(self, to):
        """What was sent to somebody, oldest first."""
        place = f"{self.folder}/out/{to}/new"
        found = []
        for name in sorted(os.listdir(place)) if os.path.isdir(place) else ():
            with open(f"{place}/{name}", "rb") as file:
                found.append(email.message_from_binary_file(
                    file, policy=email.policy.default))
        return found

    def wait_for_link(self, to, part, seconds=20):
        """The path of the newest link base_url/PART/TOKEN that was sent to somebody."""
        def look():
            for mail in reversed(self.mails(to)):
                found = re.findall(rf"{BASE}/{part}/{TOKEN}", text_of(mail))
                if found:
                    return found[0]
            return None
        return wait_for(f"a link to {part} for {to}", look, seconds).removeprefix(BASE)

    # -- what there is to look at

    def publish(self, name, title, summary="What we did in autumn"):
        number = self.draft(UPDATE.format(name=name, title=title, summary=summary))
        self.send(name, number)
        self.wait_until_sent(name, number)
        return number

    def consult(self, name, title, opens="2026-01-05", closes="2099-06-30"):
        self.ok("consultation", "add", self.write(f"{name}.md", CONSULTATION.format(
            name=name, title=title, domain=DOMAIN, opens=opens, closes=closes)))
        self.ok("consultation", "open", name)

    def change(self, sql, *values):
        """Past the program, for what no command makes."""
        store = sqlite3.connect(f"{self.folder}/state/mercat.db", timeout=10)
        with store:
            store.execute(sql, values)
        store.close()

    def furnish(self):
        """Lists, updates and consultations of each kind."""
        self.add_list("cpip", "Child Protection Update", topics="neglect,hearings,data")
        self.ok("list", "describe", "cpip", "What we do so that children are safe, in"
                " sections that you can choose. Six to eight times a year.")
        self.add_list("group", "Papers of the Advisory Group", closed=True,
                      visibility="public")
        self.subscribe("cpip", "reader@example.test")
        self.publish("cpip", "Winter and what it brings")
        self.publish("cpip", "What young people told us about safe places")
        self.consult("places", "Safe places for young people")
        self.consult("cruelty", "Words about cruelty in the law", closes="2099-03-31")
        self.ok("consultation", "extend", "places", "2099-09-30")
        self.ok("consultation", "close", "cruelty")
        self.ok("consultation", "outcome", "cruelty", self.write(
            "outcome.md", "We heard from **1,204** people and 89 organisations.\n\n"
            "The word *cruelty* stays, and is explained in the law itself.\n"))
        return self

    def confirmed(self, name, address, **fields):
        """Somebody joins by the page; returns the path of the link that confirmed."""
        answer = self.post(f"/lists/{name}/join", {"address": address, **fields})
        assert answer.status == 200, answer.text
        link = self.wait_for_link(address, "confirm")
        assert self.post(link).status == 200
        return link

    def memory_of_web(self):
        """The most that the web role has held, in bytes."""
        pid, = self.roles()["web"]
        with open(f"/proc/{pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmHWM:\s+(\d+) kB", file.read())[1]) * 1024


def settle(site, seconds=20):
    """Until nothing waits to be sent, so that the store rests."""
    wait_for("the store to rest", lambda: not site.query(
        "SELECT 1 FROM notification WHERE state IN ('queued', 'sending', 'deferred') UNION"
        " SELECT 1 FROM delivery WHERE state IN ('queued', 'sending', 'deferred')"), seconds)
