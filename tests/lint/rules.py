"""The rules of the house, each a function from the tree to the sentences it found.

A tree is a dict: path relative to the top -> text. A rule gets the whole tree and
yields (path, line or 0, sentence). RULES at the end is the table.
"""
import os
import re
import subprocess
import tempfile

import doors
import facts
import once
from paths import (addresses_are_words, links_lead_somewhere, names_of_doors_are_words,
                   names_of_sites_are_words)
from stranger import features_are_found
from words import (emails_sound_wanted, glossary_is_kept, templates_name_no_command, typing_is_clean,
                   values_are_words_of_now)

# A folder of src/ includes only what stands on an earlier step, or itself.
LAYERS = (
    ("base",),
    ("settings", "text", "template", "sandbox"),
    ("document", "doubts", "render"),
    ("form", "office", "proposal", "leak"),
    ("ownform",),
    ("mail", "bulletin", "store"),
    ("classify", "extract", "imap", "mx", "smtp", "maildir", "roster"),
    ("reader", "consent"),
    ("domain", "web"),
    ("pages", "doctor"),
    ("public", "staff", "cli", "process"),
    ("daemon",),
)
STEP_OF = {folder: step for step, folders in enumerate(LAYERS) for folder in folders}
# The rooms of a folder that has more than one, each with the rooms of that folder that it may
# include beside itself. "" is the folder itself, where it has sources of its own.
ROOMS = {
    "domain": {
        "core": (),
        "admin": ("core",),
        "subscribers": ("core", "admin"),
        "imports": ("core", "admin", "subscribers"),
        "bulletins": ("core", "admin", "subscribers"),
        "approval": ("core", "admin", "bulletins"),
        "safeguarding": ("core", "admin"),
        "copies": ("core", "bulletins", "subscribers"),
        "past": ("core", "admin"),
        "responses": ("core", "admin", "safeguarding"),
        "outcome": ("core", "admin", "subscribers", "responses"),
        "delivery": ("core", "admin", "subscribers", "bulletins", "outcome"),
        "campaigns": ("core", "admin", "responses"),
        "coding": ("core", "admin", "responses"),
        "analysis": ("core", "admin", "responses", "coding"),
        "publication": ("core", "admin", "responses"),
        "leaks": ("core", "admin", "responses"),
        "disclosure": ("core", "admin", "coding", "analysis", "publication"),
        "reports": ("core", "admin", "responses", "coding", "analysis", "disclosure",
                    "leaks"),
        "exports": ("core", "admin", "reports"),
        "queue": ("core", "admin", "safeguarding", "responses", "campaigns", "coding"),
        "intake": ("core", "admin", "subscribers", "delivery", "past", "responses", "campaigns",
                   "coding", "safeguarding", "publication", "reports"),
        "sorting": ("core", "admin", "safeguarding", "responses", "coding", "publication",
                    "reports", "intake"),
        "personal": ("core", "admin", "subscribers", "intake"),
    },
    "staff": {
        "frame": (),
        "bulletins": ("frame",),
        "routes": ("frame", "bulletins"),
        "subscribers": ("frame", "bulletins"),
        "triage": ("frame",),
        "admin": ("frame", "bulletins", "triage"),
        "coding": ("frame", "triage"),
        "analysis": ("frame", "coding"),
        "responses": ("frame", "triage", "coding"),
        "intake": ("frame", "triage"),
        "outcome": ("frame",),
        "publication": ("frame", "triage"),
    },
    "text": {
        "words": (),
        "charset": (),
        "markup": (),
        "letter": ("words",),
        "answer": ("words", "letter"),
        "figures": (),
    },
    "mail": {
        "decode": (),
        "fields": ("decode",),
        "read": ("decode", "fields"),
        "write": (),
    },
    "cli": {
        "frame": (),
        "bulletins": ("frame",),
        "responses": ("frame",),
        "admin": ("frame",),
        "program": ("frame",),
    },
    "form": {
        "pieces": (),
        "prose": ("pieces",),
        "reading": ("pieces", "prose"),
    },
    "base": {
        "": (),
        "codec": ("",),
    },
    "extract": {
        "parsers": (),
        "": ("parsers",),
    },
}

