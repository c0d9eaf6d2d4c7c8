/*
 * bulletin image - the pictures of an update: files of the draft, never links.
 *
 * "![What it shows](name.png)" in the source means the attached file of that name. In
 * the mail it is a part of its own behind a cid: address, on our pages a file by its hash;
 * in the plain text and wherever the file is missing its description stands for it.
 *
 * Ownership  names and bytes are borrowed.
 * Errors     ERR_INPUT: no PNG, JPEG, GIF or WebP by its bytes, damaged at its head, too
 *            large, or a name that cannot stand in a source.
 * Limits     2 MB and 4000 pixels a side each; 20 an update, 5 MB together. SVG never:
 *            it is a program as much as a picture, and mail programs do not show it.
 */
#ifndef MERCAT_BULLETIN_IMAGE_H
#define MERCAT_BULLETIN_IMAGE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/codec/secret.h"

enum {
	BULLETIN_IMAGE_BYTES = 2000000,
	BULLETIN_IMAGE_PIXELS = 4000,
	BULLETIN_IMAGES_MOST = 20,
	BULLETIN_IMAGES_BYTES = 5000000,
	BULLETIN_IMAGE_NAME = 60
};

struct bulletin_image {
	const char *name;  /* "map.png": letters, digits, '.', '-', '_' */
	const char *type;  /* "image/png" */
	int width, height; /* pixels */
	size_t size;
	char hash[SECRET_SHA256_HEX];
	const char *cid;     /* Content-ID without brackets */
	const char *web_url; /* where our pages serve it; "" when they do not */
	const void *bytes;   /* size of them, or NULL when only looked at */
};

struct bulletin_images {
	const struct bulletin_image *items;
	size_t count;
};

/* Type and size by the bytes alone. */
bool bulletin_image_sniff(const void *bytes, size_t len, const char **out_type,
			  int *out_width, int *out_height, struct err *err) MUST_USE;
bool bulletin_image_name_check(const char *name, struct err *err) MUST_USE;
/* By name, without regard to case; NULL when there is none. */
const struct bulletin_image *bulletin_image_find(const struct bulletin_images *images,
						 const char *name);
/* The type's usual ending: ".png". */
const char *bulletin_image_ending(const char *type);

#endif
