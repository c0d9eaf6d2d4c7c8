#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "domain/core/plus_address.h"
#include "domain/delivery/ledger.h"
#include "domain/delivery/timeline.h"
#include "domain/subscribers/subscriber_find.h"
#include "domain/subscribers/subscribe.h"
#include "base/str.h"

#include <inttypes.h>

static bool the_list(struct cli *cli, struct list *out, struct err *err)
{
	return list_named(&cli->op, cli->arena, cli->args[0], out, err);
}

static bool state_known(const struct cli *cli, struct err *err)
{
	return domain_word_check("state of a subscription", cli_option(cli, "state"),
				 subscription_states, err);
}

static int add(struct cli *cli, struct err *err)
{
	struct subscriber_new who = {
		.address = cli->args[1],
		.name = cli_option(cli, "name"),
		.basis = cli_option(cli, "basis"),
		.how = "staff",
		.welcome = !cli_option(cli, "quiet"),
	};
	struct list list;

	if (!the_list(cli, &list, err) ||
	    !topics_read(&list, cli_option(cli, "topics"), &who.topics, &who.all_topics,
			 err) ||
	    !subscriber_add(&cli->op, &list, &who, err))
		return CLI_FAILED;
	cli_done(cli, "%s is on the list %s%s.", who.address, list.name,
		 who.welcome ? "; a welcome is on its way that says how to leave" : "");
	return CLI_DONE;
}

/* Shows topics by their names instead of the mask. */
static void name_topics(struct cli *cli, const struct list *list, struct store_table *t)
{
	size_t all = t->columns, topics = t->columns;

	for (size_t c = 0; c < t->columns; c++) {
		if (str_eq(t->names[c], "all_topics"))
			all = c;
		if (str_eq(t->names[c], "topics"))
			topics = c;
	}
	for (size_t i = 0; i < t->count; i++) {
		struct store_cell *cell = &t->rows[i][topics];
		const char *text =
			topics_text(list, cli->arena, cell->n,
				    t->rows[i][all].n == 1 ? TOPICS_ALL : TOPICS_CHOSEN);

		*cell = cell_of_text(text);
	}
}

static int all(struct cli *cli, struct err *err)
{
	struct subscriber_filter filter = {.state = cli_option(cli, "state")};
	struct list list;
	struct store_table t;

	if (!state_known(cli, err) || !the_list(cli, &list, err) ||
	    !cli_option_int(
		    cli, "limit",
		    &(struct cli_range){.least = 1, .most = 100000000, .fallback = 1000},
		    &filter.most, err))
		return CLI_FAILED;
	filter.list_id = list.id;
	if (!subscriber_list(&cli->op, cli->arena, &filter, &t, err))
		return CLI_FAILED;
	name_topics(cli, &list, &t);
	cli_print_table(cli, &t, "Nobody.");
	return CLI_DONE;
}

static bool show_one(struct cli *cli, struct json *json, const struct store_row *row,
		     struct err *err)
{
	struct store_table evidence, deliveries;
	int64_t id = row_int(row, "id");

	if (!evidence_of(&cli->op, cli->arena, id, &evidence, err) ||
	    !ledger_of(&cli->op, cli->arena, id, &deliveries, err))
		return false;
	if (cli->format == CLI_JSON) {
		json_put_object(json, NULL);
		row_json(json, "subscription", row);
		table_json(json, "evidence", &evidence);
		table_json(json, "deliveries", &deliveries);
		json_end(json);
		return true;
	}
	cli_print_row(cli, row);
	(void)puts("\nHow it came to be:");
	cli_print_table(cli, &evidence, "nothing on record");
	(void)puts("\nWhat was sent:");
	cli_print_table(cli, &deliveries, "no bulletin yet");
	(void)putchar('\n');
	return true;
}

