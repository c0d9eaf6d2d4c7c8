libmercat_a_SOURCES += \
	src/acts/analysis_sheet.c \
	src/acts/timeline_words.c \
	src/acts/bounce_words.c src/acts/bounce_words.h \
	src/acts/bulletin_render.c src/acts/bulletin_render.h \
	src/acts/bulletin_load.c src/acts/bulletin_load.h \
	src/acts/tag.c src/acts/tag.h \
	src/acts/reread.c src/acts/reread.h \
	src/acts/reference.c src/acts/reference.h \
	src/acts/acts.c src/acts/acts.h \
	src/acts/address.c src/acts/address.h \
	src/acts/archive.c src/acts/archive.h \
	src/acts/digest.c src/acts/digest.h \
	src/acts/erase.c src/acts/erase.h \
	src/acts/held.c src/acts/held.h \
	src/acts/language.c src/acts/language.h src/acts/language_own.h \
	src/acts/language_words.c \
	src/acts/link.c src/acts/link.h \
	src/acts/manage.c src/acts/manage.h \
	src/acts/move.c src/acts/move.h \
	src/acts/subscribe_page.c src/acts/subscribe_own.h \
	src/acts/analysis.c src/acts/analysis.h src/acts/analysis_inside.h \
	src/acts/analysis_chart.c src/acts/analysis_code.c src/acts/analysis_reply.c \
	src/acts/answer.c src/acts/answer.h \
	src/acts/attempt.c src/acts/attempt.h \
	src/acts/audit.c src/acts/audit.h \
	src/acts/bounce.c src/acts/bounce.h src/acts/bounce_own.h \
	src/acts/bounce_history.c \
	src/acts/bounce_tend.c \
	src/acts/bounce_weigh.c \
	src/acts/bulletin.c src/acts/bulletin.h \
	src/acts/bulletin_look.c \
	src/acts/bulletin_next.c \
	src/acts/bulletin_send.c \
	src/acts/bulletin_audience.c src/acts/bulletin_audience.h \
	src/acts/bulletin_check.c src/acts/bulletin_check.h \
	src/acts/bulletin_image.c src/acts/bulletin_image.h \
	src/acts/bulletin_progress.c src/acts/bulletin_progress.h \
	src/acts/import_preview.c src/acts/import_preview.h \
	src/acts/schedule.c src/acts/schedule.h \
	src/acts/subscriber_find.c src/acts/subscriber_find.h \
	src/acts/timeline.c src/acts/timeline.h src/acts/timeline_own.h \
	src/acts/timeline_why.c \
	src/acts/campaign.c src/acts/campaign.h \
	src/acts/codeframe.c src/acts/codeframe.h \
	src/acts/codeframe_change.c \
	src/acts/codeframe_count.c src/acts/codeframe_count.h \
	src/acts/codeframe_merge.c \
	src/acts/coding.c src/acts/coding.h \
	src/acts/coding_quotes.c \
	src/acts/coding_reread.c \
	src/acts/coding_write.c \
	src/acts/consultation.c src/acts/consultation.h \
	src/acts/duplicate.c src/acts/duplicate.h \
	src/acts/extract.c src/acts/extract.h \
	src/acts/facts.c src/acts/facts.h src/acts/facts_inside.h \
	src/acts/facts_pack.c \
	src/acts/frame_change.c src/acts/frame_change.h src/acts/frame_inside.h \
	src/acts/import.c src/acts/import.h \
	src/acts/inbound.c src/acts/inbound.h \
	src/acts/letter.c src/acts/letter.h \
	src/acts/list.c src/acts/list.h \
	src/acts/member.c src/acts/member.h \
	src/acts/outgoing.c src/acts/outgoing.h \
	src/acts/outgoing_claim.c src/acts/outgoing_fill.c src/acts/outgoing_inside.h \
	src/acts/outgoing_tell.c \
	src/acts/pacing.c src/acts/pacing.h src/acts/pacing_inside.h \
	src/acts/pacing_tell.c \
	src/acts/recode.c src/acts/recode.h \
	src/acts/reply.c src/acts/reply.h \
	src/acts/respondent.c src/acts/respondent.h \
	src/acts/response.c src/acts/response.h \
	src/acts/route.c src/acts/route.h \
	src/acts/rule.c src/acts/rule.h \
	src/acts/sample.c src/acts/sample.h \
	src/acts/sample_code.c \
	src/acts/sample_figures.c \
	src/acts/sort.c src/acts/sort.h \
	src/acts/subscribe.c src/acts/subscribe.h \
	src/acts/subscribe_staff.c \
	src/acts/suggestion.c src/acts/suggestion.h \
	src/acts/suppress.c src/acts/suppress.h \
	src/acts/thread.c src/acts/thread.h \
	src/acts/words.c src/acts/words.h
