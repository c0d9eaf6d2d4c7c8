/*
 * stage - what every test of the domain stands on: a folder with settings and a key, a store,
 * the templates, a mailbox, some of the staff, and an operation with a clock that the test sets.
 *
 * domain_house.h furnishes it with lists and letters, response_scene.h with a consultation and
 * responses; whoever needs another furniture begins here too.
 *
 * Ownership  stage_close() takes the folder away, with all that is in it.
 * Errors     each call fails the test when what it does fails.
 */
#ifndef MERCAT_TESTS_STAGE_H
#define MERCAT_TESTS_STAGE_H

#include "tests/unit/unit.h"

#include "domain/core/domain.h"
#include "mail/fields/message.h"

struct stage_plan {
	const char *name;         /* of the folder */
	const char *settings;     /* FOLDER stands for it; state_dir is set */
	const char *const *staff; /* NULL at the end; the first of them acts */
	int64_t now;
};

struct stage {
	struct operation op;
	struct arena *arena;
	struct settings *settings;
	struct template_library *templates; /* shared by all tests of the program */
	char folder[UNIT_FOLDER], path[UNIT_FOLDER + 40]; /* path: of the store */
	int64_t mailbox_id, mails;                        /* mails: how many came */
};

void stage_open(struct stage *s, const struct stage_plan *plan);
void stage_close(struct stage *s);

/* Who acts from now on; NULL: nobody of the staff, as in a role. */
void stage_become(struct stage *s, const char *name);
/* Another of the staff. */
void stage_hires(struct stage *s, const char *name);
/* A mail as its reader understood it is kept and taken; its id. raw NULL: some bytes. */
int64_t stage_comes(struct stage *s, const struct mail_message *m, const char *raw);

#endif
