#include "mail/write/notification_mail.h"

#include "base/str.h"
#include "text/markup/markdown.h"

enum { OUT_MAX_BYTES = 1000000 };

static const char *const names[NOTIFICATION_COUNT] = {
	[NOTIFICATION_CONFIRM] = "confirm",
	[NOTIFICATION_WELCOME] = "welcome",
	[NOTIFICATION_LEFT] = "unsubscribed",
	[NOTIFICATION_LEAVE_ASKED] = "unsubscribe-asked",
	[NOTIFICATION_NOT_SUBSCRIBED] = "not-subscribed",
	[NOTIFICATION_CLOSED_REQUEST] = "closed-request",
	[NOTIFICATION_CLOSED_REFUSED] = "closed-refused",
	[NOTIFICATION_ALREADY_SUBSCRIBED] = "already-subscribed",
	[NOTIFICATION_ACKNOWLEDGEMENT] = "acknowledgement",
	[NOTIFICATION_HELP] = "help",
	[NOTIFICATION_PROBE] = "probe",
	[NOTIFICATION_MANAGE] = "preferences",
	[NOTIFICATION_MOVE_OLD] = "move-old",
	[NOTIFICATION_MOVE_NEW] = "move-new",
	[NOTIFICATION_MOVED] = "moved",
	[NOTIFICATION_DIGEST] = "digest",
	[NOTIFICATION_ERASED] = "erased",
	[NOTIFICATION_REPLY] = "reply",
	[NOTIFICATION_FORWARD] = "forward",
	[NOTIFICATION_BULLETIN_SENT] = "bulletin-sent",
	[NOTIFICATION_APPROVAL] = "approval",
	[NOTIFICATION_NEEDS] = "needs",
	[NOTIFICATION_FLAG] = "flag",
	[NOTIFICATION_REPORT_BACK] = "report-back",
};

static const struct {
	const char *name;
	size_t field;
} texts[] = {
#define TEXT(name)                                                     \
	{                                                              \
#name, offsetof(struct mail_notification_values, name) \
	}
	TEXT(organisation),  TEXT(contact),          TEXT(contact_address),
	TEXT(list_title),    TEXT(address),          TEXT(date),
	TEXT(expires),       TEXT(confirm_url),      TEXT(topics),
	TEXT(join_url),      TEXT(join_address),     TEXT(leave_url),
	TEXT(leave_address), TEXT(choose_url),       TEXT(archive_url),
	TEXT(consultation),  TEXT(consultation_url), TEXT(reference),
	TEXT(received),      TEXT(closes),           TEXT(why),
	TEXT(wording),       TEXT(frequency),        TEXT(manage_url),
	TEXT(move_url),      TEXT(old_address),      TEXT(new_address),
	TEXT(receipt),       TEXT(withdrawn),        TEXT(subject_line),
	TEXT(message),       TEXT(colleague),        TEXT(respondent),
	TEXT(note),          TEXT(bulletin),         TEXT(sent),
	TEXT(in_digests),    TEXT(not_sent),         TEXT(ledger_url),
	TEXT(audit_head),    TEXT(page_url),         TEXT(date_time),
	TEXT(home_url),      TEXT(account_url),      TEXT(flag),
#undef TEXT
};

static bool shows_way_out(enum mail_notification letter)
{
	return letter == NOTIFICATION_WELCOME ||
	       letter == NOTIFICATION_ALREADY_SUBSCRIBED || letter == NOTIFICATION_HELP ||
	       letter == NOTIFICATION_LEAVE_ASKED || letter == NOTIFICATION_PROBE ||
	       letter == NOTIFICATION_DIGEST || letter == NOTIFICATION_REPORT_BACK;
}

