#include "bulletin/front.h"

#include "base/str.h"

#include <stddef.h>

enum { VALUE_MAX = 200, LINES_MAX = 100, TOPIC_MOST = 80 };

static const struct key {
	const char *name;
	size_t field;
	bool must;
} keys[] = {
	{"list", offsetof(struct bulletin_source, list), true},
	{"title", offsetof(struct bulletin_source, title), true},
	{"topics", offsetof(struct bulletin_source, topics), false},
	{"subject", offsetof(struct bulletin_source, subject), false},
	{"from_name", offsetof(struct bulletin_source, from_name), false},
	{"summary", offsetof(struct bulletin_source, summary), false},
	{"language", offsetof(struct bulletin_source, language), false},
};

static const char known_keys[] =
	"list, title, topics, subject, from_name, summary, language";

static bool is_key(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!(text[i] >= 'a' && text[i] <= 'z') && !str_is_digit(text[i]) &&
		    text[i] != '-' && (text[i] != '_' || !i))
			return false;
	return len && len <= 40;
}

/* A topic by its name or title: "care-experience", "Care experience". */
static bool is_topic(const char *text)
{
	size_t len = strlen(text);

	return len && len <= TOPIC_MOST && !strpbrk(text, ";{}[]");
}

/* "a, b" and "[a, b]" to the source's topics. */
static bool read_topics(struct arena *arena, struct bulletin_source *source, char *value,
			struct err *err)
{
	size_t len = strlen(value);

	if (*value == '[' && len > 1 && value[len - 1] == ']') {
		value[len - 1] = '\0';
		value++;
	}
	for (char *next; value && *str_trim(value); value = next) {
		char *comma = strchr(value, ',');
		char *topic;

		next = comma ? comma + 1 : NULL;
		if (comma)
			*comma = '\0';
		topic = str_trim(value);
		if (!is_topic(topic))
			return err_set(
				err, ERR_INPUT,
				"\"%.80s\" is no topic; write the list's topics, parted "
				"by commas",
				topic);
		for (size_t i = 0; i < source->topic_count; i++)
			if (str_ieq(source->topics[i], topic))
				return err_set(err, ERR_INPUT,
					       "the topic \"%s\" stands there twice",
					       topic);
		if (source->topic_count == BULLETIN_TOPICS_MAX)
			return err_set(err, ERR_INPUT, "more than %d topics",
				       BULLETIN_TOPICS_MAX);
		source->topics = arena_grow(arena, source->topics, source->topic_count,
					    sizeof(*source->topics));
		source->topics[source->topic_count++] = arena_strdup(arena, topic);
	}
	return true;
}

bool bulletin_front_topics(const struct bulletin_source *source, struct arena *arena,
			   const char *list, uint64_t *out, struct err *err)
{
	struct bulletin_source wanted = {0};
	uint64_t mask = 0;

	if (!read_topics(arena, &wanted, arena_strdup(arena, list), err))
		return false;
	for (size_t w = 0; w < wanted.topic_count; w++) {
		size_t t = 0;

		while (t < source->topic_count &&
		       !str_ieq(source->topics[t], wanted.topics[w]))
			t++;
		if (t == source->topic_count)
			return err_set(
				err, ERR_INPUT,
				"the topic \"%s\" is not among the bulletin's topics; add "
				"it there or mend it here",
				wanted.topics[w]);
		mask |= (uint64_t)1 << t;
	}
	*out = mask;
	return true;
}

static bool check_language(const char *value)
{
	size_t part = 0, parts = 0;

	for (const char *c = value;; c++) {
		if (*c && *c != '-') {
			if (!str_is_alpha(*c) && (!parts || !str_is_digit(*c)))
				return false;
			part++;
			continue;
		}
		if (part < 2 || part > (parts ? 8 : 3))
			return false;
		part = 0;
		parts++;
		if (!*c)
			return true;
	}
}

static bool check_value(const struct key *key, const char *value, struct err *err)
{
	if (!*value)
		return err_set(err, ERR_INPUT,
			       "\"%s\" has no value; write one or delete the line",
			       key->name);
	if (strlen(value) > VALUE_MAX)
		return err_set(err, ERR_INPUT,
			       "\"%s\" is longer than %d characters; shorten it",
			       key->name, VALUE_MAX);
	for (const char *c = value; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7F)
			return err_set(err, ERR_INPUT, "\"%s\" holds a control character",
				       key->name);
	if (str_eq(key->name, "list") && !is_key(value, strlen(value)))
		return err_set(
			err, ERR_INPUT,
			"\"%s\" is no list; write its short name in small letters, digits and "
			"hyphens",
			value);
	if (str_eq(key->name, "language") && !check_language(value))
		return err_set(err, ERR_INPUT,
			       "\"%s\" is no language; write en-GB, gd, ...", value);
	return true;
}

static bool read_line(struct arena *arena, struct bulletin_source *source, char *line,
		      bool seen[], struct err *err)
{
	char *colon = strchr(line, ':'), *value, *name;
	const struct key *key = NULL;
	size_t len;

	if (!colon)
		return err_set(err, ERR_INPUT,
			       "a line here is \"key: value\"; the keys are %s",
			       known_keys);
	*colon = '\0';
	name = str_trim(line);
	value = str_trim(colon + 1);
	len = strlen(value);
	if (len > 1 && *value == value[len - 1] && (*value == '"' || *value == '\'')) {
		value[len - 1] = '\0';
		value++;
	}
	for (size_t i = 0; i < ARRAY_LEN(keys) && !key; i++)
		if (str_eq(keys[i].name, name))
			key = &keys[i];
	if (!key)
		return err_set(err, ERR_INPUT, "\"%.40s\" is no key; the keys are %s",
			       name, known_keys);
	if (seen[key - keys])
		return err_set(err, ERR_INPUT, "\"%s\" stands there twice; delete one",
			       name);
	seen[key - keys] = true;
	if (str_eq(key->name, "topics"))
		return read_topics(arena, source, value, err);
	if (!check_value(key, value, err))
		return false;
	*(const char **)(void *)((char *)source + key->field) =
		arena_strdup(arena, value);
	return true;
}

bool bulletin_front_parse(struct arena *arena, const struct bulletin_file *file,
			  struct bulletin_source *source, const char **out_body,
			  int *out_line, struct err *err)
{
	const char *end = file->text + file->len, *at = file->text;
	bool seen[ARRAY_LEN(keys)] = {false}, closed = false;
	int line = 0;

	while (at < end && !closed && line < LINES_MAX) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		char *copy = arena_strndup(arena, at,
					   (size_t)((newline ? newline : end) - at));
		char *trimmed = str_trim(copy);

		at = newline ? newline + 1 : end;
		line++;
		if (line == 1 && !str_eq(trimmed, "---"))
			break;
		closed = line > 1 && str_eq(trimmed, "---");
		if (line == 1 || closed || !*trimmed || *trimmed == '#')
			continue;
		if (!read_line(arena, source, trimmed, seen, err))
			return err_prefix(err, "%s:%d", file->name, line);
	}
	if (!closed)
		return err_set(
			err, ERR_INPUT,
			"%s:1: the file must begin with its keys between two lines of ---",
			file->name);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (keys[i].must && !seen[i])
			return err_set(err, ERR_INPUT,
				       "%s:%d: \"%s\" is missing; add \"%s: ...\"",
				       file->name, line, keys[i].name, keys[i].name);
	if (!source->language)
		source->language = "en-GB";
	*out_body = at;
	*out_line = line + 1;
	return true;
}
