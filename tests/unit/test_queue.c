/* The queue page by page, claims between two people, bulk op and undo. */
#include "domain/coding/tag.h"
#include "tests/unit/response_scene.h"

#include "domain/responses/response_answer.h"
#include "domain/core/audit.h"
#include "domain/queue/bulk.h"
#include "domain/campaigns/campaign.h"
#include "domain/responses/response_lock.h"
#include "domain/queue/queue.h"
#include "domain/campaigns/duplicate.h"
#include "domain/intake/rule.h"
#include "domain/intake/attachment_text.h"
#include "domain/sorting/unsorted.h"
#include "domain/core/undo.h"
#include "base/str.h"

#include <inttypes.h>

#define OK(call) SCENE_OK(&scene, call)

static struct stage scene;
static struct operation *op;

static void become(const char *name)
{
	stage_become(&scene, name);
}

/* words-0001 to words-0007: three people, one of them twice, one late, one marked. */
static void begin(void)
{
	static const struct {
		const char *from, *text;
	} mails[] = {
		{"ada@example.test", "1. Tinker.\n"},
		{"bob@example.test", "I am an individual.\nCruel words about kettles.\n"},
		{"cy@example.test", "2. Yes, neglect of feelings and a kettle.\n"},
		{"ada@example.test", "1. Tinker, and cad.\n"},
		{"dee@example.test", "Nothing.\n"},
		{"eve@example.test", "Please look at the kettle.\n"},
	};
	struct rule rule = {.name = "look",
			    .field = "text",
			    .has = "please look",
			    .act = "mark",
			    .value = "look at this"};

	scene_open(&scene);
	op = &scene.op;
	stage_hires(&scene, "Bo");
	OK(rule_add(op, &rule, &err));
	for (size_t i = 0; i < ARRAY_LEN(mails); i++)
		(void)scene_reply(&scene, mails[i].from, mails[i].text);
	op->now += 10LL * 86400;
	(void)scene_reply(&scene, "gil@example.test", "1. Late, sorry.\n");
	become("Ada");
}

static void end(void)
{
	struct store_row row;

	OK(store_one(op->store, scene.arena, &row, &err, SQL_QUEUE_ASTRAY, ""));
	ck_assert_int_eq(row_int(&row, "n"), 0);
	stage_close(&scene);
}

static struct response_filter filter_of(const char *text)
{
	struct response_filter f = {0};

	OK(response_filter_read(scene.arena, text, &f, &err));
	return f;
}

/* Of who may see who wrote. */
static struct response_look look_at(const struct response_filter *filter)
{
	return (struct response_look){
		.consultation = "words", .filter = filter, .who = true};
}

/* "1 2 3" in the order of the page, "<" or ">" where there is more that way. */
static const char *page(const struct response_look *look, struct queue_page p)
{
	AUTO(buf) out = buf_new(1000);
	struct queue_rows rows;

	OK(queue_list(op, scene.arena, look, &p, &rows, &err));
	buf_str(out, rows.more_before ? "<" : "");
	for (size_t i = 0; i < rows.count; i++)
		buf_printf(out, "%s%" PRId64, i ? " " : "", rows.items[i].number);
	buf_str(out, rows.more_after ? ">" : "");
	return arena_strdup(scene.arena, buf_text(out));
}

static int64_t count(const char *filter)
{
	struct response_filter f = filter_of(filter);
	struct response_look look = look_at(&f);
	int64_t n;

	OK(queue_count(op, &look, &n, &err));
	return n;
}

static const struct {
	struct queue_page page;
	bool newest_first;
	const char *want;
} pages[] = {
	{{.most = 3}, false, "1 2 3>"},
	{{.most = 3, .after = 3}, false, "<4 5 6>"},
	{{.most = 3, .after = 6}, false, "<7"},
	{{.most = 3, .before = 4}, false, "1 2 3>"},
	{{.most = 3, .before = 7}, false, "<4 5 6>"},
	{{.most = 3}, true, "7 6 5>"},
	{{.most = 3, .after = 5}, true, "<4 3 2>"},
	{{.most = 3, .before = 4}, true, "7 6 5>"},
	{{.most = 3, .before = 2}, true, "<5 4 3>"},
	{{.most = 100}, false, "1 2 3 4 5 6 7"},
};

/* What the stems of the index do not know, what stands in notes, and what nothing parts. */
static const struct {
	const char *search, *want;
} beside[] = {
	{"bus", "8 9"},
	{"buses", "8 9"},
	{"\"evening bus\"", "8 9"},
	{"crisis", "8"},
	{"crises", "8"},
	{"bus -crisis", "9"},
	{"look with her", "9"},
	{"100%", "9"},
	{"r%ver", ""},
	{"\xE5\x9B\xB3\xE6\x9B\xB8\xE9\xA4\xA8", "10"},
	{"\xE5\x9B\xB3\xE6\x9B\xB8\xE9\xA4\xA8 library", "10"},
	{"\xE5\x9B\xB3\xE6\x9B\xB8\xE9\xA4\xA8 bus", ""},
};

