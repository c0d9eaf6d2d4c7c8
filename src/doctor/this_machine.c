/* What lies on this machine: settings, templates, disk, clock, store, daemon. */
#include "doctor/doctor.h"
#include "doctor/template_names.h"
#include "domain/core/audit.h"
#include "domain/core/language.h"
#include "domain/queue/lost.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/lock.h"
#include "base/numeral.h"
#include "base/str.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

enum {
	ROOM_LEAST_MB = 512,
	BUILT_AT = 1767225600, /* 2026-01-01: before this program was */
	STATUS_MOST = 1 << 14
};

static void check_modes(struct doctor *d)
{
	const struct settings *s = d->settings;
	const char *files[64];
	size_t n = 0;

	for (size_t i = 0; i < s->mailbox_count && n < 30; i++)
		files[n++] = s->mailboxes[i].password_file;
	for (size_t i = 0; i < s->relay_count && n < 60; i++)
		files[n++] = s->relays[i].password_file;
	files[n++] = settings_key_path(s);
	for (size_t i = 0; i < n; i++) {
		struct stat st;

		if (str_empty(files[i]) || stat(files[i], &st) || !(st.st_mode & 07))
			continue;
		DOCTOR_SAY(
			d, DOCTOR_WRONG, "permissions",
			arena_printf(d->arena, "chmod o= %s", files[i]),
			"Everybody on this machine may read or write %s, which holds a "
			"secret.",
			files[i]);
	}
}

static const char *missing(const struct template_library *library)
{
	for (size_t i = 0; doctor_templates[i]; i++) {
		const char *name = NULL;

		for (size_t j = 0; (name = template_library_name(library, j)); j++)
			if (str_eq(name, doctor_templates[i]))
				break;
		if (!name)
			return doctor_templates[i];
	}
	return NULL;
}

static void check_templates(struct doctor *d)
{
	static const char cure[] =
		"Mend that file below templates_dir, or take it away: then the installed "
		"one counts. If an installed one is missing, install mercat again.";
	struct operation op = {.settings = d->settings};
	AUTO(languages) all = NULL;
	struct err err = {0};
	const char *lacks;

	if (!languages_load(d->settings, d->templates, d->locales, &op, &all, &err)) {
		doctor_wrong(d, "templates", &err, cure);
		return;
	}
	lacks = missing(op.templates);
	if (lacks)
		DOCTOR_SAY(d, DOCTOR_WRONG, "templates", cure,
			   "%s/%s is missing: what is made of it cannot be made.",
			   d->templates, lacks);
	else
		DOCTOR_SAY(d, DOCTOR_GOOD, "templates", NULL,
			   "Every email and page has its template.");
}

void doctor_settings(struct doctor *d)
{
	struct err err = {0};

	if (!settings_load(d->config, &d->settings, &err)) {
		doctor_wrong(d, "settings", &err,
			     arena_printf(d->arena,
					  "Mend %s; man mercat.conf tells of every "
					  "setting, and conf/mercat.conf is an example.",
					  d->config));
		return;
	}
	d->op.settings = d->settings;
	d->op.now = d->now;
	if (settings_files_check(d->settings, &err))
		DOCTOR_SAY(d, DOCTOR_GOOD, "settings", NULL, "%s can be read.",
			   d->config);
	else
		doctor_wrong(
			d, "settings", &err,
			"Make that file, with the password or key alone in it, readable "
			"for mercat's user and for nobody else.");
	check_modes(d);
	check_templates(d);
}

