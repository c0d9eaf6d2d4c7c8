/*
 * cli answers - the answers of one reply, by question, for response show.
 *
 * Ownership  what is loaded hangs in cli->arena.
 */
#ifndef MERCAT_CLI_ANSWERS_H
#define MERCAT_CLI_ANSWERS_H

#include "acts/answer.h"
#include "cli/cli.h"

void cli_say_answers(const struct acts_answer *answers, size_t count);
void cli_json_answers(struct buf *out, const struct acts_answer *answers, size_t count);

#endif
