#include "classify/placeholder.h"
#include "base/str.h"

#include <string.h>

/* Both in the server's own words, which it does not translate. */
static bool subject_says_so(const char *subject)
{
	return str_istarts(subject, "Retrieval using the ") &&
	       str_ifind(subject, " protocol failed for the following message");
}

static bool text_says_so(const char *text)
{
	while (text && str_is_space(*text))
		text++;
	return str_istarts(text, "The server couldn't retrieve the following message");
}

bool classify_is_placeholder(const struct mail_message *m)
{
	const char *from = str_or(m->from.address, "");

	return str_empty(m->message_id) && !strchr(from, '@') &&
	       (subject_says_so(str_or(m->subject, "")) ||
		text_says_so(str_or(m->text, "")));
}
