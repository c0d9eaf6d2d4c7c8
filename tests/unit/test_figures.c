/*
 * Figures come from facts that are kept packed. Here people do this and that at random,
 * the clock packs now and then, and every sheet is compared with a plain count of the
 * tables.
 */
#include "domain/coding/tag.h"
#include "tests/unit/figures_plain.h"

#include "domain/responses/response_answer.h"
#include "domain/queue/bulk.h"
#include "domain/campaigns/campaign.h"
#include "domain/coding/coding.h"
#include "domain/campaigns/duplicate.h"
#include "domain/analysis/facts.h"
#include "domain/coding/codeframe_log.h"
#include "domain/responses/response.h"
#include "domain/core/undo.h"
#include "base/str.h"

#include <inttypes.h>

enum { ACTS = 160, CHECK_EACH = 8 };

/* ---- what people do ---- */

static const char *some_reply(void)
{
	return response_reference(house.arena, "cruelty",
				  1 + figures_random(FIGURES_REPLIES));
}

static int64_t some_code(void)
{
	return house_int("SELECT id FROM code ORDER BY (id * 7919 + %u) %% 101 LIMIT 1",
			 figures_random(101));
}

static int64_t some_coding(void)
{
	return house_int(
		"SELECT coalesce((SELECT id FROM coding WHERE ended_at IS NULL ORDER "
		"BY (id * 7919 + %u) %% 101 LIMIT 1), 0)",
		figures_random(101));
}

static bool screens(struct err *err)
{
	static const char *const states[] = {"included", "excluded", "received"};
	static const char *const reasons[] = {"blank", "abusive", "of another, they say"};
	uint32_t i = figures_random(3);

	return response_screen(&house.op, some_reply(), states[i],
			       i == 1 ? reasons[figures_random(3)] : NULL, err);
}

static bool tags(struct err *err)
{
	bool changed;

	return response_tag(&house.op, some_reply(),
			    arena_printf(house.arena, "tag %u", figures_random(3)),
			    figures_random(3) > 0 ? TAG_PUT_ON : TAG_TAKE_OFF, &changed,
			    err);
}

static bool codes(struct err *err)
{
	struct coded_passage where = {.part = TEXT_PART_MAIL, .from = figures_random(25)};
	int64_t id;

	where.to = where.from + 2 + figures_random(20);
	where.whole = figures_random(5) == 0;
	return coding_put(&house.op,
			  &(struct coding_new){.reference = some_reply(),
					       .code_id = some_code(),
					       .where = &where},
			  &id, NULL, err);
}

static bool codes_many(struct err *err)
{
	for (int i = 0; i < 20; i++)
		if (!codes(err))
			return false;
	return true;
}

static bool uncodes(struct err *err)
{
	return coding_end(&house.op, some_coding(), NULL, err);
}

static bool places(struct err *err)
{
	struct coded_passage where = {.part = TEXT_PART_MAIL, .from = 4, .to = 30};

	return coding_place(&house.op, some_coding(), &where, NULL, err);
}

static bool tells_who(struct err *err)
{
	static const char *const types[] = {"individual", "organisation", NULL};
	static const char *const permissions[] = {"name", "none", NULL, "without name"};

	return response_respondent(&house.op, some_reply(), types[figures_random(3)],
				   permissions[figures_random(4)], err);
}

static bool corrects(struct err *err)
{
	return response_correct(&house.op, some_reply(), NULL, NULL,
				figures_random(2) ? "yes" : "no", err);
}

static bool links(struct err *err)
{
	static const char *const as[] = {"duplicate", "amendment", "composite"};
	uint32_t tenth = 10 * (1 + figures_random(FIGURES_REPLIES / 10));

	if (figures_random(3) == 0)
		return response_duplicate_unlink(
			&house.op, response_reference(house.arena, "cruelty", tenth),
			err);
	return response_duplicate_link(
		&house.op, response_reference(house.arena, "cruelty", tenth),
		response_reference(house.arena, "cruelty", tenth - 1),
		as[figures_random(3)], err);
}

static bool apportions(struct err *err)
{
	if (figures_random(4) == 0)
		return response_answer_anew(&house.op, some_reply(), err);
	return response_answer_set(&house.op, some_reply(),
				   &(struct answer_place){.question = figures_random(3),
							  .part = TEXT_PART_MAIL,
							  .from = figures_random(9),
							  .to = 10 + figures_random(30)},
				   err);
}

