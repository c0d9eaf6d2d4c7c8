#include "domain/core/bounce_words.h"
#include "base/str.h"

static const struct {
	const char *name, *words;
} effects[BOUNCE_EFFECTS] = {
	[BOUNCE_NOT_WEIGHED] = {"", "not weighed"},
	[BOUNCE_FOREIGN] = {"foreign", "carries no tag of ours: kept, nothing changed"},
	[BOUNCE_NOTICE] = {"notice", "no failure (yet): nothing changed"},
	[BOUNCE_KEPT] = {"kept", "not for its address's sake: nothing changed"},
	[BOUNCE_ELSEWHERE] = {"elsewhere", "about a mailbox that ours was passed on to: "
					   "nothing changed"},
	[BOUNCE_MOOT] = {"moot", "not on the list any more: nothing changed"},
	[BOUNCE_OLD] = {"old",
			"of a mail sent before a later one got through: nothing changed"},
	[BOUNCE_AGAIN] = {"again", "this mail has counted before: nothing changed"},
	[BOUNCE_SAME_DAY] = {"same day",
			     "a bounce has counted on this day: nothing changed"},
	[BOUNCE_WAITING] = {"waiting", "a probe is under way: nothing changed"},
	[BOUNCE_POINT] = {"score", "counted against its address"},
	[BOUNCE_DEAD] = {"dead", "the probe came back too: stopped"},
	[BOUNCE_UNCLEAR] = {"unclear",
			    "the probe came back for another reason: nothing decided"},
	[BOUNCE_LEFT] = {"unsubscribed", "a complaint: taken off the list at once"},
};

static const char *const reasons[MAIL_REASONS] = {
	[MAIL_REASON_UNKNOWN] = "no reason given",
	[MAIL_REASON_NO_SUCH_ADDRESS] = "no such address",
	[MAIL_REASON_NO_SUCH_DOMAIN] = "no such domain",
	[MAIL_REASON_MOVED] = "the address has moved",
	[MAIL_REASON_MAILBOX_FULL] = "the mailbox is full",
	[MAIL_REASON_DISABLED] = "the mailbox is disabled",
	[MAIL_REASON_POLICY] = "refused by policy",
	[MAIL_REASON_CONTENT] = "refused for its content",
	[MAIL_REASON_AUTHENTICATION] = "our login or signature was refused",
	[MAIL_REASON_TOO_LARGE] = "too large",
	[MAIL_REASON_RATE] = "too many at a time",
	[MAIL_REASON_NETWORK] = "the server could not be reached",
	[MAIL_REASON_EXPIRED] = "given up after many tries",
	[MAIL_REASON_OTHER] = "for a reason that it does not tell",
};

const char *bounce_effect_name(enum bounce_effect effect)
{
	return effects[effect].name;
}

enum bounce_effect bounce_effect_named(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(effects); i++)
		if (str_eq(effects[i].name, name))
			return (enum bounce_effect)i;
	return BOUNCE_NOT_WEIGHED;
}

const char *bounce_effect_words(enum bounce_effect effect)
{
	return effects[effect].words;
}

const char *bounce_reason_words(enum mail_reason reason)
{
	return reasons[reason];
}
