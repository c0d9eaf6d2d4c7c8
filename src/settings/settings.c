#include "settings/settings.h"
#include "settings/keys.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/str.h"

#include <inttypes.h>
#include <libconfig.h>

enum { MOST_ITEMS = 64 };

/* One value on its way from the file into the struct. */
struct slot {
	const struct settings *settings;
	const struct settings_key *key;
	const char *file;
	int line;
	char name[120]; /* as an operator would look for it */
};

static bool choice_of(const char *choices, const char *text, int64_t *out)
{
	int64_t n = 0;

	for (const char *at = choices; at; n++) {
		const char *bar = strchr(at, '|');
		size_t len = bar ? (size_t)(bar - at) : strlen(at);

		if (strlen(text) == len && strncmp(text, at, len) == 0) {
			*out = n;
			return true;
		}
		at = bar ? bar + 1 : NULL;
	}
	return false;
}

static bool text_fits(const struct slot *s, const char *text, struct err *err)
{
	int64_t len = (int64_t)strlen(text);

	if (s->key->type == SETTING_ZONE && !clock_zone_known(text))
		return err_set(
			err, ERR_SETUP,
			"\"%.60s\" is not a time zone; write one such as \"Europe/London\"",
			text);
	if (s->key->type == SETTING_URL &&
	    ((!str_starts(text, "https://") && !str_starts(text, "http://127.0.0.1") &&
	      !str_starts(text, "http://localhost")) ||
	     str_ends(text, "/")))
		return err_set(
			err, ERR_SETUP,
			"\"%.100s\" must start with https:// and not end with a slash",
			text);
	if (s->key->type == SETTING_TEXT && (len < s->key->least || len > s->key->most))
		return err_set(err, ERR_SETUP,
			       "must have from %" PRId64 " to %" PRId64
			       " bytes, has %" PRId64,
			       s->key->least, s->key->most, len);
	for (const char *at = text; *at; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			return err_set(err, ERR_SETUP, "has a control character in it");
	if (!str_utf8_valid(text, strlen(text)))
		return err_set(err, ERR_SETUP, "is not UTF-8");
	return true;
}

static bool number_of(const struct slot *s, const char *text, int64_t *out,
		      struct err *err)
{
	switch (s->key->type) {
	case SETTING_INT:
		return str_to_int(text, s->key->least, s->key->most, out, err);
	case SETTING_SIZE:
		return str_to_size(text, out, err);
	case SETTING_DURATION:
		return str_to_duration(text, out, err);
	case SETTING_CHOICE:
		return choice_of(s->key->choices, text, out) ||
		       err_set(err, ERR_SETUP, "\"%.40s\" is not one of %s", text,
			       s->key->choices);
	case SETTING_TEXT:
	case SETTING_ZONE:
	case SETTING_URL:
		break;
	}
	PANIC("setting %s is no number", s->key->path);
}

static bool put(const struct slot *s, void *into, const char *text, struct err *err)
{
	char *field = (char *)into + s->key->offset;
	enum settings_type type = s->key->type;
	int64_t n;

	if (type == SETTING_TEXT || type == SETTING_ZONE || type == SETTING_URL) {
		if (!text_fits(s, text, err))
			return false;
		*(const char **)(void *)field = arena_strdup(s->settings->arena, text);
		return true;
	}
	if (!number_of(s, text, &n, err))
		return false;
	if (type != SETTING_CHOICE && (n < s->key->least || n > s->key->most))
		return err_set(err, ERR_SETUP,
			       "\"%.40s\" is out of range: from %" PRId64 " to %" PRId64
			       " %s",
			       text, s->key->least, s->key->most,
			       type == SETTING_SIZE       ? "bytes"
			       : type == SETTING_DURATION ? "seconds"
							  : "");
	*(int64_t *)(void *)field = n;
	return true;
}

static bool put_setting(const struct slot *s, void *into, const config_setting_t *from,
			struct err *err)
{
	char number[32];

	if (s->key->type == SETTING_INT) {
		int type = config_setting_type(from);

		if (type != CONFIG_TYPE_INT && type != CONFIG_TYPE_INT64)
			return err_set(err, ERR_SETUP,
				       "must be a whole number without quotes");
		(void)snprintf(number, sizeof(number), "%lld",
			       type == CONFIG_TYPE_INT
				       ? (long long)config_setting_get_int(from)
				       : config_setting_get_int64(from));
		return put(s, into, number, err);
	}
	if (config_setting_type(from) != CONFIG_TYPE_STRING)
		return err_set(err, ERR_SETUP, "must be text in quotes");
	return put(s, into, config_setting_get_string(from), err);
}

static bool where(const struct slot *s, struct err *err)
{
	err->kind = ERR_SETUP;
	return s->line ? err_prefix(err, "%s:%d: %s", s->file, s->line, s->name)
		       : err_prefix(err, "%s: %s", s->file, s->name);
}

/* Fills one struct from one group; prefix is "" or "mailboxes[0].". */
static bool fill(struct settings *settings, const struct settings_table *table,
		 config_setting_t *group, const char *prefix, void *into, struct err *err)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct settings_key *key = &table->keys[i];
		config_setting_t *from = config_setting_lookup(group, key->path);
		struct slot s = {
			.settings = settings, .key = key, .file = settings->file};

		(void)snprintf(s.name, sizeof(s.name), "%s%s", prefix, key->path);
		s.line = (int)config_setting_source_line(from ? from : group);
		if (!from && !key->fallback) {
			(void)err_set(err, ERR_SETUP, "is missing; add it: %s",
				      key->help);
			return where(&s, err);
		}
		if (from ? !put_setting(&s, into, from, err)
			 : !put(&s, into, key->fallback, err))
			return where(&s, err);
	}
	return true;
}

