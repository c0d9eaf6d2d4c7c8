"""For each rule a good tree, and bad ones in which it must find something.

Every bad tree is the good one with a file changed or added. The words that would
trip the rules over this very file are put together from halves.
"""
from stranger import FEATURES

HEADER = """/*
 * tally - counts things.
 */
#ifndef MERCAT_STORE_TALLY_H
#define MERCAT_STORE_TALLY_H

#include "base/err.h"

bool tally_each(int a, int b, int c, int d, int e, bool (*each)(int f, int g)) MUST_USE;
void tally_set_bool(struct tally *t, bool yes);
bool tally_is_bare(const struct tally *t, bool *out);

#endif
"""
SOURCE = """#include "store/tally.h"

#include <sqlite3.h>

int tally(void)
{
\treturn stmt_run(SQL_TALLY, "Update the tally", "BEGIN IMMEDIATE");
}
"""
DEPENDENCIES = """#!/bin/bash
cat <<-'PACKAGES'
\t\tbuild  gcc make
\t\t{}  {}
PACKAGES
"""
README = """# it
### To build (build)
| {} | it is written in C |
### To run (run)
| {} | it tells the time |
## After it
| `nothing` | to do with it |
"""
GLOSSARY = """# it
| thing | word | not |
|---|---|---|
| an email | **notification** | `letter` |

| slip | instead |
|---|---|
| `please note` | say it |
"""
GOOD = {
    "src/store/tally.h": HEADER,
    "src/store/tally.c": SOURCE,
    "src/store/sql/tally.sql": "-- name: tally\nSELECT 1;\n",
    "src/smtp/wire.c": '#include "settings/settings.h"\n#include <curl/curl.h>\n',
    "tools/show": '#!/bin/bash\nset -euo pipefail\necho "$1"\n',
    "src/README.md": "[store](store/README.md) counts, [smtp](smtp/README.md) sends\n",
    "src/store/README.md": "**Uses** `base`.\n\n`tally.[ch]` counts, by `sql/tally.sql`\n",
    "src/smtp/README.md": "**Uses** `settings`.\n\n`wire.c`, unlike `store/tally.c` or cellar.c\n",
    "tools/dependencies": DEPENDENCIES.format("run", "tzdata"),
    "README.md": README.format("`gcc`, `make`", "`tzdata`"),
    "templates/web/tally.html": '<p class="letter">Counts {{letter}} the\n <b>notifications</b>.</p>\n',
    "templates/mail/tally.txt": "{{! letters }}A notification.\n",
    "doc/glossary.md": GLOSSARY,
    "tests/e2e/show.py": "import os\n\nprint(os.sep)\n",
}
MAKEFILE = """TALLY = src/store/tally.c \\
\tsrc/store/tally.h
libmercat_a_SOURCES = $(TALLY) {}
dist_man_MANS = README.md
EXTRA_DIST += src/README.md src/smtp/README.md src/store/README.md
EXTRA_DIST += doc/glossary.md templates/web/tally.html templates/mail/tally.txt
EXTRA_DIST += tools/show tools/dependencies src/store/sql/tally.sql {}
"""
GOOD["Makefile.am"] = MAKEFILE.format("src/smtp/wire.c", "tests/e2e/show.py")
TAB_LINE = "\t" * 13 + "int n;\n"

