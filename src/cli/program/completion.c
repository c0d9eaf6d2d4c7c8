/* What a shell completes behind "mercat ", from the tables that --help prints. */
#include "cli/program/program.h"
#include "base/str.h"

/*
 * The scripts ask nothing of the program, and so nothing of the store: all that they know is
 * in them. Which command is being typed is found as find() in cli.c does: two words first.
 */
static const char bash_head[] =
	"# Completion of mercat for bash, made by: mercat help --completion bash\n"
	"_mercat()\n"
	"{\n"
	"\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
	"\tlocal at=1 noun verb name offered='' takes='' files=no\n"
	"\tCOMPREPLY=()\n"
	"\tif [[ $word == = ]]; then\n"
	"\t\tword=''\n"
	"\telif [[ $before == = ]]; then\n"
	"\t\tbefore=${COMP_WORDS[COMP_CWORD - 2]}\n"
	"\tfi\n"
	"\twhile ((at < COMP_CWORD)); do\n"
	"\t\tcase ${COMP_WORDS[at]} in\n"
	"\t\t--config | --as)\n"
	"\t\t\t((at += 2))\n"
	"\t\t\t[[ ${COMP_WORDS[at - 1]-} != = ]] || ((at += 1))\n"
	"\t\t\t;;\n"
	"\t\t-*) ((at += 1)) ;;\n"
	"\t\t*) break ;;\n"
	"\t\tesac\n"
	"\tdone\n"
	"\tif ((at >= COMP_CWORD)); then\n"
	"\t\tcase $before in\n"
	"\t\t--config) files=yes ;;\n"
	"\t\t--as) ;;\n"
	"\t\t*) offered=$_mercat_nouns ;;\n"
	"\t\tesac\n"
	"\t\t[[ $word == -* ]] && offered='--config --as --json --csv --help --version'\n"
	"\telse\n"
	"\t\tnoun=${COMP_WORDS[at]} verb=${COMP_WORDS[at + 1]-}\n"
	"\t\tname=$noun\n"
	"\t\tif [[ -n ${_mercat_options[\"$noun $verb\"]+is} ]] &&\n"
	"\t\t\t((COMP_CWORD > at + 1)); then\n"
	"\t\t\tname=\"$noun $verb\"\n"
	"\t\tfi\n"
	"\t\ttakes=${_mercat_takes[\"$name $before\"]-}\n"
	"\t\tif [[ $before == --* && -n ${_mercat_takes[\"$name $before\"]+is} ]]; then\n"
	"\t\t\t[[ $takes == FILES ]] && files=yes\n"
	"\t\t\t[[ $takes == *'|'* ]] && offered=${takes//'|'/ }\n"
	"\t\telif [[ $before == --as ]]; then\n"
	"\t\t\t:\n"
	"\t\telif [[ $word == -* ]]; then\n"
	"\t\t\toffered=\"${_mercat_options[$name]-} --json --csv --as --help\"\n"
	"\t\telif ((COMP_CWORD == at + 1)) && [[ -n ${_mercat_verbs[$noun]-} ]]; then\n"
	"\t\t\toffered=${_mercat_verbs[$noun]}\n"
	"\t\telse\n"
	"\t\t\ttakes=${_mercat_takes[\"$name\"]-}\n"
	"\t\t\t[[ $takes == *FILES* ]] && files=yes\n"
	"\t\t\t[[ $takes == *'|'* ]] && offered=${takes//'|'/ }\n"
	"\t\t\toffered=${offered//FILES/}\n"
	"\t\tfi\n"
	"\tfi\n"
	"\tif [[ $files == yes ]]; then\n"
	"\t\tcompopt -o filenames 2>/dev/null\n"
	"\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
	"\tfi\n"
	"\tif [[ -n $offered ]]; then\n"
	"\t\tmapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -W \"$offered\" -- "
	"\"$word\")\n"
	"\tfi\n"
	"}\n";

