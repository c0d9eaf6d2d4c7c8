#include "classify/bounce_place.h"
#include "base/str.h"
#include "classify/bounce.h"
#include "classify/words.h"
#include "mail/address.h"

static const char *line_end(const char *line)
{
	return line + strcspn(line, "\n");
}

bool bounce_only_blanks(const char *from, const char *to)
{
	/* "[SMTP:a@b]", "rfc822;a@b": what sort of address it is. */
	static const char *const types[] = {"smtp:", "mailto:", "rfc822;"};
	const char *bare = from + strspn(from, " \t[<(");

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (bare < to && str_istarts(bare, types[i]))
			from = bare + strlen(types[i]);
	for (; from < to; from++)
		if (!strchr(" \t<>\"'[](){}*-=:;,.|\r", *from) &&
		    (unsigned char)*from < 0x80)
			return false;
	return true;
}

/* Nothing more than further addresses up to the end of the line. */
bool bounce_only_addresses(const char *from, const char *end)
{
	const char *found;
	size_t len;

	while ((found = mail_address_find(from, &len)) && found < end) {
		if (!bounce_only_blanks(from, found))
			return false;
		from = found + len;
	}
	return bounce_only_blanks(from, end);
}

/* What may stand behind an address that is the subject of a line. */
static bool tail_fits(const char *tail, const char *end)
{
	static const char *const tails[] = {"on ",
					    "...",
					    "[",
					    "(",
					    "<mailto:",
					    "- ",
					    ": ",
					    ":",
					    ";",
					    ",",
					    "failed",
					    "could not",
					    "couldn't",
					    "cannot",
					    "was not",
					    "wasn't",
					    "is not",
					    "does not",
					    "has ",
					    "generated",
					    "unknown ",
					    "user ",
					    "mailbox ",
					    "no such",
					    "invalid ",
					    "host ",
					    "over quota",
					    "rejected",
					    "undeliverable",
					    "delivery ",
					    "account ",
					    "=>",
					    "->",
					    NULL};
	char word[24];
	size_t n;

	while (tail < end && strchr(" \t>\"'", *tail))
		tail++;
	if (tail >= end || bounce_only_addresses(tail, end) || bounce_is_reply(tail))
		return true;
	n = (size_t)(end - tail) < sizeof(word) - 1 ? (size_t)(end - tail)
						    : sizeof(word) - 1;
	memcpy(word, tail, n);
	word[n] = '\0';
	str_lower(word);
	return words_begin(word, tails);
}

/* "Recipient: ", "User mailbox exceeds allowed size: " and the like. */
static bool names_recipient(const char *line, const char *colon)
{
	static const char *const labels[] = {"to",
					     "recipient",
					     "rcpt to",
					     "recipient address",
					     "failed recipient",
					     "final recipient",
					     "original recipient",
					     "final-recipient",
					     "original-recipient",
					     "mail address",
					     "e-mail address",
					     "email address",
					     "address",
					     "mailbox",
					     "email",
					     "e-mail",
					     "user",
					     "recipients",
					     "for",
					     "intended recipient",
					     "failed recipients",
					     "an",
					     "empfänger",
					     "destinataire",
					     "destinatario",
					     "à",
					     "para",
					     "a",
					     "aan",
					     "宛先",
					     "受信者",
					     "кому",
					     NULL};
	static const char *const inside[] = {
		"recipient", "mailbox",   "user",         "account",      "addressee",
		"receiver",  "deliver",   "unknown",      "invalid",      "undeliver",
		"failed",    "rejected",  "rcpt",         "full",         "over quota",
		"no such",   "empfänger", "destinataire", "destinatario", NULL};
	const char *bare = bounce_undress(line);
	size_t n = colon > bare ? (size_t)(colon - bare) : 0;
	char label[80], *tidy;

	if (n == 0 || n >= sizeof(label))
		return false;
	memcpy(label, bare, n);
	label[n] = '\0';
	str_lower(label);
	tidy = str_trim(label);
	for (size_t i = 0; labels[i]; i++)
		if (str_eq(tidy, labels[i]))
			return true;
	/* "Mail intended for:", "addressed to:"; but "reply to:" is somebody else. */
	if ((str_ends(tidy, " for") || str_ends(tidy, " to")) &&
	    !str_starts(tidy, "reply"))
		return true;
	return words_any(tidy, inside) != NULL;
}

/* "To:" beside "Subject:" tells whom the mail was for, which need not be who failed. */
static bool among_fields(const char *line, const char *end)
{
	static const char *const fields[] = {
		"subject:", "from:", "date:", "message-id:", "cc:", "sent:", NULL};
	char next[16];

	if (!str_istarts(line + strspn(line, " \t"), "to:") || !*end)
		return false;
	str_copy(next, sizeof(next), end + 1 + strspn(end + 1, " \t"));
	str_lower(next);
	return words_begin(next, fields);
}

/* Where a line names its recipient first thing: "<a@b>:", "  a@b", "550 <a@b>... No". */
enum bounce_place bounce_place_in_line(const char *line, const char *address, size_t len)
{
	const char *end = line_end(line), *start = line, *colon;

	start += strspn(start, " \t<>\"'[(*-=|.");
	if (str_is_digit(start[0]) && str_is_digit(start[1]) && str_is_digit(start[2]) &&
	    strchr(" -", start[3])) {
		start += 4; /* a reply code, and perhaps its enhanced one */
		start += strspn(start, "0123456789. ");
	}
	if (str_is_digit(start[0]) && (start[1] == '.' || start[1] == ')'))
		start += 2;
	if (start <= address && bounce_only_blanks(start, address) &&
	    tail_fits(address + len, end))
		return BY_LINE;
	colon = memchr(line, ':', (size_t)(address - line));
	if (colon && bounce_only_blanks(colon + 1, address) &&
	    bounce_only_addresses(address + len, end) && names_recipient(line, colon) &&
	    !among_fields(line, end))
		return BY_LABEL;
	return BY_SENTENCE;
}
