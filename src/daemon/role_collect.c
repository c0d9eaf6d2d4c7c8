/*
 * collect: one mailbox -> raw bytes in the store. A mail is committed before its server
 * is told anything; no transaction is open while the server is waited for.
 */
#include "domain/intake/inbound.h"
#include "domain/intake/mailbox.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/numeral.h"
#include "base/str.h"
#include "daemon/role.h"
#include "process/access_token.h"
#include "imap/cursor.h"
#include "imap/imap.h"

#include <inttypes.h>

enum {
	LIST_MOST = 500,
	FLUSH_BYTES = 8 << 20,
	FLUSH_MAILS = 200,
	IDLE_S = 25 * 60, /* RFC 2177: under 29 minutes */
	BACK_OFF_FIRST_MS = 1000,
	BACK_OFF_MOST_MS = 30000,
	ASKED_MOST_MS = 15 * 60000, /* when it says that it is asked too often */
	UNREADABLE_FIRST_S = 30,    /* a mail that it lists but does not give */
	SETUP_WAIT_MS = 60000
};

bool role_collect_maildir(struct role_run *run, int64_t mailbox_id, struct err *err);

/* What was fetched and is not in the store yet. */
struct pending {
	struct role_run *run;
	struct imap_session *session;
	int64_t mailbox_id;
	uint32_t uidvalidity, last_uid; /* the store has all up to here */
	bool rescan;
	struct arena *arena;
	struct arrival *mails;
	uint32_t *uids;
	size_t count, bytes;
	struct arena *done_arena; /* committed; the server does not know yet */
	uint32_t *done;
	size_t done_count;
	bool unreadable;           /* one was not given: last_uid stays before it */
	int64_t asked_pause_ms;    /* the server asks to be left alone for so long */
	enum mailbox_state *known; /* whether it can be read, as far as was noted */
};

static bool after_action(struct pending *p, uint32_t uid, struct err *err)
{
	const struct settings_mailbox *box = p->run->mailbox;
	struct err why = {0};
	bool ok = box->after == SETTINGS_AFTER_SEEN
			  ? imap_mark_seen(p->session, uid, &why)
			  : imap_move(p->session, uid, box->move_to, &why);

	if (ok)
		return true;
	if (why.kind == ERR_REFUSED || why.kind == ERR_ABSENT) {
		log_line(LOG_WARN, "%s",
			 why.text); /* it is in the store: that is what counts */
		return true;
	}
	*err = why;
	return false;
}

static bool store_them(struct pending *p, int64_t *out_new, struct err *err)
{
	const struct mailbox read_to = {.id = p->mailbox_id,
					.uidvalidity = p->uidvalidity,
					.last_uid = p->last_uid};
	AUTO(store_txn) t = store_begin(p->run->op.store, err);

	*out_new = 0;
	if (!t)
		return false;
	p->run->op.now = clock_now();
	for (size_t i = 0; i < p->count; i++) {
		bool is_new;

		if (!inbound_keep(&p->run->op, &p->mails[i], &is_new, err))
			return false;
		*out_new += is_new;
	}
	return mailbox_read_to(&p->run->op, &read_to, err) && store_commit(&t, err);
}

/* The store is local: no server is waited for inside the transaction. */
static bool flush(struct pending *p, struct err *err)
{
	int64_t new_mails;

	if (!store_them(p, &new_mails, err))
		return false;
	if (new_mails)
		log_line(LOG_INFO, "%" PRId64 " new mail%s", new_mails,
			 plural(new_mails, "", "s"));
	for (size_t i = 0; i < p->count; i++) {
		p->done = arena_grow(p->done_arena, p->done, p->done_count,
				     sizeof(*p->done));
		p->done[p->done_count++] = p->uids[i];
	}
	p->count = p->bytes = 0;
	arena_reset(p->arena);
	return true;
}

/* Only now, when it is committed, may the server hear of it. */
static bool tell_server(struct pending *p, struct err *err)
{
	for (size_t i = 0;
	     p->run->mailbox->after != SETTINGS_AFTER_KEEP && i < p->done_count; i++)
		if (!after_action(p, p->done[i], err))
			return false;
	p->done_count = 0;
	arena_reset(p->done_arena);
	return true;
}

