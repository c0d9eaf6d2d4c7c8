#include "staff/frame/form_seen.h"
#include "base/codec/secret.h"
#include "base/str.h"
#include "staff/frame/words.h"

#include <inttypes.h>

enum { HASH_LEN = 12, SHOWN_MOST = 2000, TOLD_MOST = 3 };
/* Of what was sent: two hashes for each field, behind the address. */
enum { SENT_MOST = 1 << 20 };

/* What the form brought, held against what stands. */
struct staff_seen {
	staff_seen_reader *reads;
	struct seen now;
	bool refused;
	int64_t last;                /* the last act that its page knew of */
	const char *hash[SEEN_MOST]; /* of each value that its page had */
	bool is_other[SEEN_MOST];    /* now */
};

void seen_add(struct seen *seen, const char *field, const char *value)
{
	ASSERT(seen->count < SEEN_MOST);
	seen->values[seen->count++] = (struct seen_value){field, str_or(value, "")};
}

/* White space around a text is lost on its way through a form. */
static const char *hash_of(struct arena *arena, const char *value)
{
	const char *text = str_trim(arena_strdup(arena, value));
	char hex[SECRET_SHA256_HEX];

	secret_sha256_hex(text, strlen(text), hex);
	return arena_strndup(arena, hex, HASH_LEN);
}

const char *seen_mark(struct web_request *r, const struct seen *seen, struct err *err)
{
	const char *mark;
	int64_t last;

	if (!audit_acts_last(r->op, &seen->acts, &last, err))
		return NULL;
	mark = arena_printf(r->arena, "%" PRId64, last);
	for (size_t i = 0; i < seen->count; i++)
		mark = arena_printf(r->arena, "%s.%s", mark,
				    hash_of(r->arena, seen->values[i].value));
	return mark;
}

const char *staff_seen_mark(struct web_request *r, staff_seen_reader *reads,
			    struct err *err)
{
	struct seen seen = {0};

	return reads(r, &seen, err) ? seen_mark(r, &seen, err) : NULL;
}

bool staff_seen_put(struct web_request *r, struct template_value *v,
		    staff_seen_reader *reads, struct err *err)
{
	const char *sent = staff_seen_refused(r) ? NULL : web_form(r, "seen");
	const char *mark = sent ? sent : staff_seen_mark(r, reads, err);

	if (!mark)
		return false;
	template_set(v, "seen", mark);
	return true;
}

struct store_txn *staff_seen_moment(struct web_request *r, struct err *err)
{
	struct staff_visitor *v = staff_of(r);
	struct store_txn *t = store_snapshot(r->op->store, err);

	if (t &&
	    ((v->list.id && !list_named(r->op, r->arena, v->list.name, &v->list, err)) ||
	     (v->consultation.id &&
	      !consultation_named(r->op, r->arena, v->consultation.name, &v->consultation,
				  err))))
		store_rollback(&t);
	return t;
}

/* The last act and the hashes out of the mark; false: it is none of such a page. */
static bool read_mark(struct arena *arena, const char *mark, struct staff_seen *s)
{
	char *rest = arena_strdup(arena, str_or(mark, ""));
	struct err err = {0};

	for (size_t i = 0; i <= s->now.count; i++) {
		char *end = strchr(rest, '.');
		bool is_end = i == s->now.count;

		if (is_end != !end)
			return false;
		if (end)
			*end = '\0';
		if (i)
			s->hash[i - 1] = rest;
		else if (!str_to_int(rest, 0, INT64_MAX, &s->last, &err))
			return false;
		rest = end ? end + 1 : rest;
	}
	return true;
}

/* What each act is called in a sentence that begins with who did it. */
static const struct {
	const char *act, *did;
} acts[] = {
	{"bulletin approved", "approved it"},
	{"bulletin edited", "changed its text"},
	{"bulletin put on hold", "put it on hold"},
	{"bulletin scheduled", "scheduled it"},
	{"bulletin sending", "let it go out"},
	{"bulletin sent", "finished sending it"},
	{"bulletin state", "changed its state"},
	{"bulletin unscheduled", "unscheduled it"},
	{"consultation changed", "changed the draft"},
	{"consultation extended", "gave it more time"},
	{"consultation outcome", "said what was decided"},
	{"report begun", "began the report"},
	{"report changed", "changed the report"},
	{"report edition made", "made an edition of the report"},
	{"report edition approved", "approved an edition of the report"},
	{"consultation state", "changed its state"},
	{"flag closed", "closed it"},
	{"flag noted", "wrote a note"},
	{"flag raised", "raised it"},
	{"flag reopened", "opened it again"},
	{"flag seen", "said that they have seen it"},
	{"list changed", "changed its settings"},
	{"list described", "changed what it is about"},
	{"list visibility", "changed who may read it"},
	{"answered", "wrote to them"},
	{"assigned", "assigned it"},
	{"screened", "included or excluded it"},
	{"choice set", "corrected what was chosen"},
	{"respondent corrected", "corrected who it is from"},
	{"respondent set", "corrected who it is from"},
	{"topic added", "added a topic"},
	{"topic merged", "merged two topics"},
	{"topic offered again", "offered a topic again"},
	{"topic retired", "stopped offering a topic"},
	{"topic retitled", "renamed a topic"},
	{"topics set", "set the topics"},
};

