#include "tests/unit/unit.h"

#include "base/str.h"
#include "mail/write/recipient.h"

#include <jansson.h>

static const char isemail[] = "corpora/address/isemail.json";

/*
 * The corpus says which syntax can be delivered to; where we differ on purpose:
 * nothing so far. Cases with a NUL inside cannot reach a C string whole.
 */
START_TEST(corpus_of_addresses)
{
	const char *path = unit_shared(isemail);
	json_error_t error;
	json_t *cases = json_load_file(path, JSON_ALLOW_NUL, &error), *one;
	size_t i;

	ck_assert_msg(cases != NULL, "%s:%d: %s", path, error.line, error.text);
	ck_assert_uint_ge(json_array_size(cases), 80);
	json_array_foreach(cases, i, one)
	{
		json_t *given = json_object_get(one, "address");
		const char *address = json_string_value(given);
		bool want = json_is_true(json_object_get(one, "deliverable_syntax"));
		struct err err = {0};

		if (strlen(address) != json_string_length(given)) {
			ck_assert(!want);
			continue;
		}
		ck_assert_msg(mail_address_check(address, &err) == want,
			      "%s: want %d (%s)", address, want, err.text);
	}
	json_decref(cases);
}
END_TEST

/* want is the normal form, or NULL and the end of the sentence. */
static const struct {
	const char *given, *want, *why;
} normals[] = {
	{"anna@example.org", "anna@example.org", NULL},
	{"  Anna.Smith@EXAMPLE.Org\n", "Anna.Smith@example.org", NULL},
	{"anna@b\xC3\xBC"
	 "cher.example",
	 "anna@xn--bcher-kva.example", NULL},
	{"anna@B\xC3\x9C"
	 "cher.example",
	 "anna@xn--bcher-kva.example", NULL},
	{"anna@xn--bcher-kva.example", "anna@xn--bcher-kva.example", NULL},
	{"o'brien+tag@example.org", "o'brien+tag@example.org", NULL},
	{"anna", NULL, "there is no @ in it"},
	{"", NULL, "there is no @ in it"},
	{"anna@", NULL, "there is no domain after the @"},
	{"anna smith@example.org", NULL, "there is a space in it"},
	{"Anna <anna@example.org>", NULL, "there is a space in it"},
	{"<anna@example.org>", NULL, "give only the address itself, without < and >"},
	{"anna@example..org", NULL, "the domain has a dot too many"},
	{"anna@example.org.", NULL, "the domain has a dot too many"},
	{"anna@exa_mple.org", NULL,
	 "there is a character in the domain that no domain has"},
	{"anna@b\xC3\xBC"
	 "_x.example",
	 NULL, "there is a character in the domain that no domain has"},
	{"\xC3\xA4nna@example.org", NULL,
	 "there is a letter in it that is not plain English"},
	{"anna@example.org\r\nRCPT TO:<x@y>", NULL, "there is a control character in it"},
	{"anna\x01@example.org", NULL, "there is a control character in it"},
	{"anna\r\n@example.org", NULL, "there is a control character in it"},
	{"\"a b\"@example.org", NULL, "there is a space in it"},
	{"\"a>b\"@example.org", NULL, "give only the address itself, without < and >"},
	{"anna@example.org,ben@example.org", NULL,
	 "there is a character before the @ that no address has"},
	{"anna@\xFF.org", NULL, "there is a letter in it that is not plain English"},
};

START_TEST(normal_form_or_a_sentence)
{
	AUTO(arena) a = arena_new(4096);
	struct err err = {0};
	const char *got = NULL;
	bool ok = mail_address_normal(a, normals[_i].given, &got, &err);

	ck_assert_msg(ok == !normals[_i].why, "%s: %s", normals[_i].given, err.text);
	if (ok) {
		ck_assert_str_eq(got, normals[_i].want);
		ck_assert(mail_address_check(got, &err));
		return;
	}
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_msg(str_ends(err.text, normals[_i].why), "%s: got %s",
		      normals[_i].given, err.text);
	for (const char *c = err.text; *c; c++)
		ck_assert((unsigned char)*c >= 0x20);
}
END_TEST

