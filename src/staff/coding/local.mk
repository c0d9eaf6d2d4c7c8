libmercat_a_SOURCES += \
	src/staff/coding/code_pages.c src/staff/coding/code_pages.h \
	src/staff/coding/page_code.c \
	src/staff/coding/page_code_frame.c \
	src/staff/coding/page_coding.c \
	src/staff/coding/page_response_code.c \
	src/staff/coding/page_sample.c
