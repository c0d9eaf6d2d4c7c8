# Every parser of what comes from outside, under any bytes: a while by libFuzzer with
# "make fuzz", a little in each "make check". tests/fuzz/fuzz.h says how to add a target.
FUZZ_SOURCES = \
	tests/fuzz/fuzz.c tests/fuzz/fuzz.h tests/fuzz/targets.h \
	tests/fuzz/address.c \
	tests/fuzz/bulletin.c \
	tests/fuzz/charset.c \
	tests/fuzz/classify.c \
	tests/fuzz/csv.c \
	tests/fuzz/decode.c \
	tests/fuzz/dns.c \
	tests/fuzz/document.c \
	tests/fuzz/files.c \
	tests/fuzz/form.c \
	tests/fuzz/header.c \
	tests/fuzz/html.c \
	tests/fuzz/image.c \
	tests/fuzz/imap_line.c \
	tests/fuzz/imap_session.c \
	tests/fuzz/letter.c \
	tests/fuzz/mail.c \
	tests/fuzz/markdown.c \
	tests/fuzz/markup.c tests/fuzz/markup.h \
	tests/fuzz/office.c \
	tests/fuzz/ownform.c \
	tests/fuzz/report.c \
	tests/fuzz/request.c \
	tests/fuzz/roster.c \
	tests/fuzz/settings.c \
	tests/fuzz/smtp_reply.c \
	tests/fuzz/smtp_wire.c \
	tests/fuzz/template.c \
	tests/fuzz/value.c \
	tests/fuzz/wire.c
EXTRA_DIST += tests/fuzz/run.py tests/fuzz/seeds.py

check_PROGRAMS += tests/fuzz/fuzz_replay
tests_fuzz_fuzz_replay_SOURCES = tests/fuzz/replay.c $(FUZZ_SOURCES)
tests_fuzz_fuzz_replay_LDADD = $(CHECK_LDADD)
EXTRA_tests_fuzz_fuzz_replay_DEPENDENCIES = tests/fuzz/seeds/made

tests/fuzz/seeds/made: $(srcdir)/tests/fuzz/seeds.py $(srcdir)/tests/unit/papers.py
	$(AM_V_GEN)rm -rf tests/fuzz/seeds && $(MKDIR_P) tests/fuzz/seeds && \
		$${PYTHON:-/usr/bin/python3} -B $(srcdir)/tests/fuzz/seeds.py tests/fuzz/seeds && \
		echo made >$@

# The door of libFuzzer; only in the build that run.py makes for it.
EXTRA_PROGRAMS += tests/fuzz/fuzz_engine
tests_fuzz_fuzz_engine_SOURCES = tests/fuzz/engine.c $(FUZZ_SOURCES)
tests_fuzz_fuzz_engine_LDADD = $(CHECK_LDADD)
tests_fuzz_fuzz_engine_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer

.PHONY: fuzz fuzz-programs
fuzz-programs: $(BUILT_SOURCES)
	$(MAKE) $(AM_MAKEFLAGS) tests/fuzz/fuzz_engine$(EXEEXT) tests/fuzz/fuzz_replay$(EXEEXT)

FUZZ_S = 600
fuzz:
	$${PYTHON:-/usr/bin/python3} -B $(srcdir)/tests/fuzz/run.py --seconds $(FUZZ_S) \
		'$(abs_srcdir)' '$(abs_builddir)/fuzz' $(FUZZ_TARGETS)

CLEANFILES += tests/fuzz/fuzz_engine$(EXEEXT)
clean-local:
	rm -rf tests/fuzz/seeds tests/fuzz/found fuzz
