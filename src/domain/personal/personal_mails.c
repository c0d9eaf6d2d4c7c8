#include "domain/personal/personal_mails.h"
#include "base/str.h"
#include "domain/core/personal_places.h"

#include <inttypes.h>

/* An address as a phrase of the text index. */
static const char *phrase(struct arena *arena, const char *address)
{
	AUTO(buf) text = buf_new(4096);

	buf_char(text, '"');
	for (const char *c = address; *c; c++)
		buf_str(text, *c == '"' ? "\"\"" : (const char[]){*c, '\0'});
	buf_char(text, '"');
	return arena_strdup(arena, buf_text(text));
}

struct naming {
	struct operation *op;
	const char *address; /* in small letters */
};

/* As an address of its own: "tam@x.example" stands in no "anna.tam@x.example". */
static bool is_named(const char *text, const char *address)
{
	static const char within[] = "abcdefghijklmnopqrstuvwxyz0123456789.-_+%@";
	size_t len = strlen(address);

	for (const char *at = text; at && (at = str_ifind(at, address)); at++) {
		char before = at > text ? str_lower_char(at[-1]) : ' ';
		char after = str_lower_char(at[len]);
		bool ends =
			!after || !strchr(within, after) ||
			(after == '.' && !strchr(within, str_lower_char(at[len + 1])));

		if (!strchr(within, before) && ends)
			return true;
	}
	return false;
}

/* A notice about them goes; what a person wrote stays, and is counted. */
static bool take_naming(void *with, const struct store_row *row, struct err *err)
{
	const struct naming *naming = with;

	if (!is_named(row_text(row, "text"), naming->address) &&
	    !is_named(row_text(row, "subject"), naming->address) &&
	    !is_named(row_text(row, "files"), naming->address))
		return true;
	return store_run(naming->op->store, err,
			 row_int(row, "is_notice") ? SQL_ERASING_MAIL_ADD
						   : SQL_ERASING_OTHER_ADD,
			 "i", row_int(row, "id"));
}

static bool gather_naming(struct operation *op, struct arena *arena, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_ERASING_ADDRESS_ALL, ""))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct naming naming = {.op = op, .address = row_text(&row, "key")};

		if (!store_each(op->store, take_naming, &naming, err,
				SQL_ERASING_MAILS_NAMING, "t",
				phrase(arena, naming.address)))
			return false;
	}
	return true;
}

bool personal_mails_gather(struct operation *op, struct arena *arena,
			   const struct person_known *who, const char **out_forms,
			   struct personal_mails_left *out, struct err *err)
{
	struct store_row left;

	if (!person_forms(op, arena, who, PERSON_FORMS_TAGS, out_forms, err) ||
	    !store_run(op->store, err, SQL_ERASING_ADDRESSES, "t", *out_forms) ||
	    !store_run(op->store, err, SQL_ERASING_MAILS, "") ||
	    !store_run(op->store, err, SQL_ERASING_NOTICES, "i", who->person_id) ||
	    !gather_naming(op, arena, err) ||
	    !store_run(op->store, err, SQL_ERASING_OTHERS, "i", who->person_id) ||
	    !store_run(op->store, err, SQL_ERASING_AT_RISK, "") ||
	    !store_run(op->store, err, SQL_ERASING_AT_RISK_STAYS, "") ||
	    !store_one(op->store, arena, &left, err, SQL_ERASING_OTHER_COUNT, ""))
		return false;
	*out = (struct personal_mails_left){.at_risk = row_int(&left, "at_risk"),
					    .joint = row_int(&left, "joint"),
					    .named = row_int(&left, "named")};
	return true;
}

bool personal_mails_blank(struct operation *op, struct err *err)
{
	for (size_t i = 0; i < personal_place_count; i++) {
		const struct personal_place *place = &personal_places[i];

		if (place->fate != PERSONAL_ERASED)
			continue;
		if ((!*place->erase_by && !store_run(op->store, err, place->erase, "")) ||
		    (place->goes_with_mails &&
		     !store_run(op->store, err, place->erase_of_mails, "i", op->now)))
			return false;
	}
	return true;
}

bool personal_mails_still(struct operation *op, int64_t person_id, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_ERASE_NOTIFICATIONS_UNDER_WAY,
		       "i", person_id))
		return false;
	return !row_int(&row, "n") ||
	       err_set(err, ERR_CONFLICT,
		       "a mail to them, or with words of theirs, is on its way at this "
		       "moment; try again in some minutes");
}

bool personal_mails_drop(struct operation *op, struct err *err)
{
	return store_run(op->store, err, SQL_ERASING_ADDRESS_DROP, "") &&
	       store_run(op->store, err, SQL_ERASING_MAIL_DROP, "") &&
	       store_run(op->store, err, SQL_ERASING_OTHER_DROP, "");
}

bool personal_mails_count(struct operation *op, const struct self_service *whose,
			  struct personal_mails_left *out, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	const struct person_known who = {.person_id = whose->person_id,
					 .address = whose->person_id ? NULL
								     : whose->address};
	AUTO(store_txn) t = store_begin(op->store, err);
	const char *forms;

	/* Not committed: what was gathered goes again. */
	return t && personal_mails_gather(op, arena, &who, &forms, out, err);
}

static void add(struct buf *to, int64_t n, const char *one, const char *more)
{
	if (!n)
		return;
	if (to->len)
		buf_str(to, " ");
	if (n == 1)
		buf_printf(to, "1 email %s.", one);
	else
		buf_printf(to, "%" PRId64 " emails %s.", n, more);
}

const char *personal_mails_words(struct arena *arena,
				 const struct personal_mails_left *left)
{
	AUTO(buf) words = buf_new(1000);

	add(words, left->at_risk,
	    "of theirs says that somebody may be at risk and stays until a person has "
	    "read it",
	    "of theirs say that somebody may be at risk and stay until a person has "
	    "read them");
	add(words, left->joint,
	    "is by them and others, or by an author who cannot be told; a person must "
	    "decide",
	    "are by them and others, or by authors who cannot be told; a person must "
	    "decide");
	add(words, left->named, "of others names this address; a person must look",
	    "of others name this address; a person must look");
	return arena_strdup(arena, buf_text(words));
}
