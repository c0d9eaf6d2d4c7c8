#include "classify/classify.h"
#include "base/str.h"
#include "classify/autoreply.h"
#include "classify/bounce.h"
#include "classify/reason.h"
#include "classify/phrase.h"
#include "mail/fields/address.h"
#include "mail/fields/arf.h"
#include "mail/read/read.h"

enum { DOUBLES_MAX = 200 };

static void because(struct arena *arena, struct mail_message *m, const char *why)
{
	m->reasons.items = arena_grow(arena, m->reasons.items, m->reasons.count,
				      sizeof(*m->reasons.items));
	m->reasons.items[m->reasons.count++] = why;
}

static void is(struct arena *arena, struct mail_message *m, enum mail_kind kind,
	       const char *why)
{
	m->kind = kind;
	if (why)
		because(arena, m, why);
}

static bool action_is(const struct mail_failed_recipient *r, const char *const *actions)
{
	for (; *actions; actions++)
		if (str_eq(r->action, *actions))
			return true;
	return false;
}

/* Recipients whom the mail reached are no failures: they do not stay in the list. True:
   it reached all of them. */
static bool drop_reached(struct mail_message *m, size_t *out_delayed)
{
	static const char *const reached[] = {"delivered", "relayed", "expanded", NULL};
	static const char *const delayed[] = {"delayed", NULL};
	size_t kept = 0;

	*out_delayed = 0;
	for (size_t i = 0; i < m->failed_count; i++) {
		/* Class 2 is success (RFC 3463), whatever the action is called. */
		bool ok = action_is(&m->failed[i], reached) ||
			  str_starts(m->failed[i].status, "2.");

		*out_delayed += action_is(&m->failed[i], delayed);
		if (!ok)
			m->failed[kept++] = m->failed[i];
	}
	/* A notice of success only: its recipients are worth knowing. */
	if (kept)
		m->failed_count = kept;
	return kept == 0;
}

static void decide_failed(struct arena *arena, struct mail_message *m)
{
	const char *notice = bounce_notice_text(arena, m);
	struct reason_about about = {.ours = bounce_our_addresses(arena, m)};

	for (size_t i = 0; i < m->failed_count; i++) {
		/* Of several, the notice's text says nothing about this one. */
		about.notice = m->failed_count > 1 && m->failed[i].status ? NULL : notice;
		reason_decide(arena, &about, &m->failed[i]);
	}
}

/* Some systems leave the recipient out of the status but name it in the notice. */
static void complete_addresses(struct arena *arena, struct mail_message *m)
{
	struct mail_message by_text = *m;
	size_t n = 0;

	for (size_t i = 0; i < m->failed_count; i++)
		n += bounce_whole_address(m->failed[i].address);
	if (n == m->failed_count)
		return;
	by_text.failed = NULL;
	by_text.failed_count = 0;
	bounce_read_text(arena, &by_text);
	for (size_t i = 0; i < m->failed_count; i++) {
		struct mail_failed_recipient *r = &m->failed[i];

		if (bounce_whole_address(r->address))
			continue;
		if (bounce_whole_address(r->original))
			r->address = r->original;
		else if (by_text.failed_count == m->failed_count)
			r->address = by_text.failed[i].address;
	}
}

/* Some systems say the same twice. */
static void drop_doubles(struct mail_message *m)
{
	size_t kept = 0;

	for (size_t i = 0; i < m->failed_count; i++) {
		bool known = false;

		for (size_t k = 0; k < kept && k < DOUBLES_MAX; k++)
			known |= str_ieq(m->failed[k].address, m->failed[i].address) &&
				 str_eq(m->failed[k].action, m->failed[i].action) &&
				 str_eq(m->failed[k].status, m->failed[i].status);
		if (!known)
			m->failed[kept++] = m->failed[i];
	}
	m->failed_count = kept;
}

/*
 * Programs that keep strangers waiting dress their note to the sender as a report: it
 * comes from somebody, and is to be answered to the very one who failed.
 */
