libmercat_a_SOURCES += \
	src/domain/admin/consultation_change.c \
	src/domain/admin/consultation_private.h \
	src/domain/admin/consultation_rows.c \
	src/domain/admin/consultation_source.c \
	src/domain/bulletins/bulletin_list.c src/domain/bulletins/bulletin_list.h \
	src/domain/delivery/ledger.c src/domain/delivery/ledger.h \
	src/domain/intake/inbound_look.c src/domain/intake/inbound_look.h \
	src/domain/intake/mailbox.c src/domain/intake/mailbox.h \
	src/domain/responses/response_record.c src/domain/responses/response_record.h \
	src/domain/analysis/analysis_sheet.c \
	src/domain/outcome/report_back.c src/domain/outcome/report_back.h \
	src/domain/outcome/report_back_audience.c \
	src/domain/outcome/report_back_audience.h \
	src/domain/outcome/report_back_send.c src/domain/outcome/report_back_send.h \
	src/domain/leaks/leak.c src/domain/leaks/leak.h \
	src/domain/leaks/leak_known.c src/domain/leaks/leak_known.h \
	src/domain/leaks/leak_settle.c \
	src/domain/reports/report.c src/domain/reports/report.h \
	src/domain/reports/report_check.c src/domain/reports/report_check.h \
	src/domain/reports/report_check_private.h src/domain/reports/report_rows.c \
	src/domain/reports/report_known.c src/domain/reports/report_known.h \
	src/domain/reports/report_number.c src/domain/reports/report_number.h \
	src/domain/reports/report_changes.c src/domain/reports/report_changes.h \
	src/domain/reports/report_edition.c src/domain/reports/report_edition.h \
	src/domain/exports/report_file.c src/domain/exports/report_file.h \
	src/domain/exports/report_kept.c src/domain/exports/report_kept.h \
	src/domain/exports/report_paper.c src/domain/exports/report_paper.h \
	src/domain/reports/report_draft.c src/domain/reports/report_draft.h \
	src/domain/disclosure/report_figures.c src/domain/disclosure/report_figures.h \
	src/domain/reports/report_fill.c src/domain/reports/report_fill.h \
	src/domain/disclosure/report_frame.c \
	src/domain/reports/report_grammar.c src/domain/reports/report_grammar.h \
	src/domain/disclosure/report_guard.c \
	src/domain/reports/report_html.c \
	src/domain/disclosure/report_private.h \
	src/domain/disclosure/report_quotes.c src/domain/disclosure/report_quotes.h \
	src/domain/disclosure/report_table.c src/domain/disclosure/report_table.h \
	src/domain/reports/report_write.c src/domain/reports/report_write.h \
	src/domain/delivery/timeline_words.c \
	src/domain/core/bounce_words.c src/domain/core/bounce_words.h \
	src/domain/bulletins/bulletin_render.c src/domain/bulletins/bulletin_render.h \
	src/domain/bulletins/bulletin_load.c src/domain/bulletins/bulletin_load.h \
	src/domain/coding/tag.c src/domain/coding/tag.h \
	src/domain/intake/reread.c src/domain/intake/reread.h \
	src/domain/sorting/response_move.c src/domain/sorting/response_move.h \
	src/domain/responses/reference.c src/domain/responses/reference.h \
	src/domain/core/domain.c src/domain/core/domain.h \
	src/domain/core/plus_address.c src/domain/core/plus_address.h \
	src/domain/bulletins/archive.c src/domain/bulletins/archive.h \
	src/domain/bulletins/digest.c src/domain/bulletins/digest.h \
	src/domain/personal/personal_data_erase.c \
	src/domain/personal/personal_data_erase.h \
	src/domain/personal/erasure_mail.c src/domain/personal/erasure_mail.h \
	src/domain/personal/personal_mails.c src/domain/personal/personal_mails.h \
	src/domain/personal/personal_data.c src/domain/personal/personal_data.h \
	src/domain/core/language.c \
	src/domain/core/language.h \
	src/domain/core/language_private.h \
	src/domain/core/language_words.c \
	src/domain/subscribers/link.c src/domain/subscribers/link.h \
	src/domain/subscribers/preferences.c src/domain/subscribers/preferences.h \
	src/domain/subscribers/address_change.c src/domain/subscribers/address_change.h \
	src/domain/subscribers/subscribe_page.c src/domain/subscribers/subscribe_private.h \
	src/domain/analysis/analysis.c \
	src/domain/analysis/analysis.h \
	src/domain/analysis/analysis_private.h \
	src/domain/analysis/analysis_chart.c \
	src/domain/analysis/analysis_choice.c \
	src/domain/analysis/analysis_code.c \
	src/domain/analysis/analysis_response.c \
	src/domain/responses/response_answer.c src/domain/responses/response_answer.h \
	src/domain/admin/asked.c src/domain/admin/asked.h \
	src/domain/admin/attempt.c src/domain/admin/attempt.h \
	src/domain/core/audit.c src/domain/core/audit.h \
	src/domain/core/audit_head.c src/domain/core/audit_head.h \
	src/domain/delivery/bounce.c \
	src/domain/delivery/bounce.h \
	src/domain/delivery/bounce_private.h \
	src/domain/delivery/bounce_history.c \
	src/domain/delivery/bounce_tend.c \
	src/domain/delivery/bounce_weigh.c \
	src/domain/bulletins/bulletin.c src/domain/bulletins/bulletin.h \
	src/domain/bulletins/bulletin_look.c \
	src/domain/bulletins/bulletin_next.c \
	src/domain/bulletins/bulletin_save.c \
	src/domain/bulletins/bulletin_send.c \
	src/domain/bulletins/bulletin_try.c \
	src/domain/core/person_forms.c src/domain/core/person_forms.h \
	src/domain/core/personal_places.c src/domain/core/personal_places.h \
	src/domain/bulletins/bulletin_audience.c src/domain/bulletins/bulletin_audience.h \
	src/domain/bulletins/bulletin_check.c src/domain/bulletins/bulletin_check.h \
	src/domain/bulletins/bulletin_image.c src/domain/bulletins/bulletin_image.h \
	src/domain/bulletins/odd_hour.c src/domain/bulletins/odd_hour.h \
	src/domain/delivery/bulletin_progress.c src/domain/delivery/bulletin_progress.h \
	src/domain/imports/subscriber_export.c \
	src/domain/imports/subscriber_import_line.c \
	src/domain/imports/subscriber_import_preview.c \
	src/domain/imports/subscriber_import_preview.h \
	src/domain/imports/subscriber_import_private.h \
	src/domain/imports/subscriber_import_run.c \
	src/domain/imports/subscriber_import_seen.c \
	src/domain/imports/subscriber_import_undo.c \
	src/domain/imports/subscriber_import_undo.h \
	src/domain/imports/subscriber_import_words.c \
	src/domain/core/schedule.c src/domain/core/schedule.h \
	src/domain/subscribers/subscriber_find.c src/domain/subscribers/subscriber_find.h \
	src/domain/delivery/timeline.c \
	src/domain/delivery/timeline.h \
	src/domain/delivery/timeline_private.h \
	src/domain/delivery/timeline_why.c \
	src/domain/campaigns/campaign.c src/domain/campaigns/campaign.h \
	src/domain/campaigns/campaign_diff.c src/domain/campaigns/campaign_find.c \
	src/domain/campaigns/campaign_private.h src/domain/campaigns/campaign_words.c \
	src/domain/coding/codeframe.c src/domain/coding/codeframe.h \
	src/domain/coding/codeframe_change.c \
	src/domain/analysis/codeframe_count.c src/domain/analysis/codeframe_count.h \
	src/domain/coding/codeframe_merge.c \
	src/domain/coding/coding.c src/domain/coding/coding.h \
	src/domain/coding/coding_quotes.c \
	src/domain/coding/coding_reread.c \
	src/domain/coding/coding_write.c \
	src/domain/admin/consultation.c src/domain/admin/consultation.h \
	src/domain/campaigns/duplicate.c src/domain/campaigns/duplicate.h \
	src/domain/intake/attachment_text.c src/domain/intake/attachment_text.h \
	src/domain/analysis/facts.c \
	src/domain/analysis/facts.h \
	src/domain/analysis/facts_private.h \
	src/domain/analysis/facts_pack.c \
	src/domain/coding/codeframe_log.c \
	src/domain/coding/codeframe_log.h \
	src/domain/coding/codeframe_private.h \
	src/domain/imports/subscriber_import.c src/domain/imports/subscriber_import.h \
	src/domain/intake/in_sight.c src/domain/intake/in_sight.h \
	src/domain/intake/inbound.c src/domain/intake/inbound.h \
	src/domain/intake/inbound_keep.c src/domain/intake/inbound_private.h \
	src/domain/intake/inbound_writers.c \
	src/domain/intake/sent_by_us.c src/domain/intake/sent_by_us.h \
	src/domain/admin/notification.c src/domain/admin/notification.h \
	src/domain/admin/list.c src/domain/admin/list.h src/domain/admin/topic.c \
	src/domain/subscribers/topic_change.c src/domain/subscribers/topic_change.h \
	src/domain/subscribers/subscription.c src/domain/subscribers/subscription.h \
	src/domain/responses/options.c src/domain/responses/options.h \
	src/domain/delivery/outgoing.c src/domain/delivery/outgoing.h \
	src/domain/delivery/outgoing_take.c \
	src/domain/delivery/outgoing_fill.c \
	src/domain/delivery/outgoing_private.h \
	src/domain/delivery/outgoing_tell.c \
	src/domain/delivery/rate_limit.c \
	src/domain/delivery/rate_limit.h \
	src/domain/delivery/rate_limit_private.h \
	src/domain/delivery/rate_limit_tell.c \
	src/domain/core/skip.c src/domain/core/skip.h \
	src/domain/coding/recode.c src/domain/coding/recode.h \
	src/domain/intake/entry.c src/domain/intake/entry.h \
	src/domain/intake/response_take.c src/domain/intake/response_take.h \
	src/domain/responses/respondent.c src/domain/responses/respondent.h \
	src/domain/responses/respondent_forms.c src/domain/responses/respondent_name.c \
	src/domain/responses/respondent_private.h \
	src/domain/past/imported_mail.c src/domain/past/imported_mail.h \
	src/domain/responses/response.c src/domain/responses/response.h \
	src/domain/responses/response_filter.c \
	src/domain/admin/arrival.c src/domain/admin/arrival.h \
	src/domain/intake/rule.c src/domain/intake/rule.h \
	src/domain/coding/sample.c src/domain/coding/sample.h \
	src/domain/coding/sample_code.c \
	src/domain/coding/sample_figures.c \
	src/domain/sorting/entered.c src/domain/sorting/entered.h \
	src/domain/sorting/mail_import.c src/domain/sorting/mail_import.h \
	src/domain/sorting/mail_reply.c src/domain/sorting/mail_reply.h \
	src/domain/sorting/sent_on.c src/domain/sorting/sent_on.h \
	src/domain/sorting/typed_mail.c src/domain/sorting/typed_mail.h \
	src/domain/sorting/unsorted.c src/domain/sorting/unsorted.h \
	src/domain/subscribers/subscribe.c src/domain/subscribers/subscribe.h \
	src/domain/subscribers/subscribe_staff.c \
	src/domain/coding/suggestion.c src/domain/coding/suggestion.h \
	src/domain/subscribers/suppress.c src/domain/subscribers/suppress.h \
	src/domain/responses/mail_thread.c src/domain/responses/mail_thread.h \
	src/domain/responses/response_text.c src/domain/responses/response_text.h
