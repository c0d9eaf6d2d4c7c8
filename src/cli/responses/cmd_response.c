#include "domain/responses/response.h"
#include "domain/coding/tag.h"
#include "domain/intake/inbound_look.h"
#include "base/numeral.h"
#include "base/str.h"
#include "cli/frame/print.h"
#include "cli/responses/response_show.h"

#include <inttypes.h>

static bool read_filter(struct cli *cli, struct response_filter *f, int64_t *most,
			struct err *err)
{
	*f = (struct response_filter){
		.state = cli_option(cli, "state"),
		.tag = cli_option(cli, "tag"),
		.assigned = cli_option(cli, "assigned"),
		.type = cli_option(cli, "type"),
		.search = cli_option(cli, "search"),
		.mark = cli_option(cli, "marked"),
		.late = cli_option(cli, "late") ? RESPONSE_YES : RESPONSE_ANY,
		.unreadable = cli_option(cli, "unreadable") ? RESPONSE_YES : RESPONSE_ANY,
	};
	/* Not all of them, when a script has no words. */
	if (f->search && str_blank(f->search))
		return err_set(err, ERR_INPUT, "a search needs words");
	return cli_option_int(cli, "limit",
			      &(struct cli_range){.least = 1, .most = 100000000}, most,
			      err);
}

static struct response_look look_by(struct cli *cli, const struct response_filter *f)
{
	return (struct response_look){.consultation = cli_option(cli, "consultation"),
				      .filter = f,
				      .who = true};
}

/* The reference in front, ids and parts of it away. */
static void with_references(struct cli *cli, struct store_table *t)
{
	const char **names = arena_make(cli->arena, const char *, t->columns);
	size_t consultation = t->columns, number = t->columns, kept = 1, id = t->columns;

	for (size_t c = 0; c < t->columns; c++) {
		consultation = str_eq(t->names[c], "consultation") ? c : consultation;
		number = str_eq(t->names[c], "number") ? c : number;
		id = str_eq(t->names[c], "id") ? c : id;
	}
	names[0] = "reference";
	for (size_t c = 0; c < t->columns; c++)
		if (c != consultation && c != number && c != id)
			names[kept++] = t->names[c];
	for (size_t i = 0; i < t->count; i++) {
		struct store_cell *row = arena_make(cli->arena, struct store_cell, kept);
		size_t at = 1;

		row[0] = cell_of_text(response_reference(
			cli->arena, t->rows[i][consultation].text, t->rows[i][number].n));
		for (size_t c = 0; c < t->columns; c++)
			if (c != consultation && c != number && c != id)
				row[at++] = t->rows[i][c];
		t->rows[i] = row;
	}
	t->names = names;
	t->columns = kept;
}

static int all(struct cli *cli, struct err *err)
{
	struct response_filter f;
	struct response_look look = look_by(cli, &f);
	struct store_table t;
	int64_t most;

	if (!read_filter(cli, &f, &most, err) ||
	    !response_list(&cli->op, cli->arena, &look, most, &t, err))
		return CLI_FAILED;
	with_references(cli, &t);
	cli_print_table(cli, &t, "No responses that fit.");
	return CLI_DONE;
}

static int search(struct cli *cli, struct err *err)
{
	const struct response_filter filter = {.search = cli->args[0]};
	const struct response_look look = {.consultation =
						   cli_option(cli, "consultation"),
					   .filter = &filter,
					   .who = true};
	struct store_table t;
	int64_t most;

	if (!cli_option_int(
		    cli, "limit",
		    &(struct cli_range){.least = 1, .most = 1000000, .fallback = 50},
		    &most, err) ||
	    !response_search(&cli->op, cli->arena,
			     &(struct response_words){
				     .words = cli->args[0],
				     .consultation = cli_option(cli, "consultation"),
				     .most = most},
			     &t, err))
		return CLI_FAILED;
	/* By its number, by a note, by words that nothing parts: what has no rank. */
	if (!t.count && !response_list(&cli->op, cli->arena, &look, most, &t, err))
		return CLI_FAILED;
	with_references(cli, &t);
	cli_print_table(
		cli, &t,
		"No response has these words. Try fewer of them, or how one begins: "
		"\"librar*\".");
	return CLI_DONE;
}

static int raw(struct cli *cli, struct err *err)
{
	struct response r;
	const void *bytes;
	size_t len;

	if (!response_find(&cli->op, cli->arena, cli->args[0], &r, err) ||
	    !inbound_raw(&cli->op, cli->arena, r.inbound_id, &bytes, &len, err))
		return CLI_FAILED;
	return fwrite(bytes, 1, len, stdout) == len
		       ? CLI_DONE
		       : (err_set(err, ERR_SYSTEM, "the output could not be written"),
			  CLI_FAILED);
}

