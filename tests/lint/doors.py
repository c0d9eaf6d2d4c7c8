"""How wide the doors of the folders are: what the functions that headers declare ask for.

A function takes at most MOST_PARAMETERS, and no bare bool that changes what it does: at the
call nobody sees what "true" is. What belongs together is a struct, a choice an enum. A "..."
and the text before it, which says what comes there, are one parameter: a list of values. A
name that ends in _bool takes one as the value that it is about.
"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "unit"))
from headers import ATTRIBUTES, declarations, parameters  # pylint: disable=wrong-import-position

MOST_PARAMETERS = 6
BARE_BOOL = re.compile(r"bool \w+$")
DECLARATION = re.compile(r"^(?:static |inline |extern )*"
                         r"(?:(?:const|unsigned|struct|enum) )*\w+[ *]+"
                         r"(?P<name>\w+)\((?P<params>.*)\)$")


def declared(text):
    """(name, parameters) of each function that a header declares or defines."""
    for piece in declarations(text):
        found = DECLARATION.match(ATTRIBUTES.sub("", piece))
        if found and not piece.split()[0] == "typedef":
            yield found["name"], parameters(found["params"])


def doors(tree):
    """(header, name, parameters) of all that more than one folder may call."""
    for path in sorted(tree):
        if path.startswith("src/") and path.endswith(".h") \
                and not path.endswith("_private.h"):
            for name, params in declared(tree[path]):
                yield path, name, params


def few_parameters(tree):
    """Public functions take at most six parameters."""
    for path, name, params in doors(tree):
        values = params[-1] == "..." and params[-2].startswith("const char *")
        takes = len(params) - values
        if takes > MOST_PARAMETERS:
            yield path, 0, f"{name}() takes {takes} parameters; at most {MOST_PARAMETERS}"


def no_bare_bools(tree):
    """No public function is told by a bare bool what to do."""
    for path, name, params in doors(tree):
        given = " ".join(p.split()[1] for p in params if BARE_BOOL.match(p))
        if given and not name.endswith("_bool"):
            yield path, 0, f"{name}() takes a bare bool ({given}): make it an enum"
