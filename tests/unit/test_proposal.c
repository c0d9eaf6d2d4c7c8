/*
 * What a mail to a consultation seems to be, told of mails that are put together from
 * parts: what somebody wants (tests/unit/mails/proposals.txt), a greeting, a
 * beginning, a closing, a signature, a notice; wrapped, in capitals, with its marks lost.
 *
 * MADE_MAILS a run, from a seed that is printed; MERCAT_SEED=N repeats one. A response
 * stays one, also with thanks or a question beside it.
 */
#include "tests/unit/proposals.h"
#include "tests/unit/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fd.h"
#include "base/str.h"
#include "proposal/proposal.h"

#include <inttypes.h>

enum {
#ifdef MERCAT_SANITIZED
	MADE_MAILS =
		2000, /* what is read is the same as without; fewer would leave it to chance */
#else
	MADE_MAILS = 6000,
#endif
	CORES_MOST = 600,
	SHARE_FOUND = 90,    /* of a hundred that are no response */
	SHARE_WRONG_10 = 10, /* of a thousand responses */
	/* Joined at random with a mail that is none: measured 23, 10 is wanted. */
	SHARE_JOINED_10 = 30,
	FREE_SHOWN = 40
};

enum group { GROUP_RESPONSE, GROUP_WHOLE, GROUP_BESIDE };

struct core {
	const char *text;
	enum group group;
	enum proposal_kind kind; /* NONE: a response */
};

static struct {
	struct arena *arena;
	struct core items[CORES_MOST];
	size_t count;
} cores;

static const char questions[] =
	"Protecting children from neglect: what the law should say\n"
	"Should emotional neglect be named in the law? Please give your reasons.\n"
	"Who should decide when a child is to be removed from a family?\n"
	"Is there anything further that you wish to tell us?\n";

static uint64_t random_at;

static unsigned roll(unsigned sides)
{
	random_at =
		random_at * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(random_at >> 33) % sides;
}

static enum proposal_kind kind_named(const char *name)
{
	for (int k = 0; k < PROPOSAL_KINDS; k++)
		if (str_eq(proposal_kind_name((enum proposal_kind)k), name))
			return (enum proposal_kind)k;
	ck_abort_msg("no kind \"%s\"", name);
}

static void heading(struct core *next, const char *line)
{
	bool beside = str_starts(line, "beside ");

	next->group = str_eq(line, "response") ? GROUP_RESPONSE
		      : beside                 ? GROUP_BESIDE
					       : GROUP_WHOLE;
	next->kind = next->group == GROUP_RESPONSE ? PROPOSAL_NONE
						   : kind_named(line + (beside ? 7 : 0));
}

static void read_cores(void)
{
	const char *top = str_or(getenv("MERCAT_SRCDIR"), ".");
	struct core next = {.group = GROUP_RESPONSE};
	bool begun = false;
	AUTO(buf) file = buf_new(1 << 20);
	struct err err = {0};
	char *at;

	cores.arena = arena_new(1 << 16);
	ck_assert_msg(fd_read_file(arena_printf(cores.arena,
						"%s/tests/unit/mails/proposals.txt", top),
				   file, &err),
		      "%s", err.text);
	at = arena_strdup(cores.arena, buf_text(file));
	while (*at) {
		char *line = at;

		at += strcspn(at, "\n");
		if (*at)
			*at++ = '\0';
		if (str_starts(line, "= ")) {
			heading(&next, line + 2);
			begun = true;
		} else if (begun && *line) {
			ck_assert_uint_lt(cores.count, CORES_MOST);
			next.text = line;
			cores.items[cores.count++] = next;
		}
	}
	ck_assert_uint_gt(cores.count, 200);
}

static const char *one_of(const char *const *words)
{
	unsigned n = 0;

	while (words[n])
		n++;
	return words[roll(n)];
}

static const char *const greetings[] = {"Dear team,\n\n",
					"Dear Sir or Madam,\n\n",
					"Hello,\n\n",
					"Good morning,\n\n",
					"Hi there,\n",
					"",
					"",
					NULL};
static const char *const closings[] = {"\n\nKind regards\n\n",
				       "\n\nYours sincerely,\n\n",
				       "\n\nBest wishes,\n",
				       "\n\nMany thanks\n\n",
				       "\n\n",
				       "\n--\n",
				       NULL};
static const char *const signatures[] = {
	"Ailsa Reid",
	"Ailsa Reid\nHead of Early Years\nStrathmore Council\nTel. 01632 960011",
	"A. Reid (Ms)",
	"Ailsa",
	"Ailsa Reid\n14 Harbour Street\nAnstruther",
	NULL};
