/* Subscribers from a file of another program: shown first, then done; and a list out again. */
#include "domain/imports/subscriber_import_preview.h"
#include "domain/imports/subscriber_import_undo.h"
#include "base/fd.h"
#include "base/numeral.h"
#include "base/str.h"
#include "cli/frame/cli.h"
#include "cli/frame/print.h"

#include <inttypes.h>
#include <unistd.h>

enum {
	IMPORT_MOST = 500 << 20,
	EXPORT_MOST = 1 << 30,
	LINES_MOST = 2000, /* told of one by one, of those that are not simply added */
	ADDED_MOST = 200
};

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Whether the file is a list of those to keep off, whatever its name says. */
static bool say_who(const char *word, struct roster *roster, struct err *err)
{
	if (!word)
		return true;
	if (!str_eq(word, "subscribers") && !str_eq(word, "off"))
		return err_set(err, ERR_INPUT, "--who is subscribers or off");
	if (str_eq(word, "subscribers"))
		roster->people = ROSTER_PEOPLE_SUBSCRIBERS;
	else if (roster->people == ROSTER_PEOPLE_SUBSCRIBERS)
		roster->people = ROSTER_PEOPLE_LEFT;
	return true;
}

/* The list, the file and what the options say of all its people. */
static bool read_plan(struct cli *cli, struct buf *file, struct list *list,
		      struct subscriber_import *out, struct err *err)
{
	const char *columns = cli_option(cli, "columns");

	if (!list_named(&cli->op, cli->arena, cli->args[0], list, err) ||
	    !fd_read_file(cli->args[1], file, err))
		return false;
	if (!subscriber_import_open(cli->arena, list, buf_text(file), file->len, out,
				    err))
		return err_prefix(err, "%s", cli->args[1]);
	subscriber_import_called(out, cli->arena, last_part(cli->args[1]));
	out->basis = cli_option(cli, "basis");
	out->how = cli_option(cli, "how");
	out->wording = cli_option(cli, "wording");
	out->leave_out_bad = cli_option(cli, "leave-out-bad") != NULL;
	if (!say_who(cli_option(cli, "who"), &out->roster, err))
		return false;
	return !columns || subscriber_import_columns(out, cli->arena, columns, err);
}

struct progress {
	bool on;
};

static void import_line(void *with, const struct subscriber_import_line *line)
{
	struct progress *p = with;

	if (line->outcome == SUBSCRIBER_IMPORT_ADDED)
		return;
	(void)fprintf(stderr, "%sline %d: ", p->on ? "\r\033[K" : "", line->row->line);
	if (line->outcome != SUBSCRIBER_IMPORT_BAD)
		(void)fprintf(stderr,
			      "%s: ", subscriber_import_outcome_name(line->outcome));
	(void)fprintf(stderr, "%s\n", line->why);
}

static void import_progress(void *with, size_t done, size_t all, int64_t added)
{
	struct progress *p = with;
	int share = all ? (int)(done * 30 / all) : 30;

	if (!p->on)
		return;
	(void)fprintf(stderr, "\r[%.*s%*s] %3d %%, %" PRId64 " added", share,
		      "==============================", 30 - share, "",
		      all ? (int)(done * 100 / all) : 100, added);
	if (done == all)
		(void)fputc('\n', stderr);
}

static void say_understood(struct cli *cli, const struct subscriber_import *plan)
{
	const struct roster *r = &plan->roster;
	const char *left_out = "";

	(void)fputs("Understood as ", stdout);
	cli_say(roster_words(r, cli->arena), CLI_ONE_LINE);
	(void)fputs(".\n", stdout);
	for (size_t i = 0; i < r->column_count; i++) {
		if (r->columns[i].field == ROSTER_NOTHING) {
			left_out =
				arena_printf(cli->arena, "%s%s%s", left_out,
					     *left_out ? ", " : "", r->columns[i].head);
			continue;
		}
		(void)fputs("  ", stdout);
		cli_say(r->columns[i].head, CLI_ONE_LINE);
		(void)printf(": %s\n", roster_field_title(r->columns[i].field));
	}
	if (r->people != ROSTER_PEOPLE_SUBSCRIBERS) {
		(void)fputs("  all of them are kept off the list: it is called ", stdout);
		cli_say(str_or(r->refusing, "so"), CLI_ONE_LINE);
		(void)fputs(". If they are subscribers, give --who subscribers.\n",
			    stdout);
	}
	if (!*left_out)
		return;
	(void)fputs("  left out: ", stdout);
	cli_say(left_out, CLI_ONE_LINE);
	(void)putchar('\n');
}

