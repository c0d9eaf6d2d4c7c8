libmercat_a_SOURCES += \
	src/mail/address.c src/mail/address.h \
	src/mail/arf.c src/mail/arf.h \
	src/mail/block.c src/mail/block.h \
	src/mail/decode.c src/mail/decode.h \
	src/mail/dsn.c src/mail/dsn.h \
	src/mail/flowed.c src/mail/flowed.h \
	src/mail/header.c src/mail/header.h \
	src/mail/message.c src/mail/message.h \
	src/mail/part.c \
	src/mail/prepare.c src/mail/prepare.h \
	src/mail/read.c src/mail/read.h src/mail/reading.h \
	src/mail/read_header.c \
	src/mail/reply.c src/mail/reply.h \
	src/mail/reply_marks.c src/mail/reply_marks.h

check_PROGRAMS += tests/unit/test_mail_read
tests_unit_test_mail_read_SOURCES = tests/unit/test_mail_read.c tests/unit/unit.h
tests_unit_test_mail_read_LDADD = $(CHECK_LDADD)
