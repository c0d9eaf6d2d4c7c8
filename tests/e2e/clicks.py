"""How many clicks and keys twenty common tasks take, in Chromium, with the demo's data.

	python3 tests/e2e/clicks.py [FOLDER]              the table, as it stands in doc/clicks.md
	python3 tests/e2e/clicks.py --before FOLDER       the same tasks in a demo of commit acd8ce4

FOLDER is a demo that runs (tools/demo FOLDER); without one it is filled anew from
MERCAT_BUILDDIR. Every task begins at the page that follows signing in, and does what is asked in
the shortest way that its pages tell of. A click is one, a key is one, a field that is
filled is two: one to reach it, one to write. test_clicks.py does all of them and holds the counts
against the table.
"""
import contextlib
import datetime
import json
import os
import re
import shutil
import sys
import tempfile

if __name__ == "__main__":
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from e2e.browser import SOURCE, Browser
from e2e.house import BUILD, wait_for
from servers.ground import free_ports

sys.path.append(os.path.join(SOURCE, "tools", "demo.d"))
import stage  # noqa: E402  pylint: disable=wrong-import-position

ADA, BEA = "Ada Officer", "Bea Second"
DAY = (datetime.date.today() + datetime.timedelta(days=9)).isoformat()
LIST, QUEUE = "/staff/lists/cpip", "/staff/consultations/safe-places"
OLD_LIST, OLD_QUEUE = "/desk/l/cpip", "/desk/c/safe-places"
NEXT = "a[aria-label='Read the next new response to Safe places for young people']"


def click(at):
    return ("click", at)


def poke(at):
    """A click that leads to no other page."""
    return ("poke", at)


def agree():
    """To the question of the browser's own dialog, which comes next."""
    return ("agree", "")


def press(key, goes=True):
    """goes: to another page, which is awaited."""
    return ("press", key, goes)


def write(at, text):
    return ("write", at, text)


def type_in(at, text):
    """Where the focus is already."""
    return ("type", at, text)


def choose(at, value):
    return ("choose", at, value)


def see(words):
    return ("see", words)


def main(sel):
    return f"main {sel}"


def link(path):
    return f"a[href='{path}']"


def button(words):
    return f"main button:text-is('{words}')"