static void say_line(const struct subscriber_import_line *line)
{
	(void)printf("line %d: %s: ", line->row->line,
		     subscriber_import_outcome_name(line->outcome));
	cli_say(line->address, CLI_ONE_LINE);
	if (line->why) {
		(void)fputs(": ", stdout);
		cli_say(line->why, CLI_ONE_LINE);
	}
	(void)putchar('\n');
}

/* Bad lines first: they are what a person has to do something about. */
static const enum subscriber_import_outcome order[] = {
	SUBSCRIBER_IMPORT_BAD, SUBSCRIBER_IMPORT_PASSED, SUBSCRIBER_IMPORT_KEPT_OFF,
	SUBSCRIBER_IMPORT_ADDED};

static int64_t count_of(const struct subscriber_import_result *counts,
			enum subscriber_import_outcome outcome)
{
	return outcome == SUBSCRIBER_IMPORT_BAD      ? counts->bad
	       : outcome == SUBSCRIBER_IMPORT_PASSED ? counts->passed_over
	       : outcome == SUBSCRIBER_IMPORT_ADDED  ? counts->added
						     : counts->kept_off;
}

static void print_preview(struct cli *cli, const struct subscriber_import *plan,
			  const struct subscriber_import_preview *p)
{
	say_understood(cli, plan);
	(void)printf("%" PRId64 " would be added, %" PRId64 " passed over, %" PRId64
		     " kept off the list, %" PRId64 " are bad.\n",
		     p->counts.added, p->counts.passed_over, p->counts.kept_off,
		     p->counts.bad);
	for (size_t i = 0; i < p->reason_count; i++)
		(void)printf("  %8" PRId64 " %s: %s\n", p->reasons[i].count,
			     subscriber_import_outcome_name(p->reasons[i].outcome),
			     subscriber_import_reason_words(p->reasons[i].reason));
	if (p->counts.teams)
		(void)printf("  %8" PRId64 " added: a shared mailbox, such as info@\n",
			     p->counts.teams);
	for (size_t f = 0; f < ARRAY_LEN(order); f++) {
		int64_t all = count_of(&p->counts, order[f]);

		for (size_t i = 0; i < p->shown[order[f]].count; i++)
			say_line(&p->shown[order[f]].lines[i]);
		if (all > (int64_t)p->shown[order[f]].count)
			(void)printf("and %" PRId64 " more: %s\n",
				     all - (int64_t)p->shown[order[f]].count,
				     subscriber_import_outcome_name(order[f]));
	}
	if (p->would_happen)
		cli_done(
			cli,
			"Nothing was changed. To do exactly this, give the same options to: "
			"mercat subscriber import-bound %s %s %s",
			cli->args[0], cli->args[1], p->digest);
	else
		cli_done(cli, "Nothing would be imported: mend the bad lines, or leave "
			      "them out with --leave-out-bad.");
}

static void json_line(struct json *json, const struct subscriber_import_line *line)
{
	json_put_object(json, NULL);
	json_put_int(json, "line", line->row->line);
	json_put_text(json, "fate", subscriber_import_outcome_name(line->outcome));
	json_put_text(json, "address", line->address);
	json_put_text(json, "name", line->name);
	json_put_text(json, "topics", line->topics);
	json_put_text(json, "why", line->why);
	json_end(json);
}

