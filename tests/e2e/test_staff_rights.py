"""Every address of the staff's pages x every role x somebody else's objects.

The table is the program's own (src/staff/routes/*routes*.c), so an address that is added is
walked too. What somebody may not do is refused: 403, or 404 where they may not even
know that the thing is there. Nothing of it may change the store.
"""
import glob
import re

import pytest

from e2e.house import DOMAIN, SOURCE
from e2e.staff import STAFF, StaffSite, demo

ROUTE = re.compile(
    r"\{\s*WEB_(GET|POST),\s*((?:\"[^\"]*\"\s*)+),\s*(\w+),\s*(NEEDS(?:_OF_EACH)?\(RIGHT_(\w+)\)|0),"
    r"\s*([^}]*?)\}", re.S)
RIGHTS = re.compile(r"\[RIGHT_(\w+)\] = \{\"[^\"]*\",\s*((?:BIT\(\w\)[\s|]*)+)\}")
LETTERS = {"R": "reader", "C": "coder", "E": "editor", "A": "approver",
           "D": "data protection", "S": "safeguarding", "M": "administrator"}
# What stands for a name in a path; the rest is a number.
NAMES = {"consultation": "places", "list": "cpip"}
# Somebody else's: nobody of LOCAL has any role for these two.
OTHERS = {"consultation": "cruelty", "list": "group"}


def read(pattern):
    text = ""
    for path in sorted(glob.glob(f"{SOURCE}/src/{pattern}")):
        with open(path, encoding="utf-8") as file:
            text += file.read()
    return text


# What such a page shows or does is asked of each thing by itself.
OF_EACH = {}


def routes():
    """(method, pattern, right or None) of the rooms: the door needs no session."""
    rooms = read("staff/routes/*routes*.c")
    for name, text in re.findall(r'#define (\w+) ("[^"]*")', rooms):
        rooms = re.sub(rf"(?<!define )\b{name}\b", text, rooms)
    found = []
    for method, path, _, needs, right, _ in ROUTE.findall(rooms):
        path = "".join(re.findall(r'"([^"]*)"', path))
        found.append((method, path, right or None))
        if needs.startswith("NEEDS_OF_EACH"):
            OF_EACH[(method, path)] = right
    assert found and len(found) == len(re.findall(r"\{\s*WEB_(?:GET|POST)", rooms)), (
        "a route is written in a way that this test does not read")
    return [route for route in found if route[1] != "/staff/sign-in"]


def roles_with(right):
    table = {name: {LETTERS[letter] for letter in re.findall(r"BIT\((\w)\)", roles)}
             for name, roles in RIGHTS.findall(read("domain/admin/rights.c"))}
    return table[right]


def path_of(pattern, names):
    def fill(found):
        return names.get(found[1], "1")
    return re.sub(r":(\w+)", fill, pattern)


ROUTES = routes()
# An administrator is one everywhere or not at all.
LOCAL = [role for role in STAFF.values() if role not in (None, "administrator")]


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.furnish()
        desk.put(desk.reply(1), desk.reply(2, to="cruelty"))
        desk.hire_all()
        # The same roles once more, but for one consultation and one list only.
        for role in LOCAL:
            desk.hire(f"Here {role}", role, "--consultation", "places")
            desk.hire(f"Here {role}", role, "--list", "cpip")
        desk.tokens = {name: desk.token(name) for name in
                       [*STAFF, *(f"Here {role}" for role in LOCAL)]}
        # Each role for one kind of place alone.
        for role in LOCAL:
            desk.hire(f"List {role}", role, "--list", "cpip")
            desk.hire(f"Consultation {role}", role, "--consultation", "places")
        desk.tokens |= {f"{kind} {role}": desk.token(f"{kind} {role}")
                        for kind in ("List", "Consultation") for role in LOCAL}
        desk.strays = stray(desk)
        desk.flags = flagged(desk)
        yield desk


