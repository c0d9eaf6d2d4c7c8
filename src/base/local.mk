libmercat_a_SOURCES += \
	src/base/arena.c src/base/arena.h \
	src/base/attr.h \
	src/base/banned.h \
	src/base/buf.c src/base/buf.h \
	src/base/calendar.c src/base/calendar.h \
	src/base/clock.c src/base/clock.h \
	src/base/lock.c src/base/lock.h \
	src/base/err.c src/base/err.h \
	src/base/fd.c src/base/fd.h \
	src/base/utf8_cut.h \
	src/base/numeral.c src/base/numeral.h \
	src/base/log.c src/base/log.h \
	src/base/str.c src/base/str.h \
	src/base/str_sign.c \
	src/base/str_utf8.c

include $(srcdir)/src/base/codec/local.mk

check_PROGRAMS += tests/unit/test_base tests/unit/test_calendar tests/unit/test_json
tests_unit_test_base_SOURCES = tests/unit/test_base.c tests/unit/unit.h
tests_unit_test_base_LDADD = $(CHECK_LDADD)
tests_unit_test_json_SOURCES = tests/unit/test_json.c tests/unit/unit.h
tests_unit_test_json_LDADD = $(CHECK_LDADD)
tests_unit_test_calendar_SOURCES = tests/unit/test_calendar.c tests/unit/unit.h
tests_unit_test_calendar_LDADD = $(CHECK_LDADD)
