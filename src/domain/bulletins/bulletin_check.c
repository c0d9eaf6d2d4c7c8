#include "domain/bulletins/bulletin_check.h"
#include "domain/bulletins/bulletin_audience.h"
#include "domain/bulletins/bulletin_image.h"
#include "domain/bulletins/bulletin_render.h"
#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"

#include <inttypes.h>

enum { CHANGE_TOLD = 10, CHANGE_ODD = 25 }; /* per cent of the audience */

#define SAY(level, rule, ...) \
	bulletin_finding_add(out, arena, level, rule, 0, __VA_ARGS__)

static void say_audience(struct arena *arena, const struct audience_tell *a,
			 struct bulletin_findings *out)
{
	int change = a->percent < 0 ? -a->percent : a->percent;
	const char *get = a->approved_count < 0 ? "would get it"
			  : a->count == 1       ? "gets it, as approved"
						: "get it, as approved";

	if (!a->count)
		SAY(BULLETIN_STOPS, "audience",
		    "Nobody would get it: no subscriber wants its sections.");
	else if (!a->last_number)
		SAY(BULLETIN_FINE, "audience",
		    "%" PRId64 " subscriber%s %s. It is the first of its list.", a->count,
		    plural(a->count, "", "s"), get);
	else
		SAY(change >= CHANGE_ODD ? BULLETIN_LOOK : BULLETIN_FINE, "audience",
		    "%" PRId64 " subscriber%s %s; No. %" PRId64 " went to %" PRId64
		    " (%s%s).",
		    a->count, plural(a->count, "", "s"), get, a->last_number,
		    a->last_count,
		    change < CHANGE_TOLD
			    ? "about the same"
			    : arena_printf(arena, "%+d per cent", a->percent),
		    change >= CHANGE_ODD ? ": do you know why" : "");
	if (a->joined)
		SAY(BULLETIN_FINE, "audience",
		    "%" PRId64 " %s joined since it was approved: they get the next one, "
		    "or have it approved again for %" PRId64 ".",
		    a->joined, plural(a->joined, "has", "have"), a->now_count);
}

/* What the sender wrote down last: limits that hold mail back, relays that are away. */
static bool say_relay(struct operation *op, struct arena *arena, const struct bulletin *b,
		      struct bulletin_findings *out, struct err *err)
{
	const struct settings *s = op->settings;
	struct store_table told;
	bool known = !b->list.relay;
	size_t said = 0;

	if (!s->relay_count)
		SAY(BULLETIN_STOPS, "relay",
		    "The settings name no relay, so no mail can go out.");
	for (size_t i = 0; i < s->relay_count && b->list.relay; i++)
		known = known || str_eq(s->relays[i].name, b->list.relay);
	if (!known)
		SAY(BULLETIN_STOPS, "relay",
		    "Its list goes through the relay \"%s\", which is not in the settings.",
		    b->list.relay);
	if (!store_all(op->store, arena, &told, err, SQL_RATE_LIMIT_ALL, ""))
		return false;
	for (size_t i = 0; i < told.count; i++) {
		struct store_row row = table_row(&told, i);
		int64_t until_at = row_int(&row, "until_at");

		if (until_at && until_at <= op->now)
			continue;
		said++;
		SAY(BULLETIN_LOOK, "relay", "Mail waits now: %s.",
		    row_text(&row, "reason"));
	}
	if (s->relay_count && known && !said)
		SAY(BULLETIN_FINE, "relay", "Nothing holds mail back at the relay%s.",
		    plural(s->relay_count, "", "s"));
	return true;
}

static bool say_last_subject(struct operation *op, struct arena *arena,
			     const struct bulletin *b, const char *subject,
			     struct bulletin_findings *out, struct err *err)
{
	struct bulletin_mail mail;
	struct bulletin last;
	struct store_row row;
	struct err why = {0};

	if (!store_one(op->store, arena, &row, err, SQL_BULLETIN_WENT_BEFORE, "ii",
		       b->list.id, b->number))
		return err_forgive(err, ERR_ABSENT);
	if (bulletin_by_id(op, arena, row_int(&row, "id"), &last, &why) &&
	    bulletin_render_mail(op, arena, &last,
				 &(struct bulletin_reading){.date_at = op->now}, &mail,
				 &why) &&
	    str_eq(mail.subject, subject))
		SAY(BULLETIN_LOOK, "subject",
		    "No. %" PRId64
		    " had the same subject: mail programs may show them as one.",
		    last.number);
	return true;
}

