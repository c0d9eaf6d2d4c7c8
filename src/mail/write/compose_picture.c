#include "mail/write/compose_private.h"
#include "mail/write/encode.h"

/* "part" begins with the line that parts it from what stands before. */
bool compose_picture_encode(struct arena *arena, const struct compose_picture_file *file,
			    struct compose_picture *out, struct err *err)
{
	AUTO(buf) part = buf_new(COMPOSE_MAX_BYTES);

	if (!compose_check_word("Content-ID", file->cid, COMPOSE_WORD_MAX, err) ||
	    !compose_check_word("the picture's name", file->name, 100, err) ||
	    !compose_check_word("the picture's type", file->type, 60, err))
		return false;
	buf_printf(part,
		   "\r\n--" COMPOSE_RELATED "\r\n"
		   "Content-Type: %s; name=\"%s\"\r\n"
		   "Content-Transfer-Encoding: base64\r\n"
		   "Content-ID: <%s>\r\n"
		   "Content-Disposition: inline; filename=\"%s\"\r\n\r\n",
		   file->type, file->name, file->cid, file->name);
	encode_base64(part, file->bytes, file->len);
	if (buf_cut(part))
		return err_set(err, ERR_INPUT, "the picture %s is too large for a mail",
			       file->name);
	out->cid = arena_strdup(arena, file->cid);
	out->part = arena_memdup(arena, part->bytes, part->len);
	out->part_len = part->len;
	return true;
}
