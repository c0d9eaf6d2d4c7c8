libmercat_a_SOURCES += \
	src/imap/begin.c \
	src/imap/act.c \
	src/imap/cursor.c src/imap/cursor.h \
	src/imap/dial.c \
	src/imap/fetch.c \
	src/imap/answer_filter.c src/imap/answer_filter.h \
	src/imap/imap.h \
	src/imap/mailbox_list.c \
	src/imap/login.c \
	src/imap/mailbox_session.c src/imap/mailbox_session.h \
	src/imap/wait.c \
	src/imap/stream.c src/imap/stream.h

check_PROGRAMS += tests/unit/test_imap tests/unit/test_imap_faults \
	tests/unit/test_imap_dovecot
tests_unit_test_imap_dovecot_SOURCES = tests/unit/test_imap_dovecot.c tests/unit/imap_peer.h \
	tests/unit/unit.h
tests_unit_test_imap_dovecot_LDADD = $(CHECK_LDADD)
tests_unit_test_imap_SOURCES = tests/unit/test_imap.c tests/unit/unit.h
tests_unit_test_imap_LDADD = $(CHECK_LDADD)
tests_unit_test_imap_faults_SOURCES = tests/unit/test_imap_faults.c tests/unit/imap_peer.h \
	tests/unit/unit.h
tests_unit_test_imap_faults_LDADD = $(CHECK_LDADD)
EXTRA_DIST += tests/faults/imap_server.py tests/servers/dovecot.py

EXTRA_PROGRAMS += tests/bench/imap_fetch
tests_bench_imap_fetch_SOURCES = tests/bench/imap_fetch.c
EXTRA_DIST += tests/bench/imap_fetch.py
