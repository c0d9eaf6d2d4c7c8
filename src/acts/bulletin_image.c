#include "acts/bulletin_image.h"
#include "acts/audit.h"
#include "base/str.h"

#include <inttypes.h>

/* Staff, and a bulletin that nobody has got yet. */
static bool may_change(struct acts *acts, struct arena *arena, const char *list,
		       int64_t number, struct acts_bulletin *b, struct err *err)
{
	static const char *const allowed[] = {"draft", "approved", "scheduled", "held"};
	bool good = false;

	if (!acts_bulletin_load(acts, arena, list, number, b, err))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
		good = good || str_eq(b->state, allowed[i]);
	return (good && !b->started_at) ||
	       err_set(err, ERR_CONFLICT,
		       "%s #%" PRId64 " is %s%s; its pictures cannot be changed any more",
		       list, number, b->state,
		       b->started_at ? " and has gone out to some" : "");
}

/* The content is another one now: its hash, and no approval. */
static bool touch(struct acts *acts, const char *list, int64_t number,
		  const struct acts_bulletin *old, const char *what, const char *name,
		  struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct acts_bulletin now;

	return acts_bulletin_load(acts, arena, list, number, &now, err) &&
	       store_run(acts->store, err, SQL_BULLETIN_TOUCH, "itii", now.id,
			 now.source->hash, acts->staff_id, acts->now) &&
	       store_run(acts->store, err, SQL_APPROVAL_WITHDRAW, "ii", now.id,
			 acts->now) &&
	       acts_audit(acts, err, what, "bulletin", now.id, "%s, content %s -> %s",
			  name, old->hash, now.source->hash);
}

static bool has_room(const struct acts_bulletin *b, const char *name, size_t len,
		     struct err *err)
{
	size_t bytes = len, count = 1;

	for (size_t i = 0; i < b->images.count; i++) {
		if (str_ieq(b->images.items[i].name, name))
			continue;
		bytes += b->images.items[i].size;
		count++;
	}
	if (count > BULLETIN_IMAGES_MOST)
		return err_set(err, ERR_INPUT, "an update has at most %d pictures",
			       BULLETIN_IMAGES_MOST);
	return bytes <= BULLETIN_IMAGES_BYTES ||
	       err_set(err, ERR_INPUT,
		       "with this one the pictures are %.1f MB; %d MB is the most: make them "
		       "smaller",
		       (double)bytes / 1e6, BULLETIN_IMAGES_BYTES / 1000000);
}

bool acts_bulletin_image_add(struct acts *acts, struct arena *arena, const char *list,
			     int64_t number, const char *name, const void *bytes,
			     size_t len, struct bulletin_image *out, struct err *err)
{
	char hash[SECRET_SHA256_HEX];
	AUTO(store_txn) t = NULL;
	struct acts_bulletin b;
	const char *type;
	int width, height;

	if (!acts_needs_staff(acts, err) || !bulletin_image_name_check(name, err) ||
	    !bulletin_image_sniff(bytes, len, &type, &width, &height, err))
		return false;
	secret_sha256_hex(bytes, len, hash);
	t = store_begin(acts->store, err);
	if (!t || !may_change(acts, arena, list, number, &b, err) ||
	    !has_room(&b, name, len, err) ||
	    !store_run(acts->store, err, SQL_IMAGE_ADD, "ittiiitbii", b.id, name, type,
		       (int64_t)width, (int64_t)height, (int64_t)len, hash, bytes, len,
		       acts->staff_id, acts->now) ||
	    !touch(acts, list, number, &b, "picture attached", name, err) ||
	    !acts_bulletin_images_load(acts, arena, b.id, &b.images, err) ||
	    !store_commit(&t, err))
		return false;
	*out = *bulletin_image_find(&b.images, name);
	return true;
}

static bool not_there(const char *list, int64_t number, const char *name, struct err *err)
{
	return err_set(err, ERR_ABSENT, "%s #%" PRId64 " has no picture \"%.60s\"", list,
		       number, name);
}

bool acts_bulletin_image_remove(struct acts *acts, const char *list, int64_t number,
				const char *name, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	struct acts_bulletin b;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !may_change(acts, arena, list, number, &b, err))
		return false;
	if (!bulletin_image_find(&b.images, name))
		return not_there(list, number, name, err);
	return store_run(acts->store, err, SQL_IMAGE_DROP, "it", b.id, name) &&
	       touch(acts, list, number, &b, "picture removed", name, err) &&
	       store_commit(&t, err);
}

bool acts_bulletin_image_get(struct acts *acts, struct arena *arena, const char *list,
			     int64_t number, const char *name, struct bulletin_image *out,
			     struct err *err)
{
	const struct bulletin_image *found;
	struct bulletin_image image;
	struct acts_bulletin b;

	if (!acts_bulletin_load(acts, arena, list, number, &b, err))
		return false;
	found = bulletin_image_find(&b.images, name);
	if (!found)
		return not_there(list, number, name, err);
	image = *found;
	if (!acts_bulletin_image_bytes(acts, arena, b.id, &image, err))
		return false;
	*out = image;
	return true;
}

bool acts_bulletin_image_public(struct acts *acts, struct arena *arena, const char *hash,
				struct bulletin_image *out, struct err *err)
{
	struct bulletin_image image;
	struct store_row row;

	if (!store_one(acts->store, arena, &row, err, SQL_IMAGE_PUBLIC, "t", hash))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "there is no such picture")
			       : false;
	acts_bulletin_image_read(acts, arena, &row, &image);
	image.bytes = row_bytes(&row, "bytes", &image.size);
	*out = image;
	return true;
}
