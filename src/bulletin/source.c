#include "bulletin/source.h"

#include "base/str.h"
#include "bulletin/front.h"

enum { OUT_MAX_BYTES = 4000000, ANCHOR_MAX = 50 };

struct parser {
	struct arena *arena;
	const char *name;
	struct bulletin_source *source;
	const struct markdown *md;
	struct err *err;
};

static const char *written(struct arena *arena, struct buf *out)
{
	const char *text = arena_strndup(arena, buf_text(out), out->len);

	buf_reset(out);
	return text;
}

static bool write_text(struct parser *p, size_t from, size_t to,
		       struct bulletin_text *text)
{
	AUTO(buf) out = buf_new(OUT_MAX_BYTES);
	bool cut;

	markdown_html(p->md, from, to, MARKDOWN_MAIL, 3, out);
	cut = buf_cut(out);
	text->mail_html = written(p->arena, out);
	markdown_html(p->md, from, to, MARKDOWN_WEB, 3, out);
	cut = cut || buf_cut(out);
	text->web_html = written(p->arena, out);
	markdown_text(p->md, from, to, out);
	cut = cut || buf_cut(out);
	text->text = written(p->arena, out);
	if (cut)
		return err_set(p->err, ERR_INPUT,
			       "%s: larger than %d MB when written out", p->name,
			       OUT_MAX_BYTES / 1000000);
	return true;
}

/* "A better start" -> "a-better-start"; -2, -3 ... when it is taken. */
static const char *anchor_for(struct parser *p, const char *title)
{
	char stem[ANCHOR_MAX + 1] = "";
	const char *anchor;
	size_t len = 0;
	int number = 1;
	bool taken = true;

	for (const char *c = title; *c && len < ANCHOR_MAX; c++) {
		if (str_is_alpha(*c) || str_is_digit(*c))
			stem[len++] = str_lower_char(*c);
		else if (len && stem[len - 1] != '-' && *c != '\'')
			stem[len++] = '-';
	}
	while (len && stem[len - 1] == '-')
		len--;
	stem[len] = '\0';
	anchor = arena_strdup(p->arena, len ? stem : "section");
	while (taken) {
		taken = false;
		for (size_t i = 0; i < p->source->section_count; i++)
			taken = taken || str_eq(p->source->sections[i].anchor, anchor);
		if (taken)
			anchor = arena_printf(p->arena, "%s-%d", len ? stem : "section",
					      ++number);
	}
	return anchor;
}

/* "Title {a, b}": cuts the topics off the title and reads them. */
static bool read_heading(struct parser *p, char *heading,
			 struct bulletin_section *section)
{
	char *title = str_trim(heading), *brace;
	size_t len = strlen(title);

	if (len && title[len - 1] == '}' && (brace = strrchr(title, '{'))) {
		title[len - 1] = '\0';
		*brace = '\0';
		if (!bulletin_front_topics(p->source, p->arena, brace + 1,
					   &section->topics, p->err))
			return err_prefix(p->err, "%s:%d", p->name, section->line);
		title = str_trim(title);
	}
	if (!*title)
		return err_set(p->err, ERR_INPUT,
			       "%s:%d: the section has no heading; write one", p->name,
			       section->line);
	section->title = title;
	section->anchor = anchor_for(p, title);
	return true;
}

static bool begin_section(struct parser *p, const char *heading, int line)
{
	struct bulletin_source *s = p->source;
	struct bulletin_section section = {.line = line};

	if (s->section_count == BULLETIN_SECTIONS_MAX)
		return err_set(p->err, ERR_INPUT,
			       "%s:%d: more than %d sections; join some", p->name, line,
			       BULLETIN_SECTIONS_MAX);
	if (!read_heading(p, arena_strdup(p->arena, heading), &section))
		return false;
	s->sections =
		arena_grow(p->arena, s->sections, s->section_count, sizeof(*s->sections));
	s->sections[s->section_count++] = section;
	return true;
}

static bool read_sections(struct parser *p)
{
	struct bulletin_source *s = p->source;
	size_t blocks = markdown_blocks(p->md), from = 0;

	for (size_t i = 0; i <= blocks; i++) {
		const char *heading = NULL;
		int line = 0, level = 2;

		if (i < blocks)
			level = markdown_heading(p->md, p->arena, i, &heading, &line);
		if (level == 1)
			return err_set(p->err, ERR_INPUT,
				       "%s:%d: the title stands apart; begin a section "
				       "with ##",
				       p->name, line);
		if (level != 2)
			continue;
		if (!write_text(p, from, i,
				s->section_count ? &s->sections[s->section_count - 1].body
						 : &s->intro))
			return false;
		from = i + 1;
		if (i < blocks && !begin_section(p, heading, line))
			return false;
	}
	if (!blocks)
		return err_set(p->err, ERR_INPUT, "%s: there is no text yet", p->name);
	return true;
}

