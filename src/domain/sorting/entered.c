#include "domain/sorting/entered.h"
#include "domain/admin/rights.h"
#include "domain/core/audit.h"
#include "domain/core/undo.h"
#include "domain/intake/inbound.h"
#include "domain/intake/mailbox.h"
#include "domain/intake/reread.h"
#include "domain/intake/response_take.h"
#include "domain/responses/reference.h"
#include "domain/sorting/typed_scan.h"
#include "base/clock.h"
#include "base/str.h"
#include "store/apart.h"

#include <inttypes.h>

static const char mailbox_name[] = "by hand", by_mistake[] = "put in by mistake";

bool entered_day(struct operation *op, const struct consultation *c, const char *received,
		 struct calendar_day *out, struct err *err)
{
	struct calendar_day today = clock_calendar(op->now, c->zone), day;

	if (str_blank(received))
		return err_set(err, ERR_INPUT, "say on which day it reached us");
	if (!calendar_typed(received, today, &day) || day.year < 1990)
		return err_set(
			err, ERR_INPUT,
			"\"%.40s\" is no day: write it as 3 March 2026 or 3/3/2026",
			received);
	if (calendar_number(day) > calendar_number(today)) {
		char text[CALENDAR_TEXT];

		calendar_long(day, text);
		return err_set(err, ERR_INPUT,
			       "%s is yet to come: give the day on which it reached us",
			       text);
	}
	*out = day;
	return true;
}

bool entered_words_check(const struct entered *what, struct err *err)
{
	const char *text = str_or(what->text, "");
	size_t len = strlen(text);

	if (str_blank(text) && !what->file_count)
		return err_set(err, ERR_INPUT, "type what it says, or choose a file");
	if (len > ENTERED_TEXT_MOST)
		return err_set(err, ERR_INPUT,
			       "the text is longer than %d bytes: keep it as a file",
			       ENTERED_TEXT_MOST);
	if (!str_utf8_valid(text, len))
		return err_set(err, ERR_INPUT, "the text is not UTF-8");
	return what->file_count <= ENTERED_FILES_MOST ||
	       err_set(err, ERR_INPUT, "at most %d files belong to one response",
		       ENTERED_FILES_MOST);
}

static bool check_once(const char *once, struct err *err)
{
	size_t len = strlen(str_or(once, ""));
	bool good = len >= 8 && len <= 64;

	for (size_t i = 0; good && i < len; i++) {
		char lower = str_lower_char(once[i]);

		good = (lower >= 'a' && lower <= 'z') || str_is_digit(once[i]);
	}
	return good || err_set(err, ERR_INPUT, "this form is damaged: open it again");
}

/* Of the day only is known; its noon, or this moment, stands for when it came. */
static bool times_of(struct operation *op, struct entered_made *made,
		     const char *received, struct err *err)
{
	const struct consultation *c = &made->consultation;
	struct calendar_day day;
	char text[CALENDAR_TEXT];

	if (!entered_day(op, c, received, &day, err))
		return false;
	calendar_text(day, text);
	if (!clock_day_start(text, c->zone, &made->in_time_at, err))
		return false;
	made->received_at = made->in_time_at + DAY_S / 2;
	if (made->received_at > op->now)
		made->received_at = op->now;
	return true;
}

/* Who it is from stands beside it: not everybody who reads it may see that. */
static const char *subject_of(struct arena *arena, const struct entered_made *made)
{
	static const struct {
		const char *channel, *words;
	} words[] = {{"paper", "On paper"},
		     {"telephone", "By telephone"},
		     {"meeting", "At a meeting"},
		     {"email", "Email to a colleague"}};
	char day[CLOCK_TEXT];

	clock_long_date(made->received_at, made->consultation.zone, day);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(words[i].channel, made->said.channel))
			return arena_printf(arena, "%s, %s", words[i].words, day);
	return day[0] ? arena_strdup(arena, day) : "";
}

bool entered_make(struct operation *op, struct arena *arena, const struct entered *what,
		  struct entered_made *out, struct err *err)
{
	struct entry_said said = what->said;
	struct typed_mail mail;

	said.how = ENTRY_BY_HAND;
	*out = (struct entered_made){.once = what->once,
				     .scan = what->scan,
				     .files = what->files,
				     .file_count = what->file_count};
	if (!needs_staff(op, err) ||
	    !consultation_named(op, arena, what->consultation, &out->consultation, err) ||
	    !rights_ask(op, RIGHT_SCREEN, rights_on_consultation(out->consultation.id),
			err))
		return false;
	if (str_eq(out->consultation.state, "draft"))
		return err_set(err, ERR_CONFLICT,
			       "%s is not open yet: responses can be added once it is",
			       out->consultation.title);
	if (!entry_read(op, arena, &said, &out->said, err) ||
	    !times_of(op, out, what->received, err) || !entered_words_check(what, err) ||
	    !check_once(what->once, err))
		return false;
	mail = (struct typed_mail){.from = out->said.address,
				   .to = out->consultation.address,
				   .subject = subject_of(arena, out),
				   .channel = out->said.channel,
				   .at = out->received_at,
				   .text = str_or(what->text, ""),
				   .files = what->files,
				   .file_count = what->file_count,
				   .most = (size_t)op->settings->message_max_bytes};
	return typed_mail_make(arena, &mail, &out->bytes, &out->len, err);
}

struct adding {
	struct operation *op;
	struct arena *arena; /* of what is given out */
	const struct entered_made *made;
	const struct mail_message *m;
	struct entered_added added;
};

