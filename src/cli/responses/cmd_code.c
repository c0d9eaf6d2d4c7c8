/* The code frame from the command line. */
#include "domain/admin/consultation.h"
#include "domain/analysis/codeframe_count.h"
#include "domain/coding/codeframe_log.h"
#include "domain/coding/recode.h"
#include "base/str.h"
#include "cli/responses/codes.h"

#include <inttypes.h>

bool cli_code(struct cli *cli, const char *consultation, const char *name,
	      struct code *out, struct err *err)
{
	return code_named(&cli->op, cli->arena, consultation, name, out, err);
}

/* The code that an option names; 0 when it is not given. */
static bool code_option(struct cli *cli, const char *consultation, const char *option,
			int64_t *out, struct err *err)
{
	const char *name = cli_option(cli, option);
	struct code code;

	*out = 0;
	if (!name)
		return true;
	if (!cli_code(cli, consultation, name, &code, err))
		return false;
	*out = code.id;
	return true;
}

static struct code_text text_of(const struct cli *cli)
{
	return (struct code_text){
		.definition = cli_option(cli, "definition"),
		.examples = cli_option(cli, "examples"),
		.colour = cli_option(cli, "colour"),
		.questions = cli_option(cli, "questions"),
	};
}

static int done(const struct cli *cli, int64_t change, const char *what)
{
	if (change)
		cli_done(cli, "%s Take it back with: mercat code undo %s %" PRId64, what,
			 cli->args[0], change);
	else
		cli_done(cli, "Nothing had to be changed.");
	return CLI_DONE;
}

static int add(struct cli *cli, struct err *err)
{
	struct code_text text = text_of(cli);
	int64_t parent, id, change;

	if (!code_option(cli, cli->args[0], "below", &parent, err) ||
	    !code_add(&cli->op,
		      &(struct code_new){.consultation = cli->args[0],
					 .name = cli->args[1],
					 .parent_id = parent,
					 .text = &text},
		      &id, &change, err))
		return CLI_FAILED;
	return done(cli, change, "The code is there.");
}

static int describe(struct cli *cli, struct err *err)
{
	struct code_text text = text_of(cli);
	struct code code;
	int64_t change;

	if (!cli_code(cli, cli->args[0], cli->args[1], &code, err) ||
	    !code_describe(&cli->op, code.id, &text, &change, err))
		return CLI_FAILED;
	return done(cli, change, "The code is described so.");
}

static int rename_it(struct cli *cli, struct err *err)
{
	struct code code;
	int64_t change;

	if (!cli_code(cli, cli->args[0], cli->args[1], &code, err) ||
	    !code_rename(&cli->op, code.id, cli->args[2], &change, err))
		return CLI_FAILED;
	return done(cli, change, "The code is renamed.");
}

static int move(struct cli *cli, struct err *err)
{
	struct code code;
	int64_t parent, change;

	if (!cli_code(cli, cli->args[0], cli->args[1], &code, err) ||
	    !code_option(cli, cli->args[0], "below", &parent, err) ||
	    !code_move(&cli->op, code.id, parent, &change, err))
		return CLI_FAILED;
	return done(cli, change, "The code is moved, with what is below it.");
}

static int merge(struct cli *cli, struct err *err)
{
	struct code code, into;
	int64_t change;

	if (!cli_code(cli, cli->args[0], cli->args[1], &code, err) ||
	    !cli_code(cli, cli->args[0], cli->args[2], &into, err) ||
	    !code_merge(&cli->op, code.id, into.id, &change, err))
		return CLI_FAILED;
	return done(cli, change, "The codes are one.");
}

static int split(struct cli *cli, struct err *err)
{
	size_t count = cli->arg_count - 3;
	int64_t *ids = arena_make(cli->arena, int64_t, count), id, change;
	struct code code;

	for (size_t i = 0; i < count; i++)
		if (!cli_arg_int(cli, i + 3, "coding", &ids[i], err))
			return CLI_FAILED;
	if (!cli_code(cli, cli->args[0], cli->args[1], &code, err) ||
	    !code_split(&cli->op, code.id,
			&(struct code_part){.name = cli->args[2],
					    .place = cli_option(cli, "below") != NULL
							     ? CODE_BELOW
							     : CODE_BESIDE,
					    .coding_ids = ids,
					    .count = count},
			&id, &change, err))
		return CLI_FAILED;
	return done(cli, change, "The code is split.");
}

static int retire_or_revive(struct cli *cli, bool retire, struct err *err)
{
	struct code code;
	int64_t change;

	if (!cli_code(cli, cli->args[0], cli->args[1], &code, err) ||
	    !code_retire(&cli->op, code.id, retire ? CODE_RETIRED : CODE_IN_USE, &change,
			 err))
		return CLI_FAILED;
	return done(cli, change,
		    retire ? "The code is retired; passages already coded still count."
			   : "The code may be put again.");
}

static int retire(struct cli *cli, struct err *err)
{
	return retire_or_revive(cli, true, err);
}

