#include "tests/unit/response_scene.h"

#include "domain/coding/coding.h"
#include "domain/admin/consultation.h"
#include "domain/coding/sample.h"
#include "base/str.h"
#include "mail/read/unquoted.h"

#include <inttypes.h>

enum { NOON = 1512648000 }; /* 7 December 2017, 12:00 UTC */

static const char questions[] = "1. Which words are no longer understood?\n"
				"2. Should neglect of feelings be named in the law?\n"
				"3. Is there anything else that you want to tell us?\n";

static const char settings[] =
	"organisation = \"Policy Team\";\nzone = \"Europe/London\";\n"
	"base_url = \"https://updates.example.test\";\n"
	"mailboxes = ( { name = \"main\"; kind = \"maildir\"; path = \"FOLDER/in\"; } );\n"
	"relays = ( { name = \"main\"; kind = \"maildir\"; path = \"FOLDER/out\"; } );\n";

void scene_open(struct stage *s)
{
	static const char *const staff[] = {"Ada", NULL};
	static const struct stage_plan plan = {
		.name = "response", .settings = settings, .staff = staff, .now = NOON};

	stage_open(s, &plan);
	scene_consult(s, "words", questions);
}

void scene_consult(struct stage *s, const char *name, const char *asked)
{
	const char *out, *text = arena_printf(
				 s->arena,
				 "---\nname: %s\ntitle: About %s\n"
				 "address: %s@updates.example.test\nopens: 2017-10-12\n"
				 "closes: 2017-12-08\n---\n\nWe ask.\n\n%s",
				 name, name, name, asked);

	SCENE_OK(s, consultation_add(&s->op, s->arena, "f.md", text, &out, &err));
	SCENE_OK(s, consultation_open(&s->op, name, &err));
}

int64_t scene_mail(struct stage *s, struct mail_message *m)
{
	const char *raw = arena_printf(
		s->arena, "X-Item: %" PRId64 "\r\nX-Team:\r\n blue\r\n\r\nX-Body: 1\r\n",
		s->mails + 1);

	if (m->text && !m->text_new)
		mail_reply_cut(s->arena, m->text, &m->text_new, &m->text_quoted);
	if (!m->message_id)
		m->message_id =
			arena_printf(s->arena, "m%" PRId64 "@example.test", s->mails + 1);
	return stage_comes(s, m, raw);
}

const char *scene_reply(struct stage *s, const char *from, const char *text)
{
	struct mail_address to = {.address = SCENE_ADDRESS};
	struct mail_message m = {.from = {.address = from},
				 .subject = "My answer",
				 .to = {&to, 1},
				 .text = text};
	int64_t id = scene_mail(s, &m);
	struct store_row row;
	struct err err = {0};

	if (!store_one(s->op.store, s->arena, &row, &err, SQL_RESPONSE_OF_INBOUND, "i",
		       id))
		return NULL;
	return response_reference(s->arena, row_text(&row, "consultation"),
				  row_int(&row, "number"));
}

const char *scene_taken(struct stage *s, int64_t inbound_id, const char *column)
{
	struct store_row row;

	SCENE_OK(s, store_one(s->op.store, s->arena, &row, &err, SQL_INBOUND_SHOW, "i",
			      inbound_id));
	return row_text(&row, column);
}

int64_t scene_id(struct stage *s, const char *reference)
{
	struct response r;

	SCENE_OK(s, response_find(&s->op, s->arena, reference, &r, &err));
	return r.id;
}

int64_t scene_code(struct stage *s, const char *name, int64_t parent)
{
	int64_t id = 0;

	SCENE_OK(s, code_add(&s->op,
			     &(struct code_new){.consultation = "words",
						.name = name,
						.parent_id = parent},
			     &id, NULL, &err));
	return id;
}

int64_t scene_put(struct stage *s, const char *reference, int64_t code, int64_t from,
		  int64_t to, int64_t *out_change)
{
	struct coded_passage where = {
		.whole = to == 0, .part = TEXT_PART_MAIL, .from = from, .to = to};
	int64_t id = 0;

	SCENE_OK(s, coding_put(&s->op,
			       &(struct coding_new){.reference = reference,
						    .code_id = code,
						    .where = &where},
			       &id, out_change, &err));
	return id;
}

void scene_sample(struct stage *s, int replies, int64_t most, int64_t *out_sample,
		  int64_t *out_code)
{
	static const char *const bea[] = {"Bea"};
	struct sample_draw how = {.consultation = "words",
				  .count = most,
				  .percent = most ? 0 : 100,
				  .seed = 7,
				  .coders = bea,
				  .coder_count = 1};
	struct sample drawn;
	int64_t number;

	stage_hires(s, "Bea");
	stage_hires(s, "Cat");
	*out_code = scene_code(s, "travel", 0);
	for (int i = 0; i < replies; i++) {
		const char *ref =
			scene_reply(s, arena_printf(s->arena, "p%d@example.test", i),
				    "The buses are late and the fares are high.\n");

		(void)scene_put(s, ref, *out_code, 0, 0, NULL);
	}
	SCENE_OK(s, sample_draw(&s->op, &how, &number, &err));
	SCENE_OK(s, sample_get(&s->op, s->arena, "words", number, &drawn, &err));
	*out_sample = drawn.id;
}

const char *scene_respondent(struct stage *scene, const char *reference,
			     const char *column)
{
	struct response r;
	struct store_row row;

	SCENE_OK(scene, response_find(&scene->op, scene->arena, reference, &r, &err));
	SCENE_OK(scene, store_one(scene->op.store, scene->arena, &row, &err,
				  SQL_RESPONDENT_OF, "i", r.respondent_id));
	return row_text(&row, column);
}
