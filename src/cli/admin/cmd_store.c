#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "cli/admin/store_user.h"
#include "base/fd.h"
#include "base/str.h"
#include "domain/core/audit.h"
#include "domain/bulletins/bulletin_audience.h"
#include "domain/analysis/facts.h"
#include "domain/intake/inbound.h"
#include "domain/intake/inbound_look.h"
#include "reader/reader.h"
#include "store/turn.h"

#include <inttypes.h>
#include <unistd.h>

enum { REBUILD_MAILS = 64, REBUILD_BYTES = 16 << 20 };

/* Also brings an older store up to date; run twice it is harmless. */
static int store_init(struct cli *cli, struct err *err)
{
	AUTO(store) s = NULL;
	const char *path = settings_store_path(cli->settings);
	char about[160];

	if (!fd_make_dirs(cli->settings->state_dir, 0700, err) ||
	    !domain_key_make(cli->settings, err) ||
	    !store_open(path, STORE_MIGRATE, &s, err) ||
	    !store_give_to_user(cli->settings, path, err))
		return CLI_FAILED;
	store_about(about, sizeof(about));
	cli_done(
		cli,
		"%s is ready (%s). Keep a copy of %s: links in mails that went out need it.",
		path, about, settings_key_path(cli->settings));
	return CLI_DONE;
}

static int check(struct cli *cli, struct err *err)
{
	char about[160];

	if (!store_check(cli->op.store, err) || !response_facts_check(&cli->op, err) ||
	    !bulletin_audience_check(&cli->op, err))
		return CLI_FAILED;
	store_about(about, sizeof(about));
	cli_done(cli,
		 "The store is whole: pages, references, text index and what the "
		 "kept counts agree (%s).",
		 about);
	return CLI_DONE;
}

struct rebuild {
	struct cli *cli;
	struct reader *reader;
	int64_t after, all, done,
		kept; /* kept: as they were, since reading them failed */
	bool show;
};

/* Read anew, many of them with one commit. */
static bool write_some(struct rebuild *r, const struct inbound_mail *kept,
		       const struct mail_message *read, size_t n, struct err *err)
{
	struct store_turn turn = {.store = r->cli->op.store};
	bool ok = true;

	for (size_t i = 0; ok && i < n; i++) {
		if (!mail_was_read(&read[i])) { /* what we had is better */
			r->kept++;
			continue;
		}
		ok = store_turn_begin(&turn,
				      inbound_is_long(&read[i]) ? TURN_ALONE
								: TURN_TOGETHER,
				      err) &&
		     (inbound_rebuild(&r->cli->op, kept[i].id, &read[i], err) ||
		      err_prefix(err, "mail %" PRId64, kept[i].id)) &&
		     store_turn_done(&turn, err);
	}
	ok = ok && store_turn_end(&turn, err);
	store_turn_drop(&turn);
	return ok;
}

/* Read first, then written: nothing waits for a parser. */
static bool rebuild_some(struct rebuild *r, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 20);
	const struct inbound_some next = {
		.after = r->after, .most = REBUILD_MAILS, .most_bytes = REBUILD_BYTES};
	struct reader_mail mails[REBUILD_MAILS];
	struct mail_message *read = arena_make(arena, struct mail_message, REBUILD_MAILS);
	struct inbound_mail *kept;
	size_t n;

	if (!inbound_done(&r->cli->op, arena, &next, &kept, &n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		mails[i].bytes = kept[i].bytes;
		mails[i].len = kept[i].len;
	}
	if (n && !reader_read(r->reader, arena, mails, n, read, err))
		return false;
	*out_did = n > 0;
	if (!n)
		return true;
	if (!write_some(r, kept, read, n, err))
		return false;
	r->after = kept[n - 1].id;
	r->done += (int64_t)n;
	if (r->show)
		(void)fprintf(stderr, "\r%" PRId64 " of %" PRId64 " mails", r->done,
			      r->all);
	return true;
}

static int rebuild(struct cli *cli, struct err *err)
{
	struct rebuild r = {.cli = cli, .show = isatty(STDERR_FILENO) == 1};
	AUTO(reader) reader = NULL;
	bool did = true;

	if (!reader_open(&reader, err) || !inbound_done_count(&cli->op, &r.all, err))
		return CLI_FAILED;
	reader_brief(reader);
	r.reader = reader;
	while (did)
		if (!rebuild_some(&r, &did, err))
			return CLI_FAILED;
	if (r.show)
		(void)fputc('\n', stderr);
	if (!audit_record(&cli->op, err, "rebuilt", "store", 0,
			  "%" PRId64 " mails read again, %" PRId64 " left as they were",
			  r.done - r.kept, r.kept))
		return CLI_FAILED;
	cli_done(cli,
		 "%" PRId64 " mails were read again from their raw bytes; %" PRId64
		 " could not be and are as they were.",
		 r.done - r.kept, r.kept);
	return CLI_DONE;
}

const struct cli_command cli_store_commands[] = {
	{"store init", "", 0, 0,
	 "Makes the store and its key, or brings an older store up to date",
	 CLI_NEEDS_SETTINGS, store_init, NULL},
	{"store check", "", 0, 0, "Proves the store whole", CLI_NEEDS_STORE, check, NULL},
	{"store rebuild", "", 0, 0,
	 "Reads all raw mail again and makes anew what is derived from it",
	 CLI_NEEDS_STAFF, rebuild, NULL},
	{0}};
