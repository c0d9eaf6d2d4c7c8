#include "domain/intake/entry.h"
#include "domain/admin/arrival.h"
#include "domain/core/audit.h"
#include "domain/core/plus_address.h"
#include "domain/intake/reread.h"
#include "domain/responses/response_lock.h"
#include "domain/responses/response_text.h"
#include "base/str.h"
#include "mail/write/recipient.h"

static const char *const hows[] = {
	[ENTRY_BY_HAND] = "by hand", [ENTRY_SENT_ON] = "sent on"};

const char *entry_name(const struct entry_said *said)
{
	const char *name = str_empty(said->name) ? said->organisation : said->name;

	return str_empty(name) ? NULL : name;
}

static bool check_address(struct operation *op, const char *address, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	const char *normal;
	bool ours;

	if (str_blank(address))
		return true;
	if (!mail_address_normal(arena, address, &normal, err) ||
	    !arrival_route_is_ours(op, arena, normal, &ours, err))
		return false;
	return !ours || err_set(err, ERR_INPUT,
				"%.100s is an address of our own: give the respondent's, "
				"or none",
				normal);
}

static bool check_channel(const char *channel, struct err *err)
{
	return !str_empty(channel)
		       ? domain_word_check("channel", channel, response_channels, err)
		       : err_set(err, ERR_INPUT, "say how it reached us");
}

/* Whose it is must be said, for the mail itself says somebody else. */
static bool check_name(const struct entry_said *said, struct err *err)
{
	if (!address_text_check("a name", str_or(said->name, ""), LIST_NAME_MOST, err))
		return false;
	return said->how != ENTRY_SENT_ON || entry_name(said) ||
	       !str_blank(said->address) ||
	       err_set(err, ERR_INPUT,
		       "say whose response it is: a name, an organisation or an address");
}

bool entry_field_check(struct operation *op, const struct entry_said *said,
		       enum entry_field field, struct err *err)
{
	switch (field) {
	case ENTRY_CHANNEL:
		return check_channel(said->channel, err);
	case ENTRY_NAME:
		return check_name(said, err);
	case ENTRY_ORGANISATION:
		return address_text_check("an organisation",
					  str_or(said->organisation, ""), LIST_NAME_MOST,
					  err);
	case ENTRY_ADDRESS:
		return check_address(op, said->address, err);
	case ENTRY_TYPE:
		return domain_word_check("respondent type", str_or(said->type, NULL),
					 respondent_types, err);
	case ENTRY_PERMISSION:
		return domain_word_check("permission", str_or(said->permission, NULL),
					 respondent_permissions, err);
	case ENTRY_FIELDS:
		break;
	}
	return true;
}

bool entry_read(struct operation *op, struct arena *arena, const struct entry_said *said,
		struct entry_said *out, struct err *err)
{
	for (int f = 0; f < ENTRY_FIELDS; f++)
		if (!entry_field_check(op, said, (enum entry_field)f, err))
			return false;
	*out = *said;
	out->name = str_or(said->name, NULL);
	out->organisation = str_or(said->organisation, NULL);
	out->type = str_or(said->type, "unknown");
	out->permission = str_or(said->permission, "unknown");
	out->address = NULL;
	return str_blank(said->address) ||
	       mail_address_normal(arena, said->address, &out->address, err);
}

bool entry_keep(struct operation *op, int64_t inbound_id, const struct entry_said *said,
		struct err *err)
{
	return store_run(op->store, err, SQL_ENTRY_ADD, "itttttttii", inbound_id,
			 hows[said->how], said->channel, said->name, said->organisation,
			 said->address, said->type, said->permission, op->staff_id,
			 op->now);
}

bool entry_respondent(struct operation *op, int64_t respondent_id,
		      const struct entry_said *said, struct err *err)
{
	const char *type = str_eq(said->type, "unknown") ? NULL : said->type;
	const char *permission =
		str_eq(said->permission, "unknown") && said->how == ENTRY_BY_HAND
			? NULL
			: said->permission;
	bool sent_on = said->how == ENTRY_SENT_ON;

	return store_run(op->store, err, SQL_RESPONDENT_SET, "itt", respondent_id, type,
			 permission) &&
	       store_run(op->store, err, SQL_RESPONDENT_CORRECT, "ittt", respondent_id,
			 sent_on ? str_or(said->name, "") : said->name,
			 sent_on ? str_or(said->organisation, "") : said->organisation,
			 NULL);
}

/* All that was typed is theirs: nothing of it is a quote or a note. */
static void by_hand(const struct store_row *entry, const char *name,
		    struct mail_message *out)
{
	out->kind = MAIL_HUMAN;
	out->from = (struct mail_address){name, row_text(entry, "address")};
	out->text_new = out->text;
	out->text_quoted = NULL;
	out->forwarded = (struct mail_address){0};
	out->note_len = 0;
}

/*
 * Where the mail does not show what of it is passed on: a text beside files introduces them,
 * and a text alone is what was sent on.
 */
