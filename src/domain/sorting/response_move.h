/*
 * response_move - a response that came to one consultation and belongs to another.
 *
 * It gets the next reference there, and is new there: somebody decides on it again. Every
 * reference that it had leads to it for good (response_find() for who is bound by no right,
 * response_moved_to() for a page), and so does each mail that answers one of ours. What was
 * said of it in the old consultation's words (codes, answers by question, options, links,
 * campaign) ends at that moment and stays in the history: nothing of one code frame is ever
 * counted in another, and the store holds that too (0047). What its text says is read again
 * there. Notes, files, flags and letters go with it. Can be undone, until somebody has
 * coded or linked it there.
 *
 * Who is bound by rights needs RIGHT_SCREEN in both consultations, also to take it back.
 *
 * Ownership  what is given out lives in the arena.
 * Errors     ERR_INPUT    it is in that consultation already
 *            ERR_ABSENT   no such response or consultation
 *            ERR_CONFLICT a colleague has it open; it is in a sample for double coding; the
 *                         consultation is a draft; a right is missing
 */
#ifndef MERCAT_DOMAIN_RESPONSE_MOVE_H
#define MERCAT_DOMAIN_RESPONSE_MOVE_H

#include "domain/core/undo.h"
#include "domain/responses/reference.h"

/* out_reference: "hall-0003". */
bool response_move(struct operation *op, struct arena *arena, const char *reference,
		   const char *consultation, const char **out_reference,
		   struct err *err) MUST_USE;
undo_fn response_move_back;

#endif
