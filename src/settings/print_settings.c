#include "settings/keys.h"
#include "base/str.h"

#include <inttypes.h>

static const char *type_words(const struct settings_key *key, char *room, size_t len)
{
	switch (key->type) {
	case SETTING_INT:
		(void)snprintf(room, len, "whole number, %" PRId64 " to %" PRId64,
			       key->least, key->most);
		return room;
	case SETTING_SIZE:
		return "size, as in \"20 MB\"";
	case SETTING_DURATION:
		return "duration, as in \"4 h\"";
	case SETTING_CHOICE:
		return key->choices;
	case SETTING_ZONE:
		return "time zone";
	case SETTING_URL:
		return "https address";
	case SETTING_TEXT:
		break;
	}
	return "text";
}

/* What the printed file says in place of a default, so that it can be tried as it is. */
static const struct {
	const char *list, *path, *value;
} examples[] = {
	{NULL, "organisation", "Example Policy Team"},
	{NULL, "base_url", "https://updates.example.org"},
	{NULL, "web.listen", "127.0.0.1:8080"},
	{"mailboxes", "name", "main"},
	{"mailboxes", "host", "imap.example.org"},
	{"mailboxes", "user", "updates"},
	{"mailboxes", "password_file", "/etc/mercat/imap.password"},
	{"relays", "name", "main"},
	{"relays", "host", "smtp.example.org"},
	{"relays", "user", "updates"},
	{"relays", "password_file", "/etc/mercat/smtp.password"},
	{"groups", "name", "google"},
	{"groups", "domains", "gmail.com, googlemail.com"},
	{"dkim", "domain", "updates.example.org"},
	{"dkim", "selector", "mercat"},
	{"dkim", "key_file", "/etc/mercat/dkim.pem"},
};

static const char *example_of(const struct settings_table *table, const char *path)
{
	for (size_t i = 0; i < ARRAY_LEN(examples); i++)
		if (str_eq(examples[i].path, path) &&
		    str_eq(str_or(examples[i].list, ""), str_or(table->list, "")))
			return examples[i].value;
	return NULL;
}

/* One sentence as comment lines that fit a terminal. */
static void conf_comment(struct buf *out, const char *indent, const char *text)
{
	const size_t most = 88 - 8 * strlen(indent) - 2;

	while (strlen(text) > most) {
		size_t at = most;

		while (at && text[at] != ' ')
			at--;
		if (!at)
			break;
		buf_printf(out, "%s# %.*s\n", indent, (int)at, text);
		text += at + 1;
	}
	buf_printf(out, "%s# %s\n", indent, text);
}

static void conf_key(struct buf *out, const struct settings_table *table,
		     const struct settings_key *key, const char *indent)
{
	const char *dot = strchr(key->path, '.');
	const char *example = example_of(table, key->path);
	const char *value = example ? example : key->fallback ? key->fallback : "...";
	char words[80], whole[400];

	(void)snprintf(whole, sizeof(whole), "%s (%s)", key->help,
		       type_words(key, words, sizeof(words)));
	conf_comment(out, indent, whole);
	buf_printf(out, "%s%s%s = ", indent, example || !key->fallback ? "" : "# ",
		   dot ? dot + 1 : key->path);
	buf_printf(out, key->type == SETTING_INT ? "%s;\n" : "\"%s\";\n", value);
}

static void conf_groups(struct buf *out)
{
	const struct settings_table *top = &settings_tables[SETTINGS_TOP];
	const char *open = "";
	size_t open_len = 0;

	for (size_t i = 0; i < top->count; i++) {
		const char *path = top->keys[i].path, *dot = strchr(path, '.');
		size_t len = dot ? (size_t)(dot - path) : 0;

		if (len != open_len || strncmp(path, open, len) != 0) {
			if (open_len)
				buf_str(out, "};\n");
			if (len)
				buf_printf(out, "\n%.*s: {\n", (int)len, path);
			open = path;
			open_len = len;
		}
		conf_key(out, top, &top->keys[i], len ? "\t" : "");
	}
	if (open_len)
		buf_str(out, "};\n");
}

static void conf_list(struct buf *out, const struct settings_table *table)
{
	buf_printf(out, "%s = (\n\t{\n", table->list);
	for (size_t i = 0; i < table->count; i++)
		conf_key(out, table, &table->keys[i], "\t\t");
	buf_str(out, "\t}\n);\n");
}

/* What is for some only, and would be wrong as it is for everybody else. */
static void switch_off(struct buf *out, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");

		buf_printf(out, "# %.*s\n", (int)n, text);
		text += n + (text[n] == '\n');
	}
}

