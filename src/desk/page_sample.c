/* Blind second coding: drawn, coded, compared, settled. */
#include "acts/sample.h"
#include "acts/staff.h"
#include "base/str.h"
#include "desk/code_pages.h"
#include "desk/pages.h"

#include <inttypes.h>

enum { CODERS_MOST = ACTS_SAMPLE_CODERS };

static const char *sample_path(struct web_request *r, int64_t number)
{
	return arena_printf(r->arena, "%s/sample/%" PRId64, desk_queue_path(r), number);
}

static bool sample_of(struct web_request *r, struct acts_sample *out, struct err *err)
{
	int64_t number;

	if (!str_to_int(web_arg(r, 1), 1, INT32_MAX, &number, err))
		return err_set(err, ERR_ABSENT, "There is no such sample.");
	return acts_sample_get(&r->acts, r->arena, desk_of(r)->consultation.name, number,
			       out, err);
}

static void show_sample(struct web_request *r, struct template_value *one,
			const struct acts_sample *s)
{
	template_set_int(one, "number", s->number);
	template_set(one, "url", sample_path(r, s->number));
	template_set(one, "wanted", s->wanted);
	template_set_bool(one, "by_type", s->by_type);
	template_set_bool(one, "ended", s->ended);
	if (s->question)
		template_set_int(one, "question", s->question);
	desk_number(one, "units", s->units);
	desk_number(one, "from_count", s->from_count);
	template_set_int(one, "seed", s->seed);
	template_set(one, "drawn_by", s->drawn_by);
	template_set(one, "at", desk_date(r, s->at));
}

