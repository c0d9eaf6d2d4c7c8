#include "consent/machine.h"
#include "base/str.h"
#include "classify/classify.h"
#include "consent/doubt.h"

#include <glib.h>

enum {
	NAMES_MOST = 6 /* words of a name that we do not know, beside an address we do */
};

/* How programs say when and by whom, without months and days. */
static const char *const frame[] = {"on",
				    "at",
				    "wrote",
				    "writes",
				    "from",
				    "sent",
				    "to",
				    "cc",
				    "subject",
				    "date",
				    "am",
				    "pm",
				    "a.m",
				    "p.m",
				    "gmt",
				    "utc",
				    "bst",
				    "cet",
				    "cest",
				    "est",
				    "edt",
				    "le",
				    "à",
				    "a",
				    "écrit",
				    "de",
				    "um",
				    "schrieb",
				    "uhr",
				    "von",
				    "gesendet",
				    "an",
				    "betreff",
				    "datum",
				    "op",
				    "om",
				    "schreef",
				    "het",
				    "el",
				    "las",
				    "la",
				    "escribió",
				    "il",
				    "alle",
				    "ha",
				    "scritto",
				    "em",
				    "às",
				    "escreveu",
				    "den",
				    "kl",
				    "skrev",
				    "pe",
				    "klo",
				    "kirjoitti",
				    "dnia",
				    "o",
				    "godz",
				    "napisał",
				    "napisała",
				    "dne",
				    "napsal",
				    "v",
				    "envoyé",
				    "objet",
				    "enviado",
				    "asunto",
				    "para",
				    "inviato",
				    "oggetto",
				    "ar",
				    "ysgrifennodd",
				    "original",
				    "message",
				    "forwarded",
				    "begin",
				    "ursprüngliche",
				    "nachricht",
				    "d'origine",
				    "reply",
				    "the",
				    "of",
				    "re",
				    "st",
				    "nd",
				    "rd",
				    "th",
				    "z",
				    "r",
				    "w",
				    "dniu",
				    "email",
				    "mail",
				    NULL};
static const char *const dates[] = {
	"monday",     "tuesday",   "wednesday",  "thursday",  "friday",   "saturday",
	"sunday",     "mon",       "tue",        "tues",      "wed",      "thu",
	"thur",       "thurs",     "fri",        "sat",       "sun",      "january",
	"february",   "march",     "april",      "may",       "june",     "july",
	"august",     "september", "october",    "november",  "december", "jan",
	"feb",        "mar",       "apr",        "jun",       "jul",      "aug",
	"sep",        "sept",      "oct",        "nov",       "dec",      "montag",
	"dienstag",   "mittwoch",  "donnerstag", "freitag",   "samstag",  "sonntag",
	"mo",         "di",        "mi",         "do",        "fr",       "sa",
	"so",         "januar",    "februar",    "märz",      "mai",      "juni",
	"juli",       "oktober",   "dezember",   "okt",       "dez",      "lundi",
	"mardi",      "mercredi",  "jeudi",      "vendredi",  "samedi",   "dimanche",
	"lun",        "jeu",       "ven",        "sam",       "dim",      "janvier",
	"février",    "mars",      "avril",      "juin",      "juillet",  "août",
	"septembre",  "octobre",   "novembre",   "décembre",  "janv",     "févr",
	"avr",        "juil",      "déc",        "lunes",     "martes",   "miércoles",
	"jueves",     "viernes",   "sábado",     "domingo",   "enero",    "febrero",
	"marzo",      "abril",     "mayo",       "junio",     "julio",    "agosto",
	"septiembre", "octubre",   "noviembre",  "diciembre", "lunedì",   "martedì",
	"mercoledì",  "giovedì",   "venerdì",    "sabato",    "domenica", "gennaio",
	"febbraio",   "aprile",    "maggio",     "giugno",    "luglio",   "settembre",
	"ottobre",    "dicembre",  "maandag",    "dinsdag",   "woensdag", "donderdag",
	"vrijdag",    "zaterdag",  "zondag",     "januari",   "februari", "maart",
	"mei",        "augustus",  "ma",         "wo",        "vr",       "za",
	"zo",         "måndag",    "tisdag",     "onsdag",    "torsdag",  "fredag",
	"lördag",     "söndag",    "mandag",     "tirsdag",   "lørdag",   "søndag",
	"desember",   "marts",     "maj",        "mån",       "tis",      "ons",
	"tors",       "tor",       "fre",        "lør",       "søn",      "man",
	"tir",        "pon",       "wt",         "śr",        "czw",      "pt",
	"sob",        "niedz",     "sty",        "lut",       "kwi",      "cze",
	"lip",        "sie",       "wrz",        "paź",       "lis",      "gru",
	"llun",       "mawrth",    "mercher",    "iau",       "gwener",   "sadwrn",
	"sul",        "ionawr",    "chwefror",   "ebrill",    "mehefin",  "gorffennaf",
	"awst",       "medi",      "hydref",     "tachwedd",  "rhagfyr",  NULL};
