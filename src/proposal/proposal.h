/*
 * proposal - what a mail to a consultation seems to be, when it is no response or more
 * than one: for an official to accept or refuse. Nothing is decided here.
 *
 * Two things are told apart. Whole: all of the mail is an advertisement, a question, thanks
 * and so on, and nothing in it answers the consultation. Beside: it may be a response, and
 * says something besides that somebody must act on (a request for information, whose clock
 * starts; somebody who may be at risk).
 *
 * What is looked at is all that the writer newly wrote, sentence by sentence
 * (proposal/sentence_role.h). A whole proposal needs a sentence that says what its kind says, and
 * not one that is substance: no answer by number, no choice, no filled form, no view,
 * nothing about the matter, nothing that nobody knows. What stands below the signature
 * counts too. So a response must say something to be kept, and a mail that is none must be
 * understood to the last sentence to be proposed; what is in doubt is no proposal.
 *
 * What the rules do not understand is weighed by what was learned (proposal/learned.h): it
 * proposes where they propose nothing at all, and takes back what they propose of a mail
 * that is more like a response; a request for information is still told of then, beside
 * it. It never touches somebody at risk, and proposes nothing of a mail that has any hard
 * sign of a response.
 *
 * That children are hurt is what such consultations are about: proposal/disclosure.h says
 * how somebody at risk is told apart from that. It stands beside a response and never
 * moves it; it is heard as that first.
 *
 * Ownership  in the arena.
 * Errors     none: what is not recognised is no proposal.
 * Source     for the kinds that have a legal clock: Freedom of Information (Scotland) Act
 *            2002, sections 8 (a request need not name the Act) and 10 (20 working days).
 * Limits     English, with Scots and what is typed on phones (proposal/token.h); of a longer
 *            text only its beginning. Of mails in words that nobody foresaw half to
 *            three quarters are proposed; the others stay in the queue as responses.
 */
#ifndef MERCAT_PROPOSAL_PROPOSAL_H
#define MERCAT_PROPOSAL_PROPOSAL_H

#include "proposal/speech.h"

enum proposal_kind {
	PROPOSAL_NONE = 0,
	PROPOSAL_ADVERTISEMENT,
	PROPOSAL_QUESTION, /* to the team */
	PROPOSAL_SUBSCRIBE,
	PROPOSAL_UNSUBSCRIBE,
	PROPOSAL_THANKS,
	PROPOSAL_COMPLAINT, /* about how the consultation is run */
	PROPOSAL_INFORMATION,
	PROPOSAL_AUTOMATIC,
	PROPOSAL_RISK,
	PROPOSAL_KINDS
};

/* Why: one fact each. */
enum proposal_sign {
	PROPOSAL_OFFERS,  /* sells something */
	PROPOSAL_IN_BULK, /* came with the marks of mail in bulk, and offers something */
	PROPOSAL_ASKS,    /* asks, and answers nothing */
	PROPOSAL_WANTS_MAIL, /* asks for the regular mail */
	PROPOSAL_WANTS_NONE, /* asks for no more of it */
	PROPOSAL_ONLY_THANKS,
	PROPOSAL_COMPLAINS,
	PROPOSAL_NAMES_ACT,    /* asks for information and names a law */
	PROPOSAL_OWN_DATA,     /* asks what is held about themselves */
	PROPOSAL_ASKS_RECORDS, /* asks for records, without naming a law */
	PROPOSAL_ABSENT,       /* says that nobody is there to read */
	PROPOSAL_BY_MACHINE,   /* says that a machine answers */
	PROPOSAL_SELF_HARM,
	PROPOSAL_HARM_NOW,    /* the writer is being hurt */
	PROPOSAL_HARM_CHILD,  /* a certain child is */
	PROPOSAL_HARM_OTHERS, /* whoever did harm is still near others */
	PROPOSAL_LEARNED,     /* is like mails that were */
	PROPOSAL_SIGNS
};

struct proposal {
	enum proposal_kind kind;
	enum proposal_sign sign;
	bool whole;
	const char *words; /* the sentence that tells it, in one line */
	const char *like;  /* LEARNED: "word, word", of most weight first; else NULL */
};

/* At most one that is whole, and those beside it. */
enum { PROPOSALS_MOST = 3, PROPOSAL_WORDS_MOST = 200 };

struct proposals {
	struct proposal items[PROPOSALS_MOST];
	size_t count;
};

struct learned; /* proposal/learned.h */

struct proposal_mail {
	const char *subject;
	const char *text;          /* what is new in it, of the respondent's own */
	const char *sender;        /* their name, or NULL */
	struct frame_book *letter; /* what was read of it; NULL: nothing */
	const char *all;           /* the same with the text of its files */
	const char *questions;     /* the consultation's title and questions */
	int64_t answers;           /* found by their question */
	int64_t choices;           /* of closed questions */
	int64_t form;              /* fields of a respondent form that say something */
	int64_t files;             /* that may hold a response */
	bool answers_us;           /* answers a notification of ours */
	bool in_bulk;              /* has the marks of a list */
	const struct learned *learned; /* NULL: the rules alone */
};

void proposal_read(struct arena *arena, const struct proposal_mail *mail,
		   struct proposals *out);
/* Somebody may be at risk; words in the arena. */
bool proposal_risk(struct arena *arena, const char *text, struct proposal *out);

/* A sentence of a text in one line, at most PROPOSAL_WORDS_MOST bytes of it. */
const char *proposal_words(struct arena *arena, const char *text,
			   const struct speech_sentence *sentence) MUST_USE;

/* As the store writes them: "information", "names act". */
const char *proposal_kind_name(enum proposal_kind kind);
const char *proposal_sign_name(enum proposal_sign sign);

#endif
