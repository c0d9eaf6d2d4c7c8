/* Names as mail programs and people write them. */
#include "base/str.h"
#include "text/letter/frame.h"
#include "text/letter/signature_private.h"

enum { NAME_TOKENS = 8 };

static bool any_word(const char *text, enum signature_word kind)
{
	struct signature_token t;

	while (signature_next(&text, &t))
		if (signature_known(kind, t.low))
			return true;
	return false;
}

bool signature_is_organisation(const char *text)
{
	return !str_empty(text) && any_word(text, SIGNATURE_ORGANISATION);
}

bool signature_is_office(const char *text)
{
	struct signature_token t;
	const char *at = text;
	size_t words = 0, known = 0;

	while (signature_next(&at, &t)) {
		words++;
		known += signature_known(SIGNATURE_BOX, t.low) ||
			 signature_known(SIGNATURE_OFFICE, t.low);
	}
	return words && known == words;
}

bool signature_is_section(const char *text)
{
	struct signature_token t;
	size_t whole = 0, sections = 0;

	while (signature_next(&text, &t)) {
		bool section = signature_known(SIGNATURE_SECTION, t.low);

		sections += section;
		whole += !section && signature_known(SIGNATURE_ORGANISATION, t.low);
	}
	return sections && !whole;
}

/* "MBChB", "PhD", "BSc": more capitals than small letters; "MRCGP": known. */
static bool is_degree(const char *word, size_t len)
{
	char low[16];
	size_t capitals = 0, small = 0, n = 0;

	for (size_t i = 0; i < len && n + 1 < sizeof(low); i++) {
		capitals += word[i] >= 'A' && word[i] <= 'Z';
		small += word[i] >= 'a' && word[i] <= 'z';
		if (str_is_alpha(word[i]))
			low[n++] = str_lower_char(word[i]);
		else if (word[i] & 0x80)
			return false;
	}
	low[n] = '\0';
	return len < sizeof(low) && ((small && capitals > 1 && capitals > small) ||
				     signature_known(SIGNATURE_DEGREE, low));
}

size_t signature_without_degrees(const char *name, size_t len)
{
	size_t words = 0, kept = len;

	for (size_t i = 0; i < len; i++)
		words += !str_is_space(name[i]) && (i == 0 || str_is_space(name[i - 1]));
	for (size_t from = len; words > 2; words--) {
		while (from > 0 && str_is_space(name[from - 1]))
			from--;
		kept = from;
		while (from > 0 && !str_is_space(name[from - 1]))
			from--;
		if (!is_degree(name + from, kept - from))
			return kept;
		while (from > 0 && str_is_space(name[from - 1]))
			from--;
		kept = from;
	}
	return kept;
}

/* Where "via", "(via", "on behalf of" begins that a mailing list put there. */
static size_t without_via(const char *name)
{
	static const char *const marks[] = {" via ", " (via ", " by way of ", " through ",
					    "' via "};
	size_t len = strlen(name);

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		const char *at = str_ifind(name, marks[i]);

		if (at && at > name && (size_t)(at - name) < len)
			len = (size_t)(at - name);
	}
	return len;
}

const char *signature_plain_name(struct arena *arena, const char *text)
{
	const char *comma;
	char *name;

	if (str_blank(text))
		return NULL;
	name = arena_strndup(arena, text, without_via(text));
	name = str_trim(name);
	while (*name == '\'' || *name == '"')
		name++;
	for (size_t n = strlen(name); n && strchr("'\" ,", name[n - 1]); n--)
		name[n - 1] = '\0';
	for (const char *pair = "()[]"; *pair; pair += 2)
		if (*name && *name != *pair && strchr(name, *pair) &&
		    name[strlen(name) - 1] == pair[1]) {
			*strchr(name, *pair) = '\0';
			name = str_trim(name);
		}
	comma = strchr(name, ',');
	if (comma && !strchr(comma + 1, ',') && !signature_is_organisation(name)) {
		const char *first = comma + 1 + strspn(comma + 1, " ");
		struct signature_token t;
		const char *at = first;
		size_t words = 0;

		while (signature_next(&at, &t))
			words++;
		if (words >= 1 && words <= 3 && !signature_is_office(first))
			return arena_printf(arena, "%s %.*s", first, (int)(comma - name),
					    name);
	}
	return *name ? name : NULL;
}

static size_t tokens_of(const char *text, struct signature_token out[NAME_TOKENS])
{
	size_t n = 0;

	while (n < NAME_TOKENS && signature_next(&text, &out[n]))
		if (!signature_known(SIGNATURE_TITLE, out[n].low))
			n++;
	return n;
}

static bool matches(const struct signature_token *one,
		    const struct signature_token *other)
{
	size_t a = strlen(one->low), b = strlen(other->low);

	if (a == 1 || b == 1)
		return *one->low == *other->low;
	/* "Ben" and "Benjamin", "Kate" and "Katherine" no more than that. */
	return str_eq(one->low, other->low) ||
	       (a >= 3 && b >= 3 &&
		(str_starts(one->low, other->low) || str_starts(other->low, one->low)));
}

bool signature_may_be_same(const char *one, const char *other)
{
	struct signature_token a[NAME_TOKENS], b[NAME_TOKENS];
	size_t n, m, common = 0, least;
	bool used[NAME_TOKENS] = {false};

	if (str_empty(one) || str_empty(other))
		return false;
	n = tokens_of(one, a);
	m = tokens_of(other, b);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < m; j++)
			if (!used[j] && matches(&a[i], &b[j])) {
				used[j] = true;
				common++;
				break;
			}
	least = n < m ? n : m;
	return least > 0 && common == least;
}
