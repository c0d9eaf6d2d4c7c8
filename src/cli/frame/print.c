#include "cli/frame/print.h"
#include "base/fd.h"
#include "base/clock.h"
#include "base/str.h"
#include "text/figures/csv.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <inttypes.h>

enum { WIDTH_MOST = 60, OUT_MOST = 1 << 28 };

static void put(const struct buf *out)
{
	if (buf_cut(out)) {
		(void)fprintf(stderr, "mercat: that is too much for one output; ask for "
				      "less with --limit or a filter\n");
		exit(CLI_FAILED);
	}
	if (fwrite(buf_text(out), 1, out->len, stdout) != out->len)
		exit(CLI_FAILED);
}

/* False: it is a plain one. */
static bool clean_sign(struct buf *to, enum str_sign sign, bool one_line)
{
	if (sign == STR_SIGN_MISLEADS)
		buf_str(to, "\xEF\xBF\xBD");
	else if (sign == STR_SIGN_LINE)
		buf_char(to, one_line ? ' ' : '\n');
	return sign != STR_SIGN_SHOWN;
}

static void clean(struct buf *to, const char *all, bool one_line)
{
	size_t len = strlen(all);

	for (size_t n, at = 0; at < len; at += n) {
		const char *text = all + at;
		unsigned char c = (unsigned char)*text;

		n = str_utf8_char(text, len - at);
		if (!n) {
			buf_str(to, "\xEF\xBF\xBD");
			n = 1;
		} else if (clean_sign(to, str_sign_at(all, at, len), one_line)) {
			continue;
		} else if (c == '\n' || c == '\t') {
			buf_char(to, one_line ? ' ' : *text);
		} else if (c < 0x20 || c == 0x7f ||
			   (c == 0xC2 && (unsigned char)text[1] < 0xA0)) {
			if (c != '\r')
				buf_char(to, '?');
		} else {
			buf_add(to, text, n);
		}
	}
}

void cli_say(const char *text, enum cli_lines lines)
{
	AUTO(buf) out = buf_new(OUT_MOST);

	clean(out, str_or(text, ""), lines == CLI_ONE_LINE);
	put(out);
}

/* A cell as text; times as they suit the reader. */
static void cell_text(const struct cli *cli, struct buf *to, const char *name,
		      const struct store_cell *cell)
{
	char time[CLOCK_TEXT];

	switch (cell->type) {
	case STORE_NULL:
		return;
	case STORE_INT:
		if (!column_is_time(name)) {
			buf_printf(to, "%" PRId64, cell->n);
			return;
		}
		if (cli->format == CLI_TEXT)
			clock_local(cell->n, cli->settings->zone, time);
		else
			clock_rfc3339(cell->n, time);
		buf_str(to, time);
		return;
	case STORE_REAL:
		buf_printf(to, "%g", cell->real);
		return;
	case STORE_TEXT:
		buf_str(to, cell->text);
		return;
	case STORE_BYTES:
		buf_printf(to, "(%zu bytes)", cell->len);
		return;
	}
}

/* A spreadsheet shows what it is given: no sign in it misleads, and all else stays. */
static void csv_cell_text(struct csv_writer *csv, const char *text)
{
	AUTO(buf) out = buf_new(OUT_MOST);
	size_t len = strlen(text);

	for (size_t n, at = 0; at < len; at += n) {
		n = str_utf8_char(text + at, len - at);
		n = n ? n : 1;
		if (!clean_sign(out, str_sign_at(text, at, len), false))
			buf_add(out, text + at, n);
	}
	csv_write(csv, buf_text(out));
}

static void csv_table(const struct cli *cli, struct buf *out,
		      const struct store_table *table)
{
	struct csv_writer csv;

	csv_write_begin(&csv, out);
	for (size_t c = 0; c < table->columns; c++)
		csv_write(&csv, table->names[c]);
	csv_write_end_row(&csv);
	for (size_t i = 0; i < table->count; i++) {
		for (size_t c = 0; c < table->columns; c++) {
			AUTO(buf) text = buf_new(OUT_MOST);

			cell_text(cli, text, table->names[c], &table->rows[i][c]);
			csv_cell_text(&csv, buf_text(text));
		}
		csv_write_end_row(&csv);
	}
}

/* Wide characters count as one, which is near enough for a list. */
static size_t width_of(const char *text)
{
	return str_utf8_count(text, SIZE_MAX);
}

static void cut_to(struct buf *b, size_t width)
{
	size_t n = 0, at = 0;

	if (width_of(buf_text(b)) <= width)
		return;
	for (; n < width - 1; n++)
		at += str_utf8_char(b->bytes + at, b->len - at);
	b->len = at;
	b->bytes[at] = '\0';
	buf_str(b, "…");
}