static void check_disk(struct doctor *d)
{
	const char *dir = d->settings->state_dir,
		   *store = settings_store_path(d->settings);
	struct statvfs fs;
	struct stat st;
	int64_t free_mb, size_mb, wanted;

	if (statvfs(dir, &fs)) {
		DOCTOR_SAY(
			d, DOCTOR_WRONG, "disk",
			arena_printf(d->arena,
				     "Make it, for mercat's user: install -d -m 700 %s",
				     dir),
			"%s cannot be looked at: %s.", dir, strerror(errno));
		return;
	}
	free_mb = (int64_t)((uint64_t)fs.f_bavail * fs.f_frsize >> 20);
	size_mb = stat(store, &st) ? 0 : (int64_t)(st.st_size >> 20);
	wanted = size_mb / 4 > ROOM_LEAST_MB ? size_mb / 4 : ROOM_LEAST_MB;
	DOCTOR_SAY(d, free_mb < wanted ? DOCTOR_WRONG : DOCTOR_GOOD, "disk",
		   free_mb < wanted
			   ? "Make room there: with a full disk no mail is taken in "
			     "and none goes out. Nothing is lost meanwhile."
			   : NULL,
		   "%" PRId64 " MB are free where the store is, which has %" PRId64
		   " MB%s.",
		   free_mb, size_mb, free_mb < wanted ? ": too few" : "");
}

static void check_clock(struct doctor *d)
{
	static const char cure[] =
		"Set the clock, and have it kept right: apt install "
		"systemd-timesyncd or chrony; timedatectl says how it is.";
	struct timex now = {0};
	char text[CLOCK_TEXT];

	clock_rfc3339(d->now, text);
	if (d->now < BUILT_AT)
		DOCTOR_SAY(d, DOCTOR_WRONG, "clock", cure,
			   "It says %s, which has long gone by.", text);
	else if (ntp_adjtime(&now) == TIME_ERROR)
		DOCTOR_SAY(d, DOCTOR_LOOK, "clock", cure,
			   "It says %s, and nothing that keeps it right is known to the "
			   "kernel.",
			   text);
	else
		DOCTOR_SAY(d, DOCTOR_GOOD, "clock", NULL, "It is %s, and kept right.",
			   text);
}

void doctor_machine(struct doctor *d)
{
	check_disk(d);
	check_clock(d);
}

/* What was written last cannot be of tomorrow. */
static void check_store_clock(struct doctor *d)
{
	int64_t last = 0;
	struct err err = {0};

	if (!audit_last_at(&d->op, &last, &err) || last <= d->now + MINUTE_S)
		return;
	char then[CLOCK_TEXT];

	clock_rfc3339(last, then);
	DOCTOR_SAY(d, DOCTOR_WRONG, "clock",
		   "Set the clock before anything else: days of closing, schedules and "
		   "evidence go by it.",
		   "It is behind what was written last into the store, at %s.", then);
}

static void check_backup(struct doctor *d)
{
	static const char cure[] =
		"systemctl enable --now mercat-backup.timer makes one each night; "
		"mercat store backup makes one now.";
	int64_t at = 0;
	struct err err = {0};
	char then[CLOCK_TEXT];

	if (!audit_backup_at(&d->op, &at, &err)) {
		doctor_wrong(d, "backup", &err, NULL);
		return;
	}
	clock_local(at, d->settings->zone, then);
	if (!at)
		DOCTOR_SAY(d, DOCTOR_WRONG, "backup", cure,
			   "No copy of the store was ever made.");
	else if (at < d->now - DOCTOR_COPY_OLD_S)
		DOCTOR_SAY(d, DOCTOR_WRONG, "backup", cure,
			   "The last copy of the store is of %s.", then);
	else
		DOCTOR_SAY(d, DOCTOR_GOOD, "backup", NULL,
			   "The last copy of the store is of %s.", then);
}

void doctor_store(struct doctor *d)
{
	const char *path = settings_store_path(d->settings);
	struct err err = {0};
	char about[160];

	if (!store_open(path, STORE_EXISTING, &d->op.store, &err)) {
		doctor_wrong(
			d, "store", &err,
			access(path, F_OK) != 0 && errno == ENOENT
				? "mercat store init makes it."
			: err.kind == ERR_SETUP
				? "An older store: mercat store init, or a start of "
				  "mercatd, brings it up. A newer one: install the mercat "
				  "that made it, or put back a copy of before."
				: "Run this as mercat's user: sudo -u mercat mercat "
				  "doctor. If it is damaged, put back the last copy.");
		return;
	}
	if (!store_check_quick(d->op.store, &err)) {
		doctor_wrong(d, "store", &err,
			     "Put back the last copy (README, Copies).");
		return;
	}
	if (!domain_key_load(d->settings, d->op.key, &err)) {
		doctor_wrong(
			d, "store", &err,
			"Put back the copy of the key: links in mails that went out "
			"need it. Without any copy, mercat store init makes another.");
		return;
	}
	store_about(about, sizeof(about));
	DOCTOR_SAY(d, DOCTOR_GOOD, "store", NULL, "%s is whole at a quick look (%s).",
		   path, about);
	check_store_clock(d);
	check_backup(d);
}

