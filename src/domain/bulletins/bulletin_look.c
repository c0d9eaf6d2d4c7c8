/* What an approval binds beside the text: how it will look, and from whom it comes. */
#include "domain/bulletins/bulletin.h"
#include "domain/bulletins/bulletin_render.h"

enum { LOOK_MOST = 64 << 20 };

static void add(struct buf *to, const char *text)
{
	buf_printf(to, "%zu:", strlen(text));
	buf_str(to, text);
}

/*
 * The templates themselves, since no one rendering shows all that is in them; and one
 * rendering of all sections on a fixed day, which shows all else: the organisation, the
 * list's title and addresses, where links lead.
 */
bool bulletin_look(struct operation *op, const struct bulletin *b,
		   char out[SECRET_SHA256_HEX], struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 17);
	AUTO(buf) look = buf_new(LOOK_MOST);
	struct bulletin_mail mail;

	if (!bulletin_render_mail(
		    op, arena, b,
		    &(struct bulletin_reading){
			    .sections = bulletin_variant(b->source, BULLETIN_ALL)},
		    &mail, err))
		return false;
	template_library_texts(op->templates, "bulletin/", look);
	add(look, mail.subject);
	add(look, mail.text);
	add(look, mail.html);
	add(look, b->source->from_name ? b->source->from_name : b->list.from_name);
	add(look, b->list.address);
	if (buf_cut(look))
		return err_set(err, ERR_INPUT,
			       "the templates of bulletins are over %d MB",
			       LOOK_MOST >> 20);
	secret_sha256_hex(look->bytes, look->len, out);
	return true;
}
