/* What became of lines, for people. */
#include "domain/imports/subscriber_import.h"

static const char *const outcomes[SUBSCRIBER_IMPORT_OUTCOMES] = {
	[SUBSCRIBER_IMPORT_ADDED] = "added",
	[SUBSCRIBER_IMPORT_KEPT_OFF] = "kept off",
	[SUBSCRIBER_IMPORT_PASSED] = "passed over",
	[SUBSCRIBER_IMPORT_BAD] = "bad",
};

static const char *const reasons[IMPORT_REASONS] = {
	[IMPORT_FINE] = "",
	[IMPORT_UNREADABLE] = "cannot be read",
	[IMPORT_LONG] = "more cells than there are columns",
	[IMPORT_NO_ADDRESS] = "no email address",
	[IMPORT_BAD_ADDRESS] = "the email address is wrong",
	[IMPORT_TWO_ADDRESSES] = "two email addresses in one place",
	[IMPORT_NOBODY_READS] = "nobody reads that address: noreply and the like",
	[IMPORT_OUR_OWN] = "the address of this list itself",
	[IMPORT_BAD_DAY] = "the day they subscribed cannot be read",
	[IMPORT_FUTURE] = "the day they subscribed lies in the future",
	[IMPORT_BAD_FREQUENCY] = "how often they want bulletins cannot be read",
	[IMPORT_NO_TOPIC] = "a topic that this list does not have",
	[IMPORT_WORDING] = "the words they agreed to do not fit their version",
	[IMPORT_NO_BASIS] = "it does not say why we may write to them",
	[IMPORT_UNSURE] = "it may say that they are not to be written to",
	[IMPORT_TEXT] = "a name or text that cannot be kept",
	[IMPORT_TWICE] = "more than once in the file",
	[IMPORT_ALREADY] = "subscribed already",
	[IMPORT_LEFT] = "unsubscribed here: they can only come back by themselves",
	[IMPORT_BOUNCED] = "bouncing here: they can only come back by themselves",
	[IMPORT_SUPPRESSED] = "suppressed: no list may write to them",
	[IMPORT_NOT_SUBSCRIBED] = "not subscribed to the other list either",
	[IMPORT_NO_CONTACT] = "a contact without an email address",
	[IMPORT_HAS_LEFT_THERE] =
		"unsubscribed from the other list, but subscribed here: left as they are",
	[IMPORT_KEPT_LEFT] = "unsubscribed from the other list: kept off this one",
	[IMPORT_KEPT_BOUNCED] = "bounced on the other list: kept off this one",
};

const char *subscriber_import_outcome_name(enum subscriber_import_outcome outcome)
{
	return outcomes[outcome];
}

const char *subscriber_import_reason_words(enum subscriber_import_reason reason)
{
	return reasons[reason];
}
