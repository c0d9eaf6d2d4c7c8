/* The words by which text/letter/frame.c knows greetings, closings and notices. */
#include "base/str.h"
#include "text/letter/frame.h"

#include <pthread.h>

enum {
	WORD_ROOM = 40,
	CLOSING_WORDS_MOST = 9,
	GREETING_WORDS_MOST = 8,
	NAME_WORDS_MOST = 5,
	PLEASANTRY_MOST = 110
};

/* A closing has one of these ... */
static const char *const closing_core[] = {
	"regards",      "regard",     "wishes",       "sincerely",    "faithfully",
	"truly",        "thanks",     "cheers",       "respectfully", "gratefully",
	"thank",        "thankyou",   "gruss",        "gruß",         "grüße",
	"grüßen",       "gruessen",   "cordialement", "salutations",  "atentamente",
	"saludos",      "saluti",     "groet",        "groeten",      "pozdrawiam",
	"poważaniem",   "hilsen",     "hälsningar",   "cofion",       "cywir",
	"gywir",        "dhùrachdan", "dùrachd",      "dhùrachd",     "spioraid",
	"cumprimentos", "yours",      "fraternally",  "solidarity",   "taing",
	"diolch",       "dziękuję",   "merci",        "danke",        "gracias",
	"blessings",    "blessing",   "obediently",   "love",         "best",
	"sincerly"};
/* ... and no other words than these. */
static const char *const closing_beside[] = {"kind",
					     "kindest",
					     "best",
					     "warm",
					     "warmest",
					     "with",
					     "many",
					     "yours",
					     "very",
					     "my",
					     "our",
					     "all",
					     "good",
					     "the",
					     "in",
					     "and",
					     "you",
					     "for",
					     "reading",
					     "your",
					     "time",
					     "this",
					     "to",
					     "most",
					     "advance",
					     "consideration",
					     "friendly",
					     "mit",
					     "freundlichen",
					     "freundlichem",
					     "besten",
					     "vielen",
					     "beste",
					     "viele",
					     "herzliche",
					     "bien",
					     "sincères",
					     "meilleures",
					     "un",
					     "cordial",
					     "cordiali",
					     "met",
					     "vriendelijke",
					     "vriendelijk",
					     "z",
					     "vennlig",
					     "med",
					     "venlig",
					     "vänliga",
					     "yr",
					     "eiddoch",
					     "yn",
					     "gorau",
					     "dymuniadau",
					     "le",
					     "gach",
					     "every",
					     "god",
					     "aye",
					     "ever",
					     "from",
					     "of",
					     "us",
					     "here",
					     "everyone",
					     "deagh",
					     "is",
					     "mise",
					     "leis",
					     "mòran",
					     "leat",
					     "leibh",
					     "fawr",
					     "kindly",
					     "greetings",
					     "from",
					     "us",
					     "i",
					     "am",
					     "remain",
					     "ever",
					     "again",
					     "much",
					     "so",
					     "listening",
					     "considering",
					     "views",
					     "these",
					     "a",
					     "opportunity",
					     "com",
					     "os",
					     "melhores",
					     "sincere",
					     "wish",
					     "every",
					     "warmly",
					     "taking",
					     "attention",
					     "beforehand"};
static const char *const greeting_first[] = {
	"dear",      "hello",    "hi",       "hey",       "hallo",     "greetings",
	"sir",       "madam",    "liebe",    "lieber",    "annwyl",    "helo",
	"chàirdean", "charaid",  "szanowni", "szanowny",  "szanowna",  "bonjour",
	"madame",    "monsieur", "kjære",    "hei",       "hej",       "beste",
	"geachte",   "estimado", "estimada", "estimados", "gentile",   "gentili",
	"kära",      "sirs",     "ladies",   "mesdames",  "colleagues"};
static const char *const greeting_phrases[] = {
	"good morning", "good afternoon",  "good evening",
	"good day",     "to whom it may",  "to the team",
	"to the",       "to all",          "for the attention",
	"fao",          "sehr geehrte",    "guten tag",
	"attn",         "a chàirdean",     "a charaid",
	"dzień dobry",  "to whom this may"};
