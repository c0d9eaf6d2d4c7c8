#include "domain/exports/report_paper.h"
#include "domain/reports/report_write.h"
#include "base/clock.h"
#include "base/str.h"

#define NOT_APPROVED "Not approved: not for publication"

/* ---- for a browser ---- */

static const char screen_style[] =
	":root{color-scheme:light dark}\n"
	"body{margin:0;font:1.0625rem/1.6 system-ui,sans-serif;color:CanvasText;"
	"background:Canvas}\n"
	"main{max-width:70ch;margin:0 auto;padding:1.5rem}\n"
	"h1{font-size:1.75rem;line-height:1.25}h2{margin-top:2.5rem}\n"
	"table{border-collapse:collapse;width:100%;font-size:.9375rem;"
	"font-variant-numeric:tabular-nums}\n"
	"caption{text-align:left;font-weight:600;padding:.5rem 0}\n"
	"th,td{border-bottom:1px solid GrayText;padding:.375rem .5rem;text-align:left;"
	"vertical-align:top}\n"
	"th.number,td.number{text-align:right}tbody th{font-weight:400}\n"
	".report-base th,.report-base td{font-weight:600}\n"
	".report-depth-1{padding-left:1.5rem}.report-depth-2{padding-left:2.5rem}"
	".report-depth-3{padding-left:3.5rem}\n"
	".report-table{overflow-x:auto;margin:1rem 0}\n"
	".report-note{font-size:.9375rem}\n"
	".report-chart{margin:1rem 0;background:#fff;color:#1c1c1c;padding:.5rem}"
	".report-chart svg{max-width:100%;height:auto}\n"
	".report-quote{margin:1rem 0;padding-left:1rem;border-left:4px solid GrayText}"
	".report-quote blockquote{margin:0}\n"
	".report-quote figcaption::before{content:\"\\2014\\a0\"}\n"
	".report-unapproved{border:2px solid;padding:.75rem;font-weight:600}\n"
	"blockquote{margin:1rem 0;padding-left:1rem;border-left:4px solid GrayText}\n"
	"@media print{main{max-width:none;padding:0}tr,figure{break-inside:avoid}"
	"h2,h3,h4,caption{break-after:avoid}.report-table{overflow:visible}}\n";

static void put_escaped(struct buf *out, const char *before, const char *text,
			const char *after)
{
	buf_str(out, before);
	report_escape(out, text);
	buf_str(out, after);
}

static void put_stands(const struct report_sheet *s, struct buf *out)
{
	put_escaped(out,
		    s->approved_at ? "<p class=\"report-standing\">"
				   : "<p class=\"report-standing report-unapproved\">",
		    s->stands, s->approved_at ? ".</p>\n" : "</p>\n");
}

void report_paper_screen(const struct report_sheet *s, struct buf *out)
{
	buf_str(out, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n"
		     "<meta charset=\"utf-8\">\n"
		     "<meta name=\"viewport\" content=\"width=device-width, "
		     "initial-scale=1\">\n");
	put_escaped(out, "<title>", s->title, ": analysis of responses</title>\n");
	buf_str(out, "<style>\n");
	buf_str(out, screen_style);
	buf_str(out, "</style>\n</head>\n<body>\n<main>\n");
	if (!s->approved_at)
		put_stands(s, out);
	buf_str(out, s->html);
	if (s->approved_at)
		put_stands(s, out);
	buf_str(out, "</main>\n</body>\n</html>\n");
}

/* ---- what was frozen, in other elements ---- */

struct instead {
	const char *of, *put;
};

static const struct instead of_print[] = {
	{"<figure class=\"report-chart\">\n", "<div class=\"report-chart\">"},
	{"</svg>\n<figcaption>", "</svg><p class=\"report-caption\">"},
	{"<figure class=\"report-quote\">\n", "<div class=\"report-quote\">"},
	{"</blockquote>\n<figcaption>",
	 "</blockquote><p class=\"report-by\">\xe2\x80\x94\xc2\xa0"},
	{"</figcaption>\n</figure>", "</p></div>"},
	{" tabindex=\"0\" role=\"group\"", ""},
	{NULL, NULL}};