libmercat_a_SOURCES += \
	src/domain/publication/publication.c src/domain/publication/publication.h \
	src/domain/publication/publication_private.h \
	src/domain/publication/publication_words.c \
	src/domain/publication/published.c src/domain/publication/published.h \
	src/domain/publication/published_words.c \
	src/domain/publication/redaction.c src/domain/publication/redaction.h \
	src/domain/publication/redaction_find.c src/domain/publication/redaction_find.h \
	src/domain/publication/redaction_find_private.h \
	src/domain/publication/redaction_find_names.c \
	src/domain/publication/redaction_find_numbers.c \
	src/domain/publication/redaction_find_places.c \
	src/domain/publication/redaction_find_text.c
libmercat_a_SOURCES += \
	src/domain/coding/blind.c src/domain/coding/blind.h \
	src/domain/sorting/typed_scan.c src/domain/sorting/typed_scan.h \
	src/domain/copies/copy_keep.c src/domain/copies/copy_keep.h \
	src/domain/copies/copy_restore.c src/domain/copies/copy_restore.h \
	src/domain/safeguarding/flag.c src/domain/safeguarding/flag.h \
	src/domain/safeguarding/flag_look.c \
	src/domain/safeguarding/flag_private.h \
	src/domain/safeguarding/flag_tell.c src/domain/safeguarding/flag_tell.h \
	src/domain/approval/approval.c src/domain/approval/approval.h \
	src/domain/approval/approval_comment.c \
	src/domain/approval/approval_private.h \
	src/domain/approval/approval_tell.c \
	src/domain/queue/bulk.c src/domain/queue/bulk.h \
	src/domain/responses/response_proposal.c src/domain/responses/response_proposal.h \
	src/domain/responses/response_lock.c src/domain/responses/response_lock.h \
	src/domain/queue/reply.c src/domain/queue/reply.h \
	src/domain/queue/queue.c src/domain/queue/queue.h \
	src/domain/queue/queue_views.c \
	src/domain/queue/hits.c src/domain/queue/hits.h \
	src/domain/queue/needs.c src/domain/queue/needs.h \
	src/domain/queue/needs_words.c \
	src/domain/queue/backlog.c src/domain/queue/backlog.h \
	src/domain/queue/lost.c src/domain/queue/lost.h \
	src/domain/queue/needs_tell.c src/domain/queue/needs_tell.h \
	src/domain/queue/response_view.c src/domain/queue/response_view.h \
	src/domain/admin/rights.c src/domain/admin/rights.h \
	src/domain/admin/session.c src/domain/admin/session.h \
	src/domain/admin/totp.c src/domain/admin/totp.h \
	src/domain/admin/account.c src/domain/admin/account.h \
	src/domain/core/undo.c src/domain/core/undo.h \
	src/domain/sorting/undo_kinds.c \
	src/domain/sorting/undo_kinds.h \
	src/domain/core/undo_rows.c

