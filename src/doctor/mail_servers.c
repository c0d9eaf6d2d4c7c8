/* Mailboxes and relays: each is logged in to, as the daemon does. */
#include "doctor/doctor.h"
#include "domain/core/plus_address.h"
#include "base/clock.h"
#include "base/str.h"
#include "imap/imap.h"
#include "maildir/maildir.h"
#include "smtp/probe.h"

#include <inttypes.h>
#include <unistd.h>

enum { ENDS_SOON_S = 14 * DAY_S, TIMEOUT_MOST_S = 15 };

/* Of whoever keeps the server: an end that nobody saw coming stops all mail at once. */
static void say_end(struct doctor *d, const char *what, int64_t end)
{
	char day[CLOCK_TEXT];

	if (!end)
		return;
	clock_day(end, d->settings->zone, day);
	if (end < d->now + ENDS_SOON_S)
		DOCTOR_SAY(d, DOCTOR_WRONG, what,
			   "Have whoever keeps that server renew it before.",
			   "The certificate of the server ends on %s.", day);
	else
		DOCTOR_SAY(d, DOCTOR_GOOD, what, NULL,
			   "The certificate of the server is good until %s.", day);
}

/* What the server said is in the sentence; who can do something about it is known by its kind. */
static const char *cure_of(const struct err *err)
{
	return err->kind == ERR_SETUP
		       ? "Set tls, user, password and ca_file as that server wants them. A "
			 "certificate that has ended is renewed by whoever keeps the server; it "
			 "is never believed unchecked."
		       : "See that host and port are right, that the server runs, and that it "
			 "can be reached from here. Nothing is lost meanwhile.";
}

static void check_maildir(struct doctor *d, const char *what, const char *path)
{
	AUTO(maildir) dir = NULL;
	struct err err = {0};

	if (maildir_open(path, false, &dir, &err))
		DOCTOR_SAY(d, DOCTOR_GOOD, what, NULL, "The Maildir %s can be opened.",
			   path);
	else
		doctor_wrong(d, what, &err, "Make that folder, for mercat's user.");
}

static void check_imap(struct doctor *d, const char *what,
		       const struct settings_mailbox *m)
{
	static const enum imap_tls tls[] = {[SETTINGS_TLS_NONE] = IMAP_TLS_NONE,
					    [SETTINGS_TLS_STARTTLS] = IMAP_TLS_STARTTLS,
					    [SETTINGS_TLS_FULL] = IMAP_TLS_TLS};
	struct imap_account account = {
		.name = m->name,
		.host = m->host,
		.port = (int)m->port,
		.tls = tls[m->tls],
		.user = m->user,
		.ca_file = str_or(m->ca_file, NULL),
		.folder = m->folder,
		.timeout_s = m->timeout_s < TIMEOUT_MOST_S ? (int)m->timeout_s
							   : TIMEOUT_MOST_S,
	};
	struct imap_session *session = NULL;
	struct err err = {0};

	if (m->auth != SETTINGS_AUTH_PASSWORD) {
		DOCTOR_SAY(
			d, DOCTOR_LOOK, what,
			"journalctl -u mercat says whether it is read.",
			"It is logged in to with a token, which only mercatd asks for.");
		return;
	}
	if (!settings_password(m->password_file, d->arena, &account.password, &err)) {
		doctor_wrong(d, what, &err, "Write the password into that file.");
		return;
	}
	if (!imap_open(&account, &session, &err)) {
		doctor_wrong(d, what, &err, cure_of(&err));
		return;
	}
	DOCTOR_SAY(d, DOCTOR_GOOD, what, NULL,
		   "%s lets %s in; %s has %" PRIu32 " emails.", m->host, m->user,
		   m->folder, imap_folder(session).exists);
	say_end(d, what, imap_certificate_end(session));
	imap_close(&session);
}

void doctor_mailboxes(struct doctor *d)
{
	for (size_t i = 0; i < d->settings->mailbox_count; i++) {
		const struct settings_mailbox *m = &d->settings->mailboxes[i];
		const char *what = arena_printf(d->arena, "mailbox %s", m->name);

		if (m->kind == SETTINGS_MAILDIR)
			check_maildir(d, what, m->path);
		else
			check_imap(d, what, m);
	}
}