static const char *const notice_phrases[] = {"intended recipient",
					     "intended solely",
					     "intended only for",
					     "received this email in error",
					     "received this e-mail in error",
					     "received this message in error",
					     "received it in error",
					     "notify the sender",
					     "expressed in this e",
					     "expressed in this message",
					     "not necessarily those of",
					     "not necessarily represent",
					     "not necessarily reflect",
					     "view of my employer",
					     "views of my employer",
					     "scanned for viruses",
					     "virus-free",
					     "virus free",
					     "checked for viruses",
					     "before printing",
					     "have to print this",
					     "need to print this",
					     "consider the environment",
					     "think of the environment",
					     "registered charity",
					     "charity number",
					     "charity no",
					     "registered in england",
					     "registered in scotland",
					     "registered office",
					     "company number",
					     "company no",
					     "registered company",
					     "disclaimer:",
					     "this email and any",
					     "this e-mail and any",
					     "this message and any",
					     "unsubscribe from this",
					     "originated from outside",
					     "originated outside",
					     "external email",
					     "external e-mail",
					     "external sender",
					     "external message",
					     "[external]",
					     "from outside your organi",
					     "from outside the organi",
					     "from outside of ",
					     "sent from outside",
					     "came from outside",
					     "do not click",
					     "don't click",
					     "don't often get email",
					     "don't often get e-mail",
					     "learn why this is important",
					     "recognise the sender",
					     "recognize the sender",
					     "sent from my",
					     "sent from outlook",
					     "sent from yahoo",
					     "sent from proton",
					     "sent from mail for",
					     "sent from the all new",
					     "sent from aol",
					     "sent from samsung",
					     "sent with proton",
					     "get outlook for",
					     "von meinem iphone",
					     "von meinem ipad",
					     "von meinem handy",
					     "envoyé de mon",
					     "envoyé depuis",
					     "enviado desde",
					     "enviado do meu",
					     "inviato da",
					     "verstuurd vanaf",
					     "verzonden vanaf",
					     "wysłane z",
					     "sendt fra min",
					     "skickat från min",
					     "anfonwyd o fy",
					     "beabsichtigte empfänger",
					     "mailscanner",
					     "mimecast",
					     "proofpoint",
					     "mail disclaimer",
					     "legally privileged",
					     "is a company limited",
					     NULL};
/* Two words that stand together in notices only: this of one list, that of the other. */
static const char *const notice_secret[] = {
	"confidential", "privileged", "vertraulich", "confidentiel",
	"gyfrinachol",  "poufn",      NULL};
static const char *const notice_mail[] = {
	"e-mail",    "email",    "this message", "communication", "recipient",
	"nachricht", "courriel", "neges",        "wiadomo",       NULL};
static const char *const contact_begins[] = {
	"tel", "phone", "mobile", "mob", "email", "e-mail",    "www.",    "http",
	"fax", "t:",    "m:",     "e:",  "w:",    "telephone", "twitter", "web"};

static bool among(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (*word == *list[i] &&
		    str_eq(word, list[i])) /* of most not one letter */
			return true;
	return false;
}

/* The first two letters of all words that a closing may have: most have others. */
static struct str_pairs closing_begins;

static void note_begin(const char *word)
{
	closing_begins.behind[word[0] & 63] |= UINT64_C(1) << (word[1] & 63);
}

static void note_closings(void)
{
	for (size_t i = 0; i < ARRAY_LEN(closing_core); i++)
		note_begin(closing_core[i]);
	for (size_t i = 0; i < ARRAY_LEN(closing_beside); i++)
		note_begin(closing_beside[i]);
}

static bool may_be_of_closing(const char *word)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	(void)pthread_once(&once, note_closings);
	return closing_begins.behind[word[0] & 63] >> (word[1] & 63) & 1;
}

/* The next word in lower case (capitals beyond ASCII stay); false at the end. */
static bool next_word(const char *line, size_t len, size_t *at, char word[WORD_ROOM])
{
	size_t n = 0;

	while (*at < len && !str_is_alpha(line[*at]) && !str_is_digit(line[*at]) &&
	       !(line[*at] & 0x80))
		(*at)++;
	while (*at < len && (str_is_alpha(line[*at]) || str_is_digit(line[*at]) ||
			     line[*at] == '\'' || (line[*at] & 0x80))) {
		if (n + 1 < WORD_ROOM && line[*at] != '\'')
			word[n++] = str_lower_char(line[*at]);
		(*at)++;
	}
	word[n] = '\0';
	return n > 0;
}

/* "For more about this response please contact:", above whoever that is. */
static bool names_contact(const char *line, size_t len)
{
	char low[120];

	while (len && (str_is_space(line[len - 1]) || line[len - 1] == '*'))
		len--;
	if (len < 9 || len >= sizeof(low) || line[len - 1] != ':')
		return false;
	memcpy(low, line, len);
	low[len] = '\0';
	return str_ifind(low, " contact") != NULL;
}