static void remember(struct pending *p, const struct imap_mail *mail)
{
	struct arrival *a;

	p->mails = arena_grow(p->arena, p->mails, p->count, sizeof(*p->mails));
	p->uids = arena_grow(p->arena, p->uids, p->count, sizeof(*p->uids));
	a = &p->mails[p->count];
	*a = (struct arrival){
		.mailbox_id = p->mailbox_id,
		.uidvalidity = p->uidvalidity,
		.item = arena_printf(p->arena, "%" PRIu32 "/%" PRIu32, p->uidvalidity,
				     mail->uid),
		.bytes = arena_memdup(p->arena, mail->bytes, mail->len),
		.len = mail->len,
		.cut = mail->cut,
		.rebuilt = p->rescan,
	};
	p->uids[p->count++] = mail->uid;
	p->bytes += mail->len;
}

/* imap_taker: a mail has come; into memory, and from there in batches into the store. */
static bool take(void *who, const struct imap_mail *mail, struct err *err)
{
	struct pending *p = who;

	if (mail->outcome == IMAP_UNREADABLE) {
		log_line(LOG_WARN,
			 "the server lists mail %" PRIu32 " but does not give it",
			 mail->uid);
		p->unreadable = true;
	}
	if (mail->outcome == IMAP_GOT)
		remember(p, mail);
	if (!p->unreadable)
		p->last_uid = mail->uid;
	return (p->bytes < FLUSH_BYTES && p->count < FLUSH_MAILS) || flush(p, err);
}

/* Leaves out those that the store has (after an unreadable one was passed). */
static bool only_missing(struct pending *p, uint32_t *uids, size_t *count,
			 struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	size_t kept = 0;

	for (size_t i = 0; i < *count; i++) {
		const char *item = arena_printf(arena, "%" PRIu32 "/%" PRIu32,
						p->uidvalidity, uids[i]);
		bool has;

		if (!mailbox_has(&p->run->op, p->mailbox_id, item, &has, err))
			return false;
		if (!has)
			uids[kept++] = uids[i];
	}
	*count = kept;
	return true;
}

static bool fetch_all(struct pending *p, struct err *err)
{
	uint32_t uids[LIST_MOST], from = p->last_uid;
	size_t count;

	p->unreadable = false;
	for (;;) {
		uint32_t highest;

		if (!imap_list_after(p->session, from, uids, LIST_MOST, &count, err))
			return false;
		if (count == 0)
			return true;
		highest = uids[count - 1];
		if (!only_missing(p, uids, &count, err) ||
		    (count && !imap_fetch_batch(p->session, uids, count, take, p, err)))
			return false;
		if (!p->unreadable)
			p->last_uid = highest;
		if (!flush(p, err) || !tell_server(p, err))
			return false;
		from = highest;
		if (loop_stopping(&p->run->loop))
			return true;
	}
}

static struct imap_account account_of(const struct role_run *run)
{
	static const enum imap_tls tls[] = {
		[SETTINGS_TLS_NONE] = IMAP_TLS_NONE,
		[SETTINGS_TLS_STARTTLS] = IMAP_TLS_STARTTLS,
		[SETTINGS_TLS_FULL] = IMAP_TLS_TLS,
	};
	static const enum imap_auth auth[] = {
		[SETTINGS_AUTH_PASSWORD] = IMAP_AUTH_PASSWORD,
		[SETTINGS_AUTH_XOAUTH2] = IMAP_AUTH_XOAUTH2,
		[SETTINGS_AUTH_OAUTHBEARER] = IMAP_AUTH_OAUTHBEARER,
	};
	const struct settings_mailbox *m = run->mailbox;

	return (struct imap_account){
		.name = m->name,
		.host = m->host,
		.port = (int)m->port,
		.tls = tls[m->tls],
		.user = m->user,
		.auth = auth[m->auth],
		.password = str_or(run->password, ""),
		.ca_file = str_or(m->ca_file, NULL),
		.folder = m->folder,
		.may_change = m->after != SETTINGS_AFTER_KEEP,
		.timeout_s = (int)m->timeout_s,
		.poll_s = (int)m->poll_s,
		.watchdog_s = (int)m->timeout_s * 4 + 60,
		.max_message_bytes = (size_t)run->settings->message_max_bytes,
	};
}

