#include "maildir/maildir_private.h"

#include "base/fd.h"
#include "base/codec/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { TRIES = 10, PIECE = 65536, FRONT_MOST = 1100 };

/*
 * time.Rrandom_Qcount_Ppid.host: any one of the three in the middle would do for one
 * host; the random part also covers clocks that go back and containers with one pid.
 */
static void make_name(struct maildir *maildir, int64_t now_s, char name[MAILDIR_KEY_MAX])
{
	unsigned char random[8];
	char hex[2 * sizeof(random) + 1];

	secret_random(random, sizeof(random));
	for (size_t i = 0; i < sizeof(random); i++)
		(void)snprintf(hex + 2 * i, 3, "%02x", random[i]);
	(void)snprintf(name, MAILDIR_KEY_MAX, "%lld.R%sQ%luP%ld.%s", (long long)now_s,
		       hex, ++maildir->delivered, (long)getpid(), maildir->host);
}

/* CRLF becomes LF; a bare CR stays what it is. */
static bool write_mail(int fd, const char *mail, size_t len, struct err *err)
{
	char piece[PIECE];
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (mail[i] == '\r' && i + 1 < len && mail[i + 1] == '\n')
			continue;
		piece[n++] = mail[i];
		if (n < sizeof(piece))
			continue;
		if (!fd_write_all(fd, piece, n, err))
			return false;
		n = 0;
	}
	return fd_write_all(fd, piece, n, err);
}

static bool failed(const struct maildir *maildir, struct err *err)
{
	return err_set(err, ERR_SYSTEM, "maildir %s: a mail cannot be stored: %s",
		       maildir->path, strerror(errno));
}

static bool publish(struct maildir *maildir, int fd, const char *name, struct err *err)
{
	if (fsync(fd) || renameat(maildir->parts[MAILDIR_TMP], name,
				  maildir->parts[MAILDIR_NEW], name))
		return failed(maildir, err);
	if (fsync(maildir->parts[MAILDIR_NEW])) {
		(void)failed(maildir, err);
		(void)unlinkat(maildir->parts[MAILDIR_NEW], name, 0);
		return false;
	}
	return true;
}

static bool deliver(struct maildir *maildir, const char *front, const char *mail,
		    size_t len, int64_t now_s, char *out_key, struct err *err)
{
	char name[MAILDIR_KEY_MAX];
	AUTO_FD fd = -1;
	bool ok;

	for (int i = 0; i < TRIES && fd < 0; i++) {
		make_name(maildir, now_s, name);
		fd = openat(maildir->parts[MAILDIR_TMP], name,
			    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	if (fd < 0)
		return failed(maildir, err);
	ok = fd_write_all(fd, front, strlen(front), err) &&
	     write_mail(fd, mail, len, err);
	if (!ok)
		(void)err_prefix(err, "maildir %s: a mail cannot be stored",
				 maildir->path);
	ok = ok && publish(maildir, fd, name, err);
	if (!ok)
		(void)unlinkat(maildir->parts[MAILDIR_TMP], name, 0);
	if (ok && out_key)
		memcpy(out_key, name, sizeof(name));
	return ok;
}

bool maildir_deliver(struct maildir *maildir, const char *mail, size_t len, int64_t now_s,
		     char *out_key, struct err *err)
{
	return deliver(maildir, "", mail, len, now_s, out_key, err);
}

static bool is_one_line(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	return true;
}

bool maildir_deliver_final(struct maildir *maildir, const struct maildir_mail *final,
			   int64_t now_s, char *out_key, struct err *err)
{
	char front[FRONT_MOST];
	int n;

	if (!is_one_line(final->sender) || !is_one_line(final->recipient))
		return err_set(err, ERR_INPUT,
			       "maildir %s: an address has a control character in it",
			       maildir->path);
	n = snprintf(front, sizeof(front), "Return-Path: <%s>\nDelivered-To: %s\n",
		     final->sender, final->recipient);
	if (n < 0 || (size_t)n >= sizeof(front))
		return err_set(err, ERR_INPUT, "maildir %s: an address is too long",
			       maildir->path);
	return deliver(maildir, front, final->mail, final->len, now_s, out_key, err);
}