static void sent_on(const struct store_row *entry, const char *name,
		    struct mail_message *out)
{
	bool shows = out->forwarded.name || out->forwarded.address;
	const char *text = str_or(out->text_new, out->text);

	out->forwarded = (struct mail_address){name, row_text(entry, "address")};
	if (!shows)
		out->note_len = out->attachment_count ? strlen(str_or(text, "")) : 0;
}

bool entry_apply(struct operation *op, struct arena *arena, int64_t inbound_id,
		 const struct mail_message *m, struct mail_message *out, struct err *err)
{
	struct store_row row;
	const char *name;

	*out = *m;
	if (!store_one(op->store, arena, &row, err, SQL_ENTRY_OF, "i", inbound_id))
		return err_forgive(err, ERR_ABSENT);
	name = str_or(row_text(&row, "name"), row_text(&row, "organisation"));
	if (str_eq(row_text(&row, "how"), hows[ENTRY_BY_HAND]))
		by_hand(&row, name, out);
	else
		sent_on(&row, name, out);
	return true;
}

/* As much of a mail as says who it is from, from what the reader found when it came. */
static bool read_before(struct operation *op, struct arena *arena, int64_t inbound_id,
			struct mail_message *out, struct err *err)
{
	struct store_table files;
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_PARSED_OF, "i", inbound_id) ||
	    !store_all(op->store, arena, &files, err, SQL_ATTACHMENTS_OF, "i",
		       inbound_id))
		return false;
	*out = (struct mail_message){.text = row_text(&row, "text"),
				     .text_new = row_text(&row, "text_new"),
				     .forwarded = {row_text(&row, "forwarded_name"),
						   row_text(&row, "forwarded_address")},
				     .note_len = (size_t)row_int(&row, "note_bytes")};
	for (size_t i = 0; i < files.count; i++) {
		struct store_row file = table_row(&files, i);

		out->attachment_count += !row_int(&file, "also");
	}
	return true;
}

static bool write_forwarded(struct operation *op, struct arena *arena, int64_t inbound_id,
			    const struct mail_message *m, struct err *err)
{
	const char *address = m->forwarded.address;
	const char *means = address ? address_meant(arena, address) : NULL;

	return store_run(op->store, err, SQL_PARSED_FORWARDED, "itti", inbound_id,
			 m->forwarded.name, address, (int64_t)m->note_len) &&
	       store_run(op->store, err, SQL_ENTRY_FORWARDED_DROP, "i", inbound_id) &&
	       (!address || store_run(op->store, err, SQL_MAIL_WRITER_ADD, "itt",
				      inbound_id, "forwarded", address)) &&
	       (!means || store_run(op->store, err, SQL_MAIL_WRITER_ADD, "itt",
				    inbound_id, "forwarded", means));
}

bool entry_send_on(struct operation *op, struct arena *arena, int64_t inbound_id,
		   const struct entry_said *said, struct err *err)
{
	struct mail_message before, after;

	return read_before(op, arena, inbound_id, &before, err) &&
	       store_run(op->store, err, SQL_ENTRY_DROP, "i", inbound_id) &&
	       entry_keep(op, inbound_id, said, err) &&
	       entry_apply(op, arena, inbound_id, &before, &after, err) &&
	       write_forwarded(op, arena, inbound_id, &after, err);
}

static const char *const respondent_fields[] = {
	"address_key", "name",    "name_by",    "organisation", "organisation_by",
	"type",        "type_by", "permission", "permission_by"};
static const char *const entry_fields[] = {"channel", "name", "organisation",
					   "address", "type", "permission"};
enum { R_FIELDS = ARRAY_LEN(respondent_fields), E_FIELDS = ARRAY_LEN(entry_fields) };

/* What was said before, where something was. */
static bool pack_said(struct operation *op, struct arena *arena, int64_t inbound_id,
		      struct buf *to, struct err *err)
{
	struct store_row row;
	bool was = store_one(op->store, arena, &row, err, SQL_ENTRY_OF, "i", inbound_id);

	if (!was && !err_forgive(err, ERR_ABSENT))
		return false;
	if (was && !str_eq(row_text(&row, "how"), hows[ENTRY_SENT_ON]))
		return err_set(
			err, ERR_CONFLICT,
			"it was added by hand, so nobody sent it on; correct who it "
			"is from instead");
	pack_int(to, was);
	for (size_t i = 0; was && i < E_FIELDS; i++)
		pack_str(to, row_text(&row, entry_fields[i]));
	pack_int(to, was ? row_int(&row, "staff_id") : 0);
	pack_int(to, was ? row_int(&row, "at") : 0);
	return true;
}

bool entry_pack(struct operation *op, struct arena *arena,
		const struct response *response, const struct entry_said *said,
		struct buf *to, struct err *err)
{
	struct mail_message m;
	struct store_row row, r;

