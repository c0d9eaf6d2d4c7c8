#include "sandbox/sandbox.h"
#include "base/fd.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void is_missing(struct sandbox_missing *missing, const char *what)
{
	if (missing && missing->count < SANDBOX_MISSING_MAX)
		str_copy(missing->text[missing->count++], SANDBOX_MISSING_ROOM, what);
}

static bool set_limit(int which, rlim_t most, const char *name, struct err *err)
{
	struct rlimit now, want = {most, most};

	if (getrlimit((__rlimit_resource_t)which, &now) == 0 && now.rlim_max < most)
		want.rlim_cur = want.rlim_max = now.rlim_max;
	if (setrlimit((__rlimit_resource_t)which, &want) != 0)
		return err_set(err, ERR_SYSTEM, "the limit on %s cannot be set: %s", name,
			       strerror(errno));
	return true;
}

bool sandbox_limit(const struct sandbox_limits *limits, struct err *err)
{
	if (limits->no_core && !set_limit(RLIMIT_CORE, 0, "core files", err))
		return false;
	if (limits->files && !set_limit(RLIMIT_NOFILE, limits->files, "open files", err))
		return false;
	if (limits->cpu_s) {
		struct rlimit cpu = {limits->cpu_s, limits->cpu_s + 1};

		if (setrlimit(RLIMIT_CPU, &cpu) != 0)
			return err_set(err, ERR_SYSTEM,
				       "the limit on CPU time cannot be set: %s",
				       strerror(errno));
	}
#ifndef MERCAT_SANITIZED /* whose shadow alone is terabytes of address space */
	if (limits->memory_bytes &&
	    !set_limit(RLIMIT_AS, limits->memory_bytes, "memory", err))
		return false;
#endif
	return true;
}

/* --- Landlock ------------------------------------------------------------ */

#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

static const uint64_t READS = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t ON_FILES = LANDLOCK_ACCESS_FS_READ_FILE |
				 LANDLOCK_ACCESS_FS_WRITE_FILE |
				 LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_TRUNCATE;

static uint64_t all_rights(long abi)
{
	uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;

	if (abi >= 2)
		rights |= LANDLOCK_ACCESS_FS_REFER;
	if (abi >= 3)
		rights |= LANDLOCK_ACCESS_FS_TRUNCATE;
	return rights;
}

static bool allow_path(int ruleset, const char *path, uint64_t rights, struct err *err)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = rights};
	AUTO_FD fd = open(path, O_PATH | O_CLOEXEC);
	struct stat st;

	if (fd < 0 && errno == ENOENT)
		return true; /* what is not there needs no door */
	if (fd < 0 || fstat(fd, &st) != 0)
		return err_set(err, ERR_SYSTEM, "%s cannot be opened for the sandbox: %s",
			       path, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		rule.allowed_access &= ON_FILES;
	rule.parent_fd = fd;
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule,
		    0) != 0)
		return err_set(err, ERR_SYSTEM, "the sandbox refuses the rule for %s: %s",
			       path, strerror(errno));
	return true;
}

static bool landlock(const struct sandbox_paths *paths, struct sandbox_missing *missing,
		     struct err *err)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
			   LANDLOCK_CREATE_RULESET_VERSION);
	struct landlock_ruleset_attr attr;
	uint64_t rights, reads = READS;
	AUTO_FD ruleset = -1;

	if (abi < 1) {
		is_missing(missing,
			   "This kernel has no Landlock, so files are guarded by their "
			   "permissions only; a kernel of 5.13 or later has it.");
		return true;
	}
	attr.handled_access_fs = rights = all_rights(abi);
	if (paths && paths->may_exec)
		reads |= LANDLOCK_ACCESS_FS_EXECUTE;
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &attr,
			       sizeof(attr.handled_access_fs), 0);
	if (ruleset < 0)
		return err_set(err, ERR_SYSTEM, "Landlock refuses to begin: %s",
			       strerror(errno));
	for (size_t i = 0; paths && paths->read && paths->read[i]; i++)
		if (!allow_path(ruleset, paths->read[i], reads, err))
			return false;
	for (size_t i = 0; paths && paths->write && paths->write[i]; i++)
		if (!allow_path(ruleset, paths->write[i],
				rights & ~LANDLOCK_ACCESS_FS_EXECUTE, err))
			return false;
	if (syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
		return err_set(err, ERR_SYSTEM, "Landlock refuses to close: %s",
			       strerror(errno));
	return true;
}

/* --- seccomp ------------------------------------------------------------- */

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

