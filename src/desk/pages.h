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
	desk_staff_end, desk_staff_password, desk_staff_totp_off;
/* page_updates.c: all of them, the next one */
web_handler desk_updates, desk_list_updates, desk_update_new;
/* page_calendar.c: the plan */
web_handler desk_calendar;
/* page_update.c: one of them, live, and how it went */
web_handler desk_update, desk_update_progress, desk_update_report;
/* page_editor.c: writing it */
web_handler desk_editor, desk_editor_save, desk_editor_preview, desk_editor_check,
	desk_update_mail, desk_picture_add, desk_picture_remove;
/* page_send.c: what is done to it */
web_handler desk_update_test, desk_update_approve, desk_update_schedule, desk_update_send,
	desk_update_pause, desk_update_resume, desk_update_cancel, desk_update_settle;
/* page_people.c: subscribers */
web_handler desk_people, desk_list_people, desk_person, desk_people_add,
	desk_people_remove, desk_people_topics, desk_people_decide;
/* page_import.c: many at once */
web_handler desk_import, desk_import_preview, desk_import_do, desk_export;
/* page_returns.c: what came back, suppression, the ledger */
web_handler desk_bounces, desk_suppression, desk_suppress, desk_ledger;
/* page_list.c */
web_handler desk_list_new, desk_list_make;
/* page_audit.c */
web_handler desk_audit, desk_audit_verify;

/* Triage. page_replies.c */
web_handler desk_replies, desk_search;
/* page_queue.c, page_bulk.c */
web_handler desk_queue, desk_views, desk_view_save, desk_view_end, desk_bulk_screen,
	desk_bulk_tag;
/* page_reply.c, page_reply_acts.c */
web_handler desk_reply, desk_claim_state, desk_claim_take, desk_claim_release,
	desk_reply_screen, desk_reply_tag, desk_reply_assign, desk_reply_note,
	desk_reply_respondent, desk_reply_link, desk_reply_unlink, desk_campaign_decide,
	desk_undo;
/* page_letter.c */
web_handler desk_answer, desk_answer_send, desk_forward, desk_forward_send, desk_letters,
	desk_letter_save, desk_letter_end;
/* page_files.c */
web_handler desk_mail, desk_mail_original, desk_mail_layout, desk_file, desk_file_text;
/* page_unsorted.c */
web_handler desk_unsorted, desk_unsorted_mail, desk_unsorted_original, desk_unsorted_file,
	desk_unsorted_discard;

/* Coding. page_reply_code.c */
web_handler desk_reply_code, desk_reply_uncode, desk_reply_place, desk_reply_suggestion,
	desk_codes_json, desk_reply_sentences;
/* page_frame.c, page_code.c */
web_handler desk_frame, desk_frame_add, desk_frame_undo, desk_code, desk_code_report,
	desk_code_split, desk_code_rename, desk_code_describe, desk_code_move,
	desk_code_merge, desk_code_retire;
/* page_coding.c */
web_handler desk_coding, desk_recode, desk_recode_do, desk_astray, desk_astray_do,
	desk_suggestions;
/* page_sample.c */
web_handler desk_samples, desk_sample_draw, desk_sample, desk_sample_unit,
	desk_sample_done, desk_sample_end, desk_sample_settle;
/* page_figures.c */
web_handler desk_figures_start, desk_figures, desk_figure_csv;

#endif
