#include "settings/keys.h"
#include "base/calendar.h"

#define TOP(field) offsetof(struct settings, field)
#define BOX(field) offsetof(struct settings_mailbox, field)
#define REL(field) offsetof(struct settings_relay, field)
#define GRP(field) offsetof(struct settings_group, field)
#define SIG(field) offsetof(struct settings_dkim, field)

static const struct settings_key top_keys[] = {
	{"organisation", SETTING_TEXT, TOP(organisation), NULL, 1, 120, NULL,
	 "Who you are, as it stands in every notification."},
	{"contact", SETTING_TEXT, TOP(contact), "", 0, 300, NULL,
	 "How to reach a person: postal address or telephone, for the foot of each mail."},
	{"zone", SETTING_ZONE, TOP(zone), "Europe/London", 0, 0, NULL,
	 "Time zone of schedules, closing dates and printed times."},
	{"language", SETTING_TEXT, TOP(language), "en", 2, 20, NULL,
	 "The usual language of notifications and pages, as in HTML lang."},
	{"languages", SETTING_TEXT, TOP(languages), "en", 2, 100, NULL,
	 "Languages that people may choose, with commas between; there are en and gd (whose "
	 "words still need a native reader)."},
	{"state_dir", SETTING_TEXT, TOP(state_dir), "/var/lib/mercat", 1, 1000, NULL,
	 "Folder of the store, its key and the locks."},
	{"base_url", SETTING_URL, TOP(base_url), NULL, 1, 300, NULL,
	 "Address of the public pages, https, without a slash at the end."},
	{"templates_dir", SETTING_TEXT, TOP(templates_dir), "", 0, 1000, NULL,
	 "Folder whose templates win over the installed ones; empty: none."},
	{"own_domain", SETTING_TEXT, TOP(own_domain), "", 0, 250, NULL,
	 "Domain of Message-IDs and of the EHLO greeting; empty: that of base_url."},
	{"user", SETTING_TEXT, TOP(user), "", 0, 60, NULL,
	 "User to become when started as root; empty: stay."},
	{"log_level", SETTING_CHOICE, TOP(log_level), "info", 0, 0,
	 "error|warning|note|info|debug", "Minimum severity to log."},
	{"join.confirm_expires", SETTING_DURATION, TOP(confirm_expires_s), "7 days",
	 HOUR_S, 90 * DAY_S, NULL, "How long a confirmation link or address works."},
	{"join.confirm_most", SETTING_INT, TOP(confirm_most), "3", 1, 20, NULL,
	 "Confirmations sent to one address for one list before it must be staff who help; "
	 "never more than one a day."},
	{"manage.link_expires", SETTING_DURATION, TOP(link_expires_s), "2 days", HOUR_S,
	 30 * DAY_S, NULL,
	 "How long a link works that was sent to somebody's own address, to change what they "
	 "get or their address."},
	{"digest.weekday", SETTING_CHOICE, TOP(digest_weekday), "monday", 0, 0,
	 "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
	 "Day of the weekly digests; the monthly ones go on the first such day of a month."},
	{"digest.time", SETTING_TEXT, TOP(digest_time), "08:00", 5, 5, NULL,
	 "Their time of day, as in \"08:00\", in the zone above."},
	{"sending.in_doubt", SETTING_CHOICE, TOP(in_doubt), "resend", 0, 0, "resend|hold",
	 "A mail that was under way when the sender died: send again once with the same "
	 "Message-ID, or hold it for a person."},
	{"sending.schedule_late", SETTING_DURATION, TOP(schedule_late_s), "12 hours", 60,
	 30 * DAY_S, NULL,
	 "A schedule found later than this (restore, long outage) is put on hold, not sent."},
	{"sending.retry_first", SETTING_DURATION, TOP(retry_first_s), "1 min", 1, DAY_S,
	 NULL, "Wait after the first temporary refusal; it doubles each time."},
	{"sending.retry_most", SETTING_DURATION, TOP(retry_most_s), "4 hours", 1,
	 7 * DAY_S, NULL, "Longest wait between two attempts."},
	{"sending.retry_for", SETTING_DURATION, TOP(retry_for_s), "3 days", 60,
	 30 * DAY_S, NULL, "After this long a temporary refusal counts as final."},
	{"sending.spread", SETTING_DURATION, TOP(spread_s), "0 s", 0, 7 * DAY_S, NULL,
	 "Spread each bulletin evenly over this long; 0 s: as fast as the limits allow."},
	{"sending.quiet", SETTING_TEXT, TOP(quiet), "", 0, 11, NULL,
	 "Hours in which no bulletin goes out, as in \"22:00-07:00\" in the zone above; single "
	 "notifications always do."},
	{"sending.domain_per_minute", SETTING_INT, TOP(domain_per_minute), "0", 0,
	 1000000, NULL,
	 "Most mails of bulletins a minute to one recipient domain; 0: no limit."},
	{"sending.answers_an_hour", SETTING_INT, TOP(answers_an_hour), "10000", 1,
	 10000000, NULL,
	 "Most notifications of one kind within an hour that answer mails or forms; what comes "
	 "beyond is kept and not answered."},
	{"sending.resolver", SETTING_TEXT, TOP(resolver), "", 0, 300, NULL,
	 "Name server for relays with group_by = \"mx\", as in \"127.0.0.1:53\"; empty: the "
	 "system's."},
	{"bulletin.grace", SETTING_DURATION, TOP(grace_s), "60 s", 0, HOUR_S, NULL,
	 "How long a bulletin that is to be sent now can still be stopped before the first mail "
	 "of it goes out; 0 s: not at all."},
	{"bulletin.test_recipients", SETTING_TEXT, TOP(test_recipients), "", 0, 2000,
	 NULL,
	 "Addresses that tests of a bulletin may go to beside those of the staff, with commas "
	 "between."},
	{"bulletin.tests_a_day", SETTING_INT, TOP(tests_a_day), "100", 1, 10000, NULL,
	 "Most mails of tests within a day, of all bulletins together."},
	{"bulletin.test_recipients_kept", SETTING_DURATION, TOP(test_recipients_kept_s),
	 "365 days", DAY_S, 3650 * DAY_S, NULL,
	 "How long the audit names whom tests went to; after that only a hash is kept."},
	{"report.least", SETTING_INT, TOP(report_least), "5", 0, 100, NULL,
	 "In a report a count of people from 1 to below this is not given, nor what it could be "
	 "worked out from; 0: every count is."},
	{"audit.head_file", SETTING_TEXT, TOP(audit_head_file), "", 0, 1000, NULL,
	 "File, best on another disk, to which the head of the audit is added each hour in which "
	 "something was done; mercat audit verify compares with it. Empty: none."},
	{"audit.head_to", SETTING_TEXT, TOP(audit_head_to), "", 0, 250, NULL,
	 "Address that is told when a bulletin is sent, with the head of the audit; best one "
	 "whose mailbox is kept elsewhere. Empty: none."},
	{"store.copies_kept", SETTING_DURATION, TOP(copies_kept_s), "90 days", DAY_S,
	 3650 * DAY_S, NULL,
	 "How long the copy stays that is made of the store before a new version changes it "
	 "(mercat.db.before-N). It holds what was erased since."},
	{"backup.folder", SETTING_TEXT, TOP(backup_folder), "/var/backups/mercat", 1,
	 1000, NULL,
	 "Folder of the copies that mercat store backup makes when it is given no file; best on "
	 "another disk. They hold all that the store does, and its key."},
	{"backup.keep", SETTING_INT, TOP(backup_keep), "14", 1, 1000, NULL,
	 "How many copies stay there; the oldest go once a new one was found whole."},
	{"backup.command", SETTING_TEXT, TOP(backup_command), "", 0, 1000, NULL,
	 "What the shell is to run after each copy, to take it elsewhere: \"$1\" is the copy, "
	 "\"$2\" its key. Empty: nothing."},
	{"bounce.points", SETTING_INT, TOP(bounce_points), "5", 1, 50, NULL,
	 "Days with a bounce that says the address does not exist, before it is asked by a "
	 "probe; only if that comes back too, the subscriber is stopped."},
	{"bounce.forget", SETTING_DURATION, TOP(bounce_forget_s), "7 days", HOUR_S,
	 365 * DAY_S, NULL,
	 "A later mail that has not come back for this long wipes the points out."},
	{"bounce.probe_wait", SETTING_DURATION, TOP(probe_wait_s), "12 hours", 60,
	 30 * DAY_S, NULL,
	 "A probe that has not come back for this long shows that the address works."},
	{"bounce.breaker_share", SETTING_INT, TOP(breaker_share), "10", 1, 100, NULL,
	 "A bulletin is put on hold when more than this per cent of its last mails were refused "
	 "for good; 100: never."},
	{"bounce.breaker_rows", SETTING_INT, TOP(breaker_rows), "200", 10, 10000, NULL,
	 "How many of the last mails of a bulletin that looks at."},
	{"web.listen", SETTING_TEXT, TOP(web_listen), "", 0, 108, NULL,
	 "Where the pages are served: a loopback address with its port, or unix: and the path "
	 "of a socket. A reverse proxy with TLS stands in front. Empty: no pages."},
	{"web.socket_group", SETTING_TEXT, TOP(socket_group), "", 0, 60, NULL,
	 "Group that a unix socket belongs to, which is the proxy's: nobody else gets in. "
	 "Empty: the group of mercat itself."},
	{"web.threads", SETTING_INT, TOP(web_threads), "6", 1, 32, NULL,
	 "How many requests are answered at the same time."},
	{"reading.message_max", SETTING_SIZE, TOP(message_max_bytes), "50 MB", 100000,
	 1000000000, NULL,
	 "Bytes of one mail that are kept; what is longer is cut and marked."},
	{"safeguarding.lead", SETTING_TEXT, TOP(safeguarding_lead), "", 0, 60, NULL,
	 "Name of the account that is told at once by email when a response or another email is "
	 "flagged because somebody may be at risk. It needs the role safeguarding. Without "
	 "one, everybody with that role is told, and without them the administrators."},
	{"safeguarding.seen_within", SETTING_DURATION, TOP(seen_within_s), "24 hours",
	 MINUTE_S, 30 * DAY_S, NULL,
	 "How soon somebody must have seen such a flag; after that it is overdue."},
	{"staff.tell_time", SETTING_TEXT, TOP(tell_time), "08:00", 5, 5, NULL,
	 "When the staff are told by email what needs them, once a day, in the zone above; "
	 "each of them chooses whether."},
	{"staff.trouble_after", SETTING_DURATION, TOP(trouble_after_s), "15 min", 0,
	 DAY_S, NULL,
	 "Administrators are told of a mailbox that cannot be read, or a relay that takes no "
	 "email, for so long."},
	{"staff.session_idle", SETTING_DURATION, TOP(session_idle_s), "2 hours", 60,
	 7 * DAY_S, NULL,
	 "Somebody of the staff who does nothing for so long is signed out."},
	{"staff.session_most", SETTING_DURATION, TOP(session_most_s), "12 hours", 300,
	 30 * DAY_S, NULL, "After so long everybody signs in again."},
	{"staff.proxy_header", SETTING_TEXT, TOP(proxy_header), "", 0, 60, NULL,
	 "Header in which a reverse proxy names who is signed in (single sign-on), such as "
	 "X-Remote-User. The proxy must take it out of what comes from outside; empty: none "
	 "is trusted. Over a unix socket it counts from web.socket_group, elsewhere with the "
	 "secret of staff.proxy_secret_file."},
	{"staff.proxy_secret_file", SETTING_TEXT, TOP(proxy_secret_file), "", 0, 1000,
	 NULL,
	 "File whose first line is a secret of at least 20 characters that the proxy sends "
	 "in the header X-Mercat-Proxy-Secret, so that no program of this machine can say "
	 "who somebody is."},
};

