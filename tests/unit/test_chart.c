/* Charts: what they draw, read back as XML. */
#include "tests/unit/unit.h"

#include "base/str.h"
#include "text/figures/chart.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

static const char *const days[] = {"Mon", "Tue", "Wed"};
static const char *const names[] = {"individual", "organisation", "unknown"};
static const int64_t values[] = {10, 0, 40, 5, 5, 10, 0, 15, 50};
static const unsigned char depths[] = {0, 1, 2};

static struct chart usual(enum chart_kind kind, size_t series)
{
	return (struct chart){.kind = kind,
			      .id = "by-day",
			      .title = "Replies by day",
			      .unit = "replies",
			      .labels = days,
			      .label_count = 3,
			      .series_names = names,
			      .series_count = series,
			      .values = values};
}

/* Drawn and parsed; the caller frees the document. */
static xmlDocPtr drawn(const struct chart *chart)
{
	AUTO(buf) out = buf_new(CHART_BYTES);
	struct err err = {0};
	xmlDocPtr doc;

	ck_assert_msg(chart_svg(chart, out, &err), "%s", err.text);
	ck_assert(!buf_cut(out));
	ck_assert_ptr_null(strstr(buf_text(out), "style="));
	ck_assert_ptr_null(strstr(buf_text(out), "<script"));
	doc = xmlReadMemory(out->bytes, (int)out->len, "chart.svg", NULL,
			    XML_PARSE_NONET);
	ck_assert_msg(doc != NULL, "no XML: %s", buf_text(out));
	return doc;
}

/* Elements of a class, in order; their number. */
static size_t find(xmlNodePtr node, const char *element, const char *class,
		   xmlNodePtr *out, size_t count)
{
	for (; node; node = node->next) {
		xmlChar *has = xmlGetProp(node, BAD_CAST "class");

		if (node->type == XML_ELEMENT_NODE &&
		    str_eq((const char *)node->name, element) &&
		    (!class || (has && strstr((const char *)has, class)))) {
			ck_assert_uint_lt(count, 100);
			out[count++] = node;
		}
		xmlFree(has);
		count = find(node->children, element, class, out, count);
	}
	return count;
}

static int number(xmlNodePtr node, const char *name)
{
	xmlChar *text = xmlGetProp(node, BAD_CAST name);
	int n;

	ck_assert_msg(text != NULL, "%s has no %s", (const char *)node->name, name);
	n = (int)strtol((const char *)text, NULL, 10);
	xmlFree(text);
	return n;
}

static void holds(xmlNodePtr node, const char *want)
{
	xmlChar *text = xmlNodeGetContent(node);

	ck_assert_msg(strstr((const char *)text, want) != NULL, "\"%s\" is not in \"%s\"",
		      want, (const char *)text);
	xmlFree(text);
}

static const enum chart_kind kinds[] = {CHART_BARS, CHART_COLUMNS, CHART_LINES,
					CHART_SHARES};

START_TEST(every_chart_says_what_it_shows)
{
	struct chart c = usual(kinds[_i], 3);
	xmlDocPtr doc = drawn(&c);
	xmlNodePtr svg = xmlDocGetRootElement(doc), found[100];
	xmlChar *role = xmlGetProp(svg, BAD_CAST "role");
	xmlChar *by = xmlGetProp(svg, BAD_CAST "aria-labelledby");

	ck_assert_str_eq((const char *)role, "img");
	ck_assert_str_eq((const char *)by, "by-day-title by-day-desc");
	ck_assert_uint_ge(find(svg, "title", NULL, found, 0), 1);
	holds(found[0], "Replies by day");
	ck_assert_uint_eq(find(svg, "desc", NULL, found, 0), 1);
	holds(found[0], "Wed: individual 40");
	holds(found[0], "replies");
	holds(svg, "unknown");
	for (size_t i = 0; i < 3; i++)
		holds(svg, days[i]);
	xmlFree(role);
	xmlFree(by);
	xmlFreeDoc(doc);
}
END_TEST

START_TEST(bars_are_as_long_as_their_values)
{
	struct chart c = usual(kinds[_i], 3);
	const char *side = kinds[_i] == CHART_BARS ? "width" : "height";
	xmlDocPtr doc = drawn(&c);
	xmlNodePtr svg = xmlDocGetRootElement(doc), bars[100];
	size_t legend = 3, count = find(svg, "rect", "chart-bar", bars, 0);
	int unit = 0;

	ck_assert_uint_eq(count, legend + 9);
	for (size_t i = 0; i < 9; i++)
		if (values[i % 3 * 3 + i / 3] == 50)
			unit = number(bars[legend + i], side);
	for (size_t i = 0; i < 9; i++) {
		int64_t value = values[i % 3 * 3 + i / 3];
		int got = number(bars[legend + i], side);

		ck_assert_msg(abs(got - (int)(value * unit / 50)) <= 1,
			      "%d is drawn as %d of %d", (int)value, got, unit);
	}
	ck_assert_int_gt(unit, 150);
	xmlFreeDoc(doc);
}
END_TEST

