/* The list of places that can hold personal data: whole, shown, and emptied to the last byte. */
#include "tests/unit/domain_house.h"

#include "base/fd.h"
#include "base/str.h"
#include "domain/admin/account.h"
#include "domain/intake/inbound.h"
#include "domain/subscribers/address_change.h"
#include "domain/personal/personal_data.h"
#include "domain/personal/personal_data_erase.h"
#include "domain/core/personal_places.h"
#include "domain/subscribers/subscribe.h"

#include <inttypes.h>
#include <strings.h>

/*
 * Whatever is hers holds "zzqvxjqk", and nothing else does, no token by chance either: letters
 * enough for that. What stays of another holds "zzkept".
 */
static const char was[] = "zzqvxjqkanna@zzqvxjqkold.example",
		  is[] = "zzqvxjqkanna@zzqvxjqkhome.example",
		  other[] = "zzkept@z.example",
		  wide[] = "zzqvxjqkanna@zzqvxjqkm\xc3\xbcll.example",
		  coded[] = "zzqvxjqkanna@xn--zzqvxjqkmll-1hb.example";
enum { OTHERS = 300 };
static struct err err;

#define OK(call) ck_assert_msg((call), "%s", err.text)

static bool names(const char *words, const char *column)
{
	size_t len = strlen(column);

	for (const char *at = words; (at = strstr(at, column)); at++)
		if ((at == words || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
			return true;
	return false;
}

static const struct personal_place *place_of(const char *table)
{
	const struct personal_place *found = NULL;

	for (size_t i = 0; i < personal_place_count; i++)
		if (str_eq(personal_places[i].table, table)) {
			ck_assert_msg(!found, "%s stands twice in the list", table);
			found = &personal_places[i];
		}
	return found;
}

static size_t words_in(const char *words)
{
	size_t n = 0;

	for (const char *at = words; *at; at += strcspn(at, " "), at += strspn(at, " "))
		n++;
	return n;
}

START_TEST(every_column_that_could_hold_somebody_is_in_the_list)
{
	const char *all = house_text(
		"SELECT group_concat(m.name || ' ' || c.name, ',') FROM sqlite_master m "
		"JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND "
		"c.type NOT IN ('INTEGER', 'REAL') AND m.name NOT GLOB 'parsed_fts*' AND "
		"m.name NOT GLOB 'person_search*' AND m.name NOT GLOB 'sqlite_*'");
	char *rest = NULL, *list = arena_strdup(house.arena, all);
	size_t columns = 0, listed = 0;

	for (char *one = strtok_r(list, ",", &rest); one;
	     one = strtok_r(NULL, ",", &rest)) {
		char *column = strchr(one, ' ');
		const struct personal_place *place;

		*column++ = '\0';
		place = place_of(one);
		ck_assert_msg(
			place && names(place->holds, column) +
						 names(place->plain, column) ==
					 1,
			"%s.%s is not in personal_places.c, or not once: can it hold "
			"personal data?",
			one, column);
		columns++;
	}
	for (size_t i = 0; i < personal_place_count; i++)
		listed += words_in(personal_places[i].holds) +
			  words_in(personal_places[i].plain);
	ck_assert_uint_eq(listed, columns);
	ck_assert_uint_gt(columns, 150);
}
END_TEST

static void comes(const char *from, const char *to, const char *says)
{
	static int n;
	const char *bytes =
		arena_printf(house.arena, "From: %s\n\n%s %d\n", from, says, ++n);
	struct arrival mail = {.mailbox_id = house.mailbox_id,
			       .uidvalidity = 1,
			       .item = arena_printf(house.arena, "9/%d", n),
			       .bytes = bytes,
			       .len = strlen(bytes)};
	struct mail_message m = house_mail(from, to, says, says);
	bool is_new;

	m.from.name = arena_printf(house.arena, "%.8s", from);
	m.message_id = arena_printf(house.arena, "%d.%s", n, from);
	OK(inbound_keep(&house.op, &mail, &is_new, &err));
	OK(inbound_take(&house.op, house_int("SELECT max(id) FROM inbound"), house.op.now,
			&m, &err));
}

static const char *greylists(const struct incoming_mail *mail)
{
	return strstr(mail->recipient, "zzqvxjqk") ? "450 4.7.1 zzqvxjqkanna, come again"
						   : NULL;
}

static const char *accepts(const struct incoming_mail *mail)
{
	return strstr(mail->recipient, "zzqvxjqk") ? "250 2.0.0 zzqvxjqkanna has it"
						   : NULL;
}

static const char *move_token(const char *kind)
{
	const char *text = strstr(house_notification(kind).text, "/address/");

	ck_assert_ptr_nonnull(text);
	return arena_strndup(house.arena, text + 9,
			     strspn(text + 9, "abcdefghijklmnopqrstuvwxyz234567"));
}

static void moves(const struct self_service *self)
{
	enum address_change_result result;
	static const char *const kinds[] = {"move-old", "move-new"};

	OK(address_change_ask(&house.op, self, is, &err));
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		OK(address_change_confirm(&house.op, move_token(kinds[i]), &result,
					  &err));
	ck_assert_int_eq(result, ADDRESS_CHANGE_DONE);
}

/* Mails of all kinds from her and about her, among those of many others. */
static void writes(void)
{
	const char *owner = "children+owner@lists.example.org";

	comes(is, "children+help@lists.example.org", "help");
	comes(is, owner, "zzqvxjqkwhat I never told anybody");
	comes(was, owner, "zzqvxjqkbefore I moved");
	house_do(
		"UPDATE parsed SET files = 'zzqvxjqkphoto.jpg', text_quoted = 'zzqvxjqkquoted', "
		"in_reply_to = 'zzqvxjqk@x.example', forwarded_name = 'Zzqvxjqkanna', "
		"forwarded_address = 'zzqvxjqkfar@x.example' WHERE inbound_id = (SELECT max(id) FROM "
		"inbound)");
	house_do(
		"INSERT INTO attachment (inbound_id, position, name, type, size, sha256, "
		"text, text_state) SELECT max(id), 0, 'zzqvxjqkphoto.jpg', 'text/plain', 1, 'a', "
		"'zzqvxjqkletter', 'done' FROM inbound");
	house_do(
		"UPDATE inbound SET taken_as = 'discarded', why = 'zzqvxjqkanna rang about it' WHERE "
		"id = (SELECT max(id) FROM inbound)");
	house_do(
		"INSERT INTO scan (token, consultation_id, inbound_id, staff_id, at, name, "
		"bytes) SELECT 'token', (SELECT min(id) FROM consultation), max(id), 1, 1, "
		"'zzqvxjqk.jpg', CAST('zzqvxjqk' AS BLOB) FROM inbound");
	house_do("INSERT INTO scan_page (scan_id, number, png) SELECT max(id), 1, "
		 "CAST('zzqvxjqk' AS BLOB) FROM scan");
	house_do("INSERT INTO document (inbound_id, position, bytes) SELECT max(id), -1, "
		 "CAST('zzqvxjqkboxes' AS BLOB) FROM inbound");
	for (int i = 0; i < OTHERS; i++)
		comes(arena_printf(house.arena, "p%d@x.example", i), owner,
		      "something quite else, that somebody wrote to the owner of the list");
	house_do("UPDATE inbound SET kind = 'bounce', taken_as = 'bounce' WHERE id = "
		 "(SELECT max(id) FROM inbound)");
	house_do("INSERT INTO bounce (at, source, inbound_id, address, verdict, effect, "
		 "diagnostic) SELECT 1, 'report', max(id), '%s', 'unknown', 'foreign', "
		 "'zzqvxjqkanna is on holiday' FROM inbound",
		 is);
}

static int64_t person_of(const char *key)
{
	return house_int("SELECT id FROM person WHERE address_key = '%s'", key);
}

static struct self_service live(void)
{
	struct list forum = house_list("forum");
	struct subscriber_new who = {.address = was,
				     .name = "Zzqvxjqkanna Zzqvxjqksmith",
				     .how = "staff",
				     .basis = "Zzqvxjqkanna rang",
				     .all_topics = true};
	const char *tested[] = {is};
	struct self_service self;

	house_consults();
	OK(subscriber_add(&house.op, &forum, &who, &err));
	for (int i = 0; i < OTHERS; i++)
		(void)house_adds("forum", arena_printf(house.arena, "f%d@x.example", i),
				 NULL);
	(void)house_joins("children", was);
	self = (struct self_service){.person_id = person_of(was), .how = "page"};
	moves(&self);
	comes(other, "cruelty@lists.example.org", "zzkept words of the record");
	writes();
	house_sends("children", house_drafts("children", NULL));
	(void)house_delivers(greylists, HOUSE_MAILS);
	house.op.now += 3600;
	(void)house_delivers(accepts, HOUSE_MAILS);
	/* A test and a letter that have not gone yet. */
	OK(account_email(&house.op, "olga", is, &err));
	(void)house_drafts("children", NULL);
	OK(bulletin_test(&house.op, "children", 2, tested, 1, &err));
	OK(account_email(&house.op, "olga", NULL, &err));
	house_do(
		"UPDATE notification SET subject = 'Zzqvxjqkanna, thank you' WHERE kind = 'welcome'");
	house_do(
		"INSERT INTO reply (notification_id, inbound_id, staff_id, at, text) "
		"SELECT max(t.id), (SELECT min(id) FROM inbound), (SELECT min(id) FROM "
		"staff), 1, 'Dear Zzqvxjqkanna' FROM notification t WHERE t.recipient = '%s'",
		is);
	return self;
}

static int64_t rows_with(const char *table, const char *column, const char *mark)
{
	return house_int("SELECT count(*) FROM %s WHERE instr(lower(CAST(%s AS TEXT)), "
			 "'%s') > 0",
			 table, column, mark);
}

static void look_into(const struct personal_place *place, const char *words, bool planted)
{
	char *rest = NULL, *list = arena_strdup(house.arena, words);

	for (char *one = strtok_r(list, " ", &rest); one;
	     one = strtok_r(NULL, " ", &rest)) {
		int64_t n = rows_with(place->table, one, "zzqvxjqk");

		ck_assert_msg(planted ? n > 0 : n == 0, "%s.%s has %" PRId64 " of her",
			      place->table, one, n);
	}
}

static size_t copies_in_file(const char *path, const char *mark)
{
	AUTO(buf) file = buf_new(1 << 28);
	size_t n = 0, want = strlen(mark);

	if (access(path, F_OK) != 0)
		return 0;
	OK(fd_read_file(path, file, &err));
	ck_assert(!buf_cut(file));
	for (size_t i = 0; i + want <= file->len; i++)
		n += strncasecmp((const char *)file->bytes + i, mark, want) == 0;
	return n;
}

/* As the daemon's clock does it. */
static void time_passes(void)
{
	bool did = true;

	house_do(
		"UPDATE notification SET state = 'sent', settled_at = 1 WHERE kind = 'erased'");
	house.op.now += 3600;
	for (int turns = 0; did; turns++) {
		ck_assert_int_lt(turns, 1000);
		OK(personal_data_erase_tend(&house.op, &did, &err));
	}
	OK(store_checkpoint(house.op.store, &err));
}

static const char *shown_of(const struct self_service *self)
{
	AUTO(buf) json = buf_new(4 << 20);
	struct json to;
	struct personal_data held;

	OK(personal_data_load(&house.op, house.arena, self, &held, &err));
	json_begin(&to, json);
	personal_data_json(&house.op, &held, &to);
	return arena_strdup(house.arena, buf_text(json));
}

START_TEST(nothing_of_the_erased_is_left_in_the_file)
{
	struct self_service self = live();
	const char *log = arena_printf(house.arena, "%s-wal", house.path);
	struct erasure_receipt receipt;
	const char *shown;

	for (size_t i = 0; i < personal_place_count; i++)
		if (personal_places[i].fate == PERSONAL_ERASED)
			look_into(&personal_places[i], personal_places[i].holds, true);
	shown = shown_of(&self);
	ck_assert_msg(strstr(shown, "zzqvxjqkwhat I never told") != NULL, "%s", shown);
	ck_assert(strstr(shown, "Zzqvxjqkanna rang") &&
		  strstr(shown, "Zzqvxjqkanna Zzqvxjqksmith"));
	OK(store_checkpoint(house.op.store, &err));
	ck_assert_uint_gt(copies_in_file(house.path, "zzqvxjqk"), 20);

	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	time_passes();
	for (size_t i = 0; i < personal_place_count; i++) {
		look_into(&personal_places[i], personal_places[i].holds, false);
		look_into(&personal_places[i], personal_places[i].plain, false);
	}
	ck_assert_uint_eq(copies_in_file(house.path, "zzqvxjqk"), 0);
	ck_assert_uint_eq(copies_in_file(log, "zzqvxjqk"), 0);
	/* What is of others, and of the record, stands as it stood. */
	ck_assert_uint_gt(copies_in_file(house.path, "zzkept"), 4);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM parsed WHERE text LIKE 'something "
			  "quite else%%'"),
		OTHERS - 1); /* the last one is the notice about her */
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM parsed_fts WHERE parsed_fts MATCH "
			  "'zzkept'"),
		1);
	ck_assert_msg(store_check(house.op.store, &err), "%s", err.text);
}
END_TEST