static const struct settings_key mailbox_keys[] = {
	{"name", SETTING_TEXT, BOX(name), NULL, 1, 40, NULL,
	 "Its name in the store and the log."},
	{"kind", SETTING_CHOICE, BOX(kind), "imap", 0, 0, "imap|maildir",
	 "A mailbox on an IMAP server, or a Maildir folder on this machine."},
	{"host", SETTING_TEXT, BOX(host), "", 0, 250, NULL, "IMAP server."},
	{"port", SETTING_INT, BOX(port), "993", 1, 65535, NULL, "Its port."},
	{"tls", SETTING_CHOICE, BOX(tls), "tls", 0, 0, "none|starttls|tls",
	 "none is taken for a loopback server only."},
	{"user", SETTING_TEXT, BOX(user), "", 0, 250, NULL, "Login name."},
	{"auth", SETTING_CHOICE, BOX(auth), "password", 0, 0,
	 "password|xoauth2|oauthbearer",
	 "How to log in; the other two with an access token (OAuth 2.0)."},
	{"password_file", SETTING_TEXT, BOX(password_file), "", 0, 1000, NULL,
	 "File whose first line is the password, or the access token: that is read anew at "
	 "each login, so another program can keep it fresh."},
	{"token_command", SETTING_TEXT, BOX(token_command), "", 0, 1000, NULL,
	 "Command, with its whole path, whose first line of output is the access token, in "
	 "place of password_file. It is run at each login, as the daemon's user, without a "
	 "shell."},
	{"ca_file", SETTING_TEXT, BOX(ca_file), "", 0, 1000, NULL,
	 "Certificates to trust (PEM); empty: the system's."},
	{"folder", SETTING_TEXT, BOX(folder), "INBOX", 1, 250, NULL, "Folder to read."},
	{"path", SETTING_TEXT, BOX(path), "", 0, 1000, NULL,
	 "The Maildir, for kind maildir."},
	{"poll", SETTING_DURATION, BOX(poll_s), "1 min", 1, DAY_S, NULL,
	 "How often to look where the server has no IDLE, and at a Maildir at most."},
	{"timeout", SETTING_DURATION, BOX(timeout_s), "10 s", 1, HOUR_S, NULL,
	 "Longest wait for one answer of the server."},
	{"after", SETTING_CHOICE, BOX(after), "keep", 0, 0, "keep|seen|move",
	 "What happens to a mail on the server once it is in the store."},
	{"move_to", SETTING_TEXT, BOX(move_to), "Archive", 1, 250, NULL,
	 "Folder for after = \"move\"."},
};

