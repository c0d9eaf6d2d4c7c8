/*
 * bulletin check - an update held against everything that is known before it is sent.
 *
 * The rules of bulletin/check.h, with what only the store knows: topics that nobody has
 * chosen, who would get it now against who got the last one, images that are attached,
 * what holds mail back at the relays, and whether it is approved as it stands.
 *
 * bulletin_check_stored_text() is for a page where somebody writes: the text need not be
 * saved, nor fit to be. bulletin_check_stored() is of what stands in the store, the same that
 * `mercat bulletin check` prints and that who approves should read.
 *
 * Ownership  findings live in the arena.
 * Errors     of the store; what is wrong with the update is a finding, no error.
 * Limits     nothing is fetched: a link may be dead all the same.
 */
#ifndef MERCAT_DOMAIN_BULLETIN_CHECK_H
#define MERCAT_DOMAIN_BULLETIN_CHECK_H

#include "domain/bulletins/bulletin.h"
#include "bulletin/check.h"

bool bulletin_check_stored(struct operation *op, struct arena *arena,
			   const struct bulletin *bulletin, struct bulletin_findings *out,
			   struct err *err) MUST_USE;
/* number 0: not drafted yet, so no images; list: its name, or NULL to read it in the text. */
bool bulletin_check_stored_text(struct operation *op, struct arena *arena,
				struct bulletin_key key, const char *text,
				struct bulletin_findings *out, struct err *err) MUST_USE;

#endif
