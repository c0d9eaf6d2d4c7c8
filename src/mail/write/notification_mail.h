/*
 * notification mail - single mails, written by the program or by a person with its help, as text
 * and HTML.
 *
 * From templates/mail/NAME.txt (its first line is the subject) and NAME.html, which an
 * organisation may replace. Every field below is a name in the templates; a NULL
 * one leaves out what would be said of it.
 *
 * Ownership  inputs are borrowed for the call; results live in the arena.
 * Errors     ERR_INPUT a value that this letter needs is missing, or a template names
 *            what does not exist; ERR_ABSENT no template.
 * Limits     1 MB each.
 */
#ifndef MERCAT_MAIL_NOTIFICATION_MAIL_H
#define MERCAT_MAIL_NOTIFICATION_MAIL_H

#include "base/arena.h"
#include "base/err.h"
#include "template/template.h"

enum mail_notification {
	NOTIFICATION_CONFIRM = 0,    /* was it you who asked? */
	NOTIFICATION_WELCOME,        /* on the list now */
	NOTIFICATION_LEFT,           /* off the list now */
	NOTIFICATION_LEAVE_ASKED,    /* somebody asked in their name: do they leave? */
	NOTIFICATION_NOT_SUBSCRIBED, /* asked to leave, but was not on the list */
	NOTIFICATION_CLOSED_REQUEST, /* staff decide on it */
	NOTIFICATION_CLOSED_REFUSED, /* and have said no */
	NOTIFICATION_ALREADY_SUBSCRIBED, /* asked to join, but is on the list */
	NOTIFICATION_ACKNOWLEDGEMENT,    /* a consultation reply has come */
	NOTIFICATION_HELP,               /* what the addresses can do */
	NOTIFICATION_PROBE,              /* mails came back: does the address work? */
	NOTIFICATION_MANAGE,             /* the link to one's own subscriptions */
	NOTIFICATION_MOVE_OLD, /* another address was asked for: at the old one */
	NOTIFICATION_MOVE_NEW, /* and at the new one */
	NOTIFICATION_MOVED,    /* it is done: to the old one */
	NOTIFICATION_DIGEST,   /* the updates of a week or a month */
	NOTIFICATION_ERASED,   /* the receipt */
	NOTIFICATION_REPLY,    /* a person answers a consultation reply */
	NOTIFICATION_FORWARD,  /* a reply, to a colleague */
	NOTIFICATION_BULLETIN_SENT, /* to those who send: it is sent, and the head of the audit */
	NOTIFICATION_APPROVAL, /* to the staff: one is asked, or told what became of it */
	NOTIFICATION_NEEDS,    /* to one of the staff: what waits for them */
	NOTIFICATION_FLAG,     /* to who deals with it: somebody may be at risk */
	NOTIFICATION_REPORT_BACK, /* to a respondent: what became of a consultation */
	NOTIFICATION_COUNT
};

/* Which of them a NOTIFICATION_APPROVAL is. */
enum mail_approval {
	APPROVAL_MAIL_ASKED = 0, /* a colleague asks for approval */
	APPROVAL_MAIL_TO_AGREE,  /* the approver has changed something */
	APPROVAL_MAIL_RETURNED,  /* with a comment: message */
	APPROVAL_MAIL_APPROVED,
	APPROVAL_MAILS
};

/* One update in a digest. */
struct mail_notification_update {
	int64_t number;
	const char *title, *date, *url;
	const char **sections; /* headings */
	size_t section_count;
};

/* One thing that waits for somebody of the staff. */
struct mail_notification_need {
	const char *what, *place, *since, *url; /* place: NULL for none */
	bool urgent;
};

struct mail_notification_values {
	/* In every letter; organisation must be there. */
	const char *organisation;
	const char *contact;         /* a postal or other line */
	const char *contact_address; /* where a person answers */

	/* Of lists. */
	const char *list_title;
	const char *address; /* the subscriber's */
	const char *date;    /* when they asked, for people */
	const char *expires; /* confirm: until when */
	const char *confirm_url;
	const char *wording;   /* confirm: the privacy wording that they agree to */
	const char *why;       /* welcome: a sentence, when it was not by confirming */
	bool confirm_by_reply; /* an answer to this mail confirms */
	const char *topics;    /* "Neglect, Hearings"; NULL for all */
	bool has_topics;       /* the list has some */
	const char *join_url, *join_address, *leave_url, *leave_address;
	const char *choose_url, *archive_url;

	/* Of what people change about themselves. */
	const char *frequency;             /* "once a week"; NULL for each update */
	const char *manage_url, *move_url; /* with their tokens */
	const char *old_address, *new_address;
	const char *receipt;   /* its number */
	const char *withdrawn; /* how many that waited are not sent; NULL: none */
	bool has_replies;      /* erased: consultation replies stay */

	/* Of digests. */
	bool monthly;
	const struct mail_notification_update *updates;
	size_t update_count;

	/* Of consultations. */
	const char *consultation; /* its title */
	const char *consultation_url;
	const char *reference, *received, *closes;
	bool is_late;

	/* Written by a person. Long texts are there by line, too: message_lines, note_lines. */
	const char *subject_line; /* answer */
	const char *message;      /* answer: what is said; forward: what the reply says */
	const char *colleague;    /* forward: who sends it */
	const char *respondent;   /* forward: who wrote, or NULL: withheld */
	const char *note;
	const char
		*markdown; /* report back: as text it is body_text, as HTML body_html */

	/* Of a bulletin that was sent, to those who send. */
	const char *bulletin; /* "No. 14: News" */
	const char *sent, *in_digests,
		*not_sent; /* how many; the last two NULL for none */
	const char *ledger_url, *audit_head;

	/* Of one that is to be approved: colleague and message are theirs. */
	enum mail_approval approval; /* is_asked, is_to_agree, is_returned, is_approved */
	const char *page_url;

	/* Of what waits for one of the staff; date_time: as it was then. */
	bool at_once; /* else it is the daily one */
	const struct mail_notification_need *needs;
	size_t need_count; /* needs_many, needs_one */
	const char *date_time, *home_url, *account_url;

	/* Of a flag: its name, "Flag 12"; expires: until when it is to be seen. */
	const char *flag;
	bool is_overdue;
	bool may_open; /* who gets it may open its page */
};

struct mail_notification_text {
	const char *subject, *text, *html;
};

const char *mail_notification_name(
	enum mail_notification letter); /* "confirm", "already-subscribed" */
bool mail_notification_render(const struct template_library *library, struct arena *arena,
			      enum mail_notification letter,
			      const struct mail_notification_values *values,
			      struct mail_notification_text *out,
			      struct err *err) MUST_USE;
/* Renders every letter once: a mistake in an organisation's own template shows at start. */
bool mail_notification_check(const struct template_library *library,
			     struct err *err) MUST_USE;

#endif
