libmercat_a_SOURCES += \
	src/desk/before.c \
	src/desk/desk.h \
	src/desk/frame.c \
	src/desk/inside.h \
	src/desk/page_audit.c \
	src/desk/page_door.c \
	src/desk/page_staff.c \
	src/desk/pages.h \
	src/desk/routes.c