/* What a letter cannot do without, by name; the first of them that is missing, or NULL. */
static const char *missing(enum mail_notification letter,
			   const struct mail_notification_values *v)
{
	bool is_answer = letter == NOTIFICATION_REPLY,
	     is_forward = letter == NOTIFICATION_FORWARD;
	bool is_ack = letter == NOTIFICATION_ACKNOWLEDGEMENT,
	     is_help = letter == NOTIFICATION_HELP;
	bool is_sent = letter == NOTIFICATION_BULLETIN_SENT,
	     is_approval = letter == NOTIFICATION_APPROVAL,
	     is_needs = letter == NOTIFICATION_NEEDS,
	     is_flag = letter == NOTIFICATION_FLAG,
	     is_back = letter == NOTIFICATION_REPORT_BACK;
	bool of_reply = is_ack || is_answer || is_forward || is_back;
	bool is_move = letter == NOTIFICATION_MOVE_OLD || letter == NOTIFICATION_MOVE_NEW;
	bool of_person = is_move || letter == NOTIFICATION_MANAGE ||
			 letter == NOTIFICATION_MOVED || letter == NOTIFICATION_ERASED;
	const struct {
		const char *name, *value;
		bool must;
	} fields[] = {
		{"organisation", v->organisation, true},
		{"list_title", v->list_title,
		 !of_reply && !of_person && !is_needs && !is_flag},
		{"date", v->date, !of_reply},
		{"address", v->address, !of_reply && !is_help},
		{"expires", v->expires, letter == NOTIFICATION_CONFIRM || is_flag},
		{"confirm_url", v->confirm_by_reply ? "reply" : v->confirm_url,
		 letter == NOTIFICATION_CONFIRM},
		{"leave_address", v->leave_url ? v->leave_url : v->leave_address,
		 shows_way_out(letter)},
		{"manage_url", v->manage_url, letter == NOTIFICATION_MANAGE},
		{"move_url", v->move_url, is_move},
		{"new_address", v->new_address, is_move || letter == NOTIFICATION_MOVED},
		{"receipt", v->receipt, letter == NOTIFICATION_ERASED},
		/* What belongs to no consultation is answered and forwarded, too. */
		{"consultation", v->consultation,
		 is_ack || is_back || (of_reply && v->reference)},
		{"reference", v->reference,
		 is_ack || is_back || (of_reply && v->consultation)},
		{"received", v->received, is_ack || is_forward},
		{"closes", v->closes, is_ack && v->is_late},
		{"subject_line", v->subject_line,
		 is_answer || is_back || (is_forward && !v->reference)},
		{"markdown", v->markdown, is_back},
		{"message", v->message, is_answer || is_forward},
		{"colleague", v->colleague, is_forward || is_approval},
		{"bulletin", v->bulletin, is_sent || is_approval},
		{"page_url", v->page_url, is_approval || is_flag},
		{"flag", v->flag, is_flag},
		{"date_time", v->date_time, is_needs || is_flag},
		{"home_url", v->home_url, is_needs},
		{"account_url", v->account_url, is_needs},
		{"sent", v->sent, is_sent},
		{"ledger_url", v->ledger_url, is_sent},
		{"audit_head", v->audit_head, is_sent},
	};

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (fields[i].must && str_empty(fields[i].value))
			return fields[i].name;
	return NULL;
}

const char *mail_notification_name(enum mail_notification letter)
{
	return (size_t)letter < NOTIFICATION_COUNT ? names[letter] : "";
}

static void set_updates(struct template_value *map,
			const struct mail_notification_values *values)
{
	struct template_value *list = template_set_list(map, "updates");

	for (size_t i = 0; i < values->update_count; i++) {
		const struct mail_notification_update *u = &values->updates[i];
		struct template_value *one = template_add_map(list);
		struct template_value *sections = template_set_list(one, "sections");

		template_set_int(one, "number", u->number);
		template_set(one, "title", u->title);
		template_set(one, "date", u->date);
		template_set(one, "url", u->url);
		for (size_t s = 0; s < u->section_count; s++)
			template_add(sections, u->sections[s]);
	}
}

static void set_needs(struct template_value *map,
		      const struct mail_notification_values *values)
{
	struct template_value *list = template_set_list(map, "needs");

	for (size_t i = 0; i < values->need_count; i++) {
		const struct mail_notification_need *n = &values->needs[i];
		struct template_value *one = template_add_map(list);

		template_set(one, "what", n->what);
		template_set(one, "place", n->place);
		template_set(one, "since", n->since);
		template_set(one, "url", n->url);
		template_set_bool(one, "urgent", n->urgent);
	}
	template_set_int(map, "needs_many", (int64_t)values->need_count);
	template_set_bool(map, "needs_one", values->need_count == 1);
	template_set_bool(map, "at_once", values->at_once);
}

/* For HTML, where a line end is nothing. */
static void add_lines(struct arena *arena, struct template_value *map, const char *name,
		      const char *text)
{
	struct template_value *lines = template_set_list(map, name);

	while (text && *text) {
		size_t len = strcspn(text, "\n");

		template_add(lines, arena_strndup(arena, text, len));
		text += len + (text[len] == '\n');
	}
}

/* Written once, read as text and as HTML. */
static bool set_markdown(struct arena *arena, struct template_value *map,
			 const char *text, struct err *err)
{
	AUTO(buf) plain = buf_new(OUT_MAX_BYTES);
	AUTO(buf) html = buf_new(OUT_MAX_BYTES);
	AUTO(markdown) md = NULL;

	if (!text)
		return true;
	if (!markdown_parse("the text", 1, text, strlen(text), &md, err))
		return false;
	markdown_text(md, 0, markdown_blocks(md), plain);
	markdown_html(md, 0, markdown_blocks(md), MARKDOWN_MAIL, 2, html);
	template_set(map, "body_text", arena_strndup(arena, buf_text(plain), plain->len));
	template_set_vouched(map, "body_html",
			     arena_strndup(arena, buf_text(html), html->len));
	return true;
}

