#include "cli/cli.h"
#include "cli/print.h"
#include "domain/analysis/analysis.h"
#include "domain/bulletins/archive.h"
#include "domain/admin/consultation.h"
#include "domain/responses/options.h"
#include "domain/intake/reread.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/str.h"
#include "text/csv.h"

#include <inttypes.h>

enum { FILE_MOST = 1 << 20 };

static int add(struct cli *cli, struct err *err)
{
	AUTO(buf) text = buf_new(FILE_MOST);
	const char *name;

	if (!fd_read_file(cli->args[0], text, err) ||
	    !consultation_add(&cli->op, cli->arena, cli->args[0], buf_text(text), &name,
			      err))
		return CLI_FAILED;
	cli_done(
		cli,
		"The consultation %s is there as a draft; open it: mercat consultation open %s",
		name, name);
	return CLI_DONE;
}

static int say_dates(struct cli *cli, const char *name, struct err *err)
{
	struct consultation c;
	char opens[CLOCK_TEXT], closes[CLOCK_TEXT];

	if (!consultation_named(&cli->op, cli->arena, name, &c, err))
		return CLI_FAILED;
	clock_long_date(c.opens_at, c.zone, opens);
	clock_long_date(c.closes_at, c.zone, closes);
	cli_done(cli, "%s is %s: from %s to the end of %s (%s), at %s.", c.name, c.state,
		 opens, closes, c.zone, c.address);
	return CLI_DONE;
}

static int open_it(struct cli *cli, struct err *err)
{
	return consultation_open(&cli->op, cli->args[0], err)
		       ? say_dates(cli, cli->args[0], err)
		       : CLI_FAILED;
}

static int close_it(struct cli *cli, struct err *err)
{
	return consultation_close(&cli->op, cli->args[0], err)
		       ? say_dates(cli, cli->args[0], err)
		       : CLI_FAILED;
}

static int extend(struct cli *cli, struct err *err)
{
	return consultation_extend(&cli->op, cli->args[0], cli->args[1], err)
		       ? say_dates(cli, cli->args[0], err)
		       : CLI_FAILED;
}

static int all(struct cli *cli, struct err *err)
{
	struct store_table t;

	if (!store_all(cli->op.store, cli->arena, 0, &t, err, SQL_CONSULTATION_ALL, ""))
		return CLI_FAILED;
	cli_print_table(cli, &t,
			"No consultations yet; add one: mercat consultation add FILE");
	return CLI_DONE;
}

static int show(struct cli *cli, struct err *err)
{
	AUTO(buf) json = buf_new(FILE_MOST * 4);
	struct store_table questions, extensions;
	struct store_row row;
	struct consultation c;

	if (!consultation_named(&cli->op, cli->arena, cli->args[0], &c, err) ||
	    !store_one(cli->op.store, cli->arena, &row, err, SQL_CONSULTATION_BY_ID, "i",
		       c.id) ||
	    !store_all(cli->op.store, cli->arena, 0, &questions, err, SQL_QUESTIONS_OF,
		       "i", c.id) ||
	    !store_all(cli->op.store, cli->arena, 0, &extensions, err, SQL_EXTENSIONS_OF,
		       "i", c.id))
		return CLI_FAILED;
	if (cli->format == CLI_JSON) {
		buf_str(json, "{\"consultation\":");
		cli_json_row(json, &row);
		buf_str(json, ",\"questions\":");
		cli_json_table(json, &questions);
		buf_str(json, ",\"extensions\":");
		cli_json_table(json, &extensions);
		buf_str(json, "}\n");
		(void)fputs(buf_text(json), stdout);
		return CLI_DONE;
	}
	cli_print_row(cli, &row);
	(void)puts("\nQuestions:");
	cli_print_table(cli, &questions, "none");
	if (extensions.count) {
		(void)puts("\nExtensions:");
		cli_print_table(cli, &extensions, NULL);
	}
	return CLI_DONE;
}

static const char *share_of_all(struct arena *arena, const struct analysis_table *s,
				size_t row)
{
	return analysis_table_share(arena, s->rows[row].cells[ANALYSIS_TABLE_TYPES],
				    s->total);
}

/* Who does not answer is none of those answering. */
static const char *share_of_answering(struct arena *arena, const struct analysis_table *s,
				      size_t row)
{
	if (str_ends(s->rows[row].label, "(not answered)"))
		return "";
	return analysis_table_share(arena, s->rows[row].cells[ANALYSIS_TABLE_TYPES],
				    s->rows[row].answering);
}

