/* What a notice says in fields, in JSON, in replies of servers, or in its own address. */
#include "base/utf8_cut.h"
#include "base/str.h"
#include "classify/bounce.h"
#include "classify/bounce_words.h"
#include "classify/phrase.h"
#include "mail/fields/address.h"
#include "mail/fields/dsn.h"

bool bounce_machine_address(const char *address)
{
	char lower[128];

	str_copy(lower, sizeof(lower), address);
	str_lower(lower);
	return *lower && (words_begin(lower, bounce_daemons) ||
			  strstr(lower, "mailer-daemon") || strstr(lower, "postmaster@"));
}

bool bounce_whole_address(const char *address)
{
	const char *at = address ? strrchr(address, '@') : NULL;

	return at && at > address && at[1] && !strpbrk(address, " \t\n");
}

bool bounce_machine_sender(const struct mail_message *m)
{
	char address[128], name[128];

	str_copy(address, sizeof(address), m->from.address);
	str_lower(address);
	str_copy(name, sizeof(name), m->from.name);
	str_lower(name);
	if (str_eq(address, "<>") || str_starts(name, "mailer-daemon"))
		return true;
	for (const char *const *title = bounce_daemon_titles; *title; title++)
		if (str_eq(name, *title))
			return true;
	return words_any(name, bounce_daemon_names) || bounce_machine_address(address);
}

bool bounce_is_ours(const struct mail_message *m, const char *address)
{
	const char *domain = address ? strrchr(address, '@') : NULL;

	for (size_t i = 0; domain && i < m->to.count; i++) {
		const char *own = str_or(m->to.items[i].address, "");

		if (str_ieq(strrchr(own, '@'), domain))
			return true;
	}
	return false;
}

const char *bounce_undress(const char *line)
{
	return line + strspn(line, " \t-=*_|#.~+>");
}

enum { PARAGRAPH_MAX = 1200, FOUND_MAX = 200, RETURNED_LINES = 60 };

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

/* Where a server's reply begins in this line, or NULL: "550 No", "<<< 550 No", ... */
static const char *reply_in(const char *line, const char *end)
{
	static const char *const before[] = {
		"<<<", "<--", "said:", "replied:", "error:", "reply:", "response:"};
	const char *at = line + strspn(line, " \t<>\"'(");

	if (bounce_is_reply(at))
		return at;
	for (size_t i = 0; i < ARRAY_LEN(before); i++) {
		const char *mark =
			memmem(line, (size_t)(end - line), before[i], strlen(before[i]));

		at = mark ? mark + strlen(before[i]) : NULL;
		if (at && bounce_is_reply(at + strspn(at, " \t<\"'")))
			return at + strspn(at, " \t<\"'");
	}
	return NULL;
}

bool bounce_is_reply(const char *at)
{
	return *at && strchr("45", *at) && str_is_digit(at[1]) && str_is_digit(at[2]) &&
	       at[3] && strchr(" -", at[3]);
}

/* The paragraph of the notice that holds a reply code, for a recipient without one. */
const char *bounce_reply_paragraph(struct arena *arena, const char *notice)
{
	const char *line = notice, *end;

	for (; *line; line = *end ? end + 1 : end) {
		const char *at;

		end = line_end(line);
		at = reply_in(line, end);
		if (at) {
			const char *stop = strstr(at, "\n\n");
			size_t len = stop ? (size_t)(stop - at) : strlen(at);
			char *text;

			if (len > PARAGRAPH_MAX)
				len = PARAGRAPH_MAX;
			text = arena_strndup(arena, at, utf8_whole(at, len));
			for (char *c = text; *c; c++)
				if (str_is_space(*c))
					*c = ' ';
			return str_trim(text);
		}
	}
	return NULL;
}

/* Some systems send their delivery status as plain text, or lose its MIME header. */
static void from_fields_in_text(struct arena *arena, struct mail_message *m,
				const char *text)
{
	const char *at = str_ifind(text, "final-recipient:"), *block;

	if (!at || (at > text && at[-1] != '\n'))
		return;
	for (block = at; block > text; block--)
		if (block[-1] == '\n' && block > text + 1 && (block[-2] == '\n'))
			break;
	mail_dsn_read(arena, block, m);
}

/* JSON notices of cloud senders: the values of one key, wherever they stand. */
static void from_json(struct arena *arena, struct mail_message *m, const char *text)
{
	const char *at = text;

	while ((at = strstr(at, "emailAddress")) && m->failed_count < FOUND_MAX) {
		size_t len;
		const char *found = mail_address_find(at, &len);
		const char *stop = strchr(at, '}');
		const char *code = strstr(at, "diagnosticCode");

		at += 12;
		if (found && stop && found < stop) {
			struct mail_failed_recipient *r = mail_failed_add(arena, m);

			r->address = arena_strndup(arena, found, len);
			r->action = "failed";
			if (code && code < stop)
				r->diagnostic = arena_strndup(arena, code + 14,
							      (size_t)(stop - code) - 14);
		}
	}
}

