#include "reader/seen.h"
#include "base/str.h"
#include "document/html_plain.h"
#include "document/unsaid.h"

enum { TITLE_MOST = 2000, SHOWN_MOST = 1 << 20 };

/* The next letter that is no blank and no sign of a quote. */
static const char *next(const char *at)
{
	while (*at && strchr(" \t\r\n>", *at))
		at++;
	return at;
}

/* Letter by letter, however the lines are broken. */
static bool says_same(const char *text, const char *shown)
{
	for (;;) {
		text = next(text);
		shown = next(shown);
		if (*text != *shown)
			return false;
		if (!*text)
			return true;
		text++;
		shown++;
	}
}

/* Programs put the subject there, behind "Re:" or not. */
static bool title_says_more(struct arena *arena, const struct buf *title,
			    const char *subject)
{
	const char *words = str_trim(arena_strdup(arena, buf_text(title)));

	return buf_cut(title) || (*words && !str_ends(str_or(subject, ""), words));
}

/* Words that some program shows, and neither its text nor what is made of its HTML says. */
static bool shows_more(const struct mail_message *m)
{
	AUTO(buf) more = buf_new(SHOWN_MOST);

	unsaid_add(m->said, m->html_text);
	unsaid_lines(m->said, m->html_layout, more);
	return strlen(m->html_layout) > SHOWN_MOST || more->len;
}

static enum mail_seen_what look(struct arena *arena, struct mail_message *m)
{
	AUTO(buf) title = buf_new(TITLE_MOST);
	struct html_plain plain = html_plain_look(m->html, strlen(m->html), title);

	m->seen.pictures = plain.pictures;
	if (plain.says_more || title_says_more(arena, title, m->subject) ||
	    m->html_text_cut || strstr(m->html_text, "~~") || shows_more(m))
		return MAIL_SEEN_MORE;
	if (!says_same(str_or(m->text, ""), m->html_text))
		m->seen.words = m->html_text;
	return MAIL_SEEN_WORDS;
}

void reader_see(struct arena *arena, struct mail_message *io)
{
	if (io->limits_hit.count)
		io->seen.what = MAIL_SEEN_MORE;
	if (io->seen.what == MAIL_SEEN_MORE)
		return;
	if (str_empty(io->html))
		io->seen.what = MAIL_SEEN_WORDS;
	else if (!io->html_text || !io->html_layout || !io->said)
		io->seen.what = MAIL_SEEN_MORE; /* nobody worked out what it says */
	else
		io->seen.what = look(arena, io);
}
