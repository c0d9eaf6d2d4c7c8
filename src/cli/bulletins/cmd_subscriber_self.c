/* What people do about their own subscriptions, done for them by the staff. */
#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "domain/personal/personal_data_erase.h"
#include "domain/personal/personal_data.h"
#include "domain/personal/personal_mails.h"
#include "domain/subscribers/preferences.h"
#include "domain/subscribers/address_change.h"
#include "domain/subscribers/subscribe.h"
#include "base/str.h"

#include <inttypes.h>

/* The person of an argument; with a list before it, their subscription too. */
static bool person(struct cli *cli, size_t arg, struct self_service *out, struct err *err)
{
	return preferences_of_address(&cli->op, cli->args[arg], out, err);
}

static bool subscription(struct cli *cli, struct self_service *self, int64_t *out_id,
			 struct err *err)
{
	struct list list;
	struct store_row row;

	if (!list_named(&cli->op, cli->arena, cli->args[0], &list, err) ||
	    !subscription_find(&cli->op, cli->arena, &list, cli->args[1], &row, err) ||
	    !person(cli, 1, self, err))
		return false;
	*out_id = row_int(&row, "id");
	return true;
}

static int frequency(struct cli *cli, struct err *err)
{
	struct self_service self;
	int64_t id;

	if (!subscription(cli, &self, &id, err) ||
	    !preferences_frequency(&cli->op, &self, id, cli->args[2], err))
		return CLI_FAILED;
	cli_done(cli, "%s gets %s: %s.", cli->args[1], cli->args[0],
		 str_eq(cli->args[2], "each") ? "each bulletin by itself"
					      : "a digest, if there is anything new");
	return CLI_DONE;
}

static int pause_it(struct cli *cli, struct err *err)
{
	const char *day = cli->arg_count > 2 ? cli->args[2] : NULL;
	struct self_service self;
	int64_t id;

	if ((day && !cli_day(cli, day, CLI_TO_COME, &day, err)) ||
	    !subscription(cli, &self, &id, err) ||
	    !preferences_pause(&cli->op, &self, id, day, err))
		return CLI_FAILED;
	cli_done(cli, "%s gets nothing of %s until %s.", cli->args[1], cli->args[0],
		 str_or(day, "it is resumed"));
	return CLI_DONE;
}

static int resume(struct cli *cli, struct err *err)
{
	struct self_service self;
	int64_t id;

	if (!subscription(cli, &self, &id, err) ||
	    !preferences_resume(&cli->op, &self, id, err))
		return CLI_FAILED;
	cli_done(cli, "%s gets %s again.", cli->args[1], cli->args[0]);
	return CLI_DONE;
}

static int name(struct cli *cli, struct err *err)
{
	const char *text = cli->arg_count > 1 ? cli->args[1] : NULL;
	struct self_service self;

	if (!person(cli, 0, &self, err) || !preferences_name(&cli->op, &self, text, err))
		return CLI_FAILED;
	cli_done(cli, text ? "Their name is kept." : "Their name is gone.");
	return CLI_DONE;
}

static int language(struct cli *cli, struct err *err)
{
	struct self_service self;

	if (!person(cli, 0, &self, err) ||
	    !preferences_language(&cli->op, &self, cli->args[1], err))
		return CLI_FAILED;
	cli_done(cli, "Notifications to %s are in \"%s\" from now on.", cli->args[0],
		 cli->args[1]);
	return CLI_DONE;
}

static int move(struct cli *cli, struct err *err)
{
	struct self_service self;

	if (!person(cli, 0, &self, err) ||
	    !address_change_ask(&cli->op, &self, cli->args[1], err))
		return CLI_FAILED;
	cli_done(
		cli,
		"A notification goes to both addresses; it changes once both are confirmed.");
	return CLI_DONE;
}

/* Beside what is handed to whoever asked: it may be about a mail in which others name them. */
static void tell_staff(struct cli *cli, const struct personal_mails_left *left)
{
	const char *words = personal_mails_words(cli->arena, left);

	if (*words)
		(void)fprintf(stderr, "mercat: for the staff only: %s\n", words);
}

