libmercat_a_SOURCES += \
	src/text/charset/charset.c src/text/charset/charset.h \
	src/text/charset/charset_guess.c src/text/charset/charset_guess.h \
	src/text/charset/small_letters.c src/text/charset/small_letters.h
