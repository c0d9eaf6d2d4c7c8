/*
 * daemon walls: each role tries what it must not do, and must be refused; and does what it
 * has to. Each row is tried outside of any wall too: what the kernel or the account refuses
 * there proves nothing about a wall, and counts for nothing.
 */
#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"
#include "daemon/walls.h"
#include "domain/core/domain.h"
#include "extract/extract.h"
#include "process/in_hand.h"
#include "process/secrets.h"
#include "tests/unit/walls_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/landlock.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Whoever adds a role says here what it may do, in the tables below. */
static const struct {
	const char *as, *role, *mailbox;
} players[] = {
	{"collect/near", "collect", "near"},
	{"collect/far", "collect", "far"},
	{"classify", "classify", NULL},
	{"extract", "extract", NULL},
	{"clock", "clock", NULL},
	{"deliver", "deliver", NULL},
	{"web", "web", NULL},
};

static const char EVERY[] = "collect/near collect/far classify extract clock deliver web";
static const char NETWORK[] = "collect/near collect/far deliver";
static const char NOBODY[] = "";

static char folder[64];

static const char conf[] =
	"organisation = \"Team\";\n"
	"state_dir = \"%s/state\";\n"
	"base_url = \"https://updates.example.org\";\n"
	"audit: { head_file = \"%s/heads/head\"; };\n"
	"staff: { proxy_header = \"X-User\"; proxy_secret_file = \"%s/secrets/proxy\"; };\n"
	"mailboxes = ( { name = \"near\"; kind = \"maildir\"; path = \"%s/in\"; },\n"
	"  { name = \"far\"; kind = \"imap\"; host = \"127.0.0.1\"; user = \"u\";\n"
	"    password_file = \"%s/secrets/imap\"; ca_file = \"%s/ca.pem\"; } );\n"
	"relays = ( { name = \"main\"; kind = \"maildir\"; path = \"%s/out\"; },\n"
	"  { name = \"far\"; host = \"127.0.0.1\"; user = \"u\";\n"
	"    password_file = \"%s/secrets/smtp\"; ca_file = \"%s/relay-ca.pem\"; } );\n"
	"dkim = ( { domain = \"example.org\"; selector = \"a\";\n"
	"    key_file = \"%s/secrets/dkim\"; } );\n";

static const char *const folders[] = {"state", "state/making", "heads",   "secrets",
				      "in",    "in/new",       "in/cur",  "in/tmp",
				      "out",   "out/new",      "out/cur", "out/tmp"};
static const struct {
	const char *name, *text;
} kept[] = {
	{"secrets/imap", "imap-secret"},
	{"secrets/smtp", "smtp-secret"},
	{"secrets/dkim", "dkim-secret"},
	{"secrets/proxy", "proxy-secret-of-more-than-20-letters"},
	{"heads/head", "x"},
	{"in/new/mail", "x"},
	{"out/new/mail", "x"},
	{"state/mercat.db.before-3", "x"},
	{"state/deliver-all.lock", "x"},
	{"state/classify.crashed", "x"},
	{"ca.pem", "x"},
	{"relay-ca.pem", "x"},
};

static struct settings *settings;

static const char *in_folder(const char *path)
{
	static char whole[200];

	if (*path == '/')
		return path;
	(void)snprintf(whole, sizeof(whole), "%s/%s", folder, path);
	return whole;
}

