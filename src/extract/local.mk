libmercat_a_SOURCES += \
	src/extract/ask.c \
	src/extract/extract_private.h \
	src/extract/file_child.c src/extract/file_child.h \
	src/extract/extract.c src/extract/extract.h \
	src/extract/filled_in.c src/extract/filled_in.h \
	src/extract/look.c \
	src/extract/package.c src/extract/package.h \
	src/extract/page_picture.c src/extract/page_picture.h \
	src/extract/parts.c src/extract/parts.h \
	src/extract/picture_pdf.c src/extract/picture_pdf.h \
	src/extract/recognise.c src/extract/recognise.h

include $(srcdir)/src/extract/parsers/local.mk

noinst_PROGRAMS += tests/bench/mercat-extract
tests_bench_mercat_extract_SOURCES = tests/bench/extract.c
tests_bench_mercat_extract_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_extract_pdf
tests_unit_test_extract_pdf_SOURCES = tests/unit/test_extract_pdf.c tests/unit/unit.h
tests_unit_test_extract_pdf_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_recognise
tests_unit_test_recognise_SOURCES = tests/unit/test_recognise.c tests/unit/unit.h
tests_unit_test_recognise_LDADD = $(CHECK_LDADD)

check_SCRIPTS += tests/unit/extract_reads.sh tests/unit/extract_recognises.sh
EXTRA_DIST += tests/unit/extract_recognises.sh tests/unit/extract_recognises.py
EXTRA_DIST += tests/unit/extract_reads.sh tests/unit/extract_reads.py tests/unit/papers.py

check_PROGRAMS += tests/unit/test_picture_pdf
tests_unit_test_picture_pdf_SOURCES = tests/unit/test_picture_pdf.c tests/unit/unit.h
tests_unit_test_picture_pdf_LDADD = $(CHECK_LDADD)
