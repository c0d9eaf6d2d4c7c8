libmercat_a_SOURCES += \
	src/reader/mail_child.c src/reader/mail_child.h \
	src/reader/inspect.c src/reader/inspect.h \
	src/reader/inspect_json.c \
	src/reader/fork_server.c src/reader/fork_server.h \
	src/reader/reader.c src/reader/reader.h \
	src/reader/seen.c src/reader/seen.h \
	src/reader/wire.c src/reader/wire.h

noinst_PROGRAMS += tests/bench/mercat-inspect tests/bench/mercat-reply
tests_bench_mercat_reply_SOURCES = tests/bench/reply.c
tests_bench_mercat_inspect_SOURCES = tests/bench/inspect.c

check_PROGRAMS += tests/unit/test_reader
tests_unit_test_reader_SOURCES = tests/unit/test_reader.c tests/unit/unit.h
tests_unit_test_reader_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_fork_server
tests_unit_test_fork_server_SOURCES = tests/unit/test_fork_server.c tests/unit/unit.h
tests_unit_test_fork_server_LDADD = $(CHECK_LDADD)

check_SCRIPTS += tests/unit/test_corpus.sh
EXTRA_DIST += tests/unit/test_corpus.sh tests/unit/corpus.py

check_SCRIPTS += tests/unit/batch.sh
EXTRA_DIST += tests/unit/batch.sh tests/unit/batch.py
