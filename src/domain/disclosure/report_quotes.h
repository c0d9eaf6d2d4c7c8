/*
 * report quotes - passages that may be quoted in a report, and by whom they are said to be.
 *
 * A passage may be quoted when its response is included, its respondent allows it to be
 * published, with a name or without, and nothing is in doubt: no proposal is open or accepted
 * that it is no response or that somebody is at risk, no flag says so, its form is clear about
 * permission or a person has decided, no other response of the same sender forbids publication,
 * it is no duplicate, no later mail of the same sender waits to be sorted, nobody decided to
 * withhold it or withdrew it, the passage stands where it was coded, and no program guessed at
 * its words. A redaction that it touches is quoted with it, and while one is proposed in the
 * response that nobody has settled nothing of it is quoted. It names neither its respondent nor
 * an address, telephone number or postcode.
 *
 * An individual is "An individual", whatever they allow. An organisation that allows
 * publication is named, also without the name of who sent it in; where its name is not known it
 * is "An organisation". Each respondent is quoted once in a list, and no words twice.
 *
 * Ownership  in the arena of the figures.
 * Errors     ERR_CONFLICT while who asks codes a sample blindly
 * Limits     REPORT_QUOTE_CHARS characters; the first REPORT_QUOTE_LOOKS passages of a code that
 *            may be published are looked at.
 */
#ifndef MERCAT_DOMAIN_REPORT_QUOTES_H
#define MERCAT_DOMAIN_REPORT_QUOTES_H

#include "domain/disclosure/report_figures.h"

enum { REPORT_QUOTE_CHARS = 500, REPORT_QUOTE_LEAST = 15, REPORT_QUOTE_LOOKS = 96 };

struct report_quote {
	int64_t coding_id, response_id;
	const char *text; /* on one line, with what is redacted in it */
	const char *by;
	char hash[SECRET_SHA256_HEX]; /* of text */
};

struct report_quotes_of {
	int64_t code_id, question; /* 0: any question, and none */
	int64_t most;
};
bool report_quotes(struct report_figures *f, const struct report_quotes_of *of,
		   struct report_quote **out, size_t *out_count,
		   struct err *err) MUST_USE;
/* Whether that passage may be quoted now, by the same rule, in the words that have this hash
 * (NULL: it is of before redactions were). */
bool report_quote_fits(struct report_figures *f, int64_t coding_id, const char *hash,
		       bool *out, struct err *err) MUST_USE;

#endif