	if (!store_one(op->store, arena, &r, err, SQL_RESPONSE_BY_ID, "i",
		       response->id) ||
	    !store_one(op->store, arena, &row, err, SQL_ENTRY_RESPONDENT_BEFORE, "i",
		       response->respondent_id) ||
	    !read_before(op, arena, response->inbound_id, &m, err))
		return false;
	pack_int(to, response->id);
	pack_int(to, response->inbound_id);
	pack_int(to, response->respondent_id);
	pack_str(to, row_text(&r, "channel"));
	for (size_t i = 0; i < R_FIELDS; i++)
		pack_str(to, row_text(&row, respondent_fields[i]));
	pack_str(to, m.forwarded.name);
	pack_str(to, m.forwarded.address);
	pack_int(to, (int64_t)m.note_len);
	if (!pack_said(op, arena, response->inbound_id, to, err))
		return false;
	/* What stands now, and must stand when it is taken back. */
	pack_str(to, said->name);
	pack_str(to, said->organisation);
	pack_str(to, said->permission);
	pack_int(to, op->now);
	return true;
}

struct was {
	int64_t response, inbound, respondent, said, staff_id, at, note, since;
	const char *channel, *of[R_FIELDS], *name, *address, *entry[E_FIELDS], *now[3];
};

static bool unpack_strs(struct unpack *from, struct arena *arena, const char **to,
			size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!unpack_str(from, arena, &to[i]))
			return false;
	return true;
}

static bool unpack_was(struct unpack *from, struct arena *arena, struct was *w)
{
	return unpack_int(from, 1, INT64_MAX, &w->response) &&
	       unpack_int(from, 1, INT64_MAX, &w->inbound) &&
	       unpack_int(from, 1, INT64_MAX, &w->respondent) &&
	       unpack_strs(from, arena, &w->channel, 1) &&
	       unpack_strs(from, arena, w->of, R_FIELDS) &&
	       unpack_strs(from, arena, &w->name, 1) &&
	       unpack_strs(from, arena, &w->address, 1) &&
	       unpack_int(from, 0, INT64_MAX, &w->note) &&
	       unpack_int(from, 0, 1, &w->said) &&
	       (!w->said || unpack_strs(from, arena, w->entry, E_FIELDS)) &&
	       unpack_int(from, 0, INT64_MAX, &w->staff_id) &&
	       unpack_int(from, 0, INT64_MAX, &w->at) &&
	       unpack_strs(from, arena, w->now, ARRAY_LEN(w->now)) &&
	       unpack_int(from, 0, INT64_MAX, &w->since);
}

/* Nobody has said or corrected anything since. */
static bool still_stands(struct operation *op, struct arena *arena, const struct was *w,
			 bool *out, struct err *err)
{
	struct store_row said, who;

	*out = false;
	if (!store_one(op->store, arena, &said, err, SQL_ENTRY_OF, "i", w->inbound))
		return err_forgive(err, ERR_ABSENT);
	if (!store_one(op->store, arena, &who, err, SQL_ENTRY_RESPONDENT_BEFORE, "i",
		       w->respondent))
		return false;
	*out = row_int(&said, "at") == w->since &&
	       str_eq(row_text(&who, "name"), w->now[0]) &&
	       str_eq(row_text(&who, "organisation"), w->now[1]) &&
	       str_eq(row_text(&who, "permission"), w->now[2]);
	return true;
}

static bool put_back(struct operation *op, struct arena *arena, const struct was *w,
		     struct err *err)
{
	const struct mail_message m = {.forwarded = {w->name, w->address},
				       .note_len = (size_t)w->note};
	const char *const *of = w->of, *const *e = w->entry;

	return store_run(op->store, err, SQL_ENTRY_DROP, "i", w->inbound) &&
	       (!w->said || store_run(op->store, err, SQL_ENTRY_ADD, "itttttttii",
				      w->inbound, hows[ENTRY_SENT_ON], e[0], e[1], e[2],
				      e[3], e[4], e[5], w->staff_id, w->at)) &&
	       write_forwarded(op, arena, w->inbound, &m, err) &&
	       store_run(op->store, err, SQL_ENTRY_PLACE, "it", w->response,
			 w->channel) &&
	       store_run(op->store, err, SQL_ENTRY_RESPONDENT_BACK, "ittttttttt",
			 w->respondent, of[0], of[1], of[2], of[3], of[4], of[5], of[6],
			 of[7], of[8]) &&
	       response_text_read_again(op, arena, w->response, err);
}

bool entry_undo(struct operation *op, struct arena *arena, struct unpack *inverse,
		struct err *err)
{
	const struct audited said = {
		.act = "taken back", .subject = "response", .about = "sent on"};
	struct audited what = said;
	struct was w;
	bool stands;

	if (!unpack_was(inverse, arena, &w))
		return undo_damaged(err);
	what.subject_id = w.response;
	if (!response_lock_check(op, w.response, err) ||
	    !still_stands(op, arena, &w, &stands, err))
		return false;
	if (!stands)
		return undo_moved_on(err);
	return put_back(op, arena, &w, err) && audit_of(op, &what, err, "sent on");
}
