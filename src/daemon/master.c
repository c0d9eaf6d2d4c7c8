#include "daemon/master.h"
#include "domain/core/domain.h"
#include "domain/core/language.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/str.h"
#include "domain/queue/lost.h"
#include "process/child.h"
#include "process/follow.h"
#include "process/listen.h"
#include "base/lock.h"
#include "process/loop.h"
#include "daemon/role.h"
#include "daemon/walls.h"
#include "process/secrets.h"
#include "process/service.h"

#include <errno.h>
#include <grp.h>
#include <inttypes.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	STOP_MS = 15000,
	CHILDREN_MOST = 96,
	LOOK_MS = 200,
	LOOKED_AT_MS =
		200, /* whoever only asks whether we run holds our lock meanwhile */
	DAY_MS = DAY_S * 1000
};

/* What the store says of a role, and who is writing it. */
struct noted {
	enum lost_state state;
	pid_t writer; /* 0: nobody */
};

struct master {
	const char *program;
	struct settings *settings;
	struct arena *arena;
	struct secrets secrets;
	struct child children[CHILDREN_MOST];
	struct follow follows[CHILDREN_MOST]; /* by position, as children */
	struct noted noted[CHILDREN_MOST];    /* by position, too */
	bool lost[CHILDREN_MOST]; /* it ended, and has not lived for a minute since */
	size_t count;
	int stop_fd, listen_fd;
};

static bool drop_privileges(const struct settings *s, struct err *err)
{
	const struct passwd *who;

	if (!*s->user)
		return true;
	who = getpwnam(s->user);
	if (!who)
		return err_set(err, ERR_SETUP,
			       "%s: there is no user \"%s\" on this machine", s->file,
			       s->user);
	if (geteuid() == who->pw_uid)
		return true;
	if (geteuid() != 0)
		return err_set(err, ERR_SETUP, "only root can become the user \"%s\"",
			       s->user);
	if (initgroups(who->pw_name, who->pw_gid) || setgid(who->pw_gid) ||
	    setuid(who->pw_uid))
		return err_set(err, ERR_SYSTEM, "cannot become the user \"%s\": %s",
			       s->user, strerror(errno));
	return setuid(0) != 0 ||
	       err_set(err, ERR_SYSTEM,
		       "root's rights came back after they were dropped");
}

static void add_follow(struct master *m, const struct role *role, const char *mailbox)
{
	const char **paths = arena_make(m->arena, const char *, WALLS_FOLLOWED_MOST);
	size_t count = walls_followed(role, m->settings, mailbox, paths);

	m->follows[m->count] =
		(struct follow){.paths = paths,
				.count = count,
				.open = walls_open(),
				.marks = arena_make(m->arena, struct follow_mark, count)};
}

static void add_child(struct master *m, const struct role *role, const char *mailbox)
{
	ASSERT(m->count < CHILDREN_MOST);
	add_follow(m, role, mailbox);
	m->children[m->count++] = (struct child){
		.role = role->name,
		.mailbox = mailbox,
		.pid = -1,
		.log_fd = -1,
		.listen_fd = role->needs & ROLE_LISTENS ? m->listen_fd : -1};
}

static void list_children(struct master *m)
{
	for (const struct role *r = roles; r->name; r++) {
		if ((r->needs & ROLE_LISTENS) && m->listen_fd < 0)
			continue;
		if (!(r->needs & ROLE_A_MAILBOX)) {
			add_child(m, r, NULL);
			continue;
		}
		for (size_t i = 0; i < m->settings->mailbox_count; i++)
			add_child(m, r, m->settings->mailboxes[i].name);
	}
}

static const char *name_of(struct arena *arena, const struct child *c)
{
	return c->mailbox ? arena_printf(arena, "%s %s", c->role, c->mailbox) : c->role;
}

/* In a process of its own: the master opens no store while roles run, and waits for none. */
static NORETURN void write_note(const struct master *m, const struct child *c,
				enum lost_state state)
{
	AUTO(arena) arena = arena_new(512);
	struct operation op = {.settings = m->settings, .now = clock_now()};
	struct err err = {0};
	bool ok = store_open(settings_store_path(m->settings), STORE_EXISTING, &op.store,
			     &err) &&
		  lost_note_role(&op, name_of(arena, c), state, &err);

	store_close(&op.store);
	_exit(ok ? 0 : 1);
}

/* One that ends is lost until it has lived for a minute; what could not be noted is again. */
static void note(struct master *m, size_t i, enum lost_state state)
{
	struct noted *noted = &m->noted[i];
	pid_t pid;

	if (noted->state == state || noted->writer)
		return;
	pid = fork();
	if (pid == 0)
		write_note(m, &m->children[i], state);
	if (pid < 0)
		return;
	noted->writer = pid;
	noted->state = state;
}

