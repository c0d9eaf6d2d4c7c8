#include "domain/campaigns/campaign.h"
#include "domain/admin/consultation.h"
#include "domain/responses/response.h"
#include "base/str.h"
#include "cli/frame/cli.h"
#include "cli/frame/print.h"

#include <inttypes.h>

static int find(struct cli *cli, struct err *err)
{
	struct campaigns_found f;

	if (!campaign_find(&cli->op, cli->args[0], &f, err))
		return CLI_FAILED;
	cli_done(cli,
		 "Responses read: %" PRId64 ". New campaigns proposed: %" PRId64
		 ". Standard text: %" PRId64 ", modified: %" PRId64
		 ", please look: %" PRId64 ". See them: mercat campaign list %s",
		 f.replies, f.proposed, f.standard, f.modified, f.look, cli->args[0]);
	return CLI_DONE;
}

static int all(struct cli *cli, struct err *err)
{
	struct consultation c;
	struct store_table t;

	if (!consultation_named(&cli->op, cli->arena, cli->args[0], &c, err) ||
	    !campaign_list(&cli->op, cli->arena, c.id, &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t,
			"No campaigns; look for them: mercat campaign find NAME");
	return CLI_DONE;
}

static int show(struct cli *cli, struct err *err)
{
	struct json json;
	struct consultation c;
	struct campaign_shown shown;
	int64_t number;

	if (!cli_arg_int(cli, 1, "the number of a campaign", &number, err) ||
	    !consultation_named(&cli->op, cli->arena, cli->args[0], &c, err) ||
	    !campaign_shown(&cli->op, cli->arena, &c, number, &shown, err))
		return CLI_FAILED;
	if (cli->format == CLI_JSON) {
		json_begin_file(&json, stdout);
		json_put_object(&json, NULL);
		row_json(&json, "campaign", &shown.campaign);
		table_json(&json, "responses", &shown.members);
		json_end(&json);
		json_done(&json);
		return CLI_DONE;
	}
	if (cli->format == CLI_TEXT) {
		(void)printf("Campaign %" PRId64 ", %s. The standard text:\n\n", number,
			     row_text(&shown.campaign, "state"));
		cli_say(row_text(&shown.campaign, "standard"), CLI_MANY_LINES);
		(void)puts("\n");
	}
	cli_print_table(cli, &shown.members, "No response is of it any more.");
	return CLI_DONE;
}

/* The response, [+added+] and [-left out-]. */
static const char *marked(struct cli *cli, const struct campaign_diff *d)
{
	AUTO(buf) text = buf_new(16 << 20);

	for (size_t i = 0; i < d->piece_count; i++) {
		const struct campaign_piece *piece = &d->pieces[i];
		const char *sign = piece->kind == DIFF_ADDED     ? "+"
				   : piece->kind == DIFF_REMOVED ? "-"
								 : NULL;

		buf_str(text, i ? " " : "");
		if (sign)
			buf_printf(text, "[%s%s%s]", sign, piece->text, sign);
		else
			buf_str(text, piece->text);
	}
	return arena_strdup(cli->arena, buf_text(text));
}

static int diff(struct cli *cli, struct err *err)
{
	struct json json;
	struct response r;
	struct campaign_diff d;

	if (!response_find(&cli->op, cli->arena, cli->args[0], &r, err))
		return CLI_FAILED;
	if (!campaign_diff(&cli->op, cli->arena, r.id, &d, err)) {
		if (err->kind == ERR_ABSENT)
			(void)err_set(err, ERR_ABSENT, "%s is in no campaign",
				      cli->args[0]);
		return CLI_FAILED;
	}
	if (cli->format == CLI_JSON) {
		json_begin_file(&json, stdout);
		json_put_object(&json, NULL);
		json_put_int(&json, "campaign", d.number);
		json_put_int(&json, "standard_share", d.share);
		json_put_int(&json, "added_words", (int64_t)d.added_words);
		json_put_int(&json, "left_out_words", (int64_t)d.removed_words);
		json_put_text(&json, "closeness", d.closeness);
		json_put_text(&json, "added", d.added);
		json_put_text(&json, "marked", marked(cli, &d));
		json_end(&json);
		json_done(&json);
		return CLI_DONE;
	}
	(void)printf("%s of campaign %" PRId64 " (%s): %" PRId64
		     " %% of it is the standard text; %zu words added, %zu left out.\n\n",
		     d.closeness, d.number, d.state, d.share, d.added_words,
		     d.removed_words);
	cli_say(cli_option(cli, "added") ? d.added : marked(cli, &d), CLI_MANY_LINES);
	(void)putchar('\n');
	return CLI_DONE;
}

static int decide(struct cli *cli, const char *state, struct err *err)
{
	int64_t number;

	if (!cli_arg_int(cli, 1, "the number of a campaign", &number, err) ||
	    !campaign_decide(&cli->op, cli->args[0], number, state, err))
		return CLI_FAILED;
	cli_done(cli, "Campaign %" PRId64 " of %s is %s.", number, cli->args[0], state);
	return CLI_DONE;
}

static int confirm(struct cli *cli, struct err *err)
{
	return decide(cli, "confirmed", err);
}

static int refuse(struct cli *cli, struct err *err)
{
	return decide(cli, "refused", err);
}

static int reopen(struct cli *cli, struct err *err)
{
	return decide(cli, "proposed", err);
}

static const struct cli_option diff_options[] = {
	{"added", NULL, "only what this person added"}, {0}};

const struct cli_command cli_campaign_commands[] = {
	{"campaign find", "CONSULTATION", 1, 1,
	 "Looks for standard letters and proposes them", CLI_NEEDS_STAFF, find, NULL},
	{"campaign list", "CONSULTATION", 1, 1, "Lists the campaigns with their counts",
	 CLI_NEEDS_STORE, all, NULL},
	{"campaign show", "CONSULTATION N", 2, 2,
	 "Shows a standard text and its responses", CLI_NEEDS_STORE, show, NULL},
	{"campaign diff", "REF", 1, 1, "Shows what a response added to its standard text",
	 CLI_NEEDS_STORE, diff, diff_options},
	{"campaign confirm", "CONSULTATION N", 2, 2, "Says that it is one",
	 CLI_NEEDS_STAFF, confirm, NULL},
	{"campaign refuse", "CONSULTATION N", 2, 2,
	 "Says that it is none; it is not proposed again", CLI_NEEDS_STAFF, refuse, NULL},
	{"campaign reopen", "CONSULTATION N", 2, 2, "Takes either back", CLI_NEEDS_STAFF,
	 reopen, NULL},
	{0}};
