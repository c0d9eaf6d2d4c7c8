/*
 * daemon deliver - the relays of the deliver role and the mails that are under way.
 *
 * A mail goes claimed -> flying -> settled. Claimed and settled are lists of one turn;
 * what flies keeps its bytes until the relay has answered.
 *
 * Ownership  deliver_new() gives it away; deliver_free() takes it back. Words of the
 *            settled live until deliver_forget_settled().
 */
#ifndef MERCAT_DAEMON_DELIVER_H
#define MERCAT_DAEMON_DELIVER_H

#include "acts/outgoing.h"
#include "daemon/role.h"

enum { DELIVER_CLAIM_MOST = 256 };

struct deliver_settled {
	enum acts_mail_kind kind;
	int64_t id, wait_s;
	enum acts_fate fate;
	const char *relay;
	char words[600];
};

struct deliver_relay;

struct deliver_flying {
	struct acts_mail mail;
	struct deliver_relay *relay; /* NULL: the place is free */
};

struct deliver {
	struct role_run *run;
	struct acts_outgoing *outgoing;
	struct deliver_relay *relays;
	size_t relay_count, next_relay;
	struct deliver_flying *flying;
	size_t places, in_flight, maildir_room;
	struct acts_mail claimed[DELIVER_CLAIM_MOST];
	size_t claimed_count;
	struct deliver_settled *settled;
	size_t settled_count, settled_room;
	int64_t waiting; /* mails that could go out, as last counted */
	bool winding_down;
	int epoll_fd;
};

bool deliver_new(struct role_run *run, struct deliver **out, struct err *err) MUST_USE;
void deliver_free(struct deliver **deliver);

/* Tells the relays how much is waiting, so that they connect. */
void deliver_announce(struct deliver *deliver);
/* Takes the replies that came into settled[]. */
void deliver_collect(struct deliver *deliver);
/* How many mails could be claimed now. */
size_t deliver_room(const struct deliver *deliver);
/* Hands the claimed mails to their relays. */
void deliver_write(struct deliver *deliver);
/* Claimed, but the commit failed: as if never asked for. */
void deliver_drop_claimed(struct deliver *deliver);
void deliver_forget_settled(struct deliver *deliver);
/* Until a relay has something, at most ms. */
void deliver_wait(struct deliver *deliver, int64_t ms);
/* The last trouble of a relay that cannot be reached, or NULL. */
const char *deliver_trouble(const struct deliver *deliver);

#endif
