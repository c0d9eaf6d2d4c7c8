/*
 * What a mail to a consultation seems to be, measured on wordings that no rule was chosen
 * with (tests/unit/mails/proposals_apart.txt). Half A may be read by whoever mends a rule,
 * and what goes wrong there is shown; of half B only the figures are, and of half C,
 * which is a file of its own (proposals_third.txt). None of them is learned from.
 *
 * Each mail is looked at as it was written, in small letters, and above a quoted
 * acknowledgement with a disclaimer. Responses are also joined with each mail that is
 * none, and risks stand alone and beside responses.
 */
#include "tests/unit/proposals.h"
#include "tests/unit/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fd.h"
#include "base/str.h"
#include "mail/read/unquoted.h"
#include "proposal/learned.h"

enum {
	HALVES = 3, /* A, B, and C: the third file */
	FORMS = 3,
	BESIDES = 6,
	C_JOINED = 9, /* every so manieth pair: it is large */
#ifdef MERCAT_SANITIZED
	JOINED = 10, /* of what is left: it is slow, and the same is read as without */
#else
	JOINED = 1,
#endif
	MAILS_MOST = 1200
};

enum group { GROUP_WHOLE, GROUP_RISK, GROUP_RESPONSE, GROUP_MIXED, GROUPS };

/*
 * In a thousand. What the rules reach in half A was mended until it was; the others are
 * what it came to, and bound against a fall: 900 found and 10 wrong are wanted.
 */
static const struct bounds {
	unsigned found, right, risk, wrong, mixed, joined;
} bounds[HALVES] = {
	{920, 900, 950, 0, 0, 10},   /* measured 927 916 */
	{750, 710, 900, 10, 10, 25}, /* measured 766 722, wrong 0 0, joined 17 */
	/* Measured 526 385, wrong 52 50, joined 41; by the rules alone 379 279, wrong 88. */
	{515, 375, 900, 55, 55, 45},
};
enum { RISK_WRONG_MOST = 20 };

struct mail {
	const char *text, *subject;
	enum group group;
	enum proposal_kind kind;
	int64_t files;
	int half;
};

static struct {
	struct arena *arena;
	struct mail items[MAILS_MOST];
	size_t count;
} mails;

static const char questions[] =
	"Protecting children from neglect: what the law should say\n"
	"Should emotional neglect be named in the law? Please give your reasons.\n"
	"Who should decide when a child is to be removed from a family?\n"
	"Is there anything further that you wish to tell us?\n";

static const char quoted[] =
	"\n\nThis message is private and confidential and may be privileged. If you have "
	"received it in error, please notify the sender and delete it.\n\n"
	"On Tue, 3 Mar 2026 at 09:14, Children's Policy Team <team@policy.example> wrote:\n"
	"> Thank you for writing to us. We have your response. Its number is R-1042.\n"
	"> What happens next: we read every response and publish a report.\n"
	"> If you want our updates, subscribe at the address below.\n";

static void heading(struct mail *next, const char *name)
{
	next->kind = PROPOSAL_NONE;
	next->group = str_starts(name, "response") ? GROUP_RESPONSE
		      : str_eq(name, "mixed")      ? GROUP_MIXED
		      : str_eq(name, "risk")       ? GROUP_RISK
						   : GROUP_WHOLE;
	for (int k = 1; k < PROPOSAL_KINDS; k++)
		if (str_eq(proposal_kind_name((enum proposal_kind)k), name))
			next->kind = (enum proposal_kind)k;
	next->half = next->half == HALVES - 1 ? HALVES - 1 : 0;
	ck_assert_msg(next->kind || next->group >= GROUP_RESPONSE, "no kind \"%s\"",
		      name);
}

/* A line of a mail; what it says before the text. */
static void line_of(struct mail *next, struct buf *text, const char *line)
{
	if (!*buf_text(text) && str_starts(line, "Subject: "))
		next->subject = arena_strdup(mails.arena, line + 9);
	else if (str_starts(line, "Files: "))
		next->files = 1;
	else
		buf_printf(text, "%s\n", line);
}

/* What is read is half A by turns with half B, or all of it half C. */
static void read_file(const char *name, int half)
{
	const char *top = str_or(getenv("MERCAT_SRCDIR"), ".");
	struct mail next = {.half = half};
	AUTO(buf) file = buf_new(1 << 20);
	AUTO(buf) text = buf_new(1 << 16);
	struct err err = {0};
	bool begun = false;
	char *at;

	ck_assert_msg(fd_read_file(arena_printf(mails.arena, "%s/tests/unit/mails/%s",
						top, name),
				   file, &err),
		      "%s", err.text);
	for (at = arena_strdup(mails.arena, buf_text(file)); *at;) {
		char *line = at;

		at += strcspn(at, "\n");
		if (*at)
			*at++ = '\0';
		if (str_starts(line, "= ")) {
			heading(&next, line + 2);
			begun = true;
			buf_clear(text);
		} else if (str_eq(line, "%")) {
			ck_assert_uint_lt(mails.count, MAILS_MOST);
			next.text = arena_strdup(mails.arena, buf_text(text));
			mails.items[mails.count++] = next;
			next.half = half ? half : !next.half;
			next.files = 0;
			next.subject = NULL;
			buf_clear(text);
		} else if (begun) {
			line_of(&next, text, line);
		}
	}
}

