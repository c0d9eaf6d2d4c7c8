include $(srcdir)/src/text/words/local.mk
include $(srcdir)/src/text/charset/local.mk
include $(srcdir)/src/text/markup/local.mk
include $(srcdir)/src/text/letter/local.mk
include $(srcdir)/src/text/answer/local.mk
include $(srcdir)/src/text/figures/local.mk

check_PROGRAMS += tests/unit/test_html_safe \
	tests/unit/test_markdown tests/unit/test_csv tests/unit/test_text_mail
tests_unit_test_html_safe_SOURCES = tests/unit/test_html_safe.c tests/unit/unit.h
tests_unit_test_html_safe_LDADD = $(CHECK_LDADD)
tests_unit_test_markdown_SOURCES = tests/unit/test_markdown.c tests/unit/unit.h
tests_unit_test_markdown_LDADD = $(CHECK_LDADD)
tests_unit_test_csv_SOURCES = tests/unit/test_csv.c tests/unit/unit.h
tests_unit_test_csv_LDADD = $(CHECK_LDADD)
tests_unit_test_text_mail_SOURCES = tests/unit/test_text_mail.c tests/unit/unit.h
tests_unit_test_text_mail_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_response_answers
tests_unit_test_response_answers_SOURCES = tests/unit/test_response_answers.c tests/unit/unit.h
tests_unit_test_response_answers_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_response_shingle
tests_unit_test_response_shingle_SOURCES = tests/unit/test_response_shingle.c tests/unit/unit.h
tests_unit_test_response_shingle_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_agreement tests/unit/test_passage
tests_unit_test_agreement_SOURCES = tests/unit/test_agreement.c tests/unit/unit.h
tests_unit_test_agreement_LDADD = $(CHECK_LDADD)
tests_unit_test_passage_SOURCES = tests/unit/test_passage.c tests/unit/unit.h
tests_unit_test_passage_LDADD = $(CHECK_LDADD)
check_PROGRAMS += tests/unit/test_chart
tests_unit_test_chart_SOURCES = tests/unit/test_chart.c tests/unit/unit.h
tests_unit_test_chart_LDADD = $(CHECK_LDADD)

check_PROGRAMS += tests/unit/test_sentence tests/unit/test_unwrap
tests_unit_test_sentence_SOURCES = tests/unit/test_sentence.c tests/unit/unit.h
tests_unit_test_sentence_LDADD = $(CHECK_LDADD)
tests_unit_test_unwrap_SOURCES = tests/unit/test_unwrap.c tests/unit/unit.h
tests_unit_test_unwrap_LDADD = $(CHECK_LDADD)
