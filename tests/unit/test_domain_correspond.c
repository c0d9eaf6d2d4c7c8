/* Letters from the desk, and the screen of one reply. */
#include "domain/coding/tag.h"
#include "tests/unit/domain_house.h"

#include "domain/responses/response_lock.h"
#include "domain/sorting/mail_reply.h"
#include "domain/sorting/sent_on.h"
#include "domain/queue/reply.h"
#include "domain/queue/response_view.h"
#include "domain/responses/response.h"
#include "domain/admin/rights.h"
#include "domain/admin/account.h"
#include "domain/core/undo.h"
#include "base/str.h"

static struct err err;
static struct mail_message sent; /* by the person who replied */

static void can(bool ok)
{
	ck_assert_msg(ok, "%s", err.text);
}

static const struct reply_template thanks = {
	"thanks", "Your response {{reference}}",
	"Dear {{name}},\n\nyour response to \"{{consultation}}\" came on {{received}}.\n"
	"\n{{staff}}, {{organisation}}"};

static void begin(void)
{
	house_open();
	house_consults();
	err = (struct err){0};
	sent = house_mail("ann@example.net", "cruelty@lists.example.org", "My response",
			  "Tinker is not understood.\n");
	(void)house_comes(&sent);
	house_become("jean");
	can(reply_template_save(&house.op, NULL, &thanks, &err));
}

