libmercat_a_SOURCES += src/sandbox/sandbox.c src/sandbox/sandbox.h \
	src/sandbox/calls.c src/sandbox/calls.h

check_PROGRAMS += tests/unit/test_sandbox
tests_unit_test_sandbox_SOURCES = tests/unit/test_sandbox.c tests/unit/unit.h
tests_unit_test_sandbox_LDADD = $(CHECK_LDADD)
