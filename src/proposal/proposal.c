#include "proposal/proposal.h"
#include "base/str.h"
#include "proposal/sentence_role.h"
#include "text/frame.h"

enum {
	WORDS_MOST = 400, /* of a mail that is none: who writes more says more */
	AWAY_WORDS = 130,
	AWAY_BESIDE = 25,
	SHORT_RECEIPT = 14,
	MOTTO_WORDS = 7, /* "Keeping children safe since 1884" */
	THANKS_WORDS = 80,
	NAME_WORDS = 6,
	SUBJECT_WORDS = 3,
	BARE_WORDS = 8,
	OFFERS_LEAST = 4 /* words of trade; what plainly offers counts as two */
};

/* A mail being looked at. */
struct look {
	const struct proposal_mail *mail;
	const char *said; /* without greeting, form, signature */
	struct speech s;
	const struct lexicon *lexicon;
	struct tokens *tokens; /* of each sentence */
	unsigned *roles;       /* role_of() of each */
	size_t said_to;        /* sentences before the signature */
	unsigned has;          /* all that they are */
	unsigned subject;      /* what its subject is; 0 where that is ours */
	uint64_t subject_says;
	bool below;         /* something answers below its signature */
	bool list_is_topic; /* then "the list" is the consultation's own word */
	const struct speech_sentence *tells;
};

typedef const struct speech_sentence sentence;

static bool any(sentence *s, uint64_t classes)
{
	return s->has & classes;
}

/* Does any sentence answer the consultation? Of its questions one may be named. */
static bool answers(const struct look *l)
{
	return l->mail->choices || l->mail->form || l->mail->answers > 1 || l->below ||
	       l->has & ROLE_SUBSTANCE || l->s.words > WORDS_MOST;
}

/* How many sentences are any of that; the first of them is told of. */
static size_t with_role(struct look *l, unsigned roles)
{
	size_t n = 0;

	for (size_t i = 0; i < l->s.count; i++)
		if (l->roles[i] & roles && !n++)
			l->tells = &l->s.items[i];
	return n;
}

/* So does the subject, where no sentence does; it is told of then. */
static bool is_about(struct look *l, unsigned roles)
{
	if (with_role(l, roles))
		return true;
	l->tells = NULL;
	return l->subject & roles;
}

/* The first sentence of which a test holds; told of. */
typedef bool test_fn(const struct look *l, sentence *s);

static size_t count_of(struct look *l, test_fn *test)
{
	size_t n = 0;

	for (size_t i = 0; i < l->s.count; i++) {
		if (l->s.items[i].pasted || !test(l, &l->s.items[i]))
			continue;
		if (!n++)
			l->tells = &l->s.items[i];
	}
	return n;
}

static bool is_away(const struct look *l, sentence *s)
{
	(void)l;
	return any(s, SPEECH(AWAY));
}

static bool says_when(const struct look *l, sentence *s)
{
	return is_away(l, s) && any(s, SPEECH(TIME));
}

static bool stands_in(const struct look *l, sentence *s)
{
	(void)l;
	return any(s, SPEECH(STAND_IN));
}

static bool by_machine(const struct look *l, sentence *s)
{
	(void)l;
	return any(s, SPEECH(MACHINE) | SPEECH(MACHINE_SURE));
}

/* A sign as what it proposes. tells: NULL, then the subject does. */
static void propose(struct arena *arena, const struct look *l, enum proposal_kind kind,
		    enum proposal_sign sign, bool whole, struct proposals *out)
{
	out->items[out->count++] = (struct proposal){
		.kind = kind,
		.sign = sign,
		.whole = whole,
		.words = l->tells ? proposal_words(arena, l->said, l->tells)
				  : arena_strdup(arena, str_or(l->mail->subject, "")),
	};
}

/* Is a sentence the first of a paragraph? */
static bool begins_paragraph(const struct look *l, size_t at)
{
	size_t breaks = 0;

	if (!at)
		return true;
	for (size_t i = l->s.items[at - 1].to; i < l->s.items[at].from; i++)
		breaks += l->said[i] == '\n';
	return breaks > 1;
}

