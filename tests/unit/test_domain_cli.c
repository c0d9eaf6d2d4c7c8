/* The command as a person calls it: exit codes, sentences, and what it changed. */
#include "tests/unit/domain_house.h"

#include "domain/intake/inbound.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/str.h"
#include "cli/program/program.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGS_MOST = 16 };

static char output[1 << 16];

static void exec_mercat(const char *line)
{
	const char *build = getenv("MERCAT_BUILDDIR"), *source = getenv("MERCAT_SRCDIR");
	const char *args[ARGS_MOST + 1] = {
		"mercat", "--config",
		arena_printf(house.arena, "%s/mercat.conf", house.folder), "--as",
		"jean"};
	char *rest = arena_strdup(house.arena, line);
	size_t n = 5;

	/* Words parted by '|', since they hold blanks. */
	while (rest && n < ARGS_MOST)
		args[n++] = strsep(&rest, "|");
	setenv("MERCAT_TEMPLATES",
	       arena_printf(house.arena, "%s/templates", str_or(source, ".")), 1);
	/* A command that reads mail keeps what g_mime_init() took. */
	setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
	execv(arena_printf(house.arena, "%s/mercat", str_or(build, ".")), (char **)args);
	_exit(127);
}

/* Runs it; its exit code, and both its outputs in output. */
static int mercat(const char *line)
{
	const char *file = arena_printf(house.arena, "%s/said", house.folder);
	AUTO(buf) said = buf_new(sizeof(output) - 1);
	struct err err = {0};
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		int fd = open(file, O_CREAT | O_TRUNC | O_WRONLY, 0600);

		(void)dup2(fd, STDOUT_FILENO);
		(void)dup2(fd, STDERR_FILENO);
		exec_mercat(line);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) != 127,
		      "mercat cannot be run");
	ck_assert_msg(fd_read_file(file, said, &err), "%s", err.text);
	str_copy(output, sizeof(output), buf_text(said));
	return WEXITSTATUS(status);
}

static void open_all(void)
{
	house_open();
	house_consults();
	for (int i = 0; i < 3; i++) {
		struct mail_message m =
			house_mail("a@x.example", "cruelty@lists.example.org", "S",
				   arena_printf(house.arena, "view %d", i));

		(void)house_comes(&m);
	}
}

