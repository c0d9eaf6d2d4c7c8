#include "classify/bounce.h"
#include "base/str.h"
#include "classify/words.h"

enum { LOOK_AT = 6000 };

static const char *const daemons[] = {"mailer-daemon",
				      "mailer_daemon",
				      "mailerdaemon",
				      "mail-daemon",
				      "mail.daemon",
				      "maildaemon",
				      "mdaemon",
				      "postmaster",
				      "post_master",
				      "post.master",
				      "mail-delivery",
				      "maildelivery",
				      "mailadm",
				      "mailer@",
				      "mailsystem",
				      "mail-system",
				      "mail_system",
				      "microsoftexchange",
				      "mmdf",
				      "smtp@",
				      "smtpd@",
				      "bounce",
				      "symantec_antivirus",
				      "mail_delivery",
				      "no-reply@sns.amazonaws",
				      "delivery@",
				      "returned-mail",
				      "mta@",
				      "uucp@",
				      NULL};

static const char *const daemon_names[] = {"mail delivery",
					   "mail deliver",
					   "mailer-daemon",
					   "mailer daemon",
					   "mail daemon",
					   "postmaster",
					   "delivery subsystem",
					   "delivery system",
					   "mail system",
					   "mail administrator",
					   "mail server",
					   "system administrator",
					   "systemadministrator",
					   "administrateur système",
					   "administrador del sistema",
					   "internet mail delivery",
					   "microsoft outlook",
					   "mail robot",
					   "email system",
					   "メール配信",
					   NULL};

static const char *const subjects[] = {"undeliver",
				       "un-deliver",
				       "undelivered",
				       "delivery status notification",
				       "delivery notification",
				       "delivery failure",
				       "delivery failed",
				       "delivery error",
				       "delivery problem",
				       "delivery report",
				       "delivery has failed",
				       "delivery unsuccessful",
				       "failed delivery",
				       "failed to deliver",
				       "failure to deliver",
				       "could not be delivered",
				       "couldn't be delivered",
				       "could not deliver",
				       "cannot be delivered",
				       "can't be delivered",
				       "cannot deliver",
				       "not delivered",
				       "not be delivered",
				       "unable to deliver",
				       "unable to be delivered",
				       "unsuccessful delivery",
				       "undeliverable",
				       "mail failure",
				       "mail failed",
				       "mail error",
				       "failed mail",
				       "failure notice",
				       "failure delivery",
				       "nondeliverable",
				       "non-delivery",
				       "nondelivery",
				       "non delivery",
				       "returned mail",
				       "mail returned",
				       "returned to sender",
				       "returning to sender",
				       "returning message to sender",
				       "return to sender",
				       "message returned",
				       "returned message",
				       "returned email",
				       "returned due to",
				       "mail system error",
				       "mailbox full",
				       "mailbox is full",
				       "user unknown",
				       "unknown user",
				       "host unknown",
				       "no such user",
				       "error sending",
				       "error in mail",
				       "errors from",
				       "error delivering",
				       "mail delivery",
				       "delayed mail",
				       "delivery delay",
				       "delivery temporarily",
				       "message delayed",
				       "could not send message",
				       "rejected mail",
				       "message rejected",
				       "mail rejected",
				       "email rejected",
				       "rejected:",
				       "problem delivering",
				       "loop alert",
				       "message status - undeliverable",
				       "transmission failure",
				       "wasn't delivered",
				       "was not delivered",
				       "message not delivered",
				       "ndn:",
				       "ndr:",
				       "warning: message",
				       "recipient not found",
				       "bounce",
				       "unzustellbar",
				       "nicht zustellbar",
				       "zustellung fehlgeschlagen",
				       "nicht zugestellt",
				       "zustellfehler",
				       "fehler bei der zustellung",
				       "rückläufer",
				       "unzustellbare",
				       "konnte nicht",
				       "zustellung verzögert",
				       "non remis",
				       "non délivré",
				       "non-remise",
				       "non distribu",
				       "échec de la remise",
				       "échec de remise",
				       "échec d'envoi",
				       "echec de",
				       "impossible de remettre",
				       "notification d'état de remise",
				       "rapport de non",
				       "no se pudo entregar",
				       "no entregado",
				       "no entregable",
				       "no se puede entregar",
				       "error en la entrega",
				       "notificación de estado de entrega",
				       "devuelto",
				       "fallo en la entrega",
				       "no se ha podido",
				       "mancata consegna",
				       "non recapitabile",
				       "impossibile recapitare",
				       "non consegnato",
				       "notifica di mancato",
				       "não entregue",
				       "não foi possível entregar",
				       "falha na entrega",
				       "não pôde ser entregue",
				       "onbestelbaar",
				       "niet bezorgd",
				       "niet afgeleverd",
				       "bezorging mislukt",
				       "kan inte levereras",
				       "olevererbar",
				       "olevererat",
				       "ikke leveres",
				       "kunne ikke leveres",
				       "uleverbar",
				       "kan ikke leveres",
				       "toimitus epäonnistui",
				       "ei voitu toimittaa",
				       "nie można dostarczyć",
				       "niedostarcz",
				       "nedoručiteln",
				       "nedoruč",
				       "kézbesíthetetlen",
				       "teslim edilemedi",
				       "не доставлено",
				       "недоставлен",
				       "не может быть доставлено",
				       "невозможно доставить",
				       "не удалось доставить",
				       "сбой доставки",
				       "не доставлен",
				       "配信できません",
				       "配信不能",
				       "配送できません",
				       "配信エラー",
				       "配信失敗",
				       "配送失敗",
				       "配送エラー",
				       "送信できません",
				       "送信エラー",
				       "送信失敗",
				       "メールエラー",
				       "エラーメール",
				       "不達",
				       "届きません",
				       "未達",
				       "退信",
				       "无法投递",
				       "無法傳遞",
				       "无法送达",
				       "系统退信",
				       "投递失败",
				       "無法投遞",
				       "배달되지",
				       "전송 실패",
				       "반송",
				       NULL};

