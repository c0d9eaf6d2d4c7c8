CLI_FILES = \
	src/cli/cli.c src/cli/cli.h \
	src/cli/codes.h src/cli/completion.c \
	src/cli/commands.c src/cli/option.c \
	src/cli/cmd_analysis.c \
	src/cli/cmd_audit.c \
	src/cli/cmd_bounce.c \
	src/cli/cmd_bulletin.c \
	src/cli/cmd_bulletin_approve.c \
	src/cli/cmd_bulletin_write.c \
	src/cli/cmd_campaign.c \
	src/cli/cmd_code.c \
	src/cli/cmd_coding.c \
	src/cli/cmd_consultation.c \
	src/cli/cmd_flag.c \
	src/cli/cmd_inbound.c \
	src/cli/cmd_list.c \
	src/cli/cmd_topic.c \
	src/cli/cmd_message.c \
	src/cli/cmd_notification.c \
	src/cli/cmd_queue.c \
	src/cli/cmd_report.c \
	src/cli/cmd_report_edition.c \
	src/cli/cmd_response.c \
	src/cli/cmd_response_add.c \
	src/cli/cmd_response_answer.c \
	src/cli/cmd_response_code.c \
	src/cli/cmd_rule.c \
	src/cli/cmd_settings.c \
	src/cli/cmd_staff.c \
	src/cli/cmd_store.c \
	src/cli/cmd_subscriber.c \
	src/cli/cmd_subscriber_import.c \
	src/cli/cmd_subscriber_self.c \
	src/cli/cmd_suppression.c \
	src/cli/help.c \
	src/cli/print.c src/cli/print.h \
	src/cli/response_show.c src/cli/response_show.h \
	src/cli/rows.c src/cli/rows.h
libmercat_a_SOURCES += $(CLI_FILES)

bin_PROGRAMS += mercat
mercat_SOURCES = src/cli/main.c

check_PROGRAMS += tests/unit/test_domain_cli
tests_unit_test_domain_cli_SOURCES = tests/unit/test_domain_cli.c $(DOMAIN_HOUSE)
tests_unit_test_domain_cli_LDADD = $(CHECK_LDADD)
