libmercat_a_SOURCES += \
	src/classify/autoreply.c src/classify/autoreply.h \
	src/classify/bounce.c src/classify/bounce.h \
	src/classify/bounce_text.c \
	src/classify/classify.c src/classify/classify.h \
	src/classify/command.c \
	src/classify/reason.c src/classify/reason.h \
	src/classify/words.c src/classify/words.h
