/*
 * Responses that somebody passed on, in the words of several mail programs and languages:
 * the respondent is who wrote them, and what stands above them is a note.
 */
#include "tests/unit/response_scene.h"

#include "mail/read/read.h"

#include "base/str.h"
#include "domain/responses/response_answer.h"
#include "domain/responses/response_text.h"

#define WHO "Oddny Lund <oddny@fenmail.example>"
#define CLERK "Clerk <clerk@reed.example>"

static struct stage scene;

static void begin(void)
{
	scene_open(&scene);
}

static void end(void)
{
	stage_close(&scene);
}

/* What stands above what was passed on. */
static const struct client {
	const char *subject, *text;
} clients[] = {
	{"Fwd: the plots",
	 "---------- Forwarded message ---------\nFrom: " WHO
	 "\nDate: Sun, 4 Oct 2026 at 18:02\nSubject: the plots\nTo: <clerk@reed.example>\n\n"},
	{"Fwd: the plots",
	 "---------- Forwarded message ---------\nVon: " WHO
	 "\nDate: So., 4. Okt. 2026 um 18:02 Uhr\nSubject: the plots\nTo: " CLERK "\n\n"},
	{"FW: the plots", "From: " WHO "\nSent: 04 October 2026 18:02\nTo: " CLERK
			  "\nSubject: the plots\n\n"},
	{"FW: the plots", "________________________________\nFrom: " WHO
			  "\nSent: Sunday, October 4, 2026 6:02 PM\nTo: " CLERK
			  "\nSubject: the plots\n\n"},
	{"Fw: the plots", "*From:* " WHO "\n*Sent:* 04 October 2026 18:02\n*To:* " CLERK
			  "\n*Subject:* the plots\n\n"},
	{"FW: the plots",
	 "-----Original Message-----\nFrom: Oddny Lund "
	 "[mailto:oddny@fenmail.example]\nSent: 04 October 2026 18:02\nTo: "
	 "Clerk\nSubject: the plots\n\n"},
	{"FW: the plots",
	 "-----Original Message-----\nFrom: Oddny Lund\nSent: 04 October 2026 18:02\nTo: "
	 "Clerk\nSubject: the plots\n\n"},
	{"WG: the plots",
	 "Von: " WHO "\nGesendet: Sonntag, 4. Oktober 2026 18:02\nAn: " CLERK
	 "\nBetreff: the plots\n\n"},
	{"TR: the plots",
	 "De : " WHO "\nEnvoy\u00e9 : dimanche 4 octobre 2026 18:02\n\u00c0 "
	 ": " CLERK "\nObjet : the plots\n\n"},
	{"VB: the plots", "Fra: " WHO "\nSendt: 4. oktober 2026 18:02\nTil: " CLERK
			  "\nEmne: the plots\n\n"},
	{"PD: the plots",
	 "Od: " WHO "\nWys\u0142ano: niedziela, 4 pa\u017adziernika 2026 "
	 "18:02\nDo: " CLERK "\nTemat: the plots\n\n"},
	{"Fwd: the plots", "Nork: " WHO "\nBidaltze-data: 2026-10-04 18:02\nNori: " CLERK
			   "\nGaia: the plots\n\n"},
	{"Fwd: the plots",
	 "Begin forwarded message:\n\nFrom: " WHO
	 "\nSubject: the plots\nDate: 4 October 2026 at 18:02:11 BST\nTo: " CLERK "\n\n"},
	{"Fwd: the plots",
	 "Anfang der weitergeleiteten Nachricht:\n\nVon: " WHO
	 "\nBetreff: the plots\nDatum: 4. Oktober 2026 um 18:02:11 MESZ\n"
	 "An: " CLERK "\n\n"},
	{"Fwd: the plots",
	 "-------- Forwarded Message --------\nSubject: the plots\nDate: "
	 "Sun, 4 Oct 2026 18:02:11 +0000\nFrom: " WHO "\nTo: " CLERK "\n\n"},
	{"Fwd: the plots",
	 "-------- Weitergeleitete Nachricht --------\nBetreff: the plots\n"
	 "Datum: Sun, 4 Oct 2026 18:02:11 +0000\nVon: " WHO "\nAn: " CLERK "\n\n"},
};

static const char form[] = "Name: Oddny Lund\n[x] Publish response with name\n"
			   "[ ] Do not publish response\n\n"
			   "Question 1: Yes. It saves quarrels.\n\nOddny\n";
static const char bare[] = "Question 1: Yes. It saves quarrels.\n\nOddny\n";

