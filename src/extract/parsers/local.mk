libmercat_a_SOURCES += \
	src/extract/parsers/document.c src/extract/parsers/document.h \
	src/extract/parsers/kind.c src/extract/parsers/kind.h \
	src/extract/parsers/pdf.c \
	src/extract/parsers/plain.c \
	src/extract/parsers/rtf.c \
	src/extract/parsers/tnef.c \
	src/extract/parsers/zip.c
