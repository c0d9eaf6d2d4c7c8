#include "domain/outcome/report_back_send.h"
#include "domain/responses/reference.h"
#include "base/fd.h"
#include "base/numeral.h"
#include "base/str.h"
#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "cli/frame/rows.h"

#include <inttypes.h>

enum { ALL_AT_ONCE = 1000 };

static bool which_of(struct cli *cli, struct report_back_of *out, struct err *err)
{
	*out = (struct report_back_of){.consultation = cli->args[0]};
	return cli_arg_int(cli, 1, "the number of a report back", &out->number, err);
}

static int save(struct cli *cli, struct err *err)
{
	AUTO(buf) text = buf_new(REPORT_BACK_TEXT + 1);
	struct report_back_words words = {.consultation = cli->args[0],
					  .subject = cli_option(cli, "subject")};
	struct report_back_of which = {.consultation = cli->args[0]};
	struct report_back old;
	int64_t number;

	if (!fd_read_file(cli->args[1], text, err) ||
	    !cli_option_int(cli, "number",
			    &(struct cli_range){.least = 1, .most = INT32_MAX},
			    &words.number, err))
		return CLI_FAILED;
	words.text = buf_text(text);
	which.number = words.number;
	if (!words.subject && words.number) {
		if (!report_back_get(&cli->op, cli->arena, &which, &old, err))
			return CLI_FAILED;
		words.subject = old.subject;
	}
	words.subject = words.subject ? words.subject : "";
	if (!report_back_save(&cli->op, &words, &number, err))
		return CLI_FAILED;
	cli_done(cli,
		 "Report back %" PRId64 " is saved. Ask for its approval: mercat "
		 "report-back ask %s %" PRId64,
		 number, cli->args[0], number);
	return CLI_DONE;
}

static int list(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"number",     "subject",     "state",
					    "written_by", "approved_by", "approved_at",
					    "recipients"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct report_back *backs;
	struct consultation c;
	size_t count;

	if (!consultation_named(&cli->op, cli->arena, cli->args[0], &c, err) ||
	    !report_backs(&cli->op, cli->arena, c.id, &backs, &count, err))
		return CLI_FAILED;
	for (size_t i = 0; i < count; i++)
		cli_rows_add(&rows, "ittttzi", backs[i].number, backs[i].subject,
			     report_back_state_name(backs[i].state), backs[i].written_by,
			     backs[i].approved_by, backs[i].approved_at,
			     backs[i].recipients);
	cli_rows_print(
		&rows,
		"No report back yet; write one: mercat report-back save NAME FILE");
	return CLI_DONE;
}

static int show(struct cli *cli, struct err *err)
{
	struct report_back_words words = {.consultation = cli->args[0]};
	struct report_back_email email;
	struct report_back_of which;
	struct report_back b;
	struct json json;

	if (!which_of(cli, &which, err) ||
	    !report_back_get(&cli->op, cli->arena, &which, &b, err))
		return CLI_FAILED;
	words.subject = b.subject;
	words.text = b.text;
	if (!report_back_preview(&cli->op, cli->arena, &words, &email, err))
		return CLI_FAILED;
	if (cli->format == CLI_JSON) {
		json_begin_file(&json, stdout);
		json_put_object(&json, NULL);
		json_put_text(&json, "subject", email.subject);
		json_put_text(&json, "text", email.text);
		json_put_text(&json, "markdown", b.text);
		json_end(&json);
		json_done(&json);
	} else if (cli_option(cli, "source")) {
		cli_say(b.text, false);
	} else {
		cli_say(arena_printf(cli->arena, "Subject: %s\n\n%s", email.subject,
				     email.text),
			false);
	}
	return CLI_DONE;
}

static int audience(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"respondents", "state", "why"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct report_back_audience who;
	struct consultation c;

	if (!consultation_named(&cli->op, cli->arena, cli->args[0], &c, err) ||
	    !report_back_audience(&cli->op, cli->arena, c.id, &who, err))
		return CLI_FAILED;
	for (int f = 0; f < REPORT_BACK_FATES; f++) {
		enum report_back_fate fate = (enum report_back_fate)f;

		if (who.fates[f] || fate == REPORT_BACK_GETS)
			cli_rows_add(&rows, "itt", who.fates[f],
				     report_back_fate_name(fate),
				     report_back_fate_says(fate));
	}
	cli_rows_print(&rows, "Nobody has taken part yet.");
	return CLI_DONE;
}

