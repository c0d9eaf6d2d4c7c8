/*
 * staff - the pages of the staff: triage, coding, bulletins, subscribers, audit.
 *
 * Three tables of routes: the door (signing in, which needs no session), the rooms, and where
 * pages of earlier versions went, which answers with a redirect for ever.
 * Before any room answers four things have been looked at, so that no page can forget
 * one: staff_enter() asks at the headers, before a body is kept, who it is, whether the
 * consultation or list in the path exists for this person, and whether they have the
 * right that the route names there; staff_before(), whether a post carries the session's
 * token (CSRF). What somebody may not even know of is not there
 * (404); what they may see but not do is refused (403).
 *
 * Paths      /staff/consultations/CONSULTATION/... and /staff/lists/LIST/... are about that one
 *            thing; every other path is about everything, or about oneself.
 * Ownership  as in web/web.h.
 * Errors     answered as pages.
 */
#ifndef MERCAT_STAFF_H
#define MERCAT_STAFF_H

#include "web/web.h"

extern const struct web_table staff_door_table, staff_table, staff_moved_table;

#endif
