/*
 * process in_hand - what a role was working on when it crashed, told to its next process.
 *
 * A mail that crashes the role which takes it would do so again after each restart, and
 * nothing behind it would be read. So a crash (SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT)
 * leaves a mark in the state folder: which one was in hand, and how often in a row it was.
 * The role that finds the mark takes that one without its words. An end from outside (a
 * kill, a lack of memory) leaves no mark.
 *
 * Of a process there is one; children that it forks leave no mark while nothing is in hand.
 * Errors: what cannot be opened is said; the handler itself says nothing.
 */
#ifndef MERCAT_PROCESS_IN_HAND_H
#define MERCAT_PROCESS_IN_HAND_H

#include "base/attr.h"
#include "base/err.h"

enum { IN_HAND_OFTEN = 2 }; /* crashes in a row with one in hand; then it is suspect */

/* Reads the mark that was left in folder/role.crashed, and from now on leaves one. */
bool in_hand_open(const char *folder, const char *role, struct err *err) MUST_USE;
/* id is being worked on; 0: nothing is. */
void in_hand(int64_t id);
/* How many processes in a row crashed with it in hand. */
int64_t in_hand_crashes(int64_t id) MUST_USE;

#endif
