#include "mail/write/dkim.h"
#include "base/str.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>

enum {
	HASH_BYTES = 32,
	SIGNATURE_MOST = 1024, /* RSA of 8192 bits */
	BASE64_MOST = SIGNATURE_MOST * 4 / 3 + 8,
	RSA_LEAST = 2048,
	HEADER_MOST = 1 << 20,
	LINE = 72
};

struct key {
	struct key *next;
	char *domain, *selector;
	EVP_PKEY *key;
	bool ed25519;
};

struct dkim_keys {
	struct key *first;
};

struct dkim_keys *dkim_keys_new(void)
{
	struct dkim_keys *keys = calloc(1, sizeof(*keys));

	if (!keys)
		PANIC("no memory");
	return keys;
}

static void free_key(struct key *k)
{
	if (!k)
		return;
	EVP_PKEY_free(k->key); /* wipes it */
	free(k->domain);
	free(k->selector);
	free(k);
}

void dkim_keys_free(struct dkim_keys **keys)
{
	if (!keys || !*keys)
		return;
	while ((*keys)->first) {
		struct key *k = (*keys)->first;

		(*keys)->first = k->next;
		free_key(k);
	}
	free(*keys);
	*keys = NULL;
}

/* ---- keys ---- */

static EVP_PKEY *read_key(const char *pem, bool *out_ed25519, struct err *err)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *key =
		bio ? PEM_read_bio_PrivateKey(bio, NULL, NULL, (void *)(uintptr_t) "")
		    : NULL;
	int kind = key ? EVP_PKEY_base_id(key) : 0;

	BIO_free(bio);
	if (!key) {
		(void)err_set(
			err, ERR_SETUP,
			"there is no private key in it (PEM, without a passphrase); "
			"make one: openssl genrsa -out FILE 2048");
		return NULL;
	}
	*out_ed25519 = kind == EVP_PKEY_ED25519;
	if (*out_ed25519 || (kind == EVP_PKEY_RSA && EVP_PKEY_bits(key) >= RSA_LEAST))
		return key;
	(void)err_set(err, ERR_SETUP,
		      "the key is %s; DKIM takes RSA of at least %d bits, or Ed25519",
		      kind == EVP_PKEY_RSA ? "RSA and too short" : "of another kind",
		      RSA_LEAST);
	EVP_PKEY_free(key);
	return NULL;
}

/* What may stand in a tag of the signature and in a name of the DNS. */
static bool is_name(const char *text)
{
	for (const char *c = text; *c; c++)
		if (!str_is_alpha(*c) && !str_is_digit(*c) && *c != '-' && *c != '.' &&
		    *c != '_')
			return false;
	return *text && strlen(text) <= 250;
}

bool dkim_keys_add(struct dkim_keys *keys, const char *domain, const char *selector,
		   const char *pem, struct err *err)
{
	struct key *k;

	if (!is_name(domain) || !is_name(selector))
		return err_set(
			err, ERR_SETUP,
			"\"%.60s\" and \"%.60s\": a domain and a selector are letters, "
			"digits, dots and hyphens",
			domain, selector);
	k = calloc(1, sizeof(*k));
	if (!k || !(k->domain = strdup(domain)) || !(k->selector = strdup(selector)))
		PANIC("no memory");
	str_lower(k->domain);
	k->key = read_key(pem, &k->ed25519, err);
	if (!k->key) {
		free_key(k);
		return false;
	}
	k->next = keys->first;
	keys->first = k;
	return true;
}

static void add_base64(struct buf *to, const unsigned char *bytes, size_t len)
{
	unsigned char text[BASE64_MOST];
	int n;

	ASSERT(len <= SIGNATURE_MOST);
	n = EVP_EncodeBlock(text, bytes, (int)len);
	buf_add(to, text, (size_t)n);
}