static void json_preview(struct cli *cli, const struct subscriber_import *plan,
			 const struct subscriber_import_preview *p)
{
	struct json json;

	json_begin_file(&json, stdout);
	json_put_object(&json, NULL);
	json_put_text(&json, "understood", roster_words(&plan->roster, cli->arena));
	json_put_array(&json, "columns");
	for (size_t i = 0; i < plan->roster.column_count; i++) {
		json_put_object(&json, NULL);
		json_put_text(&json, "head", plan->roster.columns[i].head);
		json_put_text(&json, "field",
			      roster_field_name(plan->roster.columns[i].field));
		json_end(&json);
	}
	json_end(&json);
	json_put_text(&json, "who",
		      plan->roster.people == ROSTER_PEOPLE_SUBSCRIBERS ? "subscribers"
								       : "off");
	json_put_text(&json, "digest", p->digest);
	json_put_bool(&json, "would_happen", p->would_happen);
	json_put_int(&json, "added", p->counts.added);
	json_put_int(&json, "kept_off", p->counts.kept_off);
	json_put_int(&json, "passed_over", p->counts.passed_over);
	json_put_int(&json, "bad", p->counts.bad);
	json_put_array(&json, "lines");
	for (size_t f = 0; f < ARRAY_LEN(order); f++)
		for (size_t i = 0; i < p->shown[order[f]].count; i++)
			json_line(&json, &p->shown[order[f]].lines[i]);
	json_end(&json);
	json_end(&json);
	json_done(&json);
}

static int preview(struct cli *cli, struct err *err)
{
	struct subscriber_import_preview p = {0};
	AUTO(buf) file = buf_new(IMPORT_MOST);
	struct subscriber_import plan;
	struct list list;

	for (int f = 0; f < SUBSCRIBER_IMPORT_OUTCOMES; f++)
		p.shown[f].most = f == SUBSCRIBER_IMPORT_ADDED ? ADDED_MOST : LINES_MOST;
	if (!read_plan(cli, file, &list, &plan, err) ||
	    !subscriber_import_preview(&cli->op, cli->arena, &list, &plan, &p, err))
		return CLI_FAILED;
	if (cli->format == CLI_TEXT)
		print_preview(cli, &plan, &p);
	else
		json_preview(cli, &plan, &p);
	return CLI_DONE;
}

static void say_done(struct cli *cli, const struct list *list,
		     const struct subscriber_import_result *result)
{
	cli_done(cli,
		 "%" PRId64 " added to %s, %" PRId64 " passed over, %" PRId64
		 " kept off it, %" PRId64 " bad line%s left out. This is import %" PRId64
		 ".",
		 result->added, list->name, result->passed_over, result->kept_off,
		 result->bad, plural(result->bad, "", "s"), result->import_id);
}

static int import(struct cli *cli, struct err *err)
{
	struct progress p = {isatty(STDERR_FILENO) == 1};
	struct subscriber_import_watch watch = {
		.with = &p, .each = import_line, .progress = import_progress};
	struct subscriber_import_result result = {0};
	AUTO(buf) file = buf_new(IMPORT_MOST);
	struct subscriber_import plan;
	struct list list;

	if (cli_option(cli, "dry-run"))
		return preview(cli, err);
	if (!read_plan(cli, file, &list, &plan, err))
		return CLI_FAILED;
	if (!subscriber_import_run(&cli->op, &list, &plan, &watch, &result, err)) {
		if (err->kind == ERR_INPUT)
			(void)err_prefix(err, "%s", cli->args[1]);
		return CLI_FAILED;
	}
	say_done(cli, &list, &result);
	return CLI_DONE;
}

static int bound(struct cli *cli, struct err *err)
{
	AUTO(buf) file = buf_new(IMPORT_MOST);
	struct subscriber_import_result result;
	struct subscriber_import plan;
	struct list list;

	if (!read_plan(cli, file, &list, &plan, err) ||
	    !subscriber_import_bound(&cli->op, &list, &plan, cli->args[2], &result, err))
		return CLI_FAILED;
	say_done(cli, &list, &result);
	return CLI_DONE;
}

