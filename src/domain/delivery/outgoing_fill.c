/* An update rendered once for each set of sections, and a recipient's copy of it. */
#include "domain/core/plus_address.h"
#include "domain/bulletins/bulletin_image.h"
#include "domain/bulletins/bulletin_render.h"
#include "domain/delivery/outgoing_private.h"
#include "base/clock.h"
#include "base/str.h"

enum { VARIANTS_MOST = 256 };

bool outgoing_relay_known(const struct outgoing *o, const char *relay)
{
	const struct settings *s = o->op->settings;

	for (size_t i = 0; relay && i < s->relay_count; i++)
		if (str_eq(s->relays[i].name, relay))
			return true;
	return !relay;
}

/* Only what is approved and has a way out is kept: otherwise held, and *out is NULL. */
static bool load(struct outgoing *o, struct outgoing_bulletin *r, int64_t id,
		 struct outgoing_bulletin **out, struct err *err)
{
	struct err why = {0};

	outgoing_drop(r);
	*out = NULL;
	r->arena = arena_new(1 << 16);
	if (!bulletin_by_id(o->op, r->arena, id, &r->bulletin, &why) ||
	    !bulletin_approved(o->op, &r->bulletin, &why)) {
		if (why.kind == ERR_INPUT || why.kind == ERR_CONFLICT)
			return bulletin_hold(o->op, id, why.text, err);
		*err = why;
		return false;
	}
	if (!outgoing_relay_known(o, r->bulletin.list.relay))
		return bulletin_hold(
			o->op, id,
			arena_printf(o->turn,
				     "its list goes through the relay \"%s\", which is "
				     "not in the settings",
				     r->bulletin.list.relay),
			err);
	if (!bulletin_pictures(o->op, r->arena, &r->bulletin, &r->pictures, err))
		return false;
	r->variants = arena_make(r->arena, struct outgoing_variant, VARIANTS_MOST);
	r->id = id;
	*out = r;
	return true;
}

bool outgoing_bulletin_of(struct outgoing *o, int64_t id, struct outgoing_bulletin **out,
			  struct err *err)
{
	struct outgoing_bulletin *r = &o->running[0];

	for (size_t i = 0; i < OUTGOING_BULLETINS; i++) {
		if (o->running[i].id == id) {
			*out = &o->running[i];
			return true;
		}
		if (o->running[i].used < r->used)
			r = &o->running[i];
	}
	return load(o, r, id, out, err);
}

static bool prepare(struct outgoing *o, struct outgoing_bulletin *r,
		    struct outgoing_variant *v, struct err *err)
{
	AUTO(arena) a = arena_new(1 << 17); /* rendering takes more than what is kept */
	const struct list *l = &r->bulletin.list;
	struct bulletin_mail rendered;
	const char *leave = address_with(a, l->address, "leave-" COMPOSE_TOKEN_MARK);
	const char *at = strrchr(l->address, '@');
	struct compose_mail mail = {
		.from_name = str_or(r->bulletin.source->from_name, l->from_name),
		.from_address = l->address,
		.reply_to = l->address,
		.date_at = r->bulletin.started_at,
		.list_id = arena_printf(a, "%s.%s", l->name, at + 1),
		.list_name = l->title,
		.list_help =
			arena_printf(a, "mailto:%s", address_with(a, l->address, "help")),
		.list_subscribe =
			arena_printf(a, "mailto:%s", address_with(a, l->address, "join")),
		.list_owner = arena_printf(a, "mailto:%s", l->owner),
		.list_archive = list_url(o->op, a, l, ""),
		.list_post_no = true,
		.list_unsubscribe_mailto = arena_printf(a, "mailto:%s", leave),
		.list_unsubscribe_https =
			one_click_url(o->op, a, "leave", COMPOSE_TOKEN_MARK),
	};

	if (!bulletin_render_mail(
		    o->op, a, &r->bulletin,
		    &(struct bulletin_reading){.sections = v->sections,
					       .date_at = r->bulletin.started_at},
		    &rendered, err))
		return false;
	mail.subject = rendered.subject;
	mail.text = rendered.text;
	mail.html = rendered.html;
	mail.pictures = r->pictures;
	mail.picture_count = r->bulletin.images.count;
	arena_free(&v->arena);
	v->arena = arena_new(1 << 15);
	return compose_prepare(v->arena, &mail, &v->prepared, err);
}

