#include "tests/unit/smtp_scene.h"

#include "base/clock.h"
#include "base/fd.h"
#include "base/str.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* quiet: what it complains of is not shown either. */
static pid_t spawn(const char *const *args, bool quiet, int *out_fd)
{
	int ends[2];
	pid_t pid;

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		(void)dup2(ends[1], STDOUT_FILENO);
		if (quiet)
			(void)dup2(ends[1], STDERR_FILENO);
		(void)execv(args[0], (char *const *)args);
		_exit(127);
	}
	(void)close(ends[1]);
	*out_fd = ends[0];
	return pid;
}

void scene_run(const char *const *args)
{
	int fd, status;
	char sink[1024];
	pid_t pid = spawn(args, true, &fd);

	while (read(fd, sink, sizeof(sink)) > 0)
		continue;
	(void)close(fd);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s failed",
		      args[0]);
}

static void make_folder(struct scene *scene)
{
	if (*scene->folder)
		return;
	unit_folder(scene->folder, "smtp");
}

void scene_certify(struct scene *scene, const char *name)
{
	char key[128], cert[128], alt[256];
	const char *args[] = {"/usr/bin/openssl",
			      "req",
			      "-x509",
			      "-newkey",
			      "ec",
			      "-pkeyopt",
			      "ec_paramgen_curve:prime256v1",
			      "-nodes",
			      "-days",
			      "2",
			      "-subj",
			      "/CN=mercat test",
			      "-addext",
			      alt,
			      "-keyout",
			      key,
			      "-out",
			      cert,
			      NULL};

	make_folder(scene);
	(void)snprintf(key, sizeof(key), "%s/key.pem", scene->folder);
	(void)snprintf(cert, sizeof(cert), "%s/cert.pem", scene->folder);
	(void)snprintf(alt, sizeof(alt), "subjectAltName=%s", name);
	scene_run(args);
	scene->certified = true;
}

static void start_at(struct scene *scene, int port)
{
	static const char mail[] =
		"From: a@bench.example\r\nSubject: hello\r\n\r\n.dot\r\nend\r\n";

	make_folder(scene);
	scene->relay = (struct smtp_relay){.name = "a",
					   .host = "127.0.0.1",
					   .port = port,
					   .tls = SMTP_TLS_NONE,
					   .ehlo_name = "we.example",
					   .max_connections = 1,
					   .connect_ms = 5000,
					   .reply_ms = 2500,
					   .dot_ms = 2500,
					   .back_off_min_ms = 50,
					   .back_off_max_ms = 400};
	buf_init(&scene->mail, 64 << 20);
	smtp_stuff(&scene->mail, mail, sizeof(mail) - 1);
	smtp_finish(&scene->mail);
}

void scene_start_sink(struct scene *scene, const char *const *args)
{
	const char *all[16] = {"/usr/sbin/smtp-sink"};
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(at);
	int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), fd, n = 1;
	char where[64];

	ck_assert_int_eq(bind(probe, (struct sockaddr *)&at, sizeof(at)), 0);
	ck_assert_int_eq(getsockname(probe, (struct sockaddr *)&at, &len), 0);
	(void)close(probe);
	(void)snprintf(where, sizeof(where), "inet:127.0.0.1:%d", ntohs(at.sin_port));
	if (geteuid() == 0) { /* it wants to be somebody then */
		all[n++] = "-u";
		all[n++] = "nobody";
	}
	for (; *args; args++)
		all[n++] = *args;
	all[n++] = where;
	all[n++] = "500";
	all[n] = NULL;
	scene->pid = spawn(all, false, &fd);
	(void)close(fd);
	start_at(scene, ntohs(at.sin_port));
}