static const char *const notices[] = {
	"\n\nSent from my phone",
	"\n\nThis email and any attachments are confidential and intended solely for the "
	"addressee. If you are not the intended recipient please delete it.",
	"",
	"",
	"",
	NULL};
static const char *const subjects[] = {"Consultation",
				       "Protecting children",
				       "Hello",
				       "Re: Update 14",
				       "your paper",
				       "",
				       NULL};

/* As a mail program wraps it. */
static void wrap(struct buf *to, const char *text, size_t width)
{
	size_t column = 0;

	while (*text) {
		size_t word = strcspn(text, " \n");

		if (column && column + word > width) {
			buf_char(to, '\n');
			column = 0;
		} else if (column) {
			buf_char(to, ' ');
		}
		buf_add(to, text, word);
		column += word + 1;
		text += word;
		if (*text == '\n') {
			buf_char(to, '\n');
			column = 0;
		}
		text += *text != '\0';
	}
}

static const char *dressed(struct arena *a, const char *core)
{
	AUTO(buf) out = buf_new(1 << 16);
	char *text;

	buf_str(out, one_of(greetings));
	wrap(out, core, roll(2) ? 72 : 2000);
	if (roll(6)) {
		buf_str(out, one_of(closings));
		buf_str(out, one_of(signatures));
	}
	buf_str(out, one_of(notices));
	text = arena_strdup(a, buf_text(out));
	if (roll(12) == 0)
		for (char *c = text; *c; c++)
			*c = str_lower_char(*c);
	return text;
}

static const struct core *a_core(enum group group)
{
	for (;;) {
		const struct core *c = &cores.items[roll((unsigned)cores.count)];

		if (c->group == group)
			return c;
	}
}

static void look_at(struct arena *a, const char *text, bool answers_us,
		    struct proposals *out)
{
	struct proposal_mail mail = {
		.subject = one_of(subjects),
		.text = text,
		.all = text,
		.sender = roll(2) ? "Ailsa Reid" : NULL,
		.questions = questions,
		.answers_us = answers_us,
	};

	proposal_read(a, &mail, out);
}

static int shown;

static void show(const char *what, const char *text, const struct proposals *p)
{
	if (shown++ < FREE_SHOWN)
		(void)fprintf(stderr, "%s: %s (%s)\n", what, text,
			      p->count ? proposal_kind_name(p->items[0].kind) : "none");
}

static void say(const char *name, const struct tally *t)
{
	if (t->made)
		(void)fprintf(
			stderr,
			"# %-28s %5u made, %5.1f %% proposed, %5.1f %% of its kind\n",
			name, t->made, 100.0 * t->found / t->made,
			100.0 * t->right / t->made);
}

/*
 * Whether a share of so many is over a bound of so many in a thousand by more than chance: by four
 * standard deviations of a number that is counted (Poisson), which one run in thirty thousand is.
 */
static bool is_over(uint64_t found, uint64_t made, uint64_t bound)
{
	uint64_t over = found * 1000 > made * bound ? found * 1000 - made * bound : 0;

	return over * over > UINT64_C(16) * 1000 * made * bound;
}

START_TEST(chance_alone_breaks_no_bound)
{
	ck_assert(!is_over(30, 1000, 30));
	ck_assert(!is_over(51, 1000, 30));
	ck_assert(is_over(52, 1000, 30));
	ck_assert(!is_over(127, 3000, 30) && is_over(128, 3000, 30));
	ck_assert(is_over(1, 1000, 0));
}
END_TEST

/* A letter takes a mail that is no response for what it is. */
START_TEST(what_is_no_response_is_proposed)
{
	struct tally all = {0}, kinds[PROPOSAL_KINDS] = {{0}};
	AUTO(arena) a = arena_new(1 << 16);

	for (int i = 0; i < MADE_MAILS; i++) {
		const struct core *c = a_core(GROUP_WHOLE);
		struct tally *both[] = {&all, &kinds[c->kind]};
		struct proposals p;
		bool found;

		arena_reset(a);
		look_at(a, dressed(a, c->text), c->kind == PROPOSAL_AUTOMATIC && roll(4),
			&p);
		found = whole_of(&p);
		for (size_t k = 0; k < ARRAY_LEN(both); k++) {
			both[k]->made++;
			both[k]->found += found;
			both[k]->right += found && whole_of(&p)->kind == c->kind;
		}
		if (!found || whole_of(&p)->kind != c->kind)
			show(proposal_kind_name(c->kind), c->text, &p);
	}
	say("NO RESPONSE", &all);
	for (int k = 0; k < PROPOSAL_KINDS; k++)
		say(proposal_kind_name((enum proposal_kind)k), &kinds[k]);
	ck_assert_uint_ge(all.found * 100, all.made * SHARE_FOUND);
}
END_TEST

