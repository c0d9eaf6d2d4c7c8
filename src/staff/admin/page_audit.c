#include "domain/core/audit.h"
#include "domain/core/audit_head.h"
#include "base/clock.h"
#include "base/str.h"
#include "staff/frame/visitor.h"
#include "staff/frame/pages.h"
#include "staff/frame/words.h"

enum {
	ROWS = 100,
	VERIFY_ROWS = 50000,
	HASH_LEAST = 32,
	HASH_SHOWN = 8,
	DETAIL_MOST = 1 << 16
};

/* NULL for a field that was left empty. */
static const char *wanted(struct web_request *r, const char *name)
{
	const char *text = web_query(r, name);

	return str_empty(text) ? NULL : text;
}

/* What people call what is acted on, where it is more than the name and an "s". */
static const char *words_of(const char *subject)
{
	static const char *const words[][2] = {
		{"inbound", "mail that came in"},
		{"answer text", "replies to respondents"},
		{"view", "saved views"},
		{"frame change", "the code frame and coded passages"},
		{"sample", "double coding: samples"},
		{"double coding", "double coding: codes"},
		{"subscription", "subscriptions"},
		{"person", "personal data"},
		{"suppression", "suppression"},
		{"staff", "staff"},
		{"undo", "what was taken back"},
		{"store", "the store"},
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(subject, words[i][0]))
			return words[i][1];
	return NULL;
}

static void add_subjects(struct web_request *r, struct template_value *v,
			 const char *chosen)
{
	struct template_value *list = template_set_list(v, "subjects");

	for (const char *const *subject = audit_subjects(); *subject; subject++) {
		struct template_value *one = template_add_map(list);
		const char *words = words_of(*subject);

		template_set(one, "word", *subject);
		template_set(one, "text",
			     words ? words : arena_printf(r->arena, "%ss", *subject));
		template_set_bool(one, "chosen", str_eq(*subject, chosen));
	}
}

/* What nobody reads to the end: the first signs of a hash say which it is. */
static const char *short_hashes(struct web_request *r, const char *text)
{
	static const char digits[] = "0123456789abcdef";
	AUTO(buf) out = buf_new(DETAIL_MOST);

	for (text = str_or(text, ""); *text;) {
		size_t len = strspn(text, digits);

		if (len >= HASH_LEAST) {
			buf_printf(out, "%.*s…", HASH_SHOWN, text);
			text += len;
		} else {
			buf_add(out, text, len ? len : 1);
			text += len ? len : 1;
		}
	}
	return arena_strdup(r->arena, buf_text(out));
}

static void add_rows(struct web_request *r, struct template_value *v,
		     const struct store_table *rows)
{
	struct template_value *list = template_set_list(v, "rows");

	for (size_t i = 0; i < rows->count && i < ROWS; i++) {
		struct store_row row = table_row(rows, i);
		struct template_value *one = template_add_map(list);

		template_set_int(one, "id", row_int(&row, "id"));
		template_set(one, "at", staff_when(r, row_int(&row, "at")));
		template_set(one, "who", row_text(&row, "who"));
		template_set(one, "event", row_text(&row, "event"));
		template_set(one, "subject", row_text(&row, "subject"));
		template_set_int(one, "subject_id", row_int(&row, "subject_id"));
		template_set(one, "what", row_text(&row, "what"));
		template_set(one, "detail", short_hashes(r, row_text(&row, "detail")));
		template_set(one, "recipients", row_text(&row, "recipients"));
	}
	if (rows->count > ROWS) {
		struct store_row last = table_row(rows, ROWS - 1);

		template_set_int(v, "older", row_int(&last, "id"));
	}
}

void staff_audit(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Audit", "audit");
	struct audit_filter filter = {
		.subject = wanted(r, "subject"),
		.who = wanted(r, "who"),
		.before = web_query_int(r, "before", INT64_MAX),
		.most = (int64_t)ROWS + 1,
	};
	const char *subject = filter.subject, *who = filter.who;
	const char *from = wanted(r, "from"), *to = wanted(r, "to");
	const char *zone = r->site->settings->zone;
	struct store_table rows;
	struct err err = {0};

	if ((from && !clock_day_start(from, zone, &filter.from_at, &err)) ||
	    (to && !clock_day_end(to, zone, &filter.to_at, &err)) ||
	    !audit_page(r->op, r->arena, &filter, &rows, &err)) {
		staff_failed(r, &err);
		return;
	}
	add_subjects(r, v, subject);
	template_set(v, "who", who);
	template_set(v, "from", from);
	template_set(v, "to", to);
	template_set(v, "days_url",
		     arena_printf(r->arena, "%s%s%s%s", from ? "&from=" : "",
				  str_or(from, ""), to ? "&to=" : "", str_or(to, "")));
	template_set(v, "subject_url", subject ? web_escape_url(r->arena, subject) : "");
	template_set(v, "who_url", who ? web_escape_url(r->arena, who) : "");
	template_set_bool(v, "newest", filter.before == INT64_MAX);
	add_rows(r, v, &rows);
	staff_page(r, "web/staff/audit.html", v);
}

/* A head that was kept elsewhere, when one is given: does it stand? */
static bool compare_kept(struct web_request *r, struct template_value *v,
			 const char *kept, struct err *err)
{
	struct audit_head head;
	struct err why = {0};

	if (!kept)
		return true;
	if (!audit_head_read(kept, &head, &why)) {
		template_set(v, "unread", page_sentence(r->arena, why.text));
		return true;
	}
	if (audit_head_stands(r->op, &head, "the head that you gave", &why))
		staff_number(v, "kept_rows", head.rows);
	else if (why.kind == ERR_CONFLICT)
		template_set(v, "unkept", page_sentence(r->arena, why.text));
	else
		return *err = why, false;
	return true;
}

static const char *next_part(struct web_request *r, const struct audit_proved *p,
			     const char *kept)
{
	return arena_printf(r->arena, "/staff/audit/verify?proved=%lld&head=%s%s%s",
			    (long long)p->rows, p->head, kept ? "&kept=" : "",
			    kept ? web_escape_url(r->arena, kept) : "");
}

/*
 * Reads every row, so many at a time: each answer says how far it came and the page asks
 * for the next. Where it goes on stands in the address; who writes another there is told
 * that it does not fit. At the end it is compared with a head that was kept elsewhere.
 */
void staff_audit_verify(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Audit", "audit");
	struct audit_proved p = {.rows = web_query_int(r, "proved", 0)};
	const char *kept = wanted(r, "kept");
	struct err err = {0};
	bool read;

	str_copy(p.head, sizeof(p.head), str_or(web_query(r, "head"), ""));
	read = p.rows >= 0 && audit_verify_on(r->op, VERIFY_ROWS, &p, &err);
	if (read && p.whole)
		read = compare_kept(r, v, kept, &err);
	if (!read && p.rows >= 0 && err.kind != ERR_CONFLICT) {
		staff_failed(r, &err);
		return;
	}
	if (!read)
		template_set(v, "broken",
			     page_sentence(r->arena,
					   str_or(err.text, "there is no such row")));
	template_set_bool(v, "whole", read && p.whole);
	template_set_bool(v, "goes_on", read && !p.whole);
	template_set(v, "next", next_part(r, &p, kept));
	template_set(v, "kept", kept);
	staff_number(v, "count", p.rows);
	template_set_int(v, "count_plain", p.rows);
	template_set(v, "head", p.head);
	staff_page(r, "web/staff/audit-verify.html", v);
}
