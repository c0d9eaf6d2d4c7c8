/* The kinds and signs as the store writes them. */
#include "proposal/proposal.h"

static const char *const kind_names[PROPOSAL_KINDS] = {
	[PROPOSAL_NONE] = "none",
	[PROPOSAL_ADVERTISEMENT] = "advertisement",
	[PROPOSAL_QUESTION] = "question",
	[PROPOSAL_SUBSCRIBE] = "subscribe",
	[PROPOSAL_UNSUBSCRIBE] = "unsubscribe",
	[PROPOSAL_THANKS] = "thanks",
	[PROPOSAL_COMPLAINT] = "complaint",
	[PROPOSAL_INFORMATION] = "information",
	[PROPOSAL_AUTOMATIC] = "automatic",
	[PROPOSAL_RISK] = "risk",
};

static const char *const sign_names[PROPOSAL_SIGNS] = {
	[PROPOSAL_OFFERS] = "offers",
	[PROPOSAL_IN_BULK] = "in bulk",
	[PROPOSAL_ASKS] = "asks",
	[PROPOSAL_WANTS_MAIL] = "wants mail",
	[PROPOSAL_WANTS_NONE] = "wants none",
	[PROPOSAL_ONLY_THANKS] = "only thanks",
	[PROPOSAL_COMPLAINS] = "complains",
	[PROPOSAL_NAMES_ACT] = "names act",
	[PROPOSAL_OWN_DATA] = "own data",
	[PROPOSAL_ASKS_RECORDS] = "asks records",
	[PROPOSAL_ABSENT] = "absent",
	[PROPOSAL_BY_MACHINE] = "by machine",
	[PROPOSAL_SELF_HARM] = "self-harm",
	[PROPOSAL_HARM_NOW] = "harm now",
	[PROPOSAL_HARM_CHILD] = "harm to a child",
	[PROPOSAL_HARM_OTHERS] = "harm to others",
	[PROPOSAL_LEARNED] = "learned",
};

const char *proposal_kind_name(enum proposal_kind kind)
{
	return kind_names[kind];
}

const char *proposal_sign_name(enum proposal_sign sign)
{
	return sign_names[sign];
}
