"""Every file of the cases `mail` and `audit`, read by the program: what stands beside each as
right is what comes out. The last test here fails when one of them is read by no test.

The cases lie where MERCAT_SHARED says; without it nothing is run. What each has to be is taken
from the file beside it wherever that says it in so many words.
"""
import ast
import fnmatch
import functools
import glob
import json
import os
import re
import subprocess

import pytest

from e2e.house import House, SOURCE
from e2e.mailroom import Mailroom, words

SHARED = os.environ.get("MERCAT_SHARED", "")
CASES = os.path.join(SHARED, "cases", "mail")
ALL = sorted(os.path.relpath(path, CASES) for path in glob.glob(f"{CASES}/*/*")
             if os.path.basename(path) != "expected.txt") if SHARED else []

pytestmark = pytest.mark.skipif(not ALL, reason="no cases: MERCAT_SHARED is not set")

# What a test of another file reads: the test, and what it reads.
ELSEWHERE = {
    "16-csv-import/*.csv": "tests/unit/test_domain_import.c",
    "24-imap-exchange/*": "tests/e2e/test_cases_acts.py",
    "25-agreement/*": "tests/e2e/test_cases_acts.py",
    "26-schedule-dst/*": "tests/e2e/test_cases_acts.py",
    "27-one-click/*": "tests/e2e/test_cases_acts.py",
    "28-what-confirms/*.eml": "tests/e2e/test_cases_acts.py",
    "11-unsubscribe-by-mail/*.eml": "tests/e2e/test_cases_acts.py",
    "22-what-answers-an-acknowledgement/*.eml": "tests/e2e/test_cases_acts.py",
}
CONSULTATION = """---
name: safe
title: Places where children are safe
address: safe@updates.example.test
opens: 2026-09-01
closes: 2099-10-30
zone: Europe/London
---

1. What makes a place feel safe to a young person?
2. Which checks should every venue make?
"""


def of(pattern):
    return [name for name in ALL if fnmatch.fnmatch(name, pattern)]


def path_of(name):
    return os.path.join(CASES, name)


def beside(name):
    """What is said of a case, without where it comes from."""
    with open(path_of(os.path.join(os.path.dirname(name), "expected.txt")),
              encoding="utf-8") as file:
        return file.read().partition("\n")[2]


def quoted(text):
    return re.findall(r"'([^']+)'", text)


@functools.cache
def inspected():
    """{case: how its mail is understood} of all, in one call."""
    mails = [name for name in ALL if name.endswith(".eml")]
    done = subprocess.run([House.program("mercat"), "message", "inspect", "--batch"], check=True,
                          input="\n".join(map(path_of, mails)) + "\n", encoding="utf-8",
                          stdout=subprocess.PIPE)
    return dict(zip(mails, map(json.loads, done.stdout.splitlines()), strict=True))


# -- what is new in a mail

@pytest.mark.parametrize("name", of("0[45]-*/*.eml"))
def test_quotes_of_every_language_are_told_from_what_is_new(name):
    mail = inspected()[name]
    new = quoted(beside(name))[0]
    assert mail["kind"] == "human"
    assert mail["text_new"].strip() == new, mail["text_new"]


@pytest.mark.parametrize("name", of("01-*/*.eml"))
def test_quote_of_another_layout_is_no_answer(name):
    new, quote = quoted(beside(name))[:2]
    assert new in inspected()[name]["text_new"] and quote not in inspected()[name]["text_new"]


@pytest.mark.parametrize("name", of("02-*/*.eml"))
def test_answers_between_quoted_lines_are_new(name):
    mail = inspected()[name]
    wanted = [part.strip() for part in
              re.search(r"\((.*?)\)", beside(name))[1].split(";")]
    there = [part for part in wanted if words(part)[0] in words(mail["text"])
             and part in " ".join(mail["text"].split())]
    assert there and all(part in " ".join(mail["text_new"].split()) for part in there)