STAGE = tests/unit/stage.c tests/unit/stage.h tests/unit/unit.h tests/unit/ready.c tests/unit/ready.h
DOMAIN_HOUSE = tests/unit/domain_house.c tests/unit/domain_house.h $(STAGE)

check_PROGRAMS += tests/unit/test_domain_join
tests_unit_test_domain_join_SOURCES = tests/unit/test_domain_join.c $(DOMAIN_HOUSE)
tests_unit_test_domain_join_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_domain_consent
tests_unit_test_domain_consent_SOURCES = tests/unit/test_domain_consent.c $(DOMAIN_HOUSE)
tests_unit_test_domain_consent_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_copies
tests_unit_test_copies_SOURCES = tests/unit/test_copies.c $(DOMAIN_HOUSE)
tests_unit_test_copies_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_domain_leave
tests_unit_test_domain_leave_SOURCES = tests/unit/test_domain_leave.c $(DOMAIN_HOUSE)
tests_unit_test_domain_leave_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_domain_look
tests_unit_test_domain_look_SOURCES = tests/unit/test_domain_look.c $(DOMAIN_HOUSE)
tests_unit_test_domain_look_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_domain_import
tests_unit_test_domain_import_SOURCES = tests/unit/test_domain_import.c $(DOMAIN_HOUSE)
tests_unit_test_domain_import_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_domain_bulletin
tests_unit_test_domain_bulletin_SOURCES = tests/unit/test_domain_bulletin.c $(DOMAIN_HOUSE)
tests_unit_test_domain_bulletin_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_odd_hour
tests_unit_test_odd_hour_SOURCES = tests/unit/test_odd_hour.c tests/unit/unit.h
tests_unit_test_odd_hour_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_import_pieces
tests_unit_test_import_pieces_SOURCES = tests/unit/test_import_pieces.c $(DOMAIN_HOUSE)
tests_unit_test_import_pieces_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_import_undo
tests_unit_test_import_undo_SOURCES = tests/unit/test_import_undo.c $(DOMAIN_HOUSE)
tests_unit_test_import_undo_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_approval
tests_unit_test_approval_SOURCES = tests/unit/test_approval.c $(DOMAIN_HOUSE)
tests_unit_test_approval_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_bulletin_save
tests_unit_test_bulletin_save_SOURCES = tests/unit/test_bulletin_save.c $(DOMAIN_HOUSE)
tests_unit_test_bulletin_save_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_domain_trust
tests_unit_test_domain_trust_SOURCES = tests/unit/test_domain_trust.c $(DOMAIN_HOUSE)
tests_unit_test_domain_trust_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_audit_head
tests_unit_test_audit_head_SOURCES = tests/unit/test_audit_head.c $(DOMAIN_HOUSE)
tests_unit_test_audit_head_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_audit_subjects
tests_unit_test_audit_subjects_SOURCES = tests/unit/test_audit_subjects.c $(DOMAIN_HOUSE)
tests_unit_test_audit_subjects_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_personal_mails
tests_unit_test_personal_mails_SOURCES = tests/unit/test_personal_mails.c $(DOMAIN_HOUSE)
tests_unit_test_personal_mails_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_personal_places
tests_unit_test_personal_places_SOURCES = tests/unit/test_personal_places.c $(DOMAIN_HOUSE)
tests_unit_test_personal_places_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_limits
tests_unit_test_limits_SOURCES = tests/unit/test_limits.c $(DOMAIN_HOUSE)
tests_unit_test_limits_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_domain_when
tests_unit_test_domain_when_SOURCES = tests/unit/test_domain_when.c $(DOMAIN_HOUSE)
tests_unit_test_domain_when_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_days
tests_unit_test_days_SOURCES = tests/unit/test_days.c $(DOMAIN_HOUSE)
tests_unit_test_days_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_domain_outgoing
tests_unit_test_domain_outgoing_SOURCES = tests/unit/test_domain_outgoing.c $(DOMAIN_HOUSE)
tests_unit_test_domain_outgoing_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_mail_import
tests_unit_test_mail_import_SOURCES = tests/unit/test_mail_import.c $(DOMAIN_HOUSE)
tests_unit_test_mail_import_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_domain_inbound
tests_unit_test_domain_inbound_SOURCES = tests/unit/test_domain_inbound.c $(DOMAIN_HOUSE)
tests_unit_test_domain_inbound_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_domain_response
tests_unit_test_domain_response_SOURCES = tests/unit/test_domain_response.c $(DOMAIN_HOUSE)
tests_unit_test_domain_response_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_rate_limit
tests_unit_test_rate_limit_SOURCES = tests/unit/test_rate_limit.c tests/unit/unit.h
tests_unit_test_rate_limit_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_bounce
tests_unit_test_bounce_SOURCES = tests/unit/test_bounce.c $(DOMAIN_HOUSE)
tests_unit_test_bounce_LDADD = $(CHECK_LDADD)

