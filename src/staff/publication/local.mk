libmercat_a_SOURCES += \
	src/staff/publication/moderation_show.c \
	src/staff/publication/moderation_show.h \
	src/staff/publication/page_moderation.c \
	src/staff/publication/page_publication.c
