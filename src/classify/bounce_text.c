#include "classify/bounce.h"
#include "base/buf.h"
#include "base/str.h"
#include "classify/words.h"
#include "mail/address.h"
#include "mail/dsn.h"

enum { DIAGNOSTIC_MAX = 1200, FOUND_MAX = 200 };

static const char *line_end(const char *line)
{
	return line + strcspn(line, "\n");
}

/* How sure a place in the text is, surest first. */
enum place { NOWHERE = 0, BY_LINE, BY_LABEL, BY_SENTENCE };

struct found {
	const char *address, *diagnostic;
	enum place place;
};

struct finder {
	struct arena *arena;
	struct mail_message *m;
	struct found found[FOUND_MAX];
	size_t count;
};

/* Ourselves, the system that writes, and whoever sent the mail that came back. */
static bool not_the_recipient(const struct finder *f, const char *address)
{
	const struct mail_message *m = f->m;
	char lower[320];

	str_copy(lower, sizeof(lower), address);
	str_lower(lower);
	/* Notes sends its notices in the name of whom it could not find. */
	if ((str_ieq(address, m->from.address) && bounce_machine_sender(m)) ||
	    str_starts(lower, "mailer-daemon@") || str_starts(lower, "postmaster@") ||
	    str_starts(lower, "abuse@") || str_starts(lower, "support@") ||
	    str_starts(lower, "helpdesk@"))
		return true;
	/* Message ids and host marks look like addresses. */
	if (str_ieq(address, m->original_message_id) || strlen(address) > 254)
		return true;
	for (size_t i = 0; i < m->to.count; i++)
		if (str_ieq(address, m->to.items[i].address) &&
		    !str_ieq(address, m->original_to))
			return true;
	for (size_t i = 0; i < m->delivered_to.count; i++)
		if (str_ieq(address, m->delivered_to.items[i]))
			return true;
	return false;
}

static struct found *add(struct finder *f, const char *address, size_t len,
			 enum place place)
{
	char *copy = arena_strndup(f->arena, address, len);
	struct found *new;

	if (not_the_recipient(f, copy))
		return NULL;
	for (size_t i = 0; i < f->count; i++)
		if (str_ieq(f->found[i].address, copy)) {
			if (place < f->found[i].place)
				f->found[i].place = place;
			return &f->found[i];
		}
	if (f->count == FOUND_MAX)
		return NULL;
	new = &f->found[f->count++];
	*new = (struct found){.address = copy, .place = place};
	return new;
}

static bool only_blanks_to(const char *from, const char *to)
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
static bool only_addresses_to(const char *from, const char *end)
{
	const char *found;
	size_t len;

	while ((found = mail_address_find(from, &len)) && found < end) {
		if (!only_blanks_to(from, found))
			return false;
		from = found + len;
	}
	return only_blanks_to(from, end);
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
	if (tail >= end || only_addresses_to(tail, end) || bounce_is_reply(tail))
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
	return words_any(tidy, inside) != NULL;
}

/* "To:" beside "Subject:" tells whom the mail was for, which need not be who failed. */
static bool among_fields(const char *line, const char *end)
{
	static const char *const fields[] = {
		"subject:", "from:", "date:", "message-id:", "cc:", NULL};
	char next[16];

	if (!str_istarts(line + strspn(line, " \t"), "to:") || !*end)
		return false;
	str_copy(next, sizeof(next), end + 1 + strspn(end + 1, " \t"));
	str_lower(next);
	return words_begin(next, fields);
}

/* Where a line names its recipient first thing: "<a@b>:", "  a@b", "550 <a@b>... No". */
static enum place place_in_line(const char *line, const char *address, size_t len)
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
	if (start <= address && only_blanks_to(start, address) &&
	    tail_fits(address + len, end))
		return BY_LINE;
	colon = memchr(line, ':', (size_t)(address - line));
	if (colon && only_blanks_to(colon + 1, address) &&
	    only_addresses_to(address + len, end) && names_recipient(line, colon) &&
	    !among_fields(line, end))
		return BY_LABEL;
	return BY_SENTENCE;
}

