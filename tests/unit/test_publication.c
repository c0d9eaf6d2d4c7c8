/* Responses published: redacted, decided by one person, released by another, withdrawn. */
#include "tests/unit/response_scene.h"

#include "domain/campaigns/duplicate.h"
#include "domain/coding/coding.h"
#include "domain/copies/copy_restore.h"
#include "domain/core/undo.h"
#include "domain/intake/reread.h"
#include "domain/sorting/undo_kinds.h"
#include "domain/publication/published.h"
#include "domain/queue/needs.h"
#include "domain/reports/report.h"
#include "domain/reports/report_edition.h"
#include "domain/reports/report_write.h"
#include "domain/safeguarding/flag.h"
#include "base/str.h"

static struct stage scene;

static void begin(void)
{
	scene_open(&scene);
	scene.settings->report_least = 0;
	scene.op.undo_kinds = undo_kinds;
	stage_hires(&scene, "Bea");
}

static void end(void)
{
	stage_close(&scene);
}

static const char answers[] =
	"Dear Ms Reid,\n\n1. The buses are late every evening, says "
	"Mrs Lunn.\n\n2. Ring me on 0131 496 0123.\n\nKind "
	"regards\nOlive Quarry\n12 Elm Row\nEH6 6QQ\n";

static const char *reply(const char *from, const char *type, const char *permission,
			 const char *text)
{
	struct mail_address to = {.address = SCENE_ADDRESS};
	struct mail_message m = {.from = {.address = from, .name = "Olive Quarry"},
				 .subject = "My answer",
				 .to = {&to, 1},
				 .text = text};
	int64_t id = scene_mail(&scene, &m);
	struct store_row row;
	const char *ref;

	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err,
				   SQL_RESPONSE_OF_INBOUND, "i", id));
	ref = response_reference(scene.arena, row_text(&row, "consultation"),
				 row_int(&row, "number"));
	SCENE_OK(&scene, response_respondent(&scene.op, ref, type, permission, &err));
	SCENE_OK(&scene, response_screen(&scene.op, ref, "included", NULL, &err));
	return ref;
}

static const char *state(const char *ref)
{
	struct publication p;

	SCENE_OK(&scene, publication_find(&scene.op, scene.arena, ref, &p, &err));
	return p.state;
}