START_TEST(search_finds_what_the_index_does_not_know)
{
	struct response_filter f = {.search = beside[_i].search};
	struct response_look look = look_at(&f);

	(void)scene_reply(&scene, "a@x.example", "Evening buses, and crises.\n");
	(void)scene_reply(&scene, "b@x.example", "An evening bus.\n");
	(void)scene_reply(&scene, "c@x.example",
			  "\xE5\x9C\xB0\xE5\x9F\x9F\xE3\x81\xAE\xE5\x9B\xB3\xE6\x9B\xB8"
			  "\xE9\xA4\xA8\xE3\x81\xAF\xE3\x80\x82 The library.\n");
	OK(response_note(op, "words-0009", "Look with her: 100% of the river.", &err));
	ck_assert_str_eq(page(&look, (struct queue_page){.most = 20}), beside[_i].want);
}
END_TEST

START_TEST(search_of_what_is_left_out_alone_is_refused)
{
	struct response_filter f = {.search = "-church"};
	struct response_look look = look_at(&f);
	struct err no = {0};
	int64_t n;

	ck_assert(!queue_count(op, &look, &n, &no));
	ck_assert_int_eq(no.kind, ERR_INPUT);
}
END_TEST

START_TEST(list_goes_page_by_page)
{
	static const struct response_filter everything;
	struct response_look look = look_at(&everything);

	look.newest_first = pages[_i].newest_first;
	ck_assert_str_eq(page(&look, pages[_i].page), pages[_i].want);
}
END_TEST

static const struct {
	const char *filter, *want;
} filters[] = {
	{"state received\n", "1 2 3 5 6 7"},
	{"state included\n", "4"},
	{"late yes\n", "7"},
	{"late no\n", "1 2 3 4 5 6"},
	{"marked yes\n", "6"},
	{"assigned Bo\n", "3 5"},
	{"assigned nobody\nlate no\n", "1 2 4 6"},
	{"tag kettles\n", "2 6"},
	{"tagged yes\n", "2 6"},
	{"tagged no\n", "1 3 4 5 7"},
	{"linked yes\n", "4"},
	{"search kettle\n", "2 3 6"},
	{"search kettle\ntagged no\n", "3"},
	{"search \"cruel words\"\n", "2"},
	{"search bob@example.test\n", "2"},
	{"search nothing-like-that\n", ""},
	/* left out, by a word and by a phrase */
	{"search kettle -cruel\n", "3 6"},
	{"search kettle -\"cruel words\"\n", "3 6"},
	{"search kettle -kettles\n", ""},
	/* numbers */
	{"search 5\n", "5"},
	{"search 0005\n", "5"},
	{"search words-0005\n", "5"},
	{"search 0009\n", ""},
	{"type organisation\n", "2"},
	{"permission none\n", "2"},
	{"unreadable yes\n", ""},
	{"campaign any\n", ""},
	{"from_at 1512648001\n", "7"},
	{"to_at 1512648000\n", "1 2 3 4 5 6"},
};

START_TEST(filter_finds_and_counts_the_same)
{
	struct response_filter f = filter_of(filters[_i].filter);
	struct response_look look = look_at(&f);
	bool changed;
	const char *got;
	size_t n = 0;

	OK(response_screen(op, "words-4", "included", NULL, &err));
	OK(response_assign(op, "words-3", "Bo", &err));
	OK(response_assign(op, "words-5", "Bo", &err));
	OK(response_tag(op, "words-2", "kettles", TAG_PUT_ON, &changed, &err));
	OK(response_tag(op, "words-6", "kettles", TAG_PUT_ON, &changed, &err));
	OK(response_respondent(op, "words-2", "organisation", "none", &err));
	if (str_starts(filters[_i].filter, "from_at") ||
	    str_starts(filters[_i].filter, "to_at"))
		OK(response_screen(op, "words-4", "received", NULL, &err));
	got = page(&look, (struct queue_page){.most = 50});
	ck_assert_msg(str_eq(got, filters[_i].want), "%s: got \"%s\", want \"%s\"",
		      filters[_i].filter, got, filters[_i].want);
	for (const char *c = got; *c; c++)
		n += *c == ' ' || c == got;
	ck_assert_int_eq(count(filters[_i].filter), (int64_t)n);
	ck_assert_str_eq(response_filter_text(scene.arena, &f), filters[_i].filter);
}
END_TEST

