libmercat_a_SOURCES += \
	src/form/reading/beside.c src/form/reading/beside.h \
	src/form/reading/choice.c \
	src/form/reading/form.c src/form/reading/form.h \
	src/form/reading/group.c src/form/reading/group.h \
	src/form/reading/hearing.c src/form/reading/hearing.h \
	src/form/reading/hearing_label.c \
	src/form/reading/hearing_limit.c \
	src/form/reading/hearing_place.c \
	src/form/reading/steps.h \
	src/form/reading/typed_value.c
