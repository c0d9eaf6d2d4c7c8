/* Every address of the staff's pages, with the right that it takes. */
#include "desk/inside.h"
#include "desk/pages.h"
#include "desk/update.h"

#define UPDATE "/desk/l/:list/u/:number"

enum { IMPORT_BYTES = 20 << 20 };

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

	{WEB_GET, "/desk/updates", desk_updates, NEEDS(RIGHT_SEE_UPDATES), 0},
	{WEB_GET, "/desk/calendar", desk_calendar, NEEDS(RIGHT_SEE_UPDATES), 0},
	{WEB_GET, "/desk/l/:list", desk_list_updates, NEEDS(RIGHT_SEE_UPDATES), 0},
	{WEB_POST, "/desk/l/:list/new", desk_update_new, NEEDS(RIGHT_EDIT_UPDATE), 0},
	{WEB_GET, UPDATE, desk_update, NEEDS(RIGHT_SEE_UPDATES), 0},
	{WEB_GET, UPDATE "/mail", desk_update_mail, NEEDS(RIGHT_SEE_UPDATES), 0},
	{WEB_GET, UPDATE "/progress", desk_update_progress, NEEDS(RIGHT_SEE_UPDATES), 0},
	{WEB_GET, UPDATE "/report", desk_update_report, NEEDS(RIGHT_SEE_UPDATES), 0},
	{WEB_GET, UPDATE "/edit", desk_editor, NEEDS(RIGHT_EDIT_UPDATE), 0},
	{WEB_POST, UPDATE "/edit", desk_editor_save, NEEDS(RIGHT_EDIT_UPDATE),
	 DESK_UPDATE_BYTES},
	{WEB_POST, UPDATE "/preview", desk_editor_preview, NEEDS(RIGHT_EDIT_UPDATE),
	 DESK_UPDATE_BYTES},
	{WEB_POST, UPDATE "/check", desk_editor_check, NEEDS(RIGHT_EDIT_UPDATE),
	 DESK_UPDATE_BYTES},
	{WEB_POST, UPDATE "/pictures", desk_picture_add, NEEDS(RIGHT_EDIT_UPDATE),
	 DESK_PICTURE_BYTES},
	{WEB_POST, UPDATE "/pictures/remove", desk_picture_remove,
	 NEEDS(RIGHT_EDIT_UPDATE), 0},
	{WEB_POST, UPDATE "/test", desk_update_test, NEEDS(RIGHT_EDIT_UPDATE), 0},
	{WEB_POST, UPDATE "/approve", desk_update_approve, NEEDS(RIGHT_APPROVE), 0},
	{WEB_POST, UPDATE "/schedule", desk_update_schedule, NEEDS(RIGHT_SEND), 0},
	{WEB_POST, UPDATE "/send", desk_update_send, NEEDS(RIGHT_SEND), 0},
	{WEB_POST, UPDATE "/pause", desk_update_pause, NEEDS(RIGHT_SEND), 0},
	{WEB_POST, UPDATE "/resume", desk_update_resume, NEEDS(RIGHT_SEND), 0},
	{WEB_POST, UPDATE "/cancel", desk_update_cancel, NEEDS(RIGHT_SEND), 0},
	{WEB_POST, UPDATE "/settle", desk_update_settle, NEEDS(RIGHT_SEND), 0},
	{WEB_GET, UPDATE "/ledger", desk_ledger, NEEDS(RIGHT_PEOPLE), 0},
	{WEB_POST, UPDATE "/ledger", desk_ledger, NEEDS(RIGHT_PEOPLE), 0},

	{WEB_GET, "/desk/people", desk_people, NEEDS(RIGHT_PEOPLE), 0},
	{WEB_GET, "/desk/person/:person", desk_person, NEEDS(RIGHT_PEOPLE), 0},
	{WEB_GET, "/desk/l/:list/people", desk_list_people, NEEDS(RIGHT_PEOPLE), 0},
	{WEB_POST, "/desk/l/:list/people/add", desk_people_add, NEEDS(RIGHT_PEOPLE), 0},
	{WEB_POST, "/desk/l/:list/people/remove", desk_people_remove, NEEDS(RIGHT_PEOPLE),
	 0},
	{WEB_POST, "/desk/l/:list/people/topics", desk_people_topics, NEEDS(RIGHT_PEOPLE),
	 0},
	{WEB_POST, "/desk/l/:list/people/decide", desk_people_decide, NEEDS(RIGHT_PEOPLE),
	 0},
	{WEB_GET, "/desk/l/:list/import", desk_import, NEEDS(RIGHT_PEOPLE), 0},
	{WEB_POST, "/desk/l/:list/import/preview", desk_import_preview,
	 NEEDS(RIGHT_PEOPLE), IMPORT_BYTES},
	{WEB_POST, "/desk/l/:list/import", desk_import_do, NEEDS(RIGHT_PEOPLE),
	 IMPORT_BYTES},
	{WEB_POST, "/desk/l/:list/export", desk_export, NEEDS(RIGHT_PEOPLE), 0},
	{WEB_GET, "/desk/l/:list/bounces", desk_bounces, NEEDS(RIGHT_PEOPLE), 0},
	{WEB_GET, "/desk/suppression", desk_suppression, NEEDS(RIGHT_PEOPLE), 0},
	{WEB_POST, "/desk/suppression", desk_suppress, NEEDS(RIGHT_PEOPLE), 0},
	{WEB_GET, "/desk/lists/new", desk_list_new, NEEDS(RIGHT_LIST), 0},
	{WEB_POST, "/desk/lists/new", desk_list_make, NEEDS(RIGHT_LIST), 0},

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
