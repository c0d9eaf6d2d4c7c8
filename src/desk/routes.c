/* Every address of the staff's pages, with the right that it takes. */
#include "desk/inside.h"
#include "desk/pages.h"

static const struct web_route door[] = {
	{WEB_GET, "/desk/sign-in", desk_sign_in, 0, 0},
	{WEB_POST, "/desk/sign-in", desk_sign_in_post, 0, 0},
	{0},
};

static const struct web_route rooms[] = {
	{WEB_GET, "/desk", desk_start, 0, 0},
	{WEB_POST, "/desk/sign-out", desk_sign_out, 0, 0},
	{WEB_GET, "/desk/account", desk_account, 0, 0},
	{WEB_POST, "/desk/account/password", desk_account_password, 0, 0},
	{WEB_POST, "/desk/account/totp", desk_account_totp, 0, 0},

	{WEB_GET, "/desk/staff", desk_staff, NEEDS(RIGHT_ADMIN), 0},
	{WEB_POST, "/desk/staff", desk_staff_add, NEEDS(RIGHT_ADMIN), 0},
	{WEB_POST, "/desk/staff/grant", desk_staff_grant, NEEDS(RIGHT_ADMIN), 0},
	{WEB_POST, "/desk/staff/revoke", desk_staff_revoke, NEEDS(RIGHT_ADMIN), 0},
	{WEB_POST, "/desk/staff/end", desk_staff_end, NEEDS(RIGHT_ADMIN), 0},
	{WEB_POST, "/desk/staff/password", desk_staff_password, NEEDS(RIGHT_ADMIN), 0},

	{WEB_GET, "/desk/audit", desk_audit, NEEDS(RIGHT_AUDIT), 0},
	{WEB_GET, "/desk/audit/verify", desk_audit_verify, NEEDS(RIGHT_AUDIT), 0},
	{0},
};

const struct web_table desk_door_table = {.routes = door};
const struct web_table desk_table = {
	.routes = rooms, .before = desk_before, .problem = "web/desk/problem.html"};
