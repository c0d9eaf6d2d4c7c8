/*
 * mail message - how mercat understands one mail: the struct that everything
 * which reads mail fills in, and everything that works on mail reads.
 *
 * Units      *_at unix seconds UTC, 0 when the mail gives none; sizes in bytes.
 * Ownership  everything hangs in the arena that was handed to the reader.
 *            Strings are valid UTF-8 without NUL, or NULL when absent; arrays are
 *            NULL when their count is 0. attachment.bytes are the decoded bytes.
 * Source     RFC 5322, MIME (RFC 2045 to 2049, 2231), RFC 3464, 3834, 5965.
 */
#ifndef MERCAT_MAIL_MESSAGE_H
#define MERCAT_MAIL_MESSAGE_H

#include "base/attr.h"
#include "base/codec/secret.h"

enum mail_kind {
	MAIL_HUMAN = 0,
	MAIL_BOUNCE,    /* a delivery failed for good or for now */
	MAIL_DELAY,     /* a relay is still trying */
	MAIL_DELIVERED, /* delivery or disposition notice: it arrived */
	MAIL_COMPLAINT, /* feedback report, RFC 5965 */
	MAIL_AUTOREPLY,
	MAIL_LIST, /* mailing-list or bulk mail of others */
	MAIL_COMMAND
};

enum mail_verdict { MAIL_UNKNOWN = 0, MAIL_PERMANENT, MAIL_TRANSIENT };

/* Why somebody did not get a mail. */
enum mail_reason {
	MAIL_REASON_UNKNOWN = 0, /* nobody has looked, or an older store does not tell */
	MAIL_REASON_NO_SUCH_ADDRESS,
	MAIL_REASON_NO_SUCH_DOMAIN,
	MAIL_REASON_MOVED,
	MAIL_REASON_MAILBOX_FULL,
	MAIL_REASON_DISABLED,
	MAIL_REASON_POLICY,
	MAIL_REASON_CONTENT,
	MAIL_REASON_AUTHENTICATION, /* ours: a login or a signature */
	MAIL_REASON_TOO_LARGE,
	MAIL_REASON_RATE,
	MAIL_REASON_NETWORK,
	MAIL_REASON_EXPIRED, /* tried for as long as its queue allows */
	MAIL_REASON_OTHER,   /* something was said, and it is none of these */
	MAIL_REASONS
};

struct mail_address {
	const char *name;    /* display name or NULL */
	const char *address; /* local@domain, or whatever stood there */
};

struct mail_addresses {
	struct mail_address *items;
	size_t count;
};

struct mail_strings {
	const char **items;
	size_t count;
};

/* So many bytes tell what sort of file it is, mostly. */
enum { MAIL_ATTACHMENT_HEAD = 4096 };

struct mail_attachment {
	const char *name;
	const char *type; /* "application/pdf", lower case */
	size_t size;      /* of the decoded bytes */
	char sha256[SECRET_SHA256_HEX];
	const char *text;  /* what it says, when that is known */
	const char *bytes; /* size bytes, or their head; may hold anything */
	bool head_only;    /* bytes has MAIL_ATTACHMENT_HEAD of them, or all if fewer */
	const char *content_id;
	bool is_inline;
};

struct mail_failed_recipient {
	const char *address, *original; /* Final- and Original-Recipient */
	const char *action;             /* "failed", "delayed", ... */
	const char *status;             /* "5.1.1" */
	const char *smtp_code;          /* "550" */
	const char *diagnostic;
	enum mail_verdict verdict;
	enum mail_reason reason;
};

struct mail_complaint {
	const char *type; /* "abuse", ... */
	const char *original_recipient, *original_mail_from, *source_ip;
};

/*
 * What a person who opens it sees (reader/seen.h): made where the whole mail is at hand, and
 * handed on with it. All zero: nobody has looked, and so it says nothing of its text.
 */
enum mail_seen_what {
	MAIL_SEEN_UNKNOWN = 0,
	MAIL_SEEN_WORDS, /* its words are all that there is, but for the pictures */
	MAIL_SEEN_MORE   /* more than words, or what could not be read to its end */
};

