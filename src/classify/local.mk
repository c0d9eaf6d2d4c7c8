libmercat_a_SOURCES += \
	src/classify/classify.c src/classify/classify.h
