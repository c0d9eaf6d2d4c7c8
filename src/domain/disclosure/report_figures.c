#include "domain/disclosure/report_private.h"
#include "base/calendar.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdlib.h>

/* Short words of the store as a report has them. */
static const char *words_of(const char *word)
{
	static const char *const words[][2] = {
		{"individual", "Individuals"},
		{"organisation", "Organisations"},
		{"unknown", "Not known"},
		{"email", "Email"},
		{"paper", "Paper"},
		{"telephone", "Telephone"},
		{"meeting", "Meeting or event"},
		{"name", "Publish with name"},
		{"without name", "Publish without name"},
		{"none", "Do not publish"},
		{"(any code)", "Any code"},
		{"(no code)", "No code"},
		{"(any option)", "Any option"},
		{"(unclear)", "Unclear"},
		{"(answered, no option)", "Answered, but chose no option"},
		{"(answered, no code)", "Answered, but no code applied"},
		{"(not answered)", "Not answered"},
		{"not answered", "Not answered"},
		{"answered", "Answered"},
		{"(no campaign)", "No campaign"},
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(word, words[i][0]))
			return words[i][1];
	return word;
}

static void take_counts(struct report_row *to, const struct analysis_row *from)
{
	for (int c = 0; c < REPORT_COUNTS; c++)
		to->counts[c].n = from->cells[c];
	to->sums = from->sums;
	to->unanswered = from->unanswered;
	to->code_id = from->code_id;
	to->depth = from->depth;
}

static void count_columns(struct report_table *t)
{
	static const char *const types[] = {"Individuals", "Organisations", "Not known"};

	for (int c = 0; t->by_type && c < REPORT_TYPES; c++)
		report_table_column(t, types[c], REPORT_COLUMN_COUNT, c);
	report_table_column(t, t->by_type ? "All" : "Responses", REPORT_COLUMN_COUNT,
			    REPORT_TOTAL);
	report_table_column(t, "% of all", REPORT_COLUMN_SHARE, 0);
}

static void set_base(const struct report_figures *f, struct report_table *t)
{
	t->base.label = "All responses";
	t->has_base = true;
	memcpy(t->base.counts, f->types, sizeof(f->types));
}

/* ---- received, removed, analysed ---- */

static bool count_states(struct report_figures *f, struct err *err)
{
	struct analysis_table t;

	if (!analysis_table_make(f->all, "state", &t, err))
		return false;
	f->received = t.total;
	for (size_t i = 0; i < t.row_count; i++) {
		int64_t n = t.rows[i].cells[ANALYSIS_TABLE_TYPES];

		if (str_eq(t.rows[i].label, "included"))
			f->analysed_count = n;
		else if (str_eq(t.rows[i].label, "excluded"))
			f->removed = n;
		else
			f->waiting += n;
	}
	return true;
}

static struct report_row *flow_row(struct report_figures *f, struct report_table *t,
				   const char *label, const char *name, int64_t n)
{
	struct report_row *row = report_table_row(f->arena, t, label);

	row->name = name;
	row->sums = true;
	row->counts[REPORT_TOTAL].n = n;
	return row;
}

/* Removed by reason, not screened, analysed: together all that was received. */
static bool received_table(struct report_figures *f, struct report_table *t,
			   struct err *err)
{
	struct analysis_table from;

	if (!analysis_table_make(f->removed_of, "reason", &from, err))
		return false;
	t->title = "Responses received, removed and analysed";
	t->head = "Stage";
	for (size_t i = 0; i < from.row_count; i++)
		flow_row(f, t, arena_printf(f->arena, "Removed: %s", from.rows[i].label),
			 from.rows[i].label, from.rows[i].cells[ANALYSIS_TABLE_TYPES])
			->removed = true;
	if (f->waiting)
		(void)flow_row(f, t, "Not yet screened", "waiting", f->waiting);
	(void)flow_row(f, t, "Analysed", "analysed", f->analysed_count);
	count_columns(t);
	t->base.label = "All responses received";
	t->base.counts[REPORT_TOTAL].n = f->received;
	t->has_base = true;
	t->least = 0;
	return true;
}

/* ---- what each response has once ---- */

static const char *row_label(const struct report_figures *f, enum report_about about,
			     const struct analysis_row *row)
{
	struct calendar_day day;
	char text[CALENDAR_TEXT];

	if (about == REPORT_OF_DAY && calendar_read(row->label, &day)) {
		calendar_short(day, text);
		return arena_strdup(f->arena, text);
	}
	if (!row->campaign)
		return words_of(row->label);
	return arena_printf(f->arena, "%s %" PRId64 ", %s",
			    row->perhaps ? "Possible campaign" : "Campaign",
			    row->campaign, row->closeness);
}

static bool plain_table(struct report_figures *f, enum report_about about, const char *by,
			struct report_table *t, struct err *err)
{
	struct analysis_table from;

