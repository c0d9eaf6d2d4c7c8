/*
 * response_scene - a stage (stage.h) with one open consultation, and mails that come to it.
 *
 * A mail is handed over as the reader would have understood it; the rest is the real
 * way in. Every call fails the test when the act behind it fails.
 *
 * Ownership  as of the stage.
 */
#ifndef MERCAT_TESTS_RESPONSE_SCENE_H
#define MERCAT_TESTS_RESPONSE_SCENE_H

#include "tests/unit/stage.h"

#include "domain/coding/codeframe.h"
#include "domain/responses/response.h"

#define SCENE_ADDRESS "words@updates.example.test"

/* stage_close() ends it. */
void scene_open(struct stage *scene);

/* Another consultation, open; its address is name@updates.example.test. */
void scene_consult(struct stage *scene, const char *name, const char *questions);
/* A mail from that person; returns its inbound id. */
int64_t scene_mail(struct stage *scene, struct mail_message *m);
/* The same as a plain reply to SCENE_ADDRESS; returns its reference, or NULL. */
const char *scene_reply(struct stage *scene, const char *from, const char *text);
/* taken_as or why of a mail that came in. */
const char *scene_taken(struct stage *scene, int64_t inbound_id, const char *column);
/* Its row. */
int64_t scene_id(struct stage *scene, const char *reference);

/* A code of the frame, under another or under none (0); its id. */
int64_t scene_code(struct stage *scene, const char *name, int64_t parent);
/* Puts it on these characters of a reply's mail, or on the whole reply (to is 0); the id
 * of the coding. out_change may be NULL. */
int64_t scene_put(struct stage *scene, const char *reference, int64_t code, int64_t from,
		  int64_t to, int64_t *out_change);
/* So many replies, each with the code "travel" on the whole, and a sample of most of them
 * (0: all) that Bea is to code blindly; Cat is a coder of none. The ids. */
void scene_sample(struct stage *scene, int replies, int64_t most, int64_t *out_sample,
		  int64_t *out_code);

/* What is known of whoever wrote a response. */
const char *scene_respondent(struct stage *scene, const char *reference,
			     const char *column);

#define SCENE_OK(scene, call)                                     \
	do {                                                      \
		struct err err = {0};                             \
		ck_assert_msg((call), "%s: %s", #call, err.text); \
	} while (0)

#endif
