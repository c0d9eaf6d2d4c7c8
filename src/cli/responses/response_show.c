#include "cli/responses/response_show.h"
#include "cli/frame/print.h"
#include "domain/responses/response_answer.h"
#include "domain/coding/blind.h"
#include "domain/responses/options.h"
#include "domain/responses/response.h"
#include "domain/responses/response_proposal.h"
#include "domain/responses/response_record.h"
#include "base/str.h"

#include <inttypes.h>

struct around {
	struct response_record record;
	struct response_answer *answers;
	size_t answer_count;
	struct store_table choices, proposals, rules, tags;
};

static bool load_around(struct cli *cli, const struct response *r, struct around *a,
			struct err *err)
{
	return response_record_load(&cli->op, cli->arena, r, &a->record, err) &&
	       response_answer_list(&cli->op, cli->arena, r->id, &a->answers,
				    &a->answer_count, err) &&
	       response_proposal_list(&cli->op, cli->arena, r->id, &a->proposals, err) &&
	       response_choice_list(&cli->op, cli->arena, r->id, &a->choices, err) &&
	       blind_rules(&cli->op, cli->arena, r->id, &a->rules, err) &&
	       blind_tags(&cli->op, cli->arena, r->id, &a->tags, err);
}

static void json_answers(struct json *to, const struct response_answer *answers,
			 size_t count)
{
	json_put_array(to, "answers");
	json_lines(to);
	for (size_t i = 0; i < count; i++) {
		const struct response_answer *a = &answers[i];

		json_put_object(to, NULL);
		json_put_int(to, "question", a->question);
		json_put_int(to, "from", a->from);
		json_put_int(to, "to", a->to);
		json_put_text(to, "part", a->part);
		json_put_text(to, "how", a->how);
		json_put_text(to, "text", a->text);
		json_end(to);
	}
	json_end(to);
}

static void show_json(const struct store_row *head, const struct around *a)
{
	struct json json;

	json_begin_file(&json, stdout);
	json_put_object(&json, NULL);
	row_json(&json, "response", head);
	row_json(&json, "mail", &a->record.mail);
	row_json(&json, "respondent", &a->record.respondent);
	table_json(&json, "form", &a->record.said);
	table_json(&json, "readings", &a->record.readings);
	json_answers(&json, a->answers, a->answer_count);
	table_json(&json, "choices", &a->choices);
	table_json(&json, "proposals", &a->proposals);
	table_json(&json, "links", &a->record.links);
	table_json(&json, "rules", &a->rules);
	table_json(&json, "attachments", &a->record.files);
	table_json(&json, "tags", &a->tags);
	table_json(&json, "notes", &a->record.notes);
	table_json(&json, "screenings", &a->record.screenings);
	json_end(&json);
	json_done(&json);
}

static void part(struct cli *cli, const char *title, const struct store_table *t)
{
	if (!t->count)
		return;
	(void)printf("\n%s\n", title);
	cli_print_table(cli, t, NULL);
}

/* What they say stands beside what they are; what could not be read is told loudly. */
static void files(struct cli *cli, const struct store_table *t)
{
	struct store_row first = t->count ? table_row(t, 0) : (struct store_row){0};

	if (t->count && !row_int(&first, "also"))
		(void)printf("\nAttachments (as they came: mercat response raw)\n");
	for (size_t i = 0; i < t->count; i++) {
		struct store_row row = table_row(t, i);
		const char *state = row_text(&row, "text_state");
		const char *text = row_text(&row, "text");

		if (row_int(&row, "also")) {
			(void)printf("\nThe email also says, in its formatted version or "
				     "where few programs show it:\n\n");
			cli_say(text, CLI_MANY_LINES);
			(void)putchar('\n');
			continue;
		}
		(void)printf("\n%zu. ", i + 1);
		cli_say(str_or(row_text(&row, "name"), "(no name)"), CLI_MANY_LINES);
		(void)printf(", %" PRId64 " bytes, ", row_int(&row, "size"));
		cli_say(row_text(&row, "type"), CLI_MANY_LINES);
		(void)printf(", text: %s%s%s\n", state,
			     row_text(&row, "text_source") ? " from " : "",
			     str_or(row_text(&row, "text_source"), ""));
		if (str_eq(state, "unreadable")) {
			(void)printf(row_null(&row, "recognised_at")
					     ? "   !!! NOT READ, OR NOT ALL OF IT: "
					     : "   !!! RECOGNISED BY A PROGRAM: ");
			cli_say(row_text(&row, "text_reason"), CLI_MANY_LINES);
			(void)putchar('\n');
		}
		if (text && !cli_option(cli, "no-files")) {
			(void)putchar('\n');
			cli_say(text, CLI_MANY_LINES);
			(void)putchar('\n');
		}
	}
}

