/* Where a notice ends and the mail that came back begins. */
#include "base/buf.h"
#include "base/str.h"
#include "classify/bounce.h"
#include "classify/phrase.h"
#include "mail/fields/address.h"
#include "mail/fields/block.h"
#include "mail/fields/dsn.h"

enum { NOTICE_MAX = 32 << 10 };

/* Matched at the start of a line. */
static const char *const returned_marks[] = {"this is a copy of the message",
					     "this is a copy of your message",
					     "this is a copy of the first",
					     "this is a copy of the headers",
					     "original message follows",
					     "original message",
					     "original mail",
					     "the original message",
					     "unsent message follows",
					     "returned message",
					     "below this line is a copy",
					     "message text follows",
					     "message headers follow",
					     "message header follows",
					     "message follows",
					     "header of the original message",
					     "original headers",
					     "original message header",
					     "copy of the original message",
					     "copy of the message",
					     "your original message",
					     "your message follows",
					     "the body of the message",
					     "undelivered message",
					     "message contents follow",
					     "a copy of the message",
					     "enclosed is a copy",
					     "received message:",
					     "returned mail follows",
					     "rejected message",
					     "mail data",
					     "nachricht im original",
					     "ursprüngliche nachricht",
					     "message original",
					     "mensaje original",
					     "元のメッセージ",
					     "元のメール",
					     NULL};

static const char *line_end(const char *line)
{
	return line + strcspn(line, "\n");
}

static bool marks_returned(struct arena *arena, const char *line)
{
	size_t len = (size_t)(line_end(line) - line);
	const char *bare = bounce_undress(line);
	bool dressed =
		bare - line >= 3 &&
		strpbrk(arena_strndup(arena, line, (size_t)(bare - line)), "-=*_|#");
	const char *folded;

	if (len > 120 || len < 8)
		return false;
	folded = words_fold(
		arena, arena_strndup(arena, bare, (size_t)(line_end(line) - bare)), 200);
	/* Undressed it must be a heading: short, ending in a colon or in a full stop. */
	return words_begin(folded, returned_marks) &&
	       (dressed || str_ends(folded, ":") || str_ends(folded, "follow.") ||
		str_ends(folded, "follows.") || str_ends(folded, "follows") ||
		str_ends(folded, "follow") || str_ends(folded, "original message"));
}

/* Some systems tell first, in fields, which mail it is, and then what became of it. */
static bool notice_goes_on(const char *line)
{
	static const char *const words[] = {
		"cannot be delivered", "could not be delivered", "not delivered",
		"has been delayed",    "recipient address:",     NULL};
	const char *gap = strstr(line, "\n\n");
	const char *end = gap ? strstr(gap + 2, "\n\n") : NULL;
	size_t len = end ? (size_t)(end - gap) : SIZE_MAX;

	for (size_t i = 0; gap && words[i]; i++)
		if (str_ifind_near(gap, len, words[i]))
			return true;
	return false;
}

/* A field that mails have; out_sure: one that people do not type. */
static bool known_field(const char *line, bool *out_sure)
{
	static const char *const everyday[] = {
		"from:", "to:",     "cc:",       "subject:",
		"date:", "sender:", "reply-to:", "newsgroups:"};
	static const char *const sure[] = {
		"message-id:", "received:", "return-path:", "mime-version:",
		"x-",          "content-t", "precedence:",  "delivered-to:",
		"list-",       "dkim-",     "references:",  "in-reply-to:"};

	*out_sure = false;
	for (size_t i = 0; i < ARRAY_LEN(everyday); i++)
		if (str_istarts(line, everyday[i]))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(sure); i++)
		*out_sure = *out_sure || str_istarts(line, sure[i]);
	return *out_sure && memchr(line, ':', strcspn(line, "\n "));
}

/* Three fields or more in a row, one of them of a program's making: the heading above
   need not be known, nor which of them comes first. */
static bool begins_block(const char *line)
{
	bool indented = *line == ' ' || *line == '\t', sure = false, one;
	size_t fields = 0, wrapped = 0;
	const char *first = line_end(line);

	for (; *line && wrapped < 3; line += *line == '\n') {
		const char *bare = line + strspn(line, " \t>");

		if (known_field(bare, &one)) {
			fields++;
			sure = sure || one;
			wrapped = 0;
		} else if (fields == 0 || bare == line || *bare == '\n' || !*bare) {
			break;
		} else {
			wrapped++;
		}
		line = line_end(line);
	}
	return fields > 2 && sure && !(indented && notice_goes_on(first));
}