static bool known_path(const struct settings_table *table, const char *path, bool group)
{
	size_t len = strlen(path);

	for (size_t i = 0; i < table->count; i++)
		if (group ? (strncmp(table->keys[i].path, path, len) == 0 &&
			     table->keys[i].path[len] == '.')
			  : str_eq(table->keys[i].path, path))
			return true;
	return false;
}

static bool is_list(const char *name)
{
	for (size_t i = 0; i < SETTINGS_TABLES; i++)
		if (str_eq(settings_tables[i].list, name))
			return true;
	return false;
}

static bool no_strangers(const struct settings *settings,
			 const struct settings_table *table, config_setting_t *group,
			 const char *path, struct err *err)
{
	for (int i = 0; i < config_setting_length(group); i++) {
		config_setting_t *item = config_setting_get_elem(group, (unsigned)i);
		char name[200];
		bool is_group = config_setting_type(item) == CONFIG_TYPE_GROUP;

		(void)snprintf(name, sizeof(name), "%s%s%s", path, *path ? "." : "",
			       config_setting_name(item));
		if (table == &settings_tables[SETTINGS_TOP] && is_list(name))
			continue;
		if (!known_path(table, name, is_group))
			return err_set(
				err, ERR_SETUP,
				"%s:%d: \"%s\" is not a setting; see mercat settings conf "
				"for all of them",
				settings->file, (int)config_setting_source_line(item),
				name);
		if (is_group && !no_strangers(settings, table, item, name, err))
			return false;
	}
	return true;
}

static bool load_list(struct settings *settings, config_setting_t *root,
		      const struct settings_table *table, void **out, size_t *out_count,
		      struct err *err)
{
	config_setting_t *list = config_setting_lookup(root, table->list);
	int n = list ? config_setting_length(list) : 0;
	char prefix[60];

	*out = NULL;
	*out_count = 0;
	if (!list || n == 0)
		return true;
	if (config_setting_type(list) != CONFIG_TYPE_LIST || n > MOST_ITEMS)
		return err_set(
			err, ERR_SETUP,
			"%s:%d: %s must be a list of at most %d groups: ( { ... }, { ... } )",
			settings->file, (int)config_setting_source_line(list),
			table->list, MOST_ITEMS);
	*out = arena_array(settings->arena, (size_t)n, table->item_bytes);
	for (int i = 0; i < n; i++) {
		config_setting_t *item = config_setting_get_elem(list, (unsigned)i);

		if (config_setting_type(item) != CONFIG_TYPE_GROUP)
			return err_set(
				err, ERR_SETUP, "%s:%d: %s[%d] must be a group: { ... }",
				settings->file, (int)config_setting_source_line(item),
				table->list, i);
		(void)snprintf(prefix, sizeof(prefix), "%s[%d].", table->list, i);
		if (!no_strangers(settings, table, item, "", err) ||
		    !fill(settings, table, item, prefix,
			  (char *)*out + (size_t)i * table->item_bytes, err))
			return false;
	}
	*out_count = (size_t)n;
	return true;
}

static bool wants(const struct settings *s, const char *list, size_t i, const char *key,
		  const char *value, struct err *err)
{
	return *value ||
	       err_set(err, ERR_SETUP, "%s: %s[%zu].%s is missing; this kind needs it",
		       s->file, list, i, key);
}

/* "22:00-07:00" */
static bool digits_stand_as(const char *form, const char *text)
{
	for (size_t i = 0; i <= strlen(form); i++)
		if (form[i] == '0' ? !str_is_digit(text[i]) : text[i] != form[i])
			return false;
	return true;
}

static bool time_is_read(const char *text)
{
	return digits_stand_as("00:00", text) && strncmp(text, "24", 2) < 0 &&
	       text[3] < '6';
}

