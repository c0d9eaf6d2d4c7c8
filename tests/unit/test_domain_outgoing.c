#include "tests/unit/domain_house.h"

#include "domain/admin/notification.h"
#include "domain/delivery/outgoing.h"
#include "domain/delivery/rate_limit.h"
#include "domain/subscribers/subscribe.h"
#include "base/str.h"
#include "mail/read/read.h"

#include <inttypes.h>

enum { ROOM = 100, NOW_MS = 1000000 };

static struct err err;
static struct outgoing *out;
static struct rate_limit *rate_limit;
static struct incoming_mail mails[ROOM], *places[ROOM];
static size_t count;

static void open_all(void)
{
	house_open();
	out = outgoing_new(&house.op);
	rate_limit = rate_limit_new(house.settings);
	for (size_t i = 0; i < ROOM; i++)
		places[i] = &mails[i];
	count = 0;
}

/* A turn is over: its mails no longer take anybody's room. */
static void drop_mails(void)
{
	while (count)
		rate_limit_done(rate_limit, NOW_MS, &mails[--count].ticket, NULL);
}

static const char *relay_of(const struct incoming_mail *m)
{
	return house.settings->relays[m->ticket.relay].name;
}

static void close_all(void)
{
	drop_mails();
	for (size_t i = 0; i < ROOM; i++)
		buf_clear(&mails[i].bytes);
	outgoing_free(&out);
	rate_limit_free(&rate_limit);
	house_close();
}

static size_t claim(size_t most)
{
	AUTO(store_txn) t = store_begin(house.op.store, &err);
	struct outgoing_taking taking = {.rate_limit = rate_limit,
					 .now_ms = NOW_MS,
					 .places = places,
					 .most = most};

	drop_mails();
	for (size_t i = 0; i < house.settings->relay_count; i++)
		rate_limit_room(rate_limit, i, ROOM, RELAY_WORKS);
	ck_assert_msg(outgoing_take(out, &taking, &err) && store_commit(&t, &err), "%s",
		      err.text);
	count = taking.count;
	return count;
}

static void settle(const struct incoming_mail *m, enum delivery_outcome fate,
		   const char *reply)
{
	ck_assert_msg(house_settles(out, m, fate, reply, house.op.now + 30, &err), "%s",
		      err.text);
}

static struct mail_message read_mail(const struct incoming_mail *m)
{
	struct mail_message read = {0};

	ck_assert_msg(mail_read(m->bytes.bytes, m->bytes.len, house.arena, &read, &err),
		      "%s", err.text);
	return read;
}

static const char *state_of(const struct incoming_mail *m)
{
	return house_text("SELECT state FROM %s WHERE id = %" PRId64,
			  m->kind == NOTIFICATION ? "notification" : "delivery", m->id);
}

/* One mail under way, of this kind. */
static struct incoming_mail *one_mail(enum incoming_kind kind)
{
	if (kind == NOTIFICATION) {
		struct mail_message m = house_mail(
			"a@x.example", "children+help@lists.example.org", "", "");

		(void)house_comes(&m);
	} else {
		(void)house_adds("children", "a@x.example", NULL);
		house_sends("children", house_drafts("children", NULL));
	}
	ck_assert_uint_eq(claim(ROOM), 1);
	ck_assert_int_eq(mails[0].kind, kind);
	return &mails[0];
}

START_TEST(letters_go_before_updates)
{
	struct mail_message m =
		house_mail("b@x.example", "children+join@lists.example.org", "", "");

	(void)house_adds("children", "a@x.example", NULL);
	house_sends("children", house_drafts("children", NULL));
	(void)house_comes(&m);
	ck_assert_uint_eq(claim(0), 0);
	ck_assert_uint_eq(claim(1), 1);
	ck_assert_int_eq(mails[0].kind, NOTIFICATION);
	ck_assert_str_eq(mails[0].sender, "");
	ck_assert_str_eq(mails[0].recipient, "b@x.example");
	ck_assert_uint_eq(claim(5), 1);
	ck_assert_int_eq(mails[0].kind, DELIVERY);
	ck_assert_uint_eq(claim(5), 0);
}
END_TEST

