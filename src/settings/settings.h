/*
 * settings - the one file an operator edits, as one typed struct.
 *
 * libconfig syntax. Every key stands in one table (keys.c): path, type, default,
 * least, most, help. The commented file and the manual's section are printed from
 * the same table, so they cannot differ from what is read.
 *
 * Units      *_s seconds, *_bytes bytes.
 * Ownership  settings_load() makes the struct; settings_free() or AUTO(settings)
 *            gives all of it back. Strings are never NULL where a default exists.
 * Errors     ERR_SETUP, with file, line, what is wrong and what to write instead.
 *            An unknown key is an error. Nothing is half taken.
 * Known      libconfig turns 3000000000 into a negative number; sizes and durations
 *            are therefore text with units, and integers are checked by type.
 */
#ifndef MERCAT_SETTINGS_H
#define MERCAT_SETTINGS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* A relay that discards takes every mail at once: for tests of size and dry runs. */
enum settings_kind { SETTINGS_SERVER = 0, SETTINGS_MAILDIR = 1, SETTINGS_DISCARD = 2 };
enum settings_tls {
	SETTINGS_TLS_NONE = 0,
	SETTINGS_TLS_STARTTLS = 1,
	SETTINGS_TLS_FULL = 2
};
enum settings_after {
	SETTINGS_AFTER_KEEP = 0,
	SETTINGS_AFTER_SEEN = 1,
	SETTINGS_AFTER_MOVE = 2
};
/* What shares the limits of recipients: a domain, or all that one receiver takes. */
enum settings_group_by { SETTINGS_BY_DOMAIN = 0, SETTINGS_BY_MX = 1 };
enum settings_auth {
	SETTINGS_AUTH_PASSWORD = 0,
	SETTINGS_AUTH_XOAUTH2 = 1,
	SETTINGS_AUTH_OAUTHBEARER = 2
};
enum settings_doubt { SETTINGS_DOUBT_RESEND = 0, SETTINGS_DOUBT_HOLD = 1 };

struct settings_mailbox {
	const char *name;
	int64_t kind, tls, after; /* settings_kind, settings_tls, settings_after */
	int64_t auth;             /* settings_auth */
	const char *host, *user, *password_file, *ca_file, *folder, *path, *move_to;
	const char *token_command; /* prints an access token; in place of password_file */
	int64_t port, poll_s, timeout_s;
};

struct settings_relay {
	const char *name;
	int64_t kind, tls; /* settings_kind, settings_tls */
	const char *host, *user, *password_file, *ca_file, *path, *ehlo;
	int64_t port, connections, timeout_s, weight, per_minute;
	int64_t group_by; /* settings_group_by */
};

/* Domains of recipients that share limits. */
struct settings_group {
	const char *name, *domains;      /* "gmail.com, googlemail.com" */
	int64_t per_minute, connections; /* 0: no limit */
};

/* Keys that sign what goes out from a domain. */
struct settings_dkim {
	const char *domain, *selector, *key_file;
};

struct settings {
	struct arena *arena;
	const char *file;
	const char *organisation, *contact, *zone, *language, *languages, *state_dir,
		*base_url, *templates_dir, *user, *own_domain;
	int64_t log_level; /* above LOG_ERROR: 0 is LOG_ERROR, 4 is LOG_DEBUG */
	int64_t confirm_expires_s, confirm_most, link_expires_s;
	int64_t digest_weekday;  /* 0 is Monday */
	const char *digest_time; /* "08:00" */
	int64_t in_doubt;        /* settings_doubt */
	int64_t schedule_late_s, retry_first_s, retry_most_s, retry_for_s, spread_s,
		domain_per_minute;
	int64_t answers_an_hour;
	const char *quiet; /* "22:00-07:00" or "" */
	const char *resolver;
	const char *test_recipients; /* "a@x.example, b@x.example" or "" */
	int64_t grace_s;             /* before what is sent now begins */
	int64_t tests_a_day, test_recipients_kept_s;
	int64_t report_least;
	const char *audit_head_file, *audit_head_to; /* "": none */
	int64_t copies_kept_s;
	const char *backup_folder, *backup_command; /* "": none */
	int64_t backup_keep;
	int64_t bounce_points, bounce_forget_s, probe_wait_s;
	int64_t breaker_share, breaker_rows; /* per cent; mails */
	int64_t message_max_bytes;
	const char *tell_time; /* "08:00" */
	int64_t trouble_after_s;
	const char *safeguarding_lead; /* name of one of the staff; "": nobody */
	int64_t seen_within_s;
	int64_t session_idle_s, session_most_s;
	const char *proxy_header; /* "": none is trusted */
	const char *proxy_secret_file;
	const char *socket_group; /* of a unix socket; "": our own */
	const char *web_listen; /* "127.0.0.1:8080", "unix:/run/mercat/web.sock" or "" */
	int64_t web_threads;
	struct settings_mailbox *mailboxes;
	size_t mailbox_count;
	struct settings_relay *relays;
	size_t relay_count;
	struct settings_group *groups;
	size_t group_count;
	struct settings_dkim *dkim;
	size_t dkim_count;
};

bool settings_load(const char *file, struct settings **out, struct err *err) MUST_USE;
void settings_free(struct settings **settings);
static inline void settings_auto(struct settings **settings)
{
	settings_free(settings);
}

/* The first line of a password file, without its newline; ERR_SETUP names the file. */
bool settings_password(const char *file, struct arena *arena, const char **out,
		       struct err *err) MUST_USE;
/* All of a private key's file, PEM. */
bool settings_dkim_key(const char *file, struct arena *arena, const char **out,
		       struct err *err) MUST_USE;
/* The secret of the proxy that single sign-on is believed with; ERR_SETUP when it is short. */
bool settings_proxy_secret(const struct settings *settings, struct arena *arena,
			   const char **out, struct err *err) MUST_USE;
/* Reads each file of a password or key that the settings name, as the daemon will. */
bool settings_files_check(const struct settings *settings, struct err *err) MUST_USE;

/* Paths under state_dir; the result lives in the settings' arena. */
const char *settings_store_path(const struct settings *settings);
const char *settings_key_path(const struct settings *settings);

/* The whole commented configuration with its defaults; the manual's section (roff). */
void settings_print_conf(struct buf *out);
void settings_print_man(struct buf *out);
/* What is in force now, one "key = value" a line. */
void settings_print_now(const struct settings *settings, struct buf *out);

#endif
