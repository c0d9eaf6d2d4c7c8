libmercat_a_SOURCES += \
	src/consent/consent.c src/consent/consent.h \
	src/consent/doubt.c src/consent/doubt.h \
	src/consent/answered_mail.c src/consent/answered_mail.h \
	src/consent/machine.c src/consent/machine.h \
	src/consent/no.c src/consent/no.h \
	src/consent/question.c src/consent/question.h \
	src/consent/quote.c src/consent/quote.h \
	src/consent/stay.c src/consent/stay.h \
	src/consent/subject.c \
	src/consent/tokens.c src/consent/tokens.h \
	src/consent/yes.c src/consent/yes.h \
	src/consent/yes_words.c src/consent/yes_words.h

check_PROGRAMS += tests/unit/test_consent
tests_unit_test_consent_SOURCES = tests/unit/test_consent.c tests/unit/consent_words.h \
	tests/unit/consent_around.h \
	tests/unit/unit.h
tests_unit_test_consent_LDADD = $(CHECK_LDADD)
