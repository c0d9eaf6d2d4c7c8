/*
 * staff mail_frame - the HTML of a mail as a page of its own, for a frame on another page.
 *
 * It can run nothing and load nothing but what stands in it.
 */
#ifndef MERCAT_STAFF_MAIL_FRAME_H
#define MERCAT_STAFF_MAIL_FRAME_H

#include "web/web.h"

void staff_mail_frame(struct web_request *r, const char *html);

#endif