static bool quiet_is_read(const char *text)
{
	return digits_stand_as("00:00-00:00", text) && strncmp(text, "24", 2) < 0 &&
	       strncmp(text + 6, "24", 2) < 0 && text[3] < '6' && text[9] < '6';
}

/* As far as it can be told here: each has one @ with something on both sides. */
static bool addresses_stand(const struct settings *s, const char *key, const char *list,
			    struct err *err)
{
	for (const char *at = list + strspn(list, ", "); *at; at += strspn(at, ", ")) {
		size_t len = strcspn(at, ",");
		const char *sign = memchr(at, '@', len);

		while (len && at[len - 1] == ' ')
			len--;
		if (!sign || sign == at || sign + 1 >= at + len || memchr(at, ' ', len))
			return err_set(err, ERR_SETUP,
				       "%s: %s holds \"%.*s\", which is no email address",
				       s->file, key, (int)(len < 80 ? len : 80), at);
		at += len;
	}
	return true;
}

/* Passwords and people's mail go in clear to nobody but this machine. */
/* Where the head of the audit is kept. */
static bool head_goes_somewhere(const struct settings *s, struct err *err)
{
	if (strchr(s->audit_head_to, ','))
		return err_set(
			err, ERR_SETUP,
			"%s: audit.head_to is one address; let a mailing group pass "
			"it on to more",
			s->file);
	if (*s->audit_head_file && *s->audit_head_file != '/')
		return err_set(
			err, ERR_SETUP,
			"%s: audit.head_file is \"%s\"; write its whole path, from /",
			s->file, s->audit_head_file);
	return addresses_stand(s, "audit.head_to", s->audit_head_to, err);
}

static bool tls_where_needed(const struct settings *s, const char *list, size_t i,
			     const char *host, int64_t tls, struct err *err)
{
	bool loopback = str_ieq(host, "localhost") || str_eq(host, "::1") ||
			str_starts(host, "127.");

	return tls != SETTINGS_TLS_NONE || loopback ||
	       err_set(err, ERR_SETUP,
		       "%s: %s[%zu].tls is \"none\", which is for a loopback server only; use "
		       "\"starttls\" or \"tls\" with %s",
		       s->file, list, i, host);
}

/* An access token comes out of a file or a command, not of both. */
static bool token_comes(const struct settings *s, size_t i,
			const struct settings_mailbox *m, struct err *err)
{
	if (!*m->token_command)
		return m->auth == SETTINGS_AUTH_PASSWORD ||
		       wants(s, "mailboxes", i, "password_file", m->password_file, err);
	if (m->auth == SETTINGS_AUTH_PASSWORD)
		return err_set(err, ERR_SETUP,
			       "%s: mailboxes[%zu].token_command is for an auth of "
			       "\"xoauth2\" or \"oauthbearer\"",
			       s->file, i);
	if (*m->password_file)
		return err_set(err, ERR_SETUP,
			       "%s: mailboxes[%zu] has a password_file and a "
			       "token_command; take one out",
			       s->file, i);
	return *m->token_command == '/' ||
	       err_set(err, ERR_SETUP,
		       "%s: mailboxes[%zu].token_command must begin with its whole path, "
		       "such as /usr/local/bin/token",
		       s->file, i);
}

/* Whoever reaches the pages could write that header: who may, must be known. */
static bool proxy_is_known(const struct settings *s, struct err *err)
{
	bool local = str_starts(s->web_listen, "unix:");

	if (!*s->proxy_header || *s->proxy_secret_file || (local && *s->socket_group))
		return true;
	return err_set(
		err, ERR_SETUP,
		"%s: staff.proxy_header is set, so everybody who reaches web.listen "
		"could sign in as anybody; set %s",
		s->file,
		local ? "web.socket_group to the proxy's group"
		      : "staff.proxy_secret_file, and have the proxy send that "
			"secret");
}

