#include "domain/subscribers/subscriber_import_preview.h"
#include "domain/subscribers/subscriber_find.h"
#include "domain/delivery/timeline.h"
#include "base/fd.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/print.h"

#include <inttypes.h>

enum { FILE_MOST = 500 << 20 };

static int timeline(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"happened_at", "list", "kind", "what"};
	struct store_table t = {.names = names, .columns = ARRAY_LEN(names)};
	struct audit_event *events;

	if (!timeline_load(&cli->op, cli->arena, cli->args[0], &events, &t.count, err))
		return CLI_FAILED;
	t.rows = arena_make(cli->arena, struct store_cell *, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		struct store_cell *row =
			arena_make(cli->arena, struct store_cell, t.columns);

		row[0] = cell_of_int(events[i].at);
		row[1] = cell_of_text(str_or(events[i].list, ""));
		row[2] = cell_of_text(str_or(events[i].kind, ""));
		row[3] = cell_of_text(str_or(events[i].words, ""));
		t.rows[i] = row;
	}
	cli_print_table(cli, &t, "Nothing is on record.");
	return CLI_DONE;
}

static int why(struct cli *cli, struct err *err)
{
	const char *number = cli->args[2];
	struct delivery_asked asked = {.address = cli->args[0], .list = cli->args[1]};
	struct delivery_told told;

	if (!str_to_int(*number == '#' ? number + 1 : number, 1, INT32_MAX, &asked.number,
			err)) {
		(void)err_prefix(err, "the number of the bulletin");
		return CLI_FAILED;
	}
	if (!delivery_reason_find(&cli->op, cli->arena, &asked, &told, err))
		return CLI_FAILED;
	if (cli->format == CLI_JSON) {
		struct json json;

		json_begin_file(&json, stdout);
		json_put_object(&json, NULL);
		json_put_text(&json, "why", delivery_reason_name(told.why));
		json_put_text(&json, "words", told.words);
		json_end(&json);
		json_done(&json);
	} else {
		cli_say(told.words, true);
		(void)putchar('\n');
	}
	return CLI_DONE;
}

static int find(struct cli *cli, struct err *err)
{
	const char *name = cli_option(cli, "list");
	struct find_page page;
	struct store_table t;
	struct list list;
	int64_t next;

	if ((name && !list_named(&cli->op, cli->arena, name, &list, err)) ||
	    !cli_option_int(cli, "after", 0, INT64_MAX, 0, &page.after, err) ||
	    !cli_option_int(cli, "limit", 1, 200, 50, &page.most, err) ||
	    !subscriber_find(&cli->op, cli->arena, name ? &list : NULL,
			     cli_option(cli, "state"), cli->args[0], page, &t, &next,
			     err))
		return CLI_FAILED;
	cli_print_table(cli, &t, "Nobody.");
	if (next && cli->format == CLI_TEXT)
		cli_done(cli, "There are more: --after %" PRId64, next);
	return CLI_DONE;
}

static void print_preview(struct cli *cli, const struct subscriber_import_preview *p)
{
	static const char *const fates[] = {"added", "passed over", "bad"};

	(void)printf("%" PRId64 " would be added, %" PRId64 " passed over, %" PRId64
		     " are bad.\n",
		     p->counts.added, p->counts.passed_over, p->counts.bad);
	for (size_t i = 0; i < p->reason_count; i++) {
		(void)printf("  %8" PRId64 " %s: ", p->reasons[i].count,
			     fates[p->reasons[i].fate]);
		cli_say(p->reasons[i].why, true);
		(void)putchar('\n');
	}
	for (size_t i = 0; i < p->line_count; i++) {
		(void)printf("line %d: %s: ", p->lines[i].line, fates[p->lines[i].fate]);
		cli_say(p->lines[i].address, true);
		if (p->lines[i].why) {
			(void)fputs(": ", stdout);
			cli_say(p->lines[i].why, true);
		}
		(void)putchar('\n');
	}
	if (p->would_happen)
		cli_done(cli,
			 "Nothing was changed. To do exactly this: mercat subscriber "
			 "import-bound %s %s %s",
			 cli->args[0], cli->args[1], p->digest);
	else
		cli_done(cli, "Nothing would be imported: mend the bad lines, or leave "
			      "them out with --leave-out-bad.");
}