/* The references that a command is about: its arguments, or what a search finds. */
static bool which(struct cli *cli, size_t args, const char ***out, size_t *out_count,
		  struct err *err)
{
	struct response_filter f;
	struct response_look look = look_by(cli, &f);
	struct store_table t = {0};
	const char **refs = NULL;
	int64_t most;
	size_t n = 0;

	for (size_t i = 0; i < args; i++) {
		refs = arena_grow(cli->arena, refs, n, sizeof(*refs));
		refs[n++] = cli->args[i];
	}
	if (!read_filter(cli, &f, &most, err))
		return false;
	if (f.search || f.state || f.tag || f.assigned || f.type || f.mark || f.late ||
	    f.unreadable || look.consultation) {
		if (n)
			return err_set(err, ERR_INPUT,
				       "say either references or a search, not both");
		if (!response_list(&cli->op, cli->arena, &look, most, &t, err))
			return false;
		for (size_t i = 0; i < t.count; i++) {
			struct store_row row = table_row(&t, i);

			refs = arena_grow(cli->arena, refs, n, sizeof(*refs));
			refs[n++] = response_reference(cli->arena,
						       row_text(&row, "consultation"),
						       row_int(&row, "number"));
		}
	} else if (!n) {
		return err_set(
			err, ERR_INPUT,
			"say which: references, or a search (--search, --tag, --state ...)");
	}
	*out = refs;
	*out_count = n;
	return true;
}

typedef bool one_act(struct cli *cli, const char *reference, bool *out_changed,
		     struct err *err);

/* All of them in one transaction: the whole selection, or nothing. */
static int bulk(struct cli *cli, size_t args, one_act *act, const char *done,
		struct err *err)
{
	AUTO(store_txn) t = NULL;
	const char **refs = NULL;
	size_t count = 0, changed = 0;

	if (!which(cli, args, &refs, &count, err))
		return CLI_FAILED;
	t = store_begin(cli->op.store, err);
	if (!t)
		return CLI_FAILED;
	for (size_t i = 0; i < count; i++) {
		bool did = true;

		if (!act(cli, refs[i], &did, err))
			return CLI_FAILED;
		changed += did;
	}
	if (!store_commit(&t, err))
		return CLI_FAILED;
	cli_done(cli, "%zu of %zu %s %s.", changed, count,
		 plural(count, "response", "responses"), done);
	return CLI_DONE;
}

static bool do_include(struct cli *cli, const char *ref, bool *changed, struct err *err)
{
	(void)changed;
	return response_screen(&cli->op, ref, "included", NULL, err);
}

static bool do_exclude(struct cli *cli, const char *ref, bool *changed, struct err *err)
{
	(void)changed;
	return response_screen(&cli->op, ref, "excluded", cli_option(cli, "reason"), err);
}

static bool do_reopen(struct cli *cli, const char *ref, bool *changed, struct err *err)
{
	(void)changed;
	return response_screen(&cli->op, ref, "received", NULL, err);
}

static const char *last_arg(const struct cli *cli)
{
	return cli->args[cli->arg_count - 1];
}

static bool do_tag(struct cli *cli, const char *ref, bool *changed, struct err *err)
{
	return response_tag(&cli->op, ref, last_arg(cli), TAG_PUT_ON, changed, err);
}

static bool do_untag(struct cli *cli, const char *ref, bool *changed, struct err *err)
{
	return response_tag(&cli->op, ref, last_arg(cli), TAG_TAKE_OFF, changed, err);
}

static bool do_assign(struct cli *cli, const char *ref, bool *changed, struct err *err)
{
	(void)changed;
	return response_assign(&cli->op, ref,
			       str_eq(last_arg(cli), "nobody") ? NULL : last_arg(cli),
			       err);
}

static bool do_respondent(struct cli *cli, const char *ref, bool *changed,
			  struct err *err)
{
	(void)changed;
	const char *name = cli_option(cli, "set-name");
	const char *organisation = cli_option(cli, "set-organisation");
	const char *contact = cli_option(cli, "set-contact");

	if ((name || organisation || contact) &&
	    !response_correct(&cli->op, ref, name, organisation, contact, err))
		return false;
	if (!cli_option(cli, "set-type") && !cli_option(cli, "set-permission"))
		return true;
	return response_respondent(&cli->op, ref, cli_option(cli, "set-type"),
				   cli_option(cli, "set-permission"), err);
}

static int include(struct cli *cli, struct err *err)
{
	return bulk(cli, cli->arg_count, do_include, "included", err);
}

static int exclude(struct cli *cli, struct err *err)
{
	return bulk(cli, cli->arg_count, do_exclude, "excluded, each with its reason",
		    err);
}

static int reopen(struct cli *cli, struct err *err)
{
	return bulk(cli, cli->arg_count, do_reopen, "to be screened again", err);
}

static int tag(struct cli *cli, struct err *err)
{
	return bulk(cli, cli->arg_count - 1, do_tag, "tagged", err);
}

static int untag(struct cli *cli, struct err *err)
{
	return bulk(cli, cli->arg_count - 1, do_untag, "untagged", err);
}

