/* What is proposed to be redacted: in sentences of our own, in texts whose places are known. */
#include "tests/unit/unit.h"

#include "domain/publication/redaction_find.h"
#include "base/arena.h"
#include "base/str.h"

#include <jansson.h>

/* What is found of a text stands in brackets. */
static const char *marked(struct arena *arena, const char *text,
			  const struct redaction_names *names)
{
	AUTO(buf) out = buf_new(1 << 16);
	struct redaction_found *found;
	size_t count, at = 0;

	redaction_find(arena, text, names, &found, &count);
	for (size_t i = 0; i < count; i++) {
		size_t from = str_utf8_bytes(text, (size_t)found[i].from);
		size_t to = str_utf8_bytes(text, (size_t)found[i].to);

		buf_add(out, text + at, from - at);
		buf_char(out, '[');
		buf_add(out, text + from, to - from);
		buf_char(out, ']');
		at = to;
	}
	buf_str(out, text + at);
	return arena_strdup(arena, buf_text(out));
}

static const char *const plain[] = {
	"Write to [m.reid+x@example.test] today.",
	"Write to [m.reid (at) example dot org], or [@moragreid].",
	"Write to [m.reid@\nexample.test] today.",
	"Ring [0131 496 0123], [+44 (0)20 7946 0000] or [07700-900123].",
	("Ring [0131\xc2\xa0"
	 "496\xe2\x80\x91"
	 "0123]."),
	("In 1998-2004 some 1,234,567 people paid \xc2\xa3"
	 "2500000 on 12/10/2017."),
	"We live in [EH6 6QQ], not [eh6 6qq] or [SW1A 1AA].",
	"The A720 and the 47 bus, Question 3, section 12A.",
	"I live at [12 Elm Row, Edinburgh] and no bus comes.",
	"I live at [Flat 3/2, 114 High Street,\nLeith, EH6 6QQ] now.",
	"My son was born on [12 May 2011] in the rain; d.o.b. [3/4/09]?",
	"Case number [AB-12345/17] and NHS no. [943 476 5919].",
	"[Mrs Brown] and [Cllr Ann Reid] said no, and so did the Minister.",
	"My name is [Jo Ng] and I say no.",
	"My son [Fergus] and his sister [Skye Lunn] walk. My wife, [Isobel], drives.",
	"Our grand-daughter [Ailsa] is six; a boy called [Rory] hit her.",
	"I live with my mother. The bus is late. My son I drive. My daughter and I walk.",
	"My husband Monday to Friday works; the children of Leith, a mother in Fife.",
	"NI number [QQ 12 34 56 C], case [PER-F123-22].",
	"In 2015 Scotland changed. 25 Children came to us.",
	"1. A place feels safe when it is open.\n2. Way too few are.\n10) Green doors.",
};

START_TEST(it_is_proposed)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(buf) text = buf_new(1 << 12);

	for (const char *c = plain[_i]; *c; c++)
		if (*c != '[' && *c != ']')
			buf_char(text, *c);
	ck_assert_str_eq(marked(arena, buf_text(text), NULL), plain[_i]);
}
END_TEST

/* In a house's place, in a year's and by itself: no number is too long to be looked at. */
START_TEST(a_number_of_any_length_is_proposed)
{
	for (int len = 8; len < 64; len++) {
		AUTO(arena) arena = arena_new(1 << 16);
		AUTO(buf) text = buf_new(1 << 12);
		char digits[64];

		memset(digits, '4', (size_t)len);
		digits[len] = '\0';
		buf_printf(text,
			   "Ring %s today, or come to %s High Street, born 3 May %s.",
			   digits, digits, digits);
		ck_assert_ptr_nonnull(strstr(marked(arena, buf_text(text), NULL), "["));
	}
}
END_TEST

static const char *const named[] = {
	"[Olive Quarry] says no, [OLIVE] too, and [O. Quarry] and [Olive Q.] and [Quarry]'s dog.",
	"[Quarry, Olive] wrote; so did olives and a quarryman.",
	"[O l i v e] wrote.",
	"[Olive\nQuarry] or [Oli-\nve] or [Ol\xc2\xadive] and [olive-quarry].",
	"[Zoe] is [Zo\xc3\xab] and [ZOE\xcc\x88] and [zo\xc3\xab smith].",
	"I am [Jo], and a job is a jo.",
	"[O. Q.] signed, O and Q did not.",
	"[Quarry, Olive]; [QUARRY Olive]; [OLIVEQUARRY] and [OliveQuarry] on [olivequarry].example.",
	"[Olive \xf0\x9f\x98\x80 Quarry] laughs; the [Quarrys] and the [Quarries] do.",
	"[\xd0\x9elive] and [Ol\xd1\x96ve] with Cyrillic letters.",
};

