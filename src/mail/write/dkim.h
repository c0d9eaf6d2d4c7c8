/*
 * mail dkim - signs finished mails, so that whoever receives them knows whose they are.
 *
 * For relays that do not sign themselves: one-click leaving (RFC 8058) wants its two fields
 * covered by a signature. A key belongs to a domain; a mail is signed by the key of the
 * domain in its From, or of the nearest domain above that.
 *
 * What is signed: the body whole, and every field of From, To, Subject, Date, Message-ID,
 * Reply-To, MIME-Version, Content-*, In-Reply-To, Auto-Submitted and List-* that is there,
 * each named once more than it occurs, so that none can be added (RFC 6376 8.15).
 *
 * Ownership  dkim_keys_new() gives them away, dkim_keys_free() takes them back and wipes
 *            the keys.
 * Errors     ERR_SETUP: no private key, a kind or length that receivers do not take.
 * Source     RFC 6376, RFC 8301 (rsa-sha256), RFC 8463 (ed25519-sha256).
 * Limits     header relaxed, body simple: our bodies are quoted-printable, nothing on the
 *            way has a reason to touch them. RSA costs 0.3 ms a mail, Ed25519 a tenth of
 *            that, but some large receivers do not know Ed25519 yet.
 *            OpenSSL, since GnuTLS took 4 ms for the same RSA signature.
 */
#ifndef MERCAT_MAIL_DKIM_H
#define MERCAT_MAIL_DKIM_H

#include "base/buf.h"
#include "base/err.h"

struct dkim_keys;

struct dkim_keys *dkim_keys_new(void) MUST_USE;
void dkim_keys_free(struct dkim_keys **keys);
static inline void dkim_keys_auto(struct dkim_keys **keys)
{
	dkim_keys_free(keys);
}

/* pem: a private key, RSA of at least 2048 bits or Ed25519. */
bool dkim_keys_add(struct dkim_keys *keys, const char *domain, const char *selector,
		   const char *pem, struct err *err) MUST_USE;

/*
 * Appends the DKIM-Signature field with its CRLF to out; nothing when no key fits. mail is
 * CRLF, not stuffed, ends in CRLF.
 */
void dkim_sign(const struct dkim_keys *keys, const char *mail, size_t len, int64_t now,
	       struct buf *out);
/* What belongs in the DNS at SELECTOR._domainkey.DOMAIN for a key: "v=DKIM1; k=rsa; p=..." */
bool dkim_record(const char *pem, struct buf *out, struct err *err) MUST_USE;

#endif
