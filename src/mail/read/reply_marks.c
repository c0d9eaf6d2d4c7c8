#include "mail/read/reply_marks.h"
#include "base/buf.h"
#include "base/str.h"
#include "mail/read/reply_words.h"
#include "ownform/ownform.h"
#include "text/charset/small_letters.h"

enum {
	SPAN_MAX = 4,
	SPAN_BYTES = 500,
	MARK_WIDTH = 160,
	DEVICE_WIDTH = 120,
	DEVICE_SHORT = 40
};

/* Marks of direction, which Hebrew and Arabic lines are full of, in UTF-8. */
static void drop_directions(char *text)
{
	char *to = text;

	for (const char *at = text; *at;) {
		if (memcmp(at, "\xE2\x80", 2) == 0 &&
		    (at[2] == '\x8E' || at[2] == '\x8F' ||
		     (at[2] >= '\xAA' && at[2] <= '\xAE')))
			at += 3;
		else if (memcmp(at, "\xE2\x81", 2) == 0 && at[2] >= '\xA6' &&
			 at[2] <= '\xA9')
			at += 3;
		else
			*to++ = *at++;
	}
	*to = '\0';
}

static const char *fold(struct arena *arena, const char *text, size_t len)
{
	unsigned char all = 0;
	char *low;

	for (size_t i = 0; i < len; i++)
		all |= (unsigned char)text[i];
	if (all < 0x80) { /* most lines */
		low = arena_strndup(arena, text, len);
		str_lower(low);
		return low;
	}
	if (!str_utf8_valid(text, len))
		return arena_strndup(arena, "", 0);
	low = small_letters(arena, text, len);
	drop_directions(low);
	return low;
}

static bool contains(const char *folded, const char *const *list)
{
	struct str_pairs pairs;

	str_pairs_note(&pairs, folded);
	return str_any_of(&pairs, folded, list) != NULL;
}

static bool begins(const char *folded, const char *const *list)
{
	for (; *list; list++)
		if (**list == *folded && str_starts(folded, *list))
			return true;
	return false;
}

static bool ends(const char *folded, const char *const *list)
{
	size_t len = strlen(folded);

	for (; *list; list++) {
		size_t n = strlen(*list);

		if (n && n <= len && folded[len - 1] == (*list)[n - 1] &&
		    memcmp(folded + len - n, *list, n) == 0)
			return true;
	}
	return false;
}

static bool all_of(const char *text, size_t len, const char *chars)
{
	for (size_t i = 0; i < len; i++)
		if (!strchr(chars, text[i]))
			return false;
	return len > 0;
}

/* A line of nothing but these, at least two: the em dash is three bytes. */
static enum reply_kind dashes(const char *text, size_t len)
{
	if ((len == 3 && memcmp(text, "\xE2\x80\x94", 3) == 0) ||
	    (len == 3 && memcmp(text, "\xE2\x80\x93", 3) == 0))
		return REPLY_SIGNATURE;
	if (len == 2 && (memcmp(text, "--", 2) == 0 || memcmp(text, "__", 2) == 0))
		return REPLY_SIGNATURE;
	if (len == 4 && memcmp(text, "- --", 4) == 0)
		return REPLY_SIGNATURE;
	if (len >= 3 && (all_of(text, len, "-") || all_of(text, len, "_") ||
			 all_of(text, len, "=") || all_of(text, len, "*")))
		return REPLY_RULER;
	return REPLY_TEXT;
}

static bool device_line(const char *folded)
{
	size_t len;

	folded += strspn(folded, " \t(<[*_-");
	if (!begins(folded, reply_devices) && !ends(folded, reply_device_tails))
		return false;
	/* "Sent from my heart: ..." and "Von meinem Standpunkt aus ..." are people's. */
	if (contains(folded, reply_things))
		return strlen(folded) < DEVICE_WIDTH;
	len = strlen(folded);
	return len <= DEVICE_SHORT && !strpbrk(folded, ".:?!,") &&
	       !str_starts(folded, "von meinem ") && !str_starts(folded, "from my ");
}

static bool forward_line(const char *folded)
{
	const char *bare = folded + strspn(folded, " \t-_*=>");
	bool dressed = bare - folded >= 2;

	if (str_starts(bare, "begin forwarded message") ||
	    str_starts(bare, "anfang der weitergeleiteten") ||
	    str_starts(bare, "début du message"))
		return true;
	return dressed && begins(bare, reply_forwards) && strlen(bare) < 80;
}

/* By itself, without its neighbours. */
static enum reply_kind alone(struct arena *arena, const struct reply_line *line)
{
	const char *text = line->text;
	size_t len = line->len;
	enum reply_kind kind;
	const char *folded;