static const char *did(struct web_request *r, const struct store_row *row)
{
	const char *act = row_text(row, "event");

	for (size_t i = 0; i < ARRAY_LEN(acts); i++)
		if (str_eq(acts[i].act, act))
			return acts[i].did;
	return arena_printf(r->arena, "did this: %s", act);
}

/* "Al Admin changed its settings (14:30 today)", of the last ones; NULL: nobody did. */
static const char *who_did_what(struct web_request *r, const struct staff_seen *s,
				struct err *err)
{
	const char *all = NULL;
	struct store_table t;

	if (!audit_acts_since(r->op, r->arena, &s->now.acts, s->last, &t, err))
		return NULL;
	for (size_t i = t.count < TOLD_MOST ? t.count : TOLD_MOST; i-- > 0;) {
		struct store_row row = table_row(&t, i);
		const char *who = row_text(&row, "who");

		all = arena_printf(r->arena, "%s%s%.50s %s (%s)", str_or(all, ""),
				   !all    ? ""
				   : i > 0 ? ", "
					   : " and ",
				   str_eq(who, r->op->who) ? "you" : who, did(r, &row),
				   staff_when(r, row_int(&row, "at")));
	}
	return all;
}

/* What the form asks for anyway is no other: a second click, two who cure the same. */
static bool is_other(struct web_request *r, const struct staff_seen *s, size_t i)
{
	const struct seen_value *value = &s->now.values[i];
	const char *typed = value->field ? web_form(r, value->field) : NULL;
	const char *now = hash_of(r->arena, value->value);

	return !str_eq(now, s->hash[i]) &&
	       !(typed && str_eq(now, hash_of(r->arena, typed)));
}

static bool still_stands(struct web_request *r, struct err *err)
{
	struct staff_seen *s = staff_of(r)->seen;
	bool others = false;
	const char *who;
	int64_t last;

	s->refused = false;
	s->now = (struct seen){0};
	if (!s->reads(r, &s->now, err) ||
	    !audit_acts_last(r->op, &s->now.acts, &last, err))
		return false;
	if (!read_mark(r->arena, web_form(r, "seen"), s)) {
		s->refused = true;
		s->now.count = 0;
		return err_set(err, ERR_CONFLICT,
			       "This form does not say what its page showed. Nothing was "
			       "changed: see how it stands now, and do it once more.");
	}
	for (size_t i = 0; i < s->now.count; i++) {
		s->is_other[i] = is_other(r, s, i);
		others |= s->is_other[i];
	}
	if (!others && !(s->now.any_act && last != s->last))
		return true;
	who = who_did_what(r, s, err);
	if (err->kind)
		return false;
	s->refused = true;
	return err_set(err, ERR_CONFLICT,
		       "While you looked at it, %s. %sNothing was changed: see how it "
		       "stands now, and do it once more if that is still right.",
		       str_or(who, str_or(s->now.told, "something of it has changed")),
		       s->now.state
			       ? arena_printf(r->arena, "It is %s now. ", s->now.state)
			       : "");
}

/* ---- done once ---- */

/* All that tells this sending from another; NULL: its page had no mark. */
static const char *sent(struct web_request *r)
{
	AUTO(buf) what = buf_new(SENT_MOST);
	char hash[SECRET_SHA256_HEX];

	if (!strchr(str_or(web_form(r, "csrf"), ""), STAFF_TOKEN_PARTS))
		return NULL;
	buf_str(what, r->path);
	for (size_t i = 0; i < r->form.count; i++) {
		const struct web_field *f = &r->form.fields[i];

		secret_sha256_hex(f->name, strlen(f->name), hash);
		buf_printf(what, " %s", hash);
		secret_sha256_hex(f->value, f->len, hash);
		buf_printf(what, " %s", hash);
	}
	return buf_cut(what) ? NULL : arena_strdup(r->arena, buf_text(what));
}

