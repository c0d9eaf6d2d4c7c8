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
	src/daemon/role_web.c

sbin_PROGRAMS += mercatd
mercatd_SOURCES = src/daemon/main.c
