#include "domain/bulletins/bulletin_audience.h"
#include "domain/bulletins/bulletin_check.h"
#include "domain/bulletins/bulletin_image.h"
#include "domain/delivery/bulletin_progress.h"
#include "domain/core/schedule.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/numeral.h"
#include "base/str.h"
#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "cli/frame/rows.h"

#include <inttypes.h>

enum { CALENDAR_DAYS = 60 };

static bool load(struct cli *cli, struct bulletin *out, int64_t *out_number,
		 struct err *err)
{
	const char *text = cli->args[1];

	return (str_to_int(*text == '#' ? text + 1 : text, 1, INT32_MAX, out_number,
			   err) ||
		err_prefix(err, "the number of the bulletin")) &&
	       bulletin_load(&cli->op, cli->arena, cli->args[0], *out_number, out, err);
}

/* Room for one row more of so many columns. */
static struct store_cell *add_row(struct cli *cli, struct store_table *t)
{
	t->rows = arena_grow(cli->arena, t->rows, t->count, sizeof(*t->rows));
	t->rows[t->count] = arena_make(cli->arena, struct store_cell, t->columns);
	return t->rows[t->count++];
}

/* ---- before ---- */

static int check(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"level", "line", "rule", "finding"};
	struct store_table t = {.names = names, .columns = ARRAY_LEN(names)};
	struct bulletin_findings found;
	struct bulletin b;
	int64_t number;

	if (!load(cli, &b, &number, err) ||
	    !bulletin_check_stored(&cli->op, cli->arena, &b, &found, err))
		return CLI_FAILED;
	for (size_t i = 0; i < found.count; i++) {
		const struct bulletin_finding *f = &found.items[i];
		struct store_cell *row = add_row(cli, &t);

		row[0] = cell_of_text(str_or(bulletin_level_name(f->level), ""));
		row[1] = f->line ? cell_of_int(f->line) : (struct store_cell){0};
		row[2] = cell_of_text(str_or(f->rule, ""));
		row[3] = cell_of_text(str_or(f->text, ""));
	}
	cli_print_table(cli, &t, NULL);
	if (cli->format == CLI_TEXT)
		cli_done(cli, "%zu to mend, %zu to look at.", found.stops, found.looks);
	return CLI_DONE;
}

static int reuse(struct cli *cli, struct err *err)
{
	const char *text;

	if (!bulletin_next(&cli->op, cli->arena, cli->args[0], &text, err))
		return CLI_FAILED;
	if (cli->arg_count < 2) {
		(void)fputs(text, stdout);
		return CLI_DONE;
	}
	if (!cli_write_file(cli, cli->args[1], text, strlen(text), 0644, err))
		return CLI_FAILED;
	cli_done(cli, "%s is written. Fill it in, then: mercat bulletin draft %s",
		 cli->args[1], cli->args[1]);
	return CLI_DONE;
}

static int attach(struct cli *cli, struct err *err)
{
	AUTO(buf) file = buf_new(BULLETIN_IMAGE_BYTES + 1000);
	const char *path = cli->args[2], *slash = strrchr(path, '/');
	struct bulletin_image image;
	struct bulletin b;
	int64_t number;

	if (!load(cli, &b, &number, err) || !fd_read_file(path, file, err) ||
	    !bulletin_image_add(
		    &cli->op, cli->arena,
		    (struct bulletin_key){.list = cli->args[0], .number = number},
		    &(struct bulletin_file){.name = str_or(cli_option(cli, "name"),
							   slash ? slash + 1 : path),
					    .text = file->bytes,
					    .len = file->len},
		    &image, err))
		return CLI_FAILED;
	cli_done(
		cli,
		"%s is attached (%s, %d by %d). Show it in the text: ![What it shows](%s)",
		image.name, image.type, image.width, image.height, image.name);
	return CLI_DONE;
}

static int detach(struct cli *cli, struct err *err)
{
	struct bulletin b;
	int64_t number;

	if (!load(cli, &b, &number, err) ||
	    !bulletin_image_remove(&cli->op, cli->args[0], number, cli->args[2], err))
		return CLI_FAILED;
	cli_done(cli, "%s is attached no more.", cli->args[2]);
	return CLI_DONE;
}

