#include "domain/coding/tag.h"
#include "domain/core/audit.h"
#include "domain/coding/blind.h"
#include "domain/responses/response_lock.h"
#include "domain/coding/codeframe.h"
#include "domain/coding/sample.h"
#include "domain/core/undo.h"
#include "base/str.h"

#include <inttypes.h>

static const char *named(struct arena *arena, const struct response *r)
{
	return response_reference(arena, r->consultation, r->number);
}

static bool tag_is_plain(const char *tag, struct err *err)
{
	size_t len = strlen(tag);
	bool ok = len >= 1 && len <= 80 && str_utf8_valid(tag, len);

	for (size_t i = 0; ok && i < len; i++)
		ok = (unsigned char)tag[i] >= 0x20 && tag[i] != 0x7f && tag[i] != ',';
	return ok ||
	       err_set(err, ERR_INPUT,
		       "a tag has 1 to 80 characters, no comma and no control character");
}

/* A tag that stands on passages only is none of the whole reply. */
static bool only_on_passages(struct operation *op, struct arena *arena,
			     int64_t response_id, int64_t code_id, const char *tag,
			     struct err *err)
{
	struct store_row row;

	if (store_one(op->store, arena, &row, err, SQL_CODING_ON_PASSAGE, "ii",
		      response_id, code_id))
		return err_set(
			err, ERR_CONFLICT,
			"\"%s\" stands on passages of this response; take it off there",
			tag);
	return err_forgive(err, ERR_ABSENT);
}

/* What would take it back: the coding that was made, or those that were ended. */
static bool tag_change(struct operation *op, struct arena *arena, int64_t response_id,
		       int64_t code_id, bool on, struct buf *inverse, bool *out_changed,
		       struct err *err)
{
	int64_t *ids;
	size_t count;

	pack_int(inverse, response_id);
	if (!on) {
		struct store_table t;

		if (!store_all(op->store, arena, &t, err, SQL_CODING_IDS_HOLDING, "ii",
			       response_id, code_id))
			return false;
		count = t.count;
		ids = arena_make(arena, int64_t, count + 1);
		for (size_t i = 0; i < count; i++)
			ids[i] = t.rows[i][0].n;
		undo_pack_ids(inverse, ids, count);
	}
	if (!store_run(op->store, err, on ? SQL_CODING_ADD : SQL_CODING_END, "iiii",
		       response_id, code_id, op->staff_id, op->now))
		return false;
	*out_changed = store_changes(op->store) > 0;
	if (on)
		pack_int(inverse, store_last_id(op->store));
	return true;
}

bool response_tag(struct operation *op, const char *reference, const char *tag,
		  enum tag_change change, bool *out_changed, struct err *err)
{
	bool on = change == TAG_PUT_ON;
	AUTO(arena) arena = arena_new(2048);
	AUTO(buf) inverse = undo_new();
	struct response r;
	AUTO(store_txn) t = NULL;
	int64_t code, sample;

	if (!tag_is_plain(tag, err))
		return false;
	t = response_lock_begin(op, arena, reference, &r, err);
	if (!t ||
	    !code_for_tag(op, arena,
			  &(struct code_tag){.consultation_id = r.consultation_id,
					     .name = tag,
					     .missing = on ? CODE_MAKE : CODE_FIND},
			  &code, err) ||
	    !sample_blind(op, r.id, &sample, err))
		return false;
	if (!code)
		return err_set(err, ERR_ABSENT, "there is no tag \"%s\" in %s", tag,
			       r.consultation);
	if (sample)
		return sample_tag(op,
				  &(struct sample_tagging){.sample_id = sample,
							   .response_id = r.id,
							   .code_id = code,
							   .change = change},
				  out_changed, err) &&
		       store_commit(&t, err);
	if (!tag_change(op, arena, r.id, code, on, inverse, out_changed, err))
		return false;
	if (!*out_changed)
		return on || only_on_passages(op, arena, r.id, code, tag, err);
	return audit_record(op, err, on ? "tagged" : "untagged", "response", r.id,
			    "code %" PRId64, code) &&
	       undo_record(op, on ? "tag" : "untag", inverse, err,
			   on ? "tag \"%s\" on %s" : "taking \"%s\" off %s", tag,
			   named(arena, &r)) &&
	       store_commit(&t, err);
}

bool tag_known(struct operation *op, struct arena *arena, const char *consultation,
	       const char *tag, bool *out, struct err *err)
{
	struct code code;

	*out = code_named(op, arena, consultation, tag, &code, err);
	return *out || err_forgive(err, ERR_ABSENT);
}

bool tag_choices(struct operation *op, struct arena *arena, int64_t consultation_id,
		 struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_TRIAGE_TAGS, "i",
			 consultation_id);
}
