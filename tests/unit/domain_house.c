#include "tests/unit/domain_house.h"

#include "domain/bulletins/bulletin_audience.h"
#include "domain/subscribers/subscribe.h"
#include "base/fd.h"
#include "base/str.h"
#include "document/markup.h"
#include "document/shown.h"
#include "document/unsaid.h"
#include "reader/seen.h"
#include "mail/read/read.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <unistd.h>

enum { MONDAY = 1772442000 }; /* 2026-03-02T09:00:00Z */

struct stage house;
/* Kept until the house is closed: whoever opens a store reads its schema, all of it. */
static sqlite3 *own;

static const char usual_body[] = "Good morning.\n"
				 "\n"
				 "## For everyone\n"
				 "\n"
				 "The forum met in Perth.\n"
				 "\n"
				 "## Neglect {neglect}\n"
				 "\n"
				 "Marigold: the pilot ends.\n"
				 "\n"
				 "## Hearings {hearings}\n"
				 "\n"
				 "Larkspur: the rooms are painted.\n";

static const char settings[] =
	"organisation = \"Child Protection Policy Team\";\n"
	"zone = \"Europe/London\";\n"
	"base_url = \"https://updates.example.org\";\n"
	"bulletin: { grace = \"0 s\"; test_recipients = \"boss@Y.example, tester@y.example\"; "
	"tests_a_day = 5; test_recipients_kept = \"30 days\"; };\n"
	"relays = ( { name = \"main\"; kind = \"maildir\"; path = \"FOLDER/out\"; },\n"
	"  { name = \"other\"; kind = \"maildir\"; path = \"FOLDER/out2\"; } );\n";

static void add_lists(void)
{
	static const struct list_new lists[] = {
		{.name = "children",
		 .title = "Child protection updates",
		 .address = "children@lists.example.org",
		 .owner = "team@example.org",
		 .topics = "neglect,hearings,data",
		 .wording = "We keep your address to send you this, and a record of it."},
		{.name = "forum",
		 .title = "Forum papers",
		 .address = "forum@lists.example.org",
		 .topics = "neglect,papers",
		 .closed = true,
		 .first_number = 7}};
	struct err err = {0};

	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		ck_assert_msg(list_add(&house.op, &lists[i], &err), "%s", err.text);
}

void house_open(void)
{
	static const char *const staff[] = {"jean", "olga", NULL};
	static const struct stage_plan plan = {
		.name = "op", .settings = settings, .staff = staff, .now = MONDAY};

	stage_open(&house, &plan);
	add_lists();
}

void house_close(void)
{
	struct err err = {0};

	/* Whatever was done to subscriptions, the tally of them followed. */
	ck_assert_msg(bulletin_audience_check(&house.op, &err), "%s", err.text);
	ck_assert_int_eq(sqlite3_close(own), SQLITE_OK);
	own = NULL;
	stage_close(&house);
}

void house_become(const char *name)
{
	stage_become(&house, name);
}

struct list house_list(const char *name)
{
	struct list list;
	struct err err = {0};

	ck_assert_msg(list_named(&house.op, house.arena, name, &list, &err), "%s",
		      err.text);
	return list;
}

static sqlite3 *connection(void)
{
	if (own)
		return own;
	ck_assert_int_eq(sqlite3_open(house.path, &own), SQLITE_OK);
	sqlite3_busy_timeout(own, 2000);
	return own;
}

PRINTF_LIKE(2, 0)
static sqlite3_stmt *first_row(sqlite3 *db, const char *sql, va_list args)
{
	AUTO(buf) text = buf_new(1 << 20);
	sqlite3_stmt *q;
	int rc;

	buf_vprintf(text, sql, args);
	ck_assert_msg(sqlite3_prepare_v2(db, buf_text(text), -1, &q, NULL) == SQLITE_OK,
		      "%s: %s", buf_text(text), sqlite3_errmsg(db));
	rc = sqlite3_step(q);
	ck_assert_msg(rc == SQLITE_ROW || rc == SQLITE_DONE, "%s: %s", buf_text(text),
		      sqlite3_errmsg(db));
	return q;
}

