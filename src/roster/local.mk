libmercat_a_SOURCES += \
	src/roster/roster.c src/roster/roster.h src/roster/roster_private.h \
	src/roster/roster_card.c \
	src/roster/roster_column.c \
	src/roster/roster_day.c \
	src/roster/roster_dump.c \
	src/roster/roster_person.c \
	src/roster/roster_plain.c \
	src/roster/roster_standing.c \
	src/roster/roster_table.c \
	src/roster/roster_text.c

check_PROGRAMS += tests/unit/test_roster
tests_unit_test_roster_SOURCES = tests/unit/test_roster.c tests/unit/unit.h
tests_unit_test_roster_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_roster_standing
tests_unit_test_roster_standing_SOURCES = tests/unit/test_roster_standing.c tests/unit/unit.h
tests_unit_test_roster_standing_LDADD = $(CHECK_LDADD)