/* Whoever may code here. */
static bool show_coders(struct web_request *r, struct template_value *v, struct err *err)
{
	struct template_value *list = template_set_list(v, "coders");
	struct store_table staff;

	if (!acts_staff_list(&r->acts, r->arena, &staff, err))
		return false;
	for (size_t i = 0; i < staff.count; i++) {
		struct store_row row = table_row(&staff, i);
		struct acts they = r->acts;
		struct template_value *one;
		bool may = false;

		if (!acts_staff_become(&they, r->arena, row_text(&row, "name"), err) ||
		    !acts_may(&they, RIGHT_CODE, desk_of(r)->scope, &may, err)) {
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

void desk_samples(struct web_request *r)
{
	struct template_value *v = desk_values(r, "Second coding", "coding"), *list;
	struct acts_sample *samples;
	struct err err = {0};
	size_t count;

	if (!acts_samples(&r->acts, r->arena, desk_of(r)->consultation.name, &samples,
			  &count, &err) ||
	    !show_coders(r, v, &err) || !desk_questions_show(r, v, NULL, &err)) {
		desk_failed(r, &err);
		return;
	}
	desk_coding_values(r, v);
	template_set_bool(v, "samples_any", count > 0);
	list = template_set_list(v, "samples");
	for (size_t i = 0; i < count; i++)
		show_sample(r, template_add_map(list), &samples[i]);
	desk_page(r, "web/desk/samples.html", v);
}

void desk_sample_draw(struct web_request *r)
{
	const char *coders[CODERS_MOST];
	struct acts_sample_draw draw = {
		.consultation = desk_of(r)->consultation.name,
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
	if (!acts_sample_draw(&r->acts, &draw, &number, &err)) {
		desk_failed(r, &err);
		return;
	}
	desk_say(r, "Sample %" PRId64 " is drawn.", number);
	desk_back(r, "%s", sample_path(r, number));
}

static bool is_mine(struct web_request *r, const struct acts_sample *s, bool *out,
		    struct err *err)
{
	struct acts_sample *mine;
	size_t count;

	*out = false;
	if (!acts_samples_mine(&r->acts, r->arena, &mine, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		*out = *out || mine[i].id == s->id;
	return true;
}

static bool show_units(struct web_request *r, struct template_value *v,
		       const struct acts_sample *s, struct err *err)
{
	struct template_value *list = template_set_list(v, "list");
	struct acts_sample_unit *units;
	const char *next = NULL;
	size_t count, done = 0;

	if (!acts_sample_units(&r->acts, r->arena, s->id, desk_of(r)->session.staff_id,
			       &units, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct template_value *one = template_add_map(list);
		const char *number = strrchr(units[i].reference, '-'), *url;

		number = number ? number + 1 : "0";
		/* Next and previous go from unit to unit. */
		url = arena_printf(r->arena, "%s/r/%s?second=yes", desk_queue_path(r),
				   number + strspn(number, "0"));
		template_set_int(one, "position", units[i].position);
		template_set(one, "reference", units[i].reference);
		template_set(one, "url", url);
		template_set_bool(one, "done", units[i].done);
		done += units[i].done;
		if (!units[i].done && !next)
			next = url;
	}
	desk_number(v, "done_count", (int64_t)done);
	template_set_bool(v, "all_done", done == count);
	template_set(v, "next", next);
	return true;
}

static const char *decimal(struct web_request *r, double n)
{
	return arena_printf(r->arena, "%.2f", n);
}

static bool show_agreement(struct web_request *r, struct template_value *v,
			   const struct acts_sample *s, struct err *err)
{
	struct template_value *list = template_set_list(v, "agreement");
	struct acts_agreement *rows;
	size_t count;

	if (!acts_sample_agreement(&r->acts, r->arena, s->id, &rows, &count, err)) {
		if (err->kind != ERR_CONFLICT)
			return false;
		template_set(v, "not_yet", web_sentence(r->arena, err->text));
		*err = (struct err){0};
		return true;
	}
	template_set_bool(v, "agreement_any", count > 0);
	for (size_t i = 0; i < count; i++) {
		const struct acts_agreement *a = &rows[i];
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

static bool show_disagreements(struct web_request *r, struct template_value *v,
			       const struct acts_sample *s, struct err *err)
{
	struct template_value *list = template_set_list(v, "disagreements");
	struct acts_disagreement *rows;
	int64_t open = 0;
	size_t count;

	if (!acts_sample_disagreements(&r->acts, r->arena, s->id, false, &rows, &count,
				       err)) {
		if (err->kind != ERR_CONFLICT)
			return false;
		*err = (struct err){0};
		return true;
	}
	for (size_t i = 0; i < count; i++) {
		const struct acts_disagreement *d = &rows[i];
		struct template_value *one = template_add_map(list);
		const char *number = strrchr(d->reference, '-');

		number = number ? number + 1 : "0";
		template_set_int(one, "position", d->position);
		template_set_int(one, "code_id", d->code_id);
		template_set(one, "reference", d->reference);
		template_set(one, "reply_url",
			     arena_printf(r->arena, "%s/r/%s", desk_queue_path(r),
					  number + strspn(number, "0")));
		template_set(one, "code", d->code);
		template_set(one, "with", d->with);
		template_set(one, "without", d->without);
		template_set_bool(one, "settled", d->settled_at != 0);
		template_set_bool(one, "holds", d->holds);
		template_set(one, "settled_by", d->settled_by);
		template_set(one, "note", d->note);
		open += !d->settled_at;
	}
	desk_number(v, "open_count", open);
	template_set_bool(v, "any_disagreement", count > 0);
	template_set_bool(v, "any_open", open > 0);
	return true;
}

void desk_sample(struct web_request *r)
{
	struct template_value *v;
	struct acts_sample s;
	struct err err = {0};
	bool mine;

	if (!sample_of(r, &s, &err) || !is_mine(r, &s, &mine, &err)) {
		desk_failed(r, &err);
		return;
	}
	v = desk_values(r, arena_printf(r->arena, "Sample %" PRId64, s.number), "coding");
	desk_coding_values(r, v);
	show_sample(r, v, &s);
	template_set_bool(v, "mine", mine);
	/* Who still codes it sees nothing of what others said. */
	if (mine ? !show_units(r, v, &s, &err)
		 : !show_agreement(r, v, &s, &err) ||
			    !show_disagreements(r, v, &s, &err)) {
		desk_failed(r, &err);
		return;
	}
	desk_page(r, "web/desk/sample.html", v);
}

static void done(struct web_request *r, bool ok, const struct err *err,
		 const char *sentence)
{
	if (!ok) {
		desk_failed(r, err);
		return;
	}
	desk_say(r, "%s", sentence);
	desk_back_or(r, arena_printf(r->arena, "%s/sample/%s", desk_queue_path(r),
				     web_escape_url(r->arena, web_arg(r, 1))));
}

void desk_sample_unit(struct web_request *r)
{
	bool unit_done = !str_eq(web_form(r, "done"), "no"), ok;
	int64_t position = web_form_int(r, "position", 0);
	struct acts_sample s;
	struct err err = {0};

	ok = sample_of(r, &s, &err) &&
	     acts_sample_unit_done(&r->acts, s.id, position, unit_done, &err);
	done(r, ok, &err,
	     arena_printf(r->arena, "Unit %" PRId64 " is %s.", position,
			  unit_done ? "done" : "open again"));
}

void desk_sample_done(struct web_request *r)
{
	struct acts_sample s;
	struct err err = {0};
	bool ok;

	ok = sample_of(r, &s, &err) && acts_sample_coder_done(&r->acts, s.id, &err);
	done(r, ok, &err,
	     "Done. From now on you see the first coding, and how far you agree.");
}

void desk_sample_end(struct web_request *r)
{
	struct acts_sample s;
	struct err err = {0};
	bool ok;

	ok = sample_of(r, &s, &err) &&
	     acts_sample_end(&r->acts, desk_of(r)->consultation.name, s.number, &err);
	done(r, ok, &err,
	     "The sample is given up; what was coded in it stays on record.");
}

void desk_sample_settle(struct web_request *r)
{
	int64_t position = web_form_int(r, "position", 0);
	int64_t code_id = web_form_int(r, "code", 0);
	bool holds = str_eq(web_form(r, "holds"), "yes"), mine, ok;
	const char *note = web_form(r, "note");
	struct acts_code code = {0};
	struct acts_sample s;
	struct err err = {0};

	ok = sample_of(r, &s, &err) && desk_code_own(r, code_id, &code, &err) &&
	     is_mine(r, &s, &mine, &err) &&
	     (!mine || err_set(&err, ERR_CONFLICT,
			       "You still code this sample blindly. Settle it when you "
			       "are done.")) &&
	     acts_sample_settle(&r->acts, s.id, position, code_id, holds,
				str_empty(note) ? NULL : note, NULL, &err);
	done(r, ok, &err,
	     arena_printf(r->arena, "Settled: \"%s\" is %s unit %" PRId64 ".", code.name,
			  holds ? "on" : "not on", position));
}
