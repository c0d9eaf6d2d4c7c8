#include "sandbox/calls.h"
#include "base/str.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/sockios.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif
#ifndef CLONE_NEWCGROUP
#define CLONE_NEWCGROUP 0x02000000
#endif

/* What a parser needs to read its mails, use memory and answer. */
static const int parser_calls[] = {
	SCMP_SYS(read),
	SCMP_SYS(write),
	SCMP_SYS(brk),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(futex),
	SCMP_SYS(exit_group),
	SCMP_SYS(setitimer),
	/* abort(), so that running out of memory ends it as what it is */
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
#ifdef MERCAT_SANITIZED
	SCMP_SYS(madvise),
	SCMP_SYS(mprotect),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(munlock),
	SCMP_SYS(sched_yield),
	SCMP_SYS(close),
	SCMP_SYS(readlink),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(exit),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(prctl),
	SCMP_SYS(getrlimit),
	SCMP_SYS(prlimit64),
#endif
};

/* Memory; mmap and mprotect have rules of their own. */
static const int memory[] = {
	SCMP_SYS(brk),     SCMP_SYS(munmap),     SCMP_SYS(mremap), SCMP_SYS(madvise),
	SCMP_SYS(mincore), SCMP_SYS(msync),      SCMP_SYS(mlock),  SCMP_SYS(mlock2),
	SCMP_SYS(munlock), SCMP_SYS(membarrier),
};

/* What is open already, and files without a name. */
static const int descriptors[] = {
	SCMP_SYS(read),
	SCMP_SYS(write),
	SCMP_SYS(readv),
	SCMP_SYS(writev),
	SCMP_SYS(pread64),
	SCMP_SYS(pwrite64),
	SCMP_SYS(preadv),
	SCMP_SYS(pwritev),
	SCMP_SYS(preadv2),
	SCMP_SYS(pwritev2),
	SCMP_SYS(lseek),
	SCMP_SYS(_llseek),
	SCMP_SYS(close),
	SCMP_SYS(close_range),
	SCMP_SYS(dup),
	SCMP_SYS(dup2),
	SCMP_SYS(dup3),
	SCMP_SYS(pipe),
	SCMP_SYS(pipe2),
	SCMP_SYS(fcntl),
	SCMP_SYS(fcntl64),
	SCMP_SYS(flock),
	SCMP_SYS(fsync),
	SCMP_SYS(fdatasync),
	SCMP_SYS(sync_file_range),
	SCMP_SYS(ftruncate),
	SCMP_SYS(ftruncate64),
	SCMP_SYS(fallocate),
	SCMP_SYS(fadvise64),
	SCMP_SYS(fadvise64_64),
	SCMP_SYS(sendfile),
	SCMP_SYS(sendfile64),
	SCMP_SYS(copy_file_range),
	SCMP_SYS(memfd_create),
	SCMP_SYS(fstat),
	SCMP_SYS(fstat64),
	SCMP_SYS(fstatfs),
	SCMP_SYS(fstatfs64),
	SCMP_SYS(getdents),
	SCMP_SYS(getdents64),
	SCMP_SYS(fchmod),
};

/* Files by name: which ones, Landlock says. */
static const int files[] = {
	SCMP_SYS(open),       SCMP_SYS(openat),     SCMP_SYS(openat2),
	SCMP_SYS(stat),       SCMP_SYS(stat64),     SCMP_SYS(lstat),
	SCMP_SYS(lstat64),    SCMP_SYS(newfstatat), SCMP_SYS(fstatat64),
	SCMP_SYS(statx),      SCMP_SYS(statfs),     SCMP_SYS(statfs64),
	SCMP_SYS(access),     SCMP_SYS(faccessat),  SCMP_SYS(faccessat2),
	SCMP_SYS(readlink),   SCMP_SYS(readlinkat), SCMP_SYS(getcwd),
	SCMP_SYS(umask),      SCMP_SYS(mkdir),      SCMP_SYS(mkdirat),
	SCMP_SYS(rename),     SCMP_SYS(renameat),   SCMP_SYS(renameat2),
	SCMP_SYS(link),       SCMP_SYS(linkat),     SCMP_SYS(unlink),
	SCMP_SYS(unlinkat),   SCMP_SYS(rmdir),      SCMP_SYS(truncate),
	SCMP_SYS(truncate64), SCMP_SYS(utimensat),  SCMP_SYS(utimes),
};