static void say_answers(const struct response_answer *answers, size_t count)
{
	int64_t last = -1;

	for (size_t i = 0; i < count; i++) {
		const struct response_answer *a = &answers[i];

		if (a->question != last && a->question)
			(void)printf("\n%" PRId64 ". ", a->question);
		else if (a->question != last)
			(void)printf("\nGeneral");
		if (a->question != last && a->question)
			cli_say(a->asked, CLI_ONE_LINE);
		(void)printf("\n   (");
		cli_say(a->part, CLI_ONE_LINE); /* a file's name is its sender's */
		(void)printf(", %" PRId64 " to %" PRId64 ", by %s)\n", a->from, a->to,
			     a->how);
		cli_say(a->text, CLI_MANY_LINES);
		(void)putchar('\n');
		last = a->question;
	}
}

static void show_text(struct cli *cli, const struct store_row *head,
		      const struct around *a)
{
	const char *text_new = row_text(&a->record.mail, "text_new");
	const char *quoted = row_text(&a->record.mail, "text_quoted");

	cli_print_row(cli, head);
	(void)puts("\nWhat this person wrote:");
	say_answers(a->answers, a->answer_count);
	if (!a->answer_count)
		(void)puts("(nothing)");
	if (cli_option(cli, "whole")) {
		(void)puts("\nThe whole of it:\n");
		cli_say(str_or(text_new, str_or(row_text(&a->record.mail, "text"), "")),
			CLI_MANY_LINES);
		(void)putchar('\n');
	}
	if (!str_empty(quoted) && cli_option(cli, "quoted")) {
		(void)puts("\nQuoted:\n");
		cli_say(quoted, CLI_MANY_LINES);
		(void)putchar('\n');
	} else if (!str_empty(quoted)) {
		(void)puts("\n(Quoted text is not shown; see it with --quoted.)");
	}
	part(cli, "Chosen of closed questions", &a->choices);
	part(cli, "Proposed, and what was decided", &a->proposals);
	part(cli, "Other responses of this person", &a->record.links);
	part(cli, "Rules that it met", &a->rules);
	part(cli, "Said in the form", &a->record.said);
	part(cli, "Where it was read", &a->record.readings);
	files(cli, &a->record.files);
	part(cli, "Tags", &a->tags);
	part(cli, "Notes", &a->record.notes);
	part(cli, "Screening", &a->record.screenings);
}

int cli_response_show(struct cli *cli, struct err *err)
{
	static const char *const names[] = {
		"reference",  "received_at", "state", "reason",  "late",       "type",
		"permission", "assigned",    "from",  "subject", "limits_hit", "channel"};
	struct response r;
	struct around a;
	struct store_cell cells[ARRAY_LEN(names)] = {0};
	struct store_row head = {names, cells, ARRAY_LEN(names)};
	const char *texts[ARRAY_LEN(names)] = {0}, *limits;

	if (!response_find(&cli->op, cli->arena, cli->args[0], &r, err) ||
	    !load_around(cli, &r, &a, err))
		return CLI_FAILED;
	limits = row_text(&a.record.mail, "limits_hit");
	texts[0] = response_reference(cli->arena, r.consultation, r.number);
	texts[2] = r.state;
	texts[3] = r.reason;
	texts[4] = r.late ? "yes" : "no";
	texts[5] = r.type;
	texts[6] = r.permission;
	texts[7] = r.assigned;
	texts[8] = arena_printf(cli->arena, "%s <%s>",
				str_or(row_text(&a.record.mail, "from_name"), ""),
				str_or(row_text(&a.record.mail, "from_address"), "?"));
	texts[9] = row_text(&a.record.mail, "subject");
	texts[10] = str_eq(limits, "[]") ? NULL : limits;
	texts[11] = r.channel;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		cells[i] = cell_of_text(texts[i]);
	cells[1] = cell_of_int(r.received_at);
	if (cli->format == CLI_JSON)
		show_json(&head, &a);
	else
		show_text(cli, &head, &a);
	return CLI_DONE;
}