static void text_table(const struct cli *cli, struct buf *out,
		       const struct store_table *table)
{
	size_t *width = arena_make(cli->arena, size_t, table->columns);
	struct buf **cells =
		arena_make(cli->arena, struct buf *, table->columns * table->count);

	for (size_t c = 0; c < table->columns; c++)
		width[c] = width_of(table->names[c]);
	for (size_t i = 0; i < table->count; i++)
		for (size_t c = 0; c < table->columns; c++) {
			AUTO(buf) raw = buf_new(OUT_MOST);
			struct buf *b = buf_new(OUT_MOST);

			cell_text(cli, raw, table->names[c], &table->rows[i][c]);
			clean(b, buf_text(raw), true);
			cut_to(b, WIDTH_MOST);
			if (width_of(buf_text(b)) > width[c])
				width[c] = width_of(buf_text(b));
			cells[i * table->columns + c] = b;
		}
	for (size_t i = 0; i <= table->count; i++) {
		for (size_t c = 0; c < table->columns; c++) {
			struct buf *b = i ? cells[(i - 1) * table->columns + c] : NULL;
			const char *text = b ? buf_text(b) : table->names[c];
			bool number = i && table->rows[i - 1][c].type == STORE_INT &&
				      !column_is_time(table->names[c]);
			int pad = (int)(width[c] - width_of(text));

			buf_printf(out, "%s%*s%s", c ? "  " : "", number ? pad : 0, "",
				   text);
			if (!number && c + 1 < table->columns)
				buf_printf(out, "%*s", pad, "");
			buf_free(&b);
		}
		buf_char(out, '\n');
	}
}

void cli_print_table(const struct cli *cli, const struct store_table *table,
		     const char *empty_says)
{
	AUTO(buf) out = buf_new(OUT_MOST);
	struct json j;

	if (cli->format == CLI_JSON) {
		json_begin_file(&j, stdout);
		table_json(&j, NULL, table);
		json_done(&j);
	} else if (cli->format == CLI_CSV) {
		csv_table(cli, out, table);
	} else if (!table->count && empty_says) {
		buf_printf(out, "%s\n", empty_says);
	} else {
		text_table(cli, out, table);
	}
	put(out);
}

void cli_print_row(const struct cli *cli, const struct store_row *row)
{
	AUTO(buf) out = buf_new(OUT_MOST);
	struct json j;
	size_t width = 0;

	if (cli->format == CLI_JSON) {
		json_begin_file(&j, stdout);
		row_json(&j, NULL, row);
		json_done(&j);
		return;
	}
	if (cli->format == CLI_CSV) {
		struct store_cell *cells = (struct store_cell *)row->cells;
		const struct store_table one = {row->names, row->count, &cells, 1};

		csv_table(cli, out, &one);
		put(out);
		return;
	}
	for (size_t i = 0; i < row->count; i++)
		if (strlen(row->names[i]) > width)
			width = strlen(row->names[i]);
	for (size_t i = 0; i < row->count; i++) {
		AUTO(buf) raw = buf_new(OUT_MOST);

		if (row->cells[i].type == STORE_NULL)
			continue;
		cell_text(cli, raw, row->names[i], &row->cells[i]);
		buf_printf(out, "%-*s  ", (int)width, row->names[i]);
		clean(out, buf_text(raw), false);
		buf_char(out, '\n');
	}
	put(out);
}

void cli_done(const struct cli *cli, const char *format, ...)
{
	AUTO(buf) said = buf_new(4096);
	AUTO(buf) out = buf_new(1 << 16);
	struct json j;
	va_list args;

	va_start(args, format);
	buf_vprintf(said, format, args);
	va_end(args);
	if (cli->format == CLI_JSON) {
		json_begin_file(&j, stdout);
		json_put_object(&j, NULL);
		json_put_bool(&j, "ok", true);
		json_put_text(&j, "said", buf_text(said));
		json_end(&j);
		json_done(&j);
		return;
	}
	clean(out, buf_text(said), true);
	buf_char(out, '\n');
	put(out);
}

/* Its folder is that of the store, where everything is the program's own. */
static bool is_beside_store(const struct cli *cli, const char *path)
{
	char folder[PATH_MAX], of_store[PATH_MAX], a[PATH_MAX], b[PATH_MAX];

	fd_folder_of(path, folder);
	fd_folder_of(settings_store_path(cli->settings), of_store);
	return realpath(folder, a) && realpath(of_store, b) && str_eq(a, b);
}

bool cli_write_file(struct cli *cli, const char *path, const void *bytes, size_t len,
		    unsigned mode, struct err *err)
{
	struct stat is;

	if (str_eq(path, "-"))
		return fwrite(bytes, 1, len, stdout) == len ||
		       err_set(err, ERR_SYSTEM, "the output could not be written");
	if (is_beside_store(cli, path))
		return err_set(
			err, ERR_INPUT,
			"%s: the folder of the store is the program's own; write it "
			"elsewhere",
			path);
	if (!lstat(path, &is) && !S_ISREG(is.st_mode))
		return err_set(
			err, ERR_INPUT,
			"%s: there is something that is no file; choose another name",
			path);
	return fd_write_file(path, bytes, len, mode, err);
}
