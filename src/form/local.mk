libmercat_a_SOURCES += \
	src/form/attach.c src/form/attach.h \
	src/form/choice.c \
	src/form/taken_back.c \
	src/form/form.c src/form/form.h \
	src/form/group.c src/form/group.h \
	src/form/hearing.c src/form/hearing.h src/form/hearing_label.c \
	src/form/hearing_limit.c src/form/hearing_place.c \
	src/form/label.c src/form/label.h \
	src/form/turned.c src/form/turned.h \
	src/form/beside.c src/form/beside.h \
	src/form/column_head.c src/form/column_head.h \
	src/form/mark.c src/form/mark.h \
	src/form/prose.c src/form/prose.h src/form/prose_type.c \
	src/form/row.c src/form/row.h \
	src/form/scale.c src/form/scale.h \
	src/form/scan.c src/form/scan.h \
	src/form/steps.h \
	src/form/typed_value.c

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
