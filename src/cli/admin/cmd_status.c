/* How mercat is, in figures. */
#include "base/codec/json.h"
#include "base/numeral.h"
#include "base/str.h"
#include "cli/frame/print.h"
#include "doctor/status.h"

enum { METRICS_MOST = 1 << 20, FILE_MODE = 0644 };

static void print_all(struct cli *cli, const struct status *s)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct status_figure *f = &s->figures[i];

		cli_say(arena_printf(cli->arena, "%s  %s%s%s: %s",
				     f->is_trouble ? "look" : "    ", str_or(f->of, ""),
				     f->of ? ", " : "", f->what,
				     status_value(cli->arena, f)),
			CLI_ONE_LINE);
		(void)putchar('\n');
	}
}

static void json_of(const struct status *s)
{
	struct json json;

	json_begin_file(&json, stdout);
	json_put_object(&json, NULL);
	json_put_int(&json, "look", (int64_t)s->troubles);
	json_put_array(&json, "figures");
	for (size_t i = 0; i < s->count; i++) {
		const struct status_figure *f = &s->figures[i];
		static const char *const units[] = {"", "seconds", "bytes", "yes or no"};

		json_put_object(&json, NULL);
		json_put_text(&json, "name", f->name);
		json_put_text(&json, "of", f->of);
		json_put_text(&json, "what", f->what);
		json_put_int(&json, "value", f->value);
		json_put_text(&json, "unit", units[f->unit]);
		json_put_bool(&json, "look", f->is_trouble);
		json_end(&json);
	}
	json_end(&json);
	json_end(&json);
	json_done(&json);
}

static int status(struct cli *cli, struct err *err)
{
	const char *metrics = cli_option(cli, "metrics");
	AUTO(buf) text = buf_new(METRICS_MOST);
	struct status s;

	if (!status_read(&cli->op, cli->arena, &s, err))
		return CLI_FAILED;
	if (metrics) {
		status_metrics(&s, text);
		return cli_write_file(cli, metrics, text->bytes, text->len, FILE_MODE,
				      err)
			       ? CLI_DONE
			       : CLI_FAILED;
	}
	if (cli->format == CLI_JSON)
		json_of(&s);
	else
		print_all(cli, &s);
	if (s.troubles && cli_option(cli, "check"))
		return err_set(err, ERR_SYSTEM,
			       "%zu of %zu need%s a look; mercat doctor says what "
			       "to do",
			       s.troubles, s.count, plural((int64_t)s.troubles, "s", "")),
		       CLI_FAILED;
	return CLI_DONE;
}

static const struct cli_option status_options[] = {
	{"metrics", "FILE",
	 "write them in Prometheus's text format, for a textfile collector; - is the output"},
	{"check", NULL, "exit code 1 when one of them needs a look"},
	{0}};

const struct cli_command cli_status_commands[] = {
	{"status", "", 0, 0,
	 "Says in numbers what runs, waits, is in doubt or out of reach", CLI_NEEDS_STORE,
	 status, status_options},
	{0}};