START_TEST(answer_is_filled_in_threaded_and_goes_once)
{
	struct reply_send respond = {.reference = "cruelty-1", .name = "thanks"};
	struct reply_template preview;
	struct mail_message m;
	const char *what;

	can(reply_preview(&house.op, house.arena, "cruelty-1", "thanks", &preview, &err));
	ck_assert_str_eq(preview.subject, "Your response cruelty-0001");
	can(reply_send(&house.op, &respond, &err));
	m = house_notification("reply");
	ck_assert_str_eq(m.subject, "Your response cruelty-0001");
	ck_assert_str_eq(m.in_reply_to, sent.message_id);
	ck_assert_str_eq(m.from.address, "cruelty@lists.example.org");
	ck_assert_str_eq(m.to.items[0].address, "ann@example.net");
	ck_assert(str_starts(m.reply_to.items[0].address, "cruelty+r-"));
	ck_assert_ptr_null(m.auto_submitted);
	ck_assert_msg(unit_says(m.text, "Dear A Person,"), "%s", m.text);
	ck_assert(unit_says(m.text, "Words about cruelty"));
	ck_assert(unit_says(m.text, "jean, Child Protection Policy Team"));
	ck_assert(!reply_send(&house.op, &respond, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert_int_eq(house_notifications("reply", NULL), 1);
	respond.again = true;
	respond.subject = "Once more";
	respond.text = "In other {{words}}.";
	can(reply_send(&house.op, &respond, &err));
	m = house_notification("reply");
	ck_assert_str_eq(m.subject, "Once more");
	ck_assert(unit_says(m.text, "In other {{words}}."));
	ck_assert(!undo_last(&house.op, house.arena, &what, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

START_TEST(a_free_reply_goes_once_and_what_it_said_is_kept)
{
	struct reply_send respond = {.reference = "cruelty-1", .name = ""};
	struct reply_template begun;
	struct mail_message m;

	can(reply_begin(&house.op, house.arena, "cruelty-1", &begun, &err));
	ck_assert_str_eq(begun.subject, "Your response cruelty-0001");
	ck_assert_msg(str_starts(begun.text, "Dear A Person,\n"), "%s", begun.text);
	ck_assert(!reply_send(&house.op, &respond, &err)); /* nothing to say */
	ck_assert_int_eq(err.kind, ERR_INPUT);
	respond.subject = "The hall";
	respond.text = "It is warm now.\n";
	can(reply_send(&house.op, &respond, &err));
	m = house_notification("reply");
	ck_assert_str_eq(m.subject, "The hall");
	ck_assert(unit_says(m.text, "It is warm now."));
	ck_assert(!reply_send(&house.op, &respond, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	/* Once it is sent its email goes; its words stay. */
	house_do("UPDATE notification SET state = 'sent', mail = NULL, settled_at = 1");
	ck_assert_str_eq(house_text("SELECT text FROM reply"), respond.text);
	respond.text = "It is cold again.\n";
	can(reply_send(&house.op, &respond, &err));
	ck_assert_int_eq(house_int("SELECT count(*) FROM reply"), 2);
}
END_TEST

/* Nobody is greeted as "Dear ,". */
START_TEST(who_gave_no_name_is_greeted_all_the_same)
{
	struct mail_message nameless = house_mail(
		"cee@example.net", "cruelty@lists.example.org", "Mine", "Other words.\n");
	struct reply_template preview;

	nameless.from.name = NULL;
	nameless.message_id = "nameless@example.net";
	ck_assert_str_eq(house_taken(house_comes(&nameless)), "response: cruelty-0002");
	can(reply_preview(&house.op, house.arena, "cruelty-2", "thanks", &preview, &err));
	ck_assert_msg(str_starts(preview.text, "Dear Sir or Madam,"), "%s", preview.text);
	house_do("UPDATE respondent SET organisation = 'Fenside Players' WHERE id = 2");
	can(reply_preview(&house.op, house.arena, "cruelty-2", "thanks", &preview, &err));
	ck_assert_msg(str_starts(preview.text, "Dear Fenside Players,"), "%s",
		      preview.text);
}
END_TEST

/* Mail that belongs to no consultation is answered and forwarded, and says nothing of one. */
START_TEST(unsorted_mail_is_answered_and_forwarded)
{
	struct mail_message stray =
		house_mail("nan@example.net", "children@lists.example.org", "Re: Minutes",
			   "Where are they?\n");
	struct mail_reply reply = {.subject = "Minutes", .text = "On the page.\n"};
	struct mail_reply_begun begun;
	struct mail_message m;

	stray.message_id = "stray@example.net";
	reply.inbound_id = house_comes(&stray);
	can(mail_reply_begin(&house.op, house.arena, reply.inbound_id, &begun, &err));
	ck_assert_str_eq(begun.subject, "Re: Minutes");
	ck_assert_str_eq(begun.to, "nan@example.net");
	ck_assert_uint_eq(begun.from_count, 1);
	ck_assert_str_eq(begun.from[0].address, "children@lists.example.org");
	reply.from = "evil@example.net";
	ck_assert(!mail_reply_send(&house.op, &reply, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	reply.from = begun.from[0].address;
	can(mail_reply_send(&house.op, &reply, &err));
	m = house_notification("reply");
	ck_assert_str_eq(m.in_reply_to, "stray@example.net");
	ck_assert(unit_says(m.text, "On the page."));
	ck_assert_msg(!unit_says(m.text, "Reference") && !unit_says(m.text, "response"),
		      "%s", m.text);
	ck_assert(!mail_reply_send(&house.op, &reply, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert_str_eq(house_text("SELECT text FROM reply"), reply.text);
	ck_assert(!mail_forward(&house.op, reply.inbound_id, "nobody", NULL, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

/* What a colleague sent on is answered to whom it is from, or to nobody. */
START_TEST(a_reply_goes_to_whom_it_is_from)
{
	struct entry_said hers = {.channel = "paper", .name = "Olive Quarry"};
	struct reply_send respond = {
		.reference = "cruelty-1", .subject = "Yours", .text = "Thank you.\n"};
	const char *to;

	can(sent_on_say(&house.op, "cruelty-1", &hers, &err));
	can(reply_to(&house.op, house.arena, "cruelty-1", &to, &err));
	ck_assert_ptr_null(to);
	ck_assert(!reply_send(&house.op, &respond, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	hers.address = "olive@fenside.example";
	can(sent_on_say(&house.op, "cruelty-1", &hers, &err));
	can(reply_send(&house.op, &respond, &err));
	ck_assert_int_eq(house_notifications("reply", "olive@fenside.example"), 1);
	ck_assert_int_eq(house_notifications("reply", "ann@example.net"), 0);
}
END_TEST

START_TEST(what_is_written_back_to_an_answer_finds_its_consultation)
{
	struct reply_send respond = {.reference = "cruelty-1", .name = "thanks"};
	struct mail_message back, letter;

	can(reply_send(&house.op, &respond, &err));
	letter = house_notification("reply");
	back = house_mail("ann@example.net", "team@example.org", "Re: thanks",
			  "One more.");
	back.in_reply_to = letter.message_id;
	ck_assert_str_eq(house_taken(house_comes(&back)), "response: cruelty-0002");
}
END_TEST

static const struct {
	struct reply_template text;
	enum err_kind want;
} texts[] = {
	{{"x", "s", "{{reference}} {{name}} {{staff}} {{closes}}"}, ERR_NONE},
	{{"x", "s", "Subject: a line that looks like one\n\nText"}, ERR_NONE},
	{{"x", "s", "{{adress}}"}, ERR_INPUT},
	{{"x", "{{adress}}", "t"}, ERR_INPUT},
	{{"x", "s", "{{#name}}"}, ERR_INPUT},
	{{"x", "s", "{{>mail/foot}}"}, ERR_INPUT},
	{{"x", "two\nlines", "t"}, ERR_INPUT},
	{{"", "s", "t"}, ERR_INPUT},
	{{"x", "", "t"}, ERR_INPUT},
	{{"x", "s", ""}, ERR_INPUT},
	{{"x", "s", "bell\a"}, ERR_INPUT},
};

START_TEST(answer_text_is_tried_before_it_is_kept)
{
	bool ok = reply_template_save(&house.op, "cruelty", &texts[_i].text, &err);

	ck_assert_msg(ok == (texts[_i].want == ERR_NONE) &&
			      (ok || err.kind == texts[_i].want),
		      "row %d: %s", _i, err.text);
	if (ok) {
		struct reply_template out;

		can(reply_preview(&house.op, house.arena, "cruelty-1", "x", &out, &err));
		ck_assert(*out.text == *texts[_i].text.text || *out.text == 'c');
	}
}
END_TEST

START_TEST(own_text_of_a_consultation_comes_before_that_for_all)
{
	const struct reply_template own = {"thanks", "Own", "Own text"};
	struct reply_template out;
	struct store_table t;

	can(reply_template_save(&house.op, "cruelty", &own, &err));
	can(reply_template_list(&house.op, house.arena, "cruelty", &t, &err));
	ck_assert_uint_eq(t.count, 2);
	can(reply_preview(&house.op, house.arena, "cruelty-1", "thanks", &out, &err));
	ck_assert_str_eq(out.subject, "Own");
	can(reply_template_end(&house.op, "cruelty", "thanks", &err));
	can(reply_preview(&house.op, house.arena, "cruelty-1", "thanks", &out, &err));
	ck_assert_str_eq(out.subject, "Your response cruelty-0001");
	can(reply_template_end(&house.op, NULL, "thanks", &err));
	ck_assert(!reply_template_end(&house.op, NULL, "thanks", &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	ck_assert(!reply_preview(&house.op, house.arena, "cruelty-1", "thanks", &out,
				 &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

/* What olga needs before a reply can be sent to her, and what she then sees. */
static const struct {
	const char *email, *role;
	enum err_kind want;
	bool sees_who;
} colleagues[] = {
	{NULL, "editor", ERR_CONFLICT, false},
	{"olga@example.org", NULL, ERR_CONFLICT, false},
	{"olga@example.org", "administrator", ERR_CONFLICT, false},
	{"olga@example.org", "reader", ERR_NONE, false},
	{"olga@example.org", "editor", ERR_NONE, true},
};

START_TEST(reply_is_forwarded_only_to_who_may_read_it)
{
	struct mail_message m;
	bool ok;

	if (colleagues[_i].email)
		can(account_email(&house.op, "olga", colleagues[_i].email, &err));
	if (colleagues[_i].role)
		can(rights_grant(&house.op, "olga", colleagues[_i].role, NULL, NULL,
				 &err));
	ok = reply_forward(&house.op, "cruelty-1", "olga", "What do you think?", &err);
	ck_assert_msg(ok == (colleagues[_i].want == ERR_NONE) &&
			      (ok || err.kind == colleagues[_i].want),
		      "row %d: %s", _i, err.text);
	ck_assert_int_eq(house_notifications("forward", NULL), ok);
	if (!ok)
		return;
	m = house_notification("forward");
	ck_assert_str_eq(m.to.items[0].address, "olga@example.org");
	ck_assert(unit_says(m.text, "Tinker is not understood."));
	ck_assert(unit_says(m.text, "What do you think?"));
	ck_assert(unit_says(m.text, "jean has sent you"));
	ck_assert_int_eq(strstr(m.text, "ann@example.net") != NULL,
			 colleagues[_i].sees_who);
	ck_assert_str_eq(house_text("SELECT event FROM audit ORDER BY id DESC"),
			 "forwarded");
	can(reply_forward(&house.op, "cruelty-1", "olga", NULL,
			  &err)); /* again is fine */
}
END_TEST

START_TEST(strangers_get_nothing_forwarded)
{
	ck_assert(!reply_forward(&house.op, "cruelty-1", "ann@example.net", NULL, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	ck_assert_int_eq(house_notifications("forward", NULL), 0);
}
END_TEST

START_TEST(screen_of_a_reply_has_it_all)
{
	struct reply_send respond = {.reference = "cruelty-1", .name = "thanks"};
	const struct response_lock_asked asked = {.reference = "cruelty-1", .minutes = 5};
	struct response_view v;
	struct response_lock c;
	bool changed;

	can(response_lock_take(&house.op, house.arena, &asked, &c, &err));
	can(response_tag(&house.op, "cruelty-1", "words", TAG_PUT_ON, &changed, &err));
	can(response_note(&house.op, "cruelty-1", "look again", &err));
	can(response_screen(&house.op, "cruelty-1", "included", NULL, &err));
	can(reply_send(&house.op, &respond, &err));
	can(response_view_load(&house.op, house.arena, "cruelty-1", VIEW_WITH_NAMES, &v,
			       &err));
	ck_assert_str_eq(v.reference, "cruelty-0001");
	ck_assert_str_eq(v.who.address, "ann@example.net");
	ck_assert_str_eq(v.subject, "My response");
	ck_assert_ptr_nonnull(strstr(v.text_new, "Tinker is not understood."));
	ck_assert_str_eq(v.text_quoted, "");
	ck_assert_str_eq(v.taken_as, "response");
	ck_assert_str_eq(v.lock.name, "jean");
	ck_assert_uint_eq(v.codings.count, 1);
	ck_assert_uint_eq(v.notes.count, 1);
	ck_assert_uint_eq(v.screenings.count, 1);
	ck_assert_uint_eq(v.letters.count, 2); /* acknowledgement and answer */
	ck_assert_uint_eq(v.history.count, 5);
	ck_assert(!v.in_campaign);
	ck_assert_uint_ge(v.answer_count, 1);
}
END_TEST

START_TEST(who_wrote_is_withheld_from_those_without_the_right)
{
	struct response_view v;

	house_do("INSERT OR REPLACE INTO said (response_id, field, value, place) VALUES "
		 "(1, 'name', 'Ann Other', 'mail'), (1, 'type', 'individual', 'mail')");
	can(response_view_load(&house.op, house.arena, "cruelty-1", VIEW_WITHOUT_NAMES,
			       &v, &err));
	ck_assert_ptr_null(v.who.name);
	ck_assert_ptr_null(v.who.address);
	ck_assert_uint_eq(v.said.count, 2);
	for (size_t i = 0; i < v.said.count; i++) {
		struct store_row row = table_row(&v.said, i);

		ck_assert_int_eq(row_null(&row, "value"),
				 str_eq(row_text(&row, "field"), "name"));
	}
	for (size_t i = 0; i < v.letters.count; i++) {
		struct store_row row = table_row(&v.letters, i);

		ck_assert(row_null(&row, "recipient"));
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("correspond");
	TCase *c = tcase_create("correspond");

	tcase_add_checked_fixture(c, begin, house_close);
	tcase_add_test(c, a_free_reply_goes_once_and_what_it_said_is_kept);
	tcase_add_test(c, who_gave_no_name_is_greeted_all_the_same);
	tcase_add_test(c, a_reply_goes_to_whom_it_is_from);
	tcase_add_test(c, unsorted_mail_is_answered_and_forwarded);
	tcase_add_test(c, answer_is_filled_in_threaded_and_goes_once);
	tcase_add_test(c, what_is_written_back_to_an_answer_finds_its_consultation);
	UNIT_TABLE(c, answer_text_is_tried_before_it_is_kept, texts);
	tcase_add_test(c, own_text_of_a_consultation_comes_before_that_for_all);
	UNIT_TABLE(c, reply_is_forwarded_only_to_who_may_read_it, colleagues);
	tcase_add_test(c, strangers_get_nothing_forwarded);
	tcase_add_test(c, screen_of_a_reply_has_it_all);
	tcase_add_test(c, who_wrote_is_withheld_from_those_without_the_right);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
