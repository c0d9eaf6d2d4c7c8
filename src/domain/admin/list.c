#include "domain/admin/list.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "base/str.h"

static const char *const visibilities[] = {
	[LIST_BY_ENTRY] = "",
	[LIST_PUBLIC] = "public",
	[LIST_UNLISTED] = "unlisted",
	[LIST_PRIVATE] = "private",
};

enum { LIST_LOCAL_MOST = 16 };

static const char USUAL_WORDING[] =
	"We keep your address to send you this bulletin, and for nothing else. We keep a "
	"record of when and how you joined. You can leave at any time, in one step, and you "
	"can ask us what we hold about you.";

static bool read_visibility(const char *name, enum list_visibility *out, struct err *err)
{
	for (int i = LIST_PUBLIC; i <= LIST_PRIVATE; i++)
		if (str_eq(visibilities[i], name)) {
			*out = (enum list_visibility)i;
			return true;
		}
	return err_set(
		err, ERR_INPUT,
		"\"%.60s\" says nobody who finds a list: public, unlisted or private",
		name);
}

bool list_name_check(const char *what, const char *name, struct err *err)
{
	size_t len = strlen(name);
	bool ok = len >= 1 && len <= 40 && name[0] >= 'a' && name[0] <= 'z';

	for (size_t i = 0; ok && i < len; i++)
		ok = (name[i] >= 'a' && name[i] <= 'z') || str_is_digit(name[i]) ||
		     name[i] == '-';
	return ok ||
	       err_set(err, ERR_INPUT,
		       "\"%.60s\" cannot be the name of a %s: use 1 to 40 small letters, "
		       "digits and hyphens, beginning with a letter",
		       name, what);
}

static bool add_wording(struct operation *op, int64_t list_id, const char *text,
			struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct store_row row;
	const char *version;

	if (!store_one(op->store, arena, &row, err, SQL_WORDING_NEXT, "i", list_id))
		return false;
	version = row_text(&row, "version");
	return store_run(op->store, err, SQL_WORDING_ADD, "itti", list_id, version,
			 str_or(text, USUAL_WORDING), op->now) &&
	       store_one(op->store, arena, &row, err, SQL_WORDING_BY_VERSION, "it",
			 list_id, version) &&
	       store_run(op->store, err, SQL_LIST_WORDING_SET, "ii", list_id,
			 row_int(&row, "id"));
}

static bool addresses_fit(struct arena *arena, const struct list_new *what,
			  const char **address, const char **owner, struct err *err)
{
	const char *at, *plain;

	/* In lower case: that is how a mail's recipient is looked up. */
	if (!address_read(arena, what->address, address, &plain, err))
		return err_prefix(err, "the list's address");
	at = strrchr(*address, '@');
	if (memchr(*address, '+', (size_t)(at - *address)) ||
	    at - *address > LIST_LOCAL_MOST)
		return err_set(
			err, ERR_INPUT,
			"the list's address \"%s\": the part before @ must have at most %d "
			"characters and no +, since our own marks are added there",
			*address, LIST_LOCAL_MOST);
	*owner = address_with(arena, *address, "owner");
	if (what->owner && !address_read(arena, what->owner, NULL, owner, err))
		return err_prefix(err, "the owner's address");
	return true;
}

static bool relay_known(const struct settings *s, const char *name, struct err *err)
{
	bool known = !name;

	for (size_t i = 0; i < s->relay_count; i++)
		known = known || str_eq(s->relays[i].name, name);
	return known || err_set(err, ERR_INPUT,
				"\"%.60s\" is not a relay of the settings" HINT
				"see: mercat settings show",
				name);
}

static bool texts_fit(const char *title, const char *from_name, const char *description,
		      struct err *err)
{
	if (str_empty(title))
		return err_set(err, ERR_INPUT,
			       "a list needs a title of 1 to 120 bytes" HINT
			       "--title \"...\"");
	return address_text_check("the description", description, DESCRIPTION_MOST,
				  err) &&
	       address_text_check("the title", title, 120, err) &&
	       address_text_check("the sender's name", from_name, LIST_NAME_MOST, err);
}

/* An address is a list's or a consultation's, never both. */
static bool address_free(struct operation *op, struct arena *arena, const char *address,
			 struct err *err)
{
	struct store_row row;

