#include "consent/consent.h"
#include "base/str.h"
#include "classify/classify.h"
#include "classify/words.h"
#include "consent/yes.h"

enum { ANSWER_MOST = 4000, REFUSAL_LOOK = 600, SIGNATURE_WIDTH = 100 };

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
	if (yes_is_all(arena, spoken))
		return SAID_YES;
	return refuses(arena, folded) ? SAID_NO : SAID_MORE;
}

/* That of our question says nothing new; any other is the writer's own, or a machine's. */
static enum said subject_says(struct arena *arena, const struct mail_message *m,
			      const struct classify_question *asked)
{
	const char *words;
	struct mail_message bare = {0};

	if (question_is_subject(arena, m->subject, asked, &words))
		return SAID_NOTHING;
	bare.subject = words;
	return classify_command_of(&bare) == CLASSIFY_LEAVE ? SAID_NO
							    : said_by(arena, words);
}

/* A line of names, posts and numbers; sentences are written in small letters. */
static bool is_signed(const char *line, size_t len)
{
	size_t words = 0, names = 0;
	bool letters = len == 0, odd = false;

	for (size_t i = 0; i < len; i++) {
		letters = letters || str_is_alpha(line[i]) || str_is_digit(line[i]);
		odd = odd || (unsigned char)line[i] >= 0x80;
		if (str_is_space(line[i]) || (i && !str_is_space(line[i - 1])))
			continue;
		words++;
		names += !str_is_alpha(line[i]) || (line[i] >= 'A' && line[i] <= 'Z') ||
			 memchr(line + i, '@', strcspn(line + i, " \t\n")) != NULL;
	}
	/* A face alone is a word of theirs. */
	return len <= SIGNATURE_WIDTH && (letters || !odd) && names * 10 >= words * 6;
}

/* Below "-- " stands who they are, and what their firm says below every mail. */
static bool signature_says_more(struct arena *arena, const char *signature)
{
	while (*signature) {
		const char *end = strstr(signature, "\n\n");
		size_t len = end ? (size_t)(end - signature) : strlen(signature);
		const char *paragraph = arena_strndup(arena, signature, len);

		signature += len + strspn(signature + len, "\n");
		if (classify_is_footer(arena, paragraph))
			continue;
		if (yes_is_asked(paragraph))
			return true;
		for (const char *line = paragraph; *line;) {
			size_t n = strcspn(line, "\n");

			if (!is_signed(line, n))
				return true;
			line += n + (line[n] == '\n');
		}
	}
	return false;
}

/* Files say something that nobody here has read, but for what stands in a signature. */
static bool has_files(const struct mail_message *m)
{
	static const char *const proofs[] = {
		"application/pkcs7-signature", "application/x-pkcs7-signature",
		"application/pgp-signature", "text/vcard", "text/x-vcard"};

	for (size_t i = 0; i < m->attachment_count; i++) {
		const struct mail_attachment *file = &m->attachments[i];
		bool known = str_istarts(file->type, "image/") &&
			     (file->is_inline || file->content_id);

		for (size_t n = 0; n < ARRAY_LEN(proofs); n++)
			known = known || str_ieq(file->type, proofs[n]);
		if (!known)
			return true;
	}
	return false;
}

static enum said text_says(struct arena *arena, const struct mail_message *m,
			   const char *text, const struct classify_question *asked)
{
	struct question_rest left = question_left(arena, text, asked);
	const struct mail_message bare = {.text_new = left.words};
	enum said spoken;

	if (has_files(m) || (!*left.words && (m->attachment_count || m->seen.pictures)))
		return SAID_MORE;
	if (strlen(left.words) > ANSWER_MOST)
		return SAID_MORE;
	if (*left.words && classify_command_of(&bare) == CLASSIFY_LEAVE)
		return SAID_NO;
	spoken = said_by(arena, classify_spoken(arena, left.words));
	if (spoken == SAID_NO)
		return spoken;
	/* A footer that refuses: whose words are those? */
	if (signature_says_more(arena, left.signature) ||
	    words_any(words_fold(arena, left.words, ANSWER_MOST), no_inside) ||
	    words_any(words_fold(arena, left.signature, ANSWER_MOST), no_inside))
		return SAID_MORE;
	return spoken;
}

/* Both its plain text and what its HTML shows: people read the one or the other. */
static enum said all_says(struct arena *arena, const struct mail_message *m,
			  const struct classify_question *asked)
{
	enum said text =
		text_says(arena, m, str_or(m->text, str_or(m->text_new, "")), asked);

	if (m->seen.words && text_says(arena, m, m->seen.words, asked) != text)
		return SAID_MORE;
	return text;
}

enum classify_answer classify_answer_of(const struct mail_message *m,
					const struct classify_question *asked)
{
	AUTO(arena) arena = NULL;
	enum said subject, text;

	/* What was not read to its end, or not looked at, is never empty, nor all of it. */
	if (m->seen.what != MAIL_SEEN_WORDS || m->limits_hit.count)
		return CLASSIFY_SAYS_MORE;
	arena = arena_new(16 << 10);
	subject = subject_says(arena, m, asked);
	text = all_says(arena, m, asked);
	if (subject == SAID_NO || text == SAID_NO)
		return subject == SAID_YES || text == SAID_YES || subject == SAID_MORE ||
				       text == SAID_MORE
			       ? CLASSIFY_SAYS_MORE
			       : CLASSIFY_SAYS_NO;
	if (subject == SAID_MORE || text == SAID_MORE)
		return CLASSIFY_SAYS_MORE;
	return subject == SAID_YES || text == SAID_YES ? CLASSIFY_SAYS_YES
						       : CLASSIFY_SAYS_NOTHING;
}