static int show(struct cli *cli, struct err *err)
{
	AUTO(buf) out = buf_new(1 << 26);
	struct json json;
	const char *key, *plain;
	struct store_table t;

	if (!address_read(cli->arena, cli->args[0], &key, &plain, err) ||
	    !subscriptions_of_key(&cli->op, cli->arena, key, &t, err))
		return CLI_FAILED;
	if (!t.count) {
		(void)err_set(err, ERR_ABSENT, "%s is on no list and never was", plain);
		return CLI_FAILED;
	}
	json_begin(&json, out);
	json_put_array(&json, NULL);
	json_lines(&json);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct list list;
		struct store_table one = t;

		if (!list_by_id(&cli->op, cli->arena, row_int(&row, "list_id"), &list,
				err))
			return CLI_FAILED;
		one.rows = &t.rows[i];
		one.count = 1;
		name_topics(cli, &list, &one);
		if (!show_one(cli, &json, &row, err))
			return CLI_FAILED;
	}
	json_end(&json);
	json_done(&json);
	if (cli->format != CLI_JSON)
		return CLI_DONE;
	if (buf_cut(out)) {
		(void)err_set(err, ERR_INPUT, "that is too much for one output");
		return CLI_FAILED;
	}
	(void)fwrite(buf_text(out), 1, out->len, stdout);
	return CLI_DONE;
}

static int remove_one(struct cli *cli, struct err *err)
{
	struct list list;

	if (!the_list(cli, &list, err) ||
	    !subscriber_remove(&cli->op, &list, cli->args[1], cli_option(cli, "reason"),
			       err))
		return CLI_FAILED;
	cli_done(cli, "%s is off the list %s and is told so.", cli->args[1], list.name);
	return CLI_DONE;
}

static int decide(struct cli *cli, bool accept, struct err *err)
{
	struct list list;

	if (!the_list(cli, &list, err) ||
	    !subscriber_accept(&cli->op, &list, cli->args[1],
			       accept ? SUBSCRIBER_ACCEPTED : SUBSCRIBER_REFUSED, err))
		return CLI_FAILED;
	cli_done(cli,
		 accept ? "%s is on the list %s; a welcome is on its way."
			: "%s is told that the request to %s was refused.",
		 cli->args[1], list.name);
	return CLI_DONE;
}

static int accept(struct cli *cli, struct err *err)
{
	return decide(cli, true, err);
}

static int refuse(struct cli *cli, struct err *err)
{
	return decide(cli, false, err);
}

static int topics(struct cli *cli, struct err *err)
{
	struct list list;

	if (!the_list(cli, &list, err) ||
	    !subscriber_topics(&cli->op, &list, cli->args[1], cli->args[2], err))
		return CLI_FAILED;
	cli_done(cli, "%s gets: %s.", cli->args[1], cli->args[2]);
	return CLI_DONE;
}

static int timeline(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"happened_at", "list", "kind", "what"};
	struct store_table t = {.names = names, .columns = ARRAY_LEN(names)};
	struct audit_event *events;

	if (!timeline_load(&cli->op, cli->arena, cli->args[0], &events, &t.count, err))
		return CLI_FAILED;
	t.rows = arena_make(cli->arena, struct store_cell *, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		struct store_cell *row =
			arena_make(cli->arena, struct store_cell, t.columns);

		row[0] = cell_of_int(events[i].at);
		row[1] = cell_of_text(str_or(events[i].list, ""));
		row[2] = cell_of_text(str_or(events[i].kind, ""));
		row[3] = cell_of_text(str_or(events[i].words, ""));
		t.rows[i] = row;
	}
	cli_print_table(cli, &t, "Nothing is on record.");
	return CLI_DONE;
}

static int why(struct cli *cli, struct err *err)
{
	const char *number = cli->args[2];
	struct delivery_asked asked = {.address = cli->args[0], .list = cli->args[1]};
	struct delivery_told told;

	if (!str_to_int(*number == '#' ? number + 1 : number, 1, INT32_MAX, &asked.number,
			err)) {
		(void)err_prefix(err, "the number of the bulletin");
		return CLI_FAILED;
	}
	if (!delivery_reason_find(&cli->op, cli->arena, &asked, &told, err))
		return CLI_FAILED;
	if (cli->format == CLI_JSON) {
		struct json json;

		json_begin_file(&json, stdout);
		json_put_object(&json, NULL);
		json_put_text(&json, "why", delivery_reason_name(told.why));
		json_put_text(&json, "words", told.words);
		json_end(&json);
		json_done(&json);
	} else {
		cli_say(told.words, CLI_ONE_LINE);
		(void)putchar('\n');
	}
	return CLI_DONE;
}

