"""A mail's own layout reaches nobody: every link type and resource hint, and every payload
of the corpus, shown in Chromium beside a port that must hear nothing."""
import contextlib
import http.server
import os
import threading

import pytest

from e2e import texts
from e2e.browser import Browser
from e2e.staff import StaffSite, demo
from e2e.house import DOMAIN

HINTS = ["preconnect", "dns-prefetch", "preload", "prefetch", "modulepreload", "prerender",
         "stylesheet", "icon", "apple-touch-icon", "manifest", "next", "alternate", "pingback",
         "import", "expect", "compression-dictionary", "subresource", "search", "canonical"]


class Ear(http.server.BaseHTTPRequestHandler):
    """Serves the page of the control; whatever connects to the other one is heard."""
    page = b""

    def do_GET(self):  # pylint: disable=invalid-name
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass


class Server(http.server.ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), Ear)
        self.heard = []
        self.came = threading.Event()

    def process_request(self, request, client_address):
        self.heard.append(client_address)
        self.came.set()
        super().process_request(request, client_address)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextlib.contextmanager
def server():
    with Server() as one:
        threading.Thread(target=one.serve_forever, daemon=True).start()
        yield one
        one.shutdown()


@pytest.fixture(name="ear", scope="module")
def a_listening_port():
    with server() as ear:
        yield ear


def hints(url):
    """One document with everything that makes a browser speak to somebody."""
    links = "".join(f'<link rel="{rel}" href="{url}/{rel}" as="image"><link rel="{rel.upper()} x"'
                    f' href="{url}/again" crossorigin>' for rel in HINTS)
    return f"""<html><head>{links}<base href="{url}/"><meta http-equiv="refresh" content="0;{url}">
<meta http-equiv="x-dns-prefetch-control" content="on"><style>@import "{url}/a.css";
@font-face {{ font-family: f; src: url({url}/f.woff2) }} p {{ font-family: f;
background: url({url}/b.png) }}</style><script src="{url}/s.js"></script>
<script type="speculationrules">{{"prerender": [{{"urls": ["{url}/p"]}}]}}</script></head>
<body background="{url}/bg.png"><p style="background:url({url}/c.png);border-image:url({url})">Hello
<a href="{url}/a" ping="{url}/ping">there</a><img src="{url}/1.png" srcset="{url}/2.png 2x"
loading="eager"><picture><source srcset="{url}/3.png"><img src="x"></picture>
<video src="{url}/v" poster="{url}/w" autoplay></video><audio src="{url}/au" autoplay></audio>
<iframe src="{url}/i" srcdoc="<img src={url}>"></iframe><object data="{url}/o"></object>
<embed src="{url}/e"><svg><image href="{url}/svg"/><use href="{url}/u#a"/></svg>
<form action="{url}/form"><input type="image" src="{url}/in"><button formaction="{url}">x</button>
</form><table background="{url}/t.png"><tr><td background="{url}/td.png">end</table></body></html>"""


@pytest.fixture(name="desk", scope="module")
def a_desk(ear):
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places")
        layouts = [hints(ear.url)]
        layouts += [payload.replace("//", f"//127.0.0.1:{ear.server_address[1]}/")
                    for payload in texts.payloads(os.environ["MERCAT_SHARED"])[::10]]
        desk.put(*(demo.mail(f"p{number}@post.example", f"Mail {number}", None,
                             to=f"places@{DOMAIN}", html=layout + "<p>end of it</p>")
                   for number, layout in enumerate(layouts, 1)))
        desk.hire("Edda Editor", "editor")
        desk.count = len(layouts)
        yield desk


def test_control_is_heard(ear):
    """What the test would hear if a hint got through."""
    with server() as other:
        Ear.page = f'<link rel="preconnect" href="{ear.url}"><p>x</p>'.encode()
        with Browser(other.url) as browser:
            browser.visitor(whole=True)
            browser.open("/")
            assert ear.came.wait(30), "Chromium connects to nobody, so nothing is shown here"


def test_layout_of_a_mail_reaches_nobody(desk, ear):
    ear.heard.clear()
    with desk.window("Edda Editor", whole=True) as browser:
        seen = 0
        for number in range(1, desk.count + 1):
            frame = f"/staff/consultations/places/responses/{number}/mail/frame"
            status = browser.open(frame)
            assert status in (200, 404), (number, status)
            seen += status == 200
            if status == 200 and number == 1:
                assert "Hello" in browser.text("body") and "end" in browser.text("body")
                assert browser.ask("count", at="[href]") == 0
        browser.open("/staff/responses")
    assert seen > desk.count // 2, (seen, desk.count)
    assert not ear.heard


def test_frame_forbids_the_rest(desk):
    answer = desk.see("Edda Editor", "/staff/consultations/places/responses/1/mail/frame")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'") and "form-action 'none'" in policy
    assert answer.headers["x-dns-prefetch-control"] == "off"
    for part in ("<link", "<base", "<script", "href=", "http-equiv", "url("):
        assert part not in answer.text, part