static bool receipt_as_report(const struct mail_message *m)
{
	if (bounce_machine_sender(m) || str_empty(m->return_path) ||
	    !bounce_whole_address(m->return_path) || m->reply_to.count == 0)
		return false;
	for (size_t i = 0; i < m->failed_count; i++)
		if (!str_ieq(m->failed[i].address, m->reply_to.items[0].address))
			return false;
	return true;
}

static bool by_delivery_status(struct arena *arena, struct mail_message *m)
{
	size_t delayed;

	if (m->failed_count == 0)
		return false;
	if (m->has_delivery_status && receipt_as_report(m)) {
		is(arena, m, MAIL_AUTOREPLY,
		   "a mailbox's own program answers, in the form of a report");
		m->failed_count = 0;
		m->failed = NULL;
		return true;
	}
	if (drop_reached(m, &delayed)) {
		is(arena, m, MAIL_DELIVERED,
		   "its delivery status says that the mail arrived");
		m->failed_count = 0;
		m->failed = NULL;
		return true;
	}
	complete_addresses(arena, m);
	drop_doubles(m);
	decide_failed(arena, m);
	if (delayed == m->failed_count)
		is(arena, m, MAIL_DELAY,
		   "its delivery status says that a relay still tries");
	else
		is(arena, m, MAIL_BOUNCE,
		   "its delivery status says that the delivery failed");
	return true;
}

static bool by_packed_report(struct arena *arena, struct mail_message *m);

static bool by_notice(struct arena *arena, struct mail_message *m, bool packed)
{
	const char *why = NULL;
	bool delayed;

	if (m->has_delivery_status || str_ieq(m->report_type, "delivery-status"))
		why = "it is a delivery report";
	else if (!bounce_is_notice(arena, m, &why))
		return false;
	if (!packed && !m->has_delivery_status && by_packed_report(arena, m))
		return true;
	if (!m->has_delivery_status && bounce_says_arrived(arena, m)) {
		is(arena, m, MAIL_DELIVERED, "a mail system says that the mail arrived");
		return true;
	}
	bounce_read_text(arena, m);
	delayed = !m->has_delivery_status && bounce_says_delay(arena, m);
	for (size_t i = 0; delayed && i < m->failed_count; i++)
		if (!m->failed[i].action)
			m->failed[i].action = "delayed";
	if (by_delivery_status(arena, m)) {
		m->reasons.count = 0;
		because(arena, m,
			m->kind == MAIL_DELAY
				? "a mail system says that it is still trying"
				: why);
		return true;
	}
	is(arena, m, delayed ? MAIL_DELAY : MAIL_BOUNCE, why);
	return true;
}

/* RFC 5429: what a recipient's rules turn away can come back as a receipt. */
static bool by_rejection(struct arena *arena, struct mail_message *m)
{
	static const char *const rejected[] = {"automatically rejected", "was rejected",
					       "has been rejected",
					       "automatically refused", NULL};
	const char *text = words_fold(arena, m->text, 2000);

	if (!str_ifind(m->disposition, "deleted") ||
	    !str_ifind(m->disposition, "automatic-action") ||
	    (!words_any(text, rejected) && !str_ifind(m->auto_submitted, "rejected")))
		return false;
	bounce_read_text(arena, m);
	for (size_t i = 0; i < m->failed_count; i++) {
		reason_decide(arena, &(struct reason_about){.notice = m->text},
			      &m->failed[i]);
		if (m->failed[i].reason == MAIL_REASON_OTHER) {
			m->failed[i].reason = MAIL_REASON_POLICY;
			m->failed[i].verdict = MAIL_PERMANENT;
		}
	}
	is(arena, m, MAIL_BOUNCE, "it is a receipt that says the mail was rejected");
	return true;
}

/*
 * Mail programs leave lists for their people by a mail that a machine made. It answers
 * nothing; an automatic answer does.
 */
static bool asks_by_subject(const struct mail_message *m, enum classify_command said)
{
	bool long_text = m->text_new && strlen(m->text_new) > 30;
	struct mail_message subject_only = {.subject = m->subject, .text_new = NULL};

	if (!long_text)
		said = classify_command_of(&subject_only);
	return !m->in_reply_to && m->references.count == 0 && said == CLASSIFY_LEAVE;
}

