libmercat_a_SOURCES += \
	src/staff/bulletins/approval_show.c src/staff/bulletins/approval_show.h \
	src/staff/bulletins/bulletin_show.c src/staff/bulletins/bulletin_show.h \
	src/staff/bulletins/editor_form.c src/staff/bulletins/editor_form.h \
	src/staff/bulletins/page_approval.c \
	src/staff/bulletins/page_bulletin.c \
	src/staff/bulletins/page_bulletin_sure.c \
	src/staff/bulletins/page_bulletins.c \
	src/staff/bulletins/page_calendar.c \
	src/staff/bulletins/page_editor.c \
	src/staff/bulletins/page_preview.c \
	src/staff/bulletins/page_report.c \
	src/staff/bulletins/page_send.c \
	src/staff/bulletins/report_show.h \
	src/staff/bulletins/version_show.c src/staff/bulletins/version_show.h