void scene_start(struct scene *scene, const char *const *args)
{
	const char *all[32] = {"/usr/bin/python3"};
	char program[512], log[128], cert[128], key[128], port[16] = "";
	const char *from = getenv("MERCAT_SRCDIR");
	size_t len = 0;
	int fd, n = 1;

	make_folder(scene);
	(void)snprintf(program, sizeof(program), "%s/tests/faults/smtp_server.py",
		       from ? from : ".");
	(void)snprintf(log, sizeof(log), "--log=%s/log", scene->folder);
	all[n++] = program;
	all[n++] = log;
	(void)snprintf(cert, sizeof(cert), "--cert=%s/cert.pem", scene->folder);
	(void)snprintf(key, sizeof(key), "--key=%s/key.pem", scene->folder);
	if (scene->certified) {
		all[n++] = cert;
		all[n++] = key;
	}
	for (; *args; args++)
		all[n++] = *args;
	all[n] = NULL;
	scene->pid = spawn(all, false, &fd);
	while (!strchr(port, '\n') && len + 1 < sizeof(port)) {
		ck_assert_msg(read(fd, port + len, 1) == 1, "the server did not start");
		len++;
	}
	(void)close(fd);
	start_at(scene, (int)strtol(port, NULL, 10));
}

void scene_pool(struct scene *scene)
{
	struct err err = {0};

	scene->pool = smtp_pool_new(&scene->relay, &err);
	ck_assert_msg(scene->pool != NULL, "%s", err.text);
}

void scene_end(struct scene *scene)
{
	const char *rm[] = {"/bin/rm", "-r", scene->folder, NULL};

	smtp_pool_free(&scene->pool);
	if (scene->pid) {
		(void)kill(scene->pid, SIGKILL);
		(void)waitpid(scene->pid, NULL, 0);
	}
	scene_run(rm);
	buf_clear(&scene->mail);
}

void scene_turn(struct scene *scene)
{
	int64_t from_ms;

	smtp_pool_wait(scene->pool, clock_mono_ms(), 50);
	from_ms = clock_mono_ms();
	smtp_pool_turn(scene->pool, from_ms);
	ck_assert_msg(clock_mono_ms() - from_ms < 20000, "a turn took %lld ms",
		      (long long)(clock_mono_ms() - from_ms));
}

void scene_send(struct scene *scene, int64_t id, const char *recipient)
{
	int64_t until_ms = clock_mono_ms() + SCENE_WAIT_MS;
	struct smtp_mail mail = {.id = id,
				 .sender = "b@bench.example",
				 .recipient = recipient,
				 .bytes = scene->mail.bytes,
				 .len = scene->mail.len};

	smtp_pool_want(scene->pool, 1);
	while (!smtp_pool_ready(scene->pool)) {
		struct smtp_pool_state state;

		scene_turn(scene);
		smtp_pool_state(scene->pool, &state);
		ck_assert_msg(clock_mono_ms() < until_ms, "no connection: %s",
			      state.trouble_text);
	}
	smtp_pool_want(scene->pool, 0);
	smtp_pool_send(scene->pool, &mail, clock_mono_ms());
}

void scene_outcome(struct scene *scene, struct smtp_outcome *out, struct buf *as_text)
{
	int64_t until_ms = clock_mono_ms() + SCENE_WAIT_MS;

	while (!smtp_pool_outcome(scene->pool, out)) {
		scene_turn(scene);
		ck_assert_msg(clock_mono_ms() < until_ms, "no outcome");
	}
	if (!as_text)
		return;
	buf_reset(as_text);
	buf_printf(as_text, "%s %s %d%s%s%s%s", smtp_verdict_name(out->verdict),
		   out->stage == SMTP_AT_DOT ? "dot" : smtp_stage_name(out->stage),
		   out->answer.code, *out->answer.status ? " " : "", out->answer.status,
		   out->relay_trouble ? " trouble" : "", out->at_once ? " at-once" : "");
}

void scene_log(const struct scene *scene, struct buf *to)
{
	struct err err = {0};
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/log", scene->folder);
	ck_assert_msg(fd_read_file(path, to, &err), "%s", err.text);
}

int scene_logged(const struct scene *scene, const char *text)
{
	AUTO(buf) log = buf_new(16 << 20);
	int lines = 0;

	scene_log(scene, log);
	for (char *line = log->bytes; line && *line;) {
		char *end = strchr(line, '\n');

		if (end)
			*end = '\0';
		lines += strstr(line, text) != NULL;
		line = end ? end + 1 : NULL;
	}
	return lines;
}
