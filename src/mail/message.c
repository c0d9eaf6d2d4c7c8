#include "mail/message.h"
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

const char *mail_field_value(const struct mail_message *m, const char *name)
{
	for (size_t i = 0; i < m->field_count; i++)
		if (str_ieq(m->fields[i].name, name))
			return m->fields[i].value;
	return NULL;
}
