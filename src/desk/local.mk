libmercat_a_SOURCES += \
	src/desk/before.c \
	src/desk/code_pages.h \
	src/desk/code_show.c src/desk/code_show.h \
	src/desk/desk.h \
	src/desk/filter.c src/desk/filter.h \
	src/desk/frame.c \
	src/desk/hit_show.c src/desk/hit_show.h \
	src/desk/inside.h \
	src/desk/original.c src/desk/original.h \
	src/desk/page_audit.c \
	src/desk/page_bulk.c \
	src/desk/page_calendar.c \
	src/desk/page_code.c \
	src/desk/page_coding.c \
	src/desk/page_door.c \
	src/desk/page_editor.c \
	src/desk/page_figures.c \
	src/desk/page_files.c \
	src/desk/page_frame.c \
	src/desk/page_import.c \
	src/desk/page_letter.c \
	src/desk/page_list.c \
	src/desk/page_people.c \
	src/desk/page_queue.c \
	src/desk/page_replies.c \
	src/desk/page_reply.c \
	src/desk/page_reply_acts.c \
	src/desk/page_reply_code.c \
	src/desk/page_returns.c \
	src/desk/page_sample.c \
	src/desk/page_send.c \
	src/desk/page_staff.c \
	src/desk/page_unsorted.c \
	src/desk/page_update.c \
	src/desk/page_updates.c \
	src/desk/pages.h \
	src/desk/reply_show.c src/desk/reply_show.h \
	src/desk/routes.c \
	src/desk/triage.c src/desk/triage.h \
	src/desk/update.c \
	src/desk/update.h \
	src/desk/words.c src/desk/words.h