/* Nothing above it but the notice's end: a blank line, or one of dashes. */
static bool stands_below_a_gap(const char *text, const char *line)
{
	const char *above = line - 1;

	while (above > text && above[-1] != '\n')
		above--;
	above += strspn(above, " \t>");
	return *above == '\n' || strspn(above, "-=*_#") >= 3;
}

/* A mail's header begins here: Received or Return-Path with more fields below. */
static bool begins_header(const char *line)
{
	const char *next = line_end(line);
	bool indented = *line == ' ' || *line == '\t';

	line += strspn(line, " \t>");
	if (indented && (next[-1] == ',' || notice_goes_on(next)))
		return false;
	if (!str_istarts(line, "received: ") && !str_istarts(line, "return-path: ") &&
	    !str_istarts(line, "message-id: ") && !str_istarts(line, "received:\t") &&
	    !str_istarts(line, "delivered-to: "))
		return false;
	return *next == '\n' && (strchr(" \t", next[1]) ||
				 memchr(next + 1, ':', strcspn(next + 1, "\n ")));
}

const char *bounce_notice_text(struct arena *arena, struct mail_message *m)
{
	const char *text = str_or(m->text, ""), *line = text, *next;

	for (; *line; line = next) {
		const char *end = line_end(line);

		next = *end ? end + 1 : end;
		if (line > text &&
		    (begins_header(line) ||
		     (stands_below_a_gap(text, line) && begins_block(line))))
			next = line;
		else if (line == text || !marks_returned(arena, line))
			continue;
		if (!m->returned) {
			m->returned = next + strspn(next, "\n\r \t>");
			mail_returned_read(arena, m->returned, m);
		}
		break;
	}
	if (line - text > NOTICE_MAX)
		line = text + NOTICE_MAX;
	while (line > text && ((unsigned char)*line & 0xC0) == 0x80)
		line--;
	return arena_strndup(arena, text, (size_t)(line - text));
}

/* The header of what came back, without the marks of a quote. */
static const char *bare_header(struct arena *arena, const char *text)
{
	enum { HEADER_LINES = 200 };
	struct buf b;
	const char *out;

	buf_init(&b, 32 << 10);
	for (int i = 0; *text && i < HEADER_LINES; i++) {
		const char *end = line_end(text), *bare = text + strspn(text, ">");

		if (bare > text)
			bare += *bare == ' ';
		if (bare + strspn(bare, " \t\r") >= end)
			break;
		buf_add(&b, bare, (size_t)(end - bare));
		buf_char(&b, '\n');
		text = *end ? end + 1 : end;
	}
	out = arena_strdup(arena, buf_text(&b));
	buf_clear(&b);
	return out;
}

static const char *first_address(struct arena *arena, const char *value)
{
	size_t len;
	const char *found = mail_address_find(value, &len);

	return found ? arena_strndup(arena, found, len) : NULL;
}

struct bounce_back bounce_came_back(struct arena *arena, const struct mail_message *m)
{
	struct bounce_back back = {.is_there = m->returned != NULL};
	struct mail_block block;
	const char *type;

	if (!m->returned)
		return back;
	(void)mail_block_read(arena, bare_header(arena, m->returned), &block);
	back.from = first_address(arena, mail_block_value(&block, "From"));
	back.return_path = first_address(arena, mail_block_value(&block, "Return-Path"));
	back.to = first_address(arena, mail_block_value(&block, "To"));
	type = mail_block_value(&block, "Content-Type");
	back.is_report =
		str_ifind(type, "multipart/report") || bounce_machine_address(back.from);
	return back;
}

static void add_address(struct arena *arena, struct mail_strings *to, const char *address)
{
	if (!bounce_whole_address(address))
		return;
	to->items = arena_grow(arena, to->items, to->count, sizeof(*to->items));
	to->items[to->count++] = address;
}

struct mail_strings bounce_our_addresses(struct arena *arena,
					 const struct mail_message *m)
{
	struct bounce_back back = bounce_came_back(arena, m);
	struct mail_strings ours = {0};

	for (size_t i = 0; i < m->to.count && i < 3; i++)
		add_address(arena, &ours, m->to.items[i].address);
	add_address(arena, &ours, back.from);
	add_address(arena, &ours, back.return_path);
	return ours;
}