/* pandoc keeps of a figure its caption alone, and of cells how their words are set. */
static const struct instead of_word[] = {
	{"<figure class=\"report-chart\">\n", "<p>"},
	{"</svg>\n<figcaption>",
	 "</svg></p><div data-custom-style=\"Image Caption\"><p>"},
	{"<figure class=\"report-quote\">\n", ""},
	{"</blockquote>\n<figcaption>",
	 "</blockquote><div data-custom-style=\"Quoted by\"><p>\xe2\x80\x94\xc2\xa0"},
	{"</figcaption>\n</figure>", "</p></div>"},
	{" class=\"number\">", " style=\"text-align: right\">"},
	{" class=\"report-depth-1\">", ">\xe2\x80\x83"},
	{" class=\"report-depth-2\">", ">\xe2\x80\x83\xe2\x80\x83"},
	{" class=\"report-depth-3\">", ">\xe2\x80\x83\xe2\x80\x83\xe2\x80\x83"},
	{NULL, NULL}};

/* Its first heading, when it begins with one; what stands behind it. */
static const char *behind_title(const char *html, const char **title, size_t *len)
{
	static const char open[] = "<h1>", close[] = "</h1>";
	const char *at = html + strspn(html, " \n"), *end;

	*title = NULL;
	*len = 0;
	end = str_starts(at, open) ? strstr(at, close) : NULL;
	if (!end)
		return html;
	*title = at + sizeof(open) - 1;
	*len = (size_t)(end - *title);
	return end + sizeof(close) - 1;
}

static const struct instead *stands_here(const struct instead *list, const char *at)
{
	for (; list->of; list++)
		if (str_starts(at, list->of))
			return list;
	return NULL;
}

enum sections { SECTIONS_PLAIN, SECTIONS_NUMBERED };

/* Sections that can be led to have the names that the list of them uses. */
static void put_body(const char *html, const struct instead *list, enum sections how,
		     struct buf *out)
{
	static const char open[] = "<h2>";
	size_t sections = 0;

	for (const char *at = html; *at;) {
		const struct instead *i =
			*at == '<' || *at == ' ' ? stands_here(list, at) : NULL;

		if (i) {
			buf_str(out, i->put);
			at += strlen(i->of);
		} else if (how == SECTIONS_NUMBERED && str_starts(at, open)) {
			buf_printf(out, "<h2 id=\"section-%zu\">", ++sections);
			at += sizeof(open) - 1;
		} else {
			buf_char(out, *at++);
		}
	}
}

static void put_title(const struct report_sheet *s, const char *title, size_t len,
		      struct buf *out)
{
	if (title)
		buf_add(out, title, len);
	else
		put_escaped(out, "", s->title, ": analysis of responses");
}

/* ---- for paper ---- */

static const char print_style[] =
	"@page{size:A4;margin:26mm 22mm 24mm 22mm;"
	"@top-left{content:string(report-title);font:8.5pt sans-serif;color:#444}"
	"@bottom-center{content:\"Page \" counter(page) \" of \" counter(pages);"
	"font:8.5pt sans-serif;color:#444}}\n"
	"@page :first{@top-left{content:none}@bottom-center{content:none}}\n"
	"body{font:10.5pt/1.5 Arial,\"Liberation Sans\",\"DejaVu Sans\",sans-serif;"
	"color:#111;margin:0}\n"
	"h1,h2,h3,h4{line-height:1.25;break-after:avoid;font-weight:bold}\n"
	"h2{font-size:16pt;margin:24pt 0 8pt}h3{font-size:13pt;margin:18pt 0 6pt}"
	"h4{font-size:11pt;margin:14pt 0 4pt}\n"
	"p{margin:0 0 8pt;orphans:3;widows:3}ul,ol{margin:0 0 8pt;padding-left:16pt}\n"
	".cover{break-after:page;padding-top:60mm}\n"
	".cover h1{font-size:27pt;margin:0 0 14mm;string-set:report-title content()}\n"
	".cover-by{font-size:13pt;color:#333;margin-bottom:6mm}\n"
	".report-unapproved{border:1.5pt solid #111;padding:8pt 10pt;font-weight:bold}\n"
	".contents{break-after:page}.contents ul{list-style:none;padding:0}\n"
	".contents li{margin-bottom:4pt}.contents a{color:#111;text-decoration:none}\n"
	".contents a::after{content:leader(\".\") target-counter(attr(href),page)}\n"
	"a{color:#1d4f91}\n"
	"table{border-collapse:collapse;width:100%;font-size:9pt;margin:0 0 10pt;"
	"font-variant-numeric:tabular-nums;border-bottom:1pt solid #444}\n"
	"caption{text-align:left;font-weight:bold;padding:8pt 0 4pt;break-after:avoid}\n"
	"th,td{border-bottom:.5pt solid #999;padding:3pt 4pt;text-align:left;"
	"vertical-align:top}\n"
	"thead th{border-bottom:1pt solid #444;vertical-align:bottom}\n"
	/* A table goes on to the next page only when it is longer than one. */
	"table{break-inside:avoid}\n"
	"tr{break-inside:avoid}th.number,td.number{text-align:right;white-space:nowrap}"
	"thead th.number{white-space:normal}tbody th{font-weight:normal}\n"
	".report-base th,.report-base td{font-weight:bold;border-top:1pt solid #444}\n"
	".report-depth-1{padding-left:18pt}.report-depth-2{padding-left:30pt}"
	".report-depth-3{padding-left:42pt}\n"
	".report-note{font-size:9.5pt;color:#333}\n"
	".report-chart{break-inside:avoid;margin:10pt 0}"
	"article{margin:0;line-height:0}\n"
	".report-chart img{width:100%;max-height:205mm;object-fit:contain}\n"
	".report-caption{font-weight:bold;font-size:9.5pt;margin-top:6pt}\n"
	".report-quote{break-inside:avoid;margin:8pt 0 10pt}"
	".report-quote blockquote{margin:0;border:0;padding:0}.report-quote,blockquote"
	"{border-left:2.5pt solid #767676;padding-left:10pt}\n"
	"blockquote{margin:8pt 0}.report-by{font-style:italic;margin:2pt 0 0}\n";

