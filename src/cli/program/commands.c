/* Every command, a table a subject; for those who run them and those who explain them. */
#include "cli/program/program.h"
#include "base/str.h"
#include "domain/reports/report_grammar.h"

const struct cli_command *const cli_all_commands[] = {
	cli_list_commands,
	cli_topic_commands,
	cli_subscriber_commands,
	cli_subscriber_import_commands,
	cli_subscriber_self_commands,
	cli_bulletin_commands,
	cli_bulletin_approve_commands,
	cli_bulletin_write_commands,
	cli_bounce_commands,
	cli_suppression_commands,
	cli_consultation_commands,
	cli_analysis_commands,
	cli_response_commands,
	cli_response_add_commands,
	cli_response_import_commands,
	cli_response_answer_commands,
	cli_response_code_commands,
	cli_campaign_commands,
	cli_flag_commands,
	cli_rule_commands,
	cli_code_commands,
	cli_coding_commands,
	cli_report_commands,
	cli_report_edition_commands,
	cli_publication_commands,
	cli_report_back_commands,
	cli_report_scan_commands,
	cli_queue_commands,
	cli_staff_commands,
	cli_inbound_commands,
	cli_notification_commands,
	cli_message_commands,
	cli_audit_commands,
	cli_doctor_commands,
	cli_status_commands,
	cli_store_commands,
	cli_store_copy_commands,
	cli_settings_commands,
	NULL,
};

bool cli_has_no_csv(const struct cli_command *command)
{
	static const char *const none[] = {"bulletin status",
					   "subscriber why",
					   "subscriber show",
					   "subscriber data",
					   "subscriber import-preview",
					   "bulletin audience",
					   "bulletin report",
					   "bulletin check",
					   "campaign show",
					   "campaign diff",
					   "consultation show",
					   "inbound show",
					   "message inspect",
					   "doctor",
					   "status",
					   "report show",
					   "report-back show",
					   "response show",
					   NULL};

	return str_in(command->name, none);
}

bool cli_more(const struct cli_command *command, struct buf *out)
{
	if (!str_eq(command->name, "report save"))
		return false;
	report_grammar_words(out);
	return true;
}

enum { NAME_MOST = 40, FAR = NAME_MOST };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * How many letters are to be put in, taken out, changed or swapped with the next (optimal
 * string alignment, after Damerau 1964).
 */
static size_t distance(const char *a, const char *b)
{
	size_t rows[3][NAME_MOST + 1], n = strlen(a), m = strlen(b);

	if (n > NAME_MOST || m > NAME_MOST)
		return FAR;
	for (size_t j = 0; j <= m; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *now = rows[i % 3], *before = rows[(i + 2) % 3];
		const size_t *two_before = rows[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= m; j++) {
			now[j] = least(before[j - 1] + (a[i - 1] != b[j - 1]),
				       least(before[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				now[j] = least(now[j], two_before[j - 2] + 1);
		}
	}
	return rows[n % 3][m];
}

const char *cli_nearest_command(int argc, const char **argv)
{
	char words[2][NAME_MOST + 1];
	const char *nearest = NULL;
	size_t best = FAR;

	(void)snprintf(words[0], sizeof(words[0]), "%s", argv[0]);
	(void)snprintf(words[1], sizeof(words[1]), "%s %s", argv[0],
		       argc > 1 ? argv[1] : "");
	for (size_t t = 0; cli_all_commands[t]; t++)
		for (const struct cli_command *c = cli_all_commands[t]; c->name; c++) {
			const char *said = words[strchr(c->name, ' ') != NULL];
			size_t away = distance(said, c->name);

			if (away < best && away <= 1 + strlen(c->name) / 5) {
				best = away;
				nearest = c->name;
			}
		}
	return nearest;
}

/* "--dry" and "--dryrun" for "--dry-run": what it begins with, or a letter or two away. */
static size_t option_away(const char *said, const char *name)
{
	size_t away = distance(said, name);

	if (strlen(said) > 1 && str_starts(name, said))
		away = least(away, 1);
	return away <= 1 + strlen(name) / 5 ? away : FAR;
}

const char *cli_nearest_option(const struct cli_command *command, const char *word)
{
	static const char *const every[] = {"json", "csv", "help", "as"};
	const char *nearest = NULL;
	char said[NAME_MOST + 1];
	size_t best = FAR;

	(void)snprintf(said, sizeof(said), "%s", word + strspn(word, "-"));
	said[strcspn(said, "=")] = '\0';
	for (const struct cli_option *o = command->options; o && o->name; o++)
		if (option_away(said, o->name) < best) {
			best = option_away(said, o->name);
			nearest = o->name;
		}
	for (size_t i = 0; i < ARRAY_LEN(every); i++)
		if (option_away(said, every[i]) < best) {
			best = option_away(said, every[i]);
			nearest = every[i];
		}
	return nearest;
}