/* Which mails go with her: from, to, says; where it was taken. */
static const struct {
	const char *name, *from, *to, *says;
	bool goes;
} mails[] = {
	{"to the owner", is, "children+owner@lists.example.org", "zzqvxjqka", true},
	{"for help", is, "children+help@lists.example.org", "help", true},
	{"in other letters", "ZZQVXJQKANNA@zzqvxjqkhome.EXAMPLE",
	 "children+owner@lists.example.org", "zzqvxjqka", true},
	{"a reply", is, "cruelty@lists.example.org", "My view on the words", false},
	{"of another about her", other, "children+owner@lists.example.org",
	 "zzqvxjqkanna@zzqvxjqkhome.example is my neighbour", false},
};

START_TEST(mails_go_with_their_writer)
{
	struct self_service self;
	struct erasure_receipt receipt;

	house_consults();
	(void)house_adds("children", is, NULL);
	self = (struct self_service){.person_id = person_of(is), .how = "page"};
	comes(mails[_i].from, mails[_i].to, mails[_i].says);
	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	ck_assert_int_eq(house_int("SELECT text IS NULL FROM parsed"), mails[_i].goes);
	ck_assert_int_eq(house_int("SELECT length(bytes) = 0 FROM inbound_raw"),
			 mails[_i].goes);
	ck_assert_int_eq(house_int("SELECT count(*) FROM erasing_mail") +
				 house_int("SELECT count(*) FROM erasing_address"),
			 0);
}
END_TEST

