#include "extract/winmail.h"
#include "base/pack.h"
#include "base/str.h"

static const char BROKEN[] =
	"Outlook packed it (winmail.dat), and it is broken: ask for the file itself";

/* Reads one file by itself and adds what it says under its name. */
static bool one_file(struct extract *x, struct arena *arena,
		     const struct mail_attachment *file, struct buf *text,
		     struct extract_result *out, struct err *err)
{
	const char *name = str_or(file->name, "a file without a name");
	struct extract_result r;

	if (!extract_text(x, arena, file, &r, err))
		return false;
	if (r.state == EXTRACT_NONE)
		return true;
	buf_printf(text, "%s%s\n%s\n", text->len ? "\n" : "", name, str_or(r.text, ""));
	if (r.reason && !out->reason)
		out->reason = arena_printf(arena,
					   "Outlook packed it (winmail.dat); in it "
					   "%s: %s",
					   name, r.reason);
	return true;
}

bool extract_winmail(struct extract *x, struct arena *arena, const struct buf *packed,
		     bool with_body, struct extract_result *out, struct err *err)
{
	AUTO(buf) text = buf_new((size_t)EXTRACT_TEXT * 3);
	struct unpack u;
	const char *body;
	int64_t count;

	unpack_begin(&u, buf_text(packed), packed->len);
	if (!unpack_str(&u, arena, &body) ||
	    !unpack_int(&u, 0, EXTRACT_WINMAIL_FILES, &count)) {
		out->state = EXTRACT_UNREADABLE;
		out->reason = BROKEN;
		return true;
	}
	if (with_body)
		buf_str(text, str_trim(arena_strdup(arena, str_or(body, ""))));
	if (text->len)
		buf_char(text, '\n');
	for (; count > 0; count--) {
		struct mail_attachment file = {.type = NULL};

		if (!unpack_str(&u, arena, &file.name) ||
		    !unpack_bytes(&u, arena, &file.bytes, &file.size)) {
			out->reason = BROKEN;
			break;
		}
		if (!one_file(x, arena, &file, text, out, err))
			return false;
	}
	if (buf_cut(text) && !out->reason)
		out->reason =
			"it is too large: only the first part of its text was taken";
	if (text->len)
		out->text = str_trim(arena_strdup(arena, buf_text(text)));
	out->state = out->reason ? EXTRACT_UNREADABLE
		     : out->text ? EXTRACT_DONE
				 : EXTRACT_NONE;
	return true;
}
