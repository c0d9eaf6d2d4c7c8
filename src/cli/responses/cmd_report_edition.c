#include "domain/admin/rights.h"
#include "domain/exports/report_file.h"
#include "domain/reports/report_edition.h"
#include "domain/responses/response.h"
#include "base/str.h"
#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "cli/frame/rows.h"
#include "render/rendered.h"

#include <inttypes.h>

enum { FILE_MODE = 0600 };

static bool which_of(struct cli *cli, struct report_edition_of *out, struct err *err)
{
	*out = (struct report_edition_of){.consultation = cli->args[0]};
	if (cli->arg_count > 1)
		return cli_arg_int(cli, 1, "the number of an edition", &out->number, err);
	return cli_option_int(cli, "edition",
			      &(struct cli_range){.least = 1, .most = INT32_MAX},
			      &out->number, err);
}

static int edition(struct cli *cli, struct err *err)
{
	int64_t number;

	if (!report_edition_make(&cli->op, cli->args[0], NULL, &number, err))
		return CLI_FAILED;
	cli_done(cli,
		 "Edition %" PRId64 " is made and frozen. Ask for its approval: mercat "
		 "report ask %s %" PRId64 " NAME",
		 number, cli->args[0], number);
	return CLI_DONE;
}

/* What of the newest one has moved stands with it. */
static int list(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"edition",   "made_at",     "made_by",
					    "asked_of",  "approved_by", "changed",
					    "what_moved"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct report_edition *editions;
	struct consultation c;
	size_t count;

	if (!consultation_named(&cli->op, cli->arena, cli->args[0], &c, err) ||
	    !report_editions(&cli->op, cli->arena, c.id, &editions, &count, err))
		return CLI_FAILED;
	for (size_t i = 0; i < count; i++) {
		struct report_changes moved;

		if (!report_edition_changes(&cli->op, cli->arena, &editions[i], &moved,
					    err))
			return CLI_FAILED;
		cli_rows_add(&rows, "iitttit", editions[i].number, editions[i].made_at,
			     editions[i].made_by_name, editions[i].asked_of_name,
			     editions[i].approved_by_name, moved.responses,
			     report_changes_words(cli->arena, &editions[i], &moved));
	}
	cli_rows_print(&rows, "No edition yet; make one: mercat report edition NAME");
	return CLI_DONE;
}

static int ask(struct cli *cli, struct err *err)
{
	struct report_edition_of which;

	if (!which_of(cli, &which, err) ||
	    !report_edition_ask(&cli->op, &which, cli->args[2], err))
		return CLI_FAILED;
	cli_done(cli, "%s is asked to approve edition %" PRId64 ".", cli->args[2],
		 which.number);
	return CLI_DONE;
}

/* No proof of who it is, but two names are no second person when one may not approve. */
static bool may_approve(struct cli *cli, const struct report_edition_of *which,
			struct err *err)
{
	struct report_edition e;
	bool may;

	return report_edition_get(&cli->op, cli->arena, which, &e, err) &&
	       rights_may(&cli->op, RIGHT_PUBLISH,
			  rights_on_consultation(e.consultation_id), &may, err) &&
	       (may ||
		err_set(err, ERR_CONFLICT,
			"%.60s may not approve a report: an approver may", cli->op.who));
}

static int approve(struct cli *cli, struct err *err)
{
	struct report_edition_of which;

	if (!which_of(cli, &which, err) || !may_approve(cli, &which, err) ||
	    !report_edition_approve(&cli->op, &which, err))
		return CLI_FAILED;
	cli_done(cli, "Edition %" PRId64 " is approved.", which.number);
	return CLI_DONE;
}

static bool form_of(struct cli *cli, const struct report_form **out, struct err *err)
{
	const char *name = str_or(cli_option(cli, "to"), "html");
	AUTO(buf) all = buf_new(200);

	/* As people call it. */
	*out = report_form_named(str_eq(name, "markdown") ? "md"
				 : str_eq(name, "word")   ? "docx"
							  : name);
	for (const struct report_form *f = report_forms; f->name; f++)
		buf_printf(all, "%s%s", f == report_forms ? "" : ", ", f->name);
	return *out ||
	       err_set(err, ERR_INPUT, "a report has no form \"%.40s\"; the forms are %s",
		       name, buf_text(all));
}

static int export(struct cli *cli, struct err *err)
{
	const char *path = cli_option(cli, "output");
	const struct rendering with = rendering_usual(str_or(getenv("TMPDIR"), "/tmp"));
	struct report_file_how how = {.with = &with};
	AUTO(buf) out = buf_new(REPORT_FILE_BYTES);
	struct report_edition_of which;
	struct report_edition e;

	if (!form_of(cli, &how.form, err) || !which_of(cli, &which, err) ||
	    !report_edition_get(&cli->op, cli->arena, &which, &e, err) ||
	    !report_file_render(&cli->op, cli->arena, &e, &how, out, err))
		return CLI_FAILED;
	if (!path)
		path = arena_printf(cli->arena, "%s-report-%" PRId64 ".%s", cli->args[0],
				    e.number, how.form->name);
	if (!cli_write_file(cli, path, buf_text(out), out->len, FILE_MODE, err))
		return CLI_FAILED;
	if (!str_eq(path, "-"))
		cli_done(cli, "Written: %s", path);
	return CLI_DONE;
}

static int quoted(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"edition", "line", "made_at", "approved_at",
					    "stands"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct report_quoted_at *list;
	struct response r;
	size_t count;

	if (!response_find(&cli->op, cli->arena, cli->args[0], &r, err) ||
	    !report_quoted(&cli->op, cli->arena, r.id, &list, &count, err))
		return CLI_FAILED;
	for (size_t i = 0; i < count; i++)
		cli_rows_add(&rows, "iiizt", list[i].edition, list[i].line,
			     list[i].made_at, list[i].approved_at,
			     list[i].stands ? "yes" : "no: mend it");
	cli_rows_print(&rows, "It is quoted in no edition of the report.");
	return CLI_DONE;
}

static const struct cli_option export_options[] = {
	{"edition", "N", "which (the newest)"},
	{"to", "FORM", "html, md, csv, pdf, docx or xlsx (html)"},
	{"output", "FILE", "where to (CONSULTATION-report-N.FORM here)"},
	{0}};

const struct cli_command cli_report_edition_commands[] = {
	{"report edition", "CONSULTATION", 1, 1,
	 "Freezes the report with its data as the next edition", CLI_NEEDS_STAFF, edition,
	 NULL},
	{"report list", "CONSULTATION", 1, 1,
	 "Lists the editions, and what has moved since each", CLI_NEEDS_STORE, list,
	 NULL},
	{"report ask", "CONSULTATION NUMBER NAME", 3, 3,
	 "Asks a colleague to approve an edition", CLI_NEEDS_STAFF, ask, NULL},
	{"report approve", "CONSULTATION NUMBER", 2, 2,
	 "Approves an edition that somebody else wrote", CLI_NEEDS_STAFF, approve, NULL},
	{"report export", "CONSULTATION", 1, 1,
	 "Writes an edition as a file, whole or not at all", CLI_NEEDS_STORE, export,
	 export_options},
	{"report quoted", "REFERENCE", 1, 1,
	 "Tells where a response is quoted, and what of it may not stand any more",
	 CLI_NEEDS_STORE, quoted, NULL},
	{0}};
