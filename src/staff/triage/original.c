#include "staff/triage/original.h"
#include "base/str.h"
#include "reader/reader.h"

#include <pthread.h>
#include <time.h>

/* The reader has one child at a time. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

/* One's turn, soon or not at all: a mail that is slow must not hold up every visitor. */
static bool take_turn(struct err *err)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += (long)STAFF_ORIGINAL_WAIT_MS * 1000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	return pthread_mutex_clocklock(&one_at_a_time, CLOCK_MONOTONIC, &until) == 0 ||
	       err_set(err, ERR_AGAIN, "another mail is being opened");
}

static bool has_hit(const struct mail_message *m, const char *limit)
{
	for (size_t i = 0; i < m->limits_hit.count; i++)
		if (str_eq(m->limits_hit.items[i], limit))
			return true;
	return false;
}

/* Did the child end before the mail was read, by what the mail is? */
static bool gave_up(const struct mail_message *m)
{
	return has_hit(m, "time") || has_hit(m, "memory") || has_hit(m, "crash");
}

bool staff_original_read(struct web_request *r, const void *bytes, size_t len,
			 struct mail_message *out, struct err *err)
{
	struct reader_mail mail = {bytes ? bytes : "", len};
	bool ok;

	if (!r->site->reader)
		return err_set(err, ERR_SYSTEM, "this process cannot open mails again");
	if (!take_turn(err))
		return false;
	reader_patience(r->site->reader, STAFF_ORIGINAL_MS);
	ok = reader_read(r->site->reader, r->arena, &mail, 1, out, err);
	(void)pthread_mutex_unlock(&one_at_a_time);
	if (ok && has_hit(out, "patience"))
		return err_set(err, ERR_AGAIN, "the mail was not opened in time");
	if (ok && gave_up(out))
		return err_set(
			err, ERR_CONFLICT,
			"This mail takes too long to open, or is made so that it "
			"cannot be opened. What was read of it when it came stands "
			"at the response, and the mail as it came can be saved there.");
	return ok;
}

void staff_original_file(struct web_request *r, const struct mail_message *m,
			 int64_t position, const char *sha256, const char *name)
{
	const struct mail_attachment *a;

	if (position < 0 || (uint64_t)position >= m->attachment_count ||
	    !str_eq(m->attachments[position].sha256, sha256)) {
		page_problem(r, 404,
			     "This file cannot be taken out of its mail again. The mail "
			     "as it came can be saved from the page of the response.");
		return;
	}
	a = &m->attachments[position];
	web_download(r, "application/octet-stream", str_or(name, "file"), a->bytes,
		     a->size);
}

void staff_original_frame(struct web_request *r, const struct mail_message *m)
{
	static const char none[] = "<!DOCTYPE html><html lang=\"en\"><title>No layout"
				   "</title><p>This mail has text only.</p></html>";
	const char *html = str_or(m->html, none);

	web_set_policy(r, "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
			  "img-src data:; form-action 'none'; base-uri 'none'; "
			  "frame-ancestors 'self'");
	web_bytes(r, 200, "text/html; charset=utf-8", html, strlen(html));
}