static const struct settings_key relay_keys[] = {
	{"name", SETTING_TEXT, REL(name), NULL, 1, 40, NULL,
	 "Its name in the ledger and the log."},
	{"kind", SETTING_CHOICE, REL(kind), "smtp", 0, 0, "smtp|maildir|discard",
	 "An SMTP server, a folder that gets one Maildir per recipient, or nothing at all: "
	 "for dry runs, and the ledger says so."},
	{"host", SETTING_TEXT, REL(host), "", 0, 250, NULL, "SMTP server."},
	{"port", SETTING_INT, REL(port), "587", 1, 65535, NULL, "Its port."},
	{"tls", SETTING_CHOICE, REL(tls), "starttls", 0, 0, "none|starttls|tls",
	 "none is taken for a loopback server only."},
	{"user", SETTING_TEXT, REL(user), "", 0, 250, NULL,
	 "Login name; empty: no login."},
	{"password_file", SETTING_TEXT, REL(password_file), "", 0, 1000, NULL,
	 "File whose first line is the password."},
	{"ca_file", SETTING_TEXT, REL(ca_file), "", 0, 1000, NULL,
	 "Certificates to trust (PEM); empty: the system's."},
	{"path", SETTING_TEXT, REL(path), "", 0, 1000, NULL,
	 "The folder, for kind maildir."},
	{"ehlo", SETTING_TEXT, REL(ehlo), "", 0, 250, NULL,
	 "Name we greet with; empty: own_domain."},
	{"connections", SETTING_INT, REL(connections), "10", 1, 500, NULL,
	 "Most connections at the same time."},
	{"timeout", SETTING_DURATION, REL(timeout_s), "5 min", 1, HOUR_S, NULL,
	 "Longest wait for a reply (twice that after the final dot)."},
	{"weight", SETTING_INT, REL(weight), "1", 0, 100, NULL,
	 "Its share of the work beside the other relays; 0: stands by until none works."},
	{"group_by", SETTING_CHOICE, REL(group_by), "domain", 0, 0, "domain|mx",
	 "What the limits of recipients count by: each domain for itself, or \"mx\": all "
	 "domains whose mail one receiver takes, looked up in the DNS. For a relay that "
	 "delivers to the internet itself."},
	{"per_minute", SETTING_INT, REL(per_minute), "0", 0, 10000000, NULL,
	 "Most mails of bulletins a minute; 0: no limit."},
};

