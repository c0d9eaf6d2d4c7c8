libmercat_a_SOURCES += \
	src/text/charset.c src/text/charset.h \
	src/text/html.c src/text/html.h

check_PROGRAMS += tests/unit/test_text_mail
tests_unit_test_text_mail_SOURCES = tests/unit/test_text_mail.c tests/unit/unit.h
tests_unit_test_text_mail_LDADD = $(CHECK_LDADD)