/*
 * Each paragraph of an advertisement offers something, or speaks to whoever reads it, and
 * so do its first and last sentence; what stands apart from that, and what speaks of the
 * matter and not of wares, is somebody's own.
 */
static bool only_offers(const struct look *l)
{
	bool offers = true;

	for (size_t i = 0; i < l->s.count; i++) {
		unsigned role = l->roles[i];
		bool wares = role & ROLE_OFFERS || l->tokens[i].has & TOKEN(TRADE);

		if (role & (ROLE_VIEW | ROLE_MUCH_MATTER) ||
		    (role & ROLE_MATTER &&
		     (!wares || token_match(&l->tokens[i], role_judges))))
			return false;
		if ((!i || i + 1 == l->said_to) && role & ROLE_SUBSTANCE && !wares)
			return false;
		if (begins_paragraph(l, i)) {
			if (!offers)
				return false;
			offers = false;
		}
		offers |= wares || !(role & ROLE_SUBSTANCE);
	}
	return offers;
}

static bool advertisement(struct look *l, enum proposal_sign *out)
{
	size_t score = 0;

	for (size_t i = 0; i < l->s.count; i++)
		score += token_count(&l->tokens[i], TOKEN(TRADE)) +
			 2 * token_matches(&l->tokens[i], role_offers, OFFERS_LEAST);
	score += l->subject & ROLE_OFFERS ? 2 : 0;
	score += l->mail->in_bulk ? 2 : 0;
	*out = l->mail->in_bulk ? PROPOSAL_IN_BULK : PROPOSAL_OFFERS;
	return !l->mail->answers && !l->mail->choices && !l->mail->form && !l->below &&
	       l->s.words <= WORDS_MOST && score >= OFFERS_LEAST &&
	       is_about(l, ROLE_OFFERS) && only_offers(l);
}

/* It may be part of a response; its clock starts all the same. */
static void information(struct arena *arena, struct look *l, struct proposals *out)
{
	bool whole = !l->mail->files && !answers(l);
	enum proposal_sign sign;

	if (advertisement(l, &sign))
		return;
	if (with_role(l, ROLE_OWN_DATA))
		propose(arena, l, PROPOSAL_INFORMATION, PROPOSAL_OWN_DATA, whole, out);
	else if (with_role(l, ROLE_NAMES_ACT) || (whole && l->subject & ROLE_NAMES_ACT &&
						  with_role(l, ROLE_WANTS_RECORDS)))
		propose(arena, l, PROPOSAL_INFORMATION, PROPOSAL_NAMES_ACT, whole, out);
	else if (whole && !l->mail->answers && with_role(l, ROLE_WANTS_RECORDS))
		propose(arena, l, PROPOSAL_INFORMATION, PROPOSAL_ASKS_RECORDS, true, out);
}

/* What nobody is there to read is told in a few sentences that no response has. */
static bool answers_beside(const struct look *l)
{
	uint64_t kind = SPEECH(AWAY) | SPEECH(STAND_IN) | SPEECH(MACHINE) |
			SPEECH(MACHINE_SURE) | SPEECH(THANKS);
	size_t beside = 0;

	if (l->below)
		return true;
	for (size_t i = 0; i < l->s.count; i++) {
		unsigned role = l->roles[i];

		if (role & ROLE_VIEW ||
		    (role & ROLE_MATTER && (!any(&l->s.items[i], kind) ||
					    token_match(&l->tokens[i], role_judges))))
			return true;
		if (role & ROLE_SUBSTANCE && !any(&l->s.items[i], kind))
			beside += l->s.items[i].words;
	}
	return beside > AWAY_BESIDE;
}

/* A machine asks nothing, and is on no list. */
static bool wants_something(const struct look *l)
{
	for (size_t i = 0; i < l->s.count; i++) {
		unsigned role = l->roles[i];

		if (l->s.items[i].question ||
		    (role & (ROLE_ASKS | ROLE_ASKS_PLAIN) &&
		     !any(&l->s.items[i], SPEECH(STAND_IN))) ||
		    (role & ROLE_WANTS_NONE && l->tokens[i].has & TOKEN(LIST)))
			return true;
	}
	return false;
}

