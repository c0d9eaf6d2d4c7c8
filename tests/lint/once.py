"""What is done in one place is done there only."""
import re

# A string of C that begins an object, names a member, or goes on behind such a name.
JSON = re.compile(r'(?<!\\)"[\[{ ]*\{\\"|[{,] *\\"[\w%]+\\" *:|(?<!\\)"\\":')


def json_is_written_once(tree):
    """Whoever writes JSON calls base/json.h: what is put together by hand is broken one day."""
    for path, text in sorted(tree.items()):
        if not re.match(r"src/.*\.c$", path) or path == "src/base/json.c":
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if JSON.search(line):
                yield path, number, "JSON by hand: write it with base/json.h"


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
