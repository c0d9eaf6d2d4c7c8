libmercat_a_SOURCES += \
	src/reader/child.c src/reader/child.h \
	src/reader/inspect.c src/reader/inspect.h \
	src/reader/json.c \
	src/reader/reader.c src/reader/reader.h \
	src/reader/wire.c src/reader/wire.h

noinst_PROGRAMS += tests/bench/mercat-inspect
tests_bench_mercat_inspect_SOURCES = tests/bench/inspect.c

check_PROGRAMS += tests/unit/test_reader
tests_unit_test_reader_SOURCES = tests/unit/test_reader.c tests/unit/unit.h
tests_unit_test_reader_LDADD = $(CHECK_LDADD)
