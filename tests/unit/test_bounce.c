#include "tests/unit/domain_house.h"

#include "domain/core/audit.h"
#include "domain/core/bounce_words.h"
#include "domain/delivery/bounce.h"
#include "domain/imports/subscriber_import.h"
#include "domain/delivery/outgoing.h"
#include "domain/subscribers/subscribe.h"
#include "domain/subscribers/suppress.h"
#include "base/str.h"

#include <inttypes.h>
#include <sqlite3.h>

#define L "@lists.example.org"
#define ANNA "anna@x.example"

static struct err err;

static void tend(void)
{
	bool did = true;

	while (did)
		ck_assert_msg(bounces_tend(&house.op, &did, &err), "%s", err.text);
}

/* One update to everybody on the list; its number. */
static int64_t update(house_relay_fn *relay)
{
	int64_t number = house_drafts("children", NULL);
	bool did;

	house_sends("children", number);
	house_become(NULL);
	while (house_delivers(relay, HOUSE_MAILS))
		;
	ck_assert_msg(bulletins_finish(&house.op, &did, &err), "%s", err.text);
	return number;
}

static int64_t delivery_of(const char *address)
{
	return house_int(
		"SELECT max(d.id) FROM delivery d JOIN subscription s "
		"ON s.id = d.subscription_id JOIN person p ON p.id = s.person_id "
		"WHERE p.address = '%s'",
		address);
}

/* A bounce mail that comes to a tag. */
static int64_t comes_to(const char *tag, const struct mail_failed_recipient *f,
			enum mail_kind kind)
{
	struct mail_failed_recipient failed[1] = {{0}};
	struct mail_message m = house_mail(
		"MAILER-DAEMON@x.example",
		arena_printf(house.arena, "children+b-%s" L, tag), "Undelivered", "x");

	m.kind = kind;
	m.return_path = "";
	if (f) {
		failed[0] = *f;
		m.failed = failed;
		m.failed_count = 1;
	}
	return house_comes(&m);
}

static const char *tag_of(const char *purpose, int64_t id)
{
	char token[SECRET_TOKEN_LEN + 1];

	secret_token(house.op.key, purpose, id, token);
	return arena_strdup(house.arena, token);
}

static const struct mail_failed_recipient gone = {.action = "failed",
						  .status = "5.1.1",
						  .verdict = MAIL_PERMANENT,
						  .reason = MAIL_REASON_NO_SUCH_ADDRESS,
						  .diagnostic =
							  "550 5.1.1 no such person"};
static const struct mail_failed_recipient full = {.action = "failed",
						  .status = "5.2.2",
						  .verdict = MAIL_PERMANENT,
						  .reason = MAIL_REASON_MAILBOX_FULL};

static void comes_back(const char *address, const struct mail_failed_recipient *f)
{
	(void)comes_to(tag_of("bounce", delivery_of(address)), f, MAIL_BOUNCE);
}

static int64_t points(const char *address)
{
	return house_int(
		"SELECT c.points FROM bounce_score c JOIN subscription s "
		"ON s.id = c.subscription_id JOIN person p ON p.id = s.person_id "
		"WHERE p.address = '%s'",
		address);
}

static const char *last_effect(void)
{
	return house_text("SELECT effect FROM bounce ORDER BY id DESC LIMIT 1");
}

static void days_pass(int days)
{
	house.op.now += days * (int64_t)HOUSE_DAY;
}

/* As many days, each with an update that comes back, as it takes to be asked. */
static void bounces_until_probed(const char *address)
{
	for (int64_t i = 0; i < house.settings->bounce_points; i++) {
		days_pass(1);
		(void)update(NULL);
		comes_back(address, &gone);
	}
	ck_assert_int_eq(points(address), house.settings->bounce_points);
	tend();
	ck_assert_int_eq(house_notifications("probe", address), 1);
	ck_assert_str_eq(house_state("children", address), "active");
}

static int64_t probe(void)
{
	return house_int("SELECT max(id) FROM probe");
}

static const char *probe_state(void)
{
	return house_text("SELECT state FROM probe ORDER BY id DESC LIMIT 1");
}

