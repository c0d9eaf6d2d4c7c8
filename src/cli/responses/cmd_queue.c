#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "domain/queue/bulk.h"
#include "domain/responses/response_lock.h"
#include "domain/queue/reply.h"
#include "domain/sorting/unsorted.h"
#include "domain/core/undo.h"
#include "base/fd.h"
#include "base/str.h"

#include <inttypes.h>

enum { TEXT_MOST = 20000 };

static bool any(struct cli *cli, const char *name, enum response_any *out,
		struct err *err)
{
	static const char *const words[] = {"yes", "no", NULL};
	const char *text = cli_option(cli, name);

	if (!domain_word_check("choice", text, words, err))
		return false;
	*out = !text ? RESPONSE_ANY : str_eq(text, "yes") ? RESPONSE_YES : RESPONSE_NO;
	return true;
}

static bool read_filter(struct cli *cli, struct response_filter *out, struct err *err)
{
	const char *campaign = cli_option(cli, "campaign");

	*out = (struct response_filter){
		.state = cli_option(cli, "state"),
		.tag = cli_option(cli, "tag"),
		.assigned = cli_option(cli, "assigned"),
		.type = cli_option(cli, "type"),
		.permission = cli_option(cli, "permission"),
		.proposed = cli_option(cli, "proposed"),
		.search = cli_option(cli, "search"),
		.campaign = str_eq(campaign, "any") ? -1 : 0,
		.second = cli_option(cli, "second") ? RESPONSE_YES : RESPONSE_ANY,
	};
	if (out->second && !needs_staff(&cli->op, err))
		return false;
	return (!campaign || out->campaign ||
		str_to_int(campaign, 1, INT32_MAX, &out->campaign, err)) &&
	       any(cli, "late", &out->late, err) &&
	       any(cli, "unreadable", &out->unreadable, err) &&
	       any(cli, "marked", &out->marked, err) &&
	       any(cli, "tagged", &out->tagged, err) &&
	       any(cli, "linked", &out->linked, err);
}

static int counts(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"view", "responses", "filter", "shared"};
	struct store_table t = {.names = names, .columns = ARRAY_LEN(names)};
	struct queue d;

	if (!queue_load(&cli->op, cli->arena, cli->args[0], &d, err))
		return CLI_FAILED;
	t.rows = arena_make(cli->arena, struct store_cell *, d.view_count + 1);
	for (size_t i = 0; i < d.view_count; i++) {
		const struct queue_view *v = &d.views[i];
		struct store_cell *row =
			arena_make(cli->arena, struct store_cell, ARRAY_LEN(names));

		row[0] = cell_of_text(v->title);
		row[1] = v->count < 0 ? cell_of_text(NULL) : cell_of_int(v->count);
		row[2] = cell_of_text(v->filter);
		row[3] = cell_of_int(v->shared);
		t.rows[t.count++] = row;
	}
	cli_print_table(cli, &t, NULL);
	return CLI_DONE;
}

/* The marks of a hit as people write them. */
static const char *with_hits(struct cli *cli, const char *words)
{
	char *text = arena_strdup(cli->arena, words);

	for (char *c = text; *c; c++)
		*c = *c == *QUEUE_HIT ? '[' : *c == *QUEUE_HIT_END ? ']' : *c;
	return text;
}

static void print_rows(struct cli *cli, const struct queue_rows *rows)
{
	static const char *const names[] = {"reference", "received_at", "who",
					    "state",     "assigned",    "tags",
					    "locked by", "words"};
	struct store_table t = {.names = names, .columns = ARRAY_LEN(names)};

	t.rows = arena_make(cli->arena, struct store_cell *, rows->count + 1);
	for (size_t i = 0; i < rows->count; i++) {
		const struct queue_row *r = &rows->items[i];
		struct store_cell *row =
			arena_make(cli->arena, struct store_cell, ARRAY_LEN(names));

		row[0] = cell_of_text(r->reference);
		row[1] = cell_of_int(r->received_at);
		row[2] = cell_of_text(r->who);
		row[3] = cell_of_text(r->state);
		row[4] = cell_of_text(r->assigned);
		row[5] = cell_of_text(r->tags);
		row[6] = cell_of_text(r->locked_by);
		row[7] = cell_of_text(with_hits(cli, r->words));
		t.rows[t.count++] = row;
	}
	cli_print_table(cli, &t, "No responses that fit.");
}

