#include "acts/tag.h"
#include "acts/audit.h"
#include "acts/blind.h"
#include "acts/claim.h"
#include "acts/codeframe.h"
#include "acts/sample.h"
#include "acts/undo.h"
#include "base/str.h"

#include <inttypes.h>

static const char *named(struct arena *arena, const struct acts_response *r)
{
	return acts_reference(arena, r->consultation, r->number);
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
static bool only_on_passages(struct acts *acts, struct arena *arena, int64_t response_id,
			     int64_t code_id, const char *tag, struct err *err)
{
	struct store_row row;

	if (store_one(acts->store, arena, &row, err, SQL_CODING_ON_PASSAGE, "ii",
		      response_id, code_id))
		return err_set(
			err, ERR_CONFLICT,
			"\"%s\" stands on passages of this reply; take it off there",
			tag);
	return err->kind == ERR_ABSENT;
}

/* What would take it back: the coding that was made, or those that were ended. */
static bool tag_change(struct acts *acts, struct arena *arena, int64_t response_id,
		       int64_t code_id, bool on, struct buf *inverse, bool *out_changed,
		       struct err *err)
{
	int64_t *ids;
	size_t count;

	pack_int(inverse, response_id);
	if (!on) {
		struct store_table t;

		if (!store_all(acts->store, arena, 0, &t, err, SQL_CODING_IDS_HOLDING,
			       "ii", response_id, code_id))
			return false;
		count = t.count;
		ids = arena_make(arena, int64_t, count + 1);
		for (size_t i = 0; i < count; i++)
			ids[i] = t.rows[i][0].n;
		acts_undo_pack_ids(inverse, ids, count);
	}
	if (!store_run(acts->store, err, on ? SQL_CODING_ADD : SQL_CODING_END, "iiii",
		       response_id, code_id, acts->staff_id, acts->now))
		return false;
	*out_changed = store_changes(acts->store) > 0;
	if (on)
		pack_int(inverse, store_last_id(acts->store));
	return true;
}

bool acts_response_tag(struct acts *acts, const char *reference, const char *tag, bool on,
		       bool *out_changed, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(buf) inverse = acts_undo_new();
	struct acts_response r;
	AUTO(store_txn) t = NULL;
	int64_t code, sample;

	if (!tag_is_plain(tag, err))
		return false;
	t = acts_claim_begin(acts, arena, reference, &r, err);
	if (!t ||
	    !acts_code_for_tag(acts, arena, r.consultation_id, tag, on, &code, err) ||
	    !acts_sample_blind(acts, r.id, &sample, err))
		return false;
	if (!code)
		return err_set(err, ERR_ABSENT, "there is no tag \"%s\" in %s", tag,
			       r.consultation);
	if (sample)
		return acts_sample_tag(acts, sample, r.id, code, on, out_changed, err) &&
		       store_commit(&t, err);
	if (!tag_change(acts, arena, r.id, code, on, inverse, out_changed, err))
		return false;
	if (!*out_changed)
		return on || only_on_passages(acts, arena, r.id, code, tag, err);
	return acts_audit(acts, err, on ? "tagged" : "untagged", "response", r.id,
			  "code %" PRId64, code) &&
	       acts_undo_record(acts, on ? "tag" : "untag", inverse, err,
				on ? "tag \"%s\" on %s" : "taking \"%s\" off %s", tag,
				named(arena, &r)) &&
	       store_commit(&t, err);
}
