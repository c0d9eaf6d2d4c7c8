/* Blind double coding: drawn, coded, compared, reconciled. */
#include "domain/coding/sample.h"
#include "domain/admin/account.h"
#include "domain/responses/response_text.h"
#include "base/str.h"
#include "staff/coding/code_pages.h"
#include "staff/triage/code_show.h"
#include "staff/frame/pages.h"
#include "text/words/sentence.h"

#include <inttypes.h>

enum { CODERS_MOST = SAMPLE_CODERS, PASSAGES_MOST = 50 };

static const char *sample_path(struct web_request *r, int64_t number)
{
	return arena_printf(r->arena, "%s/samples/%" PRId64, staff_queue_path(r), number);
}

static bool sample_of(struct web_request *r, struct sample *out, struct err *err)
{
	int64_t number;

	if (!str_to_int(web_arg(r, 1), 1, INT32_MAX, &number, err))
		return err_set(err, ERR_ABSENT, "There is no such sample.");
	return sample_get(r->op, r->arena, staff_of(r)->consultation.name, number, out,
			  err);
}

static void show_sample(struct web_request *r, struct template_value *one,
			const struct sample *s)
{
	template_set_int(one, "number", s->number);
	template_set(one, "url", sample_path(r, s->number));
	template_set(one, "wanted", s->wanted);
	template_set_bool(one, "by_type", s->by_type);
	template_set_bool(one, "ended", s->ended);
	if (s->question)
		template_set_int(one, "question", s->question);
	staff_number(one, "units", s->units);
	staff_number(one, "from_count", s->from_count);
	template_set_int(one, "seed", s->seed);
	template_set(one, "drawn_by", s->drawn_by);
	template_set(one, "at", staff_date(r, s->at));
}

/* Whoever may code here. */
static bool show_coders(struct web_request *r, struct template_value *v, struct err *err)
{
	struct template_value *list = template_set_list(v, "coders");
	struct store_table staff;

	if (!account_list(r->op, r->arena, &staff, err))
		return false;
	for (size_t i = 0; i < staff.count; i++) {
		struct store_row row = table_row(&staff, i);
		struct operation they = *r->op;
		struct template_value *one;
		bool may = false;

		if (!account_become(&they, r->arena, row_text(&row, "name"), err) ||
		    !rights_may(&they, RIGHT_CODE, staff_of(r)->scope, &may, err)) {
			if (err->kind != ERR_ABSENT)
				return false;
			*err = (struct err){0};
		}
		if (!may)
			continue;
		one = template_add_map(list);
		template_set(one, "name", row_text(&row, "name"));
		template_set_int(one, "id", they.staff_id);
	}
	return true;
}

