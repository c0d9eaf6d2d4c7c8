#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"
#include "mail/write/notification_mail.h"

static const char *const headings[] = {"A better start", "The hearings <system>"};
static const struct mail_notification_update updates[] = {
	{.number = 14,
	 .title = "Child Protection Improvement Programme",
	 .date = "Monday 22 January 2018",
	 .url = "https://lists.example.org/lists/children/14",
	 .sections = (const char **)(const void *)headings,
	 .section_count = 1},
	{.number = 15,
	 .title = "News",
	 .date = "Tuesday 23 January 2018",
	 .url = "https://lists.example.org/lists/children/15"},
};

static const struct mail_notification_need needs[] = {
	{.what = "Bulletin 14, “News”, is on hold",
	 .place = "Child protection updates",
	 .since = "25 Jan 2018, 09:00 GMT",
	 .url = "https://lists.example.org/staff/lists/children/bulletins/14",
	 .urgent = true},
	{.what = "3 emails could not be sorted",
	 .since = "24 Jan 2018, 17:20 GMT",
	 .url = "https://lists.example.org/staff/unsorted"},
};

static const struct mail_notification_values values = {
	.organisation = "The Child Protection Unit",
	.contact = "Area 2-B South, Victoria Quay, Edinburgh EH6 6QQ",
	.contact_address = "team@example.org",
	.list_title = "Child protection updates",
	.address = "o'brien@example.org",
	.date = "Thursday 25 January 2018",
	.expires = "Sunday 28 January 2018, 14:30",
	.confirm_url = "https://lists.example.org/confirm/abcdefghijklmnopqrstuvwxyz",
	.confirm_by_reply = true,
	.topics = "neglect, hearings",
	.join_url = "https://lists.example.org/join",
	.join_address = "join@lists.example.org",
	.leave_url = "https://lists.example.org/leave/abc",
	.leave_address = "leave+abc@lists.example.org",
	.choose_url = "https://lists.example.org/choose/abc",
	.archive_url = "https://lists.example.org/updates",
	.manage_url = "https://lists.example.org/manage/abc",
	.move_url = "https://lists.example.org/address/abc",
	.old_address = "o'brien@example.org",
	.new_address = "new@example.org",
	.receipt = "E-12-abcdef",
	.updates = updates,
	.update_count = ARRAY_LEN(updates),
	.consultation = "Cruelty & neglect: a new offence?",
	.consultation_url = "https://example.org/consultation",
	.reference = "CR-0147",
	.received = "Friday 8 December 2017, 16:02",
	.closes = "Friday 8 December 2017",
	.subject_line = "Your question & our answer",
	.markdown = "## We did\n\nMore buses\n",
	.message = "Thank you.\n\nThe report comes in May.",
	.colleague = "Olga",
	.respondent = "A Person",
	.note = "Can you check this?",
	.bulletin = "No. 14: Cruelty & neglect",
	.sent = "1203",
	.in_digests = "17",
	.not_sent = "4",
	.page_url = "https://lists.example.org/staff/lists/children/bulletins/14",
	.ledger_url =
		"https://lists.example.org/staff/lists/children/bulletins/14/report",
	.audit_head =
		"1234:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
	.needs = needs,
	.need_count = ARRAY_LEN(needs),
	.date_time = "Thursday 25 January 2018, 08:00 GMT",
	.home_url = "https://lists.example.org/staff",
	.account_url = "https://lists.example.org/staff/account",
	.flag = "Flag 12",
	.may_open = true,
};

static bool load(struct template_library *library, struct err *err)
{
	const char *source = getenv("MERCAT_SRCDIR");
	AUTO(buf) path = buf_new(4096);

	buf_printf(path, "%s/templates", source ? source : ".");
	return template_library_add_folder(library, buf_text(path), err) &&
	       template_library_check(library, err) &&
	       mail_notification_check(library, err);
}

static struct mail_notification_text render(struct arena *a,
					    enum mail_notification letter,
					    const struct mail_notification_values *v)
{
	AUTO(template_library) library = template_library_new();
	struct mail_notification_text out;
	struct err err = {0};

	ck_assert_msg(load(library, &err), "%s", err.text);
	ck_assert_msg(mail_notification_render(library, a, letter, v, &out, &err), "%s",
		      err.text);
	return out;
}

