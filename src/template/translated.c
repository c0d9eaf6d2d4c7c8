/* Words marked {{#_}}...{{/_}}, in the language of a library: see template.h. */
#include "template/tree.h"

#include "base/str.h"

static const char mark_open[] = "{{#_}}", mark_close[] = "{{/_}}";

/* White space as one space each, none at the ends: how a text is wrapped is no matter. */
static char *folded(struct arena *arena, const char *text, size_t len)
{
	char *out = arena_strndup(arena, text, len), *to = out;

	for (const char *at = out; *at; at++) {
		if (!str_is_space(*at))
			*to++ = *at;
		else if (to > out && to[-1] != ' ')
			*to++ = ' ';
	}
	while (to > out && to[-1] == ' ')
		to--;
	*to = '\0';
	return out;
}

/* The next tag of a text, whole; NULL when there is none. */
static const char *next_tag(const char *at, size_t *len)
{
	const char *begin = strstr(at, "{{"), *end = begin ? strstr(begin, "}}") : NULL;

	if (!end)
		return NULL;
	*len = (size_t)(end - begin) + 2 + (begin[2] == '{' && end[2] == '}');
	return begin;
}

static size_t tags_like(const char *text, const char *tag, size_t len)
{
	size_t n = 0, found;

	for (const char *at = text; (at = next_tag(at, &found)); at += found)
		n += found == len && memcmp(at, tag, len) == 0;
	return n;
}

/* The first tag of a that b has not as often. */
static const char *tag_too_many(const char *a, const char *b, size_t *len)
{
	for (const char *at = a; (at = next_tag(at, len)); at += *len)
		if (tags_like(a, at, *len) != tags_like(b, at, *len))
			return at;
	return NULL;
}

static int line_at(const char *text, const char *at)
{
	int line = 1;

	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

static bool same_names(const char *words, const char *said, const char *path, int line,
		       struct err *err)
{
	size_t len;
	const char *tag = tag_too_many(words, said, &len);
	bool missing = tag != NULL;

	if (!tag)
		tag = tag_too_many(said, words, &len);
	return !tag || err_set(err, ERR_INPUT,
			       "%s:%d: the translation of \"%.40s...\" %s %.*s; a "
			       "translation has the names of the original, each as often",
			       path, line, words,
			       missing ? "lacks" : "has more than one wants of",
			       (int)(len < 60 ? len : 60), tag);
}

/* A comment in place of the line ends that a translation lacks: later lines keep theirs. */
static void keep_lines(struct buf *out, const char *raw, size_t len)
{
	bool any = memchr(raw, '\n', len) != NULL;

	if (any)
		buf_str(out, "{{!");
	for (size_t i = 0; i < len; i++)
		if (raw[i] == '\n')
			buf_char(out, '\n');
	if (any)
		buf_str(out, "}}");
}

static bool add_words(struct template_translation *t, struct arena *arena,
		      const char *path, int line, const char *raw, size_t len,
		      struct buf *out, struct err *err)
{
	const char *words = folded(arena, raw, len);
	const char *said = t->say ? t->say(t->with, words) : NULL;

	if (strstr(words, mark_open))
		return err_set(err, ERR_INPUT, "%s:%d: {{#_}} stands inside {{#_}}", path,
			       line);
	if (str_empty(said) || str_eq(said, words)) {
		buf_add(out, raw, len);
		return true;
	}
	if (!same_names(words, said, path, line, err))
		return false;
	buf_str(out, said);
	keep_lines(out, raw, len);
	return true;
}

bool template_translate(struct template_translation *t, struct arena *arena,
			const char *path, const char *text, struct buf *out,
			struct err *err)
{
	const char *at = text, *open;

	while ((open = strstr(at, mark_open))) {
		const char *raw = open + strlen(mark_open);
		const char *close = strstr(raw, mark_close);

		if (!close)
			return err_set(err, ERR_INPUT,
				       "%s:%d: {{#_}} is opened here and never closed",
				       path, line_at(text, open));
		buf_add(out, at, (size_t)(open - at));
		if (!add_words(t, arena, path, line_at(text, open), raw,
			       (size_t)(close - raw), out, err))
			return false;
		at = close + strlen(mark_close);
	}
	buf_str(out, at);
	return !buf_cut(out) ||
	       err_set(err, ERR_INPUT, "%s: its translation is too large", path);
}