/* The same form once more, after a double click or going back. */
static bool find_before(struct operation *op, struct arena *arena,
			const struct entered_made *made, int64_t mailbox_id,
			struct entered_added *out, struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];
	struct store_row row;
	const void *kept;
	size_t len;

	if (!store_one(op->store, arena, &row, err, SQL_ENTRY_BEFORE, "it", mailbox_id,
		       made->once))
		return err_forgive(err, ERR_ABSENT);
	secret_sha256(made->bytes, made->len, hash);
	kept = row_bytes(&row, "sha256", &len);
	out->reference = response_reference(arena, row_text(&row, "consultation"),
					    row_int(&row, "number"));
	out->was_there = true;
	return (len == sizeof(hash) && memcmp(kept, hash, len) == 0) ||
	       err_set(err, ERR_CONFLICT,
		       "this form was sent before and is %s; what it says now has not "
		       "been added",
		       out->reference);
}

/* As far as a mail that came in is once it has been read. */
static bool keep_mail(struct operation *op, struct arena *arena, int64_t mailbox_id,
		      const struct adding *what, int64_t *out_id, struct err *err)
{
	const struct entered_made *made = what->made;
	struct arrival mail = {.mailbox_id = mailbox_id,
			       .item = made->once,
			       .bytes = made->bytes,
			       .len = made->len};
	struct store_row row;
	bool is_new;

	if (!inbound_keep(op, &mail, &is_new, err) ||
	    !store_one(op->store, arena, &row, err, SQL_INBOUND_HAS, "it", mailbox_id,
		       made->once))
		return false;
	*out_id = row_int(&row, "id");
	return entry_keep(op, *out_id, &made->said, err) &&
	       inbound_keep_parsed(op, arena, *out_id, what->m, err);
}

/* Undone as a screening is: whoever has screened it since has seen it. */
static bool can_be_undone(struct operation *op, const struct response_taken *taken,
			  const char *reference, struct err *err)
{
	AUTO(buf) inverse = undo_new();

	pack_int(inverse, taken->response_id);
	pack_str(inverse, "excluded");
	pack_str(inverse, by_mistake);
	pack_str(inverse, "received");
	pack_str(inverse, NULL);
	return undo_record(op, "screen", inverse, err, "adding %s", reference);
}

static bool take(struct operation *op, struct arena *arena, int64_t inbound_id,
		 const struct adding *what, struct response_taken *out, struct err *err)
{
	const struct entered_made *made = what->made;
	const struct consultation *c = &made->consultation;
	struct mail_message m;
	const struct response_taking taking = {.inbound_id = inbound_id,
					       .kept_at = op->now,
					       .consultation = c,
					       .m = &m,
					       .said = &made->said,
					       .received_at = made->received_at,
					       .in_time_at = made->in_time_at};

	return entry_apply(op, arena, inbound_id, what->m, &m, err) &&
	       response_take(op, arena, &taking, out, err) &&
	       store_run(op->store, err, SQL_INBOUND_DONE, "itttzzi", inbound_id,
			 mail_kind_name(MAIL_HUMAN), out->taken,
			 arena_printf(arena, "%s, added by hand", out->why), (int64_t)0,
			 c->id, (int64_t)0) &&
	       reread_proposal(op, arena, inbound_id, err) &&
	       store_run(op->store, err, SQL_PROPOSAL_REFUSE_WHOLE, "iii",
			 out->response_id, op->staff_id, op->now) &&
	       audit_record(op, err, "response added", "response", out->response_id, "%s",
			    made->said.channel);
}

/* What it was typed from; else those of its files that can be drawn: they are shown beside it. */
static bool keep_scan(struct operation *op, const struct entered_made *made,
		      int64_t inbound_id, struct err *err)
{
	const struct scan_chosen chosen = {.consultation_id = made->consultation.id,
					   .token = made->once,
					   .files = made->files,
					   .count = made->file_count};

	return !str_empty(made->scan) ? scan_added(op, chosen.consultation_id, made->scan,
						   inbound_id, err)
				      : scan_keep_drawable(op, &chosen, inbound_id, err);
}

static bool add_once(void *with, struct arena *arena, struct err *err)
{
	struct adding *what = with;
	struct operation *op = what->op;
	const struct entered_made *made = what->made;
	AUTO(store_txn) t = store_begin(op->store, err);
	struct response_taken taken;
	struct store_row row;
	struct mailbox box;
	int64_t id;

	what->added = (struct entered_added){0};
	if (!t || !mailbox_open(op, mailbox_name, &box, err) ||
	    !find_before(op, what->arena, made, box.id, &what->added, err))
		return false;
	if (what->added.was_there)
		return true;
	if (!keep_mail(op, arena, box.id, what, &id, err) ||
	    !keep_scan(op, made, id, err) || !take(op, arena, id, what, &taken, err) ||
	    !store_one(op->store, arena, &row, err, SQL_RESPONSE_OF_INBOUND, "i", id))
		return false;
	what->added = (struct entered_added){
		.reference =
			response_reference(what->arena, row_text(&row, "consultation"),
					   row_int(&row, "number")),
		.is_late = taken.is_late,
		.is_early = made->in_time_at + DAY_S <= made->consultation.opens_at,
		.is_acknowledged = taken.is_acknowledged};
	return can_be_undone(op, &taken, what->added.reference, err) &&
	       store_commit(&t, err);
}

bool entered_add(struct operation *op, struct arena *arena,
		 const struct entered_made *made, const struct mail_message *m,
		 struct entered_added *out, struct err *err)
{
	struct adding what = {.op = op, .arena = arena, .made = made, .m = m};

	if (!needs_staff(op, err))
		return false;
	if (!mail_was_read(m))
		return err_set(err, ERR_INPUT,
			       "a file among these cannot be opened safely; add the "
			       "response without it, or with a picture of it");
	if (!apart_run(op->store, add_once, &what, err))
		return false;
	*out = what.added;
	return true;
}
