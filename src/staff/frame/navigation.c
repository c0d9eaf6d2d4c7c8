#include "domain/core/undo.h"
#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/frame/paths.h"

enum { SAID_MOST = 1000, PATH_MOST = 2000 };

struct place {
	const char *name, *title, *path;
	int right; /* shown to whoever has it anywhere; 0: to all */
};

static const struct place places[] = {
	{"home", "Home", "/staff", 0},
	{"consultations", "Consultations", "/staff/consultations", NEEDS(RIGHT_CONSULT)},
	{"responses", "Responses", "/staff/responses", NEEDS(RIGHT_READ_RESPONSES)},
	{"flags", "Flags", "/staff/flags", NEEDS(RIGHT_SAFEGUARD)},
	{"coding", "Coding", "/staff/coding", NEEDS(RIGHT_READ_RESPONSES)},
	{"analysis", "Analysis", "/staff/analysis", NEEDS(RIGHT_READ_RESPONSES)},
	{"bulletins", "Bulletins", "/staff/bulletins", NEEDS(RIGHT_SEE_BULLETINS)},
	{"subscribers", "Subscribers", "/staff/subscribers", NEEDS(RIGHT_SUBSCRIBERS)},
	{"audit", "Audit", "/staff/audit", NEEDS(RIGHT_AUDIT)},
	{"staff", "Staff", "/staff/accounts", NEEDS(RIGHT_ADMIN)},
	{"health", "Health", "/staff/health", NEEDS(RIGHT_ADMIN)},
};

/* The rights as words of templates: {{#may.screen}}. */
static const struct {
	enum right right;
	const char *word;
} words[] = {
	{RIGHT_READ_RESPONSES, "read"},
	{RIGHT_SEE_RESPONDENTS, "see_respondents"},
	{RIGHT_NOTE, "note"},
	{RIGHT_CODE, "code"},
	{RIGHT_SCREEN, "screen"},
	{RIGHT_CODE_FRAME, "code_frame"},
	{RIGHT_WRITE, "write"},
	{RIGHT_SORT, "sort"},
	{RIGHT_CONSULT, "consult"},
	{RIGHT_MODERATE, "moderate"},
	{RIGHT_PUBLISH, "publish"},
	{RIGHT_SEE_BULLETINS, "see_bulletins"},
	{RIGHT_EDIT_BULLETIN, "edit"},
	{RIGHT_APPROVE, "approve"},
	{RIGHT_SEND, "send"},
	{RIGHT_COMMENT, "comment"},
	{RIGHT_SUBSCRIBERS, "subscribers"},
	{RIGHT_LIST, "list"},
	{RIGHT_ERASE, "erase"},
	{RIGHT_SAFEGUARD, "safeguard"},
	{RIGHT_AUDIT, "audit"},
	{RIGHT_ADMIN, "admin"},
};

static void set_rights(struct web_request *r, struct template_value *v)
{
	struct template_value *may = template_set_map(v, "may");
	bool somewhere = staff_of(r)->scope.kind != SCOPE_EVERYWHERE;

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		template_set_bool(may, words[i].word,
				  somewhere ? staff_may(r, words[i].right)
					    : staff_may_anywhere(r, words[i].right));
}

static void set_places(struct web_request *r, struct template_value *v, const char *place)
{
	struct template_value *list = template_set_list(v, "places");

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		struct template_value *one;

		if (places[i].right &&
		    !staff_may_anywhere(r, (enum right)(places[i].right - 1)))
			continue;
		one = template_add_map(list);
		template_set(one, "title", places[i].title);
		template_set(one, "path", places[i].path);
		template_set_bool(one, "here", str_eq(places[i].name, place));
	}
}

