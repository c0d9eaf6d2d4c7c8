/* Topics: titles for people, names for files; added, retitled, merged, retired, and whoever
 * chose them keeps their choice. */
#include "tests/unit/domain_house.h"

#include "domain/bulletins/bulletin_audience.h"
#include "domain/delivery/timeline.h"
#include "domain/subscribers/preferences.h"
#include "domain/subscribers/topic_change.h"
#include "base/str.h"

#include <inttypes.h>

static struct err err;

static int64_t mask_of(const char *address)
{
	return house_int("SELECT s.topics FROM subscription s JOIN person p ON p.id = "
			 "s.person_id WHERE p.address = '%s'",
			 address);
}

static const char *state_of(const char *topic)
{
	struct store_table t;

	ck_assert_msg(topic_list(&house.op, house.arena, "children", &t, &err), "%s",
		      err.text);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (str_eq(row_text(&row, "title"), topic))
			return arena_printf(house.arena, "%s %" PRId64,
					    row_text(&row, "state"),
					    row_int(&row, "chosen_by"));
	}
	return "absent";
}

START_TEST(title_is_for_people_and_name_for_files)
{
	struct list l;
	int64_t mask;
	bool all;

	ck_assert_msg(topic_add(&house.op, "children", "Care experience", &err), "%s",
		      err.text);
	l = house_list("children");
	ck_assert_uint_eq(l.topic_count, 4);
	ck_assert_str_eq(l.topics[3].name, "care-experience");
	ck_assert_str_eq(l.topics[3].title, "Care experience");
	ck_assert_str_eq(l.topics[0].title, "Neglect");
	/* Each way of saying the same. */
	static const char *const ways[] = {
		"neglect;care-experience", "Neglect, Care experience",
		"care-experience neglect", " CARE EXPERIENCE ;neglect;"};
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		ck_assert_msg(topics_read(&l, ways[i], &mask, &all, &err), "%s: %s",
			      ways[i], err.text);
		ck_assert_msg(mask == 9 && !all, "%s gives %" PRId64, ways[i], mask);
	}
	ck_assert_str_eq(topics_text(&l, house.arena, 9, TOPICS_CHOSEN),
			 "neglect;care-experience");
	ck_assert_str_eq(topics_titles(&l, house.arena, 9), "Neglect, Care experience");
}
END_TEST

START_TEST(bulletin_names_topics_by_title)
{
	static const char text[] =
		"---\nlist: children\ntitle: News\n"
		"topics: Neglect, care experience\n---\n"
		"## One {Care Experience}\n\nx\n\n## Two {neglect}\n\ny\n";
	struct bulletin b;

	ck_assert(topic_add(&house.op, "children", "Care experience", &err));
	ck_assert_msg(bulletin_draft(&house.op, house.arena,
				     &(struct bulletin_file){.name = "u.md",
							     .text = text,
							     .len = strlen(text)},
				     &b, &err),
		      "%s", err.text);
	ck_assert_uint_eq(bulletin_choice(&b, 8), 2);
	ck_assert_uint_eq(bulletin_choice(&b, 1), 1);
	ck_assert(b.source->sections[0].topics == 2 && b.source->sections[1].topics == 1);
}
END_TEST

static const struct {
	const char *title, *why;
} no_titles[] = {
	{"", "needs a title"},
	{"Neglect", "already"},
	{"neglect", "already"},
	{"NEGLECT!", "already"},
	{"Care, experience", "part topics"},
	{"{Care}", "part topics"},
	{"12", "needs at least one"},
	{"\xE5\x84\xBF\xE7\xAB\xA5", "needs at least one"},
	{"All", "stands for all"},
	{"a line\nand another", ""},
	{"a title that goes on and on until nobody would read it to its end any more, not "
	 "even here",
	 ""},
};

START_TEST(what_is_no_title_is_said)
{
	struct err no = {0};

	ck_assert_msg(!topic_add(&house.op, "children", no_titles[_i].title, &no), "%s",
		      no_titles[_i].title);
	ck_assert_msg(strstr(no.text, no_titles[_i].why) != NULL, "%s: %s",
		      no_titles[_i].title, no.text);
	ck_assert_uint_eq(house_list("children").topic_count, 3);
}
END_TEST

/* "all" stands for all of them wherever topics are named, so no way leads to one of that name. */
static const char *const reserved[] = {"all",  "All",   "ALL",  "aLL",
				       "all!", " All ", "(all)"};