static const struct {
	const char *filter;
	enum err_kind want;
} bad_filters[] = {
	{"state sleeping\n", ERR_INPUT}, {"type king\n", ERR_INPUT},
	{"late maybe\n", ERR_INPUT},     {"colour red\n", ERR_INPUT},
	{"state\n", ERR_INPUT},          {"campaign x\n", ERR_INPUT},
	{"campaign 9\n", ERR_ABSENT},    {"tag nowhere\n", ERR_ABSENT},
	{"assigned Zoe\n", ERR_ABSENT},  {"permission all\n", ERR_INPUT},
};

START_TEST(filter_that_asks_for_nothing_known_is_refused)
{
	struct response_filter f = {0};
	struct response_look look = look_at(&f);
	struct err err = {0};
	int64_t n;

	ck_assert(!response_filter_read(scene.arena, bad_filters[_i].filter, &f, &err) ||
		  !queue_count(op, &look, &n, &err));
	ck_assert_msg(err.kind == bad_filters[_i].want, "%s: got %s (%s)",
		      bad_filters[_i].filter, err_name(err.kind), err.text);
}
END_TEST

START_TEST(row_says_who_only_to_those_who_may_know)
{
	struct response_filter f = filter_of("search kettles\n"),
			       bob = filter_of("search bob\n"), everything = {0};
	struct response_look look = look_at(&f);
	struct queue_page p = {.most = 5};
	struct queue_rows rows;
	int64_t n;

	OK(queue_list(op, scene.arena, &look, &p, &rows, &err));
	ck_assert_str_eq(rows.items[0].who, "bob@example.test");
	ck_assert_str_eq(rows.items[0].reference, "words-0002");
	ck_assert_msg(strstr(rows.items[0].words, QUEUE_HIT "kettles" QUEUE_HIT_END) !=
			      NULL,
		      "%s", rows.items[0].words);
	look.who = false;
	OK(queue_list(op, scene.arena, &look, &p, &rows, &err));
	ck_assert_ptr_null(rows.items[0].who);
	/* nor by looking for them */
	look.filter = &bob;
	ck_assert_str_eq(page(&look, p), "");
	OK(queue_count(op, &look, &n, &err));
	ck_assert_int_eq(n, 0);
	look.who = true;
	ck_assert_str_eq(page(&look, p), "2");
	look.filter = &everything;
	OK(queue_list(op, scene.arena, &look, &p, &rows, &err));
	ck_assert_str_eq(rows.items[1].words,
			 "I am an individual. Cruel words about kettles.");
}
END_TEST

START_TEST(next_and_previous_keep_to_the_filter)
{
	struct response_filter f = filter_of("search kettle\n");
	struct response_look look = look_at(&f);
	struct queue_neighbours next;

	OK(queue_around(op, scene.arena, &look, 3, &next, &err));
	ck_assert_str_eq(next.before, "words-0002");
	ck_assert_str_eq(next.after, "words-0006");
	OK(queue_around(op, scene.arena, &look, 6, &next, &err));
	ck_assert_ptr_null(next.after);
	look.newest_first = true;
	OK(queue_around(op, scene.arena, &look, 6, &next, &err));
	ck_assert_ptr_null(next.before);
	ck_assert_str_eq(next.after, "words-0003");
}
END_TEST

static int64_t view_count(const char *name)
{
	struct queue d;

	OK(queue_load(op, scene.arena, "words", &d, &err));
	for (size_t i = 0; i < d.view_count; i++) {
		int64_t n;

		if (!str_eq(d.views[i].name, name))
			continue;
		if (d.views[i].filter) {
			struct response_filter f = filter_of(d.views[i].filter);
			struct response_look look = look_at(&f);

			OK(queue_count(op, &look, &n, &err));
			if (d.views[i].count >= 0)
				ck_assert_int_eq(n, d.views[i].count);
			return n;
		}
		return d.views[i].count;
	}
	return -2;
}

START_TEST(views_count_what_they_show)
{
	struct mail_address nowhere = {.address = "nobody@updates.example.test"};
	struct mail_message stray = {.from = {.address = "x@example.test"},
				     .subject = "?",
				     .to = {&nowhere, 1},
				     .text = "Who are you?"};

	(void)scene_mail(&scene, &stray);
	become("Ada");
	OK(response_assign(op, "words-3", "Ada", &err));
	OK(response_screen(op, "words-1", "included", NULL, &err));
	OK(response_screen(op, "words-2", "excluded", "blank", &err));
	ck_assert_int_eq(view_count("new"), 5);
	ck_assert_int_eq(view_count("mine"), 1);
	ck_assert_int_eq(view_count("late"), 1);
	ck_assert_int_eq(view_count("marked"), 1);
	ck_assert_int_eq(view_count("unreadable"), 0);
	ck_assert_int_eq(view_count("campaign"), 0);
	ck_assert_int_eq(view_count("included"), 1);
	ck_assert_int_eq(view_count("excluded"), 1);
	ck_assert_int_eq(view_count("all"), 7);
	ck_assert_int_eq(view_count("unsorted"), 1);
}
END_TEST

