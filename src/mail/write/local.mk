libmercat_a_SOURCES += \
	src/mail/write/compose.c src/mail/write/compose.h \
	src/mail/write/compose_header.c \
	src/mail/write/compose_picture.c \
	src/mail/write/compose_private.h \
	src/mail/write/dkim.c src/mail/write/dkim.h \
	src/mail/write/encode.c src/mail/write/encode.h \
	src/mail/write/notification_mail.c src/mail/write/notification_mail.h \
	src/mail/write/recipient.c src/mail/write/recipient.h
