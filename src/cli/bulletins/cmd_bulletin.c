#include "domain/bulletins/bulletin.h"
#include "domain/bulletins/bulletin_list.h"
#include "domain/bulletins/odd_hour.h"
#include "domain/delivery/bulletin_progress.h"
#include "domain/delivery/ledger.h"
#include "domain/bulletins/bulletin_render.h"
#include "domain/delivery/timeline.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/numeral.h"
#include "base/str.h"
#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "mail/write/compose.h"

#include <inttypes.h>

enum { FILE_MOST = 2 << 20 };

static bool number_of(struct cli *cli, int64_t *out, struct err *err)
{
	const char *text = cli->args[1];

	return str_to_int(*text == '#' ? text + 1 : text, 1, INT32_MAX, out, err) ||
	       err_prefix(err, "the number of the bulletin");
}

static void say_notes(const struct bulletin *b)
{
	for (size_t i = 0; i < b->source->note_count; i++)
		(void)fprintf(stderr, "line %d: %s\n", b->source->notes[i].line,
			      b->source->notes[i].text);
}

static int draft(struct cli *cli, struct err *err)
{
	AUTO(buf) text = buf_new(FILE_MOST);
	struct bulletin b;
	struct json json;

	if (!fd_read_file(cli->args[0], text, err) ||
	    !bulletin_draft(&cli->op, cli->arena,
			    &(struct bulletin_file){.name = cli->args[0],
						    .text = buf_text(text),
						    .len = text->len},
			    &b, err))
		return CLI_FAILED;
	say_notes(&b);
	if (cli->format == CLI_JSON) {
		json_begin_file(&json, stdout);
		json_put_object(&json, NULL);
		json_put_bool(&json, "ok", true);
		json_put_text(&json, "list", b.list.name);
		json_put_int(&json, "number", b.number);
		json_end(&json);
		json_done(&json);
		return CLI_DONE;
	}
	cli_done(cli,
		 "%s #%" PRId64 " is drafted. See it: mercat bulletin preview %s %" PRId64
		 " --to FOLDER",
		 b.list.name, b.number, b.list.name, b.number);
	return CLI_DONE;
}

static int edit(struct cli *cli, struct err *err)
{
	AUTO(buf) text = buf_new(FILE_MOST);
	struct bulletin b, before;
	int64_t number;

	if (!number_of(cli, &number, err) || !fd_read_file(cli->args[2], text, err) ||
	    !bulletin_load(&cli->op, cli->arena, cli->args[0], number, &before, err) ||
	    !bulletin_edit(&cli->op, cli->arena,
			   (struct bulletin_key){.list = cli->args[0], .number = number},
			   &(struct bulletin_file){.name = cli->args[2],
						   .text = buf_text(text),
						   .len = text->len},
			   &b, err))
		return CLI_FAILED;
	say_notes(&b);
	cli_done(cli,
		 "%s #%" PRId64
		 " is a draft with the new content; it must be approved (again).%s",
		 b.list.name, b.number,
		 str_eq(before.state, "scheduled") ? " It is off the schedule." : "");
	return CLI_DONE;
}

/* In a preview the links carry a token of nobody. */
static const char *without_marks(struct cli *cli, const char *text)
{
	char *copy = arena_strdup(cli->arena, text), *at;

	while ((at = strstr(copy, COMPOSE_TOKEN_MARK)))
		memset(at, 'a', strlen(COMPOSE_TOKEN_MARK));
	return copy;
}

static bool write_part(struct cli *cli, const char *folder, const char *name,
		       const char *text, struct err *err)
{
	text = without_marks(cli, text);
	return cli_write_file(cli, arena_printf(cli->arena, "%s/%s", folder, name), text,
			      strlen(text), 0644, err);
}

