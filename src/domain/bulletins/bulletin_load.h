/*
 * bulletin load - a bulletin out of the store, parsed, with its pictures.
 *
 * Everything else about bulletins (bulletin.h and what stands beside it) begins here.
 *
 * A draft may be unfinished: then source->unreadable says what stands in the way of reading it
 * as a bulletin, and it can be neither rendered nor approved.
 *
 * Ownership  results live in the arena given.
 * Errors     ERR_ABSENT the list has no such bulletin.
 */
#ifndef MERCAT_DOMAIN_BULLETIN_LOAD_H
#define MERCAT_DOMAIN_BULLETIN_LOAD_H

#include "domain/admin/list.h"
#include "bulletin/draft.h"
#include "bulletin/render.h"
#include "mail/write/compose.h"

struct bulletin {
	int64_t id, number, due_at, started_at, finished_at, filled_to, created_by,
		changed_by;
	const char *state, *title, *source_text, *hash, *hold_reason, *zone;
	/* Sent at once, in its grace: when it was to go before, and by which zone; or 0. */
	int64_t due_before;
	const char *zone_before;
	bool filled;
	struct list list;
	struct bulletin_images images;  /* attached; without their bytes */
	struct bulletin_source *source; /* the parsed text */
};

/* Which one: the name of its list, and its number there. */
struct bulletin_key {
	const char *list;
	int64_t number;
};

bool bulletin_load(struct operation *op, struct arena *arena, const char *list,
		   int64_t number, struct bulletin *out, struct err *err) MUST_USE;
bool bulletin_by_id(struct operation *op, struct arena *arena, int64_t id,
		    struct bulletin *out, struct err *err) MUST_USE;
/* ERR_INPUT, with the line of its text, while it is unfinished. */
bool bulletin_readable(const struct bulletin *bulletin, struct err *err) MUST_USE;
/* A subscription's choice as bits of the source. */
uint64_t bulletin_choice(const struct bulletin *bulletin, int64_t topics);

/* Its pictures, without bytes; names in order. */
bool bulletin_images_load(struct operation *op, struct arena *arena, int64_t id,
			  struct bulletin_images *out, struct err *err) MUST_USE;
/* Each as a part of a mail, for compose_mail.pictures; as many as bulletin->images. */
bool bulletin_pictures(struct operation *op, struct arena *arena,
		       const struct bulletin *bulletin,
		       const struct compose_picture **out, struct err *err) MUST_USE;
/* A row of the pictures' statements; and the bytes of a picture that is known by name. */
void bulletin_image_read(struct operation *op, struct arena *arena,
			 const struct store_row *row, struct bulletin_image *out);
bool bulletin_image_bytes(struct operation *op, struct arena *arena, int64_t id,
			  struct bulletin_image *image, struct err *err) MUST_USE;

#endif
