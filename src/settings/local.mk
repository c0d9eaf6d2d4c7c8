libmercat_a_SOURCES += \
	src/settings/keys.c src/settings/keys.h \
	src/settings/print_settings.c \
	src/settings/secret_files.c \
	src/settings/settings.c src/settings/settings.h

check_PROGRAMS += tests/unit/test_settings
tests_unit_test_settings_SOURCES = tests/unit/test_settings.c tests/unit/unit.h
tests_unit_test_settings_LDADD = $(CHECK_LDADD)
