#include "domain/intake/undo_kinds.h"
#include "tests/unit/ready.h"
#include "tests/unit/response_scene.h"

#include "domain/coding/coding.h"
#include "domain/admin/consultation.h"
#include "domain/intake/inbound.h"
#include "domain/coding/sample.h"
#include "base/fd.h"
#include "base/str.h"
#include "mail/unquoted.h"

#include <inttypes.h>
#include <unistd.h>

enum { NOON = 1512648000 }; /* 7 December 2017, 12:00 UTC */

static const char questions[] = "1. Which words are no longer understood?\n"
				"2. Should neglect of feelings be named in the law?\n"
				"3. Is there anything else that you want to tell us?\n";

static void settings_of(struct scene *s)
{
	AUTO(buf) conf = buf_new(4000);
	const char *path = arena_printf(s->arena, "%s/mercat.conf", s->folder);
	struct err err = {0};

	buf_printf(
		conf,
		"organisation = \"Policy Team\";\nzone = \"Europe/London\";\n"
		"state_dir = \"%s\";\nbase_url = \"https://updates.example.test\";\n"
		"mailboxes = ( { name = \"main\"; kind = \"maildir\"; path = \"%s/in\"; } );\n"
		"relays = ( { name = \"main\"; kind = \"maildir\"; path = \"%s/out\"; } );\n",
		s->folder, s->folder, s->folder);
	ck_assert_msg(fd_write_file(path, conf->bytes, conf->len, 0600, &err) &&
			      settings_load(path, &s->settings, &err),
		      "%s", err.text);
}

void scene_open(struct scene *s)
{
	struct store_row row;

	*s = (struct scene){0};
	unit_folder(s->folder, "response");
	s->arena = arena_new(1 << 16);
	settings_of(s);
	s->op.settings = s->settings;
	s->op.undo_kinds = undo_kinds;
	s->op.now = NOON;
	SCENE_OK(s, domain_key_make(s->settings, &err));
	SCENE_OK(s, domain_key_load(s->settings, s->op.key, &err));
	ready_store(settings_store_path(s->settings));
	SCENE_OK(s, store_open(settings_store_path(s->settings), STORE_MIGRATE,
			       &s->op.store, &err));
	s->templates = ready_templates();
	s->op.templates = s->templates;
	s->op.who = "test";
	SCENE_OK(s, account_add(&s->op, "Ada", "ada@example.test", &err));
	SCENE_OK(s, account_become(&s->op, s->arena, "Ada", &err));
	SCENE_OK(s, store_run(s->op.store, &err, SQL_MAILBOX_ENSURE, "t", "main"));
	SCENE_OK(s, store_one(s->op.store, s->arena, &row, &err, SQL_MAILBOX_BY_NAME, "t",
			      "main"));
	s->mailbox_id = row_int(&row, "id");
	scene_consult(s, "words", questions);
}

void scene_close(struct scene *s)
{
	static const char *const files[] = {"mercat.conf", "mercat.db", "mercat.db-wal",
					    "mercat.db-shm", "mercat.key"};

	store_close(&s->op.store);
	(void)unlink(settings_store_path(s->settings));
	(void)unlink(settings_key_path(s->settings));
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		(void)unlink(arena_printf(s->arena, "%s/%s", s->folder, files[i]));
	settings_free(&s->settings);
	ck_assert_int_eq(rmdir(s->folder), 0);
	arena_free(&s->arena);
}

void scene_consult(struct scene *s, const char *name, const char *asked)
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

int64_t scene_mail(struct scene *s, struct mail_message *m)
{
	int64_t staff = s->op.staff_id, id;
	const char *item = arena_printf(s->arena, "%" PRId64, ++s->mails);
	const char *raw = arena_printf(
		s->arena, "X-Item: %s\r\nX-Team:\r\n blue\r\n\r\nX-Body: 1\r\n", item);
	struct arrival arrival = {.mailbox_id = s->mailbox_id,
				  .item = item,
				  .bytes = raw,
				  .len = strlen(raw)};
	bool is_new = false;
	struct store_row row;

	if (m->text && !m->text_new)
		mail_reply_cut(s->arena, m->text, &m->text_new, &m->text_quoted);
	if (!m->message_id)
		m->message_id = arena_printf(s->arena, "m%s@example.test", item);
	SCENE_OK(s, inbound_keep(&s->op, &arrival, &is_new, &err) && is_new);
	SCENE_OK(s, store_one(s->op.store, s->arena, &row, &err, SQL_INBOUND_HAS, "it",
			      s->mailbox_id, item));
	id = row_int(&row, "id");
	SCENE_OK(s, inbound_take(&s->op, id, s->op.now, m, &err));
	s->op.staff_id = staff;
	return id;
}

const char *scene_reply(struct scene *s, const char *from, const char *text)
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

const char *scene_taken(struct scene *s, int64_t inbound_id, const char *column)
{
	struct store_row row;

	SCENE_OK(s, store_one(s->op.store, s->arena, &row, &err, SQL_INBOUND_SHOW, "i",
			      inbound_id));
	return row_text(&row, column);
}

int64_t scene_id(struct scene *s, const char *reference)
{
	struct response r;

	SCENE_OK(s, response_find(&s->op, s->arena, reference, &r, &err));
	return r.id;
}

int64_t scene_code(struct scene *s, const char *name, int64_t parent)
{
	int64_t id = 0;

	SCENE_OK(s, code_add(&s->op, "words", name, parent, NULL, &id, NULL, &err));
	return id;
}

int64_t scene_put(struct scene *s, const char *reference, int64_t code, int64_t from,
		  int64_t to, int64_t *out_change)
{
	struct coded_passage where = {
		.whole = to == 0, .part = TEXT_PART_MAIL, .from = from, .to = to};
	int64_t id = 0;

	SCENE_OK(s, coding_put(&s->op, reference, code, &where, &id, out_change, &err));
	return id;
}

void scene_sample(struct scene *s, int replies, int64_t most, int64_t *out_sample,
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

	SCENE_OK(s, account_add(&s->op, "Bea", NULL, &err));
	SCENE_OK(s, account_add(&s->op, "Cat", NULL, &err));
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

const char *scene_respondent(struct scene *scene, const char *reference,
			     const char *column)
{
	struct response r;
	struct store_row row;

	SCENE_OK(scene, response_find(&scene->op, scene->arena, reference, &r, &err));
	SCENE_OK(scene, store_one(scene->op.store, scene->arena, &row, &err,
				  SQL_RESPONDENT_OF, "i", r.respondent_id));
	return row_text(&row, column);
}
