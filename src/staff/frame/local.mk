libmercat_a_SOURCES += \
	src/staff/frame/before.c \
	src/staff/frame/form_seen.c src/staff/frame/form_seen.h \
	src/staff/frame/forms.c src/staff/frame/forms.h \
	src/staff/frame/mail_frame.c src/staff/frame/mail_frame.h \
	src/staff/frame/navigation.c \
	src/staff/frame/pages.h \
	src/staff/frame/paths.c src/staff/frame/paths.h \
	src/staff/frame/visitor.h \
	src/staff/frame/words.c src/staff/frame/words.h
