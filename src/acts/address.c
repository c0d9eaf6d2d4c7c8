#include "acts/address.h"
#include "mail/recipient.h"

bool acts_address_read(struct arena *arena, const char *given, const char **out_key,
		       const char **out_plain, struct err *err)
{
	const char *plain;

	if (!mail_address_normal(arena, given, &plain, err))
		return false;
	if (out_key)
		*out_key = mail_address_key(arena, plain);
	*out_plain = plain;
	return true;
}

const char *acts_address_with(struct arena *arena, const char *base, const char *detail)
{
	const char *at = strrchr(base, '@');

	ASSERT(at);
	return arena_printf(arena, "%.*s+%s%s", (int)(at - base), base, detail, at);
}