	if (!analysis_table_make(f->analysed, by, &from, err))
		return false;
	for (size_t i = 0; i < from.row_count; i++) {
		struct report_row *row =
			report_table_row(f->arena, t, row_label(f, about, &from.rows[i]));

		row->name = from.rows[i].label;
		take_counts(row, &from.rows[i]);
	}
	count_columns(t);
	t->base.label = "All responses";
	t->base.counts[REPORT_TOTAL].n = from.total;
	t->has_base = true;
	return true;
}

/* Which types are hidden is the same in every table by type. */
static bool count_types(struct report_figures *f, struct err *err)
{
	struct report_table *t;

	if (!report_figures_table(f, REPORT_OF_TYPE, 0, &t, err))
		return false;
	f->types[REPORT_TOTAL].n = f->analysed_count;
	for (size_t i = 0; i < t->count; i++)
		for (int c = 0; c < REPORT_TYPES; c++)
			if (str_eq(t->rows[i].name, respondent_types[c]))
				f->types[c] = t->rows[i].counts[REPORT_TOTAL];
	return true;
}

/* ---- codes and questions ---- */

static bool code_table(struct report_figures *f, struct report_table *t, struct err *err)
{
	struct analysis_table from;

	if (!analysis_table_make(f->analysed, "code-type", &from, err))
		return false;
	t->title = "Responses by code and type of respondent";
	t->head = "Code";
	t->by_type = true;
	for (size_t i = 0; i < from.row_count; i++) {
		struct report_row *row =
			report_table_row(f->arena, t, words_of(from.rows[i].label));

		row->name = from.rows[i].label;
		take_counts(row, &from.rows[i]);
	}
	t->note = "A response with several codes counts under each of them.";
	count_columns(t);
	set_base(f, t);
	return true;
}

/* Behind "3: ", which the analysis puts before what is about question 3. */
static const char *behind_number(const char *label)
{
	const char *found = strpbrk(label, ": ");

	if (!found)
		return label;
	return *found == ':' ? found + 2 : found + 1;
}

static bool question_rows(struct report_figures *f, const char *by, int64_t question,
			  struct report_table *t, struct err *err)
{
	struct analysis_table from;

	if (!analysis_table_make(f->analysed, by, &from, err))
		return false;
	t->by_type = true;
	for (size_t i = 0; i < from.row_count; i++) {
		const struct analysis_row *r = &from.rows[i];
		const char *label = behind_number(r->label);
		struct report_row *row;

		if (str_eq(by, "question") ? strtoll(r->label, NULL, 10) != question
					   : r->part != question)
			continue;
		row = report_table_row(f->arena, t, words_of(label));
		row->name = label;
		take_counts(row, r);
		row->unanswered = str_ends(label, "not answered") ||
				  str_eq(label, "(not answered)");
		if (r->answering)
			t->answering.n = r->answering;
	}
	set_base(f, t);
	return true;
}

/* What is hidden of those who do not answer is so in each table of the question. */
static bool fix_unanswered(struct report_figures *f, int64_t question,
			   struct report_table *t, struct err *err)
{
	struct report_table plain = {.least = f->least};

	if (!question_rows(f, "question", question, &plain, err))
		return false;
	report_guard(f->arena, &plain);
	for (size_t i = 0; i < plain.count; i++) {
		if (!plain.rows[i].unanswered) {
			t->answering = plain.rows[i].counts[REPORT_TOTAL];
			continue;
		}
		for (size_t k = 0; k < t->count; k++)
			if (t->rows[k].unanswered)
				memcpy(t->rows[k].counts, plain.rows[i].counts,
				       sizeof(plain.rows[i].counts));
	}
	return true;
}

static bool question_table(struct report_figures *f, int64_t question, bool codes,
			   struct report_table *t, struct err *err)
{
	const struct report_question *q = NULL;

	if (!report_question(f, question, &q, err) ||
	    !question_rows(f,
			   codes       ? "code-question"
			   : q->closed ? "choice"
				       : "question",
			   question, t, err))
		return false;
	t->title = arena_printf(
		f->arena,
		codes ? "Question %" PRId64 ": codes by type of respondent"
		      : "Question %" PRId64 ": answers by type of respondent",
		question);
	t->head = codes ? "Code" : "Answer";
	count_columns(t);
	if (codes || q->closed) {
		report_table_column(t, "% of those answering", REPORT_COLUMN_ANSWERING,
				    0);
		if (!fix_unanswered(f, question, t, err))
			return false;
	}
	if (codes)
		t->note = "An answer with several codes counts under each of them.";
	else if (q->several)
		t->note = "An answer may choose several options and counts under each of "
			  "them.";
	return true;
}

/* Of an open question one row says it. */
static void count_answered(struct report_table *t)
{
	for (size_t i = 0; i < t->count; i++)
		if (!t->rows[i].unanswered)
			t->answering = t->rows[i].counts[REPORT_TOTAL];
}

/* ---- one table ---- */