START_TEST(shares_fill_the_whole_width)
{
	struct chart c = usual(CHART_SHARES, 3);
	xmlDocPtr doc = drawn(&c);
	xmlNodePtr svg = xmlDocGetRootElement(doc), bars[100];
	size_t count = find(svg, "rect", "chart-bar", bars, 0);

	/* Monday: 10 and 5, nothing of the third; Tuesday 5 and 15; Wednesday all. */
	ck_assert_uint_eq(count, 3 + 2 + 2 + 3);
	ck_assert_int_eq(number(bars[3], "width") + number(bars[4], "width"),
			 number(bars[5], "width") + number(bars[6], "width"));
	ck_assert_int_eq(number(bars[4], "x"),
			 number(bars[3], "x") + number(bars[3], "width"));
	holds(svg, "individual 10 (67 %), organisation 5 (33 %), unknown 0 (0 %)");
	xmlFreeDoc(doc);
}
END_TEST

START_TEST(nothing_leaves_the_picture)
{
	static const char *const wide[] = {
		"A label that is so long that it cannot stand beside its bar at all, ever",
		"<b>&\"'", "\x01\xff\xef\xbf\xbf"};
	struct chart c = usual(kinds[_i], 3);
	xmlNodePtr svg, found[100];
	xmlDocPtr doc;
	xmlChar *box;
	int wide_is, high_is;
	char *at;

	c.labels = wide;
	c.depths = depths;
	doc = drawn(&c);
	svg = xmlDocGetRootElement(doc);
	box = xmlGetProp(svg, BAD_CAST "viewBox");
	wide_is = (int)strtol((const char *)box + strlen("0 0 "), &at, 10);
	high_is = (int)strtol(at, NULL, 10);
	xmlFree(box);
	for (size_t i = find(svg, "rect", "chart-bar", found, 0); i-- > 0;) {
		ck_assert_int_ge(number(found[i], "y"), 0);
		ck_assert_int_le(number(found[i], "x") + number(found[i], "width"),
				 wide_is);
		ck_assert_int_le(number(found[i], "y") + number(found[i], "height"),
				 high_is);
	}
	for (size_t i = find(svg, "text", NULL, found, 0); i-- > 0;) {
		ck_assert_int_le(number(found[i], "y"), high_is);
		ck_assert_int_le(number(found[i], "x"), wide_is);
	}
	holds(svg, wide[0]);
	holds(svg, kinds[_i] == CHART_COLUMNS ? wide[1] : "<b>&");
	ck_assert_uint_eq(find(svg, "b", NULL, found, 0), 0);
	xmlFreeDoc(doc);
}
END_TEST

START_TEST(the_same_figures_give_the_same_bytes)
{
	AUTO(buf) one = buf_new(CHART_BYTES);
	AUTO(buf) two = buf_new(CHART_BYTES);
	struct chart c = usual(kinds[_i], 2);
	struct err err = {0};

	ck_assert(chart_svg(&c, one, &err) && chart_svg(&c, two, &err));
	ck_assert_str_eq(buf_text(one), buf_text(two));
}
END_TEST

START_TEST(few_or_no_values_are_drawn_too)
{
	static const int64_t none[] = {0, 0, 0, 0, 0, 0};
	struct chart c = usual(kinds[_i], 2);
	xmlDocPtr doc;

	c.values = none;
	xmlFreeDoc(drawn(&c));
	c.label_count = 1;
	xmlFreeDoc(drawn(&c));
	c.label_count = 0;
	doc = drawn(&c);
	holds(xmlDocGetRootElement(doc), "Nothing to show yet.");
	xmlFreeDoc(doc);
}
END_TEST

START_TEST(great_numbers_are_readable)
{
	static const int64_t great[] = {1234567, 999, 1};
	struct chart c = usual(CHART_BARS, 1);
	xmlNodePtr bars[100];
	xmlDocPtr doc;

	c.values = great;
	doc = drawn(&c);
	holds(xmlDocGetRootElement(doc), "1,234,567");
	ck_assert_uint_eq(find(xmlDocGetRootElement(doc), "rect", "chart-bar", bars, 0),
			  3);
	ck_assert_int_eq(number(bars[2], "width"), 1);
	xmlFreeDoc(doc);
}
END_TEST

START_TEST(what_is_no_chart_is_refused)
{
	static const int64_t below[] = {1, -1, 0};
	AUTO(buf) out = buf_new(CHART_BYTES);
	struct chart c[4] = {usual(CHART_BARS, 1), usual(CHART_BARS, 0),
			     usual(CHART_BARS, CHART_SERIES + 1), usual(CHART_BARS, 1)};

	c[0].id = "a b";
	c[3].values = below;
	for (size_t i = 0; i < ARRAY_LEN(c); i++) {
		struct err no = {0};

		ck_assert(!chart_svg(&c[i], out, &no));
		ck_assert_int_eq(no.kind, ERR_INPUT);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("chart");
	TCase *c = tcase_create("chart");

	UNIT_TABLE(c, every_chart_says_what_it_shows, kinds);
	tcase_add_loop_test(c, bars_are_as_long_as_their_values, 0, 2);
	tcase_add_test(c, shares_fill_the_whole_width);
	UNIT_TABLE(c, nothing_leaves_the_picture, kinds);
	UNIT_TABLE(c, the_same_figures_give_the_same_bytes, kinds);
	UNIT_TABLE(c, few_or_no_values_are_drawn_too, kinds);
	tcase_add_test(c, great_numbers_are_readable);
	tcase_add_test(c, what_is_no_chart_is_refused);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
