#include "render/pictures.h"
#include "base/str.h"

#include <glib.h>

/* What stands in the element of that name, as it stands there. */
static bool inside(const struct buf *svg, const char *name, const char **out, size_t *len)
{
	char open[16], close[16];
	const char *at, *end;

	(void)snprintf(open, sizeof(open), "<%s", name);
	(void)snprintf(close, sizeof(close), "</%s>", name);
	at = strstr(buf_text(svg), open);
	at = at ? strchr(at, '>') : NULL;
	end = at ? strstr(at, close) : NULL;
	if (!end)
		return false;
	*out = at + 1;
	*len = (size_t)(end - at) - 1;
	return true;
}

static void say(const struct buf *svg, const char *name, const char *before,
		struct buf *out)
{
	const char *text;
	size_t len;

	if (!inside(svg, name, &text, &len) || !len)
		return;
	buf_str(out, before);
	for (size_t i = 0; i < len; i++)
		if (text[i] == '"')
			buf_str(out, "&quot;");
		else
			buf_char(out, text[i]);
}

static void put_picture(const struct buf *svg, const struct buf *picture,
			const char *type, struct buf *out)
{
	gchar *text = g_base64_encode((const guchar *)buf_text(picture), picture->len);

	buf_str(out, "<img alt=\"");
	say(svg, "title", "", out);
	say(svg, "desc", ". ", out);
	buf_printf(out, "\" src=\"data:%s;base64,", type);
	buf_str(out, text);
	buf_str(out, "\">");
	g_free(text);
}

bool pictures_of_drawings(const struct rendering *with, const struct buf *html,
			  pictures_draw *draw, struct buf *out, struct err *err)
{
	static const char closed[] = "</svg>";
	const char *at = buf_text(html), *open;

	while ((open = strstr(at, "<svg"))) {
		const char *end = strstr(open, closed);
		AUTO(buf) svg = buf_new(RENDERED_MOST);
		AUTO(buf) drawn = buf_new(RENDERED_MOST);

		if (!end)
			return err_set(err, ERR_SYSTEM, "a drawing does not end");
		end += sizeof(closed) - 1;
		buf_add(out, at, (size_t)(open - at));
		buf_add(svg, open, (size_t)(end - open));
		if (draw && !draw(with, svg, drawn, err))
			return false;
		buf_str(out, draw ? "" : "<article>");
		put_picture(svg, draw ? drawn : svg, draw ? "image/png" : "image/svg+xml",
			    out);
		buf_str(out, draw ? "" : "</article>");
		at = end;
	}
	buf_str(out, at);
	return !buf_cut(out) || err_set(err, ERR_SYSTEM, "the page is too long");
}
