/*
 * access token - access tokens (OAuth 2.0), made by a command of the operator or in a file.
 *
 * A role that is shut in runs no program, and opens no folder of secrets. So a keeper is
 * forked before that: a process that waits to be asked, and hands on the first line of what
 * the command wrote or of the file as it is then. It ends with the role. What the command
 * writes to its standard error goes into the log. The keeper of a file can open nothing
 * beside that file's folder.
 *
 * Ownership  a start gives a socket away; the caller closes it, and with it the keeper ends.
 * Errors     ERR_SETUP: the command cannot be run, failed, took too long or said nothing.
 * Limits     the command is cut into words at blanks: no shell, no quotes. It has 30
 *            seconds. A token of 16,000 bytes.
 */
#ifndef MERCAT_PROCESS_ACCESS_TOKEN_H
#define MERCAT_PROCESS_ACCESS_TOKEN_H

#include "base/arena.h"
#include "base/err.h"

bool token_keeper_start(const char *command, int *out_fd, struct err *err) MUST_USE;
bool token_file_keeper_start(const char *file, int *out_fd, struct err *err) MUST_USE;

/* Runs the command or reads the file; the token without its line end. */
bool token_ask(int fd, struct arena *arena, const char **out, struct err *err) MUST_USE;

#endif