	while (len && str_is_space(*text)) {
		text++;
		len--;
	}
	len = str_without_tail(text, len);
	if (len == 0)
		return REPLY_BLANK;
	/* GroupWise: ">>> A Name <a@b> 3/11/2025 10:00 >>>", and no mark on what follows. */
	if (len > 12 && memcmp(text, ">>> ", 4) == 0 &&
	    memcmp(text + len - 4, " >>>", 4) == 0)
		return REPLY_FORWARD;
	if (*text == '>')
		return REPLY_QUOTE;
	kind = dashes(text, len);
	if (kind != REPLY_TEXT || len > MARK_WIDTH)
		return kind;
	folded = fold(arena, text, len);
	if (forward_line(folded))
		return REPLY_FORWARD;
	return device_line(folded) ? REPLY_MOBILE : REPLY_TEXT;
}

int reply_line_role(struct arena *arena, const struct reply_line *line)
{
	const char *text = line->text + strspn(line->text, " \t*>"),
		   *end = line->text + line->len;
	const char *colon = text < end ? memchr(text, ':', (size_t)(end - text)) : NULL;
	const char *wide = text < end && memchr(text, '\xEF', (size_t)(end - text))
				   ? memmem(text, (size_t)(end - text), "\xEF\xBC\x9A", 3)
				   : NULL;
	char *name;
	size_t n;

	if (wide && (!colon || wide < colon))
		colon = wide;
	if (!colon || colon - text > 40)
		return 0;
	name = arena_strdup(arena, fold(arena, text, (size_t)(colon - text)));
	n = strlen(name);
	while (n && (str_is_space(name[n - 1]) || name[n - 1] == '*'))
		name[--n] = '\0';
	return reply_field_role(name);
}

static bool makes_header(int roles)
{
	static const int all = REPLY_DATE | REPLY_RECIPIENT | REPLY_SUBJECT;

	if (!(roles & REPLY_SENDER)) /* in a language that we do not know it by */
		return (roles & all) == all;
	return (roles & (REPLY_DATE | REPLY_SUBJECT)) && (roles & all) != REPLY_DATE;
}

/* Who, and when or to whom, and what about: three of them together are a header. */
static void mark_headers(struct arena *arena, struct reply_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t end = i, last = i;
		int roles = 0, fields = 0;

		if (lines[i].kind != REPLY_TEXT || !reply_line_role(arena, &lines[i]))
			continue;
		/* A long address list wraps; a blank line may stand between two fields. */
		for (; end < count && end - last <= 2; end++) {
			/* "Lähetetty" is both a field and how a telephone signs. */
			int role = lines[end].kind == REPLY_TEXT ||
						   lines[end].kind == REPLY_MOBILE
					   ? reply_line_role(arena, &lines[end])
					   : 0;

			if (role) {
				roles |= role;
				fields++;
				last = end;
			} else if (lines[end].kind != REPLY_TEXT &&
				   lines[end].kind != REPLY_BLANK) {
				break;
			}
		}
		if (fields >= 3 && makes_header(roles)) {
			if (!(roles & REPLY_SENDER) && i > 0 &&
			    memchr(lines[i - 1].text, ':', lines[i - 1].len) &&
			    memchr(lines[i - 1].text, '@', lines[i - 1].len))
				lines[i - 1].kind = REPLY_HEADER;
			for (size_t k = i; k <= last; k++)
				lines[k].kind = REPLY_HEADER;
		}
		i = last;
	}
}

static bool is_label(struct arena *arena, const struct reply_line *line, int role)
{
	size_t len = line->len;
	const char *folded;

	len = str_without_tail(line->text, len);
	if (line->kind != REPLY_TEXT || len == 0 || len > 20)
		return false;
	folded = fold(arena, line->text, len);
	folded += strspn(folded, " \t");
	return (reply_field_role(folded) & role) ||
	       (str_eq(folded, "thema") && (role & REPLY_SUBJECT));
}

/*
 * Notes writes its header without colons: the sender, the time, then "To" and "Subject"
 * each alone above what they tell.
 */
static void mark_notes_headers(struct arena *arena, struct reply_line *lines,
			       size_t count)
{
	enum { UP = 3, DOWN = 12 };

	for (size_t i = 1; i < count; i++) {
		size_t sender = i, subject = i, above = i;

		if (!is_label(arena, &lines[i], REPLY_RECIPIENT))
			continue;
		for (size_t k = i + 1; k < count && k < i + DOWN && subject == i; k++)
			if (is_label(arena, &lines[k], REPLY_SUBJECT))
				subject = k;
		while (above > 0 && lines[above - 1].kind == REPLY_BLANK)
			above--;
		for (size_t k = above;
		     k-- > 0 && k + UP >= above && lines[k].kind == REPLY_TEXT;)
			if (memchr(lines[k].text, '@', lines[k].len) ||
			    memchr(lines[k].text, '/', lines[k].len))
				sender = k;
		if (subject == i || sender == i)
			continue;
		for (size_t k = sender; k <= subject + 1 && k < count; k++)
			lines[k].kind = REPLY_HEADER;
		i = subject;
	}
}

