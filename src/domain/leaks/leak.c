#include "domain/leaks/leak.h"
#include "base/str.h"
#include "domain/admin/rights.h"
#include "domain/leaks/leak_known.h"
#include "domain/responses/reference.h"

enum {
	CHUNK = 4 << 20, /* of a long piece; what hangs over is looked at twice */
	OVER = 8 << 10,
	AROUND = 24, /* letters on either side that belong to what is settled */
	AROUND_SHOWN = 40
};

static const char *const kinds[LEAK_KINDS] = {
	"the name of a respondent who may not be named",
	"the surname of a respondent who may not be named",
	"the name of an organisation that may not be named",
	"the email address of a respondent who may not be named",
	"a telephone number of a respondent who may not be named",
	"a postcode of a respondent who may not be named",
	"an address of a respondent who may not be named",
	"words of a response that may not be published"};

const char *leak_kind_words(enum leak_kind kind)
{
	return kinds[kind];
}

void leak_piece_add(struct arena *arena, struct leak_pieces *to, const char *name,
		    const char *text, size_t len)
{
	to->list = arena_grow(arena, to->list, to->count, sizeof(*to->list));
	to->list[to->count++] = (struct leak_piece){name, text, len};
}

/* --- looking ------------------------------------------------------------- */

struct scan {
	struct operation *op;
	struct arena *arena;
	struct leak_known known;
	struct leak_found *out;
	struct leak_letters letters; /* of what is being looked at */
	const struct leak_piece *piece;
	const char *text; /* of the chunk */
	size_t len, at;   /* at: where it begins in the piece */
	size_t skip;      /* what ends before it was looked at already */
	bool in_name, unseen;
	int line; /* at counted, of the piece */
	size_t counted;
};

static const char *one_line(struct arena *arena, const char *text, size_t len)
{
	AUTO(buf) clean = buf_new(4096), *out = buf_new(4096);

	str_utf8_clean(clean, text, len < LEAK_SHOWN * 4 ? len : LEAK_SHOWN * 4);
	buf_one_line(out, buf_text(clean));
	return arena_strdup(arena, buf_text(out));
}

/* Some bytes before or behind a place, at the edge of a character. */
static size_t shown_from(const struct scan *s, size_t at)
{
	size_t from = at > AROUND_SHOWN ? at - AROUND_SHOWN : 0;

	while (from < at && ((unsigned char)s->text[from] & 0xC0) == 0x80)
		from++;
	return from;
}

static size_t shown_to(const struct scan *s, size_t at)
{
	size_t to = at + AROUND_SHOWN < s->len ? at + AROUND_SHOWN : s->len;

	while (to < s->len && ((unsigned char)s->text[to] & 0xC0) == 0x80)
		to++;
	return to;
}

/* A keyed hash of what was found and of the letters beside it in its paragraph: no name is kept
 * by it, and the same words are known again in another form of the text. */
static void mark(struct scan *s, const struct leak_hit *hit,
		 unsigned char out[SECRET_SHA256_BYTES])
{
	const struct leak_letters *l = &s->letters;
	size_t least = hit->from > AROUND ? hit->from - AROUND : 0;
	size_t most = hit->to + AROUND < l->count ? hit->to + AROUND : l->count;
	size_t from = hit->from, to = hit->to;
	AUTO(buf) what = buf_new(1 << 20);

	while (from > least && !(l->marks[from] & LEAK_BLOCK))
		from--;
	while (to < most && !(l->marks[to] & LEAK_BLOCK))
		to++;
	buf_printf(what, "%d:", (int)hit->kind);
	buf_add(what, l->letters + from, hit->from - from);
	buf_char(what, '|');
	buf_add(what, l->letters + hit->from, hit->to - hit->from);
	buf_char(what, '|');
	buf_add(what, l->letters + hit->to, to - hit->to);
	secret_hash(s->op->key, "leak", buf_text(what), out);
}

static int line_of(struct scan *s, size_t at)
{
	if (at < s->counted || !s->counted) {
		s->counted = 0;
		s->line = 1;
	}
	for (; s->counted < at; s->counted++)
		s->line += s->piece->text[s->counted] == '\n';
	return s->line;
}

static void keep(void *with, const struct leak_hit *hit)
{
	struct scan *s = with;
	const struct leak_letters *l = &s->letters;
	size_t from = l->at[hit->from], to = l->ends[hit->to - 1];
	struct leak_find *f;

	if (to <= s->skip)
		return;
	if (s->out->count == LEAK_FINDS_MOST) {
		s->out->more = true;
		return;
	}
	s->out->list = arena_grow(s->arena, s->out->list, s->out->count, sizeof(*f));
	f = &s->out->list[s->out->count++];
	*f = (struct leak_find){.kind = hit->kind,
				.piece = s->piece->name,
				.line = s->in_name ? 0 : line_of(s, s->at + from),
				.at = s->in_name ? from : s->at + from,
				.len = to - from,
				.unseen = s->unseen || s->in_name,
				.words = one_line(s->arena, s->text + from, to - from),
				.response_id = hit->of};
	f->around = one_line(s->arena, s->text + shown_from(s, from),
			     shown_to(s, to) - shown_from(s, from));
	mark(s, hit, f->mark);
}

static void look_at(struct scan *s, const char *text, size_t len, enum leak_side side)
{
	s->text = text;
	s->len = len;
	s->unseen = side == LEAK_UNSEEN;
	leak_letters_read(&s->letters, text, len, side);
	leak_names_find(s->known.names, &s->letters, keep, s);
	leak_names_find(s->known.contacts, &s->letters, keep, s);
	if (side == LEAK_SEEN && !s->in_name)
		leak_passages_find(s->known.passages, &s->letters, keep, s);
}