# Headers of a library that only one folder may see, or only these.
ONLY = {
    "sqlite3": "store",
    "curl": "smtp",
    "libetpan": "imap",
    "gmime": "mail",
    "ares": "mx",
    "libpsl": "mx",
    "openssl": "mail",
    "archive": "extract",
    "qpdf": ("extract", "render"),
    "archive_entry": "extract",
    "microhttpd": "web",
    "linear": "proposal",
    "xlsxwriter": "render",
}

# What may be called in one file only (and where it is defined), with the reason.
ONE_CALLER = {
    "secret_password_fits": ("attempt.c", "a try that is not counted can be repeated for ever"),
    "totp_fits": ("attempt.c", "a try that is not counted can be repeated for ever"),
    # of its folder, with all rooms
    "fd_write_file": ("src/cli/frame/print.c",
                      "a name that somebody typed may be that of the store"),
}

MOST_FILES = 25
# Base names that stand in two folders, with the reason.
SAME_NAME = {
    "main.c": "where each program begins",
    "bounce.c": "the layers of one subject: classify reads a notice, delivery counts it",
    "bounce.h": "the layers of one subject: classify reads a notice, delivery counts it",
    "bounce_words.c": "the layers of one subject: classify reads a notice, core names it",
    "bounce_words.h": "the layers of one subject: classify reads a notice, core names it",
}
# What the public may see is asked of archive.c, which knows who may see a list.
NOT_IN_PUBLIC = ("list_named", "list_by_id", "bulletin_named", "bulletin_by_id")

# Files aim for 500 lines; past this one they have two subjects. Tables of words are long.
MOST_LINES = 550
TABLES = ("_words.c", "_marks.c")
# clang-format folds code at 90; what it leaves longer ends in a comment or an attribute.
MOST_COLUMNS = {".c": 99, ".h": 99}
MOST_COLUMNS_ELSE = 110
MOST_FUNCTION_LINES = 60

# Marks of unfinished work, and words that name nothing. Split so that this file
# does not find itself.
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK|WI" + r"P)\b")
EMPTY_NAMES = {"util", "utils", "misc", "common", "helper", "helpers", "temp", "data",
               "handle", "stuff"}
MACHINE_PATH = re.compile(r"(?<![\w.$}>])/(work|home|root|Users|mnt|media)/\w")

SQL = re.compile(
    r'"\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\s'
    r"|REPLACE\s+INTO\s|CREATE\s+((TEMP|UNIQUE|VIRTUAL)\s+)?(TABLE|INDEX|TRIGGER|VIEW)\b"
    r"|ALTER\s+TABLE\s|DROP\s+(TABLE|INDEX|TRIGGER|VIEW)\s|WITH\s+\w+\s+AS\s*\()", re.I)
# What no named statement can be: only store may open, begin, end, tune and check.
SQL_FRAME = re.compile(r'"\s*(PRAGMA\s|BEGIN(\s+\w+)?\s*;?"|COMMIT\s*;?"|ROLLBACK\s*;?"'
                       r"|SAVEPOINT\s|VACUUM\b|ATTACH\s)")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def lines_of(text):
    return enumerate(text.split("\n"), 1)


def in_src(tree, *ends):
    for path in sorted(tree):
        if path.startswith("src/") and path.endswith(ends):
            yield path, tree[path]


def place_of(path):
    """(folder, room or None where it has none) of a source or of what an include names."""
    parts = path.removeprefix("src/").split("/")
    rooms = ROOMS.get(parts[0])
    if rooms is None or len(parts) > 3:
        return parts[0], None
    return parts[0], parts[1] if len(parts) == 3 else ""