static bool changes_frame(struct err *err)
{
	int64_t code = some_code(), coding = some_coding(), id;

	switch (figures_random(5)) {
	case 0:
		return code_merge(&house.op, code, some_code(), NULL, err);
	case 1:
		return code_move(&house.op, code, some_code(), NULL, err);
	case 2:
		return code_rename(
			&house.op, code,
			arena_printf(house.arena, "word %u", figures_random(999)), NULL,
			err);
	case 3:
		return code_retire(&house.op, code,
				   figures_random(2) ? CODE_RETIRED : CODE_IN_USE, NULL,
				   err);
	default:
		return code_split(
			&house.op,
			house_int(
				"SELECT coalesce((SELECT code_id FROM coding WHERE id = "
				"%" PRId64 "), 0)",
				coding),
			&(struct code_part){.name = arena_printf(house.arena, "part %u",
								 figures_random(999)),
					    .place = figures_random(2) ? CODE_BELOW
								       : CODE_BESIDE,
					    .coding_ids = &coding,
					    .count = 1},
			&id, NULL, err);
	}
}

static bool undoes(struct err *err)
{
	const char *what;

	if (figures_random(2))
		return undo_last(&house.op, house.arena, &what, err);
	return codeframe_undo(&house.op,
			      house_int("SELECT coalesce(max(id), 0) FROM change "
					"WHERE undone_at IS NULL AND kind = 'frame'"),
			      err);
}

static bool bulk(struct err *err)
{
	struct response_filter f;
	struct bulk b = {.consultation = "cruelty", .filter = &f, .expected = -1};
	int64_t found, changed;

	b.act = figures_random(2) ? BULK_TAG : BULK_SCREEN;
	b.value = b.act == BULK_TAG ? "many" : "included";
	return response_filter_read(house.arena,
				    figures_random(2) ? "late yes\n" : "type unknown\n",
				    &f, err) &&
	       bulk_apply(&house.op, &b, &found, &changed, err);
}

static bool decides(struct err *err)
{
	static const char *const states[] = {"confirmed", "refused", "proposed"};

	return campaign_decide(&house.op, "cruelty", figures_random(2) ? 2 : 10,
			       states[figures_random(3)], err);
}

/* What mail, a new reading and the clock do, by the statements that they use. */
static bool comes(struct err *err)
{
	struct mail_message m =
		house_mail("New <new@example.org>", "cruelty@lists.example.org", "Words",
			   "1. Some new words.\n\n2. And others.\n");

	(void)err;
	(void)house_comes(&m);
	return true;
}

static bool is_found_alike(struct err *err)
{
	int64_t id = 1 + figures_random(FIGURES_REPLIES);

	int64_t said = house_int("SELECT coalesce((SELECT fingerprint FROM response "
				 "WHERE id = %" PRId64 "), 0)",
				 id);

	return (figures_random(4) ||
		store_run(house.op.store, err, SQL_MEMBERSHIP_END, "i", id)) &&
	       store_run(house.op.store, err, SQL_MEMBERSHIP_ADD, "iitiiiz", id,
			 (int64_t)2, "standard", (int64_t)9, (int64_t)9, (int64_t)9,
			 said);
}

static bool is_late(struct err *err)
{
	(void)err;
	house_do("UPDATE response SET late = 1 - late, received_at = received_at + 7200 "
		 "WHERE id = %u",
		 1 + figures_random(FIGURES_REPLIES));
	return true;
}

static bool packs(struct err *err)
{
	bool more;

	return response_facts_tend(&house.op, &more, err);
}

static const struct {
	const char *name;
	bool (*does)(struct err *err);
} people[] = {
	{"screening", screens},
	{"tagging", tags},
	{"coding", codes},
	{"coding much", codes_many},
	{"coding much", codes_many},
	{"uncoding", uncodes},
	{"placing", places},
	{"telling who", tells_who},
	{"correcting", corrects},
	{"linking", links},
	{"apportioning", apportions},
	{"changing the frame", changes_frame},
	{"changing the frame", changes_frame},
	{"undoing", undoes},
	{"undoing", undoes},
	{"a bulk act", bulk},
	{"deciding on a campaign", decides},
	{"a mail", comes},
	{"finding campaigns", is_found_alike},
	{"a late decision", is_late},
	{"packing", packs},
};

