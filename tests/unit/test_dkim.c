/*
 * src/mail/write/dkim: keys, and which mails are signed. That signatures hold is judged by
 * dkimpy, in dkim_verifies.py, for which this program signs:
 *
 *	test_dkim --sign DOMAIN SELECTOR KEY.pem <mail >signed mail
 *	test_dkim --record KEY.pem
 */
#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"
#include "mail/write/dkim.h"

#include <openssl/pem.h>
#include <stdio.h>
#include <unistd.h>

enum { MOST = 16 << 20, NOW = 1790000000 };

static char ed25519[4096], public_half[4096], elliptic[4096];

/* Keys are made for each run: none lies about in the sources. */
static void write_key(EVP_PKEY *key, bool whole, char *out, size_t room)
{
	BIO *bio = BIO_new(BIO_s_mem());
	int n;

	ck_assert_ptr_nonnull(key);
	ck_assert((whole ? PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL)
			 : PEM_write_bio_PUBKEY(bio, key)) == 1);
	n = BIO_read(bio, out, (int)room - 1);
	ck_assert_int_gt(n, 0);
	out[n] = '\0';
	BIO_free(bio);
}

static void setup(void)
{
	EVP_PKEY *edwards = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	EVP_PKEY *curve = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");

	write_key(edwards, true, ed25519, sizeof(ed25519));
	write_key(edwards, false, public_half, sizeof(public_half));
	write_key(curve, true, elliptic, sizeof(elliptic));
	EVP_PKEY_free(edwards);
	EVP_PKEY_free(curve);
}

static const struct {
	const char *name, *domain, *selector, *pem;
	const char *said; /* NULL: taken */
} keys[] = {
	{"good", "example.org", "s1", ed25519, NULL},
	{"no key", "example.org", "s1", "hello", "no private key"},
	{"nothing", "example.org", "s1", "", "no private key"},
	{"public half only", "example.org", "s1", public_half, "no private key"},
	{"another kind", "example.org", "s1", elliptic, "of another kind"},
	{"a tag in the domain", "example.org; l=0", "s1", ed25519, "letters, digits"},
	{"a line end in the selector", "example.org", "s\r\n1", ed25519,
	 "letters, digits"},
	{"no selector", "example.org", "", ed25519, "letters, digits"},
};

START_TEST(key_is_taken_or_refused_with_a_sentence)
{
	AUTO(dkim_keys) all = dkim_keys_new();
	struct err err = {0};
	bool ok = dkim_keys_add(all, keys[_i].domain, keys[_i].selector, keys[_i].pem,
				&err);

	ck_assert_msg(ok == !keys[_i].said, "%s: %s", keys[_i].name, err.text);
	if (!ok) {
		ck_assert_int_eq(err.kind, ERR_SETUP);
		ck_assert_msg(strstr(err.text, keys[_i].said), "%s: %s", keys[_i].name,
			      err.text);
	}
}
END_TEST

static const struct {
	const char *from, *domain; /* NULL: not signed */
} senders[] = {
	{"Team <team@example.org>", "example.org"},
	{"team@EXAMPLE.org", "example.org"},
	{"\"a@other.example\" <team@lists.example.org>", "lists.example.org"},
	{"team@news.lists.example.org", "lists.example.org"},
	{"team@www.example.org", "example.org"},
	{"team@notexample.org", NULL},
	{"team@example.org.evil.example", NULL},
	{"team", NULL},
};

START_TEST(key_of_the_nearest_domain_signs)
{
	AUTO(dkim_keys) all = dkim_keys_new();
	AUTO(buf) mail = buf_new(MOST);
	AUTO(buf) out = buf_new(MOST);
	struct err err = {0};
	char want[80];

	ck_assert(dkim_keys_add(all, "example.org", "s1", ed25519, &err));
	ck_assert(dkim_keys_add(all, "Lists.Example.org", "s2", ed25519, &err));
	buf_printf(mail, "Subject: x\r\nFrom: %s\r\n\r\nbody\r\n", senders[_i].from);
	dkim_sign(all, mail->bytes, mail->len, NOW, out);
	if (!senders[_i].domain) {
		ck_assert_uint_eq(out->len, 0);
		return;
	}
	(void)snprintf(want, sizeof(want), "\td=%s;\r\n", senders[_i].domain);
	ck_assert_msg(strstr(buf_text(out), want), "%s: %s", senders[_i].from,
		      buf_text(out));
}
END_TEST

START_TEST(record_of_a_key_is_made_for_the_dns)
{
	AUTO(buf) out = buf_new(MOST);
	struct err err = {0};

	ck_assert_msg(dkim_record(ed25519, out, &err), "%s", err.text);
	ck_assert_msg(str_starts(buf_text(out), "v=DKIM1; k=ed25519; p="), "%s",
		      buf_text(out));
	ck_assert(!dkim_record("no key", out, &err));
	ck_assert_int_eq(err.kind, ERR_SETUP);
}
END_TEST

START_TEST(mail_without_a_header_is_left_alone)
{
	static const char *const mails[] = {"", "\r\n", "\r\nFrom: a@example.org\r\n",
					    "x", "From: a@other.example\r\n\r\n"};
	AUTO(dkim_keys) all = dkim_keys_new();
	AUTO(buf) out = buf_new(MOST);
	struct err err = {0};

	ck_assert(dkim_keys_add(all, "example.org", "s1", ed25519, &err));
	for (size_t i = 0; i < ARRAY_LEN(mails); i++)
		dkim_sign(all, mails[i], strlen(mails[i]), NOW, out);
	ck_assert_uint_eq(out->len, 0);
}
END_TEST

static void give(const struct buf *out)
{
	(void)fwrite(buf_text(out), 1, out->len, stdout);
}

static int sign(const char *domain, const char *selector, const char *file)
{
	AUTO(dkim_keys) all = dkim_keys_new();
	AUTO(buf) pem = buf_new(MOST);
	AUTO(buf) mail = buf_new(MOST);
	AUTO(buf) out = buf_new(MOST);
	struct err err = {0};

	if (!fd_read_file(file, pem, &err) ||
	    !fd_read_all(STDIN_FILENO, "the mail", mail, &err) ||
	    !dkim_keys_add(all, domain, selector, buf_text(pem), &err)) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	dkim_sign(all, buf_text(mail), mail->len, NOW, out);
	give(out);
	give(mail);
	return 0;
}

static int record(const char *file)
{
	AUTO(buf) pem = buf_new(MOST);
	AUTO(buf) out = buf_new(MOST);
	struct err err = {0};

	if (!fd_read_file(file, pem, &err) || !dkim_record(buf_text(pem), out, &err)) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	give(out);
	return 0;
}

int main(int argc, char **argv)
{
	Suite *s;
	TCase *c;

	if (argc == 5 && str_eq(argv[1], "--sign"))
		return sign(argv[2], argv[3], argv[4]);
	if (argc == 3 && str_eq(argv[1], "--record"))
		return record(argv[2]);
	s = suite_create("dkim");
	c = tcase_create("dkim");
	tcase_add_unchecked_fixture(c, setup, NULL);
	UNIT_TABLE(c, key_is_taken_or_refused_with_a_sentence, keys);
	UNIT_TABLE(c, key_of_the_nearest_domain_signs, senders);
	tcase_add_test(c, record_of_a_key_is_made_for_the_dns);
	tcase_add_test(c, mail_without_a_header_is_left_alone);
	suite_add_tcase(s, c);
	return unit_main_together(s);
}
