#include "proposal/proposal.h"
#include "base/str.h"
#include "text/frame.h"

enum {
	SHORT_WORDS = 45,
	WISH_WORDS = 140, /* a wish is short; who writes more says more */
	AWAY_WORDS = 130,
	THANKS_WORDS = 60,
	THANKS_CONTEXT = 8,
	ASIDE_WORDS = 5,    /* of a sentence that says nothing much */
	CONTEXT_WORDS = 25, /* about the writer, beside what they want */
	EXPLAINED_TOPICS = 2,
	BARE_WORDS = 45,
	COMPLAINT_WORDS = 400,
	ADVERT_TOPICS = 1
};

/* A mail being looked at. */
struct look {
	const struct proposal_mail *mail;
	const char *said; /* without greeting, form, signature */
	struct speech s;
	uint64_t subject;   /* what its subject says; 0 where that is ours */
	bool list_is_topic; /* then "the list" is the consultation's own word */
	const struct speech_sentence *tells;
};

typedef const struct speech_sentence sentence;

static int ones(uint64_t bits)
{
	return __builtin_popcountll(bits);
}

static bool any(sentence *s, uint64_t classes)
{
	return s->has & classes;
}

static bool all(sentence *s, uint64_t classes)
{
	return (s->has & classes) == classes;
}

/* How a sentence stands to a kind of mail that says such things. */
enum part_in { EXPLAINED, CONTEXT, ASIDE, ANSWERS };

/* Words that say by themselves what a sentence is for. */
static const uint64_t sure = SPEECH(ASKING) | SPEECH(HELD) | SPEECH(ACT_NAMED) |
			     SPEECH(OWN_DATA) | SPEECH(OFF_SURE) | SPEECH(ON_SURE) |
			     SPEECH(COMPLAINT);

/* Words that stand in any mail. */
static const uint64_t loose = SPEECH(WISH) | SPEECH(YOU) | SPEECH(PROCESS) |
			      SPEECH(ENQUIRY) | SPEECH(PRICE) | SPEECH(THANKS) |
			      SPEECH(RECEIPT);

/*
 * What only a response says: yes or no, an opinion, something about the matter. A
 * sentence that the kind explains may touch on the matter; any other is context only
 * where it is about the writer, or short.
 */
static enum part_in part_in(sentence *s, uint64_t kind)
{
	bool matter = s->topics || any(s, SPEECH(GENERAL) | SPEECH(FIELD));

	if (s->pasted)
		return EXPLAINED;
	if (s->yes_or_no || any(s, SPEECH(NOTHING)))
		return ANSWERS;
	if (any(s, SPEECH(OPINION)) && !(s->question && any(s, SPEECH(FIRST))) &&
	    !any(s, kind & sure & ~(SPEECH(ACT_NAMED) | SPEECH(HELD))))
		return ANSWERS;
	if (s->question || any(s, kind & sure))
		return EXPLAINED;
	if (any(s, kind))
		return ones(s->topics) >= EXPLAINED_TOPICS ||
				       (any(s, SPEECH(FIELD)) && !any(s, kind & ~loose))
			       ? ANSWERS
			       : EXPLAINED;
	if (matter)
		return ANSWERS;
	return any(s, SPEECH(FIRST)) ? CONTEXT : ASIDE;
}