static int preview(struct cli *cli, struct err *err)
{
	const char *folder = cli_option(cli, "to"), *chosen = cli_option(cli, "topics");
	struct bulletin_mail mail;
	struct bulletin b;
	uint64_t choice;
	int64_t number, topics;
	bool all;

	if (!folder) {
		(void)err_set(err, ERR_INPUT, "say where the parts go: --to FOLDER");
		return CLI_FAILED;
	}
	if (!number_of(cli, &number, err) ||
	    !bulletin_load(&cli->op, cli->arena, cli->args[0], number, &b, err) ||
	    !topics_read(&b.list, chosen, &topics, &all, err))
		return CLI_FAILED;
	choice = bulletin_choice(&b, topics);
	if (!bulletin_wanted(b.source, all ? BULLETIN_ALL : choice)) {
		cli_done(cli,
			 "A subscriber of %s only gets no mail: no section is about it.",
			 chosen);
		return CLI_DONE;
	}
	if (!bulletin_render_mail(&cli->op, cli->arena, &b,
				  &(struct bulletin_reading){
					  .sections = bulletin_variant(
						  b.source, all ? BULLETIN_ALL : choice),
					  .date_at = cli->op.now},
				  &mail, err) ||
	    !fd_make_dirs(folder, 0755, err) ||
	    !write_part(cli, folder, "update.html", mail.html, err) ||
	    !write_part(cli, folder, "update.txt", mail.text, err) ||
	    !write_part(cli, folder, "subject.txt", mail.subject, err))
		return CLI_FAILED;
	say_notes(&b);
	cli_done(cli, "Written to %s: update.html, update.txt and subject.txt.", folder);
	return CLI_DONE;
}

static int test(struct cli *cli, struct err *err)
{
	int64_t number;

	if (!number_of(cli, &number, err) ||
	    !bulletin_test(&cli->op, cli->args[0], number, cli->args + 2,
			   cli->arg_count - 2, err))
		return CLI_FAILED;
	cli_done(cli,
		 "A test of %s #%" PRId64 " goes to %zu address%s and to nobody else.",
		 cli->args[0], number, cli->arg_count - 2,
		 cli->arg_count == 3 ? "" : "es");
	return CLI_DONE;
}

static int schedule(struct cli *cli, struct err *err)
{
	const char *odd[ODD_HOUR_MOST];
	char when[CLOCK_TEXT];
	int64_t number, due_at;
	const char *asked;
	size_t count;

	if (!number_of(cli, &number, err) ||
	    !cli_day_and_time(cli, cli->args[2], &asked, err) ||
	    !bulletin_schedule(&cli->op, cli->args[0], number, asked, &due_at, err))
		return CLI_FAILED;
	clock_long_time(due_at, cli->settings->zone, when);
	cli_done(cli, "%s #%" PRId64 " goes out on %s (%s).", cli->args[0], number, when,
		 cli->settings->zone);
	count = odd_hour_tell(cli->arena, due_at, cli->settings->zone, odd);
	for (size_t i = 0; i < count; i++)
		cli_done(cli, "%s", odd[i]);
	if (count)
		cli_done(cli,
			 "If that was a slip: mercat bulletin unschedule %s %" PRId64,
			 cli->args[0], number);
	return CLI_DONE;
}

typedef bool state_act(struct operation *op, const char *list, int64_t number,
		       struct err *err);

static int change(struct cli *cli, state_act *act, const char *done, struct err *err)
{
	int64_t number;

	if (!number_of(cli, &number, err) || !act(&cli->op, cli->args[0], number, err))
		return CLI_FAILED;
	cli_done(cli, "%s #%" PRId64 " %s.", cli->args[0], number, done);
	return CLI_DONE;
}

static int unschedule(struct cli *cli, struct err *err)
{
	return change(cli, bulletin_unschedule,
		      "is not scheduled any more. It stays approved: schedule or send it",
		      err);
}

/* At once, or when the grace is over in which it can be stopped. */
static int let_go(struct cli *cli, state_act *act, const char *done, struct err *err)
{
	char when[CLOCK_TEXT];
	struct bulletin b;
	int64_t number;

	if (!number_of(cli, &number, err) || !act(&cli->op, cli->args[0], number, err) ||
	    !bulletin_load(&cli->op, cli->arena, cli->args[0], number, &b, err))
		return CLI_FAILED;
	if (!str_eq(b.state, "scheduled")) {
		cli_done(cli, "%s #%" PRId64 " %s.", cli->args[0], number, done);
		return CLI_DONE;
	}
	clock_exact_time(b.due_at, cli->settings->zone, when);
	cli_done(cli,
		 "%s #%" PRId64 " goes out at %s. Until then it can be stopped: "
		 "mercat bulletin stop %s %" PRId64,
		 cli->args[0], number, when, cli->args[0], number);
	return CLI_DONE;
}

