libmercat_a_SOURCES += \
	src/public/page_home.c \
	src/public/pages.h \
	src/public/public.h \
	src/public/routes.c