static bool fill(struct report_figures *f, enum report_about about, int64_t question,
		 struct report_table *t, struct err *err)
{
	static const struct {
		const char *by, *title, *head;
		bool guarded;
	} plain[REPORT_ABOUT] = {
		[REPORT_OF_CHANNEL] = {"channel", "Responses by channel", "Channel",
				       false},
		[REPORT_OF_DAY] = {"day", "Responses by day", "Day", false},
		[REPORT_OF_TYPE] = {"type", "Responses by type of respondent",
				    "Type of respondent", true},
		[REPORT_OF_PERMISSION] = {"permission",
					  "Responses by permission to publish",
					  "Permission to publish", true},
		[REPORT_OF_CAMPAIGN] = {"campaign", "Campaigns, every copy counted",
					"Campaign", false},
		[REPORT_OF_CAMPAIGN_ONCE] = {"campaign-once",
					     "Campaigns, each standard text counted once",
					     "Campaign", false},
	};

	struct report_table *codes;

	switch (about) {
	case REPORT_OF_RECEIVED:
		return received_table(f, t, err);
	case REPORT_OF_CODE:
		return code_table(f, t, err);
	case REPORT_OF_QUESTION:
	case REPORT_OF_QUESTION_CODE:
		return question_table(f, question, about == REPORT_OF_QUESTION_CODE, t,
				      err);
	case REPORT_OF_FRAME:
		return report_figures_table(f, REPORT_OF_CODE, 0, &codes, err) &&
		       report_frame_table(f, codes, t, err);
	case REPORT_OF_AGREEMENT:
		return report_agreement_table(f, t, err);
	default:
		t->title = plain[about].title;
		t->head = plain[about].head;
		if (!plain[about].guarded)
			t->least = 0;
		return plain_table(f, about, plain[about].by, t, err);
	}
}

bool report_figures_table(struct report_figures *f, enum report_about about,
			  int64_t question, struct report_table **out, struct err *err)
{
	const struct report_question *q = NULL;
	size_t at = (size_t)about;
	struct report_table *t;

	if (question && !report_question(f, question, &q, err))
		return false;
	if (question)
		at += (size_t)(q - f->questions + 1) * REPORT_ABOUT;
	if (!f->tables[at]) {
		t = arena_make(f->arena, struct report_table, 1);
		t->least = f->least;
		if (!fill(f, about, question, t, err))
			return false;
		report_guard(f->arena, t);
		if (about == REPORT_OF_QUESTION && !q->closed)
			count_answered(t);
		f->tables[at] = t;
	}
	*out = f->tables[at];
	return true;
}

const struct report_row *report_row_named(const struct report_table *t, const char *name)
{
	for (size_t i = 0; i < t->count; i++)
		if (str_eq(t->rows[i].name, name))
			return &t->rows[i];
	for (size_t i = 0; i < t->count; i++)
		if (str_ieq(t->rows[i].name, name) || str_ieq(t->rows[i].label, name))
			return &t->rows[i];
	return NULL;
}

bool report_question(const struct report_figures *f, int64_t position,
		     const struct report_question **out, struct err *err)
{
	for (size_t i = 0; i < f->question_count; i++)
		if (f->questions[i].position == position) {
			*out = &f->questions[i];
			return true;
		}
	return err_set(err, ERR_INPUT,
		       f->question_count ? "there is no question %" PRId64
					   "; the questions are 1 to %zu"
					 : "there is no question %" PRId64
					   ": this consultation asks %zu questions",
		       position, f->question_count);
}

/* ---- the moment ---- */

static bool read_questions(struct report_figures *f, struct err *err)
{
	struct store_table t;

	if (!store_all(f->op->store, f->arena, &t, err, SQL_QUESTIONS_OF, "i", f->of.id))
		return false;
	f->questions = arena_make(f->arena, struct report_question, t.count + 1);
	f->question_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		f->questions[i] = (struct report_question){
			.position = row_int(&row, "position"),
			.text = row_text(&row, "text"),
			.closed = !row_null(&row, "takes"),
			.several = str_eq(row_text(&row, "takes"), "several"),
		};
	}
	return true;
}

bool report_figures_begin(struct operation *op, struct arena *arena,
			  const char *consultation, struct report_figures *out,
			  struct err *err)
{
	struct report_figures *f = out;
	AUTO(store_txn) t = store_snapshot(op->store, err); /* one moment for all */

	*f = (struct report_figures){
		.op = op, .arena = arena, .least = op->settings->report_least};
	if (!t || !consultation_named(op, arena, consultation, &f->of, err) ||
	    !analysis_begin(op, arena, consultation, NULL, &f->all, err) ||
	    !analysis_begin(op, arena, consultation, "included", &f->analysed, err) ||
	    !analysis_begin(op, arena, consultation, "excluded", &f->removed_of, err) ||
	    !read_questions(f, err) || !count_states(f, err))
		return false;
	f->tables = arena_make(arena, struct report_table *,
			       (f->question_count + 1) * REPORT_ABOUT);
	return count_types(f, err);
}

bool report_organisations(struct report_figures *f, struct store_table *out,
			  struct err *err)
{
	return store_all(f->op->store, f->arena, out, err, SQL_REPORT_ORGANISATIONS, "i",
			 f->of.id);
}