RESPONSE_SCENE = tests/unit/response_scene.c tests/unit/response_scene.h $(STAGE)
check_PROGRAMS += tests/unit/test_response_thread
tests_unit_test_response_thread_SOURCES = tests/unit/test_response_thread.c $(RESPONSE_SCENE)
tests_unit_test_response_thread_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_forward
tests_unit_test_response_forward_SOURCES = tests/unit/test_response_forward.c \
	$(RESPONSE_SCENE)
tests_unit_test_response_forward_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_entered
tests_unit_test_entered_SOURCES = tests/unit/test_entered.c $(RESPONSE_SCENE)
tests_unit_test_entered_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_ownform_response
tests_unit_test_ownform_response_SOURCES = tests/unit/test_ownform_response.c \
	tests/unit/ownform_made.c tests/unit/ownform_made.h $(RESPONSE_SCENE)
tests_unit_test_ownform_response_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_apart
tests_unit_test_apart_SOURCES = tests/unit/test_apart.c $(RESPONSE_SCENE)
tests_unit_test_apart_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_search_words
tests_unit_test_search_words_SOURCES = tests/unit/test_search_words.c $(RESPONSE_SCENE)
tests_unit_test_search_words_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_growth
tests_unit_test_growth_SOURCES = tests/unit/test_growth.c $(RESPONSE_SCENE)
tests_unit_test_growth_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_respondent
tests_unit_test_response_respondent_SOURCES = tests/unit/test_response_respondent.c \
	$(RESPONSE_SCENE)
