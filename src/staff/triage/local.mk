libmercat_a_SOURCES += \
	src/staff/triage/code_show.c src/staff/triage/code_show.h \
	src/staff/triage/filter.c src/staff/triage/filter.h \
	src/staff/triage/flag_show.c src/staff/triage/flag_show.h \
	src/staff/triage/hit_show.c src/staff/triage/hit_show.h \
	src/staff/triage/original.c src/staff/triage/original.h \
	src/staff/triage/response_values.c src/staff/triage/response_values.h \
	src/staff/triage/scan_show.c src/staff/triage/scan_show.h \
	src/staff/triage/triage.c src/staff/triage/triage.h
