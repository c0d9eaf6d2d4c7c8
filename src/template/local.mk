libmercat_a_SOURCES += \
	src/template/library.c \
	src/template/parse.c \
	src/template/render_template.c src/template/translated.c \
	src/template/template.h \
	src/template/tree.h \
	src/template/value.c src/template/value.h

check_PROGRAMS += tests/unit/test_template
tests_unit_test_template_SOURCES = tests/unit/test_template.c tests/unit/unit.h
tests_unit_test_template_LDADD = $(CHECK_LDADD)
