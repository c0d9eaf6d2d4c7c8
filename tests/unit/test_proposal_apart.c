/*
 * What a mail to a consultation seems to be, measured on wordings that no rule was chosen
 * with (tests/unit/mails/proposals_apart.txt). Half A may be read by whoever mends a rule,
 * and what goes wrong there is shown; of half B only the figures are.
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
#include "mail/unquoted.h"
#include "proposal/proposal.h"

enum { HALVES = 2, FORMS = 3, BESIDES = 6, MAILS_MOST = 600 };

enum group { GROUP_WHOLE, GROUP_RISK, GROUP_RESPONSE, GROUP_MIXED, GROUPS };

/*
 * In a thousand. What is reached in half A was mended until it was; that of half B is
 * what it came to, and bound against a fall. No response may be taken for less in either.
 */
enum {
	FOUND_LEAST_A = 900,
	FOUND_LEAST_B = 720, /* measured 729; 900 is wanted */
	RIGHT_LEAST_B = 680,
	RISK_LEAST_A = 950,
	RISK_LEAST_B = 900,
	WRONG_MOST = 10,
	JOINED_MOST = 40, /* "I agree" and the like above or below another mail */
	RISK_WRONG_MOST = 20
};

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
	next->group = str_eq(name, "response") ? GROUP_RESPONSE
		      : str_eq(name, "mixed")  ? GROUP_MIXED
		      : str_eq(name, "risk")   ? GROUP_RISK
					       : GROUP_WHOLE;
	for (int k = 1; k < PROPOSAL_KINDS; k++)
		if (str_eq(proposal_kind_name((enum proposal_kind)k), name))
			next->kind = (enum proposal_kind)k;
	next->half = 0;
	ck_assert_msg(next->kind || next->group >= GROUP_RESPONSE, "no kind \"%s\"",
		      name);
}

/* A line of a mail; what it says before the text. */
static void line_of(struct mail *next, struct buf *text, const char *line)
{
	if (!*buf_text(text) && str_starts(line, "Subject: "))
		next->subject = arena_strdup(mails.arena, line + 9);
	else if (!*buf_text(text) && str_starts(line, "Files: "))
		next->files = 1;
	else
		buf_printf(text, "%s\n", line);
}

static void read_mails(void)
{
	const char *top = str_or(getenv("MERCAT_SRCDIR"), ".");
	struct mail next = {.half = -1};
	AUTO(buf) file = buf_new(1 << 20);
	AUTO(buf) text = buf_new(1 << 16);
	struct err err = {0};
	char *at;

	mails.arena = arena_new(1 << 16);
	ck_assert_msg(
		fd_read_file(arena_printf(mails.arena,
					  "%s/tests/unit/mails/proposals_apart.txt", top),
			     file, &err),
		"%s", err.text);
	for (at = arena_strdup(mails.arena, buf_text(file)); *at;) {
		char *line = at;

		at += strcspn(at, "\n");
		if (*at)
			*at++ = '\0';
		if (str_starts(line, "= ")) {
			heading(&next, line + 2);
			buf_clear(text);
		} else if (str_eq(line, "%")) {
			ck_assert_uint_lt(mails.count, MAILS_MOST);
			next.text = arena_strdup(mails.arena, buf_text(text));
			mails.items[mails.count++] = next;
			next.half = !next.half;
			next.files = 0;
			next.subject = NULL;
			buf_clear(text);
		} else if (next.half >= 0) {
			line_of(&next, text, line);
		}
	}
	ck_assert_uint_gt(mails.count, 400);
}

/* The same mail as it may also come. */
static const char *formed(struct arena *a, const char *text, int form)
{
	char *out = arena_printf(a, "%s%s", text, form == 2 ? quoted : "");

	for (char *c = out; form == 1 && *c; c++)
		*c = str_lower_char(*c);
	return out;
}

static void look_at(struct arena *a, const struct mail *m, const char *text,
		    struct proposals *out)
{
	const char *new, *rest;
	struct proposal_mail mail = {
		.subject = str_or(m->subject, "Consultation on neglect"),
		.questions = questions,
		.files = m->files,
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
				  all[half].made *
					  (half ? FOUND_LEAST_B : FOUND_LEAST_A));
	}
	ck_assert_uint_ge(all[1].right * 1000, all[1].made * RIGHT_LEAST_B);
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
		ck_assert_uint_le(plain->found * 1000, plain->made * WRONG_MOST);
		ck_assert_uint_le(mixed->found * 1000, mixed->made * WRONG_MOST);
		ck_assert_uint_le((plain->right + mixed->right) * 1000,
				  (plain->made + mixed->made) * RISK_WRONG_MOST);
	}
}
END_TEST

/* Every response of a half with every mail of it that is none, before and after. */
START_TEST(a_response_stays_one_beside_anything)
{
	struct tally joined[HALVES] = {{0}};
	AUTO(arena) a = arena_new(1 << 16);

	for (size_t i = 0; i < mails.count; i++)
		for (size_t k = 0; k < mails.count; k++) {
			const struct mail *m = &mails.items[i], *other = &mails.items[k];
			bool before = (i + k) % 2;
			struct mail both = *m;
			struct proposals p;

			if (m->group != GROUP_RESPONSE || other->group != GROUP_WHOLE ||
			    m->half != other->half)
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
				  joined[half].made * JOINED_MOST);
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
					  (half ? RISK_LEAST_B : RISK_LEAST_A));
		ck_assert_uint_eq(alone[half].right + beside[half].right,
				  alone[half].made + beside[half].made);
	}
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
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
