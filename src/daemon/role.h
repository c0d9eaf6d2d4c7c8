/*
 * daemon role - one job of mercatd, in a process of its own.
 *
 * A role is a loop: wait until the store moved or something is due; do one unit of
 * work. The table roles[] (role.c) says for each what it needs and what it may do.
 *
 * Ownership  struct role_run owns nothing but what role_main() made for it.
 * Errors     a role returns true when it was asked to stop, or with --once when there is
 *            nothing more to do; false with an error that ends the process: the
 *            master starts it again, with back-off.
 */
#ifndef MERCAT_DAEMON_ROLE_H
#define MERCAT_DAEMON_ROLE_H

#include "domain/core/domain.h"
#include "process/loop.h"

enum role_needs {
	ROLE_NEEDS_KEY = 1,
	ROLE_NEEDS_TEMPLATES = 2,
	ROLE_NEEDS_READER = 4,
	ROLE_HAS_NETWORK = 8,
	ROLE_READS_FILES = 32,   /* attachments: it runs the programs of extract/ */
	ROLE_A_MAILBOX = 16,     /* one process for each mailbox of the settings */
	ROLE_LISTENS = 64,       /* on web.listen; not started when that is empty */
	ROLE_LEAVES_MARKS = 128, /* of what it had in hand, when it crashes */
	ROLE_HAS_RELAYS = 256,   /* and sends by them */
	ROLE_KEEPS_HEADS = 512   /* of the audit, in audit.head_file */
};

struct extract;
struct reader;

struct role_run {
	struct arena *arena;
	struct settings *settings;
	struct operation op;
	struct loop loop;
	struct reader *reader;
	struct extract *extract;
	const struct settings_mailbox *mailbox; /* of collect */
	const char *password;                   /* of the mailbox */
	int token_fd;                           /* of its keeper of tokens, or -1 */
	const char **relay_passwords;           /* of deliver, by position in settings */
	int listen_fd;                          /* of web */
	const char *proxy_secret;               /* of web; NULL: none */
	struct listen_peers *peers;             /* of web */
	const char **dkim_keys;                 /* PEM; of deliver, the same */
	bool once;
};

struct role {
	const char *name;
	unsigned needs;
	bool (*run)(struct role_run *run, struct err *err);
};

extern const struct role roles[]; /* ends with a NULL name */
const struct role *role_named(const char *name);

bool role_collect(struct role_run *run, struct err *err);
bool role_classify(struct role_run *run, struct err *err);
bool role_clock(struct role_run *run, struct err *err);
bool role_extract(struct role_run *run, struct err *err);
bool role_deliver(struct role_run *run, struct err *err);
bool role_web(struct role_run *run, struct err *err);

/*
 * The loop of a role that waits for nothing but the store: one unit of work after the
 * other while there is any, a second's pause after trouble that may pass.
 */
typedef bool role_work(struct role_run *run, bool *out_did, struct err *err);
bool role_turns(struct role_run *run, role_work *work, struct err *err);

/* What one process of a role is started with. */
struct role_start {
	const char *config, *role, *mailbox;
	bool once;
	int secrets_fd; /* -1: read the password files itself */
	int listen_fd;  /* of web; -1: open it itself */
};

/* The whole life of a role's process; returns its exit code. */
int role_main(const struct role_start *start);

#endif
