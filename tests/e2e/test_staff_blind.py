"""A second coder learns nothing of the first coder's codes while their sample is open.

What they can see is gathered before and after the first coder works on those replies:
every address of the staff's pages, every list of the command. It must be the same to the
letter. Somebody else sees the difference, so the comparison can find one.
"""
import re

import pytest

from e2e.staff import StaffSite, demo, form_of
from e2e.house import DOMAIN
from e2e.test_staff_rights import ROUTES, path_of

PLACES = "/staff/consultations/places"
REPLIES = range(1, 7)
# Everything that is asked of a second coder's consultation with words in the address.
ASKED = [
    f"{PLACES}?tag=alpha", f"{PLACES}?tag=beta", f"{PLACES}?tagged=yes", f"{PLACES}?tagged=no",
    f"{PLACES}?tag=alpha&order=newest", f"{PLACES}?q=hall&tag=beta", f"{PLACES}?second=yes",
    "/staff/search?q=hall", "/staff/search?q=alpha",
    *(f"{PLACES}/responses/{n}?part=response&tag=alpha" for n in REPLIES),
    *(f"{PLACES}/responses/{n}?tagged=yes" for n in REPLIES),
    f"{PLACES}/code-frame?count=yes", f"{PLACES}/analysis?about=all", f"{PLACES}/analysis?about=codes",
    f"{PLACES}/analysis?about=questions&state=received",
    f"{PLACES}/samples/1", f"{PLACES}/samples/2", f"{PLACES}/views",
    "/staff/audit?subject=response", "/staff/audit?who=Edda+Editor",
    "/staff/audit?subject=frame+change", "/staff/audit?subject=undo"]
SHEETS = ("state", "day", "tag", "tag-type", "code", "code-type", "question", "code-question",
          "copies")
COMMANDS = [
    ("code", "list", "places"), ("code", "changes", "places"),
    *(("code", "quotes", "places", code) for code in ("alpha", "beta")),
    ("code", "recode", "places", "alpha", "--search", "hall", "--dry-run"),
    *(("response", what, f"places-{n:04}") for n in REPLIES for what in ("show", "codes")),
    ("response", "list"), ("response", "list", "--tag", "alpha"), ("response", "search", "hall"),
    ("coding", "suggestions", "places"), ("coding", "unanchored", "places"),
    ("coding", "list", "places"), *(("coding", what, "places", number) for number in "12"
                                    for what in ("units", "agreement", "disagreements")),
    *(("analysis", "places", "--by", by) for by in SHEETS),
    ("queue", "list", "places"), ("queue", "list", "places", "--tag", "alpha"),
    ("queue", "list", "places", "--tagged", "yes"), ("queue", "counts", "places"),
    ("queue", "tag", "places", "alpha", "--tagged", "no", "--count"),
    ("audit", "list", "--limit", "10000"), ("audit", "list", "--subject", "response"),
    ("rule", "list"), ("rule", "try", "beta")]


@pytest.fixture(name="desk", scope="module")
def a_desk():
    """Ines codes replies 1 to 6 blindly, which Edda coded; Cole is done with the same ones."""
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places for young people")
        desk.put(*(demo.mail(f"Person {n} <person{n}@post.example>", f"Response {n}",
                             f"The hall is cold, says {n}.\n\nThe buses are late, too.\n",
                             to=f"places@{DOMAIN}") for n in REPLIES))
        desk.hire_all()
        desk.hire("Ines Second", "data protection")
        for code in ("alpha", "beta"):
            assert desk.do("Edda Editor", f"{PLACES}/code-frame", {"name": code}).status == 303
        for number in REPLIES:
            put(desk, number, "alpha", "-1:0~8")
            desk.ok("response", "include", f"places-{number:04}")
        desk.ok("rule", "add", "beta", "--consultation", "places", "--when", "text", "--has",
                "buses", "--do", "suggest", "--with", "beta")
        desk.ok("rule", "run", "beta")
        for coder in ("Ines Second", "Cole Coder"):
            desk.ok("coding", "sample", "places", "--percent", "100", "--seed", "7",
                    "--coders", coder, staff="Edda Editor")
        for unit in REPLIES:
            desk.ok("coding", "done", "places", "2", "--unit", str(unit), staff="Cole Coder")
        desk.ok("coding", "done", "places", "2", staff="Cole Coder")
        desk.do("Ines Second", f"{PLACES}/views", {"name": "mine", "filter": "tag alpha\n"})
        yield desk