/* Which topics of the source anybody has chosen. */
static const bool *chosen_topics(struct arena *arena, const struct bulletin *b,
				 const struct audience_tell *a)
{
	bool *chosen = arena_make(arena, bool, b->source->topic_count + 1);

	for (size_t t = 0; t < b->source->topic_count; t++)
		for (size_t i = 0; i < a->topic_count; i++)
			if (a->topics[i].chosen &&
			    bulletin_choice(b, (int64_t)1 << i) & (uint64_t)1 << t)
				chosen[t] = true;
	return chosen;
}

/* Of a text that cannot be read yet only that is told. */
static bool check(struct operation *op, struct arena *arena, const struct bulletin *b,
		  const char *name, const char *text, size_t len,
		  struct bulletin_findings *out, struct err *err)
{
	struct bulletin_check_in in = {.name = name,
				       .text = text,
				       .len = len,
				       .source = b->source,
				       .images = &b->images,
				       .own_url = op->settings->base_url};
	struct audience_tell audience = {0};
	struct bulletin_mail mail = {0};
	char today[CLOCK_TEXT];
	struct err why = {0};
	bool rendered = false;

	bool whole = b->list.id && !b->source->unreadable;

	clock_day(op->now, op->settings->zone, today);
	in.today = today;
	if (whole) {
		if (!bulletin_audience_tell(op, arena, b, &audience, err))
			return false;
		in.chosen = chosen_topics(arena, b, &audience);
		rendered = bulletin_render_mail(
			op, arena, b,
			&(struct bulletin_reading){
				.sections = bulletin_variant(b->source, BULLETIN_ALL),
				.date_at = op->now},
			&mail, &why);
		in.subject = mail.subject;
		in.html = mail.html;
	}
	bulletin_check(arena, &in, out);
	if (!whole)
		return true;
	if (!rendered)
		SAY(BULLETIN_STOPS, "front", "It cannot be made into a mail: %s.",
		    why.text);
	say_audience(arena, &audience, out);
	return say_relay(op, arena, b, out, err) &&
	       (!rendered || say_last_subject(op, arena, b, mail.subject, out, err));
}

bool bulletin_check_stored(struct operation *op, struct arena *arena,
			   const struct bulletin *b, struct bulletin_findings *out,
			   struct err *err)
{
	const char *name = arena_printf(arena, "%s #%" PRId64, b->list.name, b->number);
	struct err why = {0};

	if (!check(op, arena, b, name, b->source_text, strlen(b->source_text), out, err))
		return false;
	if (b->source->unreadable)
		return true;
	if (bulletin_approved(op, b, &why))
		SAY(BULLETIN_FINE, "approval", "It is approved as it stands.");
	else if (why.kind != ERR_CONFLICT)
		return *err = why, false;
	else if (!str_eq(b->state, "draft"))
		SAY(BULLETIN_STOPS, "approval", "%s.", why.text);
	return true;
}

bool bulletin_check_stored_text(struct operation *op, struct arena *arena,
				struct bulletin_key key, const char *text,
				struct bulletin_findings *out, struct err *err)
{
	struct bulletin b = {0}, stored;
	struct err why = {0};
	int64_t mask;
	bool all;

	if (key.number) {
		if (!bulletin_load(op, arena, key.list, key.number, &stored, err))
			return false;
		b = stored;
	}
	b.source = bulletin_source_draft(arena, text, &b.images);
	if (b.source->unreadable)
		return check(op, arena, &b, "line", text, strlen(text), out, err);
	if (!list_named(op, arena, b.source->list, &b.list, &why)) {
		b.list.id = 0;
		if (why.kind != ERR_ABSENT && why.kind != ERR_INPUT)
			return *err = why, false;
	}
	if (!check(op, arena, &b, "line", text, strlen(text), out, err))
		return false;
	if (!b.list.id)
		SAY(BULLETIN_STOPS, "front", "%s.", why.text);
	else if (key.list && !str_eq(key.list, b.list.name))
		SAY(BULLETIN_STOPS, "front",
		    "The first lines name the list \"%s\", not \"%s\".", b.list.name,
		    key.list);
	for (size_t i = 0; b.list.id && i < b.source->topic_count; i++)
		if (!topics_read(&b.list, b.source->topics[i], &mask, &all, &why))
			SAY(BULLETIN_STOPS, "topics", "%s.", why.text);
	return true;
}
