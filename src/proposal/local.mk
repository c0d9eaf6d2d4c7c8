libmercat_a_SOURCES += \
	src/proposal/disclosure.c \
	src/proposal/proposal.c src/proposal/proposal.h \
	src/proposal/proposal_names.c \
	src/proposal/speech.c src/proposal/speech.h \
	src/proposal/speech_words.c

check_PROGRAMS += tests/unit/test_proposal
tests_unit_test_proposal_SOURCES = tests/unit/test_proposal.c tests/unit/unit.h
tests_unit_test_proposal_LDADD = $(CHECK_LDADD)
EXTRA_DIST += tests/unit/mails/proposals.txt
