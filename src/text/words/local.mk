libmercat_a_SOURCES += \
	src/text/words/diff.c src/text/words/diff.h \
	src/text/words/question_word.c src/text/words/question_word.h \
	src/text/words/segment.c src/text/words/segment.h \
	src/text/words/sentence.c src/text/words/sentence.h \
	src/text/words/shingle.c src/text/words/shingle.h \
	src/text/words/translate.c src/text/words/translate.h \
	src/text/words/word.c src/text/words/word.h