/* The first address in that line of text. */
static const char *address_in_line(struct arena *arena, const char *line)
{
	size_t len;
	const char *found = mail_address_find(line, &len);

	return found && found < line + strcspn(line, "\n")
		       ? arena_strndup(arena, found, len)
		       : NULL;
}

/* Outlook's complaints name the recipient in the mail that they return, or are that mail
   with a field more. */
static const char *hidden_recipient(struct arena *arena, const struct mail_message *m)
{
	const char *own = mail_field_value(m, "X-HmXmrOriginalRecipient");
	const char *line = str_ifind(m->returned, "X-HmXmrOriginalRecipient:");

	if (own)
		return address_in_line(arena, own);
	return line ? address_in_line(arena, line) : NULL;
}

static void complain(struct arena *arena, struct mail_message *m, const char *why)
{
	m->failed_count = 0;
	m->failed = NULL;
	if (!m->complaint.original_recipient)
		m->complaint.original_recipient = hidden_recipient(arena, m);
	is(arena, m, MAIL_COMPLAINT, why);
}

static bool reports_feedback(const char *text)
{
	text += strspn(text, " \t\r\n");
	return str_istarts(text, "feedback-type:") &&
	       (str_ifind(text, "\nuser-agent:") || str_ifind(text, "\nversion:"));
}

/* The fields of RFC 5965 as plain text: by a gateway that lost the part's type. */
static bool by_feedback_text(struct arena *arena, struct mail_message *m)
{
	const char *text = NULL;

	if (reports_feedback(str_or(m->text, "")))
		text = m->text;
	for (size_t i = 0; i < m->attachment_count && !text; i++)
		if (str_starts(m->attachments[i].type, "text/") &&
		    reports_feedback(str_or(m->attachments[i].text, "")))
			text = m->attachments[i].text;
	if (!text)
		return false;
	mail_arf_read(arena, text, m);
	complain(arena, m, "it is a feedback report as plain text");
	return true;
}

/* Where complaints go, or who passes them on: a person's report of abuse has neither. */
static bool way_of_complaints(const struct mail_message *m)
{
	static const char *const roles[] = {
		"abuse@", "fbl",         "feedback", "scomp@", "complaint",
		"staff@", "postmaster@", "spam",     "junk",   NULL};
	const char *names[4] = {m->from.address, m->return_path, NULL, NULL};

	for (size_t i = 0; i < m->to.count && i < 2; i++)
		names[2 + i] = m->to.items[i].address;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		for (const char *const *r = roles; *r; r++)
			if (str_istarts(names[i], *r))
				return true;
	return false;
}

/* It calls itself a report of unwanted mail. */
static bool calls_itself_report(struct arena *arena, const struct mail_message *m)
{
	static const char *const what[] = {"report",  "complain",  "beschwerde",
					   "plainte", "queja",     "klage",
					   "reclamo", "said that", NULL};
	static const char *const about[] = {"spam",        "junk",       "unsolicited",
					    "abuse",       "unwanted",   "unerwünscht",
					    "indésirable", "no deseado", NULL};
	const char *text = words_fold(arena, m->text, 600);

	return words_any(text, what) && words_any(text, about);
}

/* Complaints that providers send in forms of their own, older than RFC 5965. */
static bool by_old_complaint(struct arena *arena, struct mail_message *m)
{
	const char *whom = hidden_recipient(arena, m);
	struct bounce_back back;

	if (!whom && m->returned && !m->in_reply_to && way_of_complaints(m) &&
	    calls_itself_report(arena, m)) {
		back = bounce_came_back(arena, m);
		if (!back.is_report && !str_ieq(back.to, m->from.address))
			whom = back.to;
	}
	if (!whom)
		return false;
	m->complaint.type = "abuse";
	m->complaint.original_recipient = whom;
	complain(arena, m, "a provider passes on a complaint about a mail it returns");
	return true;
}

