#include "mail/write/compose_private.h"

#include "base/str.h"
#include "mail/write/encode.h"

/* "=_" never occurs in quoted-printable text, so the boundary needs no randomness. */
#define BOUNDARY "=_mercat_part_=_"

struct part {
	const char *bytes; /* then the slot, COMPOSE_SLOTS for none */
	size_t len;
	enum compose_slot slot;
};

struct compose_prepared {
	struct part *parts;
	size_t count;
};

static const char *const token_marks[] = {COMPOSE_TOKEN_MARK, COMPOSE_TOKEN_2_MARK};

static void put_body(struct compose_writer *w, const char *type, const char *text)
{
	buf_printf(w->out,
		   "Content-Type: text/%s; charset=utf-8\r\n"
		   "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
		   type);
	encode_quoted_printable(w->out, text, token_marks, ARRAY_LEN(token_marks));
}

static bool is_shown(const struct compose_mail *m, const struct compose_picture *p)
{
	return strstr(m->html, p->cid) != NULL;
}

/* With its pictures beside it, where it has any (RFC 2387). */
static void put_html(struct compose_writer *w)
{
	const struct compose_mail *m = w->mail;
	bool any = false;

	for (size_t i = 0; i < m->picture_count; i++)
		any = any || is_shown(m, &m->pictures[i]);
	if (!any) {
		put_body(w, "html", m->html);
		return;
	}
	buf_str(w->out,
		"Content-Type: multipart/related; type=\"text/html\";\r\n"
		" boundary=\"" COMPOSE_RELATED "\"\r\n\r\n--" COMPOSE_RELATED "\r\n");
	put_body(w, "html", m->html);
	w->pictures_at = w->out->len;
	buf_str(w->out, "\r\n--" COMPOSE_RELATED "--\r\n");
}

static bool put_bodies(struct compose_writer *w)
{
	const struct compose_mail *m = w->mail;
	const char *const both[] = {m->text, m->html};

	ASSERT(m->text);
	for (size_t i = 0; i < ARRAY_LEN(both); i++)
		if (both[i] && !str_utf8_valid(both[i], strlen(both[i])))
			return err_set(w->err, ERR_INPUT, "the mail's text is not UTF-8");
	if (m->auto_submitted &&
	    !compose_check_word("Auto-Submitted", m->auto_submitted, 60, w->err))
		return false;
	if (m->auto_submitted)
		buf_printf(w->out, "Auto-Submitted: %s\r\n", m->auto_submitted);
	buf_str(w->out, "MIME-Version: 1.0\r\n");
	if (!m->html) {
		put_body(w, "plain", m->text);
		if (!str_ends(buf_text(w->out), "\r\n"))
			buf_str(w->out, "\r\n");
		return true;
	}
	buf_str(w->out, "Content-Type: multipart/alternative;\r\n boundary=\"" BOUNDARY
			"\"\r\n\r\n--" BOUNDARY "\r\n");
	put_body(w, "plain", m->text);
	buf_str(w->out, "\r\n--" BOUNDARY "\r\n");
	put_html(w);
	buf_str(w->out, "\r\n--" BOUNDARY "--\r\n");
	return true;
}

/* The nearest slot at or after "from": a field's, or a token's mark. */
static size_t next_slot(const struct compose_writer *w, const char *bytes, size_t from,
			size_t len, enum compose_slot *slot, size_t *skip)
{
	size_t at = len;

	*slot = COMPOSE_SLOTS;
	*skip = 0;
	for (int s = 0; s < COMPOSE_SLOTS; s++) {
		if (!w->slot_used[s] || w->slot_at[s] < from || w->slot_at[s] >= at)
			continue;
		at = w->slot_at[s];
		*slot = (enum compose_slot)s;
	}
	for (size_t m = 0; m < ARRAY_LEN(token_marks); m++) {
		const char *mark = memmem(bytes + from, len - from, token_marks[m],
					  SECRET_TOKEN_LEN);

		if (!mark || (size_t)(mark - bytes) >= at)
			continue;
		at = (size_t)(mark - bytes);
		*slot = m ? COMPOSE_TOKEN_2 : COMPOSE_TOKEN;
		*skip = SECRET_TOKEN_LEN;
	}
	return at;
}