START_TEST(a_response_stays_one)
{
	static const char *const joints[] = {"\n\n", " ", "\n", NULL};
	struct tally plain = {0}, mixed = {0};
	AUTO(arena) a = arena_new(1 << 16);

	for (int i = 0; i < MADE_MAILS; i++) {
		const struct core *c = a_core(GROUP_RESPONSE);
		struct tally *t = &plain;
		const char *text = c->text;
		struct proposals p;

		arena_reset(a);
		if (roll(2)) {
			const struct core *other = a_core(GROUP_WHOLE);

			t = &mixed;
			text = roll(2) ? arena_printf(a, "%s%s%s", text, one_of(joints),
						      other->text)
				       : arena_printf(a, "%s%s%s", other->text,
						      one_of(joints), text);
		}
		look_at(a, dressed(a, text), roll(2), &p);
		t->made++;
		t->found += whole_of(&p) != NULL;
		t->right += has(&p, PROPOSAL_RISK);
		if (whole_of(&p) || has(&p, PROPOSAL_RISK))
			show("response", text, &p);
	}
	say("responses: wrong, risk", &plain);
	say("mixed: wrong, risk", &mixed);
	ck_assert(!is_over(plain.found, plain.made, SHARE_WRONG_10));
	ck_assert(!is_over(plain.right, plain.made, SHARE_WRONG_10));
	ck_assert(!is_over(mixed.found, mixed.made, SHARE_JOINED_10));
}
END_TEST

START_TEST(what_somebody_must_act_on_is_told)
{
	struct tally risk = {0};
	AUTO(arena) a = arena_new(1 << 16);

	for (int i = 0; i < MADE_MAILS / 4; i++) {
		const struct core *c = a_core(GROUP_BESIDE);
		const char *text = c->text;
		struct proposals p;

		arena_reset(a);
		if (roll(2))
			text = arena_printf(a, "%s\n\n%s", a_core(GROUP_RESPONSE)->text,
					    text);
		look_at(a, dressed(a, text), false, &p);
		risk.made++;
		risk.found += has(&p, c->kind);
		risk.right += has(&p, c->kind) && !whole_of(&p);
		if (!has(&p, c->kind) || whole_of(&p))
			show(proposal_kind_name(c->kind), text, &p);
	}
	say("beside", &risk);
	ck_assert_uint_ge(risk.found * 100, risk.made * SHARE_FOUND);
}
END_TEST

/* What comes before it fills the pieces that are looked at together, once and several times. */
START_TEST(risk_is_told_of_however_far_down)
{
	static const char told[] = "My neighbour is hitting her little boy right now. "
				   "Please help him today.";
	static const size_t places[] = {0,   1,   58,  59,  60,   61,   62,
					996, 997, 998, 999, 1000, 1001, 2500};
	struct proposal here;

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		AUTO(arena) arena = arena_new(1 << 14);
		AUTO(buf) text = buf_new(1 << 20);

		for (size_t n = 0; n < places[i]; n++)
			buf_printf(text, "The law is old in point %zu.\n\n", n);
		ck_assert(!proposal_risk(arena, buf_text(text), &here));
		buf_str(text, told);
		ck_assert_msg(proposal_risk(arena, buf_text(text), &here),
			      "below %zu sentences", places[i]);
		ck_assert_msg(str_starts(told, here.words), "\"%s\"", here.words);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("proposal");
	TCase *tests = tcase_create("proposal");

	random_at = unit_seed();
	(void)fprintf(stderr, "# MERCAT_SEED=%" PRIu64 "\n", random_at);

	tcase_add_unchecked_fixture(tests, read_cores, NULL);
	tcase_set_timeout(tests, 300);
	tcase_add_test(tests, what_is_no_response_is_proposed);
	tcase_add_test(tests, chance_alone_breaks_no_bound);
	tcase_add_test(tests, a_response_stays_one);
	tcase_add_test(tests, what_somebody_must_act_on_is_told);
	tcase_add_test(tests, risk_is_told_of_however_far_down);
	suite_add_tcase(suite, tests);
	return unit_main_together(suite);
}
