#include "leak/contacts.h"
#include "base/str.h"

enum {
	PHONE_LEAST = 9,
	PHONE_MOST = 15,
	TEXT_MOST = 400,
	ADDRESS_LINES = 7,
	STREET_WORDS = 5,
	ADDRESS_LETTERS = 6
};

struct looking {
	const char *text;
	leak_contact_fn *found;
	void *with;
	size_t told;
};

static void tell(struct looking *l, enum leak_kind kind, const char *from, const char *to)
{
	char text[TEXT_MOST];
	struct leak_contact contact = {.kind = kind,
				       .from = (size_t)(from - l->text),
				       .to = (size_t)(to - l->text),
				       .text = text};
	size_t len = (size_t)(to - from);

	if (len >= sizeof(text) || l->told == CONTACTS_MOST)
		return;
	memcpy(text, from, len);
	text[len] = '\0';
	l->told++;
	l->found(l->with, &contact);
}

static bool is_local(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || (c && strchr("._%+-'", c)) ||
	       (unsigned char)c >= 0x80;
}

static bool is_domain(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || c == '.' || c == '-' ||
	       (unsigned char)c >= 0x80;
}

static void emails(struct looking *l)
{
	for (const char *at = strchr(l->text, '@'); at; at = strchr(at + 1, '@')) {
		const char *from = at, *to = at + 1;

		while (from > l->text && is_local(from[-1]))
			from--;
		while (is_domain(*to))
			to++;
		while (to > at && (to[-1] == '.' || to[-1] == '-'))
			to--;
		if (from < at && memchr(at, '.', (size_t)(to - at)))
			tell(l, LEAK_EMAIL, from, to);
	}
}

/* Digits with single signs between them; out: how many. */
static const char *digits_end(const char *at, size_t *out)
{
	const char *end = at;
	size_t signs = 0;

	*out = 0;
	for (; *at && signs < 3; at++) {
		if (str_is_digit(*at)) {
			(*out)++;
			signs = 0;
			end = at + 1;
		} else if (strchr(" -.()+/", *at)) {
			signs++;
		} else {
			break;
		}
	}
	return end;
}

static void telephones(struct looking *l)
{
	for (const char *at = l->text; *at;) {
		size_t digits;
		const char *end;

		if (!str_is_digit(*at) ||
		    (at > l->text && (str_is_alpha(at[-1]) || str_is_digit(at[-1])))) {
			at++;
			continue;
		}
		end = digits_end(at, &digits);
		if (digits >= PHONE_LEAST && digits <= PHONE_MOST)
			tell(l, LEAK_TELEPHONE, at, end);
		at = end;
	}
}

/* "EH6 6QQ": what stands before its blank, and behind. */
static const char *postcode_end(const char *at)
{
	const char *c = at;

	if (!str_is_alpha(*c++))
		return NULL;
	c += str_is_alpha(*c);
	if (!str_is_digit(*c++))
		return NULL;
	/* "EH66QQ" has a digit more than "E66QQ", and so has "EH16 6QQ". */
	for (int more = 1; more >= 0; more--) {
		const char *in = c + (more && (str_is_digit(*c) || str_is_alpha(*c)));

		in += *in == ' ';
		if (str_is_digit(in[0]) && str_is_alpha(in[1]) && str_is_alpha(in[2]) &&
		    !str_is_alpha(in[3]) && !str_is_digit(in[3]))
			return in + 3;
	}
	return NULL;
}

static void postcodes(struct looking *l)
{
	for (const char *at = l->text; *at; at++) {
		const char *end;

		if (at > l->text && (str_is_alpha(at[-1]) || str_is_digit(at[-1])))
			continue;
		end = postcode_end(at);
		if (end)
			tell(l, LEAK_POSTCODE, at, end);
	}
}

/* --- postal addresses ---------------------------------------------------- */

static const char *const streets[] = {
	"street",  "st",       "road",      "rd",      "avenue",   "ave",   "lane",
	"drive",   "place",    "row",       "terrace", "crescent", "close", "court",
	"gardens", "way",      "square",    "grove",   "wynd",     "brae",  "gate",
	"loan",    "quay",     "mews",      "walk",    "view",     "park",  "hill",
	"green",   "house",    "boulevard", "parade",  "rise",     "bank",  "path",
	"croft",   "cottages", "circle",    "blvd",    "dr",       "ln",    NULL};

static size_t word_len(const char *at)
{
	size_t n = 0;

	while (str_is_alpha(at[n]) || at[n] == '\'' || (unsigned char)at[n] >= 0x80)
		n++;
	return n;
}

