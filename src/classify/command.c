#include "base/utf8_cut.h"
#include "base/str.h"
#include "classify/classify.h"
#include "mail/fields/address.h"
#include "text/charset/small_letters.h"

enum {
	LINE_MAX_BYTES = 200,
	WORDS_MAX = 12,
	WORD_TEXT_MAX = 30 /* a name or thanks below a subject of one word */
};

static const struct {
	const char *words;
	enum classify_command command;
} commands[] = {{"unsubscribe", CLASSIFY_LEAVE},
		{"un subscribe", CLASSIFY_LEAVE},
		{"unsubscribe me", CLASSIFY_LEAVE},
		{"stop", CLASSIFY_LEAVE},
		{"stop it", CLASSIFY_LEAVE},
		{"stop emails", CLASSIFY_LEAVE},
		{"stop these emails", CLASSIFY_LEAVE},
		{"stop sending", CLASSIFY_LEAVE},
		{"stop sending me emails", CLASSIFY_LEAVE},
		{"stop sending me these emails", CLASSIFY_LEAVE},
		{"stop sending me these", CLASSIFY_LEAVE},
		{"stop emailing me", CLASSIFY_LEAVE},
		{"leave", CLASSIFY_LEAVE},
		{"leave list", CLASSIFY_LEAVE},
		{"leave the list", CLASSIFY_LEAVE},
		{"remove", CLASSIFY_LEAVE},
		{"remove me", CLASSIFY_LEAVE},
		{"take me off", CLASSIFY_LEAVE},
		{"take me off the list", CLASSIFY_LEAVE},
		{"take me off this list", CLASSIFY_LEAVE},
		{"take me off your list", CLASSIFY_LEAVE},
		{"take me off your mailing list", CLASSIFY_LEAVE},
		{"remove me from the list", CLASSIFY_LEAVE},
		{"remove me from this list", CLASSIFY_LEAVE},
		{"remove me from your list", CLASSIFY_LEAVE},
		{"remove me from your mailing list", CLASSIFY_LEAVE},
		{"remove me from the mailing list", CLASSIFY_LEAVE},
		{"remove me from this mailing list", CLASSIFY_LEAVE},
		{"remove from list", CLASSIFY_LEAVE},
		{"remove from mailing list", CLASSIFY_LEAVE},
		{"remove my email", CLASSIFY_LEAVE},
		{"remove my address", CLASSIFY_LEAVE},
		{"remove my email address", CLASSIFY_LEAVE},
		{"unsubscribe from this list", CLASSIFY_LEAVE},
		{"unsubscribe from list", CLASSIFY_LEAVE},
		{"unsubscribe me from this list", CLASSIFY_LEAVE},
		{"unsubscribe me from your list", CLASSIFY_LEAVE},
		{"unsubscribe me from your mailing list", CLASSIFY_LEAVE},
		{"unsubscribe me from this mailing list", CLASSIFY_LEAVE},
		{"i want to unsubscribe", CLASSIFY_LEAVE},
		{"i wish to unsubscribe", CLASSIFY_LEAVE},
		{"i would like to unsubscribe", CLASSIFY_LEAVE},
		{"opt out", CLASSIFY_LEAVE},
		{"optout", CLASSIFY_LEAVE},
		{"signoff", CLASSIFY_LEAVE},
		{"sign off", CLASSIFY_LEAVE},
		{"cancel", CLASSIFY_LEAVE},
		{"cancel subscription", CLASSIFY_LEAVE},
		{"cancel my subscription", CLASSIFY_LEAVE},
		{"end", CLASSIFY_LEAVE},
		{"quit", CLASSIFY_LEAVE},
		{"subscribe", CLASSIFY_JOIN},
		{"subscribe me", CLASSIFY_JOIN},
		{"join", CLASSIFY_JOIN},
		{"join list", CLASSIFY_JOIN},
		{"join the list", CLASSIFY_JOIN},
		{"sign me up", CLASSIFY_JOIN},
		{"sign up", CLASSIFY_JOIN},
		{"signup", CLASSIFY_JOIN},
		{"add me", CLASSIFY_JOIN},
		{"add me to the list", CLASSIFY_JOIN},
		{"add me to your list", CLASSIFY_JOIN},
		{"add me to your mailing list", CLASSIFY_JOIN},
		{"add me to the mailing list", CLASSIFY_JOIN},
		{"i would like to subscribe", CLASSIFY_JOIN},
		{"i want to subscribe", CLASSIFY_JOIN},
		{"confirm", CLASSIFY_CONFIRM},
		{"i confirm", CLASSIFY_CONFIRM},
		{"confirmed", CLASSIFY_CONFIRM},
		{"yes", CLASSIFY_CONFIRM},
		{"ok", CLASSIFY_CONFIRM},
		{"yes confirm", CLASSIFY_CONFIRM},
		{"yes i confirm", CLASSIFY_CONFIRM},
		{"help", CLASSIFY_HELP},
		{"info", CLASSIFY_HELP},
		{"help me", CLASSIFY_HELP}};

