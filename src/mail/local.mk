include $(srcdir)/src/mail/decode/local.mk
include $(srcdir)/src/mail/fields/local.mk
include $(srcdir)/src/mail/read/local.mk
include $(srcdir)/src/mail/write/local.mk

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


check_PROGRAMS += tests/unit/test_also tests/unit/test_mail_read
tests_unit_test_also_SOURCES = tests/unit/test_also.c tests/unit/unit.h
tests_unit_test_also_LDADD = $(CHECK_LDADD)
tests_unit_test_mail_read_SOURCES = tests/unit/test_mail_read.c tests/unit/unit.h
tests_unit_test_mail_read_LDADD = $(CHECK_LDADD)
