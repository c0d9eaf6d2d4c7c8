/* Who responds, out of a form that came back. */
#include "base/str.h"
#include "ownform/ownform_private.h"

static const struct own_item *detail_item(const struct own_form_text *t, int d)
{
	for (size_t i = 0, n = 0; i < t->layout.count; i++) {
		const struct own_item *item = &t->layout.items[i];

		if ((item->kind == OWN_FIELD || item->kind == OWN_CHOICE) &&
		    n++ == (size_t)d)
			return item;
	}
	return NULL;
}

/* One line of what was typed, or NULL. */
static const char *value_of(const struct own_form_text *t, struct own_span at)
{
	AUTO(buf) line = buf_new(FORM_VALUE_MOST);
	size_t n;

	for (size_t i = at.from; i < at.to;) {
		n = str_unseen(t->text + i, at.to - i);
		if (n) {
			size_t next = own_seen(t->text, i, at.to);

			buf_char(line, ' ');
			i = next;
			continue;
		}
		buf_char(line, t->text[i++]);
	}
	return line->len && !buf_cut(line) ? arena_strdup(t->arena, buf_text(line))
					   : NULL;
}

static size_t line_of(const struct own_form_text *t, size_t at)
{
	size_t line = 1;

	for (size_t i = 0; i < at; i++)
		line += t->text[i] == '\n';
	return line;
}

/* A choice of who responds as a reading; what is not clear grants nothing. */
static void add_reading(struct own_form_text *t, enum form_field field,
			const struct own_picked *p, const int *values)
{
	struct form *form = t->out->details;
	struct form_reading r = {.field = field, .how = FORM_CHOSEN};
	int option = 0;

	r.line = line_of(t, p->at.from);
	if (!p->any) {
		form->listed[field] = true;
		form->listed_line[field] = r.line;
		return;
	}
	while (p->chosen && !(p->chosen >> option & 1))
		option++;
	r.doubtful = !p->chosen;
	r.bound = p->chosen ? (struct form_bound){values[option], values[option]}
			    : (struct form_bound){FORM_NOTHING, form_top(field)};
	r.words = arena_strndup(t->arena, t->text + p->at.from, p->at.to - p->at.from);
	form_add_reading(form, &r);
}

void own_details_take(struct own_form_text *t)
{
	static const int types[] = {FORM_INDIVIDUAL, FORM_ORGANISATION},
			 permissions[] = {FORM_PUBLISH_NAME, FORM_PUBLISH_NAMELESS,
					  FORM_PUBLISH_NONE},
			 contact[] = {FORM_CONTACT_YES, FORM_CONTACT_NO};
	struct form *form = t->out->details;

	form->name = value_of(t, t->detail_at[OWN_NAME]);
	form->name_line = line_of(t, t->detail_at[OWN_NAME].from);
	form->organisation = value_of(t, t->detail_at[OWN_ORGANISATION]);
	form->organisation_line = line_of(t, t->detail_at[OWN_ORGANISATION].from);
	t->out->email = value_of(t, t->detail_at[OWN_EMAIL]);
	add_reading(t, FORM_TYPE, &t->picked[OWN_TYPE], types);
	add_reading(t, FORM_PERMISSION, &t->picked[OWN_PERMISSION], permissions);
	add_reading(t, FORM_CONTACT, &t->picked[OWN_CONTACT], contact);
}

bool own_details_read(struct own_form_text *t, size_t end)
{
	struct own_span label[OWN_DETAILS + 1], within = {t->reference.to, end};

	for (int d = 0; d < OWN_DETAILS; d++) {
		if (!own_line(t->text, within, detail_item(t, d)->words, OWN_BEGINS,
			      &label[d]))
			return false;
		within.from = label[d].to;
	}
	label[OWN_DETAILS].from = end;
	own_set(t, (struct own_span){t->reference.from, end}, OF_FORM);
	for (int d = 0; d < OWN_DETAILS; d++) {
		const struct own_item *item = detail_item(t, d);
		struct own_span at = {label[d].to, label[d + 1].from};

		if (item->kind == OWN_FIELD) {
			t->detail_at[d] = own_typed(t->text, at, own_prompt_line);
			own_set(t, t->detail_at[d], DETAIL);
			continue;
		}
		own_pick(t->text, at, item, &t->picked[d]);
		own_set(t, t->picked[d].at, DETAIL);
		own_set(t, (struct own_span){t->picked[d].left, at.to}, ANSWER);
	}
	return true;
}