static const struct {
	const char *one, *other;
	bool same;
} pairs[] = {
	{"Anna@Example.org", "anna@example.ORG", true},
	{"anna@b\xC3\xBC"
	 "cher.example",
	 "anna@xn--bcher-kva.example", true},
	{"anna+x@example.org", "anna@example.org", false},
	{"anna@example.org", "ann@example.org", false},
	{"bad", "bad", false},
};

START_TEST(same_person_in_other_letters)
{
	ck_assert_int_eq(mail_address_same(pairs[_i].one, pairs[_i].other),
			 pairs[_i].same);
}
END_TEST

/* In how many ways one mailbox is written, and what is another. */
static const struct {
	const char *given, *key;
} limits[] = {
	{"anna@example.org", "anna@example.org"},
	{"ANNA@EXAMPLE.ORG", "anna@example.org"},
	{" anna@example.org ", "anna@example.org"},
	{"anna+news@example.org", "anna@example.org"},
	{"anna+@example.org", "anna@example.org"},
	{"anna+a+b@example.org", "anna@example.org"},
	{"Anna+A.b-c@Example.org", "anna@example.org"},
	{"\"anna\"@example.org", "anna@example.org"},
	{"\"an\\na\"@example.org", "anna@example.org"},
	{"\"\\a\\n\\n\\a\"@example.org", "anna@example.org"},
	{"\"anna+x\"@example.org", "anna@example.org"},
	{"\"ANNA\\+x\"@example.org", "anna+x@example.org"},
	{"\"a@b\"@example.org", "a@b@example.org"},
	{"\"a\\@b\"@example.org", "a@b@example.org"},
	{"\"a\\\"b\"@example.org", "a\"b@example.org"},
	{"\"a\\\\\"@example.org", "a\\@example.org"},
	{"anna@b\xC3\xBC"
	 "cher.example",
	 "anna@xn--bcher-kva.example"},
	{"anna+1@B\xC3\x9C"
	 "CHER.example",
	 "anna@xn--bcher-kva.example"},
	{"anna@bu\xCC\x88"
	 "cher.example",
	 "anna@xn--bcher-kva.example"},
	{"\"anna\"@XN--BCHER-KVA.EXAMPLE", "anna@xn--bcher-kva.example"},
	{"+x@example.org", "+x@example.org"},
	{"+x+y@example.org", "+x@example.org"},
	{"an.na@example.org", "an.na@example.org"},
	{"anna@sub.example.org", "anna@sub.example.org"},
	{"anna", NULL},
	{"", NULL},
	{"anna@", NULL},
};

START_TEST(limits_count_by_the_mailbox)
{
	AUTO(arena) a = arena_new(4096);
	const char *key = mail_limit_key(a, limits[_i].given);

	ck_assert_msg(str_eq(key, limits[_i].key), "%s: got %s", limits[_i].given,
		      key ? key : "none");
}
END_TEST

static void random_word(unsigned *seed, char *to, int most)
{
	int len = 1 + rand_r(seed) % most;

	for (int i = 0; i < len; i++)
		to[i] = "abcdefghijklmnopqrstuvwxyz0123456789"[rand_r(seed) % 36];
	to[len] = '\0';
}

