/*
 * acts codeframe - the codes of a consultation: a tree with definitions and colours.
 *
 * A tag is a code at the top of the tree that somebody put on a whole reply; both are
 * one and the same. A name is unique in its consultation and its case is kept. Codes
 * are never deleted:
 *
 *	live <-> retired (not offered any more; its codings stay and count)
 *	live  -> merged  (its codings went on as those of another code)
 *	any   -> undone  (the act that made it was taken back)
 *
 * Who asks for a merged code by its name gets the one it was merged into, who asks by
 * a former name gets the renamed one (acts_code_named), so that rules go on working.
 *
 * Each act is one row of frame_change (acts/frame_change.h), whose id it gives out:
 * with it exactly that act can be taken back. out_change may be NULL; it gets 0 when
 * nothing had to be changed.
 *
 * Questions  a code may be bound to some questions of its consultation; then it and
 *            what is below it are offered for those only. A code below that is bound
 *            itself has its own. Binding rules what is offered, not what is allowed.
 * Units      ids are the store's; depth 0 is the top; a question is its position.
 * Ownership  in the arena.
 * Errors     ERR_INPUT a name of no 1 to 80 characters, with a comma or a control
 *            character, an unknown colour or question; ERR_CONFLICT the name is taken,
 *            a move into its own branch, codes of two consultations, a code that is
 *            merged or undone; ERR_ABSENT no such code.
 */
#ifndef MERCAT_ACTS_CODEFRAME_H
#define MERCAT_ACTS_CODEFRAME_H

#include "acts/acts.h"

enum {
	ACTS_CODE_NAME = 80, /* characters */
	ACTS_CODE_TEXT = 4000,
	ACTS_CODE_DEPTH = 12,
	ACTS_CODES_MOST = 2000 /* live ones of one consultation */
};

struct acts_code {
	int64_t id, consultation_id, parent_id; /* parent 0: at the top */
	const char *name, *definition, *examples, *colour, *state;
	const char *questions;     /* "1,3"; "": all */
	const char *all_questions; /* what holds for it, from itself or from above */
	int64_t merged_into;
	int depth;
	int64_t own;    /* replies with this code itself */
	int64_t whole;  /* replies with it or one below, each once */
	int64_t quotes; /* passages with it itself */
	int64_t suggested;
};

/* Live and retired ones as a tree, each before those below it, siblings by name. */
bool acts_codeframe(struct acts *acts, struct arena *arena, int64_t consultation_id,
		    struct acts_code **out, size_t *out_count, struct err *err) MUST_USE;

bool acts_code_get(struct acts *acts, struct arena *arena, int64_t code_id,
		   struct acts_code *out, struct err *err) MUST_USE;
bool acts_code_named(struct acts *acts, struct arena *arena, const char *consultation,
		     const char *name, struct acts_code *out, struct err *err) MUST_USE;
/* For tags: the code of that name; make: made at the top when there is none, and
 * ERR_CONFLICT when it is retired. 0: there is none. Inside the caller's transaction. */
bool acts_code_for_tag(struct acts *acts, struct arena *arena, int64_t consultation_id,
		       const char *name, bool make, int64_t *out,
		       struct err *err) MUST_USE;

/* NULL: as it is (when adding: empty, and a colour that is little used). */
struct acts_code_text {
	const char *definition, *examples, *colour, *questions;
};

bool acts_code_add(struct acts *acts, const char *consultation, const char *name,
		   int64_t parent_id, const struct acts_code_text *text, int64_t *out_id,
		   int64_t *out_change, struct err *err) MUST_USE;
bool acts_code_rename(struct acts *acts, int64_t code_id, const char *name,
		      int64_t *out_change, struct err *err) MUST_USE;
bool acts_code_describe(struct acts *acts, int64_t code_id,
			const struct acts_code_text *text, int64_t *out_change,
			struct err *err) MUST_USE;
/* parent_id 0: to the top. It takes along what is below it. */
bool acts_code_move(struct acts *acts, int64_t code_id, int64_t parent_id,
		    int64_t *out_change, struct err *err) MUST_USE;
bool acts_code_retire(struct acts *acts, int64_t code_id, bool retired,
		      int64_t *out_change, struct err *err) MUST_USE;
/*
 * code_id ends as a code: its codings go on as codings of into, at the same passage, by
 * the same person (superseded_by names it); where into covers the passage already, the
 * one of into stays alone. What is below it goes below into.
 */
bool acts_code_merge(struct acts *acts, int64_t code_id, int64_t into,
		     int64_t *out_change, struct err *err) MUST_USE;
/* A new code beside code_id, or below it, gets the chosen codings of it. */
bool acts_code_split(struct acts *acts, int64_t code_id, const char *name, bool below,
		     const int64_t *coding_ids, size_t count, int64_t *out_id,
		     int64_t *out_change, struct err *err) MUST_USE;
/* A code that may be put on something: of this consultation and live. */
bool acts_frame_usable(const struct acts_code *code, int64_t consultation_id,
		       struct err *err) MUST_USE;

#endif
