/*
 * domain_house - a small mercat without its daemon: a stage (stage.h) with lists, a staff of
 * two, letters and relays.
 *
 * One house a test: house_open() and house_close() are its checked fixture; closing
 * looks whether the tally of subscriptions is still what they are. Questions
 * to the store go over a connection of their own, as a person with the sqlite3
 * command would ask.
 */
#ifndef MERCAT_TESTS_ACTS_HOUSE_H
#define MERCAT_TESTS_ACTS_HOUSE_H

#include "tests/unit/stage.h"

#include "base/calendar.h"
#include "domain/bulletins/bulletin.h"
#include "domain/admin/consultation.h"
#include "domain/admin/list.h"
#include "domain/delivery/outgoing.h"

enum { HOUSE_DAY = DAY_S, HOUSE_MAILS = 500 };

/* jean acts; it is Monday 2 March 2026, 09:00 in London. */
extern struct stage house;

void house_open(void);
void house_close(void);

/* "jean" or "olga"; NULL: nobody of the staff, as in a role. */
void house_become(const char *name);
/* children@lists.example.org is open (neglect, hearings, data); forum@ is closed. */
struct list house_list(const char *name);

/* Of one value, of the first row; do: must succeed, refused: must not. */
int64_t house_int(const char *sql, ...) PRINTF_LIKE(1, 2);
const char *house_text(const char *sql, ...)
	PRINTF_LIKE(1, 2); /* "" for NULL or no row */
void house_do(const char *sql, ...) PRINTF_LIKE(1, 2);
bool house_refuses(const char *sql);

/* A person's mail, ready to be changed before it comes in. */
struct mail_message house_mail(const char *from, const char *to, const char *subject,
			       const char *text);
/* Keeps and takes it; its id. */
int64_t house_comes(const struct mail_message *m);
/* The taken_as of a mail, with its why behind ": ". */
const char *house_taken(int64_t inbound_id);

/* The newest letter of a kind, read back; fails the test when there is none. */
struct mail_message house_notification(const char *kind);
int64_t house_notifications(const char *kind, const char *recipient); /* NULL: any */
/* The token in an address like children+confirm-TOKEN@...; NULL when it has none. */
const char *house_token(const char *address, const char *mark);

/* On the list by asking and confirming; returns the subscription. */
int64_t house_joins(const char *list, const char *address);
/* Added by the staff, without a letter. */
int64_t house_adds(const char *list, const char *address, const char *topics);
/* Off it by the token of their own mails. */
void house_leaves(const char *list, const char *address);
const char *house_state(const char *list, const char *address);

/* Drafted by jean: sections as given, or a usual text; its number. */
int64_t house_drafts(const char *list, const char *body);
void house_approves(const char *list, int64_t number); /* by olga */
void house_begins(const char *list, int64_t number); /* sent by jean, its ledger filled */
/* Both, one after the other. */
void house_sends(const char *list, int64_t number);
const char *house_bulletin(const char *list, int64_t number); /* its state */

/* Claims up to most mails, by a relay with room for all of them and no limits. */
size_t house_claims(struct outgoing *outgoing, struct incoming_mail *mails, size_t most);
/* What a relay says to a mail; NULL: 250. Empty: it never says anything. */
typedef const char *house_relay_fn(const struct incoming_mail *mail);
/* Sends up to most of what waits (at most HOUSE_MAILS); how many were claimed. */
size_t house_delivers(house_relay_fn *relay, size_t most);
/* "550 5.1.1 no such person" as a relay's answer; without a code: our own words. */
struct smtp_answer house_answer(const char *words);
bool house_settles(struct outgoing *outgoing, const struct incoming_mail *mail,
		   enum delivery_outcome fate, const char *words, int64_t retry_at,
		   struct err *err) MUST_USE;

/* An open consultation cruelty@lists.example.org, 2 February to 31 March 2026. */
void house_consults(void);

#endif