#define REFUSED(call, with)                                                    \
	do {                                                                   \
		struct err err = {0};                                          \
		ck_assert_msg(!(call), "%s was done", #call);                  \
		ck_assert_msg(strstr(err.text, with) != NULL, "%s: %s", #call, \
			      err.text);                                       \
	} while (0)

static struct redactions redactions(const char *ref)
{
	struct redactions all;

	SCENE_OK(&scene, redactions_load(&scene.op, scene.arena, scene_id(&scene, ref),
					 &all, &err));
	return all;
}

static void accept_all(const char *ref)
{
	int64_t count;

	SCENE_OK(&scene,
		 redaction_settle(&scene.op, ref, NULL, REDACTION_ACCEPT, &count, &err));
}

static void publish(const char *ref, const char *decision)
{
	stage_become(&scene, "Ada");
	SCENE_OK(&scene, publication_decide(&scene.op, ref, decision, NULL, &err));
	stage_become(&scene, "Bea");
	SCENE_OK(&scene, publication_release(&scene.op, ref, &err));
	stage_become(&scene, "Ada");
}

/* All that is public, as one text. */
static const char *everything(const char *search)
{
	struct published_filter f = {.question = -1, .search = search, .most = 50};
	AUTO(buf) out = buf_new(1 << 20);
	struct published_page page;
	struct published_item one;
	struct store_row row;

	SCENE_OK(&scene,
		 store_one(scene.op.store, scene.arena, &row, &err, SQL_RESPONSE_BY_ID,
			   "i", scene_id(&scene, "words-0001")));
	SCENE_OK(&scene,
		 published_list(&scene.op, scene.arena, row_int(&row, "consultation_id"),
				&f, &page, &err));
	ck_assert_int_eq(page.all, (int64_t)page.count);
	for (size_t i = 0; i < page.count; i++) {
		SCENE_OK(&scene, published_find(&scene.op, scene.arena,
						row_int(&row, "consultation_id"),
						page.items[i].token, &one, &err));
		ck_assert_int_eq(one.response_id, page.items[i].response_id);
		buf_printf(out, "<%s>", page.items[i].label);
		for (size_t k = 0; k < page.items[i].answer_count; k++)
			buf_printf(out, "%d:%s|", (int)page.items[i].answers[k].question,
				   page.items[i].answers[k].text);
	}
	return arena_strdup(scene.arena, buf_text(out));
}

START_TEST(one_decides_another_releases_and_it_is_there)
{
	const char *ref = reply("o@example.test", "individual", "name", answers);

	ck_assert_str_eq(state(ref), "to decide");
	REFUSED(publication_decide(&scene.op, ref, "publish", NULL, &err),
		"2 proposed redactions of words-0001 have to be accepted or dismissed");
	accept_all(ref);
	REFUSED(publication_release(&scene.op, ref, &err), "it is not decided");
	SCENE_OK(&scene, publication_decide(&scene.op, ref, "publish", NULL, &err));
	ck_assert_str_eq(state(ref), "to release");
	ck_assert_str_eq(everything(NULL), "");
	REFUSED(publication_release(&scene.op, ref, &err),
		"You decided about words-0001, so a colleague releases it");
	stage_become(&scene, "Bea");
	SCENE_OK(&scene, publication_release(&scene.op, ref, &err));
	ck_assert_str_eq(state(ref), "published");
	/* Greeting, closing and signature are no part of it. */
	ck_assert_str_eq(everything(NULL),
			 "<Olive Quarry>1:The buses are late every evening, says "
			 "[redacted: third party].|2:Ring me on [redacted: contact].|");
	ck_assert_str_ne(everything("BUSES quarry"), "");
	ck_assert_str_eq(everything("lunn"), "");
	SCENE_OK(&scene, publication_withdraw(&scene.op, ref, &err));
	ck_assert_str_eq(everything(NULL), "");
	ck_assert_str_eq(state(ref), "withdrawn");
	SCENE_OK(&scene, publication_release(&scene.op, ref, &err));
	ck_assert_str_ne(everything(NULL), "");
}
END_TEST

START_TEST(nothing_is_freer_than_its_permission)
{
	static const struct {
		const char *permission, *decision, *why;
	} never[] = {
		{"none", "publish", "its respondent said no"},
		{"none", "without name", "its respondent said no"},
		{"unknown", "publish", "nobody knows yet"},
		{"unknown", "without name", "nobody knows yet"},
		{"without name", "publish", "without the name only"},
	};
	const char *ref = reply("o@example.test", "individual", never[_i].permission,
				"1. The buses are late.\n");

	REFUSED(publication_decide(&scene.op, ref, never[_i].decision, NULL, &err),
		never[_i].why);
	REFUSED(publication_decide(&scene.op, ref, "withhold", NULL, &err), "reason");
	REFUSED(publication_decide(&scene.op, ref, "withhold", "dull", &err), "reason");
	REFUSED(publication_decide(&scene.op, ref, "maybe", NULL, &err), "decision");
	SCENE_OK(&scene, publication_decide(&scene.op, ref, "withhold", "refused", &err));
	ck_assert_str_eq(state(ref), "withheld");
	stage_become(&scene, "Bea");
	REFUSED(publication_release(&scene.op, ref, &err), "it is not decided");
}
END_TEST

START_TEST(without_name_names_nobody)
{
	const char *ref = reply("o@example.test", "organisation", "without name",
				"1. We at Bus Users say that the buses are late.\n");

	SCENE_OK(&scene, response_correct(&scene.op, ref, "Olive Quarry", "Bus Users",
					  NULL, &err));
	ck_assert_uint_eq(redactions(ref).proposed, 1);
	accept_all(ref);
	publish(ref, "without name");
	ck_assert_str_eq(everything(NULL),
			 "<An organisation>1:We at [redacted: name] say that the buses "
			 "are late.|");
	SCENE_OK(&scene, response_respondent(&scene.op, ref, NULL, "name", &err));
	ck_assert_str_eq(everything(NULL), "");
	publish(ref, "publish");
	ck_assert(str_starts(everything(NULL), "<Bus Users>1:We at [red"));
}
END_TEST

/* Whatever changes behind a release, nothing of it is there any more. */
START_TEST(a_change_after_the_release_ends_it)
{
	const char *ref =
		reply("o@example.test", "individual", "name", "1. The buses are late.\n");
	struct redaction_place late = {TEXT_PART_MAIL, 18, 22};
	struct store_row row;
	struct flag flag;
	int64_t n;

	publish(ref, "publish");
	ck_assert_str_ne(everything(NULL), "");
	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err,
				   SQL_RESPONSE_BY_ID, "i", scene_id(&scene, ref)));
	switch (_i) {
	case 0:
		SCENE_OK(&scene, response_respondent(&scene.op, ref, NULL, "none", &err));
		ck_assert_str_eq(state(ref), "no permission");
		break;
	case 1:
		SCENE_OK(&scene,
			 response_respondent(&scene.op, ref, NULL, "without name", &err));
		ck_assert_str_eq(state(ref), "decide again");
		break;
	case 2:
		SCENE_OK(&scene, redaction_add(&scene.op, ref, &late, "other", &err));
		ck_assert_str_eq(state(ref), "to release");
		break;
	case 3:
		SCENE_OK(&scene,
			 redaction_add_words(&scene.op, ref, "BUSES", "other", &n, &err));
		break;
	case 4:
		SCENE_OK(&scene,
			 response_screen(&scene.op, ref, "excluded", "blank", &err));
		break;
	case 5:
		SCENE_OK(&scene,
			 flag_raise(&scene.op, scene.arena, row_int(&row, "inbound_id"),
				    "Reads as if.", &flag, &err));
		ck_assert_str_eq(state(ref), "on hold");
		break;
	case 6:
		SCENE_OK(&scene, response_correct(&scene.op, ref, "Olive Reed", NULL,
						  NULL, &err));
		break;
	case 7: /* the same sender refuses in another response */
		(void)reply("o@example.test", "individual", "none", "Nothing of mine.\n");
		break;
	default: /* and in a mail that nobody has sorted yet */
		scene.op.now += 60;
		{
			struct mail_address to = {.address = "lists@elsewhere.test"};
			struct mail_message m = {
				.from = {.address = "o@example.test"},
				.subject = "About my answer",
				.to = {&to, 1},
				.text = "Do not publish anything of mine, please.\n"};

			ck_assert_str_eq(
				scene_taken(&scene, scene_mail(&scene, &m), "taken_as"),
				"unsorted");
		}
		ck_assert_str_eq(state(ref), "on hold");
	}
	ck_assert_str_eq(everything(NULL), "");
}
END_TEST

