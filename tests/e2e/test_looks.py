"""Every page with the demo's data, in Chromium: fit to be shown. looks.py has the pictures."""
import os
import re
import shutil

import pytest

from e2e import looks
from e2e.browser import Browser, is_valid, look_over
from e2e.crowd import Crowd
from servers.ground import free_ports, open_folder

# A time or a word that only a program would write.
MACHINE = re.compile(r"\b\d{4}-\d\d-\d\d\b|\b1[5-9]\d{8}\b|\b[a-z]+_[a-z_]+\b")
# Words in which somebody else wrote, or which are typed into a file.
OTHERS_WORDS = "pre, code, textarea, blockquote, .words, iframe, .row-words, .diff"

# How long a page may be, however much there is: on a slow line a phone has it in some seconds.
PAGE_MOST = 300_000


@pytest.fixture(name="demo", scope="module")
def a_demo():
    above = open_folder()
    os.environ["MERCAT_DEMO_PORT"] = str(free_ports(1)[0])
    demo = looks.Demo(os.path.join(above, "demo"))
    try:
        yield demo.begin()
    finally:
        demo.end()
        shutil.rmtree(above, ignore_errors=True)


@pytest.fixture(name="browser", scope="module")
def a_browser(demo):
    with Browser(demo.address()) as browser:
        yield browser.visitor()


def machine_words(browser, place):
    """What stands on the page that a person would not write."""
    text = browser.ask("run", script="""(() => {
        const copy = document.querySelector('main').cloneNode(true);
        for (const e of copy.querySelectorAll(%r)) e.remove();
        return copy.innerText; })()""" % OTHERS_WORDS)
    return [f"{place}: says {found!r}" for found in sorted(set(MACHINE.findall(text)))]


def walk(browser, places, rules=None):
    wrong = []
    for place in places:
        if browser.is_shut_in(place):
            continue
        html = browser.ask("html")
        if len(html.encode()) > PAGE_MOST:
            wrong.append(f"{place}: {len(html.encode())} bytes")
        wrong += look_over(browser, place, rules=rules)
        wrong += is_valid(browser, place, html)
        wrong += machine_words(browser, place)
        wrong += looks.unsaid(browser, place, OTHERS_WORDS)
    return wrong


@pytest.mark.parametrize("folder, table", [("staff", looks.STAFF), ("public", looks.PUBLIC)])
def test_every_page_is_in_the_pictures(folder, table):
    routes = set(looks.routes(folder))
    assert len(routes) > 20
    assert routes - looks.NO_PAGES == set(table)


def test_pages_of_the_staff_are_fit_to_be_shown(demo, browser):
    demo.sign_in(browser.visitor())
    wrong = walk(browser, (*demo.places(looks.STAFF), *looks.ERRORS))
    assert not wrong, "\n".join(wrong)


def test_pages_of_the_public_are_fit_to_be_shown(demo, browser):
    wrong = walk(browser.visitor(), (*demo.places(looks.PUBLIC), *looks.PUBLIC_ERRORS))
    assert not wrong, "\n".join(wrong)


def test_letters_are_fit_to_be_shown(demo, browser):
    """Each kind of letter in a browser: wide and narrow, light and dark."""
    browser.visitor()
    letters = looks.letters(demo, demo.folder)
    assert len(letters) > 8
    wrong = []
    for page in letters:
        browser.open("file://" + page)
        wrong += look_over(browser, os.path.basename(page), is_letter=True)
    assert not [found for found in wrong if ": loads: file:" not in found], "\n".join(wrong)



def test_pages_are_fit_to_be_shown_when_there_is_much_of_everything(demo, browser):
    """Last: it fills the demo."""
    Crowd(demo).fill()
    demo.sign_in(browser.visitor())
    wrong = walk(browser, (*demo.places(looks.STAFF), *demo.places(looks.PUBLIC),
                           *looks.crowded(demo)), rules={})
    assert not wrong, "\n".join(wrong)
