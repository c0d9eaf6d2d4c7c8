#include "base/str.h"
#include "classify/classify.h"
#include "mail/address.h"
#include "mail/spoken.h"

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

/* Gateways and firms put their own words around the one. */
static enum classify_command spoken_command(const char *text)
{
	enum { SPOKEN_MOST = 4000 };
	AUTO(arena) arena = NULL;

	if (!text || strlen(text) > SPOKEN_MOST)
		return CLASSIFY_NO_COMMAND;
	arena = arena_new(8192);
	return whole_text(mail_spoken(arena, text));
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
