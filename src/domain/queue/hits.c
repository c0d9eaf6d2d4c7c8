#include "domain/queue/hits.h"
#include "domain/admin/consultation.h"
#include "domain/queue/queue.h"
#include "base/str.h"

enum { HITS_MOST = 64, HIT_BYTES = 200, INDEXED_CHARS = 200000 };

static bool is_known(const struct search_hits *hits, const char *at, size_t len)
{
	for (size_t i = 0; i < hits->count; i++)
		if (hits->items[i].len == len &&
		    memcmp(hits->items[i].text, at, len) == 0)
			return true;
	return false;
}

static void add(struct arena *arena, struct search_hits *hits, const char *at, size_t len)
{
	if (len && len <= HIT_BYTES && hits->count < HITS_MOST &&
	    !is_known(hits, at, len))
		hits->items[hits->count++] =
			(struct search_hit){arena_strndup(arena, at, len), len};
}

/* The words of a search as they were typed, in the cases that people write them. */
static void gather_typed(struct arena *arena, const char *search,
			 struct search_hits *hits)
{
	while (*(search += strspn(search, " \t\r\n"))) {
		bool without = *search == '-' && search[1];
		bool phrase = (search += without, *search == '"');
		const char *from = search + phrase;
		size_t len = strcspn(from, phrase ? "\"" : " \t\r\n\"");
		char *word;

		search = from + len + (phrase && from[len] == '"');
		len -= !phrase && len > 1 && from[len - 1] == '*';
		if (without)
			continue;
		add(arena, hits, from, len);
		word = arena_strndup(arena, from, len);
		for (size_t i = 0; i < len; i++)
			word[i] = str_lower_char(word[i]);
		add(arena, hits, word, len);
		if (*word >= 'a' && *word <= 'z')
			*word = (char)(*word - 'a' + 'A');
		add(arena, hits, word, len);
	}
}

static void gather(struct arena *arena, const char *text, struct search_hits *hits)
{
	for (const char *at = text; at && hits->count < HITS_MOST;) {
		const char *from = strstr(at, QUEUE_HIT), *to;
		size_t len;

		to = from ? strstr(from, QUEUE_HIT_END) : NULL;
		if (!to)
			return;
		from++;
		len = (size_t)(to - from);
		add(arena, hits, from, len);
		at = to + 1;
	}
}

static int longest_first(const void *one, const void *other)
{
	const struct search_hit *a = one, *b = other;

	return (a->len < b->len) - (a->len > b->len);
}

bool search_hits_load(struct operation *op, struct arena *arena, const char *search,
		      int64_t inbound_id, struct search_hits *out, struct err *err)
{
	const struct response_filter filter = {.search = search};
	const struct response_look look = {.filter = &filter};
	struct search_hits hits = {.items = NULL};
	const char *match;
	struct store_row row;

	if (str_empty(search)) {
		*out = hits;
		return true;
	}
	hits.items = arena_make(arena, struct search_hit, HITS_MOST);
	if (!response_match(arena, &look, &match, err))
		return false;
	if (store_one(op->store, arena, &row, err, SQL_QUEUE_HITS, "tii", match,
		      inbound_id, (int64_t)INDEXED_CHARS)) {
		gather(arena, row_text(&row, "subject"), &hits);
		gather(arena, row_text(&row, "text"), &hits);
		gather(arena, row_text(&row, "files"), &hits);
		if (row_int(&row, "is_long"))
			gather_typed(arena, search, &hits);
	} else if (!err_forgive(err, ERR_ABSENT)) {
		return false;
	}
	*err = (struct err){0};
	qsort(hits.items, hits.count, sizeof(hits.items[0]), longest_first);
	*out = hits;
	return true;
}

/* Beyond ASCII all are parts of words but punctuation, signs and pictures: what the
 * index parts words at, as far as it matters where a word ends. */
static bool in_word(const char *at)
{
	const unsigned char *c = (const unsigned char *)at;

	if (*c < 0x80)
		return str_is_alpha(*at) || str_is_digit(*at);
	return !((c[0] == 0xC2 && c[1] != 0xAA && c[1] != 0xB5 && c[1] != 0xBA) ||
		 (c[0] == 0xE2 && c[1] < 0xB0) || (c[0] == 0xE3 && c[1] == 0x80) ||
		 (c[0] == 0xEF && c[1] >= 0xB8) || (c[0] == 0xF0 && c[1] == 0x9F));
}

/* Where the character before at begins. */
static const char *step_back(const char *at)
{
	do
		at--;
	while (((unsigned char)*at & 0xC0) == 0x80);
	return at;
}

const char *search_hit_next(const struct search_hits *hits, const char *text,
			    const char *at, const char *end, size_t *out_len)
{
	bool starts[256] = {false};

	for (size_t i = 0; i < hits->count; i++)
		starts[(unsigned char)hits->items[i].text[0]] = true;
	for (; hits->count && at < end; at++) {
		if (!starts[(unsigned char)*at] || (at > text && in_word(step_back(at))))
			continue;
		for (size_t i = 0; i < hits->count; i++) {
			const struct search_hit *hit = &hits->items[i];

			if (hit->len > (size_t)(end - at) ||
			    memcmp(at, hit->text, hit->len) != 0 ||
			    in_word(at + hit->len))
				continue;
			*out_len = hit->len;
			return at;
		}
	}
	return NULL;
}
