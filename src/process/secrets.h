/*
 * process secrets - passwords and keys on their way from the master to the one role they are for.
 *
 * The master reads the password files while it still may, keeps them in memory, and
 * hands each role only its own, through a descriptor that is closed after reading. The key
 * of links and tokens goes the same way, so that no role has to open its file.
 *
 * Ownership  texts live in the arena.
 * Errors     ERR_SETUP names the file.
 */
#ifndef MERCAT_PROCESS_SECRETS_H
#define MERCAT_PROCESS_SECRETS_H

#include "base/codec/secret.h"
#include "settings/settings.h"

struct secrets {
	const char **mailboxes; /* by position in the settings; NULL: none needed */
	const char **relays;
	const char **dkim; /* private keys, PEM */
	const char *proxy; /* that single sign-on is believed with; NULL: none is set */
	bool has_key;
	unsigned char
		key[SECRET_KEY_BYTES]; /* of links and tokens; zeros without has_key */
};

/* Whom something is handed to. */
struct secrets_for {
	const char *role, *mailbox; /* mailbox NULL but for collect */
	bool needs_key;
};

/* All but the key, which the domain reads and makes (domain_key_load()). */
bool secrets_read(const struct settings *settings, struct arena *arena,
		  struct secrets *out, struct err *err) MUST_USE;
/* A descriptor from which secrets_take() reads what this role may have. */
bool secrets_hand_over(const struct settings *settings, const struct secrets *secrets,
		       const struct secrets_for *whom, int *out_fd,
		       struct err *err) MUST_USE;
bool secrets_take(const struct settings *settings, struct arena *arena, int fd,
		  struct secrets *out, struct err *err) MUST_USE;

#endif