static bool has_digit(const char *text)
{
	for (; *text; text++)
		if (str_is_digit(*text))
			return true;
	return false;
}

static bool has_time(const char *text)
{
	for (; *text; text++)
		if (str_is_digit(text[0]) && text[1] == ':' && str_is_digit(text[2]) &&
		    str_is_digit(text[3]))
			return true;
	return false;
}

/* "2016-03-03 17:21 GMT+01:00 Some One <a@b>:" - the old Gmail, in any language. */
static bool iso_attribution(const char *text)
{
	for (int i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? text[i] != '-' : !str_is_digit(text[i]))
			return false;
	return has_time(text + 10) && (strstr(text, "gmt") || strchr(text, '<'));
}

/* "Quoting A <a@b>:", "A <a@b> writes:" above a quote: no date, and yet. */
static bool dateless(const char *folded)
{
	static const char *const words[] = {
		"quoting ",    "zitat von ",  "zitiere ",   "citando ", "citation de ",
		"in message ", "in article ", "cytowanie ", "citát ",   "citerar ",
		"citat ",      "цитирую ",    NULL};
	size_t len = strlen(folded);
	bool colon;

	while (len && strchr(" -*_=>", folded[len - 1]))
		len--;
	colon = len && folded[len - 1] == ':';
	return strchr(folded, '@') && len < MARK_WIDTH &&
	       ((begins(folded, words) && (colon || contains(folded, reply_wrote))) ||
		(colon && strchr(folded, '<') && contains(folded, reply_wrote)));
}

/* As attributions mostly begin: a word for "on", or the date. */
static bool begins_plainly(const char *folded)
{
	static const char *const words[] = {
		"on ",    "am ",  "le ",  "el ", "il ", "op ", "em ", "den ", "dnia ",
		"w dniu", "dne ", "dňa ", "på ", "pe ", "la ", "-",   "=",    "at ",
		"a ",     "в ",   "в",    "у ",  "em",  "na ", "ai ", NULL};

	return begins(folded, words) || str_is_digit(*folded);
}

static bool is_attribution(const char *folded)
{
	size_t len = strlen(folded);
	bool colon, dressed = str_starts(folded, "---") || str_starts(folded, "===");

	if (iso_attribution(folded))
		return true;
	while (len && strchr(" -*_=>", folded[len - 1]))
		len--;
	colon = len && (folded[len - 1] == ':' ||
			(len >= 3 && memcmp(folded + len - 3, "\xEF\xBC\x9A", 3) == 0));
	if (!colon && !dressed &&
	    !(begins_plainly(folded) && has_time(folded) && strchr(folded, '@') &&
	      ends(folded, reply_wrote)))
		return false;
	if (contains(folded, reply_wrote) && has_digit(folded) &&
	    (has_time(folded) || strchr(folded, '@') || strstr(folded, "20") ||
	     strstr(folded, "19")))
		return true;
	/* A date, a time and an address before a colon need no verb. */
	return colon && has_time(folded) && strchr(folded, '@') &&
	       (strchr(folded, '<') || str_is_digit(*folded));
}

static bool may_begin(const char *folded)
{
	return begins_plainly(folded) || strchr(folded, '@') ||
	       contains(folded, reply_wrote) || strchr(folded, ',');
}

static const char *joined(struct arena *arena, const struct reply_line *lines,
			  size_t from, size_t to)
{
	struct buf run;
	const char *folded;

	buf_init(&run, SPAN_BYTES);
	for (size_t i = from; i <= to; i++) {
		const char *text = lines[i].text;
		size_t len = lines[i].len;

		for (; len && str_is_space(*text); len--)
			text++;
		if (run.len)
			buf_char(&run, ' ');
		buf_add(&run, text, len);
	}
	folded = buf_cut(&run) ? "" : fold(arena, buf_text(&run), run.len);
	buf_clear(&run);
	return str_trim(arena_strdup(arena, folded));
}