static void print_audience(const struct audience_tell *a)
{
	bool approved = a->approved_count >= 0;

	(void)printf("%" PRId64 " subscriber%s %s", a->count, plural(a->count, "", "s"),
		     !approved ? "would get it" : plural(a->count, "gets it", "get it"));
	if (approved)
		(void)fputs(", as approved", stdout);
	if (a->last_number)
		(void)printf("; No. %" PRId64 " went to %" PRId64 " (%+d per cent)",
			     a->last_number, a->last_count, a->percent);
	(void)puts(".");
	if (a->joined)
		(void)printf("%" PRId64
			     " %s joined since: they get the next one, or approve "
			     "again for %" PRId64 ".\n",
			     a->joined, plural(a->joined, "has", "have"), a->now_count);
	if (a->goes_to != a->count)
		(void)printf("Who has left, paused or chosen differently since is taken "
			     "at their word: it goes to %" PRId64 ".\n",
			     a->goes_to);
	for (size_t i = 0; i < a->topic_count; i++)
		if (a->topics[i].is_offered || a->topics[i].sections)
			(void)printf("  %-24s %" PRId64 " get it, %" PRId64
				     " chose it themselves; %zu section%s\n",
				     a->topics[i].name, a->topics[i].get,
				     a->topics[i].chosen, a->topics[i].sections,
				     plural(a->topics[i].sections, "", "s"));
	for (size_t i = 0; i < a->reason_count; i++)
		(void)printf("%" PRId64 " %s.\n", a->reasons[i].count,
			     a->reasons[i].words);
}

static void json_audience(const struct audience_tell *a)
{
	struct json json;

	json_begin_file(&json, stdout);
	json_put_object(&json, NULL);
	json_put_int(&json, "count", a->count);
	json_put_int(&json, "goes_to", a->goes_to);
	json_put_int(&json, "joined", a->joined);
	json_put_int(&json, "now_count", a->now_count);
	json_put_int(&json, "all_topics", a->all_topics);
	json_put_int(&json, "approved_count", a->approved_count);
	json_put_int(&json, "last_number", a->last_number);
	json_put_int(&json, "last_count", a->last_count);
	json_put_int(&json, "percent", a->percent);
	json_put_array(&json, "topics");
	for (size_t i = 0; i < a->topic_count; i++) {
		json_put_object(&json, NULL);
		json_put_text(&json, "name", a->topics[i].name);
		json_put_int(&json, "get", a->topics[i].get);
		json_put_int(&json, "chosen", a->topics[i].chosen);
		json_put_int(&json, "sections", (int64_t)a->topics[i].sections);
		json_end(&json);
	}
	json_end(&json);
	json_put_array(&json, "not");
	for (size_t i = 0; i < a->reason_count; i++) {
		json_put_object(&json, NULL);
		json_put_text(&json, "state", a->reasons[i].state);
		json_put_int(&json, "count", a->reasons[i].count);
		json_put_text(&json, "words", a->reasons[i].words);
		json_end(&json);
	}
	json_end(&json);
	json_end(&json);
	json_done(&json);
}

static int audience(struct cli *cli, struct err *err)
{
	struct audience_tell a;
	struct bulletin b;
	int64_t number;

	if (!load(cli, &b, &number, err) ||
	    !bulletin_audience_tell(&cli->op, cli->arena, &b, &a, err))
		return CLI_FAILED;
	if (cli->format == CLI_TEXT)
		print_audience(&a);
	else
		json_audience(&a);
	return CLI_DONE;
}

/* ---- afterwards ---- */

static void print_failures(const struct failed_deliveries *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		(void)printf("  %8" PRId64 " %s: ", list[i].count, list[i].state);
		cli_say(list[i].reason, CLI_ONE_LINE);
		if (!str_empty(list[i].words) && !str_eq(list[i].words, list[i].reason)) {
			(void)fputs(" (\"", stdout);
			cli_say(list[i].words, CLI_ONE_LINE);
			(void)fputs("\")", stdout);
		}
		(void)putchar('\n');
	}
}

static void print_time(struct cli *cli, const char *what, int64_t at)
{
	char text[CLOCK_TEXT];

	if (!at)
		return;
	clock_long_time(at, cli->settings->zone, text);
	(void)printf("%-12s %s\n", what, text);
}