static void add_part(struct compose_prepared *p, struct arena *arena, struct part part)
{
	p->parts = arena_grow(arena, p->parts, p->count, sizeof(*p->parts));
	p->parts[p->count++] = part;
}

static void cut_at_slots(struct compose_writer *w, struct arena *arena,
			 struct compose_prepared *p, const char *bytes, size_t from,
			 size_t len)
{
	while (from < len) {
		struct part part = {.bytes = bytes + from};
		size_t skip, at = next_slot(w, bytes, from, len, &part.slot, &skip);

		part.len = at - from;
		add_part(p, arena, part);
		if (part.slot < COMPOSE_SLOTS)
			w->slot_used[part.slot] = false;
		from = at + skip;
	}
}

/* The pictures' own bytes are not copied: each mail has the same. */
static struct compose_prepared *cut(struct compose_writer *w, struct arena *arena)
{
	struct compose_prepared *p = arena_make(arena, struct compose_prepared, 1);
	const struct compose_mail *m = w->mail;
	size_t len = w->out->len, head = w->pictures_at ? w->pictures_at : len;
	char *bytes = arena_memdup(arena, w->out->bytes, len);

	cut_at_slots(w, arena, p, bytes, 0, head);
	for (size_t i = 0; head < len && i < m->picture_count; i++)
		if (is_shown(m, &m->pictures[i]))
			add_part(p, arena,
				 (struct part){.bytes = m->pictures[i].part,
					       .len = m->pictures[i].part_len,
					       .slot = COMPOSE_SLOTS});
	cut_at_slots(w, arena, p, bytes, head, len);
	return p;
}

bool compose_prepare(struct arena *arena, const struct compose_mail *mail,
		     struct compose_prepared **out, struct err *err)
{
	AUTO(buf) bytes = buf_new(COMPOSE_MAX_BYTES);
	struct compose_writer w = {.mail = mail, .out = bytes, .err = err};

	if (!compose_put_header(&w) || !put_bodies(&w))
		return false;
	if (buf_cut(bytes))
		return err_set(err, ERR_INPUT,
			       "the mail is larger than %d MB; shorten it",
			       COMPOSE_MAX_BYTES / 1000000);
	*out = cut(&w, arena);
	return true;
}

static bool check_value(enum compose_slot slot, const char *value, struct err *err)
{
	switch (slot) {
	case COMPOSE_TO:
		return compose_check_folded("To", value ? value : "", err);
	case COMPOSE_MESSAGE_ID:
		return compose_check_message_id("Message-ID", value ? value : "", err);
	case COMPOSE_DATE:
		return compose_check_text("Date", value ? value : "\n", err);
	default:
		if (value && strlen(value) == SECRET_TOKEN_LEN &&
		    strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789") ==
			    SECRET_TOKEN_LEN)
			return true;
		return err_set(err, ERR_INPUT, "a token is %d small letters and digits",
			       SECRET_TOKEN_LEN);
	}
}

bool compose_fill(const struct compose_prepared *prepared,
		  const char *const values[COMPOSE_SLOTS], struct buf *out,
		  struct err *err)
{
	bool checked[COMPOSE_SLOTS] = {false};

	for (size_t i = 0; i < prepared->count; i++) {
		const struct part *part = &prepared->parts[i];

		buf_add(out, part->bytes, part->len);
		if (part->slot == COMPOSE_SLOTS)
			continue;
		if (!checked[part->slot] &&
		    !check_value(part->slot, values[part->slot], err))
			return false;
		checked[part->slot] = true;
		buf_str(out, values[part->slot]);
	}
	if (buf_cut(out))
		return err_set(err, ERR_INPUT, "the mail is larger than %zu bytes",
			       out->max);
	return true;
}