START_TEST(saved_view_is_its_owners_or_shared)
{
	struct response_filter f = filter_of("search kettle\nstate received\n");
	struct err no = {0};

	OK(queue_view_save(op, "words", "Kettles", &f, VIEW_OF_ONE, &err));
	ck_assert_int_eq(view_count("Kettles"), 3);
	become("Bo");
	ck_assert_int_eq(view_count("Kettles"), -2);
	ck_assert(!queue_view_end(op, "words", "Kettles", &no));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
	become("Ada");
	OK(queue_view_save(op, "words", "Kettles", &f, VIEW_OF_ALL, &err));
	become("Bo");
	ck_assert_int_eq(view_count("Kettles"), 3);
	ck_assert(!queue_view_end(op, "words", "Kettles", &no));
	become("Ada");
	OK(queue_view_end(op, "words", "Kettles", &err));
	ck_assert_int_eq(view_count("Kettles"), -2);
	f.tag = "no such tag";
	ck_assert(!queue_view_save(op, "words", "Nothing", &f, VIEW_OF_ALL, &no));
}
END_TEST

START_TEST(saved_view_is_taken_back_and_so_is_its_end)
{
	struct response_filter f = filter_of("search kettle\nstate received\n");
	const char *what;

	OK(queue_view_save(op, "words", "Kettles", &f, VIEW_OF_ONE, &err));
	OK(undo_last(op, scene.arena, &what, &err));
	ck_assert_int_eq(view_count("Kettles"), -2);
	OK(queue_view_save(op, "words", "Kettles", &f, VIEW_OF_ONE, &err));
	OK(queue_view_end(op, "words", "Kettles", &err));
	OK(undo_last(op, scene.arena, &what, &err));
	ck_assert_int_eq(view_count("Kettles"), 3);
}
END_TEST

static bool take(const char *reference, int64_t minutes, bool over,
		 struct response_lock *out, struct err *said)
{
	const struct response_lock_asked asked = {
		.reference = reference, .minutes = minutes, .over = over};

	return response_lock_take(op, scene.arena, &asked, out, said);
}

