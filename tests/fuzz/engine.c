/*
 * The door of libFuzzer. FUZZ_TARGET in the environment names the target; without it
 * the table is printed, for run.py: name, least executions a second, longest input, what.
 */
#include "tests/fuzz/fuzz.h"

#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const struct fuzz_target *target;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *name = getenv("FUZZ_TARGET");

	(void)argc, (void)argv;
	target = fuzz_target_named(name);
	if (!target) {
		for (const struct fuzz_target *t = fuzz_targets; t->name; t++)
			printf("%s\t%u\t%zu\t%s\n", t->name, t->least, t->most, t->what);
		(void)fflush(stdout);
		_exit(name ? 2 : 0);
	}
	fuzz_setup();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	target->run((const char *)bytes, len);
	return 0;
}
