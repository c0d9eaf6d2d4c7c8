/* collect, of a Maildir: the same mailbox without a server. */
#include "domain/intake/inbound.h"
#include "domain/intake/mailbox.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/numeral.h"
#include "base/str.h"
#include "daemon/role.h"
#include "maildir/maildir.h"

#include <inttypes.h>
#include <sys/stat.h>

enum { LOOK_MS = 500, BATCH = 50, BATCH_BYTES = 8 << 20 };

bool role_collect_maildir(struct role_run *run, int64_t mailbox_id, struct err *err);

struct box {
	struct role_run *run;
	int64_t mailbox_id;
	struct maildir *dir;
	struct timespec seen[2];  /* when new/ and cur/ last changed */
	enum mailbox_state known; /* whether it can be read, as far as was noted */
};

/* Cheap enough to ask twice a second: has a file come or gone? */
static bool has_moved(struct box *b)
{
	static const char *const parts[] = {"new", "cur"};
	bool moved = false;

	for (int i = 0; i < 2; i++) {
		char path[4200];
		struct stat st;

		(void)snprintf(path, sizeof(path), "%s/%s", b->run->mailbox->path,
			       parts[i]);
		if (stat(path, &st))
			continue;
		moved = moved || st.st_mtim.tv_sec != b->seen[i].tv_sec ||
			st.st_mtim.tv_nsec != b->seen[i].tv_nsec;
		b->seen[i] = st.st_mtim;
	}
	return moved;
}

/* A file that cannot be read is passed over and tried again at the next look. */
static bool keep(struct box *b, const struct maildir_item *item, bool *out_new,
		 struct err *err)
{
	AUTO(buf) bytes = buf_new((size_t)b->run->settings->message_max_bytes);
	struct arrival mail = {.mailbox_id = b->mailbox_id, .item = item->key};
	struct err why = {0};

	*out_new = false;
	if (!maildir_read(b->dir, item, bytes, &why)) {
		mail.cut = buf_cut(bytes);
		if (!mail.cut && why.kind != ERR_ABSENT)
			log_line(LOG_WARN, "%s", why.text);
		if (!mail.cut)
			return true;
	}
	mail.bytes = buf_text(bytes);
	mail.len = bytes->len;
	return inbound_keep(&b->run->op, &mail, out_new, err);
}

static bool take_batch(struct box *b, const struct maildir_list *list, size_t *at,
		       int64_t *out_new, struct err *err)
{
	AUTO(store_txn) t = store_begin(b->run->op.store, err);
	size_t bytes = 0, from = *at;

	if (!t)
		return false;
	b->run->op.now = clock_now();
	for (; *at < list->count && *at - from < BATCH && bytes < BATCH_BYTES; (*at)++) {
		bool have, is_new;

		if (!mailbox_has(&b->run->op, b->mailbox_id, list->items[*at].key, &have,
				 err))
			return false;
		if (have)
			continue;
		bytes += list->items[*at].size;
		if (!keep(b, &list->items[*at], &is_new, err))
			return false;
		*out_new += is_new;
	}
	return store_commit(&t, err);
}

static bool look(struct box *b, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct maildir_list list;
	int64_t new_mails = 0;
	size_t at = 0;

	if (!maildir_list(b->dir, arena, &list, err))
		return false;
	while (at < list.count && !loop_stopping(&b->run->loop))
		if (!take_batch(b, &list, &at, &new_mails, err))
			return false;
	if (new_mails)
		log_line(LOG_INFO, "%" PRId64 " new mail%s", new_mails,
			 plural(new_mails, "", "s"));
	for (size_t i = 0;
	     b->run->mailbox->after == SETTINGS_AFTER_SEEN && i < list.count; i++)
		if (list.items[i].is_new && !maildir_seen(b->dir, &list.items[i], err))
			return false;
	return true;
}

/* What cannot be noted now is noted another time. */
static void note(struct box *b, enum mailbox_state now)
{
	struct err why = {0};

	b->run->op.now = clock_now();
	if (!mailbox_note(&b->run->op, b->mailbox_id, now, &b->known, &why))
		log_line(LOG_WARN, "%s", why.text);
}

bool role_collect_maildir(struct role_run *run, int64_t mailbox_id, struct err *err)
{
	struct box b = {.run = run, .mailbox_id = mailbox_id};
	int64_t poll_ms = run->mailbox->poll_s * 1000, looked_ms = 0;
	bool ok = maildir_open(run->mailbox->path, MAILDIR_IS_MADE, &b.dir, err), looked;

	if (!ok)
		note(&b, MAILBOX_LOST);
	while (ok) {
		if (has_moved(&b) || clock_mono_ms() - looked_ms >= poll_ms ||
		    !looked_ms) {
			looked_ms = clock_mono_ms();
			looked = look(&b, err);
			note(&b, looked ? MAILBOX_FOUND : MAILBOX_LOST);
			if (!looked) {
				log_line(LOG_WARN, "%s", err->text);
				b.seen[0] = b.seen[1] = (struct timespec){0};
				ok = !run->once;
			}
		}
		if (run->once || loop_sleep(&run->loop, LOOK_MS) == LOOP_STOP)
			break;
	}
	maildir_close(&b.dir);
	return ok;
}
