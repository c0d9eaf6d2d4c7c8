libmercat_a_SOURCES += \
	src/mail/compose_header.c src/mail/compose_private.h src/mail/compose_picture.c \
	src/mail/compose.c src/mail/compose.h \
	src/mail/dkim.c src/mail/dkim.h \
	src/mail/encode.c src/mail/encode.h \
	src/mail/notification_mail.c src/mail/notification_mail.h \
	src/mail/recipient.c src/mail/recipient.h

check_PROGRAMS += tests/unit/test_dkim
tests_unit_test_dkim_SOURCES = tests/unit/test_dkim.c tests/unit/unit.h
tests_unit_test_dkim_LDADD = $(CHECK_LDADD)
check_SCRIPTS += tests/unit/dkim_verifies.sh
EXTRA_DIST += tests/unit/dkim_verifies.sh tests/unit/dkim_verifies.py

check_PROGRAMS += tests/unit/test_compose tests/unit/test_notification_mail tests/unit/test_recipient
tests_unit_test_compose_SOURCES = tests/unit/test_compose.c tests/unit/unit.h
tests_unit_test_compose_LDADD = $(CHECK_LDADD)
tests_unit_test_notification_mail_SOURCES = tests/unit/test_notification_mail.c tests/unit/unit.h
tests_unit_test_notification_mail_LDADD = $(CHECK_LDADD)
tests_unit_test_recipient_SOURCES = tests/unit/test_recipient.c tests/unit/unit.h
tests_unit_test_recipient_LDADD = $(CHECK_LDADD)

# Python's email package reads what test_compose --compose writes.
check_SCRIPTS += tests/unit/compose_decodes.sh
EXTRA_DIST += tests/unit/compose_decodes.sh tests/unit/compose_decodes.py

libmercat_a_SOURCES += \
	src/mail/address.c src/mail/address.h \
	src/mail/arf.c src/mail/arf.h \
	src/mail/block.c src/mail/block.h \
	src/mail/decode.c src/mail/decode.h \
	src/mail/dsn.c src/mail/dsn.h \
	src/mail/enriched.c src/mail/enriched.h \
	src/mail/flowed.c src/mail/flowed.h \
	src/mail/header.c src/mail/header.h \
	src/mail/message.c src/mail/message.h \
	src/mail/part.c \
	src/mail/prepare.c src/mail/prepare.h \
	src/mail/read.c src/mail/read.h src/mail/reading.h \
	src/mail/read_header.c \
	src/mail/unquoted.c src/mail/unquoted.h \
	src/mail/reply_marks.c src/mail/reply_marks.h \
	src/mail/reply_words.c src/mail/reply_words.h \
	src/mail/yenc.c src/mail/yenc.h

check_PROGRAMS += tests/unit/test_also tests/unit/test_mail_read
tests_unit_test_also_SOURCES = tests/unit/test_also.c tests/unit/unit.h
tests_unit_test_also_LDADD = $(CHECK_LDADD)
tests_unit_test_mail_read_SOURCES = tests/unit/test_mail_read.c tests/unit/unit.h
tests_unit_test_mail_read_LDADD = $(CHECK_LDADD)
