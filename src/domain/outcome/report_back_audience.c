#include "domain/outcome/report_back_audience.h"
#include "base/attr.h"
#include "base/str.h"
#include "domain/subscribers/suppress.h"

static const struct {
	const char *name, *says;
} fates[REPORT_BACK_FATES] = {
	[REPORT_BACK_GETS] = {"gets it", "agreed to be contacted again"},
	[REPORT_BACK_NO] = {"no", "do not want to be contacted again"},
	[REPORT_BACK_NOT_KNOWN] = {"not known",
				   "have not said clearly that they may be contacted"},
	[REPORT_BACK_NO_ADDRESS] = {"no address", "have no email address of their own"},
	[REPORT_BACK_SUPPRESSED] = {"suppressed", "are on the suppression list"},
	[REPORT_BACK_EXCLUDED] = {"excluded", "have no response that is counted"},
	[REPORT_BACK_RESTORED] = {"restored",
				  "may have got it before the store was restored"},
	[REPORT_BACK_UNMADE] = {"unmade", "have an address that no email can be sent to"},
};

const char *report_back_fate_name(enum report_back_fate fate)
{
	return (size_t)fate < REPORT_BACK_FATES ? fates[fate].name : "";
}

const char *report_back_fate_says(enum report_back_fate fate)
{
	return (size_t)fate < REPORT_BACK_FATES ? fates[fate].says : "";
}

/* The first reason that holds; a no is said before all else. */
static enum report_back_fate weigh(const struct store_row *row)
{
	if (row_int(row, "is_no"))
		return REPORT_BACK_NO;
	if (!row_int(row, "is_yes") || row_int(row, "is_in_doubt"))
		return REPORT_BACK_NOT_KNOWN;
	if (!row_int(row, "counts"))
		return REPORT_BACK_EXCLUDED;
	return row_null(row, "response_id") ? REPORT_BACK_NO_ADDRESS : REPORT_BACK_GETS;
}

/* Their mailbox, or the very address that would be written to. */
static bool look_at_suppressions(struct operation *op, const struct store_row *row,
				 enum report_back_fate *fate, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	bool mailbox = false, address = false;
	struct store_row of;

	if (*fate != REPORT_BACK_GETS)
		return true;
	if (!store_one(op->store, arena, &of, err, SQL_REPORT_BACK_ADDRESS, "i",
		       row_int(row, "response_id")) ||
	    !address_is_suppressed(op, row_text(row, "mailbox"), &mailbox, err) ||
	    !address_is_suppressed(op, row_text(&of, "address"), &address, err))
		return false;
	if (mailbox || address)
		*fate = REPORT_BACK_SUPPRESSED;
	return true;
}

bool report_back_audience(struct operation *op, struct arena *arena,
			  int64_t consultation_id, struct report_back_audience *out,
			  struct err *err)
{
	struct store_table t;
	bool any_suppressed;

	*out = (struct report_back_audience){0};
	if (!suppression_any(op, &any_suppressed, err) ||
	    !store_all(op->store, arena, &t, err, SQL_REPORT_BACK_AUDIENCE, "i",
		       consultation_id))
		return false;
	out->responses = arena_make(arena, int64_t, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		enum report_back_fate fate = weigh(&row);

		if (any_suppressed && !look_at_suppressions(op, &row, &fate, err))
			return false;
		out->mailboxes++;
		out->fates[fate]++;
		if (fate == REPORT_BACK_GETS)
			out->responses[out->count++] = row_int(&row, "response_id");
	}
	return true;
}

bool report_back_fate_of(struct operation *op, int64_t response_id,
			 enum report_back_fate *out, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	struct store_row row;

	*out = REPORT_BACK_NO_ADDRESS;
	if (!store_one(op->store, arena, &row, err, SQL_REPORT_BACK_OF_RESPONSE, "i",
		       response_id))
		return err_forgive(err, ERR_ABSENT);
	*out = weigh(&row);
	return look_at_suppressions(op, &row, out, err);
}
