libmercat_a_SOURCES += \
	src/staff/responses/consultation_show.c src/staff/responses/consultation_show.h \
	src/staff/responses/page_bulk.c \
	src/staff/responses/page_consultation_settings.c \
	src/staff/responses/page_consultations.c \
	src/staff/responses/page_files.c \
	src/staff/responses/page_queue.c \
	src/staff/responses/page_reply_text.c \
	src/staff/responses/page_response.c \
	src/staff/responses/page_response_change.c \
	src/staff/responses/page_response_move.c src/staff/responses/response_moved.h \
	src/staff/responses/page_responses.c
