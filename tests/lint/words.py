"""The words that people are shown, against doc/glossary.md.

shown() yields the text of templates without their marks, the strings of the sources that have
a space, and the pages that a person reads. SCOPE says where a word of the glossary's last
column is looked for, when it is wrong only there; RIGHT what is right although it has one.
"""
import re

GLOSSARY = "doc/glossary.md"
# Folders whose strings somebody is shown. The others know words to look for in mail.
SPEAKS = ("base", "bulletin", "cli", "daemon", "domain", "extract", "imap", "maildir", "mx",
          "pages", "process", "public", "reader", "sandbox", "settings", "smtp", "staff",
          "store", "template", "web")
PAGES = re.compile(r"(README\.md|doc/.*\.(md|\d)|conf/mercat\.conf)$")
SAID_BY_MARKS = re.compile(r'\b(?:title|aria-label|placeholder|alt|content|data-sure)="([^"]*)"')

COMMAND = re.compile(r"(?<![\w-])--[a-z]{2}|\bmercat [a-z]+ [a-z]+ ?(--|[A-Z]|$)")
DOUBLED = re.compile(r"\b(a|an|and|are|be|in|is|it|of|or|the|to|was|we) \1\b", re.I)
TWO_BLANKS = re.compile(r"[a-z,;.] {2}[A-Za-z]")

# word -> the only paths in which it is looked for.
SCOPE = {
    "answer": r"src/(domain/queue/reply|staff/\w+/page_(reply_text|audit)|cli/responses/cmd_queue)"
              r"|templates/(mail/reply|web/staff/(reply|reply-texts|queue|keys)\.)",
    "people": r"src/(cli/bulletins|daemon/role_clock|domain/(sub|bull|deliv)|staff)"
              r"|templates/web/staff/|README|doc/(mercat\.1|security)",
    "held about": r"(src|templates|README|doc)",
    "is held": r"(src|templates|doc/mercat|conf)",
    # Mail administrators say so; the public does not.
    "mail": r"templates/(mail|bulletin|web/[^/]*\.html)|src/(public|domain/core/language_words)",
    "figures": r"(src|templates|README|doc/mercat)",
}
# (path, what is right there, why)
RIGHT = (
    ("", r"\b[\w ]+ Update\b(?! #)", "the title of a series"),
    ("", r'"updates"|(children)?@updates\.example\.org updates', "a login, an alias"),
    ("", r"(mailing|distribution) (lists?|groups?)", "as mail administrators say"),
    ("", r"[Rr]eply-[Tt]o", "a header field"),
    ("", r"[Aa]utomatic repl(y|ies)", "as everybody says of what a mailbox sends by itself"),
    (r"src/(domain/queue/|cli/responses/cmd_queue|staff/\w+/page_(reply_text|audit)"
     r"|domain/delivery/timeline)"
     "|templates/(mail/reply|web/staff/(reply|reply-texts|queue|keys|response-body)\.)"
     "|doc/mercat.1|README", r"\b(Replie[sd]|[Rr]eply) (to|texts?|is|on)\b|[Rr]eplies (to"
     r" respondents|are)|\b(the|this) reply\b( on| is| \W)|queue reply",
     "what an official writes back"),
    ("src/(settings|smtp)|conf|doc/(mercat.conf|mercatd|traps)|templates/web/staff/ledger",
     r"\b(SMTP reply|(sent )?a reply|replies to what|Reply of the server|one reply)\b",
     "what an SMTP server says (RFC 5321)"),
    ("", r"[Ss]mall letters|[Ss]tandard letters?|campaign letters|letters? outside|letters?,? "
     r"(and )?digits|(one wrong|the|a|no) letters?( '|,|$)|beginning with a letter"
     r"|use letters|60 letters and|header the letters", "of the alphabet, or of a campaign"),
    ("", r"our members?\b|our member org|a member of (our team|it)|xlsx members",
     "of a team, of an organisation, of an archive"),
    ("", r"people (who work with a store|put into|or more send|say more|may)"
     r"|left to people|people of the staff|(the|who) people who may act", "not of a list"),
    ("", r"\b(who|button on it|scanner|somebody|program|preview) acts\b", "the verb"),
    ("src/domain/(coding|intake|sorting/undo)|src/staff/(triage/code_show|coding/page_code)",
     r"coding found again$|second coding( %| \||$)", "events of the audit log"),
    ("src/(domain/queue/reply|staff/admin/page_audit|domain/sorting/undo)", r"\banswer text$|\banswer text \|",
     "a value in the store"),
    ("src/web/assets", r"style sheets", "CSS"),
    ("templates/web/staff/import", r"Signed the sheet", "an example of a basis, of paper"),
)


# What the store keeps as a word, and once kept otherwise.
OLD_VALUES = re.compile(
    r"\b(?:state|event|kind|outcome|effect|skip_reason|closeness|placed|purpose)\b"
    r"[^'\n;]*(?:'[\w -]*', )*'(?P<old>left|stopped|held|doubt|unsure|manage|leave-asked|look"
    r"|found again|lost|point)'"
    r"|\btaken_as\b[^'\n;]*(?:'[\w -]*', )*'(?P<taken>reply|join|leave)'")


