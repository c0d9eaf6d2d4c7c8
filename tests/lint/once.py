"""What is done in one place is done there only."""
import re

# A string of C that begins an object, names a member, or goes on behind such a name.
JSON = re.compile(r'(?<!\\)"[\[{ ]*\{\\"|[{,] *\\"[\w%]+\\" *:|(?<!\\)"\\":')


def json_is_written_once(tree):
    """Whoever writes JSON calls base/codec/json.h: what is put together by hand is broken one day."""
    for path, text in sorted(tree.items()):
        if not re.match(r"src/.*\.c$", path) or path == "src/base/codec/json.c":
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if JSON.search(line):
                yield path, number, "JSON by hand: write it with base/codec/json.h"


# Cells of rows that no statement gave.
CELL = re.compile(r"\(struct store_cell\)\s*\{\s*\.type = STORE_(?:TEXT|INT)\b")


def cells_are_made_once(tree):
    """A text without its length, or NULL as a text, shows only where it is printed."""
    for path, text in sorted(tree.items()):
        if not re.match(r"src/.*\.c$", path) or path.startswith("src/store/"):
            continue
        for found in CELL.finditer(text):
            yield (path, text.count("\n", 0, found.start()) + 1,
                   "a value by hand: cell_of_text() or cell_of_int()")


# Whatever is told in one room: what finds a second one, where it may stand, what to do.
TOLD = (
    (re.compile(r'"(?:January|Jan|Monday|Mon)"'), "src/base/calendar.h",
     "the names of days and months are those of base/calendar.h"),
    (re.compile(r"\b31, 28, 31\b|\b0, 3, 2, 5, 0\b|% 100 != 0\b"), "src/base/calendar.c",
     "the calendar is that of base/calendar.h"),
    (re.compile(r"\b(?:86400|604800|24 \* 60 \* 60)(?:000)?\b|\bDAY(?:_S|_SECONDS)? = "),
     "src/base/calendar.h",
     "a day has DAY_S seconds, by base/calendar.h"),
    (re.compile(r"% 3 == 0\b"), "", "numbers are grouped by numeral_grouped()"),
    (re.compile(r'== 1\s*\?\s*"(\w*)"\s*:\s*"\1e?s"'), "", "one or many: plural()"),
    (re.compile(r'"%\.?\d*\w* (?:kB|MB)"'), "src/base/numeral.c",
     "sizes are told by numeral_size()"),
)


TAIL = re.compile(r"while \(([\w.>-]+) && str_is_space\([\w.>-]+\[\1 - 1\]\)\)")


# One digit more behind a number that a loop has read.
DIGIT = re.compile(r"(?:\w|\]) \* 10 \+")


def digits_are_read_once(tree):
    """However many digits somebody wrote: the number does not overflow."""
    for path, text in sorted(tree.items()):
        if not re.match(r"src/.*\.[ch]$", path) or path == "src/base/numeral.h":
            continue
        for found in DIGIT.finditer(text):
            yield (path, text.count("\n", 0, found.start()) + 1,
                   "a digit behind a number by hand, which overflows: numeral_with()")


def tails_are_cut_once(tree):
    """The blanks at the end of some bytes are left out by one function."""
    for path, text in sorted(tree.items()):
        if not re.match(r"src/.*\.[ch]$", path) or path == "src/base/str.h":
            continue
        for found in TAIL.finditer(text):
            yield (path, text.count("\n", 0, found.start()) + 1,
                   "a loop over the blanks at an end: str_without_tail()")


def words_of_time_and_number_are_told_once(tree):
    """Two tables of the same words say two things one day."""
    for path, text in sorted(tree.items()):
        if not re.match(r"src/.*\.[ch]$", path):
            continue
        code = re.sub(r"/\*.*?\*/", lambda found: re.sub(r"[^\n]", " ", found[0]), text,
                      flags=re.S)
        for pattern, room, cure in TOLD:
            for found in pattern.finditer(code):
                if path != room:
                    yield path, code.count("\n", 0, found.start()) + 1, cure


def tests_stand_on_one_stage(tree):
    """A folder, a store, a key and some of the staff are set up for a test by stage.c."""
    for path, text in sorted(tree.items()):
        if not re.match(r"tests/unit/.*\.[ch]$", path) or path in STAGES:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(r"\b(?:domain_key_make|ready_store)\(", line):
                yield path, number, "a set-up of its own: begin with tests/unit/stage.h"


# test_walls.c makes an installation with all its folders, which roles open themselves.
STAGES = ("tests/unit/stage.c", "tests/unit/ready.c", "tests/unit/ready.h",
          "tests/unit/test_walls.c")