static int send_it(struct cli *cli, struct err *err)
{
	return let_go(cli, bulletin_send,
		      "is being sent; watch it: mercat bulletin status", err);
}

static int stop_it(struct cli *cli, struct err *err)
{
	enum bulletin_stopped stopped;
	int64_t number;

	if (!number_of(cli, &number, err) ||
	    !bulletin_stop(&cli->op, cli->args[0], number, &stopped, err))
		return CLI_FAILED;
	cli_done(cli, "%s #%" PRId64 " %s.", cli->args[0], number,
		 stopped == BULLETIN_STOPPED_IN_TIME
			 ? "was stopped in time: nobody has got it. It stays approved"
		 : stopped == BULLETIN_STOPPED_FOR_LATER
			 ? "was stopped in time: nobody has got it. It is scheduled as "
			   "before"
			 : "had begun, and is paused; mails under way still end");
	return CLI_DONE;
}

static int pause_it(struct cli *cli, struct err *err)
{
	return change(cli, bulletin_pause, "is paused; mails under way still end", err);
}

static int resume(struct cli *cli, struct err *err)
{
	return let_go(cli, bulletin_resume, "is being sent again", err);
}

static int cancel(struct cli *cli, struct err *err)
{
	return change(cli, bulletin_cancel,
		      "has been cancelled. Nobody else will receive it", err);
}

static int settle(struct cli *cli, struct err *err)
{
	bool again = cli_option(cli, "send-again") != NULL,
	     leave = cli_option(cli, "leave") != NULL;
	int64_t number, rows;

	if (again == leave) {
		(void)err_set(err, ERR_INPUT, "say what to do: --send-again or --leave");
		return CLI_FAILED;
	}
	if (!number_of(cli, &number, err) ||
	    !bulletin_settle_in_doubt(&cli->op, cli->args[0], number,
				      again ? IN_DOUBT_SEND_AGAIN : IN_DOUBT_LEAVE, &rows,
				      err))
		return CLI_FAILED;
	cli_done(cli, "%" PRId64 " rows in doubt %s.", rows,
		 again ? "are sent once more, with the same Message-ID"
		       : "are left as they are");
	return CLI_DONE;
}

/* The ledger's counts as rows, those that are not 0. */
static struct store_table counts_of(struct cli *cli, const struct delivery_progress *p)
{
	static const char *const names[] = {"state", "n"};
	const struct {
		const char *state;
		int64_t n;
	} all[] = {{"deferred", p->deferred}, {"digest", p->digest},
		   {"doubt", p->doubt},       {"queued", p->queued},
		   {"refused", p->refused},   {"sending", p->sending},
		   {"sent", p->sent},         {"skipped", p->skipped}};
	struct store_table t = {.names = names, .columns = ARRAY_LEN(names)};

	t.rows = arena_make(cli->arena, struct store_cell *, ARRAY_LEN(all));
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct store_cell *row = arena_make(cli->arena, struct store_cell, 2);

		if (!all[i].n)
			continue;
		row[0] = cell_of_text(all[i].state);
		row[1] = cell_of_int(all[i].n);
		t.rows[t.count++] = row;
	}
	return t;
}

static void status_json(const struct bulletin *b, const struct delivery_progress *p,
			const struct store_table *approval,
			const struct store_table *counts)
{
	struct json json;

	json_begin_file(&json, stdout);
	json_put_object(&json, NULL);
	json_put_text(&json, "list", b->list.name);
	json_put_int(&json, "number", b->number);
	json_put_text(&json, "title", b->title);
	json_put_text(&json, "state", b->state);
	json_put_text(&json, "hold_reason", b->hold_reason);
	table_json(&json, "approvals", approval);
	table_json(&json, "ledger", counts);
	json_put_int(&json, "doubted", p->doubted);
	json_put_int(&json, "rate", p->rate);
	json_put_int(&json, "percent", p->percent);
	json_put_texts(&json, "held_back", p->held, p->held_count);
	json_end(&json);
	json_done(&json);
}

