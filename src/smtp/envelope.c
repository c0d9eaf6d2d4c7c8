/* smtp envelope - a mail is looked at once more, and its dialogue begins. */
#include "smtp/dialogue.h"

#include "smtp/wire_form.h"

static bool refuse_address(struct smtp_link *link)
{
	smtp_link_judge(link, SMTP_REFUSED, SMTP_AT_RCPT, SMTP_TROUBLE_OF_MAIL,
			"this is no address that can be written to: correct it");
	return false;
}

static bool refuse_sender(struct smtp_link *link)
{
	smtp_link_judge(
		link, SMTP_SETUP, SMTP_AT_MAIL, SMTP_TROUBLE_OF_RELAY,
		"the envelope sender is no address that can be used: mend it in the "
		"settings");
	return false;
}

/* Whose address needs SMTPUTF8 decides who is to blame when it is not offered. */
static bool addresses_pass(struct smtp_link *link, const struct smtp_mail *mail)
{
	const char *name = link->relay->name;
	bool sender_utf8 = false, recipient_utf8 = false;

	if (*mail->sender && !smtp_address_ok(mail->sender, &sender_utf8))
		return refuse_sender(link);
	if (!smtp_address_ok(mail->recipient, &recipient_utf8))
		return refuse_address(link);
	link->utf8 = sender_utf8 || recipient_utf8;
	if (!link->utf8 || link->offer.utf8)
		return true;
	smtp_link_judge(
		link, sender_utf8 ? SMTP_SETUP : SMTP_REFUSED,
		sender_utf8 ? SMTP_AT_MAIL : SMTP_AT_RCPT,
		sender_utf8 ? SMTP_TROUBLE_OF_RELAY : SMTP_TROUBLE_OF_MAIL,
		"the %s has letters outside ASCII before its @ and relay %s takes no "
		"such address (SMTPUTF8): use another address",
		sender_utf8 ? "sender" : "recipient", name);
	return false;
}

static bool body_passes(struct smtp_link *link, const struct smtp_mail *mail)
{
	const char *name = link->relay->name;

	if (!smtp_wire_ok(mail->bytes, mail->len, &link->eight_bit))
		smtp_link_judge(
			link, SMTP_SETUP, SMTP_AT_DATA, SMTP_TROUBLE_OF_RELAY,
			"the mail is not in the form that may be sent (line ends, "
			"dots): this is a fault in mercat, please report it");
	else if (link->eight_bit && !link->offer.eight_bit)
		smtp_link_judge(link, SMTP_SETUP, SMTP_AT_MAIL, SMTP_TROUBLE_OF_RELAY,
				"the mail has 8-bit text and relay %s does not take it "
				"(8BITMIME): use another relay",
				name);
	else if (link->offer.size_max && (int64_t)mail->len > link->offer.size_max)
		smtp_link_judge(
			link, SMTP_REFUSED, SMTP_AT_MAIL, SMTP_TROUBLE_OF_RELAY,
			"the mail has %zu bytes and relay %s takes at most %lld: make "
			"it shorter",
			mail->len, name, (long long)link->offer.size_max);
	return !link->has_verdict;
}

/* MAIL goes to out; the rest too when pipelined, else RCPT is held for its turn. */
static bool write_envelope(struct smtp_link *link, const struct smtp_mail *mail)
{
	struct buf *out = &link->out;

	buf_str(out, "MAIL FROM:<");
	if (*mail->sender && !smtp_wire_address(out, mail->sender))
		return refuse_sender(link);
	buf_char(out, '>');
	if (link->offer.size)
		buf_printf(out, " SIZE=%zu", mail->len);
	if (link->eight_bit)
		buf_str(out, " BODY=8BITMIME");
	if (link->utf8)
		buf_str(out, " SMTPUTF8");
	buf_str(out, "\r\n");
	if (!link->pipelining) {
		out = &link->held;
		buf_reset(out);
	}
	buf_str(out, "RCPT TO:<");
	if (!smtp_wire_address(out, mail->recipient))
		return refuse_address(link);
	buf_str(out, ">\r\n");
	if (link->pipelining)
		buf_str(out, "DATA\r\n");
	ASSERT(!buf_cut(out)); /* addresses have a maximum and out was nearly empty */
	return true;
}

void smtp_link_send(struct smtp_link *link, const struct smtp_mail *mail, int64_t now_ms)
{
	size_t before = link->out.len;

	ASSERT(link->state == LINK_IDLE && !link->has_mail && !link->waiting);
	link->mail = *mail;
	link->mail.sender = link->mail.recipient = NULL;
	link->has_mail = true;
	link->has_verdict = false;
	if (!addresses_pass(link, mail) || !body_passes(link, mail) ||
	    !write_envelope(link, mail)) {
		link->out.len = before;
		/* The link stays idle, and is ready again once this is taken. */
		smtp_link_settle(link);
		return;
	}
	smtp_link_begin(link, now_ms);
}
