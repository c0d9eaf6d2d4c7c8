/* process/listen: who may speak to the pages over their unix socket. */
#include "process/listen.h"
#include "process/loop.h"
#include "tests/unit/unit.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOBODY = 65534, PROXY = 4321, OTHERS = 4322 };

static uid_t members[] = {1, NOBODY};

static const struct {
	const char *name;
	uid_t uid;
	gid_t gid;
	struct listen_peers peers;
	bool want;
} visits[] = {
	{"nobody is asked", NOBODY, OTHERS, {.group = PROXY}, true},
	{"the proxy, by its group", NOBODY, PROXY, {.asked = true, .group = PROXY}, true},
	{"root", 0, OTHERS, {.asked = true, .group = PROXY}, true},
	{"a member of the group",
	 NOBODY,
	 OTHERS,
	 {.asked = true, .group = PROXY, .members = members, .count = 2},
	 true},
	{"another user", NOBODY, OTHERS, {.asked = true, .group = PROXY}, false},
	{"a member's neighbour",
	 NOBODY - 1,
	 OTHERS,
	 {.asked = true, .group = PROXY, .members = members, .count = 2},
	 false},
};

/* The credentials of a pair are those of who made it. */
static void make_as(uid_t uid, gid_t gid, int to)
{
	char byte = 'x';
	struct iovec one = {.iov_base = &byte, .iov_len = 1};
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} more = {0};
	struct msghdr m = {.msg_iov = &one,
			   .msg_iovlen = 1,
			   .msg_control = &more,
			   .msg_controllen = sizeof(more)};
	int ends[2];

	if (setgid(gid) || setuid(uid) || socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		_exit(1);
	more.head = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(int)),
				     .cmsg_level = SOL_SOCKET,
				     .cmsg_type = SCM_RIGHTS};
	memcpy(CMSG_DATA(&more.head), ends, sizeof(int));
	_exit(sendmsg(to, &m, 0) == 1 ? 0 : 1);
}

static int take(int from)
{
	char byte;
	struct iovec one = {.iov_base = &byte, .iov_len = 1};
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} more = {0};
	struct msghdr m = {.msg_iov = &one,
			   .msg_iovlen = 1,
			   .msg_control = &more,
			   .msg_controllen = sizeof(more)};
	int fd = -1;

	ck_assert(recvmsg(from, &m, 0) == 1 && m.msg_controllen);
	memcpy(&fd, CMSG_DATA(&more.head), sizeof(fd));
	return fd;
}

START_TEST(who_may_speak_is_known_by_the_kernel)
{
	int ends[2], fd, status = 1;
	bool admitted;
	pid_t pid;

	if (geteuid()) /* only root can be somebody else */
		return;
	ck_assert(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	pid = fork();
	ck_assert(pid >= 0);
	if (pid == 0)
		make_as(visits[_i].uid, visits[_i].gid, ends[1]);
	fd = take(ends[0]);
	ck_assert(waitpid(pid, &status, 0) == pid && status == 0);
	admitted = listen_admits(&visits[_i].peers, fd);
	ck_assert_msg(admitted == visits[_i].want, "%s: %d", visits[_i].name, admitted);
	(void)close(fd), (void)close(ends[0]), (void)close(ends[1]);
}
END_TEST

START_TEST(pages_are_served_on_this_machine_alone)
{
	char folder[UNIT_FOLDER], listen[UNIT_FOLDER + 20];
	struct settings s = {.file = "x.conf", .socket_group = "", .web_listen = listen};
	AUTO(arena) arena = arena_new(1024);
	struct listen_peers *peers;
	struct err err = {0};
	int fd = -1;

	unit_folder(folder, "listen");
	(void)snprintf(listen, sizeof(listen), "unix:%s/web.sock", folder);
	ck_assert_msg(listen_open(&s, &fd, &err), "%s", err.text);
	ck_assert_int_ge(fd, 0);
	(void)close(fd), (void)unlink(listen + strlen("unix:")), (void)rmdir(folder);
	ck_assert_msg(listen_peers_find(&s, arena, &peers, &err), "%s", err.text);
	ck_assert(!peers->asked);
	s.socket_group = "no-such-group-here";
	ck_assert(!listen_peers_find(&s, arena, &peers, &err));
	ck_assert_int_eq(err.kind, ERR_SETUP);
	err = (struct err){0};
	s.web_listen = "192.0.2.1:80";
	ck_assert(!listen_open(&s, &fd, &err));
	ck_assert_msg(err.kind == ERR_SETUP && strstr(err.text, "loopback"), "%s",
		      err.text);
}
END_TEST

START_TEST(signal_to_stop_can_be_read)
{
	struct pollfd stop = {.events = POLLIN};
	struct err err = {0};

	ck_assert_msg(loop_signals(&stop.fd, &err), "%s", err.text);
	ck_assert_int_eq(poll(&stop, 1, 0), 0);
	ck_assert_int_eq(raise(SIGTERM), 0);
	ck_assert_int_eq(poll(&stop, 1, 0), 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("listen");
	TCase *tc = tcase_create("peers");

	UNIT_TABLE(tc, who_may_speak_is_known_by_the_kernel, visits);
	tcase_add_test(tc, pages_are_served_on_this_machine_alone);
	tcase_add_test(tc, signal_to_stop_can_be_read);
	suite_add_tcase(suite, tc);
	return unit_main(suite);
}
