/*
 * probe - whether a relay would take a mail from an address, without sending one.
 *
 * It connects, logs in, names a sender and a recipient, takes both back and leaves: nobody
 * gets anything. It blocks, for PROBE_MS at most.
 *
 * Ownership  texts live in the arena.
 * Errors     ERR_AGAIN, ERR_SETUP  it cannot be reached, its certificate is not to be trusted, it
 *            refused the login; the sentence begins with "it"
 * Limits     a relay may still refuse what it took here, once it has seen the mail
 */
#ifndef MERCAT_SMTP_PROBE_H
#define MERCAT_SMTP_PROBE_H

#include "base/arena.h"
#include "smtp/smtp.h"

enum { PROBE_MS = 15000 };

struct smtp_probe {
	bool encrypted;
	int64_t certificate_end; /* unix seconds; 0: not encrypted, or not known */
	/* What it answered: 250, 550 ...; 0: it was not asked. */
	int sender_code, recipient_code;
	const char *sender_words, *recipient_words;
};

/* sender, recipient: NULL: it is asked nothing of them. */
bool smtp_probe(struct arena *arena, const struct smtp_relay *relay, const char *sender,
		const char *recipient, struct smtp_probe *out, struct err *err) MUST_USE;

#endif
