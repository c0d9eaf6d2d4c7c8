libmercat_a_SOURCES += \
	src/staff/routes/form_marks.c \
	src/staff/routes/moved.c \
	src/staff/routes/staff.h \
	src/staff/routes/staff_routes.c
