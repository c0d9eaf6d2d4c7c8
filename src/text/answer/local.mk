libmercat_a_SOURCES += \
	src/text/answer/answers.c src/text/answer/answers.h \
	src/text/answer/answers_number.c \
	src/text/answer/answers_private.h \
	src/text/answer/answers_quote.c \
	src/text/answer/chosen_option.c src/text/answer/chosen_option.h \
	src/text/answer/chosen_option_words.c \
	src/text/answer/passage.c src/text/answer/passage.h