START_TEST(address_is_found_however_its_domain_is_written)
{
	struct self_service self;
	struct erasure_receipt receipt;

	(void)house_adds("children", wide, NULL);
	ck_assert_int_gt(person_of(coded), 0);
	comes(_i ? wide : coded, "children+owner@lists.example.org", "zzqvxjqkletter");
	self = (struct self_service){.person_id = person_of(coded), .how = "page"};
	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	ck_assert_int_eq(house_int("SELECT text IS NULL FROM parsed"), 1);
}
END_TEST

/* However she is named in the head of a mail: From and Reply-To ("": none). */
static const struct {
	const char *from, *reply_to;
} heads[] = {
	{is, ""},
	{"ZZQVXJQKanna@ZZQVXJQKhome.Example", ""},
	{"zzqvxjqkanna+school@zzqvxjqkhome.example", ""},
	{"Zzqvxjqkanna+A.B+c@zzqvxjqkhome.example", ""},
	{"\"zzqvxjqkanna\"@zzqvxjqkhome.example", ""},
	{"zzqvxjqkanna@zzqvxjqkhome.example.", ""},
	{"zzqvxjqkanna(at school)@zzqvxjqkhome.example", ""},
	{"\"zzqvxjqkan\\na\"@zzqvxjqkhome.example", ""},
	/* Filled in on a web site, which sends from an address of ours. */
	{"children@lists.example.org", is},
	{"children@lists.example.org", "ZZQVXJQKANNA+ask@zzqvxjqkhome.example"},
};
/* And wherever it went: the last two are part of the record, or may be. */
static const struct {
	const char *to;
	bool of_record, is_response;
} ways[] = {
	{"children+owner@lists.example.org", false, false},
	{"children+help@lists.example.org", false, false},
	{"nobody-knows@lists.example.org", false, false},
	{"cruelty@lists.example.org", true, true},
};

