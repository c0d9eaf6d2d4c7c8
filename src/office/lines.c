#include "office/lines.h"
#include "base/str.h"

enum { TABS_MOST = 64 };

void office_lines_add(struct office_lines *to, const char *text, size_t len)
{
	if (!len)
		return;
	for (; to->lines > 0; to->lines--)
		if (to->begun)
			buf_char(to->to, '\n');
	for (; to->tabs > 0; to->tabs--)
		buf_char(to->to, '\t');
	buf_add(to->to, text, len);
	to->begun = true;
}

void office_lines_str(struct office_lines *to, const char *text)
{
	office_lines_add(to, text, strlen(text));
}

void office_lines_end_line(struct office_lines *to)
{
	to->tabs = 0;
	if (to->lines < 2)
		to->lines++;
}

/* The last paragraph of a cell ends no line. */
void office_lines_end_cell(struct office_lines *to)
{
	if (to->lines > 0)
		to->lines--;
	if (to->tabs < TABS_MOST)
		to->tabs++;
}

void office_lines_end_row(struct office_lines *to)
{
	to->tabs = 0;
	to->lines = 1;
}
