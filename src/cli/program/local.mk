libmercat_a_SOURCES += \
	src/cli/program/commands.c \
	src/cli/program/completion.c \
	src/cli/program/help.c \
	src/cli/program/program.c src/cli/program/program.h