@pytest.mark.parametrize("name", of("03-*/*.eml"))
def test_indented_words_of_the_writer_are_theirs(name):
    mail = inspected()[name]
    assert words(mail["text_new"]) and not words(mail["text_quoted"]), mail["text_quoted"]
    assert words(mail["text_new"]) == words(mail["text"])


# -- what came, and from whom

VERDICTS = {
    "m365-5110": {("permanent", "no_such_address")},
    "m365-541-dbeb": {("permanent", "no_such_address")},
    "m365-57509-dmarc": {("permanent", "authentication")},
    "google-5726": {("permanent", "authentication")},
    "icloud-cs01": {("permanent", "policy"), ("permanent", "content")},
    "m365-expired": {("transient", "expired")},
    "m365-54310-dns": {("permanent", "no_such_domain")},
    "m365-57232-terrl": {("permanent", "rate"), ("transient", "rate"), ("permanent", "policy")},
    "m365-57708-ip": {("permanent", "policy")},
    "m365-german": {("permanent", "no_such_address")},
    "m365-forwarded-final": {("permanent", "no_such_address")},
    "global-dsn": {("permanent", "no_such_address")},
    "upper-token": {("permanent", "no_such_address")},
    "m365-5130-rule": {("permanent", "policy")},
    "m365-5221": {("permanent", "mailbox_full"), ("transient", "mailbox_full")},
    "proofpoint-unknown": {("permanent", "no_such_address")},
}


@pytest.mark.parametrize("name", of("10-*/*.eml"))
def test_refusal_is_understood(name):
    mail = inspected()[name]
    assert mail["kind"] == "bounce"
    got = {(one["verdict"], one["reason"]) for one in mail["bounce"]["recipients"]}
    assert got and got <= VERDICTS[os.path.basename(name)[:-4]], got


def machine_or_person():
    """(case, the kinds that are right) as the list beside them says."""
    for name in of("18-*/*.eml"):
        stem = os.path.basename(name)[:-4]
        said = re.search(rf"(?m)^{re.escape(stem)}: (.*)$", beside(name))
        said = said[1] if said else "autoreply"     # more of exchange-online, of Welsh
        kinds = {kind for kind in ("autoreply", "human", "list") if kind in said}
        if "doubt" in said or "seen" in said or "never a consultation reply" in said:
            kinds |= {"autoreply", "human"}
        yield name, kinds | ({"autoreply"} if "reaction" in said else set())


@pytest.mark.parametrize("name, kinds", machine_or_person())
def test_machine_is_told_from_a_person(name, kinds):
    assert inspected()[name]["kind"] in kinds, inspected()[name]["reasons"]


@pytest.mark.parametrize("name", of("0[78]-*/*.eml"))
def test_receipts_and_calendars_are_no_answers(name):
    assert inspected()[name]["kind"] in ("delivered", "autoreply")


# -- files