bool dkim_record(const char *pem, struct buf *out, struct err *err)
{
	bool ed25519 = false, ok = false;
	EVP_PKEY *key = read_key(pem, &ed25519, err);
	unsigned char raw[HASH_BYTES], *public = NULL;
	size_t raw_len = sizeof(raw);
	int len;

	if (!key)
		return false;
	buf_printf(out, "v=DKIM1; k=%s; p=", ed25519 ? "ed25519" : "rsa");
	if (ed25519) {
		ok = EVP_PKEY_get_raw_public_key(key, raw, &raw_len) == 1;
		if (ok)
			add_base64(out, raw, raw_len);
	} else {
		len = i2d_PUBKEY(key, &public);
		ok = len > 0 && len <= SIGNATURE_MOST;
		if (ok)
			add_base64(out, public, (size_t)len);
		OPENSSL_free(public);
	}
	EVP_PKEY_free(key);
	return ok || err_set(err, ERR_SETUP, "the public half of the key cannot be had");
}

/* ---- what is signed ---- */

static const char *const signed_names[] = {
	"From",
	"To",
	"Subject",
	"Date",
	"Message-ID",
	"Reply-To",
	"In-Reply-To",
	"MIME-Version",
	"Content-Type",
	"Content-Transfer-Encoding",
	"Auto-Submitted",
	"List-Id",
	"List-Help",
	"List-Owner",
	"List-Subscribe",
	"List-Archive",
	"List-Post",
	"List-Unsubscribe",
	"List-Unsubscribe-Post",
};

struct field {
	const char *at;
	size_t len; /* without its last CRLF */
};

/* The field after "at", folded lines with it; false at the end of the header. */
static bool next_field(const char **at, const char *end, struct field *out)
{
	const char *from = *at, *next;

	if (from >= end || *from == '\r')
		return false;
	do {
		next = memchr(*at, '\n', (size_t)(end - *at));
		*at = next ? next + 1 : end;
	} while (*at < end && (**at == ' ' || **at == '\t'));
	out->at = from;
	out->len = (size_t)(*at - from);
	while (out->len &&
	       (out->at[out->len - 1] == '\n' || out->at[out->len - 1] == '\r'))
		out->len--;
	return true;
}

static bool is_named(const struct field *f, const char *name)
{
	size_t len = strlen(name);

	return f->len > len && f->at[len] == ':' && strncasecmp(f->at, name, len) == 0;
}

static bool find_field(const char *mail, size_t len, const char *name, struct field *out)
{
	const char *at = mail;

	while (next_field(&at, mail + len, out))
		if (is_named(out, name))
			return true;
	return false;
}

/* RFC 6376 3.4.2: small letters, unfolded, one blank for many, none at the ends. */
static void add_relaxed(struct buf *to, const char *field, size_t len)
{
	const char *colon = memchr(field, ':', len), *at;
	bool blank = false, begun = false;

	for (at = field; at < colon; at++)
		buf_char(to, str_lower_char(*at));
	buf_char(to, ':');
	for (at = colon + 1; at < field + len; at++) {
		if (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n') {
			blank = begun;
			continue;
		}
		if (blank)
			buf_char(to, ' ');
		blank = false;
		begun = true;
		buf_char(to, *at);
	}
}

/* RFC 6376 3.4.3: as it is, but for empty lines at the end. */
static void hash_body(const char *body, size_t len, unsigned char out[HASH_BYTES])
{
	unsigned n = 0;

	while (len >= 4 && memcmp(body + len - 4, "\r\n\r\n", 4) == 0)
		len -= 2;
	if (!len) {
		body = "\r\n";
		len = 2;
	}
	ASSERT(EVP_Digest(body, len, out, &n, EVP_sha256(), NULL) == 1);
}

/* The key of the domain in From, or of the nearest above it. */
static const struct key *key_for(const struct dkim_keys *keys, const struct field *from)
{
	const char *at = memrchr(from->at, '@', from->len);
	const struct key *best = NULL;
	size_t len = 0;

	if (!at)
		return NULL;
	at++;
	while (at + len < from->at + from->len && at[len] != '>' && at[len] != ' ' &&
	       at[len] != '\r')
		len++;
	for (const struct key *k = keys->first; k; k = k->next) {
		size_t n = strlen(k->domain);

		if (n <= len && strncasecmp(at + len - n, k->domain, n) == 0 &&
		    (n == len || at[len - n - 1] == '.') &&
		    (!best || n > strlen(best->domain)))
			best = k;
	}
	return best;
}

