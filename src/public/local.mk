libmercat_a_SOURCES += \
	src/public/form.c \
	src/public/form.h \
	src/public/page_change.c \
	src/public/page_confirm.c \
	src/public/page_consultation.c \
	src/public/page_form.c \
	src/public/page_held.c \
	src/public/page_home.c \
	src/public/page_join.c \
	src/public/page_leave.c \
	src/public/page_list.c \
	src/public/page_manage.c \
	src/public/page_update.c \
	src/public/pages.h \
	src/public/public.h \
	src/public/routes.c \
	src/public/self.h