START_TEST(whoever_changes_what_was_decided_vouches_for_it)
{
	const char *ref =
		reply("o@example.test", "individual", "name", "1. The buses are late.\n");
	int64_t n;

	SCENE_OK(&scene, publication_decide(&scene.op, ref, "publish", NULL, &err));
	stage_become(&scene, "Bea");
	SCENE_OK(&scene, redaction_add_words(&scene.op, ref, "late", "other", &n, &err));
	REFUSED(publication_release(&scene.op, ref, &err), "You decided about");
	stage_become(&scene, "Ada");
	SCENE_OK(&scene, publication_release(&scene.op, ref, &err));
	ck_assert_str_eq(everything(NULL),
			 "<Olive Quarry>1:The buses are [redacted: other].|");
}
END_TEST

START_TEST(a_proposal_that_was_dismissed_stays_so)
{
	const char *ref = reply("o@example.test", "individual", "name", answers);
	struct redactions all = redactions(ref);
	int64_t n;

	ck_assert_uint_eq(all.proposed, 2);
	ck_assert_str_eq(all.items[0].reason, "third party");
	SCENE_OK(&scene, redaction_settle(&scene.op, ref, &all.items[0].at,
					  REDACTION_DISMISS, &n, &err));
	REFUSED(redaction_settle(&scene.op, ref, &all.items[0].at, REDACTION_ACCEPT, &n,
				 &err),
		"nothing is proposed there");
	ck_assert_uint_eq(redactions(ref).proposed, 1);
	SCENE_OK(&scene, response_text_read_again(&scene.op, scene.arena,
						  scene_id(&scene, ref), &err));
	ck_assert_uint_eq(redactions(ref).proposed, 1);
	all = redactions(ref);
	SCENE_OK(&scene, redaction_end(&scene.op, ref, all.items[0].id, &err));
	ck_assert_uint_eq(redactions(ref).proposed, 2);
	REFUSED(redaction_end(&scene.op, ref, all.items[0].id, &err), "no such");
}
END_TEST

