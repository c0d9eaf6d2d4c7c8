/*
 * bench_staff - times the op that pages of the desk are made of, on a store that
 * staff.py made: bench_staff SETTINGS REPLIES
 */
#include "domain/queue/bulk.h"
#include "domain/responses/response_lock.h"
#include "domain/queue/queue.h"
#include "domain/queue/response_view.h"
#include "domain/core/undo.h"
#include "domain/sorting/undo_kinds.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

enum { ROUNDS = 9, PAGE = 50 };

static struct operation op;
static struct arena *arena;
static int64_t replies;

static void must(bool ok, const struct err *err)
{
	if (ok)
		return;
	(void)fprintf(stderr, "bench_staff: %s\n", err->text);
	exit(1);
}

static int by_size(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return one < other ? -1 : one > other;
}

/* One thing that a page does, of a filter and a place in the list. */
typedef void step(const char *filter, int64_t from);

static struct response_filter read_filter(const char *text)
{
	struct response_filter f;
	struct err err = {0};

	must(response_filter_read(arena, text, &f, &err), &err);
	return f;
}

/* Of who may see who wrote. */
static struct response_look look_at(const struct response_filter *filter)
{
	return (struct response_look){
		.consultation = "words", .filter = filter, .who = true};
}

static void list(const char *filter, int64_t from)
{
	struct response_filter f = read_filter(filter);
	struct response_look look = look_at(&f);
	struct queue_page page = {.most = PAGE, .after = from};
	struct queue_rows rows;
	struct err err = {0};

	must(queue_list(&op, arena, &look, &page, &rows, &err), &err);
}

static void count(const char *filter, int64_t from)
{
	struct response_filter f = read_filter(filter);
	struct response_look look = look_at(&f);
	struct err err = {0};
	int64_t n;

	(void)from;
	must(queue_count(&op, &look, &n, &err), &err);
}

static void around(const char *filter, int64_t from)
{
	struct response_filter f = read_filter(filter);
	struct response_look look = look_at(&f);
	struct queue_neighbours next;
	struct err err = {0};

	must(queue_around(&op, arena, &look, from, &next, &err), &err);
}

static void views(const char *filter, int64_t from)
{
	struct queue d;
	struct err err = {0};

	(void)filter;
	(void)from;
	must(queue_load(&op, arena, "words", &d, &err), &err);
}

static void reply(const char *filter, int64_t from)
{
	struct response_view v;
	struct err err = {0};

	(void)filter;
	must(response_view_load(&op, arena, arena_printf(arena, "words-%" PRId64, from),
				VIEW_WITH_NAMES, &v, &err),
	     &err);
}

static void screen_and_undo(const char *filter, int64_t from)
{
	const char *what, *reference = arena_printf(arena, "words-%" PRId64, from);
	struct err err = {0};

	(void)filter;
	must(response_screen(&op, reference, "excluded", "bench", &err), &err);
	must(undo_last(&op, arena, &what, &err), &err);
}

static void bulk_and_undo(const char *filter, int64_t from)
{
	struct response_filter f = read_filter(filter);
	struct bulk b = {.consultation = "words",
			 .filter = &f,
			 .expected = -1,
			 .act = BULK_TAG,
			 .value = "bulk"};
	int64_t found, changed;
	const char *what;
	struct err err = {0};

	(void)from;
	must(bulk_apply(&op, &b, &found, &changed, &err), &err);
	must(undo_last(&op, arena, &what, &err), &err);
}

static void measure(const char *name, step *run, const char *filter, int64_t from,
		    int rounds)
{
	int64_t took[ROUNDS];
	const char *shown = arena_strdup(arena, filter);

	for (int i = 0; i < rounds; i++) {
		int64_t began = clock_mono_us();

		run(filter, from);
		took[i] = clock_mono_us() - began;
	}
	qsort(took, (size_t)rounds, sizeof(*took), by_size);
	(void)printf("%-16s %-28.*s %8.1f %8.1f\n", name, (int)strcspn(shown, "\n"),
		     shown, (double)took[rounds / 2] / 1000,
		     (double)took[rounds - 1] / 1000);
}

static const char *const filters[] = {
	"",
	"state received\n",
	"assigned Ada\n",
	"late yes\n",
	"unreadable yes\n",
	"marked yes\n",
	"campaign any\n",
	"tag tag7\n",
	"tagged no\n",
	"linked yes\n",
	"type organisation\n",
	"permission name\n",
	"search common\n",
	"search word77\n",
	"search word77 word99\n",
	"search \"word7 word8\"\n",
};

static void pages(void)
{
	(void)printf("%-16s %-28s %8s %8s\n", "act", "filter", "ms", "slowest");
	measure("views", views, "", 0, ROUNDS);
	for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
		measure("first page", list, filters[i], 0, ROUNDS);
		measure("last page", list, filters[i], replies - PAGE, ROUNDS);
		measure("count", count, filters[i], 0, ROUNDS);
		measure("next, previous", around, filters[i], replies / 2, ROUNDS);
	}
	measure("one reply", reply, "", replies / 2, ROUNDS);
	measure("screen and undo", screen_and_undo, "", replies / 2, ROUNDS);
	measure("bulk and undo", bulk_and_undo, "search word77\n", 0, 3);
}

int main(int argc, char **argv)
{
	AUTO(settings) settings = NULL;
	AUTO(template_library) templates = NULL;
	struct err err = {0};

	if (argc != 3 || !str_to_int(argv[2], PAGE, INT32_MAX, &replies, &err)) {
		(void)fprintf(stderr, "usage: bench_staff SETTINGS REPLIES\n");
		return 2;
	}
	secret_setup();
	arena = arena_new(1 << 20);
	must(settings_load(argv[1], &settings, &err), &err);
	op.settings = settings;
	op.undo_kinds = undo_kinds;
	op.now = clock_now();
	must(domain_key_load(settings, op.key, &err), &err);
	templates = template_library_new();
	must(domain_templates_load(settings, getenv("MERCAT_TEMPLATES"), templates, &err),
	     &err);
	op.templates = templates;
	must(store_open(settings_store_path(settings), STORE_EXISTING, &op.store, &err),
	     &err);
	must(account_become(&op, arena, "Ada", &err), &err);
	pages();
	store_close(&op.store);
	arena_free(&arena);
	return 0;
}
