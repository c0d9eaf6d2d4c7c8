/* Where links go, and what they say. */
#include "bulletin/check_private.h"

#include "base/numeral.h"
#include "base/str.h"

enum { HOST_MOST = 253, SHOWN = 120 };

/* The host of "https://user@host:port/path" into to; false when there is none. */
static bool host_of(const char *url, char to[HOST_MOST + 1], bool *out_login)
{
	const char *from = strstr(url, "://"), *at;
	size_t len;

	if (!from)
		return false;
	from += 3;
	len = strcspn(from, "/?#");
	at = memchr(from, '@', len);
	*out_login = at != NULL;
	if (at) {
		len -= (size_t)(at + 1 - from);
		from = at + 1;
	}
	if (*from != '[' && memchr(from, ':', len))
		len = (size_t)((const char *)memchr(from, ':', len) - from);
	if (!len || len > HOST_MOST)
		return false;
	memcpy(to, from, len);
	to[len] = '\0';
	return true;
}

/* Letters, digits and hyphens in labels that are not empty; letters outside ASCII pass. */
static bool host_is_sane(const char *host)
{
	bool dot = false;
	char before = '.';

	for (const char *c = host; *c; before = *c++) {
		if (*c == '.') {
			if (before == '.' || before == '-')
				return false;
			dot = dot || c[1];
		} else if (!str_is_alpha(*c) && !str_is_digit(*c) && *c != '-' &&
			   *c != '_' && (unsigned char)*c < 0x80) {
			return false;
		}
	}
	return dot && before != '-';
}

static bool host_is_inside(const char *host)
{
	static const char *const ends[] = {".local",    ".lan",         ".internal",
					   ".intranet", ".localdomain", ".home"};
	static const char *const starts[] = {"10.", "192.168.", "127.", "169.254."};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (str_iends(host, ends[i]))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (str_starts(host, starts[i]) &&
		    strspn(host, "0123456789.") == strlen(host))
			return true;
	return str_ieq(host, "localhost") || *host == '[';
}

static bool host_is_example(const char *host)
{
	static const char *const names[] = {"example.com", "example.org", "example.net",
					    "yoursite.com"};
	static const char *const ends[] = {".example", ".test", ".invalid"};
	size_t len = strlen(host);

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t n = strlen(names[i]);

		if (str_iends(host, names[i]) && (len == n || host[len - n - 1] == '.'))
			return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (str_iends(host, ends[i]))
			return true;
	return false;
}

/* A link to one of our own pages; those that carry somebody's key must not go to all. */
static bool is_own(struct check *c, const struct markdown_fact *f)
{
	static const char *const personal[] = {"/leave/", "/choose/", "/confirm/",
					       "/me/",    "/change/", "/subscription/"};
	const char *own = c->in->own_url;
	size_t len = own ? strlen(own) : 0;

	if (!len || !str_istarts(f->address, own) ||
	    (f->address[len] && !strchr("/?#", f->address[len])))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(personal); i++)
		if (str_istarts(f->address + len, personal[i]) &&
		    f->address[len + strlen(personal[i])])
			STOP(c, "links", f->line,
			     "The link \"%.*s\" is one person's own: whoever gets this could "
			     "leave or choose in their name. Take it out.",
			     SHOWN, f->text);
	return true;
}

static void check_web(struct check *c, const struct markdown_fact *f)
{
	const char *url = f->address, *rest = strstr(url, "://");
	char host[HOST_MOST + 1], last = url[strlen(url) - 1];
	bool login = false;

	if (!host_of(url, host, &login)) {
		STOP(c, "links", f->line,
		     "The link \"%.*s\" has no site in its address (%.*s).", SHOWN,
		     f->text, SHOWN, url);
		return;
	}
	if (login)
		STOP(c, "links", f->line,
		     "The link \"%.*s\" holds a user name or password; take it out.",
		     SHOWN, f->text);
	if (strstr(rest + 3, "http://") == rest + 3 ||
	    strstr(rest + 3, "https://") == rest + 3)
		STOP(c, "links", f->line,
		     "The address of \"%.*s\" begins twice with http.", SHOWN, f->text);
	else if (host_is_inside(host))
		LOOK(c, "links", f->line,
		     "%.*s can only be reached from inside your network: most readers "
		     "cannot open it.",
		     SHOWN, host);
	else if (!host_is_sane(host))
		STOP(c, "links", f->line, "\"%.*s\" is no name of a site (%.*s).", SHOWN,
		     host, SHOWN, url);
	else if (host_is_example(host))
		LOOK(c, "links", f->line,
		     "%.*s is a site that only exists in examples: put in the real one.",
		     SHOWN, host);
	if (str_istarts(url, "http://") && !host_is_inside(host))
		LOOK(c, "links", f->line,
		     "The link \"%.*s\" is not encrypted (http). Most sites answer on https: "
		     "try it and use that.",
		     SHOWN, f->text);
	if (strchr(url, ' '))
		LOOK(c, "links", f->line,
		     "The address of \"%.*s\" holds a space; was it pasted whole?", SHOWN,
		     f->text);
	if (strchr(".,;:!'", last))
		LOOK(c, "links", f->line,
		     "The address of \"%.*s\" ends in '%c': does that belong to it?",
		     SHOWN, f->text, last);
	if (str_ifind(url, "utm_") || str_ifind(url, "fbclid=") ||
	    str_ifind(url, "mc_eid="))
		LOOK(c, "links", f->line,
		     "The address of \"%.*s\" carries a tracking mark (everything from its "
		     "\"?\"): take that out.",
		     SHOWN, f->text);
	if (str_ifind(url, "safelinks.protection.outlook.com"))
		LOOK(c, "links", f->line,
		     "The link \"%.*s\" was copied from Outlook and goes through its checker, "
		     "with your address in it: use the real one.",
		     SHOWN, f->text);
}