START_TEST(each_act_is_taken_back)
{
	const char *what, *ref = reply("o@example.test", "individual", "name", answers);

	accept_all(ref);
	ck_assert_uint_eq(redactions(ref).proposed, 0);
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &what, &err));
	ck_assert_uint_eq(redactions(ref).proposed, 2);
	accept_all(ref);
	SCENE_OK(&scene, publication_decide(&scene.op, ref, "publish", NULL, &err));
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &what, &err));
	ck_assert_str_eq(what, "what was decided of words-0001");
	ck_assert_str_eq(state(ref), "to decide");
	publish(ref, "without name");
	stage_become(&scene, "Bea");
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &what, &err));
	ck_assert_str_eq(state(ref), "to release");
	ck_assert_str_eq(everything(NULL), "");
	SCENE_OK(&scene, publication_release(&scene.op, ref, &err));
	scene.op.now += 5;
	SCENE_OK(&scene, publication_withdraw(&scene.op, ref, &err));
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &what, &err));
	ck_assert_str_eq(state(ref), "published");
	/* Who decided brings nothing back that was withdrawn. */
	stage_become(&scene, "Ada");
	scene.op.now += 5;
	SCENE_OK(&scene, publication_withdraw(&scene.op, ref, &err));
	REFUSED(undo_last(&scene.op, scene.arena, &what, &err),
		"a colleague releases it");
	ck_assert_str_eq(everything(NULL), "");
}
END_TEST

START_TEST(the_text_is_made_anew_and_hides_nothing)
{
	const char *ref = reply("o@example.test", "individual", "name",
				"1. Cafe\xcc\x81s are\xe2\x80\x8b la\xc2\xad"
				"te \xe2\x80\xaegnihton\xe2\x80\xac and\tso\x07 on.\n");

	publish(ref, "without name");
	ck_assert_str_eq(everything(NULL), "<An individual>1:Caf\xc3\xa9s are late "
					   "gnihton and so on.|");
}
END_TEST

static const char *quotes(void)
{
	const struct report_text what = {.consultation = "words",
					 .text = "{{quotes code:travel 3}}\n"};
	AUTO(buf) out = buf_new(1 << 20);
	struct report_findings found;
	struct report_made made;

	SCENE_OK(&scene, report_look(&scene.op, scene.arena, &what, &made, &found, &err));
	report_markdown(scene.arena, &made, out);
	return arena_strdup(scene.arena, buf_text(out));
}

START_TEST(a_quotation_is_redacted_settled_and_withheld_with_its_response)
{
	static const char text[] =
		"1. The buses of Jean Amber Crow are late every day.\n";
	const char *ref = reply("o@example.test", "individual", "name", text);
	int64_t n, code = scene_code(&scene, "travel", 0);
	const char *mr = reply("p@example.test", "individual", "name",
			       "1. They told Mr Tait of the late bus that came.\n");
	struct report_quoted_at *at;
	size_t count;

	(void)scene_put(&scene, ref, code, 3, 50, NULL);
	(void)scene_put(&scene, mr, code, 3, 46, NULL);
	/* "Mr Tait" waits to be settled. */
	ck_assert(strstr(quotes(), "Jean Amber Crow"));
	ck_assert(!strstr(quotes(), "late bus"));
	SCENE_OK(&scene,
		 report_save(&scene.op,
			     &(struct report_text){.consultation = "words",
						   .text = "{{quotes code:travel 3}}\n"},
			     &err));
	SCENE_OK(&scene, report_edition_make(&scene.op, "words", NULL, &n, &err));
	SCENE_OK(&scene, redaction_add_words(&scene.op, ref, "Jean Amber Crow",
					     "third party", &n, &err));
	ck_assert(
		strstr(quotes(), "> The buses of \\[redacted: third party\\] are late"));
	/* The edition quotes words that are redacted by now. */
	SCENE_OK(&scene, report_quoted(&scene.op, scene.arena, scene_id(&scene, ref), &at,
				       &count, &err));
	ck_assert(count == 1 && !at[0].stands);
	accept_all(mr);
	ck_assert(strstr(quotes(), "told \\[redacted: third party\\] of the late bus"));
	SCENE_OK(&scene, publication_decide(&scene.op, mr, "withhold", "legal", &err));
	ck_assert(!strstr(quotes(), "late bus"));
}
END_TEST

