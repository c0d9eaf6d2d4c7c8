"""make fuzz: builds the fuzz targets by clang with libFuzzer and sanitizers, runs them one
after the other, and prints a table of what each did: executions, how many in a second of one
core's time, what is wanted of that, edges of the code that were reached, inputs kept, findings.

    run.py [--seconds S] SOURCE FOLDER [TARGET...]

S seconds in all, shared among the targets; with too few for one second each, fewer targets
is what to ask for. In FOLDER:

    build/            the build that is fuzzed
    corpus/TARGET/    inputs that reach something new: the next run goes on from them
    found/            what crashed, leaked, hung or broke a promise, kept for ever
    log/TARGET        all that libFuzzer said

Seeds are those of seeds.py, and below MERCAT_SHARED (../shared beside the source when not
set) the corpora and cases that a target can read. Ends with 1 when anything was found: each
finding with the command that repeats it.
"""
import argparse
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys

# Comparisons are not traced: with a dictionary for each target the time is better spent on
# more inputs.
CFLAGS = "-O2 -g -fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp"
# To weigh inputs by how rare what they reach is takes longer than what the form reader does.
CHOICE = ("-entropic=0",)
# What one input may take; a parser that needs longer is a finding.
INPUT_S, MEMORY_MB = 10, 2048
# libytnef forgets what it has read of a broken file, in a child that ends with it; libconfig
# what it was reading when the file broke, once at the start.
LEAKS = {"file", "settings", "tnef"}
# Memory that was freed is soon used again, or each input pays for fresh pages.
ASAN = "quarantine_size_mb=2:malloc_context_size=8"
# target -> patterns below MERCAT_SHARED; a .json gives each text in it.
SHARED = {
    "address": ("corpora/address/*.json", "corpora/strings/*.json"),
    "classify": ("corpora/bounce/*/*.eml",),
    "archive": ("cases/mail/*/*.zip", "cases/responses/*/*.zip"),
    "file": ("cases/mail/1[2-5]*/*", "corpora/mime/*/*"),
    "form": ("cases/responses/*/*.txt", "cases/responses/*/*.eml"),
    "header": ("corpora/headers/*.json", "corpora/strings/*.json"),
    "html": ("corpora/html/*.json",),
    "html_document": ("corpora/html/*.json",),
    "quote": ("corpora/reply/*/*.txt", "corpora/reply/*/*/*.txt"),
    "mail": ("corpora/mime/*/*", "corpora/bounce/*/*.eml", "corpora/complaint/*/*.eml",
             "corpora/human/*/*", "cases/mail/*/*.eml", "cases/reading/*/*"),
    "pdf": ("cases/mail/*/*.pdf", "cases/responses/*/*.pdf"),
    "request": ("cases/audit/http_*",),
    "smtp_reply": ("cases/audit/crash-*", "cases/audit/fz_proto/*"),
    "smtp_wire": ("cases/audit/crash-*",),
    "template": ("corpora/template/*/*.json",),
    "zip": ("cases/mail/*/*.docx", "cases/mail/*/*.zip", "cases/responses/*/*.zip"),
}


def fail(sentence):
    sys.exit(f"make fuzz: {sentence}")


def quietly(log, *command, **more):
    with open(log, "ab") as out:
        if subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, **more).returncode:
            fail(f"{' '.join(map(str, command[:3]))} failed; {log} says why")


def build(source, folder):
    """The programs as they are now; what did not change is not built again."""
    there, log = folder / "build", folder / "log" / "build"
    if not shutil.which("clang"):
        fail("clang is missing; tools/dependencies --install test")
    stamp = there / "flags"
    if there.is_dir() and (not stamp.exists() or stamp.read_text() != CFLAGS):
        shutil.rmtree(there)  # built in another way
    there.mkdir(parents=True, exist_ok=True)
    if not stamp.exists():
        quietly(log, source / "configure", "-q", "--enable-sanitize", "CC=clang",
                f"CFLAGS={CFLAGS}", cwd=there)
        stamp.write_text(CFLAGS)
    quietly(log, "make", "-s", f"-j{os.cpu_count()}", "fuzz-programs", cwd=there)
    return there


def table(engine):
    """(name, least executions a second, longest input) of every target."""
    said = subprocess.run([engine], check=True, text=True, stdout=subprocess.PIPE,
                          env={k: v for k, v in os.environ.items() if k != "FUZZ_TARGET"})
    rows = [line.split("\t") for line in said.stdout.splitlines()]
    return [(name, int(least), int(most)) for name, least, most, _ in rows]


def texts_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts_of(inner)


