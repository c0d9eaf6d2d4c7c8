/* What a person corrects in how a reply was understood. */
#include "domain/sorting/response_move.h"
#include "domain/responses/response_answer.h"
#include "domain/campaigns/duplicate.h"
#include "domain/responses/options.h"
#include "domain/responses/response.h"
#include "domain/responses/response_proposal.h"
#include "base/str.h"
#include "cli/frame/print.h"

#include <inttypes.h>

static int answer(struct cli *cli, struct err *err)
{
	int64_t question = 0, from, to, part;

	if ((!str_ieq(cli->args[1], "general") &&
	     !str_to_int(cli->args[1], 1, 1000, &question, err)) ||
	    !str_to_int(cli->args[2], 0, INT32_MAX, &from, err) ||
	    !str_to_int(cli->args[3], 0, INT32_MAX, &to, err) ||
	    !cli_option_int(cli, "file", &(struct cli_range){.least = 1, .most = 10000},
			    &part, err) ||
	    !response_answer_set(&cli->op, cli->args[0],
				 &(struct answer_place){.question = question,
							.part = part - 1,
							.from = from,
							.to = to},
				 err))
		return CLI_FAILED;
	cli_done(cli,
		 "%s: characters %" PRId64 " to %" PRId64 " are set; see it with: "
		 "mercat response show %s",
		 cli->args[0], from, to, cli->args[0]);
	return CLI_DONE;
}

static int apportion(struct cli *cli, struct err *err)
{
	if (!response_answer_anew(&cli->op, cli->args[0], err))
		return CLI_FAILED;
	cli_done(cli, "%s is apportioned anew; what persons had set is taken back.",
		 cli->args[0]);
	return CLI_DONE;
}

/* The place of an option by its number, or by its text. */
static bool option_named(const struct choice_asked *asked, const char *text, int64_t *out,
			 struct err *err)
{
	struct err none = {0};

	for (size_t i = 0; i < asked->count; i++)
		if (str_ieq(asked->options[i], text)) {
			*out = (int64_t)i + 1;
			return true;
		}
	if (str_to_int(text, 1, CHOICE_OPTIONS_MOST, out, &none))
		return true;
	return err_set(
		err, ERR_INPUT,
		"\"%.60s\" is no option of this question; see: mercat consultation "
		"show NAME",
		text);
}

static int choose(struct cli *cli, struct err *err)
{
	bool none = cli->arg_count == 3 && str_ieq(cli->args[2], "none");
	int64_t question, options[CHOICE_OPTIONS_MOST];
	size_t count = none ? 0 : cli->arg_count - 2;
	struct response r;
	struct asked asked;

	if (!str_to_int(cli->args[1], 1, 1000, &question, err) ||
	    !response_find(&cli->op, cli->arena, cli->args[0], &r, err) ||
	    !asked_load(&cli->op, cli->arena, r.consultation_id, &asked, err))
		return CLI_FAILED;
	if (question > (int64_t)asked.count || count > CHOICE_OPTIONS_MOST) {
		(void)err_set(err, ERR_INPUT, "there is no question %" PRId64, question);
		return CLI_FAILED;
	}
	for (size_t i = 0; i < count; i++)
		if (!option_named(&asked.questions[question - 1].choice, cli->args[i + 2],
				  &options[i], err))
			return CLI_FAILED;
	if (!response_choice_set(&cli->op, cli->args[0], question, options, count, err))
		return CLI_FAILED;
	cli_done(cli, "%s: what was chosen of question %" PRId64 " is set.", cli->args[0],
		 question);
	return CLI_DONE;
}

static int link_them(struct cli *cli, struct err *err)
{
	const char *as_what = cli_option(cli, "kind");

	if (!response_duplicate_link(&cli->op, cli->args[0], cli->args[1],
				     as_what ? as_what : "amendment", err))
		return CLI_FAILED;
	cli_done(cli, "%s is linked to %s.", cli->args[0], cli->args[1]);
	return CLI_DONE;
}

static int unlink_it(struct cli *cli, struct err *err)
{
	if (!response_duplicate_unlink(&cli->op, cli->args[0], err))
		return CLI_FAILED;
	cli_done(cli, "%s counts by itself again.", cli->args[0]);
	return CLI_DONE;
}

static int move_it(struct cli *cli, struct err *err)
{
	const char *moved;

	if (!response_move(&cli->op, cli->arena, cli->args[0], cli->args[1], &moved, err))
		return CLI_FAILED;
	cli_done(cli, "%s is %s now, and new there.", cli->args[0], moved);
	return CLI_DONE;
}

static int proposed(struct cli *cli, struct err *err)
{
	struct store_table t;

	if (!response_proposals_in(&cli->op, cli->arena, cli->args[0],
				   cli_option(cli, "kind"), &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t, "Nothing is proposed.");
	return CLI_DONE;
}

static int decide(struct cli *cli, enum proposal_decision decision, struct err *err)
{
	if (!response_proposal_decide(&cli->op, cli->args[0], cli_option(cli, "kind"),
				      decision, err))
		return CLI_FAILED;
	cli_done(cli, "What was proposed of %s is %s.", cli->args[0],
		 decision == PROPOSAL_ACCEPT ? "accepted" : "refused");
	return CLI_DONE;
}

static int accept_it(struct cli *cli, struct err *err)
{
	return decide(cli, PROPOSAL_ACCEPT, err);
}

static int refuse_it(struct cli *cli, struct err *err)
{
	return decide(cli, PROPOSAL_REFUSE, err);
}

static const struct cli_option kind_options[] = {
	{"kind", "KIND",
	 "advertisement, question, subscribe, unsubscribe, thanks, complaint, information, "
	 "automatic or risk"},
	{0}};

static const struct cli_option link_options[] = {
	{"kind", "KIND", "duplicate, amendment (that is what is taken) or composite"},
	{0}};
static const struct cli_option answer_options[] = {
	{"file", "N", "in the response's Nth file instead of its mail"}, {0}};

const struct cli_command cli_response_answer_commands[] = {
	{"response answer", "REF QUESTION FROM TO", 4, 4,
	 "Sets which characters answer a question, or are \"general\"", CLI_NEEDS_STAFF,
	 answer, answer_options},
	{"response choose", "REF QUESTION OPTION...", 3, SIZE_MAX,
	 "Sets what was chosen of a closed question: options by text or number, or \"none\"",
	 CLI_NEEDS_STAFF, choose, NULL},
	{"response apportion", "REF", 1, 1,
	 "Apportions a response to the questions anew, corrections taken back",
	 CLI_NEEDS_STAFF, apportion, NULL},
	{"response link", "REF REF", 2, 2,
	 "Links a response to an earlier one of the same person", CLI_NEEDS_STAFF,
	 link_them, link_options},
	{"response unlink", "REF", 1, 1, "Takes such a link away", CLI_NEEDS_STAFF,
	 unlink_it, NULL},
	{"response move", "REF CONSULTATION", 2, 2,
	 "Moves a response to another consultation; both references lead to it",
	 CLI_NEEDS_STAFF, move_it, NULL},
	{"response proposed", "CONSULTATION", 1, 1,
	 "Lists emails that seem to be no response, or more than one, each with its reason",
	 CLI_NEEDS_STORE, proposed, kind_options},
	{"response accept", "REF", 1, 1,
	 "Accepts what is proposed: no response is excluded, anything else is noted",
	 CLI_NEEDS_STAFF, accept_it, kind_options},
	{"response refuse", "REF", 1, 1, "Refuses what is proposed: it is a response",
	 CLI_NEEDS_STAFF, refuse_it, kind_options},
	{0}};
