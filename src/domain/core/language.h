/*
 * language - letters and pages in the language of their reader.
 *
 * Words stand in the templates, marked {{#_}}...{{/_}} (template.h), and are translated
 * by gettext when the templates are loaded: one library for each language that the settings
 * offer (languages = "en, gd"; the first of them is the usual one unless "language"
 * says else). Nothing is translated later, so any number of threads may use it.
 *
 * Ownership  languages_load() makes them, languages_free() or AUTO() ends
 *            them; op borrows them.
 * Errors     ERR_INPUT a mistake in a template or a translation, with file and line;
 *            ERR_SETUP a language that there is no translation for.
 * Source     GNU gettext; the PO files are in po/.
 */
#ifndef MERCAT_DOMAIN_LANGUAGE_H
#define MERCAT_DOMAIN_LANGUAGE_H

#include "domain/core/domain.h"

struct languages;

/*
 * Before a sandbox and before there are threads. installed: folder of the templates;
 * locales: folder that has LANGUAGE/LC_MESSAGES/mercat.mo. Sets op->templates (the usual
 * language) and op->languages when op is not NULL. out is made even on failure.
 */
bool languages_load(const struct settings *settings, const char *installed,
		    const char *locales, struct operation *op, struct languages **out,
		    struct err *err) MUST_USE;
void languages_free(struct languages **languages);
static inline void languages_auto(struct languages **languages)
{
	languages_free(languages);
}

/* The templates for a language; of the usual one for NULL or what is not offered. */
const struct template_library *language_templates(const struct operation *op,
						  const char *language);
/* The language that is meant: one that is offered. "gd-GB" is "gd". */
const char *language_for(const struct operation *op, const char *wanted);
/* Codes that are offered, NULL at the end: "en", "gd". And their own names: "English". */
const char *const *languages_offered(const struct operation *op);
const char *language_name(const char *code);
/* Of an Accept-Language field (RFC 9110 12.5.4): the best that is offered. */
const char *language_accepted(const struct operation *op, const char *field);

/*
 * One of the words that are not in a template: days, months, "each", "weekly" ...; a word
 * that has no translation is given back as it is.
 */
const char *language_word(const struct operation *op, const char *language,
			  const char *word);
/* "Friday 8 December 2017", "Friday 8 December 2017, 14:30" in that language. */
const char *long_date(const struct operation *op, struct arena *arena,
		      const char *language, int64_t at, const char *zone) MUST_USE;
const char *long_time(const struct operation *op, struct arena *arena,
		      const char *language, int64_t at, const char *zone) MUST_USE;

#endif
