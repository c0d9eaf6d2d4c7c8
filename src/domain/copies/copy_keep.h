/*
 * copy keep - copies of the store in a folder: named by their time, proven, and as many as are
 * to be kept.
 *
 * A copy is two files, mercat-20270203T020000Z.db and the store's key beside it (.key). It
 * bears its name only once it was put together, put back into a folder of its own and found
 * whole there; what was begun and not finished is called .partial and is never counted.
 *
 * Units      times are unix seconds UTC.
 * Errors     ERR_SYSTEM the folder or a file; ERR_CONFLICT the copy is not whole;
 *            ERR_SETUP  it is no store, or one of a newer mercat.
 */
#ifndef MERCAT_DOMAIN_COPY_KEEP_H
#define MERCAT_DOMAIN_COPY_KEEP_H

#include "domain/core/domain.h"

/* Makes one in folder; out_file is its name there, in the arena. */
bool copy_make(struct operation *op, struct arena *arena, const char *folder,
	       const char **out_file, struct err *err) MUST_USE;
/* Removes the oldest beyond keep, keys with them; out counts the copies that went. */
bool copies_rotate(const char *folder, int64_t keep, int64_t *out,
		   struct err *err) MUST_USE;
/* The name of the newest copy in folder, and when it was made; ERR_ABSENT: there is none. */
bool copy_newest(struct arena *arena, const char *folder, const char **out_file,
		 int64_t *out_at, struct err *err) MUST_USE;

/*
 * Puts a copy into a folder of its own inside folder, as a restore would, and has it proven
 * there: that it is one, of this version or an older one, with its pages, references, index
 * and audit whole. The folder, out_folder, is the caller's: copy_trial_remove().
 */
bool copy_trial(struct operation *op, struct arena *arena, const char *file,
		const char *folder, const char **out_folder, struct err *err) MUST_USE;
void copy_trial_remove(const char *folder);
/* Copies a file to a name that is not there yet, mode 0600, and waits for the disk. */
bool copy_file(const char *from, const char *to, struct err *err) MUST_USE;

#endif
