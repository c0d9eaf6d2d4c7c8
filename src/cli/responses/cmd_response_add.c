/* A response that did not come by email, put in by hand. */
#include "domain/sorting/entered.h"
#include "base/fd.h"
#include "base/str.h"
#include "cli/frame/print.h"
#include "reader/reader.h"

static bool read_files(struct cli *cli, struct entered *to, struct err *err)
{
	size_t most = (size_t)cli->settings->message_max_bytes;
	size_t count = cli->arg_count - 1;
	struct typed_file *files = arena_make(cli->arena, struct typed_file, count + 1);

	to->files = files;
	to->file_count = count;
	for (size_t i = 0; i < count; i++) {
		AUTO(buf) bytes = buf_new(most);
		const char *path = cli->args[i + 1];
		char *kept;

		if (!fd_read_file(path, bytes, err))
			return false;
		kept = arena_alloc(cli->arena, bytes->len + 1);
		memcpy(kept, buf_text(bytes), bytes->len + 1);
		files[i] = (struct typed_file){
			.name = path, .bytes = kept, .len = bytes->len};
	}
	return true;
}

static struct entered asked(struct cli *cli)
{
	const char *channel = cli_option(cli, "channel");
	char once[SECRET_RANDOM_LEN + 1];

	secret_random_token(once);
	return (struct entered){.consultation = cli->args[0],
				.said = {.channel = channel,
					 .name = cli_option(cli, "name"),
					 .organisation = cli_option(cli, "organisation"),
					 .address = cli_option(cli, "address"),
					 .type = cli_option(cli, "type"),
					 .permission = cli_option(cli, "permission"),
					 .acknowledge = cli_option(cli, "silent")
								? ENTRY_SILENT
								: ENTRY_ACKNOWLEDGE},
				.received = cli_option(cli, "received"),
				.text = cli_option(cli, "text"),
				.once = arena_strdup(cli->arena, once)};
}

static int add(struct cli *cli, struct err *err)
{
	struct entered what = asked(cli);
	AUTO(reader) reader = NULL;
	struct entered_made made;
	struct entered_added added;
	struct reader_mail mail;
	struct mail_message m;

	if (!read_files(cli, &what, err) ||
	    !entered_make(&cli->op, cli->arena, &what, &made, err) ||
	    !reader_open(&reader, err))
		return CLI_FAILED;
	mail = (struct reader_mail){made.bytes, made.len};
	if (!reader_read(reader, cli->arena, &mail, 1, &m, err) ||
	    !entered_add(&cli->op, cli->arena, &made, &m, &added, err))
		return CLI_FAILED;
	cli_done(cli, "Added as %s.%s%s%s", added.reference,
		 added.is_late ? " It reached us after the close and counts as late."
			       : "",
		 added.is_early ? " It reached us before the consultation opened: check "
				  "the date."
				: "",
		 added.is_acknowledged ? " An acknowledgement is on its way." : "");
	return CLI_DONE;
}

static const struct cli_option add_options[] = {
	{"channel", "CHANNEL",
	 "how it reached you: paper, telephone, meeting or email; must be given"},
	{"received", "DAY",
	 "when it reached you: 3/3/2026, \"3 March\", yesterday; must be given"},
	{"name", "NAME", "who it is from"},
	{"organisation", "NAME", "for which organisation"},
	{"type", "TYPE", "individual, organisation or unknown"},
	{"address", "ADDRESS", "where they can be written to"},
	{"permission", "WHAT", "to publish: name, \"without name\", none or unknown"},
	{"silent", NULL, "send no acknowledgement"},
	{"text", "TEXT", "what it says, or what was said"},
	{0}};

const struct cli_command cli_response_add_commands[] = {
	{"response add", "CONSULTATION [FILE...]", 1, SIZE_MAX,
	 "Adds a response that did not come by email, with its scans or other files",
	 CLI_NEEDS_STAFF, add, add_options},
	{0}};
