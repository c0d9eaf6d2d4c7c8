libmercat_a_SOURCES += \
	src/document/entity.c src/document/entity.h \
	src/document/css.c src/document/css.h \
	src/document/exif.c src/document/exif.h \
	src/document/from_html.c \
	src/document/html_plain.c src/document/html_plain.h \
	src/document/markup.c src/document/markup.h \
	src/document/model.c src/document/model.h \
	src/document/packed.c \
	src/document/printed.c \
	src/document/shown.c src/document/shown.h \
	src/document/unsaid.c src/document/unsaid.h

check_PROGRAMS += tests/unit/test_document
tests_unit_test_document_SOURCES = tests/unit/test_document.c tests/unit/unit.h
tests_unit_test_document_LDADD = $(CHECK_LDADD)
