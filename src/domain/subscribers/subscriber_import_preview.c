#include "domain/subscribers/subscriber_import_preview.h"
#include "base/str.h"

enum {
	LINES_ADDED_MOST = 200,
	LINES_OTHER_MOST = 2000,
	REASONS_MOST = 50,
	KEY_MOST = 160
};

struct watch {
	struct arena *arena; /* NULL: only the digest is wanted */
	struct subscriber_import_preview *out;
	char digest[SECRET_SHA256_HEX];
	size_t added_shown, other_shown;
};

static void begin_digest(struct watch *w, const struct list *list, const char *bytes,
			 size_t len, bool leave_out_bad)
{
	char file[SECRET_SHA256_HEX], text[SECRET_SHA256_HEX + 64];

	secret_sha256_hex(bytes, len, file);
	(void)snprintf(text, sizeof(text), "%s %lld %d", file, (long long)list->id,
		       leave_out_bad);
	secret_sha256_hex(text, strlen(text), w->digest);
}

/* Each line's outcome over all before it. */
static void add_digest(struct watch *w, int line, enum subscriber_import_fate fate,
		       const char *why)
{
	char text[SECRET_SHA256_HEX + 600];

	(void)snprintf(text, sizeof(text), "%s %d %d %s", w->digest, line, (int)fate,
		       str_or(why, ""));
	secret_sha256_hex(text, strlen(text), w->digest);
}

/* A reason without whom and which it is about, so that the same ones count together. */
static const char *reason_key(struct arena *arena, const char *why)
{
	char key[KEY_MOST];
	size_t len = 0;

	for (const char *at = why; *at && len < KEY_MOST - 4;) {
		size_t word = strcspn(at, " \t");
		bool digit = false;

		for (size_t i = 0; i < word; i++)
			digit = digit || str_is_digit(at[i]);
		if (memchr(at, '@', word) || digit || *at == '"')
			len += (size_t)snprintf(key + len, KEY_MOST - len, "...");
		else
			for (size_t i = 0; i < word && len < KEY_MOST - 4; i++)
				key[len++] = at[i];
		at += word;
		if (*at)
			key[len++] = *at++;
	}
	key[len] = '\0';
	return arena_strdup(arena, key);
}

static void add_reason(struct watch *w, enum subscriber_import_fate fate, const char *why)
{
	struct subscriber_import_preview *out = w->out;
	const char *key = reason_key(w->arena, why);
	size_t at = 0;

	while (at < out->reason_count &&
	       (out->reasons[at].fate != fate || !str_eq(out->reasons[at].why, key)))
		at++;
	if (at == REASONS_MOST)
		return;
	if (at == out->reason_count) {
		out->reasons =
			arena_grow(w->arena, out->reasons, at, sizeof(*out->reasons));
		out->reasons[out->reason_count++] =
			(struct subscriber_import_reason){.fate = fate, .why = key};
	}
	out->reasons[at].count++;
	for (; at && out->reasons[at - 1].count < out->reasons[at].count; at--) {
		struct subscriber_import_reason other = out->reasons[at - 1];

		out->reasons[at - 1] = out->reasons[at];
		out->reasons[at] = other;
	}
}

static void see_line(void *with, int line, enum subscriber_import_fate fate,
		     const char *address, const char *why)
{
	struct watch *w = with;
	bool added = fate == SUBSCRIBER_IMPORT_ADDED;

	add_digest(w, line, fate, why);
	if (!w->arena)
		return;
	if (why)
		add_reason(w, fate, why);
	if (added ? w->added_shown++ >= LINES_ADDED_MOST
		  : w->other_shown++ >= LINES_OTHER_MOST)
		return;
	w->out->lines = arena_grow(w->arena, w->out->lines, w->out->line_count,
				   sizeof(*w->out->lines));
	w->out->lines[w->out->line_count++] = (struct subscriber_import_line){
		.fate = fate,
		.line = line,
		.address = arena_strdup(w->arena, address),
		.why = arena_strdup(w->arena, why)};
}

bool subscriber_import_preview(struct operation *op, struct arena *arena,
			       const struct list *list, const char *bytes, size_t len,
			       bool leave_out_bad, struct subscriber_import_preview *out,
			       struct err *err)
{
	struct subscriber_import_preview preview = {0};
	struct watch w = {.arena = arena, .out = &preview};
	struct subscriber_import_watch watch = {.with = &w, .each = see_line};
	AUTO(store_txn) t = NULL; /* never committed */

	if (!needs_staff(op, err))
		return false;
	begin_digest(&w, list, bytes, len, leave_out_bad);
	t = store_begin(op->store, err);
	if (!t)
		return false;
	preview.would_happen = subscriber_import_within(
		op, list, bytes, len, leave_out_bad, &watch, &preview.counts, err);
	/* With bad lines it says no, and has counted all the same. */
	if (!preview.would_happen &&
	    (!preview.counts.bad || !err_forgive(err, ERR_INPUT)))
		return false;
	memcpy(preview.digest, w.digest, sizeof(preview.digest));
	*out = preview;
	return true;
}

bool subscriber_import_bound(struct operation *op, const struct list *list,
			     const char *bytes, size_t len, bool leave_out_bad,
			     const char *digest, struct subscriber_import_result *out,
			     struct err *err)
{
	struct watch w = {0};
	struct subscriber_import_watch watch = {.with = &w, .each = see_line};
	struct subscriber_import_result result;
	AUTO(store_txn) t = NULL;

	if (!needs_staff(op, err))
		return false;
	begin_digest(&w, list, bytes, len, leave_out_bad);
	t = store_begin(op->store, err);
	if (!t || !subscriber_import_within(op, list, bytes, len, leave_out_bad, &watch,
					    &result, err))
		return false;
	if (!str_eq(w.digest, digest))
		return err_set(
			err, ERR_CONFLICT,
			"the file or the list has changed since you looked: what would "
			"happen now is not what was shown; look at it again");
	if (!store_commit(&t, err))
		return false;
	*out = result;
	return true;
}
