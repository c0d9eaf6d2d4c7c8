#include "domain/responses/response_record.h"

bool response_record_load(struct operation *op, struct arena *arena,
			  const struct response *response, struct response_record *out,
			  struct err *err)
{
	struct response_record r;
	int64_t id = response->id, inbound = response->inbound_id;
	const struct {
		struct store_table *to;
		enum sql_id statement;
		int64_t of;
	} tables[] = {
		{&r.links, SQL_LINKS_AROUND, id},
		{&r.said, SQL_SAID_OF, id},
		{&r.readings, SQL_READINGS_OF, id},
		{&r.files, SQL_ATTACHMENTS_OF, inbound},
		{&r.notes, SQL_NOTES_OF, id},
		{&r.screenings, SQL_SCREENINGS_OF, id},
	};

	if (!store_one(op->store, arena, &r.mail, err, SQL_PARSED_OF, "i", inbound) ||
	    !store_one(op->store, arena, &r.respondent, err, SQL_RESPONDENT_OF, "i",
		       response->respondent_id))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		if (!store_all(op->store, arena, tables[i].to, err, tables[i].statement,
			       "i", tables[i].of))
			return false;
	*out = r;
	return true;
}

bool response_mail(struct operation *op, struct arena *arena, int64_t response_id,
		   struct response_mail *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_TRIAGE_MAIL, "i", response_id))
		return false;
	out->inbound_id = row_int(&row, "inbound_id");
	out->subject = row_text(&row, "subject");
	out->bytes = row_bytes(&row, "bytes", &out->len);
	return true;
}