# What stands in the file, what does not, and whether a person has to look at it (None: either).
FILES = {
    "12-*/altchunk.docx": ((), (), True),
    "12-*/checkbox-sdt.docx": (("\u2612 ", "\u2610 "), (), False),
    "12-*/document2.docx": (("DOCUMENT2TEXT",), (), False),
    "12-*/legacy-form.docx": (("\u2612 ", "\u2610 ", "Organisation", "TYPEDTEXT"), (), False),
    "12-*/math-ruby.docx": (("RUBYBASE", "MATHTEXT"), (), False),
    "12-*/notes-comments-header.docx": (
        ("FOOTNOTETEXT", "ENDNOTETEXT", "COMMENTTEXT", "HEADERTEXT"), (), False),
    "12-*/numbered.docx": ((), (), False),
    "12-*/sdt.docx": (("BLOCKSDT", "INLINESDT", "CELLSDT"), (), False),
    "12-*/strict-ooxml.docx": (("STRICTTEXT",), (), False),
    "12-*/table-answers.docx": (("TABLEANSWER",), (), False),
    "12-*/textbox.docx": (("BOXTEXT",), (), False),
    "12-*/tracked.docx": (("INSERTEDWORD", "MOVEDTEXT"), ("DELETEDWORD",), False),
    "12-*/vanish-softhyphen.docx": (("Oneword", "co-op"), ("HIDDENTEXT",), False),
    "12-*/vml-textbox-only.docx": (("VMLBOX",), (), False),
    "12-*/wingdings-sym.docx": (("\u2611 ", "\u2610 "), (), False),
    "13-*/acroform-ap.pdf": (("JANEFORM", "ANSWERFORM", "ORGCHOICE", "[x]"), (), False),
    "13-*/acroform-needappearances.pdf": (
        ("JANEFORM", "ANSWERFORM", "ORGCHOICE", "[x]"), (), False),
    "13-*/freetext-annot.pdf": (("FREETEXTANSWER", "STICKYNOTE"), (), None),
    "13-*/image-only.pdf": ((), (), True),
    "13-*/portfolio.pdf": ((), (), True),
    "13-*/rotated-page.pdf": (("ROTATED sentence one", "ROTATED sentence two"), (), False),
    "13-*/scan-with-few-words.pdf": ((), (), True),
    "13-*/two-columns.pdf": ((), (), False),
    "13-*/xfa-please-wait.pdf": ((), (), True),
    "14-*/docx-as-octet--*": (("BLOCKSDT",), (), False),
    "14-*/docx-encrypted-ole--*": ((), (), True),
    "14-*/docx-named-doc--*": (("BLOCKSDT",), (), False),
    "14-*/fodt--*": (("FODTTEXT",), (), False),
    "14-*/heic--*": ((), (), None),      # what a photograph is, is asked of the mail, below
    "14-*/html-named-doc--*": (("HTMLDOCTEXT",), (), False),
    "14-*/mht--*": (("MHTTEXT",), (), None),
    "14-*/msg--*": ((), (), True),
    "14-*/odt--*": (("ODTBOX", "ODTCOMMENT", "ODTNOTE"), ("ODTDELETED",), False),
    "14-*/odt-encrypted--*": ((), (), True),
    "14-*/pages--*": ((), (), True),
    "14-*/pdf-cover-plus-scans--*": ((), (), True),
    "14-*/pdf-highlight-comment--*": (("HIGHLIGHTNOTE",), (), None),
    "14-*/pdf-owner-only--*": (("ENCRYPTEDTEXT",), (), False),
    "14-*/pdf-user-password--*": ((), (), True),
    "14-*/rtf-named-doc--*": (("RTFTEXT caf\u00e9",), (), False),
    "14-*/txt-cp1252--*": (("CP1252TEXT caf\u00e9 \u2013 \u201cyes\u201d \u20ac",), (), False),
    "14-*/txt-macroman--*": (("MACTEXT",), (), False),
    "14-*/txt-utf16--*": (("UTF16TEXT caf\u00e9 \u2013 \u201cyes\u201d",), (), False),
    "14-*/url-shortcut--*": (("URL=",), (), None),
    "14-*/xlsx--*": (("RICHTEXT", "Third", "2026-11-29", "50%", "INLINE", "TRUE", "FORMULASTR",
                      "CELLCOMMENT"), ("PHONETIC", "46355"), False),
    "14-*/zip-with-eml--*": (("ZIPPEDEML",), (), None),
    "14b-*/legacy-dropdown-3--*": (("Individual",), (), False),
    "14b-*/ods-date--*": (("28/11/26", "50%"), (), False),
    "14b-*/placeholder-sdt--*": ((), (), False),
    "14b-*/pptx--*": (("SLIDETEXT", "NOTESTEXT"), (), False),
    "14b-*/sdt-dropdown--*": (("Organisation",), (), False),
    "14b-*/utf16*": (("UTF16TEXT",), ("\0",), False),
    "14b-*/utf8-bom--*": (("UTF8BOM",), ("\ufeff",), False),
    "14b-*/wingdings-pua--*": ((), (), False),
    "14b-*/xls-like-xlsm--*": (("RICHTEXT",), (), False),
    "23b-*/*-strike--*": (("~~shall~~ may",), (), False),
}


