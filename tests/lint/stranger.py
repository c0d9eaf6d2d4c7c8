"""Whether somebody who has never seen the code finds the room of a feature from the map.

They have a question in ordinary words and src/README.md. They read the rows that share most with
their question (a word counts more the fewer rows have it), follow what these lead to, and look for
the file on the page. Who has to read more than ROWS rows has not found it.
"""
import re

ROWS = 3
# In the words of somebody who uses the program, and the file that they need.
FEATURES = (
    ("somebody unsubscribes with one click in an email", "src/public/page_leave.c"),
    ("a colleague is asked to approve a bulletin", "src/domain/approval/approval.c"),
    ("a bounce: why a server refused an email", "src/classify/reason.c"),
    ("a list of people out of a file that another program made", "src/roster/roster.c"),
    ("import many subscribers at once", "src/domain/imports/subscriber_import.h"),
    ("why did she not get the bulletin", "src/domain/delivery/timeline.c"),
    ("the filter and search over responses", "src/domain/queue/queue.c"),
    ("how far two coders agree: kappa", "src/text/figures/agreement.c"),
    ("erase all that is held of one person", "src/domain/personal/personal_data_erase.c"),
    ("the words of scanned attachments become text", "src/extract/recognise.c"),
    ("may this response be published", "src/form/pieces/scale.c"),
    ("standard letters of a campaign", "src/domain/campaigns/campaign.c"),
    ("suggestions which code a passage gets", "src/domain/coding/suggestion.c"),
    ("mails go out to the relay over many connections", "src/smtp/pool.c"),
    ("sign-in of staff, their rights", "src/domain/admin/session.c"),
    ("taking back a change: undo", "src/domain/core/undo.c"),
    ("a chart with its figures as SVG", "src/text/figures/chart.c"),
    ("somebody may be at risk: the flag", "src/domain/safeguarding/flag.c"),
    ("the report of a consultation", "src/domain/reports/report.c"),
    ("a statement in SQL, and the tables of the store", "src/store/statement.c"),
)
SMALL = set("a all an and are at be by did do from gets goes had has have how in into is it its many may"
            " not of on one or out over that the their them they this to up was what which who why"
            " with".split())


def words(text):
    """Its words without their endings, as far as a reader takes them for the same."""
    found = set()
    for word in re.findall(r"[a-z]+", text.lower()):
        if word not in SMALL and len(word) > 1:
            found.add(re.sub(r"(?:ing|ions?|ed|e?s|e)$", "", word) if len(word) > 4 else word)
    return found


def rows_of(page):
    """(words, pages that it leads to) of each row of a table that leads anywhere."""
    for line in page.split("\n"):
        pages = re.findall(r"\]\(([\w/]+/README\.md)\)", line)
        if line.startswith("|") and pages:
            yield words(re.sub(r"\]\([^)]*\)", "]", line)), pages


def read(rows, question):
    """The rows that share most with the question, best first."""
    asked = words(question)
    held = {word: sum(word in row for row, _ in rows) for word in asked}
    scores = [(sum(1 / held[word] for word in asked & row), -at) for at, (row, _) in enumerate(rows)]
    return [rows[-at] for score, at in sorted(scores, reverse=True)[:ROWS] if score]


def features_are_found(tree):
    """Each feature is found from src/README.md by the words in which somebody asks for it."""
    if "configure.ac" not in tree:  # an example of another rule
        return
    rows = list(rows_of(tree["src/README.md"]))
    for question, path in FEATURES:
        folder, name = path.rsplit("/", 1)
        if path not in tree:
            yield "tests/lint/stranger.py", 0, f"{path} is no more: say where '{question}' is now"
            continue
        pages = [page for _, led in read(rows, question) for page in led]
        if folder.removeprefix("src/") + "/README.md" not in pages:
            yield "src/README.md", 0, f"'{question}' does not lead to {folder}"
        elif not re.search(rf"`{name[:-2]}\.(?:{name[-1]}|\[ch\])`",
                           tree.get(f"{folder}/README.md", "")):
            yield f"{folder}/README.md", 0, f"does not name {name}"
