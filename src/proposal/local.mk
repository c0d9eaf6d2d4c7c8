libmercat_a_SOURCES += \
	src/proposal/disclosure.c src/proposal/disclosure.h \
	src/proposal/disclosure_words.c \
	src/proposal/look.c src/proposal/look.h \
	src/proposal/proposal.c src/proposal/proposal.h \
	src/proposal/proposal_names.c \
	src/proposal/sentence_role.c src/proposal/sentence_role.h src/proposal/role_words.c \
	src/proposal/speech.c src/proposal/speech.h \
	src/proposal/speech_words.c \
	src/proposal/token.c src/proposal/token.h src/proposal/token_words.c

check_PROGRAMS += tests/unit/test_proposal
tests_unit_test_proposal_SOURCES = tests/unit/test_proposal.c tests/unit/proposals.h \
	tests/unit/unit.h
tests_unit_test_proposal_LDADD = $(CHECK_LDADD)
EXTRA_DIST += tests/unit/mails/proposals.txt

check_PROGRAMS += tests/unit/test_proposal_apart
tests_unit_test_proposal_apart_SOURCES = tests/unit/test_proposal_apart.c \
	tests/unit/proposals.h tests/unit/unit.h
tests_unit_test_proposal_apart_LDADD = $(CHECK_LDADD)
EXTRA_DIST += tests/unit/mails/proposals_apart.txt
