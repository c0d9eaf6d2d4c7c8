#include "domain/bulletins/bulletin_image.h"
#include "bulletin/image_plain.h"
#include "domain/core/audit.h"
#include "base/str.h"

#include <inttypes.h>

/* Staff, and a bulletin that nobody has got yet. */
static bool may_change(struct operation *op, struct arena *arena, const char *list,
		       int64_t number, struct bulletin *b, struct err *err)
{
	return bulletin_load(op, arena, list, number, b, err) &&
	       bulletin_may_change(b, err);
}

/* The content is another one now: its hash, and no approval. */
static bool touch(struct operation *op, const char *list, int64_t number,
		  const struct bulletin *old, const char *what, const char *name,
		  struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct bulletin now;

	return bulletin_load(op, arena, list, number, &now, err) &&
	       store_run(op->store, err, SQL_BULLETIN_TOUCH, "itii", now.id,
			 now.source->hash, op->staff_id, op->now) &&
	       store_run(op->store, err, SQL_APPROVAL_WITHDRAW, "ii", now.id, op->now) &&
	       audit_of(op, AUDITED_TEXT(what, now.id, now.source->hash), err,
			"%s, content %s -> %s", name, old->hash, now.source->hash);
}

static bool has_room(const struct bulletin *b, const char *name, size_t len,
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
		return err_set(err, ERR_INPUT, "a bulletin has at most %d pictures",
			       BULLETIN_IMAGES_MOST);
	return bytes <= BULLETIN_IMAGES_BYTES ||
	       err_set(err, ERR_INPUT,
		       "with this one the pictures are %.1f MB; %d MB is the most: make them "
		       "smaller",
		       (double)bytes / 1e6, BULLETIN_IMAGES_BYTES / 1000000);
}

bool bulletin_image_add(struct operation *op, struct arena *arena,
			struct bulletin_key key, const struct bulletin_file *file,
			struct bulletin_image *out, struct err *err)
{
	AUTO(buf) plain = buf_new(BULLETIN_IMAGE_BYTES + 1000);
	char hash[SECRET_SHA256_HEX];
	AUTO(store_txn) t = NULL;
	struct bulletin b;
	const char *type;
	int width, height;

	if (!needs_staff(op, err) || !bulletin_image_name_check(file->name, err) ||
	    !bulletin_image_sniff(file->text, file->len, &type, &width, &height, err) ||
	    !bulletin_image_plain(type, file->text, file->len, plain, err))
		return false;
	/* What is kept, sent and published is the picture alone. */
	secret_sha256_hex(buf_text(plain), plain->len, hash);
	t = store_begin(op->store, err);
	if (!t || !may_change(op, arena, key.list, key.number, &b, err) ||
	    !has_room(&b, file->name, plain->len, err) ||
	    !store_run(op->store, err, SQL_IMAGE_ADD, "ittiiitbii", b.id, file->name,
		       type, (int64_t)width, (int64_t)height, (int64_t)plain->len, hash,
		       buf_text(plain), plain->len, op->staff_id, op->now) ||
	    !touch(op, key.list, key.number, &b, "picture attached", file->name, err) ||
	    !bulletin_images_load(op, arena, b.id, &b.images, err) ||
	    !store_commit(&t, err))
		return false;
	*out = *bulletin_image_find(&b.images, file->name);
	return true;
}

static bool not_there(const char *list, int64_t number, const char *name, struct err *err)
{
	return err_set(err, ERR_ABSENT, "%s #%" PRId64 " has no picture \"%.60s\"", list,
		       number, name);
}

bool bulletin_image_remove(struct operation *op, const char *list, int64_t number,
			   const char *name, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	struct bulletin b;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !may_change(op, arena, list, number, &b, err))
		return false;
	if (!bulletin_image_find(&b.images, name))
		return not_there(list, number, name, err);
	return store_run(op->store, err, SQL_IMAGE_DROP, "it", b.id, name) &&
	       touch(op, list, number, &b, "picture removed", name, err) &&
	       store_commit(&t, err);
}

bool bulletin_image_get(struct operation *op, struct arena *arena,
			struct bulletin_key key, const char *name,
			struct bulletin_image *out, struct err *err)
{
	const struct bulletin_image *found;
	struct bulletin_image image;
	struct bulletin b;

	if (!bulletin_load(op, arena, key.list, key.number, &b, err))
		return false;
	found = bulletin_image_find(&b.images, name);
	if (!found)
		return not_there(key.list, key.number, name, err);
	image = *found;
	if (!bulletin_image_bytes(op, arena, b.id, &image, err))
		return false;
	*out = image;
	return true;
}

bool bulletin_image_public(struct operation *op, struct arena *arena, const char *hash,
			   struct bulletin_image *out, struct err *err)
{
	struct bulletin_image image;
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_ARCHIVE_IMAGE, "t", hash))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "there is no such picture")
			       : false;
	bulletin_image_read(op, arena, &row, &image);
	image.bytes = row_bytes(&row, "bytes", &image.size);
	*out = image;
	return true;
}