static void sends(size_t head, size_t way)
{
	struct mail_address answers = {.address = heads[head].reply_to};
	struct mail_message m = house_mail(heads[head].from, ways[way].to, "A question",
					   "zzqvxjqkwords of mine");

	if (*answers.address) {
		m.reply_to.items = &answers;
		m.reply_to.count = 1;
	}
	(void)house_comes(&m);
}

/* Whoever only wrote is found and forgotten as somebody who subscribed. */
START_TEST(whoever_wrote_is_found_and_forgotten)
{
	size_t heads_n = ARRAY_LEN(heads), ways_n = ARRAY_LEN(ways), n = (size_t)_i;
	size_t head = n % heads_n, way = n / heads_n % ways_n;
	bool subscribed = n / heads_n / ways_n;
	struct self_service self;
	struct erasure_receipt receipt;
	const char *shown;

	house_consults();
	if (subscribed)
		(void)house_adds("children", is, NULL);
	sends(head, way);
	(void)house_adds("forum", "somebody@z.example", NULL);
	OK(personal_data_whose(&house.op, is, &self, &err));
	ck_assert_int_eq(self.person_id != 0, subscribed);
	shown = shown_of(&self);
	ck_assert_msg(strstr(shown, ways[way].is_response ? "cruelty-0001"
							  : "zzqvxjqkwords") != NULL,
		      "%s", shown);
	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	OK(personal_data_whose(&house.op, is, &self, &err));
	ck_assert(!personal_data_erase(&house.op, &self, &receipt, &err));
	ck_assert_str_eq(err.text,
			 "they were erased before, and the receipt is on its way");
	time_passes();
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM parsed WHERE text LIKE '%%zzqvxjqk%%'"),
		ways[way].of_record);
	if (!ways[way].of_record)
		ck_assert_uint_eq(copies_in_file(house.path, "zzqvxjqk"), 0);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person WHERE erased_at IS NULL"),
			 1);
}
END_TEST