/* What the page of leaving offers, as a report says it. */
static const char *leaving_said(const char *reason)
{
	return str_eq(reason, "too many")       ? "too many emails"
	       : str_eq(reason, "not relevant") ? "not about what they need"
	       : str_eq(reason, "role changed") ? "their work has changed"
						: "they did not ask for it";
}

static void print_report(struct cli *cli, const struct bulletin_report_of *r)
{
	const struct delivery_progress *p = &r->progress;
	char waited[NUMERAL_TEXT];

	(void)printf("%s No. %" PRId64 " \"", r->list, r->number);
	cli_say(r->title, CLI_ONE_LINE);
	(void)printf("\" is %s: %" PRId64 " of %" PRId64 " sent", p->state, p->sent,
		     p->rows);
	(void)printf(" (drafted by %s, approved by %s for %" PRId64 ")\n", r->drafted_by,
		     str_or(r->approved_by, "nobody"), p->audience);
	print_time(cli, "approved", r->approved_at);
	print_time(cli, "begun", p->started_at);
	print_time(cli, "last mail", r->last_sent_at);
	print_time(cli, "finished", p->finished_at);
	(void)printf("sent %" PRId64 ", refused %" PRId64 ", skipped %" PRId64
		     ", in doubt %" PRId64 ", still open %" PRId64 "\n",
		     p->sent, p->refused, p->skipped, p->doubt,
		     p->queued + p->sending + p->deferred);
	print_failures(p->failures, p->failure_count);
	if (r->waited_rows) {
		numeral_duration(r->waited_most_s, waited);
		(void)printf("%" PRId64
			     " arrived only at a later try; the longest took %s more\n",
			     r->waited_rows, waited);
	}
	(void)printf("came back afterwards: %" PRId64 "\n", r->came_back);
	print_failures(r->bounces, r->bounce_count);
	(void)printf("complaints: %" PRId64 "; left after it: %" PRId64
		     "; stopped because mail came back: %" PRId64 "\n",
		     r->complaints, r->left, r->stopped);
	for (size_t i = 0; i < r->reason_count; i++)
		(void)printf("  %8" PRId64 " left, and said: %s\n", r->reasons[i].count,
			     leaving_said(r->reasons[i].reason));
}

static void json_failures(struct json *to, const char *name,
			  const struct failed_deliveries *list, size_t count)
{
	json_put_array(to, name);
	for (size_t i = 0; i < count; i++) {
		json_put_object(to, NULL);
		json_put_text(to, "state", list[i].state);
		json_put_int(to, "count", list[i].count);
		json_put_text(to, "reason", list[i].reason);
		json_put_text(to, "words", list[i].words);
		json_end(to);
	}
	json_end(to);
}

static void json_time(struct json *to, const char *name, int64_t at)
{
	char text[CLOCK_TEXT];

	clock_rfc3339(at, text);
	json_put_text(to, name, at ? text : NULL);
}

static void json_progress(struct json *to, const struct delivery_progress *p)
{
	const struct {
		const char *name;
		int64_t n;
	} counts[] = {{"audience", p->audience}, {"rows", p->rows},
		      {"queued", p->queued},     {"sending", p->sending},
		      {"sent", p->sent},         {"doubt", p->doubt},
		      {"deferred", p->deferred}, {"refused", p->refused},
		      {"skipped", p->skipped},   {"rate", p->rate},
		      {"percent", p->percent}};

	for (size_t i = 0; i < ARRAY_LEN(counts); i++)
		json_put_int(to, counts[i].name, counts[i].n);
}

