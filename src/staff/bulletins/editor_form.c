#include "staff/bulletins/editor_form.h"
#include "domain/bulletins/bulletin_check.h"
#include "base/str.h"

struct topic_words {
	const char *items[BULLETIN_TOPICS_MAX];
	size_t count;
};

/* "[a, b]" and "a, b" */
static void split(struct arena *arena, const char *text, struct topic_words *out)
{
	char *copy = str_trim(arena_strdup(arena, text)), *rest = NULL;
	size_t len = strlen(copy);

	out->count = 0;
	if (*copy == '[' && len > 1 && copy[len - 1] == ']') {
		copy[len - 1] = '\0';
		copy++;
	}
	for (char *one = strtok_r(copy, ",", &rest); one;
	     one = strtok_r(NULL, ",", &rest)) {
		one = str_trim(one);
		if (*one && out->count < BULLETIN_TOPICS_MAX)
			out->items[out->count++] = one;
	}
}

static bool has(const struct topic_words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (str_ieq(words->items[i], word))
			return true;
	return false;
}

/* Those that are ticked: first in the order in which they stood, since that is the text's. */
static const char *topics_ticked(struct web_request *r, const char *stood)
{
	struct topic_words before, ticked = {0};
	AUTO(buf) out = buf_new(1 << 16);
	size_t kept = 0;

	split(r->arena, stood, &before);
	for (size_t i = 0; i < r->form.count; i++)
		if (str_eq(r->form.fields[i].name, "topic") &&
		    !has(&ticked, r->form.fields[i].value) &&
		    ticked.count < BULLETIN_TOPICS_MAX)
			ticked.items[ticked.count++] = r->form.fields[i].value;
	for (size_t i = 0; i < before.count; i++)
		kept += has(&ticked, before.items[i]);
	if (kept == before.count && kept == ticked.count)
		return stood;
	for (size_t i = 0; i < before.count; i++)
		if (has(&ticked, before.items[i]))
			buf_printf(out, "%s%s", out->len ? ", " : "", before.items[i]);
	for (size_t i = 0; i < ticked.count; i++)
		if (!has(&before, ticked.items[i]))
			buf_printf(out, "%s%s", out->len ? ", " : "", ticked.items[i]);
	return arena_strdup(r->arena, buf_text(out));
}

void editor_form_read(struct web_request *r, const struct bulletin *b,
		      struct bulletin_fields *out)
{
	const char *text = str_or(web_form(r, "text"), "");
	struct bulletin_fields stood;

	bulletin_fields_read(r->arena, text, out);
	if (bulletin_fields_of_file(out))
		return;
	*out = (struct bulletin_fields){.list = "", .others = "", .body = text};
	editor_form_of(r, b, &stood);
	out->title = str_or(web_form(r, "title"), "");
	out->summary = str_or(web_form(r, "summary"), "");
	out->subject = str_or(web_form(r, "subject"), "");
	out->from_name = str_or(web_form(r, "from_name"), "");
	out->language = str_or(web_form(r, "language"), "");
	out->topics = topics_ticked(r, stood.topics);
}

void editor_form_of(struct web_request *r, const struct bulletin *b,
		    struct bulletin_fields *out)
{
	bulletin_fields_read(r->arena, b->source_text, out);
}

static void add_topic(struct template_value *list, const char *value, const char *title,
		      const struct topic_words *ticked)
{
	struct template_value *one = template_add_map(list);

	template_set(one, "value", value);
	template_set(one, "topic", title);
	template_set_bool(one, "ticked", has(ticked, value));
}

void editor_form_values(struct template_value *v, const struct bulletin *b,
			const struct bulletin_fields *f)
{
	struct template_value *topics = template_set_list(v, "topics");
	AUTO(arena) arena = arena_new(4096);
	struct topic_words written;

	template_set(v, "field_title", f->title);
	template_set(v, "field_summary", f->summary);
	template_set(v, "field_subject", f->subject);
	template_set(v, "field_from_name", f->from_name);
	template_set(v, "field_language", f->language);
	template_set(v, "field_text", f->body);
	template_set_bool(v, "more_is_set", *f->subject || *f->from_name || *f->language);
	split(arena, f->topics, &written);
	/* As they are written there, by name or title; then those that are offered beside. */
	for (size_t i = 0; i < written.count; i++) {
		int at = topic_position(&b->list, written.items[i]);

		add_topic(topics, written.items[i],
			  at < 0 ? written.items[i] : b->list.topics[at].title, &written);
	}
	for (size_t i = 0; i < b->list.topic_count; i++)
		if (b->list.topics[i].is_offered &&
		    !has(&written, b->list.topics[i].name) &&
		    !has(&written, b->list.topics[i].title))
			add_topic(topics, b->list.topics[i].name, b->list.topics[i].title,
				  &written);
	template_set_bool(v, "any_topics", written.count || b->list.topic_count);
}

const char *editor_form_text(struct web_request *r, const struct bulletin *b,
			     const struct bulletin_fields *fields)
{
	struct bulletin_fields whole = *fields, stood;

	editor_form_of(r, b, &stood);
	whole.list = b->list.name;
	whole.others = stood.others;
	return bulletin_fields_write(r->arena, &whole);
}

bool editor_form_findings(struct web_request *r, struct template_value *v,
			  const struct bulletin *b, const struct bulletin_fields *fields,
			  struct bulletin_findings *out, struct err *err)
{
	const char *text = editor_form_text(r, b, fields);
	struct bulletin_fields whole;

	bulletin_fields_read(r->arena, text, &whole);
	if (!bulletin_check_stored_text(
		    r->op, r->arena,
		    (struct bulletin_key){.list = b->list.name, .number = b->number},
		    text, out, err))
		return false;
	staff_findings(v, out, whole.body_line);
	return true;
}
