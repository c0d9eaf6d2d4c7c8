/*
 * template value - what a template may show: text, yes or no, lists and maps.
 *
 * Built from the outside in: template_map() makes the root, and every further
 * list or map is made inside its parent.
 *
 *	struct template_value *root = template_map(arena);
 *	struct template_value *rows = template_set_list(root, "rows");
 *	struct template_value *row = template_add_map(rows);
 *	template_set(row, "name", person->name);
 *
 * Truth      false for no, NULL text, "" and an empty list; everything else is true,
 *            the number 0 too (set a bool to ask about it).
 * Ownership  everything is copied into the arena of the root.
 * Errors     none; setting a key twice keeps the second; no memory aborts. Adding to
 *            what is no list or setting in what is no map is a broken promise.
 */
#ifndef MERCAT_TEMPLATE_VALUE_H
#define MERCAT_TEMPLATE_VALUE_H

#include "base/arena.h"

struct template_value;

struct template_value *template_map(struct arena *arena) MUST_USE;

void template_set(struct template_value *map, const char *key, const char *text);
void template_set_int(struct template_value *map, const char *key, int64_t number);
void template_set_bool(struct template_value *map, const char *key, bool yes);
struct template_value *template_set_map(struct template_value *map, const char *key);
struct template_value *template_set_list(struct template_value *map, const char *key);
/*
 * HTML that this program made or checked itself: only such a value may be shown
 * by {{{key}}} as it is; every other value is escaped there too.
 */
void template_set_vouched(struct template_value *map, const char *key, const char *html);

void template_add(struct template_value *list, const char *text);
void template_add_vouched(struct template_value *list, const char *html);
void template_add_bool(struct template_value *list, bool yes);
struct template_value *template_add_map(struct template_value *list);
struct template_value *template_add_list(struct template_value *list);

#endif
