libmercat_a_SOURCES += \
	src/mail/fields/address.c src/mail/fields/address.h \
	src/mail/fields/arf.c src/mail/fields/arf.h \
	src/mail/fields/block.c src/mail/fields/block.h \
	src/mail/fields/dsn.c src/mail/fields/dsn.h \
	src/mail/fields/header.c src/mail/fields/header.h \
	src/mail/fields/message.c src/mail/fields/message.h