# What is done, what is done now, and what was done before (None: no page could).
TASKS = (
    ("Read the first new response", (click(NEXT), see("Include")),
     (click(link(f"{OLD_QUEUE}?state=received")), click(main(f"ol a[href*='{OLD_QUEUE}/r/'] >> nth=0")),
      see("Include"))),
    ("Include three new responses, one after the other",
     (click(NEXT), press("i"), press("i"), press("i"), see("Undo")),
     (click(link(f"{OLD_QUEUE}?state=received")), click(main(f"ol a[href*='{OLD_QUEUE}/r/'] >> nth=0")),
      press("i", False), see("Make new again"), press("j"), press("i", False), see("Make new again"),
      press("j"), press("i", False), see("Make new again"))),
    ("Assign a response to a colleague",
     (click(NEXT), choose("#assign", BEA), poke("form[action$='/assign'] button"), see(BEA)),
     (click(link(f"{OLD_QUEUE}?state=received")), click(main(f"ol a[href*='{OLD_QUEUE}/r/'] >> nth=0")),
      choose("#assign", BEA), poke("form[action$='/assign'] button"), see(BEA))),
    ("Put a code on a response",
     (click(NEXT), press("t", False), type_in("#tag", "halls"), press("Enter", False), see("halls")),
     (click(link(f"{OLD_QUEUE}?state=received")), click(main(f"ol a[href*='{OLD_QUEUE}/r/'] >> nth=0")),
      press("t", False), type_in("#tag", "halls"), press("Enter", False), see("halls"))),
    ("Find a response by its words",
     (press("/", False), type_in("header input[type=search]", "volunteers"), press("Enter"),
      click(main(f"ol a[href*='{QUEUE}/responses/'] >> nth=0")), see("volunteers")),
     (press("/", False), type_in("header input[type=search]", "volunteers"), press("Enter"),
      click(main(f"ol a[href*='{OLD_QUEUE}/r/'] >> nth=0")), see("volunteers"))),
    ("Write back in one's own words",
     (click(NEXT), press("r"), write("#text", "Dear Sir or Madam,\n\nThank you.\n\nAda"),
      click(button("Send this reply")), see("reply")), None),
    ("Open the code frame", (click(link(f"{QUEUE}/code-frame")), see("halls")),
     (click(link("/desk/coding")), click(main(link(f"{OLD_QUEUE}/frame"))), see("halls"))),
    ("See how many organisations and individuals responded",
     (click(link(f"{QUEUE}/analysis")), click(main("a[href*='about=respondents']")), see("N =")),
     (click(link("/desk/figures")), click(main(link(f"{OLD_QUEUE}/figures"))),
      click(main("a[href$='about=people']")), see("N ="))),
    ("Add a response that came by post",
     (click(link(f"{QUEUE}/responses/new")), see("How it reached us")), None),
    ("Choose what an email is that could not be identified",
     (click(main("a.button[href='/staff/unsorted']")), click(main("a[href^='/staff/unsorted/'] >> nth=0")),
      see("@post.example")),
     (click(main("a[href='/desk/unsorted']")), click(main("a[href^='/desk/unsorted/'] >> nth=0")),
      see("@"))),
    ("Go on with the draft of a bulletin, and save its title",
     (click(main(f"a[href='{LIST}/bulletins/3/edit']")), write("#title", "Spring news"),
      click(button("Save")), see("Saved")),
     (click(link("/desk/updates")), click(main(link(f"{OLD_LIST}/u/3"))),
      click(main(link(f"{OLD_LIST}/u/3/edit"))), write("#text", "---\nlist: cpip\ntitle: Spring news\n"
                                                     "---\n\nHello.\n"),
      click(button("Save")), see("Saved"))),
    ("Ask a colleague for approval",
     (click(main(f"a[href='{LIST}/bulletins/3/edit']")), click(button("Save and ask for approval")),
      see("Bea")), None),
    ("Move a scheduled bulletin to another day",
     (click(main(link(f"{LIST}/bulletins/2")) + " >> nth=0"), write("#day", DAY), click(button("Change")),
      click(button("Schedule it")), see("It goes out on")),
     (click(link("/desk/updates")), click(main(link(f"{OLD_LIST}/u/2"))), write("#day", DAY),
      write("#time", "09:00"), click(button("Schedule")), see("goes out"))),
    ("Take a scheduled bulletin off its day",
     (click(main(link(f"{LIST}/bulletins/2")) + " >> nth=0"), click(main("a:text-is('Unschedule')")),
      click(button("Unschedule it")), see("stays approved")), None),
    ("Read how the last bulletin went",
     (click(main(link(f"{LIST}/bulletins/1/report"))), see("Came back")),
     (click(link("/desk/updates")), click(main(link(f"{OLD_LIST}/u/1"))), click(main("a:text-is('Report')")),
      see("Came back"))),
    ("See why somebody did not get a bulletin",
     (press("/", False), type_in("header input[type=search]", "gone.away"), press("Enter"),
      click(main("a:text-is('gone.away@post.example')")), see("What happened")),
     (click(link("/desk/people")), press("/", False), type_in("header input[type=search]", "gone.away"),
      press("Enter"), click(main("a:text-is('gone.away@post.example')")), see("What happened"))),
    ("Put a subscriber on a list",
     (click(main(link(f"{LIST}/subscribers"))), write("#address", "new.one@post.example"),
      write("#basis", "asked by telephone"), click(button("Add")), see("welcome")),
     (click(link("/desk/people")), click(main(link(f"{OLD_LIST}/people"))),
      write("#address", "new.one@post.example"), write("#basis", "asked by telephone"),
      click(button("Add")), see("welcome"))),
    ("Open the import of a list", (click(main(link(f"{LIST}/import"))), see("Import")),
     (click(link("/desk/people")), click(main(link(f"{OLD_LIST}/import"))), see("Import"))),
    ("See what came back of a list", (click(main(link(f"{LIST}/bounces"))), see("gone.away")),
     (click(link("/desk/people")), click(main(link(f"{OLD_LIST}/bounces"))), see("gone.away"))),
    ("Send an approved bulletin",
     (click(main(link(f"{LIST}/bulletins/2")) + " >> nth=0"), click(main("a:text-is('Send now')")),
      click(button("Send it now")), see("Stop it")),
     (click(link("/desk/updates")), click(main(link(f"{OLD_LIST}/u/2"))), agree(),
      click(button("Send it now")), see("sent"))),
)