/* What no role ever needs and what would open a door out of the others. */
static const int never[] = {
	SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(kexec_load),
	SCMP_SYS(kexec_file_load),
	SCMP_SYS(init_module),
	SCMP_SYS(finit_module),
	SCMP_SYS(delete_module),
	SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open),
	SCMP_SYS(mount),
	SCMP_SYS(umount2),
	SCMP_SYS(pivot_root),
	SCMP_SYS(chroot),
	SCMP_SYS(setns),
	SCMP_SYS(unshare),
	SCMP_SYS(swapon),
	SCMP_SYS(swapoff),
	SCMP_SYS(reboot),
	SCMP_SYS(settimeofday),
	SCMP_SYS(clock_settime),
	SCMP_SYS(adjtimex),
	SCMP_SYS(sethostname),
	SCMP_SYS(setdomainname),
	SCMP_SYS(keyctl),
	SCMP_SYS(add_key),
	SCMP_SYS(request_key),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(io_uring_setup),
	SCMP_SYS(io_uring_enter),
	SCMP_SYS(io_uring_register),
	SCMP_SYS(move_mount),
	SCMP_SYS(open_tree),
	SCMP_SYS(fsopen),
	SCMP_SYS(fsmount),
	SCMP_SYS(name_to_handle_at),
	SCMP_SYS(open_by_handle_at),
	SCMP_SYS(acct),
	SCMP_SYS(quotactl),
	SCMP_SYS(setuid),
	SCMP_SYS(setgid),
	SCMP_SYS(setresuid),
	SCMP_SYS(setresgid),
	SCMP_SYS(setreuid),
	SCMP_SYS(setregid),
	SCMP_SYS(setgroups),
	SCMP_SYS(mknod),
	SCMP_SYS(mknodat),
	SCMP_SYS(personality),
};

static const int sockets[] = {
	SCMP_SYS(socket),
	SCMP_SYS(connect),
	SCMP_SYS(bind),
	SCMP_SYS(listen),
};

static const int visitors[] = {SCMP_SYS(accept), SCMP_SYS(accept4)};

static const int programs[] = {SCMP_SYS(execve), SCMP_SYS(execveat)};

/* A call that this machine does not have is not missed. */
static bool rules(scmp_filter_ctx f, uint32_t action, const int *calls, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int rc = seccomp_rule_add(f, action, calls[i], 0);

		if (rc != 0 && rc != -EDOM && rc != -EINVAL && rc != -EACCES)
			return false;
	}
	return true;
}

/* Memory that is never code, and signals to nobody but itself. */
static bool parser_rules(scmp_filter_ctx f)
{
	return rules(f, SCMP_ACT_ALLOW, parser_calls, ARRAY_LEN(parser_calls)) &&
	       seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
				SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
	       seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
				SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0)) == 0;
}

/* Families other than the internet's and unix are kernel surface without a use. */
static bool network_rules(scmp_filter_ctx f, uint32_t deny)
{
	static const int families[] = {AF_NETLINK, AF_PACKET, AF_ALG, AF_VSOCK,
				       AF_BLUETOOTH};

	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		/* Netlink is how glibc lists the interfaces before it looks up a name. */
		if (families[i] == AF_NETLINK)
			continue;
		if (seccomp_rule_add(
			    f, deny, SCMP_SYS(socket), 1,
			    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i], 0)) != 0)
			return false;
	}
	return true;
}

static bool filter(enum sandbox_profile profile, bool may_exec, scmp_filter_ctx f)
{
	uint32_t deny = SCMP_ACT_ERRNO(EPERM);

	if (profile == SANDBOX_PARSER)
		return parser_rules(f);
	if (!rules(f, deny, never, ARRAY_LEN(never)))
		return false;
	if (!may_exec && !rules(f, deny, programs, ARRAY_LEN(programs)))
		return false;
	if (profile == SANDBOX_NETWORK)
		return network_rules(f, deny);
	if (profile != SANDBOX_SERVER && !rules(f, deny, visitors, ARRAY_LEN(visitors)))
		return false;
	return rules(f, deny, sockets, ARRAY_LEN(sockets));
}

static bool seccomp_walls(enum sandbox_profile profile, bool may_exec,
			  struct sandbox_missing *missing, struct err *err)
{
	/* EPERM and not a kill: a library that asks for more goes its fallback way. */
	uint32_t otherwise =
		profile == SANDBOX_PARSER ? SCMP_ACT_ERRNO(EPERM) : SCMP_ACT_ALLOW;
	scmp_filter_ctx f = seccomp_init(otherwise);
	int rc;

	if (!f)
		return err_set(err, ERR_SYSTEM, "the system call filter cannot be made");
	if (!filter(profile, may_exec, f)) {
		seccomp_release(f);
		return err_set(err, ERR_SYSTEM, "the system call filter refuses a rule");
	}
	rc = seccomp_load(f);
	seccomp_release(f);
	if (rc == -EINVAL || rc == -ENOSYS || rc == -EOPNOTSUPP || rc == -ECANCELED) {
		is_missing(missing,
			   "This kernel has no seccomp filter, so every system call "
			   "stays open; a kernel with CONFIG_SECCOMP_FILTER has it.");
		return true;
	}
	if (rc != 0)
		return err_set(err, ERR_SYSTEM,
			       "the system call filter cannot be set: %s", strerror(-rc));
	return true;
}

bool sandbox_enter(enum sandbox_profile profile, const struct sandbox_paths *paths,
		   struct sandbox_missing *missing, struct err *err)
{
	if (missing)
		missing->count = 0;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return err_set(err, ERR_SYSTEM, "no_new_privs cannot be set: %s",
			       strerror(errno));
	if (!landlock(profile == SANDBOX_PARSER ? NULL : paths, missing, err))
		return false;
	return seccomp_walls(profile, paths && paths->may_exec, missing, err);
}
