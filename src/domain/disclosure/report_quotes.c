#include "domain/disclosure/report_quotes.h"
#include "domain/coding/blind.h"
#include "domain/coding/coding.h"
#include "domain/publication/redaction.h"
#include "base/str.h"

#include <ctype.h>

#define LEFT_OUT " … "

enum { PAGE = 12, NAME_LEAST = 3, DIGITS_MOST = 5 };

/* On one line: lines of a mail are broken where they were typed. */
static const char *one_line(struct arena *arena, const char *text)
{
	AUTO(buf) out = buf_new(1 << 16);

	buf_one_line(out, text);
	return arena_strdup(arena, buf_text(out));
}

static bool is_letter(char c)
{
	return str_is_alpha(c) || (unsigned char)c >= 0x80;
}

/* Does a text have this word, whole and in any case of letters? */
static bool has_word(const char *text, const char *word, size_t len)
{
	for (const char *c = text; *c; c++) {
		if (c > text && is_letter(c[-1]))
			continue;
		if (strlen(c) >= len && !strncasecmp(c, word, len) && !is_letter(c[len]))
			return true;
	}
	return false;
}

/* A part of a name is enough: "Ada" says who "Ada Byron" is to who knows her. */
static bool names(const char *text, const char *name)
{
	const char *c = name ? name : "";

	while (*c) {
		size_t len = 0;

		while (*c && !is_letter(*c))
			c++;
		while (is_letter(c[len]))
			len++;
		if (len >= NAME_LEAST && has_word(text, c, len))
			return true;
		c += len;
	}
	return false;
}

/* "EH6 6QQ": its second half, and a letter and a digit before it. */
static bool has_postcode(const char *text)
{
	for (const char *c = text; *c; c++) {
		const char *before = c;

		if (!isdigit((unsigned char)*c) || !isupper((unsigned char)c[1]) ||
		    !isupper((unsigned char)c[2]) || is_letter(c[3]))
			continue;
		if (before > text && before[-1] == ' ')
			before--;
		if (before - text >= 2 && isalnum((unsigned char)before[-1]) &&
		    (isupper((unsigned char)before[-2]) ||
		     (before - text >= 3 && isdigit((unsigned char)before[-2]) &&
		      isupper((unsigned char)before[-3]))))
			return true;
	}
	return false;
}

static bool has_number(const char *text)
{
	size_t digits = 0;

	for (const char *c = text; *c; c++) {
		if (str_is_digit(*c))
			digits++;
		else if (*c != ' ' && *c != '-' && *c != '(' && *c != ')')
			digits = 0;
		if (digits > DIGITS_MOST)
			return true;
	}
	return false;
}

static bool is_harmless(const char *text, const struct store_row *fit)
{
	return !strchr(text, '@') && !str_ifind(text, "http") &&
	       !str_ifind(text, "www.") && !has_number(text) && !has_postcode(text) &&
	       !names(text, row_text(fit, "name")) &&
	       !names(text, row_text(fit, "from_name"));
}

static const char *attribution(const struct store_row *fit)
{
	const char *type = row_text(fit, "type");

	if (str_eq(type, "organisation"))
		return str_blank(row_text(fit, "organisation"))
			       ? "An organisation"
			       : row_text(fit, "organisation");
	return str_eq(type, "individual") ? "An individual" : "A respondent";
}

/* What was chosen so far, and who it is of. */
struct chosen {
	struct report_quote *list;
	int64_t *senders;
	size_t count, most;
};

static bool is_new(const struct chosen *c, int64_t sender, const char *text)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->senders[i] == sender || str_ieq(c->list[i].text, text))
			return false;
	return true;
}

/* What of a passage is published at all: greeting, closing, signature and what a form says of
 * its writer are not, whoever put a code on them. A quotation says where it left something out.
 * NULL: nothing is. */
static const char *published_part(struct arena *arena, const struct redactions *all,
				  const struct redaction_place *at)
{
	AUTO(buf) out = buf_new(1 << 16);

	for (size_t i = 0; i < all->stretch_count; i++) {
		const struct redaction_place *s = &all->stretches[i].at;
		const struct redaction_place both = {
			at->part, at->from > s->from ? at->from : s->from,
			at->to < s->to ? at->to : s->to};
		bool open;

		if (s->part != at->part || both.from >= both.to)
			continue;
		if (out->len)
			buf_str(out, LEFT_OUT);
		buf_str(out, redactions_apply(arena, all, &both, &open));
	}
	return str_blank(buf_text(out)) ? NULL : arena_strdup(arena, buf_text(out));
}

