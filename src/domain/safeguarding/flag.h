/*
 * flag - somebody may be at risk: one flag on the mail that says so, until somebody has dealt
 * with it.
 *
 * It hangs on the mail, so that it stays with it when unsorted mail becomes a response, when the
 * response is excluded, and when the mail is erased. The program proposes it by the words of the
 * mail; whoever reads the mail may raise it. From then on the safeguarding lead whom the settings
 * name, or who else has RIGHT_SAFEGUARD there, is told (flag_tell.h) and has
 * safeguarding.seen_within to say that they have seen it.
 *
 *	proposed -> open | dismissed | closed
 *	open -> closed -> open
 *	dismissed -> open
 *
 * Raised or reopened after it had ended, it begins another round: its time begins anew, and
 * nobody has seen it. Each step is kept with who, when and what they wrote, and never changed;
 * the audit has the step without the words. A mail has one flag at most: two people who raise it
 * at once raise the same, and the words of both are kept.
 *
 * Whoever is bound by rights (op->rights) needs RIGHT_SAFEGUARD for the place of the mail to see,
 * note, close or reopen, and to read what was written. That they may raise or dismiss it, which
 * goes with reading and with screening or sorting the mail, their page asks.
 *
 * What a closing or a dismissal decides is decided of the proposal of the response, too. Both can
 * be taken back; that a flag was raised cannot, for somebody has been told.
 *
 * Ownership  in the arena.
 * Errors     ERR_INPUT     a text that is too long, an outcome that is none
 *            ERR_ABSENT    no such flag or mail
 *            ERR_CONFLICT  it is not in that state, or a right is missing
 * Limits     a text 4,000 characters
 */
#ifndef MERCAT_DOMAIN_FLAG_H
#define MERCAT_DOMAIN_FLAG_H

#include "domain/admin/rights.h"

enum { FLAG_TEXT_MOST = 4000 };

struct flag {
	int64_t id, inbound_id;
	int64_t received_at; /* the mail, or its response */
	const char *state;   /* of the diagram above */
	int64_t round, raised_at, due_at, seen_at, closed_at; /* 0: not yet */
	const char *outcome;             /* one of flag_outcomes[], or NULL */
	const char *raised_by, *seen_by; /* names; raised_by NULL: the program */
	struct rights_scope scope;
	int64_t response_id; /* 0: it is no response */
	const char *reference,
		*consultation; /* of a response: "cruelty-0147", "cruelty" */
	int64_t number;
	bool is_open, is_overdue; /* proposed or open; not seen in time */
	bool untold;              /* nobody could be told by email */
};

/* What became of it: "passed on", "known", "supported", "no risk", "mistake"; NULL at the end. */
extern const char *const flag_outcomes[];
/* In words: "Passed on to the police, social work or another service". */
const char *flag_outcome_says(const char *outcome) MUST_USE;

bool flag_find(struct operation *op, struct arena *arena, int64_t id, struct flag *out,
	       struct err *err) MUST_USE;
/* ERR_ABSENT: it has none. Asks for no right: that there is one is for whoever reads the mail. */
bool flag_of_mail(struct operation *op, struct arena *arena, int64_t inbound_id,
		  struct flag *out, struct err *err) MUST_USE;

enum flag_view { FLAGS_OPEN, FLAGS_ENDED };
struct flags {
	struct flag *items;
	size_t count;
};
/* Those that who asks deals with: open ones the oldest first, ended ones the newest first. */
bool flag_list(struct operation *op, struct arena *arena, enum flag_view view,
	       int64_t most, struct flags *out, struct err *err) MUST_USE;
/* The rows of "flag_steps": id, what, round, at, staff, text, outcome. Asks for the right. */
bool flag_steps(struct operation *op, struct arena *arena, const struct flag *flag,
		struct store_table *out, struct err *err) MUST_USE;
/* The words by which the program proposed it of a response: rows sign, words. Likewise. */
bool flag_words(struct operation *op, struct arena *arena, const struct flag *flag,
		struct store_table *out, struct err *err) MUST_USE;

/* text: why, or "". Of an open one it adds the text; ERR_CONFLICT when there is none to add. */
bool flag_raise(struct operation *op, struct arena *arena, int64_t inbound_id,
		const char *text, struct flag *out, struct err *err) MUST_USE;
/* Nobody is at risk: of one that is proposed only. */
bool flag_dismiss(struct operation *op, struct arena *arena, int64_t inbound_id,
		  struct err *err) MUST_USE;
/* What the program proposed of a response was accepted or refused: the flag goes with it, where
 * nobody has decided it yet. Inside the transaction of that, whose undo takes it back. */
enum flag_decision { FLAG_RAISED, FLAG_DISMISSED };
bool flag_decided(struct operation *op, int64_t inbound_id, enum flag_decision decision,
		  struct err *err) MUST_USE;
/* Its undo: what was dismissed is proposed again. */
bool flag_dismiss_back(struct operation *op, int64_t inbound_id,
		       struct err *err) MUST_USE;
/* Who acts has seen it; each of them once a round. */
bool flag_see(struct operation *op, struct arena *arena, int64_t id,
	      struct err *err) MUST_USE;
bool flag_note(struct operation *op, struct arena *arena, int64_t id, const char *text,
	       struct err *err) MUST_USE;
bool flag_close(struct operation *op, struct arena *arena, int64_t id,
		const char *outcome, const char *text, struct err *err) MUST_USE;
bool flag_reopen(struct operation *op, struct arena *arena, int64_t id, const char *text,
		 struct err *err) MUST_USE;
/* Takes back a closing or a dismissal (domain/sorting/undo_kinds.c). */
bool flag_undo(struct operation *op, struct arena *arena, struct unpack *inverse,
	       struct err *err);

/* The clock's: what the program says of mails gets its flag. out_did: one at least. */
bool flag_take_up(struct operation *op, bool *out_did, struct err *err) MUST_USE;

#endif