def shared_seeds(name, folder, most):
    """Links to the files of the corpora that are not too long, and texts out of JSON."""
    top = pathlib.Path(os.environ.get("MERCAT_SHARED", ""))
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for pattern in SHARED.get(name, ()) if os.environ.get("MERCAT_SHARED") else ():
        for path in sorted(top.glob(pattern)):
            if path.suffix == ".json":
                contents = [t.encode("utf-8", "surrogatepass")
                            for t in texts_of(json.loads(path.read_bytes()))]
            elif path.is_file() and path.stat().st_size <= most:
                contents = [path.read_bytes()]
            else:
                contents = []
            for content in contents:
                number += 1
                (folder / f"{number:05}").write_bytes(content[:most])


def number_in(log, pattern):
    found = re.findall(pattern, log)
    return int(found[-1]) if found else 0


def run(engine, folder, target, seconds):
    """One target; what it did as a row of the table, and its findings."""
    name, least, most = target
    there = engine.parent
    seeds, corpus = folder / "seeds" / name, folder / "corpus" / name
    found, log = folder / "found", folder / "log" / name
    shutil.rmtree(seeds, ignore_errors=True)
    shared_seeds(name, seeds / "shared", most)
    own = seeds / "own"
    for each in (own, corpus, found):
        each.mkdir(parents=True, exist_ok=True)
    leaks = int(name not in LEAKS)
    environment = {"ASAN_OPTIONS": f"{ASAN}:detect_leaks={leaks}", **os.environ, "FUZZ_TARGET": name,
                   "MERCAT_BUILDDIR": str(there.parent.parent)}
    subprocess.run([there / "fuzz_replay", "--seeds", name, own], check=True, env=environment)
    before = set(found.iterdir())
    words = there / "seeds" / f"{name}.dict"
    command = [engine, corpus, own, seeds / "shared", f"-max_total_time={seconds}",
               f"-max_len={most}", f"-timeout={INPUT_S}", f"-rss_limit_mb={MEMORY_MB}",
               *CHOICE, "-print_final_stats=1", f"-detect_leaks={leaks}", f"-artifact_prefix={found}/{name}-",
               "-close_fd_mask=1",
               *([f"-dict={words}"] if words.exists() else [])]
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(log, "wb") as out:
        status = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT,
                                env=environment).returncode
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    said = log.read_bytes().decode("utf-8", "replace")
    new = sorted(set(found.iterdir()) - before)
    new = [path for path in new if not path.name.startswith(f"{name}-slow-unit")]
    runs = number_in(said, r"stat::number_of_executed_units: +(\d+)")
    row = {
        "name": name,
        "runs": runs,
        "speed": round(runs / max(cpu_s, 0.01)),
        "least": least,
        "edges": number_in(said, r"cov: (\d+)"),
        "corpus": len(list(corpus.iterdir())),
        "found": len(new),
    }
    if status and not new:  # it ended, and no input tells why
        row["found"] = 1
    return row, new


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("targets", nargs="*")
    asked = parser.parse_args()
    beside = asked.source.parent / "shared"
    if "MERCAT_SHARED" not in os.environ and beside.is_dir():
        os.environ["MERCAT_SHARED"] = str(beside)
    (asked.folder / "log").mkdir(parents=True, exist_ok=True)
    engine = build(asked.source, asked.folder) / "tests" / "fuzz" / "fuzz_engine"
    targets = table(engine)
    unknown = set(asked.targets) - {name for name, _, _ in targets}
    if unknown:
        fail(f"there is no target {' '.join(sorted(unknown))}; there are "
             + " ".join(name for name, _, _ in targets))
    targets = [t for t in targets if not asked.targets or t[0] in asked.targets]
    seconds = max(1, asked.seconds // len(targets))
    print(f"{len(targets)} targets, {seconds} s each")
    print(f"{'target':14}{'executions':>12}{'a second':>10}{'wanted':>8}{'edges':>8}{'corpus':>8}"
          f"{'found':>7}", flush=True)
    findings, total = [], 0
    for target in targets:
        row, new = run(engine, asked.folder, target, seconds)
        print(f"{row['name']:14}{row['runs']:>12}{row['speed']:>10}{row['least']:>8}"
              f"{row['edges']:>8}{row['corpus']:>8}{row['found']:>7}", flush=True)
        findings += [(row["name"], path) for path in new]
        total += row["found"]
        if row["found"]:
            print(f"    {asked.folder / 'log' / row['name']} tells what was found", flush=True)
    for name, path in findings:
        print(f"to repeat it: FUZZ_TARGET={name} {engine} {path}")
    return 1 if total else 0


sys.exit(main())
