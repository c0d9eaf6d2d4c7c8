/* Consultations, and what belongs to one, as rows. */
#include "domain/admin/consultation.h"

bool consultations_all(struct operation *op, struct arena *arena, struct store_table *out,
		       struct err *err)
{
	return store_all(op->store, arena, 0, out, err, SQL_CONSULTATION_ALL, "");
}

bool consultation_row(struct operation *op, struct arena *arena, int64_t id,
		      struct store_row *out, struct err *err)
{
	return store_one(op->store, arena, out, err, SQL_CONSULTATION_BY_ID, "i", id);
}

bool consultation_questions(struct operation *op, struct arena *arena,
			    int64_t consultation_id, struct store_table *out,
			    struct err *err)
{
	return store_all(op->store, arena, 0, out, err, SQL_QUESTIONS_OF, "i",
			 consultation_id);
}

bool consultation_extensions(struct operation *op, struct arena *arena,
			     int64_t consultation_id, struct store_table *out,
			     struct err *err)
{
	return store_all(op->store, arena, 0, out, err, SQL_EXTENSIONS_OF, "i",
			 consultation_id);
}
