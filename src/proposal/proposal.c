#include "proposal/proposal.h"
#include "base/str.h"
#include "proposal/learned.h"

enum {
	AWAY_WORDS = 130,
	AWAY_BESIDE = 25,
	SHORT_RECEIPT = 14,
	THANKS_WORDS = 80,
	OFFERS_LEAST = 4 /* words of trade; what plainly offers counts as two */
};

typedef const struct speech_sentence sentence;

static bool any(sentence *s, uint64_t classes)
{
	return s->has & classes;
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
		     (!wares || pattern_match(&l->tokens[i], &role_judges))))
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

	if (l->mail->answers || l->mail->choices || l->mail->form || l->below ||
	    l->s.words > LOOK_WORDS_MOST || !((l->has | l->subject) & ROLE_OFFERS))
		return false;
	for (size_t i = 0; i < l->s.count; i++)
		score += token_count(&l->tokens[i], TOKEN(TRADE)) +
			 2 * pattern_matches(&l->tokens[i], &role_offers, OFFERS_LEAST);
	score += l->subject & ROLE_OFFERS ? 2 : 0;
	score += l->mail->in_bulk ? 2 : 0;
	*out = l->mail->in_bulk ? PROPOSAL_IN_BULK : PROPOSAL_OFFERS;
	return score >= OFFERS_LEAST && is_about(l, ROLE_OFFERS) && only_offers(l);
}

/* It may be part of a response; its clock starts all the same. */
static void information(struct arena *arena, struct look *l, struct proposals *out)
{
	bool whole = !l->mail->files && !look_answers(l);
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
					    pattern_match(&l->tokens[i], &role_judges))))
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
static bool automatic(struct arena *arena, struct look *l, enum proposal_sign *out)
{
	size_t away, when, machine, points;

	if (l->s.words > AWAY_WORDS || l->mail->files || l->mail->answers)
		return false;
	look_hear(arena, l);
	if (answers_beside(l) || wants_something(l))
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
	return !l->mail->files && !l->mail->answers && !look_answers(l);
}

/* Where lists are what is consulted on, the sentence must call the mail something else. */
static bool names_mail(const struct look *l)
{
	const struct tokens *t;

	if (!look_list_is_topic(l))
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

	if (look_answers(l))
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
	return !l->mail->files && !look_answers(l) &&
	       (is_about(l, ROLE_ASKS | ROLE_ASKS_PLAIN) || is_about(l, ROLE_ASKS_SHORT));
}

/* "I have it now. Thanks": what thanks may stand where a closing stands. */
static bool thanks_in_closing(struct arena *arena, const struct look *l)
{
	const char *text = str_or(l->mail->text, "");
	struct tokens words;

	token_read(arena, text, strlen(text), &words);
	return l->s.count == 1 && l->s.words <= SHORT_RECEIPT &&
	       pattern_match(&l->tokens[0], &role_has_it) &&
	       pattern_match(&words, &role_thanks);
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
	else if (automatic(arena, l, &sign))
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

static void learned(struct arena *arena, struct look *l, struct proposals *io)
{
	struct proposal *only = io->items;
	struct learned_view view;
	struct learned_why why;

	/* Who is at risk, and what stands beside a response, is not for it to say. */
	if (io->count > 1 || (io->count && !only->whole) ||
	    (!io->count && learned_not(l)) ||
	    !learned_look(arena, l->mail->learned, l, &view))
		return;
	if (io->count) {
		if (view.whole <= learned_doubt && view.parts <= learned_doubt)
			return;
		if (only->kind == PROPOSAL_INFORMATION)
			only->whole = false; /* its clock starts all the same */
		else
			io->count = 0;
		return;
	}
	if (view.whole > learned_whole_most || view.parts > learned_parts_most)
		return;
	learned_tell(arena, l->mail->learned, &view, &why);
	l->tells = &l->s.items[why.tells];
	propose(arena, l, view.kind, PROPOSAL_LEARNED, true, io);
	io->items[io->count - 1].like = why.like;
}

/* What only its reader can open may be anything. */
static bool is_encrypted(const char *text)
{
	return text &&
	       str_starts(text + strspn(text, " \t\r\n"), "-----BEGIN PGP MESSAGE-----");
}

void proposal_read(struct arena *arena, const struct proposal_mail *mail,
		   struct proposals *out)
{
	struct proposals found = {.count = 0};
	struct look l;

	if (is_encrypted(mail->text)) {
		*out = found;
		return;
	}
	look_read(arena, mail, &l);
	if (proposal_risk(arena,
			  arena_printf(arena, "%s.\n%s", str_or(mail->subject, ""),
				       str_or(mail->all, str_or(mail->text, ""))),
			  &found.items[found.count]))
		found.count++;
	information(arena, &l, &found);
	/* Who may be at risk is heard as that first: it is no advertisement, no thanks. */
	if (!found.count)
		whole(arena, &l, &found);
	learned(arena, &l, &found);
	*out = found;
}