static void status_text(struct cli *cli, const struct bulletin *b,
			const struct delivery_progress *p,
			const struct store_table *counts)
{
	char when[CLOCK_TEXT];

	if (str_eq(b->state, "scheduled")) {
		clock_long_time(b->due_at, str_or(b->zone, cli->settings->zone), when);
		cli_done(cli, "It goes out on %s.", when);
	}
	if (b->started_at)
		cli_print_table(cli, counts, "The ledger is being written.");
	if (p->rate)
		cli_done(cli, "%" PRId64 " in the last minute; %d per cent are settled.",
			 p->rate, p->percent);
	if (p->ends_at) {
		clock_long_time(p->ends_at, cli->settings->zone, when);
		cli_done(cli, "At that rate it ends on %s.", when);
	}
	for (size_t i = 0; i < p->held_count; i++)
		cli_done(cli, "Held back by: %s.", p->held[i]);
}

static int status(struct cli *cli, struct err *err)
{
	struct store_table counts, approval;
	struct delivery_progress p;
	struct bulletin b;
	int64_t number;

	if (!number_of(cli, &number, err) ||
	    !bulletin_load(&cli->op, cli->arena, cli->args[0], number, &b, err) ||
	    !bulletin_progress(&cli->op, cli->arena, cli->args[0], number, &p, err) ||
	    !bulletin_approval(&cli->op, cli->arena, b.id, &approval, err))
		return CLI_FAILED;
	counts = counts_of(cli, &p);
	if (cli->format == CLI_JSON) {
		status_json(&b, &p, &approval, &counts);
		return CLI_DONE;
	}
	cli_done(cli, "%s #%" PRId64 " \"%s\" is %s%s%s", b.list.name, b.number, b.title,
		 b.state, b.hold_reason ? ": " : "", str_or(b.hold_reason, ""));
	if (approval.count)
		cli_print_table(cli, &approval, NULL);
	status_text(cli, &b, &p, &counts);
	return CLI_DONE;
}

/* No row: what is on record says why not. */
static bool why_not(struct cli *cli, const char *address, int64_t number, struct err *err)
{
	struct delivery_asked asked = {address, cli->args[0], number};
	struct delivery_told told;

	if (!delivery_reason_find(&cli->op, cli->arena, &asked, &told, err))
		return false;
	cli_done(cli, "%s", told.words);
	return true;
}

/* A row that rests as "digest", in a sentence. */
static void say_digest(struct cli *cli, const struct store_row *row)
{
	const char *zone = cli->settings->zone;
	char when[CLOCK_TEXT];

	if (!str_eq(row_text(row, "state"), "digest"))
		return;
	if (!row_null(row, "digest_sent_at")) {
		clock_long_time(row_int(row, "digest_sent_at"), zone, when);
		(void)printf("\nYes, in their digest, which was sent on %s.\n", when);
	} else if (str_eq(row_text(row, "digest_state"), "refused")) {
		(void)puts("\nNo: it was in their digest, which was refused; see: mercat "
			   "notification list");
	} else if (!row_null(row, "settled_at")) {
		(void)puts("\nIt is in their digest, which is on its way; see: mercat "
			   "notification list");
	} else {
		clock_long_time(row_int(row, "digest_at"), zone, when);
		(void)printf("\nNot yet: it goes into their digest of %s.\n", when);
	}
}

static int ledger(struct cli *cli, struct err *err)
{
	const char *address = cli_option(cli, "address");
	const struct ledger_filter filter = {.state = cli_option(cli, "state"),
					     .address = address};
	struct bulletin b;
	struct store_table t;
	int64_t number;

	/* What was asked wrongly is said before the bulletin is looked for. */
	if (!domain_word_check("state of a mail", filter.state, delivery_states, err) ||
	    !number_of(cli, &number, err) ||
	    !bulletin_load(&cli->op, cli->arena, cli->args[0], number, &b, err) ||
	    !ledger_list(&cli->op, cli->arena, b.id, &filter, &t, err))
		return CLI_FAILED;
	if (address && !t.count && cli->format == CLI_TEXT)
		return why_not(cli, address, number, err) ? CLI_DONE : CLI_FAILED;
	cli_print_table(cli, &t, "The ledger is empty.");
	if (address && t.count && cli->format == CLI_TEXT) {
		struct store_row row = table_row(&t, 0);
		struct store_table attempts;

		say_digest(cli, &row);
		if (!ledger_attempts(&cli->op, cli->arena, row_int(&row, "id"), &attempts,
				     err))
			return CLI_FAILED;
		if (attempts.count) {
			(void)puts("\nBefore that:");
			cli_print_table(cli, &attempts, NULL);
		}
	}
	return CLI_DONE;
}

