/* What is published of responses: redacted, decided, released by a second person, withdrawn. */
#include "domain/publication/published.h"
#include "base/numeral.h"
#include "base/str.h"
#include "cli/frame/cli.h"
#include "cli/frame/rows.h"

#include <inttypes.h>

enum { MOST = 100000, WORDS_SHOWN = 60 };

static int list(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"reference",  "state",       "permission",
					    "decision",   "reason",      "decided_by",
					    "decided_at", "released_by", "released_at"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct publication_look look = {.consultation = cli->args[0],
					.state = cli_option(cli, "state"),
					.most = MOST};
	struct publication *all;
	size_t count;

	if (!publication_list(&cli->op, cli->arena, &look, &all, &count, err))
		return CLI_FAILED;
	for (size_t i = 0; i < count; i++)
		cli_rows_add(&rows, "ttttttztz", all[i].reference, all[i].state,
			     all[i].permission, all[i].decision, all[i].reason,
			     all[i].decided_by_name, all[i].decided_at,
			     all[i].released_by_name, all[i].released_at);
	cli_rows_print(&rows, "No such response.");
	return CLI_DONE;
}

static const char *words_of(struct cli *cli, const struct redactions *all,
			    const struct redaction *r)
{
	const char *text = str_or(redactions_part(all, r->at.part), "");
	size_t from = str_utf8_bytes(text, (size_t)r->at.from);
	size_t to = str_utf8_bytes(text, (size_t)r->at.to);

	if (r->lost)
		return "(no longer found)";
	if (to - from > WORDS_SHOWN)
		to = from + str_utf8_bytes(text + from, WORDS_SHOWN / 2);
	return arena_strndup(cli->arena, text + from, to - from);
}

/* "text:20~34" in the mail itself, "2:20~34" in its file 2. A word that begins with a hyphen would
 * be an option. */
static const char *place_text(struct arena *arena, const struct redaction_place *at)
{
	return arena_printf(arena, "%s:%" PRId64 "~%" PRId64,
			    at->part < 0 ? "text"
					 : arena_printf(arena, "%" PRId64, at->part),
			    at->from, at->to);
}

