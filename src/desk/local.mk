libmercat_a_SOURCES += \
	src/desk/before.c \
	src/desk/desk.h \
	src/desk/frame.c \
	src/desk/inside.h \
	src/desk/page_audit.c \
	src/desk/page_door.c \
	src/desk/page_editor.c \
	src/desk/page_import.c \
	src/desk/page_list.c \
	src/desk/page_people.c \
	src/desk/page_returns.c \
	src/desk/page_send.c \
	src/desk/page_staff.c \
	src/desk/page_update.c \
	src/desk/page_updates.c \
	src/desk/pages.h \
	src/desk/routes.c \
	src/desk/update.c \
	src/desk/update.h
