/*
 * desk reply show - one reply as the values that its page shows.
 *
 * The names that the templates use stand in templates/web/desk/reply-body.html and those
 * beside it. Names and addresses of who wrote are absent where this person may not see
 * them.
 *
 * Ownership  in the arena of the request.
 * Limits     DESK_TEXT_MOST bytes of one text on the page; the rest is a link away.
 */
#ifndef MERCAT_DESK_REPLY_SHOW_H
#define MERCAT_DESK_REPLY_SHOW_H

#include "acts/reply_view.h"
#include "desk/code_show.h"

enum { DESK_TEXT_MOST = 200 << 10 };

/* Subject, text, answers by question, files; "hits" when the search found any in them. */
void desk_reply_show_texts(struct web_request *r, struct template_value *v,
			   const struct acts_reply_view *view, struct desk_codes *codes);
/* Who, state, why, campaign, links, notes, letters, history. */
void desk_reply_show_sides(struct web_request *r, struct template_value *v,
			   const struct acts_reply_view *view);

#endif
