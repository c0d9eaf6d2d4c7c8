"""Runs the rules over the house and over the examples, and says so in TAP.

Each rule has two tests: it finds nothing here, and it finds each of its bad examples
(and nothing in the good tree), so that a rule which went blind fails.
"""
import os
import subprocess
import sys

import examples
import rules

FOLDERS = ("src", "tests", "tools", "templates", "conf", "doc", "po", ".ci", "debian")
FILES = ("Makefile.am", "configure.ac", "README.md", ".gitignore", ".clang-format")
TEXT = (".c", ".h", ".awk", ".sql", ".py", ".sh", ".mk", ".am", ".ac", ".md", ".txt", ".html",
        ".conf", ".service", ".in", ".1", ".5", ".8")
# Not read, but there: the tarball must have them.
DATA = (".js", ".json", ".css", ".csv", ".xml", ".po", ".pot", ".eml", ".xz", ".docx",
        ".odt", ".sysusers", ".tmpfiles", ".timer", "Caddyfile")


def generated(path):
    """What a build in the source tree leaves there."""
    name = os.path.basename(path)
    return path in ("conf/mercat.service", "conf/mercat-backup.service") or \
        path.startswith("conf/completion/") or (
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
        if place.endswith(TEXT) or content.startswith(b"#!") or path in FILES or \
                path.startswith("debian/"):
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


def strangers(tracked, tree):
    """What git has and the house does not know: left there by a test, or by hand."""
    for path in sorted(set(tracked) - set(tree)):
        if not generated(path):
            yield f"{path}:0: nobody knows what this is: remove it, or name its ending here"


def tracked(top):
    if not os.path.exists(os.path.join(top, ".git")):
        return []
    listed = subprocess.run(["git", "-C", top, "ls-files", "-z"], check=True,
                            stdout=subprocess.PIPE).stdout.decode()
    return [path for path in listed.split("\0")
            if path and os.path.exists(os.path.join(top, path))]


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
    results.append(("git has nothing strange", list(strangers(tracked(top), tree))))
    results.append(("git has nothing strange: the bad examples are found",
                    [] if list(strangers(["store.db", "README.md"], {"README.md": ""})) == [
                        "store.db:0: nobody knows what this is: remove it, or name its ending here"]
                    else ["not found: store.db"]))
    print(f"1..{len(results)}")
    for number, (name, faults) in enumerate(results, 1):
        print(f"{'not ok' if faults else 'ok'} {number} - {name}")
        for fault in faults:
            print(f"# {fault}")
    return 0


sys.exit(main())
