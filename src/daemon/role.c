#include "daemon/role.h"
#include "daemon/walls.h"
#include "domain/core/language.h"
#include "domain/sorting/undo_kinds.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/str.h"
#include "process/in_hand.h"
#include "process/listen.h"
#include "base/lock.h"
#include "process/secrets.h"
#include "process/access_token.h"
#include "extract/extract.h"
#include "reader/reader.h"
#include "smtp/smtp.h"

enum { LOCK_WAIT_MS = 8000 };

const struct role roles[] = {
	{"collect", ROLE_HAS_NETWORK | ROLE_A_MAILBOX, role_collect},
	{"classify",
	 ROLE_NEEDS_KEY | ROLE_NEEDS_TEMPLATES | ROLE_NEEDS_READER | ROLE_LEAVES_MARKS,
	 role_classify},
	{"extract", ROLE_NEEDS_READER | ROLE_READS_FILES | ROLE_LEAVES_MARKS,
	 role_extract},
	{"clock", ROLE_NEEDS_KEY | ROLE_NEEDS_TEMPLATES | ROLE_KEEPS_HEADS, role_clock},
	{"deliver",
	 ROLE_NEEDS_KEY | ROLE_NEEDS_TEMPLATES | ROLE_HAS_NETWORK | ROLE_HAS_RELAYS,
	 role_deliver},
	{"web", ROLE_NEEDS_KEY | ROLE_NEEDS_TEMPLATES | ROLE_NEEDS_READER | ROLE_LISTENS,
	 role_web},
	{0}};

const struct role *role_named(const char *name)
{
	for (const struct role *r = roles; r->name; r++)
		if (str_eq(r->name, name))
			return r;
	return NULL;
}

static bool find_mailbox(struct role_run *run, const char *name, struct err *err)
{
	for (size_t i = 0; i < run->settings->mailbox_count; i++)
		if (str_eq(run->settings->mailboxes[i].name, name))
			run->mailbox = &run->settings->mailboxes[i];
	return run->mailbox ||
	       err_set(err, ERR_SETUP,
		       "there is no mailbox \"%s\" in the settings; name one with --mailbox",
		       str_or(name, ""));
}

static bool load_templates(struct role_run *run, struct languages **out, struct err *err)
{
	return languages_load(
		run->settings, str_or(getenv("MERCAT_TEMPLATES"), MERCAT_TEMPLATES),
		str_or(getenv("MERCAT_LOCALES"), MERCAT_LOCALES), &run->op, out, err);
}

/* Started by hand it reads them itself; by the master, it never opens their files. */
static bool read_secrets(struct role_run *run, const struct role *role,
			 struct secrets *out, struct err *err)
{
	if (!secrets_read(run->settings, run->arena, out, err))
		return false;
	if (!(role->needs & ROLE_NEEDS_KEY))
		return true;
	out->has_key = domain_key_load(run->settings, out->key, err);
	return out->has_key;
}

static bool take_secrets(struct role_run *run, const struct role *role,
			 const struct role_start *start, struct err *err)
{
	int fd = start->secrets_fd;
	struct secrets secrets;
	bool ok;

	ok = fd >= 0 ? secrets_take(run->settings, run->arena, fd, &secrets, err)
		     : read_secrets(run, role, &secrets, err);
	fd_close(&fd);
	if (!ok)
		return false;
	memcpy(run->op.key, secrets.key, sizeof(secrets.key));
	explicit_bzero(secrets.key, sizeof(secrets.key));
	if (run->mailbox)
		run->password =
			secrets.mailboxes[run->mailbox - run->settings->mailboxes];
	run->relay_passwords = secrets.relays;
	run->dkim_keys = secrets.dkim;
	run->proxy_secret = secrets.proxy;
	return true;
}

static bool lock_role(const struct role_run *run, const struct role *role, int *out_fd,
		      struct err *err)
{
	const char *of = run->mailbox ? run->mailbox->name : "all";
	char *path = arena_printf(run->arena, "%s/%s-%s.lock", run->settings->state_dir,
				  role->name, of);

