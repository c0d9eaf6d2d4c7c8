#include "tests/unit/walls_calls.h"

#include "base/attr.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CHILDREN "classify extract clock web"
#define CODE "collect/near collect/far deliver extract"

/* Of the kernel's, whatever the C library's headers know. */
#ifndef SYS_quotactl_fd
#define SYS_quotactl_fd 443
#endif
#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif
#ifndef SYS_process_mrelease
#define SYS_process_mrelease 448
#endif

static int said(long rc)
{
	return rc < 0 ? errno : 0;
}

static int bare(long number)
{
	return said(syscall(number, -1L, -1L, -1L, -1L, -1L, -1L));
}

static int family(long number)
{
	return said(socket((int)number, SOCK_DGRAM, 0));
}

static int netlink(long protocol)
{
	return said(socket(AF_NETLINK, SOCK_RAW, (int)protocol));
}

static int pair(long number)
{
	int fds[2];

	return said(socketpair((int)number, SOCK_STREAM, 0, fds));
}

static int space(long flag)
{
	long rc = syscall(SYS_clone, flag | SIGCHLD, 0L, 0L, 0L, 0L);

	if (rc == 0)
		_exit(0);
	return said(rc);
}

static int forks(long number)
{
	pid_t child = fork();

	(void)number;
	if (child == 0)
		_exit(0);
	return said(child);
}

static void *nothing(void *with)
{
	return with;
}

static int thread(long number)
{
	pthread_t t;
	int rc = pthread_create(&t, NULL, nothing, NULL);

	(void)number;
	return rc == 0 ? pthread_join(t, NULL) : rc;
}

static int signals_parent(long number)
{
	return said(syscall(number, getppid(), 0));
}

static int maps(long protection)
{
	return mmap(NULL, 4096, (int)protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
			       MAP_FAILED
		       ? errno
		       : 0;
}

static int protects(long protection)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
		       -1, 0);

	return p == MAP_FAILED ? errno : said(mprotect(p, 4096, (int)protection));
}

static int control(long request)
{
	char key = 'x';

	return said(ioctl(-1, (unsigned long)request, &key));
}

static int process(long option)
{
	return said(prctl((int)option, -1L, -1L, -1L, -1L));
}

#ifdef __x86_64__
/* The same call by the numbers of i386, and of x32. */
static int as_i386(long number)
{
	long rc;

	/* A kernel without such calls ends us by this signal, which sanitizers would take. */
	(void)signal(SIGSEGV, SIG_DFL);
	__asm__ volatile("int $0x80" : "=a"(rc) : "a"(number) : "memory");
	return rc < 0 ? (int)-rc : 0;
}
#endif

