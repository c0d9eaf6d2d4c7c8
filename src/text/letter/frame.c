#include "text/letter/frame.h"
#include "base/str.h"
#include "text/letter/form_line.h"
#include "text/words/question_word.h"

enum {
	NAME_WORDS_MOST = 5,
	SIGN_WORDS_MOST = 9,
	SIGN_CELLS_WORDS_MOST = 14, /* "Jo Low | Clerk | Reed Society" */
	SIGN_LINE_MOST = 75,        /* bytes of a line of a signature */
	SIGN_LINES_MOST = 12,
	LABEL_MOST = 45,
	LONE_NAME_MOST = 24,
	PARTING_WORDS_MOST = 4,
	LETTERHEAD_LINE_MOST = 48,
	LAST_LINES_MOST = 7, /* of a signature that no closing begins */
	NOTICE_MOST = 400    /* bytes behind a signature that are not called one */
};

struct reading {
	const char *text, *who;
	struct frame_line *lines;
	size_t count;
};

static const char *at(const struct reading *r, size_t i)
{
	return r->text + r->lines[i].from;
}

static size_t len_of(const struct reading *r, size_t i)
{
	return r->lines[i].to - r->lines[i].from;
}

static bool is_blank(const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!str_is_space(line[i]) && line[i] != '>' && line[i] != '_' &&
		    line[i] != '-' && line[i] != '=' && line[i] != '*')
			return false;
	return true;
}

/* A word of the sender's name; "O'Teague" is Teague, too. */
static bool is_of_name(const char *who, const char *word)
{
	const char *tail = strchr(word, '\'');
	const char *typeset = strstr(word, "’");

	if (typeset)
		tail = typeset + strlen("’") - 1;
	return str_ifind(who, word) ||
	       (tail && strlen(tail + 1) > 2 && str_ifind(who, tail + 1));
}

/* One of the words of the sender's name, or the whole of it, and not much else. */
static bool is_senders(const struct reading *r, const char *line, size_t len)
{
	size_t at = 0, words = 0, known = 0;

	while (len && strchr(" \t\r,.", line[len - 1]))
		len--;
	if (!r->who || !len || len > 60)
		return false;
	while (at < len) {
		size_t n = strcspn(line + at, " \t,.-");
		char word[40];

		n = n < len - at ? n : len - at;
		if (n >= sizeof(word))
			return false;
		if (n) {
			memcpy(word, line + at, n);
			word[n] = '\0';
			words++;
			known += n > 1 && is_of_name(r->who, word);
		}
		at += n + 1;
	}
	return known > 0 && words - known <= 1 && words <= NAME_WORDS_MOST;
}

/* Something that may stand in a signature: short, and no sentence. */
static bool is_sign_line(const char *line, size_t len)
{
	size_t words = 0;

	if (frame_is_contact(line, len))
		return len < 160;
	if (len > SIGN_LINE_MOST)
		return false;
	len = str_without_tail(line, len);
	for (size_t i = 0; i < len; i++)
		words += !str_is_space(line[i]) && line[i] != '|' &&
			 (i == 0 || str_is_space(line[i - 1]));
	if (len && strchr(".!?", line[len - 1]) && words > 4)
		return false;
	return words <=
	       (memchr(line, '|', len) ? SIGN_CELLS_WORDS_MOST : SIGN_WORDS_MOST);
}

static bool is_postscript(const char *line)
{
	return str_starts(line, "PS") || str_starts(line, "P.S") ||
	       str_starts(line, "P.s") || str_starts(line, "p.s");
}

/* "Address: 7 Osier Row": a label that stands among those of a form; "Q1: Yes" is none. */
static bool is_label_line(const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len < LABEL_MOST ? len : LABEL_MOST);
	size_t words = 1;

	if (!colon)
		return false;
	for (const char *c = line; c < colon; c++) {
		words += *c == ' ';
		if (strchr(".?!", *c))
			return false;
	}
	return words <= 5 && len < 120 &&
	       !question_word_labels(line, (size_t)(colon - line));
}

static bool is_form_heading(const char *line, size_t len)
{
	static const char *const known[] = {
		"respondent information", "about you",
		"your details",           "respondent details",
		"your contact details",   "consultation response form",
		"respondent info"};
	char low[80];

	if (len >= sizeof(low))
		return false;
	memcpy(low, line, len);
	low[len] = '\0';
	str_lower(low);
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_starts(low + strspn(low, " #*_="), known[i]))
			return true;
	return false;
}

