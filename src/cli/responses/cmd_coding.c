/* Codings of single replies, suggestions, and blind second coding. */
#include "domain/coding/sample.h"
#include "domain/coding/suggestion.h"
#include "base/str.h"
#include "cli/responses/codes.h"

#include <inttypes.h>

/* --from, --to, --file; none of them: the whole reply. */
bool cli_passage(struct cli *cli, struct coded_passage *out, struct err *err)
{
	const char *from = cli_option(cli, "from"), *to = cli_option(cli, "to");
	int64_t file;

	if (!from != !to)
		return err_set(err, ERR_INPUT,
			       "a passage has both ends: --from N --to N, as in response "
			       "answer");
	if (!cli_option_int(cli, "from", &(struct cli_range){.most = INT32_MAX},
			    &out->from, err) ||
	    !cli_option_int(cli, "to", &(struct cli_range){.most = INT32_MAX}, &out->to,
			    err) ||
	    !cli_option_int(cli, "file", &(struct cli_range){.least = 1, .most = 10000},
			    &file, err))
		return false;
	out->whole = !from;
	out->part = file - 1;
	return !out->whole || !file ||
	       err_set(err, ERR_INPUT, "say which passage of the file: --from N --to N");
}

static int suggestions(struct cli *cli, struct err *err)
{
	struct cli_rows rows = cli_rows_of(cli, cli_quote_columns, CLI_QUOTE_COLUMNS);
	struct coded_quote *q;
	int64_t most;
	size_t count;

	if (!cli_option_int(
		    cli, "limit",
		    &(struct cli_range){.least = 1, .most = 1000000, .fallback = 100},
		    &most, err) ||
	    !suggestion_list(&cli->op, cli->arena,
			     &(struct suggestion_page){.consultation = cli->args[0],
						       .most = (size_t)most},
			     &q, &count, err))
		return CLI_FAILED;
	cli_quotes_add(&rows, q, count);
	cli_rows_print(&rows, "No suggestion is open.");
	return CLI_DONE;
}

static int accept_it(struct cli *cli, struct err *err)
{
	int64_t id, coding;

	if (!cli_arg_int(cli, 0, "suggestion", &id, err) ||
	    !suggestion_accept(&cli->op, id, &coding, NULL, err))
		return CLI_FAILED;
	cli_done(cli, "It is coding %" PRId64 " now.", coding);
	return CLI_DONE;
}

static int refuse(struct cli *cli, struct err *err)
{
	int64_t id;

	if (!cli_arg_int(cli, 0, "suggestion", &id, err) ||
	    !suggestion_refuse(&cli->op, id, NULL, err))
		return CLI_FAILED;
	cli_done(cli, "It is refused and does not come back.");
	return CLI_DONE;
}

static int astray(struct cli *cli, struct err *err)
{
	struct cli_rows rows = cli_rows_of(cli, cli_quote_columns, CLI_QUOTE_COLUMNS);
	struct coded_quote *q;
	size_t count;

	if (!codings_unanchored(&cli->op, cli->arena, cli->args[0], &q, &count, err))
		return CLI_FAILED;
	cli_quotes_add(&rows, q, count);
	cli_rows_print(&rows, "Every passage stands where it was coded.");
	return CLI_DONE;
}

static int place(struct cli *cli, struct err *err)
{
	struct coded_passage where;
	int64_t id;

	if (!cli_arg_int(cli, 0, "coding", &id, err) || !cli_passage(cli, &where, err) ||
	    !coding_place(&cli->op, id, &where, NULL, err))
		return CLI_FAILED;
	cli_done(cli, "Coding %" PRId64 " stands there now.", id);
	return CLI_DONE;
}

/* "Ada,Bea" */
static const char **names_of(struct cli *cli, const char *text, size_t *count)
{
	const char **names = NULL;

	*count = 0;
	for (const char *at = str_or(text, ""); *at;) {
		size_t len = strcspn(at, ",");

		names = arena_grow(cli->arena, names, *count, sizeof(*names));
		names[(*count)++] = str_trim(arena_strndup(cli->arena, at, len));
		at += len + (at[len] == ',');
	}
	return names;
}

static int draw(struct cli *cli, struct err *err)
{
	struct sample_draw how = {.consultation = cli->args[0],
				  .by_type = cli_option(cli, "by-type") != NULL};
	struct sample sample;
	int64_t number;

	how.coders = names_of(cli, cli_option(cli, "coders"), &how.coder_count);
	if (!cli_option_int(cli, "count",
			    &(struct cli_range){.least = 1, .most = SAMPLE_MOST},
			    &how.count, err) ||
	    !cli_option_int(cli, "percent", &(struct cli_range){.least = 1, .most = 100},
			    &how.percent, err) ||
	    !cli_option_int(cli, "seed",
			    &(struct cli_range){.most = INT64_MAX, .fallback = -1},
			    &how.seed, err) ||
	    !cli_option_int(cli, "question",
			    &(struct cli_range){.least = 1, .most = 1000}, &how.question,
			    err) ||
	    !sample_draw(&cli->op, &how, &number, err) ||
	    !sample_get(&cli->op, cli->arena, cli->args[0], number, &sample, err))
		return CLI_FAILED;
	cli_done(cli,
		 "Sample %" PRId64 ": %" PRId64 " of %" PRId64 " drawn with seed %" PRId64
		 ". The second coders find them with: mercat coding units %s %" PRId64,
		 number, sample.units, sample.from_count, sample.seed, cli->args[0],
		 number);
	return CLI_DONE;
}

