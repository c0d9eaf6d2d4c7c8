/*
 * fuzz_replay - every fuzz target over its seeds and over so many inputs made of them, as TAP.
 * For make check with any compiler; what was found once is a seed, and looked at each time.
 *
 *   fuzz_replay                  all targets, a test each
 *   fuzz_replay TARGET FILE...   one target on these files, to see what a finding does
 *
 * Each target has a process of its own. When one ends, the input that it was given lies in
 * tests/fuzz/found/ below the folder of the build, and the command that repeats it is shown.
 *
 *   fuzz_replay --seeds TARGET FOLDER   writes its seeds there, those that are made too
 *
 * MERCAT_FUZZ_SEED names the run to be repeated, MERCAT_FUZZ_RUNS how many inputs are made.
 */
#include "tests/fuzz/fuzz.h"

#include "base/fd.h"
#include "base/codec/secret.h"

#include <dirent.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNS = 300, ROOM = 1 << 20, WORDS_MOST = 400, CPU_MOST_S = 600 };

struct seed {
	char *bytes;
	size_t len;
};

struct seeds {
	struct seed *items;
	size_t count;
};

/* What the child runs now, for its parent to keep. */
struct now {
	size_t len;
	unsigned long runs;
	char bytes[ROOM];
};

static struct now *now;
static uint64_t dice;

static uint64_t roll(uint64_t below)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return below ? dice % below : 0;
}

/* Where seeds.py has written what there is. */
static const char *place(struct arena *a, const char *name)
{
	return arena_printf(a, "%s/tests/fuzz/seeds/%s",
			    str_or(getenv("MERCAT_BUILDDIR"), "."), name);
}