static int revive(struct cli *cli, struct err *err)
{
	return retire_or_revive(cli, false, err);
}

static int all(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"code",      "state",     "colour",
					    "questions", "own",       "branch",
					    "quotes",    "suggested", "definition"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct consultation of;
	struct code *codes;
	size_t count;
	bool counted;

	if (!consultation_named(&cli->op, cli->arena, cli->args[0], &of, err) ||
	    !codeframe_load(&cli->op, cli->arena, of.id, &codes, &count, err))
		return CLI_FAILED;
	counted = codeframe_count(&cli->op, of.id, codes, count, err);
	if (!counted && err->kind != ERR_CONFLICT)
		return CLI_FAILED;
	for (size_t i = 0; i < count; i++) {
		const struct code *c = &codes[i];
		bool plain = cli->format == CLI_TEXT;

		/* Who codes blindly has the frame, without how often it was used. */
		cli_rows_add(&rows, counted ? "ttttiiiit" : "ttttzzzzt",
			     arena_printf(cli->arena, "%*s%s", plain ? c->depth * 2 : 0,
					  "", c->name),
			     c->state, c->colour, str_or(c->all_questions, "all"), c->own,
			     c->whole, c->quotes, c->suggested, c->definition);
	}
	cli_rows_print(&rows, "No codes yet; add one: mercat code add CONSULTATION NAME");
	return CLI_DONE;
}

const char *const cli_quote_columns[] = {"id",         "reference", "code",
					 "question",   "part",      "from",
					 "permission", "publish",   "text"};

void cli_quotes_add(struct cli_rows *rows, const struct coded_quote *quotes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct coded_quote *q = &quotes[i];

		cli_rows_add(rows, "ittztzttt", q->coding_id, q->reference, q->code,
			     q->question, q->where.whole ? "(whole response)" : q->part,
			     q->where.from, q->permission, q->may_publish ? "yes" : "no",
			     str_eq(q->placed, "needs re-anchoring")
				     ? "(lost: its text is gone)"
				     : q->text);
	}
}

static int quotes(struct cli *cli, struct err *err)
{
	struct cli_rows rows = cli_rows_of(cli, cli_quote_columns, CLI_QUOTE_COLUMNS);
	struct coded_quote_filter f = {.below = cli_option(cli, "branch") != NULL,
				       .publishable =
					       cli_option(cli, "publishable") != NULL,
				       .most = 200};
	struct code code;
	struct coded_quotes found = {.more = true};

	if (!cli_code(cli, cli->args[0], cli->args[1], &code, err) ||
	    !cli_option_int(cli, "question",
			    &(struct cli_range){.least = 1, .most = 1000}, &f.question,
			    err))
		return CLI_FAILED;
	f.code_id = code.id;
	while (found.more) {
		if (!coded_quotes_load(&cli->op, cli->arena, &f, &found, err))
			return CLI_FAILED;
		cli_quotes_add(&rows, found.list, found.count);
		if (found.count) {
			f.after_response = found.list[found.count - 1].response_id;
			f.after_coding = found.list[found.count - 1].coding_id;
		}
	}
	cli_rows_print(&rows, "Nothing is coded so.");
	return CLI_DONE;
}

static int changes(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"id",   "at",      "staff",
					    "said", "codings", "undone_at"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct codeframe_change *c;
	int64_t most;
	size_t count;

	if (!cli_option_int(
		    cli, "limit",
		    &(struct cli_range){.least = 1, .most = 1000000, .fallback = 50},
		    &most, err) ||
	    !codeframe_changes(&cli->op, cli->arena,
			       &(struct codeframe_page){.consultation = cli->args[0],
							.most = (size_t)most},
			       &c, &count, err))
		return CLI_FAILED;
	for (size_t i = 0; i < count; i++)
		cli_rows_add(&rows, "iittiz", c[i].id, c[i].at, c[i].staff, c[i].said,
			     c[i].codings, c[i].undone_at);
	cli_rows_print(&rows, "Nothing was changed yet.");
	return CLI_DONE;
}

static int undo(struct cli *cli, struct err *err)
{
	struct codeframe_change last = {0};

	if (cli->arg_count > 1
		    ? !cli_arg_int(cli, 1, "change", &last.id, err)
		    : !codeframe_last(&cli->op, cli->arena, cli->args[0], &last, err))
		return CLI_FAILED;
	if (!codeframe_undo(&cli->op, last.id, err))
		return CLI_FAILED;
	cli_done(cli, "Change %" PRId64 " is taken back%s%s.", last.id,
		 last.said ? ": " : "", str_or(last.said, ""));
	return CLI_DONE;
}

