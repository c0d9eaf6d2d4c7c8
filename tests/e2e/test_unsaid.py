"""What no page may show (looks.UNSAID), on pages made for it: each bad one is told, no good one.

The walks over the demo prove that no page is bad. This proves that they would see one.
"""
import os
import shutil

import pytest

from e2e import looks
from e2e.browser import Browser
from servers.ground import open_folder

OTHERS = "pre, .words"
GOOD = {
    "a value behind its label": "<p>Responses: 12</p>",
    "a list behind its label": "<p>Responses by type:</p><ul><li>Individuals</li></ul>",
    "a term, and what it means": "<dl><dt>Closes:</dt><dd>31 March</dd></dl>",
    "a picture as the value": "<dl><dt>Trend</dt><dd><svg><rect></rect></svg></dd></dl>",
    "a number by its name": "<p>Of all responses (N = 214).</p>",
    "a field behind its label": "<p>Name: <input></p>",
    "what is not shown": '<p hidden>Responses:</p><p style="display: none">N = .</p>',
    "words of somebody else": '<div class="words"><p>I say:</p></div><pre>N =</pre>',
    "a link to a part of the page": '<p><a href="#end">To the end</a></p><p id="end">The end</p>',
    "a link that says it is of this page": '<nav><a aria-current="page" href="">Figures</a></nav>',
    "a link elsewhere": '<p><a href="other.html">The other</a></p>',
}
BAD = {
    "nothing behind a colon": ("<p>Responses:</p>", "nothing after Responses:"),
    "nothing behind a sign": ("<p>Of all responses, N =</p>", "nothing after"),
    "a sentence with a hole": ("<p>Nothing to count yet. N = .</p>", "an empty value in"),
    "a hole in the middle": ("<p>Closes: , then it is counted</p>", "an empty value in"),
    "a term without a meaning": ("<dl><dt>Closes</dt><dd> </dd></dl>", "nothing after Closes"),
    "a row without its value": (
        '<table><tr><th scope="row">Organisations</th><td></td></tr></table>',
        "nothing after Organisations"),
    "a heading of nothing": ("<h2>Responses by type:</h2>", "nothing after Responses by type:"),
    "a caption of nothing": ("<table><caption>Of these:</caption><tr><td>1</td></tr></table>",
                             "nothing after Of these:"),
    "a link to the page itself": ('<p><a href="page.html">Here</a></p>', "a link to itself: Here"),
    "an empty link": ('<p><a href="">Here</a></p>', "a link to itself: Here"),
}


@pytest.fixture(name="told", scope="module")
def what_is_told():
    folder = open_folder()
    path = os.path.join(folder, "page.html")

    with Browser("file://") as browser:
        browser.visitor()

        def told(body):
            with open(path, "w", encoding="utf-8") as page:
                page.write("<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>A page"
                           f"</title><body><main>{body}</main></body></html>")
            browser.open("file://" + path)
            return looks.unsaid(browser, "page", OTHERS)

        yield told
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("what", GOOD)
def test_a_good_page_is_left_alone(told, what):
    assert not told(GOOD[what])


@pytest.mark.parametrize("what", BAD)
def test_a_bad_page_is_told(told, what):
    body, sentence = BAD[what]
    assert [said for said in told(body) if sentence in said], told(body)
    # also among good ones
    assert told("".join(GOOD.values()) + body)