def stray(desk):
    """Mail that nobody can sort, by where it came to: {place: id}."""
    found = {}
    for place, to in (("cpip", "cpip"), ("group", "group"), ("places", "places"),
                      ("cruelty", "cruelty"), ("nowhere", "elsewhere")):
        body = "unsubscribe" if place in ("places", "cruelty") else f"A letter to {place}."
        desk.put(demo.mail(f"Parent {place} <parent.{place}@post.example>",
                           f"Private {place}", body + "\n", to=f"{to}@{DOMAIN}"))
        found[place] = desk.query("SELECT max(id) FROM inbound")[0][0]
    taken = dict(desk.query("SELECT id, taken_as FROM inbound"))
    assert {place: taken[mail] for place, mail in found.items()} == dict.fromkeys(
        found, "unsorted")
    return found


def flagged(desk):
    """A flag on each of those mails, with a text of its own: {place: number}."""
    found = {}
    for place, mail in desk.strays.items():
        desk.ok("flag", "raise", str(mail), "--text", f"Written of {place}.")
        found[place] = desk.query(f"SELECT id FROM flag WHERE inbound_id = {mail}")[0][0]
    return found


def ask(desk, name, method, path):
    """The status; a post carries the token and nothing else."""
    if method == "GET":
        return desk.see(name, path).status
    return desk.do(name, path, {}, csrf=desk.tokens[name]).status


def test_the_table_is_read_whole():
    assert len(ROUTES) > 50
    assert {"/staff/accounts", "/staff/consultations/:consultation", "/staff/audit"} <= {
        path for _, path, _ in ROUTES}


@pytest.mark.parametrize("name, role", STAFF.items(), ids=STAFF)
def test_who_has_no_right_is_refused(desk, name, role):
    wrong, before = [], desk.audit_length()
    for method, pattern, right in ROUTES:
        if right is None or role in roles_with(right):
            continue
        status = ask(desk, name, method, path_of(pattern, NAMES))
        if status not in (403, 404):
            wrong.append(f"{role}: {method} {pattern} ({right}): {status}")
    assert not wrong, "\n".join(wrong)
    assert desk.audit_length() == before


@pytest.mark.parametrize("role", LOCAL)
def test_what_belongs_to_others_is_not_there(desk, role):
    """A role for one consultation and one list shows nothing of another one."""
    wrong, before = [], desk.audit_length()
    for method, pattern, _ in ROUTES:
        path = path_of(pattern, OTHERS)
        if path == path_of(pattern, {}):
            continue
        status = ask(desk, f"Here {role}", method, path)
        if status != 404:
            wrong.append(f"{role} of another: {method} {pattern}: {status}")
    assert not wrong, "\n".join(wrong)
    assert desk.audit_length() == before


@pytest.mark.parametrize("role", LOCAL)
def test_a_role_for_one_thing_is_no_role_for_all(desk, role):
    """What belongs to neither consultation nor list needs a role for everywhere, but for
    pages that ask of each thing by itself."""
    wrong, before = [], desk.audit_length()
    for method, pattern, right in ROUTES:
        if not right or ":list" in pattern or ":consultation" in pattern:
            continue
        if (method, pattern) in OF_EACH:
            continue
        status = ask(desk, f"Here {role}", method, path_of(pattern, {}))
        if status != 403:
            wrong.append(f"{role} of one thing: {method} {pattern}: {status}")
    assert not wrong, "\n".join(wrong)
    assert desk.audit_length() == before


@pytest.mark.parametrize("role", LOCAL)
@pytest.mark.parametrize("kind, own, other", [("List", ":list", ":consultation"),
                                              ("Consultation", ":consultation", ":list")])
def test_a_role_for_one_kind_of_place_holds_for_that_kind_alone(desk, kind, own, other, role):
    wrong, before = [], desk.audit_length()
    for method, pattern, right in ROUTES:
        if other in pattern:
            want = (404,)
        elif own in pattern and right and role not in roles_with(right):
            want = (403, 404)
        else:
            continue
        status = ask(desk, f"{kind} {role}", method, path_of(pattern, NAMES))
        if status not in want:
            wrong.append(f"{kind} {role}: {method} {pattern} ({right}): {status}")
    assert not wrong, "\n".join(wrong)
    assert desk.audit_length() == before


