/* A form as plain text, and as a link that opens a mail with it. */
#include "base/str.h"
#include "ownform/ownform_private.h"

enum { COLUMNS = 72, LINK_TEXT = 1 << 16 };

/* Words in lines; what goes on from a line is indented. */
static void wrap(struct buf *to, const char *first, const char *text)
{
	size_t column = str_utf8_count(first, strlen(first)), indent = strlen(first);

	buf_str(to, first);
	while (*text) {
		size_t len, wide;

		text += strspn(text, " \t\r\n");
		len = strcspn(text, " \t\r\n");
		wide = str_utf8_count(text, len);
		if (column > indent && column + 1 + wide > COLUMNS) {
			buf_printf(to, "\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent && len) {
			buf_char(to, ' ');
			column++;
		}
		buf_add(to, text, len);
		column += wide;
		text += len;
	}
	buf_char(to, '\n');
}

static void write_options(struct buf *to, const struct own_item *item)
{
	if (item->hint)
		buf_printf(to, "%s\n", item->hint);
	for (size_t i = 0; i < item->choice.count; i++)
		wrap(to, "[ ] ", item->choice.options[i]);
}

static void write_item(struct buf *to, const struct own_item *item)
{
	switch (item->kind) {
	case OWN_FIELD:
		buf_printf(to, "%s \n", item->words);
		break;
	case OWN_CHOICE:
		buf_char(to, '\n');
		wrap(to, "", item->words);
		write_options(to, item);
		break;
	case OWN_QUESTION:
		buf_printf(to, "\n%s\n", item->words);
		if (item->more)
			wrap(to, "", item->more);
		write_options(to, item);
		break;
	case OWN_ANSWER:
		buf_printf(to, "\n%s\n\n\n", item->words);
		break;
	case OWN_REFERENCE:
		buf_printf(to, "\n%s %s\n\n", item->words, item->more);
		break;
	case OWN_HEADING:
		buf_printf(to, "\n%s\n\n", item->words);
		break;
	case OWN_HINT:
		buf_char(to, '\n');
		wrap(to, "", item->words);
		break;
	default:
		wrap(to, "", item->words);
	}
}

static void write_layout(struct arena *arena, const struct ownform *form,
			 enum ownform_link how, struct buf *to)
{
	struct own_layout l;

	own_layout(arena, form, how, &l);
	for (size_t i = 0; i < l.count; i++)
		write_item(to, &l.items[i]);
}

void ownform_write_text(struct arena *arena, const struct ownform *form, struct buf *to)
{
	write_layout(arena, form, OWNFORM_WHOLE, to);
}

/* RFC 6068, 2: all but what RFC 3986 leaves unreserved; a line ends with %0D%0A (5). */
static void encode(struct buf *to, const char *text, const char *plain)
{
	for (; *text; text++) {
		if (*text == '\n')
			buf_str(to, "%0D%0A");
		else if (str_is_alpha(*text) || str_is_digit(*text) ||
			 strchr(plain, *text))
			buf_char(to, *text);
		else
			buf_printf(to, "%%%02X", (unsigned)(unsigned char)*text);
	}
}

enum ownform_link ownform_write_mailto(struct arena *arena, const struct ownform *form,
				       struct buf *to)
{
	static const char unreserved[] = "-._~", in_address[] = "-._~@";
	AUTO(buf) text = buf_new(LINK_TEXT);
	AUTO(buf) link = buf_new((size_t)LINK_TEXT * 4);

	for (int how = OWNFORM_WHOLE; how <= OWNFORM_SHORTEST; how++) {
		buf_reset(text);
		buf_reset(link);
		write_layout(arena, form, (enum ownform_link)how, text);
		buf_str(link, "mailto:");
		encode(link, form->address, in_address);
		buf_str(link, "?subject=");
		encode(link, "Response: ", unreserved);
		encode(link, how == OWNFORM_SHORTEST ? form->name : form->title,
		       unreserved);
		buf_str(link, "&body=");
		encode(link, buf_text(text), unreserved);
		if (buf_cut(text) || buf_cut(link) || link->len > OWNFORM_MAILTO_MOST)
			continue;
		buf_add(to, buf_text(link), link->len);
		return (enum ownform_link)how;
	}
	return OWNFORM_SHORTEST;
}