static bool polite(const char *word)
{
	static const char *const words[] = {
		"please",  "pls",  "plz",  "thanks", "thank", "you",
		"hello",   "hi",   "dear", "sir",    "madam", "kindly",
		"regards", "many", "very", "much",   "cheers"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(word, words[i]))
			return true;
	return false;
}

/* Letters in lower case and single blanks; false when it is too long to be a command. */
static bool tidy(const char *text, char out[LINE_MAX_BYTES])
{
	size_t n = 0;

	for (; text && *text; text++) {
		char c = str_lower_char(*text);

		if (n + 2 >= LINE_MAX_BYTES || (unsigned char)c >= 0x80)
			return false;
		if (str_is_alpha(c) || str_is_digit(c))
			out[n++] = c;
		else if (c != '\'' && n && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	while (n && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return n > 0;
}

static enum classify_command whole_text(const char *text)
{
	char words[LINE_MAX_BYTES], bare[LINE_MAX_BYTES] = "", *save = NULL;
	size_t n = 0, count = 0;

	if (!tidy(text, words))
		return CLASSIFY_NO_COMMAND;
	for (char *w = strtok_r(words, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
		if (++count > WORDS_MAX)
			return CLASSIFY_NO_COMMAND;
		if (!polite(w))
			n += (size_t)snprintf(bare + n, sizeof(bare) - n, "%s%s",
					      n ? " " : "", w);
	}
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (str_eq(bare, commands[i].words))
			return commands[i].command;
	return CLASSIFY_NO_COMMAND;
}

static bool answer_subject(const char *subject)
{
	subject += strspn(subject, " \t");
	return str_istarts(subject, "re:") || str_istarts(subject, "aw:") ||
	       str_istarts(subject, "sv:") || str_istarts(subject, "fw:") ||
	       str_istarts(subject, "fwd:");
}

/* No other sentence can stand below these. */
static bool plain_command(const char *subject)
{
	static const char *const words[] = {"subscri",  "opt out", "opt-out",
					    "optout",   "signoff", " me",
					    "my email", "list",    "emails"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ifind(subject, words[i]))
			return true;
	return false;
}

enum { PARAGRAPHS_MAX = 200, CLOSING_LINES = 6, CLOSING_WIDTH = 70, CLOSING_ROW = 120 };

struct paragraph {
	const char *text;
	size_t len;
};

static const char *const banners[] = {"originated from outside",
				      "originated outside",
				      "external email",
				      "external e-mail",
				      "external sender",
				      "external mail",
				      "sent from outside",
				      "came from outside",
				      "outside of the organi",
				      "outside your organi",
				      "do not click",
				      "don't often get email",
				      "don't usually get email",
				      "learn why this is important",
				      "sender you have not",
				      "not trusted sender",
				      "caution:",
				      "externe e-mail",
				      "externer absender",
				      "von außerhalb",
				      "expéditeur externe",
				      "provient de l'ext",
				      "courriel externe",
				      "correo externo",
				      "remitente externo",
				      "mittente esterno",
				      "externe afzender",
				      "ekstern avsender",
				      "ekstern afsender",
				      "extern avsändare",
				      NULL};

static const char *const footers[] = {"confidential",
				      "intended solely",
				      "intended only",
				      "intended for the",
				      "disclaimer",
				      "scanned for virus",
				      "been scanned",
				      "received it in error",
				      "in error please",
				      "please consider the environment",
				      "think before you print",
				      "registered office",
				      "registered in england",
				      "company number",
				      "registered charity",
				      "views expressed",
				      "virus-free",
				      "vertraulich",
				      "nur für den",
				      "confidentiel",
				      "destiné exclusivement",
				      "confidencial",
				      "riservat",
				      "vertrouwelijk",
				      "fortrolig",
				      "konfidentiell",
				      "luottamuksell",
				      "poufn",
				      "конфиденциальн",
				      NULL};

static bool any_of(const char *folded, const char *const *words)
{
	for (; *words; words++)
		if (strstr(folded, *words))
			return true;
	return false;
}

static const char *fold(struct arena *arena, const struct paragraph *p)
{
	enum { LOOK_AT = 600 };
	size_t len = p->len < LOOK_AT ? p->len : LOOK_AT;
	char *flat;

	flat = arena_strndup(arena, p->text, utf8_whole(p->text, len));
	for (char *c = flat; *c; c++)
		if (str_is_space(*c))
			*c = ' ';
	return small_letters(arena, flat, strlen(flat));
}

static size_t split(const char *text, struct paragraph *out)
{
	size_t count = 0;

	while (*text && count < PARAGRAPHS_MAX) {
		const char *end;

		text += strspn(text, "\r\n");
		end = count + 1 < PARAGRAPHS_MAX ? strstr(text, "\n\n") : NULL;
		end = end ? end : text + strlen(text);
		if (end > text)
			out[count++] = (struct paragraph){text, (size_t)(end - text)};
		text = end;
	}
	return count;
}

/* "Jo Bloggs | Head of Service | Anytown | 01234 567890": all in one line. */
static bool is_row(const struct paragraph *p)
{
	size_t bars = 0, digits = 0;

	for (size_t i = 0; i < p->len; i++) {
		bars += p->text[i] == '|';
		digits += str_is_digit(p->text[i]);
	}
	return bars >= 2 && digits >= 5 && p->len <= CLOSING_ROW &&
	       !memchr(p->text, '\n', p->len);
}

/* "Jo Bloggs / Head of Service | Anytown": lines of names, posts and numbers. */
static bool is_closing(const struct paragraph *p)
{
	const char *line = p->text, *end = p->text + p->len;
	size_t lines = 0, words = 0, names = 0;
	bool row = is_row(p);

	while (line < end) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));
		size_t len = (size_t)((stop ? stop : end) - line);

		if (++lines > CLOSING_LINES || (len > CLOSING_WIDTH && !row) ||
		    (len && strchr("?!;", line[len - 1])))
			return false;
		for (size_t i = 0; i < len; i++) {
			bool begins = i == 0 || str_is_space(line[i - 1]);

			if (!begins || str_is_space(line[i]))
				continue;
			words++;
			names += (line[i] >= 'A' && line[i] <= 'Z') ||
				 !str_is_alpha(line[i]);
		}
		line += len + 1;
	}
	return (lines > 1 || row) && names * 10 >= words * 6;
}

/* A banner may share its paragraph with what follows it: then its lines go. */
static void skip_banner_lines(struct arena *arena, struct paragraph *p)
{
	for (;;) {
		const char *stop = memchr(p->text, '\n', p->len);
		struct paragraph line = {p->text,
					 stop ? (size_t)(stop - p->text) : p->len};

		if (!stop || !any_of(fold(arena, &line), banners))
			return;
		p->len -= line.len + 1;
		p->text = stop + 1;
	}
}

static bool is_rule(const struct paragraph *p)
{
	for (size_t i = 0; i < p->len; i++)
		if (!strchr("-_=* \t\r", p->text[i]))
			return false;
	return true;
}

bool classify_is_banner(struct arena *arena, const char *paragraph)
{
	const struct paragraph p = {paragraph, strlen(paragraph)};

	return any_of(fold(arena, &p), banners);
}

bool classify_is_footer(struct arena *arena, const char *paragraph)
{
	const struct paragraph p = {paragraph, strlen(paragraph)};

	return any_of(fold(arena, &p), footers);
}

const char *classify_spoken(struct arena *arena, const char *text)
{
	struct paragraph p[PARAGRAPHS_MAX];
	size_t count = split(str_or(text, ""), p), from = 0, to = count;
	const char *end;

	while (from < count) {
		skip_banner_lines(arena, &p[from]);
		if (!any_of(fold(arena, &p[from]), banners) && !is_rule(&p[from]))
			break;
		from++;
	}
	while (to > from + 1 && (is_rule(&p[to - 1]) || is_closing(&p[to - 1]) ||
				 any_of(fold(arena, &p[to - 1]), footers)))
		to--;
	if (from >= to)
		return "";
	end = p[to - 1].text + p[to - 1].len;
	return arena_strndup(arena, p[from].text, (size_t)(end - p[from].text));
}

/* Gateways and firms put their own words around the one. */
static enum classify_command spoken_command(const char *text)
{
	enum { SPOKEN_MOST = 4000 };
	AUTO(arena) arena = NULL;

	if (!text || strlen(text) > SPOKEN_MOST)
		return CLASSIFY_NO_COMMAND;
	arena = arena_new(8192);
	return whole_text(classify_spoken(arena, text));
}

enum classify_command classify_command_of(const struct mail_message *m)
{
	enum classify_command by_text = whole_text(m->text_new);

	if (by_text == CLASSIFY_NO_COMMAND)
		by_text = spoken_command(m->text_new);
	if (by_text != CLASSIFY_NO_COMMAND)
		return by_text;
	/* With a long text below it a subject is only a subject. */
	if (!m->subject || answer_subject(m->subject) ||
	    (m->text_new && strlen(m->text_new) > 600))
		return CLASSIFY_NO_COMMAND;
	/* "Leave" above a sentence is about leave; "Unsubscribe" is what it is. */
	if (m->text_new && strlen(m->text_new) > WORD_TEXT_MAX &&
	    !plain_command(m->subject))
		return CLASSIFY_NO_COMMAND;
	return whole_text(m->subject);
}

bool classify_says_nothing(const struct mail_message *m)
{
	const char *line = str_or(m->text_new, "");

	for (; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		line += strspn(line, " \t\r");
		if (*line != '>' && *line != '\n' && *line)
			return false;
	}
	return m->attachment_count == 0;
}
