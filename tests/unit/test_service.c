/* process/service: what is said to a service manager, and which socket it opened. */
#include "process/service.h"
#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"

#include <fcntl.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A manager that listens at a name; abstract where it begins with '@'. */
static int manager(const char *name)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	memcpy(at.sun_path, name, strlen(name));
	if (*name == '@')
		at.sun_path[0] = '\0';
	ck_assert_int_eq(bind(fd, (const struct sockaddr *)&at,
			      (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
					  strlen(name))),
			 0);
	ck_assert_int_eq(setenv("NOTIFY_SOCKET", name, 1), 0);
	return fd;
}

START_TEST(state_is_one_datagram)
{
	char name[64], said[64] = "";
	int fd;

	(void)snprintf(name, sizeof(name), _i ? "@mercat-test-%d" : "/tmp/mercat-test-%d",
		       (int)getpid());
	fd = manager(name);
	ck_assert(service_tell("READY=1"));
	ck_assert_int_eq(recv(fd, said, sizeof(said) - 1, MSG_DONTWAIT), 7);
	ck_assert_str_eq(said, "READY=1");
	(void)close(fd);
	if (!_i)
		(void)unlink(name);
	ck_assert_msg(!service_tell("STOPPING=1"), "nobody listens any more");
}
END_TEST

static const char *const no_socket[] = {NULL, "", "/", "relative", "vsock:2:1"};

START_TEST(without_a_manager_nothing_is_said)
{
	char name[300];

	ck_assert_int_eq(no_socket[_i] ? setenv("NOTIFY_SOCKET", no_socket[_i], 1)
				       : unsetenv("NOTIFY_SOCKET"),
			 0);
	ck_assert(!service_tell("READY=1"));
	memset(name, '/', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	ck_assert_int_eq(setenv("NOTIFY_SOCKET", name, 1), 0);
	ck_assert(!service_tell("READY=1"));
}
END_TEST

/* LISTEN_PID ("me": this process), LISTEN_FDS, and whether there is one. */
static const struct {
	const char *pid, *count;
	bool want;
} given[] = {
	{"me", "1", true},   {"me", "2", true},  {"1", "1", false}, {NULL, "1", false},
	{"me", NULL, false}, {"me", "0", false}, {"me", "", false}, {"me", "-1", false},
	{"me", "999999", false}, {"me", "x", false}, {"", "1", false},
};

static void set(const char *name, const char *value)
{
	ck_assert_int_eq(value ? setenv(name, value, 1) : unsetenv(name), 0);
}

START_TEST(socket_is_taken_once_and_by_whom_it_is_for)
{
	char me[32];
	int fds[2];

	ck_assert_int_eq(pipe(fds), 0);
	for (int fd = 3; fd < 5; fd++) /* whatever stood there is this test's own */
		ck_assert_int_eq(dup2(fds[0], fd), fd);
	(void)snprintf(me, sizeof(me), "%d", (int)getpid());
	set("LISTEN_PID", str_eq(given[_i].pid, "me") ? me : given[_i].pid);
	set("LISTEN_FDS", given[_i].count);
	set("LISTEN_FDNAMES", "web");
	ck_assert_int_eq(service_socket(), given[_i].want ? 3 : -1);
	ck_assert_int_eq(!!(fcntl(3, F_GETFD) & FD_CLOEXEC), given[_i].want);
	ck_assert(!getenv("LISTEN_PID") && !getenv("LISTEN_FDS") &&
		  !getenv("LISTEN_FDNAMES"));
	ck_assert_int_eq(service_socket(), -1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("service");
	TCase *t = tcase_create("manager");

	tcase_add_loop_test(t, state_is_one_datagram, 0, 2);
	UNIT_TABLE(t, without_a_manager_nothing_is_said, no_socket);
	UNIT_TABLE(t, socket_is_taken_once_and_by_whom_it_is_for, given);
	suite_add_tcase(suite, t);
	return unit_main(suite);
}
