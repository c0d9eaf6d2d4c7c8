#include "staff/triage/flag_show.h"
#include "base/str.h"
#include "staff/frame/paths.h"
#include "staff/frame/words.h"

#include <inttypes.h>

bool staff_flag_show(struct web_request *r, struct template_value *v, int64_t inbound_id,
		     const char *to, struct flag *out, struct err *err)
{
	struct template_value *one;
	struct flag f = {0};

	template_set(v, "flag_to", to);
	if (flag_of_mail(r->op, r->arena, inbound_id, &f, err)) {
		one = template_set_map(v, "flag");
		template_set_int(one, "number", f.id);
		template_set(one, "raised", staff_when(r, f.raised_at));
		template_set(one, "raised_by", f.raised_by);
		template_set_bool(one, "is_open", f.is_open);
		template_set_bool(one, "is_proposed", str_eq(f.state, "proposed"));
		template_set_bool(one, "is_raised", str_eq(f.state, "open"));
		template_set_bool(one, "is_seen", f.seen_at != 0);
		template_set_bool(one, "overdue", f.is_overdue);
		template_set(one, "path",
			     rights_have(&staff_of(r)->rights, RIGHT_SAFEGUARD, f.scope)
				     ? staff_flag_path(r, f.id)
				     : NULL);
	} else if (!err_forgive(err, ERR_ABSENT)) {
		return false;
	}
	template_set_bool(v, "flag_raised", str_eq(f.state, "open"));
	if (out)
		*out = f;
	return true;
}

bool staff_flag_sent(struct web_request *r, int64_t inbound_id)
{
	const char *text = str_or(web_form(r, "text"), "");
	struct err err = {0};
	struct flag f;

	if (str_eq(web_form(r, "decision"), "dismiss")) {
		if (flag_dismiss(r->op, r->arena, inbound_id, &err)) {
			staff_say(r, "Noted: nobody is at risk, as you have read it.");
			return true;
		}
	} else if (flag_raise(r->op, r->arena, inbound_id, text, &f, &err)) {
		staff_say(r,
			  "Flag %" PRId64
			  " is raised. The safeguarding lead is being told "
			  "by email. If somebody is in danger now, call them as well.",
			  f.id);
		return true;
	}
	staff_failed(r, &err);
	return false;
}

/* Whether the flag has to ask by itself: no proposal that waits does. */
void staff_flag_of_response(struct web_request *r, struct template_value *v,
			    const struct response_view *view, struct flag *out)
{
	struct err err = {0};
	bool asks = true;

	*out = (struct flag){0};
	if (!staff_flag_show(r, v, view->response.inbound_id,
			     arena_printf(r->arena, "%s/flag", staff_response_path(r)),
			     out, &err))
		return;
	for (size_t i = 0; i < view->proposals.count; i++) {
		struct store_row row = table_row(&view->proposals, i);

		if (row_int(&row, "waits") && str_eq(row_text(&row, "kind"), "risk"))
			asks = false;
	}
	template_set_bool(v, "flag_asks", asks && str_eq(out->state, "proposed"));
	template_set_bool(v, "may_decide_flag", staff_may(r, RIGHT_SCREEN));
}
