libmercat_a_SOURCES += \
	src/classify/autoreply.c src/classify/autoreply.h \
	src/classify/autoreply_words.c src/classify/autoreply_words.h \
	src/classify/bounce.c src/classify/bounce.h \
	src/classify/bounce_fields.c \
	src/classify/bounce_notice.c \
	src/classify/bounce_text.c \
	src/classify/bounce_words.c src/classify/bounce_words.h \
	src/classify/classify.c src/classify/classify.h \
	src/classify/command.c \
	src/classify/bounce_list.c \
	src/classify/reason.c src/classify/reason.h \
	src/classify/reason_pairs.c src/classify/reason_pairs.h \
	src/classify/reason_said.c src/classify/reason_said.h \
	src/classify/reason_words.c src/classify/reason_words.h \
	src/classify/phrase.c src/classify/phrase.h

check_PROGRAMS += tests/unit/test_classify
tests_unit_test_classify_SOURCES = tests/unit/test_classify.c tests/unit/unit.h
tests_unit_test_classify_LDADD = $(CHECK_LDADD)

check_SCRIPTS += tests/unit/mail_kinds.sh tests/unit/mail_shapes.sh
EXTRA_DIST += tests/unit/inspected.py \
	tests/unit/mail_kinds.sh tests/unit/mail_kinds.py \
	tests/unit/mail_shapes.sh tests/unit/mail_shapes.py \
	tests/unit/mails/bounces.txt tests/unit/mails/bounces_odd.txt \
	tests/unit/mails/bounces_plain.txt tests/unit/mails/bounces_systems.txt \
	tests/unit/mails/bounces_shapes.txt \
	tests/unit/mails/complaints.txt tests/unit/mails/reasons.txt \
	tests/unit/mails/humans.txt tests/unit/mails/kinds.txt tests/unit/mails/machines.txt \
	tests/unit/mails/replies.txt tests/unit/mails/replies_clients.txt \
	tests/unit/mails/new.txt tests/unit/mails/replies_html.txt