static const struct {
	const char *line;
	int code;
	const char *said;
} lines[] = {
	{"response|list", 0, "cruelty-0003"},
	{"response|exclude|--reason|x|--search|", 2, "needs words"},
	{"response|exclude|cruelty-0001|--reason|x|--search|nomatch", 2,
	 "either references or a search"},
	{"staff|add|jean\xE2\x80\x8B", 2, "that cannot be seen"},
	{"staff|add|jean\xC2\xA0smith", 2, "that cannot be seen"},
	{"staff|add|jean  smith", 2, "single blanks"},
	{"response|list|--state|eaten", 2, "there are: received, included, excluded"},
	{"response|list|--type|cat", 2, "there are: individual, organisation, unknown"},
	{"response|tag|--state|eaten|t", 2, "there are: received"},
	{"audit|list|--subject|letter", 2, "knows: response, inbound, notification"},
	{"inbound|list|--kind|cat", 2, "there are: human, bounce"},
	{"inbound|list|--taken-as|cat", 2, "there are: response, subscribe"},
	{"message|inspect|/dev/null/x", 2, "/dev/null/x: "},
	{"list|change|children", 2, "say what is to change of the list children"},
	{"inbound|raw|99", 1, "there is no mail 99"},
	{"notification|list|--state|odd", 2, "there are: queued"},
	{"notification|list|--state|in doubt", 0, "None."},
	{"notification|settle|1", 2, "--send-again or --leave"},
	{"notification|settle|99|--leave", 1, "there is no notification 99"},
	{"notification|settle|1|--leave", 1, "only one in doubt"},
	{"inbound|raw|x", 2, "the number of a mail"},
	{"subscriber|list|children|--state|gone", 2, "there are: requested, refused"},
	{"subscriber|export|children|--state|gone", 2, "there are: requested"},
	{"bulletin|ledger|children|1|--state|lost", 2, "there are: queued, sending"},
	{"analysis|cruelty|--state|eaten", 2, "there are: received"},
	{"response|exclude|cruelty-0001", 2, "--reason"},
	{"response|show|nonsense", 2, "is not a reference"},
	{"response|show|cruelty-0009", 1, "there is no response"},
	{"response|show|cruelty-\x1b[31m", 2, "is not a reference"},
	{"response|include", 2, "say which"},
	{"bulletin|schedule|children|1", 2, "usage"},
	{"bulletin|list|children|more", 2, "one argument too many"},
	{"subscriber|frequency|children|a@x.example|weekly", 1, "is not on the list"},
	{"subscriber|pause|children|a@x.example", 1, "is not on the list"},
	{"bulletin|list|nosuch", 1, "nosuch"},
	{"subscriber|data|never@x.example", 1,
	 "there is no personal data about never@x.example"},
	{"subscriber|data|no address", 2, "no address"},
	{"subscriber|erase|a@x.example", 2, "--sure"},
	{"subscriber|erase|never@x.example|--sure", 1,
	 "there is no personal data about never@x.example"},
	{"subscriber|move|a@x.example|b@x.example", 1, "nobody here has the address"},
	{"list|describe|nowhere|Words", 1, "there is no list"},
	{"consultation|outcome|cruelty|/nowhere/at/all", 1, "/nowhere/at/all"},
	{"consultation|extend|cruelty|05/06/2027", 2, "may be 5 June or 6 May"},
	{"consultation|extend|cruelty|someday", 2, "is not a day"},
	{"bulletin|schedule|children|1|05/06/2027 09:00", 2, "may be 5 June or 6 May"},
	{"bulletin|status|nosuch|1", 1, "there is no list \"nosuch\""},
	{"nonsense", 2, "there is no command"},
	{"nonsense", 2, "see: mercat --help"},
	{"buletin|list", 2, "did you mean: mercat bulletin list"},
	{"bulletin|shedule|children|1", 2, "did you mean: mercat bulletin schedule"},
	{"audit|verfiy", 2, "did you mean: mercat audit verify"},
	{"analisys", 2, "did you mean: mercat analysis"},
	{"rule|add|cruelty|x|--dryrun", 2,
	 "there is no option --dryrun; did you mean --dry-run?"},
	{"rule|add|cruelty|x|--dry", 2, "did you mean --dry-run?"},
	{"list|list|--jsno", 2, "did you mean --json?"},
	{"list|list|--colour", 2, "there is no option --colour; usage"},
	{"bulletin|zzzzzz", 2, "these begin with \"bulletin\":"},
};

/*
 * Whatever letter is left out, or changes places with the next: what was meant is named, or
 * what is as near ("utag" may be "untag" and "tag").
 */
START_TEST(mistyped_command_is_known)
{
	for (size_t t = 0; cli_all_commands[t]; t++)
		for (const struct cli_command *c = cli_all_commands[t]; c->name; c++)
			for (size_t i = 0; c->name[i] && c->name[i + 1]; i++)
				for (int how = 0; how < 2; how++) {
					char typed[80], *blank;
					const char *argv[2] = {typed, NULL}, *found;

					str_copy(typed, sizeof(typed), c->name);
					if (c->name[i] == ' ' || c->name[i + 1] == ' ')
						continue;
					if (how)
						memmove(typed + i, typed + i + 1,
							strlen(typed + i));
					typed[i] = how ? typed[i] : c->name[i + 1];
					typed[i + 1] = how ? typed[i + 1] : c->name[i];
					blank = strchr(typed, ' ');
					if (blank)
						*blank++ = '\0';
					argv[1] = blank;
					found = cli_nearest_command(blank ? 2 : 1, argv);
					ck_assert_msg(found != NULL, "%s %s: nothing",
						      typed, blank ? blank : "");
					ck_assert_msg(strlen(found) + 2 >=
							      strlen(c->name),
						      "%s became %s", c->name, found);
				}
}
END_TEST

/* Of the command's own words: in this process, since a copy of it costs far more than what
 * reads them. */
static int mercat_here(const char *const *words)
{
	const char *file = arena_printf(house.arena, "%s/said", house.folder);
	AUTO(buf) said = buf_new(sizeof(output) - 1);
	const char *argv[ARGS_MOST + 1] = {"mercat"};
	struct err err = {0};
	int argc = 1, code, ours = dup(STDERR_FILENO),
	    fd = open(file, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);

	ck_assert(ours >= 0 && fd >= 0 && dup2(fd, STDERR_FILENO) == STDERR_FILENO);
	for (; words[argc - 1]; argc++)
		argv[argc] = words[argc - 1];
	code = cli_main(argc, argv);
	(void)fflush(stderr);
	(void)dup2(ours, STDERR_FILENO);
	(void)close(ours);
	(void)close(fd);
	ck_assert_msg(fd_read_file(file, said, &err), "%s", err.text);
	str_copy(output, sizeof(output), buf_text(said));
	return code;
}