static const struct settings_key group_keys[] = {
	{"name", SETTING_TEXT, GRP(name), NULL, 1, 40, NULL, "What the status calls it."},
	{"domains", SETTING_TEXT, GRP(domains), NULL, 1, 2000, NULL,
	 "Recipient domains that one receiver handles, with commas between."},
	{"per_minute", SETTING_INT, GRP(per_minute), "0", 0, 1000000, NULL,
	 "Most mails of bulletins a minute to all of them together; 0: no limit."},
	{"connections", SETTING_INT, GRP(connections), "0", 0, 500, NULL,
	 "Most mails to them under way at the same time; 0: no limit."},
};

static const struct settings_key dkim_keys[] = {
	{"domain", SETTING_TEXT, SIG(domain), NULL, 1, 250, NULL,
	 "Mail from addresses in this domain, and in those below it, is signed."},
	{"selector", SETTING_TEXT, SIG(selector), NULL, 1, 100, NULL,
	 "Names the key; its public half stands in the DNS at SELECTOR._domainkey.DOMAIN."},
	{"key_file", SETTING_TEXT, SIG(key_file), NULL, 1, 1000, NULL,
	 "File with the private key (PEM): RSA of at least 2048 bits, or Ed25519."},
};

const struct settings_table settings_tables[SETTINGS_TABLES] = {
	[SETTINGS_TOP] = {NULL, top_keys, ARRAY_LEN(top_keys), 0},
	[SETTINGS_MAILBOXES] = {"mailboxes", mailbox_keys, ARRAY_LEN(mailbox_keys),
				sizeof(struct settings_mailbox)},
	[SETTINGS_RELAYS] = {"relays", relay_keys, ARRAY_LEN(relay_keys),
			     sizeof(struct settings_relay)},
	[SETTINGS_GROUPS] = {"groups", group_keys, ARRAY_LEN(group_keys),
			     sizeof(struct settings_group)},
	[SETTINGS_DKIM] = {"dkim", dkim_keys, ARRAY_LEN(dkim_keys),
			   sizeof(struct settings_dkim)},
};
