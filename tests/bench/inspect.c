/*
 * mercat-inspect - "mercat message inspect" by itself, for measuring and fuzzing:
 * FILE, -, or --batch with paths on standard input.
 */
#include "base/codec/secret.h"
#include "base/str.h"
#include "reader/inspect.h"

int main(int argc, char **argv)
{
	struct err err = {0};
	bool ok;

	secret_setup();
	if (argc != 2) {
		(void)fprintf(stderr, "usage: mercat-inspect FILE | - | --batch\n");
		return 2;
	}
	ok = str_eq(argv[1], "--batch") ? reader_inspect_batch(stdin, stdout, &err)
					: reader_inspect_file(argv[1], stdout, &err);
	if (!ok)
		(void)fprintf(stderr, "mercat-inspect: %s\n", err.text);
	return ok ? 0 : 1;
}
