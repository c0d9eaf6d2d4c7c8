libmercat_a_SOURCES += \
	src/form/pieces/attach.c src/form/pieces/attach.h \
	src/form/pieces/column_head.c src/form/pieces/column_head.h \
	src/form/pieces/form_cuts.c src/form/pieces/form_cuts.h \
	src/form/pieces/label.c src/form/pieces/label.h \
	src/form/pieces/mark.c src/form/pieces/mark.h \
	src/form/pieces/row.c src/form/pieces/row.h \
	src/form/pieces/scale.c src/form/pieces/scale.h \
	src/form/pieces/scan.c src/form/pieces/scan.h \
	src/form/pieces/turned.c src/form/pieces/turned.h
