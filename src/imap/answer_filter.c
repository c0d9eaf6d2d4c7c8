#include "imap/answer_filter.h"

#include "base/numeral.h"
#include "base/str.h"

void imap_filter_begin(struct imap_filter *f, enum imap_want want, size_t literals,
		       size_t literal_max, size_t lines_max)
{
	f->want = want;
	f->literal_max = literal_max;
	f->literals_left = literals * literal_max;
	f->lines_left = lines_max;
	f->continuation = false;
	f->answer[0] = '\0';
}

static enum imap_line bad(struct imap_filter *f, const char *why)
{
	str_copy(f->why, sizeof(f->why), why);
	return IMAP_LINE_BAD;
}

/* Server text for an error sentence: one line, printable, cut. */
static void note_answer(struct imap_filter *f, const char *text, const char *end)
{
	size_t n = 0;

	while (text < end && n + 1 < sizeof(f->answer)) {
		unsigned char c = (unsigned char)*text++;

		f->answer[n++] = (char)(c >= 0x20 && c < 0x7F ? c : '?');
	}
	while (n > 0 && (f->answer[n - 1] == '?' || f->answer[n - 1] == ' '))
		n--;
	f->answer[n] = '\0';
}

static bool word_is(const char *at, const char *end, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(end - at) < n || strncasecmp(at, word, n) != 0)
		return false;
	return at + n == end || !(str_is_alpha(at[n]) || str_is_digit(at[n]));
}

/* Digits -> number; false when there are none or it passes 32 bits. */
static bool take_number(const char **at, const char *end, uint32_t *out)
{
	int64_t n = 0;
	const char *p = *at;

	if (p == end || !str_is_digit(*p))
		return false;
	for (; p < end && str_is_digit(*p); p++)
		n = numeral_with(n, *p - '0');
	if (n > UINT32_MAX)
		return false;
	*at = p;
	*out = (uint32_t)n;
	return true;
}

static void note_capabilities(struct imap_filter *f, const char *at, const char *end)
{
	static const struct {
		const char *name;
		unsigned bit;
	} known[] = {{"IDLE", IMAP_CAN_IDLE},
		     {"STARTTLS", IMAP_CAN_STARTTLS},
		     {"MOVE", IMAP_CAN_MOVE},
		     {"UIDPLUS", IMAP_CAN_UIDPLUS},
		     {"AUTH=PLAIN", IMAP_CAN_AUTH_PLAIN},
		     {"AUTH=XOAUTH2", IMAP_CAN_XOAUTH2},
		     {"AUTH=OAUTHBEARER", IMAP_CAN_OAUTHBEARER},
		     {"SASL-IR", IMAP_CAN_SASL_IR},
		     {"LOGINDISABLED", IMAP_CANNOT_LOGIN}};

	f->capabilities = 0;
	while (at < end) {
		const char *word = at;

		while (at < end && !str_is_space(*at))
			at++;
		for (size_t i = 0; i < ARRAY_LEN(known); i++) {
			if ((size_t)(at - word) == strlen(known[i].name) &&
			    word_is(word, at, known[i].name))
				f->capabilities |= known[i].bit;
		}
		while (at < end && str_is_space(*at))
			at++;
	}
}

/*
 * Where the words of an answer begin, behind the code that the running command needs. at:
 * behind OK, NO, a tag or "+".
 */
static size_t words_at(const struct imap_filter *f, const char *line, const char *at,
		       const char *end)
{
	static const char *const needed[] = {" [UIDVALIDITY ", " [UIDNEXT "};
	uint32_t number;

	for (size_t i = 0; f->want == IMAP_WANT_SELECT && i < ARRAY_LEN(needed); i++) {
		size_t len = strlen(needed[i]);
		const char *p = at;

		if ((size_t)(end - at) < len || strncasecmp(at, needed[i], len) != 0)
			continue;
		p += len;
		if (take_number(&p, end, &number) && p < end && *p == ']')
			return (size_t)(p + 1 - line);
	}
	return (size_t)(at - line);
}

