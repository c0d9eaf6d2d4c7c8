#include "domain/admin/list.h"
#include "domain/core/plus_address.h"
#include "base/str.h"

enum { TOPIC_NAME_MOST = 40 };

/* The next piece of a text that is parted by any of the signs; NULL: no more. */
static char *next_piece(char **rest, const char *signs)
{
	char *at = *rest + strspn(*rest, signs);
	size_t len = strcspn(at, signs);

	if (!*at)
		return NULL;
	*rest = at + len + (at[len] != '\0');
	at[len] = '\0';
	return str_trim(at);
}

int topic_position(const struct list *list, const char *name_or_title)
{
	for (size_t i = 0; i < list->topic_count; i++)
		if (str_ieq(list->topics[i].name, name_or_title) ||
		    str_ieq(list->topics[i].title, name_or_title))
			return (int)i;
	return -1;
}

/* What stands for all of them wherever topics are named, so that no topic can be called so. */
static bool means_all(const char *word)
{
	return str_ieq(word, "all");
}

/* What a piece names: a topic, "all", or several names with white space between them. */
static bool read_piece(const struct list *list, char *piece, int64_t *mask, bool *all,
		       struct err *err)
{
	char *name, *rest = piece;
	int at;

	/* Before any topic: a store of an earlier version may have one of that title. */
	if (means_all(piece)) {
		*all = true;
		return true;
	}
	at = topic_position(list, piece);
	if (at >= 0) {
		*mask |= (int64_t)1 << list->topics[at].now;
		return true;
	}
	if (!strpbrk(piece, " \t"))
		return err_set(err, ERR_INPUT,
			       "\"%.60s\" is not a topic of the list %s" HINT
			       "see: mercat topic list %s",
			       piece, list->name, list->name);
	while ((name = next_piece(&rest, " \t")))
		if (!read_piece(list, name, mask, all, err))
			return false;
	return true;
}

bool topics_read(const struct list *list, const char *text, int64_t *out_mask,
		 bool *out_all, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	char *piece, *rest = arena_strdup(arena, str_or(text, "all"));
	int64_t mask = 0;
	bool all = false;

	while ((piece = next_piece(&rest, ",;")))
		if (*piece && !read_piece(list, piece, &mask, &all, err))
			return false;
	*out_all = all || mask == 0;
	*out_mask = *out_all ? 0 : mask;
	return true;
}

const char *topics_text(const struct list *list, struct arena *arena, int64_t mask,
			enum topics_which which)
{
	const char *text = "";

	if (which == TOPICS_ALL)
		return "all";
	for (size_t i = 0; i < list->topic_count; i++)
		if (mask & (int64_t)1 << i)
			text = arena_printf(arena, "%s%s%s", text, *text ? ";" : "",
					    list->topics[i].name);
	return text;
}

const char *topics_titles(const struct list *list, struct arena *arena, int64_t mask)
{
	const char *text = "";

	for (size_t i = 0; i < list->topic_count; i++)
		if (mask & (int64_t)1 << i)
			text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "",
					    list->topics[i].title);
	return text;
}

const char *list_name_from(struct arena *arena, const char *title)
{
	char *name = arena_strdup(arena, title);
	size_t len = 0;

	for (const char *c = title; *c && len < TOPIC_NAME_MOST; c++) {
		char low = str_lower_char(*c);

		if ((low >= 'a' && low <= 'z') || (len && str_is_digit(low)))
			name[len++] = low;
		else if (len && name[len - 1] != '-')
			name[len++] = '-';
	}
	while (len && name[len - 1] == '-')
		len--;
	name[len] = '\0';
	return name;
}

/* "internet-safety" is shown as "Internet safety". */
static const char *title_of(struct arena *arena, const char *given)
{
	char *title = arena_strdup(arena, given);

	if (strpbrk(given, " ABCDEFGHIJKLMNOPQRSTUVWXYZ") || (unsigned char)*given >= 128)
		return title;
	for (char *c = title; *c; c++)
		*c = *c == '-' ? ' ' : *c;
	if (*title >= 'a' && *title <= 'z')
		*title = (char)(*title - 32);
	return title;
}

