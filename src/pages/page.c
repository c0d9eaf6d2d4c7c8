#include "pages/page.h"
#include "base/str.h"
#include "store/store.h"

enum { PAGE_MAX_BYTES = 8 << 20, KEPT_MOST = 2 << 20, LINE_MOST = 100 };

/* The other languages of this page; none when there is one only. */
static void offer_languages(struct web_request *r, struct template_value *v)
{
	struct template_value *list = template_set_list(v, "languages");
	const char *const *codes = languages_offered(r->op);

	template_set_bool(v, "has_languages_here", codes[0] && codes[1]);
	for (size_t i = 0; codes[0] && codes[1] && codes[i]; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "code", codes[i]);
		template_set(one, "language_name", language_name(codes[i]));
		template_set_bool(one, "current", str_eq(codes[i], r->language));
	}
}

struct template_value *page_values(struct web_request *r, const char *title)
{
	struct template_value *v = template_map(r->arena);
	const struct settings *s = r->site->settings;
	const char *lang_more = arena_printf(r->arena, "&lang=%s", r->language);
	const char *lang =
		r->language_chosen ? arena_printf(r->arena, "?lang=%s", r->language) : "";

	offer_languages(r, v);
	template_set(v, "title", title);
	template_set(v, "organisation", s->organisation);
	template_set(v, "contact", s->contact);
	template_set(v, "language", r->language);
	template_set(v, "lang", lang);
	template_set(v, "lang_more", r->language_chosen ? lang_more : "");
	template_set(v, "base_url", s->base_url);
	template_set(v, "path", r->path);
	template_set(v, "stylesheet", web_asset(r, "mercat.css"));
	return v;
}

static bool render(struct web_request *r, const char *name,
		   const struct template_value *values, struct buf *to)
{
	struct err err = {0};

	if (template_render(language_templates(r->op, r->language), name, values,
			    TEMPLATE_LENIENT, to, &err) &&
	    !buf_cut(to))
		return true;
	r->site->log(arena_printf(r->arena, "the page %s cannot be made: %s", name,
				  str_or(err.text, "it is too large")));
	return false;
}

void page_show(struct web_request *r, unsigned status, const char *name,
	       const struct template_value *values)
{
	AUTO(buf) text = buf_new(PAGE_MAX_BYTES);
	static const char sorry[] = "This page cannot be shown. The fault is ours, and "
				    "it is in our log.\n";

	if (!render(r, name, values, text)) {
		web_bytes(r, WEB_FAULT, "text/plain; charset=utf-8", sorry,
			  sizeof(sorry) - 1);
		return;
	}
	web_text(r, status, "text/html; charset=utf-8", text);
}

static const struct {
	unsigned status;
	const char *title;
} titles[] = {
	{WEB_BAD_REQUEST, "We could not read that"},
	{WEB_FORBIDDEN, "You may not see this"},
	{WEB_NOT_FOUND, "Page not found"},
	{WEB_NOT_ALLOWED, "That cannot be done here"},
	{WEB_CONFLICT, "That cannot be done now"},
	{WEB_TOO_LARGE, "That is too large"},
	{WEB_NOT_A_FORM, "We could not read that"},
	{WEB_TOO_MANY, "Too many requests"},
	{WEB_BUSY, "Try again in a moment"},
	{WEB_NO_ROOM, "There is no room just now"},
};

/* A password is shown to nobody. */
static bool is_secret(const struct web_request *r)
{
	for (size_t i = 0; i < r->form.count; i++)
		if (strstr(r->form.fields[i].name, "password"))
			return true;
	return false;
}

/* What was typed, to be sent once more from the page that says no. */
static void keep_form(struct web_request *r, struct template_value *v)
{
	struct template_value *list = template_set_list(v, "kept");
	size_t bytes = 0;

	for (size_t i = 0; i < r->form.count; i++)
		bytes += r->form.fields[i].file_name ? 0 : r->form.fields[i].len;
	if (r->method != WEB_POST || is_secret(r) || bytes > KEPT_MOST)
		return;
	template_set_bool(v, "keeps", r->form.count > 0);
	for (size_t i = 0; i < r->form.count; i++) {
		const struct web_field *f = &r->form.fields[i];
		struct template_value *one;

		if (f->file_name) {
			template_set_bool(v, "had_files", true);
			continue;
		}
		one = template_add_map(list);
		template_set(one, "name", f->name);
		template_set(one, "value", f->value);
		template_set_bool(one, "is_long",
				  f->len > LINE_MOST || strchr(f->value, '\n'));
		template_set(one, "place", arena_printf(r->arena, "%zu", i));
	}
}

void page_problem(struct web_request *r, unsigned status, const char *sentence)
{
	bool own = r->table && r->table->problem; /* the staff's pages speak English */
	const char *title = "Sorry, something went wrong";
	struct template_value *v;

	for (size_t i = 0; i < ARRAY_LEN(titles); i++)
		if (titles[i].status == status)
			title = titles[i].title;
	if (!own) { /* what an act says of its own stays as it is */
		title = language_word(r->op, r->language, title);
		sentence = page_sentence(r->arena,
					 language_word(r->op, r->language, sentence));
	}
	v = page_values(r, title);
	template_set(v, "sentence", sentence);
	if (status == WEB_NO_ROOM)
		keep_form(r, v);
	page_show(r, status, own ? r->table->problem : "web/problem.html", v);
}

const char *page_sentence(struct arena *arena, const char *words)
{
	size_t len = strlen(words);
	char *text = arena_printf(arena, "%s%s", words,
				  len && !strchr(".!?\"", words[len - 1]) ? "." : "");

	/* An address or a name of something stays as it is. */
	if (*text >= 'a' && *text <= 'z' &&
	    strcspn(text, "@.#-0123456789") >= strcspn(text, " "))
		*text = (char)(*text - 'a' + 'A');
	return text;
}

void page_failed(struct web_request *r, const struct err *err)
{
	bool own = r->table && r->table->problem;
	/* The public's are looked up for translation as they are. */
	const char *sentence = own ? page_sentence(r->arena, err->text)
				   : arena_strdup(r->arena, err->text);

	switch (err->kind) {
	case ERR_INPUT:
	case ERR_REFUSED:
		page_problem(r, WEB_BAD_REQUEST, sentence);
		return;
	case ERR_ABSENT:
		page_problem(r, WEB_NOT_FOUND, sentence);
		return;
	case ERR_CONFLICT:
		page_problem(r, WEB_CONFLICT, sentence);
		return;
	case ERR_AGAIN:
		web_busy(r, 2);
		return;
	default:
		r->site->log(arena_printf(r->arena, "%s", err->text));
		if (store_has_no_room(r->op->store)) {
			page_problem(
				r, WEB_NO_ROOM,
				"The disk is full, so nothing was changed. Once somebody "
				"has made room, do it again.");
			return;
		}
		page_problem(r, WEB_FAULT,
			     "The fault is ours, and nothing was changed. It is in our "
			     "log; please try again later.");
	}
}
