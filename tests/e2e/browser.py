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

    def look(self, width=None, dark=None):
        how = {} if dark is None else {"dark": dark}
        self.ask("look", **how, **({} if width is None else {"width": width}))

    def open(self, path):
        """Returns the status; path may be a whole address."""
        url = path if "://" in path else self.origin + path
        return self.ask("open", url=url)["status"]

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


def look_over(browser, place):
    """What is wrong with the page that is open, in every form that it is seen in."""
    wrong = []
    # What colours and width can change is looked at in all four.
    some = ("color-contrast", "target-size", "link-in-text-block")
    for width, dark, rules in ((1280, False, ()), (1280, True, some), (360, False, some),
                               (360, True, ())):
        browser.look(width=width, dark=dark)
        how = f"{place} at {width}{' dark' if dark else ''}"
        wrong += [f"{how}: {found}" for found in browser.axe(*rules)]
        sideways = browser.ask("overflow")
        if sideways > 0:
            wrong.append(f"{how}: must be scrolled sideways by {sideways} pixels")
        if broken := browser.ask("broken"):
            wrong.append(f"{how}: words are broken in two: {', '.join(broken)}")
    wrong += [f"{place}: {found}" for found in browser.trouble()]
    return wrong


def is_valid(browser, place, html):
    return [f"{place}: {found}" for found in browser.ask("validate", html=html)]