START_TEST(a_known_name_is_found_however_it_is_written)
{
	static const char *own[] = {"Olive Quarry", "Zo\xc3\xab Smith", "Jo Ng", NULL};
	static const struct redaction_names names = {.own = own};
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(buf) text = buf_new(1 << 12);

	for (const char *c = named[_i]; *c; c++)
		if (*c != '[' && *c != ']')
			buf_char(text, *c);
	ck_assert_str_eq(marked(arena, buf_text(text), &names), named[_i]);
}
END_TEST

START_TEST(an_organisation_is_found_as_a_whole)
{
	static const char *whole[] = {"The Bus Users of Leith", NULL};
	static const struct redaction_names names = {.whole = whole};
	AUTO(arena) arena = arena_new(1 << 16);

	ck_assert_str_eq(
		marked(arena, "We, the bus users of leith, say: bus users wait.", &names),
		"We, [the bus users of leith], say: bus users wait.");
	ck_assert_str_eq(marked(arena,
				"Like @BusUsersOfLeith, or bususersofleith.example.",
				&names),
			 "Like [@BusUsersOfLeith], or [bususersofleith].example.");
}
END_TEST

/* Of each kind of the shared texts at least so many in a hundred are found whole. */
static const struct {
	const char *type;
	int least;
} kinds[] = {{"PERSON", 99},         {"EMAIL_ADDRESS", 99}, {"PHONE_NUMBER", 99},
	     {"STREET_ADDRESS", 70}, {"ZIP_CODE", 65},      {"CREDIT_CARD", 99},
	     {"IBAN_CODE", 99},      {"US_SSN", 99}};

static bool is_whole(const char *text, const struct redaction_found *found, size_t count,
		     int64_t from, int64_t to)
{
	for (int64_t i = from; i < to; i++) {
		unsigned char c = (unsigned char)text[str_utf8_bytes(text, (size_t)i)];
		bool in = !(str_is_alpha((char)c) || str_is_digit((char)c) || c >= 0x80);

		for (size_t k = 0; k < count && !in; k++)
			in = i >= found[k].from && i < found[k].to;
		if (!in)
			return false;
	}
	return true;
}

START_TEST(the_shared_texts_give_nobody_away)
{
	int all[ARRAY_LEN(kinds)] = {0}, hit[ARRAY_LEN(kinds)] = {0};
	const char *path = unit_shared("corpora/pii/presidio.jsonl");
	FILE *file = path ? fopen(path, "r") : NULL;
	char line[1 << 16];

	if (!file)
		return;
	while (fgets(line, sizeof(line), file)) {
		AUTO(arena) arena = arena_new(1 << 16);
		json_t *one = json_loads(line, 0, NULL), *spans, *s;
		const char *own[64] = {NULL}, *text;
		struct redaction_names names = {.own = own};
		struct redaction_found *found;
		size_t i, count, n = 0;

		text = json_string_value(json_object_get(one, "text"));
		spans = json_object_get(one, "spans");
		json_array_foreach(
			spans, i,
			s) if (n < 63 &&
			       str_eq(json_string_value(json_object_get(s, "type")),
				      "PERSON")) own[n++] =
			json_string_value(json_object_get(s, "value"));
		redaction_find(arena, text, &names, &found, &count);
		json_array_foreach(spans, i, s) for (
			size_t k = 0; k < ARRAY_LEN(kinds);
			k++) if (str_eq(json_string_value(json_object_get(s, "type")),
					kinds[k].type))
		{
			all[k]++;
			hit[k] += is_whole(text, found, count,
					   json_integer_value(json_object_get(s, "from")),
					   json_integer_value(json_object_get(s, "to")));
		}
		json_decref(one);
	}
	(void)fclose(file);
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		printf("%s: %d of %d\n", kinds[k].type, hit[k], all[k]);
		ck_assert_int_gt(all[k], 0);
		ck_assert_int_ge(100 * hit[k], kinds[k].least * all[k]);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("redaction_find");
	TCase *c = tcase_create("redaction_find");

	tcase_add_loop_test(c, it_is_proposed, 0, ARRAY_LEN(plain));
	tcase_add_test(c, a_number_of_any_length_is_proposed);
	tcase_add_loop_test(c, a_known_name_is_found_however_it_is_written, 0,
			    ARRAY_LEN(named));
	tcase_add_test(c, an_organisation_is_found_as_a_whole);
	tcase_add_test(c, the_shared_texts_give_nobody_away);
	suite_add_tcase(suite, c);
	return unit_main(suite);
}
