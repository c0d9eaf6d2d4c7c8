#!/usr/bin/python3
"""Whether the tests saw every public function with an err keep its promise; prints TAP.

The wrappers of proved.py hold each call to it and note, beside the program that made the call,
which function succeeded with a clean err and which failed with one that says why. Here all that
is put together: each function that a header of src/ declares, but for those of *_private.h, has
to have succeeded in a test at least once, or, where it is one that only refuses, to have failed.
What a program noted counts until it is linked again. A call from within the same file is none:
no wrapper is around it.

unproved.txt names those that no unit test reaches, most of them because pages, commands and the
roles of the daemon call them, which the end-to-end tests try without a wrapper. It may only
shrink: a function that is new to src/ has a test.

    all_proved.py SRCDIR BUILDDIR
"""
import pathlib
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from proved import list_of, read  # pylint: disable=wrong-import-position

SUCCEEDED, FAILED, PASSED_ON = 1, 2, 4
# They say no for others, and nothing else.
ONLY_REFUSE = {"attempt_wrong", "imap_failed", "undo_damaged", "undo_moved_on"}
HEAD = struct.Struct("=qq")


def seen(build, names):
    """What all programs together saw of each, and how many programs there are."""
    together, programs = bytearray(len(names)), 0
    for file in sorted((build / "tests").glob("**/*.seen")):
        data, program = file.read_bytes(), file.with_suffix("")
        if len(data) != HEAD.size + len(names) or not program.exists() or \
                HEAD.unpack_from(data) != (list_of(names), program.stat().st_mtime_ns):
            continue
        programs += 1
        for at, what in enumerate(data[HEAD.size:]):
            together[at] |= what
    return together, programs


def main():
    found = read(pathlib.Path(sys.argv[1]))
    names = [name for _, _, name, _ in found]
    together, programs = seen(pathlib.Path(sys.argv[2]), names)
    known = set((pathlib.Path(__file__).parent / "unproved.txt").read_text("utf-8").split("\n"))
    done, never, mended, failed = 0, [], [], 0
    for (header, _, name, _), what in zip(found, together):
        if header.name.endswith("_private.h"):
            continue
        line = f"{header}: {name}"
        failed += bool(what & FAILED)
        if what & (FAILED if name in ONLY_REFUSE else SUCCEEDED | PASSED_ON):
            done += 1
            mended += [line] if line in known else []
        elif line not in known:
            never.append(line)
    print("1..1")
    print(f"{'not ' if never else ''}ok 1 - of every public function with an err it was seen that "
          f"err is clean after success, or it is known that it was not")
    print(f"# in {programs} programs {done} succeeded with a clean err, and {failed} failed with a "
          f"reason; unproved.txt names {len(known) - 1}")
    for one in never:
        print(f"# no test reaches {one}()")
    for one in mended:
        print(f"# it is reached now, so take it out of unproved.txt: {one}()")


if __name__ == "__main__":
    main()