static int list(struct cli *cli, struct err *err)
{
	struct response_filter f;
	const struct response_look look = {.consultation = cli->args[0],
					   .filter = &f,
					   .who = true,
					   .newest_first = cli_option(cli, "newest")};
	struct queue_page page = {0};
	struct queue_rows rows;

	if (!read_filter(cli, &f, err) ||
	    !cli_option_int(cli, "limit",
			    &(struct cli_range){
				    .least = 1, .most = QUEUE_PAGE_MOST, .fallback = 50},
			    &page.most, err) ||
	    !cli_option_int(cli, "after",
			    &(struct cli_range){.least = 1, .most = INT32_MAX},
			    &page.after, err) ||
	    !cli_option_int(cli, "before",
			    &(struct cli_range){.least = 1, .most = INT32_MAX},
			    &page.before, err) ||
	    !queue_list(&cli->op, cli->arena, &look, &page, &rows, err))
		return CLI_FAILED;
	print_rows(cli, &rows);
	if (cli->format == CLI_TEXT && rows.more_after && rows.count)
		(void)printf("\nThere are more: --after %" PRId64 "\n",
			     rows.items[rows.count - 1].number);
	return CLI_DONE;
}

static int bulk(struct cli *cli, enum bulk_act act, const char *value, struct err *err)
{
	struct response_filter f;
	struct bulk b = {.consultation = cli->args[0],
			 .filter = &f,
			 .who = true,
			 .act = act,
			 .value = value,
			 .reason = cli_option(cli, "reason")};
	int64_t found, changed;

	if (!read_filter(cli, &f, err) ||
	    !cli_option_int(cli, "expect",
			    &(struct cli_range){.most = INT32_MAX, .fallback = -1},
			    &b.expected, err))
		return CLI_FAILED;
	if (cli_option(cli, "count")) {
		if (!bulk_count(&cli->op, &b, &found, err))
			return CLI_FAILED;
		cli_done(cli, "It would be about %" PRId64 " responses.", found);
		return CLI_DONE;
	}
	if (!bulk_apply(&cli->op, &b, &found, &changed, err))
		return CLI_FAILED;
	cli_done(cli, "%" PRId64 " responses, %" PRId64 " of them changed.", found,
		 changed);
	return CLI_DONE;
}

static int screen(struct cli *cli, struct err *err)
{
	return bulk(cli, BULK_SCREEN, cli->args[1], err);
}

static int tag(struct cli *cli, struct err *err)
{
	return bulk(cli, cli_option(cli, "off") ? BULK_UNTAG : BULK_TAG, cli->args[1],
		    err);
}

static int assign(struct cli *cli, struct err *err)
{
	return bulk(cli, BULK_ASSIGN,
		    str_eq(cli->args[1], "nobody") ? NULL : cli->args[1], err);
}

static int undo(struct cli *cli, struct err *err)
{
	const char *what;

	if (!undo_last(&cli->op, cli->arena, &what, err))
		return CLI_FAILED;
	cli_done(cli, "Taken back: %s.", what);
	return CLI_DONE;
}

static int claim(struct cli *cli, struct err *err)
{
	struct response_lock_asked asked = {.reference = cli->args[0],
					    .over = cli_option(cli, "over")};
	struct response_lock c;

	if (!cli_option_int(cli, "minutes",
			    &(struct cli_range){.least = 1,
						.most = RESPONSE_LOCK_MOST,
						.fallback = RESPONSE_LOCK_MINUTES},
			    &asked.minutes, err) ||
	    !response_lock_take(&cli->op, cli->arena, &asked, &c, err))
		return CLI_FAILED;
	cli_done(cli, "%s is yours for %" PRId64 " minutes.", cli->args[0],
		 asked.minutes);
	return CLI_DONE;
}

static int release(struct cli *cli, struct err *err)
{
	if (!response_lock_release(&cli->op, cli->args[0], err))
		return CLI_FAILED;
	cli_done(cli, "%s is free.", cli->args[0]);
	return CLI_DONE;
}

