#include "maildir/mbox.h"

#include "base/calendar.h"
#include "base/numeral.h"
#include "base/str.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct mbox {
	FILE *file;
	char *path, *line;
	size_t room;
	ssize_t len; /* of the line that is read and not used yet; -1: the end */
	int64_t at;  /* of the mail that begins there */
};

static int short_name(const char *const *names, int count, const char *at)
{
	for (int i = 0; i < count; i++)
		if (!strncmp(names[i], at, 3) && at[3] == ' ')
			return i;
	return -1;
}

static int zone_s(const char *text)
{
	int sign = *text == '-' ? -1 : 1;
	int64_t hhmm = 0;

	if ((*text != '+' && *text != '-') || strspn(text + 1, "0123456789") < 4)
		return 0;
	for (int i = 1; i <= 4; i++)
		hhmm = numeral_with(hhmm, text[i] - '0');
	return sign * (int)(hhmm / 100 * HOUR_S + hhmm % 100 * MINUTE_S);
}

/* Of "4 09:00:00 2026", "4 09:00 GMT 2026 +0100": what stands behind the month. */
static bool day_time_year(const char *text, int month, int64_t *out_at)
{
	struct calendar_day day = {.month = month};
	int hour, minute, second = 0, used = 0;
	const char *rest;

	/* Four fields of at most four digits: a longer one is no date, and cannot be too large. */
	if (sscanf(text, "%2d %2d:%2d%n", &day.day, &hour, &minute, &used) != 3 || !used)
		return false;
	rest = text + used;
	if (*rest == ':') {
		if (sscanf(rest, ":%2d%n", &second, &used) != 1)
			return false;
		rest += used;
	}
	for (;;) { /* a zone may stand before the year, and behind it */
		rest += strspn(rest, " ");
		if (strspn(rest, "0123456789") == 4)
			break;
		if (!*rest || *rest == '\r' || *rest == '\n')
			return false;
		rest += strcspn(rest, " \r\n");
	}
	day.year = (rest[0] - '0') * 1000 + (rest[1] - '0') * 100 + (rest[2] - '0') * 10 +
		   (rest[3] - '0');
	if (day.year < 1970 || day.day < 1 ||
	    day.day > calendar_days_in(day.year, day.month) || hour > 23 || minute > 59 ||
	    second > 60)
		return false;
	rest += 4;
	rest += strspn(rest, " ");
	*out_at = (calendar_number(day) -
		   calendar_number((struct calendar_day){1970, 1, 1})) *
			  DAY_S +
		  hour * HOUR_S + minute * MINUTE_S + second - zone_s(rest);
	return true;
}

bool mbox_from_line(const char *line, int64_t *out_at)
{
	*out_at = 0;
	if (!str_starts(line, "From "))
		return false;
	for (const char *at = strchr(line, ' '); at; at = strchr(at + 1, ' ')) {
		int month;

		if (short_name(calendar_weekdays, CALENDAR_WEEK, at + 1) < 0)
			continue;
		at += 4;
		month = short_name(calendar_months, CALENDAR_YEAR, at + 1);
		if (month >= 0 && day_time_year(at + 5, month + 1, out_at))
			return true;
	}
	return false;
}

static bool next_line(struct mbox *mbox, struct err *err)
{
	errno = 0;
	mbox->len = getline(&mbox->line, &mbox->room, mbox->file);
	if (mbox->len >= 0 || feof(mbox->file))
		return true;
	return err_set(err, ERR_SYSTEM, "%s: cannot be read: %s", mbox->path,
		       strerror(errno));
}

bool mbox_open(const char *path, struct mbox **out, struct err *err)
{
	AUTO(mbox) mbox = calloc(1, sizeof(*mbox));

	if (!mbox)
		PANIC("no memory for a mailbox");
	mbox->path = strdup(path);
	mbox->file = fopen(path, "re");
	if (!mbox->file)
		return err_set(err, errno == ENOENT ? ERR_ABSENT : ERR_SYSTEM, "%s: %s",
			       path, strerror(errno));
	do {
		if (!next_line(mbox, err))
			return false;
	} while (mbox->len >= 0 && strspn(mbox->line, "\r\n") == (size_t)mbox->len);
	if (mbox->len >= 0 && !mbox_from_line(mbox->line, &mbox->at))
		return err_set(
			err, ERR_INPUT,
			"%s is no mbox: it does not begin with \"From \", a sender "
			"and a date",
			path);
	*out = mbox;
	mbox = NULL;
	return true;
}

void mbox_close(struct mbox **mbox)
{
	struct mbox *m = *mbox;

	if (!m)
		return;
	if (m->file)
		(void)fclose(m->file);
	free(m->line);
	free(m->path);
	free(m);
	*mbox = NULL;
}

/* The empty line before the next mail, or at the end, is none of the mail's. */
static void drop_last_end(struct buf *mail)
{
	size_t len = mail->len;

	if (buf_cut(mail) || !len || mail->bytes[len - 1] != '\n')
		return;
	len--;
	if (len && mail->bytes[len - 1] == '\r')
		len--;
	if (!len || mail->bytes[len - 1] == '\n') {
		mail->len = len;
		mail->bytes[len] = '\0';
	}
}

enum mbox_step mbox_next(struct mbox *mbox, struct buf *to, int64_t *out_at,
			 struct err *err)
{
	bool after_empty = false;

	if (mbox->len < 0)
		return MBOX_END;
	buf_reset(to);
	*out_at = mbox->at;
	for (;;) {
		const char *line;
		size_t marks;

		if (!next_line(mbox, err))
			return MBOX_FAILED;
		line = mbox->line;
		if (mbox->len < 0 || (after_empty && mbox_from_line(line, &mbox->at)))
			break;
		after_empty = strspn(line, "\r\n") == (size_t)mbox->len;
		marks = strspn(line, ">");
		if (marks && str_starts(line + marks, "From "))
			buf_add(to, line + 1, (size_t)mbox->len - 1);
		else
			buf_add(to, line, (size_t)mbox->len);
	}
	drop_last_end(to);
	return MBOX_MAIL;
}
