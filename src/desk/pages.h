/*
 * desk pages - the handlers that routes.c names, one file a subject.
 */
#ifndef MERCAT_DESK_PAGES_H
#define MERCAT_DESK_PAGES_H

#include "web/web.h"

/* page_door.c: in and out, and one's own account */
web_handler desk_sign_in, desk_sign_in_post, desk_sign_out, desk_start, desk_account,
	desk_account_password, desk_account_totp;
/* page_staff.c: accounts and roles */
web_handler desk_staff, desk_staff_add, desk_staff_grant, desk_staff_revoke,
	desk_staff_end, desk_staff_password;
/* page_audit.c */
web_handler desk_audit, desk_audit_verify;

#endif
