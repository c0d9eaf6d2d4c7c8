/* A colleague is asked about a bulletin, and approves, agrees, returns it, or says something. */
#include "domain/approval/approval.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/bulletins/approval_show.h"
#include "staff/frame/forms.h"
#include "staff/bulletins/version_show.h"
#include "staff/frame/words.h"

static struct approval_of seen(struct web_request *r, const struct bulletin *b)
{
	return (struct approval_of){b->list.name, b->number, web_form(r, "hash")};
}

static void back(struct web_request *r, const struct bulletin *b)
{
	staff_back(r, "%s", staff_bulletin_path(r, b->list.name, b->number));
}

/* Beside its field when it is about what was typed, else on top. */
static void refused(struct web_request *r, const struct bulletin *b, const char *field,
		    const struct err *err)
{
	if (err->kind == ERR_INPUT)
		staff_bulletin_wrong(r, b, field, err);
	else
		staff_bulletin_refused(r, b, err);
}

typedef bool asking(struct operation *op, const struct approval_of *what, const char *of,
		    bool *out_told, struct err *err);

/* Asks whom the form names. said: what happened; behind: with their name between the two. */
static void ask(struct web_request *r, asking *how, const char *said, const char *behind)
{
	const char *of = staff_form_text(r, "of");
	struct approval_of what;
	struct bulletin b;
	struct err err = {0};
	bool told;

	if (!staff_bulletin_load(r, &b))
		return;
	what = seen(r, &b);
	if (!how(r->op, &what, of, &told, &err)) {
		refused(r, &b, "of", &err);
		return;
	}
	staff_say(r, "%s%s%s %s", said, behind ? of : "", str_or(behind, ""),
		  approval_asked_words(r, of, told ? STAFF_TOLD : STAFF_NOT_TOLD));
	back(r, &b);
}

void staff_approval_ask(struct web_request *r)
{
	ask(r, approval_ask, "You have asked for approval.", NULL);
}

void staff_approval_ask_to_agree(struct web_request *r)
{
	ask(r, approval_ask_to_agree, "It is approved as soon as ",
	    " agrees to your changes.");
}

/*
 * What is approved is what was on the page: the same words, and as many subscribers. Both are
 * looked at once more in the transaction of the approval.
 */
static bool approve_as_seen(struct web_request *r, const struct bulletin *b,
			    int64_t *out_audience, struct err *err)
{
	AUTO(store_txn) t = store_begin(r->op->store, err);
	struct approval_of what = seen(r, b);
	struct audience audience;
	struct bulletin now;

	what.seen = str_or(what.seen, "none");
	if (!t || !bulletin_load(r->op, r->arena, b->list.name, b->number, &now, err) ||
	    !bulletin_audience(r->op, &now, &audience, err))
		return false;
	if (str_eq(now.hash, what.seen) && audience.count != web_form_int(r, "count", -1))
		return err_set(
			err, ERR_CONFLICT,
			"%lld subscribers would get it now, not the number that you saw. "
			"Load the page again and approve what it says.",
			(long long)audience.count);
	return approval_fits(r->op, &now, err) &&
	       approval_give(r->op, &what, out_audience, err) && store_commit(&t, err);
}

void staff_bulletin_approve(struct web_request *r)
{
	struct bulletin b;
	struct err err = {0};
	int64_t audience = 0;

	if (!staff_bulletin_load(r, &b))
		return;
	if (!approve_as_seen(r, &b, &audience, &err)) {
		staff_bulletin_refused(r, &b, &err);
		return;
	}
	staff_say(r, "Approved as it is now, for %lld subscriber%s. %s",
		  (long long)audience, plural(audience, "", "s"),
		  str_eq(b.state, "scheduled") ? "It goes out at the time that was set."
					       : "Next: schedule or send it.");
	back(r, &b);
}

void staff_approval_agree(struct web_request *r)
{
	struct approval_of what;
	struct bulletin b;
	struct err err = {0};
	int64_t audience;

	if (!staff_bulletin_load(r, &b))
		return;
	what = seen(r, &b);
	if (!approval_agree(r->op, &what, &audience, &err)) {
		staff_bulletin_refused(r, &b, &err);
		return;
	}
	staff_say(r,
		  "You agree, so it is approved for %lld subscriber%s. Next: schedule or "
		  "send it.",
		  (long long)audience, plural(audience, "", "s"));
	back(r, &b);
}

/* Whoever may approve, and whoever was asked. */
static bool may_return(struct web_request *r, const struct bulletin *b, struct err *err)
{
	struct approval_request q;

	if (staff_may(r, RIGHT_APPROVE))
		return true;
	return approval_request(r->op, r->arena, b, &q, err) &&
	       ((q.is_open && q.of_id == staff_of(r)->session.staff_id) ||
		err_set(err, ERR_CONFLICT,
			"Nobody asks you about this bulletin, so you cannot return it. "
			"Write a comment instead."));
}

void staff_approval_return(struct web_request *r)
{
	const char *comment = staff_form_text(r, "return");
	struct approval_of what;
	struct bulletin b;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	what = seen(r, &b);
	if (!may_return(r, &b, &err) || !approval_return(r->op, &what, comment, &err)) {
		refused(r, &b, "return", &err);
		return;
	}
	staff_say(r,
		  "Returned with your comment. Its writer has it on Home, and is told by "
		  "email.");
	back(r, &b);
}

void staff_bulletin_comment(struct web_request *r)
{
	struct approval_of what;
	struct bulletin b;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	what = (struct approval_of){b.list.name, b.number, NULL};
	if (!approval_comment(r->op, &what, staff_form_text(r, "comment"), &err)) {
		refused(r, &b, "comment", &err);
		return;
	}
	staff_say(r, "Your comment is on the bulletin’s page.");
	staff_back(r, "%s#comments", staff_bulletin_path(r, b.list.name, b.number));
}

/* The words that stand, against those that were asked about or approved last. */
void staff_bulletin_compare(struct web_request *r)
{
	struct template_value *v;
	struct approval_words words;
	struct bulletin b;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	v = staff_values(r,
			 arena_printf(r->arena, "What changed in bulletin #%lld",
				      (long long)b.number),
			 "bulletins");
	staff_bulletin_values(r, v, &b);
	if (!approval_last_words(r->op, r->arena, &b, &words, &err)) {
		staff_failed(r, &err);
		return;
	}
	template_set_bool(v, "is_there", words.source != NULL);
	template_set_bool(v, "last_approved", str_eq(words.kind, "approved"));
	template_set(v, "who", words.who);
	template_set(v, "at", staff_when(r, words.at));
	template_set_bool(v, "same_hash", str_eq(words.hash, b.hash));
	if (words.source)
		version_show(r, v, words.source, b.source_text);
	staff_page(r, "web/staff/bulletin-compare.html", v);
}