static void note_ended(struct master *m, pid_t writer, int status)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->noted[i].writer == writer) {
			m->noted[i].writer = 0;
			if (status)
				m->noted[i].state = m->noted[i].state == LOST_LOST
							    ? LOST_FOUND
							    : LOST_LOST;
		}
}

static void note_all(struct master *m)
{
	int64_t now = clock_mono_ms();

	for (size_t i = 0; i < m->count; i++) {
		const struct child *c = &m->children[i];
		bool long_lived = c->pid > 0 && now - c->started_ms >= RESTART_MINUTE_MS;

		if (long_lived)
			m->lost[i] = false;
		note(m, i, m->lost[i] ? LOST_LOST : LOST_FOUND);
	}
}

static bool start_one(struct master *m, struct child *c)
{
	struct err err = {0};
	const struct secrets_for whom = {c->role, c->mailbox,
					 role_named(c->role)->needs & ROLE_NEEDS_KEY};
	int secrets = -1;
	bool ok;

	follow_begin(&m->follows[c - m->children]);
	c->asked_at_ms = 0;
	ok = secrets_hand_over(m->settings, &m->secrets, &whom, &secrets, &err) &&
	     child_start(c, m->program, m->settings->file, secrets, &err);
	fd_close(&secrets);
	if (!ok)
		log_line(LOG_ERROR, "%s: %s", c->role, err.text);
	c->started_ms = clock_mono_ms();
	return ok;
}

static void plan_restart(struct child *c, int status)
{
	int64_t now = clock_mono_ms(), pause;
	char how[60];

	c->pid = -1;
	if (c->asked_at_ms) {
		c->start_at_ms = now;
		return;
	}
	if (WIFSIGNALED(status))
		(void)snprintf(how, sizeof(how), "was killed by signal %d",
			       WTERMSIG(status));
	else
		(void)snprintf(how, sizeof(how), "ended with code %d",
			       WEXITSTATUS(status));
	pause = restart_pause(&c->restart,
			      WIFSIGNALED(status) && c->listen_fd >= 0
				      ? RESTART_CRASHED_IN_FRONT_OF_PEOPLE
				      : RESTART_ENDED,
			      now - c->started_ms, now);
	log_line(LOG_ERROR, "%s%s%s %s; it is started again in %d ms", c->role,
		 c->mailbox ? " " : "", str_or(c->mailbox, ""), how, (int)pause);
	c->start_at_ms = now + pause;
}

/* A role whose file was replaced is asked to stop, as at the end, and comes back. */
static void follow_files(struct master *m)
{
	int64_t now = clock_mono_ms();

	for (size_t i = 0; i < m->count; i++) {
		struct child *c = &m->children[i];
		const char *moved;

		if (c->pid < 0)
			continue;
		if (c->asked_at_ms) {
			if (now - c->asked_at_ms >= STOP_MS)
				(void)kill(c->pid, SIGKILL);
			continue;
		}
		moved = follow_moved(&m->follows[i]);
		if (!moved)
			continue;
		log_line(LOG_NOTE, "%s%s%s is started again: %s was replaced", c->role,
			 c->mailbox ? " " : "", str_or(c->mailbox, ""), moved);
		c->asked_at_ms = now;
		(void)kill(c->pid, SIGTERM);
	}
}

static void reap(struct master *m, bool stopping)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		note_ended(m, pid, status);
		for (size_t i = 0; i < m->count; i++) {
			struct child *c = &m->children[i];

			if (c->pid != pid)
				continue;
			child_log(c, CHILD_HAS_ENDED);
			m->lost[i] = m->lost[i] || !c->asked_at_ms;
			if (stopping)
				c->pid = -1;
			else
				plan_restart(c, status);
		}
	}
}

static void watch(struct master *m, int timeout_ms)
{
	struct pollfd p[CHILDREN_MOST + 1] = {{.fd = m->stop_fd, .events = POLLIN}};

	for (size_t i = 0; i < m->count; i++)
		p[i + 1] = (struct pollfd){.fd = m->children[i].log_fd, .events = POLLIN};
	if (poll(p, m->count + 1, timeout_ms) <= 0)
		return;
	for (size_t i = 0; i < m->count; i++)
		if (p[i + 1].revents)
			child_log(&m->children[i], CHILD_GOES_ON);
}

