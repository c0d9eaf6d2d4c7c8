/* Whether mail comes in and goes out, as the roles noted it last. */
#include "domain/queue/lost.h"
#include "domain/safeguarding/flag_tell.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/frame/words.h"

static const struct store_row *lost(const struct store_table *all, const char *kind,
				    const char *name, struct store_row *room)
{
	for (size_t i = 0; i < all->count; i++) {
		*room = table_row(all, i);
		if (str_eq(row_text(room, "kind"), kind) &&
		    str_eq(row_text(room, "name"), name))
			return room;
	}
	return NULL;
}

static void add(struct web_request *r, struct template_value *list,
		const struct store_table *all, const char *kind, const char *name)
{
	struct template_value *one = template_add_map(list);
	struct store_row room;
	const struct store_row *found = lost(all, kind, name, &room);

	template_set(one, "name", name);
	template_set_bool(one, "lost", found != NULL);
	template_set(one, "since", found ? staff_when(r, row_int(found, "at")) : NULL);
}

/* How many, since when; nothing of any of them. */
static bool add_flags(struct web_request *r, struct template_value *v, struct err *err)
{
	struct flag_trouble t;
	struct flag_lead lead;

	if (!flag_lead_now(r->op, r->arena, &lead, err) ||
	    !flag_trouble_now(r->op, r->arena, &t, err))
		return false;
	template_set(v, "lead", lead.name);
	template_set(v, "lead_wrong",
		     lead.wrong ? page_sentence(r->arena, lead.wrong) : NULL);
	template_set_bool(v, "any_flag_trouble", t.overdue || t.untold || t.unsent);
	if (t.overdue)
		staff_number(v, "overdue", t.overdue);
	if (t.untold)
		staff_number(v, "untold", t.untold);
	if (t.unsent)
		staff_number(v, "unsent", t.unsent);
	template_set(v, "overdue_since", staff_when(r, t.overdue_at));
	template_set(v, "untold_since", staff_when(r, t.untold_at));
	template_set(v, "unsent_since", staff_when(r, t.unsent_at));
	return true;
}

void staff_health(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Health", "health"), *boxes, *relays,
			      *roles;
	const struct settings *s = r->op->settings;
	struct store_table all;
	struct err err = {0};

	if (!lost_for(r->op, r->arena, 0, &all, &err) || !add_flags(r, v, &err)) {
		staff_failed(r, &err);
		return;
	}
	boxes = template_set_list(v, "mailboxes");
	for (size_t i = 0; i < s->mailbox_count; i++)
		add(r, boxes, &all, "mailbox", s->mailboxes[i].name);
	relays = template_set_list(v, "relays");
	for (size_t i = 0; i < s->relay_count; i++)
		add(r, relays, &all, "relay", s->relays[i].name);
	roles = template_set_list(v, "roles");
	for (size_t i = 0; i < all.count; i++) {
		struct store_row row = table_row(&all, i);

		if (str_eq(row_text(&row, "kind"), "role"))
			add(r, roles, &all, "role", row_text(&row, "name"));
	}
	staff_page(r, "web/staff/health.html", v);
}