static bool title_reads(const char *title, struct err *err)
{
	AUTO(arena) arena = arena_new(512);

	if (str_empty(title))
		return err_set(err, ERR_INPUT, "a topic needs a title");
	if (strpbrk(title, ",;{}[]"))
		return err_set(err, ERR_INPUT,
			       "the title \"%.80s\" holds one of , ; { } [ ], which part "
			       "topics from each other; leave it out",
			       title);
	if (means_all(list_name_from(arena, title)))
		return err_set(err, ERR_INPUT,
			       "\"all\" stands for all topics; call this one otherwise");
	return address_text_check("a topic's title", title, TOPIC_TITLE_MOST, err);
}

/* The position of the topic that is called so; -1: none is. */
static bool called(struct operation *op, struct arena *arena, int64_t list_id,
		   const char *title, int64_t *out, struct err *err)
{
	struct store_table t;

	*out = -1;
	if (!store_all(op->store, arena, &t, err, SQL_TOPIC_ALL, "i", list_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (str_ieq(row_text(&row, "name"), title) ||
		    str_ieq(row_text(&row, "title"), title))
			*out = row_int(&row, "position");
	}
	return true;
}

bool topic_title_fits(struct operation *op, int64_t list_id, int position,
		      const char *title, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	int64_t other;

	if (!title_reads(title, err) || !called(op, arena, list_id, title, &other, err))
		return false;
	if (other < 0 || other == position)
		return true;
	return position == TOPIC_IS_NEW
		       ? err_set(err, ERR_CONFLICT,
				 "there is a topic \"%s\" already, or it was retired and "
				 "can be offered again",
				 title)
		       : err_set(err, ERR_CONFLICT,
				 "another topic of the list is called \"%s\"; merge the two "
				 "if they are one",
				 title);
}

/* A long title is cut, and long ones may begin alike: those behind the first are numbered. */
static bool name_apart(struct operation *op, struct arena *arena, int64_t list_id,
		       const char **name, struct err *err)
{
	const char *begun = *name;
	int64_t other;

	for (int n = 2; n <= TOPICS_MOST; n++) {
		if (!called(op, arena, list_id, *name, &other, err))
			return false;
		if (other < 0)
			return true;
		*name = arena_printf(arena, "%.*s-%d", TOPIC_NAME_MOST - 2 - (n > 9),
				     begun, n);
	}
	return true;
}

bool topic_new(struct operation *op, int64_t list_id, const char *given, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	const char *name = list_name_from(arena, given), *title;
	struct store_row row;

	if (!title_reads(given, err))
		return false;
	if (!*name)
		return err_set(
			err, ERR_INPUT,
			"the title \"%.80s\" needs at least one of a to z, so that "
			"files can name the topic",
			given);
	title = title_of(arena, given);
	if (!topic_title_fits(op, list_id, TOPIC_IS_NEW, title, err) ||
	    (strlen(given) > TOPIC_NAME_MOST &&
	     !name_apart(op, arena, list_id, &name, err)) ||
	    !topic_title_fits(op, list_id, TOPIC_IS_NEW, name, err) ||
	    !store_one(op->store, arena, &row, err, SQL_TOPIC_COUNT, "i", list_id))
		return false;
	if (row_int(&row, "n") >= TOPICS_MOST)
		return err_set(err, ERR_INPUT,
			       "a list has at most %d topics, retired ones included",
			       TOPICS_MOST);
	return store_run(op->store, err, SQL_TOPIC_ADD, "itt", list_id, name, title);
}

bool topics_add(struct operation *op, int64_t list_id, const char *titles,
		struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	char *piece, *rest = arena_strdup(arena, titles);

	while ((piece = next_piece(&rest, ",;")))
		if (*piece && !topic_new(op, list_id, piece, err)) {
			if (err->kind == ERR_CONFLICT)
				return err_set(err, ERR_INPUT,
					       "the topic \"%s\" is named twice", piece);
			return false;
		}
	return true;
}
