#include "domain/campaigns/campaign_private.h"
#include "domain/core/audit.h"
#include "base/str.h"
#include "text/letter/campaign_copies.h"
#include "text/letter/letter_core.h"

#include <inttypes.h>

/* More standard texts than this are no campaigns but a subject for a person. */
enum {
	PROPOSALS_MOST = 200,
	COMMON_LEAST = 4,
	SAME_CAMPAIGN = 50,
	TRIES = 3 /* while others find or decide in the same consultation */
};

struct member {
	int64_t response_id, respondent_id, fingerprint;
	struct campaign_copies_measure of;
	const char *closeness;
};

/* A standard text, in the order of their numbers. */
struct standard {
	int64_t campaign_id, number; /* 0: new */
	const char *text, *words;    /* words: as they are compared */
	bool refused;
};

struct finding {
	struct operation *op;
	struct arena *arena, *line; /* line: for one text at a time */
	struct consultation of;
	struct campaign_copies *campaign_copies;
	struct shingles asked;
	struct standard *standards;
	size_t standard_count;
	struct member *members;
	size_t member_count;
	int64_t last_number;
	struct store_table seen; /* the campaigns that there were */
	struct campaigns_found found;
};

static double per_cent(int n)
{
	return n / 100.0;
}

/* Said by what was added to the standard text and left out of it, not by length. */
static const char *closeness_of(const struct finding *f,
				const struct campaign_copies_measure *m,
				const char *words)
{
	struct letter_difference d;

	if (m->standard < 0 || m->common < COMMON_LEAST)
		return NULL;
	if (m->alike >= per_cent(CAMPAIGN_STANDARD)) {
		letter_core_compare(f->line, f->standards[m->standard].words, words, &d);
		if (d.added <= CAMPAIGN_SLIPS && d.removed <= CAMPAIGN_SLIPS && !d.moved)
			return "standard";
	}
	if (m->of_text >= per_cent(CAMPAIGN_MODIFIED) ||
	    m->of_standard >= per_cent(CAMPAIGN_WHOLE))
		return "modified";
	return m->of_text >= per_cent(CAMPAIGN_LOOK) ? "personalised" : NULL;
}

/* What somebody wrote, without the frame of their letter and the form that all have. */
static const char *own_words(struct finding *f, const struct store_row *row)
{
	arena_reset(f->line);
	return campaign_own_words(f->line, row, &f->asked);
}

static bool add_text(void *with, const struct store_row *row, struct err *err)
{
	struct finding *f = with;

	(void)err;
	campaign_copies_add(f->campaign_copies, row_int(row, "id"), own_words(f, row));
	f->found.replies++;
	return true;
}

static void add_standard(struct finding *f, struct standard s)
{
	s.words = letter_core_words(f->arena, s.text, NULL, "");
	if (campaign_copies_standard(f->campaign_copies, s.words, CAMPAIGN_SHINGLES) < 0)
		return;
	f->standards = arena_grow(f->arena, f->standards, f->standard_count,
				  sizeof(*f->standards));
	f->standards[f->standard_count++] = s;
}

static bool known_campaigns(struct finding *f, struct err *err)
{
	if (!store_all(f->op->store, f->arena, &f->seen, err, SQL_CAMPAIGNS_OF, "i",
		       f->of.id))
		return false;
	for (size_t i = 0; i < f->seen.count; i++) {
		struct store_row row = table_row(&f->seen, i);
		struct standard s = {row_int(&row, "id"), row_int(&row, "number"),
				     row_text(&row, "standard"), NULL,
				     str_eq(row_text(&row, "state"), "refused")};

		f->last_number = s.number > f->last_number ? s.number : f->last_number;
		add_standard(f, s);
	}
	return true;
}

/* What the texts of a lot share. */
static bool shared_by(struct finding *f, const struct campaign_copies_lot *lot,
		      const char **out, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	const char *texts[CAMPAIGN_COPIES_SAMPLE];

	for (size_t i = 0; i < lot->sampled; i++) {
		struct store_row row;

		if (!store_one(f->op->store, arena, &row, err, SQL_CAMPAIGN_TEXT, "i",
			       lot->sample[i]))
			return false;
		texts[i] = arena_strdup(arena, own_words(f, &row));
	}
	*out = arena_strdup(f->arena,
			    letter_core_shared(arena, texts, lot->weights, lot->sampled));
	return true;
}