static void check_mailto(struct check *c, const struct markdown_fact *f)
{
	const char *address = f->address + strlen("mailto:");
	size_t len = strcspn(address, "?");
	const char *at = memchr(address, '@', len);

	if (!at || at == address || (size_t)(at + 1 - address) == len ||
	    !memchr(at, '.', len - (size_t)(at - address)) || memchr(address, ' ', len))
		STOP(c, "links", f->line, "\"%.*s\" is no email address.",
		     (int)(len < SHOWN ? len : SHOWN), address);
}

static void check_address(struct check *c, const struct markdown_fact *f)
{
	const char *url = f->address;

	if (!*url)
		STOP(c, "links", f->line,
		     "The link \"%.*s\" goes nowhere: it has no address.", SHOWN,
		     f->text);
	else if (f->kept && is_own(c, f))
		return;
	else if (f->kept && (str_istarts(url, "http://") || str_istarts(url, "https://")))
		check_web(c, f);
	else if (f->kept && str_istarts(url, "mailto:"))
		check_mailto(c, f);
	else if (!f->kept &&
		 (*url == '#' || *url == '/' || *url == '.' || !strchr(url, ':')))
		STOP(c, "links", f->line,
		     "The link \"%.*s\" goes to \"%.*s\", which leads nowhere in a mail: write "
		     "the whole address, from https:// on.",
		     SHOWN, f->text, SHOWN, url);
	else if (!f->kept)
		STOP(c, "links", f->line,
		     "The link \"%.*s\" (%.*s) is not sent, only its words: links begin with "
		     "https://, mailto: or tel:.",
		     SHOWN, f->text, SHOWN, url);
}

static bool is_bare(const struct markdown_fact *f)
{
	const char *shown = f->text;

	return str_istarts(shown, "http://") || str_istarts(shown, "https://") ||
	       (str_istarts(shown, "www.") && !strchr(shown, ' '));
}

static void check_link_text(struct check *c, const struct markdown_fact *f)
{
	static const char *const vague[] = {"here",
					    "click here",
					    "click",
					    "link",
					    "this link",
					    "read more",
					    "more",
					    "this page",
					    "this",
					    "website",
					    "web page",
					    "find out more",
					    "more information",
					    "details",
					    "read on"};
	AUTO(buf) copy = buf_new(4 * MARKDOWN_MAX_BYTES);
	const char *words;

	buf_str(copy, f->text);
	words = copy->len ? str_trim(copy->bytes) : "";
	if (!*words) {
		STOP(c, "link text", f->line,
		     "A link has no words, so nobody can use it: say where it goes.");
		return;
	}
	if (is_bare(f)) {
		LOOK(c, "link text", f->line,
		     "The bare address %.*s stands in the text. Words read better, aloud "
		     "above all: [what is there](%.*s).",
		     SHOWN, words, SHOWN, f->address);
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(vague); i++)
		if (str_ieq(words, vague[i]))
			LOOK(c, "link text", f->line,
			     "The link \"%s\" does not say where it goes, and many listen to the "
			     "links alone: use words that tell.",
			     words);
}

/* The same words for two addresses: a listener cannot tell them apart. */
static void check_same_words(struct check *c, size_t at)
{
	const struct markdown_fact *f = &c->facts[at];

	for (size_t i = 0; i < at; i++) {
		const struct markdown_fact *other = &c->facts[i];

		if (other->kind != MARKDOWN_FACT_LINK || !*f->text ||
		    !str_ieq(other->text, f->text) || str_eq(other->address, f->address))
			continue;
		LOOK(c, "link text", f->line,
		     "\"%.*s\" is a link to another place on line %d: name what differs.",
		     SHOWN, f->text, other->line);
		return;
	}
}

void check_links(struct check *c)
{
	size_t links = 0;

	for (size_t i = 0; i < c->count; i++) {
		if (c->facts[i].kind != MARKDOWN_FACT_LINK)
			continue;
		links++;
		check_address(c, &c->facts[i]);
		check_link_text(c, &c->facts[i]);
		check_same_words(c, i);
	}
	if (check_clean(c, "links"))
		FINE(c, "links",
		     links ? "%zu link%s: each is well formed. Open them once "
			     "yourself: nothing was fetched."
			   : "There are no links.",
		     links, plural(links, "", "s"));
	if (links && check_clean(c, "link text"))
		FINE(c, "link text", "Each link says where it goes.");
}