static const struct {
	const char *name;
	struct mail_failed_recipient f;
	enum mail_kind kind;
	const char *effect;
} weights[] = {
#define F(a, s, v, r)                                                       \
	{                                                                   \
		.action = (a), .status = (s), .verdict = (v), .reason = (r) \
	}
#define FOR(r) F("failed", "5.0.0", MAIL_PERMANENT, r)
	{"gone", F("failed", "5.1.1", MAIL_PERMANENT, MAIL_REASON_NO_SUCH_ADDRESS),
	 MAIL_BOUNCE, "score"},
	{"no domain", FOR(MAIL_REASON_NO_SUCH_DOMAIN), MAIL_BOUNCE, "score"},
	{"moved", FOR(MAIL_REASON_MOVED), MAIL_BOUNCE, "score"},
	{"Action before the code",
	 F("failed", "4.1.1", MAIL_TRANSIENT, MAIL_REASON_NO_SUCH_ADDRESS), MAIL_BOUNCE,
	 "score"},
	{"capitals", F("Failed", "5.1.1", MAIL_PERMANENT, MAIL_REASON_NO_SUCH_ADDRESS),
	 MAIL_BOUNCE, "score"},
	{"delayed, whatever the code",
	 F("delayed", "5.1.1", MAIL_PERMANENT, MAIL_REASON_NO_SUCH_ADDRESS), MAIL_BOUNCE,
	 "notice"},
	{"delivered",
	 F("delivered", "2.0.0", MAIL_PERMANENT, MAIL_REASON_NO_SUCH_ADDRESS),
	 MAIL_BOUNCE, "notice"},
	{"relayed", F("relayed", "5.1.1", MAIL_PERMANENT, MAIL_REASON_NO_SUCH_ADDRESS),
	 MAIL_BOUNCE, "notice"},
	{"a delay's mail",
	 F("failed", "5.1.1", MAIL_PERMANENT, MAIL_REASON_NO_SUCH_ADDRESS), MAIL_DELAY,
	 "notice"},
	{"a receipt", F("failed", "5.1.1", MAIL_PERMANENT, MAIL_REASON_NO_SUCH_ADDRESS),
	 MAIL_DELIVERED, "notice"},
	{"no Action, for good",
	 F(NULL, NULL, MAIL_PERMANENT, MAIL_REASON_NO_SUCH_ADDRESS), MAIL_BOUNCE,
	 "score"},
	{"no Action, for now",
	 F(NULL, "4.1.1", MAIL_TRANSIENT, MAIL_REASON_NO_SUCH_ADDRESS), MAIL_BOUNCE,
	 "notice"},
	{"no Action, unknown", F(NULL, NULL, MAIL_UNKNOWN, MAIL_REASON_NO_SUCH_ADDRESS),
	 MAIL_BOUNCE, "notice"},
	{"full", FOR(MAIL_REASON_MAILBOX_FULL), MAIL_BOUNCE, "kept"},
	{"disabled", FOR(MAIL_REASON_DISABLED), MAIL_BOUNCE, "kept"},
	{"policy", FOR(MAIL_REASON_POLICY), MAIL_BOUNCE, "kept"},
	{"content", FOR(MAIL_REASON_CONTENT), MAIL_BOUNCE, "kept"},
	{"authentication", FOR(MAIL_REASON_AUTHENTICATION), MAIL_BOUNCE, "kept"},
	{"too large", FOR(MAIL_REASON_TOO_LARGE), MAIL_BOUNCE, "kept"},
	{"rate", FOR(MAIL_REASON_RATE), MAIL_BOUNCE, "kept"},
	{"network", FOR(MAIL_REASON_NETWORK), MAIL_BOUNCE, "kept"},
	{"expired", FOR(MAIL_REASON_EXPIRED), MAIL_BOUNCE, "kept"},
	{"other", FOR(MAIL_REASON_OTHER), MAIL_BOUNCE, "kept"},
	{"no reason", FOR(MAIL_REASON_UNKNOWN), MAIL_BOUNCE, "kept"},
	{"5.7 whatever the words",
	 F("failed", "5.7.1", MAIL_PERMANENT, MAIL_REASON_NO_SUCH_ADDRESS), MAIL_BOUNCE,
	 "kept"},
	{"a member behind the address",
	 {.action = "failed",
	  .status = "5.1.1",
	  .reason = MAIL_REASON_NO_SUCH_ADDRESS,
	  .address = "bob@x.example",
	  .original = ANNA},
	 MAIL_BOUNCE,
	 "elsewhere"},
	{"the domain renamed",
	 {.action = "failed",
	  .status = "5.1.1",
	  .reason = MAIL_REASON_NO_SUCH_ADDRESS,
	  .address = "Anna@mail.x.example"},
	 MAIL_BOUNCE,
	 "score"},
	{"its own address",
	 {.action = "failed",
	  .status = "5.1.1",
	  .reason = MAIL_REASON_NO_SUCH_ADDRESS,
	  .address = "ANNA@X.example"},
	 MAIL_BOUNCE,
	 "score"},
};

START_TEST(bounce_counts_for_the_address_sake_alone)
{
	bool counts = str_eq(weights[_i].effect, "score");

	(void)house_adds("children", ANNA, NULL);
	(void)update(NULL);
	(void)comes_to(tag_of("bounce", delivery_of(ANNA)), &weights[_i].f,
		       weights[_i].kind);
	ck_assert_msg(str_eq(last_effect(), weights[_i].effect), "%s: got %s, want %s",
		      weights[_i].name, last_effect(), weights[_i].effect);
	ck_assert_int_eq(points(ANNA), counts);
	ck_assert_int_eq(house_int("SELECT count(*) FROM audit WHERE event = 'bounce "
				   "counted'"),
			 counts);
	ck_assert_str_eq(house_state("children", ANNA), "active");
}
END_TEST

START_TEST(bounce_that_names_nobody_is_kept)
{
	(void)house_adds("children", ANNA, NULL);
	(void)update(NULL);
	(void)comes_to(tag_of("bounce", delivery_of(ANNA)), NULL, MAIL_BOUNCE);
	ck_assert_str_eq(last_effect(), "notice");
	ck_assert_int_eq(house_int("SELECT count(*) FROM bounce WHERE subscription_id = "
				   "1"),
			 1);
}
END_TEST

START_TEST(long_words_are_cut_at_a_letter)
{
	struct mail_failed_recipient f = gone;
	char words[3000];

	for (size_t i = 0; i + 2 < sizeof(words); i += 2) {
		words[i] = (char)0xC3;
		words[i + 1] = (char)0xA9;
	}
	words[2998] = '\0';
	f.diagnostic = words;
	(void)house_adds("children", ANNA, NULL);
	(void)update(NULL);
	comes_back(ANNA, &f);
	ck_assert_int_eq(house_int("SELECT length(diagnostic) FROM bounce"), 499);
	ck_assert(str_utf8_valid(house_text("SELECT diagnostic FROM bounce"), 998));
}
END_TEST

/* Each character of a right tag, turned into each other one; how many that were. */
static int64_t flip_every_character(const char *right)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	struct mail_failed_recipient failed = gone;
	struct mail_message m = {
		.kind = MAIL_BOUNCE, .failed = &failed, .failed_count = 1};
	int64_t mail = comes_to("x", &gone, MAIL_BOUNCE), tried = 1;
	AUTO(store_txn) t = store_begin(house.op.store, &err);
	const char *why;

	for (size_t i = 0; right[i]; i++)
		for (const char *c = letters; *c; c++) {
			char *forged = arena_strdup(house.arena, right);

			if (forged[i] == *c)
				continue;
			forged[i] = *c;
			ck_assert(bounce_mail(&house.op, house.arena,
					      &(struct bounced_mail){.inbound_id = mail,
								     .token = forged,
								     .m = &m},
					      &why, &err));
			ck_assert_str_eq(why,
					 "carries no tag of ours: kept, nothing changed");
			tried++;
		}
	ck_assert(store_commit(&t, &err));
	return tried;
}

