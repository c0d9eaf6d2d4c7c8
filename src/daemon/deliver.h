/*
 * daemon deliver - the relays of the deliver role and the mails that are under way.
 *
 * A mail lives in a place from being taken to its settlement: free -> taken -> flying ->
 * settled -> free. A place keeps its buffer, so that a recipient costs no allocation.
 *
 * Ownership  deliver_new() gives it away; deliver_free() takes it back.
 */
#ifndef MERCAT_DAEMON_DELIVER_H
#define MERCAT_DAEMON_DELIVER_H

#include "domain/delivery/outgoing.h"
#include "daemon/role.h"
#include "smtp/smtp.h"

struct deliver_relay;

struct deliver_place {
	struct incoming_mail mail;
	struct deliver_relay *relay; /* while it is flying */
	/* Once settled: */
	enum delivery_outcome fate;
	int64_t wait_s;
	const char *by;
	struct smtp_answer answer; /* its texts are copied below */
	char status[16], text[600];
};

struct deliver {
	struct role_run *run;
	struct outgoing *outgoing;
	struct rate_limit *rate_limit;
	struct mx *mx; /* or NULL */
	struct dkim_keys *keys;
	struct deliver_relay *relays;
	size_t relay_count;
	struct deliver_place *places;
	size_t place_count;
	struct incoming_mail **free; /* stacks and lists of places, by their mails */
	struct incoming_mail **taken;
	struct deliver_place **settled;
	size_t free_count, taken_count, settled_count, in_flight;
	int64_t waiting; /* mails that could go out, as last counted */
	int64_t told_ms;
	int64_t commit_us; /* how long the last one took */
	bool winding_down;
	int epoll_fd;
};

bool deliver_new(struct role_run *run, struct deliver **out, struct err *err) MUST_USE;
void deliver_free(struct deliver **deliver);

/* Tells the relays how much is waiting, so that they connect. */
void deliver_announce(struct deliver *deliver);
/* Takes the replies that came into settled[]. */
void deliver_collect(struct deliver *deliver);
/* Mails under way go on; what became of them waits for deliver_collect(). */
void deliver_go_on(struct deliver *deliver);
/* How many mails could be taken now. */
size_t deliver_room(struct deliver *deliver);
/* Takes into taken[], inside a transaction. */
bool deliver_take(struct deliver *deliver, size_t most, bool *out_more,
		  struct err *err) MUST_USE;
/* Hands the taken mails to their relays. */
void deliver_write(struct deliver *deliver);
/* Claimed, but the commit failed: as if never asked for. */
void deliver_drop_taken(struct deliver *deliver);
void deliver_forget_settled(struct deliver *deliver);
/* Until a relay has something, at most ms. */
void deliver_wait(struct deliver *deliver, int64_t ms);
/* The last trouble when no relay can be reached, or NULL. */
const char *deliver_trouble(const struct deliver *deliver);

/* deliver_relay.c: what differs between kinds of relays. */
struct deliver_relay {
	const struct settings_relay *settings;
	struct smtp_pool *pool;    /* NULL: a Maildir, or one that discards */
	unsigned told_failures;    /* of which the log knows */
	enum outgoing_relay noted; /* in the store */
};

/* room: how many mails it takes in one turn, or may have on their way. */
bool deliver_relay_open(struct deliver *deliver, size_t i, size_t *out_room,
			struct err *err) MUST_USE;
/* Notes in the store which relays take mail, where that has changed. */
bool deliver_relays_note(struct deliver *deliver, struct err *err) MUST_USE;
void deliver_relay_room(struct deliver *deliver, size_t i);
void deliver_relay_carry(struct deliver *deliver, struct deliver_place *place);
void deliver_relay_collect(struct deliver *deliver, struct deliver_relay *relay);
/* The mail of a place has its fate; an answer may be added. */
void deliver_settle(struct deliver *deliver, struct deliver_place *place,
		    enum delivery_outcome fate, const char *by, int64_t wait_s);
void deliver_answer(struct deliver_place *place, const struct smtp_answer *answer);

#endif