/* The refusal that belongs to a recipient: the rest of its line and what follows up
   to a blank line or the next recipient. */
static const char *refusal(struct finder *f, const char *line, const char *after)
{
	const char *at = line_end(line), *end, *found;
	struct buf b;
	size_t len, lines = 0;
	const char *text;

	buf_init(&b, DIAGNOSTIC_MAX);
	after += strspn(after, " \t>:\"'");
	if (after < at)
		buf_add(&b, after, (size_t)(at - after));
	while (*at == '\n' && lines++ < 14) {
		const char *next = at + 1;

		end = line_end(next);
		if (only_blanks_to(next, end)) {
			/* One blank line between the address and what it says is common. */
			if (b.len || lines > 1)
				break;
			at = end;
			continue;
		}
		/* "----- Transcript of session follows -----" heads something else. */
		if (str_starts(next + strspn(next, " \t"), "-----"))
			break;
		found = mail_address_find(next, &len);
		if (found && found < end && place_in_line(next, found, len) == BY_LINE)
			break;
		if (b.len)
			buf_char(&b, ' ');
		next += strspn(next, " \t");
		buf_add(&b, next, (size_t)(end - next));
		at = end;
	}
	text = str_trim(arena_strndup(f->arena, buf_text(&b), b.len));
	if (!str_utf8_valid(text, strlen(text)))
		text = NULL;
	buf_clear(&b);
	return str_empty(text) ? NULL : text;
}

/* Sendmail's transcript names the recipient with the refusal in the same line. */
static const char *same_line_refusal(struct finder *f, const char *line)
{
	const char *start = line + strspn(line, " \t");

	if (!(str_is_digit(start[0]) && str_is_digit(start[1]) && str_is_digit(start[2])))
		return NULL;
	return str_trim(arena_strndup(f->arena, start, (size_t)(line_end(line) - start)));
}

/* "User mailbox exceeds allowed size: a@b" says in its label what is the matter. */
static const char *telling_label(struct finder *f, const char *line)
{
	static const char *const words[] = {"exceed",   "unknown", "invalid",
					    "full",     "quota",   "no such",
					    "disabled", "expired", NULL};
	char *text = arena_strndup(f->arena, line, (size_t)(line_end(line) - line));

	return words_any(words_fold(f->arena, text, 200), words) ? str_trim(text) : NULL;
}

static bool header_of_original(const char *line)
{
	static const char *const names[] = {
		"from:",   "mail from",   ">>> mail from", "reply-to:",
		"sender:", "message-id:", "return-path",   "cc:",
		"x-",      "in:  mail",   "envelope-from", "from ",
		NULL};
	char start[24];

	str_copy(start, sizeof(start), line + strspn(line, " \t>*-"));
	str_lower(start);
	return words_begin(start, names);
}

/* "550 ", "#5.1.1": the words of the server that refused it, with its code. */
static bool has_code(const char *text)
{
	for (const char *p = text; p && *p; p++) {
		if ((*p != '4' && *p != '5') || (p > text && str_is_digit(p[-1])))
			continue;
		if (str_is_digit(p[1]) && str_is_digit(p[2]) &&
		    (p[3] == ' ' || p[3] == '-'))
			return true;
		if (p[1] == '.' && str_is_digit(p[2]) && p[3] == '.' &&
		    str_is_digit(p[4]))
			return true;
	}
	return false;
}

/* Exchange explains it in the reader's language first and quotes the server below. */
static bool says_more(const char *why, const char *before)
{
	return why && (str_empty(before) || (has_code(why) && !has_code(before)));
}

/* One recipient and what is said about it; returns false to leave the rest of the line. */
static bool scan_address(struct finder *f, const char *line, const char *found,
			 size_t len, enum place place)
{
	const char *end = line_end(line), *why = NULL;
	bool list = place != BY_SENTENCE && !only_blanks_to(found + len, end) &&
		    only_addresses_to(found + len, end);
	struct found *r = add(f, found, len, place);

	if (r && place == BY_LINE)
		why = same_line_refusal(f, line);
	if (r && place == BY_LABEL)
		why = telling_label(f, line);
	if (r && place == BY_LINE && !why)
		why = refusal(f, line, list ? end : found + len);
	if (r && says_more(why, r->diagnostic))
		r->diagnostic = why;
	return place == BY_LABEL || list;
}

