#include "daemon/deliver.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/str.h"
#include "mail/write/dkim.h"
#include "smtp/smtp.h"

#include <poll.h>
#include <sys/epoll.h>

static void make_places(struct deliver *d, size_t count)
{
	struct arena *a = d->run->arena;

	d->place_count = count;
	d->places = arena_make(a, struct deliver_place, count);
	d->free = arena_make(a, struct incoming_mail *, count);
	d->taken = arena_make(a, struct incoming_mail *, count);
	d->settled = arena_make(a, struct deliver_place *, count);
	while (d->free_count < count) {
		d->free[d->free_count] = &d->places[count - 1 - d->free_count].mail;
		d->free_count++;
	}
}

static bool open_lookups(struct deliver *d, struct err *err)
{
	struct epoll_event event = {.events = EPOLLIN};

	if (!rate_limit_wants_mx(d->rate_limit))
		return true;
	if (!mx_open(d->run->settings->resolver, &d->mx, err))
		return err_prefix(err, "%s: sending.resolver", d->run->settings->file);
	rate_limit_lookups(d->rate_limit, d->mx);
	return epoll_ctl(d->epoll_fd, EPOLL_CTL_ADD, mx_fd(d->mx), &event) == 0 ||
	       err_set(err, ERR_SYSTEM, "epoll: no room");
}

static bool take_keys(struct deliver *d, struct err *err)
{
	const struct settings *s = d->run->settings;

	if (!s->dkim_count)
		return true;
	d->keys = dkim_keys_new();
	for (size_t i = 0; i < s->dkim_count; i++)
		if (!d->run->dkim_keys[i] ||
		    !dkim_keys_add(d->keys, s->dkim[i].domain, s->dkim[i].selector,
				   d->run->dkim_keys[i], err))
			return err_prefix(err, "%s", s->dkim[i].key_file);
	outgoing_sign_with(d->outgoing, d->keys);
	return true;
}

bool deliver_new(struct role_run *run, struct deliver **out, struct err *err)
{
	struct deliver *d = arena_make(run->arena, struct deliver, 1);
	size_t places = 0;

	d->run = run;
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
	for (size_t i = 0; i < d->relay_count; i++) {
		size_t room = 0;

		if (!deliver_relay_open(d, i, &room, err))
			return false;
		places += room;
	}
	d->outgoing = outgoing_new(&run->op);
	d->rate_limit = rate_limit_new(run->settings);
	/* Twice: what is settled keeps its place until the commit that claims the next. */
	make_places(d, places * 2);
	*out = d;
	return take_keys(d, err) && open_lookups(d, err);
}

void deliver_free(struct deliver **deliver)
{
	struct deliver *d = *deliver;

	if (!d)
		return;
	for (size_t i = 0; i < d->relay_count; i++)
		smtp_pool_free(&d->relays[i].pool);
	for (size_t i = 0; i < d->place_count; i++)
		buf_clear(&d->places[i].mail.bytes);
	outgoing_free(&d->outgoing);
	rate_limit_free(&d->rate_limit);
	mx_close(&d->mx);
	dkim_keys_free(&d->keys);
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

static struct deliver_place *place_of(struct incoming_mail *mail)
{
	_Static_assert(offsetof(struct deliver_place, mail) == 0, "a place is its mail");
	return (struct deliver_place *)(void *)mail;
}

void deliver_collect(struct deliver *d)
{
	if (d->mx)
		mx_turn(d->mx, clock_mono_ms());
	for (size_t i = 0; i < d->relay_count; i++)
		if (d->relays[i].pool)
			deliver_relay_collect(d, &d->relays[i]);
}

void deliver_go_on(struct deliver *d)
{
	for (size_t i = 0; i < d->relay_count; i++)
		if (d->relays[i].pool)
			smtp_pool_turn(d->relays[i].pool, clock_mono_ms());
}

size_t deliver_room(struct deliver *d)
{
	size_t room;

	if (d->winding_down)
		return 0;
	for (size_t i = 0; i < d->relay_count; i++)
		deliver_relay_room(d, i);
	room = rate_limit_all_room(d->rate_limit, clock_mono_ms());
	return room < d->free_count ? room : d->free_count;
}

/* The places of the settled are theirs until the commit: only free ones are used. */
bool deliver_take(struct deliver *d, size_t most, bool *out_more, struct err *err)
{
	struct outgoing_taking taking;
	struct incoming_mail **from;
	bool ok;

	if (most > d->free_count)
		most = d->free_count;
	from = d->free + d->free_count - most;
	taking = (struct outgoing_taking){.rate_limit = d->rate_limit,
					  .now_ms = clock_mono_ms(),
					  .places = from,
					  .most = most};
	ok = outgoing_take(d->outgoing, &taking, err);
	d->taken_count = taking.count;
	*out_more = taking.more;
	if (!ok)
		return false;
	memcpy(d->taken, from, d->taken_count * sizeof(*from));
	memmove(from, from + d->taken_count, (most - d->taken_count) * sizeof(*from));
	d->free_count -= d->taken_count;
	return true;
}

void deliver_write(struct deliver *d)
{
	for (size_t i = 0; i < d->taken_count; i++)
		deliver_relay_carry(d, place_of(d->taken[i]));
	d->taken_count = 0;
}

void deliver_drop_taken(struct deliver *d)
{
	for (size_t i = 0; i < d->taken_count; i++) {
		rate_limit_done(d->rate_limit, clock_mono_ms(), &d->taken[i]->ticket,
				NULL);
		d->free[d->free_count++] = d->taken[i];
	}
	d->taken_count = 0;
}

void deliver_forget_settled(struct deliver *d)
{
	for (size_t i = 0; i < d->settled_count; i++)
		d->free[d->free_count++] = &d->settled[i]->mail;
	d->settled_count = 0;
}

void deliver_wait(struct deliver *d, int64_t ms)
{
	struct pollfd p = {.fd = d->epoll_fd, .events = POLLIN};
	int64_t now = clock_mono_ms();

	for (size_t i = 0; i < d->relay_count; i++)
		if (d->relays[i].pool)
			ms = smtp_pool_due_ms(d->relays[i].pool, now, ms);
	if (d->mx)
		ms = mx_due_ms(d->mx, ms);
	if (poll(&p, 1, (int)ms) < 0)
		return; /* a signal: the caller looks for the stop */
}

const char *deliver_trouble(const struct deliver *d)
{
	const char *text = NULL;

	for (size_t i = 0; i < d->relay_count; i++) {
		static struct smtp_pool_state state;

		if (!d->relays[i].pool)
			return NULL;
		smtp_pool_state(d->relays[i].pool, &state);
		if (!state.failures)
			return NULL;
		text = state.trouble_text;
	}
	return text;
}
