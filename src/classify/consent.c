#include "classify/consent.h"
#include "base/str.h"
#include "classify/classify.h"
#include "classify/words.h"
#include "mail/reply_words.h"

enum { ANSWER_MOST = 4000, YES_WORDS = 14, REFUSAL_LOOK = 600 };

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

/* What stands behind "Re: " and the like; out_answers: there was such a mark. */
static const char *behind_marks(const char *subject, bool *out_answers)
{
	const char *colon;

	*out_answers = false;
	while (reply_subject_answers(subject) && (colon = strchr(subject, ':'))) {
		*out_answers = true;
		subject = colon + 1;
	}
	return subject + strspn(subject, " \t");
}

/*
 * A subject that answers ours says nothing new, unless its words refuse. Any other is the
 * writer's own, or a machine's ("Undeliverable: ...", "Read: ...").
 */
static enum said subject_says(struct arena *arena, const struct mail_message *m)
{
	bool answers;
	const char *rest = behind_marks(str_or(m->subject, ""), &answers);
	const struct mail_message bare = {.subject = rest};
	enum said said = said_by(arena, rest);

	if (classify_command_of(&bare) == CLASSIFY_LEAVE)
		return SAID_NO;
	return answers && said != SAID_NO ? SAID_NOTHING : said;
}

static enum said text_says(struct arena *arena, const struct mail_message *m)
{
	const struct mail_message bare = {.text_new = m->text_new};

	/* What has only files, or a face, says something that nobody here has read. */
	if (str_empty(m->text_new))
		return m->attachment_count == 0 ? SAID_NOTHING : SAID_MORE;
	if (strlen(m->text_new) > ANSWER_MOST)
		return SAID_MORE;
	if (classify_command_of(&bare) == CLASSIFY_LEAVE)
		return SAID_NO;
	return said_by(arena, classify_spoken(arena, m->text_new));
}

enum classify_answer classify_answer_of(const struct mail_message *m)
{
	AUTO(arena) arena = arena_new(16 << 10);
	enum said subject = subject_says(arena, m), text = text_says(arena, m);

	if (subject == SAID_NO || text == SAID_NO)
		return subject == SAID_YES || text == SAID_YES || text == SAID_MORE
			       ? CLASSIFY_SAYS_MORE
			       : CLASSIFY_SAYS_NO;
	return subject == SAID_MORE || text == SAID_MORE ? CLASSIFY_SAYS_MORE
							 : CLASSIFY_SAYS_YES;
}

/* Somebody stays on the list: plainly, and about nothing else that they might keep or remain. */
static const char *const stays[] = {"to stay on",         "to stay subscribed",
				    "want to stay!",      "want to stay.",
				    "to remain on",       "to remain subscribed",
				    "keep me on",         "keep us on",
				    "keep me subscribed", "still want to get",
				    "still want to hear", "still want to receive",
				    "still like to get",  "still like to receive",
				    "eisiau aros",        "angemeldet bleiben",
				    "möchte bleiben",     "auf der liste bleiben",
				    "rester inscrit",     "seguir recibiendo",
				    "chcę zostać",        NULL};
/* ... or takes the leaving back: taken out before the text is asked whether it leaves. */
static const char *const taken_back[] = {"unsubscribe by mistake",
					 "unsubscribed by mistake",
					 "unsubscribe by accident",
					 "unsubscribed by accident",
					 "unsubscribed in error",
					 "unsubscribe in error",
					 "accidentally unsubscribed",
					 "accidentally clicked unsubscribe",
					 "clicked by mistake",
					 "pressed by mistake",
					 NULL};
/* Words of leaving, unless a "not" stands before them. */
static const char *const leaves[] = {"unsubscribe",   "unsubscribing",
				     "remove",        "take me off",
				     "want out",      "stop",
				     "leave",         "off the list",
				     "off your list", "off this list",
				     "against my",    "no more",
				     "no longer",     "cancel",
				     "delete",        "get rid",
				     "abmelden",      "désinscri",
				     "désabonn",      "darme de baja",
				     "wypisz",        NULL};
static const char *const turns[] = {"not ",    "n't ",   "n\xE2\x80\x99t ",
				    "dont ",   "never ", "nicht ",
				    "ne pas ", "ddim ",  NULL};

enum { TURN_LOOK = 24 }; /* bytes before a phrase: "do not want you to " */

/* Not across a mark between clauses. */
static bool is_turned(const char *folded, const char *at)
{
	const char *from = at - folded > TURN_LOOK ? at - TURN_LOOK : folded;
	char before[TURN_LOOK + 1];

	for (const char *p = from; p < at; p++)
		if (strchr(".,!?;:", *p))
			from = p + 1;
	memcpy(before, from, (size_t)(at - from));
	before[at - from] = '\0';
	return words_any(before, turns) != NULL;
}

/* One of the phrases stands there: as it is, and (out) with a "not" before it. */
static bool stands(const char *folded, const char *const *phrases, bool *out_turned)
{
	bool plain = false;

	for (; *phrases; phrases++)
		for (const char *at = folded; (at = strstr(at, *phrases)); at++) {
			bool turned = is_turned(folded, at);

			plain = plain || !turned;
			*out_turned = *out_turned || turned;
		}
	return plain;
}

/* Blanks what somebody took back; true when there was any. */
static bool take_out(char *folded)
{
	bool any = false;

	for (const char *const *p = taken_back; *p; p++)
		for (char *at = folded; (at = strstr(at, *p)); any = true)
			memset(at, ' ', strlen(*p));
	return any;
}

/* Only plain words keep somebody on a list that they wrote to leave: in doubt they leave. */
static bool says_stay(struct arena *arena, const char *text)
{
	char *folded = arena_strdup(arena, words_fold(arena, text, REFUSAL_LOOK));
	bool back, turned = false, ignored = false;

	if (str_eq(folded, "no") || str_eq(folded, "no.") || str_eq(folded, "no!"))
		return true;
	back = take_out(folded);
	if (stands(folded, leaves, &turned))
		return false;
	return stands(folded, stays, &ignored) || back || turned;
}

bool classify_wants_to_stay(const struct mail_message *m)
{
	AUTO(arena) arena = arena_new(16 << 10);
	const char *spoken = classify_spoken(arena, str_or(m->text_new, ""));
	bool answers;

	return says_stay(arena, *spoken ? spoken
					: behind_marks(str_or(m->subject, ""), &answers));
}
