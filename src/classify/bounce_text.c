#include "classify/bounce.h"
#include "base/buf.h"
#include "base/str.h"
#include "classify/phrase.h"
#include "mail/fields/address.h"
#include "mail/fields/dsn.h"

enum { DIAGNOSTIC_MAX = 1200, FOUND_MAX = 200, ALIAS_NEAR = 401 };

static const char *line_end(const char *line)
{
	return line + strcspn(line, "\n");
}

struct found {
	const char *address, *original, *diagnostic;
	enum bounce_place place;
};

struct finder {
	struct arena *arena;
	struct mail_message *m;
	struct bounce_back back; /* whoever sent what came back did not fail */
	struct found found[FOUND_MAX];
	size_t count;
};

/* The notice is to it, or what came back was from it. */
static bool is_own(const struct finder *f, const char *address)
{
	const struct mail_message *m = f->m;

	if (str_ieq(address, f->back.from) || str_ieq(address, f->back.return_path))
		return true;
	for (size_t i = 0; i < m->to.count; i++)
		if (str_ieq(address, m->to.items[i].address) &&
		    !str_ieq(address, m->original_to))
			return true;
	for (size_t i = 0; i < m->delivered_to.count; i++)
		if (str_ieq(address, m->delivered_to.items[i]) &&
		    bounce_is_ours(m, address))
			return true;
	return false;
}

/* The system that writes, and what looks like an address but is none. */
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
	return str_ieq(address, m->original_message_id) || strlen(address) > 254;
}

/* Listed as whom the mail did not reach, past doubt: then it may be our own address. */
static bool surely_listed(const char *line, const char *address, size_t len)
{
	const char *start = line + strspn(line, " \t");

	return (address[len] == '>' && address[len + 1] == ':') ||
	       (bounce_is_reply(start) && address - start < 24);
}

static struct found *add(struct finder *f, const char *line, const char *address,
			 size_t len, enum bounce_place place)
{
	char *copy = arena_strndup(f->arena, address, len);
	struct found *new;

	if (not_the_recipient(f, copy) ||
	    (is_own(f, copy) && !surely_listed(line, address, len)))
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

static bool same_address(const char *a, size_t a_len, const char *b, size_t b_len)
{
	return a_len == b_len && strncasecmp(a, b, a_len) == 0;
}

/* "(expanded from <a@b>)", "(generated from a@b)": whom we wrote to, and not what their
   alias led to. */
static const char *alias_in(struct arena *arena, const char *text)
{
	static const char *const words[] = {"expanded from",  "generated from",
					    "alias of",       "aliased from",
					    "forwarded from", "redirected from"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		const char *at = str_ifind_near(text, ALIAS_NEAR, words[i]), *found;
		size_t len;

		if (!at || at == text || !memrchr(text, '(', (size_t)(at - text)))
			continue;
		at += strlen(words[i]);
		found = mail_address_find(at, &len);
		if (found && found - at < 8)
			return arena_strndup(arena, found, len);
	}
	return NULL;
}

/* The refusal that belongs to a recipient: the rest of its line and what follows up
   to a blank line or the next recipient. */
static const char *refusal(struct finder *f, const char *line, const char *address,
			   size_t address_len, const char *after)
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
		if (bounce_only_blanks(next, end)) {
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
		if (found && found < end &&
		    bounce_place_in_line(next, found, len) == BY_LINE &&
		    !same_address(found, len, address, address_len))
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
			 size_t len, enum bounce_place place)
{
	const char *end = line_end(line), *why = NULL;
	bool list = place != BY_SENTENCE && !bounce_only_blanks(found + len, end) &&
		    bounce_only_addresses(found + len, end);
	struct found *r = add(f, line, found, len, place);

	if (r && place == BY_LINE)
		why = same_line_refusal(f, line);
	if (r && place == BY_LABEL)
		why = telling_label(f, line);
	if (r && place == BY_LINE && !why)
		why = refusal(f, line, found, len, list ? end : found + len);
	if (r && place != BY_SENTENCE && !r->original)
		r->original = alias_in(f->arena, str_or(why, ""));
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

/* "dda:SMTP=a@b;", "dda:RFC-822=a(a)b;": the surest place in an address of X.400. */
static bool scan_x400(struct finder *f, const char *line)
{
	static const char *const marks[] = {"dda:smtp=", "dda:rfc-822=", "dda:rfc822="};
	const char *end = line_end(line);

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		const char *at = str_ifind_near(line, (size_t)(end - line), marks[i]);
		char *address, *a;
		struct found *r;

		if (!at)
			continue;
		at += strlen(marks[i]);
		address = arena_strndup(f->arena, at, strcspn(at, ";/ \t\n"));
		a = strstr(address, "(a)");
		if (a) {
			*a = '@';
			memmove(a + 1, a + 3, strlen(a + 3) + 1);
		}
		r = bounce_whole_address(address)
			    ? add(f, line, address, strlen(address), BY_LINE)
			    : NULL;
		if (r)
			r->diagnostic = refusal(f, line, at, 0, end);
		return true;
	}
	return false;
}

static void scan(struct finder *f, const char *text)
{
	const char *line = text, *sign = strchr(text, '@');

	while (*line) {
		const char *end = line_end(line), *at = line, *found;
		bool other = header_of_original(line) || scan_x400(f, line);
		enum bounce_place last = NOWHERE;
		size_t len;

		/* Most lines have none, and the next may be far away. */
		if (sign && sign < line)
			sign = strchr(line, '@');
		while (!other && sign && sign < end &&
		       (found = mail_address_find(at, &len)) && found < end) {
			enum bounce_place place =
				last != NOWHERE && last != BY_SENTENCE &&
						bounce_only_blanks(at, found)
					? last
					: bounce_place_in_line(line, found, len);

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
		r->original = found ? found->original : NULL;
	}
}

static void take(struct finder *f, const struct found *found)
{
	struct mail_failed_recipient *r = mail_failed_add(f->arena, f->m);

	r->address = found->address;
	r->original = found->original;
	r->diagnostic = found->diagnostic;
}

static void take_place(struct finder *f, enum bounce_place place)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->found[i].place == place && f->m->failed_count < FOUND_MAX)
			take(f, &f->found[i]);
}

