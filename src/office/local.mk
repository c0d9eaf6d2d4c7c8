libmercat_a_SOURCES += \
	src/office/lines.c src/office/lines.h \
	src/office/odf.c \
	src/office/shape.c src/office/shape.h \
	src/office/shape_odf.c \
	src/office/shape_word.c \
	src/office/sheet.c \
	src/office/word_file.c \
	src/office/named_styles.c src/office/named_styles.h \
	src/office/xml.c src/office/xml.h