/* No field of its header tells: its words do, and that it answers a mail. */
static bool automatic(struct look *l, enum proposal_sign *out)
{
	size_t away, when, machine, points;

	if (l->s.words > AWAY_WORDS || l->mail->files || l->mail->answers ||
	    answers_beside(l) || wants_something(l))
		return false;
	points = (count_of(l, stands_in) > 0) + l->mail->answers_us;
	machine = count_of(l, by_machine);
	when = count_of(l, says_when);
	away = count_of(l, is_away);
	points += when ? 2 : away ? 1 : 0;
	points += machine ? 1 + (machine > 1) : 0;
	points += l->s.has & SPEECH(MACHINE_SURE) ? 3 : 0;
	points += !!(l->subject_says & (SPEECH(AWAY) | SPEECH(MACHINE)));
	*out = away ? PROPOSAL_ABSENT : PROPOSAL_BY_MACHINE;
	if (!away)
		machine = count_of(l, by_machine); /* that is what tells it */
	return (away || machine || l->mail->answers_us) &&
	       points >= (l->mail->answers_us ? 2 : 3);
}

static bool is_plain(const struct look *l)
{
	return !l->mail->files && !l->mail->answers && !answers(l);
}

/* Where lists are what is consulted on, the sentence must call the mail something else. */
static bool names_mail(const struct look *l)
{
	const struct tokens *t;

	if (!l->list_is_topic)
		return true;
	if (!l->tells)
		return false;
	t = &l->tokens[l->tells - l->s.items];
	for (size_t i = 0; i < t->count; i++)
		if (t->items[i].is & TOKEN(LIST) && !str_starts(t->items[i].word, "list"))
			return true;
	return false;
}

static bool unsubscribing(struct look *l)
{
	return is_plain(l) && is_about(l, ROLE_WANTS_NONE) && names_mail(l);
}

static bool subscribing(struct look *l)
{
	return is_plain(l) && is_about(l, ROLE_WANTS_MAIL) && names_mail(l);
}

/* A question that finds fault is a complaint; one beside a fault is a question. */
static bool complaining(struct look *l)
{
	size_t asked = 0;

	if (answers(l))
		return false;
	if (is_about(l, ROLE_COMPLAINS))
		return true;
	for (size_t i = 0; i < l->s.count; i++)
		asked += l->roles[i] & (ROLE_ASKS | ROLE_ASKS_PLAIN) ||
			 (l->roles[i] & ROLE_ASKS_SHORT &&
			  !(l->roles[i] & ROLE_FINDS_FAULT));
	for (size_t i = 0; i < l->s.count && !asked; i++)
		if (l->roles[i] & ROLE_FINDS_FAULT && l->tokens[i].has & TOKEN(CORE)) {
			l->tells = &l->s.items[i];
			return true;
		}
	return false;
}

static bool questioning(struct look *l)
{
	return !l->mail->files && !answers(l) &&
	       (is_about(l, ROLE_ASKS | ROLE_ASKS_PLAIN) || is_about(l, ROLE_ASKS_SHORT));
}

/* "I have it now. Thanks": what thanks may stand where a closing stands. */
static bool thanks_in_closing(struct arena *arena, const struct look *l)
{
	const char *text = str_or(l->mail->text, "");
	struct tokens words;

	token_read(arena, l->lexicon, text, strlen(text), &words);
	return l->s.count == 1 && l->s.words <= SHORT_RECEIPT &&
	       token_match(&l->tokens[0], "@me ?now|also have|got|received|found") &&
	       token_match(&words, role_thanks);
}

static bool only_thanks(struct arena *arena, struct look *l)
{
	l->tells = l->s.count ? l->s.items : NULL;
	return is_plain(l) && l->s.words <= THANKS_WORDS &&
	       (with_role(l, ROLE_THANKS) || thanks_in_closing(arena, l));
}