/* Something else speaks for it: it is whom we wrote to, or the notice is about it. */
static bool is_supported(const struct finder *f, const char *address)
{
	const char *subject = str_or(f->m->subject, ""), *at;
	const char *end = f->m->returned ? strstr(f->m->returned, "\n\n") : NULL;
	char *local = arena_strndup(f->arena, address, strcspn(address, "@"));

	if (str_ifind_near(f->m->returned,
			   end ? (size_t)(end - f->m->returned) : SIZE_MAX, address))
		return true;
	at = str_ifind(subject, local);
	return strlen(local) > 3 && at && (at == subject || !str_is_alpha(at[-1])) &&
	       !str_is_alpha(at[strlen(local)]);
}

/* An address in a sentence may be anybody's. */
static bool take_spoken_of(struct finder *f, bool only_supported)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->found[i].place == BY_SENTENCE &&
		    (!only_supported || is_supported(f, f->found[i].address))) {
			take(f, &f->found[i]);
			return true;
		}
	return false;
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
	const char *notice = bounce_notice_text(arena, m), *envelope;

	f.back = bounce_came_back(arena, m);
	if (bounce_read_fields(arena, m, notice))
		return;
	scan(&f, notice);
	from_field(&f);
	for (enum bounce_place p = BY_LINE; p < BY_SENTENCE && m->failed_count == 0; p++)
		take_place(&f, p);
	if (m->failed_count == 0)
		bounce_read_local_parts(arena, m, notice);
	envelope = bounce_envelope(arena, m);
	if (envelope && is_own(&f, envelope))
		envelope = NULL;
	if (m->failed_count == 0 && !take_spoken_of(&f, true)) {
		if (envelope)
			mail_failed_add(arena, m)->address = envelope;
		else
			(void)take_spoken_of(&f, false);
	}
	if (m->failed_count == 1)
		add_reply(&f, notice);
}

enum bounce_listing bounce_lists(struct arena *arena, const struct mail_message *m,
				 const char *notice)
{
	struct mail_message look = *m;
	struct finder f = {.arena = arena, .m = &look};
	enum bounce_listing listing = BOUNCE_NAMES_NONE;

	f.back = bounce_came_back(arena, m);
	scan(&f, notice);
	for (size_t i = 0; i < f.count; i++) {
		if (str_ieq(f.found[i].address, m->from.address))
			continue; /* people sign with it */
		if (f.found[i].place != BY_SENTENCE)
			return BOUNCE_LISTS_ONE;
		listing = BOUNCE_NAMES_ONE;
	}
	return listing;
}