static const char print_unapproved[] = "@page{@top-right{content:\"" NOT_APPROVED "\";"
				       "font:bold 8.5pt sans-serif;color:#111}}\n";

static void put_contents(const char *html, struct buf *out)
{
	static const char open[] = "<h2>", close[] = "</h2>";
	size_t sections = 0;

	for (const char *at = html; (at = strstr(at, open));) {
		const char *end = strstr(at, close);

		if (!end)
			break;
		at += sizeof(open) - 1;
		if (!sections)
			buf_str(out, "<div class=\"contents\"><h2>Contents</h2>\n<ul>\n");
		buf_printf(out, "<li><a href=\"#section-%zu\">", ++sections);
		/* Words alone: a link within a link would be none. */
		for (; at < end; at++)
			if (*at == '<')
				at = at + strcspn(at, ">");
			else
				buf_char(out, *at);
		buf_str(out, "</a></li>\n");
	}
	if (sections)
		buf_str(out, "</ul></div>\n");
}

void report_paper_print(const struct report_sheet *s, struct buf *out)
{
	const char *title, *body;
	size_t len;

	body = behind_title(s->html, &title, &len);
	buf_str(out, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n"
		     "<meta charset=\"utf-8\">\n");
	put_escaped(out, "<title>", s->title, ": analysis of responses</title>\n");
	put_escaped(out, "<meta name=\"author\" content=\"", s->organisation, "\">\n");
	buf_str(out, "<style>\n");
	buf_str(out, print_style);
	if (!s->approved_at)
		buf_str(out, print_unapproved);
	buf_str(out, "</style>\n</head>\n<body>\n<div class=\"cover\">\n");
	put_escaped(out, "<p class=\"cover-by\">", s->organisation, "</p>\n<h1>");
	put_title(s, title, len, out);
	buf_str(out, "</h1>\n");
	put_stands(s, out);
	buf_str(out, "</div>\n");
	put_contents(body, out);
	put_body(body, of_print, SECTIONS_NUMBERED, out);
	buf_str(out, "</body>\n</html>\n");
}

/* ---- for Word ---- */

void report_paper_word(const struct report_sheet *s, struct buf *out)
{
	const char *title, *body;
	size_t len;

	body = behind_title(s->html, &title, &len);
	buf_str(out, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n"
		     "<meta charset=\"utf-8\">\n<title>");
	put_title(s, title, len, out);
	buf_str(out, "</title>\n");
	put_escaped(out, "<meta name=\"author\" content=\"", s->organisation, "\">\n");
	if (s->approved_at)
		put_escaped(out, "<meta name=\"date\" content=\"", s->stands, "\">\n");
	else
		buf_str(out, "<meta name=\"footer\" content=\"" NOT_APPROVED "\">\n");
	buf_str(out, "</head>\n<body>\n");
	if (!s->approved_at)
		put_escaped(out, "<div data-custom-style=\"Unapproved\"><p>", s->stands,
			    "</p></div>\n");
	buf_str(out, "<div data-custom-style=\"Front page end\"><p>&nbsp;</p></div>\n");
	put_body(body, of_word, SECTIONS_PLAIN, out);
	buf_str(out, "</body>\n</html>\n");
}