void staff_samples(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Double coding", "coding"), *list;
	struct sample *samples;
	struct err err = {0};
	size_t count;

	if (!sample_list(r->op, r->arena, staff_of(r)->consultation.name, &samples,
			 &count, &err) ||
	    !show_coders(r, v, &err) || !staff_questions_show(r, v, NULL, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_coding_values(r, v);
	template_set_bool(v, "samples_any", count > 0);
	list = template_set_list(v, "samples");
	for (size_t i = 0; i < count; i++)
		show_sample(r, template_add_map(list), &samples[i]);
	staff_page(r, "web/staff/samples.html", v);
}

void staff_sample_draw(struct web_request *r)
{
	const char *coders[CODERS_MOST];
	struct sample_draw draw = {
		.consultation = staff_of(r)->consultation.name,
		.seed = web_form_int(r, "seed", -1),
		.by_type = str_eq(web_form(r, "by_type"), "yes"),
		.question = web_form_int(r, "question", 0),
		.coders = coders,
	};
	bool percent = str_eq(web_form(r, "unit"), "percent");
	struct err err = {0};
	int64_t number;

	*(percent ? &draw.percent : &draw.count) = web_form_int(r, "count", 0);
	for (size_t i = 0; i < r->form.count && draw.coder_count < CODERS_MOST; i++)
		if (str_eq(r->form.fields[i].name, "coder"))
			coders[draw.coder_count++] = r->form.fields[i].value;
	if (!sample_draw(r->op, &draw, &number, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "Sample %" PRId64 " is drawn.", number);
	staff_back(r, "%s", sample_path(r, number));
}

static bool is_mine(struct web_request *r, const struct sample *s, bool *out,
		    struct err *err)
{
	struct sample *mine;
	size_t count;

	*out = false;
	if (!samples_mine(r->op, r->arena, &mine, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		*out = *out || mine[i].id == s->id;
	return true;
}

static bool show_units(struct web_request *r, struct template_value *v,
		       const struct sample *s, struct err *err)
{
	struct template_value *list = template_set_list(v, "list");
	struct sample_unit *units;
	const char *next = NULL;
	size_t count, done = 0;

	if (!sample_units(
		    r->op, r->arena,
		    (struct sample_share){.sample_id = s->id,
					  .staff_id = staff_of(r)->session.staff_id},
		    &units, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct template_value *one = template_add_map(list);
		/* Next and previous go from unit to unit. */
		const char *url =
			arena_printf(r->arena, "%s?second=yes",
				     staff_reference_path(r, units[i].reference));

		template_set_int(one, "position", units[i].position);
		template_set(one, "reference", units[i].reference);
		template_set(one, "url", url);
		template_set_bool(one, "done", units[i].done);
		done += units[i].done;
		if (!units[i].done && !next)
			next = url;
	}
	staff_number(v, "done_count", (int64_t)done);
	template_set_bool(v, "all_done", done == count);
	template_set(v, "next", next);
	return true;
}

static const char *decimal(struct web_request *r, double n)
{
	return arena_printf(r->arena, "%.2f", n);
}

static bool show_agreement(struct web_request *r, struct template_value *v,
			   const struct sample *s, struct err *err)
{
	struct template_value *list = template_set_list(v, "agreement");
	struct sample_agreement_of *rows;
	size_t count;

	if (!sample_agreement(r->op, r->arena, s->id, &rows, &count, err)) {
		if (err->kind != ERR_CONFLICT)
			return false;
		template_set(v, "not_yet", page_sentence(r->arena, err->text));
		*err = (struct err){0};
		return true;
	}
	template_set_bool(v, "agreement_any", count > 0);
	for (size_t i = 0; i < count; i++) {
		const struct sample_agreement_of *a = &rows[i];
		struct template_value *one = template_add_map(list);

		template_set(one, "code", a->code);
		template_set(one, "coder", a->coder);
		template_set_int(one, "both", a->pairs.both);
		template_set_int(one, "first", a->pairs.first_only);
		template_set_int(one, "second", a->pairs.second_only);
		template_set_int(one, "neither", a->pairs.neither);
		template_set_bool(one, "defined", a->kappa.defined);
		template_set(one, "why", a->kappa.why);
		if (a->kappa.units)
			template_set(one, "observed",
				     arena_printf(r->arena, "%.0f %%",
						  a->kappa.observed * 100));
		if (a->kappa.defined) {
			template_set(one, "kappa", decimal(r, a->kappa.kappa));
			template_set(one, "low", decimal(r, a->kappa.low));
			template_set(one, "high", decimal(r, a->kappa.high));
		}
		template_set(one, "alpha",
			     a->alpha.defined ? decimal(r, a->alpha.alpha) : NULL);
	}
	return true;
}

/* The words that somebody saw a code in, beside the question whether it is there. */
static bool show_passages(struct web_request *r, struct template_value *one,
			  const struct sample *s, const struct sample_disagreement *d,
			  struct response_text *words, struct err *err)
{
	struct template_value *list = template_set_list(one, "passages");
	struct store_table rows;

	if (!sample_passages(r->op, r->arena, s->id, d, &rows, err))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		struct template_value *passage = template_add_map(list);

		template_set(passage, "who", row_text(&row, "who"));
		for (size_t p = 0; p < words->count && !row_null(&row, "from_char");
		     p++) {
			const struct text_part *part = &words->parts[p];
			int64_t from = row_int(&row, "from_char");
			const char *begin, *end;

			if (part->position != row_int(&row, "part") || !part->text)
				continue;
			begin = staff_character(part->text, 0, from);
			end = staff_character(begin, from, row_int(&row, "to_char"));
			template_set(
				passage, "text",
				unwrap_passage(r->arena,
					       arena_strndup(r->arena, begin,
							     (size_t)(end - begin))));
		}
	}
	return true;
}

static bool show_disagreements(struct web_request *r, struct template_value *v,
			       const struct sample *s, struct err *err)
{
	struct template_value *list = template_set_list(v, "disagreements");
	struct sample_disagreement *rows;
	struct response_text words = {0};
	int64_t open = 0, of = 0;
	size_t count;

	if (!sample_disagreements(
		    r->op, r->arena,
		    (struct sample_chosen){.sample_id = s->id, .which = SAMPLE_EVERY_ONE},
		    &rows, &count, err)) {
		if (err->kind != ERR_CONFLICT)
			return false;
		*err = (struct err){0};
		return true;
	}
	for (size_t i = 0; i < count; i++) {
		const struct sample_disagreement *d = &rows[i];
		struct template_value *one = template_add_map(list);

		template_set_int(one, "position", d->position);
		template_set_int(one, "code_id", d->code_id);
		template_set(one, "reference", d->reference);
		template_set(one, "response", staff_reference_path(r, d->reference));
		template_set(one, "code", d->code);
		template_set(one, "with", d->with);
		template_set(one, "without", d->without);
		template_set_bool(one, "settled", d->settled_at != 0);
		template_set_bool(one, "holds", d->holds);
		template_set(one, "settled_by", d->settled_by);
		template_set(one, "note", d->note);
		open += !d->settled_at;
		if (i >= PASSAGES_MOST)
			continue;
		if (of != d->response_id &&
		    !response_text_load(r->op, r->arena, d->response_id, &words, err))
			return false;
		of = d->response_id;
		if (!show_passages(r, one, s, d, &words, err))
			return false;
	}
	staff_number(v, "open_count", open);
	template_set_bool(v, "any_disagreement", count > 0);
	template_set_bool(v, "any_open", open > 0);
	return true;
}

void staff_sample(struct web_request *r)
{
	struct template_value *v;
	struct sample s;
	struct err err = {0};
	bool mine;

	if (!sample_of(r, &s, &err) || !is_mine(r, &s, &mine, &err)) {
		staff_failed(r, &err);
		return;
	}
	v = staff_values(r, arena_printf(r->arena, "Sample %" PRId64, s.number),
			 "coding");
	staff_coding_values(r, v);
	show_sample(r, v, &s);
	template_set_bool(v, "mine", mine);
	/* Who still codes it sees nothing of what others said. */
	if (mine ? !show_units(r, v, &s, &err)
		 : !show_agreement(r, v, &s, &err) ||
			    !show_disagreements(r, v, &s, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_page(r, "web/staff/sample.html", v);
}

static void done(struct web_request *r, bool ok, const struct err *err,
		 const char *sentence)
{
	if (!ok) {
		staff_failed(r, err);
		return;
	}
	staff_say(r, "%s", sentence);
	staff_back_or(r, arena_printf(r->arena, "%s/samples/%s", staff_queue_path(r),
				      web_escape_url(r->arena, web_arg(r, 1))));
}

void staff_sample_unit(struct web_request *r)
{
	bool unit_done = !str_eq(web_form(r, "done"), "no"), ok;
	int64_t position = web_form_int(r, "position", 0);
	struct sample s;
	struct err err = {0};

	ok = sample_of(r, &s, &err) &&
	     sample_unit_done(r->op, s.id, position,
			      unit_done ? SAMPLE_UNIT_DONE : SAMPLE_UNIT_OPEN, &err);
	done(r, ok, &err,
	     arena_printf(r->arena, "Unit %" PRId64 " is %s.", position,
			  unit_done ? "done" : "open again"));
}

void staff_sample_done(struct web_request *r)
{
	struct sample s;
	struct err err = {0};
	bool ok;

	ok = sample_of(r, &s, &err) && sample_coder_done(r->op, s.id, &err);
	done(r, ok, &err,
	     "Done. From now on you see the first coding, and how far you agree.");
}

void staff_sample_end(struct web_request *r)
{
	struct sample s;
	struct err err = {0};
	bool ok;

	ok = sample_of(r, &s, &err) &&
	     sample_end(r->op, staff_of(r)->consultation.name, s.number, &err);
	done(r, ok, &err,
	     "The sample is given up; what was coded in it stays on record.");
}

void staff_sample_reconcile(struct web_request *r)
{
	int64_t position = web_form_int(r, "position", 0);
	int64_t code_id = web_form_int(r, "code", 0);
	bool holds = str_eq(web_form(r, "holds"), "yes"), mine, ok;
	const char *note = web_form(r, "note");
	struct code code = {0};
	struct sample s;
	struct err err = {0};

	ok = sample_of(r, &s, &err) && staff_code_own(r, code_id, &code, &err) &&
	     is_mine(r, &s, &mine, &err) &&
	     (!mine ||
	      err_set(&err, ERR_CONFLICT,
		      "You still code this sample blindly. Reconcile it when you "
		      "are done.")) &&
	     sample_reconcile(
		     r->op,
		     &(struct sample_settling){.sample_id = s.id,
					       .position = position,
					       .code_id = code_id,
					       .settled = holds ? SAMPLE_CODE_HOLDS
								: SAMPLE_CODE_GOES,
					       .note = str_empty(note) ? NULL : note},
		     NULL, &err);
	done(r, ok, &err,
	     arena_printf(r->arena, "Reconciled: \"%s\" is %s unit %" PRId64 ".",
			  code.name, holds ? "on" : "not on", position));
}