/* due_in: seconds until it is tried again. */
static const struct {
	enum delivery_outcome fate;
	const char *state;
	int64_t due_in; /* -1: never */
} fates[] = {
	{SENT, "sent", -1},       {REFUSED, "refused", -1},  {DEFERRED, "deferred", 60},
	{UNSURE, "deferred", 60}, {UNTOUCHED, "queued", 30},
};

START_TEST(fate_of_a_mail_is_written_down)
{
	enum incoming_kind kind = _i % 2 ? NOTIFICATION : DELIVERY;
	struct incoming_mail *m = one_mail(kind);
	enum delivery_outcome fate = fates[_i / 2].fate;
	const char *table = kind == NOTIFICATION ? "notification" : "delivery";
	int64_t next;

	ck_assert_str_eq(state_of(m), "sending");
	settle(m, fate, "the server's words");
	ck_assert_str_eq(state_of(m), fates[_i / 2].state);
	ck_assert_int_eq(house_int("SELECT attempts FROM %s", table), fate != UNTOUCHED);
	if (fates[_i / 2].due_in < 0) {
		ck_assert_str_eq(
			house_text("SELECT relay || ' ' || reply FROM %s", table),
			"main the server's words");
		if (kind == NOTIFICATION)
			ck_assert_int_eq(
				house_int("SELECT mail IS NULL FROM notification"), 1);
	}
	ck_assert(outgoing_next_due(out, &next, &err));
	ck_assert_int_eq(
		next, fates[_i / 2].due_in < 0 ? 0 : house.op.now + fates[_i / 2].due_in);
	ck_assert_uint_eq(claim(ROOM), 0);
	house.op.now += 60;
	ck_assert_uint_eq(claim(ROOM), fates[_i / 2].due_in >= 0);
}
END_TEST

START_TEST(waits_double_up_to_the_most_and_end)
{
	struct incoming_mail *m = one_mail(_i ? NOTIFICATION : DELIVERY);
	const char *table = _i ? "notification" : "delivery";
	int64_t begun, wait = 60, due;
	int tries = 0;

	settle(m, UNTOUCHED, "no relay"); /* a long wait is nobody's fault */
	house.op.now += 20 * HOUSE_DAY;
	ck_assert_uint_eq(claim(ROOM), 1);
	m = &mails[0];
	begun = house.op.now;
	while (str_eq(state_of(m), "sending")) {
		settle(m, DEFERRED, "451 later");
		tries++;
		if (!str_eq(state_of(m), "deferred"))
			break;
		due = house_int("SELECT due_at FROM %s", table);
		ck_assert_int_eq(due - house.op.now, wait);
		wait = wait * 2 > 4 * 3600 ? 4 * 3600 : wait * 2;
		house.op.now = due - 1;
		ck_assert_uint_eq(claim(ROOM), 0);
		house.op.now = due;
		ck_assert_uint_eq(claim(ROOM), 1);
		m = &mails[0];
	}
	ck_assert_str_eq(state_of(m), "refused");
	ck_assert_int_ge(house.op.now - begun, 3 * HOUSE_DAY);
	ck_assert_int_lt(house.op.now - begun, 3 * HOUSE_DAY + 4 * 3600);
	ck_assert_int_eq(house_int("SELECT count(*) FROM attempt"), tries - 1);
	ck_assert_str_eq(house_text("SELECT given_up || ' ' || reply FROM %s", table),
			 "1 451 later");
}
END_TEST