/* More sets of sections than are kept: the one that was not asked for longest goes. */
static struct compose_prepared *variant_of(struct outgoing *o,
					   struct outgoing_bulletin *r, uint64_t sections,
					   struct err *err)
{
	struct outgoing_variant *v = r->variants, *oldest = v;

	for (; v < r->variants + r->variant_count; v++) {
		if (v->sections == sections && v->prepared) {
			v->used = o->turns;
			return v->prepared;
		}
		if (v->used < oldest->used)
			oldest = v;
	}
	if (r->variant_count < VARIANTS_MOST)
		r->variant_count++;
	else
		v = oldest;
	v->prepared = NULL;
	v->sections = sections;
	v->used = o->turns;
	return prepare(o, r, v, err) ? v->prepared : NULL;
}

void outgoing_drop(struct outgoing_bulletin *r)
{
	for (size_t i = 0; i < r->variant_count; i++)
		arena_free(&r->variants[i].arena);
	arena_free(&r->arena);
	*r = (struct outgoing_bulletin){0};
}

void outgoing_ready(struct incoming_mail *m, enum incoming_kind kind, int64_t id,
		    const char *sender, const char *recipient)
{
	m->kind = kind;
	m->id = id;
	str_copy(m->sender, sizeof(m->sender), sender);
	str_copy(m->recipient, sizeof(m->recipient), recipient);
	if (m->bytes.max)
		buf_reset(&m->bytes);
	else
		buf_init(&m->bytes, OUTGOING_MAIL_MOST);
}

/* A field's place is the front; moving what stands there costs less than one hash of it. */
void outgoing_finish(struct outgoing *o, struct incoming_mail *m)
{
	struct buf *s = &o->signature;
	size_t len = m->bytes.len;

	if (o->keys) {
		buf_reset(s);
		dkim_sign(o->keys, m->bytes.bytes, len, o->op->now, s);
		buf_add(&m->bytes, s->bytes, s->len); /* room */
		memmove(m->bytes.bytes + s->len, m->bytes.bytes, len);
		if (s->len)
			memcpy(m->bytes.bytes, s->bytes, s->len);
	}
	buf_str(&m->bytes, ".\r\n");
}

bool outgoing_fill(struct outgoing *o, struct outgoing_bulletin *r,
		   const struct outgoing_recipient *who, struct incoming_mail *m,
		   struct err *err)
{
	const struct list *l = &r->bulletin.list;
	uint64_t sections = bulletin_variant(
		r->bulletin.source, who->all_topics ? BULLETIN_ALL : who->choice);
	struct compose_prepared *p = variant_of(o, r, sections, err);
	const char *values[COMPOSE_SLOTS] = {0}, *at = strrchr(l->address, '@');
	char leave[SECRET_TOKEN_LEN + 1], bounce[SECRET_TOKEN_LEN + 1],
		message[SECRET_TOKEN_LEN + 1], sender[260];

	if (!p)
		return false;
	secret_token(o->op->key, "leave", who->subscription_id, leave);
	secret_token(o->op->key, "bounce", who->delivery_id, bounce);
	secret_token(o->op->key, "message", who->delivery_id, message);
	(void)snprintf(sender, sizeof(sender), "%.*s+b-%s%s", (int)(at - l->address),
		       l->address, bounce, at);
	outgoing_ready(m, DELIVERY, who->delivery_id, sender, who->address);
	if (!compose_address_header(o->turn, who->name, who->address, &values[COMPOSE_TO],
				    err))
		return false;
	values[COMPOSE_MESSAGE_ID] =
		arena_printf(o->turn, "u.%s@%s", message, o->op->settings->own_domain);
	values[COMPOSE_TOKEN] = leave;
	if (!compose_fill(p, values, &m->bytes, err))
		return false;
	outgoing_finish(o, m);
	return true;
}
