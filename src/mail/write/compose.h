/*
 * mail compose - a mail as bytes, made once and filled in for each recipient.
 *
 * compose_prepare() checks and encodes everything; what differs between recipients
 * stays a slot, so that compose_fill() is a few copies. To, Message-ID and Date are slots
 * when they are not given; the tokens are slots wherever their mark stands, in
 * List-Unsubscribe, in the text and in the HTML. A mark is as long as a token and
 * never broken over lines, so filling moves no line end.
 *
 * The bytes   CRLF line ends, no bare CR or LF, only ASCII, lines of 76 (998 at
 *             most for what cannot be folded). No line begins with a dot or with
 *             "From ": the quoted-printable encoder writes them as =2E and =46rom. So the
 *             same bytes are right for DATA, where dot-stuffing (RFC 5321 4.5.2)
 *             finds nothing to stuff, for a Maildir and for a preview. They end in
 *             CRLF; the final "." is the sender's to add.
 * Ownership   inputs are borrowed for the call; what is prepared lives in the arena.
 * Errors      ERR_INPUT: a control character (so CR, LF) in a header field, text that is
 *             not UTF-8, a bad address, name or link, more than 10 MB.
 * Source      RFC 5322, 2045 to 2047, 2369, 2919, 3834, 8058.
 * Limits      attachments: none but pictures that the HTML shows by "cid:". One From, one
 *             To, one Reply-To.
 */
#ifndef MERCAT_MAIL_COMPOSE_H
#define MERCAT_MAIL_COMPOSE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/codec/secret.h"

enum compose_slot {
	COMPOSE_TO,         /* a value from compose_address_header() */
	COMPOSE_MESSAGE_ID, /* without the angle brackets */
	COMPOSE_DATE,       /* from clock_rfc5322() */
	COMPOSE_TOKEN,      /* SECRET_TOKEN_LEN letters and digits */
	COMPOSE_TOKEN_2,    /* the same */
	COMPOSE_SLOTS
};

/* As long as a token, and no token: base32 has neither 0 nor 1. */
#define COMPOSE_TOKEN_MARK "0mercat0token0mark0number0one00001"
#define COMPOSE_TOKEN_2_MARK "0mercat0token0mark0number0two00001"

struct compose_field {
	const char *name, *value;
};

/* A picture as a part of its own, encoded once for all mails that show it. */
struct compose_picture {
	const char *cid; /* without angle brackets, as the HTML names it behind "cid:" */
	const char *part;
	size_t part_len;
};

struct compose_mail {
	const char *from_name; /* or NULL */
	const char *from_address;
	const char *to;       /* from compose_address_header(), or NULL for the slot */
	const char *reply_to; /* an address or NULL */
	const char *subject;
	int64_t date_at;        /* 0 for the slot */
	const char *message_id; /* without angle brackets, or NULL for the slot */
	const char *in_reply_to;
	const char *auto_submitted; /* "auto-generated", "auto-replied" or NULL */

	/* Only for mail to a list; each NULL or a URI, which may hold a mark. */
	const char *list_id; /* "children.lists.example.org" */
	const char *list_name;
	const char *list_help, *list_subscribe, *list_owner, *list_archive;
	bool list_post_no;                   /* List-Post: NO */
	const char *list_unsubscribe_mailto; /* "mailto:leave+...@..." */
	const char *list_unsubscribe_https;  /* also adds List-Unsubscribe-Post */

	const struct compose_field *extra; /* further fields, none of the above */
	size_t extra_count;

	const char *text; /* LF or CRLF lines */
	const char *html; /* NULL: a mail of one part */

	/* Those that the HTML names are put beside it; they outlive what is prepared. */
	const struct compose_picture *pictures;
	size_t picture_count;
};

struct compose_prepared;

struct compose_picture_file {
	const char *cid, *name,
		*type; /* ASCII words; name: what a mail program calls it */
	const void *bytes;
	size_t len;
};
bool compose_picture_encode(struct arena *arena, const struct compose_picture_file *file,
			    struct compose_picture *out, struct err *err) MUST_USE;

bool compose_prepare(struct arena *arena, const struct compose_mail *mail,
		     struct compose_prepared **out, struct err *err) MUST_USE;
/* Appends the mail to out; values of slots that the mail lacks are not looked at. */
bool compose_fill(const struct compose_prepared *prepared,
		  const char *const values[COMPOSE_SLOTS], struct buf *out,
		  struct err *err) MUST_USE;

/* 'Anna Smith <anna@example.org>' as a header value, encoded and folded; name may be NULL. */
bool compose_address_header(struct arena *arena, const char *name, const char *address,
			    const char **out, struct err *err) MUST_USE;

#endif
