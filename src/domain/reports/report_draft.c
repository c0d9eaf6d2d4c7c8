#include "domain/reports/report_draft.h"
#include "base/str.h"

#include <inttypes.h>

static int64_t rows_with_some(const struct report_table *t)
{
	int64_t n = 0;

	for (size_t i = 0; i < t->count; i++)
		n += t->rows[i].counts[REPORT_TOTAL].n > 0;
	return n;
}

static bool put_opening(struct report_figures *f, struct buf *out, struct err *err)
{
	(void)err;
	buf_str(out,
		"# {{title}}: analysis of responses\n\n"
		"## About this report\n\n"
		"The consultation \"{{title}}\" was open from {{opens}} to {{closes}}. "
		"This report sets out who responded, what they said, and how the "
		"responses were analysed.\n\n"
		"### How to read the numbers\n\n"
		"A consultation is neither a vote nor a survey of the population. "
		"Respondents choose to take part, so the numbers describe the responses "
		"that were received. They do not show how many people in the wider "
		"population hold a view.\n\n"
		"Percentages are rounded to one decimal place, so they may not "
		"add up exactly.");
	if (f->least > 1)
		buf_str(out,
			" Small numbers are not given, so that nobody can be identified "
			"by them; where a small number could be worked out from others, one "
			"of these is not shown either.");
	buf_str(out, "\n\n");
	return true;
}

static bool put_received(struct report_figures *f, struct buf *out, struct err *err)
{
	(void)err;
	buf_str(out, "## Responses received\n\nWe received {{responses received}}");
	buf_str(out, f->removed
			     ? ". We removed {{n removed}} for the reasons below and "
			       "analysed {{responses analysed}}."
			     : " and analysed {{responses analysed}}. None was removed.");
	if (f->waiting)
		buf_str(out, " A further {{n waiting}} had not been screened when these "
			     "numbers were taken.");
	buf_str(out, "\n\n");
	if (f->received)
		buf_str(out, "{{table responses by received}}\n\n");
	return true;
}

static bool put_channels(struct report_figures *f, struct buf *out, struct err *err)
{
	struct report_table *t;
	const struct report_row *meeting;

	if (!report_figures_table(f, REPORT_OF_CHANNEL, 0, &t, err))
		return false;
	if (!t->count)
		return true;
	buf_str(out, "## How responses arrived\n\n{{table responses by channel}}\n\n");
	meeting = report_row_named(t, "meeting");
	if (!meeting)
		return true;
	buf_str(out,
		"### Meetings and events\n\n"
		"Of the responses analysed, {{n channel:meeting}} recorded what was said "
		"at a meeting or event. One such record may stand for several people.\n\n");
	return true;
}

static bool put_respondents(struct report_figures *f, struct buf *out, struct err *err)
{
	struct store_table organisations;

	if (!report_organisations(f, &organisations, err))
		return false;
	buf_str(out, "## Who responded\n\n");
	if (f->analysed_count)
		buf_str(out, "{{chart responses by type}}\n\n");
	if (organisations.count)
		buf_str(out,
			"### Organisations\n\n"
			"These organisations responded and agreed that their response "
			"may be published:\n\n{{list organisations}}\n\n");
	else
		buf_str(out, "No organisation that responded may be named.\n\n");
	return true;
}

/* Of a number that is not given no share is spoken of. */
static void put_theme(const struct report_figures *f, const struct report_row *theme,
		      int64_t question, struct buf *out)
{
	const char *name = report_value(f->arena, theme->name);

	buf_printf(out,
		   "#### %s\n\nWe found this theme in {{responses q%" PRId64 " code:%s}}",
		   theme->name, question, name);
	if (!theme->counts[REPORT_TOTAL].seen)
		buf_printf(out,
			   ", which is {{percent q%" PRId64
			   " code:%s of answering}} of those who answered",
			   question, name);
	buf_str(out, ".\n\n");
}

/* The themes that most of its answers have, each with what may be quoted of it. */
static bool put_themes(struct report_figures *f, const struct report_table *t,
		       int64_t question, struct buf *out, struct err *err)
{
	bool *done = arena_make(f->arena, bool, t->count + 1);

	for (int n = 0; n < REPORT_DRAFT_THEMES; n++) {
		const struct report_row *best = NULL;
		struct report_quotes_of of = {.question = question,
					      .most = REPORT_QUOTES_USUAL};
		struct report_quote *quotes;
		const char *name;
		size_t count;

		for (size_t i = 0; i < t->count; i++)
			if (t->rows[i].code_id && !done[i] &&
			    (!best || t->rows[i].counts[REPORT_TOTAL].n >
					      best->counts[REPORT_TOTAL].n))
				best = &t->rows[i];
		if (!best || !best->counts[REPORT_TOTAL].n)
			return true;
		done[best - t->rows] = true;
		of.code_id = best->code_id;
		if (!report_quotes(f, &of, &quotes, &count, err))
			return false;
		name = report_value(f->arena, best->name);
		put_theme(f, best, question, out);
		if (count)
			buf_printf(out, "{{quotes q%" PRId64 " code:%s %zu}}\n\n",
				   question, name, count);
	}
	return true;
}

