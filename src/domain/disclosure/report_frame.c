/* Tables of words: the code frame, and how far coders agree; see report_figures.h. */
#include "domain/coding/codeframe.h"
#include "domain/coding/sample.h"
#include "domain/disclosure/report_private.h"
#include "base/str.h"

#include <inttypes.h>

enum { DEFINITION, DEPTH_MOST = 12 };
enum { SAMPLE, CODER, UNITS, OBSERVED, KAPPA, ALPHA };

/* "Cost > Fares": a table has no depth for those who hear it. */
static const char *place_of(struct arena *arena, const struct code *codes, size_t at)
{
	const char *above[DEPTH_MOST + 1], *text;
	size_t depth = 0;
	int wanted = codes[at].depth - 1;

	for (size_t i = at; i-- > 0 && wanted >= 0 && depth < DEPTH_MOST;)
		if (codes[i].depth == wanted) {
			above[depth++] = codes[i].name;
			wanted--;
		}
	text = codes[at].name;
	for (size_t i = 0; i < depth; i++)
		text = arena_printf(arena, "%s > %s", above[i], text);
	return text;
}

bool report_frame_table(const struct report_figures *f,
			const struct report_table *counted, struct report_table *t,
			struct err *err)
{
	struct code *codes;
	size_t count;

	if (!codeframe_load(f->op, f->arena, f->of.id, &codes, &count, err))
		return false;
	t->title = "Code frame";
	t->head = "Code";
	t->least = 0; /* its counts come guarded */
	for (size_t i = 0; i < count; i++) {
		struct report_row *row =
			report_table_row(f->arena, t, place_of(f->arena, codes, i));

		row->code_id = codes[i].id;
		row->words[DEFINITION] = str_or(codes[i].definition, "No definition");
		if (str_eq(codes[i].state, "retired"))
			row->words[DEFINITION] = arena_printf(f->arena, "%s (retired)",
							      row->words[DEFINITION]);
		for (size_t k = 0; k < counted->count; k++)
			if (counted->rows[k].code_id == codes[i].id)
				row->counts[REPORT_TOTAL] =
					counted->rows[k].counts[REPORT_TOTAL];
	}
	t->least = counted->least;
	report_table_column(t, "Definition", REPORT_COLUMN_WORDS, DEFINITION);
	report_table_column(t, "Responses", REPORT_COLUMN_COUNT, REPORT_TOTAL);
	return true;
}

static const char *kappa_words(struct arena *arena, const struct agreement_kappa *k)
{
	if (!k->defined)
		return "not defined";
	return arena_printf(arena, "%.2f (%.2f to %.2f)", k->kappa, k->low, k->high);
}

static void agreement_rows(const struct report_figures *f, const struct sample *sample,
			   const struct sample_agreement_of *of, size_t count,
			   struct report_table *t)
{
	for (size_t i = 0; i < count; i++) {
		struct report_row *row = report_table_row(f->arena, t, of[i].code);

		row->words[SAMPLE] = arena_printf(f->arena, "%" PRId64, sample->number);
		row->words[UNITS] = arena_printf(f->arena, "%" PRId64, of[i].kappa.units);
		row->words[OBSERVED] =
			arena_printf(f->arena, "%.2f", of[i].kappa.observed);
		row->words[KAPPA] = kappa_words(f->arena, &of[i].kappa);
		row->words[ALPHA] = of[i].alpha.defined ? arena_printf(f->arena, "%.2f",
								       of[i].alpha.alpha)
							: "not defined";
	}
}

bool report_agreement_table(const struct report_figures *f, struct report_table *t,
			    struct err *err)
{
	struct sample *samples;
	size_t count;

	t->title = "Agreement between coders";
	t->head = "Code";
	t->least = 0;
	if (!sample_list(f->op, f->arena, f->of.name, &samples, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct sample_agreement_of *of;
		size_t rows;

		if (samples[i].ended)
			continue;
		/* A sample that no second coder has finished has no agreement yet. */
		if (!sample_agreement(f->op, f->arena, samples[i].id, &of, &rows, err)) {
			if (!err_forgive(err, ERR_CONFLICT))
				return false;
			continue;
		}
		agreement_rows(f, &samples[i], of, rows, t);
	}
	report_table_column(t, "Sample", REPORT_COLUMN_WORDS, SAMPLE);
	report_table_column(t, "Coded twice", REPORT_COLUMN_WORDS, UNITS);
	report_table_column(t, "Observed agreement", REPORT_COLUMN_WORDS, OBSERVED);
	report_table_column(t, "Cohen's kappa (95% interval)", REPORT_COLUMN_WORDS,
			    KAPPA);
	report_table_column(t, "Krippendorff's alpha", REPORT_COLUMN_WORDS, ALPHA);
	t->note =
		"Kappa and alpha are 1 where coders agree wholly and 0 where they agree "
		"no more than by chance.";
	return true;
}
