libmercat_a_SOURCES += \
	src/daemon/role_turns.c \
	src/daemon/deliver_settle.c \
	src/daemon/collect_maildir.c \
	src/daemon/deliver.c src/daemon/deliver.h src/daemon/deliver_relay.c \
	src/daemon/master.c src/daemon/master.h \
	src/daemon/role.c src/daemon/role.h \
	src/daemon/role_classify.c \
	src/daemon/role_clock.c \
	src/daemon/role_collect.c \
	src/daemon/role_extract.c \
	src/daemon/role_deliver.c \
	src/daemon/role_web.c \
	src/daemon/walls.c src/daemon/walls.h

sbin_PROGRAMS += mercatd
mercatd_SOURCES = src/daemon/main.c

check_PROGRAMS += tests/unit/test_walls
tests_unit_test_walls_SOURCES = tests/unit/test_walls.c tests/unit/walls_calls.c \
	tests/unit/walls_calls.h tests/unit/unit.h
tests_unit_test_walls_LDADD = $(CHECK_LDADD)
