/*
 * bulletin image - the pictures attached to a draft.
 *
 * Adding or removing one is an edit: the approval is withdrawn, the state goes back to
 * draft, and the hash that an approval binds covers the pictures (bulletin.hash).
 * A picture of the same name takes the place of the old one.
 *
 * Ownership  results live in the arena.
 * Errors     ERR_INPUT   the file (see bulletin/image.h)
 *            ERR_ABSENT  no picture of that name
 *            ERR_CONFLICT the update has gone out to some, or is cancelled
 */
#ifndef MERCAT_DOMAIN_BULLETIN_IMAGE_H
#define MERCAT_DOMAIN_BULLETIN_IMAGE_H

#include "domain/bulletins/bulletin.h"

bool bulletin_image_add(struct operation *op, struct arena *arena,
			struct bulletin_key key, const struct bulletin_file *file,
			struct bulletin_image *out, struct err *err) MUST_USE;
bool bulletin_image_remove(struct operation *op, const char *list, int64_t number,
			   const char *name, struct err *err) MUST_USE;
/* For a preview on a staff page: one picture of a draft with its bytes. */
bool bulletin_image_get(struct operation *op, struct arena *arena,
			struct bulletin_key key, const char *name,
			struct bulletin_image *out, struct err *err) MUST_USE;
/*
 * For the archive's pages: by the hash that stands in web_url ("BASE/image/HASH.png"),
 * and only of an update that has begun to go out; ERR_ABSENT for every other.
 */
bool bulletin_image_public(struct operation *op, struct arena *arena, const char *hash,
			   struct bulletin_image *out, struct err *err) MUST_USE;

#endif
