#include "base/calendar.h"
#include "base/str.h"
#include "domain/sorting/undo_kinds.h"
#include "staff/frame/visitor.h"

#include <stdlib.h>

enum { ADDRESS_MOST = 1500, COOKIE_S = 7 * DAY_S };

static const char cookie[] = "mercat";

struct staff_visitor *staff_of(const struct web_request *r)
{
	ASSERT(r->visitor);
	return r->visitor;
}

bool staff_may(const struct web_request *r, enum right right)
{
	const struct staff_visitor *v = staff_of(r);

	return rights_have(&v->rights, right, v->scope);
}

bool staff_may_anywhere(const struct web_request *r, enum right right)
{
	return rights_anywhere(&staff_of(r)->rights, right);
}

void staff_add_query(struct web_request *r, struct buf *to)
{
	for (size_t i = 0; i < r->query.count; i++)
		buf_printf(to, "%c%s=%s", i ? '&' : '?',
			   web_escape_url(r->arena, r->query.fields[i].name),
			   web_escape_url(r->arena, r->query.fields[i].value));
}

/* The address that was asked for, with what stands behind the question mark. */
static const char *address(struct web_request *r)
{
	AUTO(buf) to = buf_new(ADDRESS_MOST);

	buf_str(to, r->path);
	staff_add_query(r, to);
	return buf_cut(to) ? r->path : arena_strdup(r->arena, buf_text(to));
}

/* Where they wanted to go is kept for after the sign-in. */
static bool sign_in_first(struct web_request *r)
{
	if (r->method == WEB_POST) {
		page_problem(
			r, 403,
			"You are no longer signed in, so nothing was changed. Sign in "
			"in another tab, come back to this page and do it again.");
		return false;
	}
	web_redirect(r, "/staff/sign-in?to=%s", web_escape_url(r->arena, address(r)));
	return false;
}

/* Over TCP anybody of this machine could write the header: only the proxy has the secret. */
static bool is_the_proxy(const struct web_request *r)
{
	const char *want = r->site->proxy_secret;
	const char *given = want ? web_header(r, "X-Mercat-Proxy-Secret") : NULL;

	return !want || (given && strlen(given) == strlen(want) &&
			 secret_same(given, want, strlen(want)));
}

/* Whom a proxy with single sign-on vouches for; NULL: it is not set up, or says nobody. */
static const char *vouched_for(const struct web_request *r)
{
	const char *header = r->site->settings->proxy_header;
	const char *name = *header ? web_header(r, header) : NULL;

	return str_empty(name) || !is_the_proxy(r) ? NULL : name;
}

/* The cookie's session counts as long as the proxy names the same person. */
static bool session_of(struct web_request *r, struct staff_visitor *v, struct err *err)
{
	const char *name = vouched_for(r);
	char token[SESSION_TOKEN_LEN + 1];

	v->token = web_cookie(r, cookie);
	if (v->token && session_find(r->op, r->arena, v->token, &v->session, err) &&
	    (!name || str_eq(name, v->session.name)))
		return true;
	if (v->token && err->kind && !err_forgive(err, ERR_ABSENT))
		return false;
	if (!name)
		return err_set(err, ERR_ABSENT, "no session");
	*err = (struct err){0};
	if (!session_for_proxy(r->op, r->arena,
			       &(struct proxied){.name = name, .source = r->source},
			       token, &v->session, err))
		return false;
	v->token = arena_strdup(r->arena, token);
	web_set_cookie(r, cookie, token, COOKIE_S);
	return session_find(r->op, r->arena, v->token, &v->session, err);
}

static bool find_session(struct web_request *r, struct staff_visitor *v, struct err *err)
{
	char mark[SECRET_RANDOM_LEN + 1];

	if (!session_of(r, v, err))
		return false;
	session_csrf(r->op, v->token, v->csrf);
	secret_random_token(mark);
	v->form_token =
		arena_printf(r->arena, "%s%c%s", v->csrf, STAFF_TOKEN_PARTS, mark);
	return rights_load(r->op, r->arena, v->session.staff_id, &v->rights, err);
}

