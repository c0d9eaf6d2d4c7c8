"""A headless Chromium for a test: the other end of tests/browser/driver.js."""
import json
import os
import shutil
import subprocess

from servers.ground import die_with_parent

SOURCE = os.environ.get("MERCAT_SRCDIR", os.path.abspath(
    os.path.join(os.path.dirname(__file__), "..", "..")))
TOOLS = os.environ.get("MERCAT_BROWSER", os.path.join(SOURCE, "build", "browser"))


class Browser:
    def __init__(self, origin):
        """origin: the only place that pages may load anything from."""
        assert os.path.isdir(f"{TOOLS}/node_modules"), (
            f"{TOOLS} has no node_modules; run tools/dependencies --install test")
        self.origin = origin
        self.process = subprocess.Popen(
            [shutil.which("node"), f"{SOURCE}/tests/browser/driver.js"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            env={**os.environ, "MERCAT_BROWSER": TOOLS}, preexec_fn=die_with_parent)

    def ask(self, what, **how):
        self.process.stdin.write(json.dumps({"do": what, **how}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"the browser ended at {what} {how}"
        answer = json.loads(line)
        assert "error" not in answer, f"{what} {how}: {answer['error']}"
        return answer["ok"]

    def visitor(self, **how):
        """A new one with nothing kept: width, dark, scripts, language, headers; whole: the
        browser as people have it, which also connects of its own accord."""
        self.ask("visitor", origin=self.origin, **how)
        return self

    def look(self, **how):
        """How the page is looked at: width, height; dark, print, forced, each if said."""
        self.ask("look", **how)

    def open(self, path):
        """Returns the status; path may be a whole address."""
        url = path if "://" in path else self.origin + path
        return self.ask("open", url=url)["status"]

    def is_shut_in(self, path):
        """Opens it; is it in a sandbox, as a mail is, where no script of axe-core's runs either?"""
        headers = self.ask("open", url=self.origin + path)["headers"]
        return "sandbox" in headers.get("content-security-policy", "")

    def fill(self, at, value):
        self.ask("fill", at=at, value=value)

    def check(self, at, on=True):
        self.ask("check", at=at, on=on)

    def click(self, at):
        return self.ask("click", at=at)["status"]

    def text(self, at="main"):
        return self.ask("text", at=at)

    def title(self):
        return self.ask("where")["title"]

    def url(self):
        return self.ask("where")["url"]

    def axe(self, *rules):
        """What is wrong by WCAG 2.2 AA (or by these rules only), as sentences."""
        how = {"rules": rules} if rules else {}
        return [f"{found['id']}: {found['help']}: {node}"
                for found in self.ask("axe", **how) for node in found["nodes"]]

    def trouble(self):
        """What no page may do: dialogs, script errors, loads from elsewhere."""
        return self.ask("trouble")

    def __enter__(self):
        return self

    def __exit__(self, *why):
        self.close()

    def close(self):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


# How people look at a page: at a desk, on a phone, by night, on paper (A4 at 96 dots an inch), at
# 400 % of 1280 pixels, in colours of their own.
PLAIN = {"width": 1280, "height": 900, "dark": False, "print": False, "forced": False}
LOOKS = {
    "1280": PLAIN,
    "1280-dark": {**PLAIN, "dark": True},
    "360": {**PLAIN, "width": 360},
    "360-dark": {**PLAIN, "width": 360, "dark": True},
    "print": {**PLAIN, "width": 794, "height": 1123, "print": True},
    "zoom": {**PLAIN, "width": 320, "height": 256},
    "forced": {**PLAIN, "forced": True},
}
# What colours and width can change is looked at in each; the rest at both ends.
SOME = ("color-contrast", "target-size", "link-in-text-block")
RULES = {"1280": (), "1280-dark": SOME, "360": SOME, "360-dark": ()}
# Shapes that would say something by their colour if they held no word.
SHAPES = ".pill, .mark, .tag, .chip, .bar, .steps li, [aria-current], [aria-pressed=true]"


def look_over(browser, place, is_letter=False, rules=None):
    """What is wrong with the page that is open, in every form that it is seen in, by these
    rules of axe-core for each (RULES). A letter keeps its button on paper: there is nothing
    else in it to act on."""
    rules = RULES if rules is None else rules
    wrong = []
    for name, look in LOOKS.items():
        browser.look(**look)
        how = f"{place} at {name}"
        if name in rules:
            wrong += [f"{how}: {found}" for found in browser.axe(*rules[name])]
        sideways = browser.ask("overflow")
        if sideways > 0:
            wrong.append(f"{how}: must be scrolled sideways by {sideways} pixels:"
                         f" {browser.ask('widest')}")
        if broken := browser.ask("broken"):
            wrong.append(f"{how}: words are broken in two: {', '.join(broken)}")
        if name == "print" and not is_letter and (found := browser.ask("unprintable")):
            wrong.append(f"{how}: of no use on paper: {', '.join(found)}")
        if name == "zoom" and (part := browser.ask("covered")) > 0.34:
            wrong.append(f"{how}: {part:.0%} of the window stays covered")
        if name == "forced" and (found := browser.ask("told_by_colour", kinds=SHAPES)):
            wrong.append(f"{how}: told by a colour alone: {', '.join(found)}")
    browser.look(**PLAIN)
    wrong += [f"{place}: {found}" for found in browser.trouble()]
    return wrong


def is_valid(browser, place, html):
    return [f"{place}: {found}" for found in browser.ask("validate", html=html)]