/* How many responses wait for whoever it is to release them. */
static int64_t waits_for(const char *who)
{
	struct needs needs;

	stage_become(&scene, who);
	SCENE_OK(&scene, needs_load(&scene.op, scene.arena, &needs, &err));
	for (size_t i = 0; i < needs.count; i++)
		if (needs.items[i].kind == NEED_RELEASE)
			return needs.items[i].count;
	return 0;
}

START_TEST(what_waits_to_be_released_is_said_to_who_may)
{
	const char *one = reply("one@example.test", "individual", "name", answers);
	const char *two = reply("two@example.test", "individual", "without name",
				"1. The trains never wait for the ferry.\n");

	accept_all(one);

	ck_assert_int_eq(waits_for("Bea"), 0);
	stage_become(&scene, "Ada");
	SCENE_OK(&scene, publication_decide(&scene.op, one, "publish", NULL, &err));
	SCENE_OK(&scene, publication_decide(&scene.op, two, "without name", NULL, &err));
	ck_assert_int_eq(waits_for("Ada"), 0);
	ck_assert_int_eq(waits_for("Bea"), 2);
	/* What may not be published any more waits for nobody's release. */
	SCENE_OK(&scene, response_respondent(&scene.op, two, NULL, "none", &err));
	ck_assert_int_eq(waits_for("Bea"), 1);
	SCENE_OK(&scene, publication_release(&scene.op, one, &err));
	ck_assert_int_eq(waits_for("Bea"), 0);
}
END_TEST

/* Two people are enough, and each of them has looked: whoever decides has what was dismissed
 * before them, and whoever says anything of it after that decides anew. */
START_TEST(two_people_look_at_what_was_dismissed)
{
	const char *ref = reply("o@example.test", "individual", "name", answers);
	int64_t count;

	stage_become(&scene, "Bea");
	SCENE_OK(&scene,
		 redaction_settle(&scene.op, ref, NULL, REDACTION_DISMISS, &count, &err));
	stage_become(&scene, "Ada");
	SCENE_OK(&scene, publication_decide(&scene.op, ref, "publish", NULL, &err));
	stage_become(&scene, "Bea");
	SCENE_OK(&scene,
		 redaction_add_words(&scene.op, ref, "buses", "other", &count, &err));
	REFUSED(publication_release(&scene.op, ref, &err),
		"You decided about words-0001, so a colleague releases it");
	stage_become(&scene, "Ada");
	SCENE_OK(&scene, publication_release(&scene.op, ref, &err));
	ck_assert_str_eq(state(ref), "published");
}
END_TEST

START_TEST(a_restored_store_publishes_nothing_by_itself)
{
	const char *ref = reply("o@example.test", "individual", "name", answers);
	struct copy_held held;

	accept_all(ref);
	publish(ref, "publish");
	ck_assert_str_ne(everything(NULL), "");
	SCENE_OK(&scene, copy_hold(&scene.op, "a copy", COPY_LEDGER_OLD, &held, &err));
	ck_assert_int_eq(held.published, 1);
	ck_assert_str_eq(everything(NULL), "");
	ck_assert_str_eq(state(ref), "to release");
	ck_assert_int_eq(waits_for("Bea"), 1);
	SCENE_OK(&scene, publication_release(&scene.op, ref, &err));
	ck_assert_str_ne(everything(NULL), "");
}
END_TEST

