#include "domain/bulletins/bulletin_load.h"
#include "base/str.h"

#include <inttypes.h>

void bulletin_image_read(struct operation *op, struct arena *arena,
			 const struct store_row *row, struct bulletin_image *out)
{
	*out = (struct bulletin_image){
		.name = row_text(row, "name"),
		.type = row_text(row, "type"),
		.width = (int)row_int(row, "width"),
		.height = (int)row_int(row, "height"),
		.size = (size_t)row_int(row, "size"),
	};
	str_copy(out->hash, sizeof(out->hash), row_text(row, "hash"));
	out->cid = arena_printf(arena, "%.24s.%s@%s", out->hash, out->name,
				op->settings->own_domain);
	out->web_url = arena_printf(arena, "%s/image/%s%s", op->settings->base_url,
				    out->hash, bulletin_image_ending(out->type));
}

bool bulletin_images_load(struct operation *op, struct arena *arena, int64_t id,
			  struct bulletin_images *out, struct err *err)
{
	struct bulletin_image *items;
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_IMAGES_OF, "i", id))
		return false;
	items = arena_make(arena, struct bulletin_image, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		bulletin_image_read(op, arena, &row, &items[i]);
	}
	*out = (struct bulletin_images){items, t.count};
	return true;
}

bool bulletin_image_bytes(struct operation *op, struct arena *arena, int64_t id,
			  struct bulletin_image *image, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_IMAGE_BYTES, "it", id,
		       image->name))
		return false;
	image->bytes = row_bytes(&row, "bytes", &image->size);
	return true;
}

bool bulletin_pictures(struct operation *op, struct arena *arena,
		       const struct bulletin *b, const struct compose_picture **out,
		       struct err *err)
{
	struct compose_picture *list =
		arena_make(arena, struct compose_picture, b->images.count + 1);

	for (size_t i = 0; i < b->images.count; i++) {
		AUTO(arena) raw = arena_new(1 << 16);
		struct bulletin_image image = b->images.items[i];

		if (!bulletin_image_bytes(op, raw, b->id, &image, err) ||
		    !compose_picture_encode(
			    arena,
			    &(struct compose_picture_file){.cid = image.cid,
							   .name = image.name,
							   .type = image.type,
							   .bytes = image.bytes,
							   .len = image.size},
			    &list[i], err))
			return false;
	}
	*out = list;
	return true;
}

static bool from_row(struct operation *op, struct arena *arena,
		     const struct store_row *row, struct bulletin *out, struct err *err)
{
	struct bulletin b = {
		.id = row_int(row, "id"),
		.number = row_int(row, "number"),
		.due_at = row_int(row, "due_at"),
		.started_at = row_int(row, "started_at"),
		.finished_at = row_int(row, "finished_at"),
		.filled_to = row_int(row, "filled_to"),
		.filled = row_int(row, "filled") == 1,
		.created_by = row_int(row, "created_by"),
		.changed_by = row_int(row, "changed_by"),
		.state = row_text(row, "state"),
		.title = row_text(row, "title"),
		.source_text = row_text(row, "source"),
		.hash = row_text(row, "content_hash"),
		.hold_reason = row_text(row, "hold_reason"),
		.zone = row_text(row, "zone"),
		.due_before = row_int(row, "due_before"),
		.zone_before = row_text(row, "zone_before"),
	};

	if (!list_by_id(op, arena, row_int(row, "list_id"), &b.list, err) ||
	    !bulletin_images_load(op, arena, b.id, &b.images, err))
		return false;
	b.source = bulletin_source_draft(arena, b.source_text, &b.images);
	*out = b;
	return true;
}

bool bulletin_load(struct operation *op, struct arena *arena, const char *list,
		   int64_t number, struct bulletin *out, struct err *err)
{
	struct store_row row;
	struct list l;

	if (!store_one(op->store, arena, &row, err, SQL_BULLETIN_FIND, "ti", list,
		       number)) {
		if (err->kind != ERR_ABSENT)
			return false;
		*err = (struct err){0};
		return list_named(op, arena, list, &l, err) &&
		       err_set(err, ERR_ABSENT,
			       "the list \"%.60s\" has no bulletin #%" PRId64 HINT
			       "see: mercat bulletin list",
			       list, number);
	}
	return from_row(op, arena, &row, out, err);
}

bool bulletin_by_id(struct operation *op, struct arena *arena, int64_t id,
		    struct bulletin *out, struct err *err)
{
	struct store_row row;

	return store_one(op->store, arena, &row, err, SQL_BULLETIN_BY_ID, "i", id) &&
	       from_row(op, arena, &row, out, err);
}

bool bulletin_readable(const struct bulletin *b, struct err *err)
{
	const struct bulletin_source *s = b->source;

	if (!s->unreadable)
		return true;
	if (!s->unreadable_line)
		return err_set(err, ERR_INPUT, "%s #%" PRId64 " is unfinished: %s",
			       b->list.name, b->number, s->unreadable);
	return err_set(err, ERR_INPUT, "%s #%" PRId64 " is unfinished: line %d: %s",
		       b->list.name, b->number, s->unreadable_line, s->unreadable);
}

uint64_t bulletin_choice(const struct bulletin *b, int64_t topics)
{
	uint64_t choice = 0;

	for (size_t s = 0; s < b->source->topic_count; s++) {
		int at = topic_position(&b->list, b->source->topics[s]);

		if (at >= 0 && topics >> b->list.topics[at].now & 1)
			choice |= (uint64_t)1 << s;
	}
	return choice;
}
