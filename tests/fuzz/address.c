#include "tests/fuzz/fuzz.h"

#include "domain/core/plus_address.h"
#include "mail/write/recipient.h"
#include "smtp/wire_form.h"

static void same_in_every_form(struct arena *a, const char *normal)
{
	const char *again, *base, *detail, *key, *limit, *shown;
	AUTO(buf) wire = buf_new(1000);
	struct err err = {0};

	ASSERT(strlen(normal) <= MAIL_ADDRESS_MAX);
	for (const char *c = normal; *c; c++)
		ASSERT(*c > ' ' && *c < 127 && *c != '<' && *c != '>');
	ASSERT(mail_address_check(normal, &err));
	ASSERT(mail_address_normal(a, normal, &again, &err) && str_eq(again, normal));
	ASSERT(smtp_wire_address(wire, normal) && str_eq(buf_text(wire), normal));
	key = mail_address_key(a, normal);
	ASSERT(key && str_ieq(key, normal) && str_eq(mail_address_key(a, key), key));
	limit = mail_limit_key(a, normal);
	ASSERT(limit && str_eq(mail_limit_key(a, key), limit));
	shown = mail_address_shown(a, normal);
	fuzz_is_text(shown);
	ASSERT(mail_address_normal(a, shown, &again, &err) && str_eq(again, normal));
	if (mail_address_split(a, normal, &base, &detail) && detail)
		ASSERT(str_eq(address_with(a, base, detail), normal));
}

void fuzz_address(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(4096);
	const char *given = fuzz_text(a, bytes, len), *normal, *key, *plain;
	AUTO(buf) wire = buf_new(1000);
	struct err err = {0};
	bool utf8;

	if (mail_address_normal(a, given, &normal, &err)) {
		same_in_every_form(a, normal);
		ASSERT(mail_address_same(given, normal));
	} else {
		ASSERT(err.kind == ERR_INPUT);
		fuzz_is_said(&err);
		ASSERT(!mail_address_key(a, given) && !mail_limit_key(a, given));
	}
	if (mail_address_check(given, &err))
		ASSERT(mail_address_normal(a, given, &normal, &err) &&
		       str_ieq(normal, given));
	if (address_read(a, given, &key, &plain, &err))
		ASSERT(mail_address_same(key, plain));
	fuzz_is_text(address_name_clean(a, given));
	/* Whatever it is, it cannot become a second command. */
	if (smtp_address_ok(given, &utf8) && smtp_wire_address(wire, given))
		ASSERT(!strpbrk(buf_text(wire), "\r\n<> "));
}
