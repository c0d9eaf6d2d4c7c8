/* What is done to a bulletin at once: test, approve, pause, settle. */
#include "domain/bulletins/bulletin_audience.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/pages.h"
#include "staff/bulletin_show.h"

static void back(struct web_request *r, const struct bulletin *b)
{
	staff_back(r, "%s", staff_bulletin_path(r, b->list.name, b->number));
}

void staff_bulletin_test(struct web_request *r)
{
	const char *to[BULLETIN_TEST_MOST];
	struct bulletin b;
	char *text, *one, *rest = NULL;
	struct err err = {0};
	size_t count = 0;

	if (!staff_bulletin_load(r, &b))
		return;
	text = arena_strdup(r->arena, str_or(web_form(r, "to"), ""));
	for (one = strtok_r(text, ",; \t\n", &rest); one;
	     one = strtok_r(NULL, ",; \t\n", &rest)) {
		if (count == BULLETIN_TEST_MOST) {
			(void)err_set(&err, ERR_INPUT,
				      "A test goes to ten addresses at most.");
			staff_bulletin_refused(r, &b, &err);
			return;
		}
		to[count++] = one;
	}
	if (!count) {
		(void)err_set(&err, ERR_INPUT,
			      "Write the addresses that the test should go to.");
		staff_bulletin_refused(r, &b, &err);
		return;
	}
	if (!bulletin_test(r->op, b.list.name, b.number, to, count, &err)) {
		staff_bulletin_refused(r, &b, &err);
		return;
	}
	staff_say(r, "A test is on its way to %zu address%s, and to nobody else.", count,
		  plural(count, "", "es"));
	back(r, &b);
}

/*
 * What is approved is what was on the page: the same words, and as many subscribers. Both are
 * looked at once more in the transaction of the approval.
 */
static bool approve_as_seen(struct web_request *r, const struct bulletin *b,
			    int64_t *out_audience, struct err *err)
{
	AUTO(store_txn) t = store_begin(r->op->store, err);
	struct bulletin now;
	struct audience audience;

	if (!t || !bulletin_load(r->op, r->arena, b->list.name, b->number, &now, err) ||
	    !bulletin_audience(r->op, &now, &audience, err))
		return false;
	if (!str_eq(now.hash, str_or(web_form(r, "hash"), "")))
		return err_set(
			err, ERR_CONFLICT,
			"The bulletin was changed while you looked at it. Load its "
			"page again, read it, and approve what you see.");
	if (audience.count != web_form_int(r, "count", -1))
		return err_set(
			err, ERR_CONFLICT,
			"%lld subscribers would get it now, not the number that you saw. "
			"Load the page again and approve what it says.",
			(long long)audience.count);
	return bulletin_approve(r->op, b->list.name, b->number, out_audience, err) &&
	       store_commit(&t, err);
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

void staff_bulletin_pause(struct web_request *r)
{
	struct bulletin b;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	if (!bulletin_pause(r->op, b.list.name, b.number, &err)) {
		staff_bulletin_refused(r, &b, &err);
		return;
	}
	staff_say(r, "Paused. Mails that are under way still end; nobody is lost or "
		     "doubled.");
	back(r, &b);
}

void staff_bulletin_settle(struct web_request *r)
{
	bool again = str_eq(web_form(r, "do"), "again");
	struct bulletin b;
	struct err err = {0};
	int64_t rows;

	if (!staff_bulletin_load(r, &b))
		return;
	if (!bulletin_settle_in_doubt(r->op, b.list.name, b.number,
				      again ? IN_DOUBT_SEND_AGAIN : IN_DOUBT_LEAVE, &rows,
				      &err)) {
		staff_bulletin_refused(r, &b, &err);
		return;
	}
	staff_say(r,
		  again ? "%lld mails in doubt are sent once more, each with its own "
			  "Message-ID, so that many mailboxes show it once."
			: "%lld mails in doubt are left as they are.",
		  (long long)rows);
	back(r, &b);
}
