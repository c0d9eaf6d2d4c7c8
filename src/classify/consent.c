#include "classify/consent.h"
#include "base/str.h"
#include "classify/classify.h"
#include "classify/words.h"
#include "text/html.h"

enum { ANSWER_MOST = 4000, YES_WORDS = 14, REFUSAL_LOOK = 600, HTML_LOOK = 8 << 10 };

/* Say yes by themselves. */
static const char *const yes[] = {
	"yes",         "yep",       "yeah",        "ok",          "okay",
	"confirm",     "confirmed", "confirming",  "agreed",      "agree",
	"sure",        "ja",        "jawohl",      "bestätige",   "bestätigt",
	"oui",         "confirme",  "d'accord",    "sí",          "si",
	"sì",          "confirmo",  "confermo",    "sim",         "tak",
	"potwierdzam", "ano",       "áno",         "potvrzuji",   "da",
	"potvrđujem",  "confirm",   "igen",        "megerősítem", "kyllä",
	"vahvistan",   "jah",       "jā",          "taip",        "evet",
	"onaylıyorum", "да",        "подтверждаю", "так",         "підтверджую",
	"ναι",         "ie",        "ydw",         "iawn",        "cadarnhau",
	"cadarnhaf",   "tá",        "deimhním",    "tha",         "po",
	"نعم",         "أؤكد",      "ہاں",         "جی",          "हाँ",
	"हां",          "ਹਾਂ",        "হ্যাঁ",         "כן",          "はい",
	"是",          "是的",      "确认",        "確認",        "네",
	"예",          "vâng",      "có",          "bekräftar",   "bekrefter",
	"bekræfter",   "bevestig",  "akkoord",     "haa",         "ndiyo",
	"bai",         NULL};
/* May stand beside it. */
static const char *const beside[] = {
	"i",       "we",           "please",     "thanks",      "thank",
	"you",     "my",           "the",        "this",        "that",
	"it",      "subscription", "subscribe",  "me",          "to",
	"do",      "very",         "much",       "many",        "hi",
	"hello",   "dear",         "team",       "sir",         "madam",
	"regards", "kind",         "best",       "cheers",      "would",
	"like",    "join",         "ich",        "bitte",       "danke",
	"vielen",  "dank",         "mein",       "abonnement",  "anmeldung",
	"je",      "merci",        "s'il",       "vous",        "plaît",
	"mon",     "inscription",  "por",        "favor",       "gracias",
	"mi",      "suscripción",  "per",        "favore",      "grazie",
	"la",      "mia",          "iscrizione", "obrigado",    "obrigada",
	"minha",   "proszę",       "dziękuję",   "takk",        "tack",
	"tak",     "kiitos",       "diolch",     "go",          "raibh",
	"maith",   "agat",         "dank",       "je",          "wel",
	"děkuji",  "спасибо",      "дякую",      "teşekkürler", "sie",
	"jeg",     "jag",          "ik",         "minä",        "its",
	"it's",    "fine",         "from",       "sent",        NULL};
/* A refusal, where the mail is short or begins with it. */
static const char *const no_first[] = {
	"no",   "nope", "never",  "nein", "non",  "não",    "nao",   "nie", "ne",  "nej",
	"nei",  "nee",  "ei",     "нет",  "ні",   "não",    "hayır", "na",  "όχι", "لا",
	"نہیں", "नहीं",  "いいえ", "不",   "不要", "아니요", "לא",    NULL};
static const char *const no_inside[] = {
	"unsubscribe",       "did not sign up",  "didn't sign up",
	"did not subscribe", "didn't subscribe", "did not ask",
	"didn't ask",        "never asked",      "never signed",
	"never subscribed",  "did not request",  "didn't request",
	"not sign up",       "not subscribe",    "not me",
	"wasn't me",         "used my address",  "used my email",
	"used my e-mail",    "do not want",      "don't want",
	"do not wish",       "don't wish",       "not interested",
	"no thank",          "remove me",        "take me off",
	"stop sending",      "stop emailing",    "wrong address",
	"wrong person",      "wrong email",      "do not confirm",
	"don't confirm",     "not confirm",      "leave me alone",
	"abmelden",          "nicht angemeldet", "nicht abonniert",
	"keine e-mails",     "kein interesse",   "nicht bestellt",
	"désinscri",         "désabonn",         "pas demandé",
	"pas inscrit",       "ne souhaite pas",  "ne veux pas",
	"no quiero",         "no he solicitado", "no me he",
	"darme de baja",     "non voglio",       "non ho richiesto",
	"cancellami",        "não quero",        "niet aangemeld",
	"afmelden",          "nie chcę",         "wypisz",
	"vil ikke",          "vill inte",        "en halua",
	"не хочу",           "не подписывал",    "отписать",
	"dad-danysgrifio",   "ddim eisiau",      NULL};

static bool in(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (str_eq(word, *list))
			return true;
	return false;
}

