/* Codings of single replies, suggestions, and blind second coding. */
#include "domain/responses/response.h"
#include "domain/coding/suggestion.h"
#include "base/str.h"
#include "cli/responses/codes.h"

#include <inttypes.h>

/* --from, --to, --file; none of them: the whole reply. */
static int code(struct cli *cli, struct err *err)
{
	struct coded_passage where;
	struct response r;
	struct code code;
	int64_t coding, change;

	if (!cli_passage(cli, &where, err) ||
	    !response_find(&cli->op, cli->arena, cli->args[0], &r, err) ||
	    !cli_code(cli, r.consultation, cli->args[1], &code, err) ||
	    !coding_put(&cli->op,
			&(struct coding_new){.reference = cli->args[0],
					     .code_id = code.id,
					     .where = &where},
			&coding, &change, err))
		return CLI_FAILED;
	if (coding < 0)
		cli_done(cli, "%s is coded %s for your sample (%" PRId64 ").",
			 cli->args[0], code.name, coding);
	else if (change)
		cli_done(cli,
			 "%s is coded %s (%" PRId64 "); take it back with: mercat "
			 "response uncode %" PRId64,
			 cli->args[0], code.name, coding, coding);
	else
		cli_done(cli, "%s is coded so already (%" PRId64 ").", cli->args[0],
			 coding);
	return CLI_DONE;
}

static int uncode(struct cli *cli, struct err *err)
{
	int64_t id;

	if (!str_to_int(cli->args[0], INT32_MIN, INT32_MAX, &id, err) ||
	    !coding_end(&cli->op, id, NULL, err))
		return CLI_FAILED;
	cli_done(cli, "Coding %" PRId64 " is ended; it stays on record.", id);
	return CLI_DONE;
}

static int codes(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"id",   "suggestion", "code",    "part",
					    "from", "to",         "by_what", "staff",
					    "at",   "placed",     "because"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct response r;
	struct coding *c;
	size_t count;

	if (!response_find(&cli->op, cli->arena, cli->args[0], &r, err) ||
	    !coding_list(&cli->op, cli->arena, r.id, &c, &count, err))
		return CLI_FAILED;
	for (size_t i = 0; i < count; i++) {
		const struct coded_passage *w = &c[i].where;

		cli_rows_add(
			&rows, "zzttiittitt", c[i].id, c[i].suggestion_id, c[i].code,
			w->whole ? "whole response"
			: w->part == TEXT_PART_MAIL
				? "mail"
				: arena_printf(cli->arena, "file %" PRId64, w->part + 1),
			w->from, w->to, c[i].by_what, c[i].staff, c[i].at, c[i].placed,
			c[i].because);
	}
	cli_rows_print(&rows, "Nothing is coded there.");
	return CLI_DONE;
}

const struct cli_command cli_response_code_commands[] = {
	{"response code", "REF CODE", 2, 2,
	 "Puts a code on a passage, or on the whole response", CLI_NEEDS_STAFF, code,
	 cli_passage_options},
	{"response uncode", "CODING", 1, 1,
	 "Takes a code off a passage; that stays on record", CLI_NEEDS_STAFF, uncode,
	 NULL},
	{"response codes", "REF", 1, 1, "Lists its coded passages and what is suggested",
	 CLI_NEEDS_STAFF, codes, NULL},
	{0}};