static int held(struct cli *cli, struct err *err)
{
	struct json json;
	struct self_service self;
	struct personal_data all;
	struct personal_mails_left left;

	if (!personal_data_whose(&cli->op, cli->args[0], &self, err) ||
	    !personal_data_load(&cli->op, cli->arena, &self, &all, err) ||
	    !personal_mails_count(&cli->op, &self, &left, err))
		return CLI_FAILED;
	tell_staff(cli, &left);
	if (!all.rows && !all.parts[all.count - 1].rows.count) {
		(void)err_set(err, ERR_ABSENT, "there is no personal data about %s",
			      cli->args[0]);
		return CLI_FAILED;
	}
	if (cli->format == CLI_JSON) {
		json_begin_file(&json, stdout);
		personal_data_json(&cli->op, &all, &json);
		return CLI_DONE;
	}
	for (size_t i = 0; i < all.count; i++) {
		(void)printf("%s%s:\n", i ? "\n" : "", all.parts[i].title);
		cli_print_table(cli, &all.parts[i].rows, "nothing");
	}
	return CLI_DONE;
}

static int erase(struct cli *cli, struct err *err)
{
	struct erasure_receipt receipt;
	struct self_service self;
	const char *left, *withdrawn;

	if (!cli_option(cli, "sure")) {
		(void)err_set(
			err, ERR_INPUT,
			"this cannot be taken back: look at mercat subscriber data %s "
			"first, then say --sure",
			cli->args[0]);
		return CLI_FAILED;
	}
	if (!personal_data_whose(&cli->op, cli->args[0], &self, err) ||
	    !personal_data_erase(&cli->op, &self, &receipt, err))
		return CLI_FAILED;
	left = personal_mails_words(cli->arena, &receipt.left);
	withdrawn = personal_data_withdrawn_words(cli->arena, &receipt);
	cli_done(
		cli,
		"Erased, receipt %s; it goes to them as our last notification. Responses to "
		"consultations stay.%s%s%s%s",
		receipt.number, *withdrawn ? " " : "", withdrawn, *left ? " " : "", left);
	return CLI_DONE;
}

static const struct cli_option erase_options[] = {
	{"sure", NULL, "it cannot be taken back; must be given"}, {0}};

const struct cli_command cli_subscriber_self_commands[] = {
	{"subscriber frequency", "LIST ADDRESS each|weekly|monthly", 3, 3,
	 "Sets how often a person gets mail: each bulletin, or digests", CLI_NEEDS_STAFF,
	 frequency, NULL},
	{"subscriber pause", "LIST ADDRESS [DAY]", 2, 3,
	 "Sends a person nothing until that day, or until resumed", CLI_NEEDS_STAFF,
	 pause_it, NULL},
	{"subscriber resume", "LIST ADDRESS", 2, 2, "Ends a pause before its day",
	 CLI_NEEDS_STAFF, resume, NULL},
	{"subscriber name", "ADDRESS [NAME]", 1, 2,
	 "Sets a person's name, or takes it away", CLI_NEEDS_STAFF, name, NULL},
	{"subscriber language", "ADDRESS CODE", 2, 2,
	 "Sets the language of notifications to a person", CLI_NEEDS_STAFF, language,
	 NULL},
	{"subscriber move", "ADDRESS NEW", 2, 2,
	 "Asks both addresses whether a person moves to the new one", CLI_NEEDS_STAFF,
	 move, NULL},
	{"subscriber data", "ADDRESS", 1, 1,
	 "Shows all personal data of a person, subscriber or not", CLI_NEEDS_STAFF, held,
	 NULL},
	{"subscriber erase", "ADDRESS", 1, 1,
	 "Forgets a person, subscriber or not, with a receipt", CLI_NEEDS_STAFF, erase,
	 erase_options},
	{0}};
