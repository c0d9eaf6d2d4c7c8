#include "domain/bulletins/archive.h"
#include "base/clock.h"
#include "base/str.h"
#include "staff/responses/consultation_show.h"

/* The fields' names, which are their ids on the page too. */
static const char *const fields[CONSULTATION_FIELDS] = {
	[CONSULTATION_TITLE] = "title",
	[CONSULTATION_NAME] = "name",
	[CONSULTATION_ADDRESS] = "address",
	[CONSULTATION_INTRODUCTION] = "introduction",
	[CONSULTATION_OPENS] = "opens",
	[CONSULTATION_CLOSES] = "closes",
	[CONSULTATION_QUESTIONS] = "questions",
};

struct consultation_draft staff_draft_sent(struct web_request *r)
{
	const char *title = staff_form_text(r, "title"),
		   *name = staff_form_text(r, "name");

	return (struct consultation_draft){
		.title = title,
		.name = *name ? name : list_name_from(r->arena, title),
		.address = staff_form_text(r, "address"),
		.introduction = staff_form_text(r, "introduction"),
		.opens = staff_form_text(r, "opens"),
		.closes = staff_form_text(r, "closes"),
		.questions = str_or(web_form(r, "questions"), ""),
	};
}

void staff_draft_show(struct template_value *v, const struct consultation_draft *draft)
{
	template_set(v, "form_title", draft->title);
	template_set(v, "form_name", draft->name);
	template_set(v, "form_address", draft->address);
	template_set(v, "form_introduction", draft->introduction);
	template_set(v, "form_opens", draft->opens);
	template_set(v, "form_closes", draft->closes);
	template_set(v, "form_questions", draft->questions);
}

void staff_draft_seen(struct seen *out, const struct consultation_draft *draft)
{
	seen_add(out, fields[CONSULTATION_TITLE], draft->title);
	seen_add(out, fields[CONSULTATION_ADDRESS], draft->address);
	seen_add(out, fields[CONSULTATION_INTRODUCTION], draft->introduction);
	seen_add(out, fields[CONSULTATION_OPENS], draft->opens);
	seen_add(out, fields[CONSULTATION_CLOSES], draft->closes);
	seen_add(out, fields[CONSULTATION_QUESTIONS], draft->questions);
}

void staff_draft_merge(struct web_request *r, struct consultation_draft *sent,
		       const struct consultation_draft *now)
{
	*sent = (struct consultation_draft){
		.name = now->name,
		.title = staff_seen_or(r, fields[CONSULTATION_TITLE], now->title),
		.address = staff_seen_or(r, fields[CONSULTATION_ADDRESS], now->address),
		.introduction = staff_seen_or(r, fields[CONSULTATION_INTRODUCTION],
					      now->introduction),
		.opens = staff_seen_or(r, fields[CONSULTATION_OPENS], now->opens),
		.closes = staff_seen_or(r, fields[CONSULTATION_CLOSES], now->closes),
		.questions =
			staff_seen_or(r, fields[CONSULTATION_QUESTIONS], now->questions),
	};
}

void staff_draft_keep(struct template_value *v, const struct consultation_draft *sent,
		      const struct consultation_draft *now)
{
	const struct {
		const char *label, *sent, *now;
	} texts[] = {
		{"Title, as the public reads it", sent->title, now->title},
		{"Email address for responses", sent->address, now->address},
		{"What it is about, and why you ask", sent->introduction,
		 now->introduction},
		{"First day", sent->opens, now->opens},
		{"Last day", sent->closes, now->closes},
		{"Questions", sent->questions, now->questions},
	};
	struct template_value *list = template_set_list(v, "kept");

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct template_value *one;

		if (str_eq(texts[i].sent, texts[i].now))
			continue;
		one = template_add_map(list);
		template_set(one, "label", texts[i].label);
		template_set(one, "text", texts[i].sent);
		template_set_bool(v, "any_kept", true);
	}
}

void staff_draft_check(struct staff_form *form, const struct consultation_draft *draft,
		       const char *of)
{
	for (int f = 0; f < CONSULTATION_FIELDS; f++) {
		struct err err = {0};

		/* A name that nobody typed is wrong with the title. */
		if (f == CONSULTATION_NAME && !*draft->name && !*draft->title)
			continue;
		if (!consultation_field_check(form->r->op, draft,
					      (enum consultation_field)f, of, &err))
			staff_form_wrong(form, fields[f], err.text);
	}
}

static bool add_day(struct web_request *r, struct template_value *v, const char *key,
		    const char *day, struct err *err)
{
	const char *zone = r->site->settings->zone;
	char text[CLOCK_TEXT];
	int64_t at;

	if (!clock_day_start(day, zone, &at, err))
		return false;
	clock_long_date(at, zone, text);
	template_set(v, key, text);
	return true;
}

bool staff_draft_preview(struct web_request *r, struct template_value *v,
			 const struct consultation_draft *draft, struct err *err)
{
	struct template_value *list = template_set_list(v, "shown_questions");
	struct question_draft *questions;
	size_t count;

	if (!consultation_questions_read(r->arena, draft->questions, &questions, &count,
					 err) ||
	    !add_day(r, v, "shown_opens", draft->opens, err) ||
	    !add_day(r, v, "shown_closes", draft->closes, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct template_value *one = template_add_map(list), *options;

		template_set(one, "asked", questions[i].text);
		template_set_bool(one, "has_options", questions[i].option_count > 0);
		template_set_bool(one, "several", questions[i].several);
		options = template_set_list(one, "options");
		for (size_t o = 0; o < questions[i].option_count; o++)
			template_set(template_add_map(options), "option",
				     questions[i].options[o]);
	}
	template_set_bool(v, "any_questions", count > 0);
	template_set(v, "shown_title", draft->title);
	template_set(v, "shown_address", draft->address);
	template_set_vouched(v, "shown_introduction",
			     archive_html(r->arena, draft->name, draft->introduction));
	return true;
}