int64_t house_int(const char *sql, ...)
{
	sqlite3 *db = connection();
	sqlite3_stmt *q;
	va_list args;
	int64_t n;

	va_start(args, sql);
	q = first_row(db, sql, args);
	va_end(args);
	n = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return n;
}

const char *house_text(const char *sql, ...)
{
	sqlite3 *db = connection();
	sqlite3_stmt *q;
	const char *text;
	va_list args;

	va_start(args, sql);
	q = first_row(db, sql, args);
	va_end(args);
	text = (const char *)sqlite3_column_text(q, 0);
	text = arena_strdup(house.arena, text ? text : "");
	sqlite3_finalize(q);
	return text;
}

void house_do(const char *sql, ...)
{
	sqlite3 *db = connection();
	AUTO(buf) text = buf_new(1 << 20);
	va_list args;
	int rc;

	va_start(args, sql);
	buf_vprintf(text, sql, args);
	va_end(args);
	rc = sqlite3_exec(db, buf_text(text), NULL, NULL, NULL);
	ck_assert_msg(rc == SQLITE_OK, "%s: %s", buf_text(text), sqlite3_errmsg(db));
}

bool house_refuses(const char *sql)
{
	sqlite3 *db = connection();
	int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);

	return (rc & 0xff) == SQLITE_CONSTRAINT;
}

static struct mail_addresses one_address(const char *address)
{
	struct mail_addresses list = {.count = 1};

	list.items = arena_make(house.arena, struct mail_address, 1);
	list.items[0].address = address;
	return list;
}

struct mail_message house_mail(const char *from, const char *to, const char *subject,
			       const char *text)
{
	static int n;

	return (struct mail_message){
		.from = {"A Person", from},
		.to = one_address(to),
		.subject = subject,
		.text = text,
		.text_new = text,
		.message_id = arena_printf(house.arena, "m%d@example.net", ++n),
		.return_path = from,
		.received_at = house.op.now,
		.date_at = house.op.now,
	};
}

/* What mail_read() works out of the HTML of a mail. */
static void work_out(struct mail_message *io)
{
	AUTO(buf) words = buf_new(1 << 16);
	struct shown shown;

	if (!io->html)
		return;
	shown_read(house.arena, io->html, io->text_new, &shown);
	markup_words(words, io->html, strlen(io->html));
	io->html_text = shown.text;
	io->html_text_cut = shown.text_cut;
	io->html_layout = arena_strdup(house.arena, buf_text(words));
	io->said = unsaid_new(house.arena, str_or(io->text, ""));
}

/* As the role gets it from its reader: with what a person sees, and without the HTML. */
static struct mail_message as_read(const struct mail_message *m)
{
	struct mail_message read = *m;

	work_out(&read);
	reader_see(house.arena, &read);
	read.html = NULL;
	return read;
}

int64_t house_comes(const struct mail_message *m)
{
	const struct mail_message read = as_read(m);

	return stage_comes(&house, &read, NULL);
}

const char *house_taken(int64_t inbound_id)
{
	return house_text(
		"SELECT taken_as || ': ' || why FROM inbound WHERE id = %" PRId64,
		inbound_id);
}

struct mail_message house_notification(const char *kind)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct mail_message m = {0};
	struct store_table t;
	struct err err = {0};

	ck_assert(store_all(house.op.store, arena, &t, &err, SQL_NOTIFICATION_LIST, "i",
			    (int64_t)1000));
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		sqlite3_stmt *q;
		sqlite3 *db;

		if (!str_eq(row_text(&row, "kind"), kind))
			continue;
		db = connection();
		ck_assert_int_eq(
			sqlite3_prepare_v2(db,
					   "SELECT mail FROM notification WHERE id = ?1",
					   -1, &q, NULL),
			SQLITE_OK);
		sqlite3_bind_int64(q, 1, row_int(&row, "id"));
		ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
		ck_assert_msg(mail_read(sqlite3_column_blob(q, 0),
					(size_t)sqlite3_column_bytes(q, 0), house.arena,
					&m, &err),
			      "%s", err.text);
		sqlite3_finalize(q);
		return m;
	}
	ck_abort_msg("there is no letter of kind %s", kind);
}