START_TEST(forged_tag_changes_nothing)
{
	unsigned char other_key[SECRET_KEY_BYTES] = {7};
	char foreign[SECRET_TOKEN_LEN + 1];
	int64_t tried, audited;

	(void)house_adds("children", ANNA, NULL);
	(void)update(NULL);
	audited = house_int("SELECT count(*) FROM audit");
	tried = flip_every_character(tag_of("bounce", delivery_of(ANNA)));
	ck_assert_int_eq(tried, 1 + SECRET_TOKEN_LEN * 31);
	secret_token(other_key, "bounce", delivery_of(ANNA), foreign);
	(void)comes_to(foreign, &gone, MAIL_BOUNCE);
	(void)comes_to(tag_of("message", delivery_of(ANNA)), &gone, MAIL_BOUNCE);
	(void)comes_to(tag_of("leave", 1), &gone, MAIL_BOUNCE);
	(void)comes_to(tag_of("bounce", 4711), &gone, MAIL_BOUNCE);
	(void)comes_to(tag_of("probe", 1), &gone, MAIL_BOUNCE);
	(void)comes_to("", &gone, MAIL_BOUNCE);
	tried += 6;
	ck_assert_int_eq(house_int("SELECT count(*) FROM bounce WHERE effect = 'foreign' "
				   "AND subscription_id IS NULL AND delivery_id IS NULL"),
			 tried);
	ck_assert_int_eq(house_int("SELECT count(*) FROM bounce_score"), 0);
	ck_assert_int_eq(house_int("SELECT count(*) FROM audit"), audited);
	ck_assert_str_eq(house_state("children", ANNA), "active");
}
END_TEST

START_TEST(one_point_a_day_and_one_a_mail)
{
	(void)house_adds("children", ANNA, NULL);
	(void)update(NULL);
	comes_back(ANNA, &gone);
	(void)update(NULL);
	comes_back(ANNA, &gone);
	ck_assert_str_eq(last_effect(), "same day");
	ck_assert_int_eq(points(ANNA), 1);
	days_pass(1);
	(void)update(NULL);
	comes_back(ANNA, &gone);
	ck_assert_int_eq(points(ANNA), 2);
	days_pass(1);
	comes_back(ANNA, &gone); /* some systems say it every day */
	ck_assert_str_eq(last_effect(), "again");
	ck_assert_int_eq(points(ANNA), 2);
}
END_TEST

START_TEST(day_is_of_the_settings_zone)
{
	enum { SUMMER_22_30 = 1780353000 }; /* 1 June 2026, 23:30 in London */

	house.op.now = SUMMER_22_30;
	(void)house_adds("children", ANNA, NULL);
	(void)update(NULL);
	comes_back(ANNA, &gone);
	house.op.now += 3600; /* the same day in UTC, the next one in London */
	(void)update(NULL);
	comes_back(ANNA, &gone);
	ck_assert_int_eq(points(ANNA), 2);
	ck_assert_str_eq(house_text("SELECT first_day || ' ' || day FROM bounce_score"),
			 "2026-06-01 2026-06-02");
}
END_TEST

START_TEST(mail_that_got_through_wipes_earlier_points)
{
	(void)house_adds("children", ANNA, NULL);
	for (int i = 0; i < 3; i++) {
		(void)update(NULL);
		comes_back(ANNA, &gone);
		days_pass(1);
	}
	(void)update(NULL); /* gets through, but who knows yet */
	days_pass(6);
	tend();
	ck_assert_int_eq(points(ANNA), 3);
	days_pass(1);
	tend();
	ck_assert_int_eq(points(ANNA), 0);
	ck_assert_int_eq(house_int("SELECT count(*) FROM audit WHERE event = 'bounces "
				   "forgotten'"),
			 1);
	/* One more of the old mails comes back now. */
	(void)comes_to(tag_of("bounce", 1), &gone, MAIL_BOUNCE);
	ck_assert_int_eq(points(ANNA), 0);
	ck_assert_str_eq(last_effect(), "old");
}
END_TEST

START_TEST(mail_that_came_back_for_another_reason_proves_nothing)
{
	(void)house_adds("children", ANNA, NULL);
	(void)update(NULL);
	comes_back(ANNA, &gone);
	days_pass(1);
	(void)update(NULL);
	comes_back(ANNA, &full);
	days_pass(10);
	tend();
	ck_assert_int_eq(points(ANNA), 1);
}
END_TEST

START_TEST(quiet_without_a_mail_proves_nothing)
{
	(void)house_adds("children", ANNA, NULL);
	for (int i = 0; i < 4; i++) { /* a monthly update, each of which comes back */
		(void)update(NULL);
		comes_back(ANNA, &gone);
		days_pass(30);
		tend();
	}
	ck_assert_int_eq(points(ANNA), 4);
}
END_TEST

START_TEST(silent_probe_means_alive)
{
	struct mail_message letter;
	const char *tag;

	(void)house_adds("children", ANNA, NULL);
	bounces_until_probed(ANNA);
	letter = house_notification("probe");
	ck_assert_str_eq(letter.to.items[0].address, ANNA);
	ck_assert(unit_says(letter.text, "need do nothing"));
	tag = house_token(
		house_text("SELECT sender FROM notification WHERE kind = 'probe'"),
		"children+b-");
	ck_assert_str_eq(tag, tag_of("probe", probe()));
	/* Not sent yet: nothing can be heard of it. */
	days_pass(2);
	tend();
	ck_assert_str_eq(probe_state(), "open");
	ck_assert_uint_eq(house_delivers(NULL, HOUSE_MAILS), 1);
	house.op.now += house.settings->probe_wait_s - 1;
	tend();
	ck_assert_str_eq(probe_state(), "open");
	/* What comes back meanwhile changes nothing. */
	comes_back(ANNA, &gone);
	ck_assert_str_eq(last_effect(), "waiting");
	house.op.now++;
	tend();
	ck_assert_str_eq(probe_state(), "alive");
	ck_assert_int_eq(points(ANNA), 0);
	ck_assert_str_eq(house_state("children", ANNA), "active");
	/* The probe comes back after all: a point like any other. */
	days_pass(1);
	(void)comes_to(tag, &gone, MAIL_BOUNCE);
	ck_assert_str_eq(last_effect(), "score");
	ck_assert_int_eq(points(ANNA), 1);
}
END_TEST

static void is_stopped(const char *address)
{
	ck_assert_str_eq(house_state("children", address), "bouncing");
	ck_assert_str_eq(probe_state(), "dead");
	ck_assert_str_eq(
		house_text("SELECT event || ' ' || how FROM evidence ORDER BY id DESC"),
		"bouncing bounce");
	ck_assert_ptr_nonnull(
		strstr(house_text("SELECT basis FROM evidence ORDER BY id DESC"),
		       "on 5 days from 2026-03-03 to 2026-03-07"));
	ck_assert_ptr_null(
		strchr(house_text("SELECT basis FROM evidence ORDER BY id DESC"), '@'));
	ck_assert_int_eq(house_int("SELECT count(*) FROM audit WHERE event = 'bouncing'"),
			 1);
	ck_assert_int_eq(points(address), 0);
}