/* "{123}" at the end of the line: its size, and where it starts. */
static bool literal_at_end(const char *line, const char *end, const char **out_start,
			   uint32_t *out_size)
{
	const char *p = end - 1;

	if (end - line < 3 || *p != '}')
		return false;
	while (p > line && str_is_digit(p[-1]))
		p--;
	if (p == line || p[-1] != '{')
		return false;
	*out_start = p - 1;
	return take_number(&p, end, out_size);
}

struct fetch_line {
	bool body, uid;
	const char *value; /* where the value of BODY[] begins */
};

/* A name at the first level of a FETCH answer; false for what we never ask for. */
static bool fetch_name(struct fetch_line *seen, const char *p, const char *end)
{
	if (word_is(p, end, "UID")) {
		seen->uid = true;
	} else if (word_is(p, end, "BODYSTRUCTURE") || word_is(p, end, "ENVELOPE")) {
		return false;
	} else if (word_is(p, end, "BODY")) {
		uint32_t origin;

		if (end - p < 7 || p[4] != '[' || p[5] != ']')
			return false;
		p += 6;
		if (*p == '<') {
			p++;
			if (!take_number(&p, end, &origin) || p == end || *p != '>')
				return false;
			p++;
		}
		if (p == end || *p != ' ')
			return false;
		seen->body = true;
		seen->value = p + 1;
	}
	return true;
}

/* Walks the brackets and quotes of (a piece of) a FETCH answer up to where text ends. */
static const char *fetch_walk(struct imap_filter *f, struct fetch_line *seen,
			      const char *p, const char *end)
{
	bool quoted = false, at_name = false;

	for (; p < end; p++) {
		if (quoted) {
			if (*p == '\\' && p + 1 < end)
				p++;
			else if (*p == '"')
				quoted = false;
			continue;
		}
		if (at_name && f->depth == 1 && !fetch_name(seen, p, end))
			return "an item that was never asked for";
		at_name = *p == '(' || *p == ' ';
		if (*p == '"') {
			quoted = true;
		} else if (*p == '(') {
			if (++f->depth > IMAP_DEPTH_MAX)
				return "brackets nested too deep";
		} else if (*p == ')') {
			if (f->depth == 0)
				return "a bracket closed that was never opened";
			f->depth--;
		} else if (*p == '{') {
			return "a literal where none may stand";
		}
	}
	return quoted ? "a quote that never ends" : NULL;
}

static enum imap_line pass(struct imap_filter *f, size_t len)
{
	if (len > f->lines_left)
		return bad(f, "far more lines than asked for");
	f->lines_left -= len;
	return IMAP_LINE_KEEP;
}

/* A FETCH answer from its bracket on, or what follows after a literal in it. */
static enum imap_line fetch_piece(struct imap_filter *f, const char *at, const char *end,
				  size_t len)
{
	struct fetch_line seen = {0};
	const char *literal = NULL, *why;
	uint32_t size = 0;
	bool first = !f->in_fetch;
	bool ends_in_literal = literal_at_end(at, end, &literal, &size);

	if (!ends_in_literal)
		size = 0;
	/* A closing bracket of our own literal's announcement is no reason to stop. */
	why = fetch_walk(f, &seen, at, ends_in_literal ? literal : end);
	if (why != NULL)
		return bad(f, why);
	if (ends_in_literal && seen.value != literal)
		return bad(f, "a literal where none may stand");
	if (size > f->literal_max || size > f->literals_left)
		return bad(f, "a literal larger than what was asked for");
	f->literals_left -= size;
	if (seen.body && f->want != IMAP_WANT_BODIES)
		return bad(f, "a mail's content that was never asked for");
	if (!ends_in_literal && f->depth != 0)
		return bad(f, "brackets that do not close");
	if (first)
		f->keep = f->want == IMAP_WANT_BODIES
				  ? seen.body
				  : f->want == IMAP_WANT_UIDS && seen.uid;
	f->in_fetch = ends_in_literal;
	f->literal_left = size;
	return f->keep ? pass(f, len) : IMAP_LINE_DROP;
}

