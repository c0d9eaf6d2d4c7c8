#include "domain/core/personal_places.h"
#include "base/attr.h"

#define ERASED(table_, holds_, plain_, sql_, by_)                      \
	.table = (table_), .fate = PERSONAL_ERASED, .holds = (holds_), \
	.plain = (plain_), .erase = (sql_), .erase_by = (by_)
#define SHOWN(part_, title_, sql_, by_) \
	.part = (part_), .title = (title_), .held = (sql_), .held_by = (by_)
#define KEPT(table_, fate_, holds_, plain_) \
	.table = (table_), .fate = (fate_), .holds = (holds_), .plain = (plain_)
#define PLAIN(table_, plain_) KEPT(table_, PERSONAL_NONE, "", plain_)

/* In the order in which a person is shown them. */
const struct personal_place personal_places[] = {
	{ERASED("person", "address address_key name", "language", SQL_ERASE_PERSON, "pn"),
	 SHOWN("person", "You", SQL_PERSONAL_PERSON, 'p')},
	{PLAIN("leaving", "reason")},
	{PLAIN("subscription", "state frequency"),
	 SHOWN("subscriptions", "Your subscriptions", SQL_PERSONAL_SUBSCRIPTIONS, 'p')},
	{ERASED("evidence", "basis", "event how", SQL_ERASE_EVIDENCE, "p"),
	 SHOWN("evidence", "How each came to be, and every change", SQL_PERSONAL_EVIDENCE,
	       'p')},
	{ERASED("delivery", "reply_text",
		"state relay reply_status frequency skip_reason", SQL_ERASE_DELIVERIES,
		"p"),
	 SHOWN("deliveries", "Bulletins, and whether they were sent to you",
	       SQL_PERSONAL_DELIVERIES, 'p')},
	{ERASED("attempt", "reply_text", "relay outcome reply_status", SQL_ERASE_ATTEMPTS,
		"p")},
	{ERASED("test_recipient", "address", "hash", SQL_ERASE_TEST_RECIPIENTS, "p")},
	{ERASED("reply", "text", "", SQL_ERASE_REPLIES, "p")},
	{ERASED("notification", "recipient subject mail reply_text",
		"kind once sender message_id state relay reply_status limit_hash",
		SQL_ERASE_NOTIFICATIONS, "p"),
	 SHOWN("letters", "Other mails from us to you", SQL_PERSONAL_NOTIFICATIONS, 'f')},
	{ERASED("bounce", "address diagnostic",
		"source action status verdict reason effect", SQL_ERASE_BOUNCES, "p"),
	 SHOWN("bounces", "Mails to you that came back", SQL_PERSONAL_BOUNCES, 'b')},
	{ERASED("inbound", "why", "item sha256 state kind taken_as", SQL_ERASE_MAILS_WHY,
		"")},
	{ERASED("mail_writer", "address", "place", SQL_ERASE_MAIL_WRITERS, "")},
	{ERASED("inbound_raw", "bytes", "", SQL_ERASE_MAILS_RAW, "")},
	{ERASED("parsed",
		"from_name from_address subject message_id in_reply_to text text_new "
		"text_quoted files forwarded_name forwarded_address",
		"reasons limits_hit", SQL_ERASE_MAILS_READ, ""),
	 SHOWN("mails", "Mails from you to us", SQL_PERSONAL_MAILS, 'f')},
	{ERASED("attachment", "name text",
		"type sha256 text_source text_state text_reason", SQL_ERASE_ATTACHMENTS,
		"")},
	{ERASED("document", "bytes", "", SQL_ERASE_DOCUMENTS, "")},
	{KEPT("response", PERSONAL_RECORD, "", "channel state reason"),
	 SHOWN("replies", "Your responses to consultations", SQL_PERSONAL_REPLIES, 'f')},
	{ERASED("move", "address address_key", "how state", SQL_ERASE_MOVES, "pn"),
	 SHOWN("moves", "Changes of your address", SQL_PERSONAL_MOVES, 'p')},
	{PLAIN("suppression", "hash reason"),
	 SHOWN("suppression", "Whether lists are kept from writing to you",
	       SQL_PERSONAL_SUPPRESSION, 's')},

	/* What people answered, and what was made of it. */
	{KEPT("respondent", PERSONAL_RECORD, "address_key name organisation",
	      "type permission contact type_by permission_by contact_by name_by "
	      "organisation_by")},
	{KEPT("entry", PERSONAL_RECORD, "name organisation address",
	      "how channel type permission")},
	{KEPT("said", PERSONAL_RECORD, "value note", "field place")},
	{KEPT("reading", PERSONAL_RECORD, "value words", "field how place")},
	{KEPT("proposal", PERSONAL_RECORD, "words alike", "kind sign state")},
	{KEPT("note", PERSONAL_RECORD, "text", "")},
	{KEPT("campaign", PERSONAL_RECORD, "standard", "state")},
	{KEPT("rule", PERSONAL_RECORD, "has value", "name field action")},
	{KEPT("change", PERSONAL_RECORD, "said inverse", "kind what")},
	{KEPT("queue_view", PERSONAL_RECORD, "name filter", "")},
	{KEPT("code", PERSONAL_RECORD, "examples",
	      "name definition colour questions state")},
	{KEPT("frame_change_code", PERSONAL_RECORD, "examples",
	      "stage name definition colour questions state")},
	{KEPT("coding", PERSONAL_RECORD, "because", "placed by_what")},
	{KEPT("suggestion", PERSONAL_RECORD, "because", "by_what state")},
	{KEPT("reconciliation", PERSONAL_RECORD, "note", "")},
	{PLAIN("answer", "by_what how")},
	{PLAIN("choice", "state by_what")},
	{PLAIN("link", "as_what state by_what")},
	{PLAIN("membership", "closeness")},
	{PLAIN("screening", "old_state new_state reason")},
	{PLAIN("coding_place", "placed")},
	{PLAIN("double_coding", "placed")},
	{PLAIN("sample", "wanted")},
	{PLAIN("queue", "state type permission")},
	{PLAIN("fact_block", "facts")},
	{PLAIN("frame_change_coding", "effect")},

	/* Those who work here. */
	{KEPT("staff", PERSONAL_STAFF, "name email", "")},
	{KEPT("login", PERSONAL_STAFF, "", "password totp")},
	{KEPT("audit", PERSONAL_STAFF, "who",
	      "event subject detail hash about content_hash")},
	{KEPT("list", PERSONAL_STAFF, "from_name owner",
	      "name title address entry relay description visibility")},
	{PLAIN("session", "token_hash how why_ended")},
	{PLAIN("granted", "role")},

	/* Hashes, states and words of ours. */
	{PLAIN("mailbox", "name")},
	{PLAIN("confirmation", "token_hash frequency language")},
	{PLAIN("link_token", "purpose token_hash")},
	{PLAIN("page_ask", "purpose hash")},
	{PLAIN("sign_in", "key")},
	{PLAIN("erasure", "number how words")},
	{PLAIN("erasing_address", "key")}, /* empty but while somebody is erased */
	{PLAIN("erasing_other", "reason")},
	{PLAIN("erasure_mail", "reason decision")},
	{PLAIN("bounce_score", "day first_day")},
	{PLAIN("probe", "state")},
	{PLAIN("rate_limit", "reason")},
	{PLAIN("bulletin", "title source content_hash state hold_reason zone")},
	{PLAIN("bulletin_image", "name type hash bytes")},
	{PLAIN("bulletin_tally", "state")},
	{PLAIN("bulletin_version", "kind source content_hash")},
	{PLAIN("approval", "content_hash look_hash")},
	{PLAIN("reply_template", "name subject text")},
	{PLAIN("consultation", "name title address state zone introduction outcome")},
	{PLAIN("question", "text")},
	{PLAIN("question_option", "text")},
	{PLAIN("topic", "name title")},
	{PLAIN("wording", "version text")},
	{PLAIN("subscription_tally", "state")},
};
const size_t personal_place_count = ARRAY_LEN(personal_places);