START_TEST(dead_probe_stops)
{
	(void)house_adds("children", ANNA, NULL);
	(void)house_adds("children", "bob@x.example", NULL);
	bounces_until_probed(ANNA);
	ck_assert_uint_eq(house_delivers(NULL, HOUSE_MAILS), 1);
	(void)comes_to(tag_of("probe", probe()), &gone, MAIL_BOUNCE);
	is_stopped(ANNA);
	(void)comes_to(tag_of("probe", probe()), &gone, MAIL_BOUNCE);
	ck_assert_str_eq(last_effect(), "moot");
	days_pass(1);
	(void)update(NULL);
	ck_assert_int_eq(house_int("SELECT count(*) FROM delivery WHERE bulletin_id = 6"),
			 1);
	/* They may come back by themselves, and begin anew. */
	days_pass(1);
	(void)house_joins("children", ANNA);
	(void)comes_to(tag_of("bounce", 1), &gone, MAIL_BOUNCE);
	ck_assert_str_eq(last_effect(), "old");
	(void)update(NULL);
	comes_back(ANNA, &gone);
	ck_assert_int_eq(points(ANNA), 1);
}
END_TEST

static const char *says_gone(const struct incoming_mail *mail)
{
	return str_eq(mail->recipient, ANNA) ? "550 5.1.1 no such person" : NULL;
}

static const char *says_full(const struct incoming_mail *mail)
{
	return str_eq(mail->recipient, ANNA) ? "552 5.2.2 mailbox full" : NULL;
}

static const char *says_later(const struct incoming_mail *mail)
{
	return str_eq(mail->recipient, ANNA) ? "450 4.2.1 later" : NULL;
}

START_TEST(refused_probe_stops)
{
	(void)house_adds("children", ANNA, NULL);
	for (int i = 0; i < 5; i++) {
		days_pass(1);
		(void)update(says_gone);
	}
	ck_assert_int_eq(points(ANNA), 5);
	tend();
	ck_assert_uint_eq(house_delivers(says_gone, HOUSE_MAILS), 1);
	is_stopped(ANNA);
}
END_TEST

START_TEST(probe_that_fails_otherwise_decides_nothing)
{
	(void)house_adds("children", ANNA, NULL);
	bounces_until_probed(ANNA);
	if (_i == 0) {
		ck_assert_uint_eq(house_delivers(says_full, HOUSE_MAILS), 1);
	} else if (_i == 1) {
		ck_assert_uint_eq(house_delivers(NULL, HOUSE_MAILS), 1);
		(void)comes_to(tag_of("probe", probe()), &full, MAIL_BOUNCE);
	} else { /* never got rid of at all */
		ck_assert_uint_eq(house_delivers(says_later, HOUSE_MAILS), 1);
		days_pass(4);
		while (house_delivers(says_later, HOUSE_MAILS))
			days_pass(1);
		tend();
	}
	ck_assert_str_eq(probe_state(), "unclear");
	ck_assert_str_eq(house_state("children", ANNA), "active");
	ck_assert_int_eq(points(ANNA), 4);
	/* The next bounce asks again. */
	days_pass(1);
	(void)update(says_gone);
	tend();
	ck_assert_int_eq(house_notifications("probe", ANNA), 2);
}
END_TEST

START_TEST(notice_about_a_probe_changes_nothing)
{
	(void)house_adds("children", ANNA, NULL);
	bounces_until_probed(ANNA);
	ck_assert_uint_eq(house_delivers(NULL, HOUSE_MAILS), 1);
	(void)comes_to(tag_of("probe", probe()), &gone, MAIL_DELAY);
	ck_assert_str_eq(probe_state(), "open");
	ck_assert_str_eq(last_effect(), "notice");
}
END_TEST

START_TEST(probe_of_one_who_left_is_dropped)
{
	bool left;

	(void)house_adds("children", ANNA, NULL);
	bounces_until_probed(ANNA);
	ck_assert(unsubscribe(&house.op, 1, &(struct unsubscribe_how){.how = "page"},
			      &left, &err) &&
		  left);
	house.op.now += 60;
	tend();
	ck_assert_str_eq(probe_state(), "dropped");
	/* The farewell, and the probe. */
	ck_assert_uint_eq(house_delivers(NULL, HOUSE_MAILS), 2);
	(void)comes_to(tag_of("probe", probe()), &gone, MAIL_BOUNCE);
	ck_assert_str_eq(house_state("children", ANNA), "unsubscribed");
}
END_TEST

static const struct {
	const char *name, *reply;
	const char *effect; /* NULL: no row */
} refusals[] = {
	{"gone", "550 5.1.1 <anna@x.example>: no such person", "score"},
	{"gone without a status", "550 no such user here", "score"},
	{"full", "552 5.2.2 mailbox full", "kept"},
	{"policy", "550 5.7.1 rejected by policy", "kept"},
	{"content", "554 5.7.1 message looks like spam", "kept"},
	{"login", "550 5.7.515 access denied, sender not authenticated", "kept"},
	{"unknown user, under 5.7", "550 5.7.1 user unknown", "kept"},
	{"sender's domain", "553 5.1.8 sender address rejected: domain not found",
	 "kept"},
	{"for now", "450 4.1.1 no such user yet", NULL},
	{"no server's words", "no such user", NULL},
};

START_TEST(refusal_goes_the_same_way)
{
	struct outgoing *o = outgoing_new(&house.op);
	struct incoming_mail mail = {0};

	(void)house_adds("children", ANNA, NULL);
	house_sends("children", house_drafts("children", NULL));
	ck_assert_uint_eq(house_claims(o, &mail, 1), 1);
	buf_clear(&mail.bytes);
	for (int i = 0; i < 2; i++) /* settling twice changes nothing */
		ck_assert_msg(
			house_settles(o, &mail,
				      refusals[_i].reply[0] == '4' ? DEFERRED : REFUSED,
				      refusals[_i].reply, 0, &err),
			"%s", err.text);
	outgoing_free(&o);
	ck_assert_int_eq(house_int("SELECT count(*) FROM bounce"),
			 refusals[_i].effect ? 1 : 0);
	if (refusals[_i].effect)
		ck_assert_msg(str_eq(last_effect(), refusals[_i].effect),
			      "%s: got %s, want %s (%s)", refusals[_i].name,
			      last_effect(), refusals[_i].effect,
			      house_text("SELECT reason FROM bounce"));
	ck_assert_int_eq(points(ANNA), str_eq(refusals[_i].effect, "score"));
}
END_TEST