START_TEST(row_in_doubt_is_sent_again_once_with_the_same_id)
{
	enum incoming_kind kind = _i % 2 ? NOTIFICATION : DELIVERY;
	bool found = _i >= 2;
	struct incoming_mail *m = one_mail(kind);
	const char *id = read_mail(m).message_id,
		   *sender = arena_strdup(house.arena, m->sender);
	int64_t n;

	if (found) { /* as after a kill */
		outgoing_free(&out);
		out = outgoing_new(&house.op);
		ck_assert(outgoing_recover(out, &n, &err));
		ck_assert_int_eq(n, 1);
	} else {
		settle(m, UNSURE, "lost after the dot");
	}
	house.op.now += 60;
	ck_assert_uint_eq(claim(ROOM), 1);
	ck_assert_str_eq(read_mail(&mails[0]).message_id, id);
	ck_assert_str_eq(mails[0].sender, sender);
	settle(&mails[0], UNSURE, "lost again");
	ck_assert_str_eq(state_of(&mails[0]), "in doubt");
	house.op.now += 30 * HOUSE_DAY;
	ck_assert_uint_eq(claim(ROOM), 0);
	ck_assert_int_eq(house_int("SELECT doubt FROM %s",
				   kind == NOTIFICATION ? "notification" : "delivery"),
			 2);
}
END_TEST

START_TEST(recovering_a_healthy_store_finds_nothing)
{
	int64_t n;

	settle(one_mail(DELIVERY), DEFERRED, "later");
	ck_assert(outgoing_recover(out, &n, &err));
	ck_assert_int_eq(n, 0);
}
END_TEST

START_TEST(row_in_doubt_is_held_when_set_so)
{
	struct incoming_mail *m = one_mail(DELIVERY);
	int64_t rows;
	bool did;

	house.settings->in_doubt = SETTINGS_DOUBT_HOLD;
	settle(m, UNSURE, "lost");
	ck_assert_str_eq(state_of(m), "in doubt");
	house.op.now += HOUSE_DAY;
	ck_assert_uint_eq(claim(ROOM), 0);
	ck_assert(bulletins_finish(&house.op, &did, &err) && !did);
	ck_assert(bulletin_settle_in_doubt(&house.op, "children", 1,
					   _i == 0 ? IN_DOUBT_SEND_AGAIN : IN_DOUBT_LEAVE,
					   &rows, &err));
	ck_assert_int_eq(rows, 1);
	ck_assert_uint_eq(claim(ROOM), _i == 0);
	ck_assert(bulletins_finish(&house.op, &did, &err) && did == (_i == 1));
}
END_TEST

/* 0 sent again, 1 left; 2 by nobody of the staff, 3 not in doubt, 4 not there. */
START_TEST(letter_in_doubt_is_settled_by_a_person)
{
	struct incoming_mail *m = one_mail(NOTIFICATION);
	const char *id = read_mail(m).message_id;
	int64_t row = m->id, staff = house.op.staff_id;
	enum err_kind want[] = {ERR_NONE, ERR_NONE, ERR_CONFLICT, ERR_CONFLICT,
				ERR_ABSENT};
	bool ok;

	house.settings->in_doubt = SETTINGS_DOUBT_HOLD;
	settle(m, _i == 3 ? SENT : UNSURE, "lost");
	house.op.staff_id = _i == 2 ? 0 : staff;
	ok = notification_settle_doubt(&house.op, _i == 4 ? 999 : row,
				       _i == 1 ? IN_DOUBT_LEAVE : IN_DOUBT_SEND_AGAIN,
				       &err);
	ck_assert_msg(ok == (want[_i] == ERR_NONE), "%s", err.text);
	if (!ok)
		ck_assert_int_eq(err.kind, want[_i]);
	ck_assert_uint_eq(claim(ROOM), _i == 0);
	if (_i == 0)
		ck_assert_str_eq(read_mail(&mails[0]).message_id, id);
	if (_i == 1) {
		ck_assert_str_eq(house_text("SELECT state FROM notification"), "skipped");
		ck_assert_int_eq(house_int("SELECT mail IS NULL FROM notification"), 1);
	}
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM audit WHERE event = 'doubt settled' "
			  "AND subject = 'notification' AND subject_id = %lld",
			  (long long)row),
		ok);
}
END_TEST