static bool new_campaigns(struct finding *f, struct err *err)
{
	struct campaign_copies_lot *lots;
	size_t count;

	campaign_copies_gather(f->campaign_copies, per_cent(CAMPAIGN_ALIKE),
			       CAMPAIGN_LEAST, &lots, &count);
	for (size_t i = 0; i < count && i < PROPOSALS_MOST; i++) {
		struct campaign_copies_measure m;
		const char *text;

		if (!shared_by(f, &lots[i], &text, err))
			return false;
		campaign_copies_measure(f->campaign_copies, text, &m);
		if (m.standard >= 0 && (m.alike >= per_cent(SAME_CAMPAIGN) ||
					m.of_text >= per_cent(CAMPAIGN_WHOLE)))
			continue; /* a variant of one that is there */
		add_standard(f, (struct standard){.text = text});
	}
	return true;
}

static bool measure_text(void *with, const struct store_row *row, struct err *err)
{
	struct finding *f = with;
	struct member m = {.response_id = row_int(row, "id"),
			   .respondent_id = row_int(row, "respondent_id"),
			   .fingerprint = row_int(row, "fingerprint")};
	const char *words = own_words(f, row);

	(void)err;
	campaign_copies_measure(f->campaign_copies, words, &m.of);
	m.closeness = closeness_of(f, &m.of, words);
	if (!m.closeness)
		return true;
	f->members =
		arena_grow(f->arena, f->members, f->member_count, sizeof(*f->members));
	f->members[f->member_count++] = m;
	return true;
}

static int by_standard_and_sender(const void *a, const void *b)
{
	const struct member *one = a, *other = b;

	if (one->of.standard != other->of.standard)
		return one->of.standard < other->of.standard ? -1 : 1;
	if (one->respondent_id != other->respondent_id)
		return one->respondent_id < other->respondent_id ? -1 : 1;
	return one->response_id < other->response_id
		       ? -1
		       : one->response_id > other->response_id;
}

/* How many senders have each standard text, with a signature or a sentence more too;
 * members are sorted for it. */
static size_t *count_senders(struct finding *f)
{
	size_t *senders = arena_make(f->arena, size_t, f->standard_count + 1);
	int64_t last = 0;
	int standard = -1;

	if (f->member_count)
		qsort(f->members, f->member_count, sizeof(*f->members),
		      by_standard_and_sender);
	for (size_t i = 0; i < f->member_count; i++) {
		const struct member *m = &f->members[i];

		if (m->of.alike < per_cent(CAMPAIGN_ALIKE))
			continue;
		if (m->of.standard != standard || m->respondent_id != last)
			senders[m->of.standard]++;
		standard = m->of.standard;
		last = m->respondent_id;
	}
	return senders;
}

static bool propose(struct finding *f, const size_t *senders, struct err *err)
{
	for (size_t i = 0; i < f->standard_count; i++) {
		struct standard *s = &f->standards[i];

		if (s->campaign_id || senders[i] < CAMPAIGN_LEAST)
			continue;
		s->number = ++f->last_number;
		if (!store_run(f->op->store, err, SQL_CAMPAIGN_ADD, "iiti", f->of.id,
			       s->number, s->text, f->op->now))
			return false;
		s->campaign_id = store_last_id(f->op->store);
		f->found.proposed++;
	}
	return true;
}

static int by_response(const void *a, const void *b)
{
	const struct member *one = a, *other = b;

	return one->response_id < other->response_id
		       ? -1
		       : one->response_id > other->response_id;
}

static const struct standard *standard_of(const struct finding *f, const struct member *m)
{
	return m ? &f->standards[m->of.standard] : NULL;
}

/* What is stored of a response says the same as what was found. */
static bool is_same(const struct finding *f, const struct store_row *row,
		    const struct member *m)
{
	return m && standard_of(f, m)->campaign_id == row_int(row, "campaign_id") &&
	       str_eq(row_text(row, "closeness"), m->closeness) &&
	       row_int(row, "share") == (int64_t)(m->of.of_text * 100) &&
	       row_int(row, "of_standard") == (int64_t)(m->of.of_standard * 100) &&
	       row_int(row, "alike") == (int64_t)(m->of.alike * 100);
}

/* What is stored and no longer so; and what is stored already. */
struct stored {
	struct finding *f;
	int64_t *ended;
	size_t ended_count;
	bool *is_there; /* for each member */
};

static bool note_stored(void *with, const struct store_row *row, struct err *err)
{
	struct stored *s = with;
	struct finding *f = s->f;
	struct member key = {.response_id = row_int(row, "response_id")};
	const struct member *m = f->member_count
					 ? bsearch(&key, f->members, f->member_count,
						   sizeof(*f->members), by_response)
					 : NULL;

	(void)err;
	if (is_same(f, row, m)) {
		s->is_there[m - f->members] = true;
		return true;
	}
	s->ended = arena_grow(f->arena, s->ended, s->ended_count, sizeof(*s->ended));
	s->ended[s->ended_count++] = key.response_id;
	return true;
}

