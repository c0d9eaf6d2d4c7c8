/* What is done to an update: test, approve, schedule, send, pause, resume, cancel. */
#include "acts/bulletin_audience.h"
#include "acts/schedule.h"
#include "base/str.h"
#include "desk/pages.h"
#include "desk/update.h"

enum { TESTS_MOST = 10 };

static void back(struct web_request *r, const struct acts_bulletin *b)
{
	desk_back(r, "/desk/l/%s/u/%lld", b->list.name, (long long)b->number);
}

void desk_update_test(struct web_request *r)
{
	const char *to[TESTS_MOST];
	struct acts_bulletin b;
	char *text, *one, *rest = NULL;
	struct err err = {0};
	size_t count = 0;

	if (!desk_update_load(r, &b))
		return;
	text = arena_strdup(r->arena, str_or(web_form(r, "to"), ""));
	for (one = strtok_r(text, ",; \t\n", &rest); one;
	     one = strtok_r(NULL, ",; \t\n", &rest)) {
		if (count == TESTS_MOST) {
			(void)err_set(&err, ERR_INPUT,
				      "A test goes to ten addresses at most.");
			desk_update_refused(r, &b, &err);
			return;
		}
		to[count++] = one;
	}
	if (!count) {
		(void)err_set(&err, ERR_INPUT,
			      "Write the addresses that the test should go to.");
		desk_update_refused(r, &b, &err);
		return;
	}
	if (!acts_bulletin_test(&r->acts, b.list.name, b.number, to, count, &err)) {
		desk_update_refused(r, &b, &err);
		return;
	}
	desk_say(r, "A test is on its way to %zu address%s, and to nobody else.", count,
		 count == 1 ? "" : "es");
	back(r, &b);
}

/*
 * What is approved is what was on the page: the same words, and as many people. Both are
 * looked at once more in the transaction of the approval.
 */
static bool approve_as_seen(struct web_request *r, const struct acts_bulletin *b,
			    int64_t *out_audience, struct err *err)
{
	AUTO(store_txn) t = store_begin(r->acts.store, err);
	struct acts_bulletin now;
	struct acts_audience audience;

	if (!t ||
	    !acts_bulletin_load(&r->acts, r->arena, b->list.name, b->number, &now, err) ||
	    !acts_bulletin_audience(&r->acts, &now, &audience, err))
		return false;
	if (!str_eq(now.hash, str_or(web_form(r, "hash"), "")))
		return err_set(err, ERR_CONFLICT,
			       "The update was changed while you looked at it. Load its "
			       "page again, read it, and approve what you see.");
	if (audience.count != web_form_int(r, "count", -1))
		return err_set(
			err, ERR_CONFLICT,
			"%lld people would get it now, not the number that you saw. "
			"Load the page again and approve what it says.",
			(long long)audience.count);
	return acts_bulletin_approve(&r->acts, b->list.name, b->number, out_audience,
				     err) &&
	       store_commit(&t, err);
}

void desk_update_approve(struct web_request *r)
{
	struct acts_bulletin b;
	struct err err = {0};
	int64_t audience = 0;

	if (!desk_update_load(r, &b))
		return;
	if (!approve_as_seen(r, &b, &audience, &err)) {
		desk_update_refused(r, &b, &err);
		return;
	}
	desk_say(r, "Approved as it is now, for %lld people. Next: schedule or send it.",
		 (long long)audience);
	back(r, &b);
}

void desk_update_schedule(struct web_request *r)
{
	struct acts_moment moment;
	struct acts_bulletin b;
	struct err err = {0};
	const char *when;
	int64_t due_at;

	if (!desk_update_load(r, &b))
		return;
	when = arena_printf(r->arena, "%s %s", str_or(web_form(r, "day"), ""),
			    str_or(web_form(r, "time"), ""));
	if (!acts_schedule_read(&r->acts, r->arena, when, &moment, &err) ||
	    !acts_bulletin_schedule(&r->acts, b.list.name, b.number, when, &due_at,
				    &err)) {
		desk_update_refused(r, &b, &err);
		return;
	}
	desk_say(r, "It goes out on %s, %s from now.%s%s", moment.words, moment.away,
		 moment.note ? " " : "", str_or(moment.note, ""));
	back(r, &b);
}

typedef bool state_act(struct acts *acts, const char *list, int64_t number,
		       struct err *err);

static void change(struct web_request *r, state_act *act, const char *done)
{
	struct acts_bulletin b;
	struct err err = {0};

	if (!desk_update_load(r, &b))
		return;
	if (!act(&r->acts, b.list.name, b.number, &err)) {
		desk_update_refused(r, &b, &err);
		return;
	}
	desk_say(r, "%s", done);
	back(r, &b);
}

void desk_update_send(struct web_request *r)
{
	change(r, acts_bulletin_send, "It is being sent. This page shows how far it is.");
}

void desk_update_pause(struct web_request *r)
{
	change(r, acts_bulletin_pause,
	       "Paused. Mails that are under way still end; nobody is lost or doubled.");
}

void desk_update_resume(struct web_request *r)
{
	change(r, acts_bulletin_resume, "It is being sent again, from where it was.");
}

void desk_update_cancel(struct web_request *r)
{
	change(r, acts_bulletin_cancel,
	       "Cancelled. Whoever had not got it will not get it.");
}

void desk_update_settle(struct web_request *r)
{
	bool again = str_eq(web_form(r, "do"), "again");
	struct acts_bulletin b;
	struct err err = {0};
	int64_t rows;

	if (!desk_update_load(r, &b))
		return;
	if (!acts_bulletin_settle_doubt(&r->acts, b.list.name, b.number, again, &rows,
					&err)) {
		desk_update_refused(r, &b, &err);
		return;
	}
	desk_say(r,
		 again ? "%lld mails in doubt are sent once more, each with its own "
			 "Message-ID, so that many mailboxes show it once."
		       : "%lld mails in doubt are left as they are.",
		 (long long)rows);
	back(r, &b);
}