START_TEST(a_quotation_has_no_greeting_and_no_signature)
{
	static const char text[] = "Dear Mrs Thistlewood,\n\n1. The halls are shut each "
				   "evening.\n\nWith best wishes\nSorrel Hay\nRosebank "
				   "Cottage, Comrie\n";
	const char *ref = reply("o@example.test", "individual", "without name", text);
	int64_t code = scene_code(&scene, "travel", 0);

	(void)scene_put(&scene, ref, code, 0, (int64_t)strlen(text) - 1, NULL);
	if (redactions(ref).proposed)
		accept_all(ref);
	ck_assert_msg(strstr(quotes(), "The halls are shut each evening") != NULL, "%s",
		      quotes());
	for (const char *const *never =
		     (const char *const[]){"Thistlewood", "Dear", "wishes", "Sorrel",
					   "Rosebank", "Comrie", NULL};
	     *never; never++)
		ck_assert_msg(!strstr(quotes(), *never), "%s", quotes());
}
END_TEST

START_TEST(words_of_others_between_their_own_are_not_published)
{
	const char *ref =
		reply("o@example.test", "individual", "name",
		      "I agree with what follows.\n\nOn Monday Lorna Gowk wrote:\n"
		      "> My son Fergus walks to the hall.\n> Lorna\n\n"
		      "And I add that the bus is late.\n");

	if (redactions(ref).proposed)
		accept_all(ref);
	(void)scene_put(&scene, ref, scene_code(&scene, "travel", 0), 0, 131, NULL);
	ck_assert_msg(strstr(quotes(), "follows. … And I add") != NULL, "%s", quotes());
	publish(ref, "publish");
	ck_assert_msg(strstr(everything(NULL), "the bus is late") != NULL, "%s",
		      everything(NULL));
	ck_assert_msg(!strstr(everything(NULL), "Fergus") &&
			      !strstr(everything(NULL), "Gowk"),
		      "%s", everything(NULL));
	ck_assert_str_eq(everything("fergus"), "");
}
END_TEST

static void link_them(const char *ref, const char *of)
{
	SCENE_OK(&scene, response_duplicate_link(&scene.op, ref, of, "composite", &err));
}

/* Linked in a row or all to the first; whichever of them says no, before or after. */
START_TEST(a_no_holds_for_what_is_linked_to_it)
{
	const char *refs[] = {reply("a@example.test", "organisation", "name",
				    "1. The ferry does not come in the winter.\n"),
			      reply("b@example.test", "organisation", "name",
				    "2. Our halls are cold, and shut on Sundays.\n"),
			      reply("c@example.test", "organisation", "name",
				    "3. Whoever works late has nowhere to go.\n")};
	int no = _i % 3;
	struct publication p;

	for (int i = 0; i < 3; i++) {
		if (redactions(refs[i]).proposed)
			accept_all(refs[i]);
		publish(refs[i], "publish");
	}
	ck_assert_str_ne(everything(NULL), "");
	if (_i >= 6)
		SCENE_OK(&scene, response_respondent(&scene.op, refs[no], "organisation",
						     "none", &err));
	link_them(refs[1], refs[0]);
	link_them(refs[2], refs[_i / 3 % 2]);
	if (_i < 6)
		SCENE_OK(&scene, response_respondent(&scene.op, refs[no], "organisation",
						     "none", &err));
	ck_assert_str_eq(everything(NULL), "");
	for (int i = 0; i < 3; i++) {
		SCENE_OK(&scene,
			 publication_find(&scene.op, scene.arena, refs[i], &p, &err));
		ck_assert_msg(str_eq(p.permission, "none"), "%s: %s", refs[i],
			      p.permission);
		REFUSED(publication_decide(&scene.op, refs[i], "publish", NULL, &err),
			"publish");
	}
}
END_TEST

