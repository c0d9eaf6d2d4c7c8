#include "mail/write/compose_private.h"
#include "mail/write/encode.h"

/* "part" begins with the line that parts it from what stands before. */
bool compose_picture_encode(struct arena *arena, const char *cid, const char *name,
			    const char *type, const void *bytes, size_t len,
			    struct compose_picture *out, struct err *err)
{
	AUTO(buf) part = buf_new(COMPOSE_MAX_BYTES);

	if (!compose_check_word("Content-ID", cid, COMPOSE_WORD_MAX, err) ||
	    !compose_check_word("the picture's name", name, 100, err) ||
	    !compose_check_word("the picture's type", type, 60, err))
		return false;
	buf_printf(part,
		   "\r\n--" COMPOSE_RELATED "\r\n"
		   "Content-Type: %s; name=\"%s\"\r\n"
		   "Content-Transfer-Encoding: base64\r\n"
		   "Content-ID: <%s>\r\n"
		   "Content-Disposition: inline; filename=\"%s\"\r\n\r\n",
		   type, name, cid, name);
	encode_base64(part, bytes, len);
	if (buf_cut(part))
		return err_set(err, ERR_INPUT, "the picture %s is too large for a mail",
			       name);
	out->cid = arena_strdup(arena, cid);
	out->part = arena_memdup(arena, part->bytes, part->len);
	out->part_len = part->len;
	return true;
}