/* The first right that lets somebody see anything of it. */
static bool sees(const struct staff_visitor *v)
{
	static const enum right of_consultation[] = {RIGHT_READ_RESPONSES, RIGHT_CONSULT,
						     RIGHT_SORT};
	static const enum right of_list[] = {RIGHT_SEE_BULLETINS, RIGHT_SUBSCRIBERS,
					     RIGHT_LIST};
	const enum right *rights =
		v->scope.kind == SCOPE_LIST ? of_list : of_consultation;

	for (size_t i = 0; i < ARRAY_LEN(of_list); i++)
		if (rights_have(&v->rights, rights[i], v->scope))
			return true;
	return false;
}

static bool nothing_there(struct web_request *r)
{
	page_problem(r, 404, "There is no such page, or it is not for you.");
	return false;
}

/* What the path is about, if this person may know of it. */
static bool find_scope(struct web_request *r, struct staff_visitor *v)
{
	struct err err = {0};
	bool ok;

	if (str_starts(r->route->path, "/staff/consultations/:")) {
		ok = consultation_named(r->op, r->arena, web_arg(r, 0), &v->consultation,
					&err);
		v->scope = rights_on_consultation(v->consultation.id);
	} else if (str_starts(r->route->path, "/staff/lists/:")) {
		ok = list_named(r->op, r->arena, web_arg(r, 0), &v->list, &err);
		v->scope = rights_on_list(v->list.id);
	} else {
		return true;
	}
	if (ok)
		return sees(v) || nothing_there(r);
	if (err.kind == ERR_ABSENT || err.kind == ERR_INPUT)
		return nothing_there(r);
	page_failed(r, &err);
	return false;
}

static bool has_right(struct web_request *r, const struct staff_visitor *v)
{
	bool of_each = r->route->right < 0;
	enum right right = (enum right)(abs(r->route->right) - 1);
	bool may = r->route->right == 0 ||
		   (of_each ? rights_anywhere(&v->rights, right)
			    : rights_have(&v->rights, right, v->scope));

	if (may)
		return true;
	page_problem(r, 403,
		     arena_printf(r->arena,
				  "Your account has no right to %s here. An "
				  "administrator can give it.",
				  right_name(right)));
	return false;
}

/* Without the mark of its page. */
static const char *csrf(struct web_request *r)
{
	const char *token = str_or(web_form(r, "csrf"), "");
	const char *end = strchr(token, STAFF_TOKEN_PARTS);

	return end ? arena_strndup(r->arena, token, (size_t)(end - token)) : token;
}

/* A form of another site cannot know the token; a browser also says where it comes from. */
static bool is_ours(struct web_request *r, const struct staff_visitor *v)
{
	if (r->method != WEB_POST ||
	    (!web_from_elsewhere(r) && session_csrf_fits(r->op, v->token, csrf(r))))
		return true;
	page_problem(
		r, 403,
		"This form was not sent from a page of yours, or from before you "
		"signed in again. Nothing was changed: load the page and do it again.");
	return false;
}

/* What a script asks for beside the page is not the page that shows it. */
static void take_said(struct web_request *r, struct staff_visitor *v)
{
	const char *said = web_cookie(r, "mercat-said");

	if (!said || r->method != WEB_GET || str_eq(web_header(r, "Purpose"), "prefetch"))
		return;
	v->said = web_unescape_url(r->arena, said);
	web_set_cookie(r, "mercat-said", "", 0);
}

bool staff_enter(struct web_request *r)
{
	struct staff_visitor *v = arena_make(r->arena, struct staff_visitor, 1);
	struct err err = {0};

	if (!find_session(r, v, &err)) {
		if (err.kind == ERR_ABSENT && !vouched_for(r))
			return sign_in_first(r);
		if (err.kind == ERR_ABSENT)
			page_problem(r, 403, err.text);
		else
			page_failed(r, &err);
		return false;
	}
	r->visitor = v;
	r->op->rights = &v->rights;
	r->op->undo_ask = undo_ask;
	r->language = "en";
	take_said(r, v);
	return find_scope(r, v) && has_right(r, v);
}

bool staff_before(struct web_request *r)
{
	return is_ours(r, staff_of(r));
}
