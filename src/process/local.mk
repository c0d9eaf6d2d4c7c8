libmercat_a_SOURCES += \
	src/process/child.c src/process/child.h \
	src/process/follow.c src/process/follow.h \
	src/process/in_hand.c src/process/in_hand.h \
	src/process/listen.c src/process/listen.h \
	src/process/loop.c src/process/loop.h \
	src/process/restart.c src/process/restart.h \
	src/process/secrets.c src/process/secrets.h \
	src/process/service.c src/process/service.h \
	src/process/access_token.c src/process/access_token.h

check_PROGRAMS += tests/unit/test_token tests/unit/test_restart \
	tests/unit/test_in_hand tests/unit/test_listen tests/unit/test_follow \
	tests/unit/test_service
tests_unit_test_service_SOURCES = tests/unit/test_service.c tests/unit/unit.h
tests_unit_test_service_LDADD = $(CHECK_LDADD)
tests_unit_test_follow_SOURCES = tests/unit/test_follow.c tests/unit/unit.h
tests_unit_test_follow_LDADD = $(CHECK_LDADD)
tests_unit_test_token_SOURCES = tests/unit/test_token.c tests/unit/unit.h
tests_unit_test_token_LDADD = $(CHECK_LDADD)
tests_unit_test_in_hand_SOURCES = tests/unit/test_in_hand.c tests/unit/unit.h
tests_unit_test_in_hand_LDADD = $(CHECK_LDADD)
tests_unit_test_listen_SOURCES = tests/unit/test_listen.c tests/unit/unit.h
tests_unit_test_listen_LDADD = $(CHECK_LDADD)
tests_unit_test_restart_SOURCES = tests/unit/test_restart.c tests/unit/unit.h
tests_unit_test_restart_LDADD = $(CHECK_LDADD)
