/*
 * bulletin image_plain - a picture without what its file says beside it.
 *
 * A photograph tells where and when it was taken, with what and by whom, and may hold a smaller
 * picture of what was cut away; a drawing tells who made it and in which file. Whoever publishes
 * the picture does not mean to publish that. What decides how it looks stays: its colours, the
 * way up, whether it moves.
 *
 * Ownership  written to the caller's buffer.
 * Errors     ERR_INPUT: its parts do not fit together, so nobody could say what is in it.
 * Source     ITU-T T.81 annex B and Exif 2.32, 4.5; PNG 1.2, 4; GIF89a; WebP container (RIFF).
 */
#ifndef MERCAT_BULLETIN_IMAGE_PLAIN_H
#define MERCAT_BULLETIN_IMAGE_PLAIN_H

#include "base/buf.h"
#include "base/err.h"

/* type: as bulletin_image_sniff said. */
bool bulletin_image_plain(const char *type, const void *bytes, size_t len,
			  struct buf *out, struct err *err) MUST_USE;

#endif