/* The store takes each name that the program has, and no other. */
START_TEST(reasons_and_effects_are_those_of_the_store)
{
	AUTO(store_txn) t = NULL;
	int64_t subscription, mail;

	(void)house_adds("children", ANNA, NULL);
	(void)update(NULL);
	comes_back(ANNA, &gone);
	subscription = house_int("SELECT max(subscription_id) FROM bounce");
	mail = house_int("SELECT max(inbound_id) FROM bounce");
	t = store_begin(house.op.store, &err);
	for (int reason = 0; reason < MAIL_REASONS; reason++)
		for (int effect = BOUNCE_NOT_WEIGHED + 1; effect < BOUNCE_EFFECTS;
		     effect++)
			ck_assert_msg(
				store_run(house.op.store, &err, SQL_BOUNCE_ADD,
					  "itizzittttttti", (int64_t)1, "mail", mail,
					  (int64_t)0, (int64_t)0, subscription, NULL,
					  NULL, NULL, "unknown",
					  mail_reason_name((enum mail_reason)reason),
					  NULL,
					  bounce_effect_name((enum bounce_effect)effect),
					  (int64_t)0),
				"%d %d: %s", reason, effect, err.text);
	ck_assert(store_commit(&t, &err));
	ck_assert_int_eq(house_int("SELECT count(DISTINCT reason) FROM bounce"),
			 MAIL_REASONS);
	ck_assert_int_eq(house_int("SELECT count(DISTINCT effect) FROM bounce"),
			 BOUNCE_EFFECTS - 1);
	for (int reason = 0; reason < MAIL_REASONS; reason++) {
		const char *name = mail_reason_name((enum mail_reason)reason);

		ck_assert_int_eq(mail_reason_named(name), reason);
		ck_assert(!str_empty(bounce_reason_words((enum mail_reason)reason)));
	}
	for (int effect = 1; effect < BOUNCE_EFFECTS; effect++) {
		const char *name = bounce_effect_name((enum bounce_effect)effect);

		ck_assert_int_eq(bounce_effect_named(name), effect);
		ck_assert(!str_empty(bounce_effect_words((enum bounce_effect)effect)));
	}
	ck_assert_int_eq(mail_reason_named("no such thing"), MAIL_REASON_UNKNOWN);
	ck_assert_int_eq(mail_reason_named(NULL), MAIL_REASON_UNKNOWN);
	ck_assert_int_eq(bounce_effect_named("no such thing"), BOUNCE_NOT_WEIGHED);
}
END_TEST

/* A report gives no reason, and nothing else is without one. */
START_TEST(row_of_a_bounce_names_what_the_schema_knows)
{
	static const struct {
		const char *source, *reason, *effect;
	} rows[] = {{"mail", NULL, "kept"},
		    {"mail", "gone away", "kept"},
		    {"report", "policy", "unsubscribed"},
		    {"mail", "policy", "stopped for good"}};

	(void)house_adds("children", ANNA, NULL);
	(void)update(NULL);
	comes_back(ANNA, &gone);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err why = {0};

		ck_assert_msg(
			!store_run(house.op.store, &why, SQL_BOUNCE_ADD, "itizzittttttti",
				   (int64_t)1, rows[i].source,
				   house_int("SELECT max(inbound_id) FROM bounce"),
				   (int64_t)0, (int64_t)0,
				   house_int("SELECT max(subscription_id) FROM bounce"),
				   NULL, NULL, NULL, "unknown", rows[i].reason, NULL,
				   rows[i].effect, (int64_t)0),
			"%s %s %s was taken", rows[i].source,
			str_or(rows[i].reason, "NULL"), rows[i].effect);
	}
}
END_TEST

/* Thirty days with an update a day. */
START_TEST(month_of_updates)
{
	static const char *const people[] = {"dead@x.example", "full@x.example",
					     "flaky@x.example", "well@x.example",
					     "ill@x.example"};
	int stopped_on = 0;
	char head[SECRET_SHA256_HEX];
	int64_t rows;

	for (size_t i = 0; i < ARRAY_LEN(people); i++)
		(void)house_adds("children", people[i], NULL);
	for (int day = 1; day <= 30; day++) {
		days_pass(1);
		(void)update(NULL);
		if (!stopped_on)
			comes_back("dead@x.example", &gone);
		comes_back("full@x.example", &full);
		if (day % 3 == 0)
			comes_back("flaky@x.example", &gone);
		if (day <= 6) /* an outage that says the address is gone */
			comes_back("ill@x.example", &gone);
		tend();
		(void)house_delivers(NULL, HOUSE_MAILS);
		house.op.now += 3600;
		if (house_notifications("probe", "dead@x.example") && !stopped_on) {
			(void)comes_to(
				tag_of("probe", house_int("SELECT id FROM probe "
							  "WHERE subscription_id = 1")),
				&gone, MAIL_BOUNCE);
			stopped_on = day;
		}
		house.op.now += 20 * 3600;
		tend();
		house.op.now -= 21 * 3600;
	}
	ck_assert_int_eq(stopped_on, 5);
	ck_assert_str_eq(house_state("children", people[0]), "bouncing");
	for (size_t i = 1; i < ARRAY_LEN(people); i++)
		ck_assert_msg(str_eq(house_state("children", people[i]), "active"), "%s",
			      people[i]);
	ck_assert_int_eq(house_notifications("probe", "full@x.example"), 0);
	ck_assert_int_eq(house_notifications("probe", "flaky@x.example"), 0);
	ck_assert_int_eq(house_notifications("probe", "ill@x.example"), 1);
	ck_assert_int_eq(points("ill@x.example"), 0);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM delivery WHERE subscription_id = "
			  "1 AND state <> 'skipped'"),
		5);
	ck_assert_msg(audit_verify(&house.op, &rows, head, &err), "%s", err.text);
}
END_TEST

