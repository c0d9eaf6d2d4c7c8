#include "proposal/disclosure.h"
#include "base/str.h"
#include "proposal/proposal.h"

typedef const struct speech_sentence sentence;

struct risk_pattern {
	const char *patterns;
	unsigned sign;
};

/* What tells of harm; the rest is looked for in such sentences and beside them. */
static const struct risk_pattern harms[] = {{risk_self, RISK_SELF},
					    {risk_me, RISK_ME},
					    {risk_harm, RISK_HARM},
					    {risk_still, RISK_STILL}},
				 rests[] = {{risk_near, RISK_NEAR},
					    {risk_now, RISK_NOW},
					    {risk_appeal, RISK_APPEAL},
					    {risk_past, RISK_PAST},
					    {risk_general, RISK_GENERAL}};

static unsigned signs_in(const struct tokens *t, const struct risk_pattern *of,
			 size_t count)
{
	unsigned has = 0;

	for (size_t i = 0; i < count; i++)
		if (token_match(t, of[i].patterns))
			has |= of[i].sign;
	return has;
}

/* here: one sentence; near: those around it and itself. */
static bool tells(unsigned here, unsigned near, enum proposal_sign *out)
{
	unsigned certain = RISK_NEAR | RISK_NOW | RISK_APPEAL;
	bool over = here & RISK_PAST;
	bool general = here & RISK_GENERAL && (near & certain) != certain;
	bool current = near & (RISK_NOW | RISK_APPEAL);

	if (here & RISK_SELF && !over && !general) {
		*out = PROPOSAL_SELF_HARM;
		return true;
	}
	if (here & RISK_STILL && near & (RISK_HARM | RISK_ME | RISK_APPEAL) &&
	    !(here & RISK_GENERAL && !(near & RISK_APPEAL))) {
		*out = PROPOSAL_HARM_OTHERS;
		return true;
	}
	if (over || general || !current)
		return false;
	if (here & RISK_ME && (here & RISK_NOW || near & RISK_APPEAL)) {
		*out = PROPOSAL_HARM_NOW;
		return true;
	}
	if (here & RISK_HARM && near & RISK_NEAR) {
		*out = PROPOSAL_HARM_CHILD;
		return true;
	}
	return false;
}

static unsigned at_or_none(const unsigned *signs, size_t at, size_t count)
{
	return at < count ? signs[at] : 0;
}

bool proposal_risk(struct arena *arena, const char *text, struct proposal *out)
{
	const struct lexicon *lexicon = lexicon_new(arena);
	unsigned *signs;
	struct tokens *tokens;
	struct speech s;

	speech_read(arena, text, NULL, &s);
	signs = arena_make(arena, unsigned, s.count + 1);
	tokens = arena_make(arena, struct tokens, s.count + 1);
	for (size_t i = 0; i < s.count; i++) {
		token_read(arena, lexicon, text + s.items[i].from,
			   s.items[i].to - s.items[i].from, &tokens[i]);
		signs[i] = signs_in(&tokens[i], harms, ARRAY_LEN(harms));
	}
	for (size_t i = 0; i < s.count; i++)
		if (signs[i] || (i && signs[i - 1]) || signs[i + 1])
			signs[i] |= signs_in(&tokens[i], rests, ARRAY_LEN(rests));
	for (size_t i = 0; i < s.count; i++) {
		enum proposal_sign sign;
		unsigned near = signs[i] | (i ? signs[i - 1] : 0) |
				at_or_none(signs, i + 1, s.count);

		if (!tells(signs[i], near, &sign))
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