static int all(struct cli *cli, struct err *err)
{
	const char *name = cli->arg_count ? cli->args[0] : NULL;
	struct store_table t;
	struct list list;

	if ((name && !list_named(&cli->op, cli->arena, name, &list, err)) ||
	    !bulletin_list(&cli->op, cli->arena, name, &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t,
			"No bulletins yet; write one and: mercat bulletin draft FILE.md");
	return CLI_DONE;
}

static const struct cli_option preview_options[] = {
	{"to", "FOLDER", "where update.html and update.txt go"},
	{"topics", "A,B", "as a subscriber of these topics gets it (all)"},
	{0}};
static const struct cli_option settle_options[] = {
	{"send-again", NULL, "send them once more with the same Message-ID"},
	{"leave", NULL, "leave them: they may have arrived"},
	{0}};
static const struct cli_option ledger_options[] = {
	{"address", "ADDRESS", "did this person get it, and why not?"},
	{"state", "STATE",
	 "queued, sending, sent, \"in doubt\", deferred, refused or skipped"},
	{0}};

const struct cli_command cli_bulletin_commands[] = {
	{"bulletin draft", "FILE.md", 1, 1,
	 "Makes the next bulletin of a list from a file", CLI_NEEDS_STAFF, draft, NULL},
	{"bulletin edit", "LIST NUMBER FILE.md", 3, 3,
	 "Replaces its text; an approval is withdrawn", CLI_NEEDS_STAFF, edit, NULL},
	{"bulletin preview", "LIST NUMBER", 2, 2, "Writes its HTML and text as files",
	 CLI_NEEDS_STORE, preview, preview_options},
	{"bulletin test", "LIST NUMBER ADDRESS...", 3, 0,
	 "Sends a test to these addresses only: of the staff, or allowed by the settings",
	 CLI_NEEDS_STAFF, test, NULL},
	{"bulletin schedule", "LIST NUMBER \"DAY TIME ZONE\"", 3, 3,
	 "Sends it at that local time", CLI_NEEDS_STAFF, schedule, NULL},
	{"bulletin unschedule", "LIST NUMBER", 2, 2,
	 "Takes its time away; it stays approved", CLI_NEEDS_STAFF, unschedule, NULL},
	{"bulletin send", "LIST NUMBER", 2, 2,
	 "Sends it now, after a minute in which it can be stopped", CLI_NEEDS_STAFF,
	 send_it, NULL},
	{"bulletin stop", "LIST NUMBER", 2, 2,
	 "Stops what is about to go out, or pauses what goes out", CLI_NEEDS_STAFF,
	 stop_it, NULL},
	{"bulletin pause", "LIST NUMBER", 2, 2, "Stops the sending for a while",
	 CLI_NEEDS_STAFF, pause_it, NULL},
	{"bulletin resume", "LIST NUMBER", 2, 2,
	 "Goes on with one that is paused or on hold", CLI_NEEDS_STAFF, resume, NULL},
	{"bulletin cancel", "LIST NUMBER", 2, 2, "Stops it for good", CLI_NEEDS_STAFF,
	 cancel, NULL},
	{"bulletin settle", "LIST NUMBER", 2, 2,
	 "Decides on mails that may or may not have arrived", CLI_NEEDS_STAFF, settle,
	 settle_options},
	{"bulletin status", "LIST NUMBER", 2, 2, "Shows delivery progress",
	 CLI_NEEDS_STORE, status, NULL},
	{"bulletin ledger", "LIST NUMBER", 2, 2, "Shows who got it, or did not, and why",
	 CLI_NEEDS_STORE, ledger, ledger_options},
	{"bulletin list", "[LIST]", 0, 1, "Lists the bulletins", CLI_NEEDS_STORE, all,
	 NULL},
	{0}};