/* Each option of each command, with the words before and behind it. */
static void try_option(const char *first, const char *second, const char *name,
		       bool takes_value)
{
	const char *dashed = arena_printf(house.arena, "--%s", name);
	const char *equals = arena_printf(house.arena, "--%s=two", name);
	const char *shorter = arena_strndup(house.arena, dashed, strlen(dashed) - 1);
	const char *twice[] = {first, second, dashed, "one", equals, NULL};
	const char *bare[] = {first, second, dashed, NULL};
	const char *valued[] = {first, second, equals, NULL};
	const char *shortened[] = {first, second, shorter, NULL};
	int from = first ? 0 : 1; /* a command of one word */

	if (takes_value) {
		ck_assert_int_eq(mercat_here(twice + from), 2);
		ck_assert_msg(strstr(output, "is given twice; usage: "), "%s", output);
		ck_assert_int_eq(mercat_here(bare + from), 2);
		ck_assert_msg(strstr(output, arena_printf(house.arena, "%s needs a value",
							  dashed)),
			      "%s", output);
	} else {
		ck_assert_int_eq(mercat_here(valued + from), 2);
		ck_assert_msg(strstr(output, "takes no value"), "%s", output);
	}
	ck_assert_int_eq(mercat_here(shortened + from), 2);
	ck_assert_msg(strstr(output, arena_printf(house.arena, "there is no option %s",
						  shorter)) ||
			      strstr(output, "needs a value"),
		      "%s", output);
}

START_TEST(option_is_given_whole_and_once)
{
	for (size_t t = 0; cli_all_commands[t]; t++)
		for (const struct cli_command *c = cli_all_commands[t]; c->name; c++)
			for (const struct cli_option *o = c->options; o && o->name; o++) {
				char *first = arena_strdup(house.arena, c->name);
				char *second = strchr(first, ' ');

				if (second)
					*second++ = '\0';
				try_option(second ? first : NULL, second ? second : first,
					   o->name, o->value != NULL);
			}
}
END_TEST

START_TEST(option_of_all_is_given_whole_and_once)
{
	static const struct {
		const char *words[6], *said;
	} bad[] = {{{"--as", "A", "--as=B", "list", "list"}, "is given twice"},
		   {{"--config", "a", "-c", "b", "list", "list"}, "is given twice"},
		   {{"--conf", "a", "list", "list"}, "is not an option"},
		   {{"--nothing", "list", "list"}, "is not an option"},
		   {{"--as"}, "needs a value"},
		   {{"list", "list", "--as", "A", "--as", "B"}, "is given twice"},
		   {{"response", "exclude", "a-1", "--search", "x", "--nothing"},
		    "there is no option --nothing"}};

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		const char *words[7] = {NULL};

		for (size_t n = 0; n < 6; n++)
			words[n] = bad[i].words[n];
		ck_assert_int_eq(mercat_here(words), 2);
		ck_assert_msg(strstr(output, bad[i].said), "%s: %s", bad[i].words[0],
			      output);
	}
}
END_TEST

START_TEST(held_finds_who_only_wrote)
{
	ck_assert_int_eq(mercat("subscriber|data|A+x@x.example"), 1);
	ck_assert_int_eq(mercat("subscriber|data|A@X.example"), 0);
	ck_assert_msg(strstr(output, "cruelty-0001") != NULL, "%s", output);
}
END_TEST

/* Whoever wrote their own words for a notification must not lose them in silence. */
START_TEST(own_template_of_an_old_name_is_refused)
{
	AUTO(template_library) library = template_library_new();
	struct settings settings = {0};
	struct err err = {0};
	const char *folder = arena_printf(house.arena, "%s/own", house.folder);
	const char *mail = arena_printf(house.arena, "%s/mail", folder);
	const char *file = arena_printf(house.arena, "%s/left.txt", mail);

	ck_assert_int_eq(mkdir(folder, 0700), 0);
	ck_assert_int_eq(mkdir(mail, 0700), 0);
	ck_assert_msg(fd_write_file(file, "You have left.\n", 15, 0600, &err), "%s",
		      err.text);
	settings.templates_dir = folder;
	ck_assert(!domain_templates_load(
		&settings,
		arena_printf(house.arena, "%s/templates", getenv("MERCAT_SRCDIR")),
		library, &err));
	ck_assert_int_eq(err.kind, ERR_SETUP);
	ck_assert_str_eq(err.text,
			 arena_printf(house.arena,
				      "%s/mail/left.txt: this template is called "
				      "mail/unsubscribed.txt now; rename yours",
				      folder));
	ck_assert(!unlink(file) && !rmdir(mail) && !rmdir(folder));
}
END_TEST

