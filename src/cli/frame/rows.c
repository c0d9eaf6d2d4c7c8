#include "cli/frame/rows.h"

#include <stdarg.h>

struct cli_rows cli_rows_of(struct cli *cli, const char *const *names, size_t columns)
{
	return (struct cli_rows){.cli = cli,
				 .table = {.names = names, .columns = columns}};
}

void cli_rows_add(struct cli_rows *rows, const char *letters, ...)
{
	struct store_table *t = &rows->table;
	struct store_cell *cells;
	va_list args;

	ASSERT(strlen(letters) == t->columns);
	t->rows = arena_grow(rows->cli->arena, t->rows, t->count,
			     sizeof(struct store_cell *));
	cells = arena_make(rows->cli->arena, struct store_cell, t->columns);
	t->rows[t->count++] = cells;
	va_start(args, letters);
	for (size_t i = 0; letters[i]; i++) {
		if (letters[i] == 't') {
			cells[i] = cell_of_text(va_arg(args, const char *));
		} else {
			cells[i].n = va_arg(args, int64_t);
			cells[i].type =
				letters[i] == 'z' && !cells[i].n ? STORE_NULL : STORE_INT;
		}
	}
	va_end(args);
}

void cli_rows_print(const struct cli_rows *rows, const char *empty_says)
{
	cli_print_table(rows->cli, &rows->table, empty_says);
}
