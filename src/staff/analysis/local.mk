libmercat_a_SOURCES += \
	src/staff/analysis/page_analysis.c \
	src/staff/analysis/page_analysis_edition.c \
	src/staff/analysis/page_report_settle.c src/staff/analysis/leaks_show.h \
	src/staff/analysis/page_analysis_report.c
