#include "domain/core/language_private.h"
#include "base/clock.h"
#include "base/str.h"
#include "mail/write/notification_mail.h"
#include "text/words/translate.h"

enum { LANGUAGES_MOST = 8, WORDS_MOST = 128, CODE = 20 };

struct one_language {
	char code[CODE];
	struct template_library *library;
	const char *said[WORDS_MOST]; /* beside language_words */
};

struct languages {
	struct one_language items[LANGUAGES_MOST];
	const char *codes[LANGUAGES_MOST + 1];
	size_t count, usual;
};

static const struct {
	const char *code, *name;
} names[] = {{"en", "English"}, {"gd", "G\xC3\xA0idhlig"}, {"cy", "Cymraeg"},
	     {"ga", "Gaeilge"}, {"sco", "Scots"},          {"pl", "Polski"}};

static const char *say(void *with, const char *words)
{
	(void)with;
	return text_translate(words);
}

static bool load_one(const struct settings *s, const char *installed, const char *locales,
		     struct one_language *one, struct err *err)
{
	bool ok;

	one->library = template_library_new();
	template_library_say(one->library, say, NULL);
	if (!text_translate_begin(locales, one->code, err))
		return false;
	ok = domain_templates_load(s, installed, one->library, err);
	for (size_t i = 0; language_words[i]; i++) {
		ASSERT(i < WORDS_MOST);
		one->said[i] = text_translate(language_words[i]);
	}
	text_translate_end();
	return ok || err_prefix(err, "templates, language \"%s\"", one->code);
}

/* "en, gd" -> items without their templates */
static bool read_codes(const char *text, struct languages *all, struct err *err)
{
	while (*(text += strspn(text, ", "))) {
		size_t len = strcspn(text, ", ");

		if (all->count == LANGUAGES_MOST || len >= CODE)
			return err_set(err, ERR_SETUP,
				       "languages: at most %d codes such as \"en, gd\"",
				       LANGUAGES_MOST);
		str_copy(all->items[all->count].code, len + 1, text);
		all->codes[all->count] = all->items[all->count].code;
		all->count++;
		text += len;
	}
	return all->count ||
	       err_set(err, ERR_SETUP, "languages: name one at least, as in \"en\"");
}

bool languages_load(const struct settings *settings, const char *installed,
		    const char *locales, struct operation *op, struct languages **out,
		    struct err *err)
{
	struct languages *all = calloc(1, sizeof(*all));

	if (!all)
		PANIC("no memory for the languages");
	*out = all;
	if (!read_codes(settings->languages, all, err))
		return false;
	for (size_t i = 0; i < all->count; i++) {
		if (!load_one(settings, installed, locales, &all->items[i], err))
			return false;
		if (str_eq(all->items[i].code, settings->language))
			all->usual = i;
	}
	if (op) {
		op->templates = all->items[all->usual].library;
		op->languages = all;
	}
	return true;
}

void languages_free(struct languages **languages)
{
	if (!*languages)
		return;
	for (size_t i = 0; i < (*languages)->count; i++)
		template_library_free(&(*languages)->items[i].library);
	free(*languages);
	*languages = NULL;
}

/* "gd-GB" fits "gd"; NULL when nothing does. */
static const struct one_language *offered(const struct operation *op, const char *wanted,
					  size_t len)
{
	const struct languages *all = op->languages;

	for (size_t i = 0; all && wanted && i < all->count; i++) {
		const char *code = all->items[i].code;
		size_t n = strlen(code);

		if (n <= len && strncasecmp(code, wanted, n) == 0 &&
		    (n == len || wanted[n] == '-' || wanted[n] == '_'))
			return &all->items[i];
	}
	return NULL;
}

static const struct one_language *language_of(const struct operation *op,
					      const char *wanted)
{
	const struct one_language *one = offered(op, wanted, wanted ? strlen(wanted) : 0);

	return one || !op->languages ? one : &op->languages->items[op->languages->usual];
}

const struct template_library *language_templates(const struct operation *op,
						  const char *language)
{
	const struct one_language *one = language_of(op, language);

	return one ? one->library : op->templates;
}

const char *language_for(const struct operation *op, const char *wanted)
{
	const struct one_language *one = language_of(op, wanted);

	return one ? one->code : "en";
}

const char *const *languages_offered(const struct operation *op)
{
	static const char *const only[] = {"en", NULL};

	return op->languages ? op->languages->codes : only;
}

const char *language_name(const char *code)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_ieq(names[i].code, code))
			return names[i].name;
	return code;
}

/* The thousandths of "q=0.8" among the parameters of one language. */
static int weight_of(const char *text, size_t len)
{
	const char *q = memmem(text, len, "q=", 2);
	int weight = 0, unit = 1000;

	if (!q)
		return 1000;
	for (q += 2; q < text + len && (str_is_digit(*q) || *q == '.') && unit; q++) {
		if (*q == '.')
			continue;
		weight += unit * (*q - '0');
		unit /= 10;
	}
	return weight;
}

const char *language_accepted(const struct operation *op, const char *field)
{
	const struct one_language *best = NULL;
	int best_weight = 0;

	for (const char *at = field ? field : ""; *(at += strspn(at, ", \t"));) {
		size_t len = strcspn(at, ","), name = strcspn(at, ",; \t");
		const struct one_language *one = offered(op, at, name);
		int weight = weight_of(at + name, len - name);

		if (one && weight > best_weight) {
			best = one;
			best_weight = weight;
		}
		at += len;
	}
	return best ? best->code : language_for(op, NULL);
}

const char *language_word(const struct operation *op, const char *language,
			  const char *word)
{
	const struct one_language *one = language_of(op, language);

	for (size_t i = 0; one && word && language_words[i]; i++)
		if (str_eq(language_words[i], word))
			return one->said[i];
	return word;
}

/* "Friday 8 December 2017, 14:30" word by word. */
static const char *in_words(const struct operation *op, struct arena *arena,
			    const char *language, const char *english)
{
	char *text = arena_strdup(arena, english), *rest = text, *word;
	const char *out = "";

	while ((word = strsep(&rest, " ")))
		out = arena_printf(arena, "%s%s%s", out, *out ? " " : "",
				   language_word(op, language, word));
	return out;
}

const char *long_date(const struct operation *op, struct arena *arena,
		      const char *language, int64_t at, const char *zone)
{
	char text[CLOCK_TEXT];

	clock_long_date(at, zone, text);
	return in_words(op, arena, language, text);
}

const char *long_time(const struct operation *op, struct arena *arena,
		      const char *language, int64_t at, const char *zone)
{
	char text[CLOCK_TEXT];

	clock_long_time(at, zone, text);
	return in_words(op, arena, language, text);
}
