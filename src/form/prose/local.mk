libmercat_a_SOURCES += \
	src/form/prose/prose.c src/form/prose/prose.h \
	src/form/prose/prose_type.c \
	src/form/prose/taken_back.c
