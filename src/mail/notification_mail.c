#include "mail/notification_mail.h"

#include "base/str.h"
#include "text/markdown.h"

enum { OUT_MAX_BYTES = 1000000 };

static const char *const names[LETTER_COUNT] = {
	[LETTER_CONFIRM] = "confirm",
	[LETTER_WELCOME] = "welcome",
	[LETTER_LEFT] = "left",
	[LETTER_LEAVE_ASKED] = "leave-asked",
	[LETTER_NOT_SUBSCRIBED] = "not-subscribed",
	[LETTER_CLOSED_REQUEST] = "closed-request",
	[LETTER_CLOSED_REFUSED] = "closed-refused",
	[LETTER_ALREADY_SUBSCRIBED] = "already-subscribed",
	[LETTER_ACKNOWLEDGEMENT] = "acknowledgement",
	[LETTER_HELP] = "help",
	[LETTER_PROBE] = "probe",
	[LETTER_MANAGE] = "manage",
	[LETTER_MOVE_OLD] = "move-old",
	[LETTER_MOVE_NEW] = "move-new",
	[LETTER_MOVED] = "moved",
	[LETTER_DIGEST] = "digest",
	[LETTER_ERASED] = "erased",
	[LETTER_ANSWER] = "answer",
	[LETTER_FORWARD] = "forward",
	[LETTER_BULLETIN_SENT] = "bulletin-sent",
};

static const struct {
	const char *name;
	size_t field;
} texts[] = {
#define TEXT(name)                                               \
	{                                                        \
#name, offsetof(struct mail_letter_values, name) \
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
	TEXT(receipt),       TEXT(subject_line),     TEXT(message),
	TEXT(colleague),     TEXT(respondent),       TEXT(note),
	TEXT(bulletin),      TEXT(sent),             TEXT(in_digests),
	TEXT(not_sent),      TEXT(ledger_url),       TEXT(audit_head),
#undef TEXT
};

/* What a letter cannot do without, by name; the first of them that is missing, or NULL. */
static const char *missing(enum mail_letter letter, const struct mail_letter_values *v)
{
	bool is_answer = letter == LETTER_ANSWER, is_forward = letter == LETTER_FORWARD;
	bool is_ack = letter == LETTER_ACKNOWLEDGEMENT, is_help = letter == LETTER_HELP;
	bool is_sent = letter == LETTER_BULLETIN_SENT;
	bool of_reply = is_ack || is_answer || is_forward;
	bool shows_way_out = letter == LETTER_WELCOME ||
			     letter == LETTER_ALREADY_SUBSCRIBED || is_help ||
			     letter == LETTER_LEAVE_ASKED ||
			     letter == LETTER_PROBE || letter == LETTER_DIGEST;
	bool is_move = letter == LETTER_MOVE_OLD || letter == LETTER_MOVE_NEW;
	bool of_person = is_move || letter == LETTER_MANAGE || letter == LETTER_MOVED ||
			 letter == LETTER_ERASED;
	const struct {
		const char *name, *value;
		bool must;
	} fields[] = {
		{"organisation", v->organisation, true},
		{"list_title", v->list_title, !of_reply && !of_person},
		{"date", v->date, !of_reply},
		{"address", v->address, !of_reply && !is_help},
		{"expires", v->expires, letter == LETTER_CONFIRM},
		{"confirm_url", v->confirm_by_reply ? "reply" : v->confirm_url,
		 letter == LETTER_CONFIRM},
		{"leave_address", v->leave_url ? v->leave_url : v->leave_address,
		 shows_way_out},
		{"manage_url", v->manage_url, letter == LETTER_MANAGE},
		{"move_url", v->move_url, is_move},
		{"new_address", v->new_address, is_move || letter == LETTER_MOVED},
		{"receipt", v->receipt, letter == LETTER_ERASED},
		{"consultation", v->consultation, of_reply},
		{"reference", v->reference, of_reply},
		{"received", v->received, is_ack || is_forward},
		{"closes", v->closes, is_ack && v->is_late},
		{"subject_line", v->subject_line, is_answer},
		{"message", v->message, is_answer || is_forward},
		{"colleague", v->colleague, is_forward},
		{"bulletin", v->bulletin, is_sent},
		{"sent", v->sent, is_sent},
		{"ledger_url", v->ledger_url, is_sent},
		{"audit_head", v->audit_head, is_sent},
	};

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (fields[i].must && str_empty(fields[i].value))
			return fields[i].name;
	return NULL;
}

const char *mail_letter_name(enum mail_letter letter)
{
	return (size_t)letter < LETTER_COUNT ? names[letter] : "";
}

static void set_updates(struct template_value *map,
			const struct mail_letter_values *values)
{
	struct template_value *list = template_set_list(map, "updates");

	for (size_t i = 0; i < values->update_count; i++) {
		const struct mail_letter_update *u = &values->updates[i];
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

static struct template_value *map_of(struct arena *arena,
				     const struct mail_letter_values *values)
{
	struct template_value *map = template_map(arena);

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		template_set(map, texts[i].name,
			     *(const char *const *)(const void *)((const char *)values +
								  texts[i].field));
	template_set_bool(map, "confirm_by_reply", values->confirm_by_reply);
	template_set_bool(map, "is_late", values->is_late);
	template_set_bool(map, "has_replies", values->has_replies);
	template_set_bool(map, "monthly", values->monthly);
	set_updates(map, values);
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

bool mail_letter_render(const struct template_library *library, struct arena *arena,
			enum mail_letter letter, const struct mail_letter_values *values,
			struct mail_letter_text *out, struct err *err)
{
	struct template_value *map = map_of(arena, values);
	const char *name = mail_letter_name(letter);
	AUTO(buf) subject = buf_new(OUT_MAX_BYTES);
	AUTO(buf) text = buf_new(OUT_MAX_BYTES);
	AUTO(buf) html = buf_new(OUT_MAX_BYTES);
	AUTO(buf) wrapped = buf_new(OUT_MAX_BYTES);
	AUTO(buf) tidy = buf_new(OUT_MAX_BYTES);

	if (missing(letter, values))
		return err_set(err, ERR_INPUT, "the letter \"%s\" needs a value for %s",
			       name, missing(letter, values));
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

bool mail_letter_check(const struct template_library *library, struct err *err)
{
	static const struct mail_letter_values least = {.organisation = "x",
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
							.colleague = "x",
							.bulletin = "x",
							.sent = "1",
							.ledger_url = "x",
							.audit_head = "x"};
	static const char *const heading[] = {"x"};
	const struct mail_letter_update update = {
		1, "x", "x", "x", (const char **)(const void *)heading, 1};
	struct mail_letter_values all = {.updates = &update, .update_count = 1};
	AUTO(arena) arena = arena_new(65536);

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		*(const char **)(void *)((char *)&all + texts[i].field) = "x";
	for (int letter = 0; letter < LETTER_COUNT; letter++) {
		struct mail_letter_text ignored;

		for (int way = 0; way < 5; way++) {
			all.confirm_by_reply = way & 1;
			all.is_late = all.has_replies = all.monthly = way & 2;
			if (!mail_letter_render(library, arena, (enum mail_letter)letter,
						way < 4 ? &all : &least, &ignored, err))
				return false;
		}
	}
	return true;
}
