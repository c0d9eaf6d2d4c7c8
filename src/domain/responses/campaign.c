#include "domain/responses/campaign.h"
#include "domain/admin/asked.h"
#include "domain/core/audit.h"
#include "domain/core/undo.h"
#include "base/str.h"
#include "text/campaign_copies.h"
#include "text/respondent_form.h"
#include "text/letter_core.h"

#include <inttypes.h>

/* More standard texts than this are no campaigns but a subject for a person. */
enum { PROPOSALS_MOST = 200, COMMON_LEAST = 4, SAME_CAMPAIGN = 50 };

struct member {
	int64_t response_id, respondent_id;
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
	return m->of_text >= per_cent(CAMPAIGN_LOOK) ? "look" : NULL;
}

/* What many quote and nobody wrote: what it is about, and the wording of both forms. */
static bool asked_text(struct operation *op, struct arena *arena,
		       const struct consultation *of, const char **out, struct err *err)
{
	AUTO(buf) all = buf_new(1 << 20);
	const char *own;

	if (!asked_form_words(op, arena, of, &own, err))
		return false;
	buf_printf(all, "%s\n%s\n%s\n", of->title, of->introduction, own);
	buf_str(all, form_wording);
	*out = arena_strdup(arena, buf_text(all));
	return true;
}

static void read_asked(struct arena *arena, const char *text, struct shingles *out)
{
	struct words words;

	words_read(arena, text, strlen(text), &words);
	shingles_of(arena, &words, NULL, out);
}

/* A response as it is compared. */
static const char *words_of(struct arena *arena, const struct store_row *row,
			    const struct shingles *asked)
{
	char *words =
		letter_core_words(arena, row_text(row, "text"),
				  row_text(row, "from_name"), row_text(row, "files"));

	letter_core_drop(arena, words, asked);
	return words;
}

/* What somebody wrote, without the frame of their letter and the form that all have. */
static const char *own_words(struct finding *f, const struct store_row *row)
{
	arena_reset(f->line);
	return words_of(f->line, row, &f->asked);
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
	struct store_table t;

	if (!store_all(f->op->store, f->arena, 0, &t, err, SQL_CAMPAIGNS_OF, "i",
		       f->of.id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
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
			   .respondent_id = row_int(row, "respondent_id")};

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

static bool write_members(struct finding *f, struct err *err)
{
	if (!store_run(f->op->store, err, SQL_MEMBERSHIP_DROP, "i", f->of.id))
		return false;
	for (size_t i = 0; i < f->member_count; i++) {
		const struct member *m = &f->members[i];
		const struct standard *s = &f->standards[m->of.standard];

		if (!s->campaign_id)
			continue;
		if (!store_run(f->op->store, err, SQL_MEMBERSHIP_ADD, "iitiii",
			       m->response_id, s->campaign_id, m->closeness,
			       (int64_t)(m->of.of_text * 100),
			       (int64_t)(m->of.of_standard * 100),
			       (int64_t)(m->of.alike * 100)))
			return false;
		if (s->refused)
			continue;
		f->found.standard += str_eq(m->closeness, "standard");
		f->found.modified += str_eq(m->closeness, "modified");
		f->found.look += str_eq(m->closeness, "look");
	}
	return true;
}

bool campaign_find(struct operation *op, const char *consultation,
		   struct campaigns_found *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(arena) line = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	AUTO(campaign_copies) campaign_copies = NULL;
	struct finding f = {.op = op, .arena = arena, .line = line};
	const char *asked;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !consultation_named(op, arena, consultation, &f.of, err) ||
	    !asked_text(op, arena, &f.of, &asked, err))
		return false;
	read_asked(arena, asked, &f.asked);
	f.campaign_copies = campaign_copies = campaign_copies_new(asked);
	if (!store_each(op->store, add_text, &f, err, SQL_CAMPAIGN_TEXTS, "i", f.of.id) ||
	    !known_campaigns(&f, err) || !new_campaigns(&f, err) ||
	    !store_each(op->store, measure_text, &f, err, SQL_CAMPAIGN_TEXTS, "i",
			f.of.id) ||
	    !propose(&f, count_senders(&f), err) || !write_members(&f, err) ||
	    !audit_record(op, err, "campaigns looked for", "consultation", f.of.id,
			  "%" PRId64 " proposed, %" PRId64 " standard, %" PRId64
			  " modified",
			  f.found.proposed, f.found.standard, f.found.modified) ||
	    !store_commit(&t, err))
		return false;
	*out = f.found;
	return true;
}

static bool by_number(struct operation *op, struct arena *arena,
		      const struct consultation *c, int64_t number, struct store_row *out,
		      struct err *err)
{
	if (store_one(op->store, arena, out, err, SQL_CAMPAIGN_BY_NUMBER, "ii", c->id,
		      number))
		return true;
	return err->kind == ERR_ABSENT
		       ? err_set(err, ERR_ABSENT,
				 "there is no campaign %" PRId64 " in %s" HINT
				 "see: mercat campaign list %s",
				 number, c->name, c->name)
		       : false;
}

bool campaign_decide(struct operation *op, const char *consultation, int64_t number,
		     const char *state, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(buf) inverse = undo_new();
	AUTO(store_txn) t = NULL;
	struct consultation c;
	struct store_row row;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !consultation_named(op, arena, consultation, &c, err))
		return false;
	if (!by_number(op, arena, &c, number, &row, err))
		return false;
	if (str_eq(row_text(&row, "state"), state))
		return true;
	pack_int(inverse, row_int(&row, "id"));
	pack_str(inverse, row_text(&row, "state"));
	pack_str(inverse, state);
	return store_run(op->store, err, SQL_CAMPAIGN_DECIDE, "itii", row_int(&row, "id"),
			 state, op->staff_id, op->now) &&
	       audit_record(op, err, "campaign decided", "campaign", row_int(&row, "id"),
			    "%s -> %s", row_text(&row, "state"), state) &&
	       undo_record(op, "campaign", inverse, err,
			   "decision on campaign %" PRId64 " of %s", number, c.name) &&
	       store_commit(&t, err);
}