START_TEST(figures_equal_a_plain_count_whatever_people_do)
{
	int64_t done = 0, kept = 0, went_stale = 0, before, after = 0;

	figures_seed((uint32_t)_i * 7 + 1);
	for (int i = 0; i < ACTS; i++) {
		const size_t who = figures_random(ARRAY_LEN(people));
		struct err err = {0};

		ck_assert(figures_random(2) || packs(&err));
		before = house_int("SELECT count(*) FROM fact_fresh");
		kept += before > after;
		/* Many op are refused: that code is merged, nothing is left to undo. */
		if (people[who].does(&err))
			done++;
		else
			ck_assert_msg(err.kind != ERR_SYSTEM, "%s: %s", people[who].name,
				      err.text);
		ck_assert_msg(response_facts_check(&house.op, &err), "%s: %s",
			      people[who].name, err.text);
		after = house_int("SELECT count(*) FROM fact_fresh");
		went_stale += after < before;
		if (i % CHECK_EACH == 0)
			figures_check(people[who].name);
	}
	figures_check("all of it");
	ck_assert_int_gt(done, ACTS / 2);
	ck_assert_int_gt(kept, 2);
	ck_assert_int_gt(went_stale, 2);
}
END_TEST

/* Each is about replies of block 1 only, 256 to 511. */
static const char *const changes[] = {
	"UPDATE response SET state = 'included' WHERE id = 300",
	"UPDATE response SET state = 'excluded', reason = 'x' WHERE id = 300",
	"UPDATE response SET late = 1 - late WHERE id = 300",
	"UPDATE response SET received_at = received_at + 1 WHERE id = 300",
	"UPDATE response SET channel = 'paper' WHERE id = 300",
	"UPDATE response SET respondent_id = 1 WHERE id = 300",
	"UPDATE respondent SET type = 'organisation' WHERE id = 302",
	"UPDATE respondent SET permission = 'name' WHERE id = 301",
	"UPDATE respondent SET contact = 'yes' WHERE id = 301",
	"DELETE FROM membership WHERE response_id = 300",
	"UPDATE membership SET closeness = 'modified' WHERE response_id = 300",
	"UPDATE membership SET campaign_id = 3 WHERE response_id = 300",
	"INSERT INTO membership VALUES (301, 1, 'personalised', 9, 9, 9)",
	"INSERT INTO link (response_id, of_id, as_what, state, by_what, at) VALUES (300, 299, "
	"'duplicate', 'proposed', 'machine', 1)",
	"UPDATE link SET state = 'holds' WHERE response_id = 310",
	"UPDATE link SET ended_at = 2 WHERE response_id = 310",
	"DELETE FROM link WHERE response_id = 310",
	"INSERT INTO answer (response_id, question_id, part, from_char, to_char, by_what, how, "
	"at) VALUES (300, 1, -1, 50, 60, 'machine', 'number', 1)",
	"UPDATE answer SET ended_at = 2 WHERE response_id = 301",
	"UPDATE answer SET question_id = NULL WHERE response_id = 301",
	"UPDATE answer SET to_char = 100 WHERE response_id = 301",
	"DELETE FROM answer WHERE response_id = 301",
	"INSERT INTO coding (response_id, code_id, by_what, at) VALUES (300, 1, 'rule', 1)",
	"UPDATE coding SET code_id = 2 WHERE response_id = 310",
	"UPDATE coding SET ended_at = 2 WHERE response_id = 310",
	"DELETE FROM coding WHERE response_id = 310",
};

START_TEST(a_change_makes_its_block_stale_and_no_other)
{
	struct err err = {0};

	house_do(
		"INSERT INTO link (response_id, of_id, as_what, state, by_what, at) VALUES "
		"(310, 309, 'duplicate', 'proposed', 'machine', 1)");
	house_do("INSERT INTO coding (response_id, code_id, by_what, at) VALUES (310, 1, "
		 "'rule', 1)");
	ck_assert(packs(&err));
	ck_assert_str_eq(house_text("SELECT group_concat(block) FROM fact_fresh"), "0,1");
	house_do("%s", changes[_i]);
	ck_assert_str_eq(house_text("SELECT group_concat(block) FROM fact_fresh"), "0");
	figures_check(changes[_i]);
}
END_TEST