def put(desk, number, code, place, name="Edda Editor"):
    answer = desk.do(name, f"{PLACES}/responses/{number}/code", {
        "code": code_id(desk, code), "place": place})
    assert answer.status == 303, answer.text


def code_id(desk, name):
    return desk.query("SELECT id FROM code WHERE name = ?", name)[0][0]


def addresses(desk):
    """Every address to look at, with each thing that it can be about."""
    found = [*ASKED, *(f"{PLACES}/analysis/{sheet}.csv" for sheet in SHEETS)]
    codes = [row[0] for row in desk.query("SELECT id FROM code")]
    for method, pattern, _ in ROUTES:
        # The proof of the chain counts its rows, and says nothing else of them.
        if method != "GET" or ":list" in pattern or pattern == "/staff/audit/verify":
            continue
        for code in codes if ":code" in pattern else [1]:
            for number in REPLIES if ":number" in pattern else [1]:
                found.append(path_of(pattern, {
                    "consultation": "places", "list": "cpip", "number": str(number),
                    "code": str(code), "position": "0"}))
    return list(dict.fromkeys(found))


def seen_by(desk, name):
    """All that somebody can see, without what is new at each look."""
    seen = {}
    for path in addresses(desk):
        answer = desk.see(name, path)
        text = answer.body.decode("utf-8", "replace")
        text = re.sub(r'name="(?:csrf|once)" value="[^"]+"|data-csrf="[^"]+"', "", text)
        seen[path] = (answer.status, re.sub(r"\b\d\d?:\d\d\b", "", text))
    for command in COMMANDS:
        done = desk.mercat(*command, staff=name)
        seen[" ".join(command)] = (done.code, done.out + done.err)
    return seen


def different(before, after):
    return sorted(what for what in before if before[what] != after[what])


def first_coder_works(desk):
    """One of everything that can be done with codes, none of it with a new code."""
    edda = "Edda Editor"
    put(desk, 1, "beta", "-1:0~8")
    put(desk, 2, "alpha", "whole")
    assert desk.do(edda, f"{PLACES}/responses/3/tag", {"tag": "beta"}).status == 303
    assert desk.do(edda, f"{PLACES}/responses/4/tag", {"tag": "alpha"}).status == 303
    assert desk.do(edda, f"{PLACES}/responses/4/tag", {"tag": "alpha", "on": "no"}).status == 303
    assert desk.do(edda, "/staff/undo").status == 303
    coding, = desk.query("SELECT g.id FROM coding g JOIN response r ON r.id = g.response_id"
                         " WHERE r.number = 5 AND g.ended_at IS NULL")[0]
    assert desk.do(edda, f"{PLACES}/responses/5/uncode", {"id": coding}).status == 303
    for number, accept in ((1, "yes"), (2, "no")):
        suggestion, = desk.query(
            "SELECT u.id FROM suggestion u JOIN response r ON r.id = u.response_id"
            " WHERE r.number = ? AND u.state = 'open'", number)[0]
        assert desk.do(edda, f"{PLACES}/responses/{number}/suggestion", {
            "id": suggestion, "accept": accept}).status == 303
    desk.ok("code", "recode", "places", "beta", "--search", "hall", "--passages", staff=edda)
    lost, = desk.query("SELECT g.id FROM coding g JOIN response r ON r.id = g.response_id"
                       " WHERE r.number = 6 AND g.ended_at IS NULL")[0]
    desk.change("UPDATE coding SET placed = 'needs re-anchoring' WHERE id = ?", lost)
    assert desk.do(edda, f"{PLACES}/responses/6/place", {"coding": lost, "place": "-1:9~16"}).status == 303
    open_one = desk.json("coding", "disagreements", "places", "2", staff=edda)[0]
    desk.ok("coding", "reconcile", "places", "2", str(open_one["unit"]), open_one["code"], "no",
            staff=edda)
    desk.ok("queue", "tag", "places", "alpha", "--search", "buses", staff=edda)


