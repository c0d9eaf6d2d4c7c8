#include "classify/bounce.h"
#include "base/str.h"
#include "classify/bounce_words.h"
#include "classify/classify.h"
#include "classify/phrase.h"

enum { LOOK_AT = 6000 };

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

/* What can be seen of a notice whatever its language. */
struct signs {
	bool machine;    /* its sender is a mail system by name */
	bool nobody;     /* nobody is named as its author */
	bool no_sender;  /* ... or it came with the envelope of a notice */
	bool to_bounces; /* it came to where we take notices */
	bool by_subject, by_text;
	bool person; /* marks of somebody who writes */
	/* By the long look: */
	bool code;           /* it has a server's reply in it */
	bool names, lists;   /* it has an address that is neither its sender's nor ours */
	bool ours_came_back; /* with a mail of ours */
	bool names_whom;     /* ... whose recipient it speaks of */
	bool report_came_back; /* ... or with the notice of another system */
};

static bool to_bounces(const struct mail_message *m)
{
	static const char *const marks[] = {"bounce", "-return-", "-admin@", "-owner@",
					    "owner-", "-errors@", "+b-"};

	for (size_t i = 0; i < m->to.count; i++)
		for (size_t k = 0; k < ARRAY_LEN(marks); k++)
			if (str_ifind(m->to.items[i].address, marks[k]))
				return true;
	return false;
}

/* The long look: at the text, and at what came back. */
static void look_closely(struct arena *arena, const struct mail_message *m,
			 struct signs *s)
{
	struct mail_message look = *m;
	const char *notice = bounce_notice_text(arena, &look);
	struct bounce_back back = bounce_came_back(arena, &look);
	enum bounce_listing listing = bounce_lists(arena, &look, notice);

	s->code = has_reply_code(notice);
	s->names = listing != BOUNCE_NAMES_NONE;
	s->lists = listing == BOUNCE_LISTS_ONE;
	s->report_came_back = back.is_report;
	s->ours_came_back =
		back.is_there && !back.is_report &&
		(bounce_is_ours(m, back.from) || bounce_is_ours(m, back.return_path));
	s->names_whom = back.to && str_ifind(notice, back.to) &&
			!bounce_is_ours(m, back.to) &&
			(!str_ieq(back.to, m->from.address) || s->machine);
}

/*
 * Two signs that do not depend on each other: how it came (without a sender, from a
 * mail system, to where notices go) and what it holds (a mail of ours, with its recipient
 * or a refusal; a server's reply and an address). An absence note comes without a sender,
 * too, and names a colleague: so an address alone is a sign only where nobody wrote.
 */
static const char *by_structure(const struct signs *s, size_t text_len)
{
	enum { LITTLE = 400 };
	bool returns = s->ours_came_back && (s->names_whom || s->code ||
					     (s->lists && (s->machine || s->by_subject)));
	bool refuses = s->code && s->names;

	if (s->nobody && (returns || refuses || (s->names && text_len < LITTLE)))
		return "nobody wrote it, and it speaks of one address";
	if (s->machine && s->no_sender && s->report_came_back)
		return "a mail system passes on a notice";
	if (s->person)
		return NULL;
	if (s->no_sender && (returns || refuses))
		return returns ? "it came without a sender, and returns a mail of ours"
			       : "it came without a sender, and has a server's refusal";
	if (s->machine && returns)
		return "a mail system wrote it, and returns a mail of ours";
	if ((s->machine || s->no_sender) && s->report_came_back)
		return "a mail system passes on a notice";
	if (s->machine && s->to_bounces && (s->by_subject || s->lists))
		return "a mail system wrote it to where notices go";
	if (s->to_bounces && s->by_subject && s->lists)
		return "it came to where notices go, and lists who was not reached";
	if (s->by_subject && returns)
		return "it returns a mail of ours, and says that it did not arrive";
	return NULL;
}

/* Nearly all mail shows none of these, and the long look is dear. */
static struct signs first_look(const struct mail_message *m, const char *subject)
{
	struct signs s = {.machine = bounce_machine_sender(m)};
	bool answers = answers_somebody(subject);