static void make_place(void)
{
	struct store *store = NULL;
	struct err err = {0};
	char text[4096];
	const char *f = folder;

	str_copy(folder, sizeof(folder), "/tmp/mercat-walls-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		ck_assert_int_eq(mkdir(in_folder(folders[i]), 0700), 0);
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		ck_assert(fd_write_file(in_folder(kept[i].name), kept[i].text,
					strlen(kept[i].text), 0600, &err));
	(void)snprintf(text, sizeof(text), conf, f, f, f, f, f, f, f, f, f, f);
	ck_assert(
		fd_write_file(in_folder("mercat.conf"), text, strlen(text), 0600, &err));
	ck_assert_msg(settings_load(in_folder("mercat.conf"), &settings, &err), "%s",
		      err.text);
	ck_assert_msg(domain_key_make(settings, &err) &&
			      store_open(settings_store_path(settings), STORE_MIGRATE,
					 &store, &err),
		      "%s", err.text);
	store_close(&store);
}

static int drop_one(const char *at, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	return remove(at);
}

static void drop_place(void)
{
	settings_free(&settings);
	ck_assert_int_eq(nftw(folder, drop_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

/* --- what is tried: 0, or the errno that it failed with ----------------------- */

static int tries_read(const char *path)
{
	return open(in_folder(path), O_RDONLY | O_CLOEXEC) >= 0 ? 0 : errno;
}

static int tries_write(const char *path)
{
	return open(in_folder(path), O_WRONLY | O_APPEND | O_CLOEXEC) >= 0 ? 0 : errno;
}

static int tries_create(const char *path)
{
	const char *whole = in_folder(path);
	int fd = open(whole, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno;
	return unlink(whole) == 0 ? 0 : errno;
}

static int tries_run(const char *path)
{
	(void)close(STDIN_FILENO);
	(void)execl(path, path, "-v", (char *)NULL);
	return errno;
}

static const struct {
	const char *path;
	int (*tries)(const char *path);
	const char *may;
} files[] = {
	/* the state folder: the store, and of the rest nothing */
	{"state/mercat.db", tries_write, EVERY},
	{"state/mercat.db-wal", tries_write, EVERY},
	{"state/mercat.db-shm", tries_write, EVERY},
	{"state/mercat.key", tries_read, NOBODY},
	{"state/mercat.key", tries_write, NOBODY},
	{"state/mercat.db.before-3", tries_read, NOBODY},
	{"state/deliver-all.lock", tries_read, NOBODY},
	{"state/classify.crashed", tries_read, NOBODY},
	{"state", tries_read, NOBODY},
	{"state/new", tries_create, NOBODY},
	{"state/making/new", tries_create, "extract"},
	/* settings and secrets */
	{"mercat.conf", tries_read, NOBODY},
	{"secrets", tries_read, NOBODY},
	{"secrets/imap", tries_read, NOBODY},
	{"secrets/smtp", tries_read, NOBODY},
	{"secrets/dkim", tries_read, NOBODY},
	{"secrets/proxy", tries_read, NOBODY},
	{"ca.pem", tries_read, "collect/far"},
	{"relay-ca.pem", tries_read, "deliver"},
	{"ca.pem", tries_write, NOBODY},
	/* folders that one role works in */
	{"in/new/mail", tries_read, "collect/near"},
	{"in/tmp/new", tries_create, "collect/near"},
	{"out/new/mail", tries_read, "deliver"},
	{"out/tmp/new", tries_create, "deliver"},
	{"heads/head", tries_write, "clock"},
	/* the machine */
	{"/usr/share/zoneinfo/Europe/London", tries_read, EVERY},
	{"/etc/localtime", tries_read, EVERY},
	{"/etc/resolv.conf", tries_read, NETWORK},
	{"/etc/hosts", tries_read, NETWORK},
	{"/etc/nsswitch.conf", tries_read, NETWORK},
	{"/etc/ssl/openssl.cnf", tries_read, NETWORK},
	{"/etc/ssl/certs/ca-certificates.crt", tries_read, NETWORK},
	{"/etc/resolv.conf", tries_write, NOBODY},
	{"/etc/hosts", tries_write, NOBODY},
	{"/etc", tries_read, NOBODY},
	{"/etc/passwd", tries_read, NOBODY},
	{"/etc/shadow", tries_read, NOBODY},
	{"/etc/group", tries_read, NOBODY},
	{"/etc/fstab", tries_read, NOBODY},
	{"/etc/machine-id", tries_read, NOBODY},
	{"/etc/mercat-new", tries_create, NOBODY},
	{"/etc/ssl/certs/mercat-new", tries_create, NOBODY},
	{"/etc/ssl/private", tries_read, NOBODY},
	{"/", tries_read, NOBODY},
	{"/root", tries_read, NOBODY},
	{"/home", tries_read, NOBODY},
	{"/tmp", tries_read, NOBODY},
	{"/tmp/mercat-walls-new", tries_create, NOBODY},
	{"/var/log", tries_read, NOBODY},
	{"/var/lib/dpkg/status", tries_read, NOBODY},
	{"/proc/1/environ", tries_read, NOBODY},
	{"/proc/self/environ", tries_read, NOBODY},
	{"/proc/self/mem", tries_read, NOBODY},
	{"/proc/self/maps", tries_read, NOBODY},
	{"/proc/sys/kernel/core_pattern", tries_write, NOBODY},
	{"/dev/mem", tries_read, NOBODY},
	{"/dev/vda", tries_read, NOBODY},
	{"/dev/null", tries_read, NOBODY},
	{"/sys/kernel", tries_read, NOBODY},
	/* programs */
	{MERCAT_PDFTOTEXT, tries_run, "extract"},
	{MERCAT_CATDOC, tries_run, "extract"},
	{"/bin/sh", tries_run, NOBODY},
	{"/usr/bin/env", tries_run, NOBODY},
};

/* --- in a role's walls -------------------------------------------------------- */

enum { NO_WALL = -1, SIGNALLED = 1000, NOT_SHUT_IN = 99 };

static bool shut_in(size_t player, struct err *err)
{
	static struct role_run run;
	const struct role *role = role_named(players[player].role);

	run = (struct role_run){.arena = arena_new(1 << 14), .settings = settings};
	for (size_t i = 0; i < settings->mailbox_count; i++)
		if (str_eq(settings->mailboxes[i].name, players[player].mailbox))
			run.mailbox = &settings->mailboxes[i];
	return store_open(settings_store_path(settings), STORE_EXISTING, &run.op.store,
			  err) &&
	       (!(role->needs & ROLE_LEAVES_MARKS) ||
		in_hand_open(settings->state_dir, role->name, err)) &&
	       walls_shut_in(&run, role, err);
}

enum { ROWS_MOST = 200 };

/* One of the two tables, so that both are tried alike. */
struct table {
	size_t count;
	bool calls;
};
static const struct table the_files = {ARRAY_LEN(files), false};

static int one_try(const struct table *t, size_t row)
{
	return t->calls ? walls_calls[row].tries(walls_calls[row].number)
			: files[row].tries(files[row].path);
}

/* It may end the process, or make another program of it. */
static bool is_alone(const struct table *t, size_t row)
{
	return t->calls ? walls_calls[row].ends : files[row].tries == tries_run;
}

static const char *name_of(const struct table *t, size_t row)
{
	return t->calls ? walls_calls[row].name : files[row].path;
}

static const char *who_may(const struct table *t, size_t row)
{
	const char *may = t->calls ? walls_calls[row].may : files[row].may;

	return str_eq(may, "every") ? EVERY : str_eq(may, "network") ? NETWORK : may;
}

/* In a role's walls, or (player NO_WALL) outside of any: what the rows come to. */
static void try_rows(int player, const struct table *t, size_t from, size_t to, int *out)
{
	struct err err = {0};
	int fds[2], status;
	pid_t child;

	for (size_t i = from; i < to; i++)
		out[i] = 0; /* nothing is said by what became another program */
	ck_assert_int_eq(pipe2(fds, O_CLOEXEC), 0);
	child = fork();
	if (child == 0) {
		if (player != NO_WALL && !shut_in((size_t)player, &err))
			_exit(NOT_SHUT_IN);
		for (size_t i = from; i < to; i++) {
			int said = is_alone(t, i) && to - from > 1 ? 0 : one_try(t, i);

			if (write(fds[1], &said, sizeof(said)) != sizeof(said))
				_exit(1);
		}
		_exit(0);
	}
	(void)close(fds[1]);
	for (size_t i = from; i < to; i++)
		if (read(fds[0], &out[i], sizeof(*out)) != sizeof(*out)) {
			ck_assert_msg(to - from == 1, "%s ends the process",
				      name_of(t, i));
			break;
		}
	(void)close(fds[0]);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(!WIFEXITED(status) || WEXITSTATUS(status) != NOT_SHUT_IN);
	if (WIFSIGNALED(status))
		out[from] = SIGNALLED;
}

static void try_all(int player, const struct table *t, int out[ROWS_MOST])
{
	ck_assert_uint_le(t->count, ROWS_MOST);
	try_rows(player, t, 0, t->count, out);
	for (size_t i = 0; i < t->count; i++)
		if (is_alone(t, i))
			try_rows(player, t, i, i + 1, out);
}

/* Is a name one of those in a list? */
static bool among(const char *name, const char *list)
{
	size_t len = strlen(name);

	for (const char *at = list; (at = strstr(at, name)); at += len)
		if ((at == list || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
			return true;
	return false;
}

static bool is_refusal(int outcome, bool calls)
{
	if (outcome == SIGNALLED || outcome == ENOSYS)
		return true;
	return !calls && (outcome == EACCES || outcome == EPERM);
}

static void try_player(int player, const struct table *t)
{
	int outside[ROWS_MOST], got[ROWS_MOST];
	size_t proved = 0;

	try_all(NO_WALL, t, outside);
	try_all(player, t, got);
	for (size_t i = 0; i < t->count; i++) {
		if (is_refusal(outside[i], t->calls) || (!t->calls && outside[i] != 0))
			continue;
		proved++;
		ck_assert_msg(is_refusal(got[i], t->calls) !=
				      among(players[player].as, who_may(t, i)),
			      "%s: %s: %s", players[player].as, name_of(t, i),
			      got[i] == SIGNALLED ? "ended by a signal"
						  : strerror(got[i]));
	}
	ck_assert_uint_gt(proved, t->count / 2);
}

START_TEST(role_opens_its_own_files_and_no_others)
{
	if (syscall(SYS_landlock_create_ruleset, NULL, 0,
		    LANDLOCK_CREATE_RULESET_VERSION) < 1)
		return; /* the daemon says so in its log */
	try_player(_i, &the_files);
}
END_TEST

START_TEST(role_makes_its_own_calls_and_no_others)
{
	try_player(_i, &(struct table){walls_calls_count, true});
}
END_TEST

START_TEST(every_role_is_tried)
{
	for (const struct role *r = roles; r->name; r++) {
		size_t found = 0;

		for (size_t i = 0; i < ARRAY_LEN(players); i++)
			found += str_eq(players[i].role, r->name);
		ck_assert_msg(found > 0, "nothing says what %s may do", r->name);
	}
	for (size_t i = 0; i < ARRAY_LEN(players); i++)
		ck_assert_ptr_nonnull(role_named(players[i].role));
}
END_TEST

/* What a wall is built around is looked after when it is replaced. */
START_TEST(files_of_name_servers_are_followed)
{
	const char *paths[WALLS_FOLLOWED_MOST];
	bool own = false, resolver = false;
	size_t n = walls_followed(role_named(players[_i].role), settings,
				  players[_i].mailbox, paths);

	for (size_t i = 0; i < n; i++) {
		resolver |= str_eq(paths[i], "/etc/resolv.conf");
		own |= str_eq(paths[i], in_folder("ca.pem"));
	}
	ck_assert_int_eq(resolver, among(players[_i].as, NETWORK));
	ck_assert_int_eq(own, str_eq(players[_i].as, "collect/far"));
}
END_TEST

/* A secret comes to whom it is for, and to nobody else. */
START_TEST(secrets_come_to_one_role_each)
{
	static const unsigned char zeros[SECRET_KEY_BYTES];
	AUTO(arena) a = arena_new(4096);
	const char *as = players[_i].as;
	const struct role *role = role_named(players[_i].role);
	bool keyed = role->needs & ROLE_NEEDS_KEY;
	const struct secrets_for whom = {role->name, players[_i].mailbox, keyed};
	struct secrets all, got;
	struct err err = {0};
	int fd;

	ck_assert_msg(secrets_read(settings, a, &all, &err), "%s", err.text);
	ck_assert(domain_key_load(settings, all.key, &err));
	all.has_key = true;
	ck_assert(secrets_hand_over(settings, &all, &whom, &fd, &err));
	ck_assert_msg(secrets_take(settings, a, fd, &got, &err), "%s", err.text);
	(void)close(fd);
	ck_assert_int_eq(got.mailboxes[1] != NULL, str_eq(as, "collect/far"));
	ck_assert_int_eq(got.relays[1] != NULL, str_eq(as, "deliver"));
	ck_assert_int_eq(got.dkim[0] != NULL, str_eq(as, "deliver"));
	ck_assert_int_eq(got.proxy != NULL, str_eq(as, "web"));
	ck_assert_int_eq(got.has_key, among(as, "classify clock deliver web"));
	ck_assert_mem_eq(got.key, keyed ? all.key : zeros, SECRET_KEY_BYTES);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("walls");
	TCase *tc = tcase_create("walls");

	tcase_add_unchecked_fixture(tc, make_place, drop_place);
	tcase_set_timeout(tc, 60);
	UNIT_TABLE(tc, role_opens_its_own_files_and_no_others, players);
	UNIT_TABLE(tc, role_makes_its_own_calls_and_no_others, players);
	tcase_add_test(tc, every_role_is_tried);
	UNIT_TABLE(tc, files_of_name_servers_are_followed, players);
	UNIT_TABLE(tc, secrets_come_to_one_role_each, players);
	suite_add_tcase(suite, tc);
	return unit_main(suite);
}
