libmercat_a_SOURCES += \
	src/acts/acts.c src/acts/acts.h \
	src/acts/address.c src/acts/address.h \
	src/acts/analysis.c src/acts/analysis.h \
	src/acts/audit.c src/acts/audit.h \
	src/acts/bulletin.c src/acts/bulletin.h \
	src/acts/bulletin_send.c \
	src/acts/consultation.c src/acts/consultation.h \
	src/acts/import.c src/acts/import.h \
	src/acts/inbound.c src/acts/inbound.h \
	src/acts/letter.c src/acts/letter.h \
	src/acts/list.c src/acts/list.h \
	src/acts/outgoing.c src/acts/outgoing.h \
	src/acts/outgoing_claim.c src/acts/outgoing_fill.c src/acts/outgoing_inside.h \
	src/acts/outgoing_tell.c \
	src/acts/pacing.c src/acts/pacing.h \
	src/acts/reply.c src/acts/reply.h \
	src/acts/response.c src/acts/response.h \
	src/acts/route.c src/acts/route.h \
	src/acts/subscribe.c src/acts/subscribe.h

check_PROGRAMS += tests/unit/test_pacing
tests_unit_test_pacing_SOURCES = tests/unit/test_pacing.c tests/unit/unit.h
tests_unit_test_pacing_LDADD = $(CHECK_LDADD)
