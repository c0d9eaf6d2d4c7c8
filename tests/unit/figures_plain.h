/*
 * figures_plain - a house with FIGURES_REPLIES replies, and every sheet of its figures
 * compared with a plain count of the tables.
 *
 * The plain counts are the statements that the figures once were: slow, and each for
 * itself. house_close() ends the house.
 */
#ifndef MERCAT_TESTS_FIGURES_PLAIN_H
#define MERCAT_TESTS_FIGURES_PLAIN_H

#include "tests/unit/domain_house.h"

enum { FIGURES_REPLIES = 700 };

void figures_begin(void);
void figures_seed(uint32_t from);
uint32_t figures_random(uint32_t below);
/* Of all replies or those of some state. after: what was done before. */
void figures_check(const char *after);

#endif
