/*
 * bench_campaign - what it costs to find the campaigns in very many replies.
 *
 *	bench_campaign [N]    N replies, 100,000 when not said
 *
 * Made-up replies of 250 words on average: a third are copies of one of ten standard
 * letters, a third change some of it and add their own, a third are their own words.
 * Prints the time of a plain pass (every text parted into words, once) and of finding
 * and measuring, and their ratio; for N / 2 too, so that a cost that is not linear shows.
 */
#include "base/buf.h"
#include "base/clock.h"
#include "base/codec/secret.h"
#include "base/str.h"
#include "text/letter/campaign_copies.h"

#include <inttypes.h>
#include <sys/resource.h>

enum { STANDARDS = 10, WORDS = 250, VOCABULARY = 20000 };

static uint64_t state = 7;

static uint32_t dice(uint32_t below)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(state >> 33) % below;
}

/* A few words are frequent, most are not. */
static void add_words(struct buf *to, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t w = dice(2) ? dice(100) : dice(VOCABULARY);

		buf_printf(to, "%c%c%c%" PRIu32 "%s", 'a' + w % 26, 'a' + w / 26 % 26,
			   'a' + w % 7, w, dice(12) ? " " : ",\n");
	}
}

static char *letter(char *const *standards)
{
	AUTO(buf) text = buf_new(1 << 16);
	const char *standard = standards[dice(STANDARDS)];
	uint32_t kind = dice(3);

	if (kind == 0) {
		buf_str(text, standard);
	} else if (kind == 1) {
		size_t cut = dice((uint32_t)strlen(standard) / 2);

		add_words(text, dice(100));
		buf_str(text, standard + cut);
		add_words(text, dice(100));
	} else {
		add_words(text, WORDS / 2 + dice(WORDS));
	}
	return buf_take(text);
}

static double plain_pass(char **texts, size_t n)
{
	AUTO(arena) a = arena_new(1 << 20);
	int64_t from = clock_mono_ms();
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		struct words w;

		arena_reset(a);
		words_read(a, texts[i], strlen(texts[i]), &w);
		sum += words_hash(&w);
	}
	return (double)(clock_mono_ms() - from + (sum == 1)) / 1000;
}

static double find(char **texts, size_t n, size_t *out_lots, size_t *out_members)
{
	AUTO(campaign_copies)
	campaign_copies = campaign_copies_new("Which words are no longer understood?");
	int64_t from = clock_mono_ms();
	struct campaign_copies_lot *lots;

	*out_members = 0;
	for (size_t i = 0; i < n; i++)
		campaign_copies_add(campaign_copies, (int64_t)i, texts[i]);
	campaign_copies_gather(campaign_copies, 0.8, 3, &lots, out_lots);
	for (size_t i = 0; i < *out_lots; i++)
		if (campaign_copies_standard(campaign_copies, texts[lots[i].id], 6) < 0)
			return 0;
	for (size_t i = 0; i < n; i++) {
		struct campaign_copies_measure m;

		campaign_copies_measure(campaign_copies, texts[i], &m);
		*out_members += m.standard >= 0 && m.of_text >= 0.3;
	}
	return (double)(clock_mono_ms() - from) / 1000;
}

int main(int argc, char **argv)
{
	int64_t n = 100000;
	struct err err = {0};
	char *standards[STANDARDS], **texts;
	struct rusage use;

	if (argc > 1 && !str_to_int(argv[1], 2, 10000000, &n, &err)) {
		(void)fprintf(stderr, "bench_campaign: %s\n", err.text);
		return 2;
	}
	secret_setup();
	texts = calloc((size_t)n, sizeof(*texts));
	if (!texts)
		return 1;
	for (size_t i = 0; i < STANDARDS; i++) {
		AUTO(buf) text = buf_new(1 << 16);

		add_words(text, WORDS);
		standards[i] = buf_take(text);
	}
	for (int64_t i = 0; i < n; i++)
		texts[i] = letter(standards);
	(void)puts("replies  plain pass s  find s  ratio  lots  members");
	for (int64_t part = n / 2; part <= n; part += n - n / 2) {
		size_t lots, members;
		double plain = plain_pass(texts, (size_t)part);
		double found = find(texts, (size_t)part, &lots, &members);

		(void)printf("%7" PRId64 "  %12.2f  %6.2f  %5.1f  %4zu  %7zu\n", part,
			     plain, found, plain > 0 ? found / plain : 0, lots, members);
	}
	(void)getrusage(RUSAGE_SELF, &use);
	(void)printf("peak memory %ld MB, the texts included\n", use.ru_maxrss / 1024);
	for (int64_t i = 0; i < n; i++)
		free(texts[i]);
	for (size_t i = 0; i < STANDARDS; i++)
		free(standards[i]);
	free(texts);
	return 0;
}
