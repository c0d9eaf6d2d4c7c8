#include "classify/bounce.h"
#include "base/str.h"
#include "classify/bounce_words.h"
#include "classify/words.h"

enum { LOOK_AT = 6000 };

bool bounce_machine_sender(const struct mail_message *m)
{
	char address[128], name[128];

	str_copy(address, sizeof(address), m->from.address);
	str_lower(address);
	str_copy(name, sizeof(name), m->from.name);
	str_lower(name);
	if (str_eq(address, "<>") || str_starts(name, "mailer-daemon"))
		return true;
	for (const char *const *title = bounce_daemon_titles; *title; title++)
		if (str_eq(name, *title))
			return true;
	return words_begin(address, bounce_daemons) ||
	       words_any(name, bounce_daemon_names) || strstr(address, "mailer-daemon") ||
	       strstr(address, "postmaster@");
}

/* People and offices are called "Mail Delivery" or mailer@, but hardly mailer-daemon@. */
static bool surely_machine(const struct mail_message *m)
{
	static const char *const sure[] = {"mailer-daemon",
					   "mailer_daemon",
					   "mailerdaemon",
					   "postmaster",
					   "post_master",
					   "post.master",
					   "mail-daemon",
					   "maildaemon",
					   "mdaemon",
					   "microsoftexchange",
					   NULL};
	char address[128];

	str_copy(address, sizeof(address), m->from.address);
	str_lower(address);
	return words_begin(address, sure) || !strchr(address, '@');
}

static bool answers_somebody(const char *folded_subject)
{
	static const char *const marks[] = {
		"re:",  "fw:",     "fwd:", "aw:",  "wg:",  "sv:",      "tr:",
		"rv:",  "antw:",   "[fwd", "re :", "re[",  "antwort:", "res:",
		"vs:",  "vl:",     "vb:",  "odp:", "ynt:", "ilt:",     "enc:",
		"pd:",  "doorst:", "tr :", "rif:", "回复", "答复",     "转发",
		"回覆", "轉寄",    "re：", "fw：", NULL};

	return words_begin(folded_subject, marks);
}

/* "550 No" at the start of a line or behind a colon, "5.1.1" anywhere: how machines talk. */
static bool has_reply_code(const char *text)
{
	size_t at = 0;

	for (const char *p = str_or(text, ""); *p && at < LOOK_AT; p++, at++) {
		char before = at ? p[-1] : '\n';

		if ((*p != '4' && *p != '5') ||
		    (!str_is_space(before) && !strchr("(:<#\"'", before)))
			continue;
		if (p[1] == '.' && str_is_digit(p[2]) && p[3] == '.' &&
		    str_is_digit(p[4]))
			return true;
		if (before == ' ' && at > 1 && strchr(":>", p[-2]))
			before = ':';
		if (bounce_is_reply(p) && p[1] <= '5' && before != ' ')
			return true;
	}
	return false;
}

/* A program that people write with, as far as it says so. */
static bool from_a_desk(const struct mail_message *m)
{
	static const char *const names[] = {
		"apple mail", "iphone mail", "ipad mail", "outlook",      "thunderbird",
		"evolution",  "eudora",      "the bat",   "sylpheed",     "claws",
		"pegasus",    "webmail",     "roundcube", "squirrelmail", NULL};
	char mailer[80];

	str_copy(mailer, sizeof(mailer), mail_field_value(m, "X-Mailer"));
	str_lower(mailer);
	return mail_field_value(m, "User-Agent") || words_any(mailer, names);
}

/*
 * Some systems write in the name of whoever runs them. Then the text must begin as only
 * they begin, and a mail must come back with it: people quote notices, but not so.
 */
static bool opens_as_notice(struct arena *arena, const struct mail_message *m,
			    const char *folded)
{
	struct mail_message look = *m;

	folded += strspn(folded, " -*=#");
	if (m->in_reply_to || m->list_id || from_a_desk(m))
		return false;
	if (strstr(folded, "did not reach the following recipient(s)") &&
	    strstr(folded, "msexch:"))
		return true;
	if (!words_begin(folded, bounce_openings))
		return false;
	(void)bounce_notice_text(arena, &look);
	return look.returned || m->auto_submitted;
}

bool bounce_is_notice(struct arena *arena, const struct mail_message *m,
		      const char **out_why)
{
	const char *subject = words_fold(arena, m->subject, 500);
	bool machine = bounce_machine_sender(m), by_subject, by_text;
	const char *text;
	bool no_sender = m->return_path && !*m->return_path;
	bool nobody = str_empty(m->from.address) || !strchr(m->from.address, '@');

	if (mail_field_value(m, "X-Failed-Recipients") && !answers_somebody(subject)) {
		*out_why = "it has an X-Failed-Recipients field";
		return true;
	}
	by_subject = (words_any(subject, bounce_subjects) ||
		      (machine && words_any(subject, bounce_delays))) &&
		     !answers_somebody(subject);
	if (!machine && !by_subject)
		return false; /* nearly all mail; the long look below is dear */
	text = words_fold(arena, m->text, LOOK_AT);
	by_text = words_any(text, bounce_sentences) ||
		  (machine && words_any(text, bounce_delays));
	/* A postmaster is a person, too: something must show the machine. */
	if (machine && (by_subject || by_text) &&
	    (no_sender || m->auto_submitted || m->returned ||
	     (by_subject && by_text && surely_machine(m)) || has_reply_code(m->text))) {
		*out_why =
			"a mail system wrote it, and it speaks of mail that was not delivered";
		return true;
	}
	if (machine && no_sender && !answers_somebody(subject) && m->returned) {
		*out_why = "a mail system wrote it without a sender, and returns a mail";
		return true;
	}
	if ((no_sender || nobody) && by_subject && by_text) {
		*out_why = "it has no sender, and speaks of mail that was not delivered";
		return true;
	}
	/* Some lists and gateways send notices under their own name. */
	if (by_subject && by_text && !m->list_id &&
	    (m->returned || strstr(text, "original message follows") ||
	     strstr(text, "original mail as follows")) &&
	    (m->auto_submitted || m->precedence)) {
		*out_why = "it says so, returns the mail, and a machine made it";
		return true;
	}
	if (by_subject && by_text && opens_as_notice(arena, m, text)) {
		*out_why =
			"it begins as mail systems begin, and a mail comes back with it";
		return true;
	}
	if (str_starts(subject, "loop alert") && by_text) {
		*out_why = "a list server found a loop";
		return true;
	}
	return false;
}

bool bounce_says_arrived(struct arena *arena, const struct mail_message *m)
{
	static const char *const failed[] = {"fatal error", "not be delivered",
					     "not delivered", "failed", NULL};
	const char *text = words_fold(arena, m->text, 2500);

	return words_any(text, bounce_arrived) && !words_any(text, failed);
}

bool bounce_says_delay(struct arena *arena, const struct mail_message *m)
{
	const char *subject = words_fold(arena, m->subject, 500);
	const char *text = words_fold(arena, m->text, 2500);

	if (words_any(subject, bounce_delays))
		return true;
	return words_any(text, bounce_delays) && !words_any(text, bounce_gave_up);
}