START_TEST(command_says_what_is_wrong)
{
	int64_t audits = house_int("SELECT count(*) FROM audit");
	int code = mercat(lines[_i].line);

	ck_assert_msg(code == lines[_i].code, "%s: code %d: %s", lines[_i].line, code,
		      output);
	ck_assert_msg(strstr(output, lines[_i].said), "%s: said %s", lines[_i].line,
		      output);
	ck_assert_msg(!strchr(output, '\x1b'), "%s: a control character on the terminal",
		      lines[_i].line);
	ck_assert_int_eq(house_int("SELECT count(*) FROM audit"), audits);
}
END_TEST

START_TEST(bulk_is_all_or_nothing)
{
	ck_assert_int_eq(mercat("response|include|cruelty-1|cruelty-2|cruelty-9"), 1);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM response WHERE state = 'included'"), 0);
	ck_assert_int_eq(mercat("response|include|--search|view"), 0);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM response WHERE state = 'included'"), 3);
	ck_assert_int_eq(mercat("response|tag|--state|included|two words"), 0);
	ck_assert_msg(strstr(output, "3 of 3 responses tagged"), "%s", output);
	ck_assert_int_eq(mercat("response|tag|--state|included|two words"), 0);
	ck_assert_msg(strstr(output, "0 of 3 responses tagged"), "%s", output);
}
END_TEST

/*
 * What only looks needs nobody. Who keeps the machine makes the staff, before there is
 * any: the audit names their account, or whom --as names.
 */
static const char *const nobodys[] = {
	"audit list",
	"audit verify",
	"staff add",
	"staff list",
	"bounce list",
	"bounce history",
	"suppression list",
	"suppression check",
	"bulletin list",
	"bulletin preview",
	"bulletin status",
	"bulletin ledger",
	"campaign list",
	"campaign show",
	"campaign diff",
	"consultation list",
	"consultation show",
	"analysis",
	"inbound list",
	"inbound counts",
	"inbound show",
	"inbound raw",
	"notification list",
	"list list",
	"list show",
	"response list",
	"response search",
	"response show",
	"response proposed",
	"response raw",
	"subscriber imports",
	"rule list",
	"rule try",
	"doctor",
	"status",
	"store check",
	"store backup",
	"subscriber list",
	"subscriber show",
	"message inspect",
	"store init",
	"settings check",
	"settings show",
	"settings conf",
	"settings dkim",
	"code list",
	"code changes",
	"coding list",
	"bulletin check",
	"bulletin reuse",
	"bulletin audience",
	"bulletin report",
	"bulletin calendar",
	"queue list",
	"queue texts",
	"topic list",
	"subscriber timeline",
	"subscriber why",
	"subscriber find",
	"staff password",
	"staff totp",
	"staff email",
	"staff grant",
	"staff revoke",
	"staff end",
	"consultation form",
	"bulletin comments",
	"staff tell",
	"report show",
	"report check",
	"report placeholders",
	"report list",
	"report export",
	"report quoted",
	"report-back list",
	"report-back show",
	"report-back audience",
	"report-back recipients",
	"flag list",
	"flag show",
	"inbound wait",
	"publication list",
	"publication show",
	"publication redactions",
	"store restore",
	"report scan",
};

START_TEST(command_that_changes_something_names_who_acts)
{
	for (size_t g = 0; cli_all_commands[g]; g++)
		for (const struct cli_command *c = cli_all_commands[g]; c->name; c++) {
			bool looks = false;

			for (size_t i = 0; i < ARRAY_LEN(nobodys); i++)
				looks = looks || str_eq(c->name, nobodys[i]);
			ck_assert_msg(looks || c->needs == CLI_NEEDS_STAFF,
				      "\"%s\" op as nobody", c->name);
		}
}
END_TEST