static const char zsh_head[] =
	"#compdef mercat\n"
	"# Completion of mercat for zsh, made by: mercat help --completion zsh\n"
	"_mercat()\n"
	"{\n"
	"\tlocal at=2 noun verb name takes before=$words[CURRENT-1]\n"
	"\tlocal -a offered\n"
	"\tif [[ $words[CURRENT] == --*=* ]]; then\n"
	"\t\tbefore=${words[CURRENT]%%=*}\n"
	"\t\tcompset -P '*='\n"
	"\tfi\n"
	"\twhile ((at < CURRENT)); do\n"
	"\t\tcase $words[at] in\n"
	"\t\t(--config | --as) ((at += 2)) ;;\n"
	"\t\t(-*) ((at += 1)) ;;\n"
	"\t\t(*) break ;;\n"
	"\t\tesac\n"
	"\tdone\n"
	"\tif ((at >= CURRENT)); then\n"
	"\t\tcase $before in\n"
	"\t\t(--config) _files; return ;;\n"
	"\t\t(--as) _message NAME; return ;;\n"
	"\t\tesac\n"
	"\t\tif [[ $words[CURRENT] == -* ]]; then\n"
	"\t\t\toffered=(--config:settings '--as:the person of the staff who acts' \\\n"
	"\t\t\t\t'--json:for programs' '--csv:for programs' '--help:of all' --version)\n"
	"\t\t\t_describe option offered\n"
	"\t\telse\n"
	"\t\t\toffered=($=_mercat_nouns)\n"
	"\t\t\t_describe command offered\n"
	"\t\tfi\n"
	"\t\treturn\n"
	"\tfi\n"
	"\tnoun=$words[at] verb=$words[at+1] name=$words[at]\n"
	"\tif ((CURRENT > at + 1)) && ((${+_mercat_options[$noun $verb]})); then\n"
	"\t\tname=\"$noun $verb\"\n"
	"\tfi\n"
	"\tif [[ $before == --* ]] && ((${+_mercat_takes[$name $before]})); then\n"
	"\t\ttakes=${_mercat_takes[$name $before]}\n"
	"\telif [[ $before == --as ]]; then\n"
	"\t\ttakes=NAME\n"
	"\telif [[ $words[CURRENT] == -* ]]; then\n"
	"\t\toffered=(${(f)_mercat_options[$name]} '--json:for programs' '--csv:for programs' "
	"\\\n"
	"\t\t\t'--as:the person of the staff who acts' '--help:of this command')\n"
	"\t\t_describe option offered\n"
	"\t\treturn\n"
	"\telif ((CURRENT == at + 1)) && ((${+_mercat_verbs[$noun]})); then\n"
	"\t\toffered=(${(f)_mercat_verbs[$noun]})\n"
	"\t\t_describe command offered\n"
	"\t\treturn\n"
	"\telse\n"
	"\t\ttakes=${_mercat_takes[$name]}\n"
	"\tfi\n"
	"\t[[ $takes == *FILES* ]] && _files\n"
	"\tif [[ $takes == *'|'* ]]; then\n"
	"\t\toffered=(${(s:|:)takes})\n"
	"\t\toffered=(${offered:#FILES})\n"
	"\t\t_describe value offered\n"
	"\telif [[ $takes != *FILES* ]]; then\n"
	"\t\t_message \"${takes:-$name}\"\n"
	"\tfi\n"
	"}\n";

enum shell { BASH, ZSH };

/* Between single quotes; in a list of zsh's, where a colon parts a name from its words. */
static void quoted(struct buf *out, const char *text, enum shell in)
{
	for (; *text; text++)
		if (*text == '\'')
			buf_str(out, "'\\''");
		else if (*text == ':' && in == ZSH)
			buf_str(out, "\\:");
		else
			buf_char(out, *text);
}

/* The words of a name: "bulletin" and "draft", or one alone. */
static size_t noun_len(const char *name)
{
	return strcspn(name, " ");
}

/* Whether an earlier table had a command of the same noun. */
static bool is_first(const struct cli_command *of)
{
	size_t len = noun_len(of->name);

	for (size_t t = 0; cli_all_commands[t]; t++)
		for (const struct cli_command *c = cli_all_commands[t]; c->name; c++) {
			if (c == of)
				return true;
			if (noun_len(c->name) == len && !strncmp(c->name, of->name, len))
				return false;
		}
	return false;
}