START_TEST(no_topic_is_called_all_by_any_way)
{
	const char *title = reserved[_i];
	struct list_new with = {.name = "second",
				.title = "Second",
				.address = "second@lists.example.org",
				.owner = "owner@example.org",
				.wording = "We write to you.",
				.topics = arena_printf(house.arena, "Data;%s", title)};
	struct list l;
	int64_t mask, moved;
	bool all;
	struct err no = {0};

	ck_assert(!topic_add(&house.op, "children", title, &no));
	ck_assert_msg(strstr(no.text, "stands for all") != NULL, "add: %s", no.text);
	ck_assert(!topic_retitle(&house.op, "children", "hearings", title, &no));
	ck_assert_msg(strstr(no.text, "stands for all") != NULL, "rename: %s", no.text);
	ck_assert(!topic_merge(&house.op, "children", "hearings", title, &moved, &no));
	ck_assert(!topic_merge(&house.op, "children", title, "hearings", &moved, &no));
	ck_assert(!list_add(&house.op, &with, &no));
	ck_assert_msg(strstr(no.text, "stands for all") != NULL, "set-up: %s", no.text);
	l = house_list("children");
	ck_assert_uint_eq(l.topic_count, 3);
	ck_assert_str_eq(l.topics[1].title, "Hearings");
	/* And what an import or a command reads means all of them. */
	if (str_ieq(str_trim(arena_strdup(house.arena, title)), "all")) {
		ck_assert_msg(topics_read(&l, title, &mask, &all, &no), "%s", no.text);
		ck_assert(all && mask == 0);
	}
}
END_TEST

/* An earlier version let one be renamed so: the word means all topics there too. */
START_TEST(all_means_all_where_a_topic_was_once_called_so)
{
	struct list l;
	int64_t mask;
	bool all;

	house_do("UPDATE topic SET title = 'ALL' WHERE name = 'hearings'");
	l = house_list("children");
	ck_assert(topics_read(&l, "All", &mask, &all, &err));
	ck_assert(all && mask == 0);
	ck_assert(topics_read(&l, "hearings", &mask, &all, &err));
	ck_assert(!all && mask == 2);
	ck_assert_msg(topic_retitle(&house.op, "children", "hearings", "Hearings", &err),
		      "%s", err.text);
}
END_TEST

