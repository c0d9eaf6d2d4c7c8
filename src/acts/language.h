/*
 * acts language - letters and pages in the language of their reader.
 *
 * Words stand in the templates, marked {{#_}}...{{/_}} (template.h), and are translated
 * by gettext when the templates are loaded: one library for each language that the settings
 * offer (languages = "en, gd"; the first of them is the usual one unless "language"
 * says else). Nothing is translated later, so any number of threads may use it.
 *
 * Ownership  acts_languages_load() makes them, acts_languages_free() or AUTO() ends
 *            them; acts borrows them.
 * Errors     ERR_INPUT a mistake in a template or a translation, with file and line;
 *            ERR_SETUP a language that there is no translation for.
 * Source     GNU gettext; the PO files are in po/.
 */
#ifndef MERCAT_ACTS_LANGUAGE_H
#define MERCAT_ACTS_LANGUAGE_H

#include "acts/acts.h"

struct acts_languages;

/*
 * Before a sandbox and before there are threads. installed: folder of the templates;
 * locales: folder that has LANGUAGE/LC_MESSAGES/mercat.mo. Sets acts->templates (the usual
 * language) and acts->languages when acts is not NULL. out is made even on failure.
 */
bool acts_languages_load(const struct settings *settings, const char *installed,
			 const char *locales, struct acts *acts,
			 struct acts_languages **out, struct err *err) MUST_USE;
void acts_languages_free(struct acts_languages **languages);
static inline void acts_languages_auto(struct acts_languages **languages)
{
	acts_languages_free(languages);
}

/* The templates for a language; of the usual one for NULL or what is not offered. */
const struct template_library *acts_templates_for(const struct acts *acts,
						  const char *language);
/* The language that is meant: one that is offered. "gd-GB" is "gd". */
const char *acts_language(const struct acts *acts, const char *wanted);
/* Codes that are offered, NULL at the end: "en", "gd". And their own names: "English". */
const char *const *acts_languages_offered(const struct acts *acts);
const char *acts_language_name(const char *code);
/* Of an Accept-Language field (RFC 9110 12.5.4): the best that is offered. */
const char *acts_language_accepted(const struct acts *acts, const char *field);

/*
 * One of the words that are not in a template: days, months, "each", "weekly" ...; a word
 * that has no translation is given back as it is.
 */
const char *acts_word(const struct acts *acts, const char *language, const char *word);
/* "Friday 8 December 2017", "Friday 8 December 2017, 14:30" in that language. */
const char *acts_long_date(const struct acts *acts, struct arena *arena,
			   const char *language, int64_t at, const char *zone) MUST_USE;
const char *acts_long_time(const struct acts *acts, struct arena *arena,
			   const char *language, int64_t at, const char *zone) MUST_USE;

#endif