tests_unit_test_response_respondent_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_apportion
tests_unit_test_response_apportion_SOURCES = tests/unit/test_response_apportion.c \
	$(RESPONSE_SCENE)
tests_unit_test_response_apportion_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_options
tests_unit_test_options_SOURCES = tests/unit/test_options.c $(RESPONSE_SCENE)
tests_unit_test_options_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_response_links
tests_unit_test_response_links_SOURCES = tests/unit/test_response_links.c $(RESPONSE_SCENE)
tests_unit_test_response_links_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_move
tests_unit_test_response_move_SOURCES = tests/unit/test_response_move.c $(RESPONSE_SCENE)
tests_unit_test_response_move_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_heard
tests_unit_test_response_heard_SOURCES = tests/unit/test_response_heard.c $(RESPONSE_SCENE)
tests_unit_test_response_heard_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_campaign
tests_unit_test_response_campaign_SOURCES = tests/unit/test_response_campaign.c \
	$(RESPONSE_SCENE)
tests_unit_test_response_campaign_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_proposal
tests_unit_test_response_proposal_SOURCES = tests/unit/test_response_proposal.c $(RESPONSE_SCENE)
tests_unit_test_response_proposal_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_response_rule
tests_unit_test_response_rule_SOURCES = tests/unit/test_response_rule.c $(RESPONSE_SCENE)
tests_unit_test_response_rule_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_public_join tests/unit/test_public_self
tests_unit_test_public_join_SOURCES = tests/unit/test_public_join.c $(DOMAIN_HOUSE)
tests_unit_test_public_join_LDADD = $(CHECK_LDADD)
tests_unit_test_public_self_SOURCES = tests/unit/test_public_self.c $(DOMAIN_HOUSE)
tests_unit_test_public_self_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_domain_rights
tests_unit_test_domain_rights_SOURCES = tests/unit/test_domain_rights.c $(DOMAIN_HOUSE)
tests_unit_test_domain_rights_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_domain_shown
tests_unit_test_domain_shown_SOURCES = tests/unit/test_domain_shown.c $(DOMAIN_HOUSE)
tests_unit_test_domain_shown_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_domain_session
tests_unit_test_domain_session_SOURCES = tests/unit/test_domain_session.c \
	tests/unit/cheap_passwords.c $(DOMAIN_HOUSE)
