/* An old mailbox, or what another program exported, becomes responses of a consultation. */
#include "domain/sorting/mail_import.h"
#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"
#include "cli/frame/print.h"
#include "maildir/maildir.h"
#include "maildir/mbox.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { BATCH = 200, OLDEST = 315532800 /* 1980 */ };

struct moving {
	struct cli *cli;
	struct mail_import into;
	struct store_txn *t;
	size_t in_hand;
	int64_t first,
		last; /* when the oldest and newest came, as far as the folder says */
};

static void moving_auto(struct moving *m)
{
	store_rollback(&m->t);
}

/* Pieces of BATCH mails, each whole: the daemon is not kept from its own. */
static bool put(struct moving *m, const struct mail_old *mail, struct err *err)
{
	if (!m->into.only_look && !m->t) {
		m->t = store_begin(m->cli->op.store, err);
		if (!m->t)
			return false;
	}
	if (mail->at && (!m->first || mail->at < m->first))
		m->first = mail->at;
	if (mail->at > m->last)
		m->last = mail->at;
	if (!mail_import_keep(&m->cli->op, &m->into, mail, err))
		return false;
	if (!m->t || ++m->in_hand < BATCH)
		return true;
	m->in_hand = 0;
	return store_commit(&m->t, err);
}

static bool put_mbox(struct moving *m, const char *path, struct err *err)
{
	AUTO(buf) mail = buf_new((size_t)m->cli->settings->message_max_bytes);
	AUTO(mbox) box = NULL;
	enum mbox_step step;
	int64_t at;

	if (!mbox_open(path, &box, err))
		return false;
	while ((step = mbox_next(box, mail, &at, err)) == MBOX_MAIL) {
		const struct mail_old old = {buf_text(mail), mail->len, at,
					     buf_cut(mail)};

		if (!put(m, &old, err))
			return false;
	}
	return step == MBOX_END;
}

/* A name begins with the second in which the mail was delivered; else the file's own time. */
static int64_t delivered_at(const char *folder, const struct maildir_item *item)
{
	int64_t at = strtoll(item->key, NULL, 10);
	char path[PATH_MAX];
	struct stat st;

	if (at >= OLDEST)
		return at;
	(void)snprintf(path, sizeof(path), "%s/%s/%s", folder,
		       item->is_new ? "new" : "cur", item->name);
	return stat(path, &st) ? 0 : (int64_t)st.st_mtime;
}

static bool put_maildir(struct moving *m, const char *path, struct err *err)
{
	AUTO(buf) mail = buf_new((size_t)m->cli->settings->message_max_bytes);
	AUTO(maildir) dir = NULL;
	struct maildir_list list;

	if (!maildir_open(path, MAILDIR_MUST_BE_THERE, &dir, err) ||
	    !maildir_list(dir, m->cli->arena, &list, err))
		return false;
	if (list.more)
		return err_set(err, ERR_INPUT,
			       "%s has more than %d mails: move some of them to another "
			       "Maildir, and import both",
			       path, MAILDIR_LIST_MAX);
	for (size_t i = 0; i < list.count; i++) {
		struct mail_old old = {.at = delivered_at(path, &list.items[i])};

		buf_reset(mail);
		if (!maildir_read(dir, &list.items[i], mail, err) && !buf_cut(mail)) {
			if (!err_forgive(err, ERR_ABSENT)) /* read elsewhere meanwhile */
				return false;
			continue;
		}
		*err = (struct err){0};
		old.bytes = buf_text(mail);
		old.len = mail->len;
		old.cut = buf_cut(mail);
		if (!put(m, &old, err))
			return false;
	}
	return true;
}

static bool is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

static bool put_all(struct moving *m, struct err *err)
{
	const char *path = m->cli->args[1];

	if (is_folder(path) ? !put_maildir(m, path, err) : !put_mbox(m, path, err))
		return false;
	if (m->into.only_look)
		return true;
	if (!m->t)
		m->t = store_begin(m->cli->op.store, err);
	return m->t && mail_import_end(&m->cli->op, &m->into, err) &&
	       store_commit(&m->t, err);
}

static const char *span(const struct moving *m, struct arena *arena)
{
	char first[CLOCK_TEXT], last[CLOCK_TEXT];

	if (!m->first)
		return "";
	clock_long_date(m->first, m->into.consultation.zone, first);
	clock_long_date(m->last, m->into.consultation.zone, last);
	return arena_printf(arena, ", which came from %s to %s", first, last);
}

static int import(struct cli *cli, struct err *err)
{
	__attribute__((cleanup(moving_auto))) struct moving m = {.cli = cli};
	struct mail_import *into = &m.into;
	const char *kind = is_folder(cli->args[1]) ? "a Maildir" : "an mbox";

	if (!mail_import_begin(&cli->op, cli->arena, cli->args[0], into, err))
		return CLI_FAILED;
	into->only_look = cli_option(cli, "dry-run") != NULL;
	into->acknowledge = cli_option(cli, "acknowledge") != NULL;
	if (!put_all(&m, err))
		return CLI_FAILED;
	if (into->only_look)
		cli_done(cli,
			 "%s is %s of %" PRId64 " email%s%s: %" PRId64
			 " would go into %s, %" PRId64
			 " were imported before. Nothing was changed.",
			 cli->args[1], kind, into->kept + into->known,
			 plural(into->kept + into->known, "", "s"), span(&m, cli->arena),
			 into->kept, into->consultation.name, into->known);
	else
		cli_done(cli,
			 "%" PRId64 " email%s go%s into %s, %" PRId64
			 " were imported before%s. mercatd reads them now: see "
			 "mercat inbound counts.",
			 into->kept, plural(into->kept, "", "s"),
			 plural(into->kept, "es", ""), into->consultation.name,
			 into->known,
			 into->acknowledge ? "" : "; none of them is acknowledged");
	if (into->cut)
		cli_done(cli,
			 "%" PRId64 " of them were longer than reading.message_max and "
			 "are cut: they wait for a person.",
			 into->cut);
	return CLI_DONE;
}

static const struct cli_option import_options[] = {
	{"dry-run", NULL, "says what it finds; changes nothing"},
	{"acknowledge", NULL,
	 "send each writer an acknowledgement; else nobody gets one"},
	{0}};

const struct cli_command cli_response_import_commands[] = {
	{"response import", "CONSULTATION FILE|FOLDER", 2, 2,
	 "Takes the mail of an old mailbox (mbox, Maildir) into a consultation",
	 CLI_NEEDS_STAFF, import, import_options},
	{0}};