	s.nobody = str_empty(m->from.address) || !strchr(m->from.address, '@');
	s.no_sender = s.nobody || (m->return_path && !*m->return_path);
	s.to_bounces = to_bounces(m);
	s.by_subject = (words_any(subject, bounce_subjects) ||
			(s.machine && words_any(subject, bounce_delays))) &&
		       !answers;
	s.person = answers || from_a_desk(m) ||
		   (m->in_reply_to && !s.no_sender && !s.machine);
	return s;
}

bool bounce_is_notice(struct arena *arena, const struct mail_message *m,
		      const char **out_why)
{
	const char *subject = words_fold(arena, m->subject, 500), *text, *why;
	struct signs s = first_look(m, subject);
	bool no_sender = m->return_path && !*m->return_path;

	if (mail_field_value(m, "X-Failed-Recipients") && !answers_somebody(subject)) {
		*out_why = "it has an X-Failed-Recipients field";
		return true;
	}
	if (!s.machine && !s.by_subject && !s.no_sender)
		return false;
	text = words_fold(arena, m->text, LOOK_AT);
	s.by_text = words_any(text, bounce_sentences) ||
		    (s.machine && words_any(text, bounce_delays));
	/* A postmaster is a person, too: something must show the machine. */
	if (s.machine && (s.by_subject || s.by_text) &&
	    (no_sender || m->auto_submitted || m->returned ||
	     (s.by_subject && s.by_text && surely_machine(m)) ||
	     has_reply_code(m->text))) {
		*out_why =
			"a mail system wrote it, and it speaks of mail that was not delivered";
		return true;
	}
	if (s.machine && no_sender && !answers_somebody(subject) && m->returned) {
		*out_why = "a mail system wrote it without a sender, and returns a mail";
		return true;
	}
	if (s.no_sender && s.by_subject && s.by_text) {
		*out_why = "it has no sender, and speaks of mail that was not delivered";
		return true;
	}
	/* Some lists and gateways send notices under their own name. */
	if (s.by_subject && s.by_text && !m->list_id &&
	    (m->returned || strstr(text, "original message follows") ||
	     strstr(text, "original mail as follows")) &&
	    (m->auto_submitted || m->precedence)) {
		*out_why = "it says so, returns the mail, and a machine made it";
		return true;
	}
	if (s.by_subject && s.by_text && opens_as_notice(arena, m, text)) {
		*out_why =
			"it begins as mail systems begin, and a mail comes back with it";
		return true;
	}
	if (str_starts(subject, "loop alert") && s.by_text) {
		*out_why = "a list server found a loop";
		return true;
	}
	look_closely(arena, m, &s);
	why = by_structure(&s, m->text ? strlen(m->text) : 0);
	if (why)
		*out_why = why;
	return why != NULL;
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

/* Both in the words of an English server. */
static bool subject_says_so(const char *subject)
{
	return str_istarts(subject, "Retrieval using the ") &&
	       str_ifind(subject, " protocol failed for the following message");
}

static bool text_says_so(const char *text)
{
	while (text && str_is_space(*text))
		text++;
	return str_istarts(text, "The server couldn't retrieve the following message");
}

/* "...: 7", the number of the mail that could not be had. */
static bool ends_in_number(const char *subject)
{
	const char *colon = strrchr(subject, ':');
	const char *digits = colon ? colon + 1 + strspn(colon + 1, " \t") : "";

	return *digits && digits[strspn(digits, "0123456789")] == '\0';
}

/* Whatever its language, it repeats what it knows of that mail in quotes: Betreff: "...". */
static bool quotes_a_field(const char *text)
{
	for (const char *line = text; line; line = strchr(line, '\n')) {
		const char *end, *colon;

		line += *line == '\n';
		end = line + strcspn(line, "\n");
		colon = memchr(line, ':', (size_t)(end - line));
		while (end > line && str_is_space(end[-1]))
			end--;
		if (colon && colon > line && end - colon > 3 &&
		    str_starts(colon, ": \"") && strchr("\")", end[-1]))
			return true;
	}
	return false;
}

bool classify_is_placeholder(const struct mail_message *m)
{
	const char *subject = str_or(m->subject, ""), *text = str_or(m->text, "");

	if (strchr(str_or(m->from.address, ""), '@'))
		return false;
	return subject_says_so(subject) || text_says_so(text) ||
	       (str_empty(m->message_id) && ends_in_number(subject) &&
		quotes_a_field(text));
}