static int recode(struct cli *cli, struct err *err)
{
	struct recode how = {
		.consultation = cli->args[0],
		.who = true,
		.filter = {.search = cli_option(cli, "search"),
			   .tag = cli_option(cli, "tag"),
			   .state = cli_option(cli, "state")},
		.passages = cli_option(cli, "passages") != NULL,
	};
	struct recode_count n;
	struct code code;
	int64_t change = 0;

	if (!cli_code(cli, cli->args[0], cli->args[1], &code, err) ||
	    !code_option(cli, cli->args[0], "instead-of", &how.instead_of, err))
		return CLI_FAILED;
	how.code_id = code.id;
	if (cli_option(cli, "dry-run")
		    ? !recode_count(&cli->op, &how, &n, err)
		    : !recode_apply(&cli->op, &how, -1, &n, &change, err))
		return CLI_FAILED;
	cli_done(cli,
		 "%" PRId64 " coded passages in %" PRId64 " responses %s; %" PRId64
		 " had the code there already.%s%s",
		 n.codings, n.responses,
		 change                       ? "are recoded"
		 : cli_option(cli, "dry-run") ? "would be recoded"
					      : "",
		 n.already, change ? " Take it back with: mercat code undo " : "",
		 change ? arena_printf(cli->arena, "%s %" PRId64, cli->args[0], change)
			: "");
	return CLI_DONE;
}

static const struct cli_option describe_options[] = {
	{"definition", "TEXT", "what it means, and what not"},
	{"examples", "TEXT", "passages that it fits"},
	{"colour", "COLOUR",
	 "blue, orange, teal, pink, olive, purple, red, green, brown, "
	 "sky, yellow or grey"},
	{"questions", "N,N", "offered for these questions only; empty: for all"},
	{0}};
static const struct cli_option add_options[] = {
	{"below", "CODE", "the code that it stands below (the top)"},
	{"definition", "TEXT", "what it means, and what not"},
	{"examples", "TEXT", "passages that it fits"},
	{"colour", "COLOUR", "as in code describe (one that is little used)"},
	{"questions", "N,N", "offered for these questions only (all)"},
	{0}};
static const struct cli_option move_options[] = {
	{"below", "CODE", "the code that it is to stand below (the top)"}, {0}};
static const struct cli_option split_options[] = {
	{"below", NULL, "the new code stands below the old one, not beside it"}, {0}};
static const struct cli_option quotes_options[] = {
	{"branch", NULL, "with the codes below it"},
	{"question", "N", "only quotes that answer this question"},
	{"publishable", NULL, "only those whose respondent allows publication"},
	{0}};
static const struct cli_option changes_options[] = {
	{"limit", "N", "at most so many, the newest (50)"}, {0}};
static const struct cli_option recode_options[] = {
	{"search", "WORDS", "responses that have them, as in response list"},
	{"tag", "TAG", "only responses with this tag"},
	{"state", "STATE", "only responses in this state"},
	{"passages", NULL,
	 "the paragraphs, or coded passages, that have the words side by side"},
	{"instead-of", "CODE", "in the place of this code, wherever it holds there"},
	{"dry-run", NULL, "only count"},
	{0}};

const struct cli_command cli_code_commands[] = {
	{"code add", "CONSULTATION NAME", 2, 2, "Adds a code to the code frame",
	 CLI_NEEDS_STAFF, add, add_options},
	{"code describe", "CONSULTATION CODE", 2, 2,
	 "Sets definition, examples, colour or questions", CLI_NEEDS_STAFF, describe,
	 describe_options},
	{"code rename", "CONSULTATION CODE NAME", 3, 3, "Gives it another name",
	 CLI_NEEDS_STAFF, rename_it, NULL},
	{"code move", "CONSULTATION CODE", 2, 2, "Moves it, with what is below it",
	 CLI_NEEDS_STAFF, move, move_options},
	{"code merge", "CONSULTATION CODE INTO", 3, 3,
	 "Merges two codes; no coding is lost", CLI_NEEDS_STAFF, merge, NULL},
	{"code split", "CONSULTATION CODE NAME CODING...", 4, SIZE_MAX,
	 "Gives chosen coded passages to a new code", CLI_NEEDS_STAFF, split,
	 split_options},
	{"code retire", "CONSULTATION CODE", 2, 2,
	 "Retires a code; passages already coded still count", CLI_NEEDS_STAFF, retire,
	 NULL},
	{"code revive", "CONSULTATION CODE", 2, 2, "Offers it again", CLI_NEEDS_STAFF,
	 revive, NULL},
	{"code list", "CONSULTATION", 1, 1, "Lists the code frame with its counts",
	 CLI_NEEDS_STORE, all, NULL},
	{"code quotes", "CONSULTATION CODE", 2, 2,
	 "Lists what is coded so, with permission", CLI_NEEDS_STAFF, quotes,
	 quotes_options},
	{"code recode", "CONSULTATION CODE", 2, 2,
	 "Applies a code to every response that matches a search", CLI_NEEDS_STAFF,
	 recode, recode_options},
	{"code changes", "CONSULTATION", 1, 1, "Lists what was changed, the newest first",
	 CLI_NEEDS_STORE, changes, changes_options},
	{"code undo", "CONSULTATION [CHANGE]", 1, 2,
	 "Takes a change back, or your own last one", CLI_NEEDS_STAFF, undo, NULL},
	{0}};