tests_unit_test_domain_session_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,--wrap=crypto_pwhash_str,--wrap=crypto_pwhash_str_verify \
	-Wl,--wrap=crypto_pwhash_str_needs_rehash
tests_unit_test_domain_session_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_queue
tests_unit_test_queue_SOURCES = tests/unit/test_queue.c $(RESPONSE_SCENE)
tests_unit_test_queue_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_filter
tests_unit_test_response_filter_SOURCES = tests/unit/test_response_filter.c $(RESPONSE_SCENE)
tests_unit_test_response_filter_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_domain_blind
tests_unit_test_domain_blind_SOURCES = tests/unit/test_domain_blind.c $(RESPONSE_SCENE)
tests_unit_test_domain_blind_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_domain_hits
tests_unit_test_domain_hits_SOURCES = tests/unit/test_domain_hits.c $(RESPONSE_SCENE)
tests_unit_test_domain_hits_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_needs
tests_unit_test_needs_SOURCES = tests/unit/test_needs.c $(DOMAIN_HOUSE)
tests_unit_test_needs_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_flag
tests_unit_test_flag_SOURCES = tests/unit/test_flag.c $(DOMAIN_HOUSE)
tests_unit_test_flag_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_needs_tell
tests_unit_test_needs_tell_SOURCES = tests/unit/test_needs_tell.c $(DOMAIN_HOUSE)
tests_unit_test_needs_tell_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_staff_marks
tests_unit_test_staff_marks_SOURCES = tests/unit/test_staff_marks.c
tests_unit_test_staff_marks_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_staff_cost
tests_unit_test_staff_cost_SOURCES = tests/unit/test_staff_cost.c $(DOMAIN_HOUSE)
tests_unit_test_staff_cost_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_staff_second
tests_unit_test_staff_second_SOURCES = tests/unit/test_staff_second.c $(RESPONSE_SCENE)
tests_unit_test_staff_second_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_domain_correspond
tests_unit_test_domain_correspond_SOURCES = tests/unit/test_domain_correspond.c $(DOMAIN_HOUSE)
tests_unit_test_domain_correspond_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_compose_acts
tests_unit_test_compose_acts_SOURCES = tests/unit/test_compose_acts.c $(DOMAIN_HOUSE)
tests_unit_test_compose_acts_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_topic
tests_unit_test_topic_SOURCES = tests/unit/test_topic.c $(DOMAIN_HOUSE)
tests_unit_test_topic_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_consultation
tests_unit_test_consultation_SOURCES = tests/unit/test_consultation.c $(DOMAIN_HOUSE)
tests_unit_test_consultation_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_person_acts
tests_unit_test_person_acts_SOURCES = tests/unit/test_person_acts.c $(DOMAIN_HOUSE)
tests_unit_test_person_acts_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_codeframe tests/unit/test_coding tests/unit/test_sample \
	tests/unit/test_analysis_code tests/unit/test_recode