static const struct note {
	const char *text;
	const char *of_form, *of_bare; /* what holds of the permission */
} notes[] = {
	{"", "name", "unknown"},
	{"This came to us by mistake; it is meant for you.\n\nAnders Friis\n\n", "name",
	 "unknown"},
	{"You may publish my response with my name.\n\nAnders Friis\n\n", "unknown",
	 "unknown"},
	{"Please do not publish my response.\n\nAnders Friis\n\n", NULL, "none"},
	{"Name: Anders Friis\n[x] Publish response with name\n[ ] Do not publish response\n\n",
	 "unknown", "unknown"},
};

/* The mail as a program writes it; some put ">" before each line that it passes on. */
static const char *written(const struct client *c, const char *note, const char *body)
{
	AUTO(buf) to = buf_new(1 << 16);
	const char *passed = arena_printf(scene.arena, "%s%s", c->text, body);
	const char *from = str_starts(passed, "Begin") ? strchr(passed, '\n') + 2 : NULL;

	buf_printf(
		to,
		"From: Anders Friis <warden@reed.example>\nTo: <" SCENE_ADDRESS
		">\nSubject: %s\nMessage-ID: <%zu.%p@reed.example>\nMIME-Version: 1.0\n"
		"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
		"8bit\n\n%s",
		c->subject, (size_t)(c - clients), (const void *)note, note);
	if (!from) {
		buf_str(to, passed);
		return arena_strdup(scene.arena, buf_text(to));
	}
	buf_add(to, passed, (size_t)(from - passed));
	for (const char *line = from; *line; line += strcspn(line, "\n") + 1)
		buf_printf(to, "> %.*s\n", (int)strcspn(line, "\n"), line);
	return arena_strdup(scene.arena, buf_text(to));
}

static void read_raw(const char *raw, struct mail_message *m)
{
	SCENE_OK(&scene, mail_read(raw, strlen(raw), scene.arena, m, &err));
}

struct got {
	struct store_row who;
	struct response_text words;
	const char *answer; /* to the first question */
};

/* The last response that came in. */
static void take(struct mail_message *m, struct got *got)
{
	int64_t inbound = scene_mail(&scene, m);
	struct response_answer *answers;
	struct store_row row;
	struct response r;
	size_t count;

	ck_assert_str_eq(scene_taken(&scene, inbound, "taken_as"), "response");
	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err,
				   SQL_RESPONSE_OF_INBOUND, "i", inbound));
	SCENE_OK(&scene, response_find(&scene.op, scene.arena,
				       arena_printf(scene.arena, "%s-%d",
						    row_text(&row, "consultation"),
						    (int)row_int(&row, "number")),
				       &r, &err));
	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &got->who, &err,
				   SQL_RESPONDENT_OF, "i", r.respondent_id));
	SCENE_OK(&scene,
		 response_text_load(&scene.op, scene.arena, r.id, &got->words, &err));
	SCENE_OK(&scene, response_answer_list(&scene.op, scene.arena, r.id, &answers,
					      &count, &err));
	got->answer = NULL;
	for (size_t i = 0; i < count; i++)
		if (answers[i].question == 1)
			got->answer = answers[i].text;
}

START_TEST(who_is_passed_on_is_the_respondent)
{
	const struct client *c = &clients[_i];

	for (size_t n = 0; n < ARRAY_LEN(notes); n++)
		for (int filled = 0; filled < 2; filled++) {
			const char *raw = written(c, notes[n].text, filled ? form : bare);
			const char *want = filled ? notes[n].of_form : notes[n].of_bare;
			struct mail_message m;
			struct got got;

			read_raw(raw, &m);
			take(&m, &got);
			ck_assert_msg(str_eq(row_text(&got.who, "name"), "Oddny Lund"),
				      "%s\nname %s", raw,
				      str_or(row_text(&got.who, "name"), "(none)"));
			ck_assert_msg(str_eq(str_or(row_text(&got.who, "address"), ""),
					     strchr(c->text, '@') == NULL
						     ? ""
						     : "oddny@fenmail.example"),
				      "%s\naddress %s", raw,
				      str_or(row_text(&got.who, "address"), "(none)"));
			ck_assert_msg(
				!want || str_eq(row_text(&got.who, "permission"), want),
				"%s\npermission %s", raw,
				row_text(&got.who, "permission"));
			ck_assert_msg(str_eq(got.answer, "Yes. It saves quarrels."),
				      "%s\nanswer %s", raw, str_or(got.answer, "(none)"));
			if (strstr(notes[n].text, "Anders"))
				ck_assert_msg(got.words.note &&
						      strstr(got.words.note, "Anders"),
					      "%s\nno note", raw);
		}
}
END_TEST

