/*
 * daemon master - reads the settings, has the store migrated, drops privileges, starts
 * each role as a fresh process of its own and starts again what dies.
 *
 * Each role gets only the secrets that are its own. What children write to stderr
 * is taken line by line into the master's own stderr. When the master dies, however it
 * dies, its children are told to stop by the kernel.
 *
 * Errors     returns the exit code: 0 asked to stop, 1 failed, 2 settings.
 */
#ifndef MERCAT_DAEMON_MASTER_H
#define MERCAT_DAEMON_MASTER_H

/* program: the path to execute again for each role. */
int master_main(const char *program, const char *config);

#endif
