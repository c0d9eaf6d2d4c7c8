/*
 * doubts spoken - a sentence as words, each with the parts that it may play.
 *
 * What somebody says of themselves is told apart from what they think of a subject by who
 * speaks, of what, and with which turn: "he would find us" has somebody else, a might-be, a
 * word of finding and the writer, in this order. So each word is looked up once for all the
 * parts that it may play, and a rule is a row of parts (spoken_matches()).
 *
 * Ownership  the sentence is borrowed.
 * Limits     SPOKEN_WORDS words of a sentence; where there are more, spoken.next is where the
 *            next piece begins, so that pieces overlap by half. Letters of Latin scripts
 *            lose their accents; "don't" is one word, "he'd" two.
 */
#ifndef MERCAT_DOUBTS_SPOKEN_H
#define MERCAT_DOUBTS_SPOKEN_H

#include "base/attr.h"

enum { SPOKEN_WORDS = 64, SPOKEN_LETTERS = 24 };

/* Parts of words; spoken_words.c says which word may play which. */
#define PART(number) (UINT64_C(1) << (number))
#define SAYS_I PART(0)  /* I, we */
#define SAYS_ME PART(1) /* me, us */
#define SAYS_MY PART(2) /* my, our */
#define SAYS_YOU PART(3)
#define SAYS_HE PART(4)     /* he, she, they, him, ... */
#define SAYS_ANYONE PART(5) /* someone, nobody, people, strangers */
#define KIN PART(6)         /* husband, sister; and boss, colleague, neighbour */
#define CHILD PART(7)
#define MIGHT PART(8) /* would, could, must, shall */
#define IS PART(9)
#define WAS PART(10)
#define NOT PART(11)
#define IF PART(12)
#define WHEN PART(13) /* once, until, before, after */
#define ONLY PART(14)
#define KNOW PART(15) /* find, know, learn, recognise, see, read */
#define TOLD PART(16) /* told, asked, informed */
#define FEAR PART(17)
#define HARM PART(18)    /* lose, sack, evict, consequences */
#define HIDE PART(19)    /* refuge, fled, stalked, threatened */
#define LAWSUIT PART(20) /* case, trial, appeal, adoption */
#define ORDER PART(21)   /* order, injunction, restriction */
#define CARE PART(22)    /* careful, discreet, gently, sensitive */
#define PUBLISH PART(23)
#define NAME PART(24)
#define DATA PART(25) /* address, postcode, surname, photo */
#define THIS PART(26)
#define OWN PART(27)    /* answer, letter, words, paragraph */
#define REMOVE PART(28) /* remove, leave, change, black, shorten */
#define FORGET PART(29) /* ignore, scrap, withdraw, undo */
#define BOX PART(30)
#define SORRY PART(31) /* sorry, oops, actually, reflection */
#define UNSURE PART(32)
#define RATHER PART(33)
#define WANT PART(34)
#define AGREE PART(35)
#define SPEAK PART(36)  /* say, talk, write, comment */
#define FORBID PART(37) /* forbidden, allowed, supposed, bound */
#define PLEASE PART(38)
#define ASK PART(39)   /* ask, check, ring, wait, show */
#define FIRST PART(40) /* first, beforehand, instead */
#define SMALL PART(41)
#define PLACE PART(42)   /* village, school, street, office */
#define OPINION PART(43) /* think, agree, support, hope */
#define SAFE PART(44)
#define GRADE PART(45)     /* year, class, age, turn */
#define FEW_YEARS PART(46) /* five to fifteen */
#define FOR PART(47)
#define LIVING PART(48) /* job, visa, career, funding, reputation */
#define DEPENDS PART(49)
#define STILL PART(50)  /* still, yet, pending, ongoing */
#define WHERE PART(51)  /* where, who, which, what */
#define SECRET PART(52) /* secret, private, quiet, unknown */
#define THERE PART(53)
#define OTHER PART(54) /* other, another, made-up, false */
#define KEEP PART(55)  /* keep, stay, hold, treat */
#define AGAINST PART(56)
#define PIECE PART(57) /* bit, part, first, second: some of it */
#define THE PART(58)
#define LIVES PART(59) /* live, work, go, am */
#define WITH PART(60)
#define THANKS PART(61)  /* words of nothing but courtesy */
#define FILLER PART(62)  /* and, but, so, well: may stand before a sentence */
#define ENGLISH PART(63) /* other words that make a sentence English */
enum { PARTS = 64 };

struct spoken {
	char words[SPOKEN_WORDS][SPOKEN_LETTERS];
	uint64_t parts[SPOKEN_WORDS];
	uint64_t where[PARTS]; /* bits of the words that may play it */
	uint64_t all;          /* parts that any word may play */
	uint64_t begins[4];    /* bits of how its words begin */
	size_t count;
	size_t first;        /* the first word that is no filler */
	bool asks;           /* ends with a question mark */
	bool stressed;       /* or with an exclamation mark */
	bool comma;          /* a comma with two words or more on both sides */
	bool begins_number;  /* "1. No": an answer */
	const char *next;    /* of a long sentence; NULL: that was all */
	unsigned odd_script; /* words of letters that no Latin script has */
	unsigned accents;    /* words in small letters with an accent */
	unsigned small;      /* words in small letters */
};

void spoken_read(const char *sentence, size_t len, struct spoken *out);

/* Do these words stand in it one behind the other; do they from there on; does one of them,
 * the last of which is NULL? */
bool spoken_has(const struct spoken *s, const char *words) MUST_USE;
bool spoken_says(const struct spoken *s, size_t from, const char *words) MUST_USE;
bool spoken_has_one(const struct spoken *s, const char *const *phrases) MUST_USE;

/* One step of a rule: a word of any of these parts, so far behind the one before at most. */
struct spoken_step {
	uint64_t any;
	unsigned skip; /* words between; SPOKEN_WORDS: any number */
};

enum { RULE_STEPS = 7 };

/* What must hold beside the words. */
enum spoken_need {
	NEED_FIRST = 1,  /* the first step is the first word, fillers apart */
	NEED_LAST = 2,   /* the last step is the last word, fillers and "please" apart */
	NEED_SELF = 4,   /* I, me or my is among the words */
	NEED_NOW = 8,    /* it is not told of what has been */
	NEED_SHORT = 16, /* no more words than SPOKEN_SHORT */
	NEED_TINY = 32,  /* no more than SPOKEN_TINY */
	NEED_NO_COMMA = 64, /* one clause */
	NEED_ASKS = 128,
	NEED_REMARK = 256, /* no answer to a question */
	NEED_SHORTER = 512 /* no more than SPOKEN_SHORTER */
};
enum { SPOKEN_TINY = 3, SPOKEN_SHORTER = 6, SPOKEN_SHORT = 12 };

struct spoken_rule {
	struct spoken_step steps[RULE_STEPS]; /* ends with one of no parts */
	unsigned needs;
	uint64_t unless; /* none of these parts may be there */
};

bool spoken_matches(const struct spoken *s, const struct spoken_rule *rule) MUST_USE;

/* The table, sorted by the bytes of its words. */
struct spoken_word {
	const char *text;
	uint64_t parts;
};

extern const struct spoken_word spoken_words[];
extern const size_t spoken_word_count;

#endif
