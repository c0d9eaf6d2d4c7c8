/*
 * staff pages - the handlers that staff_routes.c names, one file a subject.
 */
#ifndef MERCAT_STAFF_PAGES_H
#define MERCAT_STAFF_PAGES_H

#include "web/web.h"

/* page_door.c: in and out, and one's own account */
web_handler staff_sign_in, staff_sign_in_post, staff_sign_out, staff_start, staff_account,
	staff_account_password, staff_account_totp;
/* page_staff.c: accounts and roles */
web_handler staff_staff, staff_staff_add, staff_staff_grant, staff_staff_revoke,
	staff_staff_end, staff_staff_password, staff_staff_totp_off;
/* page_bulletins.c: all of them, the next one */
web_handler staff_updates, staff_list_updates, staff_update_new;
/* page_calendar.c: the plan */
web_handler staff_calendar;
/* page_bulletin.c: one of them, live, and how it went */
web_handler staff_update, staff_update_progress, staff_update_report;
/* page_editor.c: writing it */
web_handler staff_editor, staff_editor_save, staff_editor_preview, staff_editor_check,
	staff_update_mail, staff_picture_add, staff_picture_remove;
/* page_send.c: what is done to it */
web_handler staff_update_test, staff_update_approve, staff_update_schedule,
	staff_update_send, staff_update_pause, staff_update_resume, staff_update_cancel,
	staff_update_settle;
/* page_people.c: subscribers */
web_handler staff_people, staff_list_people, staff_person, staff_people_add,
	staff_people_remove, staff_people_topics, staff_people_decide;
/* page_import.c: many at once */
web_handler staff_import, staff_import_preview, staff_import_do, staff_export;
/* page_returns.c: what came back, suppression, the ledger */
web_handler staff_bounces, staff_suppression, staff_suppress, staff_ledger;
/* page_list.c */
web_handler staff_list_new, staff_list_make;
/* page_audit.c */
web_handler staff_audit, staff_audit_verify;

/* Triage. page_replies.c */
web_handler staff_replies, staff_search;
/* page_queue.c, page_bulk.c */
web_handler staff_queue, staff_views, staff_view_save, staff_view_end, staff_bulk_screen,
	staff_bulk_tag;
/* page_reply.c, page_reply_acts.c */
web_handler staff_reply, staff_claim_state, staff_claim_take, staff_claim_release,
	staff_reply_screen, staff_reply_proposal, staff_reply_tag, staff_reply_assign,
	staff_reply_note, staff_reply_respondent, staff_reply_choice, staff_reply_link,
	staff_reply_unlink, staff_campaign_decide, staff_undo;
/* page_reply_text.c */
web_handler staff_answer, staff_answer_send, staff_forward, staff_forward_send,
	staff_reply_texts, staff_reply_text_save, staff_reply_text_end;
/* page_files.c */
web_handler staff_mail, staff_mail_original, staff_mail_layout, staff_file,
	staff_file_text;
/* page_unsorted.c */
web_handler staff_unsorted, staff_unsorted_mail, staff_unsorted_original,
	staff_unsorted_file, staff_unsorted_discard, staff_unsorted_erasure;

/* Coding. page_reply_code.c */
web_handler staff_reply_code, staff_reply_uncode, staff_reply_place,
	staff_reply_suggestion, staff_codes_json, staff_reply_sentences;
/* page_frame.c, page_code.c */
web_handler staff_frame, staff_frame_add, staff_frame_undo, staff_code, staff_code_report,
	staff_code_split, staff_code_rename, staff_code_describe, staff_code_move,
	staff_code_merge, staff_code_retire;
/* page_coding.c */
web_handler staff_coding, staff_recode, staff_recode_do, staff_astray, staff_astray_do,
	staff_suggestions;
/* page_sample.c */
web_handler staff_samples, staff_sample_draw, staff_sample, staff_sample_unit,
	staff_sample_done, staff_sample_end, staff_sample_settle;
/* page_figures.c */
web_handler staff_figures_start, staff_figures, staff_figure_csv;

#endif
