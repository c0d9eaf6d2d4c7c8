#include "bulletin/reuse.h"

#include "base/buf.h"
#include "base/str.h"

enum { TEXT_MOST = 200000 };

#define TITLE_MARK "[title of this bulletin]"
#define TEXT_MARK "[text]"

static void add_key(struct buf *out, const char *key, const char *value)
{
	if (!str_empty(value))
		buf_printf(out, "%s: %s\n", key, value);
}

static void add_topics(struct buf *out, const char *const *topics, size_t count,
		       uint64_t mask, const char *before, const char *after)
{
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		if (!(mask >> i & 1))
			continue;
		buf_printf(out, "%s%s", any ? ", " : before, topics[i]);
		any = true;
	}
	buf_str(out, any ? after : "");
}

const char *bulletin_reuse(struct arena *arena, const struct bulletin_source *last)
{
	const char *const *topics = (const char *const *)last->topics;
	AUTO(buf) out = buf_new(TEXT_MOST);

	buf_str(out, "---\n");
	add_key(out, "list", last->list);
	add_key(out, "title", TITLE_MARK);
	add_key(out, "subject", last->subject);
	add_key(out, "from_name", last->from_name);
	add_key(out, "summary", last->summary ? "[summary in one sentence]" : NULL);
	if (!str_eq(last->language, "en-GB"))
		add_key(out, "language", last->language);
	add_topics(out, topics, last->topic_count, BULLETIN_ALL, "topics: ", "\n");
	buf_str(out, "---\n");
	if (*last->intro.text || !last->section_count)
		buf_str(out, "\n" TEXT_MARK "\n");
	for (size_t i = 0; i < last->section_count; i++) {
		buf_printf(out, "\n## %s", last->sections[i].title);
		add_topics(out, topics, last->topic_count, last->sections[i].topics, " {",
			   "}");
		buf_str(out, "\n\n" TEXT_MARK "\n");
	}
	return arena_strdup(arena, buf_text(out));
}

const char *bulletin_reuse_nothing(struct arena *arena, const char *list,
				   const char *const *topics, size_t count)
{
	AUTO(buf) out = buf_new(TEXT_MOST);

	buf_printf(out, "---\nlist: %s\ntitle: " TITLE_MARK "\n", list);
	add_topics(out, topics, count, BULLETIN_ALL, "topics: ", "\n");
	buf_str(out, "---\n\n" TEXT_MARK "\n");
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "\n## [heading] {%s}\n\n" TEXT_MARK "\n", topics[i]);
	return arena_strdup(arena, buf_text(out));
}
