#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "domain/analysis/analysis.h"
#include "domain/admin/consultation.h"
#include "base/str.h"
#include "text/figures/csv.h"

#include <inttypes.h>

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
	if (s->rows[row].unanswered)
		return "";
	return analysis_table_share(arena, s->rows[row].cells[ANALYSIS_TABLE_TYPES],
				    s->rows[row].answering);
}

static void sheet_json(struct arena *arena, struct json *to,
		       const struct analysis_table *s)
{
	size_t from = ANALYSIS_TABLE_TYPES + 1 - s->column_count;

	json_put_object(to, NULL);
	json_put_text(to, "title", s->title);
	json_put_int(to, "n", s->total);
	json_put_array(to, "rows");
	json_lines(to);
	for (size_t i = 0; i < s->row_count; i++) {
		json_put_object(to, NULL);
		json_put_text(to, s->label, s->rows[i].label);
		for (size_t c = from; c <= ANALYSIS_TABLE_TYPES; c++)
			json_put_int(to, s->columns[c], s->rows[i].cells[c]);
		if (s->shares && s->rows[i].answering) {
			json_put_number(to, "share_of_all", share_of_all(arena, s, i));
			json_put_number(to, "share_of_answering",
					share_of_answering(arena, s, i));
		}
		json_put_bool(to, "parts_the_replies", s->rows[i].sums);
		json_end(to);
	}
	json_end(to);
	json_put_text(to, "note", s->note);
	json_end(to);
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

static void sheet_text(const struct cli *cli, const struct analysis_table *s,
		       const char *state)
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
		t.rows[i][0] = cell_of_text(s->rows[i].label);
		for (size_t c = 0; c < s->column_count; c++)
			t.rows[i][c + 1] = cell_of_int(s->rows[i].cells[from + c]);
		for (size_t c = 0; c < shares; c++)
			t.rows[i][s->column_count + 1 + c] =
				cell_of_text(c ? share_of_answering(cli->arena, s, i)
					       : share_of_all(cli->arena, s, i));
	}
	cli_say(s->title, CLI_ONE_LINE);
	(void)putchar('\n');
	cli_print_table(cli, &t, "no responses");
	(void)printf("N = %" PRId64 "%s%s%s%s\n", s->total,
		     str_eq(state, "any") ? "" : ", ", str_eq(state, "any") ? "" : state,
		     s->note ? ". " : "", str_or(s->note, ""));
}

/* One moment for each state that is asked for. */
struct moments {
	const char *state[3];
	const struct analysis_asked *asked[3];
	size_t count;
};

static bool moment_of(struct cli *cli, struct moments *all, const char *state,
		      const struct analysis_asked **out, struct err *err)
{
	size_t i = 0;

	while (i < all->count && !str_eq(all->state[i], state))
		i++;
	if (i == all->count) {
		if (!analysis_begin(&cli->op, cli->arena, cli->args[0],
				    str_eq(state, "any") ? NULL : state, &all->asked[i],
				    err))
			return false;
		all->state[all->count++] = state;
	}
	*out = all->asked[i];
	return true;
}

static int analysis(struct cli *cli, struct err *err)
{
	const char *by = cli_option(cli, "by"), *state = cli_option(cli, "state");
	AUTO(buf) out = buf_new(1 << 26);
	struct moments moments = {.count = 0};
	struct json json;

	json_begin(&json, out);
	if (cli->format == CLI_JSON && !by) {
		json_put_array(&json, NULL);
		json_lines(&json);
	}
	for (size_t i = 0; by ? i < 1 : analysis_ways[i] != NULL; i++) {
		const char *way = by ? by : analysis_ways[i];
		const char *of = state ? state : analysis_usual_state(way);
		const struct analysis_asked *asked;
		struct analysis_table sheet;

		if (!moment_of(cli, &moments, of, &asked, err) ||
		    !analysis_table_make(asked, way, &sheet, err))
			return CLI_FAILED;
		if (cli->format == CLI_JSON) {
			sheet_json(cli->arena, &json, &sheet);
		} else if (cli->format == CLI_CSV) {
			if (!by && i > 0)
				buf_str(out, "\r\n");
			sheet_csv(cli->arena, out, &sheet);
		} else {
			if (i)
				(void)putchar('\n');
			sheet_text(cli, &sheet, of);
		}
	}
	if (cli->format == CLI_JSON && !by)
		json_end(&json);
	if (cli->format == CLI_JSON)
		json_done(&json);
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
	{"state", "STATE",
	 "received, included, excluded or any (included; of the tables by state and reason, "
	 "any and excluded)"},
	{0}};

const struct cli_command cli_analysis_commands[] = {
	{"analysis", "CONSULTATION", 1, 1,
	 "Counts the responses; tables that add up or refuse", CLI_NEEDS_STORE, analysis,
	 analysis_options},
	{0}};
