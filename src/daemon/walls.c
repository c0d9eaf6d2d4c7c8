#include "daemon/walls.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/str.h"
#include "extract/extract.h"
#include "render/rendered.h"
#include "sandbox/sandbox.h"

enum { PATHS_MOST = 224 };

/* For local times, whatever the zone. */
static const char *const time_files[] = {"/usr/share/zoneinfo", "/etc/localtime", NULL};

/* How names are looked up, by glibc and by c-ares, and how TLS is set up. */
static const char *const network_files[] = {
	"/etc/resolv.conf",   "/etc/hosts",    "/etc/nsswitch.conf",
	"/etc/host.conf",     "/etc/gai.conf", "/etc/services",
	"/etc/protocols",     "/etc/networks", "/etc/ssl/openssl.cnf",
	"/etc/gnutls/config",
};

/* Certificates, the resolver's modules, and what systemd writes anew at each change. */
static const char *const network_folders[] = {"/etc/ssl/certs",
					      "/usr/share/ca-certificates",
					      "/usr/local/share/ca-certificates",
					      "/usr/lib",
					      "/run/systemd/resolve",
					      NULL};

/* Modules are found without it too, so that nobody follows it. */
static const char *const loader_files[] = {"/etc/ld.so.cache", NULL};

struct paths {
	const char *read[PATHS_MOST], *write[PATHS_MOST];
	size_t reads, writes;
};

static void may_read(struct paths *p, const char *path)
{
	ASSERT(p->reads < PATHS_MOST - 1);
	p->read[p->reads++] = path;
}

static void may_read_all(struct paths *p, const char *const *list)
{
	while (*list)
		may_read(p, *list++);
}

static void may_write(struct paths *p, const char *path)
{
	ASSERT(p->writes < PATHS_MOST - 1);
	p->write[p->writes++] = path;
}

/* A rule needs a folder that is there. */
static bool may_write_in(struct paths *p, const char *folder, struct err *err)
{
	may_write(p, folder);
	return fd_make_dirs(folder, 0700, err);
}

const char *const *walls_open(void)
{
	return network_folders;
}

size_t walls_followed(const struct role *role, const struct settings *s,
		      const char *mailbox, const char *out[WALLS_FOLLOWED_MOST])
{
	size_t n = 0;

	if (!(role->needs & ROLE_HAS_NETWORK))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(network_files); i++)
		out[n++] = network_files[i];
	for (size_t i = 0; mailbox && i < s->mailbox_count; i++)
		if (str_eq(s->mailboxes[i].name, mailbox) && *s->mailboxes[i].ca_file)
			out[n++] = s->mailboxes[i].ca_file;
	for (size_t i = 0; (role->needs & ROLE_HAS_RELAYS) && i < s->relay_count; i++)
		if (*s->relays[i].ca_file && n < WALLS_FOLLOWED_MOST)
			out[n++] = s->relays[i].ca_file;
	return n;
}

const char *walls_work_folder(const struct role_run *run)
{
	return arena_printf(run->arena, "%s/making", run->settings->state_dir);
}

/* The store's files, which exist while it is open; never their folder. */
static void store_files(struct role_run *run, struct paths *p)
{
	static const char *const tails[] = {"", "-wal", "-shm"};

	for (size_t i = 0; i < ARRAY_LEN(tails); i++)
		may_write(p, arena_printf(run->arena, "%s%s",
					  settings_store_path(run->settings), tails[i]));
}

static void network(struct role_run *run, const struct role *role, struct paths *p)
{
	const char *followed[WALLS_FOLLOWED_MOST];
	size_t n = walls_followed(role, run->settings,
				  run->mailbox ? run->mailbox->name : NULL, followed);

	for (size_t i = 0; i < n; i++)
		may_read(p, followed[i]);
	may_read_all(p, network_folders);
	may_read_all(p, loader_files);
}

static bool collect_paths(struct role_run *run, const struct role *role, struct paths *p,
			  struct err *err)
{
	const struct settings *s = run->settings;
	char folder[PATH_MAX];

	may_read_all(p, time_files);
	store_files(run, p);
	if (role->needs & ROLE_HAS_NETWORK)
		network(run, role, p);
	if (role->needs & ROLE_READS_FILES) {
		may_read_all(p, extract_program_paths());
		may_read_all(p, rendering_paths());
		if (!may_write_in(p, walls_work_folder(run), err))
			return false;
	}
	if (run->mailbox && *run->mailbox->path &&
	    !may_write_in(p, run->mailbox->path, err))
		return false;
	for (size_t i = 0; (role->needs & ROLE_HAS_RELAYS) && i < s->relay_count; i++)
		if (s->relays[i].kind == SETTINGS_MAILDIR &&
		    !may_write_in(p, s->relays[i].path, err))
			return false;
	if (!(role->needs & ROLE_KEEPS_HEADS) || !*s->audit_head_file)
		return true;
	fd_folder_of(s->audit_head_file, folder);
	return may_write_in(p, arena_strdup(run->arena, folder), err);
}

bool walls_shut_in(struct role_run *run, const struct role *role, struct err *err)
{
	struct paths p = {.reads = 0};
	const struct sandbox_paths paths = {.read = p.read,
					    .write = p.write,
					    .may_exec = role->needs & ROLE_READS_FILES};
	struct sandbox_missing missing = {.count = 0};
	enum sandbox_profile profile = role->needs & ROLE_HAS_NETWORK ? SANDBOX_NETWORK
				       : role->needs & ROLE_LISTENS   ? SANDBOX_SERVER
								    : SANDBOX_NO_NETWORK;

	if (!collect_paths(run, role, &p, err) ||
	    !sandbox_enter(profile, &paths, &missing, err))
		return false;
	for (size_t i = 0; i < missing.count; i++)
		log_line(LOG_WARN, "the sandbox is weaker than it should be: %s",
			 missing.text[i]);
	return true;
}
