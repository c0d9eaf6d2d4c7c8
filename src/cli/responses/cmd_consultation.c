#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "domain/bulletins/archive.h"
#include "domain/admin/asked.h"
#include "domain/admin/consultation.h"
#include "domain/responses/options.h"
#include "domain/intake/reread.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/str.h"
#include "ownform/ownform.h"

#include <inttypes.h>

enum { FILE_MOST = 1 << 20 };

static int add(struct cli *cli, struct err *err)
{
	AUTO(buf) text = buf_new(FILE_MOST);
	const char *name;

	if (!fd_read_file(cli->args[0], text, err) ||
	    !consultation_add(&cli->op, cli->arena, cli->args[0], buf_text(text), &name,
			      err))
		return CLI_FAILED;
	cli_done(
		cli,
		"The consultation %s is there as a draft; open it: mercat consultation open %s",
		name, name);
	return CLI_DONE;
}

static int say_dates(struct cli *cli, const char *name, struct err *err)
{
	struct consultation_clock clock;
	struct consultation c;
	char opens[CLOCK_TEXT], closes[CLOCK_TEXT], ended[CLOCK_TEXT];

	if (!consultation_named(&cli->op, cli->arena, name, &c, err))
		return CLI_FAILED;
	consultation_clock(&c, cli->op.now, &clock);
	clock_long_date(c.opens_at, c.zone, opens);
	clock_long_date(c.closes_at, c.zone, closes);
	if (clock.was_cut) {
		clock_long_time(clock.ended_at, c.zone, ended);
		cli_done(cli, "%s closed on %s, before its last day, %s (%s).", c.name,
			 ended, closes, c.zone);
		return CLI_DONE;
	}
	cli_done(cli, "%s is %s: from %s to the end of %s (%s), at %s.", c.name, c.state,
		 opens, closes, c.zone, c.address);
	return CLI_DONE;
}

static int open_it(struct cli *cli, struct err *err)
{
	return consultation_open(&cli->op, cli->args[0], err)
		       ? say_dates(cli, cli->args[0], err)
		       : CLI_FAILED;
}

static int close_it(struct cli *cli, struct err *err)
{
	return consultation_close(&cli->op, cli->args[0], err)
		       ? say_dates(cli, cli->args[0], err)
		       : CLI_FAILED;
}

static int extend(struct cli *cli, struct err *err)
{
	const char *day;

	return cli_day(cli, cli->args[1], CLI_TO_COME, &day, err) &&
			       consultation_extend(&cli->op, cli->args[0], day, err)
		       ? say_dates(cli, cli->args[0], err)
		       : CLI_FAILED;
}

static int all(struct cli *cli, struct err *err)
{
	struct store_table t;

	if (!consultations_all(&cli->op, cli->arena, &t, err))
		return CLI_FAILED;
	cli_print_table(cli, &t,
			"No consultations yet; add one: mercat consultation add FILE");
	return CLI_DONE;
}

static int show(struct cli *cli, struct err *err)
{
	struct json json;
	struct store_table questions, extensions;
	struct store_row row;
	struct consultation c;

	if (!consultation_named(&cli->op, cli->arena, cli->args[0], &c, err) ||
	    !consultation_row(&cli->op, cli->arena, c.id, &row, err) ||
	    !consultation_questions(&cli->op, cli->arena, c.id, &questions, err) ||
	    !consultation_extensions(&cli->op, cli->arena, c.id, &extensions, err))
		return CLI_FAILED;
	if (cli->format == CLI_JSON) {
		json_begin_file(&json, stdout);
		json_put_object(&json, NULL);
		row_json(&json, "consultation", &row);
		table_json(&json, "questions", &questions);
		table_json(&json, "extensions", &extensions);
		json_end(&json);
		json_done(&json);
		return CLI_DONE;
	}
	cli_print_row(cli, &row);
	(void)puts("\nQuestions:");
	cli_print_table(cli, &questions, "none");
	if (extensions.count) {
		(void)puts("\nExtensions:");
		cli_print_table(cli, &extensions, NULL);
	}
	return CLI_DONE;
}

