/*
 * answer filter - what of a server's answer may come near libetpan's parser.
 *
 * libetpan parses a whole answer into lists and recurses over brackets; a hostile or
 * broken server makes it grow, overflow the stack or read a BYE as something else
 * (doc/traps.md). So every line is judged here before libetpan sees it:
 * what the running command has no use for is dropped, what no honest server sends
 * ends the session. What we want from dropped lines (how many mails there are, what
 * the server can do, why it hangs up) is noted down on the way.
 *
 * So do the codes in brackets before a server's words ("OK [CODE ...] words"): libetpan
 * takes them apart by rules of its own, and falls over some that are cut short. Only those
 * that we ask for are left to it; words_at says from where on a bracket is to be made a
 * plain one.
 *
 * Pure: bytes in, verdict out.
 *
 * Units      sizes in bytes.
 * Ownership  a plain struct of the caller's; nothing to free.
 * Errors     IMAP_LINE_BAD, with the reason in why.
 * Source     RFC 3501 section 7 and 9.
 */
#ifndef MERCAT_IMAP_ANSWER_FILTER_H
#define MERCAT_IMAP_ANSWER_FILTER_H

#include "base/attr.h"

enum {
	IMAP_LINE_MAX = 64 * 1024, /* one line of an answer, outside literals */
	IMAP_DEPTH_MAX = 32        /* brackets in brackets */
};

/* What the running command needs to have passed on, beside its tagged answer. */
enum imap_want {
	IMAP_WANT_NOTHING,
	IMAP_WANT_GREETING,
	IMAP_WANT_LOGIN,  /* a "+" is dropped: the wire answers it */
	IMAP_WANT_SELECT, /* FLAGS, EXISTS, OK [UIDVALIDITY ...] */
	IMAP_WANT_UIDS,   /* FETCH answers without any content */
	IMAP_WANT_BODIES  /* FETCH answers with BODY[] */
};

enum imap_capability {
	IMAP_CAN_IDLE = 1,
	IMAP_CAN_STARTTLS = 2,
	IMAP_CAN_MOVE = 4,
	IMAP_CAN_UIDPLUS = 8,
	IMAP_CANNOT_LOGIN = 16, /* LOGINDISABLED */
	IMAP_CAN_AUTH_PLAIN = 32,
	IMAP_CAN_XOAUTH2 = 64,
	IMAP_CAN_OAUTHBEARER = 128,
	IMAP_CAN_SASL_IR = 256 /* RFC 4959: the first answer goes with the command */
};

enum imap_line { IMAP_LINE_KEEP, IMAP_LINE_DROP, IMAP_LINE_BAD };

struct imap_filter {
	/* for the running command, see imap_filter_begin() */
	enum imap_want want;
	size_t literal_max;   /* one literal */
	size_t literals_left; /* all literals together */
	size_t lines_left;    /* of lines that are passed on, all together */

	/* where in an answer we are */
	size_t literal_left; /* so many bytes of a literal come next ... */
	bool keep;           /* ... and are passed on */
	bool in_fetch;       /* the line goes on after the literal */
	unsigned depth;
	size_t words_at; /* of the line that was judged: no '[' may pass from here on; 0: any */

	/* what was learned */
	uint32_t exists;
	bool news;         /* mails came or went since this was last set to false */
	bool expunged;     /* some went */
	bool continuation; /* a "+" line came in this command */
	unsigned capabilities;
	char answer[200]; /* the last tagged answer without its tag, or the BYE */
	bool bye;
	char why[160];
};

/* literals is how many literals of literal_max bytes the answers may hold. */
void imap_filter_begin(struct imap_filter *filter, enum imap_want want, size_t literals,
		       size_t literal_max, size_t lines_max);

/*
 * Judges one line, with its LF. After KEEP or DROP, literal_left bytes of literal
 * follow: the caller counts them down to 0 before it brings the next line.
 */
enum imap_line imap_filter_line(struct imap_filter *filter, const char *line,
				size_t len) MUST_USE;

#endif