static int imports(struct cli *cli, struct err *err)
{
	struct store_table t;
	struct list list;

	if (!list_named(&cli->op, cli->arena, cli->args[0], &list, err) ||
	    !subscriber_imports_recent(&cli->op, cli->arena, &list, &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t, "None of the last day.");
	return CLI_DONE;
}

static int undo(struct cli *cli, struct err *err)
{
	struct subscriber_import_undone done;
	struct list list;
	int64_t id;

	if (!list_named(&cli->op, cli->arena, cli->args[0], &list, err) ||
	    !cli_arg_int(cli, 1, "the number of the import", &id, err) ||
	    !subscriber_import_undo(&cli->op, &list, id, &done, err))
		return CLI_FAILED;
	cli_done(cli,
		 "Import %" PRId64 " is taken back: %" PRId64 " removed, %" PRId64
		 " as before, %" PRId64 " unsubscribed since they were sent a bulletin, "
		 "%" PRId64 " stay since they have acted.",
		 id, done.removed, done.restored, done.unsubscribed, done.stayed);
	return CLI_DONE;
}

static int export(struct cli *cli, struct err *err)
{
	const char *state = cli_option(cli, "state");
	AUTO(buf) out = buf_new(EXPORT_MOST);
	struct list list;

	if (!domain_word_check("state of a subscription", state, subscription_states,
			       err) ||
	    !list_named(&cli->op, cli->arena, cli->args[0], &list, err) ||
	    !subscriber_export_run(&cli->op, &list, state, out, err))
		return CLI_FAILED;
	if (cli->arg_count == 2) {
		if (!cli_write_file(cli, cli->args[1], buf_text(out), out->len, 0600,
				    err))
			return CLI_FAILED;
		cli_done(cli, "%s is written.", cli->args[1]);
	} else if (fwrite(buf_text(out), 1, out->len, stdout) != out->len) {
		(void)err_set(err, ERR_SYSTEM, "the output could not be written");
		return CLI_FAILED;
	}
	return CLI_DONE;
}

#define PLAN_OPTIONS                                                                            \
	{"leave-out-bad", NULL, "import the good lines although there are bad ones"},           \
		{"basis", "TEXT",                                                               \
		 "why we may write to those of whom the file says none"},                       \
		{"how", "TEXT", "how they agreed: \"a form at the fair\""},                     \
		{"wording", "TEXT", "the words that they agreed to"},                           \
		{"who", "subscribers|off",                                                      \
		 "who is in the file, where its name says that they are not to be written to"}, \
	{                                                                                       \
		"columns", "HEAD=FIELD,...",                                                    \
			"what columns hold, where it is not recognised"                         \
	}

static const struct cli_option import_options[] = {
	{"dry-run", NULL,
	 "says what it understands and what would happen; changes nothing"},
	PLAN_OPTIONS,
	{0}};
static const struct cli_option plan_options[] = {PLAN_OPTIONS, {0}};
static const struct cli_option state_options[] = {
	{"state", "STATE",
	 "active, pending, requested, paused, unsubscribed, bouncing ..."},
	{0}};

const struct cli_command cli_subscriber_import_commands[] = {
	{"subscriber import", "LIST FILE", 2, 2,
	 "Puts many subscribers on a list, all or none", CLI_NEEDS_STAFF, import,
	 import_options},
	{"subscriber import-preview", "LIST FILE", 2, 2,
	 "Says what an import would do, and changes nothing", CLI_NEEDS_STAFF, preview,
	 plan_options},
	{"subscriber import-bound", "LIST FILE DIGEST", 3, 3,
	 "Imports if all comes out as the preview showed", CLI_NEEDS_STAFF, bound,
	 plan_options},
	{"subscriber imports", "LIST", 1, 1, "Lists the imports that can be taken back",
	 CLI_NEEDS_STORE, imports, NULL},
	{"subscriber import-undo", "LIST IMPORT", 2, 2,
	 "Takes an import back, within a day", CLI_NEEDS_STAFF, undo, NULL},
	{"subscriber export", "LIST [FILE.csv]", 1, 2, "Writes a list with its evidence",
	 CLI_NEEDS_STAFF, export, state_options},
	{0}};