/* Words of letters, in lower case; marks between them are none. */
static bool next_word(char **at, char **out)
{
	static const char marks[] = " .,;:!?()\"*_-<>/&";
	char *from = *at + strspn(*at, marks);
	size_t n = strcspn(from, marks);

	if (n == 0)
		return false;
	*at = from[n] ? from + n + 1 : from + n;
	from[n] = '\0';
	*out = from;
	return true;
}

/* Folded, its words parted by one space each. */
static const char *spaced(struct arena *arena, const char *text)
{
	AUTO(buf) out = buf_new(HTML_LOOK);
	char *rest = arena_strdup(arena, words_fold(arena, text, HTML_LOOK)), *word;

	while (next_word(&rest, &word))
		buf_printf(out, "%s ", word);
	return arena_strdup(arena, buf_text(out));
}

static bool only_yes(struct arena *arena, const char *folded)
{
	char *rest = arena_strdup(arena, folded), *word;
	size_t words = 0;
	bool any = false;

	while (next_word(&rest, &word)) {
		bool is_yes = in(word, yes);

		if (++words > YES_WORDS || (!is_yes && !in(word, beside)))
			return false;
		any = any || is_yes;
	}
	return any;
}

static bool refuses(struct arena *arena, const char *folded)
{
	char *rest = arena_strdup(arena, folded), *word;

	if (next_word(&rest, &word) && in(word, no_first))
		return true;
	return words_any(folded, no_inside) != NULL;
}

enum said { SAID_NOTHING = 0, SAID_YES, SAID_NO, SAID_MORE };

static enum said said_by(struct arena *arena, const char *spoken)
{
	const char *folded = words_fold(arena, spoken, REFUSAL_LOOK);

	if (!*folded)
		return SAID_NOTHING;
	if (strlen(spoken) <= REFUSAL_LOOK && only_yes(arena, folded))
		return SAID_YES;
	return refuses(arena, folded) ? SAID_NO : SAID_MORE;
}

/*
 * A subject that answers ours says nothing new, unless its words refuse. Any other is the
 * writer's own, or a machine's ("Undeliverable: ...", "Read: ...").
 */
static enum said subject_says(struct arena *arena, const struct mail_message *m)
{
	bool answers;
	const char *rest = words_subject(str_or(m->subject, ""), &answers);
	const struct mail_message bare = {.subject = rest};
	enum said said = said_by(arena, rest);

	if (classify_command_of(&bare) == CLASSIFY_LEAVE)
		return SAID_NO;
	return answers && said != SAID_NO ? SAID_NOTHING : said;
}

/* Whether a person who reads its HTML reads a word that its plain text does not have. */
static bool html_says_more(struct arena *arena, const struct mail_message *m)
{
	AUTO(buf) shown = buf_new(HTML_LOOK);
	char *rest, *word;
	const char *plain;

	if (str_empty(m->html))
		return false;
	if (html_to_text(shown, m->html, strlen(m->html)) || buf_cut(shown))
		return true;
	plain = arena_printf(arena, " %s ", spaced(arena, str_or(m->text, "")));
	rest = arena_strdup(arena, words_fold(arena, buf_text(shown), HTML_LOOK));
	while (next_word(&rest, &word))
		if (!strstr(plain, arena_printf(arena, " %s ", word)))
			return true;
	return false;
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

static enum said text_says(struct arena *arena, const struct mail_message *m)
{
	const struct mail_message bare = {.text_new = m->text_new};
	enum said spoken;

	/* What has only files, or a face, says something that nobody here has read. */
	if (classify_says_nothing(m))
		return SAID_NOTHING;
	if (str_empty(m->text_new))
		return SAID_MORE;
	if (strlen(m->text_new) > ANSWER_MOST)
		return SAID_MORE;
	if (classify_command_of(&bare) == CLASSIFY_LEAVE)
		return SAID_NO;
	spoken = said_by(arena, classify_spoken(arena, m->text_new));
	/* A footer that refuses: whose words are those? */
	return spoken != SAID_NO && words_any(words_fold(arena, m->text_new, ANSWER_MOST),
					      no_inside)
		       ? SAID_MORE
		       : spoken;
}

enum classify_answer classify_answer_of(const struct mail_message *m)
{
	AUTO(arena) arena = arena_new(16 << 10);
	enum said subject = subject_says(arena, m), text = text_says(arena, m);

	if (subject == SAID_NO || text == SAID_NO)
		return subject == SAID_YES || text == SAID_YES || text == SAID_MORE
			       ? CLASSIFY_SAYS_MORE
			       : CLASSIFY_SAYS_NO;
	if (subject == SAID_MORE || text == SAID_MORE || html_says_more(arena, m))
		return CLASSIFY_SAYS_MORE;
	return subject == SAID_YES || text == SAID_YES ? CLASSIFY_SAYS_YES
						       : CLASSIFY_SAYS_NOTHING;
}
