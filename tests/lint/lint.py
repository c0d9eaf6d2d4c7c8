"""Runs the rules over the house and over the examples, and says so in TAP.

Each rule has two tests: it finds nothing here, and it finds each of its bad examples
(and nothing in the good tree), so that a rule which went blind fails.
"""
import os
import sys

import examples
import rules

FOLDERS = ("src", "tests", "tools", "templates", "conf", "doc", "po", ".ci")
FILES = ("Makefile.am", "configure.ac", "README.md", ".gitignore", ".clang-format")
TEXT = (".c", ".h", ".awk", ".sql", ".py", ".sh", ".mk", ".am", ".ac", ".md", ".txt", ".html",
        ".conf", ".service", ".in", ".1", ".5", ".8")
# Not read, but there: the tarball must have them.
DATA = (".js", ".json", ".css", ".csv", ".xml", ".po", ".pot", ".eml", ".xz", ".docx",
        ".odt")


def generated(path):
    """What a build in the source tree leaves there."""
    name = os.path.basename(path)
    return path == "conf/mercat.service" or (
        name.startswith("sql_statements.") and path.startswith("src/store/"))


def read_tree(top):
    tree = {}
    places = [os.path.join(top, name) for name in FILES]
    for folder in FOLDERS:
        for here, below, names in os.walk(os.path.join(top, folder)):
            below[:] = [name for name in below if name not in (".deps", "__pycache__")]
            places += [os.path.join(here, name) for name in names]
    for place in places:
        path = os.path.relpath(place, top)
        if not os.path.isfile(place) or generated(path):
            continue
        with open(place, "rb") as file:
            content = file.read()
        if place.endswith(TEXT) or content.startswith(b"#!") or path in FILES:
            tree[path] = content.decode("utf-8", "replace")
        elif place.endswith(DATA):
            tree[path] = ""
    return tree


def blind_spots(rule):
    found = list(rule(dict(examples.GOOD)))
    for path, line, sentence in found:
        yield f"the good example is refused: {path}:{line}: {sentence}"
    for bad in examples.BAD.get(rule.__name__, ()):
        if not list(rule({**examples.GOOD, **bad})):
            yield f"not found: {bad}"
    if rule.__name__ not in examples.BAD:
        yield "it has no bad example"


def main():
    top = os.environ.get("MERCAT_SRCDIR", ".")
    tree = read_tree(top)
    if not any(path.startswith("src/") for path in tree):
        print(f"Bail out! no source under {os.path.abspath(top)}; set MERCAT_SRCDIR")
        return 1
    results = []
    for name, rule in rules.RULES.items():
        faults = [f"{path}:{line}: {sentence}" for path, line, sentence in rule(tree)]
        results.append((name, faults))
        results.append((f"{name}: the bad examples are found", list(blind_spots(rule))))
    print(f"1..{len(results)}")
    for number, (name, faults) in enumerate(results, 1):
        print(f"{'not ok' if faults else 'ok'} {number} - {name}")
        for fault in faults:
            print(f"# {fault}")
    return 0


sys.exit(main())