def layers(tree):
    for path, text in in_src(tree, ".c", ".h"):
        folder, room = place_of(path)
        if folder not in STEP_OF:
            yield path, 0, f"the folder '{folder}' has no step in LAYERS"
            continue
        if folder in ROOMS and room not in ROOMS[folder]:
            yield path, 0, f"{folder} has no room '{room}' in ROOMS"
            continue
        if path.count("/") != (3 if room else 2):
            yield path, 0, "source lies in src/FOLDER/ or src/FOLDER/ROOM/, nowhere else"
            continue
        for number, line in lines_of(text):
            found = INCLUDE.match(line)
            if not found or found[1] == "<":
                continue
            if "/" not in found[2]:
                yield path, number, f'"{found[2]}" is included without its folder'
                continue
            other, other_room = place_of(found[2])
            if other not in STEP_OF:
                yield path, number, f"the folder '{other}' has no step in LAYERS"
            elif other != folder and STEP_OF[other] >= STEP_OF[folder]:
                yield path, number, f"{folder} may not include {other}"
            elif (folder == other and folder in ROOMS and other_room != room
                  and other_room not in ROOMS[folder][room]):
                yield path, number, f"the room {room} may not include {other_room}"


def one_place_a_name(tree):
    """A base name stands once in src/: two files of one name are two things of one name."""
    places = {}
    for path, _ in in_src(tree, ".c", ".h"):
        places.setdefault(os.path.basename(path), []).append(path)
    for name, paths in sorted(places.items()):
        if len(paths) > 1 and name not in SAME_NAME:
            yield paths[1], 0, f"is called like {paths[0]}: say what is in it"
    for name in sorted(SAME_NAME):
        if len(places.get(name, ())) == 1:
            yield places[name][0], 0, "stands alone now: take it out of SAME_NAME"


def private_headers(tree):
    """NAME_private.h is for its own folder (or room) alone, and called nothing else."""
    for path, text in in_src(tree, ".c", ".h"):
        if re.search(r"(^|/|_)(own|inside|internal|impl|priv)\.h$", path):
            yield path, 0, "what files of a folder share stands in NAME_private.h"
        for number, line in lines_of(text):
            found = INCLUDE.match(line)
            if (found and found[2].endswith("_private.h")
                    and "src/" + os.path.dirname(found[2]) != os.path.dirname(path)):
                yield path, number, f"{found[2]} is private to its folder"


def folder_size(tree):
    """A folder, or a room of one, has few files: it is one subject."""
    count = {}
    for path, _ in in_src(tree, ".c", ".h"):
        count[os.path.dirname(path)] = count.get(os.path.dirname(path), 0) + 1
    for folder, files in sorted(count.items()):
        if files > MOST_FILES:
            yield folder, 0, f"{files} sources; at most {MOST_FILES}"


def no_statement_is_empty(tree):
    """A semicolon by itself behind a whole statement is left over from one that went."""
    for path, text in in_src(tree, ".c"):
        for found in re.finditer(r"[;{}]\n\t+;\n", text):
            yield path, text[:found.end() - 1].count("\n") + 1, "a semicolon by itself"


def one_noun_a_file(tree):
    """cmd_NOUN.c, and cmd_NOUN_x.c where it is long, hold the commands of that noun alone."""
    for path, text in in_src(tree, ".c"):
        found = re.match(r"src/cli/(?:\w+/)?cmd_(\w+)\.c$", path)
        table = re.search(r"^const struct cli_command .*?\n\t\{0\}\};", text, re.S | re.M)
        if not found or not table:
            continue
        for command in re.findall(r"^\t\{\"([a-z-]+)[ \"]", table[0], re.M):
            noun = command.replace("-", "_")
            if not f"{found[1]}_".startswith(f"{noun}_"):
                yield path, 0, f"a command of the noun {command} stands here"


def only_includers(tree):
    for path, text in in_src(tree, ".c", ".h"):
        for number, line in lines_of(text):
            found = INCLUDE.match(line)
            if not found:
                continue
            library = re.split(r"[/.]", found[2])[0]
            owner = ONLY.get(library)
            owners = (owner,) if isinstance(owner, str) else owner or ()
            if owners and place_of(path)[0] not in owners:
                yield path, number, f"only {' and '.join(owners)} includes {found[2]}"


def one_caller(tree):
    for path, text in in_src(tree, ".c"):
        for number, line in lines_of(text):
            for name in re.findall(r"\b\w+(?=\()", line):
                where, why = ONE_CALLER.get(name, (None, None))
                defined = re.match(r"(?:\w+ )+\W?" + name, line)
                if not where or defined:
                    continue
                folder = "/".join(where.split("/")[:-1][:2])
                if folder and not path.startswith(f"{folder}/"):
                    continue
                if os.path.basename(path) != os.path.basename(where):
                    yield path, number, f"only {where} calls {name}: {why}"


