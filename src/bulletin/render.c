#include "bulletin/render.h"

#include "base/str.h"

enum { OUT_MAX_BYTES = 4000000, SUBJECT_MAX_BYTES = 1000, CONTENTS_FROM = 3 };

/* {title}, {number} and {list} in a format. */
static const char *subject_of(struct arena *arena, const struct bulletin_source *source,
			      const struct bulletin_frame *frame)
{
	const char *format = source->subject ? source->subject : frame->subject_format;
	AUTO(buf) out = buf_new(SUBJECT_MAX_BYTES);

	if (frame->is_test)
		buf_str(out, "[Test] ");
	for (const char *c = format ? format : BULLETIN_SUBJECT_FORMAT; *c;) {
		if (str_starts(c, "{title}")) {
			buf_str(out, source->title);
			c += strlen("{title}");
		} else if (str_starts(c, "{number}")) {
			buf_printf(out, "%lld", (long long)frame->number);
			c += strlen("{number}");
		} else if (str_starts(c, "{list}")) {
			buf_str(out, frame->list_title);
			c += strlen("{list}");
		} else {
			buf_char(out, *c++);
		}
	}
	return arena_strdup(arena, buf_text(out));
}

static bool right_to_left(const char *language)
{
	static const char *const languages[] = {"ar", "fa", "he", "ps",
						"sd", "ug", "ur", "yi"};

	for (size_t i = 0; i < ARRAY_LEN(languages); i++)
		if (str_istarts(language, languages[i]) &&
		    (!language[2] || language[2] == '-'))
			return true;
	return false;
}

static const char *underlined(struct arena *arena, const char *title, char rule)
{
	AUTO(buf) out = buf_new(OUT_MAX_BYTES);

	markdown_underline(out, title, rule);
	if (out->len)
		out->bytes[--out->len] = '\0';
	return arena_strdup(arena, buf_text(out));
}

/* A text without the line end behind it: the template has that. */
static const char *without_tail(struct arena *arena, const char *text)
{
	size_t len = strlen(text);

	while (len && text[len - 1] == '\n')
		len--;
	return arena_strndup(arena, text, len);
}

static void set_body(struct template_value *map, struct arena *arena, const char *key,
		     const struct bulletin_text *body)
{
	struct template_value *both = template_set_map(map, key);

	template_set_vouched(both, "html", body->mail_html);
	template_set(both, "text", without_tail(arena, body->text));
}

static void set_sections(struct template_value *map, struct arena *arena,
			 const struct bulletin_source *source, uint64_t sections)
{
	struct template_value *list = template_set_list(map, "sections");
	int64_t shown = 0;

	for (size_t i = 0; i < source->section_count; i++) {
		const struct bulletin_section *s = &source->sections[i];
		struct template_value *item;

		if (!(sections >> i & 1))
			continue;
		item = template_add_map(list);
		template_set(item, "title", s->title);
		template_set(item, "title_lines", underlined(arena, s->title, '-'));
		template_set(item, "anchor", s->anchor);
		set_body(item, arena, "body", &s->body);
		shown++;
	}
	template_set_bool(map, "has_contents", shown >= CONTENTS_FROM);
	template_set_bool(map, "is_part", (size_t)shown < source->section_count);
}

static struct template_value *values_of(struct arena *arena,
					const struct bulletin_source *source,
					const struct bulletin_frame *frame,
					const char *subject)
{
	struct template_value *map = template_map(arena);
	const char *head = arena_printf(arena, "%s: No. %lld", source->title,
					(long long)frame->number);

	template_set(map, "subject", subject);
	template_set(map, "title", source->title);
	template_set(map, "title_lines", underlined(arena, head, '='));
	template_set(map, "summary", source->summary);
	template_set(map, "language", source->language);
	template_set(map, "dir", right_to_left(source->language) ? "rtl" : "ltr");
	template_set_int(map, "number", frame->number);
	template_set(map, "date", frame->date);
	template_set(map, "list_title", frame->list_title);
	template_set(map, "organisation", frame->organisation);
	template_set(map, "why", frame->why);
	template_set(map, "contact", frame->contact);
	template_set(map, "contact_address", frame->contact_address);
	template_set(map, "leave_url", frame->leave_url);
	template_set(map, "leave_address", frame->leave_address);
	template_set(map, "choose_url", frame->choose_url);
	template_set(map, "archive_url", frame->archive_url);
	template_set_bool(map, "is_test", frame->is_test);
	set_body(map, arena, "intro", &source->intro);
	template_set_bool(map, "has_intro", *source->intro.text != '\0');
	set_sections(map, arena, source, frame->sections);
	return map;
}

bool bulletin_render(const struct template_library *library, struct arena *arena,
		     const struct bulletin_source *source,
		     const struct bulletin_frame *frame, struct bulletin_mail *out,
		     struct err *err)
{
	const char *subject = subject_of(arena, source, frame);
	struct template_value *values;
	AUTO(buf) html = buf_new(OUT_MAX_BYTES);
	AUTO(buf) text = buf_new(OUT_MAX_BYTES);
	AUTO(buf) wrapped = buf_new(OUT_MAX_BYTES);

	if (!frame->list_title || !frame->organisation || !frame->date || !frame->why)
		return err_set(
			err, ERR_INPUT,
			"a bulletin needs the list's title, the organisation, a date and the "
			"reason why its readers get it");
	if (!frame->leave_url && !frame->leave_address)
		return err_set(
			err, ERR_INPUT,
			"a bulletin must say how to stop it: give a link or an address");
	values = values_of(arena, source, frame, subject);
	if (!template_render(library, "bulletin/update.html", values, TEMPLATE_STRICT,
			     html, err) ||
	    !template_render(library, "bulletin/update.txt", values, TEMPLATE_STRICT,
			     text, err))
		return false;
	markdown_wrap_long(wrapped, buf_text(text));
	out->subject = subject;
	out->html = arena_strndup(arena, buf_text(html), html->len);
	out->text = arena_strndup(arena, buf_text(wrapped), wrapped->len);
	return true;
}
