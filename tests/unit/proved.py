#!/usr/bin/python3
"""Writes wrappers that hold every public function with an err to its promise.

For each function that a header of src/ declares with a `struct err *err`, the linker
(--wrap) puts a wrapper in the place of every call from another file:

    bool __wrap_F(...) { err clean; ok = F(...); proved("F", ok, err); return ok; }

proved() aborts, naming F, when F answered true and wrote in err, or answered false (0,
NULL) and said nothing. What was in err before is put back after a success. That F was seen
to succeed or to fail is noted for all_proved.py.

    proved.py SRCDIR OUT.c OUT.flags
"""
import hashlib
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


def wrapper(kind, name, params, at):
    seen = f"proved_saw(&proved_seen[{at}]"
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
            f"\t{seen}, *({kind}*)back != 0, err);\n"
            f"\t__builtin_return(back);\n}}\n#else\nPROVED_JUMP({name})\n#endif\n")
    return head + (
        f"\t{kind}proved_answer = __real_{name}({', '.join(map(name_of, parts))});\n"
        f"\tproved_end(\"{name}\", proved_answer != {FAILED.get(kind, 0)}, proved_was, err);\n"
        f"\t{seen}, proved_answer != {FAILED.get(kind, 0)}, err);\n"
        f"\treturn proved_answer;\n}}\n")


def list_of(names):
    """Which functions there are, as one number."""
    return int.from_bytes(hashlib.sha256("\n".join(names).encode()).digest()[:7], "little")


def read(source):
    """(header, kind, name, parameters) of each function that gets a wrapper."""
    found, missed = [], []
    for header in sorted((source / "src").glob("**/*.h")):
        for d in declarations(header.read_text()):
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
            found.append((header.relative_to(source / "src"), kind, m["name"], m["params"]))
    if missed:
        sys.exit("proved.py does not understand:\n" + "\n".join(missed))
    return found


def main():
    found = read(pathlib.Path(sys.argv[1]))
    names = [name for _, _, name, _ in found]
    jumps = [at for at, (_, _, _, params) in enumerate(found) if params.endswith("...")]
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write("/* Written by tests/unit/proved.py. */\n"
                  '#include "unit/proved.h"\n')
        out.writelines(f'#include "{i}"\n' for i in dict.fromkeys(f[0] for f in found))
        out.write(f"\nstatic unsigned char proved_own[{len(found)}], *proved_seen = proved_own;\n"
                  "__attribute__((constructor)) static void proved_opens(void)\n{\n"
                  f"\tproved_seen = proved_open({list_of(names)}, {len(found)}, proved_own);\n"
                  "#if !PROVED_PASSES_ON\n")
        out.writelines(f"\tproved_note(&proved_seen[{at}], PROVED_PASSED_ON);\n" for at in jumps)
        out.write("#endif\n}\n\n")
        out.write("\n".join(wrapper(kind, name, params, at)
                            for at, (_, kind, name, params) in enumerate(found)))
    with open(sys.argv[3], "w", encoding="utf-8") as out:
        out.writelines(f"--wrap={n}\n" for n in names)


if __name__ == "__main__":
    main()