def reached(right, name, role):
    """The places in which somebody has the right."""
    if role not in roles_with(right):
        return set()
    return {"List": {"cpip"}, "Consultation": {"places"}, "Here": {"cpip", "places"}}.get(
        name, {"cpip", "group", "places", "cruelty", "nowhere"})


def test_what_has_no_place_in_its_path_is_asked_of_each_thing(desk):
    """Every page that names no place x every kind of grant x mail from every place."""
    people = [(name, name, role) for name, role in STAFF.items()]
    people += [(f"{kind} {role}", kind, role) for kind in ("List", "Consultation", "Here")
               for role in LOCAL]
    wrong, before = [], desk.audit_length()
    for name, kind, role in people:
        may = reached("SORT", kind, role)
        for method, pattern in sorted(OF_EACH):
            if ":flag" in pattern:
                continue
            if ":id" not in pattern and method == "GET":
                page = desk.see(name, path_of(pattern, {}) + "?q=private").text
                for place in desk.strays:
                    if place not in may and f"parent.{place}@" in page:
                        wrong.append(f"{name}: {pattern} shows mail to {place}")
                    if place in may and pattern == "/staff/unsorted" and (
                            f"Private {place}" not in page):
                        wrong.append(f"{name}: {pattern} hides mail to {place}")
                continue
            for place, mail in desk.strays.items():
                let = place in may and role in roles_with(OF_EACH[(method, pattern)])
                if ":id" not in pattern or (method == "POST" and place in may):
                    continue
                status = ask(desk, name, method, pattern.replace(":id", str(mail)))
                if (status == 200) != let or status not in (200, 403, 404):
                    wrong.append(f"{name}: {method} {pattern} of {place}: {status}")
    assert not wrong, "\n".join(wrong)
    assert desk.audit_length() == before


def test_flags_are_for_who_deals_with_them_there(desk):
    """Every address of flags x every kind of grant x a flag on mail from every place."""
    people = [(name, name, role) for name, role in STAFF.items()]
    people += [(f"{kind} {role}", kind, role) for kind in ("List", "Consultation", "Here")
               for role in LOCAL]
    ours = [(method, pattern) for method, pattern, right in ROUTES if right == "SAFEGUARD"]
    assert len(ours) == 6
    wrong, before = [], desk.audit_length()
    for name, kind, role in people:
        may = reached("SAFEGUARD", kind, role)
        for method, pattern in ours:
            for place, number in desk.flags.items():
                path = pattern.replace(":flag", str(number))
                if ":flag" not in pattern:
                    page = desk.see(name, path)
                    shown = f"/staff/flags/{number}\"" in page.text
                    if shown != (place in may) or (page.status == 200) != (
                            role in roles_with("SAFEGUARD")):
                        wrong.append(f"{name}: {pattern}, flag of {place}: {page.status}")
                elif method == "GET":
                    page = desk.see(name, path)
                    shown = f"Written of {place}." in page.text
                    if shown != (place in may) or page.status != (
                            200 if place in may else 404 if may or role in
                            roles_with("SAFEGUARD") else 403):
                        wrong.append(f"{name}: {pattern}, flag of {place}: {page.status}")
                elif place not in may and ask(desk, name, method, path) not in (403, 404):
                    wrong.append(f"{name}: {method} {pattern}, flag of {place}")
    assert not wrong, "\n".join(wrong)
    assert desk.audit_length() == before


