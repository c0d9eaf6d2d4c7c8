/* Tests of an update: to whom, how many, and what the audit keeps of that. See bulletin.h. */
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/bulletins/bulletin.h"
#include "domain/bulletins/bulletin_render.h"
#include "domain/subscribers/suppress.h"
#include "base/calendar.h"
#include "base/str.h"
#include "mail/write/compose.h"
#include "mail/write/recipient.h"

#include <inttypes.h>

/* One recipient on the way from what was typed to the audit. */
struct tester {
	const char *plain, *key;
	unsigned char hash[SECRET_SHA256_BYTES];
	int64_t notification_id;
};

static bool named_by_settings(const struct operation *op, struct arena *arena,
			      const char *key)
{
	char *list = arena_strdup(arena, op->settings->test_recipients), *rest = NULL;

	for (char *one = strtok_r(list, ",", &rest); one;
	     one = strtok_r(NULL, ",", &rest))
		if (mail_address_same(one, key))
			return true;
	return false;
}

/* A suppressed address is refused before anything else is said of it. */
static bool may_get_it(struct operation *op, struct arena *arena, const struct tester *to,
		       struct err *err)
{
	struct store_row row;

	if (!address_not_suppressed(op, to->plain, err) ||
	    !store_one(op->store, arena, &row, err, SQL_TEST_STAFF, "t", to->key))
		return false;
	return row_int(&row, "is_staff") || named_by_settings(op, arena, to->key) ||
	       err_set(err, ERR_INPUT,
		       "%s is no address of the staff, nor one that the settings allow for "
		       "tests (bulletin.test_recipients): a test goes to nobody else",
		       to->plain);
}

/* Each once, whatever way it was written. */
static bool read_testers(struct operation *op, struct arena *arena,
			 const char *const *addresses, size_t count,
			 struct tester to[BULLETIN_TEST_MOST], size_t *out_count,
			 struct err *err)
{
	size_t n = 0;

	if (count > BULLETIN_TEST_MOST)
		return err_set(err, ERR_INPUT, "a test goes to %d addresses at most",
			       BULLETIN_TEST_MOST);
	for (size_t i = 0; i < count; i++) {
		struct tester *t = &to[n];
		bool again = false;

		if (!address_read(arena, addresses[i], &t->key, &t->plain, err) ||
		    !may_get_it(op, arena, t, err))
			return false;
		for (size_t k = 0; k < n; k++)
			again = again || str_eq(to[k].key, t->key);
		secret_hash(op->key, "test recipient", t->key, t->hash);
		n += !again;
	}
	*out_count = n;
	return true;
}

static bool within_the_day(struct operation *op, struct arena *arena, size_t count,
			   struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_TEST_COUNT, "i", op->now - DAY_S))
		return false;
	return row_int(&row, "n") + (int64_t)count <= op->settings->tests_a_day ||
	       err_set(err, ERR_CONFLICT,
		       "%" PRId64 " mails of tests went out within a day; %" PRId64
		       " is the most that the settings allow (bulletin.tests_a_day)",
		       row_int(&row, "n"), op->settings->tests_a_day);
}

static bool queue_test(struct operation *op, struct arena *arena,
		       const struct bulletin *b, const struct bulletin_mail *rendered,
		       struct tester *to, struct err *err)
{
	const char *values[COMPOSE_SLOTS] = {0};
	char token[SECRET_TOKEN_LEN + 1] = "", id[SECRET_RANDOM_LEN + 1];
	AUTO(buf) mail = buf_new(16 << 20);
	struct compose_prepared *prepared;
	struct compose_mail m = {
		.from_name = str_or(b->source->from_name, b->list.from_name),
		.from_address = b->list.address,
		.reply_to = b->list.owner,
		.subject = rendered->subject,
		.date_at = op->now,
		.auto_submitted = "auto-generated",
		.text = rendered->text,
		.html = rendered->html,
	};