/* The keys in one order and the text with LF line ends and none too many behind. */
static void hash_source(struct bulletin_source *s, const struct bulletin_images *images,
			const char *body, size_t len)
{
	AUTO(buf) all = buf_new(MARKDOWN_MAX_BYTES + 100000);
	const char *const values[] = {s->list,      s->title,   s->subject,
				      s->from_name, s->summary, s->language};

	for (size_t i = 0; i < ARRAY_LEN(values); i++)
		buf_printf(all, "%s%s\n", values[i] ? "=" : "", str_or(values[i], ""));
	for (size_t i = 0; i < s->topic_count; i++)
		buf_printf(all, "%s\n", s->topics[i]);
	buf_str(all, "---\n");
	for (size_t i = 0; i < len; i++)
		if (body[i] != '\r')
			buf_char(all, body[i]);
	all->len = str_without_tail(all->bytes, all->len);
	all->bytes[all->len] = '\0';
	for (size_t i = 0; images && i < images->count; i++)
		buf_printf(all, "\n%s %s", images->items[i].name, images->items[i].hash);
	ASSERT(!buf_cut(all));
	secret_sha256_hex(all->bytes, all->len, s->hash);
}

static void show_pictures(struct arena *arena, struct markdown *md,
			  const struct bulletin_images *images)
{
	struct markdown_picture *list;

	if (!images || !images->count)
		return;
	list = arena_make(arena, struct markdown_picture, images->count);
	for (size_t i = 0; i < images->count; i++) {
		const struct bulletin_image *image = &images->items[i];

		list[i] = (struct markdown_picture){
			.name = image->name,
			.mail_src = arena_printf(arena, "cid:%s", image->cid),
			.web_src = image->web_url,
			.width = image->width,
			.height = image->height,
		};
	}
	markdown_pictures(md, list, images->count);
}

bool bulletin_source_front(struct arena *arena, const char *name, const char *text,
			   size_t len, struct bulletin_source **out, struct err *err)
{
	struct bulletin_source *s = arena_make(arena, struct bulletin_source, 1);
	const char *body;
	int line;

	if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
		text += 3;
		len -= 3;
	}
	if (!bulletin_front_parse(
		    arena,
		    &(struct bulletin_file){.name = name, .text = text, .len = len}, s,
		    &body, &line, err))
		return false;
	*out = s;
	return true;
}

bool bulletin_source_parse(struct arena *arena, const char *name, const char *text,
			   size_t len, struct bulletin_source **out, struct err *err)
{
	return bulletin_source_parse_with(
		arena, &(struct bulletin_file){.name = name, .text = text, .len = len},
		NULL, out, err);
}

bool bulletin_source_parse_with(struct arena *arena, const struct bulletin_file *file,
				const struct bulletin_images *images,
				struct bulletin_source **out, struct err *err)
{
	struct bulletin_source *s = arena_make(arena, struct bulletin_source, 1);
	AUTO(markdown) md = NULL;
	struct parser p = {.arena = arena, .name = file->name, .source = s, .err = err};
	struct bulletin_file plain = *file;
	size_t len;
	const char *body;
	int line;

	if (plain.len >= 3 && memcmp(plain.text, "\xEF\xBB\xBF", 3) == 0) {
		plain.text += 3;
		plain.len -= 3;
	}
	if (!str_utf8_valid(plain.text, plain.len) || memchr(plain.text, '\0', plain.len))
		return err_set(err, ERR_INPUT, "%s: is not UTF-8 text; save it as UTF-8",
			       file->name);
	if (!bulletin_front_parse(arena, &plain, s, &body, &line, err))
		return false;
	len = plain.len - (size_t)(body - plain.text);
	if (!markdown_parse(file->name, line, body, len, &md, err))
		return false;
	show_pictures(arena, md, images);
	p.md = md;
	if (!read_sections(&p))
		return false;
	s->note_count = markdown_notes(md, arena, &s->notes);
	hash_source(s, images, body, len);
	*out = s;
	return true;
}

bool bulletin_wanted(const struct bulletin_source *source, uint64_t topic_mask)
{
	uint64_t any = 0;

	for (size_t i = 0; i < source->section_count; i++)
		any |= source->sections[i].topics;
	return topic_mask == BULLETIN_ALL || !any || (any & topic_mask);
}

uint64_t bulletin_variant(const struct bulletin_source *source, uint64_t topic_mask)
{
	uint64_t variant = 0;

	for (size_t i = 0; i < source->section_count; i++) {
		uint64_t topics = source->sections[i].topics;

		if (!topics || topic_mask == BULLETIN_ALL || (topics & topic_mask))
			variant |= (uint64_t)1 << i;
	}
	return variant;
}