static struct template_value *map_of(struct arena *arena,
				     const struct mail_notification_values *values)
{
	struct template_value *map = template_map(arena);

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		template_set(map, texts[i].name,
			     *(const char *const *)(const void *)((const char *)values +
								  texts[i].field));
	template_set_bool(map, "confirm_by_reply", values->confirm_by_reply);
	template_set_bool(map, "has_topics", values->has_topics);
	template_set_bool(map, "is_late", values->is_late);
	template_set_bool(map, "has_replies", values->has_replies);
	template_set_bool(map, "monthly", values->monthly);
	template_set_bool(map, "is_asked", values->approval == APPROVAL_MAIL_ASKED);
	template_set_bool(map, "is_to_agree", values->approval == APPROVAL_MAIL_TO_AGREE);
	template_set_bool(map, "is_returned", values->approval == APPROVAL_MAIL_RETURNED);
	template_set_bool(map, "is_overdue", values->is_overdue);
	template_set_bool(map, "may_open", values->may_open);
	template_set_bool(map, "is_approved", values->approval == APPROVAL_MAIL_APPROVED);
	set_updates(map, values);
	set_needs(map, values);
	add_lines(arena, map, "message_lines", values->message);
	add_lines(arena, map, "note_lines", values->note);
	return map;
}

/* Empty lines that stand at the end or together come from what was left out. */
static void without_gaps(struct buf *to, const char *text)
{
	size_t newlines = 2;

	for (; *text; text++) {
		newlines = *text == '\n' ? newlines + 1 : 0;
		if (newlines <= 2)
			buf_char(to, *text);
	}
	while (to->len > 1 && to->bytes[to->len - 1] == '\n' &&
	       to->bytes[to->len - 2] == '\n')
		to->bytes[--to->len] = '\0';
}

bool mail_notification_render(const struct template_library *library, struct arena *arena,
			      enum mail_notification letter,
			      const struct mail_notification_values *values,
			      struct mail_notification_text *out, struct err *err)
{
	struct template_value *map = map_of(arena, values);
	const char *name = mail_notification_name(letter);
	AUTO(buf) subject = buf_new(OUT_MAX_BYTES);
	AUTO(buf) text = buf_new(OUT_MAX_BYTES);
	AUTO(buf) html = buf_new(OUT_MAX_BYTES);
	AUTO(buf) wrapped = buf_new(OUT_MAX_BYTES);
	AUTO(buf) tidy = buf_new(OUT_MAX_BYTES);

	if (missing(letter, values))
		return err_set(err, ERR_INPUT, "the letter \"%s\" needs a value for %s",
			       name, missing(letter, values));
	if (!set_markdown(arena, map, values->markdown, err))
		return false;
	if (!template_render(library, arena_printf(arena, "mail/%s.subject", name), map,
			     TEMPLATE_STRICT, subject, err))
		return false;
	template_set(map, "subject", buf_text(subject));
	if (!template_render(library, arena_printf(arena, "mail/%s.txt", name), map,
			     TEMPLATE_STRICT, text, err) ||
	    !template_render(library, arena_printf(arena, "mail/%s.html", name), map,
			     TEMPLATE_STRICT, html, err))
		return false;
	markdown_wrap_long(wrapped, buf_text(text));
	without_gaps(tidy, buf_text(wrapped));
	out->subject = arena_strndup(arena, buf_text(subject), subject->len);
	out->text = arena_strndup(arena, buf_text(tidy), tidy->len);
	out->html = arena_strndup(arena, buf_text(html), html->len);
	return true;
}

bool mail_notification_check(const struct template_library *library, struct err *err)
{
	static const struct mail_notification_values least = {.organisation = "x",
							      .list_title = "x",
							      .address = "x",
							      .date = "x",
							      .expires = "x",
							      .confirm_by_reply = true,
							      .leave_address = "x",
							      .manage_url = "x",
							      .move_url = "x",
							      .new_address = "x",
							      .receipt = "x",
							      .consultation = "x",
							      .reference = "x",
							      .received = "x",
							      .subject_line = "x",
							      .message = "x",
							      .markdown = "x",
							      .colleague = "x",
							      .bulletin = "x",
							      .sent = "1",
							      .ledger_url = "x",
							      .page_url = "x",
							      .flag = "x",
							      .date_time = "x",
							      .home_url = "x",
							      .account_url = "x",
							      .audit_head = "x"};
	static const char *const heading[] = {"x"};
	const struct mail_notification_update update = {
		1, "x", "x", "x", (const char **)(const void *)heading, 1};
	const struct mail_notification_need need = {"x", "x", "x", "x", true};
	struct mail_notification_values all = {
		.updates = &update, .update_count = 1, .needs = &need, .need_count = 1};
	AUTO(arena) arena = arena_new(65536);

	all.markdown = "x";
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		*(const char **)(void *)((char *)&all + texts[i].field) = "x";
	for (int letter = 0; letter < NOTIFICATION_COUNT; letter++) {
		struct mail_notification_text ignored;

		for (int way = 0; way < 5; way++) {
			all.approval = (enum mail_approval)(way % APPROVAL_MAILS);
			all.confirm_by_reply = all.at_once = all.is_overdue = way & 1;
			all.is_late = all.has_replies = all.monthly = all.has_topics =
				all.may_open = way & 2;
			if (!mail_notification_render(
				    library, arena, (enum mail_notification)letter,
				    way < 4 ? &all : &least, &ignored, err))
				return false;
		}
	}
	return true;
}