static void split(struct arena *arena, struct reading *r, size_t len)
{
	for (size_t i = 0; i < len;) {
		const char *end = memchr(r->text + i, '\n', len - i);
		size_t to = end ? (size_t)(end - r->text) : len;
		struct frame_line l = {.from = i, .to = to};

		if (is_blank(r->text + i, to - i))
			l.kind = FRAME_BLANK;
		r->lines = arena_grow(arena, r->lines, r->count, sizeof(*r->lines));
		r->lines[r->count++] = l;
		i = to + 1;
	}
}

/* The nearest line before or after that is not blank; count: none. At most one blank
 * stands between. */
static size_t beside(const struct reading *r, size_t i, bool before)
{
	for (size_t step = 1; step <= 2; step++) {
		size_t other = before ? i - step : i + step;

		if (before ? step > i : other >= r->count)
			return r->count;
		if (r->lines[other].kind != FRAME_BLANK)
			return other;
	}
	return r->count;
}

static bool is_form(const struct reading *r, size_t i)
{
	return i < r->count && r->lines[i].kind == FRAME_FORM;
}

/* Lines of a form, then the labels among them, and the value of a label alone. */
static void mark_form(struct arena *arena, struct reading *r)
{
	struct form_line *room = arena_make(arena, struct form_line, 1);
	bool any = false;

	for (size_t i = 0; i < r->count; i++)
		if (r->lines[i].kind == FRAME_SAID &&
		    (form_has_line(at(r, i), len_of(r, i), room) ||
		     is_form_heading(at(r, i), len_of(r, i)))) {
			r->lines[i].kind = FRAME_FORM;
			any = true;
		}
	for (size_t i = 0; any && i < r->count; i++)
		if (r->lines[i].kind == FRAME_SAID && is_form(r, beside(r, i, true)) &&
		    is_label_line(at(r, i), len_of(r, i)))
			r->lines[i].kind = FRAME_FORM;
	for (size_t i = r->count; any && i > 0; i--)
		if (r->lines[i - 1].kind == FRAME_SAID &&
		    is_form(r, beside(r, i - 1, false)) &&
		    is_label_line(at(r, i - 1), len_of(r, i - 1)))
			r->lines[i - 1].kind = FRAME_FORM;
}

static bool said_above(const struct reading *r, size_t i)
{
	while (i > 0)
		if (r->lines[--i].kind == FRAME_SAID)
			return true;
	return false;
}

/* Where the notice begins in a paragraph: at its first line, or below a signature. */
static size_t notice_in(const struct reading *r, size_t from, size_t end)
{
	for (size_t i = from; i < end && i - from <= SIGN_LINES_MOST; i++) {
		if (frame_is_notice(at(r, i), len_of(r, i)))
			return i;
		if (!is_sign_line(at(r, i), len_of(r, i)))
			break;
	}
	return frame_is_notice(at(r, from), r->lines[end - 1].to - r->lines[from].from)
		       ? from
		       : end;
}

/* What firms and programs put below a mail, paragraph by paragraph upwards. */
static void mark_notices(struct reading *r)
{
	size_t end = r->count;

	while (end > 0) {
		size_t from, notice;

		while (end > 0 && r->lines[end - 1].kind != FRAME_SAID)
			end--;
		from = end;
		while (from > 0 && r->lines[from - 1].kind == FRAME_SAID)
			from--;
		notice = end ? notice_in(r, from, end) : end;
		if (notice == end || !said_above(r, notice))
			return;
		for (size_t i = notice; i < end; i++)
			r->lines[i].kind = FRAME_NOTICE;
		if (notice > from)
			return;
		end = from;
	}
}

/* "CAUTION: this email came from outside", above everything else. */
static void mark_banner(struct reading *r, bool goes_on)
{
	size_t from = 0, end, more;

	while (from < r->count && r->lines[from].kind == FRAME_BLANK)
		from++;
	end = from;
	while (end < r->count && r->lines[end].kind == FRAME_SAID)
		end++;
	more = end;
	while (more < r->count && r->lines[more].kind == FRAME_BLANK)
		more++;
	if (end > from && (more < r->count || goes_on) &&
	    frame_is_notice(at(r, from), r->lines[end - 1].to - r->lines[from].from))
		for (size_t i = from; i < end; i++)
			r->lines[i].kind = FRAME_NOTICE;
}

/* An address and a date above "Dear ...": short lines, and no sentence among them. */
static bool mark_letterhead(struct reading *r, size_t greeting)
{
	size_t lines = 0;

	for (size_t i = 0; i < greeting; i++) {
		size_t len = len_of(r, i);

		while (len && str_is_space(at(r, i)[len - 1]))
			len--;
		if (r->lines[i].kind != FRAME_SAID)
			continue;
		if (++lines > SIGN_LINES_MOST || len > LETTERHEAD_LINE_MOST ||
		    strchr(".!?:", at(r, i)[len - 1]))
			return false;
	}
	for (size_t i = 0; i < greeting; i++)
		if (r->lines[i].kind == FRAME_SAID)
			r->lines[i].kind = FRAME_NOTICE;
	return true;
}

