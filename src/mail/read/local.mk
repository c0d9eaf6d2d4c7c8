libmercat_a_SOURCES += \
	src/mail/read/part.c \
	src/mail/read/read.c src/mail/read/read.h \
	src/mail/read/read_header.c \
	src/mail/read/reading.h src/mail/read/reading_text.c \
	src/mail/read/reply_marks.c src/mail/read/reply_marks.h \
	src/mail/read/reply_words.c src/mail/read/reply_words.h \
	src/mail/read/unquoted.c src/mail/read/unquoted.h
