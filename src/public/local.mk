libmercat_a_SOURCES += \
	src/public/public_form.c \
	src/public/public_form.h \
	src/public/page_change.c \
	src/public/page_confirm.c \
	src/public/page_contact.c \
	src/public/page_consultation.c \
	src/public/page_form.c \
	src/public/page_personal_data.c \
	src/public/page_home.c \
	src/public/page_join.c \
	src/public/page_leave.c \
	src/public/page_archive.c \
	src/public/page_subscriptions.c \
	src/public/page_published.c \
	src/public/page_public_responses.c \
	src/public/public_pages.h \
	src/public/public.h \
	src/public/public_routes.c \
	src/public/self.h