def test_what_is_written_of_a_flag_stands_nowhere_else(desk):
    """On no page that another role may open, and in no table that a command gives out."""
    secret = "Written of places."
    pages = sorted({path_of(pattern, NAMES) for method, pattern, _ in ROUTES
                    if method == "GET" and "sign" not in pattern})
    for name, role in STAFF.items():
        if role == "safeguarding":
            continue
        for path in [*pages, "/staff/search?q=written", "/staff/consultations/places?q=written"]:
            assert secret not in desk.see(name, path).text, (name, path)
    for command in (("audit", "list"), ("inbound", "list"), ("analysis", "places"),
                    ("response", "list", "--consultation", "places"), ("notification", "list"),
                    ("flag", "list")):
        assert secret not in desk.ok(*command).out, command
    for path in ("/", "/consultations/places", "/lists/cpip/feed.xml"):
        assert secret not in desk.get(path).text


def test_who_lost_a_right_takes_nothing_back(desk):
    """Each act is done, its right is taken away, and undo is refused by that right alone."""
    desk.hire("Late Coder", "coder", "--consultation", "places")
    acts = [("screen", {"state": "excluded", "reason": "test"}),
            ("tag", {"tag": "late", "on": "yes", "new": "yes"}), ("note", {"text": "a note of theirs"})]
    for act, fields in acts:
        page = "/staff/consultations/places/responses/1"
        done = (desk.act("Late Coder", page, act, **fields) if act == "screen"
                else desk.do("Late Coder", f"{page}/{act}", fields))
        assert done.status == 303, (act, done.text)
    kinds = [kind for kind, in desk.query(
        "SELECT u.kind FROM change u JOIN staff s ON s.id = u.staff_id "
        "WHERE s.name = 'Late Coder' ORDER BY u.id")]
    assert kinds == ["screen", "tag", "note"], kinds
    state = desk.query("SELECT state, reason FROM response WHERE number = 1")
    desk.ok("staff", "revoke", "Late Coder", "coder", "--consultation", "places", staff=None)
    desk.hire("Late Coder", "coder", "--consultation", "cruelty")  # of another one
    del desk.cookies["Late Coder"]
    for right in ("write notes", "tag and code", "screen and assign"):
        refused = desk.do("Late Coder", "/staff/undo")
        assert refused.status == 409 and right in refused.text, (right, refused.text)
    assert desk.query("SELECT state, reason FROM response WHERE number = 1") == state
    assert desk.query("SELECT count(*) FROM note WHERE withdrawn_at IS NOT NULL") == [(0,)]
    assert desk.query("SELECT count(*) FROM coding WHERE ended_at IS NOT NULL") == [(0,)]
    # As it was, for those who come after.
    again = desk.act("Edda Editor", "/staff/consultations/places/responses/1", "screen",
                     state="received")
    assert again.status == 303, again.text


def test_each_kind_of_undo_names_its_right(desk):
    """The table says of every kind which right it takes; only the bulk asks its parts."""
    table = read("domain/sorting/undo_kinds.c")
    rows = re.findall(r'\{"([a-z ]+)", (\w+),\s*([&\w]+), (?:true|false)\}', table)
    assert len(rows) >= 18
    assert {kind for kind, apply, needs in rows if needs == "NULL"} == {"bulk", "final"}
    asked = {f"&{name}": right for name, right in re.findall(
        r"(\w+) = \{RIGHT_(\w+), of_\w+\}", table)}
    assert {needs for _, _, needs in rows} - {"NULL"} == set(asked)


def test_who_has_not_signed_in_sees_nothing_but_the_door(desk):
    before = desk.audit_length()
    for method, pattern, _ in ROUTES:
        path = path_of(pattern, NAMES)
        answer = desk.get(path) if method == "GET" else desk.post(path, {"csrf": "1"})
        if method == "GET":
            assert answer.status == 303, (path, answer.status)
            assert answer.headers["location"].startswith("/staff/sign-in"), path
        else:
            assert answer.status == 403, (path, answer.status)
    assert desk.audit_length() == before


def test_a_form_without_the_token_changes_nothing(desk):
    before = desk.audit_length()
    for method, pattern, _ in ROUTES:
        if method == "POST":
            path = path_of(pattern, NAMES)
            for token in ("", desk.tokens["Cole Coder"]):
                answer = desk.do("Edda Editor", path, {"state": "included"},
                                 csrf=token or "x")
                assert answer.status == 403, (path, token, answer.status)
    assert desk.audit_length() == before


