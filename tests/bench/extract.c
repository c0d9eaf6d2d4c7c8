/*
 * mercat-extract - what attachments say, one JSON object a line: the tests' door to
 * extract/extract.h, and a way to time it.
 *
 *   mercat-extract [--here] [--memory MB] [--type TYPE] FILE...
 *
 * --here parses in this very process, so that a debugger or a sanitizer sees it all.
 */
#include "base/fd.h"
#include "base/str.h"
#include "extract/parsers/document.h"
#include "extract/extract.h"

#include <jansson.h>
#include <getopt.h>
#include <sys/resource.h>

static bool here;
static int64_t memory_mb;
static const char *type;

static void print(const char *path, const char *state, const char *source,
		  const char *reason, const char *text, const struct extract_result *r)
{
	struct rusage used;
	char *line;
	json_t *o;

	(void)getrusage(RUSAGE_CHILDREN, &used);
	o = json_pack("{s:s, s:s?, s:s?, s:s?, s:s?, s:f, s:i, s:i, s:i}", "file", path, "state",
		      state, "source", source, "reason", reason, "text", text, "cpu_s",
		      (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
			      (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) /
				      1e6,
		      "rss_kb", (int)used.ru_maxrss, "recognised_at",
		      r && r->recognised ? (int)(r->recognised - r->text) : -1, "sure",
		      r ? r->sure : 0);
	line = json_dumps(o, JSON_COMPACT);
	(void)puts(line ? line : "null");
	free(line);
	json_decref(o);
}

static void parse_here(const char *path, const struct mail_attachment *file)
{
	AUTO(buf) text = buf_new(EXTRACT_TEXT);
	AUTO(buf) clean = buf_new((size_t)EXTRACT_TEXT * 3);
	struct extract_said said = {.text = text};

	extract_document(extract_kind_of(file->bytes, file->size, file->name, file->type),
			 file->bytes, file->size, &said);
	str_utf8_clean(clean, buf_text(text), text->len);
	print(path, "here", said.source, said.reason, buf_text(clean), NULL);
}

static bool one(struct extract *x, const char *path, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(buf) bytes = buf_new((size_t)512 << 20);
	struct mail_attachment file = {.type = type};
	struct extract_result r;

	if (!fd_read_file(path, bytes, err))
		return false;
	file.bytes = buf_text(bytes);
	file.size = bytes->len;
	file.name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	if (here) {
		parse_here(path, &file);
		return true;
	}
	if (!extract_text(x, arena, &file, &r, err))
		return false;
	print(path, extract_state_name(r.state), r.source, r.reason, r.text, &r);
	return true;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {{"here", no_argument, NULL, 'n'},
						{"memory", required_argument, NULL, 'm'},
						{"type", required_argument, NULL, 't'},
						{NULL, 0, NULL, 0}};
	struct extract *x = NULL;
	struct err err = {0};
	bool ok = true;
	int option;

	while (ok && (option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		here = here || option == 'n';
		if (option == 'm')
			ok = str_to_int(optarg, 0, 1 << 20, &memory_mb, &err);
		if (option == 't')
			type = optarg;
		ok = ok && option != '?';
	}
	if (!ok) {
		(void)fputs(
			"usage: mercat-extract [--here] [--memory MB] [--type TYPE] FILE...\n",
			stderr);
		return 2;
	}
	ok = extract_open(&x, &err);
	if (ok)
		extract_limits(x, (size_t)memory_mb << 20, 0, 0);
	for (; ok && optind < argc; optind++)
		ok = one(x, argv[optind], &err);
	if (!ok)
		(void)fprintf(stderr, "mercat-extract: %s\n", err.text);
	extract_close(&x);
	return ok ? 0 : 1;
}
