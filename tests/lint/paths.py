"""The addresses of the staff site, and the names in its sources, against doc/glossary.md.

An address is read by an official, so it is made of words. Where a name stands in it (a list's, a
consultation's), src/staff/frame/paths.c makes it and templates are given it: written by hand in ten
templates it would be changed in nine.
"""
import re

from doors import declared

ROUTE = re.compile(r"\{\s*WEB_(?:GET|POST),\s*((?:\w+|\"[^\"]*\"|\s)+?)\s*,")
MADE_IN = ("src/staff/frame/paths.c", "src/staff/routes/staff_routes.c",
           "src/staff/routes/form_marks.c", "src/staff/routes/moved.c")
# Words that the glossary has another one for, as they would stand in an address or a name.
WRONG = ("act", "acts", "answer", "answers", "astray", "claim", "claims", "desk", "figure",
         "figures", "held", "letter", "letters", "manage", "people", "person", "replies", "update", "updates")
# What is right all the same, with the reason.
RIGHT = {
    "staff_answered": "what an SMTP server said",
}
SOURCE = re.compile(r"src/(staff|public)/.*\.[ch]$")
NAMED = re.compile(r"^(?:static |const |struct \w+ |\w+ )*\**((?:staff|public|page)_\w+)\(", re.M)


def routes(tree):
    """The patterns of all addresses in the tables of src/staff."""
    found = []
    for path in sorted(tree):
        if not re.match(r"src/staff/routes/\w*routes\w*\.c$", path):
            continue
        text = tree[path]
        for name, value in re.findall(r'#define (\w+) ("[^"]*")', text):
            text = re.sub(rf"(?<!define )\b{name}\b", lambda _, value=value: value, text)
        for pattern in ROUTE.findall(text):
            found.append((path, "".join(re.findall(r'"([^"]*)"', pattern))))
    return found


def addresses_are_words(tree):
    """Each part of an address of the staff site is a word, and the glossary's."""
    for path, pattern in routes(tree):
        for part in pattern.strip("/").split("/"):
            words = part.lstrip(":").split("-")
            wrong = [word for word in words if word in WRONG]
            if wrong:
                yield path, 0, f"{pattern}: the glossary has another word than '{wrong[0]}'"
            if not re.fullmatch(r":?[a-z]{2,}(-[a-z]{2,})*", part):
                yield path, 0, f"{pattern}: '{part}' is no word"


def links_lead_somewhere(tree):
    """An address that stands in a page or a source is one that is served, and made in one place
    when there is a name in it."""
    fits = [re.compile(re.sub(r":\w+", "[^/]+", pattern) + "$") for _, pattern in routes(tree)]
    for path in sorted(tree):
        if not re.match(r"(src/.*\.c|templates/web/staff/.*\.html)$", path) or path in MADE_IN:
            continue
        for number, line in enumerate(tree[path].split("\n"), 1):
            line = re.sub(r'" ?PRI[du]64 ?"?', "d", line)
            for link in re.findall(r'(?:"|%s)(/staff(?:/[^"?#\s]*)?)', line):
                link = re.split(r"\{\{(?:$|[#^/])", link)[0]
                if link.endswith(("/", ":")):
                    continue  # a beginning, to compare with
                if not any(fit.match(link) for fit in fits):
                    yield path, number, f"no page has the address {link}"
                if "{{" in link and re.match(r"/staff/(lists|consultations)/", link):
                    yield path, number, f"{link}: {MADE_IN[0]} makes this address"
                if "%" in link and path.startswith("src/staff/"):
                    yield path, number, f"{link}: {MADE_IN[0]} makes this address"


def names_of_sites_are_words(tree):
    """Files and functions of both sites, and templates of the staff's, are named by the glossary's
    words. Templates of the public site and of notifications keep their names: an organisation may
    have its own in their places (templates_dir)."""
    for path in sorted(tree):
        if not path.startswith(("src/staff/", "src/public/", "templates/web/staff/")):
            continue
        name = path.rsplit("/", 1)[1].split(".")[0]
        found = [(0, name)]
        if SOURCE.match(path):
            found += [(tree[path].count("\n", 0, at.start()) + 1, at[1])
                      for at in NAMED.finditer(tree[path])]
        for line, name in found:
            wrong = [word for word in re.split("[_-]", name) if word in WRONG]
            if wrong and name not in RIGHT:
                yield path, line, f"{name}: the glossary has another word than '{wrong[0]}'"


# The same outside the sites, where some of these words are right: a reply of a server, an answer to
# a question, a letter of the alphabet.
WRONG_OUTSIDE = ("astray", "breaker", "claim", "claimed", "claims", "desk", "fate", "fates", "held",
                 "update", "updates")
RIGHT_OUTSIDE = {
    "bulletin_circuit_breaker": "the glossary's own word",
    # of a respondent: an outcome is that of the consultation there
    "report_back_fate_name": "whether the outcome is told",
    "report_back_fate_of": "whether the outcome is told",
    "report_back_fate_says": "whether the outcome is told",
    "store_held_most_us": "how long a lock was held",
    "web_work_held": "requests that wait for a worker",
}


def names_of_doors_are_words(tree):
    """Functions that headers declare, outside both sites, are named by the glossary's words."""
    for path in sorted(tree):
        if not re.match(r"src/(?!staff/|public/).*\.h$", path):
            continue
        for name, _ in declared(tree[path]):
            wrong = [word for word in name.split("_") if word in WRONG_OUTSIDE]
            if wrong and name not in RIGHT_OUTSIDE:
                yield path, 0, f"{name}(): the glossary has another word than '{wrong[0]}'"