static int redactions(struct cli *cli, struct err *err)
{
	static const char *const states[] = {"proposed", "accepted", "dismissed"};
	static const char *const names[] = {"redaction", "place", "state",
					    "reason",    "kind",  "words"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct redactions all;
	struct publication p;

	if (!publication_find(&cli->op, cli->arena, cli->args[0], &p, err) ||
	    !redactions_load(&cli->op, cli->arena, p.response_id, &all, err))
		return CLI_FAILED;
	for (size_t i = 0; i < all.count; i++) {
		const struct redaction *r = &all.items[i];

		cli_rows_add(&rows, "zttttt", r->id, place_text(cli->arena, &r->at),
			     states[r->state], r->reason, r->kind,
			     words_of(cli, &all, r));
	}
	cli_rows_print(&rows, "Nothing is redacted or proposed.");
	return CLI_DONE;
}

static int show(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"question", "text"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct publication_preview shown;
	struct publication p;

	if (!publication_find(&cli->op, cli->arena, cli->args[0], &p, err) ||
	    !publication_preview(&cli->op, cli->arena, &p,
				 str_or(p.decision, "without name"), &shown, err))
		return CLI_FAILED;
	for (size_t i = 0; i < shown.count; i++)
		cli_rows_add(&rows, "zt", shown.answers[i].question,
			     shown.answers[i].text);
	cli_rows_print(&rows, "It says nothing that could be published.");
	return CLI_DONE;
}

static int decide(struct cli *cli, struct err *err)
{
	if (!publication_decide(&cli->op, cli->args[0], cli->args[1],
				cli_option(cli, "reason"), err))
		return CLI_FAILED;
	if (str_eq(cli->args[1], "withhold"))
		cli_done(cli, "%s is not published.", cli->args[0]);
	else
		cli_done(cli,
			 "Decided. Somebody else releases it: mercat publication "
			 "release %s",
			 cli->args[0]);
	return CLI_DONE;
}

static int redact(struct cli *cli, struct err *err)
{
	int64_t count;

	if (!redaction_add_words(&cli->op, cli->args[0], cli->args[1],
				 str_or(cli_option(cli, "reason"), "other"), &count, err))
		return CLI_FAILED;
	cli_done(cli, "Redacted in %" PRId64 " %s.", count,
		 plural(count, "place", "places"));
	return CLI_DONE;
}

/* As place_text() says it. */
static bool place_of(const char *text, struct redaction_place *out, struct err *err)
{
	long long part, from, to;
	char end;

	if (sscanf(text, "text:%lld~%lld%c", &from, &to, &end) == 2)
		part = -1;
	else if (sscanf(text, "%lld:%lld~%lld%c", &part, &from, &to, &end) != 3)
		return err_set(err, ERR_INPUT,
			       "a place is PART:FROM~TO, as \"publication redactions\" "
			       "says it, or \"all\"");
	*out = (struct redaction_place){part, from, to};
	return true;
}

static int settle(struct cli *cli, enum redaction_settle how, struct err *err)
{
	bool all = str_eq(cli->args[1], "all");
	struct redaction_place at;
	int64_t count;

	if ((!all && !place_of(cli->args[1], &at, err)) ||
	    !redaction_settle(&cli->op, cli->args[0], all ? NULL : &at, how, &count, err))
		return CLI_FAILED;
	cli_done(cli, "%" PRId64 " %s %s.", count, plural(count, "proposal", "proposals"),
		 how == REDACTION_ACCEPT ? "accepted" : "dismissed");
	return CLI_DONE;
}

static int accept(struct cli *cli, struct err *err)
{
	return settle(cli, REDACTION_ACCEPT, err);
}

static int dismiss(struct cli *cli, struct err *err)
{
	return settle(cli, REDACTION_DISMISS, err);
}

static int unredact(struct cli *cli, struct err *err)
{
	int64_t id;

	if (!cli_arg_int(cli, 1, "the number of a redaction", &id, err) ||
	    !redaction_end(&cli->op, cli->args[0], id, err))
		return CLI_FAILED;
	cli_done(cli, "Redaction %" PRId64 " is taken off.", id);
	return CLI_DONE;
}

static int release(struct cli *cli, struct err *err)
{
	for (size_t i = 0; i < cli->arg_count; i++)
		if (!publication_release(&cli->op, cli->args[i], err))
			return CLI_FAILED;
	cli_done(cli, "Published: %zu.", cli->arg_count);
	return CLI_DONE;
}

static int withdraw(struct cli *cli, struct err *err)
{
	if (!publication_withdraw(&cli->op, cli->args[0], err))
		return CLI_FAILED;
	cli_done(cli, "%s is published no more.", cli->args[0]);
	return CLI_DONE;
}

static int whole(struct cli *cli, struct err *err)
{
	bool hide = cli_option(cli, "hide") != NULL;

	if (!publication_whole_set(&cli->op, cli->args[0],
				   hide ? PUBLICATION_HIDE_ALL : PUBLICATION_RELEASE_ALL,
				   err))
		return CLI_FAILED;
	cli_done(cli,
		 hide ? "Search engines are told not to list the responses."
		      : "Search engines may list what is published of the responses.");
	return CLI_DONE;
}

static const struct cli_option list_options[] = {
	{"state", "STATE", "to decide, to release, published ..."}, {0}};
static const struct cli_option decide_options[] = {
	{"reason", "REASON",
	 "of withhold: refused, defamatory, identifies, health, abusive, legal, \"not a "
	 "response\", other"},
	{0}};
static const struct cli_option redact_options[] = {
	{"reason", "REASON",
	 "name, contact, \"third party\", child, health, defamatory, security, other "
	 "(other)"},
	{0}};
static const struct cli_option whole_options[] = {
	{"hide", NULL, "search engines are told not to list them after all"}, {0}};

const struct cli_command cli_publication_commands[] = {
	{"publication list", "CONSULTATION", 1, 1,
	 "Lists what is decided about the publication of each response", CLI_NEEDS_STORE,
	 list, list_options},
	{"publication show", "REFERENCE", 1, 1,
	 "Shows a response as it would be published", CLI_NEEDS_STORE, show, NULL},
	{"publication redactions", "REFERENCE", 1, 1,
	 "Lists what is redacted in a response, and what is proposed", CLI_NEEDS_STORE,
	 redactions, NULL},
	{"publication redact", "REFERENCE WORDS", 2, 2,
	 "Redacts words of a response wherever they stand in it", CLI_NEEDS_STAFF, redact,
	 redact_options},
	{"publication accept", "REFERENCE PLACE", 2, 2,
	 "Redacts what is proposed at a place, or \"all\"", CLI_NEEDS_STAFF, accept,
	 NULL},
	{"publication dismiss", "REFERENCE PLACE", 2, 2,
	 "Says of what is proposed at a place, or of \"all\", that it may be published",
	 CLI_NEEDS_STAFF, dismiss, NULL},
	{"publication unredact", "REFERENCE REDACTION", 2, 2,
	 "Takes a redaction, or its dismissal, off again", CLI_NEEDS_STAFF, unredact,
	 NULL},
	{"publication decide", "REFERENCE DECISION", 2, 2,
	 "Decides about a response: publish, \"without name\" or withhold",
	 CLI_NEEDS_STAFF, decide, decide_options},
	{"publication release", "REFERENCE...", 1, SIZE_MAX,
	 "Publishes what somebody else decided to", CLI_NEEDS_STAFF, release, NULL},
	{"publication withdraw", "REFERENCE", 1, 1,
	 "Takes a published response off at once", CLI_NEEDS_STAFF, withdraw, NULL},
	{"publication open", "CONSULTATION", 1, 1,
	 "Lets search engines list the published responses of a consultation",
	 CLI_NEEDS_STAFF, whole, whole_options},
	{0}};
