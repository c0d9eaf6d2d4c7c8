libmercat_a_SOURCES += \
	src/mx/mx.c src/mx/mx.h \
	src/mx/txt.c src/mx/txt.h

check_PROGRAMS += tests/unit/test_mx
tests_unit_test_mx_SOURCES = tests/unit/test_mx.c tests/unit/unit.h
tests_unit_test_mx_LDADD = $(CHECK_LDADD)
EXTRA_DIST += tests/faults/dns_server.py
