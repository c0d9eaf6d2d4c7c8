/*
 * What takes long to read is read while the store is let go (store/apart.h): others may write
 * meanwhile, and what was read is what would have been read with the store held.
 *
 * How long it is held is told in this thread's own processor time, which no load changes.
 */
#include "tests/unit/response_scene.h"

#include "base/fd.h"
#include "base/str.h"
#include "domain/intake/attachment_text.h"
#include "domain/intake/inbound.h"
#include "store/apart.h"
#include "store/turn.h"

#include <inttypes.h>
#include <sys/resource.h>

enum {
	TEXT = 40 << 10,
	SHARE = 3, /* held for no more than a third of what it took */
#ifdef MERCAT_SANITIZED
	HARDLY_US = 80000,
#else
	HARDLY_US = 8000,
#endif
	/* or hardly at all: what is read in a moment takes as long to keep */
};

static struct stage scene;

static void begin(void)
{
	scene_open(&scene);
}

static void end(void)
{
	stage_close(&scene);
}

/* A form and an answer, below and above so much of one shape. */
static const char *long_text(struct arena *arena, const char *shape, size_t len)
{
	AUTO(buf) out = buf_new(len + 4096);

	buf_str(out, "Question 1: The word \"panel\" is understood by nobody.\n\n");
	while (out->len < len)
		buf_str(out, shape);
	buf_str(out,
		"\n\nName: Ada Lovelock\nI answer as: [x] an individual [ ] an "
		"organisation\nMay we publish your response?\n[ ] yes, with my name\n"
		"[x] yes, without my name\n[ ] no\n\nMy stepfather hits me every "
		"night and I am scared.\n");
	return arena_strdup(arena, buf_text(out));
}

static const char *const shapes[] = {
	"a\n",
	"- a\n",
	"> a\n",
	"| a ",
	"Regards,\na\n",
	"The panel heard the child twice, and nobody wrote down what was said. ",
	"[ ] yes\n[x] no\n",
	"Q1: a\n"};

static struct mail_message mail_of(const char *text)
{
	static struct mail_address to = {.address = SCENE_ADDRESS};

	return (struct mail_message){
		.from = {.name = "Ada Lovelock", .address = "ada@home.example"},
		.to = {&to, 1},
		.subject = "My response",
		.text = text,
		.text_new = text};
}

static void is_let_go(int64_t began, const char *shape, const char *what)
{
	int64_t all = unit_own_us() - began, held = store_held_most_us(scene.op.store);

	ck_assert_msg(held < HARDLY_US || held * SHARE < all,
		      "%s of \"%s\": the store was held for %" PRId64 " of %" PRId64
		      " microseconds",
		      what, shape, held, all);
}

START_TEST(long_mail_is_read_while_the_store_is_let_go)
{
	struct mail_message m = mail_of(long_text(scene.arena, shapes[_i], TEXT));
	int64_t began = unit_own_us();

	(void)scene_mail(&scene, &m);
	is_let_go(began, shapes[_i], "a mail");
}
END_TEST

/* To nobody that we know: it is judged for risk, and is nobody's response. */
START_TEST(long_unsorted_mail_is_judged_while_the_store_is_let_go)
{
	struct mail_message m = mail_of(long_text(scene.arena, shapes[_i], TEXT));
	struct mail_address to = {.address = "nobody@updates.example.test"};
	int64_t began = unit_own_us(), id;

	m.to = (struct mail_addresses){&to, 1};
	id = scene_mail(&scene, &m);
	is_let_go(began, shapes[_i], "unsorted mail");
	ck_assert_str_eq(scene_taken(&scene, id, "taken_as"), "unsorted");
}
END_TEST

START_TEST(long_file_is_read_while_the_store_is_let_go)
{
	const char *text = long_text(scene.arena, shapes[_i], TEXT);
	struct mail_attachment file = {.name = "a.pdf",
				       .type = "application/pdf",
				       .bytes = "%PDF-1.4\n",
				       .size = 9,
				       .sha256 = "00"};
	struct mail_message m = mail_of("See the file.");
	struct extract_result read = {
		.state = EXTRACT_DONE, .source = "pdf", .text = text};
	int64_t id, began;

	m.attachments = &file;
	m.attachment_count = 1;
	id = scene_mail(&scene, &m);
	began = unit_own_us();
	SCENE_OK(&scene, attachment_text_keep(&scene.op, id, 0, &read, &err));
	is_let_go(began, shapes[_i], "a file");
}
END_TEST

START_TEST(long_mail_is_read_anew_while_the_store_is_let_go)
{
	struct mail_message m = mail_of(long_text(scene.arena, shapes[_i], TEXT));
	int64_t id = scene_mail(&scene, &m), began = unit_own_us();

	SCENE_OK(&scene, inbound_rebuild(&scene.op, id, &m, &err));
	is_let_go(began, shapes[_i], "a mail read anew");
}
END_TEST