static int assign(struct cli *cli, struct err *err)
{
	return bulk(cli, cli->arg_count - 1, do_assign, "assigned", err);
}

static int respondent(struct cli *cli, struct err *err)
{
	static const char *const sets[] = {"set-type", "set-permission", "set-name",
					   "set-organisation", "set-contact"};
	bool any = false;

	for (size_t i = 0; i < ARRAY_LEN(sets); i++)
		any = any || cli_option(cli, sets[i]);
	if (!any) {
		(void)err_set(
			err, ERR_INPUT,
			"say what to set: --set-type individual|organisation|unknown, "
			"--set-permission name|\"without name\"|none|unknown, "
			"--set-name, --set-organisation, --set-contact yes|no|unknown");
		return CLI_FAILED;
	}
	return bulk(cli, cli->arg_count, do_respondent, "set", err);
}

static int note(struct cli *cli, struct err *err)
{
	if (!response_note(&cli->op, cli->args[0], cli->args[1], err))
		return CLI_FAILED;
	cli_done(cli, "The note is kept with %s.", cli->args[0]);
	return CLI_DONE;
}

#define FILTERS                                                                         \
	{"consultation", "NAME", "only of this consultation"},                          \
		{"state", "STATE", "received, included or excluded"},                   \
		{"tag", "TAG", "only with this tag"}, {"late", NULL, "only late ones"}, \
		{"unreadable", NULL, "only with files that nobody could read yet"},     \
		{"marked", "MARK", "only those that a rule marked so; \"\": with any"}, \
		{"assigned", "NAME", "only those of this person"},                      \
		{"type", "TYPE", "individual, organisation or unknown"},                \
		{"search", "WORDS", "only with all these words; \"a phrase\", begin*"}, \
	{                                                                               \
		"limit", "N", "at most N"                                               \
	}

static const struct cli_option filter_options[] = {FILTERS, {0}};
static const struct cli_option reason_options[] = {
	{"reason", "TEXT", "why; must be given"}, FILTERS, {0}};
static const struct cli_option search_options[] = {
	{"consultation", "NAME", "only of this consultation"},
	{"limit", "N", "at most N (50)"},
	{0}};
static const struct cli_option show_options[] = {
	{"quoted", NULL, "show quoted text too"},
	{"no-files", NULL, "leave out the text of attachments"},
	{"whole", NULL,
	 "show the text in one piece too, with what introduces the answers"},
	{0}};
static const struct cli_option respondent_options[] = {
	{"set-type", "TYPE", "individual, organisation or unknown"},
	{"set-permission", "WHAT", "to publish: name, \"without name\", none or unknown"},
	{"set-name", "NAME", "their name; \"\": none"},
	{"set-organisation", "NAME", "whom they answer for; \"\": nobody"},
	{"set-contact", "WHAT", "may they be contacted again: yes, no or unknown"},
	FILTERS,
	{0}};

const struct cli_command cli_response_commands[] = {
	{"response list", "", 0, 0, "Lists responses", CLI_NEEDS_STORE, all,
	 filter_options},
	{"response search", "WORDS", 1, 1,
	 "Finds responses by their words, the best first", CLI_NEEDS_STORE, search,
	 search_options},
	{"response show", "REF", 1, 1, "Shows one response whole", CLI_NEEDS_STORE,
	 cli_response_show, show_options},
	{"response raw", "REF", 1, 1, "Writes the mail as it came", CLI_NEEDS_STORE, raw,
	 NULL},
	{"response include", "[REF...]", 0, SIZE_MAX, "Screens responses in",
	 CLI_NEEDS_STAFF, include, filter_options},
	{"response exclude", "[REF...]", 0, SIZE_MAX,
	 "Screens responses out, with a reason", CLI_NEEDS_STAFF, exclude,
	 reason_options},
	{"response reopen", "[REF...]", 0, SIZE_MAX, "Takes a screening back",
	 CLI_NEEDS_STAFF, reopen, filter_options},
	{"response tag", "[REF...] TAG", 1, SIZE_MAX, "Puts a tag on responses",
	 CLI_NEEDS_STAFF, tag, filter_options},
	{"response untag", "[REF...] TAG", 1, SIZE_MAX, "Takes a tag off responses",
	 CLI_NEEDS_STAFF, untag, filter_options},
	{"response assign", "[REF...] NAME", 1, SIZE_MAX,
	 "Gives responses to a person of the staff, or to nobody", CLI_NEEDS_STAFF,
	 assign, filter_options},
	{"response respondent", "[REF...]", 0, SIZE_MAX,
	 "Sets who answered and what they allow, over what their form says",
	 CLI_NEEDS_STAFF, respondent, respondent_options},
	{"response note", "REF TEXT", 2, 2, "Keeps a note with a response",
	 CLI_NEEDS_STAFF, note, NULL},
	{0}};