static int samples(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"sample",   "at",   "wanted",  "units",
					    "of",       "seed", "by_type", "question",
					    "drawn_by", "state"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct sample *s;
	size_t count;

	if (!sample_list(&cli->op, cli->arena, cli->args[0], &s, &count, err))
		return CLI_FAILED;
	for (size_t i = 0; i < count; i++)
		cli_rows_add(&rows, "iitiiitztt", s[i].number, s[i].at, s[i].wanted,
			     s[i].units, s[i].from_count, s[i].seed,
			     s[i].by_type ? "yes" : "no", s[i].question, s[i].drawn_by,
			     s[i].ended ? "given up" : "drawn");
	cli_rows_print(&rows,
		       "No sample yet; draw one: mercat coding sample CONSULTATION");
	return CLI_DONE;
}

static bool sample_of(struct cli *cli, struct sample *out, struct err *err)
{
	int64_t number;

	return cli_arg_int(cli, 1, "sample", &number, err) &&
	       sample_get(&cli->op, cli->arena, cli->args[0], number, out, err);
}

static int units(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"unit", "reference", "question", "done"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct sample_unit *u;
	struct sample sample;
	size_t count;

	if (!sample_of(cli, &sample, err) ||
	    !sample_units(&cli->op, cli->arena,
			  (struct sample_share){.sample_id = sample.id,
						.staff_id = cli->op.staff_id},
			  &u, &count, err))
		return CLI_FAILED;
	for (size_t i = 0; i < count; i++)
		cli_rows_add(&rows, "itzt", u[i].position, u[i].reference, u[i].question,
			     u[i].done ? "yes" : "no");
	cli_rows_print(&rows, NULL);
	return CLI_DONE;
}

static int done(struct cli *cli, struct err *err)
{
	struct sample sample;
	int64_t unit;

	if (!sample_of(cli, &sample, err) ||
	    !cli_option_int(cli, "unit",
			    &(struct cli_range){.least = 1, .most = SAMPLE_MOST}, &unit,
			    err))
		return CLI_FAILED;
	if (unit ? !sample_unit_done(&cli->op, sample.id, unit, SAMPLE_UNIT_DONE, err)
		 : !sample_coder_done(&cli->op, sample.id, err))
		return CLI_FAILED;
	cli_done(cli,
		 unit ? "Unit %" PRId64 " is done."
		      : "You are done with it and see the first coding from now on.",
		 unit);
	return CLI_DONE;
}

static int give_up(struct cli *cli, struct err *err)
{
	int64_t number;

	if (!cli_arg_int(cli, 1, "sample", &number, err) ||
	    !sample_end(&cli->op, cli->args[0], number, err))
		return CLI_FAILED;
	cli_done(cli, "Sample %" PRId64 " is given up; what was coded stays on record.",
		 number);
	return CLI_DONE;
}

static const char *figure(struct cli *cli, bool defined, double value)
{
	return defined ? arena_printf(cli->arena, "%.3f", value) : NULL;
}

