#include "template/tree.h"

#include "base/str.h"

static struct template_value *value_new(struct arena *arena, enum template_kind kind)
{
	struct template_value *v = arena_make(arena, struct template_value, 1);

	v->arena = arena;
	v->kind = kind;
	return v;
}

static struct template_value *text_new(struct arena *arena, const char *text,
				       bool vouched)
{
	struct template_value *v =
		value_new(arena, text ? TEMPLATE_STRING : TEMPLATE_NOTHING);

	v->text = arena_strdup(arena, text);
	v->vouched = vouched;
	return v;
}

static struct template_value *bool_new(struct arena *arena, bool yes)
{
	struct template_value *v = value_new(arena, TEMPLATE_BOOL);

	v->yes = yes;
	return v;
}

static struct template_value *map_put(struct template_value *map, const char *key,
				      struct template_value *item)
{
	ASSERT(map->kind == TEMPLATE_MAP);
	for (size_t i = 0; i < map->count; i++) {
		if (str_eq(map->keys[i], key)) {
			map->items[i] = item;
			return item;
		}
	}
	map->keys = arena_grow(map->arena, map->keys, map->count, sizeof(*map->keys));
	map->items = arena_grow(map->arena, map->items, map->count, sizeof(*map->items));
	map->keys[map->count] = arena_strdup(map->arena, key);
	map->items[map->count++] = item;
	return item;
}

static struct template_value *list_put(struct template_value *list,
				       struct template_value *item)
{
	ASSERT(list->kind == TEMPLATE_LIST);
	list->items =
		arena_grow(list->arena, list->items, list->count, sizeof(*list->items));
	list->items[list->count++] = item;
	return item;
}

struct template_value *template_map(struct arena *arena)
{
	return value_new(arena, TEMPLATE_MAP);
}

void template_set(struct template_value *map, const char *key, const char *text)
{
	(void)map_put(map, key, text_new(map->arena, text, false));
}

void template_set_vouched(struct template_value *map, const char *key, const char *html)
{
	(void)map_put(map, key, text_new(map->arena, html, true));
}

void template_set_int(struct template_value *map, const char *key, int64_t number)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%lld", (long long)number);
	template_set(map, key, text);
}

void template_set_bool(struct template_value *map, const char *key, bool yes)
{
	(void)map_put(map, key, bool_new(map->arena, yes));
}

struct template_value *template_set_map(struct template_value *map, const char *key)
{
	return map_put(map, key, value_new(map->arena, TEMPLATE_MAP));
}

struct template_value *template_set_list(struct template_value *map, const char *key)
{
	return map_put(map, key, value_new(map->arena, TEMPLATE_LIST));
}

void template_add(struct template_value *list, const char *text)
{
	(void)list_put(list, text_new(list->arena, text, false));
}

void template_add_vouched(struct template_value *list, const char *html)
{
	(void)list_put(list, text_new(list->arena, html, true));
}

void template_add_bool(struct template_value *list, bool yes)
{
	(void)list_put(list, bool_new(list->arena, yes));
}

struct template_value *template_add_map(struct template_value *list)
{
	return list_put(list, value_new(list->arena, TEMPLATE_MAP));
}

struct template_value *template_add_list(struct template_value *list)
{
	return list_put(list, value_new(list->arena, TEMPLATE_LIST));
}
