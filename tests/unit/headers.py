"""What the headers of src/ declare, for whatever reads them: wrappers and lints."""
import re

# Behind a declaration: MUST_USE, PRINTF(2, 3).
ATTRIBUTES = re.compile(r"(?:\s+[A-Z_]+(?:\([^()]*\))?)+$")


def declarations(text):
    """The declarations of a header, without comments, bodies and directives."""
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    text = re.sub(r"^[ \t]*#(?:.*\\\n)*.*$", " ", text, flags=re.M)
    kept, depth = [], 0
    for c in text:
        depth += c == "{"
        if not depth:
            kept.append(c)
        depth -= c == "}"
        if c == "}" and not depth:
            kept.append(";")
    return [" ".join(d.split()) for d in "".join(kept).split(";")]


def parameters(text):
    """Top-level commas part the parameters."""
    parts, depth = [""], 0
    for c in text:
        depth += (c == "(") - (c == ")")
        if c == "," and not depth:
            parts.append("")
        else:
            parts[-1] += c
    return [p.strip() for p in parts]
