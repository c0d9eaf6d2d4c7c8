/*
 * answers private - what text/answer/answers.c and the readers of its headings share.
 */
#ifndef MERCAT_TEXT_ANSWERS_PRIVATE_H
#define MERCAT_TEXT_ANSWERS_PRIVATE_H

#include "text/answer/answers.h"
#include "text/words/word.h"

enum answers_sign {
	ANSWERS_NONE,
	ANSWERS_CLEAR, /* "Question 2", or its words */
	ANSWERS_DIGIT, /* "2." */
	ANSWERS_PLAIN, /* "2 residents", "2a residents": nothing parts it from what follows */
	ANSWERS_ROMAN, /* "II." */
	ANSWERS_LETTER /* "b)" */
};

struct answers_heading {
	size_t question;             /* 0: several at once */
	size_t line_from, body_from; /* bytes */
	const char *how;
	enum answers_sign sign;
	bool lettered;        /* "2b": a part of its question */
	bool several_letters; /* "ii": no letter of a list */
};

/*
 * How the words from here say which question comes next. line: it is the beginning of a
 * line, where less is enough than within one. last: the question before, or 0.
 */
bool answers_numbered(const char *text, size_t from, bool line, size_t most, size_t last,
		      struct answers_heading *out);
/*
 * "2." or "Q2" within a line, behind others that were found in it: where what it heads begins;
 * NULL: none up to its end. out_at: where it stands.
 */
const char *answers_number_within(const char *at, size_t *out_number,
				  const char **out_at);
/* Quote signs, bullets and emphasis. */
const char *answers_past_marks(const char *at);

/* The questions as they may be repeated or called by name. */
struct answers_quotes;
struct answers_quotes *answers_quotes_new(struct arena *arena,
					  const struct answer_question *questions,
					  size_t count) MUST_USE;
struct answers_match {
	size_t question, used; /* words */
	size_t errors;
	size_t words; /* of what was repeated */
};
/* The question that these words begin with, with few errors. wanted: the one that a
 * number names, taken where it fits too; 0: none. */
bool answers_repeated(const struct answers_quotes *quotes, const struct word *words,
		      size_t count, size_t wanted, struct answers_match *out);
/* "Waiting list:" alone in front of an answer; 0: no question's name. */
size_t answers_named(struct arena *arena, const struct answers_quotes *quotes,
		     const char *line, size_t *out_body);

#endif
