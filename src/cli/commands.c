/* Every command, a table a subject; for those who run them and those who explain them. */
#include "cli/cli.h"

const struct cli_command *const cli_all_commands[] = {
	cli_list_commands,    cli_subscriber_commands,   cli_bulletin_commands,
	cli_bounce_commands,  cli_consultation_commands, cli_response_commands,
	cli_answer_commands,  cli_campaign_commands,     cli_rule_commands,
	cli_code_commands,    cli_coding_commands,       cli_staff_commands,
	cli_inbound_commands, cli_message_commands,      cli_audit_commands,
	cli_store_commands,   cli_self_commands,         cli_desk_commands,
	cli_person_commands,  cli_compose_commands,      NULL,
};