def blank(found):
    """As many lines as there were, and a space for the mark."""
    return re.sub(r"[^\n]+", " ", found[0])


def mark_said(found):
    return " ".join((blank(found), *SAID_BY_MARKS.findall(found[0]), ""))


def of_template(text):
    for hidden in (r"<!--.*?-->", r"\{\{!.*?\}\}", r"<(style|script)\b.*?</\1>", r"\{\{[^}]*\}\}"):
        text = re.sub(hidden, blank, text, flags=re.S)
    return re.sub(r"<[^>]*>", mark_said, text, flags=re.S)


def of_source(text):
    """Each line's strings that have a space, or are there to be translated."""
    for line in text.split("\n"):
        if re.match(r"\s*(\*[\s/]|\*$|/\*|#\s*include)", line):
            yield ""
            continue
        yield " | ".join(said.replace('\\"', "'").replace("\\n", "|") for mark, said in re.findall(
            r'(N_\()?"((?:[^"\\]|\\.)*)"', line) if mark or " " in said)


def shown(tree):
    """(path, line, text) of all that somebody is shown."""
    for path in sorted(tree):
        text = tree[path]
        if path.startswith("templates/") and path.endswith((".html", ".txt")):
            lines = of_template(text).split("\n")
        elif re.match(r"src/(" + "|".join(SPEAKS) + r")/.*\.[ch]$", path):
            lines = of_source(text)
        elif PAGES.match(path) and path != GLOSSARY:
            lines = text.split("\n")
        else:
            continue
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield path, number, line


def wrong_words(tree):
    """word -> what is said instead, from the last column of the glossary's tables."""
    words = {}
    for line in tree.get(GLOSSARY, "").split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) in (2, 3):
            for word in re.findall(r"`([^`]+)`", cells[2 if len(cells) == 3 else 0]):
                words[word] = cells[1]
    return words


def pattern(word):
    """The word, its plural too, however its first letter is written."""
    ends = r"(?:y|ies)" if word.endswith("y") else re.escape(word[-1]) + r"s?"
    return re.compile(r"(?<![\w./@-])" + re.escape(word[:-1]) + ends + r"(?![\w@]|-\w|\.\w)", re.I)


def values_are_words_of_now(tree):
    """No statement looks for a word that no row of the store has any more."""
    for path in sorted(tree):
        if re.match(r"src/store/sql/[a-z]\w*\.sql$", path):
            for number, line in enumerate(tree[path].split("\n"), 1):
                if old := OLD_VALUES.search(line):
                    kept = old["old"] or old["taken"]
                    yield path, number, f"'{kept}' is kept in another word: {line.strip()[:80]}"


def glossary_is_kept(tree):
    """What people are shown says one thing with one word, that of the glossary."""
    words = [(word, pattern(word), better) for word, better in wrong_words(tree).items()]
    if not words:
        yield GLOSSARY, 0, "has no word that can be read"
    for path, number, line in shown(tree):
        for place, right, _ in RIGHT:
            if re.match(place, path):
                line = re.sub(right, " ", line)
        for word, wrong, better in words:
            if word in SCOPE and not re.match(SCOPE[word], path):
                continue
            found = wrong.search(line)
            if found:
                yield path, number, f"'{found[0]}': the glossary says {better}: {line.strip()[:100]}"


def templates_name_no_command(tree):
    """What a browser shows speaks of its own buttons, not of a command line."""
    for path, number, line in shown(tree):
        found = COMMAND.search(line)
        if found and path.startswith("templates/web/"):
            yield path, number, f"'{found[0]}': a page names no command and no option"


# What filters take for the words of those who send without being asked: the shape of
# SpamAssassin's END_FUTURE_EMAILS, in the verbs and things that we might write.
SPAMMER = re.compile(
    r"\b(?:end|stop|cease|discontinue|removed?|(?:wish|want|like) not to|not (?:wish|want|like) to)[- ]"
    r"(?:get |receiv(?:ing|e) |from )?(?:these|our|(?:any )?(?:future|further)) "
    r"(?:e?-?mail(?:ing)?s?|messages?|alerts?|notices?|updates?)\b", re.I)


def emails_sound_wanted(tree):
    """An email says "unsubscribe": "stop these emails" costs a point at a filter."""
    for path in sorted(tree):
        if re.match(r"templates/(?:mail|bulletin)/", path):
            for number, line in enumerate(tree[path].split("\n"), 1):
                if found := SPAMMER.search(re.sub(r"<[^>]*>", "", line)):
                    yield path, number, f"'{found[0]}': filters count it; say \"unsubscribe\""


def typing_is_clean(tree):
    """No word twice, no two blanks within a sentence; columns of --help stand apart."""
    for path, number, line in shown(tree):
        found = DOUBLED.search(line)
        if found and "--" not in line:
            yield path, number, f"'{found[0]}' is typed twice: {line.strip()[:80]}"
        found = TWO_BLANKS.search(line)
        if found and path.startswith("src/") and "--" not in line:
            yield path, number, f"two blanks: {line.strip()[:80]}"
