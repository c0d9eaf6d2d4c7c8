/*
 * public pages - the handlers that routes.c names, one file a subject.
 */
#ifndef MERCAT_PUBLIC_PAGES_H
#define MERCAT_PUBLIC_PAGES_H

#include "web/web.h"

/* page_home.c: what there is, and a word for whoever watches over us */
web_handler public_home, public_health;

#endif