check_PROGRAMS += tests/unit/test_figures
tests_unit_test_figures_SOURCES = tests/unit/test_figures.c tests/unit/figures_plain.c \
	tests/unit/figures_plain.h $(DOMAIN_HOUSE)
tests_unit_test_figures_LDADD = $(CHECK_LDADD)
tests_unit_test_analysis_code_SOURCES = tests/unit/test_analysis_code.c $(RESPONSE_SCENE)
tests_unit_test_analysis_code_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_report
tests_unit_test_report_SOURCES = tests/unit/test_report.c $(RESPONSE_SCENE)
tests_unit_test_report_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_report_edition
tests_unit_test_report_edition_SOURCES = tests/unit/test_report_edition.c $(RESPONSE_SCENE)
tests_unit_test_report_edition_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_report_kept
tests_unit_test_report_kept_SOURCES = tests/unit/test_report_kept.c $(RESPONSE_SCENE)
tests_unit_test_report_kept_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_report_back
tests_unit_test_report_back_SOURCES = tests/unit/test_report_back.c $(RESPONSE_SCENE)
tests_unit_test_report_back_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_leaks
tests_unit_test_leaks_SOURCES = tests/unit/test_leaks.c $(RESPONSE_SCENE)
tests_unit_test_leaks_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_report_check
tests_unit_test_report_check_SOURCES = tests/unit/test_report_check.c $(RESPONSE_SCENE)
tests_unit_test_report_check_LDADD = $(CHECK_LDADD)
tests_unit_test_codeframe_SOURCES = tests/unit/test_codeframe.c $(RESPONSE_SCENE)
tests_unit_test_codeframe_LDADD = $(CHECK_LDADD)
tests_unit_test_coding_SOURCES = tests/unit/test_coding.c $(RESPONSE_SCENE)
tests_unit_test_coding_LDADD = $(CHECK_LDADD)
tests_unit_test_sample_SOURCES = tests/unit/test_sample.c $(RESPONSE_SCENE)
tests_unit_test_sample_LDADD = $(CHECK_LDADD)
tests_unit_test_recode_SOURCES = tests/unit/test_recode.c $(RESPONSE_SCENE)
tests_unit_test_recode_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_later
tests_unit_test_later_SOURCES = tests/unit/test_later.c $(DOMAIN_HOUSE)
tests_unit_test_later_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_erased_waiting
tests_unit_test_erased_waiting_SOURCES = tests/unit/test_erased_waiting.c $(DOMAIN_HOUSE)
tests_unit_test_erased_waiting_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_redaction_find tests/unit/test_publication \
	tests/unit/test_publication_free
tests_unit_test_redaction_find_SOURCES = tests/unit/test_redaction_find.c tests/unit/unit.h
tests_unit_test_redaction_find_LDADD = $(CHECK_LDADD)
tests_unit_test_publication_SOURCES = tests/unit/test_publication.c $(RESPONSE_SCENE)
tests_unit_test_publication_LDADD = $(CHECK_LDADD)
tests_unit_test_publication_free_SOURCES = tests/unit/test_publication_free.c $(RESPONSE_SCENE)
tests_unit_test_publication_free_LDADD = $(CHECK_LDADD)