# What a browser says of the page that a form stands on.
ELSEWHERE = [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
             {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": ""},
             {"Origin": "https://staff.example.evil.example"},
             {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1"}]


@pytest.mark.parametrize("said", ELSEWHERE, ids=str)
def test_a_form_of_another_site_changes_nothing(desk, said):
    """The token fits, as if it had leaked."""
    answer = desk.request("POST", "/staff/consultations/places/responses/1/screen",
                          f"csrf={desk.tokens['Edda Editor']}&state=included",
                          {"Content-Type": "application/x-www-form-urlencoded",
                           "Cookie": desk.cookie("Edda Editor"), **said})
    assert answer.status == 403
    assert desk.query("SELECT count(*) FROM response WHERE state <> 'received'") == [(0,)]


def test_names_are_withheld_from_who_may_not_see_them(desk):
    """In the list, the reply, its part, the search; the words of the reply are there."""
    places = "/staff/consultations/places"
    for path in (places, f"{places}/responses/1", f"{places}/responses/1?part=response",
                 "/staff/search?q=open", f"{places}?q=open"):
        page = desk.see("Cole Coder", path).text
        assert "open" in page, path
        assert "person1@post.example" not in page and ">Person 1<" not in page, path
        assert "person1@" in desk.see("Edda Editor", path).text or "Person 1" in desk.see(
            "Edda Editor", path).text, path
    assert desk.see("Cole Coder", "/staff/consultations/places?q=person1%40post.example").text.count(
        "row-link") == 0


def test_who_has_the_right_is_let_in(desk):
    """Else the refusals above would prove nothing. Last, since some of it acts."""
    wrong = []
    for name, role in STAFF.items():
        for method, pattern, right in ROUTES:
            if pattern == "/staff/sign-out" or (right and role not in roles_with(right)):
                continue
            if ask(desk, name, method, path_of(pattern, NAMES)) == 403:
                wrong.append(f"{role}: {method} {pattern} ({right})")
    assert not wrong, "\n".join(wrong)


# Whatever a page of the staff site asks a form for.
FIELD = re.compile(r'(?:web_form|staff_form_text|web_field|field)\(r?,? ?"([a-z][a-z_-]*)"'
                   r'|str_eq\(f->name, "([a-z][a-z_-]*)"\)'
                   r'|form\.fields\[i\]\.name, "([a-z][a-z_-]*)"\)')


def test_no_number_in_a_form_shows_what_is_of_others(desk):
    """Numbers count up: each form of one's own list and consultation is given those of others,
    in every field, and shows nothing of them. Last: what the forms do to their own is not asked."""
    desk.subscribe("group", "kept.apart@refuge.example")
    apart, = desk.query("SELECT id FROM person WHERE address LIKE 'kept.apart%'")[0]
    others = {apart, *(desk.strays[place] for place in ("group", "cruelty", "nowhere")),
              *(row[0] for row in desk.query(
                  "SELECT r.id FROM response r JOIN consultation c ON c.id = r.consultation_id"
                  " WHERE c.name = 'cruelty'"))}
    names = {name for found in FIELD.findall(read("staff/*/*.c")) for name in found if name}
    assert {"who", "reason", "sure"} <= names and len(names) > 60, sorted(names)
    wrong = []
    for method, pattern, _ in ROUTES:
        if method != "POST" or not (":list" in pattern or ":consultation" in pattern):
            continue
        for number in sorted(others):
            answer = desk.do("Here editor", path_of(pattern, NAMES), dict.fromkeys(
                names - {"sure", "csrf", "once", "seen"}, str(number)),
                csrf=desk.tokens["Here editor"])
            shown = re.findall(r"kept\.apart@|parent\.(?:group|cruelty|nowhere)@|Private \w+",
                               answer.text)
            if shown or answer.status >= 500:
                wrong.append(f"{pattern} with {number}: {answer.status} {shown}")
    assert not wrong, "\n".join(wrong)
