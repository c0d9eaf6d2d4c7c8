libmercat_a_SOURCES += \
	src/cli/bulletins/cmd_bounce.c \
	src/cli/bulletins/cmd_bulletin.c \
	src/cli/bulletins/cmd_bulletin_approve.c \
	src/cli/bulletins/cmd_bulletin_write.c \
	src/cli/bulletins/cmd_list.c \
	src/cli/bulletins/cmd_subscriber.c \
	src/cli/bulletins/cmd_subscriber_import.c \
	src/cli/bulletins/cmd_subscriber_self.c \
	src/cli/bulletins/cmd_suppression.c \
	src/cli/bulletins/cmd_topic.c
