/* What differs between relays: an SMTP server, a folder of Maildirs, and nothing. */
#include "base/clock.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/str.h"
#include "daemon/deliver.h"
#include "maildir/maildir.h"
#include "smtp/smtp.h"

#include <sys/epoll.h>

enum { MAILDIR_A_TURN = 64, DISCARD_A_TURN = 200, SETUP_WAIT_S = 60, TROUBLE_WAIT_S = 5 };

bool deliver_relay_open(struct deliver *d, size_t i, size_t *out_room, struct err *err)
{
	static const enum smtp_tls tls[] = {
		[SETTINGS_TLS_NONE] = SMTP_TLS_NONE,
		[SETTINGS_TLS_STARTTLS] = SMTP_TLS_STARTTLS,
		[SETTINGS_TLS_FULL] = SMTP_TLS_WRAPPED,
	};
	const struct settings_relay *r = &d->run->settings->relays[i];
	struct smtp_relay relay = {
		.name = r->name,
		.host = r->host,
		.port = (int)r->port,
		.tls = tls[r->tls],
		.user = str_or(r->user, NULL),
		.password = d->run->relay_passwords[i],
		.ca_file = str_or(r->ca_file, NULL),
		.ehlo_name = r->ehlo,
		.max_connections = (int)r->connections,
		.reply_ms = r->timeout_s * 1000,
		.dot_ms = r->timeout_s * 2000,
	};
	struct epoll_event event = {.events = EPOLLIN, .data.u64 = i};

	d->relays[i].settings = r;
	if (r->kind == SETTINGS_DISCARD) {
		log_line(LOG_WARN,
			 "relay %s delivers nothing: whatever it is given is "
			 "thrown away",
			 r->name);
		*out_room = DISCARD_A_TURN;
		return true;
	}
	if (r->kind == SETTINGS_MAILDIR) {
		*out_room = MAILDIR_A_TURN;
		return fd_make_dirs(r->path, 0700, err);
	}
	d->relays[i].pool = smtp_pool_new(&relay, err);
	if (!d->relays[i].pool)
		return false;
	*out_room = (size_t)r->connections;
	return epoll_ctl(d->epoll_fd, EPOLL_CTL_ADD, smtp_pool_fd(d->relays[i].pool),
			 &event) == 0 ||
	       err_set(err, ERR_SYSTEM, "epoll: no room");
}

void deliver_relay_room(struct deliver *d, size_t i)
{
	struct deliver_relay *relay = &d->relays[i];
	struct smtp_pool_state state;

	if (!relay->pool) {
		rate_limit_room(d->rate_limit, i,
				relay->settings->kind == SETTINGS_DISCARD
					? DISCARD_A_TURN
					: MAILDIR_A_TURN,
				RELAY_WORKS);
		return;
	}
	smtp_pool_limit(relay->pool,
			rate_limit_connections(d->rate_limit, i, clock_mono_ms()));
	smtp_pool_state(relay->pool, &state);
	rate_limit_room(d->rate_limit, i, state.ready,
			state.failures == 0 ? RELAY_WORKS : RELAY_IN_TROUBLE);
}

/* Some sentences of the pool name the relay already. */
static void log_relay(enum log_level level, const struct deliver_relay *relay,
		      const char *text)
{
	char named[200];

	(void)snprintf(named, sizeof(named), "relay %s: ", relay->settings->name);
	log_line(level, "%s%s", str_starts(text, named) ? "" : named, text);
}

static enum delivery_outcome fate_of(const struct smtp_outcome *o, int64_t *wait_s)
{
	*wait_s = o->at_once ? 0 : TROUBLE_WAIT_S;
	switch (o->verdict) {
	case SMTP_SENT:
		return SENT;
	case SMTP_REFUSED:
		*wait_s = SETUP_WAIT_S;
		return o->relay_trouble ? UNTOUCHED : REFUSED;
	case SMTP_AGAIN:
		return o->relay_trouble ? UNTOUCHED : DEFERRED;
	case SMTP_UNSURE:
		return UNSURE;
	case SMTP_SETUP:
		break;
	}
	*wait_s = SETUP_WAIT_S;
	return UNTOUCHED;
}

static void take_outcome(struct deliver *d, struct deliver_relay *relay,
			 const struct smtp_outcome *o)
{
	struct deliver_place *place = &d->places[o->id];
	int64_t wait_s, now_ms = clock_mono_ms();
	char words[600];
	enum delivery_outcome fate = fate_of(o, &wait_s);

	deliver_settle(d, place, fate, relay->settings->name, wait_s);
	d->in_flight--;
	deliver_answer(place, &o->answer);
	smtp_answer_words(&place->answer, words, sizeof(words));
	rate_limit_done(d->rate_limit, now_ms, &place->mail.ticket, o);
	if (fate == DEFERRED && rate_limit_says_slower(&o->answer))
		rate_limit_slow(d->rate_limit, now_ms, place->mail.recipient, words);
	if (fate == UNTOUCHED && !o->at_once)
		log_relay(o->verdict == SMTP_SETUP ? LOG_ERROR : LOG_WARN, relay, words);
}

