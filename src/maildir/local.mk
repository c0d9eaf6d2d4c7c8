libmercat_a_SOURCES += \
	src/maildir/deliver.c \
	src/maildir/maildir.h src/maildir/maildir_private.h \
	src/maildir/open.c \
	src/maildir/read.c

check_PROGRAMS += tests/unit/test_maildir
tests_unit_test_maildir_SOURCES = tests/unit/test_maildir.c tests/unit/unit.h
tests_unit_test_maildir_LDADD = $(CHECK_LDADD)
