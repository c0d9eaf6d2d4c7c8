#include "daemon/deliver.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/str.h"
#include "maildir/maildir.h"
#include "smtp/smtp.h"

#include <inttypes.h>
#include <poll.h>
#include <sys/epoll.h>

enum { MAILDIR_A_TURN = 64, SETUP_WAIT_S = 60, TROUBLE_WAIT_S = 5, NO_RELAY_WAIT_S = 60 };

struct deliver_relay {
	const struct settings_relay *settings;
	struct smtp_pool *pool; /* NULL: a Maildir */
	unsigned told_failures; /* of which the log knows */
};

static bool open_relay(struct deliver *d, size_t i, struct err *err)
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
	if (r->kind == SETTINGS_MAILDIR) {
		d->maildir_room = MAILDIR_A_TURN;
		return fd_make_dirs(r->path, 0700, err);
	}
	d->relays[i].pool = smtp_pool_new(&relay, err);
	d->places += (size_t)r->connections;
	if (!d->relays[i].pool)
		return false;
	return epoll_ctl(d->epoll_fd, EPOLL_CTL_ADD, smtp_pool_fd(d->relays[i].pool),
			 &event) == 0 ||
	       err_set(err, ERR_SYSTEM, "epoll: no room");
}

bool deliver_new(struct role_run *run, struct deliver **out, struct err *err)
{
	struct deliver *d = arena_make(run->arena, struct deliver, 1);

	d->run = run;
	d->outgoing = acts_outgoing_new(&run->acts);
	d->relay_count = run->settings->relay_count;
	d->relays = arena_make(run->arena, struct deliver_relay, d->relay_count);
	d->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (d->epoll_fd < 0)
		return err_set(err, ERR_SYSTEM, "epoll cannot be had");
	if (!d->relay_count)
		return err_set(
			err, ERR_SETUP,
			"%s: there is no relay; add one to relays, or nothing is sent",
			run->settings->file);
	for (size_t i = 0; i < d->relay_count; i++)
		if (!open_relay(d, i, err))
			return false;
	d->flying = arena_make(run->arena, struct deliver_flying, d->places);
	d->settled_room = d->places + DELIVER_CLAIM_MOST;
	d->settled = arena_make(run->arena, struct deliver_settled, d->settled_room);
	*out = d;
	return true;
}

void deliver_free(struct deliver **deliver)
{
	struct deliver *d = *deliver;

	if (!d)
		return;
	for (size_t i = 0; i < d->relay_count; i++)
		smtp_pool_free(&d->relays[i].pool);
	for (size_t i = 0; i < d->places; i++)
		if (d->flying[i].relay)
			buf_clear(&d->flying[i].mail.bytes);
	deliver_drop_claimed(d);
	acts_outgoing_free(&d->outgoing);
	fd_close(&d->epoll_fd);
	*deliver = NULL;
}

void deliver_announce(struct deliver *d)
{
	size_t want = d->winding_down ? 0 : (size_t)d->waiting;

	for (size_t i = 0; i < d->relay_count; i++)
		if (d->relays[i].pool)
			smtp_pool_want(d->relays[i].pool, want);
}

static struct deliver_settled *settle(struct deliver *d, const struct acts_mail *mail,
				      enum acts_fate fate, const char *relay,
				      int64_t wait_s)
{
	struct deliver_settled *s;

	ASSERT(d->settled_count < d->settled_room);
	s = &d->settled[d->settled_count++];
	s->kind = mail->kind;
	s->id = mail->id;
	s->fate = fate;
	s->relay = relay;
	s->wait_s = wait_s;
	s->words[0] = '\0';
	return s;
}

