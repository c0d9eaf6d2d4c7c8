libmercat_a_SOURCES += \
	src/text/agreement.c src/text/agreement.h \
	src/text/answers.c src/text/answers.h src/text/answers_private.h \
	src/text/answers_number.c \
	src/text/answers_quote.c \
	src/text/chart.c src/text/chart.h \
	src/text/chart_line.c \
	src/text/chart_pen.c src/text/chart_pen.h \
	src/text/charset.c src/text/charset.h \
	src/text/charset_guess.c src/text/charset_guess.h \
	src/text/chosen_option.c src/text/chosen_option.h \
	src/text/chosen_option_words.c \
	src/text/campaign_copies.c src/text/campaign_copies.h \
	src/text/csv.c src/text/csv.h \
	src/text/diff.c src/text/diff.h \
	src/text/respondent_form.c src/text/respondent_form.h \
	src/text/form_line.c src/text/form_line.h \
	src/text/form_words.c \
	src/text/frame.c src/text/frame.h \
	src/text/frame_words.c \
	src/text/html.c src/text/html.h \
	src/text/html_safe.c src/text/html_safe.h \
	src/text/letter_core.c src/text/letter_core.h \
	src/text/markdown_facts.c src/text/markdown_facts.h \
	src/text/markdown.c src/text/markdown.h src/text/markdown_tree.h \
	src/text/markdown_html.c \
	src/text/markdown_text.c \
	src/text/palette.c src/text/palette.h \
	src/text/passage.c src/text/passage.h \
	src/text/segment.c src/text/segment.h \
	src/text/sentence.c src/text/sentence.h \
	src/text/shingle.c src/text/shingle.h \
	src/text/signature.c src/text/signature.h src/text/signature_private.h \
	src/text/signature_name.c \
	src/text/signature_words.c \
	src/text/translate.c src/text/translate.h \
	src/text/word.c src/text/word.h

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