int64_t house_notifications(const char *kind, const char *recipient)
{
	return house_int("SELECT count(*) FROM notification WHERE kind = '%s' AND "
			 "recipient = coalesce(nullif('%s', ''), recipient)",
			 kind, str_or(recipient, ""));
}

const char *house_token(const char *address, const char *mark)
{
	const char *at = address ? strstr(address, mark) : NULL;

	if (!at)
		return NULL;
	at += strlen(mark);
	return arena_strndup(house.arena, at, strcspn(at, "@"));
}

int64_t house_joins(const char *list, const char *address)
{
	const char *join = arena_printf(house.arena, "%s+join@lists.example.org", list);
	struct mail_message ask = house_mail(address, join, "hello", ""), yes, letter;

	(void)house_comes(&ask);
	letter = house_notification("confirm");
	yes = house_mail(address, letter.reply_to.items[0].address, "Re: confirm", "");
	(void)house_comes(&yes);
	ck_assert_str_eq(house_state(list, address), "active");
	return house_int("SELECT max(id) FROM subscription");
}

int64_t house_adds(const char *list, const char *address, const char *topics)
{
	struct subscriber_new who = {
		.address = address, .how = "staff", .basis = "asked by telephone"};
	struct list l = house_list(list);
	struct err err = {0};

	ck_assert_msg(topics_read(&l, topics, &who.topics, &who.all_topics, &err) &&
			      subscriber_add(&house.op, &l, &who, &err),
		      "%s", err.text);
	return house_int("SELECT max(id) FROM subscription");
}

void house_leaves(const char *list, const char *address)
{
	struct err err = {0};
	bool left = false;
	bool ok = unsubscribe(
		&house.op,
		house_int(
			"SELECT s.id FROM subscription s JOIN person p ON p.id = s.person_id "
			"JOIN list l ON l.id = s.list_id WHERE l.name = '%s' AND p.address = "
			"'%s' COLLATE NOCASE",
			list, address),
		&(struct unsubscribe_how){.how = "mail"}, &left, &err);

	ck_assert_msg(ok && left, "%s", err.text);
}

const char *house_state(const char *list, const char *address)
{
	return house_text(
		"SELECT s.state FROM subscription s JOIN list l ON l.id = s.list_id "
		"JOIN person p ON p.id = s.person_id "
		"WHERE l.name = '%s' AND p.address_key = lower('%s')",
		list, address);
}

int64_t house_drafts(const char *list, const char *body)
{
	const char *text = arena_printf(
		house.arena, "---\nlist: %s\ntitle: News\ntopics: neglect%s\n---\n%s",
		list, str_eq(list, "children") ? ", hearings" : "",
		str_or(body, usual_body));
	struct bulletin b;
	struct err err = {0};

	house_become("jean");
	ck_assert_msg(bulletin_draft(&house.op, house.arena,
				     &(struct bulletin_file){.name = "u.md",
							     .text = text,
							     .len = strlen(text)},
				     &b, &err),
		      "%s", err.text);
	return b.number;
}

void house_approves(const char *list, int64_t number)
{
	struct err err = {0};
	int64_t audience;

	house_become("olga");
	ck_assert_msg(bulletin_approve(&house.op, list, number, &audience, &err), "%s",
		      err.text);
}

void house_begins(const char *list, int64_t number)
{
	struct err err = {0};
	bool did = true;

	house_become("jean");
	ck_assert_msg(bulletin_send(&house.op, list, number, &err), "%s", err.text);
	while (did)
		ck_assert_msg(bulletins_fill(&house.op, &did, &err), "%s", err.text);
}

