#include "mail/fields/message.h"
#include "base/str.h"

const char *mail_kind_name(enum mail_kind kind)
{
	static const char *const names[] = {"human",     "bounce",    "delay",
					    "delivered", "complaint", "autoreply",
					    "list",      "command"};

	return (size_t)kind < ARRAY_LEN(names) ? names[kind] : "human";
}

const char *mail_verdict_name(enum mail_verdict verdict)
{
	static const char *const names[] = {"unknown", "permanent", "transient"};

	return (size_t)verdict < ARRAY_LEN(names) ? names[verdict] : "unknown";
}

static const char *const reason_names[MAIL_REASONS] = {
	[MAIL_REASON_UNKNOWN] = "unknown",
	[MAIL_REASON_NO_SUCH_ADDRESS] = "no_such_address",
	[MAIL_REASON_NO_SUCH_DOMAIN] = "no_such_domain",
	[MAIL_REASON_MOVED] = "moved",
	[MAIL_REASON_MAILBOX_FULL] = "mailbox_full",
	[MAIL_REASON_DISABLED] = "disabled",
	[MAIL_REASON_POLICY] = "policy",
	[MAIL_REASON_CONTENT] = "content",
	[MAIL_REASON_AUTHENTICATION] = "authentication",
	[MAIL_REASON_TOO_LARGE] = "too_large",
	[MAIL_REASON_RATE] = "rate",
	[MAIL_REASON_NETWORK] = "network",
	[MAIL_REASON_EXPIRED] = "expired",
	[MAIL_REASON_OTHER] = "other",
};

const char *mail_reason_name(enum mail_reason reason)
{
	return reason_names[reason < MAIL_REASONS ? reason : MAIL_REASON_UNKNOWN];
}

enum mail_reason mail_reason_named(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(reason_names); i++)
		if (str_eq(reason_names[i], name))
			return (enum mail_reason)i;
	return MAIL_REASON_UNKNOWN;
}

bool mail_reason_gone(enum mail_reason reason)
{
	return reason == MAIL_REASON_NO_SUCH_ADDRESS ||
	       reason == MAIL_REASON_NO_SUCH_DOMAIN || reason == MAIL_REASON_MOVED;
}

const char *mail_field_value(const struct mail_message *m, const char *name)
{
	for (size_t i = 0; i < m->field_count; i++)
		if (str_ieq(m->fields[i].name, name))
			return m->fields[i].value;
	return NULL;
}

bool mail_was_read(const struct mail_message *m)
{
	static const char *const fatal[] = {"time", "memory", "crash", NULL};

	for (size_t i = 0; i < m->limits_hit.count; i++)
		if (str_in(m->limits_hit.items[i], fatal))
			return false;
	return true;
}
