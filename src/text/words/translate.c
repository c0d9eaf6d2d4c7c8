#include "text/words/translate.h"
#include "base/str.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <unistd.h>

static const char domain[] = "mercat";
static bool english;

/* gettext keeps what it looked up until this moves (gettext manual 11.4.2). */
extern int _nl_msg_cat_cntr;

static bool code_is_plain(const char *language)
{
	size_t len = strlen(language);

	for (size_t i = 0; i < len; i++)
		if (!str_is_alpha(language[i]) && language[i] != '_')
			return false;
	return len >= 2 && len <= 20;
}

bool text_translate_begin(const char *folder, const char *language, struct err *err)
{
	char file[PATH_MAX];

	english = str_eq(language, "en");
	if (english)
		return true;
	if (!code_is_plain(language))
		return err_set(err, ERR_SETUP, "\"%.20s\" is no code of a language",
			       language);
	(void)snprintf(file, sizeof(file), "%s/%s/LC_MESSAGES/%s.mo", folder, language,
		       domain);
	if (access(file, R_OK))
		return err_set(err, ERR_SETUP,
			       "there is no translation into \"%s\": %s cannot be read; "
			       "take it out of languages, or install it",
			       language, file);
	if (!setlocale(LC_MESSAGES, "C.UTF-8"))
		return err_set(err, ERR_SETUP,
			       "the locale C.UTF-8 is missing: translations need it");
	if (setenv("LANGUAGE", language, 1) || !bindtextdomain(domain, folder) ||
	    !bind_textdomain_codeset(domain, "UTF-8"))
		PANIC("no memory for a translation");
	_nl_msg_cat_cntr++;
	return true;
}

const char *text_translate(const char *words)
{
	/* The empty text would give the catalogue's own header. */
	return english || !*words ? words : dgettext(domain, words);
}

void text_translate_end(void)
{
	if (!english) {
		(void)unsetenv("LANGUAGE");
		(void)setlocale(LC_MESSAGES, "C");
		_nl_msg_cat_cntr++;
	}
}