def public_asks_archive(tree):
    for path, text in in_src(tree, ".c"):
        for number, line in lines_of(text):
            for name in re.findall(r"\b\w+(?=\()", line):
                if path.startswith("src/public/") and name in NOT_IN_PUBLIC:
                    yield path, number, f"{name}() asks nobody who may see it; archive.h does"


def no_sql_in_c(tree):
    for path, text in in_src(tree, ".c", ".h"):
        for number, line in lines_of(text):
            if SQL.search(line) and "'integrity-check'" not in line:
                yield path, number, "SQL stands in C; name it in src/store/sql/"
            elif SQL_FRAME.search(line) and not path.startswith("src/store/"):
                yield path, number, "only store speaks to the database"


def statements_in_domain(tree):
    """A statement is what a function of a room means; whoever stands above asks the room."""
    for path, text in in_src(tree, ".c", ".h"):
        if place_of(path)[0] in ("domain", "store"):
            continue
        for number, line in lines_of(text):
            for name in re.findall(r"\bSQL_\w+", line):
                yield path, number, f"{name} is asked for by domain alone: call its function"


def statements_are_used(tree):
    """Every named statement is asked for by somebody."""
    asked = {name for path, text in tree.items() if path.endswith(".c")
             for name in re.findall(r"\bSQL_\w+", text)}
    for path, text in in_src(tree, ".sql"):
        for number, line in lines_of(text):
            found = re.match(r"-- name: (\w+)$", line)
            if found and f"SQL_{found[1].upper()}" not in asked:
                yield path, number, f"nobody uses the statement {found[1]}"


def file_length(tree):
    for path, text in in_src(tree, ".c", ".h"):
        count = text.count("\n")
        if count >= MOST_LINES and not path.endswith(TABLES):
            yield path, 0, f"{count} lines; a file has fewer than {MOST_LINES}"


def function_length(tree):
    for path, text in in_src(tree, ".c"):
        began = 0
        for number, line in lines_of(text):
            if line == "{":
                began = number
            elif line == "}" and began:
                if number - began - 1 > MOST_FUNCTION_LINES:
                    yield path, began, (f"a function of {number - began - 1} lines; "
                                        f"at most {MOST_FUNCTION_LINES}")
                began = 0


def ends_in_string(line):
    """True when what passes the last column is a string that began before it: an
    error text stays in one piece, so that it can be searched for."""
    found = re.search(r'"(?:[^"\\]|\\.)*"[\w\s,;)}\]]*$', line)
    return bool(found) and found.start() < 82 and line.count('"') >= 2


def line_width(tree):
    kinds = (".c", ".h", ".py", ".sh", ".sql", ".mk", ".am", ".ac")
    for path in sorted(tree):
        if not path.endswith(kinds) and not shebang(tree[path]):
            continue
        most = MOST_COLUMNS.get(path[-2:], MOST_COLUMNS_ELSE)
        for number, line in lines_of(tree[path]):
            width = len(line.expandtabs(8))
            if width > most and not ends_in_string(line.expandtabs(8)):
                yield path, number, f"{width} columns; at most {most}"
            if line != line.rstrip():
                yield path, number, "blanks at the end of the line"


def finished(tree):
    for path in sorted(tree):
        for number, line in lines_of(tree[path]):
            found = UNFINISHED.search(line)
            if found:
                yield path, number, f"'{found[0]}' marks unfinished work"


def names(tree):
    for path, _ in in_src(tree, ""):
        for part in path.split("/")[1:]:
            if part.split(".")[0].lower() in EMPTY_NAMES:
                yield path, 0, f"the name '{part}' does not say what it holds"


def no_machine_paths(tree):
    for path in sorted(tree):
        for number, line in lines_of(tree[path]):
            found = MACHINE_PATH.search(line)
            if found:
                yield path, number, f"'{found[0]}' is a path of one machine"