/* 0 all sent again, 1 all left, 2 of another kind, 3 of no kind, 4 by nobody of the staff. */
START_TEST(every_letter_in_doubt_is_settled_at_once)
{
	static const char *const kinds[] = {NULL, "confirm", "report-back", "confirms",
					    NULL};
	enum in_doubt how = _i == 1 ? IN_DOUBT_LEAVE : IN_DOUBT_SEND_AGAIN;
	int64_t settled = -1, many;

	house_joins("children", "one@example.net");
	house_joins("children", "two@example.net");
	house_do(
		"UPDATE notification SET state = 'in doubt', kind = 'confirm', doubt = 1");
	many = house_int("SELECT count(*) FROM notification");
	ck_assert_int_ge(many, 2);
	if (_i == 4)
		house.op.staff_id = 0;
	ck_assert(notification_settle_every_doubt(&house.op, kinds[_i], how, &settled,
						  &err) == (_i < 3));
	ck_assert_int_eq(settled, _i < 2 ? many : _i == 2 ? 0 : -1);
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification WHERE state = '%s'",
				   _i == 0   ? "deferred"
				   : _i == 1 ? "skipped"
					     : "in doubt"),
			 many);
	ck_assert_int_eq(house_int("SELECT count(*) FROM audit WHERE event = "
				   "'doubt settled' AND subject = 'notification'"),
			 _i < 2);
}
END_TEST