/* Whether an attribution may end in this line: a cheap look that spares the dear one. */
static bool may_end(const struct reply_line *line)
{
	size_t len = line->len;

	while (len && (str_is_space(line->text[len - 1]) ||
		       strchr("-*_=>", line->text[len - 1])))
		len--;
	while (len >= 3 && memcmp(line->text + len - 3, "\xE2\x80", 2) == 0)
		len -= 3; /* a mark of direction behind the colon */
	if (len == 0)
		return false;
	return line->text[len - 1] == ':' || len < line->len ||
	       (len >= 3 && memcmp(line->text + len - 3, "\xEF\xBC\x9A", 3) == 0) ||
	       (len >= 5 && memcmp(line->text + len - 5, "wrote", 5) == 0) ||
	       str_is_digit(line->text[strspn(line->text, " ")]);
}

static bool ends_nearby(const struct reply_line *lines, size_t i, size_t count)
{
	for (size_t k = i; k < count && k < i + SPAN_MAX && lines[k].kind == REPLY_TEXT;
	     k++)
		if (may_end(&lines[k]))
			return true;
	return false;
}

static bool quote_below(const struct reply_line *lines, size_t i, size_t count)
{
	do
		i++;
	while (i < count && lines[i].kind == REPLY_BLANK);
	return i < count && lines[i].kind == REPLY_QUOTE;
}

static bool year_and_comma(const char *text)
{
	for (; *text; text++)
		if (text[0] == '2' && text[1] == '0' && str_is_digit(text[2]) &&
		    str_is_digit(text[3]) && text[4] == ',')
			return true;
	return false;
}

/* People tell of what others wrote: then it has no address, and nobody is quoted below. */
static bool told_by_a_person(struct arena *arena, const struct reply_line *lines,
			     size_t from, size_t to, size_t count)
{
	const char *text = joined(arena, lines, from, to);
	bool above = false;

	if (strchr(text, '@') || quote_below(lines, to, count))
		return false;
	for (size_t i = 0; i < from && !above; i++)
		above = lines[i].kind == REPLY_TEXT;
	/* "On Nov 26, 2013 you wrote:", "On Nov 26, 2013, Ann wrote:" are programs' words. */
	return !above ||
	       (!has_time(text) && !strstr(text, " you wrote") && !year_and_comma(text));
}

/* Yandex and others put "To:" and "Subject:" above it, below a line of dashes. */
static void mark_above(struct arena *arena, struct reply_line *lines, size_t from)
{
	while (from > 0 && lines[from - 1].kind == REPLY_TEXT &&
	       reply_line_role(arena, &lines[from - 1]))
		lines[--from].kind = REPLY_HEADER;
}

/* Those that only the quote below them tells from text. */
static void mark_dateless(struct arena *arena, struct reply_line *lines, size_t count)
{
	for (size_t i = 0; i + 1 < count; i++) {
		size_t len = lines[i].len;

		if (lines[i].kind == REPLY_TEXT && len && len < MARK_WIDTH &&
		    memchr(lines[i].text, '@', len) && quote_below(lines, i, count) &&
		    dateless(joined(arena, lines, i, i)))
			lines[i].kind = REPLY_ATTRIBUTION;
	}
}

/*
 * An attribution may be wrapped over several lines. Text may stand right above it: so
 * of those that end in one line, the one that begins last, if it begins plainly.
 */
static void mark_attributions(struct arena *arena, struct reply_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (lines[i].kind != REPLY_TEXT || lines[i].len > SPAN_BYTES ||
		    !ends_nearby(lines, i, count) ||
		    !may_begin(joined(arena, lines, i, i)))
			continue;
		for (size_t k = i;
		     k < count && k < i + SPAN_MAX && lines[k].kind == REPLY_TEXT; k++) {
			size_t from = i;

			if (!may_end(&lines[k]) ||
			    !is_attribution(joined(arena, lines, i, k)))
				continue;
			for (size_t n = i + 1; n <= k; n++) {
				const char *later = joined(arena, lines, n, k);

				if (begins_plainly(later) && is_attribution(later))
					from = n;
			}
			if (told_by_a_person(arena, lines, from, k, count))
				break;
			for (size_t n = from; n <= k; n++)
				lines[n].kind = REPLY_ATTRIBUTION;
			mark_above(arena, lines, from);
			i = k;
			break;
		}
	}
}

void reply_mark(struct arena *arena, struct reply_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++)
		lines[i].kind = alone(arena, &lines[i]);
	mark_headers(arena, lines, count);
	mark_notes_headers(arena, lines, count);
	mark_attributions(arena, lines, count);
	mark_dateless(arena, lines, count);
}

size_t reply_end_of_form(const struct reply_line *lines, size_t count)
{
	while (count > 0 && !ownform_ends(lines[count - 1].text, lines[count - 1].len))
		count--;
	return count;
}
