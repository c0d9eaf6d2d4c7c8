libmercat_a_SOURCES += \
	src/web/answer.c \
	src/web/assets.c \
	src/web/fields.c \
	src/web/inside.h \
	src/web/limit.c src/web/limit.h \
	src/web/request.c \
	src/web/route.c \
	src/web/server.c \
	src/web/watch.c \
	src/web/web.h