/* Clocks, waiting, and threads that wait for each other. */
static const int waiting[] = {
	SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_gettime64),
	SCMP_SYS(clock_getres),
	SCMP_SYS(clock_getres_time64),
	SCMP_SYS(clock_nanosleep),
	SCMP_SYS(clock_nanosleep_time64),
	SCMP_SYS(nanosleep),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(time),
	SCMP_SYS(times),
	SCMP_SYS(poll),
	SCMP_SYS(ppoll),
	SCMP_SYS(ppoll_time64),
	SCMP_SYS(select),
	SCMP_SYS(_newselect),
	SCMP_SYS(pselect6),
	SCMP_SYS(pselect6_time64),
	SCMP_SYS(epoll_create),
	SCMP_SYS(epoll_create1),
	SCMP_SYS(epoll_ctl),
	SCMP_SYS(epoll_wait),
	SCMP_SYS(epoll_pwait),
	SCMP_SYS(epoll_pwait2),
	SCMP_SYS(eventfd),
	SCMP_SYS(eventfd2),
	SCMP_SYS(timerfd_create),
	SCMP_SYS(timerfd_settime),
	SCMP_SYS(timerfd_gettime),
	SCMP_SYS(signalfd),
	SCMP_SYS(signalfd4),
	SCMP_SYS(setitimer),
	SCMP_SYS(getitimer),
	SCMP_SYS(alarm),
	SCMP_SYS(pause),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(futex),
	SCMP_SYS(futex_time64),
	SCMP_SYS(futex_waitv),
	SCMP_SYS(sched_yield),
};

/* Signals of its own, and what a process may ask about itself. */
static const int itself[] = {
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigpending),
	SCMP_SYS(rt_sigsuspend),
	SCMP_SYS(rt_sigtimedwait),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(sigreturn),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
	SCMP_SYS(set_tid_address),
	SCMP_SYS(set_robust_list),
	SCMP_SYS(get_robust_list),
	SCMP_SYS(rseq),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(getppid),
	SCMP_SYS(getpgrp),
	SCMP_SYS(getpgid),
	SCMP_SYS(getsid),
	SCMP_SYS(getuid),
	SCMP_SYS(geteuid),
	SCMP_SYS(getgid),
	SCMP_SYS(getegid),
	SCMP_SYS(getresuid),
	SCMP_SYS(getresgid),
	SCMP_SYS(getgroups),
	SCMP_SYS(getrandom),
	SCMP_SYS(uname),
	SCMP_SYS(sysinfo),
	SCMP_SYS(getcpu),
	SCMP_SYS(getrusage),
	SCMP_SYS(sched_getaffinity),
	SCMP_SYS(sched_getparam),
	SCMP_SYS(sched_getscheduler),
	SCMP_SYS(getpriority),
	SCMP_SYS(getrlimit),
	SCMP_SYS(ugetrlimit),
	SCMP_SYS(setrlimit),
	SCMP_SYS(prlimit64),
	SCMP_SYS(capget),
	SCMP_SYS(arch_prctl),
};

/* Walls that are put up within these: they only ever take away. */
static const int more_walls[] = {
	SCMP_SYS(seccomp),
	SCMP_SYS(landlock_create_ruleset),
	SCMP_SYS(landlock_add_rule),
	SCMP_SYS(landlock_restrict_self),
};

/* Talking over what is connected already; new sockets have rules of their own. */
static const int talking[] = {
	SCMP_SYS(sendto),      SCMP_SYS(recvfrom),    SCMP_SYS(sendmsg),
	SCMP_SYS(recvmsg),     SCMP_SYS(send),        SCMP_SYS(recv),
	SCMP_SYS(shutdown),    SCMP_SYS(getsockopt),  SCMP_SYS(setsockopt),
	SCMP_SYS(getsockname), SCMP_SYS(getpeername),
};

/* Children: the mail reader's and the outside programs', waited for or ended. */
static const int
	children[] =
		{
			SCMP_SYS(wait4),  SCMP_SYS(waitid), SCMP_SYS(waitpid),
			SCMP_SYS(kill),   SCMP_SYS(fork),   SCMP_SYS(vfork),
			SCMP_SYS(tgkill), /* a child's to itself has its own number in it */
};

static const int visitors[] = {SCMP_SYS(accept), SCMP_SYS(accept4)};

/* The resolver asks for both kinds of address in one call, and binds before it asks. */
static const int connecting[] = {SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(sendmmsg),
				 SCMP_SYS(recvmmsg)};

/* And the folder that it works in; a group of its own, so that what it starts ends with it. */
static const int programs_run[] = {SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(chdir),
				   SCMP_SYS(setpgid)};

static const struct {
	const int *calls;
	size_t count;
} always[] = {
	{memory, ARRAY_LEN(memory)},   {descriptors, ARRAY_LEN(descriptors)},
	{files, ARRAY_LEN(files)},     {waiting, ARRAY_LEN(waiting)},
	{itself, ARRAY_LEN(itself)},   {more_walls, ARRAY_LEN(more_walls)},
	{talking, ARRAY_LEN(talking)},
};

/* A call that this machine does not have is not missed. */
static bool fits(int rc)
{
	return rc == 0 || rc == -EDOM || rc == -EINVAL;
}

static bool allow(scmp_filter_ctx f, const int *calls, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!fits(seccomp_rule_add(f, SCMP_ACT_ALLOW, calls[i], 0)))
			return false;
	return true;
}