/* Words of lines by which telephones and mail programs sign. */
static const char *const device_says[] = {
	"sent",    "from",      "get",        "gesendet",    "envoyé",    "enviado",
	"inviato", "verzonden", "skickat",    "sendt",       "lähetetty", "wysłane",
	"wysłano", "anfonwyd",  "отправлено", "télécharger", "download",  NULL};
static const char *const devices[] = {
	"my",       "mobile",     "phone",      "iphone",   "ipad",       "ipod",
	"android",  "smartphone", "tablet",     "device",   "samsung",    "galaxy",
	"huawei",   "xiaomi",     "oneplus",    "nokia",    "sony",       "xperia",
	"motorola", "pixel",      "blackberry", "windows",  "lumia",      "apple",
	"mac",      "macbook",    "watch",      "outlook",  "mail",       "email",
	"yahoo",    "gmail",      "aol",        "proton",   "protonmail", "thunderbird",
	"bluemail", "spark",      "edison",     "fairmail", "fairemail",  "k",
	"9",        "10",         "11",         "7",        "ios",        "app",
	"bt",       "ee",         "o2",         "three",    "vodafone",   "network",
	"secure",   "desktop",    "chromebook", NULL};
static const char *const device_joins[] = {"for",
					   "on",
					   "an",
					   "a",
					   "the",
					   "using",
					   "via",
					   "with",
					   "von",
					   "mit",
					   "meinem",
					   "der",
					   "mein",
					   "de",
					   "depuis",
					   "mon",
					   "mi",
					   "desde",
					   "dal",
					   "mio",
					   "da",
					   "vanaf",
					   "mijn",
					   "från",
					   "min",
					   "fra",
					   "z",
					   "z",
					   "mojego",
					   "mój",
					   "o",
					   "fy",
					   "с",
					   "моего",
					   "gesendet",
					   "télécharger",
					   "l'application",
					   "pour",
					   "para",
					   "per",
					   "voor",
					   "för",
					   "til",
					   "and",
					   NULL};
static const char *const stores[] = {"aka.ms/",          "go.microsoft.com/",
				     "mail.onelink.me/", "overview.mail.yahoo.com",
				     "play.google.com/", "apps.apple.com/",
				     "bluemail.me",      "proton.me",
				     "protonmail.com",   NULL};
/* What gateways say above the mails of strangers. */
static const char *const warns[] = {
	"caution",      "warning",    "external",   "ext",
	"important",    "attention",  "alert",      "this",
	"the",          "a",          "an",         "e",
	"mail",         "email",      "e-mail",     "message",
	"originated",   "originates", "comes",      "came",
	"was",          "is",         "has",        "been",
	"sent",         "received",   "from",       "outside",
	"of",           "your",       "our",        "organisation",
	"organization", "company",    "council",    "network",
	"system",       "do",         "not",        "don't",
	"click",        "on",         "any",        "links",
	"link",         "or",         "open",       "attachments",
	"attachment",   "unless",     "you",        "recognise",
	"recognize",    "know",       "trust",      "and",
	"that",         "content",    "contents",   "safe",
	"are",          "sure",       "be",         "careful",
	"take",         "care",       "think",      "before",
	"clicking",     "opening",    "responding", "when",
	"often",        "usually",    "get",        "learn",
	"why",          "treat",      "with",       "exercise",
	"please",       "sender",     "sender's",   "source",
	"trusted",      "unknown",    "verify",     "address",
	"information",  "in",         "at",         "to",
	"may",          "contain",    "expected",   "were",
	"expecting",    "it",         "suspicious", "if",
	"look",         "looks",      NULL};

static bool is_number(const char *word)
{
	return str_is_digit(word[0]);
}

static bool is_store(const char *address)
{
	for (const char *const *store = stores; *store; store++)
		if (strstr(address, *store))
			return true;
	return false;
}