/* As a zip of texts brings them, each with the words by which a form of ours is known. */
START_TEST(many_long_files_take_little_room_and_let_the_store_go)
{
	enum { FILES = 24, EACH = 32 << 10, ROOM = 40 }; /* times the text */
	const char *text = arena_printf(scene.arena, "Reference: words-0\n%s",
					long_text(scene.arena, "a\n", EACH));
	struct mail_attachment files[FILES];
	struct mail_message m = mail_of("See the files.");
	struct rusage before, after;
	int64_t began = unit_own_us();

	for (size_t i = 0; i < FILES; i++)
		files[i] = (struct mail_attachment){
			.name = arena_printf(scene.arena, "%zu.txt", i),
			.type = "text/plain",
			.bytes = text,
			.size = strlen(text),
			.sha256 = "00",
			.text = text};
	m.attachments = files;
	m.attachment_count = FILES;
	(void)getrusage(RUSAGE_SELF, &before);
	(void)scene_mail(&scene, &m);
	(void)getrusage(RUSAGE_SELF, &after);
	is_let_go(began, "a\n", "many files");
#ifndef MERCAT_SANITIZED
	ck_assert_int_lt((after.ru_maxrss - before.ru_maxrss) * 1024,
			 (int64_t)ROOM * FILES * EACH);
#endif
}
END_TEST

/* Two thousand lines of a MIME part each are a mail that anybody can send. */
START_TEST(many_short_files_take_little_room)
{
	enum { FILES = 2000, ROOM = 64 << 20 };
	static const char *const to[] = {SCENE_ADDRESS,
					 "updates+leave@updates.example.test"};
	AUTO(arena) arena = arena_new(1 << 20);
	struct mail_attachment *files = arena_make(arena, struct mail_attachment, FILES);
	struct mail_message m = mail_of("See the files.");
	struct mail_address address = {.address = to[_i]};
	struct rusage before, after;

	for (int i = 0; i < FILES; i++)
		files[i] = (struct mail_attachment){
			.name = "a.txt",
			.type = "text/plain",
			.bytes = "hello",
			.size = 5,
			.text = arena_printf(arena, "hello %d", i),
			.sha256 = "00"};
	m.attachments = files;
	m.attachment_count = FILES;
	m.to = (struct mail_addresses){&address, 1};
	(void)getrusage(RUSAGE_SELF, &before);
	(void)scene_mail(&scene, &m);
	(void)getrusage(RUSAGE_SELF, &after);
#ifndef MERCAT_SANITIZED /* it keeps what was freed */
	ck_assert_int_lt((after.ru_maxrss - before.ru_maxrss) * 1024, ROOM);
#endif
}
END_TEST

static void tell(struct buf *out, enum sql_id what, int64_t id)
{
	struct store_table t;

	SCENE_OK(&scene, store_all(scene.op.store, scene.arena, &t, &err, what, "i", id));
	for (size_t i = 0; i < t.count; i++)
		for (size_t c = 0; c < t.columns; c++) {
			const struct store_cell *cell = &t.rows[i][c];
			bool own = str_eq(t.names[c], "id") ||
				   str_eq(t.names[c], "response_id");

			if (!own && cell->type == STORE_TEXT)
				buf_printf(out, "%s=%s\n", t.names[c], cell->text);
			else if (!own && cell->type == STORE_INT)
				buf_printf(out, "%s=%" PRId64 "\n", t.names[c], cell->n);
		}
}

/* All that was read in a response. */
static const char *told(int64_t inbound_id)
{
	static const enum sql_id whats[] = {SQL_SAID_OF, SQL_READINGS_OF, SQL_ANSWERS_OF,
					    SQL_PROPOSALS_OF, SQL_CHOICES_OF};
	AUTO(buf) out = buf_new(4 << 20);

	struct store_row row;

	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err,
				   SQL_RESPONSE_OF_INBOUND, "i", inbound_id));
	for (size_t i = 0; i < ARRAY_LEN(whats); i++)
		tell(out, whats[i], row_int(&row, "id"));
	return arena_strdup(scene.arena, buf_text(out));
}

static int64_t take_in_place(struct mail_message *m)
{
	struct err err = {0};
	struct store_txn *t = store_begin(scene.op.store, &err);
	int64_t id = scene_mail(&scene, m);

	ck_assert_msg(t && store_commit(&t, &err), "%s", err.text);
	return id;
}

START_TEST(what_is_read_apart_is_what_is_read_in_place)
{
	struct mail_message m =
		mail_of(long_text(scene.arena, shapes[_i], (size_t)2 * APART_BYTES));
	const char *apart, *in_place;
	int64_t id;

	m.message_id = "one@home.example";
	id = scene_mail(&scene, &m);
	apart = told(id);
	m.message_id = "two@home.example";
	in_place = told(take_in_place(&m));
	ck_assert_str_eq(apart, in_place);
	ck_assert_msg(strstr(apart, "without name") && strstr(apart, "risk"), "%s",
		      apart);
	SCENE_OK(&scene, inbound_rebuild(&scene.op, id, &m, &err));
	ck_assert_str_eq(told(id), apart);
}
END_TEST

/* The act of the tests below: it asks for some work, and writes a row once it is known. */
struct act {
	struct arena *arena;
	struct store *other;
	int runs, works;
	bool others_could_write;
};

