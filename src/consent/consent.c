#include "consent/consent.h"
#include "base/str.h"
#include "classify/classify.h"
#include "classify/phrase.h"
#include "consent/doubt.h"
#include "consent/machine.h"
#include "consent/no.h"
#include "consent/tokens.h"
#include "consent/yes.h"
#include "mail/read/unquoted.h"
#include "mail/read/reply_words.h"

/* MAIL_MOST: bytes, of letters quoted and firms' words too. Nobody says yes at such length, and
 * the store waits while it is read. */
enum {
	ANSWER_MOST = 4000,
	MAIL_MOST = 64 << 10,
	REFUSAL_LOOK = 600,
	SIGNATURE_WIDTH = 100
};

enum said { SAID_NOTHING = 0, SAID_YES, SAID_NO, SAID_MORE };

/* What somebody is called may stand below what they say, unless it is a word of doubt. */
static const char *name_of(struct arena *arena, const struct mail_message *m)
{
	const char *name = str_or(m->from.name, "");

	return doubt_in(arena, name) ? "" : name;
}

static enum said said_by(struct arena *arena, const char *spoken,
			 const struct yes_known *known)
{
	if (!*spoken)
		return SAID_NOTHING;
	if (yes_is_all(arena, spoken, known))
		return SAID_YES;
	return no_is_all(arena, spoken, known->names) ? SAID_NO : SAID_MORE;
}