static void whole(struct arena *arena, struct look *l, struct proposals *out)
{
	enum proposal_sign sign;

	if (advertisement(l, &sign))
		propose(arena, l, PROPOSAL_ADVERTISEMENT, sign, true, out);
	else if (automatic(l, &sign))
		propose(arena, l, PROPOSAL_AUTOMATIC, sign, true, out);
	else if (unsubscribing(l))
		propose(arena, l, PROPOSAL_UNSUBSCRIBE, PROPOSAL_WANTS_NONE, true, out);
	else if (subscribing(l))
		propose(arena, l, PROPOSAL_SUBSCRIBE, PROPOSAL_WANTS_MAIL, true, out);
	else if (complaining(l))
		propose(arena, l, PROPOSAL_COMPLAINT, PROPOSAL_COMPLAINS, true, out);
	else if (questioning(l))
		propose(arena, l, PROPOSAL_QUESTION, PROPOSAL_ASKS, true, out);
	else if (only_thanks(arena, l))
		propose(arena, l, PROPOSAL_THANKS, PROPOSAL_ONLY_THANKS, true, out);
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
			  const struct look *l)
{
	const char *text = str_or(l->mail->text, "");
	size_t from = 0;
	struct frame frame;
	struct speech s;

	frame_read(arena, text, strlen(text), l->mail->sender, &frame);
	for (size_t i = 0; i < frame.count && !from; i++)
		if (frame.lines[i].kind == FRAME_SIGNATURE ||
		    frame.lines[i].kind == FRAME_NOTICE)
			from = frame.lines[i].to;
	speech_read(arena, text + from, topic, &s);
	for (size_t i = 0; from && i < s.count && s.words <= WORDS_MOST; i++) {
		struct tokens t;
		unsigned role;

		token_read(arena, l->lexicon, text + from + s.items[i].from,
			   s.items[i].to - s.items[i].from, &t);
		role = role_of(&t, &s.items[i], topic);
		if (role & ROLE_VIEW || (role & ROLE_SUBSTANCE && role & ROLE_MATTER &&
					 t.count > MOTTO_WORDS))
			return true;
	}
	return from && s.words > WORDS_MOST;
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
		       struct look *l)
{
	const char *subject = own_subject(l->mail->subject);
	struct speech_sentence title = {.folded = "", .question = strchr(subject, '?')};
	struct tokens words;

	l->lexicon = lexicon_new(arena);
	speech_read(arena, l->said, topic, &l->s);
	l->tokens = arena_make(arena, struct tokens, l->s.count + 1);
	l->roles = arena_make(arena, unsigned, l->s.count + 1);
	for (size_t i = 0; i < l->s.count && l->s.words <= WORDS_MOST; i++) {
		sentence *s = &l->s.items[i];

		token_read(arena, l->lexicon, l->said + s->from, s->to - s->from,
			   &l->tokens[i]);
		l->roles[i] = role_of(&l->tokens[i], s, topic);
	}
	token_read(arena, l->lexicon, subject, strlen(subject), &words);
	l->subject = role_of(&words, &title, topic);
	if (words.has & TOKEN(LIST) && words.count <= SUBJECT_WORDS &&
	    l->s.words <= BARE_WORDS)
		l->subject |= ROLE_WANTS_MAIL;
	l->said_to = l->s.count;
	leave_out_signature(l);
	leave_out_personal(l);
	for (size_t i = 0; i < l->s.count; i++)
		l->has |= l->roles[i];
	l->below = answers_below(arena, topic, l);
	l->subject_says = speech_classes(speech_fold(arena, subject, strlen(subject)));
}

void proposal_read(struct arena *arena, const struct proposal_mail *mail,
		   struct proposals *out)
{
	struct speech_topic topic;
	struct look l = {.mail = mail};
	struct proposals found = {.count = 0};

	speech_topic_of(arena, mail->questions, &topic);
	l.list_is_topic = speech_classes(topic.folded) & SPEECH(LIST);
	l.said = frame_said(arena, str_or(mail->text, ""), mail->sender);
	if (str_blank(l.said)) /* "Many thanks" closes a letter, or is all of it */
		l.said = str_or(mail->text, "");
	read_roles(arena, &topic, &l);
	if (proposal_risk(arena,
			  arena_printf(arena, "%s.\n%s", str_or(mail->subject, ""),
				       str_or(mail->all, str_or(mail->text, ""))),
			  &found.items[found.count]))
		found.count++;
	information(arena, &l, &found);
	/* Who may be at risk is heard as that first: it is no advertisement, no thanks. */
	if (!found.count)
		whole(arena, &l, &found);
	*out = found;
}