libmercat_a_SOURCES += \
	src/acts/blind.c src/acts/blind.h \
	src/acts/bulk.c src/acts/bulk.h \
	src/acts/claim.c src/acts/claim.h \
	src/acts/correspond.c src/acts/correspond.h \
	src/acts/desk.c src/acts/desk.h \
	src/acts/desk_filter.c src/acts/desk_own.h \
	src/acts/desk_views.c \
	src/acts/hits.c src/acts/hits.h \
	src/acts/reply_view.c src/acts/reply_view.h \
	src/acts/rights.c src/acts/rights.h \
	src/acts/session.c src/acts/session.h \
	src/acts/staff.c src/acts/staff.h \
	src/acts/undo.c src/acts/undo.h \
	src/acts/undo_kinds.c src/acts/undo_kinds.h src/acts/undo_rows.c

ACTS_HOUSE = tests/unit/acts_house.c tests/unit/acts_house.h tests/unit/unit.h

check_PROGRAMS += tests/unit/test_acts_join
tests_unit_test_acts_join_SOURCES = tests/unit/test_acts_join.c $(ACTS_HOUSE)
tests_unit_test_acts_join_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_acts_leave
tests_unit_test_acts_leave_SOURCES = tests/unit/test_acts_leave.c $(ACTS_HOUSE)
tests_unit_test_acts_leave_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_acts_import
tests_unit_test_acts_import_SOURCES = tests/unit/test_acts_import.c $(ACTS_HOUSE)
tests_unit_test_acts_import_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_acts_bulletin
tests_unit_test_acts_bulletin_SOURCES = tests/unit/test_acts_bulletin.c $(ACTS_HOUSE)
tests_unit_test_acts_bulletin_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_acts_when
tests_unit_test_acts_when_SOURCES = tests/unit/test_acts_when.c $(ACTS_HOUSE)
tests_unit_test_acts_when_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_days
tests_unit_test_days_SOURCES = tests/unit/test_days.c $(ACTS_HOUSE)
tests_unit_test_days_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_acts_outgoing
tests_unit_test_acts_outgoing_SOURCES = tests/unit/test_acts_outgoing.c $(ACTS_HOUSE)
tests_unit_test_acts_outgoing_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_acts_inbound
tests_unit_test_acts_inbound_SOURCES = tests/unit/test_acts_inbound.c $(ACTS_HOUSE)
tests_unit_test_acts_inbound_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_acts_response
tests_unit_test_acts_response_SOURCES = tests/unit/test_acts_response.c $(ACTS_HOUSE)
tests_unit_test_acts_response_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_pacing
tests_unit_test_pacing_SOURCES = tests/unit/test_pacing.c tests/unit/unit.h
tests_unit_test_pacing_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_bounce
tests_unit_test_bounce_SOURCES = tests/unit/test_bounce.c $(ACTS_HOUSE)
tests_unit_test_bounce_LDADD = $(CHECK_LDADD)

RESPONSE_SCENE = tests/unit/unit.h tests/unit/response_scene.c tests/unit/response_scene.h
check_PROGRAMS += tests/unit/test_response_thread
tests_unit_test_response_thread_SOURCES = tests/unit/test_response_thread.c $(RESPONSE_SCENE)
tests_unit_test_response_thread_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_respondent
tests_unit_test_response_respondent_SOURCES = tests/unit/test_response_respondent.c \
	$(RESPONSE_SCENE)