START_TEST(doubt_of_a_cancelled_update_can_only_be_left)
{
	struct incoming_mail *m = one_mail(DELIVERY);
	int64_t rows;

	ck_assert(bulletin_cancel(&house.op, "children", 1, &err));
	settle(m, UNSURE, "lost");
	ck_assert_str_eq(state_of(m), "in doubt");
	ck_assert(!bulletin_settle_in_doubt(&house.op, "children", 1, IN_DOUBT_SEND_AGAIN,
					    &rows, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert(bulletin_settle_in_doubt(&house.op, "children", 1, IN_DOUBT_LEAVE,
					   &rows, &err));
	ck_assert_int_eq(rows, 1);
	ck_assert_str_eq(state_of(m), "skipped");
}
END_TEST

START_TEST(who_left_or_changed_after_the_ledger_is_skipped)
{
	struct list list = house_list("children");

	(void)house_adds("children", "a@x.example", NULL);
	(void)house_adds("children", "b@x.example", NULL);
	(void)house_adds("children", "c@x.example", NULL);
	house_sends("children", house_drafts("children", "## N {neglect}\n\nx\n"));
	house_leaves("children", "a@x.example");
	house_do("UPDATE subscription SET state = 'paused' WHERE id = 2");
	ck_assert(subscriber_topics(&house.op, &list, "c@x.example", "data", &err));
	(void)claim(ROOM); /* the letter of leaving */
	ck_assert_msg(count == 1 && mails[0].kind == NOTIFICATION, "%zu mails, to %s",
		      count, mails[count - 1].recipient);
	ck_assert_str_eq(house_text("SELECT group_concat(state) FROM delivery"),
			 "skipped,skipped,skipped");
}
END_TEST

START_TEST(cancelling_reaches_what_is_under_way)
{
	struct incoming_mail *m = one_mail(DELIVERY);

	ck_assert(bulletin_cancel(&house.op, "children", 1, &err));
	ck_assert_str_eq(state_of(m), "sending");
	settle(m, _i ? DEFERRED : UNTOUCHED, "later");
	ck_assert_str_eq(state_of(m), "skipped");
}
END_TEST

START_TEST(pausing_keeps_the_rest_and_resuming_goes_on)
{
	for (int i = 0; i < 5; i++)
		(void)house_adds("children",
				 arena_printf(house.arena, "p%d@x.example", i), NULL);
	house_sends("children", house_drafts("children", NULL));
	ck_assert_uint_eq(claim(2), 2);
	ck_assert(bulletin_pause(&house.op, "children", 1, &err));
	settle(&mails[0], SENT, "250");
	settle(&mails[1], DEFERRED, "451");
	house.op.now += HOUSE_DAY;
	ck_assert_uint_eq(claim(ROOM), 0);
	ck_assert(bulletin_resume(&house.op, "children", 1, &err));
	ck_assert_uint_eq(claim(ROOM), 4);
}
END_TEST

START_TEST(header_has_what_lists_must_have)
{
	struct incoming_mail *m;
	struct mail_message read;
	char token[SECRET_TOKEN_LEN + 1];
	const char *verp, *unsubscribe;
	int64_t id;

	house_do("UPDATE list SET relay = 'other'");
	m = one_mail(DELIVERY);
	read = read_mail(m);
	verp = house_token(m->sender, "children+b-");
	ck_assert_ptr_nonnull(verp);
	ck_assert(secret_token_read(house.op.key, "bounce", verp, &id));
	ck_assert_int_eq(id, m->id);
	ck_assert(str_ends(m->sender, "@lists.example.org"));
	ck_assert_str_eq(relay_of(m), "other");
	ck_assert_str_eq(m->recipient, "a@x.example");
	ck_assert_str_eq(read.to.items[0].address, "a@x.example");
	secret_token(house.op.key, "leave", 1, token);
	unsubscribe = arena_printf(house.arena,
				   "<https://updates.example.org/leave/%s>, "
				   "<mailto:children+leave-%s@lists.example.org>",
				   token, token);
	{
		const struct {
			const char *name, *want;
		} fields[] = {
			{"From",
			 "Child Protection Policy Team <children@lists.example.org>"},
			{"Reply-To", "children@lists.example.org"},
			{"Subject", "News \xE2\x80\x93 No. 1"},
			{"List-Id",
			 "Child protection updates <children.lists.example.org>"},
			{"List-Unsubscribe", unsubscribe},
			{"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"},
			{"List-Help", "<mailto:children+help@lists.example.org>"},
			{"List-Subscribe", "<mailto:children+join@lists.example.org>"},
			{"List-Owner", "<mailto:team@example.org>"},
			{"List-Archive", "<https://updates.example.org/lists/children>"},
			{"List-Post", "NO"},
		};

		for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
			const char *got = mail_field_value(&read, fields[i].name);

			ck_assert_msg(got && strstr(got, fields[i].want),
				      "%s: got \"%s\", want \"%s\"", fields[i].name,
				      str_or(got, "(none)"), fields[i].want);
		}
	}
	ck_assert_ptr_nonnull(strstr(read.text, token));
	ck_assert_ptr_nonnull(strstr(read.html, token));
	ck_assert_ptr_null(strstr(read.html, "0mercat0token"));
}
END_TEST

START_TEST(each_gets_their_sections_and_tokens_of_their_own)
{
	static const struct {
		const char *topics;
		bool marigold, larkspur;
	} people[] = {{"all", true, true},
		      {"neglect", true, false},
		      {"hearings;data", false, true},
		      {"neglect;hearings", true, true}};
	const char *seen[ARRAY_LEN(people)] = {0};

	for (size_t i = 0; i < ARRAY_LEN(people); i++)
		(void)house_adds("children",
				 arena_printf(house.arena, "p%zu@x.example", i),
				 people[i].topics);
	house_sends("children", house_drafts("children", NULL));
	ck_assert_uint_eq(claim(ROOM), ARRAY_LEN(people));
	for (size_t i = 0; i < count; i++) {
		struct mail_message m = read_mail(&mails[i]);
		size_t who = (size_t)(mails[i].recipient[1] - '0');
		const char *links = mail_field_value(&m, "List-Unsubscribe");

		ck_assert_int_eq(strstr(m.text, "Marigold") != NULL,
				 people[who].marigold);
		ck_assert_int_eq(strstr(m.html, "Larkspur") != NULL,
				 people[who].larkspur);
		ck_assert(unit_says(m.text, "Perth"));
		for (size_t k = 0; k < i; k++)
			ck_assert_msg(!str_eq(seen[k], links), "two have the same token");
		seen[i] = links;
	}
}
END_TEST

START_TEST(content_changed_while_it_goes_out_stops_it)
{
	(void)house_adds("children", "a@x.example", NULL);
	house_sends("children", house_drafts("children", NULL));
	if (_i == 0)
		house_do("UPDATE bulletin SET source = replace(source, 'Perth', 'Hull')");
	else
		house_do("UPDATE bulletin SET source = 'nothing'");
	(void)house_adds("forum", "b@x.example", NULL);
	house_sends("forum", house_drafts("forum", "## A\n\nforum text\n"));
	ck_assert_uint_eq(claim(ROOM), 1);
	ck_assert_ptr_nonnull(strstr(read_mail(&mails[0]).text, "forum text"));
	ck_assert_str_eq(house_bulletin("children", 1), "on hold");
	ck_assert_str_eq(house_text("SELECT state FROM delivery WHERE bulletin_id = 1"),
			 "queued");
}
END_TEST

START_TEST(list_whose_relay_is_gone_waits_for_a_person)
{
	struct mail_message ask =
		house_mail("a@x.example", "children+help@lists.example.org", "", "");

	(void)house_adds("children", "a@x.example", NULL);
	house_sends("children", house_drafts("children", NULL));
	(void)house_comes(&ask);
	house_do("UPDATE list SET relay = 'gone' WHERE name = 'children'");
	(void)house_adds("forum", "b@x.example", NULL);
	house_sends("forum", house_drafts("forum", "## A\n\nforum text\n"));
	ck_assert_uint_eq(claim(ROOM), 1);
	ck_assert_str_eq(mails[0].recipient, "b@x.example");
	ck_assert_str_eq(house_bulletin("children", 1), "on hold");
	ck_assert_ptr_nonnull(strstr(
		house_text("SELECT hold_reason FROM bulletin WHERE id = 1"), "gone"));
	house_do("UPDATE list SET relay = 'other'");
	house.op.now += 60; /* a letter needs nobody */
	ck_assert_uint_eq(claim(ROOM), 1);
	ck_assert_int_eq(mails[0].kind, NOTIFICATION);
	ck_assert_str_eq(relay_of(&mails[0]), "other");
	ck_assert(bulletin_resume(&house.op, "children", 1, &err));
	ck_assert_uint_eq(claim(ROOM), 1);
	ck_assert_str_eq(relay_of(&mails[0]), "other");
}
END_TEST

START_TEST(limit_puts_rows_off_and_none_is_lost)
{
	int64_t tries;

	rate_limit_free(&rate_limit);
	house.settings->domain_per_minute = 60;
	rate_limit = rate_limit_new(house.settings);
	for (int i = 0; i < 10; i++)
		(void)house_adds("children",
				 arena_printf(house.arena, "p%d@x.example", i), NULL);
	house_sends("children", house_drafts("children", NULL));
	ck_assert_uint_lt(claim(ROOM), 10);
	ck_assert_uint_gt(count, 0);
	tries = house_int("SELECT count(*) FROM delivery WHERE state = 'sending'");
	ck_assert_int_eq(tries, (int64_t)count);
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery WHERE state = 'queued' "
				   "AND attempts = 0 AND due_at > %" PRId64,
				   house.op.now),
			 10 - tries);
	ck_assert_int_eq(
		house_int("SELECT max(due_at) FROM delivery") <= house.op.now + 15, 1);
}
END_TEST

