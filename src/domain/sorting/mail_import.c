#include "domain/sorting/mail_import.h"
#include "domain/admin/rights.h"
#include "domain/core/audit.h"
#include "domain/intake/inbound.h"
#include "domain/intake/mailbox.h"
#include "base/str.h"

#include <inttypes.h>

static const char mailbox_name[] = "imported";

bool mail_import_begin(struct operation *op, struct arena *arena,
		       const char *consultation, struct mail_import *out, struct err *err)
{
	struct mailbox box;

	*out = (struct mail_import){0};
	if (!needs_staff(op, err) ||
	    !consultation_named(op, arena, consultation, &out->consultation, err) ||
	    !rights_ask(op, RIGHT_SCREEN, rights_on_consultation(out->consultation.id),
			err))
		return false;
	if (str_eq(out->consultation.state, "draft"))
		return err_set(err, ERR_CONFLICT,
			       "%s is not open yet: mail can be imported once it is",
			       out->consultation.title);
	if (mailbox_named(op, mailbox_name, &box, err))
		out->mailbox_id = box.id;
	return out->mailbox_id || err_forgive(err, ERR_ABSENT);
}

/* What mail programs note in the head of a mail that they keep, and no sender wrote. */
static bool is_note(const char *line)
{
	static const char *const notes[] = {
		"Status:",         "X-Status:",         "X-Keywords:",
		"X-UID:",          "X-UIDL:",           "X-IMAP:",
		"X-IMAPbase:",     "X-Mozilla-Status:", "X-Mozilla-Status2:",
		"X-Mozilla-Keys:", "X-Gmail-Labels:",   "X-GM-THRID:",
		"X-Evolution:",    "Content-Length:",   "Lines:"};

	for (size_t i = 0; i < ARRAY_LEN(notes); i++)
		if (str_istarts(line, notes[i]))
			return true;
	return false;
}

/* The same for the mail in whatever file it was kept: without notes, blanks at line ends apart. */
static void identity(const struct mail_old *mail, char out[SECRET_SHA256_HEX])
{
	AUTO(buf) plain = buf_new(mail->len + 1);
	const char *at = mail->bytes, *end = mail->bytes + mail->len;
	bool in_head = true, in_note = false;

	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t len = (size_t)((stop ? stop : end) - at);

		while (len && at[len - 1] == '\r')
			len--;
		if (in_head && *at != ' ' && *at != '\t')
			in_note = is_note(at);
		in_head = in_head && len;
		if (!in_head || !in_note) {
			buf_add(plain, at, len);
			buf_char(plain, '\n');
		}
		at = stop ? stop + 1 : end;
	}
	while (plain->len && plain->bytes[plain->len - 1] == '\n')
		plain->len--;
	secret_sha256_hex(buf_text(plain), plain->len, out);
}

static bool add(struct operation *op, const struct mail_import *into,
		const struct mail_old *mail, const struct arrival *arrival,
		struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;
	bool is_new;

	return inbound_keep(op, arrival, &is_new, err) &&
	       store_one(op->store, arena, &row, err, SQL_INBOUND_HAS, "it",
			 arrival->mailbox_id, arrival->item) &&
	       store_run(op->store, err, SQL_IMPORTED_MAIL_ADD, "iizi",
			 row_int(&row, "id"), into->consultation.id,
			 mail->at > 0 && mail->at <= op->now ? mail->at : (int64_t)0,
			 (int64_t)into->acknowledge);
}

bool mail_import_keep(struct operation *op, struct mail_import *into,
		      const struct mail_old *mail, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	char hash[SECRET_SHA256_HEX];
	struct mailbox box;
	bool has = false;

	identity(mail, hash);
	const struct arrival arrival = {
		.item = arena_printf(arena, "%s/%s", into->consultation.name, hash),
		.bytes = mail->bytes,
		.len = mail->len,
		.cut = mail->cut};

	if (!into->mailbox_id && !into->only_look) {
		if (!mailbox_open(op, mailbox_name, &box, err))
			return false;
		into->mailbox_id = box.id;
	}
	if (into->mailbox_id &&
	    !mailbox_has(op, into->mailbox_id, arrival.item, &has, err))
		return false;
	into->kept += !has;
	into->known += has;
	into->cut += mail->cut && !has;
	if (has || into->only_look)
		return true;
	struct arrival kept = arrival;

	kept.mailbox_id = into->mailbox_id;
	return add(op, into, mail, &kept, err);
}

bool mail_import_end(struct operation *op, const struct mail_import *done,
		     struct err *err)
{
	return audit_record(op, err, "mail imported", "consultation",
			    done->consultation.id,
			    "%" PRId64 " emails, %" PRId64 " known before%s", done->kept,
			    done->known, done->acknowledge ? ", to be acknowledged" : "");
}