tests_unit_test_response_respondent_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_apportion
tests_unit_test_response_apportion_SOURCES = tests/unit/test_response_apportion.c \
	$(RESPONSE_SCENE)
tests_unit_test_response_apportion_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_links
tests_unit_test_response_links_SOURCES = tests/unit/test_response_links.c $(RESPONSE_SCENE)
tests_unit_test_response_links_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_campaign
tests_unit_test_response_campaign_SOURCES = tests/unit/test_response_campaign.c \
	$(RESPONSE_SCENE)
tests_unit_test_response_campaign_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_rule
tests_unit_test_response_rule_SOURCES = tests/unit/test_response_rule.c $(RESPONSE_SCENE)
tests_unit_test_response_rule_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_public_join tests/unit/test_public_self
tests_unit_test_public_join_SOURCES = tests/unit/test_public_join.c $(ACTS_HOUSE)
tests_unit_test_public_join_LDADD = $(CHECK_LDADD)
tests_unit_test_public_self_SOURCES = tests/unit/test_public_self.c $(ACTS_HOUSE)
tests_unit_test_public_self_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_acts_rights
tests_unit_test_acts_rights_SOURCES = tests/unit/test_acts_rights.c $(ACTS_HOUSE)
tests_unit_test_acts_rights_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_acts_session
tests_unit_test_acts_session_SOURCES = tests/unit/test_acts_session.c $(ACTS_HOUSE)
tests_unit_test_acts_session_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_acts_desk
tests_unit_test_acts_desk_SOURCES = tests/unit/test_acts_desk.c $(RESPONSE_SCENE)
tests_unit_test_acts_desk_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_acts_blind
tests_unit_test_acts_blind_SOURCES = tests/unit/test_acts_blind.c $(RESPONSE_SCENE)
tests_unit_test_acts_blind_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_acts_hits
tests_unit_test_acts_hits_SOURCES = tests/unit/test_acts_hits.c $(RESPONSE_SCENE)
tests_unit_test_acts_hits_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_desk_second
tests_unit_test_desk_second_SOURCES = tests/unit/test_desk_second.c $(RESPONSE_SCENE)
tests_unit_test_desk_second_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_acts_correspond
tests_unit_test_acts_correspond_SOURCES = tests/unit/test_acts_correspond.c $(ACTS_HOUSE)
tests_unit_test_acts_correspond_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_compose_acts
tests_unit_test_compose_acts_SOURCES = tests/unit/test_compose_acts.c $(ACTS_HOUSE)
tests_unit_test_compose_acts_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_person_acts
tests_unit_test_person_acts_SOURCES = tests/unit/test_person_acts.c $(ACTS_HOUSE)
tests_unit_test_person_acts_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_codeframe tests/unit/test_coding tests/unit/test_sample \
	tests/unit/test_analysis_code tests/unit/test_recode
check_PROGRAMS += tests/unit/test_figures
tests_unit_test_figures_SOURCES = tests/unit/test_figures.c tests/unit/figures_plain.c \
	tests/unit/figures_plain.h $(ACTS_HOUSE)
tests_unit_test_figures_LDADD = $(CHECK_LDADD)
tests_unit_test_analysis_code_SOURCES = tests/unit/test_analysis_code.c $(RESPONSE_SCENE)
tests_unit_test_analysis_code_LDADD = $(CHECK_LDADD)
tests_unit_test_codeframe_SOURCES = tests/unit/test_codeframe.c $(RESPONSE_SCENE)
tests_unit_test_codeframe_LDADD = $(CHECK_LDADD)
tests_unit_test_coding_SOURCES = tests/unit/test_coding.c $(RESPONSE_SCENE)
tests_unit_test_coding_LDADD = $(CHECK_LDADD)
tests_unit_test_sample_SOURCES = tests/unit/test_sample.c $(RESPONSE_SCENE)
tests_unit_test_sample_LDADD = $(CHECK_LDADD)
tests_unit_test_recode_SOURCES = tests/unit/test_recode.c $(RESPONSE_SCENE)
tests_unit_test_recode_LDADD = $(CHECK_LDADD)