class Hand:
    """Does what a task says, and counts."""

    def __init__(self, browser):
        self.browser, self.clicks, self.keys = browser, 0, 0

    def does(self, step):
        what, at, *more = step
        browser = self.browser
        if what == "click":
            self.clicks += 1
            browser.click(at)
        elif what == "poke":
            self.clicks += 1
            browser.ask("run", script=f"document.querySelector({json.dumps(at)}).click()")
        elif what == "agree":
            self.clicks += 1
            browser.ask("run", script="window.confirm = () => true; undefined")
        elif what == "press":
            self.keys += 1
            browser.ask("press_and_go" if more[0] else "press", key=at)
        elif what == "choose":
            self.clicks += 2
            browser.ask("choose", at=at, value=more[0])
        elif what in ("write", "type"):
            self.clicks += what == "write"
            self.keys += 1
            browser.fill(at, more[0])
        else:
            wait_for(f"{at!r} on the page", lambda: at.lower() in browser.text("body").lower())


def count(origin, start, password, before=False):
    """{task: (clicks, keys)}; of before, those that could be done."""
    counts = {}
    for name, now, then in TASKS:
        steps = then if before else now
        if steps is None:
            continue
        with Browser(origin) as browser:
            browser.visitor(width=1440)
            browser.open(f"{start}/sign-in")
            browser.fill("#name", ADA)
            browser.fill("#password", password)
            browser.click("main button")
            hand = Hand(browser)
            for step in steps:
                try:
                    hand.does(step)
                except AssertionError as wrong:
                    raise AssertionError(f"{name}: {step}: {wrong}") from wrong
            counts[name] = (hand.clicks, hand.keys)
    return counts


@contextlib.contextmanager
def demo():
    """The folder of one that runs, filled anew."""
    folder = tempfile.mkdtemp(prefix="mercat-clicks-")
    of = stage.Stage(folder)
    of.program, of.daemon_program = f"{BUILD}/mercat", f"{BUILD}/mercatd"
    os.environ["MERCAT_DEMO_PORT"] = str(free_ports(1)[0])
    try:
        of.set_state("filling")
        of.fill()
        yield folder
    finally:
        of.stop_daemon()
        shutil.rmtree(folder, ignore_errors=True)


def origin_of(folder):
    with open(f"{folder}/mercat.conf", encoding="utf-8") as file:
        return re.search(r'base_url = "([^"]+)"', file.read())[1]


def password_of(folder):
    with open(f"{folder}/password", encoding="utf-8") as file:
        return file.read().strip()


def told():
    """{task: (clicks, keys, before or None)} of doc/clicks.md."""
    with open(f"{SOURCE}/doc/clicks.md", encoding="utf-8") as file:
        rows = re.findall(r"^\| ([A-Z][^|]*) \| (\d+) \| (\d+) \| (\d+) \| ([^|]*) \|$", file.read(), re.M)
    return {name: (int(clicks), int(keys), int(before) if before.strip().isdigit() else None)
            for name, clicks, keys, _, before in rows}


def table(counts, before):
    yield "| task | clicks | keys | together | before |"
    yield "|---|---|---|---|---|"
    for name, _, _ in TASKS:
        clicks, keys = counts[name]
        yield f"| {name} | {clicks} | {keys} | {clicks + keys} | {before.get(name, 'not possible')} |"


def run():
    args = sys.argv[1:]
    if args[:1] == ["--before"]:
        folder = args[1]
        counts = count(origin_of(folder), "/desk", password_of(folder), before=True)
        for name, (clicks, keys) in counts.items():
            print(f"{clicks + keys:3} {name}")
        return
    before = {name: was for name, (_, _, was) in told().items() if was is not None} \
        if os.path.exists(f"{SOURCE}/doc/clicks.md") else {}
    if args:
        counts = count(origin_of(args[0]), "/staff", password_of(args[0]))
    else:
        with demo() as folder:
            counts = count(origin_of(folder), "/staff", password_of(folder))
    print("\n".join(table(counts, before)))
    both = [name for name in counts if name in before]
    print(f"\nTogether {sum(sum(counts[name]) for name in both)} where it was "
          f"{sum(before[name] for name in both)}, for the {len(both)} that could be done before.")


if __name__ == "__main__":
    run()
