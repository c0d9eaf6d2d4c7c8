libmercat_a_SOURCES += \
	src/ownform/ownform.h src/ownform/ownform_private.h \
	src/ownform/ownform_answers.c \
	src/ownform/ownform_details.c \
	src/ownform/ownform_docx.c \
	src/ownform/ownform_layout.c \
	src/ownform/ownform_match.c \
	src/ownform/ownform_odt.c \
	src/ownform/ownform_xml.c \
	src/ownform/ownform_pick.c \
	src/ownform/ownform_plain.c \
	src/ownform/ownform_read.c \
	src/ownform/ownform_text.c

check_PROGRAMS += tests/unit/test_ownform
tests_unit_test_ownform_SOURCES = tests/unit/test_ownform.c tests/unit/ownform_made.c \
	tests/unit/ownform_made.h tests/unit/unit.h
tests_unit_test_ownform_LDADD = $(CHECK_LDADD)
EXTRA_DIST += tests/unit/forms/opendocument.docx tests/unit/forms/opendocument.odt \
	tests/unit/forms/word.docx tests/unit/forms/word.odt