static void mark_greeting(struct reading *r)
{
	size_t said = 0;

	for (size_t i = 0; i < r->count && said <= SIGN_LINES_MOST; i++) {
		if (r->lines[i].kind != FRAME_SAID)
			continue;
		if (frame_is_greeting(at(r, i), len_of(r, i)) &&
		    (!said || str_istarts(at(r, i), "dear "))) {
			if (mark_letterhead(r, i))
				r->lines[i].kind = FRAME_GREETING;
			return;
		}
		said++;
	}
}

/* Is what follows a signature from this line on a notice? It says so, or it is short. */
static bool is_notice_from(const struct reading *r, size_t line)
{
	size_t end = line;

	while (end < r->count && r->lines[end].kind == FRAME_SAID)
		end++;
	return r->lines[r->count - 1].to - r->lines[line].from <= NOTICE_MOST ||
	       frame_is_notice(at(r, line), r->lines[end - 1].to - r->lines[line].from);
}

/* From here on a signature; what was said after its first blank line is a notice. */
static void mark_signature(struct reading *r, size_t from)
{
	size_t signs = 0;
	bool blank = false, over = false;

	for (size_t i = from; i < r->count; i++) {
		struct frame_line *l = &r->lines[i];

		blank = blank || (l->kind == FRAME_BLANK && signs);
		if (l->kind != FRAME_SAID)
			continue;
		if (is_postscript(at(r, i)))
			return;
		over = over || signs >= SIGN_LINES_MOST ||
		       !is_sign_line(at(r, i), len_of(r, i)) ||
		       (signs && blank && len_of(r, i) > 40 &&
			!frame_is_contact(at(r, i), len_of(r, i)));
		if (over && (i == from || r->lines[i - 1].kind != FRAME_NOTICE) &&
		    !is_notice_from(r, i))
			return; /* they signed, and went on */
		l->kind = over ? FRAME_NOTICE : FRAME_SIGNATURE;
		signs++;
	}
}

static size_t next_said(const struct reading *r, size_t i)
{
	while (i < r->count && r->lines[i].kind != FRAME_SAID)
		i++;
	return i;
}

/* "Many thanks," or "I hope that this helps." above "Kind regards" closes, too. */
static void mark_closings(struct reading *r, size_t line)
{
	while (line > 0 &&
	       (r->lines[line - 1].kind == FRAME_BLANK ||
		(r->lines[line - 1].kind == FRAME_SAID &&
		 (frame_is_closing(at(r, line - 1), len_of(r, line - 1)) ||
		  frame_is_pleasantry(at(r, line - 1), len_of(r, line - 1)))))) {
		line--;
		if (r->lines[line].kind == FRAME_SAID)
			r->lines[line].kind = FRAME_CLOSING;
	}
}

/* A closing, with a name or nothing that was said below it. */
static bool find_closing(struct reading *r)
{
	for (size_t i = r->count; i > 0; i--) {
		size_t line = i - 1, next;

		if (r->lines[line].kind != FRAME_SAID ||
		    !frame_is_closing(at(r, line), len_of(r, line)))
			continue;
		next = next_said(r, i);
		if (next < r->count && !is_sign_line(at(r, next), len_of(r, next)))
			continue;
		r->lines[line].kind = FRAME_CLOSING;
		mark_closings(r, line);
		mark_signature(r, i);
		return true;
	}
	return false;
}

/* "For the Reed Society", each word of its name with a capital. */
static bool is_for_name(const char *line, size_t len)
{
	size_t words = 0;

	if (len < 12 || !str_istarts(line, "for the "))
		return false;
	for (size_t i = 8; i < len; i++) {
		if (str_is_space(line[i]) || (i > 8 && !str_is_space(line[i - 1])))
			continue;
		if (line[i] >= 'a' && line[i] <= 'z' && !str_starts(line + i, "of ") &&
		    !str_starts(line + i, "the ") && !str_starts(line + i, "and ") &&
		    !str_starts(line + i, "for "))
			return false;
		words++;
	}
	return words >= 2;
}

/* "For and on behalf of the Reed Society", above the name. */
static bool is_behalf(const char *line, size_t len)
{
	return str_istarts(line, "for and on behalf of ") ||
	       str_istarts(line, "on behalf of ") || str_istarts(line, "pp ") ||
	       str_istarts(line, "submitted on behalf of ") || is_for_name(line, len);
}