/* Appends the fields that are signed to hashed, and their names to names. */
static void add_fields(const char *mail, size_t len, struct buf *hashed,
		       struct buf *names)
{
	size_t line = 0;

	for (size_t i = 0; i < ARRAY_LEN(signed_names); i++) {
		const char *name = signed_names[i];
		struct field f;

		if (!find_field(mail, len, name, &f))
			continue;
		/* We write each field once; named twice, a second one breaks it. */
		add_relaxed(hashed, f.at, f.len);
		buf_str(hashed, "\r\n");
		for (int times = 0; times < 2; times++) {
			if (line > LINE - 30) {
				buf_str(names, "\r\n\t");
				line = 0;
			}
			buf_printf(names, "%s%s", names->len ? ":" : "", name);
			line += strlen(name) + 1;
		}
	}
}

static size_t make_signature(const struct key *k, const struct buf *hashed,
			     unsigned char out[SIGNATURE_MOST])
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned char hash[HASH_BYTES];
	size_t len = SIGNATURE_MOST;
	unsigned n = 0;

	ASSERT(context);
	if (k->ed25519) { /* RFC 8463 3: of the hash, not of the text */
		ASSERT(EVP_Digest(hashed->bytes, hashed->len, hash, &n, EVP_sha256(),
				  NULL) == 1);
		ASSERT(EVP_DigestSignInit(context, NULL, NULL, NULL, k->key) == 1);
		ASSERT(EVP_DigestSign(context, out, &len, hash, n) == 1);
	} else {
		ASSERT(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, k->key) ==
		       1);
		ASSERT(EVP_DigestSign(context, out, &len,
				      (const unsigned char *)hashed->bytes,
				      hashed->len) == 1);
	}
	EVP_MD_CTX_free(context);
	return len;
}

static void add_folded(struct buf *to, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i += LINE) {
		buf_str(to, "\r\n\t");
		buf_add(to, text + i, len - i < LINE ? len - i : LINE);
	}
}

void dkim_sign(const struct dkim_keys *keys, const char *mail, size_t len, int64_t now,
	       struct buf *out)
{
	const char *blank = memmem(mail, len, "\r\n\r\n", 4);
	size_t header = blank ? (size_t)(blank - mail) + 2 : len, from = out->len;
	AUTO(buf) hashed = buf_new(HEADER_MOST);
	AUTO(buf) names = buf_new(8192);
	AUTO(buf) text = buf_new(BASE64_MOST + 1);
	unsigned char hash[HASH_BYTES], signature[SIGNATURE_MOST];
	const struct key *k;
	struct field f;

	if (!find_field(mail, header, "From", &f) || !(k = key_for(keys, &f)))
		return;
	hash_body(mail + header + 2, blank ? len - header - 2 : 0, hash);
	add_fields(mail, header, hashed, names);
	buf_printf(
		out,
		"DKIM-Signature: v=1; a=%s-sha256; c=relaxed/simple;\r\n\td=%s;\r\n\ts=%s; "
		"t=%" PRId64 ";\r\n\tbh=",
		k->ed25519 ? "ed25519" : "rsa", k->domain, k->selector, now);
	add_base64(out, hash, sizeof(hash));
	buf_str(out, ";\r\n\th=");
	buf_add(out, names->bytes, names->len);
	buf_str(out, ";\r\n\tb=");
	/* Signed with an empty b=, without a line end. */
	add_relaxed(hashed, out->bytes + from, out->len - from);
	add_base64(text, signature, make_signature(k, hashed, signature));
	add_folded(out, buf_text(text), text->len);
	buf_str(out, "\r\n");
}
