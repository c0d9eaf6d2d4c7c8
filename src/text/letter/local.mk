libmercat_a_SOURCES += \
	src/text/letter/campaign_copies.c src/text/letter/campaign_copies.h \
	src/text/letter/form_line.c src/text/letter/form_line.h \
	src/text/letter/form_words.c \
	src/text/letter/frame.c src/text/letter/frame.h \
	src/text/letter/frame_book.c src/text/letter/frame_book.h \
	src/text/letter/frame_words.c \
	src/text/letter/letter_core.c src/text/letter/letter_core.h \
	src/text/letter/respondent_form.c src/text/letter/respondent_form.h \
	src/text/letter/signature.c src/text/letter/signature.h \
	src/text/letter/signature_name.c \
	src/text/letter/signature_private.h \
	src/text/letter/signature_words.c
