libmercat_a_SOURCES += \
	src/pages/hooks.c \
	src/pages/page.c src/pages/page.h