	if (store_one(op->store, arena, &row, err, SQL_CONSULTATION_BY_ADDRESS, "t",
		      address))
		return err_set(
			err, ERR_CONFLICT,
			"%s is the address of the consultation %s; a list needs its "
			"own",
			address, row_text(&row, "name"));
	return err_forgive(err, ERR_ABSENT);
}

bool list_add(struct operation *op, const struct list_new *what, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	enum list_visibility seen = what->closed ? LIST_PRIVATE : LIST_PUBLIC;
	const char *address, *owner;
	int64_t id;

	if (!needs_staff(op, err) || !list_name_check("list", what->name, err) ||
	    !addresses_fit(arena, what, &address, &owner, err))
		return false;
	if (what->visibility && !read_visibility(what->visibility, &seen, err))
		return false;
	if (!texts_fit(what->title, what->from_name, what->description, err) ||
	    !relay_known(op->settings, what->relay, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !address_free(op, arena, address, err))
		return false;
	if (!store_run(op->store, err, SQL_LIST_ADD, "tttttttiitt", what->name,
		       what->title, address,
		       str_or(what->from_name, op->settings->organisation), owner,
		       what->closed ? "closed" : "open", what->relay,
		       what->first_number ? what->first_number : (int64_t)1, op->now,
		       str_or(what->description, ""), visibilities[seen])) {
		if (err->kind == ERR_CONFLICT)
			return err_set(
				err, ERR_CONFLICT,
				"there is a list with the name \"%s\" or the address %s "
				"already",
				what->name, address);
		return false;
	}
	id = store_last_id(op->store);
	if (what->topics && !topics_add(op, id, what->topics, err))
		return false;
	return add_wording(op, id, what->wording, err) &&
	       audit_record(op, err, "list added", "list", id, "name %s, %s, %s",
			    what->name, what->closed ? "closed" : "open",
			    visibilities[seen]) &&
	       store_commit(&t, err);
}

bool list_describe(struct operation *op, const char *name, const char *description,
		   struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct list list;

	if (!needs_staff(op, err) ||
	    !address_text_check("the description", description, DESCRIPTION_MOST, err))
		return false;
	t = store_begin(op->store, err);
	return t && list_named(op, arena, name, &list, err) &&
	       store_run(op->store, err, SQL_LIST_DESCRIBE, "it", list.id,
			 str_or(description, "")) &&
	       audit_record(op, err, "list described", "list", list.id, "%s", "") &&
	       store_commit(&t, err);
}

/* Which of them are other than they were: "title, owner". */
static const char *changed(struct arena *arena, const struct list *l,
			   const struct list_change *to)
{
	const struct {
		const char *name, *from, *to;
	} fields[] = {
		{"title", l->title, to->title},
		{"sender", l->from_name, to->from_name},
		{"owner", l->owner, to->owner},
		{"relay", str_or(l->relay, ""), to->relay},
		{"description", l->description, to->description},
	};
	const char *names = to->wording ? "wording" : "";

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (fields[i].to && !str_eq(fields[i].from, fields[i].to))
			names = arena_printf(arena, "%s%s%s", names, *names ? ", " : "",
					     fields[i].name);
	return names;
}

static bool change_fits(struct operation *op, struct arena *arena,
			const struct list_change *to, const char **owner, struct err *err)
{
	if (to->from_name && str_blank(to->from_name))
		return err_set(err, ERR_INPUT, "the sender needs a name");
	if (to->wording && str_blank(to->wording))
		return err_set(err, ERR_INPUT,
			       "the wording is empty; it says what joining means");
	if (to->owner && !address_read(arena, to->owner, NULL, owner, err))
		return err_prefix(err, "the owner's address");
	return texts_fit(str_or(to->title, to->title ? "" : "-"), to->from_name,
			 to->description, err) &&
	       relay_known(op->settings, str_empty(to->relay) ? NULL : to->relay, err);
}

bool list_change_check(struct operation *op, const struct list_change *to,
		       struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	const char *owner;

	return change_fits(op, arena, to, &owner, err);
}

bool list_change(struct operation *op, const char *name, const struct list_change *to,
		 struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct list_change new = *to;
	const char *what;
	struct list l;

	if (!needs_staff(op, err) || !change_fits(op, arena, to, &new.owner, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !list_named(op, arena, name, &l, err))
		return false;
	what = changed(arena, &l, &new);
	if (!*what)
		return true;
	return store_run(op->store, err, SQL_LIST_CHANGE, "ittttt", l.id, new.title,
			 new.from_name, new.owner, new.relay, new.description) &&
	       (!new.wording || add_wording(op, l.id, new.wording, err)) &&
	       audit_record(op, err, "list changed", "list", l.id, "%s", what) &&
	       store_commit(&t, err);
}

bool list_show_to(struct operation *op, const char *name, const char *visibility,
		  struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	enum list_visibility seen = LIST_PUBLIC;
	struct list list;

	if (!needs_staff(op, err) || !read_visibility(visibility, &seen, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !list_named(op, arena, name, &list, err))
		return false;
	if (list.visibility == seen)
		return err_set(err, ERR_CONFLICT, "the list %s is %s already", name,
			       visibility);
	return store_run(op->store, err, SQL_LIST_VISIBILITY_SET, "it", list.id,
			 visibilities[seen]) &&
	       audit_record(op, err, "list visibility", "list", list.id, "from %s to %s",
			    visibilities[list.visibility], visibilities[seen]) &&
	       store_commit(&t, err);
}

const char *list_called(const struct list *list)
{
	return list->visibility == LIST_PRIVATE ? list->address : list->title;
}

const char *list_url(struct operation *op, struct arena *arena, const struct list *list,
		     const char *rest)
{
	if (list->visibility == LIST_PRIVATE)
		return NULL;
	return arena_printf(arena, "%s/lists/%s%s", op->settings->base_url, list->name,
			    rest);
}

static const struct topic *read_topics(struct arena *arena,
				       const struct store_table *rows)
{
	struct topic *topics = arena_make(arena, struct topic, rows->count + 1);

	for (size_t i = 0; i < rows->count; i++) {
		struct store_row row = table_row(rows, i);

		ASSERT(row_int(&row, "position") == (int64_t)i);
		topics[i] = (struct topic){
			.name = row_text(&row, "name"),
			.title = row_text(&row, "title"),
			.is_offered = row_int(&row, "offered") == 1,
			.now = (size_t)row_int(&row, "now"),
		};
	}
	return topics;
}

static bool load(struct operation *op, struct arena *arena, const struct store_row *row,
		 struct list *out, struct err *err)
{
	struct list l = {
		.id = row_int(row, "id"),
		.name = row_text(row, "name"),
		.title = row_text(row, "title"),
		.address = row_text(row, "address"),
		.from_name = row_text(row, "from_name"),
		.owner = row_text(row, "owner"),
		.relay = row_text(row, "relay"),
		.description = row_text(row, "description"),
		.is_open = str_eq(row_text(row, "entry"), "open"),
		.wording_id = row_int(row, "wording_id"),
	};
	struct store_table topics;

	if (!read_visibility(row_text(row, "visibility"), &l.visibility, err))
		return false;
	if (!store_all(op->store, arena, &topics, err, SQL_TOPIC_ALL, "i", l.id))
		return false;
	l.topics = read_topics(arena, &topics);
	l.topic_count = topics.count;
	*out = l;
	return true;
}

bool list_named(struct operation *op, struct arena *arena, const char *name,
		struct list *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_LIST_BY_NAME, "t", name))
		return err->kind == ERR_ABSENT ? err_set(err, ERR_ABSENT,
							 "there is no list \"%.60s\"" HINT
							 "see: mercat list list",
							 name)
					       : false;
	return load(op, arena, &row, out, err);
}

bool list_by_id(struct operation *op, struct arena *arena, int64_t id, struct list *out,
		struct err *err)
{
	struct store_row row;

	return store_one(op->store, arena, &row, err, SQL_LIST_BY_ID, "i", id) &&
	       load(op, arena, &row, out, err);
}

bool lists_all(struct operation *op, struct arena *arena, struct store_table *out,
	       struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_LIST_ALL, "");
}

bool list_shown(struct operation *op, struct arena *arena, const char *name,
		struct store_row *out, struct err *err)
{
	if (store_one(op->store, arena, out, err, SQL_LIST_SHOW, "t", name))
		return true;
	return err->kind == ERR_ABSENT
		       ? err_set(err, ERR_ABSENT, "there is no list \"%.60s\"", name)
		       : false;
}