	if (!bulletin_pictures(op, arena, b, &m.pictures, err))
		return false;
	m.picture_count = b->images.count;
	/* A token of nobody: the links of a test do nothing. */
	memset(token, 'a', SECRET_TOKEN_LEN);
	values[COMPOSE_TOKEN] = values[COMPOSE_TOKEN_2] = token;
	secret_random_token(id);
	m.message_id = arena_printf(arena, "t.%s@%s", id, op->settings->own_domain);
	if (!compose_address_header(arena, NULL, to->plain, &m.to, err) ||
	    !compose_prepare(arena, &m, &prepared, err) ||
	    !compose_fill(prepared, values, mail, err) ||
	    !store_run(op->store, err, SQL_NOTIFICATION_ADD, "tttttbtzzzib", "test",
		       arena_printf(arena, "test:%s", id), "", to->plain,
		       rendered->subject, mail->bytes, mail->len, m.message_id,
		       b->list.id, (int64_t)0, (int64_t)0, op->now, (void *)NULL,
		       (size_t)0))
		return false;
	to->notification_id = store_last_id(op->store);
	return true;
}

/* The audit proves who they were by a digest; their addresses can be taken away. */
static bool note(struct operation *op, const struct bulletin *b, const struct tester *to,
		 size_t count, struct err *err)
{
	char digest[SECRET_SHA256_HEX];
	AUTO(buf) hashes = buf_new(BULLETIN_TEST_MOST * SECRET_SHA256_BYTES + 1);
	int64_t audit_id;

	for (size_t i = 0; i < count; i++)
		buf_add(hashes, to[i].hash, sizeof(to[i].hash));
	secret_sha256_hex(hashes->bytes, hashes->len, digest);
	if (!audit_of(op, AUDITED_TEXT("bulletin tested", b->id, b->hash), err,
		      "content %s, to %zu addresses, recipients %s", b->hash, count,
		      digest))
		return false;
	audit_id = store_last_id(op->store);
	for (size_t i = 0; i < count; i++)
		if (!store_run(op->store, err, SQL_TEST_RECIPIENT_ADD, "iiitb", audit_id,
			       to[i].notification_id, op->now, to[i].plain, to[i].hash,
			       sizeof(to[i].hash)))
			return false;
	return true;
}

bool bulletin_test(struct operation *op, const char *list, int64_t number,
		   const char *const *addresses, size_t count, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct tester to[BULLETIN_TEST_MOST];
	AUTO(store_txn) t = NULL;
	struct bulletin_mail rendered;
	struct bulletin b;
	size_t n = 0;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !bulletin_load(op, arena, list, number, &b, err) ||
	    !read_testers(op, arena, addresses, count, to, &n, err) ||
	    !within_the_day(op, arena, n, err) ||
	    !bulletin_render_mail(
		    op, arena, &b,
		    &(struct bulletin_reading){
			    .sections = bulletin_variant(b.source, BULLETIN_ALL),
			    .date_at = op->now,
			    .purpose = BULLETIN_AS_TEST},
		    &rendered, err))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!queue_test(op, arena, &b, &rendered, &to[i], err))
			return false;
	return note(op, &b, to, n, err) && store_commit(&t, err);
}

bool bulletin_tests_forget(struct operation *op, bool *out_did, struct err *err)
{
	int64_t before = op->now - op->settings->test_recipients_kept_s;
	AUTO(arena) arena = arena_new(512);
	AUTO(store_txn) t = NULL;
	struct store_row row;

	*out_did = false;
	if (!store_one(op->store, arena, &row, err, SQL_TEST_RECIPIENTS_OLD, "i", before))
		return false;
	if (!row_int(&row, "n"))
		return true;
	t = store_begin(op->store, err);
	*out_did = t != NULL;
	return t &&
	       store_run(op->store, err, SQL_TEST_RECIPIENTS_NOTIFICATIONS_FORGET, "i",
			 before) &&
	       store_run(op->store, err, SQL_TEST_RECIPIENTS_FORGET, "i", before) &&
	       store_commit(&t, err);
}
