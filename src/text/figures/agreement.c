#include "text/figures/agreement.h"

#include <math.h>
#include <stdlib.h>

static const double Z95 = 1.959963984540054; /* 97.5 % of the normal distribution */

static double cut(double value)
{
	return value < -1 ? -1 : value > 1 ? 1 : value;
}

/* Fleiss, Cohen and Everitt's variance; yes and no are the two categories. */
static double error_of(double n, const struct agreement_pairs *p,
		       const struct agreement_kappa *k)
{
	double yes = (double)p->both / n, no = (double)p->neither / n;
	double first_only = (double)p->first_only / n;
	double second_only = (double)p->second_only / n;
	double p1 = yes + first_only, p2 = yes + second_only, rest = 1 - k->kappa;
	double a = yes * pow(1 - (p1 + p2) * rest, 2) +
		   no * pow(1 - (2 - p1 - p2) * rest, 2);
	/* p_ij (p_.i + p_j.)^2: i is the first coder's, j the second's */
	double b = rest * rest *
		   (first_only * pow(p2 + 1 - p1, 2) + second_only * pow(1 - p2 + p1, 2));
	double c = pow(k->kappa - k->expected * rest, 2);
	double variance = (a + b - c) / (n * pow(1 - k->expected, 2));

	return variance > 0 ? sqrt(variance) : 0;
}

void agreement_kappa(const struct agreement_pairs *pairs, struct agreement_kappa *out)
{
	int64_t units =
		pairs->both + pairs->first_only + pairs->second_only + pairs->neither;
	double n = (double)units, p1, p2;

	*out = (struct agreement_kappa){.units = units};
	if (units == 0) {
		out->why = "no unit is done by both";
		return;
	}
	p1 = (double)(pairs->both + pairs->first_only) / n;
	p2 = (double)(pairs->both + pairs->second_only) / n;
	out->observed = (double)(pairs->both + pairs->neither) / n;
	out->expected = p1 * p2 + (1 - p1) * (1 - p2);
	if (pairs->first_only + pairs->second_only == 0 &&
	    (pairs->both == 0 || pairs->neither == 0)) {
		out->why = pairs->both
				   ? "both put it on every unit, so that chance alone "
				     "would agree"
				   : "neither put it on any unit";
		return;
	}
	out->defined = true;
	out->kappa = cut((out->observed - out->expected) / (1 - out->expected));
	out->error = error_of(n, pairs, out);
	out->low = cut(out->kappa - Z95 * out->error);
	out->high = cut(out->kappa + Z95 * out->error);
}

/* Pairs within units, each unit's weighing as much as it has values. */
static double observed_pairs(const int *values, size_t coders, size_t units,
			     double *totals, int categories)
{
	int64_t *here = calloc((size_t)categories, sizeof(*here));
	double differ = 0;

	for (size_t u = 0; here && u < units; u++) {
		int64_t m = 0, same = 0;

		for (int c = 0; c < categories; c++)
			here[c] = 0;
		for (size_t k = 0; k < coders; k++) {
			int value = values[k * units + u];

			if (value < 0 || value >= categories)
				continue;
			here[value]++;
			m++;
		}
		if (m < 2)
			continue;
		for (int c = 0; c < categories; c++) {
			same += here[c] * (here[c] - 1);
			totals[c] += (double)here[c];
		}
		differ += (double)(m * (m - 1) - same) / (double)(m - 1);
	}
	free(here);
	return differ;
}

void agreement_alpha(const int *values, size_t coders, size_t units, int categories,
		     struct agreement_alpha *out)
{
	double *totals, n = 0, same = 0, differ;

	*out = (struct agreement_alpha){.why = "no unit has values of two coders"};
	if (categories < 1)
		return;
	totals = calloc((size_t)categories, sizeof(*totals));
	if (!totals)
		return;
	differ = observed_pairs(values, coders, units, totals, categories);
	for (int c = 0; c < categories; c++) {
		n += totals[c];
		same += totals[c] * (totals[c] - 1);
	}
	free(totals);
	out->pairable = (int64_t)n;
	if (n < 2)
		return;
	if (n * (n - 1) - same <= 0) {
		out->why = "all values are the same, so that chance alone would agree";
		return;
	}
	out->defined = true;
	out->why = NULL;
	out->alpha = 1 - differ * (n - 1) / (n * (n - 1) - same);
}