static void nouns(struct buf *out)
{
	buf_str(out, "_mercat_nouns='");
	for (size_t t = 0; cli_all_commands[t]; t++)
		for (const struct cli_command *c = cli_all_commands[t]; c->name; c++)
			if (is_first(c)) {
				buf_add(out, c->name, noun_len(c->name));
				buf_char(out, ' ');
			}
	buf_str(out, "help'\n");
}

/* One more of a table; for zsh, which reads no blank between brackets. */
static void entry(struct buf *out, const char *table, const char *key, enum shell in)
{
	buf_printf(out, in == ZSH ? "_mercat_%s+=('%s' '" : "_mercat_%s['%s']='", table,
		   key);
}

static void entry_end(struct buf *out, enum shell in)
{
	buf_str(out, in == ZSH ? "')\n" : "'\n");
}

static void verb(struct buf *out, const struct cli_command *c, enum shell in)
{
	const char *name = c->name + noun_len(c->name);

	if (!*name)
		return;
	buf_str(out, "_mercat_verbs[");
	buf_add(out, c->name, noun_len(c->name));
	buf_printf(out, "]+='%s", name + 1);
	if (in == ZSH) {
		buf_char(out, ':');
		quoted(out, c->summary, in);
	}
	buf_str(out, in == ZSH ? "'$'\\n'\n" : " '\n");
}

/* Of the words that stand for what is typed: files, or those of which one is to be chosen. */
static void takes(struct buf *out, const char *what)
{
	bool some = false;

	while (*what) {
		size_t len = strcspn(what, " []");
		AUTO(buf) word = buf_new(len + 1);

		buf_add(word, what, len);
		if (str_starts(buf_text(word), "FILE") ||
		    str_starts(buf_text(word), "FOLDER")) {
			buf_str(out, some ? "|FILES" : "FILES");
			some = true;
		} else if (strchr(buf_text(word), '|') && len > 1) {
			buf_printf(out, "%s%s", some ? "|" : "", buf_text(word));
			some = true;
		}
		what += len + (what[len] != '\0');
	}
}

static void options(struct buf *out, const struct cli_command *c, enum shell in)
{
	entry(out, "options", c->name, in);
	for (const struct cli_option *o = c->options; o && o->name; o++) {
		buf_printf(out, "--%s", o->name);
		if (in == ZSH) {
			buf_char(out, ':');
			quoted(out, o->help, in);
		}
		buf_char(out, in == ZSH ? '\n' : ' ');
	}
	entry_end(out, in);
	for (const struct cli_option *o = c->options; o && o->name; o++)
		if (o->value) {
			char key[80];

			(void)snprintf(key, sizeof(key), "%s --%s", c->name, o->name);
			entry(out, "takes", key, in);
			takes(out, o->value);
			entry_end(out, in);
		}
	entry(out, "takes", c->name, in);
	takes(out, c->arguments);
	entry_end(out, in);
}

bool cli_print_completion(const char *shell, struct buf *out, struct err *err)
{
	enum shell in = str_eq(shell, "zsh") ? ZSH : BASH;

	if (in == BASH && !str_eq(shell, "bash"))
		return err_set(err, ERR_INPUT,
			       "there is no completion for \"%.40s\"; there is one for "
			       "bash and one for zsh",
			       shell);
	buf_str(out, in == ZSH ? zsh_head : bash_head);
	nouns(out);
	buf_printf(out, "%s _mercat_verbs _mercat_options _mercat_takes\n",
		   in == ZSH ? "typeset -gA" : "declare -gA");
	for (size_t t = 0; cli_all_commands[t]; t++)
		for (const struct cli_command *c = cli_all_commands[t]; c->name; c++) {
			verb(out, c, in);
			options(out, c, in);
		}
	buf_str(out, in == ZSH ? "_mercat \"$@\"\n" : "complete -F _mercat mercat\n");
	return true;
}