static int ask(struct cli *cli, struct err *err)
{
	struct report_back_of which;

	if (!which_of(cli, &which, err) || !report_back_ask(&cli->op, &which, err))
		return CLI_FAILED;
	cli_done(cli, "Report back %" PRId64 " waits for the approval of a colleague.",
		 which.number);
	return CLI_DONE;
}

static int approve(struct cli *cli, struct err *err)
{
	struct report_back_of which;
	struct report_back b;

	if (!which_of(cli, &which, err) ||
	    !report_back_approve(&cli->op, &which, cli_option(cli, "hash"), err) ||
	    !report_back_get(&cli->op, cli->arena, &which, &b, err))
		return CLI_FAILED;
	cli_done(cli, "Report back %" PRId64 " is approved, and goes to %" PRId64 " %s.",
		 which.number, b.recipients,
		 plural(b.recipients, "respondent", "respondents"));
	return CLI_DONE;
}

static int cancel(struct cli *cli, struct err *err)
{
	struct report_back_of which;
	int64_t withdrawn = 0;

	if (!which_of(cli, &which, err) ||
	    !report_back_cancel(&cli->op, &which, &withdrawn, err))
		return CLI_FAILED;
	cli_done(cli,
		 "Report back %" PRId64
		 " is cancelled. Whoever had not got it will not get it.",
		 which.number);
	return CLI_DONE;
}

static void add_recipient(struct cli *cli, struct cli_rows *rows,
			  const struct store_row *row)
{
	cli_rows_add(rows, "tttttz",
		     response_reference(cli->arena, row_text(row, "consultation"),
					row_int(row, "number")),
		     str_or(row_text(row, "name"), row_text(row, "organisation")),
		     row_text(row, "address"),
		     str_or(row_text(row, "state"),
			    row_text(row, "left_out") ? "left out" : "waiting"),
		     str_or(row_text(row, "left_out"), row_text(row, "reply_text")),
		     row_int(row, "settled_at"));
}

static int recipients(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"reference", "from", "address",
					    "state",     "why",  "settled_at"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct report_back_page page = {.most = ALL_AT_ONCE};
	struct report_back_of which;
	struct report_back b;
	struct store_table t;

	if (!which_of(cli, &which, err) ||
	    !report_back_get(&cli->op, cli->arena, &which, &b, err))
		return CLI_FAILED;
	do {
		if (!report_back_recipients(&cli->op, cli->arena, &b, page, &t, err))
			return CLI_FAILED;
		for (size_t i = 0; i < t.count; i++) {
			struct store_row row = table_row(&t, i);

			add_recipient(cli, &rows, &row);
			page.after = row_int(&row, "response_id");
		}
	} while (t.count == ALL_AT_ONCE);
	cli_rows_print(&rows, "It has not been approved yet, so it goes to nobody.");
	return CLI_DONE;
}

static const struct cli_option save_options[] = {
	{"subject", "TEXT", "what the email is called (as before)"},
	{"number", "N", "change that one (a new one)"},
	{0}};
static const struct cli_option show_options[] = {
	{"source", NULL, "the text as it was written, in Markdown"}, {0}};
static const struct cli_option approve_options[] = {
	{"hash", "HASH", "only if its words still have this hash"}, {0}};

const struct cli_command cli_report_back_commands[] = {
	{"report-back save", "CONSULTATION FILE", 2, 2,
	 "Saves what respondents are told, as Markdown", CLI_NEEDS_STAFF, save,
	 save_options},
	{"report-back list", "CONSULTATION", 1, 1,
	 "Lists the report backs of a consultation", CLI_NEEDS_STORE, list, NULL},
	{"report-back show", "CONSULTATION NUMBER", 2, 2,
	 "Shows the email that it becomes", CLI_NEEDS_STORE, show, show_options},
	{"report-back audience", "CONSULTATION", 1, 1,
	 "Counts who would get it, and who would not and why", CLI_NEEDS_STORE, audience,
	 NULL},
	{"report-back ask", "CONSULTATION NUMBER", 2, 2, "Asks for its approval",
	 CLI_NEEDS_STAFF, ask, NULL},
	{"report-back approve", "CONSULTATION NUMBER", 2, 2,
	 "Approves what somebody else wrote, and sends it", CLI_NEEDS_STAFF, approve,
	 approve_options},
	{"report-back cancel", "CONSULTATION NUMBER", 2, 2,
	 "Cancels it for good: whoever has not got it will not", CLI_NEEDS_STAFF, cancel,
	 NULL},
	{"report-back recipients", "CONSULTATION NUMBER", 2, 2,
	 "Lists who got it, and who did not", CLI_NEEDS_STORE, recipients, NULL},
	{0}};
