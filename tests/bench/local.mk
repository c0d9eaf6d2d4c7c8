# make bench: not built by default, and no test of anything but speed.
EXTRA_PROGRAMS += tests/bench/bin/bench_smtp tests/bench/bin/delay_sink
tests_bench_bin_bench_smtp_SOURCES = tests/bench/bench.h tests/bench/bench_curl.c \
	tests/bench/bench_pool.c tests/bench/bench_smtp.c
tests_bench_bin_delay_sink_SOURCES = tests/bench/delay_sink.c

EXTRA_DIST += tests/bench/ledger.py tests/bench/length.py
EXTRA_PROGRAMS += tests/bench/bin/bench_campaign
tests_bench_bin_bench_campaign_SOURCES = tests/bench/campaign_copies.c

.PHONY: bench bench-campaign
bench-campaign: tests/bench/bin/bench_campaign$(EXEEXT)
	tests/bench/bin/bench_campaign $(BENCH_ARGS)
CLEANFILES += tests/bench/bin/bench_campaign$(EXEEXT)
bench: tests/bench/bin/bench_smtp$(EXEEXT) tests/bench/bin/delay_sink$(EXEEXT) \
		mercat$(EXEEXT) mercatd$(EXEEXT)
	tests/bench/bin/bench_smtp $(BENCH_ARGS)
	MERCAT_BUILDDIR='$(abs_builddir)' MERCAT_SRCDIR='$(abs_srcdir)' \
		/usr/bin/python3 $(srcdir)/tests/bench/ledger.py $(BENCH_LEDGER_ARGS)
CLEANFILES += tests/bench/bin/bench_smtp$(EXEEXT) tests/bench/bin/delay_sink$(EXEEXT)

# Reading: a Dovecot full of mail into the store, beside others who do that.
EXTRA_PROGRAMS += tests/bench/bin/bare_reader
tests_bench_bin_bare_reader_SOURCES = tests/bench/bare_reader.c
EXTRA_DIST += tests/bench/mails.py tests/bench/reading.py
.PHONY: bench-reading
bench: bench-reading
bench-reading: tests/bench/bin/bare_reader$(EXEEXT) mercat$(EXEEXT) mercatd$(EXEEXT)
	MERCAT_BUILDDIR='$(abs_builddir)' MERCAT_SRCDIR='$(abs_srcdir)' \
		/usr/bin/python3 $(srcdir)/tests/bench/reading.py $(BENCH_READING_ARGS)
CLEANFILES += tests/bench/bin/bare_reader$(EXEEXT)
EXTRA_PROGRAMS += tests/bench/bin/bench_staff
tests_bench_bin_bench_staff_SOURCES = tests/bench/staff.c
EXTRA_DIST += tests/bench/report.py tests/bench/staff.py tests/bench/staff_pages.py tests/bench/staff_rich.py
.PHONY: bench-staff bench-staff-pages
bench: bench-staff-pages
bench-staff-pages: mercat$(EXEEXT) mercatd$(EXEEXT)
	MERCAT_BUILDDIR='$(abs_builddir)' MERCAT_SRCDIR='$(abs_srcdir)' \
		/usr/bin/python3 $(srcdir)/tests/bench/staff_pages.py $(BENCH_DESK_ARGS)
bench-staff: tests/bench/bin/bench_staff$(EXEEXT) mercat$(EXEEXT)
	MERCAT_BUILDDIR='$(abs_builddir)' MERCAT_SRCDIR='$(abs_srcdir)' \
		/usr/bin/python3 $(srcdir)/tests/bench/staff.py $(BENCH_ARGS)
CLEANFILES += tests/bench/bin/bench_staff$(EXEEXT)

# Pages: beside nginx serving files of the same size.
EXTRA_DIST += tests/bench/pages.py
.PHONY: bench-pages
bench: bench-pages
bench-pages: mercat$(EXEEXT) mercatd$(EXEEXT)
	MERCAT_BUILDDIR='$(abs_builddir)' MERCAT_SRCDIR='$(abs_srcdir)' \
		/usr/bin/python3 $(srcdir)/tests/bench/pages.py $(BENCH_PAGES_ARGS)
