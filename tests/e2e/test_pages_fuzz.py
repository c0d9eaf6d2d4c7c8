"""Bytes that no browser sends, over the socket: the process that serves the pages stays.

Real requests are taken from the pages themselves (every link and form that an
administrator and a visitor can reach), broken in every way we know, and sent. Each run has
a seed of its own, which a failure prints with the request that did it.

    MERCAT_FUZZ_SEED    the seed of a run to be repeated
    MERCAT_FUZZ_HTTP    how many requests; 3,000 unless told: by hand, a million
    MERCAT_SANITIZED_BUILDDIR   a build with sanitizers, whose mercatd is then used
"""
import contextlib
import html
import itertools
import os
import random
import re
import signal
import socket
import urllib.parse

import pytest

from e2e import house
from e2e.staff import StaffSite
from e2e.house import wait_for

COUNT = int(os.environ.get("MERCAT_FUZZ_HTTP", "3000"))
SEED = int(os.environ.get("MERCAT_FUZZ_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 32)
LOOK_EVERY = 100
OPEN_MOST = 60
PAGES_MOST = 150
SANITIZED = os.environ.get("MERCAT_SANITIZED_BUILDDIR")
BEGINNINGS = (
    "/", "/lists/cpip/join", "/manage", "/staff", "/staff/sign-in", "/staff/bulletins", "/staff/responses",
    "/staff/subscribers", "/staff/accounts", "/staff/lists/cpip/bulletins",
    "/staff/lists/cpip/import", "/staff/consultations/places",
    "/staff/consultations/places/responses/1", "/staff/consultations/places/code-frame",
    "/staff/account", "/staff/audit")
WORDS = [
    b"\r\n", b"\r\n\r\n", b"\n", b"\0", b"%00", b"%", b"%zz", b"=", b"&", b";", b",", b'"', b"\\",
    b"--AB", b"--AB--\r\n", b"\r\n--AB\r\n\r\n", b"Content-Disposition: form-data\r\n",
    b'Content-Disposition: form-data; name="', b'; name=""', b'; filename="a"',
    b"Content-Type: multipart/form-data; boundary=AB\r\n", b"Content-Type: multipart/mixed\r\n",
    b"; boundary=", b'; boundary="', b"Transfer-Encoding: chunked\r\n", b"Content-Length: 0\r\n",
    b"Content-Length: 18446744073709551616\r\n", b"Content-Length: -1\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"Expect: 100-continue\r\n", b"Cookie: =\r\n",
    b"Cookie: mercat=;;\r\n", b"Host: \r\n", b" ", b"\t", b"HTTP/1.0", b"HTTP/9.9", b"HEAD", b"POST",
    b"OPTIONS", b"/../", b"//", b"?", b"#", b"\xff\xfe", b"\xc3", b"\xe2\x80\xae", b"9" * 30,
    b"a" * 5000, b"\x7f", b"ffffffffffffffff\r\n", b"0\r\n\r\n", b"X-Forwarded-For: \r\n",
    b"Accept-Language: \r\n", b"If-None-Match: \r\n", b"Connection: upgrade\r\n"]


class Broken(StaffSite):
    """A mercat from the build with sanitizers, when there is one."""

    @staticmethod
    def program(name):
        if SANITIZED and name == "mercatd":
            return os.path.join(SANITIZED, name)
        return house.House.program(name)


@pytest.fixture(name="site", scope="module")
def a_site():
    with Broken.opened() as site:
        site.add_list("cpip", topics="neglect,hearings")
        site.consult("places", "Safe places for young people")
        site.hire("Ann Admin", "administrator")
        site.hire("Ann Admin", "editor")
        site.draft("---\nlist: cpip\ntitle: One\nsummary: Two\n---\n\nThree.\n")
        site.put(site.reply(1))
        yield site


LENGTHS = 300, 8_000, 125_000
SHAPES = ("a", " a\n", "a\n", "a,", "a ", "- a\n", "# a\n", "[x] a\n", "( ) a\n", "\n", "\n\n", "a: b\n",
          "> ", "*", "_a", "[", "](", "<b>", "&amp;", "a@b.example\n", "a@b.example, ", "é", "\u200b", "漢",
          "\t", "\"", "{{a}}", "1. a\n", "A a\n a\n", "--\n", "|a|", "%", "0", "\r")


def head(method, path, cookie, more=""):
    return (f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            f"Cookie: a=b; {cookie}\r\nAccept-Language: gd, en;q=0.5\r\n"
            f"X-Forwarded-For: 192.0.2.7\r\n{more}").encode()


def fields_of(form):
    """(name, value) of everything in a form that has a name."""
    found = []
    for tag in re.findall(r"<(?:input|textarea|select|button)[^>]*>", form):
        name = re.search(r'\bname="([^"]*)"', tag)
        value = re.search(r'\bvalue="([^"]*)"', tag)
        if name:
            found.append((html.unescape(name[1]), html.unescape(value[1]) if value else "x"))
    return found


def post_of(path, form, cookie, parted):
    return post_with(path, fields_of(form), cookie, parted)


def post_with(path, fields, cookie, parted):
    if not parted:
        body = urllib.parse.urlencode(fields).encode()
        kind = "application/x-www-form-urlencoded"
    else:
        kind = "multipart/form-data; boundary=AB"
        body = b"".join(
            f'--AB\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields)
        body += (b'--AB\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
                 b"Content-Type: text/csv\r\n\r\naddress\r\nx@example.test\r\n--AB--\r\n")
    return head("POST", path, cookie, f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
                ) + b"\r\n" + body


def pages_of(site):
    """(path, forms) of each page that links lead to; a form is (where it goes, its HTML)."""
    waiting, seen = list(BEGINNINGS), set()
    while waiting and len(seen) < PAGES_MOST:
        path = waiting.pop(0)
        if path in seen or "sign-out" in path:
            continue
        seen.add(path)
        answer = site.see("Ann Admin", path)
        if "text/html" not in answer.headers.get("content-type", ""):
            yield path, []
            continue
        links = re.findall(r'(?:href|src|action)="(/[^"#]*)', answer.text)
        waiting += [html.unescape(link) for link in links]
        forms = []
        for form in re.findall(r"<form.*?</form>", answer.text, re.S):
            to = re.search(r'action="([^"]*)"', form)
            to = html.unescape(to[1]) if to else path
            # Their own session and account stay, so that the rest can be reached.
            if 'method="post"' in form and not re.search("sign-out|/staff/accounts|account", to):
                forms.append((to, form))
        yield path, forms


def real_requests(site):
    """What the pages themselves ask for, page by page."""
    cookie = site.cookie("Ann Admin")
    found = []
    for path, forms in pages_of(site):
        found.append(head("GET", path, cookie) + b"\r\n")
        found += [post_of(to, form, cookie, parted)
                  for to, form in forms for parted in (False, True)]
    assert len(found) > 60 and any(b"multipart" in one for one in found), len(found)
    return found


def broken_once(dice, content, others):
    at = dice.randrange(len(content) + 1)
    end = min(len(content), at + dice.choice((1, 2, 8, 60, 400)))
    way = dice.randrange(8)
    if way == 0:
        return content[:at] + bytes([dice.randrange(256)]) + content[at + 1:]
    if way == 1:
        return content[:at] + content[end:]
    if way == 2:
        return content[:end] + content[at:end] * dice.choice((1, 2, 40)) + content[end:]
    if way == 3:
        return content[:at]
    if way == 4:
        other = dice.choice(others)
        return content[:at] + other[dice.randrange(len(other)):]
    if way == 5:
        lines = content.split(b"\r\n")
        del lines[dice.randrange(len(lines))]
        return b"\r\n".join(lines)
    return content[:at] + dice.choice(WORDS) + content[at if way == 6 else end:]


def with_true_length(content):
    """As a hostile client would: the damage is inside, the envelope is right."""
    first, between, body = content.partition(b"\r\n\r\n")
    return re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % len(body),
                  first, count=1) + between + body


def broken(dice, requests):
    content = dice.choice(requests)
    for _ in range(dice.choice((0, 1, 1, 2, 4, 12))):
        content = broken_once(dice, content, requests)
    if dice.random() < 0.7:
        content = with_true_length(content)
    if dice.random() < 0.05:
        content += broken(dice, requests)
    return content


class Lines:
    """Connections that stay open while the next ones come, as nobody waits for the end of
    half a request; what was answered is taken from the oldest."""

    def __init__(self, port):
        self.port = port
        self.open = []
        self.kinds = {}

    def send(self, content, cuts):
        edges = [0, *sorted(cuts), len(content)]
        line = socket.create_connection(("127.0.0.1", self.port), 30)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(ConnectionError):
            for begin, end in zip(edges, edges[1:]):
                line.sendall(content[begin:end])
        self.open.append(line)

    def settle(self, most):
        """Closes the oldest until so many are left; returns what was answered there."""
        answers = []
        while len(self.open) > most:
            with self.open.pop(0) as line:
                line.setblocking(False)
                answer = b""
                with contextlib.suppress(OSError):
                    while some := line.recv(1 << 16):
                        answer += some
            good = answer.startswith(b"HTTP/1.1 ")
            kind = answer[9:12].decode("latin-1") if good else "none"
            self.kinds[kind] = self.kinds.get(kind, 0) + 1
            answers.append(answer)
        return answers


def test_broken_requests_end_nothing(site):
    print(f"MERCAT_FUZZ_SEED={SEED}", "with sanitizers" if SANITIZED else "")
    dice = random.Random(SEED)
    requests = real_requests(site)
    before, recent, lines = site.roles()["web"], [], Lines(site.port)
    for number in range(COUNT):
        content = broken(dice, requests)
        cuts = [dice.randrange(len(content) + 1) for _ in range(dice.choice((0, 0, 0, 1, 3)))]
        recent = [*recent[-LOOK_EVERY * 2:], content]
        lines.send(content, cuts)
        last = number == COUNT - 1
        if number % LOOK_EVERY == LOOK_EVERY - 1 or last:
            said = f"seed {SEED}, one of {recent!r}\n{site.log()[-6000:]}"
            assert site.get("/health").status == 200, said
            answers = lines.settle(0 if last else OPEN_MOST)
            assert not [a for a in answers if a.startswith(b"HTTP/1.1 500")], (answers, said)
            assert site.roles()["web"] == before, said
    kinds = lines.kinds
    print(f"{COUNT} requests of {len(requests)} real ones were answered: {kinds}")
    # The damage must not be so great that all is refused at the door.
    assert kinds.get("200", 0) + kinds.get("303", 0) > COUNT // 20, kinds
    assert kinds.get("400", 0) > COUNT // 50, kinds


def whole_answer(port, content):
    with socket.create_connection(("127.0.0.1", port)) as line:
        answer = b""
        with contextlib.suppress(ConnectionError):
            line.sendall(content)
        with contextlib.suppress(ConnectionError):
            while some := line.recv(1 << 16):
                answer += some
    return answer


def test_a_field_may_be_as_long_as_anybody_likes(site):
    """Each text of each form, with some hundred thousand characters of the same few: it is
    taken, or refused in words; what serves the pages stays, and so do its neighbours."""
    print(f"MERCAT_FUZZ_SEED={SEED}")
    dice = random.Random(SEED)
    cookie, before, tried, kinds = site.cookie("Ann Admin"), site.roles(), set(), {}
    forms = [form for _, forms in list(pages_of(site)) for form in forms]
    for to, form in forms:
        fields = fields_of(form)
        for place, (name, _) in enumerate(fields):
            one_of_its_kind = re.sub(r"\d+", "0", to), name
            if name == "token" or one_of_its_kind in tried:
                continue
            tried.add(one_of_its_kind)
            written = re.search(rf'<textarea[^>]*name="{re.escape(name)}"', form)
            shapes = SHAPES if written else [dice.choice(SHAPES)]
            first = "Why?\n" if written else ""
            for shape, length in itertools.product(shapes, LENGTHS):
                given = [*fields[:place], (name, first + shape * (length // len(shape))),
                         *fields[place + 1:]]
                answer = whole_answer(
                    site.port, post_with(to, given, cookie, length > 8_000))
                said = (f"seed {SEED}: {to}: {name}: {length} of {first + shape!r}: {answer[:300]!r}\n"
                        f"{site.log()[-3000:]}")
                assert site.roles() == before, said
                assert re.match(rb"HTTP/1.1 [234]", answer), said
                kinds[answer[9:12]] = kinds.get(answer[9:12], 0) + 1
    print(f"{len(tried)} fields: {kinds}")
    assert len(tried) > 100 and kinds.get(b"303", 0) + kinds.get(b"200", 0) > 20, kinds


def test_a_crash_is_over_at_once_three_times_a_minute(site):
    """Who finds a crash may not shut everybody out with it: the pause comes later. A build
    with sanitizers takes SIGSEGV itself and ends with a code; SIGABRT it leaves alone."""
    for _ in range(4):
        pid, = wait_for("the pages to be served", lambda: site.roles().get("web"))
        wait_for("an answer", lambda: answers(site))
        os.kill(pid, signal.SIGABRT)
        wait_for("the end of it", lambda old=pid: site.roles().get("web") != [old])
    said = wait_for("four starts", lambda: pauses(site)[3:] and pauses(site))
    assert said[:4] == ["0", "0", "0", "200"], said
    wait_for("an answer", lambda: answers(site))


def answers(site):
    try:
        return site.get("/health").status == 200
    except OSError:
        return False


def pauses(site):
    return re.findall(r"web was killed by signal 6; it is started again in (\d+) ms",
                      site.log())
