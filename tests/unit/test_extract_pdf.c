/*
 * Forms in PDF, made from parts: each way to keep a choice, with each choice, nothing chosen,
 * two chosen, and a value that says another thing than what is seen.
 */
#include "tests/unit/unit.h"

#include "base/str.h"
#include "extract/parsers/document.h"
#include "form/reading/form.h"

enum { CHOICES = 3, NOTHING = -1, TWO = -2, TORN = -3, FIRST_OBJECT = 10 };

static const char *const choices[CHOICES] = {
	"Do not publish response", "Publish response only (without name)",
	"Publish response with name"};

/* How a form keeps what its boxes mean. */
enum way {
	BOXES_WITH_TOOLTIPS, /* a field each, TU */
	BOXES_BY_NAME,       /* a field each, T in words */
	RADIO_BY_STATE,      /* the state that is on has the words */
	RADIO_BY_OPTION,     /* /Opt has them, the state is a number */
	RADIO_WITH_TOOLTIPS, /* each button has its own */
	LIST,                /* a drop-down */
	LIST_OF_PAIRS,       /* what is exported, what is shown */
	TYPED,               /* behind a label */
	MUTE_BOXES,          /* nothing says what they mean */
	WAYS
};

struct file {
	struct buf *all, *widgets;
	int objects;
};

static const char *as_name(struct arena *a, const char *text)
{
	AUTO(buf) to = buf_new(1 << 10);

	for (; *text; text++)
		if (str_is_alpha(*text) || str_is_digit(*text))
			buf_char(to, *text);
		else
			buf_printf(to, "#%02x", (unsigned char)*text);
	return arena_strdup(a, buf_text(to));
}

static const char *as_string(struct arena *a, const char *text)
{
	AUTO(buf) to = buf_new(1 << 10);

	for (; *text; text++)
		buf_printf(to, strchr("()\\", *text) ? "\\%c" : "%c", *text);
	return arena_strdup(a, buf_text(to));
}

static void widget(struct file *f, const char *words, int line)
{
	int number = FIRST_OBJECT + f->objects++;

	buf_printf(f->all,
		   "%d 0 obj\n<< /Subtype /Widget /Rect [60 %d 70 %d] %s >>\nendobj\n",
		   number, 700 - line * 20, 710 - line * 20, words);
	buf_printf(f->widgets, "%d 0 R ", number);
}

static bool is_on(int chosen, int i)
{
	return chosen == i || (chosen == TWO && i != 1) || (chosen == TORN && i == 2);
}

/* A field of its own; torn: its value is on, and it looks off. */
static void box(struct arena *a, struct file *f, enum way way, int chosen, int i)
{
	bool on = is_on(chosen, i);
	const char *label = way == BOXES_WITH_TOOLTIPS
				    ? arena_printf(a, "/T (pub%d) /TU (%s)", i,
						   as_string(a, choices[i]))
			    : way == BOXES_BY_NAME
				    ? arena_printf(a, "/T (%s)", as_string(a, choices[i]))
				    : arena_printf(a, "/T (Box%d)", i);

	widget(f,
	       arena_printf(a,
			    "/FT /Btn %s /V /%s /AS /%s /AP << /N << /Yes 3 0 R /Off 3 0 "
			    "R >> >>",
			    label, on ? "Yes" : "Off",
			    on && chosen != TORN ? "Yes" : "Off"),
	       i);
}

/* One field, a button for each choice. */
static void radio(struct arena *a, struct file *f, enum way way, int chosen)
{
	AUTO(buf) opt = buf_new(1 << 12);
	const char *value = "Off";

	for (int i = 0; i < CHOICES; i++) {
		bool on = is_on(chosen, i);
		const char *state = way == RADIO_BY_STATE ? as_name(a, choices[i])
							  : arena_printf(a, "%d", i);
		const char *tip = way == RADIO_WITH_TOOLTIPS
					  ? arena_printf(a, "/TU (%s)",
							 as_string(a, choices[i]))
					  : "";

		buf_printf(opt, "(%s) ", as_string(a, choices[i]));
		value = on ? state : value;
		widget(f,
		       arena_printf(a,
				    "/Parent 4 0 R %s /AS /%s /AP << /N << /%s 3 0 R >> "
				    ">>",
				    tip, on && chosen != TORN ? state : "Off", state),
		       i);
	}
	buf_printf(f->all,
		   "4 0 obj\n<< /FT /Btn /Ff 32768 /T (pub) /TU (Publishing preference) /V "
		   "/%s %s%s%s /Kids [%s] >>\nendobj\n",
		   value, way == RADIO_BY_OPTION ? "/Opt [" : "",
		   way == RADIO_BY_OPTION ? buf_text(opt) : "",
		   way == RADIO_BY_OPTION ? "]" : "", buf_text(f->widgets));
}

