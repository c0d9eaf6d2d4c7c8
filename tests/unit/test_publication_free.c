/*
 * Nothing is ever published freer than its permission, whatever is done in whatever order, and
 * what is redacted stands nowhere in it: held against a model that knows no more than who said
 * what.
 */
#include "tests/unit/response_scene.h"

#include "domain/core/undo.h"
#include "domain/sorting/undo_kinds.h"
#include "domain/publication/published.h"
#include "base/str.h"

enum { RESPONSES = 4, STEPS = 160, SEEDS = 16 };

static struct stage scene;
static const char *refs[RESPONSES];
static int64_t consultation, published_at_all;
/* The last one has the sender of the first. */
static const char *const senders[RESPONSES] = {"a@example.test", "b@example.test",
					       "c@example.test", "a@example.test"};
static const char *const names[RESPONSES] = {"Olive Quarry", "Zo\xc3\xab Smith", "Jo Ng",
					     "Olive Quarry"};
static const char *const texts[RESPONSES] = {
	"1. Olive Quarry says that the evening buses are late.\n\n2. Ring 0131 496 0123.\n",
	"1. The library of Leith is cold.\n\n2. Zoe SMITH wrote this to zoe@example.test.\n",
	"1. Nobody asked the children, and Mr Tait is the children's friend.\n",
	"1. More about the evening buses: none came to Elm Row.\n"};
static const char *const words[] = {"evening", "buses",   "library of Leith", "children",
				    "cold",    "Elm Row", "nobody",           "Ring"};
static const char *const permissions[] = {"name", "without name", "none", "unknown"};
static const char *const staff[] = {"Ada", "Bea", "Cat"};

static uint64_t seed;

static size_t any(size_t of)
{
	seed = seed * 6364136223846793005U + 1442695040888963407U;
	return (size_t)(seed >> 33) % of;
}

static void begin(void)
{
	scene_open(&scene);
	scene.op.undo_kinds = undo_kinds;
	stage_hires(&scene, "Bea");
	stage_hires(&scene, "Cat");
	for (size_t i = 0; i < RESPONSES; i++) {
		struct mail_address to = {.address = SCENE_ADDRESS};
		struct mail_message m = {
			.from = {.address = senders[i], .name = names[i]},
			.subject = "My answer",
			.to = {&to, 1},
			.text = texts[i]};

		(void)scene_mail(&scene, &m);
		refs[i] = arena_printf(scene.arena, "words-%04zu", i + 1);
		SCENE_OK(&scene, response_respondent(&scene.op, refs[i], "individual",
						     "name", &err));
		SCENE_OK(&scene,
			 response_screen(&scene.op, refs[i], "included", NULL, &err));
	}
	scene.op.now += 60;
}

static void end(void)
{
	stage_close(&scene);
}

/* Any act, by anybody; it may well be refused. */
static void act(void)
{
	const char *ref = refs[any(RESPONSES)], *what;
	struct redactions all;
	struct err no = {0};
	bool done = false;
	int64_t n;

	stage_become(&scene, staff[any(ARRAY_LEN(staff))]);
	scene.op.now += 7;
	SCENE_OK(&scene, redactions_load(&scene.op, scene.arena, scene_id(&scene, ref),
					 &all, &err));
	switch (any(13)) {
	case 0:
		done = response_respondent(&scene.op, ref, NULL,
					   permissions[any(2) ? 0 : any(4)], &no);
		break;
	case 1:
	case 2:
		done = publication_decide(&scene.op, ref, publication_decisions[any(2)],
					  NULL, &no);
		break;
	case 3:
		done = publication_decide(&scene.op, ref, "withhold", "other", &no);
		break;
	case 4:
	case 5:
	case 6:
		done = publication_release(&scene.op, ref, &no);
		break;
	case 7:
		done = publication_withdraw(&scene.op, ref, &no);
		break;
	case 8:
		done = redaction_add_words(&scene.op, ref, words[any(ARRAY_LEN(words))],
					   redaction_reasons[any(8)], &n, &no);
		break;
	case 9:
	case 10:
		done = redaction_settle(&scene.op, ref, NULL,
					any(3) ? REDACTION_ACCEPT : REDACTION_DISMISS, &n,
					&no);
		break;
	case 11:
		if (all.count)
			done = redaction_end(&scene.op, ref, all.items[any(all.count)].id,
					     &no);
		break;
	default:
		done = undo_last(&scene.op, scene.arena, &what, &no);
	}
	ck_assert_msg(done || no.kind == ERR_NONE || no.kind == ERR_CONFLICT ||
			      no.kind == ERR_ABSENT || no.kind == ERR_INPUT,
		      "%s", no.text);
}

