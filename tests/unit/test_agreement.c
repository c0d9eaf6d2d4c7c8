/* Agreement beyond chance, against values that were worked out elsewhere. */
#include "tests/unit/unit.h"

#include "text/figures/agreement.h"

#include <math.h>

static const struct {
	const char *name;
	struct agreement_pairs pairs;
	bool defined;
	double observed, expected, kappa, error; /* error below 0: not looked at */
} kappas[] = {
	/* The errors by the paper's own form of the formula, with po and pe in it. */
	{"a textbook table", {20, 5, 10, 15}, true, 0.7, 0.5, 0.4, 0.126996},
	{"45 15 25 15", {45, 15, 25, 15}, true, 0.6, 0.54, 0.130435, 0.098662},
	{"25 35 5 35", {25, 35, 5, 35}, true, 0.6, 0.46, 0.259259, 0.077160},
	{"all agree", {10, 0, 0, 30}, true, 1, 0.625, 1, 0},
	{"none agrees", {0, 10, 10, 0}, true, 0, 0.5, -1, 0},
	{"no better than chance", {25, 25, 25, 25}, true, 0.5, 0.5, 0, 0.1},
	{"no unit", {0, 0, 0, 0}, false, 0, 0, 0, -1},
	{"everywhere", {12, 0, 0, 0}, false, 1, 1, 0, -1},
	{"nowhere", {0, 0, 0, 12}, false, 1, 1, 0, -1},
	{"one of them never", {0, 3, 0, 9}, true, 0.75, 0.75, 0, 0},
	{"one unit", {0, 1, 0, 0}, true, 0, 0, 0, 0},
};

START_TEST(kappa_is_what_the_formula_gives)
{
	struct agreement_kappa k;

	agreement_kappa(&kappas[_i].pairs, &k);
	ck_assert_msg(k.defined == kappas[_i].defined, "%s", kappas[_i].name);
	ck_assert_msg(k.defined || k.why, "%s: does not say why", kappas[_i].name);
	ck_assert_msg(fabs(k.observed - kappas[_i].observed) < 1e-9, "%s: po %f",
		      kappas[_i].name, k.observed);
	ck_assert_msg(!k.units || fabs(k.expected - kappas[_i].expected) < 1e-9,
		      "%s: pe %f", kappas[_i].name, k.expected);
	ck_assert_msg(fabs(k.kappa - kappas[_i].kappa) < 1e-6, "%s: kappa %f",
		      kappas[_i].name, k.kappa);
	if (kappas[_i].error >= 0)
		ck_assert_msg(fabs(k.error - kappas[_i].error) < 1e-4, "%s: error %f",
			      kappas[_i].name, k.error);
	ck_assert_msg(k.low <= k.kappa && k.kappa <= k.high && k.low >= -1 && k.high <= 1,
		      "%s: %f to %f", kappas[_i].name, k.low, k.high);
}
END_TEST

START_TEST(the_interval_holds_what_it_promises)
{
	/* The spread of kappa over many samples from one known table, against the mean
	 * of the errors that the formula gives: they must be near each other. */
	const double p[4] = {0.3, 0.1, 0.15, 0.45};
	const double po = 0.75, pe = 0.4 * 0.45 + 0.6 * 0.55,
		     truth = (po - pe) / (1 - pe);
	uint64_t state = 42;
	int inside = 0, rounds = 4000;
	double sum = 0, squares = 0, errors = 0;

	for (int r = 0; r < rounds; r++) {
		struct agreement_pairs pairs = {0};
		struct agreement_kappa k;

		for (int i = 0; i < 200; i++) {
			double x;

			state = state * 6364136223846793005u + 1442695040888963407u;
			x = (double)(state >> 11) / 9007199254740992.0;
			if (x < p[0])
				pairs.both++;
			else if (x < p[0] + p[1])
				pairs.first_only++;
			else if (x < p[0] + p[1] + p[2])
				pairs.second_only++;
			else
				pairs.neither++;
		}
		agreement_kappa(&pairs, &k);
		inside += k.low <= truth && truth <= k.high;
		sum += k.kappa;
		squares += k.kappa * k.kappa;
		errors += k.error;
	}
	sum /= rounds;
	ck_assert_msg(inside > rounds * 93 / 100 && inside < rounds * 97 / 100,
		      "%d of %d intervals hold the true kappa", inside, rounds);
	ck_assert_msg(fabs(errors / rounds - sqrt(squares / rounds - sum * sum)) < 0.002,
		      "error %f, spread %f", errors / rounds,
		      sqrt(squares / rounds - sum * sum));
}
END_TEST

enum { M = AGREEMENT_MISSING };

/* Three coders and fifteen units; nominal alpha is known to be 0.691. */
static const int gold[] = {
	M, M, M, M, M, 3, 4, 1, 2, 1, 1, 3, 3, M, 3, /* the first */
	1, M, 2, 1, 3, 3, 4, 3, M, M, M, M, M, M, M, /* the second */
	M, M, 2, 1, 3, 4, 4, M, 2, 1, 1, 3, 3, M, 4, /* the third */
};
static const int same[] = {1, 0, 1, 1, 1, 0, 1, 1};
static const int all_one[] = {1, 1, 1, 1, 1, 1};
static const int alone[] = {1, M, M, 0};
static const int opposed[] = {0, 1, 0, 1, 1, 0, 1, 0};
static const int binary[] = {0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0};

static const struct {
	const char *name;
	const int *values;
	size_t coders, units;
	int categories;
	bool defined;
	int64_t pairable;
	double alpha;
} alphas[] = {
	{"three coders, some missing", gold, 3, 15, 5, true, 26, 0.691358},
	{"all agree", same, 2, 4, 2, true, 8, 1},
	{"one value only", all_one, 2, 3, 2, false, 6, 0},
	{"nothing to compare", alone, 2, 2, 2, false, 0, 0},
	{"always the other", opposed, 2, 4, 2, true, 8, -0.75},
	/* The binary example of Krippendorff's own paper on computing alpha. */
	{"two coders, ten units", binary, 2, 10, 2, true, 20, 0.095238},
};

START_TEST(alpha_is_what_is_known)
{
	struct agreement_alpha a;

	agreement_alpha(alphas[_i].values, alphas[_i].coders, alphas[_i].units,
			alphas[_i].categories, &a);
	ck_assert_msg(a.defined == alphas[_i].defined, "%s", alphas[_i].name);
	ck_assert_msg(a.defined || a.why, "%s: does not say why", alphas[_i].name);
	ck_assert_msg(a.pairable == alphas[_i].pairable, "%s: %d pairable values",
		      alphas[_i].name, (int)a.pairable);
	ck_assert_msg(fabs(a.alpha - alphas[_i].alpha) < 1e-6, "%s: alpha %f",
		      alphas[_i].name, a.alpha);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("agreement");
	TCase *c = tcase_create("agreement");

	UNIT_TABLE(c, kappa_is_what_the_formula_gives, kappas);
	tcase_add_test(c, the_interval_holds_what_it_promises);
	UNIT_TABLE(c, alpha_is_what_is_known, alphas);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
