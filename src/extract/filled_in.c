#include "extract/filled_in.h"
#include "extract/parsers/document.h"
#include "base/str.h"

static const char NOT_READ[] =
	"what is filled in could not be read: a person must open it";

void extract_keep_shown(struct arena *arena, const struct document *d,
			struct extract_result *out)
{
	AUTO(buf) packed = buf_new(EXTRACT_SHOWN);

	document_pack(d, packed);
	if (buf_cut(packed)) {
		struct document *none = document_new(arena);

		none->cut = true;
		buf_reset(packed);
		document_pack(none, packed);
	}
	out->shown = arena_memdup(arena, buf_text(packed), packed->len);
	out->shown_len = packed->len;
}

/* Without blanks: pages break lines where a field has none. */
static const char *close_up(struct arena *arena, const char *text)
{
	char *to = arena_alloc(arena, strlen(text) + 1), *end = to;

	for (; *text; text++)
		if (!str_is_space(*text))
			*end++ = *text;
	*end = '\0';
	return to;
}

/* Does the page show what was typed in this block? */
static bool stands_on_page(struct arena *arena, const char *page,
			   const struct document_block *b)
{
	for (size_t i = 0; i < b->count; i++) {
		const struct document_entry *e = b->runs[i].entry;

		if (b->runs[i].kind == DOCUMENT_FIELD && !str_blank(e->value))
			return strstr(page, close_up(arena, e->value)) != NULL;
	}
	return false;
}

static void add_text(struct arena *arena, const struct document *fields,
		     struct extract_result *out)
{
	AUTO(buf) text = buf_new((size_t)EXTRACT_TEXT * 3);
	struct document *said = document_new(arena);
	const char *page = close_up(arena, str_or(out->text, ""));

	for (size_t i = 0; i < fields->count; i++) {
		const struct document one = {.blocks = &fields->blocks[i], .count = 1};

		if (!stands_on_page(arena, page, &fields->blocks[i]))
			document_append(said, &one);
	}
	if (out->text)
		buf_printf(text, "%s\n\n", out->text);
	document_text_of(said, text);
	out->text = str_trim(arena_strdup(arena, buf_text(text)));
}

void extract_add_fields(struct arena *arena, const struct extract_result *fields,
			struct extract_result *out)
{
	struct document *d, *all;

	if (fields->reason) {
		out->reason =
			str_or(out->reason, str_eq(fields->reason, extract_holds_files)
						    ? extract_holds_files
						    : NOT_READ);
		out->state = EXTRACT_UNREADABLE;
	}
	if (!fields->shown ||
	    !document_unpack(arena, fields->shown, fields->shown_len, &d))
		return;
	all = document_new(arena);
	document_from_plain(all, str_or(out->text, ""));
	document_block(all, DOCUMENT_RULE, 0);
	document_append(all, d);
	add_text(arena, d, out);
	extract_keep_shown(arena, all, out);
}