static void tell_trouble(struct deliver_relay *relay)
{
	struct smtp_pool_state state;

	smtp_pool_state(relay->pool, &state);
	if (state.failures && state.failures != relay->told_failures)
		log_relay(state.trouble == ERR_SETUP ? LOG_ERROR : LOG_WARN, relay,
			  state.trouble_text);
	if (!state.failures && relay->told_failures)
		log_relay(LOG_NOTE, relay, "takes mail again");
	relay->told_failures = state.failures;
}

/* One that is no server is never lost: what it was lost as before is over. */
bool deliver_relays_note(struct deliver *d, struct err *err)
{
	for (size_t i = 0; i < d->relay_count; i++) {
		struct deliver_relay *relay = &d->relays[i];
		struct smtp_pool_state state = {0};
		enum outgoing_relay now;

		if (relay->pool)
			smtp_pool_state(relay->pool, &state);
		now = state.failures ? OUTGOING_RELAY_LOST : OUTGOING_RELAY_FOUND;
		/* After a start nothing is known of it before it was tried. */
		if (now == relay->noted ||
		    (relay->pool && !relay->noted && !state.failures && !state.ready &&
		     !state.busy))
			continue;
		if (!outgoing_note_relay(d->outgoing, relay->settings->name, now, err))
			return false;
		relay->noted = now;
	}
	return true;
}

void deliver_relay_collect(struct deliver *d, struct deliver_relay *relay)
{
	struct smtp_outcome outcome;

	smtp_pool_turn(relay->pool, clock_mono_ms());
	while (smtp_pool_outcome(relay->pool, &outcome))
		take_outcome(d, relay, &outcome);
	tell_trouble(relay);
}

/* A relay that is no server: what it says is ours. */
static void end_at_once(struct deliver *d, struct deliver_place *place,
			const struct deliver_relay *relay, const char *stored)
{
	const struct smtp_outcome done = {.verdict = stored ? SMTP_SENT : SMTP_SETUP,
					  .answer = {.text = stored}};

	deliver_settle(d, place, stored ? SENT : UNTOUCHED, relay->settings->name,
		       SETUP_WAIT_S);
	deliver_answer(place, &done.answer);
	rate_limit_done(d->rate_limit, clock_mono_ms(), &place->mail.ticket, &done);
}

static void into_maildir(struct deliver *d, const struct deliver_relay *relay,
			 struct deliver_place *place)
{
	const struct buf *bytes = &place->mail.bytes;
	char path[4500], folder[260], stored[300];
	struct maildir *dir = NULL;
	struct err err = {0};
	bool ok;

	str_copy(folder, sizeof(folder), place->mail.recipient);
	for (char *at = folder; *at; at++)
		if (*at == '/' || (at == folder && *at == '.'))
			*at = '_';
	(void)snprintf(path, sizeof(path), "%s/%s", relay->settings->path, folder);
	ok = maildir_open(path, MAILDIR_IS_MADE, &dir, &err) &&
	     maildir_deliver_final(
		     dir,
		     &(struct maildir_mail){.sender = place->mail.sender,
					    .recipient = place->mail.recipient,
					    .mail = bytes->bytes,
					    .len = bytes->len - strlen(".\r\n")},
		     clock_now(), NULL, &err);
	(void)snprintf(stored, sizeof(stored), "stored in %s", folder);
	end_at_once(d, place, relay, ok ? stored : NULL);
	if (!ok)
		log_relay(LOG_ERROR, relay, err.text);
	maildir_close(&dir);
}

static void onto_wire(struct deliver *d, struct deliver_relay *relay,
		      struct deliver_place *place)
{
	struct smtp_mail m = {
		.id = place - d->places,
		.sender = place->mail.sender,
		.recipient = place->mail.recipient,
		.bytes = place->mail.bytes.bytes,
		.len = place->mail.bytes.len,
	};

	place->relay = relay;
	d->in_flight++;
	smtp_pool_send(relay->pool, &m, clock_mono_ms());
}

void deliver_relay_carry(struct deliver *d, struct deliver_place *place)
{
	struct deliver_relay *relay = &d->relays[place->mail.ticket.relay];

	if (relay->pool && !smtp_pool_ready(relay->pool)) {
		/* It was there when the mail was taken, and closed before the commit. */
		deliver_settle(d, place, UNTOUCHED, relay->settings->name, 0);
		rate_limit_done(d->rate_limit, clock_mono_ms(), &place->mail.ticket,
				NULL);
	} else if (relay->pool) {
		onto_wire(d, relay, place);
	} else if (relay->settings->kind == SETTINGS_MAILDIR) {
		into_maildir(d, relay, place);
	} else {
		end_at_once(d, place, relay, "discarded: this relay delivers nothing");
	}
}