# rule's function -> the bad files
BAD = {
    "one_caller": (
        {"src/smtp/wire.c": "\treturn secret_password_fits(hash, word);\n"},
        {"src/smtp/wire.c": "\tif (!totp_fits(secret, len, code, now, 0, &step))\n"},
        {"src/cli/bulletins/cmd_list.c": "\treturn fd_write_file(path, text, len, 0644, err);\n"},
    ),
    "few_parameters": (
        {"src/smtp/wire.h": "bool wire(int a, int b, int c, int d, int e, int f, int g);\n"},
        {"src/smtp/wire.h": "static inline const char *wire(int a, int b, int c, int d,\n\tint e, "
                            "int f, const char *format, ...) PRINTF_LIKE(7, 8);\n"},
        {"src/smtp/wire.h": "bool wire(int a, int b, int c, int d, int e, enum wire f, ...);\n"},
    ),
    "no_bare_bools": (
        {"src/smtp/wire.h": "bool wire_open(const char *host, bool safely) MUST_USE;\n"},
        {"src/smtp/wire.h": "struct wire {\n\tbool safe;\n};\nvoid wire(bool a, int b);\n"},
        {"src/maildir/maildir.h": "bool maildir_open(bool create, bool again);\n"},
    ),
    "prose_is_not_searched": (
        {"src/store/sql/tally.sql": "-- name: tally\nSELECT 1 FROM audit WHERE detail LIKE 'tag%';\n"},
        {"src/store/sql/tally.sql": "-- name: tally\nSELECT substr(a.detail, 9) FROM audit a;\n"},
        {"src/store/sql/tally.sql": "-- name: tally\nSELECT 1 WHERE b.hold_reason = 'on hold';\n"},
        {"src/store/tally.c": '\tif (str_ends(s->rows[row].label, "(not answered)"))\n'},
        {"src/store/tally.c": '\tif (strstr(err->text, "there is no list"))\n'},
        {"src/store/tally.c": '\treturn str_starts(\n\t\trow_text(&row, "why"), "Not yet");\n'},
    ),
    "acts_are_written": (
        {"src/store/sql/tally.sql": "-- name: tally\nSELECT 1 WHERE event = 'taken bake';\n"},
        {"src/store/sql/tally.sql": "-- name: tally\nSELECT 1 WHERE event IN ('nothing',\n'x');\n"},
        {"src/store/sql/tally.sql": "-- name: tally\nSELECT 1 WHERE a.event <> 'undone so';\n"},
    ),
    "json_is_written_once": (
        {"src/store/tally.c": '\tbuf_str(to, "{\\"count\\":");\n'},
        {"src/store/tally.c": '\tbuf_printf(to, ",\\"%s\\":%d", name, n);\n'},
        {"src/store/tally.c": '\tbuf_printf(to, "\\":%s", text);\n'},
        {"src/store/tally.c": '\t(void)printf("[{\\"ok\\": true}]");\n'},
    ),
    "words_of_time_and_number_are_told_once": (
        {"src/store/tally.c": 'static const char *const m[] = {"Jan", "Feb"};\n'},
        {"src/store/tally.c": 'static const char *const d[] = {"Monday", "Tuesday"};\n'},
        {"src/store/tally.c": "static const int days[] = {31, 28, 31, 30};\n"},
        {"src/store/tally.c": "\treturn year % 4 == 0 && year % 100 != 0;\n"},
        {"src/store/tally.c": "\tsince = now - 7 * 86400;\n"},
        {"src/store/tally.h": "enum { DAY_SECONDS = 24 * HOUR };\n"},
        {"src/store/tally.c": "\t\tif ((len - i) % 3 == 0)\n"},
        {"src/store/tally.c": '\tsay("%d day%s", n, n == 1 ? "" : "s");\n'},
        {"src/store/tally.c": '\tsay(n == 1\n\t\t? "match" : "matches");\n'},
        {"src/store/tally.c": '\tsay("%zu kB", bytes / 1024);\n'},
    ),
    "tests_stand_on_one_stage": (
        {"tests/unit/test_tally.c": "\tck_assert(domain_key_make(settings, &err));\n"},
        {"tests/unit/tally_scene.c": "\tready_store(path);\n"},
    ),
    "tails_are_cut_once": (
        {"src/store/tally.c": "\twhile (len && str_is_space(text[len - 1]))\n\t\tlen--;\n"},
        {"src/store/tally.c": "\twhile (l->len && str_is_space(l->text[l->len - 1]))\n"},
    ),
    "digits_are_read_once": (
        {"src/store/tally.c": "\t\tn = n * 10 + (*at - '0');\n"},
        {"src/store/tally.c": "\t\tn[part] = n[part] * 10 + digit(at);\n"},
    ),
    "cells_are_made_once": (
        {"src/cli/admin/tally.c": "\trow[0] = (struct store_cell){.type = STORE_INT, .n = 1};\n"},
        {"src/cli/admin/tally.c": "\trow[0] = (struct store_cell){\n\t\t.type = STORE_TEXT};\n"},
    ),
    "errors_end_with_success": (
        {"src/store/tally.c": "\treturn err->kind == ERR_ABSENT;\n"},
        {"src/store/tally.c": "\t\treturn *out || err->kind == ERR_AGAIN;\n"},
        {"src/store/tally.c": "\twhile (store_rows_next(&rows, err)) {\n"},
        {"src/store/tally.c": "\t\tif (n < 9 && store_rows_next(&rows, err))\n"},
    ),
    "hints_apart": (
        {"src/domain/queue/bulk.c": '\treturn err_set(err, ERR_INPUT, "say --as NAME");\n'},
        {"src/staff/frame/page.c": '\tsay(r, "no list; see: mercat list list");\n'},
    ),
    "templates_name_no_command": (
        {"templates/web/tally.html": "<p>Nothing yet: mercat tally add NAME</p>\n"},
        {"templates/web/tally.html": '<button title="as with --sure">Count</button>\n'},
    ),
    "no_statement_is_empty": (
        {"src/store/tally.c": "{\n\tint n = 0;\n\t;\n\treturn n;\n}\n"},
        {"src/store/tally.c": "{\n\t;\n}\n"},
    ),
    "values_are_words_of_now": (
        {"src/store/sql/tally.sql": "-- name: tally\nSELECT 1 FROM s WHERE state = 'left';\n"},
        {"src/store/sql/tally.sql": "-- name: tally\nUPDATE b SET state = 'held' WHERE id = 1;\n"},
        {"src/store/sql/tally.sql": "SELECT 1 WHERE e.event IN ('removed', 'stopped');\n"},
    ),
    "glossary_is_kept": (
        {"templates/mail/tally.txt": "The letters are {{letters}}.\n"},
        {"templates/web/tally.html": '<button title="Count the Letters">Count</button>\n'},
        {"src/store/tally.c": '\treturn say("no such letter");\n'},
        {"src/store/tally.c": '\t*out = N_("Letters");\n'},
        {"README.md": "It counts letters.\n"},
        {"doc/tally.1": ".SH LETTERS\n"},
        {"conf/mercat.conf": "# how many letters\n"},
        {"templates/web/tally.html": "<p>Please note: it\ncounts.</p>\n"},
        {"doc/glossary.md": "## It\n"},
    ),
    "addresses_are_words": (
        {"src/staff/routes/staff_routes.c": '\t{WEB_GET, "/staff/people", show, 0, 0},\n'},
        {"src/staff/routes/staff_routes.c": '\t{WEB_POST, TALLY "/r/:number", show, 0, 0},\n'},
        {"src/staff/routes/staff_routes.c": '#define TALLY "/staff/t"\n\t{WEB_GET, TALLY, show, 0, 0},\n'},
        {"src/staff/routes/staff_routes.c": '\t{WEB_GET, "/staff/lists/:list/last-updates", show, 0, 0},\n'},
    ),
    "links_lead_somewhere": (
        {"src/staff/frame/page_tally.c": '\tstaff_back(r, "/staff/tallies");\n'},
        {"src/smtp/wire.c": '\turl = print("%s/staff/lists/%s/last", base, list);\n'},
        {"templates/web/staff/tally.html": '<a href="/staff/tallies?of={{name}}">Count</a>\n'},
        {"templates/web/staff/tally.html": '<a href="/staff/lists/{{list}}/tally">Count</a>\n',
         "src/staff/routes/staff_routes.c": '\t{WEB_GET, "/staff/lists/:list/tally", show, 0, 0},\n'},
        {"src/staff/frame/page_tally.c": '\tto(r, "/staff/tally/%s", name);\n',
         "src/staff/routes/staff_routes.c": '\t{WEB_GET, "/staff/tally/:name", show, 0, 0},\n'},
    ),
    "names_of_sites_are_words": (
        {"src/public/page_held.c": "int tally;\n"},
        {"src/public/tally.c": "void public_updates(struct web_request *r)\n"},
        {"src/staff/frame/page_people.c": "int tally;\n"},
        {"templates/web/staff/last-updates.html": "<p>None</p>\n"},
        {"src/staff/frame/tally.c": "void staff_people_count(struct web_request *r)\n"},
        {"src/staff/frame/tally.h": "const char *staff_claim(struct web_request *r) MUST_USE;\n"},
    ),
    "typing_is_clean": (
        {"src/store/tally.c": '\treturn say("it is  counted");\n'},
        {"templates/web/tally.html": "<p>All of the the tallies</p>\n"},
    ),
    "emails_sound_wanted": (
        {"templates/mail/welcome.txt": "Stop these emails:\n"},
        {"templates/bulletin/update.html": "<p>To <b>stop our</b> mailings, write.</p>\n"},
        {"templates/mail/digest.txt": "If you want not to receive further updates\n"},
    ),
    "public_asks_archive": (
        {"src/public/page.c": "\tif (!list_named(op, arena, name, &list, err))\n"},
    ),
    "names_of_doors_are_words": (
        {"src/domain/core/tally.h": "bool tally_claim(struct tally *t) MUST_USE;\n"},
        {"src/store/tally.h": HEADER + "bool tally_breaker(struct tally *t) MUST_USE;\n"},
        {"src/domain/core/tally.h": "const char *tally_fate_name(int fate) MUST_USE;\n"},
    ),
    "features_are_found": (
        {"configure.ac": ""},
        # each is there, and the map leads nowhere
        {"configure.ac": "", **{path: "" for _, path in FEATURES}},
        # ... or always to one room
        {"configure.ac": "", **{path: "" for _, path in FEATURES},
         "src/store/README.md": " ".join(f"`{path}`" for _, path in FEATURES),
         "src/README.md": "| [store](store/README.md) | counts |\n"},
    ),
    "layers": (
        {"src/store/tally.c": '#include "smtp/wire.h"\n'},
        {"src/store/tally.c": '#include "mail/fields/message.h"\n'},
        {"src/base/err.c": '#include "process/loop.h"\n'},
        {"src/base/err.c": '#include "err.h"\n'},
        {"src/base/err.c": '#include "cellar/wine.h"\n'},
        {"src/cellar/wine.c": "int wine;\n"},
        {"src/wine.c": "int wine;\n"},
        {"src/web/pages/wine.c": "int wine;\n"},
        {"src/domain/wine.c": "int wine;\n"},
        {"src/domain/cellar/wine.c": "int wine;\n"},
        {"src/domain/core/wine.c": '#include "domain/queue/queue.h"\n'},
        {"src/web/wine.c": '#include "domain/core/domain.h"\n'},
        {"src/domain/core/wine.c": '#include "web/web.h"\n'},
        {"src/pages/wine.c": '#include "staff/routes/staff.h"\n'},
        {"src/public/wine.c": '#include "staff/routes/staff.h"\n'},
        {"src/domain/queue/wine.c": '#include "domain/analysis/analysis.h"\n'},
        {"src/staff/bulletins/wine.c": '#include "staff/coding/code_pages.h"\n'},
        {"src/staff/frame/wine.c": '#include "staff/routes/staff.h"\n'},
        {"src/staff/cellar/wine.c": "int wine;\n"},
        {"src/staff/wine.c": "int wine;\n"},
    ),
    "one_place_a_name": (
        {"src/smtp/tally.c": "int n;\n"},
        {"src/web/tally.h": ""},
        {"src/web/main.c": "int main(void);\n"},
    ),
    "private_headers": (
        {"src/store/tally.c": '#include "smtp/wire_private.h"\n'},
        {"src/domain/queue/bulk.c": '#include "domain/coding/codeframe_private.h"\n'},
        {"src/text/figures/pen_own.h": ""},
        {"src/web/inside.h": ""},
    ),
    "folder_size": (
        {f"src/smtp/part_{n}.c": "int part;\n" for n in range(25)},
        {f"src/staff/frame/part_{n}.c": "int part;\n" for n in range(26)},
    ),
    "one_noun_a_file": (
        {"src/cli/bulletins/cmd_list.c": 'const struct cli_command c[] = {\n\t{"list add", 0},\n'
                               '\t{"topic add", 0},\n\t{0}};\n'},
        {"src/cli/bulletins/cmd_list_topic.c": 'const struct cli_command c[] = {\n\t{"topic", 0},\n'
                                     '\t{0}};\n'},
    ),
    "only_includers": (
        {"src/web/page.c": "#include <sqlite3.h>\n"},
        {"src/imap/idle.c": "#  include <curl/curl.h>\n"},
        {"src/mail/read/read.c": "#include <libetpan/libetpan.h>\n"},
        {"src/text/charset/charset.c": "#include <gmime/gmime.h>\n"},
        {"src/cli/program/serve.c": "#include <microhttpd.h>\n"},
        {"src/reader/unzip.c": "#include <archive.h>\n"},
    ),
    "no_sql_in_c": (
        {"src/store/tally.c": 'char *q = "SELECT id FROM person";\n'},
        {"src/web/page.c": 'char *q = "insert or replace into person VALUES (1)";\n'},
        {"src/web/page.c": 'run(db, "BEGIN IMMEDIATE");\n'},
        {"src/web/page.c": 'run(db, "PRAGMA data_version");\n'},
    ),
    "statements_in_domain": (
        {"src/staff/frame/page.c": "\tif (!store_all(s, a, 0, &t, err, SQL_TALLY, 1))\n"},
        {"src/cli/admin/cmd_tally.c": "\treturn store_one(s, a, &row, err,\n\t\t\t SQL_TALLY);\n"},
        {"src/daemon/role.h": "enum { FIRST = SQL_TALLY };\n"},
    ),
    "statements_are_used": (
        {"src/store/sql/tally.sql": "-- name: tally_all\nSELECT 1;\n"},
        {"src/store/tally.c": "int SQL_TALLY_ALL;\n"},
    ),
    "file_length": ({"src/web/page.c": "int n;\n" * 550},),
    "function_length": (
        {"src/web/page.c": "int f(void)\n{\n" + "\tn++;\n" * 61 + "}\n"},
    ),
    "line_width": (
        {"src/web/page.c": "/* " + "w" * 97 + " */\n"},
        {"src/web/page.c": TAB_LINE},
        {"src/web/page.c": "int n; \n"},
        {"tools/show": "#!/bin/bash\n: " + "w" * 110 + "\n"},
    ),
    "finished": (
        {"src/web/page.c": "/* TO" + "DO: think */\n"},
        {"README.md": "FIX" + "ME\n"},
    ),
    "names": (
        {"src/web/util.c": "int n;\n"},
        {"src/misc/page.c": "int n;\n"},
    ),
    "no_machine_paths": (
        {"tools/show": "#!/bin/bash\ncd /ho" + "me/ada/mercat\n"},
        {"README.md": "see /wo" + "rk/notes\n"},
    ),
    "header_manual": (
        {"src/store/tally.h": HEADER.replace("/*\n * tally - counts things.\n */\n", "")},
        {"src/store/tally.h": HEADER.replace("tally - ", "sums - ")},
        {"src/store/tally.h": HEADER.replace("_STORE_", "_")},
    ),
    "map_is_whole": (
        {"src/store/README.md": "`tally.c` and `sql/tally.sql`\n"},
        {"src/store/cellar.c": "int wine;\n"},
        {"src/store/sql/cellar.sql": "SELECT 1;\n"},
        {"src/mx/mx.c": "int n;\n"},
        {"src/smtp/README.md": "`wire.[ch]`\n"},
        {"src/smtp/README.md": "`wire.c` and `store/cellar.c`\n"},
        {"src/README.md": "[store](store/README.md) counts\n"},
    ),
    "uses_are_said": (
        {"src/smtp/README.md": "**Uses** `base`.\n"},
        {"src/smtp/README.md": "**Uses** `base`, `settings`.\n"},
        {"src/smtp/README.md": "It uses `settings`.\n"},
    ),
    "dependencies_are_explained": (
        {"tools/dependencies": DEPENDENCIES.format("run", "tzdata catdoc")},
        {"tools/dependencies": DEPENDENCIES.format("test", "tzdata")},
        {"tools/dependencies": "#!/bin/bash\n"},
        {"README.md": README.format("`gcc`, `make`, `cmake`", "`tzdata`")},
        {"README.md": README.format("`gcc`", "`tzdata`")},
    ),
    "tarball_is_whole": (
        {"tests/e2e/test_show.py": "print(1)\n"},
        {"tests/unit/test_show.c": "int n;\n"},
        {"Makefile.am": MAKEFILE.format("", "tests/e2e/show.py")},
        {"Makefile.am": MAKEFILE.format("src/smtp/wire.c", "")},
        # automake leaves out a script that is only run
        {"Makefile.am": MAKEFILE.format("src/smtp/wire.c", "")
         + "check_SCRIPTS = tests/e2e/show.py\n"},
        {"Makefile.am": MAKEFILE.format("src/smtp/wire.c", "")
         + "# EXTRA_DIST += tests/e2e/show.py\n"},
        {"Makefile.am": MAKEFILE.format("src/smtp/wire.c", "tests/e2e/show.py tests/gone.sh")},
        {"Makefile.am": "all:\n"},
    ),
    "shell_scripts": ({"tools/show": "#!/bin/bash\necho $1\n"},),
    "python_scripts": (
        {"tests/e2e/show.py": "import os\n"},
        {"tools/show": "#!/usr/bin/python3\nprint(nothing)\n"},
    ),
}