static enum acts_fate fate_of(const struct smtp_outcome *o, int64_t *wait_s)
{
	*wait_s = o->at_once ? 0 : TROUBLE_WAIT_S;
	switch (o->verdict) {
	case SMTP_SENT:
		return ACTS_SENT;
	case SMTP_REFUSED:
		*wait_s = SETUP_WAIT_S;
		return o->relay_trouble ? ACTS_UNTOUCHED : ACTS_REFUSED;
	case SMTP_AGAIN:
		return o->relay_trouble ? ACTS_UNTOUCHED : ACTS_DEFERRED;
	case SMTP_UNSURE:
		return ACTS_UNSURE;
	case SMTP_SETUP:
		break;
	}
	*wait_s = SETUP_WAIT_S;
	return ACTS_UNTOUCHED;
}

static void take_outcome(struct deliver *d, struct deliver_relay *relay,
			 const struct smtp_outcome *o)
{
	struct deliver_flying *f = &d->flying[o->id];
	struct deliver_settled *s;
	int64_t wait_s;
	enum acts_fate fate = fate_of(o, &wait_s);

	s = settle(d, &f->mail, fate, relay->settings->name, wait_s);
	if (o->code)
		(void)snprintf(s->words, sizeof(s->words), "%d %s%s%s", o->code,
			       o->status, *o->status ? " " : "", o->text);
	else
		str_copy(s->words, sizeof(s->words), o->text);
	for (char *at = s->words; *at; at++)
		if ((unsigned char)*at < 0x20)
			*at = ' ';
	if (fate == ACTS_UNTOUCHED && !o->at_once)
		log_line(o->verdict == SMTP_SETUP ? LOG_ERROR : LOG_WARN, "relay %s: %s",
			 relay->settings->name, s->words);
	buf_clear(&f->mail.bytes);
	f->relay = NULL;
	d->in_flight--;
}

static void tell_trouble(struct deliver_relay *relay)
{
	struct smtp_pool_state state;

	smtp_pool_state(relay->pool, &state);
	if (state.failures && state.failures != relay->told_failures)
		log_line(state.trouble == ERR_SETUP ? LOG_ERROR : LOG_WARN,
			 "relay %s: %s", relay->settings->name, state.trouble_text);
	if (!state.failures && relay->told_failures)
		log_line(LOG_NOTE, "relay %s: takes mail again", relay->settings->name);
	relay->told_failures = state.failures;
}

void deliver_collect(struct deliver *d)
{
	for (size_t i = 0; i < d->relay_count; i++) {
		struct deliver_relay *relay = &d->relays[i];
		struct smtp_outcome outcome;

		if (!relay->pool)
			continue;
		smtp_pool_turn(relay->pool, clock_mono_ms());
		while (d->settled_count + DELIVER_CLAIM_MOST < d->settled_room &&
		       smtp_pool_outcome(relay->pool, &outcome))
			take_outcome(d, relay, &outcome);
		tell_trouble(relay);
	}
}

size_t deliver_room(const struct deliver *d)
{
	size_t room = d->winding_down ? 0 : d->maildir_room;

	for (size_t i = 0; i < d->relay_count && !d->winding_down; i++)
		if (d->relays[i].pool)
			room += smtp_pool_ready(d->relays[i].pool);
	return room < DELIVER_CLAIM_MOST ? room : DELIVER_CLAIM_MOST;
}

static bool may_carry(const struct deliver_relay *relay, const struct acts_mail *mail)
{
	if (mail->relay && !str_eq(mail->relay, relay->settings->name))
		return false;
	return !relay->pool || smtp_pool_ready(relay->pool) > 0;
}

/* The relays take turns, so that several share the work. */
static struct deliver_relay *relay_for(struct deliver *d, const struct acts_mail *mail)
{
	for (size_t i = 0; i < d->relay_count; i++) {
		size_t at = (d->next_relay + i) % d->relay_count;

		if (may_carry(&d->relays[at], mail)) {
			d->next_relay = at + 1;
			return &d->relays[at];
		}
	}
	return NULL;
}

static void into_maildir(struct deliver *d, struct deliver_relay *relay,
			 struct acts_mail *mail)
{
	char path[4500], folder[260];
	struct deliver_settled *s;
	struct maildir *dir = NULL;
	struct err err = {0};

