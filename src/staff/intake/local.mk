libmercat_a_SOURCES += \
	src/staff/intake/entry_form.c src/staff/intake/entry_form.h \
	src/staff/intake/page_entry.c \
	src/staff/intake/page_flags.c \
	src/staff/intake/page_scan.c \
	src/staff/intake/page_unsorted.c \
	src/staff/intake/page_unsorted_write.c