static void json_preview(const struct subscriber_import_preview *p)
{
	static const char *const fates[] = {"added", "passed over", "bad"};
	struct json json;

	json_begin_file(&json, stdout);
	json_put_object(&json, NULL);
	json_put_text(&json, "digest", p->digest);
	json_put_bool(&json, "would_happen", p->would_happen);
	json_put_int(&json, "added", p->counts.added);
	json_put_int(&json, "passed_over", p->counts.passed_over);
	json_put_int(&json, "bad", p->counts.bad);
	json_put_array(&json, "lines");
	for (size_t i = 0; i < p->line_count; i++) {
		json_put_object(&json, NULL);
		json_put_int(&json, "line", p->lines[i].line);
		json_put_text(&json, "fate", fates[p->lines[i].fate]);
		json_put_text(&json, "address", p->lines[i].address);
		json_put_text(&json, "why", p->lines[i].why);
		json_end(&json);
	}
	json_end(&json);
	json_end(&json);
	json_done(&json);
}

static int preview(struct cli *cli, struct err *err)
{
	AUTO(buf) file = buf_new(FILE_MOST);
	struct subscriber_import_preview p;
	struct list list;

	if (!list_named(&cli->op, cli->arena, cli->args[0], &list, err) ||
	    !fd_read_file(cli->args[1], file, err) ||
	    !subscriber_import_preview(&cli->op, cli->arena, &list, buf_text(file),
				       file->len,
				       cli_option(cli, "leave-out-bad") != NULL, &p, err))
		return CLI_FAILED;
	if (cli->format == CLI_TEXT)
		print_preview(cli, &p);
	else
		json_preview(&p);
	return CLI_DONE;
}

static int bound(struct cli *cli, struct err *err)
{
	AUTO(buf) file = buf_new(FILE_MOST);
	struct subscriber_import_result result;
	struct list list;

	if (!list_named(&cli->op, cli->arena, cli->args[0], &list, err) ||
	    !fd_read_file(cli->args[1], file, err) ||
	    !subscriber_import_bound(&cli->op, &list, buf_text(file), file->len,
				     cli_option(cli, "leave-out-bad") != NULL,
				     cli->args[2], &result, err))
		return CLI_FAILED;
	cli_done(cli, "%" PRId64 " added to %s, %" PRId64 " passed over.", result.added,
		 list.name, result.passed_over);
	return CLI_DONE;
}

static const struct cli_option find_options[] = {
	{"list", "LIST", "of this list only"},
	{"state", "STATE",
	 "active, pending, requested, paused, unsubscribed, bouncing ..."},
	{"after", "ID", "the page behind this id"},
	{"limit", "N", "at most N (50)"},
	{0}};
static const struct cli_option preview_options[] = {
	{"leave-out-bad", NULL, "as if the good lines were imported without the bad"},
	{0}};

const struct cli_command cli_subscriber_find_commands[] = {
	{"subscriber timeline", "ADDRESS", 1, 1, "Tells one person's history, in order",
	 CLI_NEEDS_STORE, timeline, NULL},
	{"subscriber why", "ADDRESS LIST NUMBER", 3, 3,
	 "Says in one sentence why somebody did or did not get a bulletin",
	 CLI_NEEDS_STORE, why, NULL},
	{"subscriber find", "TEXT", 1, 1,
	 "Finds subscribers by a part of address or name", CLI_NEEDS_STORE, find,
	 find_options},
	{"subscriber import-preview", "LIST FILE.csv", 2, 2,
	 "Says what an import would do, and changes nothing", CLI_NEEDS_STAFF, preview,
	 preview_options},
	{"subscriber import-bound", "LIST FILE.csv DIGEST", 3, 3,
	 "Imports if all comes out as the preview showed", CLI_NEEDS_STAFF, bound,
	 preview_options},
	{0}};