bool frame_is_closing(const char *line, size_t len)
{
	char word[WORD_ROOM];
	size_t at = 0, words = 0;
	bool core = false;

	if (memchr(line, '?', len))
		return false;
	if (names_contact(line, len))
		return true;
	while (next_word(line, len, &at, word)) {
		bool is_core;

		if (!may_be_of_closing(word))
			return false;
		is_core = among(word, closing_core, ARRAY_LEN(closing_core));
		if (!is_core && !among(word, closing_beside, ARRAY_LEN(closing_beside)))
			return false;
		core = core || is_core;
		if (++words > CLOSING_WORDS_MOST)
			return false;
	}
	return core;
}

bool frame_is_greeting(const char *line, size_t len)
{
	char word[WORD_ROOM], low[120];
	size_t at = 0, words = 0, n = len < sizeof(low) - 1 ? len : sizeof(low) - 1;
	bool first = false;

	len = str_without_tail(line, len);
	if (!len || len > 100 || (line[len - 1] == '.' && len < 4) ||
	    line[len - 1] == '?')
		return false;
	memcpy(low, line, n);
	low[n] = '\0';
	str_lower(low);
	while (next_word(line, len, &at, word)) {
		if (words == 0)
			first = among(word, greeting_first, ARRAY_LEN(greeting_first));
		if (++words > GREETING_WORDS_MOST)
			return false;
	}
	for (size_t i = 0; i < ARRAY_LEN(greeting_phrases) && !first; i++)
		first = str_starts(low, greeting_phrases[i]);
	return first;
}

bool frame_is_pleasantry(const char *line, size_t len)
{
	static const char *const begins[] = {"hope this helps",
					     "hope that helps",
					     "i hope this helps",
					     "i hope that helps",
					     "i hope that this ",
					     "hope this is ",
					     "i hope this is ",
					     "good luck",
					     "thank you for reading",
					     "thanks for reading",
					     "thank you for the opportunity",
					     "thanks for the opportunity",
					     "we hope this ",
					     "we hope that this ",
					     "thank you for considering",
					     "thank you for taking the time",
					     "that's all",
					     "thats it",
					     "that is all from"};

	if (len > PLEASANTRY_MOST)
		return false;
	line += strspn(line, " \t*_");
	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (str_istarts(line, begins[i]))
			return true;
	return false;
}

static bool is_particle(const char *word, size_t len)
{
	static const char *const known[] = {
		"de", "van", "von", "der", "den", "mac", "nic", "la", "di", "ap",
		"ab", "and", "y",   "zu",  "le",  "du",  "dos", "el", "bin"};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strlen(known[i]) == len && memcmp(known[i], word, len) == 0)
			return true;
	return false;
}

bool frame_is_name(const char *line, size_t len)
{
	size_t words = 0, capitals = 0, i = 0;

	while (len && strchr(" \t\r,", line[len - 1]))
		len--;
	if (len < 2 || len > 60 || strchr(".!?:;", line[len - 1]))
		return false;
	while (i < len) {
		size_t from = i;

		while (i < len && !str_is_space(line[i]))
			if (strchr("0123456789@/[]():;!?<>\"|=+&%", line[i++]))
				return false;
		if (i > from) {
			char c = line[from];
			bool capital = (c >= 'A' && c <= 'Z') || (c & 0x80);

			if (!capital && !is_particle(line + from, i - from))
				return false;
			capitals += capital;
			if (i - from > 3 && line[i - 1] == '.')
				return false;
			if (++words > NAME_WORDS_MOST)
				return false;
		}
		while (i < len && str_is_space(line[i]))
			i++;
	}
	return words >= 2 && capitals >= 2;
}

bool frame_is_notice(const char *line, size_t len)
{
	struct str_pairs pairs;
	char low[1200];
	size_t n = 0;

	for (size_t i = 0; i < len && n + 1 < sizeof(low); i++) {
		if (str_is_space(line[i]) && n && low[n - 1] == ' ')
			continue;
		if (len - i >= 3 && memcmp(line + i, "\xE2\x80\x99", 3) == 0) {
			low[n++] = '\'';
			i += 2;
			continue;
		}
		low[n++] = str_is_space(line[i]) ? ' ' : str_lower_char(line[i]);
	}
	low[n] = '\0';
	str_pairs_note(&pairs, low);
	return str_any_of(&pairs, low, notice_phrases) ||
	       (str_any_of(&pairs, low, notice_secret) &&
		str_any_of(&pairs, low, notice_mail));
}

bool frame_is_contact(const char *line, size_t len)
{
	size_t digits = 0;

	for (size_t i = 0; i < ARRAY_LEN(contact_begins); i++)
		if (len >= strlen(contact_begins[i]) &&
		    str_istarts(line, contact_begins[i]))
			return true;
	for (size_t i = 0; i < len; i++)
		digits += str_is_digit(line[i]);
	return memchr(line, '@', len) != NULL || (digits >= 5 && len < 80);
}