/* The passage as it may be quoted, with what is redacted in it; NULL: something is proposed to
 * be redacted in that response and nobody has settled it. */
static bool redacted(struct report_figures *f, const struct store_row *fit,
		     const char **out, struct err *err)
{
	const struct redaction_place at = {
		row_int(fit, "part"), row_int(fit, "from_char"), row_int(fit, "to_char")};
	AUTO(arena) one = arena_new(1 << 15);
	struct redactions all;
	const char *text;

	*out = NULL;
	if (!redactions_load(f->op, one, row_int(fit, "response_id"), &all, err))
		return false;
	if (all.proposed || all.lost)
		return true;
	text = published_part(one, &all, &at);
	*out = text ? one_line(f->arena, text) : NULL;
	return true;
}

static void seal(struct report_quote *q)
{
	secret_sha256_hex(q->text, strlen(q->text), q->hash);
}

static bool look_at(struct report_figures *f, const struct coded_quote *q,
		    struct chosen *to, struct err *err)
{
	const char *text = one_line(f->arena, q->text);
	size_t chars = str_utf8_count(text, strlen(text));
	struct store_row fit;

	if (q->where.whole || q->recognised || chars < REPORT_QUOTE_LEAST ||
	    chars > REPORT_QUOTE_CHARS)
		return true;
	if (!store_one(f->op->store, f->arena, &fit, err, SQL_REPORT_QUOTE_FIT, "i",
		       q->coding_id))
		return err_forgive(err, ERR_ABSENT);
	if (!is_new(to, row_int(&fit, "sender"), text))
		return true;
	if (!redacted(f, &fit, &text, err))
		return false;
	if (!text || str_utf8_count(text, strlen(text)) < REPORT_QUOTE_LEAST ||
	    !is_harmless(text, &fit) || !is_new(to, row_int(&fit, "sender"), text))
		return true;
	to->senders[to->count] = row_int(&fit, "sender");
	to->list[to->count] = (struct report_quote){.coding_id = q->coding_id,
						    .response_id = q->response_id,
						    .text = text,
						    .by = attribution(&fit)};
	seal(&to->list[to->count++]);
	return true;
}

bool report_quotes(struct report_figures *f, const struct report_quotes_of *of,
		   struct report_quote **out, size_t *out_count, struct err *err)
{
	struct coded_quote_filter filter = {.code_id = of->code_id,
					    .below = true,
					    .question = of->question,
					    .publishable = true,
					    .most = PAGE};
	struct chosen chosen = {.most = (size_t)of->most};
	struct coded_quotes page = {.more = true};

	if (!blind_not_in(f->op, f->of.id, "quotations", err))
		return false;
	chosen.list = arena_make(f->arena, struct report_quote, chosen.most + 1);
	chosen.senders = arena_make(f->arena, int64_t, chosen.most + 1);
	for (size_t seen = 0;
	     page.more && seen < REPORT_QUOTE_LOOKS && chosen.count < chosen.most;) {
		if (!coded_quotes_load(f->op, f->arena, &filter,
				       &page, err))
			return false;
		for (size_t i = 0; i < page.count && chosen.count < chosen.most; i++)
			if (!look_at(f, &page.list[i], &chosen, err))
				return false;
		seen += page.count;
		if (page.count) {
			filter.after_response = page.list[page.count - 1].response_id;
			filter.after_coding = page.list[page.count - 1].coding_id;
		}
	}
	*out = chosen.list;
	*out_count = chosen.count;
	return true;
}

bool report_quote_fits(struct report_figures *f, int64_t coding_id, const char *hash,
		       bool *out, struct err *err)
{
	struct report_quote now = {0};
	struct store_row fit;

	*out = store_one(f->op->store, f->arena, &fit, err, SQL_REPORT_QUOTE_FIT, "i",
			 coding_id);
	if (!*out)
		return err_forgive(err, ERR_ABSENT);
	if (!redacted(f, &fit, &now.text, err))
		return false;
	if (now.text)
		seal(&now);
	*out = now.text &&
	       (hash ? str_eq(hash, now.hash) : !strstr(now.text, REDACTION_BEGINS));
	return true;
}
