libmercat_a_SOURCES += \
	src/base/codec/json.c src/base/codec/json.h \
	src/base/codec/pack.c src/base/codec/pack.h \
	src/base/codec/secret.c src/base/codec/secret.h \
	src/base/codec/stored_zip.c src/base/codec/stored_zip.h