typedef void chunk_fn(struct scan *s, const char *text, size_t len, enum leak_side side);

static void watch(struct scan *s, const char *text, size_t len, enum leak_side side)
{
	leak_letters_read(&s->letters, text, len, side);
	leak_passages_watch(s->known.passages, &s->letters);
}

static void each_chunk(struct scan *s, chunk_fn *chunk, enum leak_side side)
{
	const struct leak_piece *p = s->piece;

	s->counted = 0;
	for (s->at = 0;;) {
		size_t len = p->len - s->at > CHUNK ? CHUNK : p->len - s->at;

		s->skip = s->at ? OVER : 0;
		chunk(s, p->text + s->at, len, side);
		if (s->at + len >= p->len)
			break;
		s->at += len - OVER;
	}
}

static void look_at_piece(struct scan *s)
{
	s->in_name = true;
	s->skip = 0;
	if (s->piece->name)
		look_at(s, s->piece->name, strlen(s->piece->name), LEAK_SEEN);
	s->in_name = false;
	for (enum leak_side side = 0; side < LEAK_SIDES; side++)
		each_chunk(s, look_at, side);
}

/* --- what it means ------------------------------------------------------- */

static bool may_see_who(const struct operation *op, int64_t consultation_id)
{
	return !op->rights || rights_have(op->rights, RIGHT_SEE_RESPONDENTS,
					  rights_on_consultation(consultation_id));
}

static bool name_them(struct scan *s, int64_t consultation_id, struct err *err)
{
	bool who = may_see_who(s->op, consultation_id);

	for (size_t i = 0; i < s->out->count; i++) {
		struct leak_find *f = &s->out->list[i];
		struct store_row row;

		if (f->kind != LEAK_PASSAGE && !who)
			continue;
		if (!store_one(s->op->store, s->arena, &row, err, SQL_LEAK_OF, "i",
			       f->response_id))
			return false;
		f->reference =
			response_reference(s->arena, row_text(&row, "consultation"),
					   row_int(&row, "number"));
	}
	return true;
}

static bool settled_ones(struct scan *s, int64_t consultation_id, struct err *err)
{
	struct store_table t;

	if (!store_all(s->op->store, s->arena, &t, err, SQL_LEAK_SETTLED_OF, "i",
		       consultation_id))
		return false;
	for (size_t i = 0; i < s->out->count; i++) {
		struct leak_find *f = &s->out->list[i];

		for (size_t k = 0; k < t.count && !f->reason; k++) {
			struct store_row row = table_row(&t, k);
			size_t len;
			const void *bytes = row_bytes(&row, "mark", &len);

			if (len != sizeof(f->mark) || memcmp(bytes, f->mark, len) != 0)
				continue;
			f->reason = row_text(&row, "reason");
			f->settled_by = row_text(&row, "name");
			f->settled_at = row_int(&row, "at");
		}
		s->out->open += !f->reason;
	}
	return true;
}

static bool scan(struct scan *s, int64_t consultation_id,
		 const struct leak_pieces *pieces, struct err *err)
{
	for (size_t i = 0; i < pieces->count; i++) {
		s->piece = &pieces->list[i];
		each_chunk(s, watch, LEAK_SEEN);
	}
	if (!leak_known_load(s->op, consultation_id, &s->known, err))
		return false;
	for (size_t i = 0; i < pieces->count; i++) {
		s->piece = &pieces->list[i];
		look_at_piece(s);
	}
	s->out->bytes = leak_names_bytes(s->known.names) +
			leak_names_bytes(s->known.contacts) +
			leak_passages_bytes(s->known.passages);
	return name_them(s, consultation_id, err) &&
	       settled_ones(s, consultation_id, err);
}

bool leak_scan(struct operation *op, struct arena *arena, int64_t consultation_id,
	       const struct leak_pieces *pieces, struct leak_found *out, struct err *err)
{
	struct leak_found found = {0};
	struct scan s = {.op = op, .arena = arena, .out = &found};
	bool done;

	if (!rights_ask(op, RIGHT_READ_RESPONSES, rights_on_consultation(consultation_id),
			err))
		return false;
	leak_known_begin(&s.known);
	done = scan(&s, consultation_id, pieces, err);
	leak_known_end(&s.known);
	leak_letters_clear(&s.letters);
	if (done)
		*out = found;
	return done;
}

bool leak_in_text(struct operation *op, struct arena *arena, int64_t consultation_id,
		  const char *text, struct leak_found *out, struct err *err)
{
	struct leak_piece one = {NULL, text, strlen(text)};

	return leak_scan(op, arena, consultation_id, &(struct leak_pieces){&one, 1}, out,
			 err);
}

const char *leak_find_words(struct arena *arena, const struct leak_find *f)
{
	const char *where = f->line ? arena_printf(arena, "line %d: ", f->line)
				    : "in the name of a file: ";

	if (!f->piece)
		where = "";
	return arena_printf(arena, "%s\"%s\" %s %s%s%s%s", where, f->words,
			    f->kind == LEAK_PASSAGE ? "are" : "is", kinds[f->kind],
			    f->reference ? " (" : "", str_or(f->reference, ""),
			    f->reference ? ")" : "");
}

bool leak_none_open(struct arena *arena, const struct leak_found *found, struct err *err)
{
	for (size_t i = 0; i < found->count; i++)
		if (!found->list[i].reason)
			return err_set(err, ERR_CONFLICT,
				       found->open > 1 ? "%s, and %zu more. Take them "
							 "out, or say why each may stand"
						       : "%s. Take it out, or say why it "
							 "may stand",
				       leak_find_words(arena, &found->list[i]),
				       found->open - 1);
	return true;
}