static void typed(struct arena *a, struct file *f, enum way way, int chosen)
{
	AUTO(buf) value = buf_new(1 << 12);
	AUTO(buf) opt = buf_new(1 << 12);

	for (int i = 0; i < CHOICES; i++) {
		const char *words = as_string(a, choices[i]);
		const char *kept =
			way == LIST_OF_PAIRS ? arena_printf(a, "%d", i) : words;

		if (is_on(chosen, i))
			buf_printf(value, "(%s) ", kept);
		if (way == LIST_OF_PAIRS)
			buf_printf(opt, "[(%d) (%s)] ", i, words);
		else
			buf_printf(opt, "(%s) ", words);
	}
	widget(f,
	       arena_printf(a, "/FT /%s /T (pub) /TU (Publishing preference) %s%s%s %s%s%s",
			    way == TYPED ? "Tx" : "Ch", chosen == TWO ? "/V [" : "/V ",
			    value->len ? buf_text(value) : "()", chosen == TWO ? "]" : "",
			    way == TYPED ? "" : "/Opt [",
			    way == TYPED ? "" : buf_text(opt), way == TYPED ? "" : "]"),
	       0);
}

static void made(struct arena *a, enum way way, int chosen, struct buf *to)
{
	AUTO(buf) widgets = buf_new(1 << 12);
	struct file f = {.all = to, .widgets = widgets};

	buf_str(to, "%PDF-1.6\n");
	if (way >= RADIO_BY_STATE && way <= RADIO_WITH_TOOLTIPS)
		radio(a, &f, way, chosen);
	else if (way >= LIST && way <= TYPED)
		typed(a, &f, way, chosen);
	else
		for (int i = 0; i < CHOICES; i++)
			box(a, &f, way, chosen, i);
	widget(&f, "/FT /Tx /T (name) /TU (Full name) /V (Ada Brock)", -2);
	widget(&f, "/FT /Btn /F 2 /T (x) /TU (Publish response with name) /V /Yes /AS /Yes",
	       9);
	buf_printf(to,
		   "1 0 obj\n<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] >> "
		   ">>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [5 0 R] /Count 1 >>\nendobj\n"
		   "3 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n5 0 obj\n<< "
		   "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [%s] >>\n"
		   "endobj\ntrailer << /Root 1 0 R /Size 99 >>\n%%%%EOF\n",
		   buf_text(widgets), buf_text(widgets));
}

START_TEST(what_was_chosen_in_a_pdf_is_read_and_nothing_else)
{
	static const int all[] = {0, 1, 2, NOTHING, TWO, TORN};

	for (int way = 0; way < WAYS; way++)
		for (size_t i = 0; i < ARRAY_LEN(all); i++) {
			AUTO(arena) a = arena_new(1 << 16);
			AUTO(buf) bytes = buf_new(1 << 16);
			AUTO(buf) text = buf_new(1 << 16);
			struct extract_said said = {.text = text,
						    .shown = document_new(a)};
			struct form *form = arena_make(a, struct form, 1);
			struct form_conclusion c;
			bool none = all[i] < 0 && !(all[i] == TORN && way >= LIST);
			const char *want =
				none || way == MUTE_BOXES
					? NULL
					: form_value_name(FORM_PERMISSION,
							  all[i] == TORN ? 2 : all[i]);

			made(a, (enum way)way, all[i], bytes);
			extract_document(EXTRACT_PDF_FIELDS, bytes->bytes, bytes->len,
					 &said);
			ck_assert_ptr_null(said.reason);
			form_read(a, said.shown, form);
			form_conclude(form, FORM_PERMISSION, &c);
			document_text_of(said.shown, text);
			ck_assert_msg(str_eq(c.value, want),
				      "way %d, choice %d: %s instead of %s\n%s", way,
				      all[i], str_or(c.value, "unknown"),
				      str_or(want, "unknown"), buf_text(text));
			ck_assert_str_eq(str_or(form->name, ""), "Ada Brock");
		}
}
END_TEST

START_TEST(what_is_no_form_has_nothing_to_show)
{
	static const char *const files[] = {"", "%PDF-1.4\n", "%PDF-1.4\n1 0 obj\n[[[[[[[",
					    ("%PDF-1.4\n1 0 obj\n<< /AcroForm 1 0 R >>\n"
					     "endobj\ntrailer << /Root 1 0 R >>")};

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		AUTO(arena) a = arena_new(1 << 16);
		AUTO(buf) text = buf_new(1 << 16);
		struct extract_said said = {.text = text, .shown = document_new(a)};

		extract_document(EXTRACT_PDF_FIELDS, files[i], strlen(files[i]), &said);
		ck_assert_uint_eq(said.shown->count, 0);
	}
}
END_TEST

START_TEST(what_is_struck_out_in_a_page_is_not_chosen)
{
	static const char page[] = "<p>Name: Ada Brock<p>Please delete as appropriate:<p>"
				   "<s>Publish response with name</s> / Do not publish "
				   "response";
	AUTO(arena) a = arena_new(1 << 16);
	AUTO(buf) text = buf_new(1 << 16);
	struct extract_said said = {.text = text, .shown = document_new(a)};
	struct form *form = arena_make(a, struct form, 1);
	struct form_conclusion c;

	extract_document(EXTRACT_HTML, page, strlen(page), &said);
	ck_assert(said.shown->telling);
	form_read(a, said.shown, form);
	form_conclude(form, FORM_PERMISSION, &c);
	ck_assert_msg(!c.value || str_eq(c.value, "none"), "permission %s", c.value);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("extract_pdf");
	TCase *c = tcase_create("forms");

	tcase_add_test(c, what_was_chosen_in_a_pdf_is_read_and_nothing_else);
	tcase_add_test(c, what_is_no_form_has_nothing_to_show);
	tcase_add_test(c, what_is_struck_out_in_a_page_is_not_chosen);
	suite_add_tcase(s, c);
	return unit_main(s);
}