/* ---- the daemon ---- */

static long status_number(const char *status, const char *name, int base)
{
	const char *at = strstr(status, name);

	return at ? strtol(at + strlen(name), NULL, base) : -1;
}

/* Of the processes whose parent it is. */
static void check_walls(struct doctor *d, long master)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	size_t roles = 0, open = 0, root = 0;

	while (proc && (entry = readdir(proc))) {
		AUTO(buf) status = buf_new(STATUS_MOST);
		struct err err = {0};

		if (!str_is_digit(entry->d_name[0]) ||
		    !fd_read_file(
			    arena_printf(d->arena, "/proc/%s/status", entry->d_name),
			    status, &err) ||
		    status_number(buf_text(status), "\nPPid:", 10) != master)
			continue;
		roles++;
		open += status_number(buf_text(status), "\nNoNewPrivs:", 10) != 1 ||
			status_number(buf_text(status), "\nSeccomp:", 10) != 2;
		root += status_number(buf_text(status), "\nUid:", 10) == 0;
	}
	if (proc)
		(void)closedir(proc);
	if (open || root)
		DOCTOR_SAY(
			d, DOCTOR_WRONG, "walls",
			"Start mercatd by its unit (systemctl start mercat), on a kernel "
			"with seccomp, and with user set in the settings.",
			"Of %zu processes of mercatd %zu have no list of system calls, and "
			"%zu run as root.",
			roles, open, root);
	else if (roles)
		DOCTOR_SAY(
			d, DOCTOR_GOOD, "walls", NULL,
			"Each of the %zu processes of mercatd has given up what it does "
			"not need.",
			roles);
}

static void check_lost(struct doctor *d)
{
	struct store_table lost;
	struct err err = {0};

	if (!d->op.store ||
	    !lost_for(&d->op, d->arena, d->settings->trouble_after_s, &lost, &err))
		return;
	for (size_t i = 0; i < lost.count; i++) {
		struct store_row row = table_row(&lost, i);
		char since[CLOCK_TEXT];

		clock_local(row_int(&row, "at"), d->settings->zone, since);
		DOCTOR_SAY(d, DOCTOR_WRONG,
			   arena_printf(d->arena, "%s %s", row_text(&row, "kind"),
					row_text(&row, "name")),
			   "journalctl -u mercat says why; systemctl restart mercat.",
			   "%s since %s.",
			   str_eq(row_text(&row, "kind"), "role")
				   ? "It does not run"
				   : "mercatd has no way to it",
			   since);
	}
}

void doctor_daemon(struct doctor *d)
{
	const char *path =
		arena_printf(d->arena, "%s/mercatd.lock", d->settings->state_dir);
	struct err err = {0};
	int64_t pid;

	if (!lock_holder(path, &pid, &err)) {
		DOCTOR_SAY(d, DOCTOR_LOOK, "mercatd",
			   "Run this as mercat's user: sudo -u mercat mercat doctor.",
			   "Whether it runs cannot be seen: %s.", err.text);
		return;
	}
	if (!pid) {
		DOCTOR_SAY(
			d, DOCTOR_WRONG, "mercatd",
			"systemctl start mercat; journalctl -u mercat says why it ended.",
			"It does not run: no mail comes in, none goes out.");
		return;
	}
	DOCTOR_SAY(d, DOCTOR_GOOD, "mercatd", NULL, "It runs, as process %" PRId64 ".",
		   pid);
	check_walls(d, (long)pid);
	check_lost(d);
}
