#include "domain/leaks/leak_known.h"
#include "base/str.h"
#include "leak/contacts.h"

enum { ADDRESS_LEAST = 6, OWN_ADDRESS = 320 };

void leak_known_begin(struct leak_known *k)
{
	*k = (struct leak_known){.names = leak_names_new(),
				 .contacts = leak_names_new(),
				 .passages = leak_passages_new()};
}

void leak_known_end(struct leak_known *k)
{
	leak_names_free(&k->names);
	leak_names_free(&k->contacts);
	leak_passages_free(&k->passages);
	leak_letters_clear(&k->letters);
}

/* An address in place of a name names its owner as an address does. */
static void add_person(struct leak_known *k, const char *name, int64_t of)
{
	if (!name)
		return;
	if (strchr(name, '@'))
		leak_names_add(k->names, LEAK_EMAIL, name, of);
	else
		leak_names_person(k->names, name, of);
}

static void add_address(struct leak_known *k, const char *address, int64_t of)
{
	if (address && strchr(address, '@'))
		leak_names_add(k->names, LEAK_EMAIL, address, of);
}

static bool load_people(struct operation *op, int64_t consultation_id,
			struct leak_known *k, struct err *err)
{
	struct store_rows rows;
	enum store_step step;

	if (!store_rows_begin(op->store, &rows, err, SQL_LEAK_PEOPLE, "i",
			      consultation_id))
		return false;
	while ((step = store_rows_next(&rows, err)) == STORE_ROW) {
		int64_t of = store_rows_int(&rows, 0);
		const char *organisation = store_rows_text(&rows, 6);

		for (int column = 1; column <= 3; column++)
			add_person(k, store_rows_text(&rows, column), of);
		add_address(k, store_rows_text(&rows, 4), of);
		add_address(k, store_rows_text(&rows, 5), of);
		if (!str_blank(organisation))
			leak_names_add(k->names, LEAK_ORGANISATION, organisation, of);
	}
	if (step != STORE_END ||
	    !store_rows_begin(op->store, &rows, err, SQL_LEAK_ADDRESSES, "i",
			      consultation_id))
		return false;
	while ((step = store_rows_next(&rows, err)) == STORE_ROW)
		add_address(k, store_rows_text(&rows, 1), store_rows_int(&rows, 0));
	return step == STORE_END;
}

/* --- heard --------------------------------------------------------------- */

struct hearing {
	struct leak_known *k;
	int64_t of;
	char own[OWN_ADDRESS]; /* of the consultation: everybody may have it */
};

static void keep_contact(void *with, const struct leak_contact *c)
{
	struct hearing *h = with;

	if (c->kind == LEAK_EMAIL && str_ieq(c->text, h->own))
		return;
	if (c->kind == LEAK_ADDRESS && strlen(c->text) < ADDRESS_LEAST)
		return;
	leak_names_add(h->k->contacts, c->kind, c->text, h->of);
}

static bool hear_own(struct operation *op, int64_t consultation_id, struct hearing *h,
		     struct err *err)
{
	struct store_rows rows;
	enum store_step step;

	if (!store_rows_begin(op->store, &rows, err, SQL_LEAK_OWN_WORDS, "i",
			      consultation_id))
		return false;
	while ((step = store_rows_next(&rows, err)) == STORE_ROW) {
		const char *text = str_or(store_rows_text(&rows, 0), "");
		const char *address = store_rows_text(&rows, 1);

		leak_letters_read(&h->k->letters, text, strlen(text), LEAK_SEEN);
		leak_passages_hear(h->k->passages, &h->k->letters, LEAK_HEARD_OPEN, 0);
		if (address)
			str_copy(h->own, sizeof(h->own), address);
	}
	return step == STORE_END;
}

static bool hear_responses(struct operation *op, int64_t consultation_id,
			   struct hearing *h, struct err *err)
{
	struct leak_known *k = h->k;
	struct store_rows rows;
	enum store_step step;

	if (!store_rows_begin(op->store, &rows, err, SQL_LEAK_TEXTS, "i",
			      consultation_id))
		return false;
	while ((step = store_rows_next(&rows, err)) == STORE_ROW) {
		const char *text = str_or(store_rows_text(&rows, 1), "");

		h->of = store_rows_int(&rows, 0);
		leak_letters_read(&k->letters, text, strlen(text), LEAK_SEEN);
		leak_passages_hear(k->passages, &k->letters,
				   store_rows_int(&rows, 3) ? LEAK_HEARD_OPEN
							    : LEAK_HEARD_CLOSED,
				   h->of);
		leak_names_hear(k->names, &k->letters);
		if (!store_rows_int(&rows, 2))
			leak_contacts(text, keep_contact, h);
	}
	return step == STORE_END;
}

bool leak_known_load(struct operation *op, int64_t consultation_id, struct leak_known *k,
		     struct err *err)
{
	struct hearing h = {.k = k};

	if (!load_people(op, consultation_id, k, err))
		return false;
	leak_names_seal(k->names);
	if (!hear_own(op, consultation_id, &h, err) ||
	    !hear_responses(op, consultation_id, &h, err))
		return false;
	leak_names_seal(k->contacts);
	return true;
}