static const char *const heads[] = {
	"",
	"Name: Bob Rowan\n\n",
	"[x] Publish response only (without name)\n\n",
	("[ ] Publish response with name\n[x] Publish response only (without name)\n"
	 "[ ] Do not publish response\n\n"),
	"Name: Bob Rowan\nOrganisation:\nPostcode: EH6 6QQ\nEmail: bob@example.test\n\n",
	"Respondent information\nName: Bob Rowan\n",
};
static const char *const questions[] = {
	"Q%d: ",  "Question %d: ", "Question %d\n",
	"%d. ",   "%d) ",          "Answer %d: ",
	"Q%d) ",  "Qn %d: ",       "Answer to question %d: ",
	"Q%d:\n", "Q. %d: "};
static const char *const said[] = {"Safe is an open door.", "Short rules.",
				   "The bus is late.\n\nThe last one does not come."};

/* A line that answers a question is published, whatever stands above it. */
START_TEST(an_answer_below_a_form_is_published)
{
	const char *question = questions[_i % (int)ARRAY_LEN(questions)];
	AUTO(buf) text = buf_new(4096);
	const char *ref;

	buf_str(text, heads[_i / (int)ARRAY_LEN(questions)]);
	for (int i = 0; i < (int)ARRAY_LEN(said); i++) {
		const char *number = strchr(question, '%');

		buf_printf(text, "%.*s%d%s%s\n", (int)(number - question), question,
			   i + 1, number + 2, said[i]);
		if (_i % 2)
			buf_char(text, '\n');
	}
	ref = reply("o@example.test", "individual", "without name", buf_text(text));
	if (redactions(ref).proposed)
		accept_all(ref);
	publish(ref, "without name");
	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		ck_assert_msg(strstr(everything(NULL), said[i]) != NULL,
			      "of\n%sthis is published: %s", buf_text(text),
			      everything(NULL));
	ck_assert_msg(!strstr(everything(NULL), "Rowan"), "%s", everything(NULL));
}
END_TEST

START_TEST(what_is_taken_out_at_the_beginning_is_marked)
{
	const char *ref = reply("o@example.test", "individual", "name",
				"1. Ann Lee says that the ferry is late.\n");
	const struct redaction_place at = {-1, 0, 10};

	SCENE_OK(&scene, redaction_add(&scene.op, ref, &at, "third party", &err));
	if (redactions(ref).proposed)
		accept_all(ref);
	publish(ref, "publish");
	ck_assert_msg(strstr(everything(NULL), "[redacted: third party] says that") !=
			      NULL,
		      "%s", everything(NULL));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("publication");
	TCase *all = tcase_create("publication");

	tcase_add_checked_fixture(all, begin, end);
	tcase_set_timeout(all, 60);
	tcase_add_test(all, two_people_look_at_what_was_dismissed);
	tcase_add_test(all, a_restored_store_publishes_nothing_by_itself);
	tcase_add_test(all, a_quotation_has_no_greeting_and_no_signature);
	tcase_add_test(all, words_of_others_between_their_own_are_not_published);
	tcase_add_loop_test(all, a_no_holds_for_what_is_linked_to_it, 0, 12);
	tcase_add_loop_test(all, an_answer_below_a_form_is_published, 0,
			    ARRAY_LEN(heads) * ARRAY_LEN(questions));
	tcase_add_test(all, what_is_taken_out_at_the_beginning_is_marked);
	tcase_add_test(all, what_waits_to_be_released_is_said_to_who_may);
	tcase_add_test(all, one_decides_another_releases_and_it_is_there);
	tcase_add_test(all, without_name_names_nobody);
	tcase_add_test(all, whoever_changes_what_was_decided_vouches_for_it);
	tcase_add_test(all, a_proposal_that_was_dismissed_stays_so);
	tcase_add_test(all, each_act_is_taken_back);
	tcase_add_test(all, the_text_is_made_anew_and_hides_nothing);
	tcase_add_test(all,
		       a_quotation_is_redacted_settled_and_withheld_with_its_response);
	tcase_add_loop_test(all, nothing_is_freer_than_its_permission, 0, 5);
	tcase_add_loop_test(all, a_change_after_the_release_ends_it, 0, 9);
	suite_add_tcase(suite, all);
	return unit_main(suite);
}
