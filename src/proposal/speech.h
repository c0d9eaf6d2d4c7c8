/*
 * speech - what the sentences of a mail do: ask, offer, thank, refuse, tell of harm.
 *
 * Each sentence is looked at for words of several classes. A class says nothing by
 * itself ("list" is a word of many sentences): what they say together is for whoever asks
 * (proposal/proposal.h). A word of the consultation's own topic counts apart, each
 * once, because what is said about it is an answer.
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
	/* who speaks to whom */
	SPEECH_FIRST, /* I, we, my */
	SPEECH_YOU,
	SPEECH_WISH,    /* please, could you, I should like */
	SPEECH_ASKING,  /* how a question begins that wants an answer */
	SPEECH_OPINION, /* should, I think, we support */
	SPEECH_NOTHING, /* no comments: that, too, is a response */
	/* what it is about */
	SPEECH_PROCESS, /* the consultation itself, its papers and dates */
	SPEECH_ENQUIRY, /* what people ask of a team: dates, copies, ways to answer */
	SPEECH_LIST,    /* the regular update */
	SPEECH_ON,      /* getting it */
	SPEECH_ON_SURE, /* getting it, in words that stand for nothing else */
	SPEECH_OFF,     /* getting it no more */
	SPEECH_OFF_SURE,
	SPEECH_OWN_WORDS, /* one's response and its publication */
	SPEECH_THANKS,
	SPEECH_RECEIPT, /* what was got: your letter, the number */
	SPEECH_COMPLAINT,
	SPEECH_FAULT, /* did not work, too short, nobody answers */
	SPEECH_ACT_NAMED,
	SPEECH_OWN_DATA, /* subject access */
	SPEECH_DEMAND,   /* provide, disclose, under */
	SPEECH_RECORDS,  /* minutes, correspondence, how much was spent */
	SPEECH_HELD,     /* information that you hold */
	SPEECH_OFFER,    /* we supply, our products */
	SPEECH_PRICE,    /* discount, order, per month */
	SPEECH_TRADE,    /* your business, search engine, guest post */
	SPEECH_AWAY,
	SPEECH_TIME,
	SPEECH_STAND_IN,
	SPEECH_MACHINE,
	SPEECH_MACHINE_SURE,
	/* somebody may be at risk */
	SPEECH_HARM,      /* hits, bruises */
	SPEECH_HARM_ME,   /* hits me, comes into my room */
	SPEECH_SELF_HARM, /* kill myself */
	SPEECH_ONE_CHILD, /* my son, the girl next door */
	SPEECH_NOW,
	SPEECH_RECENT,  /* last night, today */
	SPEECH_WERE,    /* tells of what was */
	SPEECH_APPEAL,  /* please help me, nobody knows */
	SPEECH_STILL,   /* he still works with children */
	SPEECH_GENERAL, /* children who, research, should */
	SPEECH_FIELD,   /* those whom policies are for: they are a response's matter */
	SPEECH_PAST,
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
/* topic may be NULL. */
void speech_read(struct arena *arena, const char *text, const struct speech_topic *topic,
		 struct speech *out);
/* " lower case, one blank between words and one around all " */
const char *speech_fold(struct arena *arena, const char *text, size_t len) MUST_USE;
/* The classes of a text that is folded. */
uint64_t speech_classes(const char *folded) MUST_USE;
/* How many phrases of one class stand in it. */
size_t speech_count(const char *folded, enum speech_class of) MUST_USE;

/* The phrases of each class, comma between them; "*" at an end: words that begin so. */
extern const char *const speech_phrases[SPEECH_CLASSES];
/* Words that say nothing of a matter. */
extern const char speech_common[];

#endif