/* Cloud senders report by JSON in a mail from their notification service. */
static bool by_cloud_notice(struct arena *arena, struct mail_message *m)
{
	const char *at = m->text ? strstr(m->text, "notificationType") : NULL, *kind;

	if (!at || !strstr(at, "messageId"))
		return false;
	kind = at + 16 + strspn(at + 16, "\\\": ");
	if (str_starts(kind, "Delivery")) {
		is(arena, m, MAIL_DELIVERED, "a cloud sender's notice of delivery");
		return true;
	}
	if (str_starts(kind, "Complaint")) {
		const char *to = strstr(at, "emailAddress");

		m->complaint.type = "abuse";
		if (to && !m->complaint.original_recipient)
			m->complaint.original_recipient = address_in_line(arena, to);
		complain(arena, m, "a cloud sender's notice of a complaint");
		return true;
	}
	if (!str_starts(kind, "Bounce"))
		return false;
	bounce_read_text(arena, m);
	decide_failed(arena, m);
	is(arena, m, MAIL_BOUNCE, "a cloud sender's notice of a bounce");
	return true;
}

static void classify_at(struct arena *arena, struct mail_message *m, bool packed);

/* A machine passes on another's notice: that one is read, one level down. */
static bool by_packed_report(struct arena *arena, struct mail_message *m)
{
	struct bounce_back back = bounce_came_back(arena, m);
	struct mail_message inner;
	struct err err;

	if (!back.is_report ||
	    !mail_read(m->returned, strlen(m->returned), arena, &inner, &err))
		return false;
	classify_at(arena, &inner, true);
	if (inner.kind != MAIL_BOUNCE && inner.kind != MAIL_DELAY &&
	    inner.kind != MAIL_DELIVERED)
		return false;
	m->kind = inner.kind;
	m->failed = inner.failed;
	m->failed_count = inner.failed_count;
	m->original_message_id = inner.original_message_id;
	m->original_to = inner.original_to;
	m->returned_to = inner.returned_to;
	because(arena, m, "a mail system passes on a notice, which is read in its place");
	return true;
}

static bool by_list_server(struct arena *arena, struct mail_message *m)
{
	if (!bounce_by_list_server(arena, m))
		return false;
	is(arena, m, MAIL_BOUNCE, "a list server refuses what was sent to its list");
	return true;
}

void classify_message(struct arena *arena, struct mail_message *m)
{
	classify_at(arena, m, false);
	/* A person's mail is one whatever stands there; its silence is not (consent.h). */
	if (m->kind == MAIL_HUMAN || m->kind == MAIL_COMMAND)
		m->machine = autoreply_program_field(m);
}

static void classify_at(struct arena *arena, struct mail_message *m, bool packed)
{
	enum classify_command said;
	const char *why;

	if (m->has_feedback_report || str_ieq(m->report_type, "feedback-report")) {
		complain(arena, m, "it is a feedback report");
		return;
	}
	if (m->has_delivery_status && by_delivery_status(arena, m))
		return;
	if (m->disposition && by_rejection(arena, m))
		return;
	if (m->disposition || str_ieq(m->report_type, "disposition-notification")) {
		is(arena, m, MAIL_DELIVERED,
		   "it is a receipt: its disposition says what became of the mail");
		return;
	}
	if (autoreply_is_receipt(m)) {
		is(arena, m, MAIL_DELIVERED,
		   "it is a receipt: the header of a mail, and what became of it");
		return;
	}
	if (by_old_complaint(arena, m) || by_feedback_text(arena, m) ||
	    by_cloud_notice(arena, m) || by_notice(arena, m, packed) ||
	    by_list_server(arena, m))
		return;
	m->failed_count = 0;
	m->failed = NULL;
	said = classify_command_of(m);
	if (asks_by_subject(m, said)) {
		is(arena, m, MAIL_COMMAND, "its subject is a command");
		return;
	}
	why = autoreply_why(arena, m);
	if (why) {
		is(arena, m, MAIL_AUTOREPLY, why);
		m->machine = autoreply_field(m);
		return;
	}
	/* Through a group, a person writes; the group's marks stay on record. */
	why = list_why(m);
	if (why && m->via) {
		is(arena, m, MAIL_HUMAN, "somebody wrote it through a group");
		because(arena, m, why);
		return;
	}
	if (why) {
		is(arena, m, MAIL_LIST, why);
		return;
	}
	if (said != CLASSIFY_NO_COMMAND)
		is(arena, m, MAIL_COMMAND, "all that it says is a command");
}
