#include "classify/reason_said.h"
#include "base/str.h"
#include "classify/phrase.h"

enum { QUOTE_FEWEST = 8, BESIDE_LINKS_MOST = 12 };

/* A quote opens behind a blank, a dash or a bracket; an apostrophe stands in a word. */
static const char *between_quotes(struct arena *arena, const char *text)
{
	for (const char *open = text; (open = strchr(open, '\'')); open++) {
		const char *close = open + 1;

		if (open > text && !strchr(" -(:", open[-1]))
			continue;
		while ((close = strchr(close, '\'')) && close[1] &&
		       !strchr(" )(,.;", close[1]))
			close++;
		if (close && close - open > QUOTE_FEWEST &&
		    memchr(open, ' ', (size_t)(close - open)))
			return arena_strndup(arena, open + 1, (size_t)(close - open) - 1);
	}
	return NULL;
}

const char *reason_quoted(struct arena *arena, const char *folded)
{
	static const char *const said[] = {
		" said: ", " replied: ", " antwortete: ", " svarte: ", " a répondu : "};
	const char *quote;

	for (size_t i = 0; i < ARRAY_LEN(said); i++) {
		const char *at = strstr(folded, said[i]);

		if (at && at[strlen(said[i])])
			return at + strlen(said[i]);
	}
	quote = between_quotes(arena, folded);
	return quote;
}

const char *reason_behind_prefix(const char *folded)
{
	static const char *const prefixes[] = {
		"address rejected:", "recipient rejected:", "recipient refused:",
		"user rejected:", "rcpt rejected:"};

	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
		const char *at = strstr(folded, prefixes[i]);

		/* A sender's address that is rejected is another matter. */
		if (!at || (at >= folded + 7 && memcmp(at - 7, "sender ", 7) == 0))
			continue;
		at += strlen(prefixes[i]);
		at += strspn(at, " ");
		return *at ? at : NULL;
	}
	return NULL;
}

static bool is_link(const char *word)
{
	return str_starts(word, "http://") || str_starts(word, "https://") ||
	       str_starts(word, "<http") || str_starts(word, "(http") ||
	       str_starts(word, "www.");
}

const char *reason_in_links(struct arena *arena, const char *folded)
{
	char *out = arena_alloc(arena, strlen(folded) + 2), *to = out;
	size_t beside = 0;

	for (const char *at = folded; *at;) {
		size_t n = strcspn(at, " ");

		for (size_t i = 0; is_link(at) && i < n; i++)
			*to++ = strchr("/-_?&=.:+%<>()", at[i]) ? ' ' : at[i];
		if (is_link(at))
			*to++ = ' ';
		else if (strcspn(at, "abcdefghijklmnopqrstuvwxyz") < n)
			beside += n;
		at += n;
		at += *at == ' ';
	}
	*to = '\0';
	return to > out && beside <= BESIDE_LINKS_MOST ? out : NULL;
}

/* Is this name the domain, or in it? */
static bool is_in(const char *name, size_t len, const char *domain)
{
	size_t n = domain ? strlen(domain) : 0;

	return n && len >= n && strncasecmp(name + len - n, domain, n) == 0 &&
	       (len == n || strchr(".@", name[len - n - 1]));
}

static const char *domain_of(const char *address)
{
	const char *at = address ? strrchr(address, '@') : NULL;

	return at && at[1] ? at + 1 : NULL;
}

/* An address must be one of ours to the letter: others of our domain are theirs who use
   it; a host must be in one of our domains. */
static bool in_any(const char *name, size_t len, const struct mail_strings *ours)
{
	bool address = memchr(name, '@', len) != NULL;

	for (size_t i = 0; i < ours->count; i++) {
		const char *one = ours->items[i], *domain = domain_of(one);

		if (address ? strlen(one) == len && strncasecmp(name, one, len) == 0
			    : is_in(name, len, domain))
			return true;
	}
	return false;
}

/* The server's own words begin with its code; what a relay says of hosts stands above. */
static const char *from_code(const char *folded)
{
	for (const char *at = folded; *at; at++)
		if (strchr("45", *at) && str_is_digit(at[1]) && str_is_digit(at[2]) &&
		    strchr(" -", at[3]) && (at == folded || strchr(" :(\"", at[-1])))
			return at;
	return folded;
}

bool reason_names_only_us(const char *folded, const struct reason_about *about,
			  const struct mail_failed_recipient *r)
{
	static const char *const commands[] = {"after mail from",
					       "reply to mail from",
					       "after helo",
					       "after ehlo",
					       "reply to helo",
					       "reply to ehlo",
					       "helo command rejected",
					       "mail from:<",
					       NULL};
	const char *theirs = domain_of(r->address);
	bool us = false;

	if (words_any(folded, commands))
		return true;
	if (r->status && (str_ends(r->status, ".1.7") || str_ends(r->status, ".1.8")))
		return true;
	if (!about || !theirs || in_any(theirs, strlen(theirs), &about->ours))
		return false;
	for (const char *at = from_code(folded); *at;) {
		size_t lead = strspn(at, " <(\"'[,;:"), n;

		at += lead;
		n = strcspn(at, " >)\"'],;:");
		while (n && at[n - 1] == '.')
			n--;
		if (theirs && is_in(at, n, theirs))
			return false;
		us = us || in_any(at, n, &about->ours);
		at += n ? n : strcspn(at, " ");
		at += strspn(at, ">)\"'],;:.");
	}
	return us;
}