def test_what_the_first_coder_does_changes_nothing_that_a_second_one_sees(desk):
    ines, edda = seen_by(desk, "Ines Second"), seen_by(desk, "Edda Editor")
    assert len(ines) > 100
    first_coder_works(desk)
    now = seen_by(desk, "Ines Second")
    assert different(ines, now) == [], [(ines[w], now[w]) for w in different(ines, now)][:1]
    # Who is not blind sees it, on pages of every kind: else nothing was compared.
    changed = different(edda, seen_by(desk, "Edda Editor"))
    for part in ("/responses/1", "/code-frame", "?tag=beta", "/codes/", "/analysis", "/samples/2",
                 "code changes", "response show", "analysis places --by tag", "queue list places --tag alpha",
                 "audit list"):
        assert any(part in one for one in changed), part


@pytest.mark.parametrize("path, fields", [
    ("/recode", {"q": "hall", "how": "passages", "code": "1", "expect": "-1"}),
    ("/samples/2/reconcile", {"position": "1", "code": "1", "holds": "yes"}),
    ("/code-frame/undo", {"change": "3"}),
    ("/codes/1/split", {"name": "parted", "coding": "1"}),
    ("/re-anchor", {"coding": "1", "do": "end"}),
    ("/responses/1/uncode", {"id": "1"}),
    ("/responses/1/place", {"coding": "1", "place": "-1:0~4"}),
    ("/responses/1/suggestion", {"id": "1", "accept": "yes"})])
def test_a_second_coder_changes_nothing_of_the_first_coding(desk, path, fields):
    count = ("SELECT (SELECT count(*) FROM coding),"
             " (SELECT count(*) FROM change WHERE kind = 'frame'), (SELECT count(*) FROM suggestion WHERE state = 'open')")
    before = desk.query(count)
    if path.endswith("/split"):  # without its mark the page of the code, as blind as ever
        unseen = desk.do("Ines Second", PLACES + path, fields)
        assert unseen.status == 409 and "Nothing is coded with it yet." in unseen.text
        code = desk.see("Ines Second", PLACES + path.removesuffix("/split"))
        fields = {"seen": form_of(code, "/rename")["seen"], **fields}
    answer = desk.do("Ines Second", PLACES + path, fields)
    assert answer.status in (404, 409), (path, answer.status)
    assert "alpha" not in answer.text and "beta" not in answer.text
    assert desk.query(count) == before


def test_a_second_coders_tags_count_nowhere(desk):
    """Alone and in bulk: as many as there are replies, whatever was tagged before."""
    before = desk.query("SELECT count(*) FROM coding")
    assert desk.do("Ines Second", f"{PLACES}/responses/1/tag", {"tag": "alpha"}).status == 303
    told = desk.ok("queue", "tag", "places", "beta", staff="Ines Second").out
    assert "6 responses, 6 of them changed" in told
    assert desk.query("SELECT count(*) FROM coding") == before
    desk.ok("queue", "undo", staff="Ines Second")
    assert desk.query("SELECT count(*) FROM double_coding WHERE ended_at IS NULL") == [(1,)]
    assert desk.do("Ines Second", f"{PLACES}/responses/1/tag", {"tag": "alpha", "on": "no"}).status == 303
    assert desk.query("SELECT count(*) FROM double_coding WHERE ended_at IS NULL") == [(0,)]


def test_who_is_done_sees_it_all(desk):
    for unit in REPLIES:
        desk.ok("coding", "done", "places", "1", "--unit", str(unit), staff="Ines Second")
    desk.ok("coding", "done", "places", "1", staff="Ines Second")
    assert "put alpha on places-0001" in desk.see("Ines Second", f"{PLACES}/code-frame").text
    assert "data-c=" in desk.see("Ines Second", f"{PLACES}/responses/1").text
    assert "Kappa" in desk.see("Ines Second", f"{PLACES}/samples/2").text
    assert desk.see("Ines Second", f"{PLACES}/analysis/code.csv").status == 200
