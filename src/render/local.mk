libmercat_a_SOURCES += \
	src/render/rendered.h src/render/rendering.c \
	src/render/outside.c src/render/outside.h \
	src/render/rendered_look.c src/render/rendered_look.h \
	src/render/pictures.c src/render/pictures.h \
	src/render/pdf_file.c \
	src/render/pdf_tags.c src/render/pdf_tags.h \
	src/render/docx_file.c \
	src/render/word_styles.c src/render/word_styles.h \
	src/render/xlsx_file.c \
	src/render/page_tables.c src/render/page_tables.h

check_PROGRAMS += tests/unit/test_render
tests_unit_test_render_SOURCES = tests/unit/test_render.c tests/unit/unit.h
tests_unit_test_render_LDADD = $(CHECK_LDADD)