void house_sends(const char *list, int64_t number)
{
	house_approves(list, number);
	house_begins(list, number);
}

const char *house_bulletin(const char *list, int64_t number)
{
	return house_text(
		"SELECT b.state FROM bulletin b JOIN list l ON l.id = b.list_id "
		"WHERE l.name = '%s' AND b.number = %" PRId64 " ORDER BY b.id DESC",
		list, number);
}

size_t house_claims(struct outgoing *outgoing, struct incoming_mail *mails, size_t most)
{
	static const struct smtp_outcome went = {.verdict = SMTP_SENT,
						 .answer = {250, "", ""}};
	struct rate_limit *rate_limit = rate_limit_new(house.settings);
	struct incoming_mail **places =
		arena_make(house.arena, struct incoming_mail *, most + 1);
	struct err err = {0};
	struct outgoing_taking taking = {
		.rate_limit = rate_limit, .now_ms = 1000, .places = places, .most = most};

	for (size_t i = 0; i < most; i++)
		places[i] = &mails[i];
	rate_limit_room(rate_limit, 0, most, RELAY_WORKS);
	ck_assert_msg(outgoing_take(outgoing, &taking, &err), "%s", err.text);
	for (size_t i = 0; i < taking.count; i++)
		rate_limit_done(rate_limit, 1000, &mails[i].ticket, &went);
	rate_limit_free(&rate_limit);
	return taking.count;
}

static enum delivery_outcome fate_of(const char *reply)
{
	return *reply == '2' ? SENT : *reply == '4' ? DEFERRED : REFUSED;
}

struct smtp_answer house_answer(const char *words)
{
	struct smtp_answer a = {.status = "", .text = words};
	char status[12];
	int used = 0;

	if (sscanf(words, "%3d%n", &a.code, &used) != 1 || used != 3)
		return (struct smtp_answer){.text = words};
	a.text = words + used + (words[used] == ' ');
	if (sscanf(a.text, "%11[245.0-9]%n", status, &used) == 1 && strchr(status, '.')) {
		a.status = arena_strdup(house.arena, status);
		a.text += used + (a.text[used] == ' ');
	}
	return a;
}

bool house_settles(struct outgoing *out, const struct incoming_mail *mail,
		   enum delivery_outcome fate, const char *words, int64_t retry_at,
		   struct err *err)
{
	struct settled settled = {
		.kind = mail->kind,
		.id = mail->id,
		.fate = fate,
		.relay = "main",
		.answer = house_answer(words),
		.retry_at = retry_at,
	};

	return outgoing_settle(out, &settled, err);
}

size_t house_delivers(house_relay_fn *relay, size_t most)
{
	static struct incoming_mail mails[HOUSE_MAILS];
	struct outgoing *out = outgoing_new(&house.op);
	size_t count = house_claims(out, mails, most < HOUSE_MAILS ? most : HOUSE_MAILS);
	struct err err = {0};

	for (size_t i = 0; i < count; i++) {
		const char *reply = relay ? relay(&mails[i]) : NULL;

		if (!reply)
			reply = "250 ok";
		ck_assert_msg(!*reply || house_settles(out, &mails[i], fate_of(reply),
						       reply, house.op.now, &err),
			      "%s", err.text);
		buf_clear(&mails[i].bytes);
	}
	outgoing_free(&out);
	return count;
}

void house_consults(void)
{
	static const char file[] = "---\n"
				   "name: cruelty\n"
				   "title: Words about cruelty\n"
				   "address: cruelty@lists.example.org\n"
				   "opens: 2026-02-02\n"
				   "closes: 2026-03-31\n"
				   "---\n"
				   "The law uses old words.\n"
				   "\n"
				   "1. Which words are no longer understood?\n"
				   "2. Anything else?\n";
	const char *name;
	struct err err = {0};

	ck_assert_msg(
		consultation_add(&house.op, house.arena, "c.md", file, &name, &err) &&
			consultation_open(&house.op, name, &err),
		"%s", err.text);
}
