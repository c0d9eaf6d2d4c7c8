#include "desk/original.h"
#include "base/str.h"
#include "reader/reader.h"

#include <pthread.h>

/* The reader has one child at a time. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

bool desk_original_read(struct web_request *r, const void *bytes, size_t len,
			struct mail_message *out, struct err *err)
{
	struct reader_mail mail = {bytes ? bytes : "", len};
	bool ok;

	if (!r->site->reader)
		return err_set(err, ERR_SYSTEM, "this process cannot open mails again");
	(void)pthread_mutex_lock(&one_at_a_time);
	ok = reader_read(r->site->reader, r->arena, &mail, 1, out, err);
	(void)pthread_mutex_unlock(&one_at_a_time);
	return ok;
}

void desk_original_file(struct web_request *r, const struct mail_message *m,
			int64_t position, const char *sha256, const char *name)
{
	const struct mail_attachment *a;

	if (position < 0 || (uint64_t)position >= m->attachment_count ||
	    !str_eq(m->attachments[position].sha256, sha256)) {
		web_problem(r, 404,
			    "This file cannot be taken out of its mail again. The mail "
			    "as it came can be saved from the page of the reply.");
		return;
	}
	a = &m->attachments[position];
	web_download(r, "application/octet-stream", str_or(name, "file"), a->bytes,
		     a->size);
}

void desk_original_frame(struct web_request *r, const struct mail_message *m)
{
	static const char none[] = "<!DOCTYPE html><html lang=\"en\"><title>No layout"
				   "</title><p>This mail has text only.</p></html>";
	const char *html = str_or(m->html, none);

	web_set_policy(r, "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
			  "img-src data:; form-action 'none'; base-uri 'none'; "
			  "frame-ancestors 'self'");
	web_bytes(r, 200, "text/html; charset=utf-8", html, strlen(html));
}