static void add(struct arena *a, struct seeds *to, const char *bytes, size_t len)
{
	to->items = arena_grow(a, to->items, to->count, sizeof(*to->items));
	to->items[to->count].bytes = arena_memdup(a, bytes, len);
	to->items[to->count++].len = len;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* In the order of their names, so that a seed of the dice always gives the same run. */
static void read_seeds(struct arena *a, const char *name, struct seeds *out)
{
	const char *folder = place(a, name);
	struct dirent **names = NULL;
	int count = scandir(folder, &names, NULL, by_name);
	struct err err = {0};

	for (int i = 0; i < count; i++) {
		const char *path = arena_printf(a, "%s/%s", folder, names[i]->d_name);
		AUTO(buf) text = buf_new(ROOM);

		if (names[i]->d_name[0] != '.' && fd_read_file(path, text, &err))
			add(a, out, buf_text(text), text->len);
		free(names[i]);
	}
	free(names);
}

/* What only a program can write is made of another target's seeds. */
static const struct {
	const char *name, *of;
	bool (*make)(struct arena *a, const char *bytes, size_t len, struct buf *out);
} made[] = {{"document", "html", fuzz_make_document}, {"wire", "mail", fuzz_make_wire}};

static void seeds_of(struct arena *a, const struct fuzz_target *t, struct seeds *out)
{
	struct seeds others = {0};

	read_seeds(a, t->name, out);
	for (size_t i = 0; i < ARRAY_LEN(made); i++)
		if (str_eq(made[i].name, t->name))
			read_seeds(a, made[i].of, &others);
	for (size_t i = 0; i < ARRAY_LEN(made); i++)
		for (size_t j = 0; str_eq(made[i].name, t->name) && j < others.count;
		     j++) {
			AUTO(buf) packed = buf_new(ROOM);

			if (made[i].make(a, others.items[j].bytes, others.items[j].len,
					 packed))
				add(a, out, buf_text(packed), packed->len);
		}
}

/* The words of TARGET.dict, as libFuzzer has them: "..." with \xNN, \\ and \". */
static void words_of(struct arena *a, const struct fuzz_target *t, struct seeds *out)
{
	const char *path = place(a, arena_printf(a, "%s.dict", t->name));
	AUTO(buf) text = buf_new(ROOM);
	struct err err = {0};
	const char *at;

	if (access(path, R_OK) || !fd_read_file(path, text, &err))
		return;
	for (at = buf_text(text); *at; at += strcspn(at, "\n"), at += *at == '\n') {
		char word[200];
		size_t len = 0;

		if (*at != '"')
			continue;
		for (at++; *at && *at != '"' && len < sizeof(word); len++) {
			unsigned hex;

			if (at[0] == '\\' && at[1] == 'x' &&
			    sscanf(at + 2, "%2x", &hex) == 1) {
				word[len] = (char)hex;
				at += 4;
			} else {
				at += *at == '\\';
				word[len] = *at++;
			}
		}
		add(a, out, word, len);
	}
}

static void run(const struct fuzz_target *t, const char *bytes, size_t len)
{
	/* Of just its size: an over-read shows with sanitizers, here as there. */
	char *copy = malloc(len ? len : 1);

	ASSERT(copy && len <= ROOM);
	memcpy(now->bytes, bytes, len);
	now->len = len;
	now->runs++;
	memcpy(copy, bytes, len);
	t->run(copy, len);
	free(copy);
}

static void put(struct buf *to, const struct seed *from, size_t at, size_t len)
{
	if (at < from->len)
		buf_add(to, from->bytes + at,
			len < from->len - at ? len : from->len - at);
}

/* One change: a byte, a stretch taken out, doubled, taken from another, or a word put in. */
static void change(struct buf *io, const struct seeds *seeds, const struct seeds *words)
{
	struct buf to;
	struct seed was = {io->bytes, io->len};
	const struct seed *other = &seeds->items[roll(seeds->count)];
	size_t at = roll(was.len + 1), len = 1 + roll(roll(2) ? 8 : 200);

	buf_init(&to, ROOM);
	put(&to, &was, 0, at);
	switch (roll(6)) {
	case 0:
		buf_char(&to, (char)roll(256));
		put(&to, &was, at + 1, SIZE_MAX);
		break;
	case 1:
		put(&to, &was, at + len, SIZE_MAX);
		break;
	case 2:
		put(&to, &was, at, len);
		put(&to, &was, at, SIZE_MAX);
		break;
	case 3:
		put(&to, other, roll(other->len + 1), SIZE_MAX);
		break;
	case 4:
		put(&to, other, roll(other->len + 1), len);
		put(&to, &was, at, SIZE_MAX);
		break;
	default:
		if (words->count)
			put(&to, &words->items[roll(words->count)], 0, SIZE_MAX);
		put(&to, &was, at + (roll(2) ? len : 0), SIZE_MAX);
	}
	buf_clear(io);
	*io = to;
}

static NORETURN void child(const struct fuzz_target *t, const struct seeds *seeds,
			   const struct seeds *words, unsigned long runs)
{
	const struct rlimit cpu = {CPU_MOST_S, CPU_MOST_S}, no_core = {0, 0};

	/* Libraries print what they think; the results are ours alone. */
	if (!freopen("/dev/null", "w", stdout))
		_exit(1);
	/* A parser that goes round in circles ends as a finding, too. */
	(void)setrlimit(RLIMIT_CPU, &cpu);
	(void)setrlimit(RLIMIT_CORE, &no_core);
	run(t, "", 0);
	for (size_t i = 0; i < seeds->count; i++)
		run(t, seeds->items[i].bytes, seeds->items[i].len);
	for (unsigned long i = 0; i < runs; i++) {
		const struct seed *from = &seeds->items[roll(seeds->count)];
		struct buf input;

		buf_init(&input, ROOM);
		buf_add(&input, from->bytes, from->len);
		for (uint64_t n = 1 + roll(4); n; n--)
			change(&input, seeds, words);
		run(t, buf_text(&input), input.len < t->most ? input.len : t->most);
		buf_clear(&input);
	}
	_exit(0);
}

/* Keeps the input that ended a child. */
static void keep(const struct fuzz_target *t)
{
	char hash[SECRET_SHA256_HEX], path[300];
	struct err err = {0};

	secret_sha256_hex(now->bytes, now->len, hash);
	(void)mkdir("tests/fuzz/found", 0777);
	(void)snprintf(path, sizeof(path), "tests/fuzz/found/%s-%.12s", t->name, hash);
	if (fd_write_file(path, now->bytes, now->len, 0644, &err))
		printf("# to repeat it: tests/fuzz/fuzz_replay %s %s\n", t->name, path);
	else
		printf("# the input could not be kept: %s\n", err.text);
}

static unsigned long asked(const char *name, unsigned long otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoul(text, NULL, 10) : otherwise;
}

static void one(const struct fuzz_target *t, int number, uint64_t seed)
{
	AUTO(arena) a = arena_new(1 << 16);
	struct seeds seeds = {0}, words = {0};
	int status = 0;
	pid_t pid;

	seeds_of(a, t, &seeds);
	words_of(a, t, &words);
	if (!seeds.count) {
		printf("not ok %d - %s has no seeds\n", number, t->name);
		return;
	}
	now->runs = 0;
	dice = seed | 1;
	(void)fflush(stdout);
	pid = fork();
	ASSERT(pid >= 0);
	if (!pid)
		child(t, &seeds, &words, asked("MERCAT_FUZZ_RUNS", RUNS));
	ASSERT(waitpid(pid, &status, 0) == pid);
	printf("%s %d - %s: %lu inputs of %zu seeds\n", status ? "not ok" : "ok", number,
	       t->name, now->runs, seeds.count);
	if (!status)
		return;
	if (WIFSIGNALED(status))
		printf("# ended by signal %d\n", WTERMSIG(status));
	keep(t);
}

static int write_seeds(const struct fuzz_target *t, const char *folder)
{
	AUTO(arena) a = arena_new(1 << 16);
	struct seeds seeds = {0};
	struct err err = {0};

	seeds_of(a, t, &seeds);
	for (size_t i = 0; i < seeds.count; i++)
		if (!fd_write_file(arena_printf(a, "%s/%02zu", folder, i),
				   seeds.items[i].bytes, seeds.items[i].len, 0644,
				   &err)) {
			(void)fprintf(stderr, "fuzz_replay: %s\n", err.text);
			return 1;
		}
	return 0;
}

static int files(const struct fuzz_target *t, char **paths)
{
	for (; *paths; paths++) {
		AUTO(buf) text = buf_new(ROOM);
		struct err err = {0};

		if (!fd_read_file(*paths, text, &err)) {
			(void)fprintf(stderr, "fuzz_replay: %s\n", err.text);
			return 1;
		}
		run(t, buf_text(text), text->len);
		printf("%s: nothing found\n", *paths);
	}
	return 0;
}

int main(int argc, char **argv)
{
	bool writes = argc == 4 && str_eq(argv[1], "--seeds");
	const struct fuzz_target *t =
		argc > 1 ? fuzz_target_named(argv[1 + writes]) : NULL;
	uint64_t seed = asked("MERCAT_FUZZ_SEED", 0);
	int count = 0;

	now = mmap(NULL, sizeof(*now), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		   -1, 0);
	ASSERT(now != MAP_FAILED);
	fuzz_setup();
	if (t)
		return writes ? write_seeds(t, argv[3]) : files(t, argv + 2);
	if (argc > 1) {
		(void)fprintf(stderr, "fuzz_replay: there is no target %s\n", argv[1]);
		return 2;
	}
	while (!seed)
		secret_random(&seed, sizeof(seed));
	printf("# MERCAT_FUZZ_SEED=%llu\n", (unsigned long long)seed);
	for (t = fuzz_targets; t->name; t++)
		one(t, ++count, seed);
	printf("1..%d\n", count);
	return 0;
}