struct template_value *staff_values(struct web_request *r, const char *title,
				    const char *place)
{
	struct template_value *v = page_values(r, title);
	const struct staff_visitor *who = staff_of(r);
	const char *undo = NULL;
	struct err err = {0};

	template_set(v, "staff_stylesheet", web_asset(r, "staff.css"));
	template_set(v, "staff_script", web_asset(r, "staff.js"));
	template_set(v, "staff", who->session.name);
	template_set_bool(v, "by_proxy", who->session.by_proxy);
	template_set(v, "csrf", who->form_token);
	template_set(v, "said", who->said);
	if (who->consultation.id) {
		template_set(v, "consultation", who->consultation.name);
		template_set(v, "consultation_title", who->consultation.title);
		template_set(v, "queue", staff_queue_path(r));
	}
	if (who->list.id) {
		template_set(v, "list", who->list.name);
		template_set(v, "list_title", who->list.title);
		template_set(v, "list_path", staff_list_path(r, who->list.name));
	}
	set_rights(r, v);
	set_places(r, v, place);
	/* Beside what was done elsewhere it would take back something else. */
	if ((str_eq(place, "responses") || str_eq(place, "coding")) &&
	    undo_next(r->op, r->arena, &undo, &err))
		template_set(v, "undo", undo);
	return v;
}

void staff_page(struct web_request *r, const char *name,
		const struct template_value *values)
{
	page_show(r, 200, name, values);
}

void staff_say(struct web_request *r, const char *sentence, ...)
{
	AUTO(buf) text = buf_new(SAID_MOST);
	va_list args;

	va_start(args, sentence);
	buf_vprintf(text, sentence, args);
	va_end(args);
	web_set_cookie(r, "mercat-said", web_escape_url(r->arena, buf_text(text)), 60);
}

void staff_back(struct web_request *r, const char *path, ...)
{
	AUTO(buf) to = buf_new(PATH_MOST);
	va_list args;

	va_start(args, path);
	buf_vprintf(to, path, args);
	va_end(args);
	web_redirect(r, "%s", buf_text(to));
}

static bool is_place_of_ours(const char *path)
{
	return path && strlen(path) < PATH_MOST && str_starts(path, "/staff") &&
	       !strpbrk(path, "\r\n\\\t ") && !strstr(path, "//");
}

const char *staff_back_path(const struct web_request *r, const char *otherwise)
{
	const char *back = web_form(r, "back");

	return is_place_of_ours(back) ? back : otherwise;
}

void staff_back_or(struct web_request *r, const char *otherwise)
{
	staff_back(r, "%s", staff_back_path(r, otherwise));
}

void staff_back_asking(struct web_request *r, const char *otherwise, const char *name,
		       const char *value)
{
	const char *back = staff_back_path(r, otherwise);

	staff_back(r, "%s%c%s=%s", back, strchr(back, '?') ? '&' : '?', name,
		   web_escape_url(r->arena, value));
}

/* What was refused says what stands in the way; the page it came from still holds. */
void staff_failed(struct web_request *r, const struct err *err)
{
	page_failed(r, err);
}

unsigned staff_refusal(const struct err *err)
{
	switch (err->kind) {
	case ERR_INPUT:
	case ERR_REFUSED:
		return 400;
	case ERR_CONFLICT:
		return 409;
	default:
		return 0;
	}
}

void staff_refused(struct web_request *r, struct template_value *v, const struct err *err)
{
	template_set(v, "not_done", page_sentence(r->arena, err->text));
	template_set_bool(v, "has_errors", true);
}

const char *staff_time(struct web_request *r, int64_t at)
{
	char text[CLOCK_TEXT];

	if (!at)
		return "";
	clock_long_time(at, r->site->settings->zone, text);
	return arena_strdup(r->arena, text);
}

const char *staff_date(struct web_request *r, int64_t at)
{
	char text[CLOCK_TEXT];

	if (!at)
		return "";
	clock_long_date(at, r->site->settings->zone, text);
	return arena_strdup(r->arena, text);
}

void staff_number(struct template_value *map, const char *name, int64_t number)
{
	char text[NUMERAL_TEXT];

	numeral_grouped(number, text);
	template_set(map, name, text);
}

void staff_risk(struct template_value *map, int64_t emails)
{
	if (emails)
		staff_number(map, "risk", emails);
	template_set_bool(map, "risk_one", emails == 1);
}

const char *staff_number_text(struct web_request *r, int64_t number)
{
	char text[NUMERAL_TEXT];

	numeral_grouped(number, text);
	return arena_strdup(r->arena, text);
}