const struct walls_call walls_calls[] = {
	/* other processes and their memory */
	{"ptrace", SYS_ptrace, bare, "", false},
	{"process_vm_readv", SYS_process_vm_readv, bare, "", false},
	{"process_vm_writev", SYS_process_vm_writev, bare, "", false},
	{"process_madvise", SYS_process_madvise, bare, "", false},
	{"process_mrelease", SYS_process_mrelease, bare, "", false},
	{"pidfd_open", SYS_pidfd_open, bare, "", false},
	{"pidfd_getfd", SYS_pidfd_getfd, bare, "", false},
	{"pidfd_send_signal", SYS_pidfd_send_signal, bare, "", false},
	{"kcmp", SYS_kcmp, bare, "", false},
	{"move_pages", SYS_move_pages, bare, "", false},
	{"migrate_pages", SYS_migrate_pages, bare, "", false},
	{"kill another", SYS_kill, signals_parent, CHILDREN, false},
	{"tkill", SYS_tkill, bare, "", false},
	{"rt_sigqueueinfo", SYS_rt_sigqueueinfo, bare, "", false},
	{"sched_setscheduler", SYS_sched_setscheduler, bare, "", false},
	{"setpriority", SYS_setpriority, bare, "", false},
	/* namespaces, mounts, roots */
	{"mount", SYS_mount, bare, "", false},
	{"umount2", SYS_umount2, bare, "", false},
	{"pivot_root", SYS_pivot_root, bare, "", false},
	{"chroot", SYS_chroot, bare, "", false},
	{"chdir", SYS_chdir, bare, "extract", false},
	{"setpgid", SYS_setpgid, bare, "extract", false},
	{"setns", SYS_setns, bare, "", false},
	{"unshare", SYS_unshare, bare, "", false},
	{"clone3", SYS_clone3, bare, "", false},
	{"clone with users", CLONE_NEWUSER, space, "", false},
	{"clone with mounts", CLONE_NEWNS | CLONE_NEWUSER, space, "", false},
	{"clone with a network", CLONE_NEWNET | CLONE_NEWUSER, space, "", false},
	{"fork", 0, forks, CHILDREN, false},
	{"open_tree", SYS_open_tree, bare, "", false},
	{"move_mount", SYS_move_mount, bare, "", false},
	{"fsopen", SYS_fsopen, bare, "", false},
	{"fsmount", SYS_fsmount, bare, "", false},
	{"fspick", SYS_fspick, bare, "", false},
	{"mount_setattr", SYS_mount_setattr, bare, "", false},
	/* the kernel's wide doors */
	{"bpf", SYS_bpf, bare, "", false},
	{"perf_event_open", SYS_perf_event_open, bare, "", false},
	{"io_uring_setup", SYS_io_uring_setup, bare, "", false},
	{"io_uring_enter", SYS_io_uring_enter, bare, "", false},
	{"io_uring_register", SYS_io_uring_register, bare, "", false},
	{"userfaultfd", SYS_userfaultfd, bare, "", false},
	{"keyctl", SYS_keyctl, bare, "", false},
	{"add_key", SYS_add_key, bare, "", false},
	{"request_key", SYS_request_key, bare, "", false},
	{"fanotify_init", SYS_fanotify_init, bare, "", false},
	{"memfd_secret", SYS_memfd_secret, bare, "", false},
	{"syslog", SYS_syslog, bare, "", false},
	{"lookup by handle", SYS_open_by_handle_at, bare, "", false},
	{"name_to_handle_at", SYS_name_to_handle_at, bare, "", false},
	{"splice", SYS_splice, bare, "", false},
	{"vmsplice", SYS_vmsplice, bare, "", false},
	{"remap_file_pages", SYS_remap_file_pages, bare, "", false},
	{"msgget", SYS_msgget, bare, "", false},
	{"shmget", SYS_shmget, bare, "", false},
	{"semget", SYS_semget, bare, "", false},
	{"mq_open", SYS_mq_open, bare, "", false},
	/* the machine */
	{"kexec_load", SYS_kexec_load, bare, "", false},
	{"init_module", SYS_init_module, bare, "", false},
	{"finit_module", SYS_finit_module, bare, "", false},
	{"delete_module", SYS_delete_module, bare, "", false},
	{"swapon", SYS_swapon, bare, "", false},
	{"swapoff", SYS_swapoff, bare, "", false},
	{"reboot", SYS_reboot, bare, "", false},
	{"settimeofday", SYS_settimeofday, bare, "", false},
	{"clock_settime", SYS_clock_settime, bare, "", false},
	{"adjtimex", SYS_adjtimex, bare, "", false},
	{"sethostname", SYS_sethostname, bare, "", false},
	{"setdomainname", SYS_setdomainname, bare, "", false},
	{"acct", SYS_acct, bare, "", false},
	{"quotactl", SYS_quotactl, bare, "", false},
	{"quotactl_fd", SYS_quotactl_fd, bare, "", false},
	/* who one is, and whose files are */
	{"setuid", SYS_setuid, bare, "", false},
	{"setgid", SYS_setgid, bare, "", false},
	{"setresuid", SYS_setresuid, bare, "", false},
	{"setresgid", SYS_setresgid, bare, "", false},
	{"setreuid", SYS_setreuid, bare, "", false},
	{"setregid", SYS_setregid, bare, "", false},
	{"setfsuid", SYS_setfsuid, bare, "", false},
	{"capset", SYS_capset, bare, "", false},
	{"personality", SYS_personality, bare, "", false},
	{"fchownat", SYS_fchownat, bare, "", false},
	{"fchmodat", SYS_fchmodat, bare, "", false},
	{"mknodat", SYS_mknodat, bare, "", false},
	{"symlinkat", SYS_symlinkat, bare, "", false},
	{"setxattr", SYS_setxattr, bare, "", false},
	/* of calls that are many in one */
	{"typing for another", TIOCSTI, control, "", false},
	{"bytes that wait", FIONREAD, control, "every", false},
	{"who may trace", PR_SET_PTRACER, process, "", false},
	{"memory's layout", PR_SET_MM, process, "", false},
	{"its name", PR_GET_NO_NEW_PRIVS, process, "every", false},
	/* code */
	{"memory that is code and written", PROT_READ | PROT_WRITE | PROT_EXEC, maps, "",
	 false},
	{"memory that becomes so", PROT_READ | PROT_WRITE | PROT_EXEC, protects, "",
	 false},
	{"memory that is code", PROT_READ | PROT_EXEC, maps, CODE, false},
	{"memory", PROT_READ | PROT_WRITE, maps, "every", false},
	{"memory to read", PROT_READ, protects, "every", false},
	{"a thread", 0, thread, "every", false},
	/* talking */
	{"socket of IPv4", AF_INET, family, "network", false},
	{"socket of IPv6", AF_INET6, family, "network", false},
	{"socket of unix", AF_UNIX, family, "network", false},
	{"list of interfaces", 0, netlink, "network", false},
	{"netlink of audit", 9, netlink, "", false},
	{"netlink of netfilter", 12, netlink, "", false},
	{"socket of packets", AF_PACKET, family, "", false},
	{"socket of the host", AF_VSOCK, family, "", false},
	{"socket of ciphers", AF_ALG, family, "", false},
	{"socket of keys", AF_KEY, family, "", false},
	{"pair of unix", AF_UNIX, pair, "every", false},
	{"connect", SYS_connect, bare, "network", false},
	{"bind", SYS_bind, bare, "network", false},
	{"listen", SYS_listen, bare, "", false},
	{"accept4", SYS_accept4, bare, "web", false},
#ifdef __x86_64__
	{"accept", SYS_accept, bare, "web", false},
	{"modify_ldt", SYS_modify_ldt, bare, "", false},
	{"iopl", SYS_iopl, bare, "", false},
	{"ioperm", SYS_ioperm, bare, "", false},
	{"a call of i386", 20, as_i386, "", true},
	{"a call of x32", 0x40000000 + SYS_getpid, bare, "", true},
#endif
};

const size_t walls_calls_count = ARRAY_LEN(walls_calls);
