/*
 * acts bulletin_image - the pictures attached to a draft.
 *
 * Adding or removing one is an edit: the approval is withdrawn, the state goes back to
 * draft, and the hash that an approval binds covers the pictures (acts_bulletin.hash).
 * A picture of the same name takes the place of the old one.
 *
 * Ownership  results live in the arena.
 * Errors     ERR_INPUT   the file (see bulletin/image.h)
 *            ERR_ABSENT  no picture of that name
 *            ERR_CONFLICT the update has gone out to some, or is cancelled
 */
#ifndef MERCAT_ACTS_BULLETIN_IMAGE_H
#define MERCAT_ACTS_BULLETIN_IMAGE_H

#include "acts/bulletin.h"

bool acts_bulletin_image_add(struct acts *acts, struct arena *arena, const char *list,
			     int64_t number, const char *name, const void *bytes,
			     size_t len, struct bulletin_image *out,
			     struct err *err) MUST_USE;
bool acts_bulletin_image_remove(struct acts *acts, const char *list, int64_t number,
				const char *name, struct err *err) MUST_USE;
/* For a preview on a staff page: one picture of a draft with its bytes. */
bool acts_bulletin_image_get(struct acts *acts, struct arena *arena, const char *list,
			     int64_t number, const char *name, struct bulletin_image *out,
			     struct err *err) MUST_USE;
/*
 * For the archive's pages: by the hash that stands in web_url ("BASE/image/HASH.png"),
 * and only of an update that has begun to go out; ERR_ABSENT for every other.
 */
bool acts_bulletin_image_public(struct acts *acts, struct arena *arena, const char *hash,
				struct bulletin_image *out, struct err *err) MUST_USE;

#endif