/* "list-return-12-ada=far.example@here": whom the mail was to stands in whom it was from. */
static const char *by_own_address(struct arena *arena, const struct mail_message *m)
{
	static const char *const lists[] = {"-return-", "-bounces+", "-bounce+",
					    "bounces+", "bounce+",   "-bounces-",
					    "bounces-", "-bounce-",  "bounce-"};

	for (size_t i = 0; i < m->to.count; i++) {
		const char *own = str_or(m->to.items[i].address, ""), *local = NULL;
		const char *at = strrchr(own, '@'), *eq;
		char *found;

		for (size_t k = 0; k < ARRAY_LEN(lists) && !local; k++) {
			local = str_ifind(own, lists[k]);
			local = local ? local + strlen(lists[k]) : NULL;
		}
		if (!local || !at || local >= at)
			continue;
		if (str_is_digit(*local) && local[strspn(local, "0123456789")] == '-')
			local += strspn(local, "0123456789") + 1;
		found = arena_strndup(arena, local, (size_t)(at - local));
		eq = strrchr(found, '=');
		if (!eq || eq == found || !strchr(eq, '.'))
			continue;
		found[eq - found] = '@';
		return strpbrk(found, " <>\"") ? NULL : found;
	}
	return NULL;
}

/* What came back is no mail that could be read, but has lines that say whom it was to. */
static const char *by_returned_lines(struct arena *arena, const char *text)
{
	static const char *const names[] = {
		"to:", "rcpt to:", "x-original-to:", "delivered-to:"};
	const char *line = str_or(text, "");

	for (int i = 0; *line && i < RETURNED_LINES; i++) {
		const char *end = line_end(line), *bare = line + strspn(line, " \t>"),
			   *at;
		size_t len;

		for (size_t k = 0; k < ARRAY_LEN(names); k++)
			if (str_istarts(bare, names[k]) &&
			    (at = mail_address_find(bare, &len)) && at < end)
				return arena_strndup(arena, at, len);
		line = *end ? end + 1 : end;
	}
	return NULL;
}

const char *bounce_envelope(struct arena *arena, const struct mail_message *m)
{
	const char *found = by_own_address(arena, m);

	if (!found && bounce_whole_address(m->original_to))
		found = m->original_to;
	return found ? found : by_returned_lines(arena, m->returned);
}

/* A line that announces addresses: a heading, or a sentence up to its colon. */
static bool announces(struct arena *arena, const char *line, const char *end)
{
	static const char *const words[] = {
		"recipient", "address", "user",     "empfänger", "destinat",  "indirizz",
		"adres",     "mottak",  "mottagar", "modtag",    "odbiorc",   "příjemc",
		"получател", "адрес",   "收件人",   "宛先",      "following", NULL};
	const char *last = end, *folded;

	while (last > line && strchr(" \t\r-=*", last[-1]))
		last--;
	if (last == line || (last[-1] != ':' && end - last < 3))
		return false;
	folded = words_fold(arena, arena_strndup(arena, line, (size_t)(end - line)), 300);
	return words_any(folded, words);
}

/* The length of the word that is all of the line, or stands well apart from the rest. */
static size_t lone_word(const char *at, const char *end)
{
	size_t n = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			      "0123456789._-+");
	const char *behind = at + n;

	if (n < 2 || behind > end)
		return 0;
	while (behind < end && strchr(" \t\r", *behind))
		behind++;
	return behind == end || behind - at - (long)n > 1 ? n : 0;
}

void bounce_read_local_parts(struct arena *arena, struct mail_message *m,
			     const char *notice)
{
	const char *host = m->from.address ? strrchr(m->from.address, '@') : NULL;
	bool listed = false;

	for (const char *line = notice, *end; host && *line;
	     line = *end ? end + 1 : end) {
		const char *at = line + strspn(line, " \t");
		size_t n;

		end = line_end(line);
		n = lone_word(at, end);
		if (listed && n && m->failed_count < FOUND_MAX) {
			struct mail_failed_recipient *r = mail_failed_add(arena, m);

			r->address = arena_printf(arena, "%.*s%s", (int)n, at, host);
			at += n + strspn(at + n, " \t");
			r->diagnostic =
				at < end ? arena_strndup(arena, at, (size_t)(end - at))
					 : NULL;
		} else if (at < end) { /* a blank line may stand below the heading */
			listed = announces(arena, line, end);
		}
	}
}

bool bounce_read_fields(struct arena *arena, struct mail_message *m, const char *notice)
{
	from_fields_in_text(arena, m, str_or(m->text, ""));
	for (size_t i = 0; i < m->attachment_count && m->failed_count == 0; i++)
		if (str_starts(m->attachments[i].type, "text/"))
			from_fields_in_text(arena, m, str_or(m->attachments[i].text, ""));
	if (m->failed_count == 0 && strstr(notice, "bouncedRecipients"))
		from_json(arena, m, notice);
	return m->failed_count > 0;
}