static bool rules_between_keys(struct settings *s, struct err *err)
{
	if (!proxy_is_known(s, err))
		return false;
	for (size_t i = 0; i < s->mailbox_count; i++) {
		struct settings_mailbox *m = &s->mailboxes[i];

		if (m->kind == SETTINGS_MAILDIR
			    ? !wants(s, "mailboxes", i, "path", m->path, err)
			    : (!wants(s, "mailboxes", i, "host", m->host, err) ||
			       !wants(s, "mailboxes", i, "user", m->user, err) ||
			       !token_comes(s, i, m, err)))
			return false;
		if (m->kind == SETTINGS_SERVER &&
		    !tls_where_needed(s, "mailboxes", i, m->host, m->tls, err))
			return false;
		for (size_t j = 0; j < i; j++)
			if (str_eq(m->name, s->mailboxes[j].name))
				return err_set(err, ERR_SETUP,
					       "%s: two mailboxes are named \"%s\"",
					       s->file, m->name);
	}
	for (size_t i = 0; i < s->relay_count; i++) {
		struct settings_relay *r = &s->relays[i];

		if ((r->kind == SETTINGS_MAILDIR &&
		     !wants(s, "relays", i, "path", r->path, err)) ||
		    (r->kind == SETTINGS_SERVER &&
		     !wants(s, "relays", i, "host", r->host, err)))
			return false;
		if (r->kind == SETTINGS_SERVER &&
		    !tls_where_needed(s, "relays", i, r->host, r->tls, err))
			return false;
		if (!*r->ehlo)
			r->ehlo = s->own_domain;
		for (size_t j = 0; j < i; j++)
			if (str_eq(r->name, s->relays[j].name))
				return err_set(err, ERR_SETUP,
					       "%s: two relays are named \"%s\"", s->file,
					       r->name);
	}
	if (!addresses_stand(s, "bulletin.test_recipients", s->test_recipients, err) ||
	    !head_goes_somewhere(s, err))
		return false;
	if (*s->quiet && !quiet_is_read(s->quiet))
		return err_set(err, ERR_SETUP,
			       "%s: sending.quiet is \"%s\"; write it as 22:00-07:00",
			       s->file, s->quiet);
	if (!time_is_read(s->digest_time))
		return err_set(err, ERR_SETUP,
			       "%s: digest.time is \"%s\"; write it as 08:00", s->file,
			       s->digest_time);
	if (!time_is_read(s->tell_time))
		return err_set(err, ERR_SETUP,
			       "%s: staff.tell_time is \"%s\"; write it as 08:00",
			       s->file, s->tell_time);
	if (s->retry_first_s > s->retry_most_s)
		return err_set(
			err, ERR_SETUP,
			"%s: sending.retry_first is longer than sending.retry_most",
			s->file);
	return true;
}

static void domain_of_url(struct settings *s)
{
	const char *host = strstr(s->base_url, "://");
	size_t len;

	if (*s->own_domain)
		return;
	host = host ? host + 3 : s->base_url;
	len = strcspn(host, ":/");
	s->own_domain = arena_strndup(s->arena, host, len);
}

bool settings_load(const char *file, struct settings **out, struct err *err)
{
	struct arena *arena = arena_new(8192);
	struct settings *s = arena_make(arena, struct settings, 1);
	AUTO(buf) text = buf_new(1 << 20);
	void *mailboxes, *relays, *groups, *dkim;
	config_setting_t *root;
	config_t config;
	bool ok = false;

	s->arena = arena;
	s->file = arena_strdup(arena, file);
	config_init(&config);
	if (!fd_read_file(file, text, err)) {
		err->kind = ERR_SETUP;
	} else if (strlen(buf_text(text)) != text->len) {
		(void)err_set(err, ERR_SETUP, "%s: has a NUL byte in it", file);
	} else if (!config_read_string(&config, buf_text(text))) {
		(void)err_set(err, ERR_SETUP, "%s:%d: %s", file,
			      config_error_line(&config), config_error_text(&config));
	} else {
		root = config_root_setting(&config);
		ok = no_strangers(s, &settings_tables[SETTINGS_TOP], root, "", err) &&
		     fill(s, &settings_tables[SETTINGS_TOP], root, "", s, err) &&
		     load_list(s, root, &settings_tables[SETTINGS_MAILBOXES], &mailboxes,
			       &s->mailbox_count, err) &&
		     load_list(s, root, &settings_tables[SETTINGS_RELAYS], &relays,
			       &s->relay_count, err) &&
		     load_list(s, root, &settings_tables[SETTINGS_GROUPS], &groups,
			       &s->group_count, err) &&
		     load_list(s, root, &settings_tables[SETTINGS_DKIM], &dkim,
			       &s->dkim_count, err);
	}
	config_destroy(&config);
	if (ok) {
		s->mailboxes = mailboxes;
		s->relays = relays;
		s->groups = groups;
		s->dkim = dkim;
		domain_of_url(s);
		ok = rules_between_keys(s, err);
	}
	if (ok)
		*out = s;
	else
		arena_free(&arena);
	return ok;
}

void settings_free(struct settings **settings)
{
	struct arena *arena;

	if (!settings || !*settings)
		return;
	arena = (*settings)->arena;
	*settings = NULL;
	arena_free(&arena);
}

const char *settings_store_path(const struct settings *settings)
{
	return arena_printf(settings->arena, "%s/mercat.db", settings->state_dir);
}

const char *settings_key_path(const struct settings *settings)
{
	return arena_printf(settings->arena, "%s/mercat.key", settings->state_dir);
}