static bool begin_session(struct pending *p, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct imap_account account = account_of(p->run);
	struct imap_folder folder;
	struct imap_cursor stored, start;
	struct mailbox mailbox;

	account.asked_pause_ms = &p->asked_pause_ms;
	if (account.auth != IMAP_AUTH_PASSWORD &&
	    !token_ask(p->run->token_fd, arena, &account.password, err))
		return false;
	if (!imap_open(&account, &p->session, err))
		return false;
	if (!mailbox_named(&p->run->op, p->run->mailbox->name, &mailbox, err))
		return false;
	folder = imap_folder(p->session);
	stored.uidvalidity = (uint32_t)mailbox.uidvalidity;
	stored.last_uid = (uint32_t)mailbox.last_uid;
	p->rescan = imap_cursor_decide(stored, folder.uidvalidity, folder.uidnext,
				       &start) == IMAP_CURSOR_RESCAN;
	p->uidvalidity = start.uidvalidity;
	p->last_uid = start.last_uid;
	if (p->rescan)
		log_line(LOG_NOTE,
			 "the mailbox was rebuilt: reading it from its beginning; what "
			 "the store has by content is not taken twice");
	return true;
}

/* What was not given is asked for again, less and less often, whatever is new. */
static int wait_s_of(const struct pending *p, int *unreadable_s)
{
	int wait_s = imap_folder(p->session).idle ? IDLE_S : (int)p->run->mailbox->poll_s;
	int again_s = *unreadable_s;

	*unreadable_s = !p->unreadable         ? UNREADABLE_FIRST_S
			: again_s * 2 > IDLE_S ? IDLE_S
					       : again_s * 2;
	return p->unreadable && again_s < wait_s ? again_s : wait_s;
}

/* What cannot be noted now is noted another time. */
static void note(struct pending *p, enum mailbox_state now)
{
	struct err why = {0};

	p->run->op.now = clock_now();
	if (!mailbox_note(&p->run->op, p->mailbox_id, now, p->known, &why))
		log_line(LOG_WARN, "%s", why.text);
}

/* out_worked: it gave what was new, so trouble after that is new trouble. */
static bool one_session(struct pending *p, bool *out_worked, struct err *err)
{
	int unreadable_s = UNREADABLE_FIRST_S;

	if (!begin_session(p, err))
		return false;
	for (;;) {
		bool changed = false;

		if (!fetch_all(p, err))
			return false;
		*out_worked = true;
		note(p, MAILBOX_FOUND);
		p->rescan = false;
		if (p->run->once || loop_stopping(&p->run->loop))
			return true;
		if (!imap_wait(p->session, p->run->loop.stop_fd,
			       wait_s_of(p, &unreadable_s), &changed, err))
			return false;
		if (loop_stopping(&p->run->loop))
			return true;
	}
}

/* How long until the next session: longer each time that nothing was given. */
static int64_t pause_after(const struct pending *p, const struct err *err, bool worked,
			   int64_t *next_ms)
{
	int64_t most = p->asked_pause_ms ? ASKED_MOST_MS : BACK_OFF_MOST_MS;
	int64_t wait_ms = worked ? BACK_OFF_FIRST_MS : *next_ms;

	if (wait_ms < p->asked_pause_ms)
		wait_ms = p->asked_pause_ms;
	*next_ms = wait_ms * 2 > most ? most : wait_ms * 2;
	return err->kind == ERR_SETUP ? SETUP_WAIT_MS : wait_ms;
}

static bool collect_imap(struct role_run *run, int64_t mailbox_id, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 20);
	AUTO(arena) done = arena_new(4096);
	int64_t next_ms = BACK_OFF_FIRST_MS, wait_ms;
	enum mailbox_state known = MAILBOX_UNKNOWN;

	for (;;) {
		struct pending p = {.run = run,
				    .mailbox_id = mailbox_id,
				    .arena = arena,
				    .done_arena = done,
				    .known = &known};
		bool worked = false, ok;

		*err = (struct err){0};
		ok = one_session(&p, &worked, err);
		imap_close(&p.session);
		arena_reset(arena);
		arena_reset(done);
		if (ok)
			return true;
		log_line(err->kind == ERR_SETUP ? LOG_ERROR : LOG_WARN, "%s", err->text);
		note(&p, MAILBOX_LOST);
		if (run->once)
			return false;
		wait_ms = pause_after(&p, err, worked, &next_ms);
		if (p.asked_pause_ms)
			log_line(LOG_NOTE,
				 "the server is asked too often; it is left alone for "
				 "%" PRId64 " s",
				 wait_ms / 1000);
		if (loop_sleep(&run->loop, wait_ms) == LOOP_STOP)
			return true;
	}
}

bool role_collect(struct role_run *run, struct err *err)
{
	struct mailbox mailbox;

	if (!mailbox_open(&run->op, run->mailbox->name, &mailbox, err))
		return false;
	return run->mailbox->kind == SETTINGS_MAILDIR
		       ? role_collect_maildir(run, mailbox.id, err)
		       : collect_imap(run, mailbox.id, err);
}
