/* Copies of the store: made, proven and rotated, and put back. */
#include "cli/frame/cli.h"
#include "cli/frame/print.h"
#include "cli/admin/store_user.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/lock.h"
#include "base/numeral.h"
#include "base/str.h"
#include "domain/copies/copy_keep.h"
#include "domain/copies/copy_restore.h"
#include "domain/core/audit.h"

#include <errno.h>
#include <glob.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static const char *key_beside(struct arena *arena, const char *file)
{
	size_t len = strlen(file);

	return str_ends(file, ".db") ? arena_printf(arena, "%.*s.key", (int)len - 3, file)
				     : NULL;
}

/* ---- made ---- */

/* What it prints goes where our own words go. */
static bool run_command(struct cli *cli, const char *file, struct err *err)
{
	const char *command = cli->settings->backup_command;
	int status = 0;
	pid_t pid;

	if (!*command)
		return true;
	(void)fflush(stdout);
	pid = fork();
	if (pid == 0) {
		(void)execl("/bin/sh", "sh", "-c", command, "mercat", file,
			    key_beside(cli->arena, file), (char *)NULL);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	if (pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	return err_set(
		err, ERR_SYSTEM,
		"%s is made and whole, but backup.command ended with %s %d: the copy "
		"is on this machine alone",
		file, WIFSIGNALED(status) ? "signal" : "code",
		WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

static bool noted(struct cli *cli, const char *file, struct err *err)
{
	return audit_record(&cli->op, err, "copied", "store", 0, "to %s", file);
}

/* To a name of one's own; the copy alone, as it always was. */
static int backup_to_file(struct cli *cli, const char *file, struct err *err)
{
	const char *trial = NULL;
	char folder[PATH_MAX];

	fd_folder_of(file, folder);
	if (!store_backup(cli->op.store, file, err))
		return CLI_FAILED;
	if (!copy_trial(&cli->op, cli->arena, file, folder, &trial, err)) {
		(void)unlink(file);
		return CLI_FAILED;
	}
	copy_trial_remove(trial);
	if (!noted(cli, file, err))
		return CLI_FAILED;
	cli_done(
		cli,
		"%s is a copy of the store, put back for a trial and found whole. The key is "
		"not in it: copy %s too.",
		file, settings_key_path(cli->settings));
	return CLI_DONE;
}

static int backup(struct cli *cli, struct err *err)
{
	const char *folder = str_or(cli_option(cli, "to"), cli->settings->backup_folder);
	const char *file = cli->arg_count ? cli->args[0] : NULL;
	int64_t keep, removed;

	if (file && (cli_option(cli, "to") || cli_option(cli, "keep")))
		return err_set(err, ERR_INPUT,
			       "--to and --keep are for copies in a folder: give no FILE"),
		       CLI_USAGE;
	if (file)
		return backup_to_file(cli, file, err);
	if (!cli_option_int(cli, "keep",
			    &(struct cli_range){.least = 1,
						.most = 1000,
						.fallback = cli->settings->backup_keep},
			    &keep, err))
		return CLI_USAGE;
	if (!copy_make(&cli->op, cli->arena, folder, &file, err) ||
	    !noted(cli, file, err) || !copies_rotate(folder, keep, &removed, err) ||
	    !run_command(cli, file, err))
		return CLI_FAILED;
	cli_done(
		cli,
		"%s is a copy of the store, put back for a trial and found whole, with the key "
		"beside it; %" PRId64 " older %s went.",
		file, removed, plural(removed, "copy", "copies"));
	return CLI_DONE;
}

/* ---- put back ---- */

struct restore {
	int64_t stamp; /* of what stood there before, and is kept */
	struct cli *cli;
	const char *file, *key; /* key: NULL when there is none but the one in place */
	const char *trial;      /* the copy in a folder of its own, as it will be */
	const char *store, *settings_key;
	struct copy_held held;
	struct copy_carried carried;
	bool has_carried;
	char why_not[sizeof(((struct err *)0)->text)]; /* nothing was carried over */
};

/* No role either, should somebody have started one by hand. */
static bool nobody_runs(struct cli *cli, int *out_lock, struct err *err)
{
	const char *dir = cli->settings->state_dir;
	const char *own = arena_printf(cli->arena, "%s/mercatd.lock", dir);
	glob_t found = {0};
	bool ok = true;

	if (glob(arena_printf(cli->arena, "%s/*.lock", dir), GLOB_NOSORT, NULL, &found) ==
	    0)
		for (size_t i = 0; ok && i < found.gl_pathc; i++) {
			AUTO_FD lock = -1;

			ok = str_eq(found.gl_pathv[i], own) ||
			     lock_take(found.gl_pathv[i], "a role of mercatd", 0, &lock,
				       err);
		}
	globfree(&found);
	return ok && lock_take(own, "mercatd", 0, out_lock, err);
}

/* The sentence names the file that was given, not the trial. */
static bool refused(const struct restore *r, struct err *err)
{
	struct err why = *err;
	const char *trial = strstr(why.text, "/.restore-");
	const char *tail = trial ? strstr(trial, "mercat.db") : NULL;
	const char *words = tail ? tail + strlen("mercat.db") : NULL;

	while (words && (*words == ':' || *words == ' '))
		words++;
	/* SQLite has a line for each page that is damaged. */
	why.text[strcspn(why.text, "\n")] = '\0';
	return err_set(err, why.kind == ERR_SYSTEM ? ERR_INPUT : why.kind,
		       "%s cannot be put back, and nothing was changed: %s", r->file,
		       words ? words : why.text);
}

static bool find_key(struct restore *r, struct err *err)
{
	struct cli *cli = r->cli;
	const char *named = cli_option(cli, "key"), *beside;
	AUTO(buf) bytes = buf_new(SECRET_KEY_BYTES);

	beside = key_beside(cli->arena, r->file);
	r->key = named ? named : beside && access(beside, F_OK) == 0 ? beside : NULL;
	if (!r->key && access(r->settings_key, F_OK) == 0)
		return domain_key_load(cli->settings, cli->op.key, err);
	if (!r->key)
		return err_set(
			err, ERR_INPUT,
			"there is no key beside %s nor at %s; name the copy of it by "
			"--key: links in mails that went out need it",
			r->file, r->settings_key);
	if (!fd_read_file(r->key, bytes, err) || bytes->len != SECRET_KEY_BYTES)
		return err_set(err, ERR_INPUT, "%s is no key of mercat", r->key);
	memcpy(cli->op.key, bytes->bytes, SECRET_KEY_BYTES);
	return true;
}

/* What was taken back since, out of the store that is there, if it can be read. */
static void carry(struct restore *r)
{
	struct cli *cli = r->cli;
	AUTO(store) replaced = NULL;
	struct err err = {0};

	if (access(r->store, F_OK)) {
		str_copy(r->why_not, sizeof(r->why_not), "there was no store");
		return;
	}
	r->has_carried = store_open(r->store, STORE_EXISTING, &replaced, &err) &&
			 copy_carry(&cli->op, replaced, cli->arena, &r->carried, &err);
	if (!r->has_carried)
		str_copy(r->why_not, sizeof(r->why_not), err.text);
	/* What is in its log goes into its file, which stays aside. */
	if (replaced && !store_checkpoint(replaced, &err))
		return;
}

static bool make_ready(struct restore *r, struct err *err)
{
	struct cli *cli = r->cli;
	const char *path = arena_printf(cli->arena, "%s/mercat.db", r->trial);
	bool ok;

	if (!store_open(path, STORE_EXISTING, &cli->op.store, err))
		return false;
	cli->op.who = arena_printf(cli->arena, "account %s", cli->op.who);
	carry(r);
	ok = copy_hold(&cli->op, r->file,
		       r->has_carried ? COPY_LEDGER_CARRIED : COPY_LEDGER_OLD, &r->held,
		       err) &&
	     store_checkpoint(cli->op.store, err);
	store_close(&cli->op.store);
	return ok;
}

static bool key_differs(const char *a, const char *b)
{
	AUTO(buf) first = buf_new(SECRET_KEY_BYTES);
	AUTO(buf) second = buf_new(SECRET_KEY_BYTES);
	struct err err = {0};

	return !fd_read_file(a, first, &err) || !fd_read_file(b, second, &err) ||
	       first->len != second->len ||
	       memcmp(first->bytes, second->bytes, first->len) != 0;
}

/* Two restores of one second keep two stores. */
static int64_t free_stamp(const struct restore *r)
{
	struct cli *cli = r->cli;
	int64_t stamp = cli->op.now;

	while (access(arena_printf(cli->arena, "%s.before-%" PRId64, r->store, stamp),
		      F_OK) == 0)
		stamp++;
	return stamp;
}

static bool put_in_place(struct restore *r, struct err *err)
{
	struct cli *cli = r->cli;
	const char *from = arena_printf(cli->arena, "%s/mercat.db", r->trial);
	const char *key = arena_printf(cli->arena, "%s/mercat.key", r->trial);
	const char *aside;

	r->stamp = free_stamp(r);
	aside = arena_printf(cli->arena, "%s.before-%" PRId64, r->settings_key, r->stamp);

	if (r->key && key_differs(r->key, r->settings_key)) {
		if (!copy_file(r->key, key, err))
			return false;
		if (rename(r->settings_key, aside) && errno != ENOENT)
			return err_set(err, ERR_SYSTEM, "%s: %s", r->settings_key,
				       strerror(errno));
		if (rename(key, r->settings_key))
			return err_set(err, ERR_SYSTEM, "%s: %s", r->settings_key,
				       strerror(errno));
	}
	return store_put_back(from, r->store, r->stamp, err) &&
	       store_give_to_user(cli->settings, r->store, err);
}

static void tell_carried(const struct restore *r)
{
	const struct copy_carried *c = &r->carried;
	struct cli *cli = r->cli;

	if (!r->has_carried) {
		cli_done(
			cli,
			"Nothing could be taken from the store that was there (%s): whoever "
			"unsubscribed by a page, was suppressed, erased or lost a role since is as "
			"they were before. Unsubscribing by email is read again. Whoever still "
			"waited for a bulletin may have it: they are in doubt.",
			r->why_not);
		return;
	}
	cli_done(cli,
		 "From the store that was there: %" PRId64
		 " subscriptions that ended since, "
		 "%" PRId64 " suppressions, %" PRId64 " accounts and %" PRId64
		 " roles of the staff that ended.",
		 c->gone, c->suppressed, c->staff, c->roles);
	if (c->delivered)
		cli_done(cli,
			 "%" PRId64
			 " %s sent since the copy was made; resuming a bulletin "
			 "sends it to the others.",
			 c->delivered,
			 plural(c->delivered, "mail of a bulletin was",
				"mails of bulletins were"));
	for (size_t i = 0; i < c->sent_count; i++)
		cli_done(
			cli,
			"%s was sent since, and is not in the copy as it was sent: do not "
			"send it, or its number, a second time.",
			c->sent[i]);
	for (size_t i = 0; i < c->erased_count; i++)
		cli_done(
			cli,
			"%s was erased since, and is in the copy: mercat subscriber erase %s "
			"--sure",
			c->erased[i], c->erased[i]);
}

static void tell(const struct restore *r)
{
	const struct copy_held *h = &r->held;
	struct cli *cli = r->cli;
	char at[CLOCK_TEXT];

	clock_rfc3339(h->last_at, at);
	cli_done(cli, "%s is the store now; what was done last in it is of %s.", r->file,
		 h->last_at ? at : "no time");
	tell_carried(r);
	cli_done(cli,
		 "On hold: %" PRId64 " %s (mercat bulletin list). In doubt: %" PRId64
		 " mails of bulletins (mercat bulletin settle), %" PRId64
		 " notifications (mercat notification list --state \"in doubt\").",
		 h->bulletins, plural(h->bulletins, "bulletin", "bulletins"),
		 h->deliveries, h->notifications);
	if (h->digests)
		cli_done(cli,
			 "%" PRId64
			 " %s due in digests by now and will go, also to those who "
			 "got them since the copy.",
			 h->digests,
			 plural(h->digests, "bulletin of a subscriber is",
				"bulletins of subscribers are"));
	if (h->published)
		cli_done(
			cli,
			"%" PRId64
			" %s off the public pages until a second person releases %s anew "
			"(mercat publication release), for it may have been withdrawn since.",
			h->published,
			plural(h->published, "response is", "responses are"),
			plural(h->published, "it", "them"));
	if (h->told)
		cli_done(cli,
			 "%" PRId64
			 " %s of a report back may have got it since, and get it no more "
			 "(mercat report-back recipients).",
			 h->told, plural(h->told, "respondent", "respondents"));
	cli_done(cli, "Everybody of the staff has to sign in again.");
	for (size_t i = 0; i < cli->settings->mailbox_count; i++)
		if (cli->settings->mailboxes[i].after == SETTINGS_AFTER_MOVE)
			cli_done(
				cli,
				"Mail of \"%s\" that was moved to another folder since then is "
				"not read again until you move it back.",
				cli->settings->mailboxes[i].name);
	cli_done(cli,
		 "The store that was there is %s.before-%" PRId64
		 ", for store.copies_kept. Start mercatd when you have looked.",
		 r->store, r->stamp);
}

static int restore(struct cli *cli, struct err *err)
{
	struct restore r = {.cli = cli,
			    .file = cli->args[0],
			    .store = settings_store_path(cli->settings),
			    .settings_key = settings_key_path(cli->settings)};
	AUTO_FD lock = -1;
	int64_t at;
	bool ok;

	if (is_folder(r.file) && !copy_newest(cli->arena, r.file, &r.file, &at, err))
		return CLI_FAILED;
	if (access(r.file, R_OK))
		return err_set(err, ERR_INPUT, "%s: %s", r.file, strerror(errno)),
		       CLI_USAGE;
	if (!find_key(&r, err) || !fd_make_dirs(cli->settings->state_dir, 0700, err) ||
	    !nobody_runs(cli, &lock, err))
		return CLI_FAILED;
	if (!copy_trial(&cli->op, cli->arena, r.file, cli->settings->state_dir, &r.trial,
			err))
		return refused(&r, err), CLI_USAGE;
	ok = make_ready(&r, err) && put_in_place(&r, err);
	copy_trial_remove(r.trial);
	if (!ok)
		return CLI_FAILED;
	tell(&r);
	return CLI_DONE;
}

const struct cli_command cli_store_copy_commands[] = {
	{"store backup", "[FILE]", 0, 1,
	 "Copies the store while everything runs, and proves the copy; without a file into the "
	 "folder of the copies, the key beside it",
	 CLI_NEEDS_STORE, backup,
	 (const struct cli_option[]){
		 {"to", "FOLDER", "in place of backup.folder"},
		 {"keep", "N", "how many stay there, in place of backup.keep"},
		 {0}}},
	{"store restore", "FILE", 1, 1,
	 "Puts a copy in the place of the store (of a folder: the newest); what may have gone out "
	 "since is put on hold",
	 CLI_NEEDS_SETTINGS, restore,
	 (const struct cli_option[]){
		 {"key", "FILE",
		  "the copy of the key; else the one beside it, or in place"},
		 {0}}},
	{0}};