	for (char *at = path + strlen(run->settings->state_dir) + 1; *at; at++)
		if (*at == '/')
			*at = '_';
	return lock_take(path, arena_printf(run->arena, "role %s", role->name),
			 LOCK_WAIT_MS, out_fd, err);
}

/* A token is made, or lies in a file that is replaced: neither is for this process. */
static bool keep_tokens(struct role_run *run, struct err *err)
{
	const struct settings_mailbox *m = run->mailbox;

	if (m && *m->token_command)
		return token_keeper_start(m->token_command, &run->token_fd, err);
	if (m && m->auth != SETTINGS_AUTH_PASSWORD && *m->password_file)
		return token_file_keeper_start(m->password_file, &run->token_fd, err);
	return true;
}

static bool prepare(struct role_run *run, const struct role *role,
		    const struct role_start *start, struct languages **templates,
		    int *lock, struct err *err)
{
	int stop_fd;

	if (!settings_load(start->config, &run->settings, err))
		return false;
	log_setup(start->mailbox
			  ? arena_printf(run->arena, "%s %s", role->name, start->mailbox)
			  : role->name,
		  (enum log_level)(LOG_ERROR + run->settings->log_level));
	run->op.settings = run->settings;
	run->op.who = role->name;
	run->op.undo_kinds = undo_kinds;
	run->op.now = clock_now();
	if ((role->needs & ROLE_A_MAILBOX) && !find_mailbox(run, start->mailbox, err))
		return false;
	/* Before any secret: what is in this process is in its fork_server too. */
	if ((role->needs & ROLE_NEEDS_READER) && !reader_open(&run->reader, err))
		return false;
	/* Before there is anything that the command should not see. */
	if (!keep_tokens(run, err))
		return false;
	if (!loop_signals(&stop_fd, err) || !take_secrets(run, role, start, err) ||
	    !lock_role(run, role, lock, err) ||
	    !store_open(settings_store_path(run->settings), STORE_EXISTING,
			&run->op.store, err))
		return false;
	if ((role->needs & ROLE_NEEDS_TEMPLATES) && !load_templates(run, templates, err))
		return false;
	if ((role->needs & ROLE_READS_FILES) && !extract_open(&run->extract, err))
		return false;
	if (role->needs & ROLE_HAS_RELAYS)
		smtp_setup();
	run->listen_fd = start->listen_fd;
	if ((role->needs & ROLE_LISTENS) && run->listen_fd < 0 &&
	    !listen_open(run->settings, &run->listen_fd, err))
		return false;
	if ((role->needs & ROLE_LISTENS) &&
	    !listen_peers_find(run->settings, run->arena, &run->peers, err))
		return false;
	if ((role->needs & ROLE_LEAVES_MARKS) &&
	    !in_hand_open(run->settings->state_dir, role->name, err))
		return false;
	if (!walls_shut_in(run, role, err))
		return false;
	loop_begin(&run->loop, run->op.store, stop_fd);
	return true;
}

int role_main(const struct role_start *start)
{
	AUTO(arena) arena = arena_new(8192);
	AUTO(languages) templates = NULL;
	AUTO_FD lock = -1;
	const struct role *role = role_named(start->role);
	struct role_run run = {.arena = arena, .token_fd = -1, .once = start->once};
	struct err err = {0};
	bool ok;

	ASSERT(role);
	secret_setup();
	ok = prepare(&run, role, start, &templates, &lock, &err) && role->run(&run, &err);
	if (!ok)
		log_line(LOG_ERROR, "%s", err.text);
	reader_close(&run.reader);
	extract_close(&run.extract);
	store_close(&run.op.store);
	settings_free(&run.settings);
	return ok ? 0 : err.kind == ERR_SETUP || err.kind == ERR_INPUT ? 2 : 1;
}