/* A tag that is somebody's own address is somebody else; so is who never wrote. */
START_TEST(what_is_of_others_is_not_found)
{
	struct self_service self;
	struct erasure_receipt receipt;
	const char *shown;

	house_consults();
	(void)house_adds("children", is, NULL);
	(void)house_adds("children", "zzqvxjqkanna+son@zzqvxjqkhome.example", NULL);
	comes("zzqvxjqkanna+son@zzqvxjqkhome.example", "children+owner@lists.example.org",
	      "his words");
	comes("zzqvxjqkanna@elsewhere.example", "children+owner@lists.example.org",
	      "her words");
	OK(personal_data_whose(&house.op, is, &self, &err));
	shown = shown_of(&self);
	ck_assert_msg(!strstr(shown, "his words") && !strstr(shown, "her words"), "%s",
		      shown);
	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM parsed WHERE text LIKE '%%words%%'"), 2);
	/* And he, by his own address, does not reach hers. */
	OK(personal_data_whose(&house.op, "zzqvxjqkanna+son@zzqvxjqkhome.example", &self,
			       &err));
	ck_assert_ptr_nonnull(strstr(shown_of(&self), "his words"));
	/* Her own page shows what was proven to be hers, and no tag. */
	comes("zzqvxjqkkim+tag@zzqvxjqkhome.example", "children+owner@lists.example.org",
	      "tagged");
	(void)house_adds("children", "zzqvxjqkkim@zzqvxjqkhome.example", NULL);
	self = (struct self_service){
		.person_id = person_of("zzqvxjqkkim@zzqvxjqkhome.example"),
		.how = "page"};
	ck_assert_ptr_null(strstr(shown_of(&self), "tagged"));
}
END_TEST

