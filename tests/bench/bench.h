/*
 * bench - what the contestants of the SMTP benchmark share.
 *
 * Each contestant sends so many mails of the same size over so many connections to a
 * sink on loopback. It runs in a process of its own, so that its CPU time and peak
 * memory are the kernel's own figures (wait4), whatever it is.
 */
#ifndef MERCAT_TESTS_BENCH_H
#define MERCAT_TESTS_BENCH_H

#include "base/attr.h"

struct bench_job {
	int port;
	int mails;
	int connections;
	int mail_bytes;
	int stalled; /* so many mails never get an answer, and are not waited for */
};

/* Each returns when all mails are with the sink, or ends the process with 1. */
void bench_run_pool(const struct bench_job *job);   /* src/smtp, no ledger */
void bench_run_curl(const struct bench_job *job);   /* libcurl's SMTP, a thread each */
void bench_run_source(const struct bench_job *job); /* Postfix's smtp-source -d */

/* A mail of about so many bytes, CRLF, without a final dot; malloc'd. */
char *bench_mail(int bytes, size_t *out_len);
NORETURN void bench_fail(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