	str_copy(folder, sizeof(folder), mail->recipient);
	for (char *at = folder; *at; at++)
		if (*at == '/' || (at == folder && *at == '.'))
			*at = '_';
	(void)snprintf(path, sizeof(path), "%s/%s", relay->settings->path, folder);
	if (maildir_open(path, true, &dir, &err) &&
	    maildir_deliver(dir, mail->bytes.bytes, mail->bytes.len, clock_now(), NULL,
			    &err)) {
		s = settle(d, mail, ACTS_SENT, relay->settings->name, 0);
		(void)snprintf(s->words, sizeof(s->words), "stored in %s", folder);
	} else {
		log_line(LOG_ERROR, "relay %s: %s", relay->settings->name, err.text);
		(void)settle(d, mail, ACTS_UNTOUCHED, relay->settings->name,
			     SETUP_WAIT_S);
	}
	maildir_close(&dir);
	buf_clear(&mail->bytes);
}

static void onto_wire(struct deliver *d, struct deliver_relay *relay,
		      struct acts_mail *mail)
{
	struct smtp_mail m;
	size_t at = 0;

	while (at < d->places && d->flying[at].relay)
		at++;
	ASSERT(at < d->places);
	d->flying[at].mail = *mail;
	d->flying[at].relay = relay;
	d->in_flight++;
	buf_str(&d->flying[at].mail.bytes, ".\r\n");
	m = (struct smtp_mail){
		.id = (int64_t)at,
		.sender = d->flying[at].mail.sender,
		.recipient = d->flying[at].mail.recipient,
		.bytes = d->flying[at].mail.bytes.bytes,
		.len = d->flying[at].mail.bytes.len,
	};
	smtp_pool_send(relay->pool, &m, clock_mono_ms());
}

static bool is_known(const struct deliver *d, const char *relay)
{
	for (size_t i = 0; i < d->relay_count; i++)
		if (!relay || str_eq(d->relays[i].settings->name, relay))
			return true;
	return false;
}

void deliver_write(struct deliver *d)
{
	for (size_t i = 0; i < d->claimed_count; i++) {
		struct acts_mail *mail = &d->claimed[i];
		struct deliver_relay *relay = relay_for(d, mail);

		if (relay && relay->pool) {
			onto_wire(d, relay, mail);
		} else if (relay) {
			into_maildir(d, relay, mail);
		} else {
			/* Its own relay has no connection free now. */
			if (!is_known(d, mail->relay))
				log_line(LOG_ERROR,
					 "there is no relay \"%s\" in the settings",
					 mail->relay);
			(void)settle(d, mail, ACTS_UNTOUCHED, NULL,
				     is_known(d, mail->relay) ? 1 : NO_RELAY_WAIT_S);
			buf_clear(&mail->bytes);
		}
	}
	d->claimed_count = 0;
}

void deliver_drop_claimed(struct deliver *d)
{
	for (size_t i = 0; i < ARRAY_LEN(d->claimed); i++)
		buf_clear(&d->claimed[i].bytes);
	d->claimed_count = 0;
}

void deliver_forget_settled(struct deliver *d)
{
	d->settled_count = 0;
}

void deliver_wait(struct deliver *d, int64_t ms)
{
	struct pollfd p = {.fd = d->epoll_fd, .events = POLLIN};
	int64_t now = clock_mono_ms();

	for (size_t i = 0; i < d->relay_count; i++)
		if (d->relays[i].pool)
			ms = smtp_pool_due_ms(d->relays[i].pool, now, ms);
	if (poll(&p, 1, (int)ms) < 0)
		return; /* a signal: the caller looks for the stop */
}

const char *deliver_trouble(const struct deliver *d)
{
	for (size_t i = 0; i < d->relay_count; i++) {
		struct smtp_pool_state state;

		if (!d->relays[i].pool)
			continue;
		smtp_pool_state(d->relays[i].pool, &state);
		if (state.failures)
			return state.trouble_text;
	}
	return NULL;
}