/* "a@x <b@y>": b, whose name looks like an address. */
static const char *behind_name(const char *found, size_t *len)
{
	size_t next_len;

	if (str_starts(found + *len, " <") &&
	    mail_address_find(found + *len, &next_len) == found + *len + 2) {
		found += *len + 2;
		*len = next_len;
	}
	return found;
}

static void scan(struct finder *f, const char *text)
{
	const char *line = text;

	while (*line) {
		const char *end = line_end(line), *at = line, *found;
		enum place last = NOWHERE;
		size_t len;

		while (!header_of_original(line) &&
		       (found = mail_address_find(at, &len)) && found < end) {
			enum place place = last != NOWHERE && last != BY_SENTENCE &&
							   only_blanks_to(at, found)
						   ? last
						   : place_in_line(line, found, len);

			found = behind_name(found, &len);
			if (place == BY_SENTENCE && at != line)
				break; /* one a sentence is enough */
			if (!scan_address(f, line, found, len, place) && place == BY_LINE)
				break;
			last = place;
			at = found + len;
		}
		line = *end ? end + 1 : end;
	}
}

static const struct found *found_of(const struct finder *f, const char *address)
{
	for (size_t i = 0; i < f->count; i++)
		if (str_ieq(f->found[i].address, address))
			return &f->found[i];
	return NULL;
}

/*
 * Exim names them in a field. Where the text lists others, it has followed an alias:
 * then the text is nearer to what we sent to.
 */
static void from_field(struct finder *f)
{
	const char *value = mail_field_value(f->m, "X-Failed-Recipients");
	bool listed = false, known = false;
	size_t len;

	for (size_t i = 0; i < f->count; i++)
		listed |= f->found[i].place == BY_LINE;
	for (const char *at = value; (at = mail_address_find(at, &len)); at += len)
		known |= found_of(f, arena_strndup(f->arena, at, len)) != NULL;
	if (listed && !known)
		return;
	for (const char *at = value; (at = mail_address_find(at, &len)); at += len) {
		struct mail_failed_recipient *r = mail_failed_add(f->arena, f->m);
		const struct found *found;

		r->address = arena_strndup(f->arena, at, len);
		found = found_of(f, r->address);
		r->diagnostic = found ? found->diagnostic : NULL;
	}
}

static void take_place(struct finder *f, enum place place)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->found[i].place == place && f->m->failed_count < FOUND_MAX) {
			struct mail_failed_recipient *r = mail_failed_add(f->arena, f->m);

			r->address = f->found[i].address;
			r->diagnostic = f->found[i].diagnostic;
			if (place == BY_SENTENCE)
				return; /* the first that is spoken of */
		}
}

/* The server's own words, where what stands beside the address has no code in it. */
static void add_reply(struct finder *f, const char *notice)
{
	struct mail_failed_recipient *r = &f->m->failed[0];
	const char *reply =
		has_code(r->diagnostic) ? NULL : bounce_reply_paragraph(f->arena, notice);

	if (reply && str_empty(r->diagnostic))
		r->diagnostic = reply;
	else if (reply && !strstr(r->diagnostic, reply))
		r->diagnostic = arena_printf(f->arena, "%s %s", r->diagnostic, reply);
}

void bounce_read_text(struct arena *arena, struct mail_message *m)
{
	struct finder f = {.arena = arena, .m = m};
	const char *notice = bounce_notice_text(arena, m);

	if (bounce_read_fields(arena, m, notice))
		return;
	scan(&f, notice);
	from_field(&f);
	for (enum place p = BY_LINE; p <= BY_SENTENCE && m->failed_count == 0; p++)
		take_place(&f, p);
	if (m->failed_count == 0)
		bounce_read_envelope(arena, m);
	if (m->failed_count == 1)
		add_reply(&f, notice);
}
