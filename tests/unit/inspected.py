"""Mails given to mercat-inspect, and what is wrong with what it says of each, as TAP."""
import json
import subprocess
import sys
import tempfile


def report(cases):
    """cases: (title, bytes of the mail, function of its JSON: None or what is wrong)."""
    cases = list(cases)
    print(f"1..{len(cases)}")
    with tempfile.TemporaryDirectory(prefix="mercat-mails-") as folder:
        paths = []
        for number, (_, mail, _) in enumerate(cases):
            paths.append(f"{folder}/{number}.eml")
            with open(paths[-1], "wb") as out:
                out.write(mail)
        lines = subprocess.run([sys.argv[1], "--batch"], check=True, text=True,
                               input="\n".join(paths) + "\n", encoding="utf-8",
                               stdout=subprocess.PIPE).stdout.splitlines()
    assert len(lines) == len(cases), "one line a mail"
    for number, ((title, _, fault), line) in enumerate(zip(cases, lines), 1):
        wrong = fault(json.loads(line))
        print(f"{'ok' if wrong is None else 'not ok'} {number} - {title}")
        if wrong is not None:
            print("# " + wrong)
