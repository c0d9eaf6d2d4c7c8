libmercat_a_SOURCES += \
	src/web/assets_answer.c \
	src/web/answer.c \
	src/web/assets.c \
	src/web/fields.c \
	src/web/web_private.h \
	src/web/limit.c src/web/limit.h \
	src/web/request.c \
	src/web/route.c \
	src/web/server.c \
	src/web/watch.c \
	src/web/web.h \
	src/web/work.c

check_PROGRAMS += tests/unit/test_web
tests_unit_test_web_SOURCES = tests/unit/test_web.c tests/unit/domain_house.c \
	tests/unit/stage.c tests/unit/ready.c tests/unit/domain_house.h tests/unit/stage.h \
	tests/unit/unit.h
tests_unit_test_web_LDADD = $(CHECK_LDADD)
