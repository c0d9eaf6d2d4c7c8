libmercat_a_SOURCES += \
	src/imap/act.c \
	src/imap/cursor.c src/imap/cursor.h \
	src/imap/dial.c \
	src/imap/fetch.c \
	src/imap/filter.c src/imap/filter.h \
	src/imap/imap.h \
	src/imap/list.c \
	src/imap/session.c src/imap/session.h \
	src/imap/wait.c \
	src/imap/wire.c src/imap/wire.h