static int save(struct cli *cli, struct err *err)
{
	struct response_filter f;

	if (!read_filter(cli, &f, err) ||
	    !queue_view_save(&cli->op, cli->args[0], cli->args[1], &f,
			     cli_option(cli, "shared") ? VIEW_OF_ALL : VIEW_OF_ONE, err))
		return CLI_FAILED;
	cli_done(cli, "The view \"%s\" is there.", cli->args[1]);
	return CLI_DONE;
}

static int forget(struct cli *cli, struct err *err)
{
	if (!queue_view_end(&cli->op, cli->args[0], cli->args[1], err))
		return CLI_FAILED;
	cli_done(cli, "The view \"%s\" is gone.", cli->args[1]);
	return CLI_DONE;
}

static int texts(struct cli *cli, struct err *err)
{
	struct store_table t;

	if (!reply_template_list(&cli->op, cli->arena,
				 cli->arg_count ? cli->args[0] : NULL, &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t,
			"No reply texts are kept yet; add one: mercat queue text");
	return CLI_DONE;
}

static int text(struct cli *cli, struct err *err)
{
	const char *where = cli_option(cli, "consultation");
	struct reply_template say = {.name = cli->args[0],
				     .subject = str_or(cli_option(cli, "subject"), "")};
	AUTO(buf) bytes = buf_new(TEXT_MOST + 1);

	if (cli_option(cli, "off")) {
		if (!reply_template_end(&cli->op, where, say.name, err))
			return CLI_FAILED;
		cli_done(cli, "The reply text \"%s\" is gone.", say.name);
		return CLI_DONE;
	}
	if (cli->arg_count < 2) {
		(void)err_set(err, ERR_INPUT, "name the file with the text");
		return CLI_FAILED;
	}
	if (!fd_read_file(cli->args[1], bytes, err))
		return CLI_FAILED;
	say.text = buf_text(bytes);
	if (!reply_template_save(&cli->op, where, &say, err))
		return CLI_FAILED;
	cli_done(cli, "The reply text \"%s\" is kept.", say.name);
	return CLI_DONE;
}

static int answer(struct cli *cli, struct err *err)
{
	struct reply_send respond = {.reference = cli->args[0],
				     .name = cli->args[1],
				     .again = cli_option(cli, "again")};
	struct reply_template say;

	if (cli_option(cli, "show")) {
		if (!reply_preview(&cli->op, cli->arena, respond.reference, respond.name,
				   &say, err))
			return CLI_FAILED;
		cli_say(say.subject, CLI_ONE_LINE);
		(void)puts("\n");
		cli_say(say.text, CLI_MANY_LINES);
		(void)putchar('\n');
		return CLI_DONE;
	}
	if (!reply_send(&cli->op, &respond, err))
		return CLI_FAILED;
	cli_done(cli, "A reply to %s is on its way.", cli->args[0]);
	return CLI_DONE;
}

static int forward(struct cli *cli, struct err *err)
{
	if (!reply_forward(&cli->op, cli->args[0], cli->args[1], cli_option(cli, "note"),
			   err))
		return CLI_FAILED;
	cli_done(cli, "%s is on its way to %s.", cli->args[0], cli->args[1]);
	return CLI_DONE;
}

static int discard(struct cli *cli, struct err *err)
{
	int64_t id;

	if (!cli_arg_int(cli, 0, "a mail's number", &id, err) ||
	    !inbound_discard(&cli->op, id, cli->args[1], err))
		return CLI_FAILED;
	cli_done(cli, "Mail %" PRId64 " is set aside; it is kept, with the reason.", id);
	return CLI_DONE;
}

#define FILTERS                                                                          \
	{"state", "STATE", "received, included or excluded"},                            \
		{"tag", "TAG", "only with this tag"},                                    \
		{"assigned", "NAME", "only those of this colleague, or nobody"},         \
		{"type", "TYPE", "individual, organisation or unknown"},                 \
		{"permission", "P", "name, without name, none or unknown"},              \
		{"proposed", "KIND", "proposed to be that (response proposed), or any"}, \
		{"search", "WORDS", "only with these words; \"a phrase\", begin*"},      \
		{"campaign", "N", "only of this campaign, or any"},                      \
		{"late", "yes|no", "came after closing"},                                \
		{"unreadable", "yes|no", "with a file that could not be read"},          \
		{"marked", "yes|no", "marked by a rule"},                                \
		{"tagged", "yes|no", "with any tag"},                                    \
		{"linked", "yes|no", "linked to another response"},                      \
	{                                                                                \
		"second", NULL, "what is left for you to code blindly"                   \
	}

static const struct cli_option list_options[] = {
	FILTERS,
	{"newest", NULL, "the newest first"},
	{"after", "N", "from behind this number on"},
	{"before", "N", "the page before this number"},
	{"limit", "N", "rows of a page (50, at most 200)"},
	{0}};
static const struct cli_option bulk_options[] = {
	FILTERS,
	{"reason", "TEXT", "why they are excluded"},
	{"off", NULL, "take the tag off"},
	{"expect", "N", "refuse unless it is about so many"},
	{"count", NULL, "only say how many it would be about"},
	{0}};
static const struct cli_option save_options[] = {
	FILTERS, {"shared", NULL, "for all colleagues"}, {0}};
static const struct cli_option claim_options[] = {
	{"minutes", "N", "for how long (5)"},
	{"over", NULL, "take it over from whoever has it"},
	{0}};
static const struct cli_option text_options[] = {
	{"subject", "TEXT", "its subject"},
	{"consultation", "NAME", "for this consultation only"},
	{"off", NULL, "it is used no more"},
	{0}};
static const struct cli_option answer_options[] = {
	{"show", NULL, "send nothing; show what would go"},
	{"again", NULL, "though it went to this response before"},
	{0}};
static const struct cli_option forward_options[] = {
	{"note", "TEXT", "what the colleague should know"}, {0}};

const struct cli_command cli_queue_commands[] = {
	{"queue counts", "CONSULTATION", 1, 1, "Shows what waits, view by view",
	 CLI_NEEDS_STAFF, counts, NULL},
	{"queue list", "CONSULTATION", 1, 1, "Shows the queue, page by page",
	 CLI_NEEDS_STORE, list, list_options},
	{"queue screen", "CONSULTATION STATE", 2, 2,
	 "Screens all responses that fit: included, excluded or received",
	 CLI_NEEDS_STAFF, screen, bulk_options},
	{"queue tag", "CONSULTATION TAG", 2, 2, "Tags all responses that fit",
	 CLI_NEEDS_STAFF, tag, bulk_options},
	{"queue assign", "CONSULTATION NAME", 2, 2,
	 "Gives all responses that fit to a colleague, or to nobody", CLI_NEEDS_STAFF,
	 assign, bulk_options},
	{"queue undo", "", 0, 0, "Takes back the last thing that you did",
	 CLI_NEEDS_STAFF, undo, NULL},
	{"queue lock", "REF", 1, 1, "Keeps others from changing a response for a while",
	 CLI_NEEDS_STAFF, claim, claim_options},
	{"queue unlock", "REF", 1, 1, "Gives a response back", CLI_NEEDS_STAFF, release,
	 NULL},
	{"queue save", "CONSULTATION VIEW", 2, 2, "Keeps a filter under a name",
	 CLI_NEEDS_STAFF, save, save_options},
	{"queue forget", "CONSULTATION VIEW", 2, 2, "Ends a view of yours",
	 CLI_NEEDS_STAFF, forget, NULL},
	{"queue text", "NAME [FILE]", 1, 2,
	 "Keeps a text that replies are made from; {{reference}}, {{name}} and others are "
	 "filled in",
	 CLI_NEEDS_STAFF, text, text_options},
	{"queue texts", "[CONSULTATION]", 0, 1,
	 "Lists the texts that replies are made from", CLI_NEEDS_STORE, texts, NULL},
	{"queue reply", "REF TEXT", 2, 2,
	 "Replies to a respondent, with one of the texts", CLI_NEEDS_STAFF, answer,
	 answer_options},
	{"queue forward", "REF NAME", 2, 2, "Sends a response to a colleague's address",
	 CLI_NEEDS_STAFF, forward, forward_options},
	{"queue discard", "MAIL REASON", 2, 2,
	 "Sets an unsorted mail aside; it is kept, with the reason", CLI_NEEDS_STAFF,
	 discard, NULL},
	{0}};