/* No role may open the folder that they lie in. */
static void remove_copies(const struct settings *s)
{
	int64_t removed = 0;
	struct err err = {0};

	if (!store_copies_remove(settings_store_path(s), clock_now() - s->copies_kept_s,
				 &removed, &err))
		log_line(LOG_WARN, "%s", err.text);
	else if (removed)
		log_line(LOG_NOTE,
			 "removed %" PRId64
			 " copies of the store that were made before it "
			 "was changed and have stood for store.copies_kept",
			 removed);
}

static void run(struct master *m)
{
	struct loop loop = {.stop_fd = m->stop_fd};
	int64_t copies_at_ms = 0;

	while (!loop_stopping(&loop)) {
		int64_t now = clock_mono_ms();

		for (size_t i = 0; i < m->count; i++) {
			struct child *c = &m->children[i];

			if (c->pid < 0 && now >= c->start_at_ms && !start_one(m, c)) {
				c->start_at_ms = now + RESTART_MOST_MS;
				m->lost[i] = true;
			}
		}
		note_all(m);
		watch(m, LOOK_MS);
		reap(m, false);
		follow_files(m);
		if (now >= copies_at_ms) {
			remove_copies(m->settings);
			copies_at_ms = now + DAY_MS;
		}
	}
}

static size_t alive(const struct master *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->count; i++)
		n += m->children[i].pid > 0;
	return n;
}

static void stop_all(struct master *m)
{
	int64_t until = clock_mono_ms() + STOP_MS;

	for (size_t i = 0; i < m->count; i++)
		if (m->children[i].pid > 0)
			(void)kill(m->children[i].pid, SIGTERM);
	m->stop_fd = -1;
	while (alive(m) && clock_mono_ms() < until) {
		watch(m, LOOK_MS / 4);
		reap(m, true);
	}
	for (size_t i = 0; i < m->count; i++)
		if (m->children[i].pid > 0) {
			log_line(LOG_WARN, "%s does not stop: killed",
				 m->children[i].role);
			(void)kill(m->children[i].pid, SIGKILL);
		}
	for (size_t i = 0; i < m->count; i++)
		if (m->children[i].pid > 0)
			(void)waitpid(m->children[i].pid, NULL, 0);
}

static bool prepare(struct master *m, const char *config, int *lock, struct err *err)
{
	struct operation op = {0};
	AUTO(languages) templates = NULL;
	const char *dir;
	bool ok;

	if (!settings_load(config, &m->settings, err))
		return false;
	log_setup("mercatd", (enum log_level)(LOG_ERROR + m->settings->log_level));
	dir = m->settings->state_dir;
	if (!languages_load(m->settings,
			    str_or(getenv("MERCAT_TEMPLATES"), MERCAT_TEMPLATES),
			    str_or(getenv("MERCAT_LOCALES"), MERCAT_LOCALES), NULL,
			    &templates, err) ||
	    !secrets_read(m->settings, m->arena, &m->secrets, err) ||
	    (*m->settings->web_listen && !listen_open(m->settings, &m->listen_fd, err)) ||
	    !drop_privileges(m->settings, err) || !fd_make_dirs(dir, 0700, err) ||
	    !lock_take(arena_printf(m->arena, "%s/mercatd.lock", dir), "mercatd",
		       LOOKED_AT_MS, lock, err) ||
	    !domain_key_make(m->settings, err) ||
	    !domain_key_load(m->settings, m->secrets.key, err) ||
	    !store_open(settings_store_path(m->settings), STORE_MIGRATE, &op.store, err))
		return false;
	ok = lost_forget_roles(&op, err);
	store_close(&op.store);
	if (!ok)
		return false;
	m->secrets.has_key = true;
	return loop_signals(&m->stop_fd, err);
}

int master_main(const char *program, const char *config)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO_FD lock = -1;
	struct master m = {
		.program = program, .arena = arena, .stop_fd = -1, .listen_fd = -1};
	struct err err = {0};
	char about[160];
	bool ok;

	secret_setup();
	ok = prepare(&m, config, &lock, &err);
	if (ok) {
		list_children(&m);
		store_about(about, sizeof(about));
		log_line(LOG_NOTE, "started: %zu roles; %s", m.count, about);
		(void)service_tell("READY=1");
		run(&m);
		(void)service_tell("STOPPING=1");
		log_line(LOG_NOTE, "stopping");
		stop_all(&m);
		log_line(LOG_NOTE, "stopped");
	} else {
		log_line(LOG_ERROR, "%s", err.text);
	}
	settings_free(&m.settings);
	return ok ? 0 : err.kind == ERR_SETUP || err.kind == ERR_INPUT ? 2 : 1;
}