DIRTY_TRUE = re.compile(r"\breturn (?:[^;?]*\|\| )?err->kind == ERR_\w+;")
STEP_AS_BOOL = re.compile(
    r"(?:\bif \(|\bwhile \(|&& |\|\| |return )!?store_rows_next\([^()]*\)(?! [=!]=)")


def errors_end_with_success(tree):
    """err is clean after true: what may be missing is forgiven, the end is no failure."""
    for path, text in in_src(tree, ".c"):
        for number, line in lines_of(text):
            if DIRTY_TRUE.search(line):
                yield path, number, "true with a dirty err: return err_forgive(err, ...)"
            if STEP_AS_BOOL.search(line):
                yield path, number, "compare store_rows_next() with STORE_ROW or STORE_END"


COMMAND_WORDS = re.compile(r'"[^"]*(?:(?<![-\w])--[a-z]{2}|\bmercat [a-z]+ [a-z]+)[^"]*')


def hints_apart(tree):
    """What helps on the command line alone stands behind HINT: a page does not show it."""
    for path, text in in_src(tree, ".c"):
        if place_of(path)[0] not in ("domain", "pages", "public", "staff", "web"):
            continue
        lines = text.split("\n")
        for number, line in lines_of(text):
            said = COMMAND_WORDS.search(line.replace('\\"', "'"))
            if said and not any("HINT" in near for near in lines[max(0, number - 3):number]):
                yield path, number, "tells people of a page about the command line: put HINT" \
                    " before it (base/err.h)"


def header_manual(tree):
    """Every header opens with its manual, which names it, and has its guard."""
    for path, text in in_src(tree, ".h"):
        stem = os.path.basename(path)[:-2]
        folder = path.split("/")[1]
        name = {stem, stem.replace("_", " "), f"{folder} {stem}", f"{folder}_{stem}",
                f"{folder} {stem.replace('_', ' ')}"}
        found = re.match(r"/\*(?:\n \*)? ([\w/ ]+?) - \S", text)
        if not found:
            yield path, 1, "opens with no manual ('/*', then ' * name - what it is for')"
        elif found[1] not in name:
            yield path, 2, f"the manual names '{found[1]}' and not '{stem}'"
        guards = [f"MERCAT_{folder}_{stem}_H".upper()]
        if folder == stem:
            guards.append(f"MERCAT_{folder}_H".upper())
        if not any(f"#ifndef {guard}\n#define {guard}\n" in text for guard in guards):
            yield path, 0, f"the include guard {guards[0]} is missing"


def room_of(path):
    """src/FOLDER/ROOM or src/FOLDER, where a source lies."""
    folder, room = place_of(path)
    return f"src/{folder}/{room}" if room else f"src/{folder}"


def named_on_page(tree, page):
    """The files that a room's page names: (path, line). X.[ch] stands for two; a name is that
    of a file of the room, or of one in src. Above and below the list of files one without its
    folder may be anybody's."""
    room, in_list = page.rsplit("/", 1)[0], "## Files" not in tree[page]
    for number, line in lines_of(tree[page]):
        in_list = line == "## Files" or (in_list and not line.startswith("## "))
        for name in re.findall(r"`([\w/.]+\.(?:\[ch\]|c|h|awk|sql))`", line):
            if not in_list and "/" not in name:
                continue
            for end in ("c", "h") if name.endswith(".[ch]") else ("",):
                name_of_one = name.removesuffix("[ch]") + end
                here = f"{room}/{name_of_one}"
                yield here if here in tree else f"src/{name_of_one}", number


def map_is_whole(tree):
    """src/README.md leads to the page of each room; that names every source of it, and nothing
    that is not there."""
    sources = {path for path, _ in in_src(tree, ".c", ".h", ".awk", ".sql")}
    rooms = {room_of(path) for path in sources}
    for room in sorted(rooms):
        page, listed = f"{room}/README.md", set()
        if f"]({page.removeprefix('src/')})" not in tree.get("src/README.md", ""):
            yield "src/README.md", 0, f"does not lead to {page}"
        if page not in tree:
            yield page, 0, "a room without a page"
            continue
        for path, number in named_on_page(tree, page):
            listed.add(path)
            if path not in sources and "/sql_statements." not in path:
                yield page, number, f"{path} is named and not there"
        for path in sorted(sources - listed):
            if room_of(path) == room:
                yield page, 0, f"{path} is not named"