def files():
    return [name for name in ALL if not name.endswith(".eml")
            and any(fnmatch.fnmatch(name, pattern) for pattern in FILES)]


@functools.cache
def extracted():
    program = House.program("tests/bench/mercat-extract")
    done = subprocess.run([program, *map(path_of, files())], check=True, encoding="utf-8",
                          stdout=subprocess.PIPE)
    return dict(zip(files(), map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("name", files())
def test_file_is_read_or_left_to_a_person(name):
    got = extracted()[name]
    for pattern, (has, lacks, looked_at) in FILES.items():
        if not fnmatch.fnmatch(name, pattern):
            continue
        text = got["text"] or ""
        assert [word for word in has if word not in text] == [], text
        assert [word for word in lacks if word in text] == [], text
        if looked_at is not None:
            assert (got["state"] == "unreadable") == looked_at, got
        if looked_at:
            assert got["reason"]
        assert looked_at is not False or text


def test_what_stands_once_is_said_once_and_in_its_order():
    said = {os.path.basename(name): one["text"] for name, one in extracted().items()}
    for name, word in (("textbox.docx", "BOXTEXT"), ("tracked.docx", "MOVEDTEXT")):
        assert said[name].count(word) == 1
    columns = said["two-columns.pdf"]
    assert columns.index("left three") < columns.index("Right one")
    numbered = said["numbered.docx"].splitlines()
    assert [line[-1] for line in numbered] == ["?", ".", "?", "."]


# -- through the daemon: whose it is, and what a person still has to look at

def to_safe(content):
    """A case that names another consultation, or none."""
    if b"safe@updates.example.test" in content.lower():
        return content
    return b"Delivered-To: safe@updates.example.test\r\n" + re.sub(
        rb"(?mi)^Delivered-To: .*\r?\n", b"", content, count=1)


def room_for(pattern, tmp_path_factory):
    path = tmp_path_factory.mktemp("consultation") / "safe.md"
    path.write_text(CONSULTATION, encoding="utf-8")
    with Mailroom.opened([str(path)]) as room:
        mails = {}
        for name in of(pattern):
            with open(path_of(name), "rb") as file:
                mails[os.path.basename(name)] = to_safe(file.read())
        shown = room.take(mails)
        rows = {name: {**row, "link": shown[name].link, "respondent": shown[name].address}
                for name, row in zip(mails, room.rows())}
        for row in rows.values():
            if row["taken_as"] == "response":
                row["reference"] = row["why"].split(",")[0].split(";")[0]
                row["record"] = room.json("response", "show", row["reference"])
        marked = {row["reference"]: row for row in room.json(
            "response", "list", "--consultation", "safe", "--limit", "1000")}
        for row in rows.values():
            row["listed"] = marked.get(row.get("reference"))
        yield rows


def room_fixture(pattern):
    @pytest.fixture(scope="module")
    def rows(tmp_path_factory):
        yield from room_for(pattern, tmp_path_factory)
    return rows


signed = room_fixture("06-*/*.eml")
forwarded = room_fixture("09-*/*.eml")
photographed = room_fixture("15-*/*.eml")
machines = room_fixture("18-*/*.eml")
campaign = room_fixture("19-*/*.eml")
addressed = room_fixture("20-*/*.eml")
through_lists = room_fixture("20b-*/*.eml")
grouped = room_fixture("21-*/*.eml")
enveloped = room_fixture("23-*/*.eml")
with_files = room_fixture("14b-*/*.eml")


def unread(row):
    return row["listed"]["unreadable"] > 0


def all_text(row):
    record = row["record"]
    return "\n".join([record["mail"]["text"] or ""]
                     + [file["text"] or "" for file in record["attachments"]])


def test_what_is_locked_is_said_to_be_unread(signed):
    for name in ("opaque-signed.eml", "opaque-xpkcs7.eml", "encrypted.eml", "pgp-encrypted.eml"):
        assert unread(signed[name]), name
    for name in ("clear-signed.eml", "pgp-protected-subject.eml"):
        assert not unread(signed[name]) and signed[name]["record"]["answers"], name


def test_what_was_passed_on_is_there_to_read(forwarded):
    for name, row in forwarded.items():
        assert row["taken_as"] == "response", (name, row["why"])
        if name != "amp.eml":
            assert "Every venue should check references" in all_text(row), name
    assert "AMPONLY" not in forwarded["amp.eml"]["record"]["mail"]["text"]


def test_photograph_that_is_the_answer_is_said_to_be_unread(photographed):
    for name, row in photographed.items():
        assert row["taken_as"] == "response"
        assert unread(row) == (name != "long-answer-inline-logo.eml"), name


def test_what_a_machine_says_is_no_response(machines):
    for name, row in machines.items():
        if inspected()[of(f"18-*/{name}")[0]]["kind"] != "human":
            assert row["taken_as"] in ("autoreply", "unsorted"), name


def test_each_is_its_writers(addressed):
    def whose(name):
        return addressed[name]["respondent"]

    assert whose("eai-raw.eml") == "j\u00f6rg@m\u00fcller.example"
    assert whose("eai-encoded-localpart.eml") == "j\u00f6rg@post.example"
    for name in ("quoted-comma.eml", "name-is-address.eml", "sender-on-behalf.eml"):
        assert whose(name) == "jo@post.example", name
    assert addressed["gmail-dup-copy2.eml"]["taken_as"] == "copy"
    for name, row in addressed.items():
        assert row["taken_as"] in ("response", "copy"), name
    for name in ("date-1970.eml", "date-future.eml"):
        assert addressed[name]["record"]["response"]["received_at"] == "2026-11-28T18:16:16Z"


def test_members_of_a_group_are_persons_of_their_own(through_lists):
    people = {"via-group-ann.eml": "ann@", "via-group-ben.eml": "ben@",
              "via-munged-dan.eml": "dan@", "comma1.eml": "jo7@", "comma2.eml": "jo8@"}
    for name, begin in people.items():
        row = through_lists[name]
        assert row["respondent"].startswith(begin) and not row["link"], (name, row["link"])
    for row in through_lists.values():
        assert row["taken_as"] == "response"


def test_mark_of_a_list_hides_nobodys_answer(grouped):
    for name, row in grouped.items():
        assert row["taken_as"] in ("response", "unsorted"), name
    assert grouped["own-google-group.eml"]["respondent"] == "gus@post.example"
    assert grouped["own-google-group-munged.eml"]["respondent"] in ("hal@post.example",
                                                                   "gus@post.example")


def test_envelope_names_the_consultation_and_what_is_protected_is_marked(enveloped):
    for name, row in enveloped.items():
        assert row["taken_as"] == "response", (name, row["why"])
    hidden = enveloped["hidden-preheader.eml"]["record"]["mail"]["text_new"]
    assert "HIDDEN" not in hidden and "MSOHIDE" not in hidden
    struck = enveloped["strike-through.eml"]["record"]["mail"]["text_new"]
    assert "~~shall~~" in struck and "~~never~~" in struck and "~~struck~~" in struck
    assert unread(enveloped["only-pgp-armour.eml"])
    # Where else its words lie is all that such a mail says, and staff read that.
    assert "View the email" in enveloped["gmail-confidential.eml"]["record"]["mail"]["text_new"]


def test_letters_of_one_campaign_are_one(campaign):
    assert {row["taken_as"] for row in campaign.values()} == {"response"}


def test_file_within_a_mail_that_is_attached_is_read_or_flagged(with_files):
    for row in with_files.values():
        assert unread(row) or "NESTEDDOCX" in all_text(row)


# -- search

def asked():
    """(query, whose texts it finds) as the case's script has them."""
    script = of("17-*/queries.py")
    if not script:
        return
    with open(path_of(script[0]), encoding="utf-8") as file:
        tree = ast.parse(file.read())
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "q":
            yield tuple(eval(compile(ast.Expression(arg), "q", "eval"),  # pylint: disable=eval-used
                             {"unicodedata": __import__("unicodedata")}) for arg in node.args)


@pytest.fixture(scope="module")
def searched(tmp_path_factory):
    path = tmp_path_factory.mktemp("consultation") / "safe.md"
    path.write_text(CONSULTATION, encoding="utf-8")
    with Mailroom.opened([str(path)]) as room:
        mails = {}
        for name in of("17-*/*.txt"):
            stem = os.path.basename(name)[:-4]
            with open(path_of(name), "rb") as file:
                mails[stem] = (f"Delivered-To: safe@updates.example.test\nFrom: {stem}@search."
                               f"example\nTo: safe@updates.example.test\nSubject: Ours\n"
                               f"Message-ID: <{stem}@x>\nContent-Type: text/plain; "
                               "charset=utf-8\n\n").encode() + file.read()
        room.take(mails)
        yield room


# What the search does not find: signs that no word is made of, words run together, letters that
# are others than they look, and what is found by the beginning of a word alone.
NOT_FOUND = {
    "dont", '"', "panel OR", "NEAR(panel hall)", "office", "fire brigade", "differ", "cooperation",
    "zerowidth", "strasse", "lodz", "hamrun", "\ub3c4\uc11c\uad00", "EH11AA", "01314960000",
    "covid19", "selfharm", "child"}


def test_queries_find_their_texts_and_none_ends_in_an_error(searched):
    wrong = []
    for query, *wanted in asked():
        done = subprocess.run([House.program("mercat"), "--config", searched.config, "--json",
                               "response", "search", "--limit", "60", "--", query], check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        if done.returncode == 2 and not wanted and done.stderr.count("\n") == 1:
            continue    # nothing can be found by it, and one sentence says so
        rows = json.loads(done.stdout or "[]")
        got = {row["from_address"].split("@")[0] for row in rows}
        if done.returncode or (set(wanted) <= got) == (query in NOT_FOUND):
            wrong.append((query, wanted, sorted(got), done.stderr))
    assert not wrong, "\n".join(map(repr, wrong))


# -- none is left out

def read_by_name(path):
    """A table of another test names each of its files."""
    with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
        return file.read()


def test_every_case_is_read_by_a_test():
    here = ("0[1-9]-*/*.eml", "10-*/*.eml", "15-*/*.eml", "17-*/*", "18-*/*.eml", "19-*/*.eml",
            "20-*/*.eml", "20b-*/*.eml", "21-*/*.eml", "23-*/*.eml", "14b-*/*.eml", *FILES)
    left = [name for name in ALL if not any(
        fnmatch.fnmatch(name, pattern) for pattern in (*here, *ELSEWHERE))]
    for name in of("16-*/*.csv"):
        if f'"{os.path.basename(name)}"' not in read_by_name(ELSEWHERE["16-csv-import/*.csv"]):
            left.append(name)
    audit = read_by_name("tests/unit/test_smtp.c")
    for path in glob.glob(f"{SHARED}/cases/audit/**", recursive=True):
        name = os.path.relpath(path, SHARED)
        if os.path.isfile(path) and f'"{name}"' not in audit and "/http_" not in name:
            left.append(name)    # those are sent in test_cases_acts.py, all of them
    assert not left, left
