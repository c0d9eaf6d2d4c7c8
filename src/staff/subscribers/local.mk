libmercat_a_SOURCES += \
	src/staff/subscribers/import_form.c src/staff/subscribers/import_form.h \
	src/staff/subscribers/page_import.c \
	src/staff/subscribers/page_import_result.c \
	src/staff/subscribers/page_list.c \
	src/staff/subscribers/page_list_settings.c \
	src/staff/subscribers/page_returns.c \
	src/staff/subscribers/page_subscriber.c \
	src/staff/subscribers/page_subscribers.c \
	src/staff/subscribers/page_topic.c \
	src/staff/subscribers/subscriber_show.h