void settings_print_conf(struct buf *out)
{
	buf_str(out,
		"# Settings of mercat, as printed by: mercat settings conf\n"
		"#\n"
		"# Lines without # are examples: put your own values there. Lines with # show\n"
		"# the default and can stay as they are. See mercat.conf(5); after a change run\n"
		"# mercat settings check, and start mercatd again.\n\n");
	conf_groups(out);
	for (size_t t = SETTINGS_MAILBOXES; t < SETTINGS_TABLES; t++) {
		AUTO(buf) list = buf_new(1 << 16);

		conf_list(list, &settings_tables[t]);
		buf_char(out, '\n');
		if (t == SETTINGS_DKIM)
			switch_off(out, buf_text(list));
		else
			buf_add(out, list->bytes, list->len);
	}
}

void settings_print_man(struct buf *out)
{
	char words[80];

	for (size_t t = 0; t < SETTINGS_TABLES; t++) {
		if (settings_tables[t].list)
			buf_printf(out, ".SS Each group in %s\n",
				   settings_tables[t].list);
		for (size_t i = 0; i < settings_tables[t].count; i++) {
			const struct settings_key *key = &settings_tables[t].keys[i];

			buf_printf(out, ".TP\n.B %s\n%s\n.br\n(%s", key->path, key->help,
				   type_words(key, words, sizeof(words)));
			if (!key->fallback)
				buf_str(out, "; must be given");
			else if (*key->fallback)
				buf_printf(out, "; default %s", key->fallback);
			buf_str(out, ")\n");
		}
	}
}

static void choice_name(struct buf *out, const char *choices, int64_t n)
{
	for (; n > 0 && choices; n--) {
		choices = strchr(choices, '|');
		choices = choices ? choices + 1 : NULL;
	}
	if (choices)
		buf_add(out, choices, strcspn(choices, "|"));
}

static void now_key(struct buf *out, const char *prefix, const struct settings_key *key,
		    const void *from)
{
	const char *field = (const char *)from + key->offset;
	int64_t n;

	buf_printf(out, "%s%s = ", prefix, key->path);
	switch (key->type) {
	case SETTING_TEXT:
	case SETTING_ZONE:
	case SETTING_URL:
		buf_printf(out, "\"%s\"\n", *(const char *const *)(const void *)field);
		return;
	case SETTING_INT:
	case SETTING_SIZE:
	case SETTING_DURATION:
	case SETTING_CHOICE:
		break;
	}
	n = *(const int64_t *)(const void *)field;
	if (key->type == SETTING_CHOICE)
		choice_name(out, key->choices, n);
	else
		buf_printf(out, "%" PRId64 "%s", n,
			   key->type == SETTING_SIZE       ? " B"
			   : key->type == SETTING_DURATION ? " s"
							   : "");
	buf_char(out, '\n');
}

void settings_print_now(const struct settings *s, struct buf *out)
{
	const struct settings_table *t = settings_tables;
	char prefix[60];

	for (size_t i = 0; i < t[SETTINGS_TOP].count; i++)
		now_key(out, "", &t[SETTINGS_TOP].keys[i], s);
	for (size_t m = 0; m < s->mailbox_count; m++)
		for (size_t i = 0; i < t[SETTINGS_MAILBOXES].count; i++) {
			(void)snprintf(prefix, sizeof(prefix), "mailboxes[%zu].", m);
			now_key(out, prefix, &t[SETTINGS_MAILBOXES].keys[i],
				&s->mailboxes[m]);
		}
	for (size_t r = 0; r < s->relay_count; r++)
		for (size_t i = 0; i < t[SETTINGS_RELAYS].count; i++) {
			(void)snprintf(prefix, sizeof(prefix), "relays[%zu].", r);
			now_key(out, prefix, &t[SETTINGS_RELAYS].keys[i], &s->relays[r]);
		}
	for (size_t g = 0; g < s->group_count; g++)
		for (size_t i = 0; i < t[SETTINGS_GROUPS].count; i++) {
			(void)snprintf(prefix, sizeof(prefix), "groups[%zu].", g);
			now_key(out, prefix, &t[SETTINGS_GROUPS].keys[i], &s->groups[g]);
		}
	for (size_t k = 0; k < s->dkim_count; k++)
		for (size_t i = 0; i < t[SETTINGS_DKIM].count; i++) {
			(void)snprintf(prefix, sizeof(prefix), "dkim[%zu].", k);
			now_key(out, prefix, &t[SETTINGS_DKIM].keys[i], &s->dkim[k]);
		}
}
