/* What a server answered and what became of a mail, in words: for those, too, who send none. */
#include "smtp/smtp.h"

#include "base/str.h"

void smtp_answer_words(const struct smtp_answer *a, char *to, size_t room)
{
	const char *status = str_or(a->status, ""), *text = str_or(a->text, "");

	if (a->code)
		(void)snprintf(to, room, "%d%s%s%s%s", a->code, *status ? " " : "",
			       status, *text ? " " : "", text);
	else
		str_copy(to, room, text);
	for (char *at = to; *at; at++)
		if ((unsigned char)*at < 0x20)
			*at = ' ';
}

const char *smtp_verdict_name(enum smtp_verdict verdict)
{
	static const char *const names[] = {
		[SMTP_SENT] = "sent",   [SMTP_REFUSED] = "refused",
		[SMTP_AGAIN] = "again", [SMTP_UNSURE] = "unsure",
		[SMTP_SETUP] = "setup",
	};

	return (size_t)verdict < ARRAY_LEN(names) ? names[verdict] : "unknown";
}

const char *smtp_stage_name(enum smtp_stage stage)
{
	static const char *const names[] = {
		[SMTP_AT_MAIL] = "MAIL",
		[SMTP_AT_RCPT] = "RCPT",
		[SMTP_AT_DATA] = "DATA",
		[SMTP_AT_DOT] = "the final dot",
	};

	return (size_t)stage < ARRAY_LEN(names) ? names[stage] : "unknown";
}
