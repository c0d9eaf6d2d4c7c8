#include "domain/reports/report.h"
#include "domain/reports/report_write.h"
#include "base/fd.h"
#include "base/str.h"
#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "cli/frame/rows.h"

#include <inttypes.h>

static const char *const level_names[REPORT_LEVELS] = {"wrong", "look", "right"};

static int draft(struct cli *cli, struct err *err)
{
	if (!report_draft(&cli->op, cli->args[0], cli_option(cli, "again") ? NULL : "",
			  err))
		return CLI_FAILED;
	cli_done(cli,
		 "The report of %s has a fresh draft. Read it: mercat report show %s "
		 "--source",
		 cli->args[0], cli->args[0]);
	return CLI_DONE;
}

static int save(struct cli *cli, struct err *err)
{
	AUTO(buf) text = buf_new(REPORT_BYTES + 1);
	struct report_text what = {.consultation = cli->args[0]};

	if (!fd_read_file(cli->args[1], text, err))
		return CLI_FAILED;
	what.text = buf_text(text);
	if (!report_save(&cli->op, &what, err))
		return CLI_FAILED;
	cli_done(cli, "Saved. See what is wrong with it: mercat report check %s",
		 cli->args[0]);
	return CLI_DONE;
}

static void say_text(struct cli *cli, const char *title, const char *text)
{
	struct json json;

	if (cli->format != CLI_JSON) {
		cli_say(text, CLI_MANY_LINES);
		return;
	}
	json_begin_file(&json, stdout);
	json_put_object(&json, NULL);
	json_put_text(&json, "title", title);
	json_put_text(&json, "markdown", text);
	json_end(&json);
	json_done(&json);
}

static int show(struct cli *cli, struct err *err)
{
	AUTO(buf) out = buf_new(REPORT_HTML_BYTES);
	struct report_text what = {.consultation = cli->args[0]};
	struct report_findings findings;
	struct report_made made;
	struct consultation c;
	struct report now;

	if (cli_option(cli, "source")) {
		if (!consultation_named(&cli->op, cli->arena, cli->args[0], &c, err) ||
		    !report_get(&cli->op, cli->arena, c.id, &now, err))
			return CLI_FAILED;
		say_text(cli, c.title, now.text);
		return CLI_DONE;
	}
	if (!report_look(&cli->op, cli->arena, &what, &made, &findings, err) ||
	    !report_is_whole(&findings, err))
		return CLI_FAILED;
	report_markdown(cli->arena, &made, out);
	say_text(cli, made.title, buf_text(out));
	return CLI_DONE;
}

static int check(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"line", "finding", "what"};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	struct report_text what = {.consultation = cli->args[0]};
	AUTO(buf) text = buf_new(REPORT_BYTES + 1);
	struct report_findings findings;
	struct report_made made;

	if (cli->arg_count > 1 && !fd_read_file(cli->args[1], text, err))
		return CLI_FAILED;
	what.text = cli->arg_count > 1 ? buf_text(text) : NULL;
	if (!report_look(&cli->op, cli->arena, &what, &made, &findings, err))
		return CLI_FAILED;
	for (size_t i = 0; i < findings.count; i++)
		cli_rows_add(&rows, "itt", (int64_t)findings.list[i].line,
			     level_names[findings.list[i].level], findings.list[i].text);
	cli_rows_print(&rows, "Nothing is wrong with it.");
	if (!findings.counts[REPORT_WRONG])
		return CLI_DONE;
	(void)err_set(err, ERR_INPUT, "%zu to put right before it can be approved",
		      findings.counts[REPORT_WRONG]);
	return CLI_FAILED;
}

static int words(struct cli *cli, struct err *err)
{
	static const char *const names[] = {"is", "form", "means"};
	static const struct {
		const char *is;
		const struct report_word *words;
	} all[] = {{"placeholder", report_verbs},
		   {"figure", report_figure_words},
		   {"table", report_table_words}};
	struct cli_rows rows = cli_rows_of(cli, names, ARRAY_LEN(names));

	(void)err;
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		for (size_t k = 0; all[i].words[k].form; k++)
			cli_rows_add(&rows, "ttt", all[i].is, all[i].words[k].form,
				     all[i].words[k].means);
	cli_rows_print(&rows, NULL);
	return CLI_DONE;
}

static const struct cli_option draft_options[] = {
	{"again", NULL, "replaces a report that there is"}, {0}};
static const struct cli_option show_options[] = {
	{"source", NULL, "as it was written, with its placeholders"}, {0}};

const struct cli_command cli_report_commands[] = {
	{"report draft", "CONSULTATION", 1, 1,
	 "Begins the analysis report with every section it needs", CLI_NEEDS_STAFF, draft,
	 draft_options},
	{"report save", "CONSULTATION FILE.md", 2, 2, "Replaces the text of the report",
	 CLI_NEEDS_STAFF, save, NULL},
	{"report show", "CONSULTATION", 1, 1,
	 "Prints the report with its numbers filled in, as Markdown", CLI_NEEDS_STORE,
	 show, show_options},
	{"report check", "CONSULTATION [FILE.md]", 1, 2,
	 "Finds what is wrong with the report, line by line", CLI_NEEDS_STORE, check,
	 NULL},
	{"report placeholders", "", 0, 0, "Lists the placeholders that a report may have",
	 CLI_NEEDS_NOTHING, words, NULL},
	{0}};
