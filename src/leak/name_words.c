#include "leak/name_words.h"
#include "base/str.h"
#include "leak/letters.h"

static const char *const titles[] = {
	"mr",   "mrs",        "ms",   "miss",    "mx",    "dr",        "doctor",
	"prof", "sir",        "dame", "lady",    "lord",  "rev",       "reverend",
	"cllr", "councillor", "sgt",  "sheriff", "madam", "professor", NULL};
/* Behind a name, or in place of one. */
static const char *const others[] = {"mbe", "obe", "cbe", "phd",  "msc", "bsc",
				     "jr",  "jnr", "snr", "frcp", "kc",  "qc",
				     "mp",  "msp", "and", "the",  "esq", NULL};

static bool is_one_of(const char *const *words, const char *letters, size_t len)
{
	for (size_t i = 0; words[i]; i++)
		if (strlen(words[i]) == len && memcmp(words[i], letters, len) == 0)
			return true;
	return false;
}

bool name_is_title(const char *letters, size_t len)
{
	return is_one_of(titles, letters, len);
}

static size_t put(struct name_word *out, size_t count, const char *letters, size_t len)
{
	if (count == NAME_WORDS || !len || len > NAME_LETTERS ||
	    is_one_of(titles, letters, len) || is_one_of(others, letters, len))
		return count;
	memcpy(out[count].letters, letters, len);
	out[count].len = len;
	return count + 1;
}

/* What is said of somebody in brackets is no name of theirs. */
static size_t name_len(const char *name)
{
	size_t len = strcspn(name, "(<[/|");

	return len ? len : strlen(name);
}

static void turn(struct name_word *words, size_t count, size_t surname)
{
	struct name_word kept[NAME_WORDS];

	memcpy(kept, words, sizeof(kept));
	for (size_t i = 0; i < count; i++)
		words[i] = kept[(i + surname) % count];
}

size_t name_words(const char *name, struct name_word out[NAME_WORDS])
{
	struct leak_letters l = {0};
	size_t len = name ? name_len(name) : 0, count = 0, comma = 0;
	const char *at_comma = name ? memchr(name, ',', len) : NULL;

	if (!name)
		return 0;
	leak_letters_read(&l, name, len, LEAK_SEEN);
	for (size_t at = 0; at < l.count;) {
		size_t end = leak_word_end(&l, at);

		if (at_comma && name + l.at[at] < at_comma)
			comma = count + 1;
		count = put(out, count, l.letters + at, end - at);
		if (at_comma && name + l.at[at] < at_comma)
			comma = count;
		at = end;
	}
	leak_letters_clear(&l);
	if (comma && comma < count)
		turn(out, count, comma);
	return count;
}
