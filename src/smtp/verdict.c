/* smtp verdict - what becomes of the mail that a link carries. */
#include "smtp/dialogue.h"

#include "base/str.h"

static void judge(struct smtp_link *link, enum smtp_verdict verdict,
		  enum smtp_stage stage, enum smtp_trouble trouble)
{
	link->has_verdict = true;
	link->outcome.verdict = verdict;
	link->outcome.stage = stage;
	link->outcome.relay_trouble = trouble == SMTP_TROUBLE_OF_RELAY;
	link->outcome.at_once = false;
	link->outcome.answer.code = 0;
	link->status[0] = link->words[0] = '\0';
}

void smtp_link_judge(struct smtp_link *link, enum smtp_verdict verdict,
		     enum smtp_stage stage, enum smtp_trouble trouble, const char *format,
		     ...)
{
	va_list args;

	judge(link, verdict, stage, trouble);
	va_start(args, format);
	(void)vsnprintf(link->words, sizeof(link->words), format, args);
	va_end(args);
}

/* A sender that is refused, a login that is missing: not this recipient's doing. */
void smtp_link_judge_by_reply(struct smtp_link *link, const struct smtp_reply *reply,
			      enum smtp_stage stage)
{
	enum smtp_verdict verdict = reply->code / 100 == 2   ? SMTP_SENT
				    : reply->code / 100 == 4 ? SMTP_AGAIN
							     : SMTP_REFUSED;
	enum smtp_trouble trouble =
		reply->code == 421 || (stage == SMTP_AT_MAIL && verdict != SMTP_SENT)
			? SMTP_TROUBLE_OF_RELAY
			: SMTP_TROUBLE_OF_MAIL;
	size_t skip;

	if (reply->code == 530 || reply->code == 538) {
		verdict = SMTP_SETUP;
		trouble = SMTP_TROUBLE_OF_RELAY;
	}
	judge(link, verdict, stage, trouble);
	link->outcome.answer.code = reply->code;
	memcpy(link->status, reply->status, sizeof(link->status));
	/* The words begin behind the status. */
	skip = strlen(reply->status);
	skip += skip && reply->text[skip] == ' ';
	memcpy(link->words, reply->text + skip, reply->text_len - skip + 1);
}

enum smtp_stage smtp_link_stage(const struct smtp_link *link)
{
	static const enum smtp_stage stages[] = {
		[LINK_EHLO] = SMTP_AT_MAIL,     [LINK_MAIL] = SMTP_AT_MAIL,
		[LINK_RCPT] = SMTP_AT_RCPT,     [LINK_DATA] = SMTP_AT_DATA,
		[LINK_FINAL_DOT] = SMTP_AT_DOT, [LINK_LONE_DOT] = SMTP_AT_DOT,
		[LINK_RSET] = SMTP_AT_MAIL,     [LINK_BYE] = SMTP_AT_MAIL,
	};

	if (link->state == LINK_BODY)
		return SMTP_AT_DOT;
	return link->owed_count ? stages[link->owed[0]] : SMTP_AT_MAIL;
}

/* The link breaks with a mail on it: the final dot decides what that means. */
void smtp_link_judge_broken(struct smtp_link *link, const char *why)
{
	const char *name = link->relay->name;

	if (link->state == LINK_DOT)
		smtp_link_judge(
			link, SMTP_UNSURE, SMTP_AT_DOT, SMTP_TROUBLE_OF_RELAY,
			"relay %s: %s, after the whole mail was sent: it may have "
			"been delivered",
			name, why);
	else
		smtp_link_judge(link, SMTP_AGAIN, smtp_link_stage(link),
				SMTP_TROUBLE_OF_RELAY,
				"relay %s: %s, before the mail was complete: it was not "
				"delivered",
				name, why);
	link->outcome.at_once = link->state == LINK_ENVELOPE && link->mails > 0;
}

void smtp_link_settle(struct smtp_link *link)
{
	link->has_mail = link->has_verdict = false;
	link->mail.bytes = NULL;
	link->outcome.id = link->mail.id;
	link->outcome.slot = link->slot;
	link->outcome.relay = link->relay->name;
	link->outcome.answer.status = link->status;
	link->outcome.answer.text = link->words;
	link->waiting = true;
	link->keeper->settled(link->pool, link);
}