START_TEST(many_updates_at_once_keep_their_relay)
{
	house_do("UPDATE list SET relay = 'other'");
	for (int i = 0; i < 9; i++) {
		if (!i)
			(void)house_adds("children", "a@x.example", NULL);
		house_sends("children", house_drafts("children", NULL));
	}
	ck_assert_uint_eq(claim(ROOM), 9);
	for (size_t i = 0; i < count; i++)
		ck_assert_str_eq(relay_of(&mails[i]), "other");
}
END_TEST

START_TEST(more_variants_than_are_kept)
{
	AUTO(buf) text = buf_new(1 << 16);
	AUTO(buf) topics = buf_new(1 << 12);
	struct list_new list = {
		.name = "many", .title = "Many", .address = "many@lists.example.org"};
	struct bulletin b;
	int64_t audience;
	size_t got = 0;
	bool did = true;

	for (int i = 0; i < 12; i++)
		buf_printf(topics, "%st%d", i ? "," : "", i);
	list.topics = buf_text(topics);
	ck_assert_msg(list_add(&house.op, &list, &err), "%s", err.text);
	buf_printf(text, "---\nlist: many\ntitle: Many\ntopics: %s\n---\n",
		   buf_text(topics));
	for (int i = 0; i < 12; i++)
		buf_printf(text, "## S%d {t%d}\n\nword%dword\n\n", i, i, i);
	house_do(
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900) "
		"INSERT INTO person (id, address, address_key, created_at) "
		"SELECT i, 'p' || i || '@x.example', 'p' || i || '@x.example', 1 FROM n");
	house_do(
		"INSERT INTO subscription (list_id, person_id, state, active_since, changed_at, "
		"topics, all_topics) SELECT 3, id, 'active', 1, 1, id, 0 FROM person");
	ck_assert_msg(bulletin_draft(&house.op, house.arena,
				     &(struct bulletin_file){.name = "m.md",
							     .text = buf_text(text),
							     .len = text->len},
				     &b, &err),
		      "%s", err.text);
	house_become("olga");
	ck_assert(bulletin_approve(&house.op, "many", 1, &audience, &err));
	ck_assert_int_eq(audience, 900);
	ck_assert(bulletin_send(&house.op, "many", 1, &err));
	while (did)
		ck_assert(bulletins_fill(&house.op, &did, &err));
	while (claim(ROOM)) {
		for (size_t i = 0; i < count; i++) {
			struct mail_message m = read_mail(&mails[i]);
			int64_t mask =
				house_int("SELECT id FROM person WHERE address = '%s'",
					  mails[i].recipient);

			for (int bit = 0; bit < 12; bit++)
				ck_assert_int_eq(
					strstr(m.text, arena_printf(house.arena,
								    "word%dword", bit)) !=
						NULL,
					(mask >> bit) & 1);
		}
		got += count;
	}
	ck_assert_uint_eq(got, 900);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("op outgoing");
	TCase *t = tcase_create("outgoing");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, open_all, close_all);
	tcase_add_test(t, letters_go_before_updates);
	tcase_add_loop_test(t, fate_of_a_mail_is_written_down, 0,
			    2 * (int)ARRAY_LEN(fates));
	tcase_add_loop_test(t, waits_double_up_to_the_most_and_end, 0, 2);
	tcase_add_loop_test(t, row_in_doubt_is_sent_again_once_with_the_same_id, 0, 4);
	tcase_add_test(t, recovering_a_healthy_store_finds_nothing);
	tcase_add_loop_test(t, row_in_doubt_is_held_when_set_so, 0, 2);
	tcase_add_loop_test(t, letter_in_doubt_is_settled_by_a_person, 0, 5);
	tcase_add_test(t, doubt_of_a_cancelled_update_can_only_be_left);
	tcase_add_test(t, who_left_or_changed_after_the_ledger_is_skipped);
	tcase_add_loop_test(t, cancelling_reaches_what_is_under_way, 0, 2);
	tcase_add_test(t, pausing_keeps_the_rest_and_resuming_goes_on);
	tcase_add_test(t, header_has_what_lists_must_have);
	tcase_add_test(t, each_gets_their_sections_and_tokens_of_their_own);
	tcase_add_loop_test(t, content_changed_while_it_goes_out_stops_it, 0, 2);
	tcase_add_test(t, list_whose_relay_is_gone_waits_for_a_person);
	tcase_add_test(t, limit_puts_rows_off_and_none_is_lost);
	tcase_add_loop_test(t, every_letter_in_doubt_is_settled_at_once, 0, 5);
	tcase_add_test(t, many_updates_at_once_keep_their_relay);
	tcase_add_test(t, more_variants_than_are_kept);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