/* That of our question says nothing new; any other is the writer's own, or a machine's. */
static enum said subject_says(struct arena *arena, const struct mail_message *m,
			      const struct classify_question *asked,
			      const struct yes_known *beside)
{
	const char *words;
	struct mail_message bare = {0};

	if (yes_is_turned(str_or(m->subject, "")))
		return SAID_MORE;
	if (question_is_subject(arena, m->subject, asked, &words))
		return SAID_NOTHING;
	bare.subject = words;
	return classify_command_of(&bare) == CLASSIFY_LEAVE
		       ? SAID_NO
		       : said_by(arena, words, beside);
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

/* The paragraph without the lines by which programs sign. */
static const char *without_devices(struct arena *arena, const char *paragraph)
{
	AUTO(buf) out = buf_new(strlen(paragraph) + 1);

	while (*paragraph) {
		size_t len = strcspn(paragraph, "\n");
		const char *line = arena_strndup(arena, paragraph, len);

		if (!machine_device_is_known(arena, line))
			buf_printf(out, "%s%s", out->len ? "\n" : "", line);
		paragraph += len + (paragraph[len] == '\n');
	}
	return arena_strdup(arena, buf_text(out));
}

/* Below "-- " stands who they are, and what their firm says below every mail. */
static bool signature_says_more(struct arena *arena, const char *signature)
{
	while (*signature) {
		const char *end = strstr(signature, "\n\n");
		size_t len = end ? (size_t)(end - signature) : strlen(signature);
		const char *paragraph =
			without_devices(arena, arena_strndup(arena, signature, len));

		signature += len + strspn(signature + len, "\n");
		if (classify_is_footer(arena, paragraph)) {
			if (doubt_in_notice(arena, paragraph))
				return true;
			continue;
		}
		if (doubt_in(arena, paragraph))
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

/* Names and firms' words around what is spoken, which is a part of words. */
static bool edges_doubt(struct arena *arena, const char *words, const char *spoken)
{
	const char *at = strstr(words, spoken);
	const char *edges[] = {
		arena_strndup(arena, words, at ? (size_t)(at - words) : strlen(words)),
		at ? at + strlen(spoken) : ""};

	for (size_t i = 0; i < ARRAY_LEN(edges); i++)
		for (const char *rest = edges[i]; *rest;) {
			const char *end = strstr(rest, "\n\n");
			size_t len = end ? (size_t)(end - rest) : strlen(rest);
			const char *paragraph = arena_strndup(arena, rest, len);

			rest += len + strspn(rest + len, "\n");
			if (classify_is_banner(arena, paragraph) ||
					    classify_is_footer(arena, paragraph)
				    ? doubt_in_notice(arena, paragraph)
				    : doubt_in(arena, paragraph))
				return true;
		}
	return false;
}

/* An answer of these words; what stands around them may say otherwise. */
static enum said words_say(struct arena *arena, const struct question_rest *left,
			   const struct yes_known *beside)
{
	const struct mail_message bare = {.text_new = left->words};
	const char *spoken = classify_spoken(arena, left->words);
	enum said said;

	/* Whoever writes nothing, and has a signature, may have written below its mark. */
	if (!*spoken)
		return *left->words || *left->signature || *left->marks ? SAID_MORE
									: SAID_NOTHING;
	said = classify_command_of(&bare) == CLASSIFY_LEAVE
		       ? SAID_NO
		       : said_by(arena, spoken, beside);
	if (said == SAID_MORE)
		return said;
	if (signature_says_more(arena, left->signature) || doubt_in(arena, left->marks))
		return SAID_MORE;
	return said == SAID_YES && edges_doubt(arena, left->words, spoken) ? SAID_MORE
									   : said;
}

static enum said text_says(struct arena *arena, const struct mail_message *m,
			   const char *text, const struct classify_question *asked,
			   const struct yes_known *beside)
{
	struct question_rest left = question_left(arena, text, asked);

	if (yes_is_turned(text) || has_files(m) ||
	    (!*left.words && (m->attachment_count || m->seen.pictures)) ||
	    strlen(left.words) > ANSWER_MOST)
		return SAID_MORE;
	return words_say(arena, &left, beside);
}

/* Both its plain text and what its HTML shows: people read the one or the other. */
static enum said all_says(struct arena *arena, const struct mail_message *m,
			  const struct classify_question *asked,
			  const struct yes_known *beside)
{
	enum said text = text_says(arena, m, str_or(m->text, str_or(m->text_new, "")),
				   asked, beside);

	if (m->seen.words && text_says(arena, m, m->seen.words, asked, beside) != text)
		return SAID_MORE;
	return text;
}

/* With the names that programs put of whoever answers. */
static struct classify_question with_names(struct arena *arena,
					   const struct mail_message *m,
					   const struct classify_question *asked)
{
	struct classify_question known = asked ? *asked : (struct classify_question){0};

	known.names = arena_printf(arena, "%s\n%s\n%s", str_or(known.names, ""),
				   name_of(arena, m), str_or(m->from.address, ""));
	return known;
}

/* In doubt it was not read to its end, not looked at, or is more than anybody would write. */
static bool is_read_whole(const struct mail_message *m)
{
	const char *const said[] = {m->text, m->text_new, m->seen.words, m->subject,
				    m->from.name};

	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		if (strlen(str_or(said[i], "")) > MAIL_MOST)
			return false;
	return m->seen.what == MAIL_SEEN_WORDS && !m->limits_hit.count;
}

/* Sender, Resent-From and the like name another than From: who of them says so? */
static bool is_sent_by_another(const struct mail_message *m)
{
	for (size_t i = 0; i < m->beside.count; i++) {
		const char *other = m->beside.items[i].address;

		if (!str_empty(other) && !str_ieq(other, str_or(m->from.address, "")))
			return true;
	}
	return false;
}

/* A yes, or silence, that somebody else or a program may have sent is for a person. */
static enum classify_answer if_theirs(const struct mail_message *m,
				      enum classify_answer said)
{
	return is_sent_by_another(m) ||
			       (said == CLASSIFY_SAYS_NOTHING && !str_empty(m->machine))
		       ? CLASSIFY_SAYS_MORE
		       : said;
}

enum classify_answer classify_answer_of(const struct mail_message *m,
					const struct classify_question *asked)
{
	struct classify_question known;
	struct yes_known beside;
	AUTO(arena) arena = NULL;
	enum said subject, text;

	if (!is_read_whole(m))
		return CLASSIFY_SAYS_MORE;
	arena = arena_new(16 << 10);
	known = with_names(arena, m, asked);
	beside = (struct yes_known){name_of(arena, m), asked ? asked->names : NULL};
	subject = subject_says(arena, m, &known, &beside);
	text = all_says(arena, m, &known, &beside);
	if (subject == SAID_NO || text == SAID_NO)
		return subject == SAID_YES || text == SAID_YES || subject == SAID_MORE ||
				       text == SAID_MORE
			       ? CLASSIFY_SAYS_MORE
			       : CLASSIFY_SAYS_NO;
	if (subject == SAID_MORE || text == SAID_MORE)
		return CLASSIFY_SAYS_MORE;
	return if_theirs(m, subject == SAID_YES || text == SAID_YES
				    ? CLASSIFY_SAYS_YES
				    : CLASSIFY_SAYS_NOTHING);
}

static bool only_leaves(struct arena *arena, const struct mail_message *m,
			const char *text, const struct classify_question *names)
{
	const struct question_rest left = question_left(arena, text, names);
	const struct mail_message bare = {.text_new = left.words};
	const char *spoken = classify_spoken(arena, left.words);

	if (*spoken && classify_command_of(&bare) != CLASSIFY_LEAVE &&
	    !no_is_leaving(arena, spoken, name_of(arena, m)))
		return false;
	return !signature_says_more(arena, left.signature) &&
	       !doubt_in(arena, left.marks) && !edges_doubt(arena, left.words, spoken);
}

/* That of what is answered is not known here: it says nothing. */
static bool subject_only_leaves(struct arena *arena, const struct mail_message *m)
{
	const struct mail_message bare = {.subject = m->subject};
	bool answers;
	const char *words = words_subject(str_or(m->subject, ""), &answers);

	return !*words || (answers && !reply_subject_forwards(m->subject)) ||
	       classify_command_of(&bare) == CLASSIFY_LEAVE ||
	       no_is_leaving(arena, words, NULL);
}

bool classify_leaves_plainly(const struct mail_message *m)
{
	AUTO(arena) arena = NULL;
	struct classify_question names;
	const char *shown, *quoted;

	if (!is_read_whole(m) || has_files(m))
		return false;
	arena = arena_new(16 << 10);
	names = with_names(arena, m, NULL);
	if (!subject_only_leaves(arena, m) ||
	    !only_leaves(arena, m, str_or(m->text_new, ""), &names))
		return false;
	if (!m->seen.words)
		return true;
	mail_reply_cut(arena, m->seen.words, &shown, &quoted);
	return only_leaves(arena, m, str_or(shown, ""), &names);
}
