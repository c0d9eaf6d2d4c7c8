libmercat_a_SOURCES += \
	src/smtp/envelope.c \
	src/smtp/link.c src/smtp/link.h \
	src/smtp/pool.c \
	src/smtp/reply.c src/smtp/reply.h \
	src/smtp/smtp.h \
	src/smtp/socket.c src/smtp/socket.h \
	src/smtp/verdict.c \
	src/smtp/wire.c src/smtp/wire.h