static void sheet_json(struct arena *arena, struct buf *out,
		       const struct analysis_table *s)
{
	size_t from = ANALYSIS_TABLE_TYPES + 1 - s->column_count;

	buf_str(out, "{\"title\":");
	json_text(out, s->title);
	buf_printf(out, ",\"n\":%" PRId64 ",\"rows\":[", s->total);
	for (size_t i = 0; i < s->row_count; i++) {
		buf_str(out, i ? ",\n{" : "{");
		json_text(out, s->label);
		buf_char(out, ':');
		json_text(out, s->rows[i].label);
		for (size_t c = from; c <= ANALYSIS_TABLE_TYPES; c++) {
			buf_char(out, ',');
			json_text(out, s->columns[c]);
			buf_printf(out, ":%" PRId64, s->rows[i].cells[c]);
		}
		if (s->shares && s->rows[i].answering)
			buf_printf(out, ",\"share_of_all\":%s,\"share_of_answering\":%s",
				   str_or(share_of_all(arena, s, i), "null"),
				   str_or(share_of_answering(arena, s, i), "null"));
		buf_printf(out, ",\"parts_the_replies\":%s}",
			   s->rows[i].sums ? "true" : "false");
	}
	buf_str(out, "],\"note\":");
	json_text(out, s->note);
	buf_char(out, '}');
}

static void sheet_csv(struct arena *arena, struct buf *out,
		      const struct analysis_table *s)
{
	size_t from = ANALYSIS_TABLE_TYPES + 1 - s->column_count;
	struct csv_writer csv;

	csv_write_begin(&csv, out);
	csv_write(&csv, s->label);
	for (size_t c = from; c <= ANALYSIS_TABLE_TYPES; c++)
		csv_write(&csv, s->columns[c]);
	if (s->shares) {
		csv_write(&csv, "% of all");
		csv_write(&csv, "% of those answering");
	}
	csv_write_end_row(&csv);
	for (size_t i = 0; i < s->row_count; i++) {
		csv_write(&csv, s->rows[i].label);
		for (size_t c = from; c <= ANALYSIS_TABLE_TYPES; c++)
			csv_write_int(&csv, s->rows[i].cells[c]);
		if (s->shares) {
			csv_write(&csv, share_of_all(arena, s, i));
			csv_write(&csv, share_of_answering(arena, s, i));
		}
		csv_write_end_row(&csv);
	}
	csv_write(&csv, "N");
	for (size_t c = from; c < ANALYSIS_TABLE_TYPES; c++)
		csv_write(&csv, "");
	csv_write_int(&csv, s->total);
	if (s->shares) {
		csv_write(&csv, "");
		csv_write(&csv, "");
	}
	csv_write_end_row(&csv);
}

static void sheet_text(const struct cli *cli, const struct analysis_table *s)
{
	size_t from = ANALYSIS_TABLE_TYPES + 1 - s->column_count;
	size_t shares = s->shares ? 2 : 0;
	struct store_table t = {.columns = s->column_count + 1 + shares,
				.count = s->row_count};
	const char **names = arena_make(cli->arena, const char *, t.columns);

	names[0] = s->label;
	for (size_t c = 0; c < s->column_count; c++)
		names[c + 1] = s->columns[from + c];
	if (shares) {
		names[s->column_count + 1] = "% of all";
		names[s->column_count + 2] = "% of answering";
	}
	t.names = names;
	t.rows = arena_make(cli->arena, struct store_cell *, t.count);
	for (size_t i = 0; i < s->row_count; i++) {
		t.rows[i] = arena_make(cli->arena, struct store_cell, t.columns);
		t.rows[i][0] =
			(struct store_cell){.type = STORE_TEXT, .text = s->rows[i].label};
		for (size_t c = 0; c < s->column_count; c++)
			t.rows[i][c + 1] = (struct store_cell){
				.type = STORE_INT, .n = s->rows[i].cells[from + c]};
		for (size_t c = 0; c < shares; c++)
			t.rows[i][s->column_count + 1 + c] = (struct store_cell){
				.type = STORE_TEXT,
				.text = c ? share_of_answering(cli->arena, s, i)
					  : share_of_all(cli->arena, s, i)};
	}
	cli_say(s->title, true);
	(void)putchar('\n');
	cli_print_table(cli, &t, "no responses");
	(void)printf("N = %" PRId64 "%s%s\n", s->total, s->note ? ". " : "",
		     str_or(s->note, ""));
}