/* The same mailbox as whoever wants past a limit would write it. */
static const char *disguised(struct arena *a, unsigned *seed, const char *local,
			     const char *domain)
{
	bool quoted = rand_r(seed) % 2, tagged = rand_r(seed) % 2;
	char tag[20] = "";
	AUTO(buf) to = buf_new(400);

	if (quoted)
		buf_char(to, '"');
	for (const char *c = local; *c; c++) {
		if (quoted && rand_r(seed) % 3 == 0)
			buf_char(to, '\\');
		buf_char(to, rand_r(seed) % 2 && str_is_alpha(*c) ? (char)(*c - 32) : *c);
	}
	if (tagged) {
		random_word(seed, tag, 12);
		buf_printf(to, "+%s", tag);
	}
	if (quoted)
		buf_char(to, '"');
	buf_char(to, '@');
	if (rand_r(seed) % 2)
		buf_printf(to, "b\xC3\xBC%s.example", domain);
	else
		buf_str(to, mail_address_key(
				    a, arena_printf(a, "x@b\xC3\xBC%s.example", domain)) +
				    2);
	return arena_strdup(a, buf_text(to));
}

START_TEST(no_disguise_makes_another_mailbox)
{
	for (unsigned round = 1; round <= 20000; round++) {
		AUTO(arena) a = arena_new(8192);
		char local[20], domain[20], others[20];
		const char *one, *two, *other, *key;
		unsigned seed = round;

		random_word(&seed, local, 15);
		random_word(&seed, domain, 10);
		random_word(&seed, others, 15);
		one = disguised(a, &seed, local, domain);
		two = disguised(a, &seed, local, domain);
		other = disguised(a, &seed, others, domain);
		key = mail_limit_key(a, one);
		ck_assert_msg(key && str_eq(key, mail_limit_key(a, two)), "%s and %s: %s",
			      one, two, key ? key : "none");
		ck_assert_str_eq(mail_limit_key(a, key), key);
		ck_assert_msg(str_eq(key, mail_limit_key(a, other)) ==
				      str_eq(local, others),
			      "%s and %s: %s", one, other, key);
	}
}
END_TEST

static const struct {
	const char *address, *base, *detail;
} details[] = {
	{"leave+abc123@example.org", "leave@example.org", "abc123"},
	{"a+b+c@example.org", "a+b@example.org", "c"},
	{"leave@example.org", "leave@example.org", NULL},
	{"+x@example.org", "+x@example.org", NULL},
	{"x+@example.org", "x+@example.org", NULL},
};

START_TEST(detail_comes_off)
{
	AUTO(arena) a = arena_new(4096);
	const char *base, *detail;

	ck_assert(mail_address_split(a, details[_i].address, &base, &detail));
	ck_assert_str_eq(base, details[_i].base);
	ck_assert_msg(str_eq(detail, details[_i].detail), "%s: got %s",
		      details[_i].address, detail ? detail : "none");
}
END_TEST

/* Letters are shown where they mean that very address, and nowhere else. */
static const struct {
	const char *address, *shown;
} letters[] = {
	{"anna@xn--bcher-kva.example", ("anna@b\xC3\xBC" "cher.example")},
	{"anna@reed.example", "anna@reed.example"},
	{"anna@xn--bcher-kv-kva.example", "anna@xn--bcher-kv-kva.example"},
	{"no address", "no address"},
};

START_TEST(letters_of_a_domain_come_back_to_it)
{
	AUTO(arena) a = arena_new(1024);

	ck_assert_str_eq(mail_address_shown(a, letters[_i].address), letters[_i].shown);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("recipient");
	TCase *tc = tcase_create("recipient");

	suite_add_tcase(suite, tc);
	if (unit_shared(isemail))
		tcase_add_test(tc, corpus_of_addresses);
	UNIT_TABLE(tc, letters_of_a_domain_come_back_to_it, letters);
	UNIT_TABLE(tc, normal_form_or_a_sentence, normals);
	UNIT_TABLE(tc, limits_count_by_the_mailbox, limits);
	tcase_add_test(tc, no_disguise_makes_another_mailbox);
	UNIT_TABLE(tc, same_person_in_other_letters, pairs);
	UNIT_TABLE(tc, detail_comes_off, details);
	return unit_main_together(suite);
}
