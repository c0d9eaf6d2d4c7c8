/* What a command was given. */
#include "cli/cli.h"
#include "base/str.h"

const char *cli_option(const struct cli *cli, const char *name)
{
	const struct cli_option *o = cli->command->options;

	for (size_t i = 0; o && o[i].name; i++)
		if (str_eq(o[i].name, name))
			return cli->option_text[i];
	PANIC("command %s has no option %s", cli->command->name, name);
}

bool cli_option_int(const struct cli *cli, const char *name, int64_t least, int64_t most,
		    int64_t fallback, int64_t *out, struct err *err)
{
	const char *text = cli_option(cli, name);

	*out = fallback;
	return !text || str_to_int(text, least, most, out, err) ||
	       err_prefix(err, "--%s", name);
}

bool cli_arg_int(const struct cli *cli, size_t i, const char *what, int64_t *out,
		 struct err *err)
{
	return str_to_int(cli->args[i], 1, INT32_MAX, out, err) ||
	       err_prefix(err, "%s", what);
}
