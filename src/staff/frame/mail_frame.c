#include "staff/frame/mail_frame.h"

#include <string.h>

/*
 * A mail has its styles on its elements, so they are allowed here and nowhere else: in a
 * document of its own that is sandboxed, runs nothing and loads nothing but what stands
 * in it.
 */
void staff_mail_frame(struct web_request *r, const char *html)
{
	web_set_policy(r, "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
			  "img-src data:; base-uri 'none'; form-action 'none'; "
			  "frame-ancestors 'self'");
	web_bytes(r, 200, "text/html; charset=utf-8", html, strlen(html));
}