static int agreement(struct cli *cli, struct err *err)
{
	static const char *const names[] = {
		"code",  "coder", "both", "first_only", "second_only", "neither",
		"kappa", "from",  "to",   "alpha",      "note"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct sample_agreement_of *a;
	struct sample sample;
	size_t count;

	if (!sample_of(cli, &sample, err) ||
	    !sample_agreement(&cli->op, cli->arena, sample.id, &a, &count, err))
		return CLI_FAILED;
	for (size_t i = 0; i < count; i++) {
		const struct agreement_kappa *k = &a[i].kappa;

		cli_rows_add(&rows, "ttiiiittttt", a[i].code, a[i].coder, a[i].pairs.both,
			     a[i].pairs.first_only, a[i].pairs.second_only,
			     a[i].pairs.neither, figure(cli, k->defined, k->kappa),
			     figure(cli, k->defined, k->low),
			     figure(cli, k->defined, k->high),
			     figure(cli, a[i].alpha.defined, a[i].alpha.alpha),
			     k->defined ? a[i].alpha.why : k->why);
	}
	cli_rows_print(&rows, "No code was used in this sample.");
	return CLI_DONE;
}

static int disagreements(struct cli *cli, struct err *err)
{
	static const char *const names[] = {
		"unit",    "reference", "question",   "code",       "with",
		"without", "settled",   "settled_by", "settled_at", "note"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct sample_disagreement *d;
	struct sample sample;
	size_t count;

	if (!sample_of(cli, &sample, err) ||
	    !sample_disagreements(
		    &cli->op, cli->arena,
		    (struct sample_chosen){.sample_id = sample.id,
					   .which = cli_option(cli, "all") == NULL
							    ? SAMPLE_OPEN_ONES
							    : SAMPLE_EVERY_ONE},
		    &d, &count, err))
		return CLI_FAILED;
	for (size_t i = 0; i < count; i++)
		cli_rows_add(&rows,
			     "itzttttt"
			     "zt",
			     d[i].position, d[i].reference, d[i].question, d[i].code,
			     d[i].with, d[i].without,
			     !d[i].settled_at ? NULL
			     : d[i].holds     ? "yes"
					      : "no",
			     d[i].settled_by, d[i].settled_at, d[i].note);
	cli_rows_print(&rows, "The coders agree, or all is settled.");
	return CLI_DONE;
}

static int settle(struct cli *cli, struct err *err)
{
	bool holds = str_ieq(cli->args[4], "yes");
	struct sample sample;
	struct code code;
	int64_t unit, change;

	if (!holds && !str_ieq(cli->args[4], "no")) {
		err_set(err, ERR_INPUT, "say whether the code is there: yes or no");
		return CLI_FAILED;
	}
	if (!sample_of(cli, &sample, err) || !cli_arg_int(cli, 2, "unit", &unit, err) ||
	    !cli_code(cli, cli->args[0], cli->args[3], &code, err) ||
	    !sample_reconcile(
		    &cli->op,
		    &(struct sample_settling){.sample_id = sample.id,
					      .position = unit,
					      .code_id = code.id,
					      .settled = holds ? SAMPLE_CODE_HOLDS
							       : SAMPLE_CODE_GOES,
					      .note = cli_option(cli, "note")},
		    &change, err))
		return CLI_FAILED;
	cli_done(cli, "It is settled; take it back with: mercat code undo %s %" PRId64,
		 cli->args[0], change);
	return CLI_DONE;
}

const struct cli_option cli_passage_options[] = {
	{"from", "N", "the first character of the passage, from 0 (the whole response)"},
	{"to", "N", "the first character after it"},
	{"file", "N", "in the response's Nth file instead of its mail"},
	{0}};

static const struct cli_option limit_options[] = {{"limit", "N", "at most so many (100)"},
						  {0}};

static const struct cli_option draw_options[] = {
	{"count", "N", "how many responses"},
	{"percent", "N", "or how many in a hundred, rounded up"},
	{"coders", "NAME,NAME", "who codes them a second time"},
	{"seed", "N", "draws the same again (one at random)"},
	{"by-type", NULL, "as many of each type of respondent as in proportion"},
	{"question", "N", "the answers to this question, not whole responses"},
	{0}};

static const struct cli_option done_options[] = {
	{"unit", "N", "only this unit (all of the sample)"}, {0}};

static const struct cli_option disagreements_options[] = {
	{"all", NULL, "those that are settled, too"}, {0}};

static const struct cli_option settle_options[] = {
	{"note", "TEXT", "why it is settled so"}, {0}};

const struct cli_command cli_coding_commands[] = {
	{"coding suggestions", "CONSULTATION", 1, 1, "Lists what rules suggest",
	 CLI_NEEDS_STAFF, suggestions, limit_options},
	{"coding accept", "SUGGESTION", 1, 1, "Accepts it as a coded passage",
	 CLI_NEEDS_STAFF, accept_it, NULL},
	{"coding refuse", "SUGGESTION", 1, 1, "Refuses it; it does not come back",
	 CLI_NEEDS_STAFF, refuse, NULL},
	{"coding unanchored", "CONSULTATION", 1, 1,
	 "Lists coded passages that need re-anchoring", CLI_NEEDS_STAFF, astray, NULL},
	{"coding place", "CODING", 1, 1, "Re-anchors a coded passage", CLI_NEEDS_STAFF,
	 place, cli_passage_options},
	{"coding sample", "CONSULTATION", 1, 1,
	 "Draws responses to be coded a second time", CLI_NEEDS_STAFF, draw,
	 draw_options},
	{"coding list", "CONSULTATION", 1, 1, "Lists the samples", CLI_NEEDS_STORE,
	 samples, NULL},
	{"coding units", "CONSULTATION SAMPLE", 2, 2, "Lists what you have to code in it",
	 CLI_NEEDS_STAFF, units, NULL},
	{"coding done", "CONSULTATION SAMPLE", 2, 2, "Says that you are done with it",
	 CLI_NEEDS_STAFF, done, done_options},
	{"coding give-up", "CONSULTATION SAMPLE", 2, 2, "Ends a sample", CLI_NEEDS_STAFF,
	 give_up, NULL},
	{"coding agreement", "CONSULTATION SAMPLE", 2, 2,
	 "Kappa for each code with its 95 % interval, and alpha", CLI_NEEDS_STAFF,
	 agreement, NULL},
	{"coding disagreements", "CONSULTATION SAMPLE", 2, 2,
	 "Lists where the coders differ", CLI_NEEDS_STAFF, disagreements,
	 disagreements_options},
	{"coding reconcile", "CONSULTATION SAMPLE UNIT CODE yes|no", 5, 5,
	 "Decides whether a code is there", CLI_NEEDS_STAFF, settle, settle_options},
	{0}};
