#include "tests/fuzz/fuzz.h"

#include "template/template.h"

enum { MOST = 1 << 20 };

/* No template can write this by itself: it stands only in a value. */
#define EVIL "<zq\"'&\x07>\r\nBcc: x"

static struct template_value *values(struct arena *a)
{
	struct template_value *root = template_map(a), *rows, *row;

	template_set(root, "name", EVIL);
	template_set_int(root, "number", 14);
	template_set_bool(root, "yes", true);
	template_set_bool(root, "no", false);
	template_set(root, "nothing", NULL);
	template_set_vouched(root, "html", "<b>ours</b>");
	row = template_set_map(root, "map");
	template_set(row, "name", EVIL);
	rows = template_set_list(root, "rows");
	row = template_add_map(rows);
	template_set(row, "name", "one");
	row = template_add_map(rows);
	template_set(row, "name", EVIL);
	rows = template_set_list(root, "texts");
	template_add(rows, EVIL);
	template_add(rows, "two");
	return root;
}

static void rendered(const struct template_library *library, const char *name,
		     const struct template_value *root)
{
	AUTO(buf) out = buf_new(MOST);
	struct err err = {0};

	if (!template_render(library, name, root, TEMPLATE_LENIENT, out, &err)) {
		ASSERT(err.kind == ERR_INPUT || err.kind == ERR_ABSENT);
		fuzz_is_said(&err);
	}
	if (str_ends(name, ".html"))
		ASSERT(!strstr(buf_text(out), "<zq\"'"));
	else
		ASSERT(!strchr(buf_text(out), '\x07') || buf_cut(out));
	buf_reset(out);
	if (!template_render(library, name, root, TEMPLATE_STRICT, out, &err))
		fuzz_is_said(&err);
}

/* What the bytes themselves hold of the value's marks, even in parts, is no fault of a
   template. */
static char *harmless(struct arena *a, const char *bytes, size_t len)
{
	char *text = fuzz_text(a, bytes, len), *at = text;

	for (; *at; at++)
		if (*at == '\x07' || *at == 'q')
			*at = '.';
	return text;
}

void fuzz_template(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	AUTO(template_library) library = template_library_new();
	const char *text = harmless(a, bytes, len), *name;
	const struct template_value *root = values(a);
	AUTO(buf) all = buf_new(MOST);
	struct err err = {0};

	ASSERT(template_library_add(library, "mail/foot.txt", "-- {{name}}\n", &err));
	ASSERT(template_library_add(library, "web/frame.html",
				    "<p>{{$block}}{{name}}{{/block}}</p>\n", &err));
	if (!template_library_add(library, "web/fuzz.html", text, &err) ||
	    !template_library_add(library, "mail/fuzz.txt", text, &err)) {
		ASSERT(err.kind == ERR_INPUT);
		fuzz_is_said(&err);
		return;
	}
	if (!template_library_check(library, &err))
		fuzz_is_said(&err);
	for (size_t i = 0; (name = template_library_name(library, i)); i++)
		rendered(library, name, root);
	template_library_texts(library, "mail/", all);
}