/* Whole sentences that only mail systems write. */
static const char *const sentences[] = {
	"this is the qmail-send program",
	"this is the mail system at host",
	"this message was created automatically by mail delivery software",
	"this message was created automatically by the mail system",
	"a message that you sent could not be delivered",
	"a message that you sent contained one or more recipient addresses",
	"could not be delivered to one or more",
	"could not be delivered to the following",
	"couldn't be delivered to",
	"could not deliver your message",
	"could not deliver the message",
	"could not deliver message",
	"was not delivered to",
	"not delivered to the following",
	"did not reach the following recipient",
	"did not reach some or all",
	"following recipient(s) could not be reached",
	"following recipient(s) cannot be reached",
	"delivery to the following recipient",
	"delivery has failed to these recipients",
	"unable to deliver your message",
	"unable to deliver the message",
	"unable to deliver mail",
	"unable to deliver to",
	"wasn't able to deliver",
	"wasn't delivered to",
	"was unable to deliver",
	"were unable to deliver",
	"cannot deliver the message",
	"cannot be delivered to",
	"can not be delivered",
	"couldn't deliver",
	"following addresses had permanent fatal errors",
	"following addresses had permanent delivery errors",
	"following addresses had delivery",
	"following address(es) failed",
	"following addresses failed",
	"following address failed",
	"following recipients failed",
	"failed addresses follow",
	"transcript of session follows",
	"transcript of the session follows",
	"unsent message follows",
	"returned message follows",
	"there was an error delivering your mail",
	"error occurred while trying to deliver",
	"error while trying to deliver",
	"permanent fatal error",
	"your message cannot be delivered",
	"your message could not be delivered",
	"your message was not delivered",
	"your message has not been delivered",
	"your mail could not be delivered",
	"your email could not be delivered",
	"message could not be delivered",
	"mail could not be delivered",
	"could not be sent to",
	"we're sorry. there's a problem with the e-mail address",
	"has been rejected by the recipient",
	"the user(s) account is",
	"user's mailbox is full",
	"failure reasons",
	"nondelivery report",
	"non-delivery",
	"i'm afraid i wasn't able to deliver your message",
	"i'm sorry to have to inform you that",
	"sorry it didn't work out",
	"is returned to you",
	"returned to you",
	"has been returned",
	"address not found",
	"message blocked",
	"recipient address rejected",
	"invalid user address",
	"your message to",
	"requested action not taken",
	"undeliverable to the following",
	"undelivered to",
	"mail failed",
	"permanent error",
	"the following organization rejected your message",
	"rejected your message",
	"message log follows",
	"duplicated message-id",
	"group you tried to contact",
	"delivery status notification",
	"delivery attempts",
	"was undeliverable",
	"could not be completed",
	"is undeliverable",
	"nicht zugestellt werden",
	"konnte nicht zugestellt",
	"nicht zustellbar",
	"konnte nicht an",
	"nicht übermittelt",
	"zustellung der e-mail",
	"unzustellbar",
	"n'a pas pu être",
	"n'a pu être",
	"n'a pas été remis",
	"n'ont pas reçu",
	"échec de la remise",
	"impossible de remettre",
	"no se pudo entregar",
	"no pudo ser entregado",
	"no ha podido ser",
	"no se ha podido entregar",
	"non è stato possibile",
	"non è stato recapitato",
	"impossibile recapitare",
	"não pôde ser",
	"não foi possível entregar",
	"kon niet worden",
	"kunde inte levereras",
	"kunne ikke leveres",
	"nie może zostać",
	"nie mogła zostać",
	"nemohla být doručena",
	"не может быть доставлено",
	"не было доставлено",
	"не удалось доставить",
	"skupina, kterou",
	"配信できませんでした",
	"送信できませんでした",
	"配送できませんでした",
	"配信されませんでした",
	"届けることができませんでした",
	"お届けできません",
	"宛先",
	"グループ",
	"無法",
	"无法",
	"배달",
	"user mailbox exceeds",
	"unknown user:",
	"user unknown",
	"unknown user",
	"no such user",
	"mailbox full",
	"mailbox is full",
	"over quota",
	"account is disabled",
	"invalid final delivery",
	"this user doesn't have",
	"account does not exist",
	"host unknown",
	"was not delivered",
	"not be delivered",
	NULL};

