/* Words of harm: about somebody, now; not as what a consultation is about. */
#include "proposal/proposal.h"
#include "base/str.h"

enum { WINDOW = 1 }; /* sentences before and after that belong to it */

typedef const struct speech_sentence sentence;

/* What a sentence says, and those around it. */
static uint64_t around(const struct speech *s, size_t at)
{
	uint64_t has = 0;

	for (size_t i = at > WINDOW ? at - WINDOW : 0; i <= at + WINDOW && i < s->count;
	     i++)
		has |= s->items[i].has;
	return has;
}

static bool harms_others(uint64_t here, uint64_t near)
{
	return here & SPEECH(STILL) &&
	       near & (SPEECH(HARM) | SPEECH(HARM_ME) | SPEECH(APPEAL)) &&
	       near & (SPEECH(FIRST) | SPEECH(ONE_CHILD)) && !(here & SPEECH(GENERAL));
}

static bool tells(uint64_t here, uint64_t near, enum proposal_sign *out)
{
	bool now = near & SPEECH(NOW), appeal = near & SPEECH(APPEAL),
	     past = here & SPEECH(PAST) ||
		    (here & SPEECH(WERE) && !(near & SPEECH(RECENT)) && !appeal),
	     general = here & SPEECH(GENERAL) && !(now && appeal);

	if (here & SPEECH(SELF_HARM) && !(here & SPEECH(PAST)) && !general) {
		*out = PROPOSAL_SELF_HARM;
		return true;
	}
	if (harms_others(here, near)) {
		*out = PROPOSAL_HARM_OTHERS;
		return true;
	}
	if (past || general || !(now || appeal))
		return false;
	if (here & SPEECH(HARM_ME) && !(near & SPEECH(PAST))) {
		*out = PROPOSAL_HARM_NOW;
		return true;
	}
	if (here & SPEECH(HARM) && near & SPEECH(ONE_CHILD)) {
		*out = PROPOSAL_HARM_CHILD;
		return true;
	}
	return false;
}

bool proposal_risk(struct arena *arena, const char *text, struct proposal *out)
{
	size_t len = strlen(text);
	uint64_t has;
	struct speech s;

	has = speech_classes(speech_fold(
		arena, text, len < SPEECH_BYTES_MOST ? len : SPEECH_BYTES_MOST));
	if (!(has & (SPEECH(HARM) | SPEECH(HARM_ME) | SPEECH(SELF_HARM) | SPEECH(STILL))))
		return false;
	speech_read(arena, text, NULL, &s);
	for (size_t i = 0; i < s.count; i++) {
		enum proposal_sign sign;

		if (!tells(s.items[i].has, around(&s, i), &sign))
			continue;
		*out = (struct proposal){
			.kind = PROPOSAL_RISK,
			.sign = sign,
			.whole = false,
			.words = proposal_words(arena, text, &s.items[i]),
		};
		return true;
	}
	return false;
}

/* One line, and not more of it than a line holds. */
const char *proposal_words(struct arena *arena, const char *text, sentence *s)
{
	size_t len = s->to - s->from, n = 0;
	char *out = arena_alloc(arena, len + 1);
	char cut[PROPOSAL_WORDS_MOST + 1];

	for (size_t i = 0; i < len; i++) {
		char c = text[s->from + i];

		if (!str_is_space(c))
			out[n++] = c;
		else if (n && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	out[n] = '\0';
	str_copy(cut, sizeof(cut), out);
	return arena_strdup(arena, cut);
}