struct mail_seen {
	enum mail_seen_what what;
	bool pictures;
	const char *words; /* of its HTML, where they are others than text; or NULL */
};

struct mail_field {
	const char *name, *value;
};

struct mail_message {
	enum mail_kind kind;
	struct mail_strings reasons; /* why this kind, in words */
	struct mail_address from; /* its writer, also where a group put itself in From */
	const char *via;          /* that group's address, or NULL */
	struct mail_addresses reply_to, to, cc;
	const char *subject;
	int64_t date_at;
	int64_t received_at; /* by the topmost Received field: when our server took it */
	const char *message_id, *in_reply_to; /* without the angle brackets */
	struct mail_strings references;
	const char *text, *html; /* whole text (from the HTML when there is no other) */
	const char *text_new, *text_quoted;
	/*
	 * What somebody who opens it may see, and text does not say: one program shows the
	 * plain text and another the layout, and some show what stands behind the end of a
	 * document, in a hidden block, or behind the last boundary. Whatever is read of a mail
	 * further on (shown, found, judged, counted) is text, the files, and this. It has only
	 * lines that say something else (document/unsaid.h), so most mails have none, and no
	 * place in text moves for those that do. NULL: nothing.
	 */
	const char *also;
	/*
	 * Of a mail that passes on what somebody else wrote: who that was. The first note_len
	 * bytes of text_new are those of whoever passes it on. NULL and 0: it passes on none.
	 */
	struct mail_address forwarded;
	size_t note_len;
	/* What its HTML shows beyond the text, packed (document/shown.h); NULL: nothing. */
	const char *shown;
	size_t shown_len;
	struct mail_seen seen;
	struct mail_attachment *attachments;
	size_t attachment_count;
	struct mail_failed_recipient *failed;
	size_t failed_count;
	struct mail_complaint complaint;
	struct mail_strings limits_hit;

	/* What op needs beyond the printed shape. */
	struct mail_strings delivered_to; /* Delivered-To, X-Original-To, ... */
	const char *return_path;          /* "" for <>, NULL when the field is absent */
	const char *auto_submitted, *precedence, *list_id;
	const char *original_message_id; /* of the mail that a bounce or report returns */
	const char *original_to;         /* its To: */
	struct mail_strings returned_to; /* every address that its header sends it to */
	struct mail_addresses authors;   /* whatever stands in From, in all of them */
	const char *
		machine; /* the field that says that a program answers; set by classify */
	struct mail_addresses beside; /* in Sender and such, which are no authors */

	/*
	 * What classify needs besides: set by mail_read(), used in the same process
	 * and not carried over from the reader.
	 */
	struct mail_field *fields; /* of the outermost header, decoded */
	size_t field_count;
	const char *content_type; /* of the whole mail: "multipart/report" */
	const char *report_type;  /* "delivery-status", "feedback-report", ... */
	const char *disposition;  /* of a disposition notification (RFC 8098) */
	/* What was worked out of its HTML; NULL: it has none. */
	const char *html_text; /* as a person reads it (document/shown.h) */
	bool html_text_cut;
	const char *html_layout; /* every word of it (document/markup.h) */
	struct unsaid *said;     /* what text says (document/unsaid.h) */
	const char *returned;    /* the mail that came back: its header, at least */
	bool has_delivery_status, has_feedback_report;
};

/* The value of the first field of that name, or NULL. */
const char *mail_field_value(const struct mail_message *m, const char *name) MUST_USE;

/* "human", "bounce", ... and "unknown", "permanent", ... */
const char *mail_kind_name(enum mail_kind kind);
/* False: reading it took too long, too much, or ended the program; it came back empty. */
bool mail_was_read(const struct mail_message *m) MUST_USE;
const char *mail_verdict_name(enum mail_verdict verdict);
/* "no_such_address", ...: the names of bounce.reason. MAIL_REASON_UNKNOWN for NULL and for
   a name that is none. */
const char *mail_reason_name(enum mail_reason reason);
enum mail_reason mail_reason_named(const char *name) MUST_USE;
/* The address is gone: there is no such one, no such domain, or it has moved. */
bool mail_reason_gone(enum mail_reason reason) MUST_USE;

#endif
