libmercat_a_SOURCES += \
	src/mail/decode/decode.c src/mail/decode/decode.h \
	src/mail/decode/enriched.c src/mail/decode/enriched.h \
	src/mail/decode/flowed.c src/mail/decode/flowed.h \
	src/mail/decode/prepare.c src/mail/decode/prepare.h \
	src/mail/decode/yenc.c src/mail/decode/yenc.h
