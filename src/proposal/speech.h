/*
 * speech - the sentences of a mail, which words in them are the consultation's own, and
 * whether a machine or somebody's absence speaks.
 *
 * A class says nothing by itself ("list" is a word of many sentences): what they say
 * together is for whoever asks (proposal/proposal.h). What a sentence does is told by
 * proposal/sentence_role.h.
 *
 * Words are compared in lower case, without apostrophes and punctuation.
 *
 * Units      from and to are bytes of the text that was read.
 * Ownership  in the arena; the text is borrowed.
 * Limits     English, by the phrases of speech_words.c; SPEECH_BYTES_MOST of a text and
 *            SPEECH_SENTENCES_MOST sentences, the rest is not looked at.
 */
#ifndef MERCAT_PROPOSAL_SPEECH_H
#define MERCAT_PROPOSAL_SPEECH_H

#include "base/arena.h"
#include "base/attr.h"

enum {
	SPEECH_BYTES_MOST = 1 << 16,
	SPEECH_SENTENCES_MOST = 1000,
	SPEECH_TOPICS_MOST = 64
};

enum speech_class {
	SPEECH_LIST, /* the regular update */
	SPEECH_THANKS,
	SPEECH_AWAY,
	SPEECH_TIME,
	SPEECH_STAND_IN,
	SPEECH_MACHINE,
	SPEECH_MACHINE_SURE,
	SPEECH_CLASSES
};

#define SPEECH(name) ((uint64_t)1 << SPEECH_##name)

struct speech_sentence {
	size_t from, to;
	const char *folded; /* " words with one blank around each " */
	uint64_t has;       /* SPEECH(...) */
	uint64_t topics;    /* which of the topic's words */
	size_t words;
	bool question;  /* ends with a question mark */
	bool yes_or_no; /* says so in one word */
	bool pasted;    /* a question of the consultation itself */
};

struct speech_topic {
	const char *stems[SPEECH_TOPICS_MOST]; /* beginnings of words */
	size_t count;
	const char *folded; /* the questions as they are */
};

struct speech {
	struct speech_sentence *items;
	size_t count, words;
	uint64_t has, topics;
};

/* The words of a consultation's title and questions that are about its matter. */
void speech_topic_of(struct arena *arena, const char *questions,
		     struct speech_topic *out);
/* topic may be NULL. What a sentence has is left for speech_hear(). */
void speech_read(struct arena *arena, const char *text, const struct speech_topic *topic,
		 struct speech *out);
/* Which classes each sentence has: of few texts is it asked. */
void speech_hear(struct speech *s);
/* " lower case, one blank between words and one around all " */
const char *speech_fold(struct arena *arena, const char *text, size_t len) MUST_USE;
/* The classes of a text that is folded. */
uint64_t speech_classes(const char *folded) MUST_USE;

/* The phrases of each class, comma between them; "*" at an end: words that begin so. */
extern const char *const speech_phrases[SPEECH_CLASSES];
/* Words that say nothing of a matter. */
extern const char speech_common[];

#endif
