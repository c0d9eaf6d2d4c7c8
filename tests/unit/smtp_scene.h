/*
 * smtp_scene - a scripted server (tests/faults/smtp_server.py) and a pool before it.
 *
 * Ownership  scene_end() stops the server; a test that dies takes its server along.
 */
#ifndef MERCAT_TESTS_SMTP_SCENE_H
#define MERCAT_TESTS_SMTP_SCENE_H

#include "tests/unit/unit.h"

#include "base/buf.h"
#include "smtp/smtp.h"

#include <sys/types.h>

enum { SCENE_WAIT_MS = 15000 };

struct scene {
	pid_t pid;
	char folder[UNIT_FOLDER]; /* the log is here, and whatever a test puts there */
	struct smtp_relay relay;
	struct smtp_pool *pool;
	struct buf mail; /* in wire form; every mail of a scene is the same */
	bool certified;
};

/* Before scene_start(): a certificate for that name ("IP:127.0.0.1"); the CA too. */
void scene_certify(struct scene *scene, const char *name);

/* args end with NULL. The relay's port is set; change the rest before scene_pool(). */
void scene_start(struct scene *scene, const char *const *args);
/* The same with Postfix's smtp-sink; it has no log. */
void scene_start_sink(struct scene *scene, const char *const *args);
void scene_pool(struct scene *scene);
void scene_end(struct scene *scene);

/* One turn of the pool's loop, waiting at most 50 ms; a turn that blocks fails the test. */
void scene_turn(struct scene *scene);
/* Hands a mail over once a connection is ready; fails the test after SCENE_WAIT_MS. */
void scene_send(struct scene *scene, int64_t id, const char *recipient);
/* The next outcome as "refused RCPT 550 5.1.1", with " trouble" and " at-once". */
void scene_outcome(struct scene *scene, struct smtp_outcome *out, struct buf *as_text);

/* What the server logged: all of it, or how many lines hold a text. */
void scene_log(const struct scene *scene, struct buf *to);
int scene_logged(const struct scene *scene, const char *text);

/* Runs a program to its end; its arguments end with NULL. */
void scene_run(const char *const *args);

#endif
