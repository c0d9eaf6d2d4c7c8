#!/usr/bin/python3
"""Writes wrappers that hold every public function with an err to its promise.

For each function that a header of src/ declares with a `struct err *err`, the linker
(--wrap) puts a wrapper in the place of every call from another file:

    bool __wrap_F(...) { err clean; ok = F(...); proved("F", ok, err); return ok; }

proved() aborts, naming F, when F answered true and wrote in err, or answered false (0,
NULL) and said nothing. What was in err before is put back after a success.

    proved.py SRCDIR OUT.c OUT.flags
"""
import pathlib
import re
import sys

from headers import ATTRIBUTES, declarations, parameters

# Whose err goes in as well: they speak about an error that is there already.
ABOUT_ERRORS = {"err_set", "err_prefix", "err_forgive", "notification_unmade"}
# What an enum answers when it failed; of every other kind, nothing (0, false, NULL).
FAILED = {"enum smtp_progress ": "SMTP_FAILED"}
DECLARATION = re.compile(
    r"^(?P<type>(?:const |struct |enum )*\w+[ *]+)(?P<name>\w+)"
    r"\((?P<params>.*\bstruct err \*err\b.*)\)$")


def name_of(parameter):
    inner = re.search(r"\(\*(\w+)\)", parameter)
    if inner:
        return inner.group(1)
    return re.search(r"(\w+)(?:\[[^\]]*\])*$", parameter).group(1)


def wrapper(kind, name, params):
    parts = parameters(params)
    shown = ", ".join(parts)
    head = f"{kind}__real_{name}({shown});\n" \
           f"{kind}__wrap_{name}({shown});\n{kind}__wrap_{name}({shown})\n{{\n" \
           f"\tenum err_kind proved_was = proved_begin(err);\n"
    if parts[-1] == "...":
        return f"#if PROVED_PASSES_ON\n{head}" + (
            f"\tvoid *back = __builtin_apply((void (*)())__real_{name},\n"
            f"\t\t__builtin_apply_args(), 512);\n"
            f"\tproved_end(\"{name}\", *({kind}*)back != 0, proved_was, err);\n"
            f"\t__builtin_return(back);\n}}\n#else\nPROVED_JUMP({name})\n#endif\n")
    return head + (
        f"\t{kind}proved_answer = __real_{name}({', '.join(map(name_of, parts))});\n"
        f"\tproved_end(\"{name}\", proved_answer != {FAILED.get(kind, 0)}, proved_was, err);\n"
        f"\treturn proved_answer;\n}}\n")


def main():
    source = pathlib.Path(sys.argv[1])
    includes, wrappers, names, missed = [], [], [], []
    for header in sorted((source / "src").glob("**/*.h")):
        text = header.read_text()
        found = 0
        for d in declarations(text):
            if not re.search(r"(?<!const )struct err \*err", d) or d[:7] == "typedef":
                continue
            m = DECLARATION.match(ATTRIBUTES.sub("", d))
            if not m:
                missed.append(f"{header}: {d}")
                continue
            kind = m["type"].strip()
            if m["name"] in ABOUT_ERRORS or kind == "void" or kind.startswith("static"):
                continue
            kind += "" if kind.endswith("*") else " "
            wrappers.append(wrapper(kind, m["name"], m["params"]))
            names.append(m["name"])
            found += 1
        if found:
            includes.append(header.relative_to(source / "src"))
    if missed:
        sys.exit("proved.py does not understand:\n" + "\n".join(missed))
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write("/* Written by tests/unit/proved.py. */\n"
                  '#include "unit/proved.h"\n')
        out.writelines(f'#include "{i}"\n' for i in includes)
        out.write("\n" + "\n".join(wrappers))
    with open(sys.argv[3], "w", encoding="utf-8") as out:
        out.writelines(f"--wrap={n}\n" for n in names)


if __name__ == "__main__":
    main()