def uses_are_said(tree):
    """The line "**Uses**" of a room's page names the rooms that its sources include."""
    used = {}
    for path, text in in_src(tree, ".c", ".h"):
        into = used.setdefault(room_of(path), set())
        for _, line in lines_of(text):
            found = INCLUDE.match(line)
            if found and found[1] == '"' and "/" in found[2]:
                into.add(room_of("src/" + found[2]).removeprefix("src/"))
    for room, rooms in sorted(used.items()):
        page = f"{room}/README.md"
        said = re.search(r"\*\*Uses\*\*([^*]*?)\.\n", tree.get(page, ""))
        named = set(re.findall(r"`([a-z/]+)`", said[1])) if said else set()
        rooms.discard(room.removeprefix("src/"))
        for name in sorted(rooms - named):
            yield page, 0, f"does not say that it uses {name}"
        for name in sorted(named - rooms):
            yield page, 0, f"says that it uses {name}, which it does not"


def packages_installed(tree):
    """group -> the packages that tools/dependencies lists."""
    groups = {}
    for _, line in lines_of(tree.get("tools/dependencies", "")):
        found = re.match(r"\t+(build|run|test) +([a-z0-9+. -]+)$", line)
        if found:
            groups.setdefault(found[1], set()).update(found[2].split())
    return groups


def packages_explained(tree):
    """group -> package -> line, from the tables of README.md under "Dependencies"."""
    groups, group = {}, ""
    for number, line in lines_of(tree.get("README.md", "")):
        heading = re.match(r"### .*\((build|run|test)\)$", line)
        if heading:
            group = heading[1]
        elif line.startswith("#"):
            group = ""
        elif group and line.startswith("| `"):
            for name in re.findall(r"`([^`]+)`", line.split("|")[1]):
                groups.setdefault(group, {})[name] = number
    return groups


def dependencies_are_explained(tree):
    """README.md says why each package of tools/dependencies is there, and no other."""
    installed, explained = packages_installed(tree), packages_explained(tree)
    if not installed:
        yield "tools/dependencies", 0, "no package is listed in a way that can be read"
    for group in sorted({*installed, *explained}):
        known = explained.get(group, {})
        for name in sorted(installed.get(group, set()) - set(known)):
            yield "README.md", 0, f"does not say why {name} is needed ({group})"
        for name in sorted(set(known) - installed.get(group, set())):
            yield "README.md", known[name], f"{name} is not in tools/dependencies ({group})"


def assignments(tree):
    """{name: words} of every makefile, lines that go on joined."""
    found = {}
    for path in sorted(tree):
        if not path.endswith((".mk", "Makefile.am")):
            continue
        text = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^#.*$", "", tree[path]))
        for name, words in re.findall(r"(?m)^(\w+) *\+?= *(.*)$", text):
            found.setdefault(name, []).extend(words.split())
    return found


def distributed(tree):
    """What "make dist" packs: automake's own rules, read from the makefiles."""
    known = assignments(tree)

    def files_of(name, above=()):
        for word in known.get(name, ()):
            inner = re.fullmatch(r"\$\((\w+)\)", word)
            if not inner:
                yield word
            elif inner[1] not in above:
                yield from files_of(inner[1], (*above, name))

    packed = set()
    for name in known:
        if name == "EXTRA_DIST" or name.startswith("dist_") or (
                name.endswith("_SOURCES") and not name.startswith("nodist_")
                and name != "BUILT_SOURCES"):
            packed.update(word.removeprefix("$(srcdir)/") for word in files_of(name))
    return packed


def tarball_is_whole(tree):
    """A file that is not packed is a test that is not run where the tarball is all there
    is. Makefiles come by themselves, and what git reads stays with git."""
    packed = distributed(tree)
    if not packed:
        yield "Makefile.am", 0, "packs nothing in a way that can be read"
    for path in sorted(tree):
        by_itself = path.endswith((".mk", ".am", ".ac")) or path in (
            ".gitignore", ".clang-format")
        if not by_itself and path not in packed:
            yield path, 0, "is not in the tarball: name it in EXTRA_DIST or in SOURCES"
    for path in sorted(packed):
        if path.startswith("tests/") and path not in tree:
            yield path, 0, "is packed but not there"


