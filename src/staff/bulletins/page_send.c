/* What is done to a bulletin: test, stop, pause; what is in doubt settled. */
#include "domain/delivery/bulletin_progress.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/bulletins/bulletin_show.h"
#include "staff/frame/forms.h"

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

void staff_bulletin_stop(struct web_request *r)
{
	enum bulletin_stopped stopped;
	struct bulletin b;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	if (!bulletin_stop(r->op, b.list.name, b.number, &stopped, &err)) {
		staff_bulletin_refused(r, &b, &err);
		return;
	}
	staff_say(
		r, "%s",
		stopped == BULLETIN_STOPPED_IN_TIME
			? "Stopped in time: nobody has got it. It stays approved."
		: stopped == BULLETIN_STOPPED_FOR_LATER
			? "Stopped in time: nobody has got it. It is scheduled as before."
			: "It had begun, and is paused: whoever it says below has it.");
	back(r, &b);
}

/* "again" or "leave"; NULL: neither was said. */
static const char *decided(const struct web_request *r)
{
	const char *word = web_form(r, "do");

	word = word ? word : web_query(r, "do");
	return str_eq(word, "again") || str_eq(word, "leave") ? word : NULL;
}

static bool count_doubt(struct web_request *r, const struct bulletin *b, int64_t *out,
			struct err *err)
{
	struct delivery_progress p;

	if (!bulletin_progress(r->op, r->arena, b->list.name, b->number, &p, err))
		return false;
	*out = p.doubt;
	return p.doubt ||
	       err_set(err, ERR_CONFLICT, "No email of it is in doubt any more.");
}

/* Both may be wrong for somebody, so both are asked about once more. */
static void ask_settle(struct web_request *r, const struct bulletin *b, const char *what)
{
	const char *path = staff_bulletin_path(r, b->list.name, b->number);
	bool again = str_eq(what, "again");
	struct staff_sure page = {
		.title = again ? "Send what is in doubt once more?"
			       : "Leave what is in doubt?",
		.place = "bulletins",
		.to = arena_printf(r->arena, "%s/settle", path),
		.does = again ? "Send once more" : "Leave them",
		.back = path,
		.back_words = "Back without changing anything",
	};
	struct err err = {0};
	int64_t count;

	if (!count_doubt(r, b, &count, &err)) {
		staff_bulletin_refused(r, b, &err);
		return;
	}
	staff_sure(r, &page);
	staff_sure_says(
		&page, arena_printf(r->arena,
				    "Bulletin %lld, “%s”: %s email%s may or may not have "
				    "arrived. The connection broke after the last word.",
				    (long long)b->number, b->title,
				    staff_number_text(r, count), plural(count, "", "s")));
	staff_sure_says(&page,
			again ? "Who has it may get it twice. It goes with the same "
				"Message-ID, so that many mailboxes show it once."
			      : "Who does not have it will not get it. This cannot be "
				"undone.");
	staff_sure_keeps(&page, "do", what);
	staff_sure_keeps(&page, "count",
			 arena_printf(r->arena, "%lld", (long long)count));
	staff_sure_show(r, &page);
}

/* Those that were counted on the page that asked, and no other. */
static bool settle(struct web_request *r, const struct bulletin *b, const char *what,
		   int64_t *out_rows, struct err *err)
{
	AUTO(store_txn) t = store_begin(r->op->store, err);
	int64_t count;

	if (!t || !count_doubt(r, b, &count, err))
		return false;
	if (count != web_form_int(r, "count", -1))
		return err_set(err, ERR_CONFLICT,
			       "%lld emails are in doubt now, not the number that you "
			       "saw. Decide once more.",
			       (long long)count);
	return bulletin_settle_in_doubt(r->op, b->list.name, b->number,
					str_eq(what, "again") ? IN_DOUBT_SEND_AGAIN
							      : IN_DOUBT_LEAVE,
					out_rows, err) &&
	       store_commit(&t, err);
}

void staff_bulletin_settle(struct web_request *r)
{
	const char *what = decided(r);
	struct bulletin b;
	struct err err = {0};
	int64_t rows = 0;

	if (!staff_bulletin_load(r, &b))
		return;
	if (!what) {
		(void)err_set(&err, ERR_INPUT,
			      "Say whether they are sent once more or left as they are.");
		staff_bulletin_refused(r, &b, &err);
		return;
	}
	if (!staff_is_sure(r)) {
		ask_settle(r, &b, what);
		return;
	}
	if (!settle(r, &b, what, &rows, &err)) {
		staff_bulletin_refused(r, &b, &err);
		return;
	}
	staff_say(r, "%lld email%s in doubt %s.", (long long)rows, plural(rows, "", "s"),
		  str_eq(what, "again")
			  ? plural(rows, "is sent once more", "are sent once more")
			  : plural(rows, "is left as it is", "are left as they are"));
	back(r, &b);
}