START_TEST(two_people_do_not_collide)
{
	struct response_lock c;
	struct err no = {0};

	OK(take("words-1", 5, false, &c, &err));
	OK(response_screen(op, "words-1", "included", NULL, &err));
	become("Bo");
	ck_assert(!take("words-1", 5, false, &c, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_str_eq(c.name, "Ada");
	ck_assert(!response_screen(op, "words-1", "received", NULL, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_msg(str_starts(no.text, "Ada has this response open"), "%s", no.text);
	ck_assert(!response_duplicate_link(op, "words-1", "words-2", "duplicate", &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert(!response_answer_anew(op, "words-1", &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	OK(response_lock_release(op, "words-1", &err)); /* not theirs: it stays */
	ck_assert(!response_screen(op, "words-1", "received", NULL, &no));
	OK(take("words-1", 5, true, &c, &err));
	OK(response_screen(op, "words-1", "received", NULL, &err));
	become("Ada");
	ck_assert(!response_note(op, "words-1", "hello", &no));
	op->now += 5 * 60;
	OK(response_note(op, "words-1", "it ran out", &err));
	ck_assert(!take("words-1", 0, false, &c, &no));
	ck_assert_int_eq(no.kind, ERR_INPUT);
}
END_TEST

/* Everything that the op below may touch, as one text. */
static const char *state(void)
{
	static const enum sql_id of_response[] = {SQL_RESPONSE_BY_ID, SQL_CODINGS_OF,
						  SQL_NOTES_OF, SQL_ANSWERS_OF,
						  SQL_LINKS_AROUND};
	AUTO(buf) out = buf_new(1 << 20);
	struct store_table t;

	for (int64_t id = 1; id <= 7; id++)
		for (size_t s = 0; s <= ARRAY_LEN(of_response); s++) {
			bool last = s == ARRAY_LEN(of_response);

			OK(store_all(op->store, scene.arena, &t, &err,
				     last ? SQL_RESPONDENT_OF : of_response[s], "i", id));
			for (size_t i = 0; i < t.count; i++)
				for (size_t c = 0; c < t.columns; c++)
					buf_printf(out, "%s %s %" PRId64 "\n", t.names[c],
						   str_or(t.rows[i][c].text, "-"),
						   t.rows[i][c].n);
		}
	OK(store_all(op->store, scene.arena, &t, &err, SQL_CAMPAIGNS_OF, "i",
		     (int64_t)1));
	for (size_t i = 0; i < t.count; i++)
		buf_printf(out, "campaign %s\n", t.rows[i][3].text);
	OK(store_all(op->store, scene.arena, &t, &err, SQL_INBOUND_LIST, "tti", NULL,
		     NULL, (int64_t)50));
	for (size_t i = 0; i < t.count; i++)
		buf_printf(out, "%s %s\n", t.rows[i][4].text, t.rows[i][5].text);
	return arena_strdup(scene.arena, buf_text(out));
}

static int64_t stray_mail(void)
{
	struct mail_address nowhere = {.address = "nobody@updates.example.test"};
	struct mail_message stray = {.from = {.address = "x@example.test"},
				     .to = {&nowhere, 1},
				     .text = "Who are you?"};
	int64_t id = scene_mail(&scene, &stray);

	become("Ada");
	return id;
}

static void add_campaign(void)
{
	OK(store_run(op->store, &err, SQL_CAMPAIGN_ADD, "iiti", (int64_t)1, (int64_t)1,
		     "standard", op->now));
}

/* Each kind of act; what is prepared before it, done, and done by another after it. */
enum doing {
	DO_SCREEN,
	DO_EXCLUDE,
	DO_TAG,
	DO_UNTAG,
	DO_ASSIGN,
	DO_NOTE,
	DO_RESPONDENT,
	DO_LINK,
	DO_UNLINK,
	DO_ANSWER,
	DO_ANEW,
	DO_CAMPAIGN,
	DO_DISCARD,
	DO_BULK_SCREEN,
	DO_BULK_TAG,
	DOINGS
};

static int64_t stray;

static void prepare(enum doing what)
{
	bool changed;

	if (what == DO_UNTAG) {
		OK(response_tag(op, "words-1", "law", TAG_PUT_ON, &changed, &err));
	} else if (what == DO_ANEW) {
		OK(response_answer_set(
			op, "words-1",
			&(struct answer_place){.question = 2, .part = -1, .to = 4},
			&err));
	} else if (what == DO_CAMPAIGN) {
		add_campaign();
	} else if (what == DO_DISCARD) {
		stray = stray_mail();
	}
}

static void bulk(enum bulk_act act, const char *value, int64_t *found, int64_t *changed)
{
	struct response_filter f = {.search = "kettle"};
	struct bulk b = {.consultation = "words",
			 .filter = &f,
			 .expected = 3,
			 .act = act,
			 .value = value};

	OK(bulk_apply(op, &b, found, changed, &err));
}

static void act(enum doing what)
{
	int64_t found, n;
	bool changed;

	switch (what) {
	case DO_SCREEN:
		OK(response_screen(op, "words-1", "included", NULL, &err));
		return;
	case DO_EXCLUDE:
		OK(response_screen(op, "words-1", "excluded", "blank", &err));
		return;
	case DO_TAG:
		OK(response_tag(op, "words-1", "law", TAG_PUT_ON, &changed, &err));
		return;
	case DO_UNTAG:
		OK(response_tag(op, "words-1", "law", TAG_TAKE_OFF, &changed, &err));
		return;
	case DO_ASSIGN:
		OK(response_assign(op, "words-1", "Bo", &err));
		return;
	case DO_NOTE:
		OK(response_note(op, "words-1", "hello", &err));
		return;
	case DO_RESPONDENT:
		OK(response_respondent(op, "words-1", NULL, "name", &err));
		return;
	case DO_LINK:
		OK(response_duplicate_link(op, "words-4", "words-2", "composite", &err));
		return;
	case DO_UNLINK:
		OK(response_duplicate_unlink(op, "words-4", &err));
		return;
	case DO_ANSWER:
		OK(response_answer_set(
			op, "words-1",
			&(struct answer_place){.question = 3, .part = -1, .to = 5},
			&err));
		return;
	case DO_ANEW:
		OK(response_answer_anew(op, "words-1", &err));
		return;
	case DO_CAMPAIGN:
		OK(campaign_decide(op, "words", 1, "refused", &err));
		return;
	case DO_DISCARD:
		OK(inbound_discard(op, stray, "advertisement", &err));
		return;
	case DO_BULK_SCREEN:
		bulk(BULK_SCREEN, "included", &found, &n);
		ck_assert_int_eq(found, 3);
		ck_assert_int_eq(n, 3);
		return;
	case DO_BULK_TAG:
		bulk(BULK_TAG, "law", &found, &n);
		ck_assert_int_eq(n, 3);
		return;
	case DOINGS:
		return;
	}
}

/* Somebody changes the same thing once more. */
static void change(enum doing what)
{
	bool changed;

	switch (what) {
	case DO_SCREEN:
	case DO_EXCLUDE:
		OK(response_screen(op, "words-1", "excluded", "out of scope", &err));
		return;
	case DO_TAG:
		OK(response_tag(op, "words-1", "law", TAG_TAKE_OFF, &changed, &err));
		return;
	case DO_UNTAG:
		OK(response_tag(op, "words-1", "law", TAG_PUT_ON, &changed, &err));
		return;
	case DO_ASSIGN:
		OK(response_assign(op, "words-1", NULL, &err));
		return;
	case DO_RESPONDENT:
		OK(response_respondent(op, "words-1", NULL, "none", &err));
		return;
	case DO_LINK:
	case DO_UNLINK:
		OK(response_duplicate_link(op, "words-4", "words-3", "amendment", &err));
		return;
	case DO_ANSWER:
	case DO_ANEW:
		OK(response_answer_set(
			op, "words-1",
			&(struct answer_place){.question = 2, .part = -1, .to = 3},
			&err));
		return;
	case DO_CAMPAIGN:
		OK(campaign_decide(op, "words", 1, "confirmed", &err));
		return;
	case DO_BULK_SCREEN:
		OK(response_screen(op, "words-3", "received", NULL, &err));
		return;
	case DO_BULK_TAG:
		OK(response_tag(op, "words-6", "law", TAG_TAKE_OFF, &changed, &err));
		return;
	case DO_NOTE:
	case DO_DISCARD:
	case DOINGS:
		return;
	}
}

START_TEST(act_is_taken_back_and_told)
{
	const char *before, *what, *next;
	int64_t rows;

	prepare((enum doing)_i);
	before = state();
	op->now += 60;
	act((enum doing)_i);
	ck_assert_str_ne(state(), before);
	OK(undo_next(op, scene.arena, &next, &err));
	become("Bo");
	{
		struct err no = {0};

		ck_assert(!undo_last(op, scene.arena, &what, &no)); /* not theirs */
		ck_assert_int_eq(no.kind, ERR_ABSENT);
	}
	become("Ada");
	op->now += 60;
	OK(undo_last(op, scene.arena, &what, &err));
	ck_assert_str_eq(what, next);
	ck_assert_str_eq(state(), before);
	OK(audit_verify(op, &rows, NULL, &err));
}
END_TEST

START_TEST(what_was_changed_since_is_never_overwritten)
{
	const char *after, *what;
	struct err no = {0};

	prepare((enum doing)_i);
	act((enum doing)_i);
	become("Bo");
	change((enum doing)_i);
	after = state();
	become("Ada");
	if (_i == DO_NOTE || _i == DO_DISCARD) /* nobody can change these */
		return;
	ck_assert(!undo_last(op, scene.arena, &what, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_msg(strstr(no.text, "changed again since") != NULL, "%s", no.text);
	ck_assert_str_eq(state(), after);
}
END_TEST

START_TEST(undo_goes_back_act_by_act_and_ends)
{
	const char *first = state(), *what;
	struct err no = {0};

	for (int i = 0; i <= DO_NOTE; i++)
		if (i != DO_UNTAG)
			act((enum doing)i);
	for (int i = 0; i < DO_NOTE; i++)
		OK(undo_last(op, scene.arena, &what, &err));
	ck_assert_str_eq(state(), first);
	ck_assert(!undo_last(op, scene.arena, &what, &no));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
	act(DO_TAG);
	op->now += (UNDO_DAYS + 1) * 86400LL;
	ck_assert(!undo_last(op, scene.arena, &what, &no));
}
END_TEST

START_TEST(what_cannot_be_taken_back_says_so)
{
	const char *what, *next, *reference;
	struct err no = {0};

	stray = stray_mail();
	act(DO_TAG);
	OK(inbound_file(op, scene.arena, stray, "words", &reference, &err));
	OK(undo_next(op, scene.arena, &next, &err));
	ck_assert_ptr_null(next);
	ck_assert(!undo_last(op, scene.arena, &what, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_msg(strstr(no.text, "cannot be taken back") != NULL, "%s", no.text);
	ck_assert(!inbound_discard(op, stray, "no", &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
}
END_TEST

START_TEST(bulk_is_all_or_nothing)
{
	struct response_filter f = {.search = "kettle"};
	struct bulk b = {.consultation = "words",
			 .filter = &f,
			 .who = true,
			 .expected = 2,
			 .act = BULK_SCREEN,
			 .value = "included"};
	static const char *const some[] = {"words-1", "words-99"};
	const char *before = state(), *what;
	int64_t found, changed;
	struct response_lock c;
	struct err no = {0};

	OK(bulk_count(op, &b, &found, &err));
	ck_assert_int_eq(found, 3);
	ck_assert(!bulk_apply(op, &b, &found, &changed, &no)); /* two were told */
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	become("Bo");
	OK(take("words-6", 5, false, &c, &err));
	become("Ada");
	b.expected = -1;
	ck_assert(!bulk_apply(op, &b, &found, &changed, &no));
	ck_assert_msg(str_starts(no.text, "words-0006: Bo has this response open"), "%s",
		      no.text);
	b.references = some;
	b.reference_count = 2;
	ck_assert(!bulk_apply(op, &b, &found, &changed, &no));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
	b.reference_count = 0;
	ck_assert(!bulk_apply(op, &b, &found, &changed, &no));
	ck_assert_int_eq(no.kind, ERR_INPUT);
	ck_assert_str_eq(state(), before);
	ck_assert(!undo_last(op, scene.arena, &what, &no));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
	b.reference_count = 1;
	OK(bulk_apply(op, &b, &found, &changed, &err));
	OK(bulk_apply(op, &b, &found, &changed, &err));
	ck_assert_int_eq(changed, 0); /* it was so already: nothing to take back */
	OK(undo_last(op, scene.arena, &what, &err));
	ck_assert_str_eq(what, "screening as \"included\", 1 response");
	ck_assert_int_eq(count("state included\n"), 0);
}
END_TEST

START_TEST(unsorted_mail_that_tells_of_a_risk_is_listed_apart)
{
	struct mail_address nowhere = {.address = "nobody@updates.example.test"};
	struct mail_message m = {.from = {.address = "x@example.test"},
				 .to = {&nowhere, 1},
				 .subject = "please help",
				 .text = "My son hits my daughter every night.",
				 .text_new = "My son hits my daughter every night."};
	struct unsorted_page page = {.most = 10, .view = UNSORTED_AT_RISK};
	struct store_table t;
	int64_t n = -1, unmarked = stray_mail(), told = scene_mail(&scene, &m);

	become("Ada");
	ck_assert_int_lt(unmarked, told);
	OK(unsorted_at_risk(op, scene.arena, &n, &err));
	ck_assert_int_eq(n, 1);
	OK(unsorted_list(op, scene.arena, &page, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	ck_assert_int_eq(t.rows[0][0].n, told);
	OK(inbound_discard(op, told, "told the safeguarding lead", &err));
	OK(unsorted_at_risk(op, scene.arena, &n, &err));
	ck_assert_int_eq(n, 0);
}
END_TEST

/* What a file tells counts: read with the mail (0), or later by another process (1). */
START_TEST(unsorted_mail_with_a_risk_in_its_file_is_listed_apart)
{
	static const char told[] = "My stepfather hits me every night.\n";
	struct mail_address nowhere = {.address = "nobody@updates.example.test"};
	struct mail_attachment file = {.name = _i ? "a.pdf" : "a.txt",
				       .type = _i ? "application/pdf" : "text/plain",
				       .bytes = _i ? "%PDF-1.4\n" : told,
				       .size = 9,
				       .sha256 = "00",
				       .text = _i ? NULL : told};
	struct mail_message m = {.from = {.address = "x@example.test"},
				 .to = {&nowhere, 1},
				 .text = "See the file.",
				 .text_new = "See the file.",
				 .attachments = &file,
				 .attachment_count = 1};
	struct extract_result read = {.state = EXTRACT_DONE, .text = told};
	int64_t n = -1, id = scene_mail(&scene, &m);

	if (_i == 1)
		OK(attachment_text_keep(op, id, 0, &read, &err));
	become("Ada");
	OK(unsorted_at_risk(op, scene.arena, &n, &err));
	ck_assert_int_eq(n, 1);
}
END_TEST

START_TEST(unsorted_mail_is_listed_and_discarded_with_a_reason)
{
	struct store_table t;
	struct err no = {0};
	int64_t first = stray_mail(), second = stray_mail();

	OK(unsorted_list(op, scene.arena, &(struct unsorted_page){.most = 1}, &t, &err));
	ck_assert_uint_eq(t.count, 1);
	ck_assert_int_eq(t.rows[0][0].n, second);
	OK(unsorted_list(op, scene.arena,
			 &(struct unsorted_page){.before = second, .most = 10}, &t,
			 &err));
	ck_assert_uint_eq(t.count, 1);
	ck_assert_int_eq(t.rows[0][0].n, first);
	ck_assert(!inbound_discard(op, first, "", &no));
	ck_assert_int_eq(no.kind, ERR_INPUT);
	OK(inbound_discard(op, first, "advertisement", &err));
	ck_assert_str_eq(scene_taken(&scene, first, "why"), "advertisement");
	ck_assert_str_eq(scene_taken(&scene, first, "taken_as"), "discarded");
	OK(unsorted_list(op, scene.arena, &(struct unsorted_page){.most = 10}, &t, &err));
	ck_assert_uint_eq(t.count, 1);
}
END_TEST

/* Comes with a file that waits, which is then found unreadable, read, and dropped. */
START_TEST(queue_follows_what_becomes_of_files)
{
	struct mail_attachment file = {.name = "a.pdf",
				       .type = "application/pdf",
				       .bytes = "%PDF-1.4\n",
				       .size = 9,
				       .sha256 = "00"};
	struct mail_address to = {.address = SCENE_ADDRESS};
	struct mail_message m = {.from = {.address = "hal@example.test"},
				 .to = {&to, 1},
				 .text = "See the file.",
				 .attachments = &file,
				 .attachment_count = 1};
	int64_t id = scene_mail(&scene, &m);

	ck_assert_int_eq(count("unreadable yes\n"), 0);
	OK(store_run(op->store, &err, SQL_EXTRACT_GIVE_UP, "it", id, "encrypted"));
	ck_assert_int_eq(count("unreadable yes\n"), 1);
	OK(store_run(op->store, &err, SQL_ATTACHMENT_DROP, "i", id));
	ck_assert_int_eq(count("unreadable yes\n"), 0);
	OK(store_run(op->store, &err, SQL_ATTACHMENT_ADD, "iittittttt", id, (int64_t)0,
		     "a.pdf", "application/pdf", (int64_t)1, "00", NULL, NULL,
		     "unreadable", "encrypted"));
	ck_assert_int_eq(count("unreadable yes\n"), 1);
}
END_TEST

START_TEST(queue_follows_campaigns)
{
	struct campaigns_found found;
	static const char *const letter =
		"Dear team,\n\nplease name the neglect of feelings in the new law, because "
		"children who are not loved suffer as much as those who are hit, and the "
		"old words leave them out.\n";

	for (int i = 0; i < 4; i++)
		(void)scene_reply(&scene,
				  arena_printf(scene.arena, "same%d@example.test", i),
				  letter);
	become("Ada");
	OK(campaign_find(op, "words", &found, &err));
	ck_assert_int_eq(found.proposed, 1);
	ck_assert_int_eq(count("campaign any\n"), 4);
	ck_assert_int_eq(count("campaign 1\n"), 4);
	ck_assert_int_eq(view_count("campaign"), 4);
	OK(campaign_decide(op, "words", 1, "refused", &err));
	ck_assert_int_eq(count("campaign any\n"), 0);
	ck_assert_int_eq(view_count("campaign"), 0);
	OK(campaign_find(op, "words", &found, &err));
	ck_assert_int_eq(count("campaign 1\n"), 4);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("desk");
	TCase *c = tcase_create("desk");

	tcase_add_checked_fixture(c, begin, end);
	tcase_set_timeout(c, 60);
	UNIT_TABLE(c, list_goes_page_by_page, pages);
	UNIT_TABLE(c, search_finds_what_the_index_does_not_know, beside);
	tcase_add_test(c, search_of_what_is_left_out_alone_is_refused);
	UNIT_TABLE(c, filter_finds_and_counts_the_same, filters);
	UNIT_TABLE(c, filter_that_asks_for_nothing_known_is_refused, bad_filters);
	tcase_add_test(c, row_says_who_only_to_those_who_may_know);
	tcase_add_test(c, next_and_previous_keep_to_the_filter);
	tcase_add_test(c, views_count_what_they_show);
	tcase_add_test(c, saved_view_is_its_owners_or_shared);
	tcase_add_test(c, saved_view_is_taken_back_and_so_is_its_end);
	tcase_add_test(c, two_people_do_not_collide);
	tcase_add_loop_test(c, act_is_taken_back_and_told, 0, DOINGS);
	tcase_add_loop_test(c, what_was_changed_since_is_never_overwritten, 0, DOINGS);
	tcase_add_test(c, undo_goes_back_act_by_act_and_ends);
	tcase_add_test(c, what_cannot_be_taken_back_says_so);
	tcase_add_test(c, bulk_is_all_or_nothing);
	tcase_add_test(c, queue_follows_what_becomes_of_files);
	tcase_add_test(c, queue_follows_campaigns);
	tcase_add_test(c, unsorted_mail_that_tells_of_a_risk_is_listed_apart);
	tcase_add_loop_test(c, unsorted_mail_with_a_risk_in_its_file_is_listed_apart, 0,
			    2);
	tcase_add_test(c, unsorted_mail_is_listed_and_discarded_with_a_reason);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