static void count_member(struct finding *f, const struct member *m)
{
	if (standard_of(f, m)->refused)
		return;
	f->found.standard += str_eq(m->closeness, "standard");
	f->found.modified += str_eq(m->closeness, "modified");
	f->found.look += str_eq(m->closeness, "personalised");
}

/* Only what is new or changed is written, so looking again costs next to nothing; whose
 * words were read anew or erased meanwhile is in no campaign until the next look. */
static bool write_members(struct finding *f, struct err *err)
{
	struct stored s = {.f = f};

	if (f->member_count)
		qsort(f->members, f->member_count, sizeof(*f->members), by_response);
	s.is_there = arena_make(f->arena, bool, f->member_count + 1);
	if (!store_each(f->op->store, note_stored, &s, err, SQL_MEMBERSHIPS_OF, "i",
			f->of.id))
		return false;
	for (size_t i = 0; i < s.ended_count; i++)
		if (!store_run(f->op->store, err, SQL_MEMBERSHIP_END, "i", s.ended[i]))
			return false;
	for (size_t i = 0; i < f->member_count; i++) {
		const struct member *m = &f->members[i];
		int64_t campaign_id = standard_of(f, m)->campaign_id;

		if (!campaign_id)
			continue;
		if (!s.is_there[i] &&
		    !store_run(f->op->store, err, SQL_MEMBERSHIP_ADD, "iitiiiz",
			       m->response_id, campaign_id, m->closeness,
			       (int64_t)(m->of.of_text * 100),
			       (int64_t)(m->of.of_standard * 100),
			       (int64_t)(m->of.alike * 100), m->fingerprint))
			return false;
		count_member(f, m);
	}
	return true;
}

/* Reading and comparing takes minutes for many responses: it is of one moment, and keeps
 * nobody from writing. */
static bool look(struct finding *f, const char *consultation, struct err *err)
{
	AUTO(store_txn) t = store_snapshot(f->op->store, err);
	const char *asked;

	if (!t || !consultation_named(f->op, f->arena, consultation, &f->of, err) ||
	    !campaign_asked(f->op, f->arena, &f->of, &asked, err))
		return false;
	campaign_asked_shingles(f->arena, asked, &f->asked);
	f->campaign_copies = campaign_copies_new(asked);
	return store_each(f->op->store, add_text, f, err, SQL_CAMPAIGN_TEXTS, "i",
			  f->of.id) &&
	       known_campaigns(f, err) && new_campaigns(f, err) &&
	       store_each(f->op->store, measure_text, f, err, SQL_CAMPAIGN_TEXTS, "i",
			  f->of.id);
}

/* Nobody has found or decided one since it was looked. */
static bool stands_as_seen(struct finding *f, bool *out, struct err *err)
{
	size_t known = 0;
	struct store_table t;

	if (!store_all(f->op->store, f->arena, &t, err, SQL_CAMPAIGNS_OF, "i", f->of.id))
		return false;
	*out = t.count == f->seen.count;
	for (; *out && known < t.count; known++) {
		struct store_row row = table_row(&t, known);
		struct store_row seen = table_row(&f->seen, known);

		*out = row_int(&row, "id") == row_int(&seen, "id") &&
		       str_eq(row_text(&row, "state"), row_text(&seen, "state"));
	}
	return true;
}

static bool write_found(struct finding *f, bool *out_written, struct err *err)
{
	AUTO(store_txn) t = store_begin(f->op->store, err);
	bool stands;

	*out_written = false;
	if (!t || !stands_as_seen(f, &stands, err))
		return false;
	if (!stands)
		return true;
	*out_written = true;
	return propose(f, count_senders(f), err) && write_members(f, err) &&
	       audit_record(f->op, err, "campaigns looked for", "consultation", f->of.id,
			    "%" PRId64 " proposed, %" PRId64 " standard, %" PRId64
			    " modified",
			    f->found.proposed, f->found.standard, f->found.modified) &&
	       store_commit(&t, err);
}

static bool find_once(struct operation *op, const char *consultation,
		      struct campaigns_found *out, bool *out_written, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(arena) line = arena_new(1 << 16);
	struct finding f = {.op = op, .arena = arena, .line = line};
	bool ok = look(&f, consultation, err) && write_found(&f, out_written, err);

	campaign_copies_free(&f.campaign_copies);
	*out = f.found;
	return ok;
}

bool campaign_find(struct operation *op, const char *consultation,
		   struct campaigns_found *out, struct err *err)
{
	bool written = false;

	if (!needs_staff(op, err))
		return false;
	for (int i = 0; i < TRIES && !written; i++)
		if (!find_once(op, consultation, out, &written, err))
			return false;
	return written ? true
		       : err_set(err, ERR_CONFLICT,
				 "somebody else finds or decides campaigns of %s at this "
				 "moment; try again when they are done",
				 consultation);
}
