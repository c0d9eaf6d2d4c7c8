/*
 * What the lines before would have put into the store, for one that is looked at: their
 * addresses, and wordings of their own. Kept as hashes, for a file may have millions.
 */
#include "domain/core/plus_address.h"
#include "domain/imports/subscriber_import_private.h"
#include "base/str.h"
#include "store/apart.h"

enum { FIRST_ROOM = 1024 };

/* Of the hashes, each where its low half says or behind that; zeros: free. */
struct import_seen {
	struct apart_key *keys;
	size_t room, count; /* room is a power of two, and never full */
	int64_t last_version;
};

struct import_seen *import_seen_new(struct arena *arena)
{
	struct import_seen *seen = arena_make(arena, struct import_seen, 1);

	seen->room = FIRST_ROOM;
	seen->keys = calloc(seen->room, sizeof(*seen->keys));
	if (!seen->keys)
		PANIC("no memory for what an import has seen");
	return seen;
}

void import_seen_free(struct import_seen *seen)
{
	free(seen->keys);
	seen->keys = NULL;
}

static struct apart_key *place(const struct import_seen *seen,
			       const struct apart_key *key)
{
	size_t at = (size_t)key->low & (seen->room - 1);

	for (;; at = (at + 1) & (seen->room - 1)) {
		struct apart_key *there = &seen->keys[at];

		if ((there->high == key->high && there->low == key->low) ||
		    (!there->high && !there->low))
			return there;
	}
}

static void make_room(struct import_seen *seen)
{
	struct import_seen more = {.room = seen->room * 2};

	more.keys = calloc(more.room, sizeof(*more.keys));
	if (!more.keys)
		PANIC("no memory for what an import has seen");
	for (size_t i = 0; i < seen->room; i++)
		if (seen->keys[i].high || seen->keys[i].low)
			*place(&more, &seen->keys[i]) = seen->keys[i];
	free(seen->keys);
	seen->keys = more.keys;
	seen->room = more.room;
}

/* False: it was there already. */
static bool put(struct import_seen *seen, const struct apart_key *key)
{
	struct apart_key *there = place(seen, key);

	if (there->high || there->low)
		return false;
	*there = *key;
	if (++seen->count > seen->room / 2)
		make_room(seen);
	return true;
}

static struct apart_key key_of(const char *what, const char *text, const char *more)
{
	struct apart_key key;

	apart_key_begin(&key, what);
	apart_key_text(&key, text);
	apart_key_text(&key, more);
	return key;
}

static bool has(const struct import_seen *seen, const char *what, const char *text,
		const char *more)
{
	struct apart_key key = key_of(what, text, more);
	const struct apart_key *there = place(seen, &key);

	return there->high || there->low;
}

static void keep(struct import_seen *seen, const char *what, const char *text,
		 const char *more)
{
	struct apart_key key = key_of(what, text, more);

	(void)!put(seen, &key);
}

bool import_seen_address(struct import_run *im, const char *address, bool *out_first,
			 struct err *err)
{
	const char *text, *plain;
	struct apart_key key;

	if (!address_read(im->arena, address, &text, &plain, err))
		return false;
	key = key_of("address", text, NULL);
	*out_first = put(im->seen, &key);
	return true;
}

const char *import_wording_text(const struct import_run *im,
				const struct roster_person *p)
{
	return *p->version ? p->wording
			   : str_or(p->wording, str_or(im->plan->wording, ""));
}

bool import_wording_unknown(const char *version, struct err *err)
{
	return err_set(err, ERR_INPUT,
		       "the wording of version \"%.40s\" is not known; give its words in "
		       "the column wording",
		       version);
}

bool import_wording_other(const char *version, struct err *err)
{
	return err_set(err, ERR_INPUT,
		       "version \"%.40s\" has other words on this list; give these words "
		       "a version of their own",
		       version);
}

/* Words without a version get the one after the last that is a number. */
static bool look_text(struct import_run *im, const char *text, struct import_wording *out,
		      struct err *err)
{
	struct store_row row;
	int64_t next;

	if (has(im->seen, "text", text, NULL))
		return true;
	if (store_one(im->op->store, im->arena, &row, err, SQL_WORDING_BY_TEXT, "it",
		      im->list->id, text))
		return true;
	if (!err_forgive(err, ERR_ABSENT) ||
	    !store_one(im->op->store, im->arena, &row, err, SQL_WORDING_NEXT, "i",
		       im->list->id))
		return false;
	next = strtoll(row_text(&row, "version"), NULL, 10);
	if (next <= im->seen->last_version)
		next = im->seen->last_version + 1;
	*out = (struct import_wording){
		.version = arena_printf(im->arena, "%lld", (long long)next),
		.text = text};
	return true;
}

bool import_wording_look(struct import_run *im, const struct roster_person *p,
			 struct import_wording *out, struct err *err)
{
	const char *text = import_wording_text(im, p);
	const char *version = p->version;
	struct store_row row;

	if (!*version)
		return !*text || look_text(im, text, out, err);
	if (store_one(im->op->store, im->arena, &row, err, SQL_WORDING_BY_VERSION, "it",
		      im->list->id, version))
		return !*text || str_eq(row_text(&row, "text"), text) ||
		       import_wording_other(version, err);
	if (!err_forgive(err, ERR_ABSENT))
		return false;
	if (has(im->seen, "version", version, NULL))
		return !*text || has(im->seen, "wording", version, text) ||
		       import_wording_other(version, err);
	if (!*text)
		return import_wording_unknown(version, err);
	*out = (struct import_wording){.version = version, .text = text};
	return true;
}

void import_wording_seen(struct import_run *im, const struct import_wording *wording)
{
	int64_t number;

	if (!wording->version)
		return;
	keep(im->seen, "version", wording->version, NULL);
	keep(im->seen, "wording", wording->version, wording->text);
	keep(im->seen, "text", wording->text, NULL);
	number = strtoll(wording->version, NULL, 10);
	if (number > im->seen->last_version)
		im->seen->last_version = number;
}
