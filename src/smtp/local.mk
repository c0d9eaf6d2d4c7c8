libmercat_a_SOURCES += \
	src/smtp/envelope.c \
	src/smtp/dialogue.c src/smtp/dialogue.h \
	src/smtp/pool.c \
	src/smtp/probe.c src/smtp/probe.h \
	src/smtp/server_reply.c src/smtp/server_reply.h \
	src/smtp/smtp.h \
	src/smtp/socket.c src/smtp/socket.h \
	src/smtp/verdict.c \
	src/smtp/wire_form.c src/smtp/wire_form.h \
	src/smtp/outcome_words.c

check_PROGRAMS += tests/unit/test_smtp tests/unit/test_smtp_connect \
	tests/unit/test_smtp_faults tests/unit/test_smtp_pool
tests_unit_test_smtp_SOURCES = tests/unit/test_smtp.c tests/unit/unit.h
tests_unit_test_smtp_LDADD = $(CHECK_LDADD)
SMTP_SCENE = tests/unit/unit.h tests/unit/smtp_scene.c tests/unit/smtp_scene.h
tests_unit_test_smtp_connect_SOURCES = tests/unit/test_smtp_connect.c $(SMTP_SCENE)
tests_unit_test_smtp_connect_LDADD = $(CHECK_LDADD)
tests_unit_test_smtp_faults_SOURCES = tests/unit/test_smtp_faults.c $(SMTP_SCENE)
tests_unit_test_smtp_faults_LDADD = $(CHECK_LDADD)
tests_unit_test_smtp_pool_SOURCES = tests/unit/test_smtp_pool.c $(SMTP_SCENE)
tests_unit_test_smtp_pool_LDADD = $(CHECK_LDADD)
EXTRA_DIST += tests/faults/smtp_server.py
