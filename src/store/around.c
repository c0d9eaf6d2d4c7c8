/*
 * The SQL function around(TABLE, before, after, between, words): of a row of a text index that a
 * search found, so many words around its hits, each hit between "before" and "after".
 *
 * As snippet() of FTS5, which compares each hit with each other: of one long mail in which
 * every third word begins as was asked that took half a second. This one looks at the first
 * hits of each phrase, and reads the column as far as the words that it shows.
 *
 * Source  https://sqlite.org/fts5.html, 7 (auxiliary functions)
 */
#include "base/buf.h"
#include "store/store_private.h"

enum {
	HITS_OF_PHRASE = 200, /* of each phrase, the first ones */
	HITS_MOST = 2000,
	PHRASES_MOST = 64,
	WORDS_MOST = 64,
	SHOWN_MOST = 1 << 14
};

struct hit {
	int phrase, column, offset, size; /* in words */
};

struct hits {
	struct hit items[HITS_MOST];
	int count;
};

static int by_place(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return (x->offset > y->offset) - (x->offset < y->offset);
}

static int gather(const Fts5ExtensionApi *api, Fts5Context *of, struct hits *out)
{
	int phrases = api->xPhraseCount(of);

	for (int p = 0; p < phrases && p < PHRASES_MOST; p++) {
		Fts5PhraseIter at;
		int column, offset, n = 0;
		int rc = api->xPhraseFirst(of, p, &at, &column, &offset);

		for (; rc == SQLITE_OK && column >= 0 && n < HITS_OF_PHRASE &&
		       out->count < HITS_MOST;
		     api->xPhraseNext(of, &at, &column, &offset), n++)
			out->items[out->count++] =
				(struct hit){p, column, offset, api->xPhraseSize(of, p)};
		if (rc != SQLITE_OK)
			return rc;
	}
	qsort(out->items, (size_t)out->count, sizeof(out->items[0]), by_place);
	return SQLITE_OK;
}

/* The hit from which on most different phrases stand within so many words. */
static int best(const struct hits *h, int words)
{
	int seen[PHRASES_MOST] = {0}, different = 0, most = 0, found = 0;

	for (int first = 0, end = 0; first < h->count; first++) {
		for (; end < h->count && h->items[end].column == h->items[first].column &&
		       h->items[end].offset + h->items[end].size <=
			       h->items[first].offset + words;
		     end++)
			different += seen[h->items[end].phrase]++ == 0;
		if (different > most) {
			most = different;
			found = first;
		}
		if (end == first)
			end++; /* it is longer than what is shown */
		else
			different -= --seen[h->items[first].phrase] == 0;
	}
	return found;
}

/* The words that are shown, while the column is read. */
struct show {
	const char *text;
	const struct hits *hits;
	int column, first, end; /* words */
	int at, hit;            /* the word now; the next hit that may begin */
	int from, last;         /* bytes of what is shown so far; from below 0: nothing */
	int open_until;         /* words of the hit that is open; 0: none is */
	const char *before, *after;
	struct buf *out;
	bool more;
};

static void end_hit(struct show *s)
{
	if (s->open_until && s->at >= s->open_until) {
		buf_str(s->out, s->after);
		s->open_until = 0;
	}
}

static void begin_hit(struct show *s)
{
	while (s->hit < s->hits->count && s->hits->items[s->hit].column == s->column &&
	       s->hits->items[s->hit].offset <= s->at) {
		const struct hit *hit = &s->hits->items[s->hit++];

		if (hit->offset + hit->size <= s->at)
			continue;
		if (!s->open_until)
			buf_str(s->out, s->before);
		if (hit->offset + hit->size > s->open_until)
			s->open_until = hit->offset + hit->size;
	}
}

static int one_word(void *with, int flags, const char *token, int len, int from, int to)
{
	struct show *s = with;

	(void)token;
	(void)len;
	if (flags & FTS5_TOKEN_COLOCATED)
		return SQLITE_OK;
	if (s->at >= s->end) {
		s->more = true;
		return SQLITE_DONE;
	}
	if (s->at >= s->first) {
		end_hit(s);
		if (s->from >= 0)
			buf_add(s->out, s->text + s->last, (size_t)(from - s->last));
		else
			s->from = from;
		begin_hit(s);
		buf_add(s->out, s->text + from, (size_t)(to - from));
		s->last = to;
	}
	s->at++;
	return SQLITE_OK;
}

static int show(const Fts5ExtensionApi *api, Fts5Context *of, struct show *s,
		const char *between)
{
	int len, rc = api->xColumnText(of, s->column, &s->text, &len);

	if (rc != SQLITE_OK)
		return rc;
	if (s->first > 0)
		buf_str(s->out, between);
	rc = api->xTokenize(of, s->text, len, s, one_word);
	if (rc != SQLITE_OK && rc != SQLITE_DONE)
		return rc;
	if (s->open_until)
		buf_str(s->out, s->after);
	if (s->more)
		buf_str(s->out, between);
	else if (s->from >= 0) /* a full stop */
		buf_add(s->out, s->text + s->last, (size_t)(len - s->last));
	return SQLITE_OK;
}

static void around(const Fts5ExtensionApi *api, Fts5Context *of, sqlite3_context *to,
		   int count, sqlite3_value **values)
{
	AUTO(buf) out = buf_new(SHOWN_MOST);
	struct hits *hits = sqlite3_malloc(sizeof(*hits));
	struct show s = {.out = out, .from = -1};
	int words, rc;

	if (count != 4 || !hits) {
		sqlite3_free(hits);
		sqlite3_result_error(to, "around(TABLE, before, after, between, words)",
				     -1);
		return;
	}
	hits->count = 0;
	s.hits = hits;
	s.before = (const char *)sqlite3_value_text(values[0]);
	s.after = (const char *)sqlite3_value_text(values[1]);
	words = sqlite3_value_int(values[3]);
	words = words < WORDS_MOST ? words : WORDS_MOST;
	rc = gather(api, of, hits);
	if (rc == SQLITE_OK && hits->count) {
		s.hit = best(hits, words);
		s.column = hits->items[s.hit].column;
		/* A few words before the first. */
		s.first = hits->items[s.hit].offset - words / 4;
		s.first = s.first > 0 ? s.first : 0;
		s.end = s.first + words;
		while (s.hit && hits->items[s.hit - 1].column == s.column &&
		       hits->items[s.hit - 1].offset + hits->items[s.hit - 1].size >
			       s.first)
			s.hit--;
		rc = show(api, of, &s, (const char *)sqlite3_value_text(values[2]));
	}
	sqlite3_free(hits);
	if (rc != SQLITE_OK)
		sqlite3_result_error_code(to, rc);
	else
		sqlite3_result_text(to, buf_text(out), (int)out->len, SQLITE_TRANSIENT);
}

bool store_has_around(struct store *store, struct err *err)
{
	sqlite3_stmt *q = store_take(store, SQL_SEARCH_FUNCTIONS, err);
	fts5_api *fts = NULL;

	if (!q)
		return false;
	if (sqlite3_bind_pointer(q, 1, &fts, "fts5_api_ptr", NULL) == SQLITE_OK)
		(void)sqlite3_step(q);
	store_give_back(q);
	if (!fts || fts->xCreateFunction(fts, "around", NULL, around, NULL) != SQLITE_OK)
		return store_err(store, err, "the text index");
	return true;
}
