/* What is to be published, or was: whether it names somebody who has not allowed it. */
#include "base/fd.h"
#include "base/str.h"
#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "cli/frame/rows.h"
#include "domain/leaks/leak.h"
#include "domain/reports/report_edition.h"
#include "extract/parts.h"

#include <inttypes.h>

enum { FILE_MOST = 300 << 20 };

struct scanning {
	struct cli *cli;
	struct consultation of;
	struct leak_pieces pieces;
	size_t unread; /* parts of which it is not known what is in them */
	struct leak_found found;
	struct cli_rows rows;
};

static const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool add_file(struct scanning *s, struct extract *x, const char *path,
		     struct err *err)
{
	struct buf *bytes = buf_new(FILE_MOST);
	struct extract_part file = {.name = file_name(path)};
	struct extract_parts parts;
	bool done = fd_read_file(path, bytes, err);

	if (done && buf_cut(bytes))
		done = err_set(err, ERR_INPUT, "%s is larger than %d MB", path,
			       FILE_MOST >> 20);
	/* Pieces are borrowed until all of them are looked at. */
	file.bytes =
		done ? arena_memdup(s->cli->arena, buf_text(bytes), bytes->len + 1) : "";
	file.len = bytes->len;
	buf_free(&bytes);
	if (!done || !extract_parts(x, s->cli->arena, &file, &parts, err))
		return false;
	for (size_t i = 0; i < parts.count; i++) {
		const struct extract_part *p = &parts.list[i];

		leak_piece_add(s->cli->arena, &s->pieces, p->name, p->bytes, p->len);
		if (!p->reason)
			continue;
		s->unread++;
		cli_rows_add(&s->rows, "tittttt", p->name, (int64_t)0, "not read", "",
			     p->reason, NULL, NULL);
	}
	return true;
}

static bool add_files(struct scanning *s, size_t from, struct err *err)
{
	AUTO(extract) x = NULL;

	if (!extract_open(&x, err))
		return false;
	for (size_t i = from; i < s->cli->arg_count; i++)
		if (!add_file(s, x, s->cli->args[i], err))
			return false;
	return true;
}

static void add_text(struct scanning *s, const char *name, const char *text)
{
	leak_piece_add(s->cli->arena, &s->pieces, name, text, strlen(text));
}

/* The report as it stands, and its newest edition. */
static bool add_report(struct scanning *s, struct err *err)
{
	const struct report_edition_of newest = {.consultation = s->of.name};
	struct operation *op = &s->cli->op;
	struct report_frozen frozen;
	struct report_edition e;
	struct report now;

	if (!report_get(op, s->cli->arena, s->of.id, &now, err))
		return false;
	add_text(s, "report", now.text);
	if (!report_edition_get(op, s->cli->arena, &newest, &e, err))
		return err_forgive(err, ERR_ABSENT);
	if (!report_edition_read(op, s->cli->arena, &e, &frozen, err))
		return false;
	add_text(s, arena_printf(s->cli->arena, "edition %" PRId64, e.number),
		 frozen.html);
	add_text(s, arena_printf(s->cli->arena, "edition %" PRId64 " tables", e.number),
		 frozen.csv);
	return true;
}

static bool look(struct scanning *s, size_t files_from, struct err *err)
{
	static const char *const names[] = {"file", "line",     "finding",  "words",
					    "what", "response", "may_stand"};
	struct cli *cli = s->cli;

	s->rows = cli_rows_of(cli, names, ARRAY_LEN(names));
	return consultation_named(&cli->op, cli->arena, cli->args[0], &s->of, err) &&
	       (cli->arg_count > files_from ? add_files(s, files_from, err)
					    : add_report(s, err)) &&
	       leak_scan(&cli->op, cli->arena, s->of.id, &s->pieces, &s->found, err);
}

static int report_scan(struct cli *cli, struct err *err)
{
	struct scanning s = {.cli = cli};

	if (!look(&s, 1, err))
		return CLI_FAILED;
	for (size_t i = 0; i < s.found.count; i++) {
		const struct leak_find *f = &s.found.list[i];

		cli_rows_add(&s.rows, "tittttt", f->piece, (int64_t)f->line,
			     f->reason ? "settled" : "open", f->words,
			     leak_kind_words(f->kind), f->reference, f->reason);
	}
	cli_rows_print(&s.rows, "Nobody is named in it who has not allowed it.");
	if (!s.found.open && !s.unread)
		return CLI_DONE;
	(void)err_set(
		err, ERR_CONFLICT,
		s.unread ? "%zu open%s, and %zu that could not be read"
			 : "%zu open%s. Take them out, or say why each may stand" HINT
			   "mercat report settle CONSULTATION WORDS --reason \"...\"",
		s.found.open, s.found.more ? ", and more than can be told" : "",
		s.unread);
	return CLI_FAILED;
}

static int settle(struct cli *cli, struct err *err)
{
	struct leak_settling what = {.words = cli->args[1],
				     .reason = cli_option(cli, "reason")};
	struct scanning s = {.cli = cli};
	size_t n;

	if (!what.reason && !cli_option(cli, "again"))
		return err_set(err, ERR_INPUT,
			       "Say why it may stand: --reason \"...\"; or --again, to have "
			       "it asked again"),
		       CLI_FAILED;
	if (!look(&s, 2, err))
		return CLI_FAILED;
	what.consultation_id = s.of.id;
	if (!leak_settle(&cli->op, &s.found, &what, &n, err))
		return CLI_FAILED;
	cli_done(cli,
		 what.reason ? "\"%s\" may stand where it does: %zu."
			     : "\"%s\" is open again: %zu.",
		 what.words, n);
	return CLI_DONE;
}

static const struct cli_option settle_options[] = {
	{"reason", "TEXT", "why it gives nobody away"},
	{"again", NULL, "takes back what was said of it"},
	{0}};

const struct cli_command cli_report_scan_commands[] = {
	{"report scan", "CONSULTATION [FILE...]", 1, 0,
	 "Finds names, addresses and words of respondents who have not allowed it, in the report or "
	 "in files",
	 CLI_NEEDS_STORE, report_scan, NULL},
	{"report settle", "CONSULTATION WORDS [FILE...]", 2, 0,
	 "Says why what a scan found may stand, until the words around it change",
	 CLI_NEEDS_STAFF, settle, settle_options},
	{0}};