/* The pattern without its last part, and the path with it. */
static bool go_up(char *pattern, char *path)
{
	char *of_pattern = strrchr(pattern, '/'), *of_path = strrchr(path, '/');

	if (!of_pattern || of_pattern == pattern || !of_path)
		return false;
	*of_pattern = *of_path = '\0';
	return true;
}

static bool is_page(const struct web_request *r, const char *pattern)
{
	for (const struct web_route *t = r->table->routes; t->path; t++)
		if (t->method == WEB_GET && str_eq(t->path, pattern))
			return true;
	return false;
}

static const char *after(struct web_request *r)
{
	char *pattern = arena_strdup(r->arena, r->route->path);
	char *path = arena_strdup(r->arena, r->path);
	const char *back = staff_back_path(r, NULL);

	if (back)
		return back;
	if (staff_of(r)->form_stays)
		return path;
	while (go_up(pattern, path))
		if (is_page(r, pattern) && !str_eq(pattern, "/staff"))
			return path;
	return is_page(r, r->route->path) ? r->path : "/staff";
}

static bool is_first(struct web_request *r, struct err *err)
{
	struct staff_visitor *v = staff_of(r);
	bool first;

	if (!v->form_sent)
		return true;
	if (!session_takes_form(r->op, v->form_sent, &first, err))
		return false;
	v->form_taken = first;
	return first ||
	       err_set(err, ERR_CONFLICT, "This was sent before, and was done then.");
}

/* Refused because it was done, whoever says so: the guard, or a look at what stands. */
static const char *where_instead(struct web_request *r)
{
	const struct staff_visitor *v = staff_of(r);
	struct err err = {0};
	bool taken;

	if (v->form_taken || !session_took_form(r->op, v->form_sent, &taken, &err) ||
	    !taken)
		return NULL;
	staff_say(r, "That came twice, and was done once.");
	return after(r);
}

static bool holds(void *of, struct err *err)
{
	struct web_request *r = of;

	return is_first(r, err) && (!staff_of(r)->seen || still_stands(r, err));
}

void staff_form_guard(struct web_request *r, const struct staff_form_rule *rule)
{
	struct staff_visitor *v = staff_of(r);

	if (rule->reads) {
		v->seen = arena_make(r->arena, struct staff_seen, 1);
		v->seen->reads = rule->reads;
	}
	v->form_stays = rule->stays;
	if (rule->once)
		v->form_sent = sent(r);
	if (v->form_sent)
		r->instead = where_instead;
	store_set_guard(r->op->store, holds, r);
}

bool staff_seen_refused(const struct web_request *r)
{
	return staff_of(r)->seen && staff_of(r)->seen->refused;
}

/* Of the field among what is held against the mark; -1: it is none of those. */
static int place_of(const struct staff_seen *s, const char *field)
{
	for (size_t i = 0; i < s->now.count; i++)
		if (str_eq(s->now.values[i].field, field))
			return (int)i;
	return -1;
}

static bool was_left_alone(const struct web_request *r, size_t i)
{
	const struct staff_seen *s = staff_of(r)->seen;
	const char *typed = web_form(r, s->now.values[i].field);

	return !typed || str_eq(hash_of(r->arena, typed), s->hash[i]);
}

const char *staff_seen_or(const struct web_request *r, const char *field, const char *now)
{
	const char *typed = web_form(r, field);
	int i = staff_seen_refused(r) ? place_of(staff_of(r)->seen, field) : -1;

	return !typed || (i >= 0 && was_left_alone(r, (size_t)i)) ? now : typed;
}

void staff_seen_tell(struct staff_form *form)
{
	struct web_request *r = form->r;
	struct staff_seen *s = staff_of(r)->seen;

	template_set_bool(form->values, "has_errors", true);
	template_set_bool(form->values, "knowingly", true);
	for (size_t i = 0; i < s->now.count; i++) {
		const struct seen_value *now = &s->now.values[i];
		size_t most = str_utf8_bytes(now->value, SHOWN_MOST);
		const char *text = arena_strndup(r->arena, now->value, most);

		if (!s->is_other[i] || !now->field)
			continue;
		staff_form_wrong(
			form, now->field,
			was_left_alone(r, i)
				? "Changed while you looked at it: here is what stands now."
				: arena_printf(
					  r->arena,
					  "Changed while you wrote. Now it is: %s%s%s",
					  *text ? "“" : "", *text ? text : "empty",
					  !*text             ? ""
					  : now->value[most] ? "…”"
							     : "”"));
	}
}
