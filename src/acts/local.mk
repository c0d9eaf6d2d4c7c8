libmercat_a_SOURCES += \
	src/acts/acts.c src/acts/acts.h \
	src/acts/address.c src/acts/address.h \
	src/acts/analysis.c src/acts/analysis.h \
	src/acts/answer.c src/acts/answer.h \
	src/acts/audit.c src/acts/audit.h \
	src/acts/bulletin.c src/acts/bulletin.h \
	src/acts/bulletin_send.c \
	src/acts/campaign.c src/acts/campaign.h \
	src/acts/consultation.c src/acts/consultation.h \
	src/acts/duplicate.c src/acts/duplicate.h \
	src/acts/import.c src/acts/import.h \
	src/acts/inbound.c src/acts/inbound.h \
	src/acts/letter.c src/acts/letter.h \
	src/acts/list.c src/acts/list.h \
	src/acts/outgoing.c src/acts/outgoing.h \
	src/acts/reply.c src/acts/reply.h \
	src/acts/respondent.c src/acts/respondent.h \
	src/acts/response.c src/acts/response.h \
	src/acts/route.c src/acts/route.h \
	src/acts/rule.c src/acts/rule.h \
	src/acts/sort.c src/acts/sort.h \
	src/acts/subscribe.c src/acts/subscribe.h \
	src/acts/thread.c src/acts/thread.h \
	src/acts/words.c src/acts/words.h

RESPONSE_SCENE = tests/unit/unit.h tests/unit/response_scene.c tests/unit/response_scene.h
check_PROGRAMS += tests/unit/test_response_thread
tests_unit_test_response_thread_SOURCES = tests/unit/test_response_thread.c $(RESPONSE_SCENE)
tests_unit_test_response_thread_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_respondent
tests_unit_test_response_respondent_SOURCES = tests/unit/test_response_respondent.c \
	$(RESPONSE_SCENE)
tests_unit_test_response_respondent_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_apportion
tests_unit_test_response_apportion_SOURCES = tests/unit/test_response_apportion.c \
	$(RESPONSE_SCENE)
tests_unit_test_response_apportion_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_links
tests_unit_test_response_links_SOURCES = tests/unit/test_response_links.c $(RESPONSE_SCENE)
tests_unit_test_response_links_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_campaign
tests_unit_test_response_campaign_SOURCES = tests/unit/test_response_campaign.c \
	$(RESPONSE_SCENE)
tests_unit_test_response_campaign_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_rule
tests_unit_test_response_rule_SOURCES = tests/unit/test_response_rule.c $(RESPONSE_SCENE)
tests_unit_test_response_rule_LDADD = $(CHECK_LDADD)
