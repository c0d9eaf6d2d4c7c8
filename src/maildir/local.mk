libmercat_a_SOURCES += \
	src/maildir/put.c \
	src/maildir/maildir.h src/maildir/maildir_private.h \
	src/maildir/mbox.c src/maildir/mbox.h \
	src/maildir/open_folder.c \
	src/maildir/read_folder.c

check_PROGRAMS += tests/unit/test_maildir
tests_unit_test_maildir_SOURCES = tests/unit/test_maildir.c tests/unit/unit.h
tests_unit_test_maildir_LDADD = $(CHECK_LDADD)