static const char *allows(size_t i)
{
	return scene_respondent(&scene, refs[i], "permission");
}

static bool refuses(size_t i)
{
	bool same = i == 0 || i == RESPONSES - 1;

	return str_eq(allows(i), "none") ||
	       (same &&
		(str_eq(allows(0), "none") || str_eq(allows(RESPONSES - 1), "none")));
}

static size_t whose(int64_t response_id)
{
	for (size_t i = 0; i < RESPONSES; i++)
		if (scene_id(&scene, refs[i]) == response_id)
			return i;
	ck_abort_msg("published, and no response");
}

/* None of the redacted words stands in it. */
static void hides(const struct published_item *item)
{
	AUTO(arena) arena = arena_new(1 << 14);
	struct redactions all;

	SCENE_OK(&scene,
		 redactions_load(&scene.op, arena, item->response_id, &all, &err));
	ck_assert_uint_eq(all.proposed, 0);
	for (size_t i = 0; i < all.count; i++) {
		const struct redaction *r = &all.items[i];
		const char *gone, *text = redactions_part(&all, r->at.part);
		size_t from = str_utf8_bytes(text, (size_t)r->at.from);
		size_t to = str_utf8_bytes(text, (size_t)r->at.to);

		if (r->state != REDACTION_ACCEPTED)
			continue;
		gone = arena_strndup(arena, text + from, to - from);
		for (size_t k = 0; k < item->answer_count; k++)
			ck_assert_msg(!str_ifind(item->answers[k].text, gone), "%s in %s",
				      gone, item->answers[k].text);
	}
}

static void look(void)
{
	struct published_filter f = {.question = -1, .most = 50};
	struct published_page page;

	SCENE_OK(&scene,
		 published_list(&scene.op, scene.arena, consultation, &f, &page, &err));
	for (size_t i = 0; i < page.count; i++) {
		const struct published_item *item = &page.items[i];
		size_t k = whose(item->response_id);
		struct publication p;

		SCENE_OK(&scene,
			 publication_find(&scene.op, scene.arena, refs[k], &p, &err));
		ck_assert_msg(!refuses(k), "%s is published", refs[k]);
		ck_assert_str_ne(allows(k), "unknown");
		ck_assert_str_eq(p.state, "published");
		ck_assert_int_ne(p.decided_by, p.released_by);
		if (!str_eq(allows(k), "name") || !str_eq(p.decision, "publish"))
			ck_assert_str_eq(item->label, "An individual");
		hides(item);
		published_at_all++;
	}
}

START_TEST(nothing_is_published_freer_than_it_may)
{
	struct store_row row;

	seed = (uint64_t)_i * 7919 + 1;
	published_at_all = 0;
	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err,
				   SQL_RESPONSE_BY_ID, "i", scene_id(&scene, refs[0])));
	consultation = row_int(&row, "consultation_id");
	for (int i = 0; i < STEPS; i++) {
		act();
		look();
	}
	/* It was about something. */
	ck_assert_int_gt(published_at_all, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("publication_free");
	TCase *all = tcase_create("publication_free");

	tcase_add_checked_fixture(all, begin, end);
	tcase_set_timeout(all, 120);
	tcase_add_loop_test(all, nothing_is_published_freer_than_it_may, 0, SEEDS);
	suite_add_tcase(suite, all);
	return unit_main(suite);
}
