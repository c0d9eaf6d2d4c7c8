#include "extract/package.h"
#include "base/codec/pack.h"
#include "base/str.h"
#include "document/model.h"
#include "extract/filled_in.h"

static const char BROKEN[] =
	"Outlook packed it (winmail.dat), and it is broken: ask for the file itself";
static const char NOT_ONE[] = "there is no file in it that can be read";

/* What was read so far of all files of one package. */
struct together {
	struct extract *x;
	struct arena *arena;
	const struct extract_package *package;
	struct buf *text;
	struct document *shown;
};

static void add_shown(struct together *t, const char *name,
		      const struct extract_result *r)
{
	struct document *d;

	document_block(t->shown, DOCUMENT_HEADING, 1);
	document_words(t->shown, name, strlen(name), 0);
	document_end_block(t->shown);
	if (!r->shown || !document_unpack(t->arena, r->shown, r->shown_len, &d)) {
		d = document_new(t->arena);
		document_from_plain(d, str_or(r->text, ""));
	}
	document_append(t->shown, d);
}

/* Reads one file by itself and adds what it says under its name. */
static bool one_file(struct together *t, const struct mail_attachment *file,
		     struct extract_result *out, struct err *err)
{
	const char *name = str_or(file->name, "a file without a name");
	struct extract_result r;

	if (!t->package->read(t->x, t->arena, file, &r, err))
		return false;
	if (r.state == EXTRACT_NONE)
		return true;
	buf_printf(t->text, "%s%s\n%s\n", t->text->len ? "\n" : "", name,
		   str_or(r.text, ""));
	add_shown(t, name, &r);
	if (r.reason && !out->reason)
		out->reason = arena_printf(
			t->arena,
			t->package->is_archive ? "it is an archive; in it %s: %s"
					       : "Outlook packed it (winmail.dat); in it "
						 "%s: %s",
			name, r.reason);
	return true;
}

static bool each_file(struct together *t, struct unpack *u, int64_t count,
		      struct extract_result *out, struct err *err)
{
	for (; count > 0; count--) {
		struct mail_attachment file = {.type = NULL};

		if (!unpack_str(u, t->arena, &file.name) ||
		    !unpack_bytes(u, t->arena, &file.bytes, &file.size)) {
			out->reason = str_or(out->reason, BROKEN);
			return true;
		}
		if (!one_file(t, &file, out, err))
			return false;
	}
	return true;
}

static void conclude(struct together *t, struct extract_result *out)
{
	if (buf_cut(t->text) && !out->reason)
		out->reason =
			"it is too large: only the first part of its text was taken";
	t->shown->cut = t->shown->cut || buf_cut(t->text);
	if (t->text->len)
		out->text = str_trim(arena_strdup(t->arena, buf_text(t->text)));
	if (t->shown->telling || t->shown->cut)
		extract_keep_shown(t->arena, t->shown, out);
	if (!out->text && !out->reason && t->package->is_archive)
		out->reason = NOT_ONE;
	out->state = out->reason ? EXTRACT_UNREADABLE
		     : out->text ? EXTRACT_DONE
				 : EXTRACT_NONE;
}

bool extract_package(struct extract *x, struct arena *arena,
		     const struct extract_package *package, struct extract_result *out,
		     struct err *err)
{
	AUTO(buf) text = buf_new((size_t)EXTRACT_TEXT * 3);
	struct together t = {.x = x,
			     .arena = arena,
			     .package = package,
			     .text = text,
			     .shown = document_new(arena)};
	struct unpack u;
	const char *body;
	int64_t count;

	unpack_begin(&u, buf_text(package->packed), package->packed->len);
	if (!unpack_str(&u, arena, &body) ||
	    !unpack_int(&u, 0, EXTRACT_PACKAGE_FILES, &count)) {
		out->state = EXTRACT_UNREADABLE;
		out->reason = str_or(out->reason, BROKEN);
		return true;
	}
	if (package->with_body)
		buf_str(text, str_trim(arena_strdup(arena, str_or(body, ""))));
	document_from_plain(t.shown, buf_text(text));
	if (text->len)
		buf_char(text, '\n');
	if (!each_file(&t, &u, count, out, err))
		return false;
	conclude(&t, out);
	return true;
}
