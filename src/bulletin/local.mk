libmercat_a_SOURCES += \
	src/bulletin/front.c src/bulletin/front.h \
	src/bulletin/render.c src/bulletin/render.h \
	src/bulletin/source.c src/bulletin/source.h

check_PROGRAMS += tests/unit/test_bulletin
tests_unit_test_bulletin_SOURCES = tests/unit/test_bulletin.c tests/unit/unit.h
tests_unit_test_bulletin_LDADD = $(CHECK_LDADD)
