/*
 * token - a sentence as words that patterns (pattern.h) are looked for in.
 *
 * People write "I don't", "I dont", "ah dinnae" and "i do not", "pls", "plz" and "please",
 * "unsuscribe". Contractions are taken apart, and what is written on phones, in haste
 * and in Scots is brought to one spelling, so that a pattern is written once. A word is
 * of any number of classes (what it may be about); a long word that is in none is taken
 * for the known word that it misses by one letter.
 *
 * Ownership  in the arena; texts are borrowed.
 *            What is known of words is made when it is first asked for, kept until the
 *            process ends, and only read from then on, by any thread.
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
	size_t len;
	uint32_t hash; /* token_hash() */
	uint64_t is;
	bool begins; /* a clause */
};

/* What words there are, so that most patterns are known to have one that is not. */
struct token_signs {
	uint64_t hashes[4]; /* by the lowest eight bits of each hash */
	uint64_t classes;
	uint32_t letters; /* that any of them begins with, "a" in the lowest bit */
};

struct tokens {
	struct token *items;
	size_t count;
	uint64_t has;
	struct token_signs signs; /* of all of them */
};

void token_read(struct arena *arena, const char *text, size_t len, struct tokens *out);
/* One step of a hash, which begins with TOKEN_HASH: that of a word goes on from that of its
 * beginning (Bernstein's, times 33). */
#define TOKEN_HASH 5381U
static inline uint32_t token_hash_step(uint32_t hash, char c)
{
	return hash * 33 + (unsigned char)c;
}
uint32_t token_hash(const char *word, size_t len) MUST_USE;
static inline void token_sign_hash(struct token_signs *s, uint32_t hash)
{
	s->hashes[hash >> 6 & 3] |= (uint64_t)1 << (hash & 63);
}
static inline bool token_signed_hash(const struct token_signs *s, uint32_t hash)
{
	return s->hashes[hash >> 6 & 3] >> (hash & 63) & 1;
}
/* Have they anything in common? */
static inline bool token_signs_meet(const struct token_signs *a,
				    const struct token_signs *b)
{
	return (a->hashes[0] & b->hashes[0]) | (a->hashes[1] & b->hashes[1]) |
	       (a->hashes[2] & b->hashes[2]) | (a->hashes[3] & b->hashes[3]) |
	       (a->classes & b->classes) | (a->letters & b->letters);
}
/* 0 for what begins with none of a to z. */
static inline uint32_t token_letter_bit(char c)
{
	return c >= 'a' && c <= 'z' ? (uint32_t)1 << (c - 'a') : 0;
}
/* How many words are of the classes. */
size_t token_count(const struct tokens *t, uint64_t classes) MUST_USE;

/* Each class with its words; "word*" begins so. */
extern const char *const token_words[TOKEN_CLASSES];
extern const char *const token_names[TOKEN_CLASSES];
/* "dont=do not,": what is written for what is meant. */
extern const char token_spellings[];

#endif
