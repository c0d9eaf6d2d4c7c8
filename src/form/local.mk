include $(srcdir)/src/form/pieces/local.mk
include $(srcdir)/src/form/prose/local.mk
include $(srcdir)/src/form/reading/local.mk

check_PROGRAMS += tests/unit/test_response_form
tests_unit_test_response_form_SOURCES = tests/unit/test_response_form.c tests/unit/unit.h
tests_unit_test_response_form_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_form_made
tests_unit_test_form_made_SOURCES = tests/unit/test_form_made.c tests/unit/form_made.c \
	tests/unit/form_made_mail.c tests/unit/form_made_read.c tests/unit/form_made.h \
	tests/unit/unit.h
tests_unit_test_form_made_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_permission_limits
tests_unit_test_permission_limits_SOURCES = tests/unit/test_permission_limits.c tests/unit/unit.h
tests_unit_test_permission_limits_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_look_in_doubt
tests_unit_test_look_in_doubt_SOURCES = tests/unit/test_look_in_doubt.c tests/unit/unit.h
tests_unit_test_look_in_doubt_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_permission_turned
tests_unit_test_permission_turned_SOURCES = tests/unit/test_permission_turned.c tests/unit/unit.h
tests_unit_test_permission_turned_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_permission_understood
tests_unit_test_permission_understood_SOURCES = tests/unit/test_permission_understood.c \
	tests/unit/unit.h
tests_unit_test_permission_understood_LDADD = $(CHECK_LDADD)