/* "* 12 EXISTS" and its kind. */
static enum imap_line numbered(struct imap_filter *f, uint32_t n, const char *at,
			       const char *end, size_t len)
{
	if (word_is(at, end, "EXISTS")) {
		f->exists = n;
		f->news = true;
		return f->want == IMAP_WANT_SELECT ? pass(f, len) : IMAP_LINE_DROP;
	}
	if (word_is(at, end, "EXPUNGE")) {
		f->exists -= f->exists > 0;
		f->news = f->expunged = true;
		return IMAP_LINE_DROP;
	}
	if (!word_is(at, end, "FETCH"))
		return IMAP_LINE_DROP; /* RECENT and strangers */
	at += 5;
	if (at + 1 >= end || at[0] != ' ' || at[1] != '(')
		return bad(f, "a FETCH answer without its bracket");
	f->depth = 0;
	return fetch_piece(f, at + 1, end, len);
}

static enum imap_line untagged(struct imap_filter *f, const char *line, const char *end,
			       size_t len)
{
	const char *literal, *at = line + 2;
	uint32_t n;

	if (at < end && str_is_digit(*at)) {
		if (!take_number(&at, end, &n) || at == end || *at != ' ')
			return bad(f, "a number that is none");
		return numbered(f, n, at + 1, end, len);
	}
	if (word_is(at, end, "BYE")) {
		f->bye = true;
		note_answer(f, at, end);
		return bad(f, "it hung up");
	}
	if (word_is(at, end, "CAPABILITY")) {
		note_capabilities(f, at + strlen("CAPABILITY"), end);
		return IMAP_LINE_DROP;
	}
	if (word_is(at, end, "OK") || word_is(at, end, "NO") || word_is(at, end, "BAD") ||
	    word_is(at, end, "PREAUTH")) {
		note_answer(f, at, end);
		while (at < end && str_is_alpha(*at))
			at++;
		f->words_at = words_at(f, line, at, end);
		if (f->want == IMAP_WANT_GREETING)
			return pass(f, len);
		return f->want == IMAP_WANT_SELECT && memchr(at, '[', (size_t)(end - at))
			       ? pass(f, len)
			       : IMAP_LINE_DROP;
	}
	/* LIST, SEARCH, STATUS, FLAGS, extensions: nothing that any command of ours needs. */
	if (literal_at_end(at, end, &literal, &n)) {
		if (n > IMAP_LINE_MAX)
			return bad(f, "a literal where none may stand");
		f->literal_left = n;
		f->keep = false;
	}
	return IMAP_LINE_DROP;
}

enum imap_line imap_filter_line(struct imap_filter *f, const char *line, size_t len)
{
	const char *at = line, *end = line + len;
	uint32_t tag;

	f->words_at = 0;
	if (memchr(line, '\0', len) != NULL)
		return bad(f, "a NUL in a line");
	while (end > line && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	if (f->in_fetch)
		return fetch_piece(f, at, end, len);
	if (end - at >= 2 && at[0] == '*' && at[1] == ' ')
		return untagged(f, line, end, len);
	if (f->want == IMAP_WANT_GREETING)
		return bad(f, "a greeting that is no IMAP");
	if (at < end && *at == '+') {
		f->continuation = true;
		f->words_at = 1;
		return f->want == IMAP_WANT_LOGIN ? IMAP_LINE_DROP : pass(f, len);
	}
	if (take_number(&at, end, &tag) && at < end && *at == ' ') {
		note_answer(f, at + 1, end);
		f->words_at = (size_t)(at - line);
		return pass(f, len);
	}
	return bad(f, "a line that is no IMAP");
}