static bool is_street(const char *word, size_t len)
{
	char small[16] = "";

	if (len >= sizeof(small))
		return false;
	memcpy(small, word, len);
	str_lower(small);
	return str_in(small, streets);
}

/* A number, words with capitals, and what streets are called. */
static void streets_of(struct looking *l)
{
	for (const char *at = l->text; *at; at++) {
		const char *c = at;

		if (!str_is_digit(*at) ||
		    (at > l->text && (str_is_digit(at[-1]) || str_is_alpha(at[-1]))))
			continue;
		while (str_is_digit(*c))
			c++;
		c += str_is_alpha(*c) && !str_is_alpha(c[1]);
		c += *c == ',';
		for (int words = 0; words < STREET_WORDS && *c == ' '; words++) {
			size_t len = word_len(c + 1);

			if (!len || (c[1] >= 'a' && c[1] <= 'z' && words == 0))
				break;
			if (words && is_street(c + 1, len)) {
				tell(l, LEAK_ADDRESS, at, c + 1 + len);
				break;
			}
			c += 1 + len;
		}
	}
}

static const struct {
	const char *label;
	enum leak_kind kind;
} labels[] = {{"address", LEAK_ADDRESS},
	      {"street", LEAK_ADDRESS},
	      {"telephone", LEAK_TELEPHONE},
	      {"phone", LEAK_TELEPHONE},
	      {"tel", LEAK_TELEPHONE},
	      {"mobile", LEAK_TELEPHONE},
	      {"postcode", LEAK_POSTCODE},
	      {"post code", LEAK_POSTCODE},
	      {"zip", LEAK_POSTCODE},
	      {"zip code", LEAK_POSTCODE},
	      {"telephone number", LEAK_TELEPHONE},
	      {"phone number", LEAK_TELEPHONE}};

/* The value of a line whose label ends so ("Postal address: 2 Elm Row"), or NULL. */
static const char *labelled(const char *line, size_t len, enum leak_kind *out)
{
	const char *colon = memchr(line, ':', len < 40 ? len : 40);
	size_t label;

	if (!colon)
		return NULL;
	label = str_without_tail(line, (size_t)(colon - line));
	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		size_t n = strlen(labels[i].label);

		if (label >= n &&
		    strncasecmp(line + label - n, labels[i].label, n) == 0 &&
		    (label == n || !str_is_alpha(line[label - n - 1]))) {
			*out = labels[i].kind;
			colon++;
			while (*colon == ' ' || *colon == '\t')
				colon++;
			return colon;
		}
	}
	return NULL;
}

static size_t letters_of(const char *from, const char *to)
{
	size_t n = 0;

	for (; from < to; from++)
		n += str_is_alpha(*from) || str_is_digit(*from);
	return n;
}

static const char *line_end(const char *at)
{
	return at + strcspn(at, "\n");
}

/* The lines of an address by themselves, and all of it. */
static void tell_address(struct looking *l, const char *value)
{
	const char *line = value, *end = line_end(value);

	for (int i = 0; i < ADDRESS_LINES; i++) {
		const char *next = end;

		if (letters_of(line, end) >= ADDRESS_LETTERS && i > 0)
			tell(l, LEAK_ADDRESS, line, end);
		if (!*end || !end[1])
			break;
		line = end + 1;
		next = line_end(line);
		if (!letters_of(line, next) || memchr(line, ':', (size_t)(next - line)))
			break;
		end = next;
	}
	if (letters_of(value, line_end(value)) >= ADDRESS_LETTERS)
		tell(l, LEAK_ADDRESS, value, line_end(value));
	if (end > line_end(value))
		tell(l, LEAK_ADDRESS, value, end);
}

static void fields(struct looking *l)
{
	for (const char *line = l->text; *line;) {
		const char *end = line_end(line);
		enum leak_kind kind;
		const char *value = labelled(line, (size_t)(end - line), &kind);

		if (value && kind == LEAK_ADDRESS)
			tell_address(l, value);
		else if (value && value < end)
			tell(l, kind, value,
			     value + str_without_tail(value, (size_t)(end - value)));
		line = *end ? end + 1 : end;
	}
}

void leak_contacts(const char *text, leak_contact_fn *found, void *with)
{
	struct looking l = {.text = text, .found = found, .with = with};

	if (strchr(text, '@'))
		emails(&l);
	if (strpbrk(text, "0123456789")) {
		telephones(&l);
		postcodes(&l);
		streets_of(&l);
	}
	fields(&l);
}