/* Does anything answer the consultation, beside what a kind of mail says? */
static bool answers_beside(const struct look *l, uint64_t kind, size_t context_most)
{
	size_t context = 0, aside = 0;

	if (l->mail->choices || l->mail->form || l->mail->answers > 1)
		return true;
	for (size_t i = 0; i < l->s.count; i++) {
		enum part_in part = part_in(&l->s.items[i], kind);

		if (part == ANSWERS)
			return true;
		if (part == CONTEXT)
			context += l->s.items[i].words;
		if (part == ASIDE)
			aside += l->s.items[i].words;
	}
	return context + aside > context_most || aside > ASIDE_WORDS;
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

static bool names_act(const struct look *l, sentence *s)
{
	uint64_t asks = SPEECH(WISH) | SPEECH(RECORDS) | SPEECH(HELD) | SPEECH(FIRST) |
			SPEECH(YOU);

	(void)l;
	return any(s, SPEECH(ACT_NAMED)) && any(s, SPEECH(DEMAND)) && any(s, asks) &&
	       !any(s, SPEECH(OPINION));
}

/* "Request under the Act" as the subject, or as a heading. */
static bool demands(const struct look *l, sentence *s)
{
	(void)l;
	return any(s, SPEECH(DEMAND)) && any(s, SPEECH(RECORDS) | SPEECH(HELD)) &&
	       !any(s, SPEECH(OPINION));
}

static bool own_data(const struct look *l, sentence *s)
{
	(void)l;
	return any(s, SPEECH(OWN_DATA)) &&
	       (s->question || any(s, SPEECH(DEMAND) | SPEECH(WISH))) &&
	       !any(s, SPEECH(OPINION));
}

static bool asks_records(const struct look *l, sentence *s)
{
	(void)l;
	if (any(s, SPEECH(OPINION)))
		return false;
	if (any(s, SPEECH(HELD)) && any(s, SPEECH(DEMAND) | SPEECH(WISH)))
		return true;
	return any(s, SPEECH(RECORDS)) && any(s, SPEECH(DEMAND) | SPEECH(WISH)) &&
	       !any(s, SPEECH(PROCESS)) &&
	       (s->question || any(s, SPEECH(WISH) | SPEECH(YOU)));
}

static bool wants_none(const struct look *l, sentence *s)
{
	if (any(s, SPEECH(OWN_WORDS)) && !any(s, SPEECH(LIST)))
		return false;
	if (any(s, SPEECH(OFF_SURE)))
		return any(s, SPEECH(FIRST) | SPEECH(WISH) | SPEECH(YOU));
	return !l->list_is_topic && all(s, SPEECH(OFF) | SPEECH(LIST)) &&
	       !any(s, SPEECH(OPINION)) &&
	       any(s, SPEECH(WISH) | SPEECH(FIRST) | SPEECH(YOU));
}

static bool wants_mail(const struct look *l, sentence *s)
{
	bool list = any(s, SPEECH(LIST)) || l->subject & SPEECH(LIST);

	if (any(s, SPEECH(OPINION)))
		return false;
	if (any(s, SPEECH(ON_SURE)))
		return (list && !l->list_is_topic) ||
		       (!s->topics && !any(s, SPEECH(OWN_WORDS)));
	return !l->list_is_topic && any(s, SPEECH(LIST)) &&
	       all(s, SPEECH(ON) | SPEECH(WISH)) && !any(s, SPEECH(OFF));
}

static bool complains(const struct look *l, sentence *s)
{
	(void)l;
	return any(s, SPEECH(COMPLAINT)) &&
	       any(s, SPEECH(PROCESS) | SPEECH(YOU) | SPEECH(LIST));
}

static bool is_fault(const struct look *l, sentence *s)
{
	(void)l;
	return any(s, SPEECH(FAULT) | SPEECH(COMPLAINT));
}

static bool finds_fault(const struct look *l, sentence *s)
{
	(void)l;
	return any(s, SPEECH(FAULT)) && any(s, SPEECH(PROCESS));
}

static bool begins(sentence *s, const char *const *words)
{
	for (; *words; words++)
		if (str_starts(s->folded + 1, *words))
			return true;
	return false;
}

/* "Why must children wait?" wants no answer of the team's. */
static const char *const wonders[] = {"why ", "how long ", "how many more ",
				      "what about ", NULL};

static bool asks(const struct look *l, sentence *s)
{
	(void)l;
	if (any(s, SPEECH(OPINION)) && !any(s, SPEECH(FIRST) | SPEECH(YOU)))
		return false;
	if (!s->question)
		return any(s, SPEECH(ASKING)) &&
		       any(s, SPEECH(ENQUIRY) | SPEECH(PROCESS)) &&
		       any(s, SPEECH(FIRST) | SPEECH(WISH) | SPEECH(YOU));
	if (begins(s, wonders) && !any(s, SPEECH(PROCESS)))
		return false;
	return any(s, SPEECH(ASKING) | SPEECH(PROCESS)) ||
	       (any(s, SPEECH(ENQUIRY)) &&
		(any(s, SPEECH(YOU)) ||
		 (ones(s->topics) <= 1 && !any(s, SPEECH(GENERAL)))));
}

/* A short question with none of these words, about nothing that people have views on. */
static bool asks_barely(const struct look *l, sentence *s)
{
	(void)l;
	return s->question && !begins(s, wonders) && !s->topics &&
	       !any(s, SPEECH(OPINION) | SPEECH(FIELD) | SPEECH(GENERAL));
}

static bool is_away(const struct look *l, sentence *s)
{
	(void)l;
	return any(s, SPEECH(AWAY)) && !any(s, SPEECH(OPINION));
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
	return any(s, SPEECH(MACHINE) | SPEECH(MACHINE_SURE)) && !any(s, SPEECH(OPINION));
}

static bool wants_something(const struct look *l, sentence *s)
{
	return s->question || (any(s, SPEECH(ASKING)) && !stands_in(l, s)) ||
	       wants_none(l, s);
}

static bool offers(const struct look *l, sentence *s)
{
	(void)l;
	return any(s, SPEECH(OFFER) | SPEECH(TRADE) | SPEECH(PRICE));
}

static bool thanks(const struct look *l, sentence *s)
{
	(void)l;
	return any(s, SPEECH(THANKS));
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

/* It may be part of a response; its clock starts all the same. */
static void information(struct arena *arena, struct look *l, struct proposals *out)
{
	uint64_t kind = SPEECH(ACT_NAMED) | SPEECH(OWN_DATA) | SPEECH(HELD) |
			SPEECH(RECORDS) | SPEECH(WISH);
	bool whole = !l->mail->files && !answers_beside(l, kind, CONTEXT_WORDS);

	if (count_of(l, own_data))
		propose(arena, l, PROPOSAL_INFORMATION, PROPOSAL_OWN_DATA, whole, out);
	else if (count_of(l, names_act) || ((l->subject | l->s.has) & SPEECH(ACT_NAMED) &&
					    whole && count_of(l, demands)))
		propose(arena, l, PROPOSAL_INFORMATION, PROPOSAL_NAMES_ACT, whole, out);
	else if (whole && !l->mail->answers && count_of(l, asks_records))
		propose(arena, l, PROPOSAL_INFORMATION, PROPOSAL_ASKS_RECORDS, true, out);
}

static bool advertisement(struct look *l, enum proposal_sign *out)
{
	uint64_t said = l->s.has | l->subject;
	size_t prices = 0;
	int signs = !!(said & SPEECH(OFFER)) + !!(said & SPEECH(TRADE));

	for (size_t i = 0; i < l->s.count; i++)
		prices += speech_count(l->s.items[i].folded, SPEECH_PRICE);
	/* Who writes of several prices and of nothing else sells something. */
	signs += prices > 1 && !l->s.topics ? 2 : prices > 0;

	*out = signs < 2 ? PROPOSAL_IN_BULK : PROPOSAL_OFFERS;
	return signs + l->mail->in_bulk >= 2 && !l->mail->answers &&
	       ones(l->s.topics) <= ADVERT_TOPICS &&
	       (!l->mail->files || said & SPEECH(TRADE)) &&
	       !answers_beside(
		       l, SPEECH(YOU) | SPEECH(OFFER) | SPEECH(TRADE) | SPEECH(PRICE),
		       CONTEXT_WORDS) &&
	       (count_of(l, offers) || l->subject & (SPEECH(OFFER) | SPEECH(TRADE)));
}

/* No field of its header tells: its words do, and that it answers a mail. */
static bool automatic(struct look *l, enum proposal_sign *out)
{
	size_t away, when, machine, points;

	if (l->s.words > AWAY_WORDS || l->mail->files || l->mail->answers ||
	    answers_beside(l,
			   SPEECH(AWAY) | SPEECH(STAND_IN) | SPEECH(MACHINE) |
				   SPEECH(MACHINE_SURE) | SPEECH(THANKS),
			   CONTEXT_WORDS) ||
	    count_of(l, wants_something))
		return false;
	points = (count_of(l, stands_in) > 0) + l->mail->answers_us;
	machine = count_of(l, by_machine);
	when = count_of(l, says_when);
	away = count_of(l, is_away);
	points += when ? 2 : away ? 1 : 0;
	points += machine ? 1 + (machine > 1) : 0;
	points += l->s.has & SPEECH(MACHINE_SURE) ? 3 : 0;
	points += !!(l->subject & (SPEECH(AWAY) | SPEECH(MACHINE)));
	*out = away ? PROPOSAL_ABSENT : PROPOSAL_BY_MACHINE;
	if (!away)
		machine = count_of(l, by_machine); /* that is what tells it */
	return (away || machine || l->mail->answers_us) &&
	       points >= (l->mail->answers_us ? 2 : 3);
}

/* In a short mail what is said in two sentences is one wish. */
static bool wants_in_parts(struct look *l, test_fn *part, uint64_t other)
{
	return l->s.words <= SHORT_WORDS && !l->s.topics && !l->list_is_topic &&
	       (l->s.has | l->subject) & other &&
	       l->s.has & (SPEECH(WISH) | SPEECH(FIRST)) && count_of(l, part);
}

static bool turns_off(const struct look *l, sentence *s)
{
	(void)l;
	return any(s, SPEECH(OFF)) && !any(s, SPEECH(OWN_WORDS));
}

static bool turns_on(const struct look *l, sentence *s)
{
	(void)l;
	return any(s, SPEECH(ON)) && any(s, SPEECH(WISH)) && !any(s, SPEECH(OFF));
}

static bool unsubscribing(struct look *l)
{
	return l->s.words <= WISH_WORDS && !l->mail->answers && !l->mail->files &&
	       !answers_beside(l, SPEECH(LIST) | SPEECH(OFF_SURE) | SPEECH(THANKS),
			       CONTEXT_WORDS) &&
	       (count_of(l, wants_none) || wants_in_parts(l, turns_off, SPEECH(LIST)));
}

static bool subscribing(struct look *l)
{
	return l->s.words <= WISH_WORDS && !l->mail->answers && !l->mail->files &&
	       !answers_beside(l, SPEECH(LIST) | SPEECH(ON_SURE) | SPEECH(THANKS),
			       CONTEXT_WORDS) &&
	       (count_of(l, wants_mail) || wants_in_parts(l, turns_on, SPEECH(LIST)));
}

static bool complaining(struct look *l)
{
	uint64_t kind = SPEECH(COMPLAINT) | SPEECH(FAULT) | SPEECH(PROCESS) | SPEECH(YOU);
	size_t faults, asked;

	if (l->s.words > COMPLAINT_WORDS || answers_beside(l, kind, CONTEXT_WORDS))
		return false;
	asked = count_of(l, asks) + count_of(l, asks_barely);
	faults = count_of(l, finds_fault);
	if (count_of(l, complains))
		return true;
	if (l->subject & SPEECH(COMPLAINT) && l->s.has & SPEECH(PROCESS)) {
		l->tells = NULL;
		return true;
	}
	if (asked)
		return false;
	return faults ? count_of(l, finds_fault)
		      : l->s.words <= SHORT_WORDS && l->s.has & SPEECH(YOU) &&
				count_of(l, is_fault);
}

static bool questioning(struct look *l)
{
	uint64_t kind =
		SPEECH(ASKING) | SPEECH(ENQUIRY) | SPEECH(PROCESS) | SPEECH(THANKS);

	if (l->mail->files || answers_beside(l, kind, CONTEXT_WORDS) ||
	    l->s.words > WISH_WORDS)
		return false;
	if (count_of(l, asks))
		return true;
	return l->s.words <= BARE_WORDS && !l->mail->answers && count_of(l, asks_barely);
}

static bool only_thanks(struct look *l)
{
	if (l->mail->files || l->mail->answers ||
	    answers_beside(l, SPEECH(THANKS) | SPEECH(RECEIPT), THANKS_CONTEXT) ||
	    l->s.words > THANKS_WORDS || !count_of(l, thanks))
		return false;
	return true;
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
	else if (only_thanks(l))
		propose(arena, l, PROPOSAL_THANKS, PROPOSAL_ONLY_THANKS, true, out);
}

/* A subject that begins with "Re:" is ours, or that of whoever is answered. */
static uint64_t of_subject(struct arena *arena, const char *subject)
{
	if (str_empty(subject) || str_istarts(subject, "re:") ||
	    str_istarts(subject, "aw:"))
		return 0;
	return speech_classes(speech_fold(arena, subject, strlen(subject)));
}

void proposal_read(struct arena *arena, const struct proposal_mail *mail,
		   struct proposals *out)
{
	struct speech_topic topic;
	struct look l = {.mail = mail, .subject = of_subject(arena, mail->subject)};
	struct proposals found = {.count = 0};

	speech_topic_of(arena, mail->questions, &topic);
	l.list_is_topic = speech_classes(topic.folded) & SPEECH(LIST);
	l.said = frame_said(arena, str_or(mail->text, ""), mail->sender);
	if (str_blank(l.said)) /* "Many thanks" closes a letter, or is all of it */
		l.said = str_or(mail->text, "");
	speech_read(arena, l.said, &topic, &l.s);
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