START_TEST(audit_names_the_staff_or_the_account)
{
	struct err err = {0};

	ck_assert_int_eq(mercat("list|list|--as|nobody"), 1);
	ck_assert_msg(strstr(output, "\"nobody\" is not in the staff"), "%s", output);
	ck_assert_int_eq(mercat("staff|add|kim|--as|olga"), 0);
	ck_assert_str_eq(house_text("SELECT who FROM audit ORDER BY id DESC LIMIT 1"),
			 "olga");
	house.op.staff_id = 0;
	ck_assert(!list_add(&house.op,
			    &(struct list_new){.name = "more",
					       .title = "T",
					       .address = "more@l.example"},
			    &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

static int64_t keep_raw(const char *raw)
{
	struct arrival mail = {
		.mailbox_id = house.mailbox_id,
		.uidvalidity = 5,
		.item = arena_printf(house.arena, "5/%" PRId64,
				     house_int("SELECT count(*) FROM inbound")),
		.bytes = raw,
		.len = strlen(raw)};
	struct mail_message poor = house_mail(
		"poor@x.example", "cruelty@lists.example.org", "poor", "badly parsed");
	struct err err = {0};
	bool is_new;
	int64_t id;

	ck_assert(inbound_keep(&house.op, &mail, &is_new, &err));
	id = house_int("SELECT max(id) FROM inbound");
	ck_assert(inbound_take(&house.op, id, house.op.now, &poor, &err));
	return id;
}

START_TEST(rebuild_reads_raw_mail_again)
{
	int64_t good = keep_raw(
			"From: Ann <ann@x.example>\nSubject: Rich\n\nnewly read\n"),
		blank;

	for (int i = 0; i < 100; i++)
		(void)keep_raw(arena_printf(house.arena,
					    "From: n%d@x.example\nSubject: S%d\n\nbody\n",
					    i, i));
	blank = keep_raw("From: gone@x.example\n\nblanked\n");
	house_do("UPDATE inbound_raw SET bytes = x'' WHERE inbound_id = %" PRId64, blank);
	ck_assert_msg(mercat("store|rebuild") == 0, "%s", output);
	ck_assert_msg(strstr(output, "104 mails were read again"), "%s", output);
	ck_assert_str_eq(
		house_text("SELECT from_name || '|' || from_address || '|' || subject || "
			   "'|' || trim(text, char(10)) FROM parsed WHERE inbound_id = "
			   "%" PRId64,
			   good),
		"Ann|ann@x.example|Rich|newly read");
	ck_assert_str_eq(
		house_text("SELECT text FROM parsed WHERE inbound_id = %" PRId64, blank),
		"badly parsed");
	ck_assert_int_eq(house_int("SELECT count(*) FROM response"), 3 + 102);
	ck_assert_int_eq(mercat("response|search|newly"), 0);
	ck_assert_msg(strstr(output, "Rich"), "%s", output);
	ck_assert_msg(mercat("store|check") == 0, "%s", output);
	ck_assert_msg(mercat("audit|verify") == 0, "%s", output);
}
END_TEST

/* On Wednesday 25 November 2026, as people write days. */
static const struct {
	const char *typed;
	enum cli_when when;
	const char *day; /* NULL: none */
} days[] = {
	{"2026-12-31", CLI_TO_COME, "2026-12-31"},
	{"31/12/2026", CLI_TO_COME, "2026-12-31"},
	{"31.12.2026", CLI_TO_COME, "2026-12-31"},
	{"31 December 2026", CLI_TO_COME, "2026-12-31"},
	{"31 Dec", CLI_TO_COME, "2026-12-31"},
	{"5 January", CLI_TO_COME, "2027-01-05"},
	{"5 January", CLI_GONE_BY, "2026-01-05"},
	{"5 December", CLI_GONE_BY, "2025-12-05"},
	{"today", CLI_TO_COME, "2026-11-25"},
	{"Tomorrow", CLI_TO_COME, "2026-11-26"},
	{"yesterday", CLI_GONE_BY, "2026-11-24"},
	{"Friday", CLI_TO_COME, "2026-11-27"},
	{"next wed", CLI_TO_COME, "2026-12-02"},
	{"Monday", CLI_TO_COME, "2026-11-30"},
	{"Friday", CLI_GONE_BY, "2026-11-20"},
	{"Wednesday", CLI_GONE_BY, "2026-11-18"},
	{"last tuesday", CLI_GONE_BY, "2026-11-24"},
	/* the same day both ways, and one way only */
	{"07/07/2027", CLI_TO_COME, "2027-07-07"},
	{"13/02/2027", CLI_TO_COME, "2027-02-13"},
	{"02/13/2027", CLI_TO_COME, NULL},
	{"05/06/2027", CLI_TO_COME, NULL},
	{"5.6.2027", CLI_TO_COME, NULL},
	{"31/02/2027", CLI_TO_COME, NULL},
	{"", CLI_TO_COME, NULL},
	{"soon", CLI_TO_COME, NULL},
	{"2026-12-31 or so", CLI_TO_COME, NULL},
};

static struct cli on_that_day(void)
{
	struct cli cli = {.arena = house.arena, .settings = house.settings};
	struct err err = {0};

	ck_assert(clock_from_rfc3339("2026-11-25T12:00:00Z", &cli.op.now, &err));
	return cli;
}

START_TEST(number_is_read_within_its_range)
{
	static const struct cli_option options[] = {{"limit", "N", ""},
						    {NULL, NULL, NULL}};
	static const struct cli_command command = {.name = "x", .options = options};
	const struct cli_range range = {.least = 1, .most = 100, .fallback = 50};
	const char *args[] = {"7", "seven"};
	struct cli cli = on_that_day();
	struct err err = {0};
	int64_t n;

	cli.command = &command;
	cli.args = args;
	cli.arg_count = 2;
	ck_assert(cli_option_int(&cli, "limit", &range, &n, &err) && n == 50);
	cli.option_text[0] = "12";
	ck_assert(cli_option_int(&cli, "limit", &range, &n, &err) && n == 12);
	cli.option_text[0] = "101";
	ck_assert(!cli_option_int(&cli, "limit", &range, &n, &err));
	ck_assert_msg(err.kind == ERR_INPUT && strstr(err.text, "limit"), "%s", err.text);
	ck_assert(cli_arg_int(&cli, 0, "number", &n, &err) && n == 7);
	ck_assert(!cli_arg_int(&cli, 1, "number", &n, &err));
	ck_assert_msg(err.kind == ERR_INPUT && strstr(err.text, "number"), "%s",
		      err.text);
}
END_TEST

START_TEST(day_is_read_as_people_write_it)
{
	struct cli cli = on_that_day();
	const char *day = NULL;
	struct err err = {0};
	bool ok = cli_day(&cli, days[_i].typed, days[_i].when, &day, &err);

	ck_assert_msg(ok == (days[_i].day != NULL), "%s: %s", days[_i].typed,
		      ok ? day : err.text);
	if (ok)
		ck_assert_msg(str_eq(day, days[_i].day), "%s: %s", days[_i].typed, day);
	else
		ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

static const struct {
	const char *typed, *read;
} times[] = {
	{"tomorrow 09:00", "2026-11-26 09:00"},
	{"tomorrow, 9:30", "2026-11-26 09:30"},
	{"31/12/2026 09:00 Europe/Paris", "2026-12-31 09:00 Europe/Paris"},
	{"2026-12-31 09:00", "2026-12-31 09:00"},
	/* left to whoever reads it */
	{"09:00", "09:00"},
	{"tomorrow", "tomorrow"},
};

START_TEST(day_and_time_are_read)
{
	struct cli cli = on_that_day();
	const char *read = NULL;
	struct err err = {0};

	ck_assert_msg(cli_day_and_time(&cli, times[_i].typed, &read, &err), "%s: %s",
		      times[_i].typed, err.text);
	ck_assert_str_eq(read, times[_i].read);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("op cli");
	TCase *t = tcase_create("cli");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, open_all, house_close);
	UNIT_TABLE(t, command_says_what_is_wrong, lines);
	tcase_add_test(t, number_is_read_within_its_range);
	UNIT_TABLE(t, day_is_read_as_people_write_it, days);
	UNIT_TABLE(t, day_and_time_are_read, times);
	tcase_add_test(t, own_template_of_an_old_name_is_refused);
	tcase_add_test(t, held_finds_who_only_wrote);
	tcase_add_test(t, mistyped_command_is_known);
	tcase_add_test(t, option_is_given_whole_and_once);
	tcase_add_test(t, option_of_all_is_given_whole_and_once);
	tcase_add_test(t, bulk_is_all_or_nothing);
	tcase_add_test(t, command_that_changes_something_names_who_acts);
	tcase_add_test(t, audit_names_the_staff_or_the_account);
	tcase_add_test(t, rebuild_reads_raw_mail_again);
	suite_add_tcase(suite, t);
	return unit_main(suite);
}
