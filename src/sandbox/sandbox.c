#include "sandbox/sandbox.h"
#include "base/fd.h"
#include "base/str.h"
#include "sandbox/calls.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
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

static bool load(scmp_filter_ctx f, struct sandbox_missing *missing, struct err *err)
{
	int rc = seccomp_load(f);

	if (rc == -EINVAL || rc == -ENOSYS || rc == -EOPNOTSUPP || rc == -ECANCELED) {
		is_missing(missing,
			   "This kernel has no seccomp filter, so every system call "
			   "stays open; a kernel with CONFIG_SECCOMP_FILTER has it.");
		return true;
	}
	return rc == 0 ||
	       err_set(err, ERR_SYSTEM, "the system call filter cannot be set: %s",
		       strerror(-rc));
}

/* Asked for at each thread, and refused on purpose: not worth a line in the log. */
static bool without_clone3(struct err *err)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	bool ok = f &&
		  seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;

	ok = ok ? load(f, NULL, err)
		: err_set(err, ERR_SYSTEM, "the system call filter cannot be made");
	seccomp_release(f);
	return ok;
}

/*
 * The kernel notes each refusal, which tells an operator what is lacking; a kernel that
 * cannot is none the weaker. Not for parsers: hostile mail must not fill logs.
 */
static bool fill(scmp_filter_ctx f, enum sandbox_profile profile,
		 enum sandbox_programs programs)
{
	if (profile != SANDBOX_PARSER)
		(void)seccomp_attr_set(f, SCMP_FLTATR_CTL_LOG, 1);
	return seccomp_attr_set(f, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
	       sandbox_calls(f, profile, programs);
}

static bool seccomp_walls(enum sandbox_profile profile, enum sandbox_programs programs,
			  struct sandbox_missing *missing, struct err *err)
{
	/*
	 * An error and no kill: a library that asks for more goes its fallback way. The C
	 * library has one for each newer call that is "not there", and none for EPERM.
	 */
	scmp_filter_ctx f =
		seccomp_init(SCMP_ACT_ERRNO(profile == SANDBOX_PARSER ? EPERM : ENOSYS));
	bool ok;

	if (!f)
		return err_set(err, ERR_SYSTEM, "the system call filter cannot be made");
	ok = fill(f, profile, programs) ||
	     err_set(err, ERR_SYSTEM, "the system call filter refuses a rule");
	ok = ok && (profile == SANDBOX_PARSER || without_clone3(err)) &&
	     load(f, missing, err);
	seccomp_release(f);
	return ok;
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
	return seccomp_walls(profile,
			     paths && paths->may_exec ? SANDBOX_PROGRAMS
						      : SANDBOX_NO_PROGRAMS,
			     missing, err);
}
