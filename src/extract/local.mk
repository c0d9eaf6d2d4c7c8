libmercat_a_SOURCES += \
	src/extract/child.c src/extract/child.h \
	src/extract/document.c src/extract/document.h \
	src/extract/extract.c src/extract/extract.h \
	src/extract/kind.c src/extract/kind.h \
	src/extract/lines.c src/extract/lines.h \
	src/extract/look.c \
	src/extract/odf.c \
	src/extract/office.c \
	src/extract/rtf.c \
	src/extract/sheet.c \
	src/extract/xml.c src/extract/xml.h \
	src/extract/zip.c

noinst_PROGRAMS += tests/bench/mercat-extract
tests_bench_mercat_extract_SOURCES = tests/bench/extract.c