static int find(struct cli *cli, struct err *err)
{
	const char *name = cli_option(cli, "list");
	struct find_page page;
	struct store_table t;
	struct list list;
	int64_t next;

	if ((name && !list_named(&cli->op, cli->arena, name, &list, err)) ||
	    !cli_option_int(cli, "after", &(struct cli_range){.most = INT64_MAX},
			    &page.after, err) ||
	    !cli_option_int(cli, "limit",
			    &(struct cli_range){.least = 1, .most = 200, .fallback = 50},
			    &page.most, err) ||
	    !subscriber_find(
		    &cli->op, cli->arena,
		    &(struct subscriber_search){.list = name ? &list : NULL,
						.state = cli_option(cli, "state"),
						.text = cli->args[0],
						.page = page},
		    &t, &next, err))
		return CLI_FAILED;
	cli_print_table(cli, &t, "Nobody.");
	if (next && cli->format == CLI_TEXT)
		cli_done(cli, "There are more: --after %" PRId64, next);
	return CLI_DONE;
}

static const struct cli_option add_options[] = {
	{"name", "TEXT", "their name"},
	{"topics", "A,B", "only these topics (all)"},
	{"basis", "TEXT", "why we may write to them; must be given"},
	{"quiet", NULL, "send no welcome"},
	{0}};
static const struct cli_option list_options[] = {
	{"state", "STATE",
	 "active, pending, requested, paused, unsubscribed, bouncing ..."},
	{"limit", "N", "at most N (1000)"},
	{0}};
static const struct cli_option remove_options[] = {
	{"reason", "TEXT", "kept as evidence; must be given"}, {0}};

static const struct cli_option find_options[] = {
	{"list", "LIST", "of this list only"},
	{"state", "STATE",
	 "active, pending, requested, paused, unsubscribed, bouncing ..."},
	{"after", "ID", "the page behind this id"},
	{"limit", "N", "at most N (50)"},
	{0}};

const struct cli_command cli_subscriber_commands[] = {
	{"subscriber add", "LIST ADDRESS", 2, 2, "Puts a person on a list",
	 CLI_NEEDS_STAFF, add, add_options},
	{"subscriber list", "LIST", 1, 1, "Lists the subscribers of a list",
	 CLI_NEEDS_STORE, all, list_options},
	{"subscriber show", "ADDRESS", 1, 1,
	 "Shows one person: lists, evidence, what was sent", CLI_NEEDS_STORE, show, NULL},
	{"subscriber topics", "LIST ADDRESS A,B", 3, 3, "Sets which topics a person gets",
	 CLI_NEEDS_STAFF, topics, NULL},
	{"subscriber remove", "LIST ADDRESS", 2, 2, "Takes a person off a list",
	 CLI_NEEDS_STAFF, remove_one, remove_options},
	{"subscriber accept", "LIST ADDRESS", 2, 2, "Lets a request to a closed list in",
	 CLI_NEEDS_STAFF, accept, NULL},
	{"subscriber refuse", "LIST ADDRESS", 2, 2, "Refuses a request to a closed list",
	 CLI_NEEDS_STAFF, refuse, NULL},
	{"subscriber timeline", "ADDRESS", 1, 1, "Tells one person's history, in order",
	 CLI_NEEDS_STORE, timeline, NULL},
	{"subscriber why", "ADDRESS LIST NUMBER", 3, 3,
	 "Says in one sentence why somebody did or did not get a bulletin",
	 CLI_NEEDS_STORE, why, NULL},
	{"subscriber find", "TEXT", 1, 1,
	 "Finds subscribers by a part of address or name", CLI_NEEDS_STORE, find,
	 find_options},
	{0}};
