/* Whether all that mercat needs is as it has to be. */
#include "base/clock.h"
#include "base/codec/json.h"
#include "base/numeral.h"
#include "base/str.h"
#include "cli/frame/print.h"
#include "doctor/doctor.h"

#include <stdlib.h>

static void print_all(const struct doctor *d)
{
	static const char *const marks[] = {"good ", "look ", "WRONG"};

	for (size_t i = 0; i < d->count; i++) {
		const struct doctor_line *line = &d->lines[i];

		(void)printf("%s  ", marks[line->state]);
		cli_say(arena_printf(d->arena, "%s: %s", line->what, line->says), true);
		(void)putchar('\n');
		if (!line->cure)
			continue;
		cli_say(arena_printf(d->arena, "       -> %s", line->cure), true);
		(void)putchar('\n');
	}
}

static void json_of(const struct doctor *d)
{
	struct json json;

	json_begin_file(&json, stdout);
	json_put_object(&json, NULL);
	json_put_int(&json, "wrong", (int64_t)doctor_count(d, DOCTOR_WRONG));
	json_put_int(&json, "look", (int64_t)doctor_count(d, DOCTOR_LOOK));
	json_put_array(&json, "lines");
	for (size_t i = 0; i < d->count; i++) {
		json_put_object(&json, NULL);
		json_put_text(&json, "state", doctor_state_name(d->lines[i].state));
		json_put_text(&json, "what", d->lines[i].what);
		json_put_text(&json, "says", d->lines[i].says);
		json_put_text(&json, "cure", d->lines[i].cure);
		json_end(&json);
	}
	json_end(&json);
	json_end(&json);
	json_done(&json);
}

static int doctor(struct cli *cli, struct err *err)
{
	struct doctor d = {.arena = cli->arena,
			   .config = cli->config,
			   .templates =
				   str_or(getenv("MERCAT_TEMPLATES"), MERCAT_TEMPLATES),
			   .locales = str_or(getenv("MERCAT_LOCALES"), MERCAT_LOCALES),
			   .now = clock_now(),
			   .offline = cli_option(cli, "offline") != NULL};
	size_t wrong;

	doctor_run(&d);
	if (cli->format == CLI_JSON)
		json_of(&d);
	else
		print_all(&d);
	wrong = doctor_count(&d, DOCTOR_WRONG);
	if (wrong)
		(void)err_set(err, ERR_SYSTEM, "%zu of %zu need%s a hand", wrong, d.count,
			      plural((int64_t)wrong, "s", ""));
	else if (cli->format == CLI_TEXT)
		cli_done(cli, "Nothing needs a hand.");
	doctor_end(&d);
	return wrong ? CLI_FAILED : CLI_DONE;
}

static const struct cli_option doctor_options[] = {
	{"offline", NULL, "ask nobody outside this machine: no mailbox, relay, DNS"},
	{0}};

const struct cli_command cli_doctor_commands[] = {
	{"doctor", "", 0, 0,
	 "Checks settings, store, daemon, mailboxes, relays and DNS, with a cure for each fault",
	 CLI_NEEDS_NOTHING, doctor, doctor_options},
	{0}};
