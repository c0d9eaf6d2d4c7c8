"""Facts are data: nothing is decided by text that was written for people.

Reword such a sentence and whoever searched it finds nothing, without a word; so what it means
stands beside it, in a column or an enum. What servers, mails and people outside write is none
of this.
"""
import re

# Columns and members that hold sentences of ours.
PROSE = "because|basis|detail|text_reason|why|hold_reason"
PROSE_IN_SQL = re.compile(
    rf"\b(?:\w+\.)?(?:{PROSE}) +(?:NOT +)?(?:LIKE|GLOB|IN|= *'|<> *')"
    rf"|\b(?:substr|instr)\( *(?:\w+\.)?(?:{PROSE})\b", re.I)
ASKS = r"(?:str_i?(?:eq|starts|ends|find)|str_in|str_any|strn?cmp|strstr|strcasestr)"
MEMBER = rf"(?:\w+(?:\[\w+\])?(?:->|\.))+(?:{PROSE}|label|sentence|words)|err(?:->|\.)text"
CELL = rf'row_text\(&?\w+, "(?:{PROSE}|words)"\)'
PROSE_IN_C = re.compile(rf'\b{ASKS}\(\s*(?:{MEMBER}|{CELL}),\s*"[^"]*[^"a-z_-][^"]*"')
# Where the same names are of what came from outside.
OUTSIDE = ("src/bulletin/", "src/classify/", "src/consent/", "src/document/", "src/extract/",
           "src/form/", "src/mail/", "src/office/", "src/ownform/", "src/proposal/", "src/text/")
ACTS = re.compile(r"\b(?:event|action)\s*(?:=|<>|(?:NOT\s+)?IN)\s*(?:\(([^()]*)\)|('[^']*'))")


def is_migration(path):
    return re.match(r"src/store/sql/\d", path)


def prose_is_not_searched(tree):
    """No statement and no comparison looks into a sentence that was written for people."""
    for path, text in sorted(tree.items()):
        if path.startswith("src/store/sql/") and not is_migration(path):
            wanted = PROSE_IN_SQL
        elif path.startswith("src/") and path.endswith(".c") and not path.startswith(OUTSIDE):
            wanted = PROSE_IN_C
        else:
            continue
        for found in wanted.finditer(text):
            yield path, text.count("\n", 0, found.start()) + 1, \
                f"{found[0]}: a sentence is no fact; keep it in a column, a member, an enum"


def acts_are_written(tree):
    """Each event that a statement asks for is one that the program writes."""
    written = {word for path, text in tree.items()
               if path.startswith("src/") and path.endswith((".c", ".h"))
               for word in re.findall(r'"([a-z][a-z -]*)"', text)}
    for path, text in sorted(tree.items()):
        if not path.startswith("src/store/sql/") or is_migration(path):
            continue
        for found in ACTS.finditer(text):
            for act in re.findall(r"'([^']*)'", found[1] or found[2]):
                if act not in written:
                    yield path, text.count("\n", 0, found.start()) + 1, \
                        f"no event is called '{act}': nothing writes it"