/* "Kit", alone at the end, below what they allow. */
static bool is_lone_name(const struct reading *r, size_t i)
{
	const char *line = at(r, i);
	size_t len = len_of(r, i), above = beside(r, i, true);

	len = str_without_tail(line, len);
	if (!is_form(r, above) || above + 1 == i || len < 2 || len > LONE_NAME_MOST ||
	    !((*line >= 'A' && *line <= 'Z') || (*line & 0x80)))
		return false;
	for (size_t c = 0; c < len; c++)
		if (str_is_space(line[c]) || str_is_digit(line[c]) ||
		    strchr(".,:;!?()[]/@", line[c]))
			return false;
	return true;
}

/* "Jo Low | Clerk", "J. Low (Mrs)": how much of a line may be a name. */
static size_t name_part(const char *line, size_t len)
{
	for (size_t i = 1; i < len; i++)
		if (line[i] == '|' || (line[i] == '(' && line[len - 1] == ')'))
			return i;
	return len;
}

/* Where "PS ..." begins that stands below a signature; count: there is none. */
static size_t postscript(const struct reading *r)
{
	for (size_t i = r->count; i > 0; i--)
		if (r->lines[i - 1].kind == FRAME_SAID && is_postscript(at(r, i - 1)))
			return i - 1;
	return r->count;
}

/* "Peace," above a name: few words, and a comma. */
static bool is_parting(const struct reading *r, size_t i)
{
	size_t len = i < r->count ? len_of(r, i) : 0, words = 1;

	while (len && str_is_space(at(r, i)[len - 1]))
		len--;
	for (size_t c = 0; c < len; c++) {
		words += at(r, i)[c] == ' ';
		if (str_is_digit(at(r, i)[c]))
			return false;
	}
	return len > 1 && r->lines[i].kind == FRAME_SAID && at(r, i)[len - 1] == ',' &&
	       words <= PARTING_WORDS_MOST && said_above(r, i);
}

/* Without a closing: the last lines, when they begin with a name. */
static void find_last_name(struct reading *r)
{
	size_t end = postscript(r), from, signs = 0, best = r->count;

	while (end > 0 && r->lines[end - 1].kind != FRAME_SAID)
		end--;
	for (from = end; from > 0 && signs < LAST_LINES_MOST; from--) {
		const struct frame_line *l = &r->lines[from - 1];
		const char *line = at(r, from - 1);
		size_t len = len_of(r, from - 1), skip = strspn(line, " \t-*~");
		bool first = from == 1 || r->lines[from - 2].kind == FRAME_BLANK ||
			     is_parting(r, from - 2);

		if (l->kind == FRAME_BLANK)
			continue;
		if (l->kind != FRAME_SAID || !is_sign_line(line, len))
			break;
		signs++;
		skip = skip < len ? skip : 0;
		/* With more lines below, those are its office and its organisation. */
		if (is_senders(r, line + skip, len - skip) ||
		    (first && is_behalf(line + skip, len - skip)) ||
		    (first &&
		     frame_is_name(line + skip, name_part(line + skip, len - skip))))
			best = from - 1;
	}
	if (best == r->count && end && is_lone_name(r, end - 1))
		best = end - 1;
	if (best < r->count && said_above(r, best)) {
		size_t above = beside(r, best, true);

		mark_signature(r, best);
		if (is_parting(r, above))
			r->lines[above].kind = FRAME_CLOSING;
		mark_closings(r, best);
	}
}

void frame_read(struct arena *arena, const char *text, size_t len, const char *who,
		struct frame *out)
{
	struct reading r = {.text = text, .who = str_or(who, NULL)};

	split(arena, &r, len);
	mark_form(arena, &r);
	mark_banner(&r, !str_blank(text + len));
	mark_greeting(&r);
	mark_notices(&r);
	if (!find_closing(&r))
		find_last_name(&r);
	*out = (struct frame){r.lines, r.count};
}

const char *frame_said_of(struct arena *arena, const char *text, const struct frame *f)
{
	AUTO(buf) out = buf_new(strlen(text) + 2);

	for (size_t i = 0; i < f->count; i++)
		if (f->lines[i].kind == FRAME_SAID || f->lines[i].kind == FRAME_BLANK) {
			buf_add(out, text + f->lines[i].from,
				f->lines[i].to - f->lines[i].from);
			buf_char(out, '\n');
		}
	return arena_strdup(arena, buf_text(out));
}

const char *frame_said(struct arena *arena, const char *text, const char *who)
{
	AUTO(arena) lines = arena_new(1 << 14);
	struct frame f;

	frame_read(lines, text, strlen(text), who, &f);
	return frame_said_of(arena, text, &f);
}
