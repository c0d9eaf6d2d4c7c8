#include "proposal/mail_look.h"
#include "base/str.h"
#include "text/letter/frame_book.h"

enum {
	MOTTO_WORDS = 7, /* "Keeping children safe since 1884" */
	NAME_WORDS = 6,
	SUBJECT_WORDS = 3,
	BARE_WORDS = 8
};

typedef const struct speech_sentence sentence;

/* Of its questions one may be named. */
bool look_answers(const struct look *l)
{
	return l->mail->choices || l->mail->form || l->mail->answers > 1 || l->below ||
	       l->has & ROLE_SUBSTANCE || l->s.words > LOOK_WORDS_MOST;
}

/* A subject that begins with "Re:" is ours, or that of whoever is answered. */
static const char *own_subject(const char *subject)
{
	return str_empty(subject) || str_istarts(subject, "re:") ||
			       str_istarts(subject, "aw:")
		       ? ""
		       : subject;
}

/* Nothing but words with a capital: a name, an office, a place. */
static bool is_name(const struct look *l, size_t at)
{
	static const char *const small[] = {"of ", "and ", "the ", "for ", "& "};
	sentence *s = &l->s.items[at];
	bool begins = true;

	if (s->words > NAME_WORDS || s->yes_or_no ||
	    l->roles[at] & (ROLE_VIEW | ROLE_MATTER | ROLE_ASKS_SHORT))
		return false;
	for (size_t i = s->from; i < s->to; i++) {
		bool low = str_lower_char(l->said[i]) == l->said[i];

		for (size_t k = 0; begins && k < ARRAY_LEN(small); k++)
			if (str_starts(l->said + i, small[k]))
				low = false;
		if (begins && str_is_alpha(l->said[i]) && low)
			return false;
		begins = !str_is_alpha(l->said[i]);
	}
	return true;
}

/* The words of a sentence are those of the sender's name. */
static bool is_sender(const struct look *l, size_t at)
{
	const char *who = str_or(l->mail->sender, "");

	for (size_t i = 0; i < l->tokens[at].count; i++) {
		const char *word = l->tokens[at].items[i].word;

		if (strlen(word) > 1 && !str_ifind(who, word))
			return false;
	}
	return *who;
}

/* "Might we have a week more? Two of us are away": why somebody asks is no answer. */
static void leave_out_personal(struct look *l)
{
	unsigned wants = ROLE_ASKS | ROLE_ASKS_PLAIN | ROLE_ASKS_SHORT | ROLE_WANTS_MAIL |
			 ROLE_WANTS_NONE | ROLE_COMPLAINS;
	unsigned asks_for = ROLE_WANTS_RECORDS | ROLE_OWN_DATA | ROLE_NAMES_ACT;

	for (size_t i = 0; i < l->s.count; i++) {
		unsigned near = (i ? l->roles[i - 1] : 0) |
				(i + 1 < l->s.count ? l->roles[i + 1] : 0);

		if (l->roles[i] & ROLE_PERSONAL &&
		    (near & wants ||
		     (near & asks_for && l->roles[i] & (ROLE_CONTEXT | ROLE_PROCESS))))
			l->roles[i] = ROLE_CONTEXT;
	}
}

/*
 * What stands below a signature is taken for a notice; some people sign a covering note
 * and put their response there.
 */
static bool answers_below(struct arena *arena, const struct speech_topic *topic,
			  const struct frame *frame, const struct look *l)
{
	const char *text = str_or(l->mail->text, "");
	size_t from = 0;
	struct speech s;

	for (size_t i = 0; i < frame->count && !from; i++)
		if (frame->lines[i].kind == FRAME_SIGNATURE ||
		    frame->lines[i].kind == FRAME_NOTICE)
			from = frame->lines[i].to;
	if (!from)
		return false;
	speech_read(arena, text + from, topic, &s);
	for (size_t i = 0; from && i < s.count && s.words <= LOOK_WORDS_MOST; i++) {
		struct tokens t;
		unsigned role;

		token_read(arena, text + from + s.items[i].from,
			   s.items[i].to - s.items[i].from, &t);
		role = role_of(&t, &s.items[i], topic);
		if (role & ROLE_VIEW || (role & ROLE_SUBSTANCE && role & ROLE_MATTER &&
					 t.count > MOTTO_WORDS))
			return true;
	}
	return from && s.words > LOOK_WORDS_MOST;
}

/* What is left of a signature at the end is nothing that was said. */
static void leave_out_signature(struct look *l)
{
	size_t first = l->subject & (ROLE_WANTS_MAIL | ROLE_WANTS_NONE) ? 0 : 1;

	for (size_t i = l->s.count; i-- > first;) {
		if (!is_name(l, i) && !is_sender(l, i))
			return;
		l->roles[i] = 0;
		l->said_to = i;
	}
}

/* What each sentence is. */
static void read_roles(struct arena *arena, const struct speech_topic *topic,
		       const struct frame *frame, struct look *l)
{
	const char *subject = own_subject(l->mail->subject);
	struct speech_sentence title = {.folded = "", .question = strchr(subject, '?')};
	struct tokens *words = &l->subject_tokens;

	speech_read(arena, l->said, topic, &l->s);
	l->tokens = arena_make(arena, struct tokens, l->s.count + 1);
	l->roles = arena_make(arena, unsigned, l->s.count + 1);
	for (size_t i = 0; i < l->s.count && l->s.words <= LOOK_WORDS_MOST; i++) {
		sentence *s = &l->s.items[i];

		token_read(arena, l->said + s->from, s->to - s->from, &l->tokens[i]);
		l->roles[i] = role_of(&l->tokens[i], s, topic);
	}
	token_read(arena, subject, strlen(subject), words);
	l->subject = role_of(words, &title, topic);
	if (words->has & TOKEN(LIST) && words->count <= SUBJECT_WORDS &&
	    l->s.words <= BARE_WORDS)
		l->subject |= ROLE_WANTS_MAIL;
	l->said_to = l->s.count;
	leave_out_signature(l);
	leave_out_personal(l);
	for (size_t i = 0; i < l->s.count; i++)
		l->has |= l->roles[i];
	l->below = answers_below(arena, topic, frame, l);
}

void look_hear(struct arena *arena, struct look *l)
{
	const char *subject = own_subject(l->mail->subject);

	speech_hear(&l->s);
	l->subject_says = speech_classes(speech_fold(arena, subject, strlen(subject)));
}

bool look_list_is_topic(const struct look *l)
{
	return speech_classes(l->topic) & SPEECH(LIST);
}

void look_read(struct arena *arena, const struct proposal_mail *mail, struct look *out)
{
	const char *text = str_or(mail->text, "");
	AUTO(arena) lines = arena_new(1 << 14);
	struct speech_topic topic;
	struct look l = {.mail = mail};
	struct frame_book *letter = mail->letter;
	struct frame frame;

	if (!letter)
		letter = frame_book_new(arena, mail->sender);

	speech_topic_of(arena, mail->questions, &topic);
	l.topic = topic.folded;
	frame_book_read(letter, lines, text, strlen(text), &frame);
	l.said = frame_said_of(arena, text, &frame);
	if (str_blank(l.said)) /* "Many thanks" closes a letter, or is all of it */
		l.said = str_or(mail->text, "");
	read_roles(arena, &topic, &frame, &l);
	*out = l;
}