START_TEST(nobody_is_forgotten_of_whom_nothing_is_held)
{
	struct self_service self;
	struct erasure_receipt receipt;

	OK(personal_data_whose(&house.op, "never@z.example", &self, &err));
	ck_assert(!personal_data_erase(&house.op, &self, &receipt, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	ck_assert_str_eq(err.text, "there is no personal data about never@z.example");
	ck_assert_int_eq(house_int("SELECT count(*) FROM person") +
				 house_int("SELECT count(*) FROM notification"),
			 0);
	ck_assert(!personal_data_whose(&house.op, "no address", &self, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

/* The address that she asked to move to never answered: its letter goes with her. */
START_TEST(address_that_never_answered_goes_too)
{
	struct self_service self;
	struct erasure_receipt receipt;

	(void)house_adds("children", is, NULL);
	self = (struct self_service){.person_id = person_of(is), .how = "page"};
	OK(address_change_ask(&house.op, &self, "zzqvxjqknew@zzqvxjqkfar.example", &err));
	ck_assert_int_eq(
		house_notifications("move-new", "zzqvxjqknew@zzqvxjqkfar.example"), 1);
	if (_i)
		house_do("UPDATE notification SET state = 'sent', settled_at = 1");
	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	time_passes();
	ck_assert_uint_eq(copies_in_file(house.path, "zzqvxjqk"), 0);
}
END_TEST

/* Her address in other scripts' ways of writing its domain. */
static const char *const wides[] = {
	"zzqvxjqkanna@ZZQVXJQKM\xc3\x9cLL.example",
	"zzqvxjqkanna@zzqvxjqkmu\xcc\x88ll.example",
	"zzqvxjqkanna@zzqvxjqkm\xc3\xbcll\xe3\x80\x82\x65xample",
	"zzqvxjqkanna@XN--ZZQVXJQKMLL-1HB.example",
};

START_TEST(domain_is_found_in_all_letters)
{
	struct self_service self;
	struct erasure_receipt receipt;

	comes(wides[_i], "children+owner@lists.example.org", "zzqvxjqkletter");
	(void)house_adds("forum", "somebody@z.example", NULL);
	OK(personal_data_whose(&house.op, wide, &self, &err));
	ck_assert_msg(strstr(shown_of(&self), "zzqvxjqkletter") != NULL, "%s", wides[_i]);
	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	ck_assert_int_eq(house_int("SELECT count(*) FROM parsed WHERE text IS NOT NULL"),
			 0);
}
END_TEST

/* From an address that no receiver takes: nothing can be sent there, all is forgotten. */
START_TEST(who_cannot_be_written_to_is_forgotten)
{
	static const char odd[] = "zzqvxjqk\xc3\xbcnal@post.example";
	struct self_service self;
	struct erasure_receipt receipt;

	comes(odd, "children+owner@lists.example.org", "zzqvxjqkletter");
	(void)house_adds("forum", "somebody@z.example", NULL);
	OK(personal_data_whose(&house.op, odd, &self, &err));
	ck_assert_ptr_nonnull(strstr(shown_of(&self), "zzqvxjqkletter"));
	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	time_passes();
	ck_assert_uint_eq(copies_in_file(house.path, "zzqvxjqk"), 0);
}
END_TEST

/* What others wrote stays theirs, whatever mark of a list or a machine it carries. */
static const struct {
	const char *name, *from, *says;
	enum mail_kind kind;
	bool known; /* the writer is a subscriber */
	bool answers_to_her;
} others[] = {
	{"a child, by way of a list", "child@z.example",
	 "zzqvxjqkanna@zzqvxjqkhome.example hits me", MAIL_LIST, false, false},
	{"an automatic answer", "aide@z.example",
	 "Away; ask zzqvxjqkanna@zzqvxjqkhome.example", MAIL_AUTOREPLY, false, false},
	{"a subscriber who wants answers there", "dean@z.example", "What about it?",
	 MAIL_HUMAN, true, true},
};

START_TEST(what_others_wrote_about_them_stays)
{
	struct mail_address answers = {.address = is};
	struct mail_message m =
		house_mail(others[_i].from, "children+owner@lists.example.org", "s",
			   others[_i].says);
	struct self_service self;
	struct erasure_receipt receipt;
	int64_t id;

	(void)house_adds("children", is, NULL);
	if (others[_i].known)
		(void)house_adds("children", others[_i].from, NULL);
	if (others[_i].answers_to_her)
		m.reply_to = (struct mail_addresses){&answers, 1};
	m.kind = others[_i].kind;
	m.list_id = m.kind == MAIL_LIST ? "z.example" : NULL;
	id = house_comes(&m);
	OK(personal_data_whose(&house.op, is, &self, &err));
	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	ck_assert_msg(
		house_int("SELECT text IS NOT NULL FROM parsed WHERE inbound_id = %d",
			  (int)id) == 1,
		"%s", others[_i].name);
}
END_TEST

/* A notice about two: hers goes out of it, the other's row stays. */
START_TEST(bounce_of_another_in_the_same_notice_stays)
{
	struct self_service self;
	struct erasure_receipt receipt;
	int64_t id;

	(void)house_adds("children", is, NULL);
	comes("mailer-daemon@mx.example", "children+owner@lists.example.org", "a notice");
	id = house_int("SELECT max(id) FROM inbound");
	house_do("UPDATE inbound SET kind = 'bounce', taken_as = 'bounce' WHERE id = %d",
		 (int)id);
	house_do(
		"UPDATE parsed SET text = 'no such person: <%s>, <a.%s>' WHERE inbound_id = %d",
		is, is, (int)id);
	for (int i = 0; i < 2; i++)
		house_do(
			"INSERT INTO bounce (at, source, inbound_id, address, verdict, reason, "
			"effect, diagnostic) VALUES (1, 'mail', %d, '%s%s', 'permanent', 'other', "
			"'foreign', '550')",
			(int)id, i ? "a." : "", is);
	OK(personal_data_whose(&house.op, is, &self, &err));
	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	ck_assert_int_eq(house_int("SELECT count(*) FROM bounce WHERE address IS NULL"),
			 1);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM bounce WHERE address = 'a.%s'", is), 1);
	ck_assert_int_eq(
		house_int("SELECT text IS NULL FROM parsed WHERE inbound_id = %d",
			  (int)id),
		1);
}
END_TEST

START_TEST(an_address_within_another_is_not_hers)
{
	struct self_service self;
	struct erasure_receipt receipt;

	(void)house_adds("children", is, NULL);
	comes("mailer-daemon@mx.example", "children+owner@lists.example.org", "a notice");
	house_do("UPDATE inbound SET kind = 'bounce', taken_as = 'bounce'");
	house_do("UPDATE parsed SET text = 'no such person: <a.%s>'", is);
	OK(personal_data_whose(&house.op, is, &self, &err));
	OK(personal_data_erase(&house.op, &self, &receipt, &err));
	ck_assert_int_eq(house_int("SELECT text IS NULL FROM parsed"), 0);
}
END_TEST

/* Asked to move to somebody's address; they answer, the asker does not: it stays theirs. */
START_TEST(half_a_change_of_address_opens_nothing)
{
	struct self_service self;
	enum address_change_result result;

	comes("victor@z.example", "children+owner@lists.example.org",
	      "what I never told");
	(void)house_adds("children", is, NULL);
	self = (struct self_service){.person_id = person_of(is), .how = "page"};
	OK(address_change_ask(&house.op, &self, "victor@z.example", &err));
	OK(address_change_confirm(&house.op, move_token("move-new"), &result, &err));
	ck_assert_ptr_null(strstr(shown_of(&self), "never told"));
	self.how = "staff";
	ck_assert_ptr_null(strstr(shown_of(&self), "never told"));
}
END_TEST

START_TEST(evidence_loses_its_basis_and_nothing_else)
{
	(void)house_adds("children", is, NULL);
	ck_assert(house_refuses("UPDATE evidence SET basis = 'another'"));
	ck_assert(house_refuses("UPDATE evidence SET basis = NULL, at = 5"));
	ck_assert(house_refuses("UPDATE evidence SET how = 'page'"));
	ck_assert(house_refuses("UPDATE evidence SET staff_id = NULL, basis = NULL"));
	ck_assert(house_refuses("DELETE FROM evidence"));
	house_do("UPDATE evidence SET basis = NULL");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("personal places");
	TCase *t = tcase_create("places");

	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, house_open, house_close);
	tcase_add_test(t, every_column_that_could_hold_somebody_is_in_the_list);
	tcase_add_test(t, nothing_of_the_erased_is_left_in_the_file);
	UNIT_TABLE(t, mails_go_with_their_writer, mails);
	tcase_add_loop_test(t, address_is_found_however_its_domain_is_written, 0, 2);
	tcase_add_loop_test(t, whoever_wrote_is_found_and_forgotten, 0,
			    (int)(ARRAY_LEN(heads) * ARRAY_LEN(ways) * 2));
	tcase_add_test(t, what_is_of_others_is_not_found);
	tcase_add_test(t, nobody_is_forgotten_of_whom_nothing_is_held);
	tcase_add_loop_test(t, address_that_never_answered_goes_too, 0, 2);
	UNIT_TABLE(t, domain_is_found_in_all_letters, wides);
	tcase_add_test(t, who_cannot_be_written_to_is_forgotten);
	UNIT_TABLE(t, what_others_wrote_about_them_stays, others);
	tcase_add_test(t, bounce_of_another_in_the_same_notice_stays);
	tcase_add_test(t, an_address_within_another_is_not_hers);
	tcase_add_test(t, half_a_change_of_address_opens_nothing);
	tcase_add_test(t, evidence_loses_its_basis_and_nothing_else);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
