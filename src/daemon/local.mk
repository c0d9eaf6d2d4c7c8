libmercat_a_SOURCES += \
	src/daemon/role_turns.c \
	src/daemon/deliver_settle.c \
	src/daemon/child.c src/daemon/child.h \
	src/daemon/collect_maildir.c \
	src/daemon/deliver.c src/daemon/deliver.h src/daemon/deliver_relay.c \
	src/daemon/listen.c src/daemon/listen.h \
	src/daemon/lock.c src/daemon/lock.h \
	src/daemon/loop.c src/daemon/loop.h \
	src/daemon/master.c src/daemon/master.h \
	src/daemon/restart.c src/daemon/restart.h \
	src/daemon/role.c src/daemon/role.h \
	src/daemon/role_classify.c \
	src/daemon/role_clock.c \
	src/daemon/role_collect.c \
	src/daemon/role_extract.c \
	src/daemon/role_deliver.c \
	src/daemon/role_web.c \
	src/daemon/secrets.c src/daemon/secrets.h \
	src/daemon/token.c src/daemon/token.h

check_PROGRAMS += tests/unit/test_token tests/unit/test_restart \
	tests/unit/test_listen
tests_unit_test_token_SOURCES = tests/unit/test_token.c tests/unit/unit.h
tests_unit_test_token_LDADD = $(CHECK_LDADD)
tests_unit_test_listen_SOURCES = tests/unit/test_listen.c tests/unit/unit.h
tests_unit_test_listen_LDADD = $(CHECK_LDADD)
tests_unit_test_restart_SOURCES = tests/unit/test_restart.c tests/unit/unit.h
tests_unit_test_restart_LDADD = $(CHECK_LDADD)

sbin_PROGRAMS += mercatd
mercatd_SOURCES = src/daemon/main.c