static void read_mails(void)
{
	mails.arena = arena_new(1 << 16);
	read_file("proposals_apart.txt", 0);
	ck_assert_uint_gt(mails.count, 400);
	read_file("proposals_third.txt", HALVES - 1);
	ck_assert_uint_gt(mails.count, 800);
}

/* The same mail as it may also come. */
static const char *formed(struct arena *a, const char *text, int form)
{
	char *out = arena_printf(a, "%s%s", text, form == 2 ? quoted : "");

	for (char *c = out; form == 1 && *c; c++)
		*c = str_lower_char(*c);
	return out;
}

static const struct learned *with = &learned_shipped;

static void look_at(struct arena *a, const struct mail *m, const char *text,
		    struct proposals *out)
{
	const char *new, *rest;
	struct proposal_mail mail = {
		.subject = str_or(m->subject, "Consultation on neglect"),
		.questions = questions,
		.files = m->files,
		.learned = with,
	};

	mail_reply_cut(a, text, &new, &rest);
	mail.text = mail.all = new;
	proposal_read(a, &mail, out);
}

static void show(const struct mail *m, const char *text, const struct proposals *p)
{
	const struct proposal *w = whole_of(p);

	if (m->half == 0)
		(void)fprintf(stderr, "A, %s: %s%s\n[%s%s%s]\n",
			      m->kind                   ? proposal_kind_name(m->kind)
			      : m->group == GROUP_MIXED ? "mixed"
							: "response",
			      str_or(m->subject, ""), text,
			      p->count ? proposal_kind_name((w ? w : p->items)->kind)
				       : "none",
			      w ? ", whole: " : ": ",
			      p->count ? (w ? w : p->items)->words : "");
}

static void say(const char *name, int half, const struct tally *t, const char *found,
		const char *right)
{
	if (t->made)
		(void)fprintf(stderr,
			      "# %c %-14s %5u looked at, %5.1f %% %s, %5.1f %% %s\n",
			      'A' + half, name, t->made, 100.0 * t->found / t->made,
			      found, 100.0 * t->right / t->made, right);
}

static void add(struct tally *to, bool found, bool right)
{
	to->made++;
	to->found += found;
	to->right += right;
}

START_TEST(what_is_no_response_is_proposed)
{
	struct tally all[HALVES] = {{0}}, kinds[HALVES][PROPOSAL_KINDS] = {{{0}}};
	AUTO(arena) a = arena_new(1 << 16);

	for (size_t i = 0; i < mails.count; i++)
		for (int form = 0; form < FORMS; form++) {
			const struct mail *m = &mails.items[i];
			struct proposals p;
			bool found, right;

			if (m->group != GROUP_WHOLE)
				continue;
			arena_reset(a);
			look_at(a, m, formed(a, m->text, form), &p);
			found = whole_of(&p);
			right = found && whole_of(&p)->kind == m->kind;
			add(&all[m->half], found, right);
			add(&kinds[m->half][m->kind], found, right);
			if (!right)
				show(m, m->text, &p);
		}
	for (int half = 0; half < HALVES; half++) {
		for (int k = 0; k < PROPOSAL_KINDS; k++)
			say(proposal_kind_name((enum proposal_kind)k), half,
			    &kinds[half][k], "proposed", "as its kind");
		say("NO RESPONSE", half, &all[half], "proposed", "as its kind");
		ck_assert_uint_ge(all[half].found * 1000,
				  all[half].made * bounds[half].found);
		ck_assert_uint_ge(all[half].right * 1000,
				  all[half].made * bounds[half].right);
	}
}
END_TEST