static bool put_question(struct report_figures *f, const struct report_question *q,
			 struct buf *out, struct err *err)
{
	struct report_table *answers, *codes = NULL;
	int64_t n = q->position, themes = 0;
	bool answered = false;

	if (!report_figures_table(f, REPORT_OF_QUESTION, n, &answers, err))
		return false;
	buf_printf(out, "### Question %" PRId64 "\n\n> %s\n\n", n, q->text);
	for (size_t i = 0; i < answers->count; i++)
		answered = answered || (!answers->rows[i].unanswered &&
					answers->rows[i].counts[REPORT_TOTAL].n);
	if (!answered) {
		buf_str(out, "Nobody answered this question.\n\n");
		return true;
	}
	buf_printf(out,
		   "We found an answer to this question in {{responses q%" PRId64
		   " answered}}; {{responses q%" PRId64
		   " unanswered}} did not answer it.\n\n",
		   n, n);
	buf_printf(out, "{{%s q%" PRId64 "}}\n\n", q->closed ? "chart" : "table", n);
	if (!report_figures_table(f, REPORT_OF_QUESTION_CODE, n, &codes, err))
		return false;
	for (size_t i = 0; i < codes->count; i++)
		themes += codes->rows[i].code_id > 0;
	if (!themes) {
		if (!q->closed)
			buf_str(out, "No themes were coded in these answers.\n\n");
		return true;
	}
	buf_printf(out, "{{table q%" PRId64 " by code}}\n\n", n);
	return put_themes(f, codes, n, out, err);
}

static bool put_questions(struct report_figures *f, struct buf *out, struct err *err)
{
	if (f->question_count)
		buf_str(out, "## What respondents said\n\n");
	for (size_t i = 0; i < f->question_count; i++)
		if (!put_question(f, &f->questions[i], out, err))
			return false;
	return true;
}

static bool put_campaigns(struct report_figures *f, struct buf *out, struct err *err)
{
	struct report_table *t;
	bool any = false;

	if (!report_figures_table(f, REPORT_OF_CAMPAIGN, 0, &t, err))
		return false;
	for (size_t i = 0; i < t->count; i++)
		any = any || !str_eq(t->rows[i].name, "(no campaign)");
	buf_str(out, "## Campaigns\n\n");
	if (!any) {
		buf_str(out, "No campaign was found among the responses.\n\n");
		return true;
	}
	buf_str(out,
		"Some responses are copies of a standard text, unchanged or with "
		"changes. They are counted in two ways, so that neither their number "
		"nor the variety of the responses is lost.\n\n"
		"{{table responses by campaign}}\n\n"
		"{{table responses by campaign-once}}\n\n");
	return true;
}

static bool put_method(struct report_figures *f, struct buf *out, struct err *err)
{
	struct report_table *codes, *agreement;

	if (!report_figures_table(f, REPORT_OF_CODE, 0, &codes, err) ||
	    !report_figures_table(f, REPORT_OF_AGREEMENT, 0, &agreement, err))
		return false;
	buf_str(out,
		"## How the responses were analysed\n\n"
		"Every response was screened. Those that were removed are counted above "
		"by the reason; nothing was deleted.");
	if (rows_with_some(codes) > 1 || codes->count > 2)
		buf_str(out,
			" Passages of the responses were coded with the themes of a "
			"code frame, which is given below. A passage may have several "
			"codes.");
	buf_str(out, "\n\n### Agreement between coders\n\n");
	if (agreement->count)
		buf_str(out,
			"A sample drawn at random was coded a second time by somebody "
			"who did not see the first coding.\n\n{{table agreement}}\n\n");
	else
		buf_str(out,
			"No sample of the responses was coded twice, so no measure of "
			"agreement between coders can be given.\n\n");
	if (codes->count > 2)
		buf_str(out, "## Code frame\n\n{{table code frame}}\n\n"
			     "{{table responses by code}}\n");
	return true;
}

bool report_draft_text(struct report_figures *f, struct buf *out, struct err *err)
{
	return put_opening(f, out, err) && put_received(f, out, err) &&
	       put_channels(f, out, err) && put_respondents(f, out, err) &&
	       put_questions(f, out, err) && put_campaigns(f, out, err) &&
	       put_method(f, out, err);
}
