/*
 * cli - the command table of mercat, and what every command needs.
 *
 * One static table says each command's name, arguments, options, summary and handler;
 * --help, the manual and the shell completion are printed from it.
 *
 * Exit codes 0 done, 1 failed (the sentence is on stderr), 2 the command line or the
 *            input was wrong and nothing was changed.
 * Ownership  everything of one run hangs in cli->arena.
 */
#ifndef MERCAT_CLI_H
#define MERCAT_CLI_H

#include "domain/core/domain.h"

enum { CLI_DONE = 0, CLI_FAILED = 1, CLI_USAGE = 2, CLI_OPTIONS_MOST = 24 };

enum cli_format { CLI_TEXT, CLI_JSON, CLI_CSV };

struct cli_option {
	const char *name;  /* without the -- */
	const char *value; /* what it takes, as shown in help; NULL: a switch */
	const char *help;
};

enum cli_needs {
	CLI_NEEDS_NOTHING = 0,
	CLI_NEEDS_SETTINGS = 1,
	CLI_NEEDS_STORE = 2, /* settings, store, key, templates */
	CLI_NEEDS_STAFF = 3  /* and a person of the staff who acts */
};

struct cli {
	struct arena *arena;
	const char *config; /* the file of the settings, read or not */
	struct settings *settings;
	struct operation op;
	enum cli_format format;
	const struct cli_command *command;
	const char *option_text[CLI_OPTIONS_MOST]; /* by position in command->options */
	const char **args;
	size_t arg_count;
};

struct cli_command {
	const char *name;      /* "bulletin draft" */
	const char *arguments; /* "FILE.md", "LIST NUMBER", "REF..." */
	size_t least, most;    /* how many arguments; most 0: any number */
	const char *summary;
	enum cli_needs needs;
	int (*run)(struct cli *cli, struct err *err); /* CLI_DONE, or err is set */
	const struct cli_option *options;             /* ends with a NULL name; or NULL */
};

/* Each noun's commands are of one table, or of several whose files begin with it; each ends with
 * a NULL name. */
extern const struct cli_command cli_list_commands[], cli_topic_commands[],
	cli_subscriber_commands[], cli_subscriber_import_commands[],
	cli_subscriber_self_commands[], cli_bulletin_commands[],
	cli_bulletin_write_commands[], cli_bulletin_approve_commands[],
	cli_bounce_commands[], cli_suppression_commands[], cli_consultation_commands[],
	cli_analysis_commands[], cli_response_commands[], cli_response_add_commands[],
	cli_response_answer_commands[], cli_response_code_commands[],
	cli_response_import_commands[], cli_flag_commands[], cli_campaign_commands[],
	cli_rule_commands[], cli_code_commands[], cli_coding_commands[],
	cli_queue_commands[], cli_staff_commands[], cli_inbound_commands[],
	cli_notification_commands[], cli_message_commands[], cli_publication_commands[],
	cli_report_commands[], cli_report_edition_commands[], cli_report_back_commands[],
	cli_report_scan_commands[], cli_audit_commands[], cli_doctor_commands[],
	cli_status_commands[], cli_store_commands[], cli_settings_commands[],
	cli_store_copy_commands[];

/* Option by name: its text ("yes" for a switch), NULL when not given. */
const char *cli_option(const struct cli *cli, const char *name);
struct cli_range {
	int64_t least, most;
	int64_t fallback; /* when it is not given */
};
/* As a number. */
bool cli_option_int(const struct cli *cli, const char *name,
		    const struct cli_range *range, int64_t *out,
		    struct err *err) MUST_USE;
bool cli_arg_int(const struct cli *cli, size_t i, const char *what, int64_t *out,
		 struct err *err) MUST_USE;

/*
 * A day as people write it ("tomorrow", "Friday", "31/12/2026", "31 December", "2026-12-31"),
 * as "2026-12-31" by the settings' zone. Without a year, or as a weekday, it is the next such
 * day for CLI_TO_COME, the last one for CLI_GONE_BY. What may be two days ("05/06/2027") is
 * refused with both.
 */
enum cli_when { CLI_TO_COME, CLI_GONE_BY };
bool cli_day(const struct cli *cli, const char *text, enum cli_when when,
	     const char **out, struct err *err) MUST_USE;
/* The same with a time of day behind it, and perhaps a zone: "tomorrow 09:00". */
bool cli_day_and_time(const struct cli *cli, const char *text, const char **out,
		      struct err *err) MUST_USE;

#endif