START_TEST(a_response_stays_one)
{
	struct tally tallies[HALVES][GROUPS] = {{{0}}};
	AUTO(arena) a = arena_new(1 << 16);

	for (size_t i = 0; i < mails.count; i++)
		for (int form = 0; form < FORMS; form++) {
			const struct mail *m = &mails.items[i];
			struct proposals p;

			if (m->group < GROUP_RESPONSE)
				continue;
			arena_reset(a);
			look_at(a, m, formed(a, m->text, form), &p);
			add(&tallies[m->half][m->group], whole_of(&p),
			    has(&p, PROPOSAL_RISK));
			if (whole_of(&p) || has(&p, PROPOSAL_RISK))
				show(m, m->text, &p);
		}
	for (int half = 0; half < HALVES; half++) {
		const struct tally *plain = &tallies[half][GROUP_RESPONSE],
				   *mixed = &tallies[half][GROUP_MIXED];

		say("response", half, plain, "wrongly proposed", "told of as a risk");
		say("mixed", half, mixed, "wrongly proposed", "told of as a risk");
		ck_assert_uint_le(plain->found * 1000, plain->made * bounds[half].wrong);
		ck_assert_uint_le(mixed->found * 1000, mixed->made * bounds[half].mixed);
		ck_assert_uint_le((plain->right + mixed->right) * 1000,
				  (plain->made + mixed->made) * RISK_WRONG_MOST);
	}
}
END_TEST

/* Every response of a half with every mail of it that is none, before and after. */
START_TEST(a_response_stays_one_beside_anything)
{
	struct tally joined[HALVES] = {{0}};
	size_t pairs = 0;
	AUTO(arena) a = arena_new(1 << 16);

	for (size_t i = 0; i < mails.count; i++)
		for (size_t k = 0; k < mails.count; k++) {
			const struct mail *m = &mails.items[i], *other = &mails.items[k];
			bool before = (i + k) % 2;
			struct mail both = *m;
			struct proposals p;

			if (m->group != GROUP_RESPONSE || other->group != GROUP_WHOLE ||
			    m->half != other->half ||
			    (m->half == HALVES - 1 && (i + k) % C_JOINED) ||
			    pairs++ % JOINED)
				continue;
			arena_reset(a);
			both.text =
				arena_printf(a, "%s\n%s", before ? other->text : m->text,
					     before ? m->text : other->text);
			both.files |= other->files;
			look_at(a, &both, both.text, &p);
			add(&joined[m->half], whole_of(&p), has(&p, PROPOSAL_RISK));
			if (whole_of(&p))
				show(&both, both.text, &p);
		}
	for (int half = 0; half < HALVES; half++) {
		say("joined", half, &joined[half], "wrongly proposed",
		    "told of as a risk");
		ck_assert_uint_le(joined[half].found * 1000,
				  joined[half].made * bounds[half].joined);
	}
}
END_TEST

START_TEST(somebody_at_risk_is_told_of)
{
	struct tally alone[HALVES] = {{0}}, beside[HALVES] = {{0}};
	AUTO(arena) a = arena_new(1 << 16);

	for (size_t i = 0; i < mails.count; i++) {
		const struct mail *m = &mails.items[i];
		struct proposals p;
		unsigned joined = 0;

		if (m->group != GROUP_RISK)
			continue;
		for (int form = 0; form < FORMS; form++) {
			arena_reset(a);
			look_at(a, m, formed(a, m->text, form), &p);
			add(&alone[m->half], has(&p, PROPOSAL_RISK), !whole_of(&p));
			if (!has(&p, PROPOSAL_RISK) || whole_of(&p))
				show(m, m->text, &p);
		}
		for (size_t k = i * 7; joined < BESIDES; k++) {
			const struct mail *other = &mails.items[k % mails.count];
			const char *text;

			if (other->group != GROUP_RESPONSE || other->half != m->half)
				continue;
			arena_reset(a);
			text = joined++ % 2
				       ? arena_printf(a, "%s\n%s", other->text, m->text)
				       : arena_printf(a, "%s\n%s", m->text, other->text);
			look_at(a, m, text, &p);
			add(&beside[m->half], has(&p, PROPOSAL_RISK), !whole_of(&p));
		}
	}
	for (int half = 0; half < HALVES; half++) {
		say("risk alone", half, &alone[half], "told of", "stay in the queue");
		say("risk beside", half, &beside[half], "told of", "stay in the queue");
		ck_assert_uint_ge((alone[half].found + beside[half].found) * 1000,
				  (alone[half].made + beside[half].made) *
					  bounds[half].risk);
		ck_assert_uint_eq(alone[half].right + beside[half].right,
				  alone[half].made + beside[half].made);
	}
}
END_TEST

