"""What hostile visitors do to the pages: others are served all the same, the memory stays
small, and the process that serves them is the same one at the end."""
import contextlib
import resource
import socket
import time

import pytest

from e2e.house import wait_for
from e2e.pages import Site

MEMORY_MOST = 256 << 20
FORM = ("POST /lists/cpip/join HTTP/1.1\r\nHost: x\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n")


@pytest.fixture(name="site", scope="module")
def a_site():
    with Site.opened() as site:
        site.add_list("cpip", topics="neglect,hearings")
        yield site


@pytest.fixture(autouse=True)
def nobody_dies(site):
    before = site.roles()["web"]
    yield
    assert site.get("/health").status == 200
    assert site.roles()["web"] == before, site.log()
    assert site.memory_of_web() < MEMORY_MOST


def dial(site, seconds=10):
    return socket.create_connection(("127.0.0.1", site.port), seconds)


def say(site, content, seconds=10):
    """Everything that is answered until the line is closed, or is silent."""
    if isinstance(content, str):
        content = content.encode("latin-1")
    got = b""
    with dial(site, seconds) as line:
        with contextlib.suppress(OSError):
            line.sendall(content)
        with contextlib.suppress(OSError):
            while True:
                some = line.recv(65536)
                if not some:
                    break
                got += some
    return got


