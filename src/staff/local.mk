libmercat_a_SOURCES += \
	src/staff/before.c \
	src/staff/code_pages.h \
	src/staff/code_show.c src/staff/code_show.h \
	src/staff/staff.h \
	src/staff/consultation_show.c src/staff/consultation_show.h \
	src/staff/filter.c src/staff/filter.h \
	src/staff/flag_show.c src/staff/flag_show.h \
	src/staff/page_flags.c \
	src/staff/form_marks.c \
	src/staff/forms.c src/staff/forms.h src/staff/form_seen.c src/staff/form_seen.h \
	src/staff/moved.c \
	src/staff/navigation.c \
	src/staff/hit_show.c src/staff/hit_show.h \
	src/staff/staff_private.h \
	src/staff/original.c src/staff/original.h \
	src/staff/approval_show.c src/staff/approval_show.h \
	src/staff/page_approval.c \
	src/staff/page_audit.c \
	src/staff/page_bulk.c \
	src/staff/page_calendar.c \
	src/staff/page_code.c \
	src/staff/page_coding.c \
	src/staff/page_door.c \
	src/staff/editor_form.c src/staff/editor_form.h \
	src/staff/page_editor.c \
	src/staff/page_preview.c \
	src/staff/version_show.c src/staff/version_show.h \
	src/staff/entry_form.c src/staff/entry_form.h \
	src/staff/page_entry.c \
	src/staff/page_scan.c src/staff/scan_show.h \
	src/staff/page_unsorted_write.c \
	src/staff/page_analysis.c \
	src/staff/page_analysis_report.c src/staff/page_analysis_edition.c \
	src/staff/page_files.c \
	src/staff/page_needs.c \
	src/staff/page_health.c \
	src/staff/page_code_frame.c \
	src/staff/page_import.c src/staff/page_import_result.c \
	src/staff/import_form.c src/staff/import_form.h \
	src/staff/page_reply_text.c \
	src/staff/page_consultations.c \
	src/staff/page_consultation_settings.c \
	src/staff/page_list.c \
	src/staff/page_list_settings.c \
	src/staff/page_topic.c \
	src/staff/page_report.c \
	src/staff/report_show.h \
	src/staff/page_subscriber.c \
	src/staff/page_subscribers.c \
	src/staff/subscriber_show.h \
	src/staff/page_queue.c \
	src/staff/page_responses.c \
	src/staff/page_response.c \
	src/staff/page_response_change.c \
	src/staff/page_response_code.c \
	src/staff/page_returns.c \
	src/staff/page_sample.c \
	src/staff/page_send.c \
	src/staff/page_bulletin_sure.c \
	src/staff/page_accounts.c \
	src/staff/page_unsorted.c \
	src/staff/page_bulletin.c \
	src/staff/page_bulletins.c \
	src/staff/pages.h \
	src/staff/paths.c src/staff/paths.h \
	src/staff/response_values.c src/staff/response_values.h \
	src/staff/staff_routes.c \
	src/staff/triage.c src/staff/triage.h \
	src/staff/bulletin_show.c \
	src/staff/bulletin_show.h \
	src/staff/words.c src/staff/words.h
