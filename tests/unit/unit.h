/*
 * unit - what every unit test program shares: got-and-want messages and main().
 *
 * Output is TAP (CK_TAP_LOG_FILE_NAME=- in the makefile); main returns 0, the
 * driver reads the lines.
 */
#ifndef MERCAT_TESTS_UNIT_H
#define MERCAT_TESTS_UNIT_H

#include "base/attr.h"
#include "base/secret.h"

#include <check.h>

/* One case runs the test once for each row of its table. */
#define UNIT_TABLE(tcase, test, rows) \
	tcase_add_loop_test((tcase), (test), 0, (int)ARRAY_LEN(rows))

static inline int unit_main(Suite *suite)
{
	SRunner *runner = srunner_create(suite);

	secret_setup();
	srunner_run_all(runner, CK_ENV);
	srunner_free(runner);
	return 0;
}

#endif