/* What the rules alone would do, beside it: who learns must not do worse. */
START_TEST(learning_finds_more_and_takes_no_more_responses)
{
	struct tally rules[HALVES][2] = {{{0}}}, both[HALVES][2] = {{{0}}};
	AUTO(arena) a = arena_new(1 << 16);

	for (size_t i = 0; i < mails.count; i++) {
		const struct mail *m = &mails.items[i];
		bool none = m->group == GROUP_WHOLE;
		struct proposals p;

		if (m->group == GROUP_RISK)
			continue;
		arena_reset(a);
		look_at(a, m, m->text, &p);
		add(&both[m->half][none], whole_of(&p),
		    whole_of(&p) && whole_of(&p)->kind == m->kind);
		with = NULL;
		look_at(a, m, m->text, &p);
		with = &learned_shipped;
		add(&rules[m->half][none], whole_of(&p),
		    whole_of(&p) && whole_of(&p)->kind == m->kind);
	}
	for (int half = 0; half < HALVES; half++) {
		say("none, rules", half, &rules[half][1], "proposed", "as its kind");
		say("none, both", half, &both[half][1], "proposed", "as its kind");
		say("resp., rules", half, &rules[half][0], "wrongly proposed", "-");
		say("resp., both", half, &both[half][0], "wrongly proposed", "-");
		ck_assert_uint_ge(both[half][1].found, rules[half][1].found);
		ck_assert_uint_le(both[half][0].found, rules[half][0].found);
	}
}
END_TEST

START_TEST(a_mail_that_is_learned_says_so)
{
	size_t learned = 0;
	AUTO(arena) a = arena_new(1 << 16);

	for (size_t i = 0; i < mails.count; i++) {
		const struct mail *m = &mails.items[i];
		struct proposals p;
		const struct proposal *w;

		arena_reset(a);
		look_at(a, m, m->text, &p);
		w = whole_of(&p);
		ck_assert(!w || (w->sign == PROPOSAL_LEARNED) == (w->like != NULL));
		if (!w || w->sign != PROPOSAL_LEARNED)
			continue;
		learned++;
		ck_assert_uint_eq(p.count, 1);
		ck_assert(*w->words);
		ck_assert_int_ne(w->kind, PROPOSAL_RISK);
	}
	ck_assert_uint_gt(learned, 0);
}
END_TEST

START_TEST(the_same_lessons_give_the_same_weights)
{
	AUTO(arena) a = arena_new(1 << 20);
	size_t count;
	struct learned_lesson *lessons =
		learned_unpack(a, learned_examples, learned_examples_count, &count);
	const struct learned *once = learned_train(a, lessons, count),
			     *again = learned_train(a, lessons, count);

	ck_assert_uint_gt(count, 1000);
	ck_assert_uint_eq(once->count, learned_shipped.count);
	ck_assert_uint_eq(again->count, once->count);
	ck_assert_mem_eq(again->features, once->features,
			 once->count * sizeof(*once->features));
	ck_assert_mem_eq(again->bias, once->bias, sizeof(once->bias));
	ck_assert_mem_eq(learned_shipped.features, once->features,
			 once->count * sizeof(*once->features));
	(void)fprintf(stderr, "# %zu lessons, %zu features, %zu bytes of weights\n",
		      count, once->count, once->count * sizeof(*once->features));
}
END_TEST

START_TEST(what_is_no_lesson_teaches_nothing)
{
	AUTO(arena) a = arena_new(1 << 20);
	size_t count;
	uint32_t *bad = arena_make(a, uint32_t, learned_examples_count);
	struct learned_lesson *lessons =
		learned_unpack(a, learned_examples, learned_examples_count, &count);

	for (size_t i = 0; i < count; i++)
		lessons[i].kind = PROPOSAL_NONE;
	ck_assert_ptr_null(learned_train(a, lessons, count));
	ck_assert_ptr_null(learned_train(a, lessons, 0));
	/* Cut short anywhere, or with a number too large. */
	for (size_t cut = 1; cut < 200; cut++) {
		size_t n;

		ck_assert(!learned_unpack(a, learned_examples,
					  learned_examples_count - cut, &n) ||
			  n < count);
	}
	memcpy(bad, learned_examples, learned_examples_count * sizeof(*bad));
	bad[1] = UINT32_MAX;
	ck_assert_ptr_null(learned_unpack(a, bad, learned_examples_count, &count));
	ck_assert_uint_eq(count, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("proposal_apart");
	TCase *tests = tcase_create("proposal_apart");

	tcase_add_unchecked_fixture(tests, read_mails, NULL);
	tcase_set_timeout(tests, 300);
	tcase_add_test(tests, what_is_no_response_is_proposed);
	tcase_add_test(tests, a_response_stays_one);
	tcase_add_test(tests, a_response_stays_one_beside_anything);
	tcase_add_test(tests, somebody_at_risk_is_told_of);
	tcase_add_test(tests, learning_finds_more_and_takes_no_more_responses);
	tcase_add_test(tests, a_mail_that_is_learned_says_so);
	tcase_add_test(tests, the_same_lessons_give_the_same_weights);
	tcase_add_test(tests, what_is_no_lesson_teaches_nothing);
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
