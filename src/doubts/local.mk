libmercat_a_SOURCES += \
	src/doubts/alike.c src/doubts/alike.h \
	src/doubts/doubts.c src/doubts/doubts.h \
	src/doubts/foreign.c src/doubts/foreign.h \
	src/doubts/foreign_words.c \
	src/doubts/lexicon.c src/doubts/lexicon.h \
	src/doubts/lexicon_words.c \
	src/doubts/personal.c src/doubts/personal.h \
	src/doubts/rules.h \
	src/doubts/rules_fear.c \
	src/doubts/rules_known.c \
	src/doubts/rules_limits.c \
	src/doubts/rules_taken.c \
	src/doubts/rules_voice.c \
	src/doubts/spoken.c src/doubts/spoken.h \
	src/doubts/spoken_words.c \
	src/doubts/weighed.c src/doubts/weighed.h \
	src/doubts/word_index.c src/doubts/word_index.h

# What is learned from the examples is made by a program of the build, which cannot have it.
DOUBTS_EXAMPLES = src/doubts/examples/beside.txt src/doubts/examples/answers.txt \
	src/doubts/examples/handled.txt src/doubts/examples/parts.txt
EXTRA_DIST += $(DOUBTS_EXAMPLES)
noinst_PROGRAMS += tools/weigh
tools_weigh_SOURCES = tools/weigh.c tools/weigh_parts.c tools/weigh_parts.h
tools_weigh_LDADD = libmercat.a $(LIBRARIES_LDADD)
nodist_libmercat_learned_a_SOURCES += src/doubts/weighed_tables.c
CLEANFILES += src/doubts/weighed_tables.c
src/doubts/weighed_tables.c: $(DOUBTS_EXAMPLES) tools/weigh$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) src/doubts && \
		tools/weigh$(EXEEXT) $(DOUBTS_EXAMPLES:%=$(srcdir)/%) >$@.new && mv $@.new $@

check_PROGRAMS += tests/unit/test_permission
tests_unit_test_permission_SOURCES = tests/unit/test_permission.c tests/unit/form_made.c \
	tests/unit/form_made_mail.c tests/unit/form_made_read.c tests/unit/form_made.h \
	tests/unit/unit.h
tests_unit_test_permission_LDADD = $(CHECK_LDADD)
EXTRA_DIST += tests/unit/mails/permission_signs.txt tests/unit/mails/permission_measured.txt \
	tests/unit/mails/permission_notes.txt \
	tests/unit/mails/permission_doubts.txt tests/unit/mails/permission_plain.txt \
	tests/unit/mails/permission_doubts_apart.txt tests/unit/mails/permission_plain_apart.txt
