/*
 * token - a sentence as words that can be matched with patterns.
 *
 * People write "I don't", "I dont", "ah dinnae" and "i do not", "pls", "plz" and "please",
 * "unsuscribe". Contractions are taken apart, and what is written on phones, in haste
 * and in Scots is brought to one spelling, so that a pattern is written once. A word is
 * of any number of classes (what it may be about); a long word that is in none is taken
 * for the known word that it misses by one letter.
 *
 * A pattern is a row of elements between blanks, several patterns with commas between:
 *
 *   word      that word; "word*" one that begins so; "a|b" either
 *   @class    a word of that class; also as one of several: "me|@list"
 *   _         any one word;  +  none to three words;  ++  none to eight
 *   ^         here a clause begins;  $  here the sentence ends; also "$|word"
 *   ?x        x or nothing
 *
 * Ownership  in the arena; texts are borrowed.
 * Limits     English; TOKEN_MOST words of a sentence.
 */
#ifndef MERCAT_PROPOSAL_TOKEN_H
#define MERCAT_PROPOSAL_TOKEN_H

#include "base/arena.h"
#include "base/attr.h"

enum { TOKEN_MOST = 120 };

enum token_class {
	TOKEN_ME,     /* who writes */
	TOKEN_YOU,    /* whom they write to */
	TOKEN_KIN,    /* somebody's own people: no matter of a consultation by itself */
	TOKEN_OWN,    /* my, his, the late: what stands before kin */
	TOKEN_MATTER, /* what consultations on children are about */
	TOKEN_WEAK,   /* the same, in words that stand in any mail */
	TOKEN_PROCESS, /* what a consultation is made of: forms, dates, meetings, letters */
	TOKEN_LIST,    /* the regular mail */
	TOKEN_RECORD, /* what an authority holds */
	TOKEN_COURTESY,
	TOKEN_LIFE, /* moving, jobs, eyes, buses: why somebody writes */
	TOKEN_BAD,  /* what is said of a thing that did not work */
	TOKEN_DO,   /* what a team is asked to do */
	TOKEN_BE,   /* is, was, will */
	TOKEN_TRADE,
	TOKEN_HURT,  /* what is done to somebody */
	TOKEN_CHILD, /* one child or other person, whom the writer knows */
	TOKEN_PLACE, /* where a form, a question or a page stands */
	TOKEN_CORE,  /* the consultation and its papers, in words for nothing else */
	TOKEN_CLASSES
};

#define TOKEN(name) ((uint64_t)1 << TOKEN_##name)

struct token {
	const char *word;
	uint64_t is;
	bool begins; /* a clause */
};

struct tokens {
	struct token *items;
	size_t count;
	uint64_t has;
	uint32_t letters; /* that any of them begins with, "a" in the lowest bit */
};

struct lexicon;

struct lexicon *lexicon_new(struct arena *arena) MUST_USE;
void token_read(struct arena *arena, const struct lexicon *lexicon, const char *text,
		size_t len, struct tokens *out);
/* Does any of the patterns stand anywhere in the sentence? */
bool token_match(const struct tokens *t, const char *patterns) MUST_USE;
/* How many of them do; it stops at most. */
size_t token_matches(const struct tokens *t, const char *patterns, size_t most) MUST_USE;
/* How many words are of the classes. */
size_t token_count(const struct tokens *t, uint64_t classes) MUST_USE;

/* Each class with its words; "word*" begins so. */
extern const char *const token_words[TOKEN_CLASSES];
extern const char *const token_names[TOKEN_CLASSES];
/* "dont=do not,": what is written for what is meant. */
extern const char token_spellings[];

#endif