/* Whose replies they are, and that they are there at all. */
START_TEST(rows_that_go_make_their_block_stale)
{
	struct err err = {0};

	ck_assert(packs(&err));
	house_do("PRAGMA foreign_keys = 0; DELETE FROM respondent WHERE id = 303");
	ck_assert_str_eq(house_text("SELECT group_concat(block) FROM fact_fresh"), "0");
	ck_assert(packs(&err));
	house_do("PRAGMA foreign_keys = 0; DELETE FROM response WHERE id = 301");
	ck_assert_str_eq(house_text("SELECT group_concat(block) FROM fact_fresh"), "0");
}
END_TEST

START_TEST(what_is_kept_is_used_and_checked)
{
	struct err err = {0};

	ck_assert(codes_many(&err) && packs(&err));
	ck_assert_int_eq(house_int("SELECT count(*) FROM fact_fresh"),
			 FIGURES_REPLIES / RESPONSE_FACTS_BLOCK);
	figures_check("packing");
	/* A change that no trigger saw: only with hands in the store. */
	house_do(
		"DROP TRIGGER fact_response; UPDATE response SET late = 1 - late WHERE id = 9");
	ck_assert(!response_facts_check(&house.op, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert_msg(strstr(err.text, "the responses 0 to 255") != NULL, "%s", err.text);
	house_do(
		"UPDATE response SET late = 1 - late WHERE id = 9; DELETE FROM fact_block");
	ck_assert(!response_facts_check(&house.op, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

static const char *const damages[] = {
	"x''",
	"x'02'",
	"substr(facts, 1, length(facts) / 2)",
	"CAST(facts || x'00' AS BLOB)",
	"x'01ffffffffffffffff7f'",
	"x'0100ffffffff0f'",
	"x'010101'",
	"CAST(substr(facts, 1, 900) || zeroblob(length(facts) - 900) AS BLOB)",
};

START_TEST(a_damaged_block_is_read_from_the_tables)
{
	struct response_facts facts;
	struct err err = {0};

	ck_assert(codes_many(&err) && packs(&err));
	house_do("UPDATE fact_block SET facts = %s", damages[_i]);
	ck_assert(response_facts_load(&house.op, house.arena, 1, &facts, &err));
	/* Zeros in the middle are numbers, too: then N does not fit, and that is said. */
	if (_i + 1 < (int)ARRAY_LEN(damages)) {
		ck_assert_uint_eq(facts.count, FIGURES_REPLIES);
		house_do("DELETE FROM fact_fresh");
		figures_check("damage");
	}
}
END_TEST

START_TEST(a_block_is_packed_only_when_it_is_full)
{
	struct err err = {0};
	int64_t stale;
	bool more;

	house_do(
		"DELETE FROM queue; DELETE FROM membership; DELETE FROM answer; DELETE FROM "
		"response WHERE id > %d",
		RESPONSE_FACTS_BLOCK - 1);
	ck_assert(response_facts_tend(&house.op, &more, &err) && !more);
	ck_assert_int_eq(house_int("SELECT count(*) FROM fact_fresh"), 0);
	ck_assert(comes(&err));
	ck_assert_int_eq(house_int("SELECT max(id) FROM response"), RESPONSE_FACTS_BLOCK);
	ck_assert(response_facts_stale(&house.op, &stale, &err));
	ck_assert_int_eq(stale, 1);
	ck_assert(response_facts_tend(&house.op, &more, &err) && !more);
	ck_assert_int_eq(house_int("SELECT count(*) FROM fact_fresh"), 1);
	figures_check("one block");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("figures");
	TCase *t = tcase_create("exact");

	tcase_add_checked_fixture(t, figures_begin, house_close);
	tcase_set_timeout(t, 300);
	tcase_add_loop_test(t, figures_equal_a_plain_count_whatever_people_do, 0, 4);
	tcase_add_loop_test(t, a_change_makes_its_block_stale_and_no_other, 0,
			    ARRAY_LEN(changes));
	tcase_add_test(t, rows_that_go_make_their_block_stale);
	tcase_add_test(t, what_is_kept_is_used_and_checked);
	tcase_add_loop_test(t, a_damaged_block_is_read_from_the_tables, 0,
			    ARRAY_LEN(damages));
	tcase_add_test(t, a_block_is_packed_only_when_it_is_full);
	suite_add_tcase(s, t);
	return unit_main_together(s);
}
