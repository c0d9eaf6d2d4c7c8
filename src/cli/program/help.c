#include "cli/program/program.h"
#include "base/str.h"

static const char head[] =
	"mercat - sends a numbered bulletin to those who asked for it, and takes in the\n"
	"         responses to consultations, so that they can be read, tagged and counted\n"
	"\n"
	"usage: mercat [--config FILE] [--json | --csv] [--as NAME] COMMAND ...\n"
	"\n"
	"  --config FILE  settings (else $MERCAT_CONF, else " MERCAT_SYSCONFDIR
	"/mercat/mercat.conf)\n"
	"  --json, --csv  for programs\n"
	"  --as NAME      the person of the staff who acts (else your login name)\n"
	"  --help         of all, of a group or of one command\n"
	"  --version\n\n";

static void line(const struct cli_command *c)
{
	char left[80];

	(void)snprintf(left, sizeof(left), "%s%s%s", c->name, *c->arguments ? " " : "",
		       c->arguments);
	(void)printf("  %-44s %s\n", left, c->summary);
}

void cli_help(const char *group)
{
	size_t len = group ? strlen(group) : 0;

	if (!group)
		(void)fputs(head, stdout);
	for (size_t t = 0; cli_all_commands[t]; t++) {
		for (const struct cli_command *c = cli_all_commands[t]; c->name; c++)
			if (!group || (str_starts(c->name, group) &&
				       (c->name[len] == ' ' || !c->name[len])))
				line(c);
		if (!group && cli_all_commands[t + 1])
			(void)putchar('\n');
	}
	if (!group)
		(void)fputs(
			"\nmercat COMMAND --help tells the options of one. Exit code: 0 done, "
			"1 failed, 2 wrong\ninput or settings and nothing changed. "
			"mercat help --completion bash (or zsh) prints\nwhat these shells "
			"complete.\n",
			stdout);
}

void cli_help_command(const struct cli_command *c)
{
	AUTO(buf) more = buf_new(1 << 16);

	(void)printf("usage: mercat %s%s%s%s\n\n%s.\n", c->name,
		     c->options ? " [OPTIONS]" : "", *c->arguments ? " " : "",
		     c->arguments, c->summary);
	for (const struct cli_option *o = c->options; o && o->name; o++) {
		char left[60];

		(void)snprintf(left, sizeof(left), "--%s%s%s", o->name,
			       o->value ? " " : "", str_or(o->value, ""));
		(void)printf("%s  %-26s %s\n", o == c->options ? "\n" : "", left,
			     o->help);
	}
	if (cli_more(c, more))
		(void)printf("\n%s", buf_text(more));
}

/* Text for the middle of a roff line. */
static void roff_text(struct buf *out, const char *text)
{
	for (; *text; text++)
		if (*text == '-')
			buf_str(out, "\\-");
		else if (*text == '"')
			buf_str(out, "\\(dq");
		else if (*text == '\\')
			buf_str(out, "\\e");
		else
			buf_char(out, *text);
}

/* Its lines as they are. */
static void roff_more(struct buf *out, const struct cli_command *c)
{
	AUTO(buf) more = buf_new(1 << 16);
	const char *at;

	if (!cli_more(c, more))
		return;
	at = buf_text(more);
	buf_str(out, ".nf\n");
	while (*at) {
		AUTO(buf) line = buf_new(1 << 12);
		size_t len = strcspn(at, "\n");

		buf_add(line, at, len);
		buf_str(out, "\\&");
		roff_text(out, buf_text(line));
		buf_char(out, '\n');
		at += len + (at[len] == '\n');
	}
	buf_str(out, ".fi\n");
}

void cli_print_man(struct buf *out)
{
	for (size_t t = 0; cli_all_commands[t]; t++)
		for (const struct cli_command *c = cli_all_commands[t]; c->name; c++) {
			buf_printf(out, ".TP\n\\fB%s\\fR", c->name);
			if (*c->arguments)
				buf_char(out, ' ');
			roff_text(out, c->arguments);
			buf_str(out, "\n\\&");
			roff_text(out, c->summary);
			buf_str(out, ".\n");
			for (const struct cli_option *o = c->options; o && o->name; o++) {
				buf_str(out, ".br\n\\fB\\-\\-");
				roff_text(out, o->name);
				if (o->value)
					buf_str(out, "\\fR \\fI");
				roff_text(out, str_or(o->value, ""));
				buf_str(out, "\\fR: ");
				roff_text(out, o->help);
				buf_char(out, '\n');
			}
			roff_more(out, c);
		}
}