static int options(struct cli *cli, struct err *err)
{
	const struct choice_asked asked = {.options = (const char *const *)cli->args + 2,
					   .count = cli->arg_count - 2,
					   .several = cli_option(cli, "several") != NULL};
	struct consultation c;
	int64_t question, read;

	if (!str_to_int(cli->args[1], 1, 1000, &question, err) ||
	    !consultation_named(&cli->op, cli->arena, cli->args[0], &c, err) ||
	    !options_set(&cli->op, c.id, question, &asked, err) ||
	    !reread_consultation(&cli->op, c.id, &read, err))
		return CLI_FAILED;
	cli_done(cli,
		 "Question %" PRId64 " of %s has %zu options now; %" PRId64
		 " responses were read for them.",
		 question, cli->args[0], asked.count, read);
	return CLI_DONE;
}

static const struct cli_option options_options[] = {
	{"several", NULL, "the question takes more than one of them"}, {0}};

/* The form for respondents; a draft has one too, to be looked at before it opens. */
static int form(struct cli *cli, struct err *err)
{
	static const struct {
		const char *name;
		void (*write)(struct arena *arena, const struct ownform *form,
			      struct buf *to);
	} kinds[] = {{"docx", ownform_write_docx},
		     {"odt", ownform_write_odt},
		     {"text", ownform_write_text}};
	AUTO(buf) file = buf_new(OWNFORM_BYTES);
	const char *as = str_or(cli_option(cli, "as"), "docx"),
		   *to = cli_option(cli, "to");
	struct consultation c;
	struct ownform own;
	size_t k = 0;

	while (k < ARRAY_LEN(kinds) && !str_eq(kinds[k].name, as))
		k++;
	if (k == ARRAY_LEN(kinds) || !to) {
		(void)err_set(err, ERR_INPUT, "%s",
			      to ? "a form is docx, odt or text: --as KIND"
				 : "say where the form goes: --to FILE");
		return CLI_FAILED;
	}
	if (!consultation_named(&cli->op, cli->arena, cli->args[0], &c, err) ||
	    !asked_form(&cli->op, cli->arena, &c, &own, err))
		return CLI_FAILED;
	kinds[k].write(cli->arena, &own, file);
	if (buf_cut(file)) {
		(void)err_set(err, ERR_INPUT, "the form would be larger than %d bytes",
			      OWNFORM_BYTES);
		return CLI_FAILED;
	}
	if (!cli_write_file(cli, to, buf_text(file), file->len, 0644, err))
		return CLI_FAILED;
	cli_done(cli, "%s is written.", to);
	return CLI_DONE;
}

static const struct cli_option form_options[] = {
	{"as", "KIND", "docx, odt or text (docx)"}, {"to", "FILE", "where it goes"}, {0}};

static int outcome(struct cli *cli, struct err *err)
{
	AUTO(buf) text = buf_new(FILE_MOST);

	if (!fd_read_file(cli->args[1], text, err) ||
	    !consultation_outcome(&cli->op, cli->args[0], buf_text(text), err))
		return CLI_FAILED;
	cli_done(cli, "The page of %s says what was decided.", cli->args[0]);
	return CLI_DONE;
}

const struct cli_command cli_consultation_commands[] = {
	{"consultation add", "FILE", 1, 1, "Adds a consultation from a file, as a draft",
	 CLI_NEEDS_STAFF, add, NULL},
	{"consultation open", "NAME", 1, 1,
	 "Opens it: responses are taken and acknowledged", CLI_NEEDS_STAFF, open_it,
	 NULL},
	{"consultation close", "NAME", 1, 1, "Closes it before its day", CLI_NEEDS_STAFF,
	 close_it, NULL},
	{"consultation extend", "NAME DAY", 2, 2, "Gives it a later last day",
	 CLI_NEEDS_STAFF, extend, NULL},
	{"consultation options", "NAME QUESTION [OPTION...]", 2, SIZE_MAX,
	 "Gives a question other options; with none it is an open one", CLI_NEEDS_STAFF,
	 options, options_options},
	{"consultation form", "NAME", 1, 1,
	 "Writes the form that respondents fill in and send back", CLI_NEEDS_STORE, form,
	 form_options},
	{"consultation outcome", "NAME FILE", 2, 2,
	 "Says in public what was decided; the file is Markdown", CLI_NEEDS_STAFF,
	 outcome, NULL},
	{"consultation list", "", 0, 0, "Lists the consultations", CLI_NEEDS_STORE, all,
	 NULL},
	{"consultation show", "NAME", 1, 1, "Shows one with its questions",
	 CLI_NEEDS_STORE, show, NULL},
	{0}};
