/*
 * mail spoken - what a person wrote, without what gateways and firms put around it.
 *
 * Banners above ("this came from outside"), disclaimers below ("intended solely for"),
 * a signature. A paragraph goes only where it stands at the edge and is told by its
 * words; in the middle everything is the writer's.
 *
 * Ownership  the text hangs in the arena.
 * Errors     none: "" where nothing else is left.
 * Source     how Exchange, Mimecast, Proofpoint and the banks word them.
 */
#ifndef MERCAT_MAIL_SPOKEN_H
#define MERCAT_MAIL_SPOKEN_H

#include "base/arena.h"

/* text: what is new in a mail, or NULL. */
const char *mail_spoken(struct arena *arena, const char *text);

#endif
