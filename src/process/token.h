/*
 * process token - access tokens (OAuth 2.0) that a command of the operator makes.
 *
 * A role that is shut in runs no program. So a keeper is forked before that: a process
 * that waits to be asked, runs the command and hands on the first line that it wrote. It
 * ends with the role. What the command writes to its standard error goes into the log.
 *
 * Ownership  token_keeper_start() gives a socket away; the caller closes it, and with it
 *            the keeper ends.
 * Errors     ERR_SETUP: the command cannot be run, failed, took too long or said nothing.
 * Limits     the command is cut into words at blanks: no shell, no quotes. It has 30
 *            seconds. A token of 16,000 bytes.
 */
#ifndef MERCAT_PROCESS_TOKEN_H
#define MERCAT_PROCESS_TOKEN_H

#include "base/arena.h"
#include "base/err.h"

bool token_keeper_start(const char *command, int *out_fd, struct err *err) MUST_USE;

/* Runs the command; the token without its line end. */
bool token_ask(int fd, struct arena *arena, const char **out, struct err *err) MUST_USE;

#endif