static int analysis(struct cli *cli, struct err *err)
{
	const char *by = cli_option(cli, "by"), *state = cli_option(cli, "state");
	AUTO(buf) out = buf_new(1 << 26);
	const struct analysis_asked *asked;
	size_t first = 0;

	if (!analysis_begin(&cli->op, cli->arena, cli->args[0], state, &asked, err))
		return CLI_FAILED;
	if (cli->format == CLI_JSON && !by)
		buf_char(out, '[');
	for (size_t i = 0; by ? i < 1 : analysis_ways[i] != NULL; i++) {
		struct analysis_table sheet;

		if (!analysis_table_make(asked, by ? by : analysis_ways[i], &sheet, err))
			return CLI_FAILED;
		if (cli->format == CLI_JSON) {
			buf_str(out, first++ ? ",\n" : "");
			sheet_json(cli->arena, out, &sheet);
		} else if (cli->format == CLI_CSV) {
			if (!by && i > 0)
				buf_str(out, "\r\n");
			sheet_csv(cli->arena, out, &sheet);
		} else {
			if (i)
				(void)putchar('\n');
			sheet_text(cli, &sheet);
		}
	}
	if (cli->format == CLI_JSON)
		buf_str(out, by ? "\n" : "]\n");
	(void)fwrite(buf_text(out), 1, out->len, stdout);
	if (cli->format == CLI_TEXT && !by)
		(void)puts(
			"\nA consultation is neither a vote nor a survey of the population.");
	return CLI_DONE;
}

static const struct cli_option analysis_options[] = {
	{"by", "WHAT",
	 "state, reason, type, channel, permission, contact, late, day, tag, tag-type, "
	 "code, code-type, question, code-question, choice, copies, campaign or "
	 "campaign-once "
	 "(all)"},
	{"state", "STATE", "only responses in this state, such as included"},
	{0}};

static int options(struct cli *cli, struct err *err)
{
	const struct choice_asked asked = {.options = (const char *const *)cli->args + 2,
					   .count = cli->arg_count - 2,
					   .several = cli_option(cli, "several") != NULL};
	struct consultation c;
	int64_t question, read;

	if (!str_to_int(cli->args[1], 1, 1000, &question, err) ||
	    !consultation_named(&cli->op, cli->arena, cli->args[0], &c, err) ||
	    !options_set(&cli->op, c.id, question, &asked, err) ||
	    !reread_consultation(&cli->op, c.id, &read, err))
		return CLI_FAILED;
	cli_done(cli,
		 "Question %" PRId64 " of %s has %zu options now; %" PRId64
		 " responses were read for them.",
		 question, cli->args[0], asked.count, read);
	return CLI_DONE;
}

static const struct cli_option options_options[] = {
	{"several", NULL, "the question takes more than one of them"}, {0}};

static int outcome(struct cli *cli, struct err *err)
{
	AUTO(buf) text = buf_new(FILE_MOST);

	if (!fd_read_file(cli->args[1], text, err) ||
	    !consultation_outcome(&cli->op, cli->args[0], buf_text(text), err))
		return CLI_FAILED;
	cli_done(cli, "The page of %s says what was decided.", cli->args[0]);
	return CLI_DONE;
}

const struct cli_command cli_consultation_commands[] = {
	{"consultation add", "FILE", 1, 1, "Adds a consultation from a file, as a draft",
	 CLI_NEEDS_STAFF, add, NULL},
	{"consultation open", "NAME", 1, 1,
	 "Opens it: responses are taken and acknowledged", CLI_NEEDS_STAFF, open_it,
	 NULL},
	{"consultation close", "NAME", 1, 1, "Closes it before its day", CLI_NEEDS_STAFF,
	 close_it, NULL},
	{"consultation extend", "NAME DAY", 2, 2, "Gives it a later last day",
	 CLI_NEEDS_STAFF, extend, NULL},
	{"consultation options", "NAME QUESTION [OPTION...]", 2, SIZE_MAX,
	 "Gives a question other options; with none it is an open one", CLI_NEEDS_STAFF,
	 options, options_options},
	{"consultation outcome", "NAME FILE", 2, 2,
	 "Says in public what was decided; the file is Markdown", CLI_NEEDS_STAFF,
	 outcome, NULL},
	{"consultation list", "", 0, 0, "Lists the consultations", CLI_NEEDS_STORE, all,
	 NULL},
	{"consultation show", "NAME", 1, 1, "Shows one with its questions",
	 CLI_NEEDS_STORE, show, NULL},
	{"analysis", "CONSULTATION", 1, 1,
	 "Counts the responses; tables that add up or refuse", CLI_NEEDS_STORE, analysis,
	 analysis_options},
	{0}};