static int64_t complains(const char *type, const char *message_id, const char *from)
{
	struct mail_message m =
		house_mail("fbl@provider.example", "children" L, "abuse", "a report");

	m.kind = MAIL_COMPLAINT;
	m.complaint.type = type;
	m.complaint.original_recipient = ANNA;
	m.complaint.original_mail_from = from;
	m.original_message_id = message_id;
	return house_comes(&m);
}

START_TEST(complaint_with_our_token_leaves_at_once)
{
	const char *id, *from = NULL;

	(void)house_adds("children", ANNA, NULL);
	(void)update(NULL);
	house_sends("children", house_drafts("children", NULL)); /* one is queued still */
	id = arena_printf(house.arena, "u.%s@updates.example.org", tag_of("message", 1));
	if (_i == 1) {
		from = arena_printf(house.arena, "children+b-%s" L, tag_of("bounce", 1));
		id = NULL;
	}
	(void)complains("abuse", id, from);
	ck_assert_str_eq(house_state("children", ANNA), "unsubscribed");
	ck_assert_str_eq(
		house_text("SELECT event || ' ' || how FROM evidence ORDER BY id DESC"),
		"unsubscribed complaint");
	ck_assert_int_eq(house_notifications("unsubscribed", ANNA),
			 1); /* it is not done silently */
	ck_assert_str_eq(house_text("SELECT state FROM delivery ORDER BY id DESC"),
			 "skipped");
	(void)complains("abuse", id, from);
	ck_assert_str_eq(last_effect(), "moot");
	ck_assert_int_eq(house_notifications("unsubscribed", ANNA), 1);
	ck_assert_int_eq(house_int("SELECT count(*) FROM evidence WHERE how = "
				   "'complaint'"),
			 1);
}
END_TEST

START_TEST(complaint_about_a_letter_ends_what_it_was_about)
{
	struct mail_message ask = house_mail(ANNA, "children+join" L, "hello", "");

	(void)house_comes(&ask); /* by somebody else, perhaps */
	(void)complains("abuse",
			house_text("SELECT message_id FROM notification WHERE kind = "
				   "'confirm'"),
			NULL);
	ck_assert_str_eq(house_state("children", ANNA), "unsubscribed");
}
END_TEST

START_TEST(complaint_without_our_token_is_kept_only)
{
	const char *right = tag_of("message", 1);
	char *forged = arena_strdup(house.arena, right);

	(void)house_adds("children", ANNA, NULL);
	(void)update(NULL);
	forged[20] = forged[20] == 'a' ? 'b' : 'a';
	(void)complains("abuse", NULL, NULL);
	(void)complains("abuse", "u.x@updates.example.org", "children" L);
	(void)complains("abuse", arena_printf(house.arena, "u.%s@x", forged), NULL);
	(void)complains("abuse", arena_printf(house.arena, "u.%s@x", tag_of("bounce", 1)),
			NULL);
	(void)complains("abuse", "l.guessed@updates.example.org",
			arena_printf(house.arena, "children+b-%s" L, right));
	ck_assert_int_eq(house_int("SELECT count(*) FROM bounce WHERE effect = 'foreign' "
				   "AND source = 'report'"),
			 5);
	(void)complains("not-spam", arena_printf(house.arena, "u.%s@x", right), NULL);
	ck_assert_str_eq(last_effect(), "notice");
	ck_assert_str_eq(house_state("children", ANNA), "active");
}
END_TEST

static int refuse_each; /* every so manieth mail of an update */
static const char *refuse_words;

static const char *refuses_some(const struct incoming_mail *mail)
{
	return mail->kind == DELIVERY && mail->id % refuse_each == 0 ? refuse_words
								     : NULL;
}

static void many_join(int count)
{
	AUTO(store_txn) t = store_begin(house.op.store, &err);

	for (int i = 0; i < count; i++) {
		struct subscriber_new who = {
			.address = arena_printf(house.arena, "p%d@x.example", i),
			.all_topics = true,
			.how = "import",
			.basis = "consent"};
		struct list list = house_list("children");

		ck_assert_msg(subscriber_add(&house.op, &list, &who, &err), "%s",
			      err.text);
	}
	ck_assert(store_commit(&t, &err));
}

static bool breaks(void)
{
	bool did;

	house_become(NULL);
	ck_assert_msg(bulletin_circuit_breaker(&house.op, &did, &err), "%s", err.text);
	return did;
}

static const struct {
	const char *name, *words;
	int each;
	bool holds;
} breakers[] = {
	{"every ninth is gone", "550 5.1.1 no such person", 9, true},
	{"every ninth for another reason", "554 5.7.1 we do not like you", 9, true},
	{"every tenth", "550 5.1.1 no such person", 10, false},
	{"every fourth, for now", "450 4.2.1 later", 4, false},
};

START_TEST(breaker_holds_what_is_refused_too_often)
{
	refuse_each = breakers[_i].each;
	refuse_words = breakers[_i].words;
	house.settings->breaker_rows = 100;
	many_join(180);
	house_sends("children", house_drafts("children", NULL));
	ck_assert(!breaks());
	ck_assert_uint_eq(house_delivers(refuses_some, 150), 150);
	ck_assert_msg(breaks() == breakers[_i].holds, "%s", breakers[_i].name);
	ck_assert_str_eq(house_bulletin("children", 1),
			 breakers[_i].holds ? "on hold" : "sending");
	if (!breakers[_i].holds)
		return;
	ck_assert_ptr_nonnull(
		strstr(house_text("SELECT hold_reason FROM bulletin"),
		       "11 of the last 100 mails were refused for good, more "
		       "than 10 %; most often: "));
	ck_assert_int_eq(house_int("SELECT count(*) FROM audit WHERE event = 'bulletin "
				   "put on hold'"),
			 1);
	ck_assert_uint_eq(house_delivers(NULL, HOUSE_MAILS), 0);
	/* A person has looked: what was refused before is not held against it. */
	house_become("jean");
	ck_assert(bulletin_resume(&house.op, "children", 1, &err));
	ck_assert(!breaks());
	refuse_each = 1;
	ck_assert_uint_eq(house_delivers(refuses_some, 20), 20);
	ck_assert(breaks());
}
END_TEST