/* What looks alike and is none, above a form. */
static const struct {
	const char *subject, *more, *text;
} others[] = {
	{"Re: the plots", "In-Reply-To: <a@reed.example>\n",
	 "I agree.\n\nFrom: " WHO "\nSent: 04 October 2026 18:02\nTo: " CLERK
	 "\nSubject: the plots\n\n"},
	{"RE: FW: the plots", "",
	 "I agree.\n\nFrom: " WHO "\nSent: 04 October 2026 18:02\nTo: " CLERK
	 "\nSubject: the plots\n\n"},
	{"The plots", "", "I agree.\n\nOn Sun, 4 Oct 2026 at 18:02, " WHO " wrote:\n\n"},
	{"FW: the plots", "",
	 "I agree.\n\nFrom: The Team <" SCENE_ADDRESS
	 ">\nSent: 04 October 2026 18:02\nTo: " CLERK "\nSubject: the plots\n\n"},
	{"FW: the plots", "",
	 "I agree.\n\nFrom: Anders Friis <warden@reed.example>\nSent: 04 October 2026 "
	 "18:02\nTo: " CLERK "\nSubject: the plots\n\n"},
};

START_TEST(a_reply_that_quotes_is_its_writers_own)
{
	struct mail_message m;
	struct got got;

	read_raw(arena_printf(scene.arena,
			      "From: Anders Friis <warden@reed.example>\nTo: <%s>\n"
			      "Subject: %s\nMessage-ID: <%d@reed.example>\n%s\n%s%s",
			      SCENE_ADDRESS, others[_i].subject, _i, others[_i].more,
			      others[_i].text, form),
		 &m);
	ck_assert_ptr_null(m.forwarded.address);
	ck_assert_ptr_null(m.forwarded.name);
	ck_assert_uint_eq(m.note_len, 0);
	take(&m, &got);
	ck_assert_str_eq(row_text(&got.who, "address"), "warden@reed.example");
	if (_i < 3)
		ck_assert_str_eq(row_text(&got.who, "permission"), "unknown");
}
END_TEST

static const char *with_attached(const char *subject, const char *note, int mails)
{
	AUTO(buf) to = buf_new(1 << 16);

	buf_printf(to,
		   "From: Anders Friis <warden@reed.example>\nTo: <" SCENE_ADDRESS
		   ">\nSubject: %s\nMessage-ID: <%s.%d@reed.example>\nMIME-Version: 1.0\n"
		   "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n%s\n",
		   subject, subject, mails, note);
	for (int i = 0; i < mails; i++)
		buf_printf(to,
			   "--b\nContent-Type: message/rfc822\n\nFrom: " WHO
			   "\nTo: " CLERK "\nSubject: the plots\nMessage-ID: "
			   "<i%d@fenmail.example>\n\n%s\n",
			   i, form);
	buf_str(to, "--b--\n");
	return arena_strdup(scene.arena, buf_text(to));
}

START_TEST(a_mail_that_is_attached_is_its_writers)
{
	static const struct {
		const char *subject, *note, *name, *address, *permission;
		int mails;
	} mails[] = {
		{"FW:plots", "Sent on for a member.\n", "Oddny Lund",
		 "oddny@fenmail.example", "name", 1},
		{"Fwd:plots", "", "Oddny Lund", "oddny@fenmail.example", "name", 1},
		{"FW:plot", "You may publish my response with my name.\n", "Oddny Lund",
		 "oddny@fenmail.example", "unknown", 1},
		/* Evidence of somebody's own response, and two responses in one mail. */
		{"My-response", "Question 1: No.\n", "Anders Friis",
		 "warden@reed.example", "unknown", 1},
		{"FW:two", "Two of our members.\n", "Anders Friis", "warden@reed.example",
		 "unknown", 2},
	};

	for (size_t i = 0; i < ARRAY_LEN(mails); i++) {
		struct mail_message m;
		struct got got;

		read_raw(with_attached(mails[i].subject, mails[i].note, mails[i].mails),
			 &m);
		take(&m, &got);
		ck_assert_str_eq(row_text(&got.who, "name"), mails[i].name);
		ck_assert_str_eq(row_text(&got.who, "address"), mails[i].address);
		ck_assert_str_eq(row_text(&got.who, "permission"), mails[i].permission);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("response_forward");
	TCase *c = tcase_create("forward");

	tcase_add_checked_fixture(c, begin, end);
	tcase_set_timeout(c, 60);
	tcase_add_loop_test(c, who_is_passed_on_is_the_respondent, 0,
			    (int)ARRAY_LEN(clients));
	tcase_add_loop_test(c, a_reply_that_quotes_is_its_writers_own, 0,
			    (int)ARRAY_LEN(others));
	tcase_add_test(c, a_mail_that_is_attached_is_its_writers);
	suite_add_tcase(s, c);
	return unit_main_together(s);
}
