libmercat_a_SOURCES += \
	src/staff/outcome/page_report_back.c \
	src/staff/outcome/report_back_show.c \
	src/staff/outcome/report_back_show.h