static void json_report(const struct bulletin_report_of *r)
{
	const struct delivery_progress *p = &r->progress;
	struct json json;

	json_begin_file(&json, stdout);
	json_put_object(&json, NULL);
	json_put_text(&json, "list", r->list);
	json_put_int(&json, "number", r->number);
	json_put_text(&json, "title", r->title);
	json_put_text(&json, "state", p->state);
	json_put_text(&json, "drafted_by", r->drafted_by);
	json_put_text(&json, "approved_by", r->approved_by);
	json_time(&json, "approved_at", r->approved_at);
	json_time(&json, "started_at", p->started_at);
	json_time(&json, "last_sent_at", r->last_sent_at);
	json_time(&json, "finished_at", p->finished_at);
	json_progress(&json, p);
	json_failures(&json, "failures", p->failures, p->failure_count);
	json_put_int(&json, "waited_rows", r->waited_rows);
	json_put_int(&json, "waited_most_s", r->waited_most_s);
	json_put_int(&json, "came_back", r->came_back);
	json_failures(&json, "bounces", r->bounces, r->bounce_count);
	json_put_int(&json, "complaints", r->complaints);
	json_put_int(&json, "unsubscribed", r->left);
	json_put_array(&json, "left_because");
	for (size_t i = 0; i < r->reason_count; i++) {
		json_put_object(&json, NULL);
		json_put_text(&json, "reason", r->reasons[i].reason);
		json_put_int(&json, "count", r->reasons[i].count);
		json_end(&json);
	}
	json_end(&json);
	json_put_int(&json, "bouncing", r->stopped);
	json_end(&json);
	json_done(&json);
}

static int report(struct cli *cli, struct err *err)
{
	struct bulletin_report_of r;
	struct bulletin b;
	int64_t number;

	if (!load(cli, &b, &number, err) ||
	    !bulletin_report(&cli->op, cli->arena, cli->args[0], number, &r, err))
		return CLI_FAILED;
	if (cli->format == CLI_TEXT)
		print_report(cli, &r);
	else
		json_report(&r);
	return CLI_DONE;
}

static int calendar(struct cli *cli, struct err *err)
{
	const char *zone = cli->settings->zone, *from = cli_option(cli, "from"),
		   *to = cli_option(cli, "to");
	int64_t from_at = cli->op.now - (int64_t)CALENDAR_DAYS * DAY_S,
		to_at = cli->op.now + (int64_t)CALENDAR_DAYS * DAY_S;
	static const char *const names[] = {"at",     "kind",  "list",
					    "number", "title", "state"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct schedule_events events;

	if ((from && !cli_day(cli, from, CLI_GONE_BY, &from, err)) ||
	    (to && !cli_day(cli, to, CLI_TO_COME, &to, err)) ||
	    (from && !clock_day_start(from, zone, &from_at, err)) ||
	    (to && !clock_day_end(to, zone, &to_at, err)) ||
	    !schedule_calendar(&cli->op, cli->arena, from_at, to_at, &events, err))
		return CLI_FAILED;
	for (size_t i = 0; i < events.count; i++)
		cli_rows_add(&rows, "ittitt", events.items[i].at, events.items[i].kind,
			     events.items[i].name, events.items[i].number,
			     events.items[i].title, events.items[i].state);
	cli_rows_print(&rows, "Nothing is planned, and nothing went out.");
	return CLI_DONE;
}

static const struct cli_option attach_options[] = {
	{"name", "NAME", "what the text calls it (the file's own name)"}, {0}};
static const struct cli_option calendar_options[] = {
	{"from", "DAY", "from that day on (60 days ago)"},
	{"to", "DAY", "up to that day (in 60 days)"},
	{0}};

const struct cli_command cli_bulletin_write_commands[] = {
	{"bulletin check", "LIST NUMBER", 2, 2,
	 "Says what to mend before it goes out, in plain words", CLI_NEEDS_STORE, check,
	 NULL},
	{"bulletin reuse", "LIST [FILE.md]", 1, 2,
	 "Writes the last one's headings and topics for the next", CLI_NEEDS_STORE, reuse,
	 NULL},
	{"bulletin attach", "LIST NUMBER PICTURE", 3, 3,
	 "Attaches a picture; an approval is withdrawn", CLI_NEEDS_STAFF, attach,
	 attach_options},
	{"bulletin detach", "LIST NUMBER NAME", 3, 3, "Takes a picture off",
	 CLI_NEEDS_STAFF, detach, NULL},
	{"bulletin audience", "LIST NUMBER", 2, 2,
	 "Says who gets it, who not and why, and how many got the last", CLI_NEEDS_STORE,
	 audience, NULL},
	{"bulletin report", "LIST NUMBER", 2, 2, "Says how it went", CLI_NEEDS_STORE,
	 report, NULL},
	{"bulletin calendar", "", 0, 0, "Shows what is planned and what went out",
	 CLI_NEEDS_STORE, calendar, calendar_options},
	{0}};
