/* What the DNS says of a domain that mail goes out from, and what it is to say. */
#include "doctor/doctor.h"
#include "base/fd.h"
#include "base/str.h"
#include "mail/write/dkim.h"
#include "mx/txt.h"

enum { PEM_MOST = 1 << 14 };

static const char *beginning(const struct txt_records *all, const char *with,
			     size_t *count)
{
	const char *found = NULL;

	*count = 0;
	for (size_t i = 0; i < all->count; i++)
		if (str_istarts(all->items[i], with)) {
			found = all->items[i];
			(*count)++;
		}
	return found;
}

/* False: there is no answer, which is said; else none of them may be there. */
static bool ask(struct doctor *d, const char *what, const char *name,
		struct txt_records *out)
{
	struct err err = {0};

	if (txt_ask(d->settings->resolver, d->arena, name, out, &err) ||
	    err_forgive(&err, ERR_ABSENT))
		return true;
	DOCTOR_SAY(d, DOCTOR_LOOK, what,
		   "See that this machine can ask the DNS; then again.", "%s.", err.text);
	return false;
}

static void check_spf(struct doctor *d, const char *what, const char *domain)
{
	struct txt_records all;
	const char *spf;
	size_t count;

	if (!ask(d, what, domain, &all))
		return;
	spf = beginning(&all, "v=spf1", &count);
	if (!count)
		DOCTOR_SAY(
			d, DOCTOR_WRONG, what,
			arena_printf(
				d->arena,
				"Add to the DNS, with the name that your relay's keeper "
				"gives: %s. IN TXT \"v=spf1 include:RELAY -all\"",
				domain),
			"There is no SPF record: many servers refuse the mail.");
	else if (count > 1)
		DOCTOR_SAY(d, DOCTOR_WRONG, what,
			   "Make one of them, and take away the others.",
			   "There are %zu SPF records, which counts as an error.", count);
	else if (strstr(spf, "+all") || str_istarts(spf, "v=spf1 all"))
		DOCTOR_SAY(d, DOCTOR_WRONG, what, "Let it end in -all or ~all.",
			   "Its SPF record lets everybody send as %s.", domain);
	else
		DOCTOR_SAY(d, DOCTOR_GOOD, what, NULL, "SPF: %s", spf);
}

/* What stands behind p=, without blanks. */
static const char *key_in(struct arena *arena, const char *record)
{
	const char *at = strstr(record, "p=");
	AUTO(buf) key = buf_new(PEM_MOST);

	while (at && at > record && at[-1] != ';' && at[-1] != ' ')
		at = strstr(at + 2, "p=");
	for (at = at ? at + 2 : ""; *at && *at != ';'; at++)
		if (*at != ' ' && *at != '\t' && *at != '"')
			buf_char(key, *at);
	return arena_strdup(arena, buf_text(key));
}

static void check_key(struct doctor *d, const char *what,
		      const struct settings_dkim *dkim)
{
	const char *name =
		arena_printf(d->arena, "%s._domainkey.%s", dkim->selector, dkim->domain);
	static const char cure[] = "mercat settings dkim prints the record to put there.";
	AUTO(buf) pem = buf_new(PEM_MOST);
	AUTO(buf) ours = buf_new(PEM_MOST);
	struct txt_records all;
	struct err err = {0};
	bool same = false;

	if (!fd_read_file(dkim->key_file, pem, &err) ||
	    !dkim_record(buf_text(pem), ours, &err)) {
		doctor_wrong(d, what, &err, "Put the key back, or make a new one.");
		return;
	}
	if (!ask(d, what, name, &all))
		return;
	for (size_t i = 0; i < all.count; i++)
		same = same || str_eq(key_in(d->arena, all.items[i]),
				      key_in(d->arena, buf_text(ours)));
	if (!all.count)
		DOCTOR_SAY(d, DOCTOR_WRONG, what, cure, "DKIM: there is no key at %s.",
			   name);
	else if (!same)
		DOCTOR_SAY(d, DOCTOR_WRONG, what, cure,
			   "DKIM: the key at %s is not the one that signs.", name);
	else
		DOCTOR_SAY(d, DOCTOR_GOOD, what, NULL,
			   "DKIM: the key at %s is the one that signs.", name);
}

static void check_dkim(struct doctor *d, const char *what, const char *domain)
{
	bool any = false;

	for (size_t i = 0; i < d->settings->dkim_count; i++)
		if (str_ieq(d->settings->dkim[i].domain, domain)) {
			check_key(d, what, &d->settings->dkim[i]);
			any = true;
		}
	if (!any)
		DOCTOR_SAY(
			d, DOCTOR_LOOK, what,
			"See that the relay signs it, also the List-Unsubscribe fields; or "
			"name a key as dkim in the settings.",
			"DKIM: mercat signs no mail of this domain.");
}

static void check_dmarc(struct doctor *d, const char *what, const char *domain)
{
	const char *at = domain, *dmarc = NULL;
	struct txt_records all;
	size_t count = 0;

	/* Its own, or of a domain above it. */
	for (; at && strchr(at, '.') && !count;
	     at = strchr(at, '.') ? strchr(at, '.') + 1 : NULL) {
		if (!ask(d, what, arena_printf(d->arena, "_dmarc.%s", at), &all))
			return;
		dmarc = beginning(&all, "v=DMARC1", &count);
	}
	if (count == 1)
		DOCTOR_SAY(d, DOCTOR_GOOD, what, NULL, "DMARC: %s", dmarc);
	else if (count)
		DOCTOR_SAY(d, DOCTOR_WRONG, what,
			   "Make one of them, and take away the others.",
			   "There are %zu DMARC records, of which none counts.", count);
	else
		DOCTOR_SAY(
			d, DOCTOR_WRONG, what,
			arena_printf(
				d->arena,
				"Add to the DNS, and make it stricter once the reports "
				"are clean: _dmarc.%s. IN TXT \"v=DMARC1; p=none; "
				"rua=mailto:ADDRESS\"",
				domain),
			"There is no DMARC record: large providers ask for one of whoever "
			"sends to many.");
}

void doctor_domain(struct doctor *d, const char *domain)
{
	const char *what = arena_printf(d->arena, "domain %s", domain);

	check_spf(d, what, domain);
	check_dkim(d, what, domain);
	check_dmarc(d, what, domain);
}
