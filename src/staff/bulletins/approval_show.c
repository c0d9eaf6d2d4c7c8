#include "staff/bulletins/approval_show.h"
#include "domain/approval/approval.h"
#include "base/str.h"
#include "staff/bulletins/version_show.h"
#include "staff/frame/words.h"

static void add_people(struct web_request *r, struct template_value *v, const char *name,
		       const struct store_table *t)
{
	struct template_value *list = template_set_list(v, name);
	const char *chosen = web_form(r, "of");

	for (size_t i = 0; i < t->count; i++) {
		struct store_row row = table_row(t, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "colleague", row_text(&row, "name"));
		template_set_bool(one, "is_chosen",
				  str_eq(row_text(&row, "name"), chosen));
	}
	template_set_bool(v, arena_printf(r->arena, "any_%s", name), t->count > 0);
	template_set_bool(v, arena_printf(r->arena, "some_%s", name), t->count > 1);
}

static void add_request(struct web_request *r, struct template_value *v,
			const struct approval_request *q)
{
	struct template_value *map = template_set_map(v, "request");
	int64_t me = staff_of(r)->session.staff_id;

	template_set_bool(map, "is_open", q->is_open);
	template_set_bool(map, "to_approve", q->is_open && !q->to_agree);
	template_set_bool(map, "to_agree", q->is_open && q->to_agree);
	template_set_bool(map, "returned", str_eq(q->outcome, "returned"));
	template_set_bool(map, "agree_of_me",
			  q->is_open && q->to_agree && q->of_id == me && q->is_of_this);
	template_set_bool(map, "agree_waits", q->is_open && q->to_agree && q->is_of_this);
	template_set_bool(map, "mine_to_answer",
			  q->is_open && q->of_id == me &&
				  (!q->to_agree || q->is_of_this));
	template_set_bool(map, "is_of_this", q->is_of_this);
	template_set(map, "by", q->by);
	template_set(map, "of", q->of);
	template_set(map, "at", staff_when(r, q->at));
	template_set(map, "ended", staff_when(r, q->ended_at));
	staff_number(map, "audience", q->audience);
	template_set_bool(map, "audience_one", q->audience == 1);
}

static bool add_comments(struct web_request *r, struct template_value *v,
			 const struct bulletin *b, struct err *err)
{
	struct template_value *list = template_set_list(v, "comments");
	struct store_table t;

	if (!approval_comments(r->op, r->arena, b, &t, err))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "writer", row_text(&row, "staff"));
		template_set(one, "at", staff_when(r, row_int(&row, "at")));
		template_set(one, "words", row_text(&row, "text"));
		template_set_bool(one, "is_return", row_int(&row, "is_return") == 1);
		template_set_bool(one, "is_earlier", row_int(&row, "is_of_this") != 1);
	}
	template_set_bool(v, "any_comments", t.count > 0);
	return true;
}

static bool add_version(struct web_request *r, struct template_value *v,
			const struct bulletin *b, const struct approval_request *q,
			struct err *err)
{
	struct template_value *map = template_set_map(v, "version");
	struct approval_words words;
	bool changed;

	if (!approval_last_words(r->op, r->arena, b, &words, err))
		return false;
	changed = words.source && !str_eq(words.hash, b->hash);
	template_set_bool(map, "is_there", words.source != NULL);
	template_set_bool(map, "changed", changed);
	template_set_bool(map, "approved", str_eq(words.kind, "approved"));
	template_set(map, "who", words.who);
	template_set(map, "at", staff_when(r, words.at));
	template_set_bool(map, "open", changed && q->is_open);
	if (changed)
		version_show(r, map, words.source, b->source_text);
	return true;
}

bool approval_show_colleagues(struct web_request *r, struct template_value *v,
			      const struct bulletin *b, struct err *err)
{
	struct store_table t;

	if (!approval_colleagues(r->op, r->arena, b, &t, err))
		return false;
	add_people(r, v, "colleagues", &t);
	return true;
}

bool approval_show(struct web_request *r, struct template_value *v,
		   const struct bulletin *b, struct err *err)
{
	struct approval_request q;
	struct store_table writers;
	bool needs;

	if (!approval_request(r->op, r->arena, b, &q, err) ||
	    !approval_show_colleagues(r, v, b, err) ||
	    !approval_writers(r->op, r->arena, b, &writers, err) ||
	    !approval_needs_agreement(r->op, b, &needs, err) ||
	    !add_comments(r, v, b, err) || !add_version(r, v, b, &q, err))
		return false;
	add_people(r, v, "writers", &writers);
	add_request(r, v, &q);
	template_set_bool(v, "needs_agreement", needs);
	template_set_bool(
		v, "may_return",
		str_eq(b->state, "draft") &&
			(q.is_open ? q.by_id != staff_of(r)->session.staff_id &&
					     (staff_may(r, RIGHT_APPROVE) ||
					      q.of_id == staff_of(r)->session.staff_id)
				   : staff_may(r, RIGHT_APPROVE) &&
					     b->changed_by !=
						     staff_of(r)->session.staff_id));
	return true;
}

const char *approval_asked_words(struct web_request *r, const char *of,
				 enum staff_told told)
{
	return arena_printf(
		r->arena,
		told == STAFF_TOLD
			? "%s has it on Home now, and is told by email."
			: "%s has it on Home now. There is no email address of "
			  "theirs here, so tell them yourself.",
		of);
}
