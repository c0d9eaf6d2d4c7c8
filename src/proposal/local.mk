libmercat_a_SOURCES += \
	src/proposal/disclosure.c src/proposal/disclosure.h \
	src/proposal/disclosure_words.c \
	src/proposal/features.c src/proposal/features.h \
	src/proposal/learned.c src/proposal/learned.h src/proposal/learned_pack.c \
	src/proposal/mail_look.c src/proposal/mail_look.h \
	src/proposal/pattern.c src/proposal/pattern.h \
	src/proposal/proposal.c src/proposal/proposal.h \
	src/proposal/proposal_names.c \
	src/proposal/sentence_role.c src/proposal/sentence_role.h src/proposal/role_words.c \
	src/proposal/speech.c src/proposal/speech.h \
	src/proposal/speech_words.c \
	src/proposal/token.c src/proposal/token.h src/proposal/token_words.c \
	src/proposal/train.c

# What is learned from the examples is made by a program of the build, which cannot have it.
EXAMPLES = src/proposal/examples/mails.txt src/proposal/examples/sentences.txt \
	src/proposal/examples/topics.txt
EXTRA_DIST += $(EXAMPLES)
noinst_PROGRAMS += tools/teach
tools_teach_SOURCES = tools/teach.c
tools_teach_LDADD = libmercat.a $(LIBRARIES_LDADD)
nodist_libmercat_learned_a_SOURCES += src/proposal/learned_tables.c
CLEANFILES += src/proposal/learned_tables.c
src/proposal/learned_tables.c: $(EXAMPLES) tools/teach$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) src/proposal && \
		tools/teach$(EXEEXT) $(EXAMPLES:%=$(srcdir)/%) >$@.new && mv $@.new $@

check_PROGRAMS += tests/unit/test_proposal
tests_unit_test_proposal_SOURCES = tests/unit/test_proposal.c tests/unit/proposals.h \
	tests/unit/unit.h
tests_unit_test_proposal_LDADD = $(CHECK_LDADD)
EXTRA_DIST += tests/unit/mails/proposals.txt

check_PROGRAMS += tests/unit/test_proposal_apart
tests_unit_test_proposal_apart_SOURCES = tests/unit/test_proposal_apart.c \
	tests/unit/proposals.h tests/unit/unit.h
tests_unit_test_proposal_apart_LDADD = $(CHECK_LDADD)
EXTRA_DIST += tests/unit/mails/proposals_apart.txt tests/unit/mails/proposals_third.txt

check_SCRIPTS += tests/unit/teach.sh
EXTRA_DIST += tests/unit/teach.sh

check_PROGRAMS += tests/unit/test_pattern
tests_unit_test_pattern_SOURCES = tests/unit/test_pattern.c tests/unit/unit.h
tests_unit_test_pattern_LDADD = $(CHECK_LDADD)