/* K-9 Mail's own words: how many of the line are left before them. */
static size_t before_excuse(const struct tokens *t)
{
	static const char *const excuse[] = {"please", "excuse", "my", "brevity"};
	size_t left = t->count - MIN(t->count, ARRAY_LEN(excuse));

	for (size_t i = 0; i < ARRAY_LEN(excuse); i++)
		if (t->count < ARRAY_LEN(excuse) ||
		    !str_eq(t->at[left + i].text, excuse[i]))
			return t->count;
	return left;
}

static bool is_device(const struct tokens *t)
{
	bool says = false, thing = false;
	size_t count = before_excuse(t);

	for (size_t i = 0; i < count; i++) {
		const char *word = t->at[i].text;
		bool is_thing = str_in(word, devices);

		if (t->at[i].address ? !is_store(word)
				     : !is_thing && !str_in(word, device_says) &&
					       !str_in(word, device_joins))
			return false;
		says = says || str_in(word, device_says);
		thing = thing || (is_thing && !str_eq(word, "my"));
	}
	return says && thing;
}

/*
 * Who wrote when. A name is in any book of addresses what it is there, so some words that we
 * do not know may stand beside an address that we do.
 */
static bool is_frame(struct arena *arena, const struct tokens *t, const char *text,
		     machine_known *known, const void *letter)
{
	size_t names = 0;
	bool ours = false;

	for (size_t i = 0; i < t->count; i++) {
		const char *word = t->at[i].text;
		bool is_ours = known(letter, &t->at[i]);

		ours = ours || (is_ours && t->at[i].address);
		if (is_ours || is_number(word) || str_in(word, frame) ||
		    str_in(word, dates))
			continue;
		if (t->at[i].address)
			return false;
		names++;
	}
	return names == 0 || (ours && names <= NAMES_MOST && !doubt_in(arena, text));
}

/* The name of a field is known by its place. */
static const char *behind_name(struct arena *arena, const char *line)
{
	const struct reply_line one = {.text = line, .len = strlen(line)};
	const char *colon = strchr(line, ':');

	return colon && reply_line_role(arena, &one) ? colon + 1 : line;
}

static bool is_header(struct arena *arena, const char *text, machine_known *known,
		      const void *letter)
{
	for (char *rest = arena_strdup(arena, text), *save = NULL,
		  *line = strtok_r(rest, "\n", &save);
	     line; line = strtok_r(NULL, "\n", &save)) {
		const char *value = behind_name(arena, line);
		struct tokens t = tokens_of(arena, value);

		if (t.more || t.odd || !is_frame(arena, &t, value, known, letter))
			return false;
	}
	return true;
}

bool machine_line_is_known(struct arena *arena, enum reply_kind kind, const char *text,
			   machine_known *known, const void *letter)
{
	struct tokens t = tokens_of(arena, text);

	if (t.more || t.odd)
		return false;
	switch (kind) {
	case REPLY_MOBILE:
		return is_device(&t);
	case REPLY_HEADER:
		return is_header(arena, text, known, letter);
	case REPLY_ATTRIBUTION:
	case REPLY_FORWARD:
		return is_frame(arena, &t, text, known, letter);
	case REPLY_TEXT:
	case REPLY_BLANK:
	case REPLY_QUOTE:
	case REPLY_SIGNATURE:
	case REPLY_RULER:
		break;
	}
	return false;
}

bool machine_device_is_known(struct arena *arena, const char *line)
{
	struct tokens t = tokens_of(arena, line);

	return !t.more && !t.odd && is_device(&t);
}

/* "Do not click", "learn why": these words say something else by themselves. */
static bool turns_alone(const struct tokens *t, size_t i)
{
	static const char *const after[] = {"click",     "open",    "often", "usually",
					    "get",       "trust",   "know",  "recognise",
					    "recognize", "respond", NULL};
	const char *word = t->at[i].text;

	if (str_eq(word, "why"))
		return i == 0 || !str_eq(t->at[i - 1].text, "learn");
	return (str_eq(word, "not") || str_eq(word, "don't")) &&
	       (i + 1 == t->count || !str_in(t->at[i + 1].text, after));
}

bool machine_banner_is_known(struct arena *arena, const char *paragraph)
{
	struct tokens t = tokens_of(arena, paragraph);

	if (t.more || t.odd || !classify_is_banner(arena, paragraph))
		return false;
	for (size_t i = 0; i < t.count; i++)
		if (!t.at[i].address &&
		    (!str_in(t.at[i].text, warns) || turns_alone(&t, i)))
			return false;
	return true;
}