static bool allow_if(scmp_filter_ctx f, int call, struct scmp_arg_cmp what)
{
	return fits(seccomp_rule_add_array(f, SCMP_ACT_ALLOW, call, 1, &what));
}

/* A signal to itself: abort(), raise(), pthread_kill(). */
static bool own_signals(scmp_filter_ctx f)
{
	return allow_if(f, SCMP_SYS(tgkill),
			SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
}

/* Memory that is never code, and signals to nobody but itself. */
static bool parser_rules(scmp_filter_ctx f)
{
	return allow(f, parser_calls, ARRAY_LEN(parser_calls)) &&
	       allow_if(f, SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) &&
	       own_signals(f);
}

/* Code comes from files that are linked in, if at all, and is never written. */
static bool code_rules(scmp_filter_ctx f, bool loads_code)
{
	static const int calls[] = {SCMP_SYS(mmap), SCMP_SYS(mmap2), SCMP_SYS(mprotect)};

	for (size_t i = 0; i < ARRAY_LEN(calls); i++) {
		if (!allow_if(f, calls[i], SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)))
			return false;
		if (loads_code && !allow_if(f, calls[i],
					    SCMP_A2(SCMP_CMP_MASKED_EQ,
						    PROT_EXEC | PROT_WRITE, PROT_EXEC)))
			return false;
	}
	return true;
}

/*
 * Threads, and processes where children are needed; never a namespace. clone3 hides its
 * flags from a filter: the one before this (sandbox.c) has it "not there", so that the C
 * library takes clone, and only what both let through happens.
 */
static bool clone_rules(scmp_filter_ctx f, bool has_children)
{
	const scmp_datum_t spaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS |
				    CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |
				    CLONE_NEWNET;

	if (!fits(seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(clone3), 0)))
		return false;
	if (has_children)
		return allow_if(f, SCMP_SYS(clone),
				SCMP_A0(SCMP_CMP_MASKED_EQ, spaces, 0)) &&
		       allow(f, children, ARRAY_LEN(children));
	return allow_if(f, SCMP_SYS(clone),
			SCMP_A0(SCMP_CMP_MASKED_EQ, spaces | CLONE_THREAD,
				CLONE_THREAD)) &&
	       own_signals(f);
}

/* Of the calls that are many in one, what is needed. */
static bool kinds(scmp_filter_ctx f)
{
	static const scmp_datum_t controls[] = {FIONREAD, FIONBIO, TCGETS, TIOCGWINSZ,
						FIOCLEX};
	static const scmp_datum_t process[] = {
		PR_SET_NAME,     PR_GET_NAME,    PR_SET_PDEATHSIG,    PR_SET_DUMPABLE,
		PR_GET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS,
		PR_SET_VMA,      PR_GET_SECCOMP, PR_CAPBSET_READ};

	for (size_t i = 0; i < ARRAY_LEN(controls); i++)
		if (!allow_if(f, SCMP_SYS(ioctl), SCMP_A1(SCMP_CMP_EQ, controls[i], 0)))
			return false;
	for (size_t i = 0; i < ARRAY_LEN(process); i++)
		if (!allow_if(f, SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, process[i], 0)))
			return false;
	return allow_if(f, SCMP_SYS(socketpair), SCMP_A0(SCMP_CMP_EQ, AF_UNIX, 0));
}

/*
 * The internet's families and unix; others are kernel surface without a use, but for
 * netlink's list of interfaces, which glibc asks for before it looks up a name.
 */
static bool network_rules(scmp_filter_ctx f)
{
	static const scmp_datum_t families[] = {AF_INET, AF_INET6, AF_UNIX};

	for (size_t i = 0; i < ARRAY_LEN(families); i++)
		if (!allow_if(f, SCMP_SYS(socket), SCMP_A0(SCMP_CMP_EQ, families[i], 0)))
			return false;
	return fits(seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2,
				     SCMP_A0(SCMP_CMP_EQ, AF_NETLINK, 0),
				     SCMP_A2(SCMP_CMP_EQ, NETLINK_ROUTE, 0))) &&
	       allow(f, connecting, ARRAY_LEN(connecting));
}

bool sandbox_calls(void *filter, enum sandbox_profile profile,
		   enum sandbox_programs programs)
{
	bool network = profile == SANDBOX_NETWORK, runs = programs == SANDBOX_PROGRAMS;
	scmp_filter_ctx f = filter;

	if (profile == SANDBOX_PARSER)
		return parser_rules(f);
	for (size_t i = 0; i < ARRAY_LEN(always); i++)
		if (!allow(f, always[i].calls, always[i].count))
			return false;
	if (!code_rules(f, network || runs) || !clone_rules(f, !network) || !kinds(f))
		return false;
	if (runs && !allow(f, programs_run, ARRAY_LEN(programs_run)))
		return false;
	if (profile == SANDBOX_SERVER && !allow(f, visitors, ARRAY_LEN(visitors)))
		return false;
	return !network || network_rules(f);
}
