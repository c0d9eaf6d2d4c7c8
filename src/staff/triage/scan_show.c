#include "staff/triage/scan_show.h"
#include "domain/sorting/typed_scan.h"
#include "base/str.h"
#include "staff/triage/triage.h"

void staff_scan_policy(struct web_request *r)
{
	web_set_policy(r, "default-src 'none'; style-src 'self'; script-src 'self'; "
			  "img-src 'self' data:; connect-src 'self'; form-action 'self'; "
			  "frame-src 'self'; base-uri 'none'; frame-ancestors 'none'");
}

void staff_scan_link(struct web_request *r, struct template_value *v,
		     const struct response_view *view)
{
	struct err err = {0};
	const char *token;

	if (staff_who(r) && str_eq(view->entry.how, "by hand") &&
	    scan_of_mail(r->op, r->arena, view->response.inbound_id, &token, &err))
		template_set_bool(v, "has_scan", true);
}
