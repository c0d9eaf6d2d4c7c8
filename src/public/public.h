/*
 * public - the pages for everybody: join, confirm, leave, choose, read.
 *
 * No page needs a password, a cookie or a script, and none of them changes anything
 * when it is only looked at: a GET reads, only a POST op.
 *
 * Ownership  as in web/web.h.
 * Errors     answered as pages.
 */
#ifndef MERCAT_PUBLIC_PUBLIC_H
#define MERCAT_PUBLIC_PUBLIC_H

#include "web/web.h"

extern const struct web_table public_table;

#endif