def shebang(text):
    found = re.match(r"#!\s*(\S+)(?:\s+(\S+))?", text)
    if not found:
        return ""
    return os.path.basename(found[2] if found[1].endswith("/env") else found[1])


def run_over(tree, paths, command):
    """Runs a checker over copies of these files; yields what it prints."""
    if not paths:
        return
    with tempfile.TemporaryDirectory(prefix="mercat-lint-") as folder:
        for path in paths:
            place = os.path.join(folder, path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "w", encoding="utf-8") as out:
                out.write(tree[path])
        try:
            done = subprocess.run([*command, *paths], cwd=folder, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        except FileNotFoundError:
            yield command[0], 0, "is not installed; run tools/dependencies --install"
            return
    for line in done.stdout.splitlines():
        found = re.match(r"([^:]+):(\d+):(?:\d+:)? *(.*)", line)
        if found:
            yield found[1], int(found[2]), found[3]
        else:
            yield command[0], 0, line
    if done.returncode and not done.stdout:
        yield command[0], 0, f"ended with {done.returncode} and no word"


def shell_scripts(tree):
    paths = [path for path in sorted(tree) if shebang(tree[path]) in ("sh", "bash")]
    yield from run_over(tree, paths, ["shellcheck", "-f", "gcc"])


def python_scripts(tree):
    paths = [path for path in sorted(tree)
             if path.endswith(".py") or shebang(tree[path]).startswith("python")]
    yield from run_over(tree, paths, ["pyflakes3"])


RULES = {
    "folders include only what is left of them": layers,
    "no two sources have one name": one_place_a_name,
    "private headers are seen in their folder": private_headers,
    "a folder has few files": folder_size,
    "each noun of the command has its file": one_noun_a_file,
    "a library's headers are seen by one folder": only_includers,
    "what must be counted or made safe goes through one place": one_caller,
    "the public's pages ask archive what they may show": public_asks_archive,
    "SQL lives in src/store/sql": no_sql_in_c,
    "named statements stay in domain and store": statements_in_domain,
    "each statement is used": statements_are_used,
    "files are short": file_length,
    "functions are short": function_length,
    "lines fit": line_width,
    "nothing is left unfinished": finished,
    "names say what they hold": names,
    "no path of one machine": no_machine_paths,
    "public functions take at most six parameters": doors.few_parameters,
    "public functions take no bare bool": doors.no_bare_bools,
    "nothing is decided by sentences for people": facts.prose_is_not_searched,
    "events that statements ask for are written": facts.acts_are_written,
    "JSON is written by one writer": once.json_is_written_once,
    "days and numbers are told in one way": once.words_of_time_and_number_are_told_once,
    "blanks at an end are left out by one function": once.tails_are_cut_once,
    "digits are read by one function": once.digits_are_read_once,
    "tests stand on one stage": once.tests_stand_on_one_stage,
    "values of rows are made by one function": once.cells_are_made_once,
    "err is clean after success": errors_end_with_success,
    "sentences of pages name no command": hints_apart,
    "templates of pages name no command": templates_name_no_command,
    "no statement is empty": no_statement_is_empty,
    "people are shown the glossary's words": glossary_is_kept,
    "statements look for values of now": values_are_words_of_now,
    "sentences are typed cleanly": typing_is_clean,
    "emails sound wanted": emails_sound_wanted,
    "addresses of the staff site are words": addresses_are_words,
    "links of the staff site lead somewhere": links_lead_somewhere,
    "sources of both sites are named by the glossary": names_of_sites_are_words,
    "functions of all folders are named by the glossary": names_of_doors_are_words,
    "a stranger finds the room of a feature": features_are_found,
    "headers open with their manual": header_manual,
    "the map names every source": map_is_whole,
    "a room's page says what it uses": uses_are_said,
    "each dependency has its reason": dependencies_are_explained,
    "the tarball is whole": tarball_is_whole,
    "shell scripts pass shellcheck": shell_scripts,
    "python passes pyflakes": python_scripts,
}
