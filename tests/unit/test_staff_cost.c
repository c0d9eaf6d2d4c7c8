/* What a page of the staff asks of the store does not grow with what there is to show. */
#include "tests/unit/domain_house.h"

#include "domain/admin/rights.h"
#include "staff/frame/pages.h"
#include "staff/frame/visitor.h"
#include "web/web_private.h"

#include <inttypes.h>
#include <microhttpd.h>

enum { FEW = 2, MANY = 30 };

static void open_all(void)
{
	struct err err = {0};

	house_open();
	ck_assert(rights_grant(&house.op, "olga", "editor", NULL, NULL, &err));
	(void)house_adds("children", "anna@example.org", "all");
	house_consults();
}

static void drafts_and_schedules(int count)
{
	for (int i = 0; i < count; i++) {
		int64_t audience, due, number;
		struct err err = {0};

		house_become("jean");
		number = house_drafts("children", NULL);
		house_become("olga");
		ck_assert_msg(
			bulletin_approve(&house.op, "children", number, &audience, &err),
			"%s", err.text);
		ck_assert_msg(bulletin_schedule(&house.op, "children", number,
						"2026-03-05T10:00", &due, &err),
			      "%s", err.text);
	}
}

/* How many statements a page took. */
static int64_t cost_of(web_handler *page)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct staff_visitor who = {
		.session = {.staff_id = house.op.staff_id, .name = "olga"}};
	const struct web_site site = {.settings = house.settings,
				      .templates = house.templates,
				      .op = &house.op};
	static struct web_server server;
	struct web_server_request in = {.later = true, .arena = arena, .server = &server};
	struct web_request *r = &in.public;
	int64_t before;
	struct err err = {0};

	ck_assert(rights_load(&house.op, arena, house.op.staff_id, &who.rights, &err));
	*r = (struct web_request){.arena = arena,
				  .site = &site,
				  .op = &house.op,
				  .path = "/",
				  .language = "en",
				  .visitor = &who,
				  .inside = &in};
	server = (struct web_server){.site = &site, .arena = arena};
	ck_assert(web_assets_make(&server, &err));
	before = store_statements(house.op.store);
	page(r);
	before = store_statements(house.op.store) - before;
	ck_assert_uint_eq(in.status, 200);
	MHD_destroy_response(in.response);
	return before;
}

START_TEST(calendar_costs_the_same_however_much_is_planned)
{
	int64_t few, many;

	drafts_and_schedules(FEW);
	few = cost_of(staff_calendar);
	drafts_and_schedules(MANY - FEW);
	many = cost_of(staff_calendar);
	ck_assert_msg(few == many && few <= 4,
		      "%" PRId64 " statements for %d bulletins, %" PRId64 " for %d", few,
		      FEW, many, MANY);
}
END_TEST

START_TEST(home_costs_the_same_however_much_waits)
{
	int64_t few, many;

	drafts_and_schedules(FEW);
	house_become("jean");
	(void)house_drafts("children", NULL);
	house_become("olga");
	few = cost_of(staff_home);
	drafts_and_schedules(MANY - FEW);
	house_become("jean");
	for (int i = 0; i < MANY; i++)
		(void)house_drafts("children", NULL);
	house_become("olga");
	many = cost_of(staff_home);
	ck_assert_msg(few == many && few <= 12,
		      "%" PRId64 " statements for few, %" PRId64 " for many", few, many);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("staff cost");
	TCase *tc = tcase_create("staff cost");

	tcase_add_checked_fixture(tc, open_all, house_close);
	tcase_add_test(tc, calendar_costs_the_same_however_much_is_planned);
	tcase_add_test(tc, home_costs_the_same_however_much_waits);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
