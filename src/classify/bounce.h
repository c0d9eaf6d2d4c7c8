/*
 * classify bounce - notices of mail systems: what they are, and whom they are about.
 *
 * Source     RFC 3464 where they keep to it; for the rest, how qmail, Exim, Sendmail,
 *            Exchange, Notes and the providers' systems lay out their texts.
 */
#ifndef MERCAT_CLASSIFY_BOUNCE_H
#define MERCAT_CLASSIFY_BOUNCE_H

#include "mail/fields/message.h"
#include "base/arena.h"

/* Is this the notice of a mail system about mail that it could not deliver (or not
   yet)? *out_why says what gave it away. */
bool bounce_is_notice(struct arena *arena, const struct mail_message *m,
		      const char **out_why);

/* True for the notice that a relay is still trying. */
bool bounce_says_delay(struct arena *arena, const struct mail_message *m);

/* True for the notice that the mail arrived, and no recipient failed. */
bool bounce_says_arrived(struct arena *arena, const struct mail_message *m);

/* The sender is a mail system by its name or address. */
bool bounce_machine_sender(const struct mail_message *m);

/* Finds failed recipients in the text, when no delivery status lists them. */
void bounce_read_text(struct arena *arena, struct mail_message *m);

/* Recipients that stand in fields or in JSON, in whatever part; true when there are. */
bool bounce_read_fields(struct arena *arena, struct mail_message *m, const char *notice);
/* The one whom the mail that came back was to, by the address we sent it from or by its
   To; NULL: nobody knows. */
const char *bounce_envelope(struct arena *arena, const struct mail_message *m);
/* Names without a domain, where addresses are announced: in that of the sender. */
void bounce_read_local_parts(struct arena *arena, struct mail_message *m,
			     const char *notice);
/* The paragraph of the notice that holds a server's reply, or NULL. */
const char *bounce_reply_paragraph(struct arena *arena, const char *notice);
/* "550 ", "450-": a server's refusal begins here. */
bool bounce_is_reply(const char *at);

/* The notice without the mail that it returns; sets m->returned when that is text. */
const char *bounce_notice_text(struct arena *arena, struct mail_message *m);

/* What of ours came back with it, by its header. */
struct bounce_back {
	bool is_there, is_report; /* is_report: it is itself a notice of a mail system */
	const char *from, *return_path, *to;
};
struct bounce_back bounce_came_back(struct arena *arena, const struct mail_message *m);
/* Whom the notice is to, and whom what came back was from: our own addresses. */
struct mail_strings bounce_our_addresses(struct arena *arena,
					 const struct mail_message *m);
/* In the domain that the notice was sent to. */
bool bounce_is_ours(const struct mail_message *m, const char *address);
/* "mailer-daemon@..." and the like. */
bool bounce_machine_address(const char *address);
/* A part before the @ and one behind it, and no blank: less is no address. */
bool bounce_whole_address(const char *address);
/* The notice lists an address that is neither its sender's nor ours: in a line of its
   own or behind a label; or just names one. */
enum bounce_listing { BOUNCE_NAMES_NONE = 0, BOUNCE_NAMES_ONE, BOUNCE_LISTS_ONE };
enum bounce_listing bounce_lists(struct arena *arena, const struct mail_message *m,
				 const char *notice);
/* A list server refuses what was sent to its list: adds the list as the recipient. */
bool bounce_by_list_server(struct arena *arena, struct mail_message *m);

/* How sure it is that an address is of somebody whom the mail did not reach: surest
   first, by where it stands in its line. */
enum bounce_place { NOWHERE = 0, BY_LINE, BY_LABEL, BY_SENTENCE };

/* Where a line names its recipient first thing: "<a@b>:", "  a@b", "550 <a@b>... No". */
enum bounce_place bounce_place_in_line(const char *line, const char *address, size_t len);
/* Nothing from..to but what may stand around an address. */
bool bounce_only_blanks(const char *from, const char *to);
/* Nothing more than further addresses up to the end of the line. */
bool bounce_only_addresses(const char *from, const char *end);

/* The line without the dashes, stars and blanks that dress it up. */
const char *bounce_undress(const char *line);

#endif