/* said: in the text as it is and in the HTML escaped; parted by '|'. */
static const struct {
	const char *subject, *said;
} letters[NOTIFICATION_COUNT] = {
	[NOTIFICATION_CONFIRM] =
		{"Please confirm: Child protection updates",
		 "Thursday 25 January 2018|Child protection updates|"
		 "Sunday 28 January 2018, 14:30|answer this email|do nothing|"
		 "https://lists.example.org/confirm/abcdefghijklmnopqrstuvwxyz"},
	[NOTIFICATION_WELCOME] =
		{"You are on the list: Child protection updates",
		 "neglect, hearings|https://lists.example.org/leave/abc|"
		 "leave+abc@lists.example.org|https://lists.example.org/choose/abc|"
		 "https://lists.example.org/updates|asked for it"},
	[NOTIFICATION_LEFT] =
		{"You have left: Child protection updates",
		 "no longer comes to|https://lists.example.org/join|our last email"},
	[NOTIFICATION_LEAVE_ASKED] = {"Do you want to leave: Child protection updates",
				      "in another's name|do nothing: you stay|"
				      "https://lists.example.org/leave/abc"},
	[NOTIFICATION_NOT_SUBSCRIBED] =
		{"You are not on the list: Child protection updates",
		 "is not on the list"},
	[NOTIFICATION_CLOSED_REQUEST] = {"We have your request: Child protection updates",
					 "looks at each request|need do nothing"},
	[NOTIFICATION_CLOSED_REFUSED] = {"Your request: Child protection updates",
					 "have not been added|write to us"},
	[NOTIFICATION_ALREADY_SUBSCRIBED] =
		{"You are on the list already: Child protection updates",
		 "nothing has changed|https://lists.example.org/leave/abc"},
	[NOTIFICATION_ACKNOWLEDGEMENT] =
		{"We have received your response, CR-0147: Cruelty & neglect: a new "
		 "offence?",
		 "CR-0147|Friday 8 December 2017, 16:02|is open until|"
		 "https://example.org/consultation|puts you on no list"},
	[NOTIFICATION_HELP] =
		{"How to use Child protection updates",
		 "https://lists.example.org/join|https://lists.example.org/leave/abc|"
		 "did not understand|team@example.org"},
	[NOTIFICATION_PROBE] =
		{"Do our emails reach you? Child protection updates",
		 "came back|need do nothing|https://lists.example.org/leave/abc|"
		 "leave+abc@lists.example.org|stop"},
	[NOTIFICATION_MANAGE] =
		{"Your link to your subscriptions",
		 "https://lists.example.org/manage/abc|Sunday 28 January 2018|"
		 "Nothing has changed"},
	[NOTIFICATION_MOVE_OLD] =
		{"Do you want to change your address?",
		 "https://lists.example.org/address/abc|new@example.org|"
		 "once both have confirmed"},
	[NOTIFICATION_MOVE_NEW] =
		{"Please confirm your new address",
		 "https://lists.example.org/address/abc|new@example.org|"
		 "once both have confirmed"},
	[NOTIFICATION_MOVED] =
		{"Your address has changed",
		 "new@example.org|our last email|answer this email at once"},
	[NOTIFICATION_DIGEST] =
		{"This week: Child protection updates",
		 "No. 14: Child Protection Improvement Programme|A better start|"
		 "https://lists.example.org/lists/children/14|No. 15: News|"
		 "https://lists.example.org/lists/children/15|"
		 "https://lists.example.org/leave/abc|you chose a digest"},
	[NOTIFICATION_ERASED] = {"What we have erased, receipt E-12-abcdef",
				 "E-12-abcdef|on no list of ours|Kept:|our last email"},
	[NOTIFICATION_REPLY] = {"Your question & our answer",
				"Thank you.|The report comes in May.|CR-0147|"
				"Reply to this email"},
	[NOTIFICATION_BULLETIN_SENT] =
		{"Sent: No. 14: Cruelty & neglect",
		 "has been sent to Child protection updates|1203|In digests: 17|"
		 "Refused or left out: 4|children/bulletins/14/report|"
		 "1234:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
	[NOTIFICATION_APPROVAL] = {"Please approve: No. 14: Cruelty & neglect",
				   "Olga asks you to approve|children/bulletins/14"},
	[NOTIFICATION_NEEDS] =
		{"2 things need you",
		 "Thursday 25 January 2018, 08:00|Urgent|Bulletin 14, “News”, is on hold|Child protection updates, since 25 Jan 2018|"
		 "children/bulletins/14|3 emails could not be sorted|/staff/unsorted|"
		 "only when something waits|https://lists.example.org/staff/account"},
	[NOTIFICATION_FLAG] =
		{"Flag 12 needs you now",
		 "Thursday 25 January 2018, 08:00|Sunday 28 January 2018, 14:30|Open it|"
		 "children/bulletins/14|Nothing of what was written to us"},
	[NOTIFICATION_REPORT_BACK] =
		{"Your question & our answer",
		 "We did|More buses|https://lists.example.org/leave/abc|"
		 "CR-0147|agreed that we may contact you again"},
	[NOTIFICATION_FORWARD] =
		{"For you: response CR-0147 to Cruelty & neglect: a new offence?",
		 "Olga has sent you|A Person|Can you check this?|The report comes in May.|"
		 "Friday 8 December 2017, 16:02|do not pass it on"},
};

START_TEST(letter_says_the_same_in_both_forms)
{
	AUTO(arena) a = arena_new(65536);
	struct mail_notification_text got =
		render(a, (enum mail_notification)_i, &values);
	const char *name = mail_notification_name((enum mail_notification)_i);

	ck_assert_str_eq(got.subject, letters[_i].subject);
	for (const char *said = letters[_i].said; *said;) {
		char *what = arena_strndup(a, said, strcspn(said, "|"));

		ck_assert_msg(strstr(got.html, what) != NULL, "%s.html lacks %s", name,
			      what);
		ck_assert_msg(unit_says(got.text, what), "%s.txt lacks %s", name, what);
		said += strlen(what) + (said[strlen(what)] == '|');
	}
	/* Who writes, in both; nothing loaded, nothing left of the templates. */
	ck_assert(unit_says(got.text, "This email is from The Child Protection Unit."));
	ck_assert(strstr(got.html, "This email is from The Child Protection Unit."));
	static const char *const never[] = {"<img", "src=", "url(", "<script", "{{"};
	for (size_t i = 0; i < ARRAY_LEN(never); i++)
		ck_assert(!strstr(got.html, never[i]) && !strstr(got.text, never[i]));
	ck_assert(!strstr(got.text, "\n\n\n"));
	for (const char *line = got.text; *line; line = strchr(line, '\n') + 1)
		ck_assert_uint_le(strcspn(line, "\n"), 72);
}
END_TEST

START_TEST(values_cannot_break_out)
{
	AUTO(arena) a = arena_new(65536);
	struct mail_notification_values v = values;
	struct mail_notification_text got;

	v.consultation = "A\r\nBcc: x@example.org\n\n<script>alert(1)</script>";
	v.contact = "<b onclick=\"x\">";
	got = render(a, NOTIFICATION_ACKNOWLEDGEMENT, &v);
	ck_assert(!strpbrk(got.subject, "\r\n"));
	ck_assert(!strstr(got.html, "<script>") && !strstr(got.html, "<b onclick"));
}
END_TEST

START_TEST(welcome_says_why_when_staff_put_them_on)
{
	AUTO(arena) a = arena_new(65536);
	struct mail_notification_values v = values;
	struct mail_notification_text got;

	v.why = "Your organisation named you for the advisory group.";
	got = render(a, NOTIFICATION_WELCOME, &v);
	ck_assert(strstr(got.html, v.why) && !strstr(got.html, "asked for it"));
	ck_assert(unit_says(got.text, "named you") &&
		  !unit_says(got.text, "asked for it"));
}
END_TEST

START_TEST(late_reply_is_told_so)
{
	AUTO(arena) a = arena_new(65536);
	struct mail_notification_values v = values;
	struct mail_notification_text got;

	v.is_late = true;
	got = render(a, NOTIFICATION_ACKNOWLEDGEMENT, &v);
	ck_assert(unit_says(got.text, "closed on Friday 8 December 2017") &&
		  !unit_says(got.text, "is open until"));
	ck_assert(strstr(got.html, "closed on Friday 8 December 2017") &&
		  !strstr(got.html, "is open until"));
}
END_TEST

static const struct {
	enum mail_notification letter;
	size_t field;
	const char *name;
} needed[] = {
	{NOTIFICATION_CONFIRM, offsetof(struct mail_notification_values, organisation),
	 "organisation"},
	{NOTIFICATION_CONFIRM, offsetof(struct mail_notification_values, expires),
	 "expires"},
	{NOTIFICATION_CONFIRM, offsetof(struct mail_notification_values, address),
	 "address"},
	{NOTIFICATION_HELP, offsetof(struct mail_notification_values, list_title),
	 "list_title"},
	{NOTIFICATION_LEFT, offsetof(struct mail_notification_values, date), "date"},
	{NOTIFICATION_ACKNOWLEDGEMENT,
	 offsetof(struct mail_notification_values, reference), "reference"},
};

START_TEST(letter_names_what_it_lacks)
{
	AUTO(arena) a = arena_new(65536);
	AUTO(template_library) library = template_library_new();
	struct mail_notification_values v = values;
	struct mail_notification_text out;
	struct err err = {0};

	ck_assert(load(library, &err));
	*(const char **)(void *)((char *)&v + needed[_i].field) = NULL;
	ck_assert(
		!mail_notification_render(library, a, needed[_i].letter, &v, &out, &err));
	ck_assert_msg(str_ends(err.text, needed[_i].name), "%s", err.text);
}
END_TEST

START_TEST(mistake_in_an_override_shows_at_start)
{
	AUTO(template_library) library = template_library_new();
	struct err err = {0};

	ck_assert(template_library_add(library, "mail/unsubscribed.html", "{{adress}}",
				       &err));
	ck_assert(!load(library, &err));
	ck_assert_str_eq(err.text,
			 "mail/unsubscribed.html:1: nothing was given for \"adress\"");
}
END_TEST

/* test_notification_mail --render FOLDER writes every letter, for looking at them. */
static int render_to(const char *folder)
{
	AUTO(arena) a = arena_new(65536);
	AUTO(template_library) library = template_library_new();
	struct err err = {0};
	bool ok = load(library, &err);

	for (int i = 0; i < NOTIFICATION_COUNT && ok; i++) {
		const char *name = mail_notification_name((enum mail_notification)i);
		struct mail_notification_text got;

		ok = mail_notification_render(library, a, (enum mail_notification)i,
					      &values, &got, &err) &&
		     fd_write_file(arena_printf(a, "%s/%s.txt", folder, name), got.text,
				   strlen(got.text), 0644, &err) &&
		     fd_write_file(arena_printf(a, "%s/%s.html", folder, name), got.html,
				   strlen(got.html), 0644, &err);
	}
	if (!ok)
		(void)fprintf(stderr, "%s\n", err.text);
	return !ok;
}

int main(int argc, char **argv)
{
	Suite *suite = suite_create("letter");
	TCase *tc = tcase_create("letter");

	suite_add_tcase(suite, tc);
	UNIT_TABLE(tc, letter_says_the_same_in_both_forms, letters);
	tcase_add_test(tc, values_cannot_break_out);
	tcase_add_test(tc, welcome_says_why_when_staff_put_them_on);
	tcase_add_test(tc, late_reply_is_told_so);
	UNIT_TABLE(tc, letter_names_what_it_lacks, needed);
	tcase_add_test(tc, mistake_in_an_override_shows_at_start);
	if (argc == 3 && str_eq(argv[1], "--render")) {
		srunner_free(srunner_create(suite));
		return render_to(argv[2]);
	}
	return unit_main_together(suite);
}