static const char *const delays[] = {"delivery is delayed",
				     "delivery delayed",
				     "has been delayed",
				     "is delayed",
				     "(delay)",
				     "delayed mail",
				     "still being retried",
				     "will be retried",
				     "will continue to",
				     "delivery attempts will continue",
				     "warning: could not send",
				     "warning: message",
				     "warning message only",
				     "not yet been delivered",
				     "not been delivered yet",
				     "has not yet been",
				     "message still undelivered",
				     "still undelivered",
				     "do not need to resend",
				     "you do not need to",
				     "no action is required on your part",
				     "will keep trying",
				     "temporarily deferred",
				     "continues to be tried",
				     "transient non-fatal errors",
				     "noch nicht zugestellt",
				     "verzögert",
				     "zustellung verzögert",
				     "retardé",
				     "retrasado",
				     "ritardat",
				     "opóźnion",
				     "задерж",
				     "遅延",
				     "延迟",
				     NULL};

/* Unless it also says that it gave up. */
static const char *const gave_up[] = {"permanent error",
				      "permanent fatal",
				      "giving up",
				      "given up",
				      "gave up",
				      "will not be retried",
				      "has failed",
				      "no longer",
				      "could not be delivered for",
				      "final",
				      "expired",
				      "failed permanently",
				      "permanently",
				      NULL};

bool bounce_machine_sender(const struct mail_message *m)
{
	char address[128], name[128];

	str_copy(address, sizeof(address), m->from.address);
	str_lower(address);
	str_copy(name, sizeof(name), m->from.name);
	str_lower(name);
	if (str_eq(address, "<>") || str_starts(name, "mailer-daemon"))
		return true;
	return words_begin(address, daemons) || words_any(name, daemon_names) ||
	       strstr(address, "mailer-daemon") || strstr(address, "postmaster@");
}

static bool answers_somebody(const char *folded_subject)
{
	static const char *const marks[] = {"re:", "fw:", "fwd:",  "aw:",  "wg:", "sv:",
					    "tr:", "rv:", "antw:", "[fwd", NULL};

	return words_begin(folded_subject, marks);
}

/* "550 ", "5.1.1": how machines talk. */
static bool has_reply_code(const char *folded)
{
	for (const char *p = folded; *p; p++) {
		bool edge = p == folded || p[-1] == ' ' || p[-1] == '(' || p[-1] == ':' ||
			    p[-1] == '<';

		if (!edge || (*p != '4' && *p != '5'))
			continue;
		if (str_is_digit(p[1]) && p[1] <= '5' && str_is_digit(p[2]) &&
		    strchr(" -", p[3]) && p[3])
			return true;
		if (p[1] == '.' && str_is_digit(p[2]) && p[3] == '.' &&
		    str_is_digit(p[4]))
			return true;
	}
	return false;
}

bool bounce_is_notice(struct arena *arena, const struct mail_message *m,
		      const char **out_why)
{
	const char *subject = words_fold(arena, m->subject, 500);
	bool machine = bounce_machine_sender(m), by_subject, by_text;
	const char *text;
	bool no_sender = m->return_path && !*m->return_path;
	bool nobody = str_empty(m->from.address) || !strchr(m->from.address, '@');

	if (mail_field_value(m, "X-Failed-Recipients") && !answers_somebody(subject)) {
		*out_why = "it has an X-Failed-Recipients field";
		return true;
	}
	by_subject = words_any(subject, subjects) && !answers_somebody(subject);
	if (!machine && !by_subject)
		return false; /* nearly all mail; the long look below is dear */
	text = words_fold(arena, m->text, LOOK_AT);
	by_text = words_any(text, sentences) != NULL;
	/* A postmaster is a person, too: something must show the machine. */
	if (machine && (by_subject || by_text) &&
	    (no_sender || m->auto_submitted || m->returned || (by_subject && by_text) ||
	     has_reply_code(text))) {
		*out_why =
			"a mail system wrote it, and it speaks of mail that was not delivered";
		return true;
	}
	if (machine && no_sender && !answers_somebody(subject) && m->returned) {
		*out_why = "a mail system wrote it without a sender, and returns a mail";
		return true;
	}
	if ((no_sender || nobody) && by_subject && by_text) {
		*out_why = "it has no sender, and speaks of mail that was not delivered";
		return true;
	}
	/* Some lists and gateways send notices under their own name. */
	if (by_subject && by_text &&
	    (m->returned || strstr(text, "original message follows") ||
	     strstr(text, "original mail as follows")) &&
	    (m->auto_submitted || m->precedence)) {
		*out_why = "it says so, returns the mail, and a machine made it";
		return true;
	}
	if (str_starts(subject, "loop alert") && by_text) {
		*out_why = "a list server found a loop";
		return true;
	}
	return false;
}

bool bounce_says_delay(struct arena *arena, const struct mail_message *m)
{
	const char *subject = words_fold(arena, m->subject, 500);
	const char *text = words_fold(arena, m->text, 2500);

	if (words_any(subject, delays))
		return true;
	return words_any(text, delays) && !words_any(text, gave_up);
}
