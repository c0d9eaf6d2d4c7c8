/*
 * template - text and HTML from logic-less templates, escaped by default.
 *
 * Mustache: {{name}}, {{#section}}, {{^unless}}, {{>partial}}, {{!comment}},
 * {{=<% %>=}}, dotted names, {{.}}, {{>*partial-named-by}}, and layouts
 * ({{<parent}}{{$block}}...{{/block}}{{/parent}}). No lambdas.
 *
 * A library holds every template of some folders, parsed; it is filled at start (so a
 * mistake in any file is found then, and a sandbox needs no files later) and
 * only read from then on, by any number of threads. The first folder that has a
 * file wins: an organisation's own comes before the installed one.
 *
 * Names      "mail/confirm.txt": the path below the folder. A partial {{>foot}} in it is
 *            "mail/foot.txt"; {{>web/head}} counts from the root.
 * Modes      .txt: values lose control characters. Everything else: values are
 *            HTML-escaped, fit for text and for quoted attributes, never for
 *            script, style or unquoted attributes. A .txt file whose first line is
 *            "Subject: ..." gives two templates: "mail/confirm.subject" (that line,
 *            values lose their line ends too) and "mail/confirm.txt" (the rest).
 * Words      {{#_}}Thank you{{/_}} marks words that may be said in another language.
 *            They are replaced when a file is added: what is asked for is the raw text
 *            between the marks, white space folded; the answer is template text and must
 *            have the same tags, each as often. No answer: the words stay.
 * Ownership  the library copies what it is given.
 * Errors     ERR_INPUT with file, line and what to mend; ERR_ABSENT no such
 *            template; ERR_SYSTEM a folder or file cannot be read.
 * Source     the Mustache specification 1.4 with its optional parts inheritance
 *            and dynamic names.
 * Limits     1 MB a file, 1,000 files, 64 levels of sections and of partials; the
 *            output's size is the maximum of the buffer.
 */
#ifndef MERCAT_TEMPLATE_TEMPLATE_H
#define MERCAT_TEMPLATE_TEMPLATE_H

#include "base/buf.h"
#include "base/err.h"
#include "template/value.h"

struct template_library;

struct template_library *template_library_new(void) MUST_USE;
void template_library_free(struct template_library **library);
static inline void template_library_auto(struct template_library **library)
{
	template_library_free(library);
}

/* The translation of some words, or NULL; what it returns is copied. */
typedef const char *template_say_fn(void *with, const char *words);
/* Before any file is added. */
void template_library_say(struct template_library *library, template_say_fn *say,
			  void *with);

/* Every .html, .txt, .xml, .css, .js and .svg file below path; ERR_ABSENT: no such folder. */
bool template_library_add_folder(struct template_library *library, const char *path,
				 struct err *err) MUST_USE;
/* One template from memory; kept out when the name is there already. */
bool template_library_add(struct template_library *library, const char *name,
			  const char *text, struct err *err) MUST_USE;
/* Every partial and parent that is named by a template exists. */
bool template_library_check(const struct template_library *library,
			    struct err *err) MUST_USE;

/* The names of all that it holds, one by one; NULL at the end. */
const char *template_library_name(const struct template_library *library,
				  size_t i) MUST_USE;
/* The texts of all whose names begin so, each with its name, in a fixed order: for a hash. */
void template_library_texts(const struct template_library *library, const char *prefix,
			    struct buf *out);

enum template_manner {
	TEMPLATE_LENIENT, /* a missing name shows nothing, as the specification says */
	TEMPLATE_STRICT   /* a missing name is ERR_INPUT and names file, line and key */
};

/* Appends to out; on failure out holds a part. */
bool template_render(const struct template_library *library, const char *name,
		     const struct template_value *values, enum template_manner manner,
		     struct buf *out, struct err *err) MUST_USE;

/*
 * The two ways of showing a value, for what is written without a template. What turns words
 * round or hides letters (STR_SIGN_MISLEADS) shows as U+FFFD, and what nobody sees is left out, as
 * in {{x}}. {{{x}}}, of what is not vouched for, keeps each character at its number: what
 * nobody sees is a middle dot there.
 */
void template_escape_html(struct buf *to, const char *text, size_t len);
/* Whether line ends stay, or become blanks. */
enum template_lines { TEMPLATE_MANY_LINES, TEMPLATE_ONE_LINE };
void template_clean_text(struct buf *to, const char *text, size_t len,
			 enum template_lines lines);

#endif
