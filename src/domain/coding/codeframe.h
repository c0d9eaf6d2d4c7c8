/*
 * codeframe - the codes of a consultation: a tree with definitions and colours.
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
 * a former name gets the renamed one (code_named), so that rules go on working.
 *
 * Each act is one row of the log (domain/coding/codeframe_log.h), whose id it gives out:
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
#ifndef MERCAT_DOMAIN_CODEFRAME_H
#define MERCAT_DOMAIN_CODEFRAME_H

#include "domain/core/domain.h"

enum {
	CODE_NAME = 80, /* characters */
	CODE_TEXT = 4000,
	CODE_DEPTH = 12,
	CODES_MOST = 2000 /* live ones of one consultation */
};

struct code {
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
bool codeframe_load(struct operation *op, struct arena *arena, int64_t consultation_id,
		    struct code **out, size_t *out_count, struct err *err) MUST_USE;

bool code_get(struct operation *op, struct arena *arena, int64_t code_id,
	      struct code *out, struct err *err) MUST_USE;
bool code_named(struct operation *op, struct arena *arena, const char *consultation,
		const char *name, struct code *out, struct err *err) MUST_USE;
/* What becomes of a tag that has no code yet: none is found, or it is made. */
enum code_missing { CODE_FIND, CODE_MAKE };
struct code_tag {
	int64_t consultation_id;
	const char *name;
	enum code_missing missing;
};
/* For tags: the code of that name; make: made at the top when there is none, and
 * ERR_CONFLICT when it is retired. 0: there is none. Inside the caller's transaction. */
bool code_for_tag(struct operation *op, struct arena *arena, const struct code_tag *tag,
		  int64_t *out, struct err *err) MUST_USE;

/* NULL: as it is (when adding: empty, and a colour that is little used). */
struct code_text {
	const char *definition, *examples, *colour, *questions;
};

struct code_new {
	const char *consultation, *name;
	int64_t parent_id;            /* 0: at the top */
	const struct code_text *text; /* or NULL */
};
bool code_add(struct operation *op, const struct code_new *code, int64_t *out_id,
	      int64_t *out_change, struct err *err) MUST_USE;
bool code_rename(struct operation *op, int64_t code_id, const char *name,
		 int64_t *out_change, struct err *err) MUST_USE;
bool code_describe(struct operation *op, int64_t code_id, const struct code_text *text,
		   int64_t *out_change, struct err *err) MUST_USE;
/* parent_id 0: to the top. It takes along what is below it. */
bool code_move(struct operation *op, int64_t code_id, int64_t parent_id,
	       int64_t *out_change, struct err *err) MUST_USE;
/* Whether a code may be put on anything more. */
enum code_use { CODE_IN_USE, CODE_RETIRED };
bool code_retire(struct operation *op, int64_t code_id, enum code_use use,
		 int64_t *out_change, struct err *err) MUST_USE;
/* What a merge would do, before it: passages that move; responses with the one, the other, and
 * both. ERR_CONFLICT for who codes a sample of the consultation blindly. */
struct code_merge_counts {
	int64_t passages, own, other, both;
};
bool code_merge_count(struct operation *op, const struct code *code, int64_t into,
		      struct code_merge_counts *out, struct err *err) MUST_USE;
/*
 * code_id ends as a code: its codings go on as codings of into, at the same passage, by
 * the same person (superseded_by names it); where into covers the passage already, the
 * one of into stays alone. What is below it goes below into.
 */
bool code_merge(struct operation *op, int64_t code_id, int64_t into, int64_t *out_change,
		struct err *err) MUST_USE;
/* Where a code that is split off stands: beside the one it was of, or below. */
enum code_place { CODE_BESIDE, CODE_BELOW };
struct code_part {
	const char *name;
	enum code_place place;
	const int64_t *coding_ids; /* the codings that it gets */
	size_t count;
};
/* A new code beside code_id, or below it, gets the chosen codings of it. */
bool code_split(struct operation *op, int64_t code_id, const struct code_part *part,
		int64_t *out_id, int64_t *out_change, struct err *err) MUST_USE;
/* A code that may be put on something: of this consultation and live. */
bool codeframe_usable(const struct code *code, int64_t consultation_id,
		      struct err *err) MUST_USE;

#endif
