libmercat_a_SOURCES += \
	src/cli/frame/cli.h \
	src/cli/frame/option.c \
	src/cli/frame/print.c src/cli/frame/print.h \
	src/cli/frame/rows.c src/cli/frame/rows.h
