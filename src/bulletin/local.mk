libmercat_a_SOURCES += \
	src/bulletin/check_findings.c \
	src/bulletin/check.c src/bulletin/check.h src/bulletin/check_private.h \
	src/bulletin/check_links.c src/bulletin/check_mail.c \
	src/bulletin/check_parts.c src/bulletin/check_words.c \
	src/bulletin/image.c src/bulletin/image.h \
	src/bulletin/image_plain.c src/bulletin/image_plain.h \
	src/bulletin/reuse.c src/bulletin/reuse.h \
	src/bulletin/draft.c src/bulletin/draft.h \
	src/bulletin/front.c src/bulletin/front.h \
	src/bulletin/render.c src/bulletin/render.h \
	src/bulletin/source.c src/bulletin/source.h \
	src/bulletin/version_diff.c src/bulletin/version_diff.h

check_PROGRAMS += tests/unit/test_bulletin
tests_unit_test_bulletin_SOURCES = tests/unit/test_bulletin.c tests/unit/unit.h
tests_unit_test_bulletin_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_check
tests_unit_test_check_SOURCES = tests/unit/test_check.c tests/unit/unit.h
tests_unit_test_check_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_image_plain
tests_unit_test_image_plain_SOURCES = tests/unit/test_image_plain.c tests/unit/unit.h
tests_unit_test_image_plain_LDADD = $(CHECK_LDADD)