/* moved: it stands elsewhere in the standard text, so it is nobody's own. */
static struct campaign_piece piece_of(struct arena *arena, const struct diff_run *r,
				      bool moved, const char *text,
				      const struct words *words)
{
	size_t from = words->items[r->from].from, to = words->items[r->to - 1].to;

	return (struct campaign_piece){
		.kind = moved ? DIFF_SAME : r->kind,
		.text = arena_strndup(arena, text + from, to - from),
	};
}

bool campaign_diff(struct operation *op, struct arena *arena, int64_t response_id,
		   struct campaign_diff *out, struct err *err)
{
	AUTO(buf) added = buf_new(16 << 20);
	struct campaign_piece *pieces;
	const char *standard, *own, *asked;
	struct letter_difference d;
	struct store_row row, text, of;
	struct consultation c;
	struct shingles shingles;

	if (!store_one(op->store, arena, &row, err, SQL_MEMBERSHIP_OF, "i",
		       response_id) ||
	    !store_one(op->store, arena, &text, err, SQL_CAMPAIGN_TEXT, "i",
		       response_id) ||
	    !store_one(op->store, arena, &of, err, SQL_CONSULTATION_OF_RESPONSE, "i",
		       response_id))
		return false;
	consultation_read(&of, &c);
	if (!asked_text(op, arena, &c, &asked, err))
		return false;
	standard = letter_core_words(arena, row_text(&row, "standard"), NULL, "");
	read_asked(arena, asked, &shingles);
	own = words_of(arena, &text, &shingles);
	letter_core_compare(arena, standard, own, &d);
	pieces = arena_make(arena, struct campaign_piece, d.runs.count + 1);
	for (size_t i = 0; i < d.runs.count; i++) {
		const struct diff_run *run = &d.runs.items[i];
		bool removed = run->kind == DIFF_REMOVED;

		pieces[i] = piece_of(arena, run, !removed && d.is_moved[i],
				     removed ? standard : own,
				     removed ? &d.standard : &d.own);
		if (pieces[i].kind == DIFF_ADDED)
			buf_printf(added, "%s\n", pieces[i].text);
	}
	*out = (struct campaign_diff){
		.number = row_int(&row, "number"),
		.share = row_int(&row, "share"),
		.closeness = row_text(&row, "closeness"),
		.state = row_text(&row, "state"),
		.pieces = pieces,
		.piece_count = d.runs.count,
		.added = arena_strdup(arena, buf_text(added)),
		.added_words = d.added,
		.removed_words = d.removed,
	};
	return true;
}

bool campaign_list(struct operation *op, struct arena *arena, int64_t consultation_id,
		   struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, 0, out, err, SQL_CAMPAIGN_LIST, "i",
			 consultation_id);
}

bool campaign_choices(struct operation *op, struct arena *arena, int64_t consultation_id,
		      struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, 0, out, err, SQL_TRIAGE_CAMPAIGNS, "i",
			 consultation_id);
}

bool campaign_shown(struct operation *op, struct arena *arena,
		    const struct consultation *consultation, int64_t number,
		    struct campaign_shown *out, struct err *err)
{
	struct campaign_shown shown;

	if (!by_number(op, arena, consultation, number, &shown.campaign, err) ||
	    !store_all(op->store, arena, 0, &shown.members, err, SQL_CAMPAIGN_MEMBERS,
		       "i", row_int(&shown.campaign, "id")))
		return false;
	*out = shown;
	return true;
}
