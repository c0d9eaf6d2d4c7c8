/*
 * ready - what most tests need and what takes long to make: made once a program, before
 * Check forks for the first test, which then finds it in its memory.
 */
#ifndef MERCAT_TESTS_READY_H
#define MERCAT_TESTS_READY_H

#include "template/template.h"

/* Writes an empty store of this version. path: of the store, whose folder is there. */
void ready_store(const char *path);
/* The program's own templates; borrowed, and a test's own copy after the fork. */
struct template_library *ready_templates(void);

#endif