/* Two of one title could be told apart by nobody. */
START_TEST(new_topic_takes_no_title_that_another_has)
{
	struct err no = {0};

	ck_assert(topic_retitle(&house.op, "children", "hearings", "Panels", &err));
	ck_assert(!topic_add(&house.op, "children", "panels", &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_uint_eq(house_list("children").topic_count, 3);
}
END_TEST

/* What differs only behind the part of a title that makes its name. */
START_TEST(long_titles_that_begin_alike_are_topics_of_their_own)
{
	static const char *const titles[] = {
		"Recording and keeping of information about neglect",
		"Recording and keeping of information about trafficking",
		"Recording and keeping of information about hearings"};
	struct err no = {0};
	struct list l;
	int64_t mask;
	bool all;

	for (size_t i = 0; i < ARRAY_LEN(titles); i++)
		ck_assert_msg(topic_add(&house.op, "children", titles[i], &err), "%s",
			      err.text);
	l = house_list("children");
	ck_assert_str_eq(l.topics[3].name, "recording-and-keeping-of-information-abo");
	ck_assert_str_eq(l.topics[4].name, "recording-and-keeping-of-information-a-2");
	ck_assert_str_eq(l.topics[5].name, "recording-and-keeping-of-information-a-3");
	for (size_t i = 0; i < ARRAY_LEN(titles); i++) {
		ck_assert_msg(topics_read(&l, titles[i], &mask, &all, &err), "%s",
			      err.text);
		ck_assert_int_eq(mask, 8 << i);
		ck_assert_msg(topics_read(&l, l.topics[3 + i].name, &mask, &all, &err),
			      "%s", err.text);
		ck_assert_int_eq(mask, 8 << i);
		ck_assert(!topic_add(&house.op, "children", titles[i], &no));
		ck_assert_int_eq(no.kind, ERR_CONFLICT);
		ck_assert_ptr_nonnull(strstr(no.text, titles[i]));
		no = (struct err){0};
	}
}
END_TEST

START_TEST(new_title_changes_nobodys_choice)
{
	struct err no = {0};
	struct list l;

	(void)house_adds("children", "one@example.org", "hearings");
	ck_assert_msg(topic_retitle(&house.op, "children", "hearings",
				    "Children's hearings", &err),
		      "%s", err.text);
	l = house_list("children");
	ck_assert_str_eq(l.topics[1].name, "hearings");
	ck_assert_str_eq(l.topics[1].title, "Children's hearings");
	ck_assert_int_eq(mask_of("one@example.org"), 2);
	ck_assert(!topic_retitle(&house.op, "children", "hearings", "Neglect", &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert(!topic_retitle(&house.op, "children", "nothing", "Any", &no));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
}
END_TEST

/* Whoever chose the one has the other, what waits to be confirmed included; a form that was
 * open, a file and a draft may still say the old one. */
START_TEST(merged_topic_is_the_other_one_everywhere)
{
	struct audience_tell tell;
	struct bulletin b;
	struct list l;
	int64_t moved, mask, number;
	bool all;

	(void)house_adds("children", "one@example.org", "hearings");
	(void)house_adds("children", "both@example.org", "hearings;data");
	(void)house_adds("children", "other@example.org", "neglect");
	(void)house_adds("children", "all@example.org", "all");
	number = house_drafts("children", NULL); /* on neglect and hearings */
	ck_assert_msg(
		topic_merge(&house.op, "children", "hearings", "Data", &moved, &err),
		"%s", err.text);
	ck_assert_int_eq(moved, 2);
	ck_assert_int_eq(mask_of("one@example.org"), 4);
	ck_assert_int_eq(mask_of("both@example.org"), 4);
	ck_assert_int_eq(mask_of("other@example.org"), 1);
	ck_assert_int_eq(mask_of("all@example.org"), 0);
	ck_assert_str_eq(state_of("Hearings"), "merged 0");
	ck_assert_str_eq(state_of("Data"), "offered 2");
	l = house_list("children");
	ck_assert_msg(topics_read(&l, "hearings", &mask, &all, &err) && mask == 4, "%s",
		      err.text);
	ck_assert_str_eq(house_text("SELECT basis FROM evidence WHERE event = 'topics' "
				    "ORDER BY id DESC LIMIT 1"),
			 "Hearings is now part of Data");
	ck_assert_msg(
		bulletin_load(&house.op, house.arena, "children", number, &b, &err) &&
			bulletin_audience_tell(&house.op, house.arena, &b, &tell, &err),
		"%s", err.text);
	ck_assert_int_eq(tell.count, 4);
	ck_assert_int_eq(tell.topics[2].chosen, 2);
	ck_assert_int_eq(tell.topics[2].get, 3);
}
END_TEST

START_TEST(what_was_chosen_and_not_confirmed_is_merged_too)
{
	int64_t moved;

	house_do("UPDATE subscription SET state = 'pending' WHERE id = %" PRId64,
		 house_adds("children", "one@example.org", "all"));
	house_do("INSERT INTO confirmation (subscription_id, token_hash, topics, "
		 "all_topics, created_at, expires_at) "
		 "SELECT id, x'01', 3, 0, 1, 2 FROM subscription");
	house_do("INSERT INTO confirmation (subscription_id, token_hash, topics, "
		 "all_topics, created_at, expires_at, used_at) "
		 "SELECT id, x'02', 3, 0, 1, 2, 2 FROM subscription");
	ck_assert_msg(topic_merge(&house.op, "children", "neglect", "data", &moved, &err),
		      "%s", err.text);
	ck_assert_int_eq(house_int("SELECT topics FROM confirmation WHERE id = 1"), 6);
	ck_assert_int_eq(house_int("SELECT topics FROM confirmation WHERE id = 2"), 3);
	house_do("DELETE FROM confirmation");
}
END_TEST

START_TEST(merges_follow_each_other)
{
	struct err no = {0};
	struct list l;
	int64_t moved, mask;
	bool all;

	ck_assert(
		topic_merge(&house.op, "children", "neglect", "hearings", &moved, &err));
	ck_assert(!topic_merge(&house.op, "children", "neglect", "data", &moved, &no));
	ck_assert_msg(strstr(no.text, "part of") != NULL, "%s", no.text);
	ck_assert(
		!topic_merge(&house.op, "children", "hearings", "neglect", &moved, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_msg(
		topic_merge(&house.op, "children", "hearings", "data", &moved, &err),
		"%s", err.text);
	l = house_list("children");
	ck_assert(topics_read(&l, "neglect", &mask, &all, &err));
	ck_assert_int_eq(mask, 4);
	ck_assert(!topic_revive(&house.op, "children", "neglect", &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
}
END_TEST

START_TEST(retired_topic_is_offered_no_more_and_kept)
{
	struct topic_chosen chosen;
	struct err no = {0};

	(void)house_adds("children", "only@example.org", "hearings");
	(void)house_adds("children", "both@example.org", "hearings;data");
	ck_assert(!topic_retire(&house.op, "children", "hearings", TOPIC_LEAVES_NOBODY,
				&chosen, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_msg(strstr(no.text, "1 subscriber chose") != NULL, "%s", no.text);
	ck_assert_str_eq(state_of("Hearings"), "offered 2");
	ck_assert_msg(topic_retire(&house.op, "children", "hearings",
				   TOPIC_MAY_LEAVE_SOME, &chosen, &err),
		      "%s", err.text);
	ck_assert_int_eq(chosen.by, 2);
	ck_assert_int_eq(chosen.only_it, 1);
	ck_assert_str_eq(state_of("Hearings"), "retired 2");
	ck_assert_int_eq(mask_of("only@example.org"), 2);
	ck_assert(!house_list("children").topics[1].is_offered);
	ck_assert(!topic_retire(&house.op, "children", "hearings", TOPIC_MAY_LEAVE_SOME,
				&chosen, &no));
	ck_assert_msg(topic_revive(&house.op, "children", "hearings", &err), "%s",
		      err.text);
	ck_assert_str_eq(state_of("Hearings"), "offered 2");
}
END_TEST

/* Approved for those who have chosen its topics now. */
START_TEST(nothing_moves_under_a_bulletin_that_waits)
{
	struct topic_chosen chosen;
	struct err no = {0};
	int64_t number = house_drafts("children", NULL), audience, moved;

	(void)house_adds("children", "one@example.org", "hearings");
	house_become("olga");
	ck_assert_msg(bulletin_approve(&house.op, "children", number, &audience, &err),
		      "%s", err.text);
	ck_assert(!topic_merge(&house.op, "children", "hearings", "data", &moved, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_msg(strstr(no.text, "No. 1 of children is approved") != NULL, "%s",
		      no.text);
	ck_assert(!topic_retire(&house.op, "children", "hearings", TOPIC_MAY_LEAVE_SOME,
				&chosen, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_msg(topic_retitle(&house.op, "children", "hearings", "Panels", &err),
		      "%s", err.text);
}
END_TEST

START_TEST(list_changes_what_is_said_and_no_more)
{
	struct list_change to = {.title = "Children and us", .description = ""};
	struct err no = {0};
	struct list before = house_list("children"), after;

	ck_assert_msg(list_change(&house.op, "children", &to, &err), "%s", err.text);
	after = house_list("children");
	ck_assert_str_eq(after.title, "Children and us");
	ck_assert_str_eq(after.description, "");
	ck_assert_str_eq(after.from_name, before.from_name);
	ck_assert_str_eq(after.owner, before.owner);
	ck_assert_int_eq(after.wording_id, before.wording_id);
	to = (struct list_change){.wording = "We keep your address, and write to it."};
	ck_assert_msg(list_change(&house.op, "children", &to, &err), "%s", err.text);
	ck_assert_int_ne(house_list("children").wording_id, before.wording_id);
	ck_assert_str_eq(
		house_text("SELECT group_concat(version) FROM wording w JOIN list "
			   "l ON l.id = w.list_id WHERE l.name = 'children'"),
		"1,2");
	static const struct list_change bad[] = {
		{.title = ""},     {.from_name = " "}, {.owner = "nobody"},
		{.relay = "moon"}, {.wording = "\n"},  {.title = "two\nlines"},
	};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		ck_assert_msg(!list_change(&house.op, "children", &bad[i], &no) &&
				      no.kind == ERR_INPUT,
			      "bad %zu: %s", i, no.text);
		/* A form asks of each field by itself, and nothing changes. */
		ck_assert(!list_change_check(&house.op, &bad[i], &no));
	}
	to = (struct list_change){.title = "Another", .owner = "team@example.org"};
	ck_assert(list_change_check(&house.op, &to, &err));
	ck_assert_str_eq(house_list("children").title, "Children and us");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("topic");
	TCase *c = tcase_create("topic");

	tcase_add_checked_fixture(c, house_open, house_close);
	tcase_add_test(c, title_is_for_people_and_name_for_files);
	tcase_add_test(c, bulletin_names_topics_by_title);
	UNIT_TABLE(c, what_is_no_title_is_said, no_titles);
	UNIT_TABLE(c, no_topic_is_called_all_by_any_way, reserved);
	tcase_add_test(c, all_means_all_where_a_topic_was_once_called_so);
	tcase_add_test(c, new_topic_takes_no_title_that_another_has);
	tcase_add_test(c, long_titles_that_begin_alike_are_topics_of_their_own);
	tcase_add_test(c, new_title_changes_nobodys_choice);
	tcase_add_test(c, merged_topic_is_the_other_one_everywhere);
	tcase_add_test(c, what_was_chosen_and_not_confirmed_is_merged_too);
	tcase_add_test(c, merges_follow_each_other);
	tcase_add_test(c, retired_topic_is_offered_no_more_and_kept);
	tcase_add_test(c, nothing_moves_under_a_bulletin_that_waits);
	tcase_add_test(c, list_changes_what_is_said_and_no_more);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
