/*
 * staff pages - the handlers that staff_routes.c names, one file a subject.
 */
#ifndef MERCAT_STAFF_PAGES_H
#define MERCAT_STAFF_PAGES_H

#include "web/web.h"

/* page_door.c: in and out, and one's own account */
web_handler staff_sign_in, staff_sign_in_post, staff_sign_out, staff_account,
	staff_account_password, staff_account_totp, staff_account_email;
/* page_needs.c: what needs who asks */
web_handler staff_home;
/* page_health.c: whether mail comes in and goes out */
web_handler staff_health;
/* page_accounts.c: accounts and roles */
web_handler staff_accounts, staff_accounts_add, staff_accounts_grant,
	staff_accounts_revoke, staff_accounts_end, staff_accounts_password,
	staff_accounts_totp_off;
/* page_bulletins.c: all of them, the next one */
web_handler staff_bulletins, staff_list_bulletins, staff_bulletin_new;
/* page_calendar.c: the plan */
web_handler staff_calendar;
/* page_bulletin.c: one of them, live; page_report.c: how it went */
web_handler staff_bulletin, staff_bulletin_progress, staff_bulletin_report,
	staff_bulletin_report_csv;
/* page_editor.c: writing it */
web_handler staff_editor, staff_editor_save, staff_version_drop;
/* page_preview.c: how it will look, what the checks find */
web_handler staff_editor_preview, staff_editor_check, staff_bulletin_mail;
/* page_approval.c: a colleague is asked, and answers */
web_handler staff_approval_ask, staff_approval_ask_to_agree, staff_approval_agree,
	staff_approval_return, staff_bulletin_approve, staff_bulletin_comment,
	staff_bulletin_compare;
/* page_send.c: what is done to it */
web_handler staff_bulletin_test, staff_bulletin_stop, staff_bulletin_pause,
	staff_bulletin_settle;
/* page_bulletin_sure.c: what is asked about once more before it is done to it */
web_handler staff_bulletin_sure;
/* page_subscribers.c, page_subscriber.c: all of them, and one */
web_handler staff_subscriber, staff_subscriber_name, staff_subscriber_address,
	staff_subscriber_frequency, staff_subscriber_pause, staff_subscriber_resume,
	staff_subscriber_erase;
web_handler staff_subscribers, staff_list_subscribers, staff_subscribers_remove_many,
	staff_subscribers_add, staff_subscribers_remove, staff_subscribers_topics,
	staff_subscribers_decide;
/* page_import.c, page_import_result.c: many at once */
web_handler staff_import, staff_import_columns, staff_import_preview, staff_import_do,
	staff_import_done, staff_import_undo, staff_export;
/* page_returns.c: what came back, suppression, the ledger */
web_handler staff_bounces, staff_suppression, staff_suppress, staff_ledger;
/* page_list.c */
web_handler staff_list_new, staff_list_make;
/* page_list_settings.c, page_topic.c */
web_handler staff_list_settings, staff_list_change, staff_topic_add, staff_topic,
	staff_topic_rename, staff_topic_merge, staff_topic_retire, staff_topic_offer;
/* page_audit.c */
web_handler staff_audit, staff_audit_verify;

/* page_consultations.c, page_consultation_settings.c */
web_handler staff_consultations, staff_consultation_new, staff_consultation_make,
	staff_consultation_settings, staff_consultation_change,
	staff_consultation_ask_open, staff_consultation_open,
	staff_consultation_ask_close, staff_consultation_close, staff_consultation_extend,
	staff_consultation_outcome, staff_consultation_publish;

/* Triage. page_responses.c */
web_handler staff_responses, staff_search;
/* page_queue.c, page_bulk.c */
web_handler staff_queue, staff_views, staff_view_save, staff_view_end, staff_bulk_screen,
	staff_bulk_tag;
/* page_response.c, page_response_change.c */
web_handler staff_response, staff_lock_state, staff_lock_take, staff_lock_release,
	staff_response_screen, staff_response_proposal, staff_response_tag,
	staff_response_assign, staff_response_note, staff_response_respondent,
	staff_response_choice, staff_response_link, staff_response_unlink,
	staff_campaign_decide, staff_undo;
/* page_response_move.c */
web_handler staff_response_move;
/* page_reply_text.c */
web_handler staff_reply, staff_reply_send, staff_forward, staff_forward_send,
	staff_reply_texts, staff_reply_text_save, staff_reply_text_end;
/* page_files.c */
web_handler staff_mail, staff_mail_original, staff_mail_layout, staff_file,
	staff_file_text;
/* page_entry.c */
web_handler staff_entry_new, staff_entry_add, staff_sent_on, staff_sent_on_say;
/* page_scan.c: the picture of a letter, beside what is typed */
web_handler staff_entry_scan, staff_scan, staff_scan_picture, staff_response_scan;
/* page_unsorted.c */
web_handler staff_unsorted, staff_unsorted_mail, staff_unsorted_original,
	staff_unsorted_file, staff_unsorted_discard, staff_unsorted_erasure,
	staff_unsorted_sent_on, staff_unsorted_sent_on_file;
/* page_flags.c: somebody may be at risk */
web_handler staff_flags, staff_flag, staff_flag_seen, staff_flag_note, staff_flag_close,
	staff_flag_reopen, staff_response_flag, staff_unsorted_flag;
/* page_unsorted_write.c */
web_handler staff_unsorted_reply, staff_unsorted_reply_send, staff_unsorted_forward,
	staff_unsorted_forward_send;

/* Coding. page_response_code.c */
web_handler staff_response_code, staff_response_uncode, staff_response_place,
	staff_response_suggestion, staff_codes_json, staff_response_sentences;
/* page_code_frame.c, page_code.c */
web_handler staff_code_frame, staff_code_frame_add, staff_code_frame_undo, staff_code,
	staff_code_report, staff_code_split, staff_code_rename, staff_code_describe,
	staff_code_move, staff_code_merge, staff_code_merging, staff_code_retire;
/* page_coding.c */
web_handler staff_coding, staff_recode, staff_recode_do, staff_re_anchor,
	staff_re_anchor_do, staff_suggestions;
/* page_sample.c */
web_handler staff_samples, staff_sample_draw, staff_sample, staff_sample_unit,
	staff_sample_done, staff_sample_end, staff_sample_reconcile;
/* page_analysis.c */
web_handler staff_analysis_start, staff_analysis, staff_analysis_csv;
web_handler staff_report, staff_report_save, staff_report_make, staff_report_edition,
	staff_report_ask, staff_report_approve, staff_report_file, staff_report_file_ask,
	staff_report_settle;

/* page_report_back.c: what respondents are told after a consultation */
web_handler staff_report_backs, staff_report_back_new, staff_report_back_make,
	staff_report_back, staff_report_back_mail, staff_report_back_save,
	staff_report_back_ask, staff_report_back_approve, staff_report_back_cancel;
/* page_publication.c, page_moderation.c */
web_handler staff_publication, staff_publication_open, staff_moderation,
	staff_moderation_redact, staff_moderation_settle, staff_moderation_unredact,
	staff_moderation_decide, staff_moderation_release, staff_moderation_withdraw;

#endif