START_TEST(breaker_counts_bounce_mails_and_short_lists)
{
	house.settings->breaker_rows = 100;
	many_join(40);
	house_sends("children", house_drafts("children", NULL));
	ck_assert_uint_eq(house_delivers(NULL, 30), 30);
	for (int64_t i = 1; i <= 4; i++)
		(void)comes_to(tag_of("bounce", i), &gone, MAIL_BOUNCE);
	ck_assert(!breaks()); /* a few are no trouble of ours */
	(void)comes_to(tag_of("bounce", 5), &gone, MAIL_BOUNCE);
	house.settings->breaker_share = 100;
	ck_assert(!breaks());
	house.settings->breaker_share = 10;
	ck_assert(breaks()); /* 5 of the 40 that there are */
}
END_TEST

/* What the engine does for one statement, in its own steps. */
static int steps_of(enum sql_id id, int64_t a, int64_t b, int64_t c, int64_t d)
{
	int64_t values[] = {a, b, c, d};
	sqlite3_stmt *q = NULL;
	sqlite3 *db = NULL;
	int steps;

	ck_assert_int_eq(sqlite3_open(house.path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(db, sql_statements[id].text, -1, &q, NULL),
			 SQLITE_OK);
	for (int i = 0; i < sqlite3_bind_parameter_count(q); i++)
		ck_assert_int_eq(sqlite3_bind_int64(q, i + 1, values[i]), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
	steps = sqlite3_stmt_status(q, SQLITE_STMTSTATUS_VM_STEP, 0);
	ck_assert_int_eq(sqlite3_finalize(q), SQLITE_OK);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	return steps;
}

/* A ledger of so many rows, half of them gone out; the steps of one look at it. */
static int steps_with(int64_t rows)
{
	int64_t next = rows / 2 + 1;

	house_do("DELETE FROM delivery");
	house_do(
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
		"%" PRId64
		") INSERT INTO delivery (id, bulletin_id, subscription_id, state, "
		"due_at) SELECT i, 1, i, CASE WHEN i < %" PRId64
		" THEN 'sent' ELSE 'queued' "
		"END, 1 FROM n",
		rows, next);
	return steps_of(SQL_BREAKER_SENDING, 0, 0, 0, 0) +
	       steps_of(SQL_BREAKER_NEXT, 1, 0, 0, 0) +
	       steps_of(SQL_BREAKER_WINDOW, 1, next, next - 200 - 1000, 200) +
	       steps_of(SQL_BREAKER_NEXT, 1, 0, 0, 0);
}

START_TEST(breaker_costs_the_same_on_a_list_of_any_length)
{
	int few, many;

	many_join(1);
	house_sends("children", house_drafts("children", NULL));
	house_do("PRAGMA foreign_keys = OFF");
	few = steps_with(4000);
	many = steps_with(400000);
	ck_assert_int_gt(few, 200); /* it does look at the last 200 */
	ck_assert_msg(many <= few + few / 20, "%d steps for 4,000 rows, %d for 400,000",
		      few, many);
}
END_TEST

static int passed_over;
static char told[400];

static void bad_line(void *with, const struct subscriber_import_line *line)
{
	(void)with;
	if (line->outcome == SUBSCRIBER_IMPORT_ADDED)
		return;
	passed_over += line->outcome == SUBSCRIBER_IMPORT_PASSED &&
		       line->reason == IMPORT_SUPPRESSED;
	str_copy(told, sizeof(told), line->why);
}

START_TEST(suppressed_address_comes_onto_no_list)
{
	static const char csv[] = "address,basis\nANNA@x.example,consent\n"
				  "bob@x.example,consent\n";
	struct subscriber_import_watch watch = {.each = bad_line};
	struct list list = house_list("children"), forum = house_list("forum");
	struct subscriber_new who = {
		.address = ANNA, .all_topics = true, .how = "staff", .basis = "asked"};
	struct subscriber_import_result result;
	struct subscriber_import plan;
	struct mail_message ask = house_mail("Anna@X.example", "children+join" L, "", "");
	int64_t lists, people;

	passed_over = 0;
	(void)house_adds("children", ANNA, NULL);
	house_sends("children", house_drafts("children", NULL));
	ck_assert_msg(suppression_add(&house.op, ANNA, "asked by letter", &lists, &err),
		      "%s", err.text);
	ck_assert_int_eq(lists, 1);
	ck_assert_str_eq(house_state("children", ANNA), "suppressed");
	ck_assert_str_eq(house_text("SELECT state FROM delivery"), "skipped");
	ck_assert(!suppression_add(&house.op, "ANNA@X.example", "again", &lists, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	/* The person is erased; the bar stays. */
	house_do("UPDATE person SET address = '', address_key = 'erased-1', name = NULL");
	people = house_int("SELECT count(*) FROM person");
	ck_assert(!subscriber_add(&house.op, &list, &who, &err));
	ck_assert_str_eq(err.text, ANNA " is on the suppression list: no list may write "
					"to it");
	ck_assert(!subscriber_add(&house.op, &forum, &who, &err));
	ck_assert_str_eq(house_taken(house_comes(&ask)),
			 "subscribe: asked to join, but is suppressed");
	ck_assert_int_eq(house_int("SELECT count(*) FROM person"), people);
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification"), 0);
	ck_assert(subscriber_import_open(house.arena, &list, csv, strlen(csv), &plan,
					 &err));
	ck_assert_msg(
		subscriber_import_run(&house.op, &list, &plan, &watch, &result, &err),
		"%s", err.text);
	ck_assert_int_eq(result.added, 1);
	ck_assert_int_eq(passed_over, 1);
	ck_assert_ptr_nonnull(strstr(told, "is on the suppression list"));
	/* Lifted: only they themselves can come back. */
	ck_assert(!suppress_lift(&house.op, ANNA, NULL, &err));
	ck_assert_msg(suppress_lift(&house.op, ANNA, "a mistake", &err), "%s", err.text);
	ck_assert(!suppress_lift(&house.op, ANNA, "a mistake", &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	(void)house_joins("children", ANNA);
}
END_TEST

START_TEST(suppressed_between_asking_and_confirming)
{
	struct mail_message ask = house_mail(ANNA, "children+join" L, "hello", ""), yes;
	struct mail_message papers = house_mail(ANNA, "forum+join" L, "hello", "");
	struct list forum = house_list("forum");
	int64_t lists;

	(void)house_comes(&ask);
	(void)house_comes(&papers);
	yes = house_mail(ANNA, house_notification("confirm").reply_to.items[0].address,
			 "Re: x", "");
	ck_assert(suppression_add(&house.op, ANNA, "asked by letter", &lists, &err));
	ck_assert_int_eq(lists, 2);
	(void)house_comes(&yes);
	ck_assert_str_eq(house_state("children", ANNA), "suppressed");
	ck_assert(!subscriber_accept(&house.op, &forum, ANNA, SUBSCRIBER_ACCEPTED, &err));
	ck_assert_str_eq(house_state("forum", ANNA), "suppressed");
	/* Lifted, and in by themselves. */
	ck_assert(suppress_lift(&house.op, ANNA, "a mistake", &err));
	ck_assert_str_eq(house_state("children", ANNA), "unsubscribed");
	days_pass(1);
	(void)house_joins("children", ANNA);
}
END_TEST

START_TEST(suppression_tells_nobody)
{
	unsigned char plain[SECRET_SHA256_BYTES];
	char hex[SECRET_SHA256_HEX];
	struct store_row row;
	int64_t lists;

	ck_assert(!suppression_add(&house.op, ANNA, NULL, &lists, &err));
	ck_assert(!suppression_add(&house.op, ANNA, "it is " ANNA, &lists, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert(!suppression_add(&house.op, "no address", "why", &lists, &err));
	ck_assert(suppression_add(&house.op, ANNA, "asked by letter", &lists, &err));
	secret_sha256(ANNA, strlen(ANNA), plain);
	secret_sha256_hex(ANNA, strlen(ANNA), hex);
	ck_assert_str_ne(house_text("SELECT lower(hex(hash)) FROM suppression"), hex);
	ck_assert_int_eq(house_int("SELECT count(*) FROM audit WHERE detail LIKE "
				   "'%%anna%%'"),
			 0);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person"), 0);
	ck_assert(suppression_of(&house.op, house.arena, "Anna@x.EXAMPLE", &row, &err));
	ck_assert_str_eq(row_text(&row, "reason"), "asked by letter");
	ck_assert(!suppression_of(&house.op, house.arena, "bob@x.example", &row, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	house_become(NULL);
	ck_assert(!suppression_add(&house.op, "bob@x.example", "why", &lists, &err));
}
END_TEST

START_TEST(history_says_why)
{
	static const char *const says[] = {
		"added (by staff: jean): asked by telephone",
		"No. 1 came back (mail 1): no such address (5.1.1), 550 5.1.1 no such person "
		"- point 1 of 2",
		"No. 2 was refused by the relay: no such address (5.1.1), 550 5.1.1 no such "
		"person - point 2 of 2",
		"a probe is due: one notification that asks whether the address works",
		"the probe was sent",
		"a notification came back (mail 2): no such address (5.1.1), 550 5.1.1 no such "
		"person - the probe came back too: stopped",
		"the probe ended: the address does not work",
		"bouncing (by bounce): mails came back on 2 days from 2026-03-02 to "
		"2026-03-03, and then the probe: no_such_address (5.1.1)",
	};
	struct store_table t;

	house.settings->bounce_points = 2;
	(void)house_adds("children", ANNA, NULL);
	(void)update(NULL);
	comes_back(ANNA, &gone);
	days_pass(1);
	(void)update(says_gone);
	tend();
	house.op.now++;
	ck_assert_uint_eq(house_delivers(NULL, HOUSE_MAILS), 1);
	house.op.now++;
	(void)comes_to(tag_of("probe", probe()), &gone, MAIL_BOUNCE);
	ck_assert_msg(bounce_history(&house.op, house.arena, "Anna@x.example", &t, &err),
		      "%s", err.text);
	for (size_t i = 0; i < t.count && i < ARRAY_LEN(says); i++) {
		struct store_row row = table_row(&t, i);

		ck_assert_str_eq(row_text(&row, "what"), says[i]);
		ck_assert_str_eq(row_text(&row, "list"), "children");
	}
	ck_assert_uint_eq(t.count, ARRAY_LEN(says));
	ck_assert(!bounce_history(&house.op, house.arena, "bob@x.example", &t, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("bounce");
	TCase *t = tcase_create("bounce");

	tcase_add_checked_fixture(t, house_open, house_close);
	tcase_set_timeout(t, 120);
	UNIT_TABLE(t, bounce_counts_for_the_address_sake_alone, weights);
	tcase_add_test(t, bounce_that_names_nobody_is_kept);
	tcase_add_test(t, long_words_are_cut_at_a_letter);
	tcase_add_test(t, forged_tag_changes_nothing);
	tcase_add_test(t, one_point_a_day_and_one_a_mail);
	tcase_add_test(t, day_is_of_the_settings_zone);
	tcase_add_test(t, mail_that_got_through_wipes_earlier_points);
	tcase_add_test(t, reasons_and_effects_are_those_of_the_store);
	tcase_add_test(t, row_of_a_bounce_names_what_the_schema_knows);
	tcase_add_test(t, mail_that_came_back_for_another_reason_proves_nothing);
	tcase_add_test(t, quiet_without_a_mail_proves_nothing);
	tcase_add_test(t, silent_probe_means_alive);
	tcase_add_test(t, dead_probe_stops);
	tcase_add_test(t, refused_probe_stops);
	tcase_add_loop_test(t, probe_that_fails_otherwise_decides_nothing, 0, 3);
	tcase_add_test(t, notice_about_a_probe_changes_nothing);
	tcase_add_test(t, probe_of_one_who_left_is_dropped);
	UNIT_TABLE(t, refusal_goes_the_same_way, refusals);
	tcase_add_test(t, month_of_updates);
	tcase_add_loop_test(t, complaint_with_our_token_leaves_at_once, 0, 2);
	tcase_add_test(t, complaint_about_a_letter_ends_what_it_was_about);
	tcase_add_test(t, complaint_without_our_token_is_kept_only);
	UNIT_TABLE(t, breaker_holds_what_is_refused_too_often, breakers);
	tcase_add_test(t, breaker_counts_bounce_mails_and_short_lists);
	tcase_add_test(t, breaker_costs_the_same_on_a_list_of_any_length);
	tcase_add_test(t, suppressed_address_comes_onto_no_list);
	tcase_add_test(t, suppressed_between_asking_and_confirming);
	tcase_add_test(t, suppression_tells_nobody);
	tcase_add_test(t, history_says_why);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