static const void *work_once(void *with)
{
	struct act *a = with;
	struct operation op = scene.op;
	struct err of_other = {0}, refused = {0};

	a->works++;
	if (a->other) {
		op.store = a->other;
		a->others_could_write =
			account_add(&op, "Cat", "cat@example.test", &of_other);
		ck_assert_msg(
			!account_add(&scene.op, "Dee", "dee@example.test", &refused),
			"a row of an act that was left");
		ck_assert_int_eq(refused.kind, ERR_AGAIN);
	}
	return arena_make(a->arena, int, 1);
}

static bool act_once(void *with, struct arena *arena, struct err *err)
{
	struct act *a = with;
	struct apart_work work = {.bytes = APART_BYTES, .run = work_once, .with = a};
	AUTO(store_txn) t = store_begin(scene.op.store, err);
	const void *found;

	a->runs++;
	a->arena = arena;
	apart_key_begin(&work.key, "work");
	return t && account_add(&scene.op, "Bea", "bea@example.test", err) &&
	       apart_found(scene.op.store, &work, &found, err) && store_commit(&t, err);
}

static bool is_there(const char *name)
{
	struct operation op = scene.op;
	struct err err = {0};

	return account_become(&op, scene.arena, name, &err);
}

START_TEST(act_begins_again_and_is_done_once)
{
	struct act a = {0};

	SCENE_OK(&scene, store_open(settings_store_path(scene.settings), STORE_EXISTING,
				    &a.other, &err));
	SCENE_OK(&scene, apart_run(scene.op.store, act_once, &a, &err));
	ck_assert_int_eq(a.runs, 2);
	ck_assert_int_eq(a.works, 1);
	ck_assert(a.others_could_write);
	ck_assert(is_there("Bea") && is_there("Cat") && !is_there("Dee"));
	store_close(&a.other);
}
END_TEST

START_TEST(inside_a_transaction_it_is_run_once)
{
	struct act a = {0};
	struct err err = {0};
	struct store_txn *t = store_begin(scene.op.store, &err);

	ck_assert_msg(apart_run(scene.op.store, act_once, &a, &err), "%s", err.text);
	ck_assert_int_eq(a.runs, 1);
	ck_assert_int_eq(a.works, 1);
	ck_assert(store_commit(&t, &err));
	ck_assert(is_there("Bea"));
}
END_TEST

/* What is done together is written where a turn ends, and not where it is dropped. */
START_TEST(turns_are_written_or_dropped_whole)
{
	struct store_turn turn = {.store = scene.op.store};

	SCENE_OK(&scene, store_turn_begin(&turn, TURN_TOGETHER, &err));
	SCENE_OK(&scene, account_add(&scene.op, "Bea", "bea@example.test", &err) &&
				 store_turn_done(&turn, &err));
	SCENE_OK(&scene, store_turn_begin(&turn, TURN_ALONE, &err));
	ck_assert_ptr_null(turn.txn); /* and so in no transaction, for apart_run() */
	store_turn_drop(&turn);
	ck_assert(is_there("Bea"));
	SCENE_OK(&scene, store_turn_begin(&turn, TURN_TOGETHER, &err));
	SCENE_OK(&scene, account_add(&scene.op, "Cat", "cat@example.test", &err));
	store_turn_drop(&turn);
	ck_assert(!is_there("Cat"));
}
END_TEST

START_TEST(what_was_asked_is_told_apart)
{
	static const char *const texts[] = {NULL, "", "a", "b", "ab", "\x01"};
	struct apart_key keys[ARRAY_LEN(texts) * ARRAY_LEN(texts)];
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		for (size_t j = 0; j < ARRAY_LEN(texts); j++, n++) {
			apart_key_begin(&keys[n], "x");
			apart_key_text(&keys[n], texts[i]);
			apart_key_text(&keys[n], texts[j]);
			for (size_t k = 0; k < n; k++)
				ck_assert_msg(keys[k].low != keys[n].low ||
						      keys[k].high != keys[n].high,
					      "%zu and %zu", k, n);
		}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("apart");
	TCase *t = tcase_create("long reading");

	tcase_set_timeout(t, 600);
	tcase_add_checked_fixture(t, begin, end);
	UNIT_TABLE(t, long_mail_is_read_while_the_store_is_let_go, shapes);
	UNIT_TABLE(t, long_unsorted_mail_is_judged_while_the_store_is_let_go, shapes);
	UNIT_TABLE(t, long_file_is_read_while_the_store_is_let_go, shapes);
	UNIT_TABLE(t, long_mail_is_read_anew_while_the_store_is_let_go, shapes);
	UNIT_TABLE(t, what_is_read_apart_is_what_is_read_in_place, shapes);
	tcase_add_test(t, many_long_files_take_little_room_and_let_the_store_go);
	tcase_add_loop_test(t, many_short_files_take_little_room, 0, 2);
	tcase_add_test(t, act_begins_again_and_is_done_once);
	tcase_add_test(t, inside_a_transaction_it_is_run_once);
	tcase_add_test(t, turns_are_written_or_dropped_whole);
	tcase_add_test(t, what_was_asked_is_told_apart);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