/* ---- relays ---- */

static bool relay_of(struct doctor *d, const struct settings_relay *r, const char *what,
		     struct smtp_relay *out)
{
	static const enum smtp_tls tls[] = {[SETTINGS_TLS_NONE] = SMTP_TLS_NONE,
					    [SETTINGS_TLS_STARTTLS] = SMTP_TLS_STARTTLS,
					    [SETTINGS_TLS_FULL] = SMTP_TLS_WRAPPED};
	struct err err = {0};

	*out = (struct smtp_relay){.name = r->name,
				   .host = r->host,
				   .port = (int)r->port,
				   .tls = tls[r->tls],
				   .user = str_or(r->user, NULL),
				   .ca_file = str_or(r->ca_file, NULL),
				   .ehlo_name = r->ehlo};
	if (str_empty(r->user) ||
	    settings_password(r->password_file, d->arena, &out->password, &err))
		return true;
	doctor_wrong(d, what, &err, "Write the password into that file.");
	return false;
}

/* An address with our mark behind a plus: answers, requests to leave and returned mail come to
 * such. */
static void say_asked(struct doctor *d, const char *what, const char *sender,
		      const struct smtp_probe *p)
{
	if (p->sender_code / 100 != 2)
		DOCTOR_SAY(
			d, DOCTOR_WRONG, what,
			"Have the relay allow that login to send as this address, also as "
			"envelope sender (Postfix: smtpd_sender_login_maps).",
			"It refuses %s as sender: %d %s", sender, p->sender_code,
			p->sender_words);
	else if (p->recipient_code / 100 != 2)
		DOCTOR_SAY(
			d, p->recipient_code / 100 == 4 ? DOCTOR_LOOK : DOCTOR_WRONG,
			what,
			"Have its server take addresses with a plus, and put them into that "
			"mailbox (Postfix: recipient_delimiter = +).",
			"It takes %s as sender, but not its address with a plus as "
			"recipient: %d %s",
			sender, p->recipient_code, p->recipient_words);
	else
		DOCTOR_SAY(d, DOCTOR_GOOD, what, NULL,
			   "It takes %s as sender, and its addresses with a plus.",
			   sender);
}

static void check_server(struct doctor *d, const struct settings_relay *r,
			 const char *what, const char *sender)
{
	const char **senders = &sender;
	size_t count = sender ? 1 : doctor_senders(d, &senders);
	int64_t end = 0;
	struct smtp_relay relay;

	if (!relay_of(d, r, what, &relay))
		return;
	for (size_t i = 0; i == 0 || i < count; i++) {
		const char *from = i < count ? senders[i] : NULL;
		struct err err = {0};
		struct smtp_probe p;

		if (!smtp_probe(d->arena, &relay, from,
				from ? address_with(d->arena, from, "help") : NULL, &p,
				&err)) {
			doctor_wrong(d, what, &err, cure_of(&err));
			return;
		}
		end = p.certificate_end;
		if (from)
			say_asked(d, what, from, &p);
		else
			DOCTOR_SAY(d, DOCTOR_GOOD, what, NULL,
				   "%s answers; there is no address yet to ask it about.",
				   r->host);
	}
	say_end(d, what, end);
}

void doctor_relays(struct doctor *d, const char *sender)
{
	smtp_setup();
	for (size_t i = 0; i < d->settings->relay_count; i++) {
		const struct settings_relay *r = &d->settings->relays[i];
		const char *what = arena_printf(d->arena, "relay %s", r->name);

		if (r->kind == SETTINGS_MAILDIR)
			DOCTOR_SAY(d, access(r->path, W_OK) ? DOCTOR_LOOK : DOCTOR_GOOD,
				   what, NULL,
				   "It puts mail into %s, and sends it to nobody.",
				   r->path);
		else if (r->kind == SETTINGS_DISCARD)
			DOCTOR_SAY(
				d, DOCTOR_LOOK, what,
				"Give it kind = \"smtp\" and a host when mail is to go out.",
				"It throws away whatever it is given.");
		else
			check_server(d, r, what, sender);
	}
}
