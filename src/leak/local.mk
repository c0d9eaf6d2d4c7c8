libmercat_a_SOURCES += \
	src/leak/contacts.c src/leak/contacts.h \
	src/leak/fold.c src/leak/fold.h \
	src/leak/letters.c src/leak/letters.h \
	src/leak/name_words.c src/leak/name_words.h \
	src/leak/names.c src/leak/names.h \
	src/leak/passages.c src/leak/passages.h

check_PROGRAMS += tests/unit/test_leak
tests_unit_test_leak_SOURCES = tests/unit/test_leak.c tests/unit/unit.h
tests_unit_test_leak_LDADD = $(CHECK_LDADD)
