/*
 * bench_desk - times the acts that pages of the desk are made of, on a store that
 * desk.py made: bench_desk SETTINGS REPLIES
 */
#include "acts/bulk.h"
#include "acts/claim.h"
#include "acts/desk.h"
#include "acts/reply_view.h"
#include "acts/undo.h"
#include "acts/undo_kinds.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

enum { ROUNDS = 9, PAGE = 50 };

static struct acts acts;
static struct arena *arena;
static int64_t replies;

static void must(bool ok, const struct err *err)
{
	if (ok)
		return;
	(void)fprintf(stderr, "bench_desk: %s\n", err->text);
	exit(1);
}

static int by_size(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return one < other ? -1 : one > other;
}

/* One thing that a page does, of a filter and a place in the list. */
typedef void step(const char *filter, int64_t from);

static struct acts_desk_filter read_filter(const char *text)
{
	struct acts_desk_filter f;
	struct err err = {0};

	must(acts_desk_filter_read(arena, text, &f, &err), &err);
	return f;
}

static void list(const char *filter, int64_t from)
{
	struct acts_desk_filter f = read_filter(filter);
	struct acts_desk_page page = {.most = PAGE, .after = from, .who = true};
	struct acts_desk_rows rows;
	struct err err = {0};

	must(acts_desk_list(&acts, arena, "words", &f, &page, &rows, &err), &err);
}

static void count(const char *filter, int64_t from)
{
	struct acts_desk_filter f = read_filter(filter);
	struct err err = {0};
	int64_t n;

	(void)from;
	must(acts_desk_count(&acts, "words", &f, true, &n, &err), &err);
}

static void around(const char *filter, int64_t from)
{
	struct acts_desk_filter f = read_filter(filter);
	const char *before, *after;
	struct err err = {0};

	must(acts_desk_around(&acts, arena, "words", &f, false, true, from, &before,
			      &after, &err),
	     &err);
}

static void views(const char *filter, int64_t from)
{
	struct acts_desk d;
	struct err err = {0};

	(void)filter;
	(void)from;
	must(acts_desk_load(&acts, arena, "words", &d, &err), &err);
}

static void reply(const char *filter, int64_t from)
{
	struct acts_reply_view v;
	struct err err = {0};

	(void)filter;
	must(acts_reply_view_load(&acts, arena,
				  arena_printf(arena, "words-%" PRId64, from), true, &v,
				  &err),
	     &err);
}

static void screen_and_undo(const char *filter, int64_t from)
{
	const char *what, *reference = arena_printf(arena, "words-%" PRId64, from);
	struct err err = {0};

	(void)filter;
	must(acts_response_screen(&acts, reference, "excluded", "bench", &err), &err);
	must(acts_undo(&acts, arena, &what, &err), &err);
}

static void bulk_and_undo(const char *filter, int64_t from)
{
	struct acts_desk_filter f = read_filter(filter);
	struct acts_bulk b = {.consultation = "words",
			      .filter = &f,
			      .expected = -1,
			      .act = BULK_TAG,
			      .value = "bulk"};
	int64_t found, changed;
	const char *what;
	struct err err = {0};

	(void)from;
	must(acts_bulk(&acts, &b, &found, &changed, &err), &err);
	must(acts_undo(&acts, arena, &what, &err), &err);
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
		(void)fprintf(stderr, "usage: bench_desk SETTINGS REPLIES\n");
		return 2;
	}
	secret_setup();
	arena = arena_new(1 << 20);
	must(settings_load(argv[1], &settings, &err), &err);
	acts.settings = settings;
	acts.undo_kinds = acts_undo_kinds;
	acts.now = clock_now();
	must(acts_key_load(settings, acts.key, &err), &err);
	templates = template_library_new();
	must(acts_templates_load(settings, getenv("MERCAT_TEMPLATES"), templates, &err),
	     &err);
	acts.templates = templates;
	must(store_open(settings_store_path(settings), STORE_EXISTING, &acts.store, &err),
	     &err);
	must(acts_staff_become(&acts, arena, "Ada", &err), &err);
	pages();
	store_close(&acts.store);
	arena_free(&arena);
	return 0;
}