def status_of(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else 0


def closing(request):
    """The same, and the line is to be closed after it."""
    head, _, body = request.partition("\r\n\r\n")
    return f"{head}\r\nConnection: close\r\n\r\n{body}"


HOSTILE = {
    "two lengths": (closing(FORM + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nab=cde"), 400),
    "length and chunks": (
        closing(FORM + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400),
    "two encodings": (closing(FORM + "Transfer-Encoding: chunked\r\n"
                              "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n"), 400),
    "blank before the colon": (closing(FORM + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"), 400),
    "length that is none": (closing(FORM + "Content-Length: 5x\r\n\r\nabcde"), 400),
    "negative length": (closing(FORM + "Content-Length: -5\r\n\r\nabcde"), 400),
    "chunk size that is none": (
        closing(FORM + "Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n"), 400),
    "no host": ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
    "two hosts": (closing("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400),
    "NUL, escaped": (closing("GET /lists/cpip%00 HTTP/1.1\r\nHost: x\r\n\r\n"), 400),
    "bad escape": (closing("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"), 400),
    "no UTF-8": (closing("GET /%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n"), 400),
    "up and away": (closing("GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"), 400),
    "up, escaped": (closing("GET /lists/%2e%2e/%2e%2e/x HTTP/1.1\r\nHost: x\r\n\r\n"), 400),
    "asset from above": (closing("GET /assets/../colours.css HTTP/1.1\r\nHost: x\r\n\r\n"), 400),
    "whole address": (closing("GET http://elsewhere.example/ HTTP/1.1\r\nHost: x\r\n\r\n"), 400),
    "line end in the path": (closing("GET /%0d%0aSet-Cookie:a HTTP/1.1\r\nHost: x\r\n\r\n"), 400),
    "method that is none": (closing("BREW / HTTP/1.1\r\nHost: x\r\n\r\n"), 405),
    "deleting": (closing("DELETE /lists/cpip HTTP/1.1\r\nHost: x\r\n\r\n"), 405),
    "too many fields": (closing(
        FORM + f"Content-Length: {4 * 5000}\r\n\r\n" + "a=b&" * 5000), 400),
    "other type": (closing("POST /manage HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
                           "Content-Length: 4\r\n\r\n<a/>"), 415),
    "multipart without a boundary": (closing(
        "POST /manage HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data\r\n"
        "Content-Length: 4\r\n\r\nabcd"), 400),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_can_be_read_in_two_ways_is_refused(site, name):
    request, want = HOSTILE[name]
    answer = say(site, request)
    assert status_of(answer) == want, answer[:300]
    # libmicrohttpd says the head of its own errors twice; what matters is that nothing
    # that was hidden in the request is answered.
    assert b"HTTP/1.1 2" not in answer, "something was answered that nobody asked"


@pytest.mark.parametrize("request_bytes", [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
    b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: " + b"a" * 200000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: a\r\n" * 50000 + b"\r\n",
    b"GET /" + b"a" * 200000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"\r\n" * 100000,
    bytes(range(256)) * 400,
], ids=["TLS", "long field", "many fields", "long path", "line ends", "noise"])
def test_what_is_no_request_gets_no_page(site, request_bytes):
    answer = say(site, request_bytes, 5)
    assert status_of(answer) in (0, 400, 413, 414, 431, 505), answer[:200]


def test_path_with_a_raw_nul_ends_there(site):
    """libmicrohttpd hands out C strings: what comes behind is never looked at, so it can
    ask for nothing but the page in front of it."""
    answer = say(site, closing("GET /robots.txt\0/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"))
    assert status_of(answer) in (200, 400) and b"root:" not in answer
    answer = say(site, closing("GET /nosuch\0/robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"))
    assert status_of(answer) in (400, 404)


def test_requests_one_behind_the_other_are_answered_in_order(site):
    asked = "".join(f"GET /{path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in (
        "health", "nosuchpage", "robots.txt"))
    answer = say(site, asked + closing("GET /health HTTP/1.1\r\nHost: x\r\n\r\n"))
    heads = [part.split(b" ", 1)[0] for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert heads == [b"200", b"404", b"200", b"200"]


def test_smuggled_request_is_never_answered(site):
    smuggled = "GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = say(site, FORM + f"Content-Length: {len(smuggled)}\r\n"
                 "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled, 3)
    assert b"User-agent" not in answer and status_of(answer) == 400


def test_100_megabytes_are_refused_without_being_kept(site):
    before = site.memory_of_web()
    block = b"a" * (1 << 20)
    for head in (FORM + "Content-Length: 104857600\r\n\r\n",
                 FORM + "Transfer-Encoding: chunked\r\n\r\n"):
        chunked = "chunked" in head
        with dial(site, 30) as line:
            sent = 0
            with contextlib.suppress(OSError):
                line.sendall(head.encode())
                for _ in range(100):
                    line.sendall(b"100000\r\n" + block + b"\r\n" if chunked else block)
                    sent += len(block)
            answer = b""
            with contextlib.suppress(OSError):
                answer = line.recv(65536)
        assert status_of(answer) == 413 or sent < 100 << 20, answer[:200]
    assert site.memory_of_web() - before < 16 << 20


def visits(site, count=60):
    """How long each of some visits takes, in seconds, the quickest first."""
    took = []
    for _ in range(count):
        began = time.monotonic()
        assert site.get("/lists/cpip/join").status == 200
        took.append(time.monotonic() - began)
    return sorted(took)


def raise_descriptors(wanted):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= wanted


@pytest.fixture(name="crowd")
def a_crowd(site):
    lines = []

    def come(count, greeting=b""):
        for _ in range(count):
            line = dial(site, 20)
            if greeting:
                line.sendall(greeting)
            lines.append(line)
        return lines
    assert raise_descriptors(12000), "this machine lets nobody have 12,000 descriptors"
    yield come
    for line in lines:
        line.close()


def test_10000_idle_visitors_keep_nobody_out(site, crowd):
    quiet = visits(site)
    crowd(10000)
    took = visits(site)
    assert took[-1] < 0.5 + 10 * quiet[-1], (quiet[-1], took[-1])
    assert site.memory_of_web() < MEMORY_MOST


def test_headers_that_come_slowly_keep_nobody_out(site, crowd):
    lines = crowd(2000, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    quiet = visits(site)
    for line in lines:
        with contextlib.suppress(OSError):
            line.sendall(b"a")
    took = visits(site)
    assert took[-1] < 0.5 + 10 * quiet[-1], (quiet[-1], took[-1])


def test_body_that_never_ends_is_ended(site):
    """A byte a second would keep a connection for ever; it has half a minute in all."""
    with dial(site, 60) as line:
        line.sendall((FORM + "Content-Length: 60000\r\n\r\n").encode())

        def is_closed():
            try:
                line.sendall(b"a")
                line.settimeout(0.5)
                return line.recv(1) == b""
            except socket.timeout:
                return False
            except OSError:
                return True
        wait_for("the server to end it", is_closed, 40)


def test_what_nobody_reads_does_not_fill_the_memory(site):
    """Visitors who ask and ask, and take no answer."""
    before = site.memory_of_web()
    lines = [dial(site) for _ in range(200)]
    for line in lines:
        line.setblocking(False)
        with contextlib.suppress(OSError):
            for _ in range(50):
                line.send(b"GET /lists/cpip/join HTTP/1.1\r\nHost: x\r\n\r\n" * 20)
    assert visits(site, 20)[-1] < 5
    for line in lines:
        line.close()
    assert site.memory_of_web() - before < 64 << 20
