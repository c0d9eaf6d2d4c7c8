/*
 * settings keys - the table that every reader and printer of settings walks.
 *
 * Units      least and most: bytes for sizes, seconds for durations.
 */
#ifndef MERCAT_SETTINGS_KEYS_H
#define MERCAT_SETTINGS_KEYS_H

#include "settings/settings.h"

enum settings_type {
	SETTING_TEXT,
	SETTING_ZONE,
	SETTING_URL,
	SETTING_INT,
	SETTING_SIZE,
	SETTING_DURATION,
	SETTING_CHOICE /* value is the position in choices, "a|b|c" */
};

struct settings_key {
	const char *path; /* "sending.retry_first"; inside a list just "host" */
	enum settings_type type;
	size_t offset;
	const char *fallback; /* as it would be written; NULL: must be given */
	int64_t least, most;
	const char *choices;
	const char *help;
};

struct settings_table {
	const char *list; /* NULL for the file itself, else "mailboxes", "relays" ... */
	const struct settings_key *keys;
	size_t count;
	size_t item_bytes;
};

enum {
	SETTINGS_TOP,
	SETTINGS_MAILBOXES,
	SETTINGS_RELAYS,
	SETTINGS_GROUPS,
	SETTINGS_DKIM,
	SETTINGS_TABLES
};

extern const struct settings_table settings_tables[SETTINGS_TABLES];

#endif
