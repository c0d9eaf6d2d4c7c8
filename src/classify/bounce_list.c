/* What list servers say to whoever may not write to their lists. */
#include "base/str.h"
#include "classify/bounce.h"
#include "classify/phrase.h"
#include "mail/fields/address.h"
#include "mail/fields/dsn.h"

enum { LOOK_AT = 1500, SAID_MAX = 300 };

static const char *const refuses[] = {"not a member",
				      "no member",
				      "not member",
				      "only members",
				      "only subscribers",
				      "not subscribed",
				      "not a subscriber",
				      "no subscriber",
				      "not allowed to post",
				      "not allowed to send",
				      "not authorized to post",
				      "was rejected",
				      "has been rejected",
				      "is rejected",
				      "may not post",
				      "members only",
				      "subscribers only",
				      "non-member",
				      "nonmember",
				      "kein mitglied",
				      "nicht mitglied",
				      "nur mitglieder",
				      "abgelehnt",
				      "pas membre",
				      "pas abonné",
				      "seuls les",
				      "a été rejeté",
				      "no es miembro",
				      "no está suscrit",
				      "sólo los",
				      "rechazado",
				      "non sei iscritt",
				      "non è iscritt",
				      "rifiutato",
				      "geen lid",
				      "ikke medlem",
				      "inte medlem",
				      "não é membro",
				      "nie jest członkiem",
				      "не является участником",
				      "会员でない",
				      "メンバーでは",
				      NULL};

/* The program of a list, by what it calls itself: not whoever writes through one. */
static bool list_server(const struct mail_message *m)
{
	static const char *const fields[] = {"X-MLServer", "X-List-Administrivia",
					     "X-Listserver", "X-ML-Info"};
	static const char *const begins[] = {
		"sympa", "listserv",   "majordom", "mailman", "owner-",
		"ezmlm", "listmaster", "listar",   "ecartis", "mlmmj"};
	static const char *const ends[] = {"-admin", "-owner",  "-request", "-bounces",
					   "-help",  "-errors", "-bounce"};
	const char *from = str_or(m->from.address, ""), *at = strchr(from, '@');

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (mail_field_value(m, fields[i]))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (str_istarts(from, begins[i]))
			return true;
	for (size_t i = 0; at && i < ARRAY_LEN(ends); i++) {
		size_t n = strlen(ends[i]);

		if ((size_t)(at - from) > n && strncasecmp(at - n, ends[i], n) == 0)
			return true;
	}
	return false;
}

static bool is_to(const struct mail_message *m, const char *address)
{
	for (size_t i = 0; i < m->to.count; i++)
		if (str_ieq(m->to.items[i].address, address))
			return true;
	return false;
}

/* The first address in the text that is neither ours nor the server's. */
static const char *list_in(struct arena *arena, const struct mail_message *m,
			   const char *text)
{
	size_t len;

	for (const char *at = text; (at = mail_address_find(at, &len)); at += len) {
		const char *found = arena_strndup(arena, at, len);

		if (!is_to(m, found) && !str_ieq(found, m->from.address))
			return found;
	}
	return NULL;
}

bool bounce_by_list_server(struct arena *arena, struct mail_message *m)
{
	const char *list, *said;
	struct mail_failed_recipient *r;

	if (!list_server(m) || !m->text || m->in_reply_to)
		return false;
	if (!words_any(words_fold(arena, m->text, LOOK_AT), refuses) &&
	    !words_any(words_fold(arena, m->subject, 500), refuses))
		return false;
	list = mail_field_value(m, "X-BeenThere");
	if (!bounce_whole_address(list) || is_to(m, list))
		list = list_in(arena, m, m->text);
	if (!list)
		list = list_in(arena, m, m->subject);
	if (!list)
		return false;
	said = words_fold(arena, m->text, SAID_MAX);
	m->failed_count = 0;
	m->failed = NULL;
	r = mail_failed_add(arena, m);
	r->address = list;
	r->action = "failed";
	r->diagnostic = said;
	r->reason = MAIL_REASON_POLICY;
	r->verdict = MAIL_PERMANENT;
	return true;
}
