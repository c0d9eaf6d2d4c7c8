/*
 * What the columns of a table hold, by the names that programs and people give them.
 *
 * A name counts by its letters and figures alone: "E-mail Address", "email_address" and
 * "EMAIL ADDRESS " are one. The lower the rank, the surer; of several columns for one thing
 * that there can only be once, the surest is taken.
 */
#include "base/str.h"
#include "roster/roster_private.h"

enum { SURE = 1, LIKELY = 3, WEAK = 6, NAME_ROOM = 64 };

static const struct {
	const char *name, *title;
} fields[ROSTER_FIELDS] = {
	[ROSTER_NOTHING] = {"nothing", "Leave out"},
	[ROSTER_ADDRESS] = {"address", "Email address"},
	[ROSTER_NAME] = {"name", "Name"},
	[ROSTER_FIRST] = {"first-name", "First name"},
	[ROSTER_LAST] = {"last-name", "Last name"},
	[ROSTER_ORGANISATION] = {"organisation", "Organisation, if no name"},
	[ROSTER_TOPICS] = {"topics", "Topics"},
	[ROSTER_TAGS] = {"tags", "Tags that are topics here"},
	[ROSTER_FREQUENCY] = {"frequency", "How often"},
	[ROSTER_STATUS] = {"status", "Status"},
	[ROSTER_UNSUBSCRIBED] = {"unsubscribed", "Unsubscribed: day or yes"},
	[ROSTER_BOUNCED] = {"bounced", "Bounced: day or yes"},
	[ROSTER_CONFIRMED] = {"confirmed", "Confirmed: yes or no"},
	[ROSTER_GIVEN_AT] = {"given-at", "Day they subscribed"},
	[ROSTER_BASIS] = {"basis", "Why we may write"},
	[ROSTER_WORDING] = {"wording", "Words they agreed to"},
	[ROSTER_VERSION] = {"version", "Version of these words"},
	[ROSTER_IP] = {"ip", "IP address"},
	[ROSTER_SOURCE] = {"source", "Where they subscribed"},
	[ROSTER_MAY] = {"may-write", "May be written to: yes or no"},
	[ROSTER_WAIVED] = {"disregard", "Leave out, even who has refused in it"},
};

static const struct {
	const char *head; /* letters and figures, lower case */
	enum roster_field field;
	int rank;
} heads[] = {
	{"email", ROSTER_ADDRESS, SURE},
	{"emailaddress", ROSTER_ADDRESS, SURE},
	{"emailaddresses", ROSTER_ADDRESS, LIKELY},
	{"emailaddress1", ROSTER_ADDRESS, SURE},
	{"email1", ROSTER_ADDRESS, SURE},
	{"email1value", ROSTER_ADDRESS, SURE},
	{"email1address", ROSTER_ADDRESS, SURE},
	{"emails", ROSTER_ADDRESS, LIKELY},
	{"emailid", ROSTER_ADDRESS, LIKELY},
	{"emailaddr", ROSTER_ADDRESS, SURE},
	{"useremail", ROSTER_ADDRESS, SURE},
	{"subscriberemail", ROSTER_ADDRESS, SURE},
	{"subscriberemailaddress", ROSTER_ADDRESS, SURE},
	{"contactemail", ROSTER_ADDRESS, SURE},
	{"contactemailaddress", ROSTER_ADDRESS, SURE},
	{"primaryemail", ROSTER_ADDRESS, SURE},
	{"primaryemailaddress", ROSTER_ADDRESS, SURE},
	{"preferredemail", ROSTER_ADDRESS, SURE},
	{"workemail", ROSTER_ADDRESS, LIKELY},
	{"businessemail", ROSTER_ADDRESS, LIKELY},
	{"homeemail", ROSTER_ADDRESS, WEAK},
	{"personalemail", ROSTER_ADDRESS, WEAK},
	{"mail", ROSTER_ADDRESS, LIKELY},
	{"mailaddress", ROSTER_ADDRESS, LIKELY},
	{"smtpaddress", ROSTER_ADDRESS, LIKELY},
	{"destination", ROSTER_ADDRESS, LIKELY},
	{"subscriber", ROSTER_ADDRESS, WEAK},
	{"subscribers", ROSTER_ADDRESS, WEAK},
	{"contact", ROSTER_ADDRESS, WEAK},
	{"contacts", ROSTER_ADDRESS, WEAK},
	{"member", ROSTER_ADDRESS, WEAK},
	{"recipient", ROSTER_ADDRESS, WEAK},
	{"address", ROSTER_ADDRESS, WEAK},
	{"name", ROSTER_NAME, SURE},
	{"fullname", ROSTER_NAME, SURE},
	{"displayname", ROSTER_NAME, LIKELY},
	{"realname", ROSTER_NAME, LIKELY},
	{"contactname", ROSTER_NAME, LIKELY},
	{"subscribername", ROSTER_NAME, LIKELY},
	{"membername", ROSTER_NAME, LIKELY},
	{"gecos", ROSTER_NAME, LIKELY},
	{"yourname", ROSTER_NAME, LIKELY},
	{"emaildisplayname", ROSTER_NAME, WEAK},
	{"fileas", ROSTER_NAME, WEAK},
	{"firstname", ROSTER_FIRST, SURE},
	{"firstnames", ROSTER_FIRST, SURE},
	{"first", ROSTER_FIRST, LIKELY},
	{"givenname", ROSTER_FIRST, SURE},
	{"forename", ROSTER_FIRST, SURE},
	{"forenames", ROSTER_FIRST, SURE},
	{"fname", ROSTER_FIRST, LIKELY},
	{"christianname", ROSTER_FIRST, LIKELY},
	{"lastname", ROSTER_LAST, SURE},
	{"last", ROSTER_LAST, LIKELY},
	{"surname", ROSTER_LAST, SURE},
	{"familyname", ROSTER_LAST, SURE},
	{"lname", ROSTER_LAST, LIKELY},
	{"organisation", ROSTER_ORGANISATION, SURE},
	{"organization", ROSTER_ORGANISATION, SURE},
	{"organisationname", ROSTER_ORGANISATION, SURE},
	{"organizationname", ROSTER_ORGANISATION, SURE},
	{"organization1name", ROSTER_ORGANISATION, SURE},
	{"company", ROSTER_ORGANISATION, SURE},
	{"companyname", ROSTER_ORGANISATION, SURE},
	{"org", ROSTER_ORGANISATION, LIKELY},
	{"employer", ROSTER_ORGANISATION, LIKELY},
	{"school", ROSTER_ORGANISATION, WEAK},
	{"topics", ROSTER_TOPICS, SURE},
	{"topic", ROSTER_TOPICS, SURE},
	{"tags", ROSTER_TAGS, SURE},
	{"tag", ROSTER_TAGS, SURE},
	{"groups", ROSTER_TAGS, LIKELY},
	{"group", ROSTER_TAGS, LIKELY},
	{"interests", ROSTER_TAGS, LIKELY},
	{"categories", ROSTER_TAGS, LIKELY},
	{"category", ROSTER_TAGS, LIKELY},
	{"labels", ROSTER_TAGS, LIKELY},
	{"lists", ROSTER_TAGS, LIKELY},
	{"listmembership", ROSTER_TAGS, LIKELY},
	{"groupmembership", ROSTER_TAGS, LIKELY},
	{"subscriptions", ROSTER_TAGS, LIKELY},
	{"topicname", ROSTER_TAGS, LIKELY},
	{"frequency", ROSTER_FREQUENCY, SURE},
	{"howoften", ROSTER_FREQUENCY, SURE},
	{"emailfrequency", ROSTER_FREQUENCY, SURE},
	{"digestfrequency", ROSTER_FREQUENCY, LIKELY},
	{"deliverymode", ROSTER_FREQUENCY, LIKELY},
	{"deliverypreference", ROSTER_FREQUENCY, LIKELY},
	{"reception", ROSTER_FREQUENCY, LIKELY},
	{"status", ROSTER_STATUS, SURE},
	{"subscriptionstatus", ROSTER_STATUS, SURE},
	{"subscriberstatus", ROSTER_STATUS, SURE},
	{"emailstatus", ROSTER_STATUS, SURE},
	{"emailmarketingstatus", ROSTER_STATUS, SURE},
	{"memberstatus", ROSTER_STATUS, LIKELY},
	{"optinstatus", ROSTER_STATUS, LIKELY},
	{"contactstatus", ROSTER_STATUS, SURE},
	{"userstatus", ROSTER_STATUS, LIKELY},
	{"accountstatus", ROSTER_STATUS, LIKELY},
	{"recordstatus", ROSTER_STATUS, LIKELY},
	{"liststatus", ROSTER_STATUS, SURE},
	{"mailingstatus", ROSTER_STATUS, SURE},
	{"deliverystatus", ROSTER_STATUS, LIKELY},
	{"marketingstatus", ROSTER_STATUS, SURE},
	{"consentstatus", ROSTER_STATUS, SURE},
	{"gdprstatus", ROSTER_STATUS, SURE},
	{"subscriptionstate", ROSTER_STATUS, SURE},
	{"subscriberstate", ROSTER_STATUS, SURE},
	{"contactstate", ROSTER_STATUS, LIKELY},
	{"memberstate", ROSTER_STATUS, LIKELY},
	{"state", ROSTER_STATUS, WEAK},
	{"unsubscribed", ROSTER_UNSUBSCRIBED, SURE},
	{"unsubscribedat", ROSTER_UNSUBSCRIBED, SURE},
	{"unsubtime", ROSTER_UNSUBSCRIBED, SURE},
	{"unsubscribedate", ROSTER_UNSUBSCRIBED, SURE},
	{"unsubscribetime", ROSTER_UNSUBSCRIBED, SURE},
	{"dateunsubscribed", ROSTER_UNSUBSCRIBED, SURE},
	{"optedout", ROSTER_UNSUBSCRIBED, SURE},
	{"optout", ROSTER_UNSUBSCRIBED, SURE},
	{"optedoutat", ROSTER_UNSUBSCRIBED, SURE},
	{"blacklisted", ROSTER_UNSUBSCRIBED, SURE},
	{"emailblacklisted", ROSTER_UNSUBSCRIBED, SURE},
	{"blocklisted", ROSTER_UNSUBSCRIBED, SURE},
	{"isthisuserblacklisted", ROSTER_UNSUBSCRIBED, SURE},
	{"isthissubscriberblacklisted", ROSTER_UNSUBSCRIBED, SURE},
	{"cleantime", ROSTER_BOUNCED, SURE},
	{"bounced", ROSTER_BOUNCED, SURE},
	{"bouncedat", ROSTER_BOUNCED, SURE},
	{"cleaned", ROSTER_BOUNCED, SURE},
	{"confirmed", ROSTER_CONFIRMED, SURE},
	{"isthisuserconfirmed", ROSTER_CONFIRMED, SURE},
	{"isthissubscriberconfirmed", ROSTER_CONFIRMED, SURE},
	{"istheemailofthisuserconfirmed", ROSTER_CONFIRMED, SURE},
	{"givenat", ROSTER_GIVEN_AT, SURE},
	{"optintime", ROSTER_GIVEN_AT, SURE},
	{"optindate", ROSTER_GIVEN_AT, SURE},
	{"optedinat", ROSTER_GIVEN_AT, SURE},
	{"confirmtime", ROSTER_GIVEN_AT, SURE},
	{"confirmedat", ROSTER_GIVEN_AT, SURE},
	{"consentdate", ROSTER_GIVEN_AT, SURE},
	{"dateofconsent", ROSTER_GIVEN_AT, SURE},
	{"dateofsubscription", ROSTER_GIVEN_AT, SURE},
	{"subscriptiondate", ROSTER_GIVEN_AT, SURE},
	{"subscriptioncreated", ROSTER_GIVEN_AT, SURE},
	{"subscribedate", ROSTER_GIVEN_AT, SURE},
	{"subscribedat", ROSTER_GIVEN_AT, SURE},
	{"subscribedon", ROSTER_GIVEN_AT, SURE},
	{"datesubscribed", ROSTER_GIVEN_AT, SURE},
	{"signupdate", ROSTER_GIVEN_AT, SURE},
	{"signuptime", ROSTER_GIVEN_AT, SURE},
	{"signedupat", ROSTER_GIVEN_AT, SURE},
	{"joindate", ROSTER_GIVEN_AT, SURE},
	{"joined", ROSTER_GIVEN_AT, LIKELY},
	{"datejoined", ROSTER_GIVEN_AT, SURE},
	{"dateregistered", ROSTER_GIVEN_AT, LIKELY},
	{"dateadded", ROSTER_GIVEN_AT, LIKELY},
	{"addedtime", ROSTER_GIVEN_AT, LIKELY},
	{"added", ROSTER_GIVEN_AT, LIKELY},
	{"created", ROSTER_GIVEN_AT, LIKELY},
	{"createdat", ROSTER_GIVEN_AT, LIKELY},
	{"createdon", ROSTER_GIVEN_AT, LIKELY},
	{"datecreated", ROSTER_GIVEN_AT, LIKELY},
	{"timecreated", ROSTER_GIVEN_AT, LIKELY},
	{"entered", ROSTER_GIVEN_AT, LIKELY},
	{"date", ROSTER_GIVEN_AT, WEAK},
	{"basis", ROSTER_BASIS, SURE},
	{"legalbasis", ROSTER_BASIS, SURE},
	{"lawfulbasis", ROSTER_BASIS, SURE},
	{"wording", ROSTER_WORDING, SURE},
	{"consentwording", ROSTER_WORDING, SURE},
	{"consenttext", ROSTER_WORDING, SURE},
	{"version", ROSTER_VERSION, SURE},
	{"ip", ROSTER_IP, SURE},
	{"ipaddress", ROSTER_IP, SURE},
	{"optinip", ROSTER_IP, SURE},
	{"confirmip", ROSTER_IP, SURE},
	{"signupip", ROSTER_IP, SURE},
	{"source", ROSTER_SOURCE, SURE},
	{"origin", ROSTER_SOURCE, SURE},
	{"subscriberorigin", ROSTER_SOURCE, SURE},
	{"signupsource", ROSTER_SOURCE, SURE},
};

/* Who made the table: columns that together only one program has. */
static const struct {
	const char *program;
	const char *all[4], *one[6];
	bool contacts;
} programs[] = {
	{"mercat", {"address", "basis", "activesince"}, {NULL}, false},
	{"Mailchimp", {"emailaddress"}, {"euid", "leid", "memberrating"}, false},
	{"listmonk", {"uuid", "email", "attributes", "status"}, {NULL}, false},
	{"phpList", {"email", "listmembership"}, {NULL}, false},
	{"Google", {"email1value"}, {NULL}, true},
	{"Outlook",
	 {"emailaddress"},
	 {"emaildisplayname", "email2address", "emailtype", "assistantsphone",
	  "businessphone"},
	 true},
	{"govDelivery", {"destination"}, {NULL}, false},
	{"govDelivery", {"contact", "subscriptioncreated"}, {NULL}, false},
	{"govDelivery", {"contacts", "subscriptioncreated"}, {NULL}, false},
};

const char *roster_field_name(enum roster_field field)
{
	return fields[field].name;
}

const char *roster_field_title(enum roster_field field)
{
	return fields[field].title;
}

bool roster_field_of(const char *name, enum roster_field *out)
{
	for (int f = 0; f < ROSTER_FIELDS; f++) {
		if (!str_ieq(name, fields[f].name))
			continue;
		*out = (enum roster_field)f;
		return true;
	}
	return false;
}

static void letters_of(const char *head, char out[NAME_ROOM])
{
	size_t n = 0;

	for (; *head && n + 1 < NAME_ROOM; head++)
		if (str_is_alpha(*head) || str_is_digit(*head))
			out[n++] = str_lower_char(*head);
	out[n] = '\0';
}

enum roster_field roster_field_by_head(const char *head, int *out_rank)
{
	char letters[NAME_ROOM];

	letters_of(head, letters);
	*out_rank = 0;
	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		if (!str_eq(letters, heads[i].head))
			continue;
		*out_rank = heads[i].rank;
		return heads[i].field;
	}
	return ROSTER_NOTHING;
}

static bool has_head(const struct roster *r, const char *letters)
{
	char mine[NAME_ROOM];

	for (size_t i = 0; i < r->column_count; i++) {
		letters_of(r->columns[i].head, mine);
		if (str_eq(mine, letters))
			return true;
	}
	return false;
}

static void name_program(struct roster *r)
{
	for (size_t i = 0; i < ARRAY_LEN(programs) && !r->program; i++) {
		bool all = true, one = !programs[i].one[0];

		for (size_t k = 0; k < ARRAY_LEN(programs[i].all); k++)
			all = all &&
			      (!programs[i].all[k] || has_head(r, programs[i].all[k]));
		for (size_t k = 0; all && !one && k < ARRAY_LEN(programs[i].one); k++)
			one = programs[i].one[k] && has_head(r, programs[i].one[k]);
		if (!all || !one)
			continue;
		r->program = programs[i].program;
		r->holds_contacts = programs[i].contacts;
	}
}

/* Of which one column is taken; of the others each that is filled. */
static bool is_single(enum roster_field field)
{
	return field != ROSTER_GIVEN_AT && field != ROSTER_TAGS && field != ROSTER_IP &&
	       field != ROSTER_SOURCE && field != ROSTER_UNSUBSCRIBED &&
	       field != ROSTER_BOUNCED && field != ROSTER_NOTHING &&
	       field != ROSTER_STATUS && field != ROSTER_CONFIRMED && field != ROSTER_MAY;
}

/* Two columns that have the very same name: which one is meant, nobody can tell. */
static void note_twice(struct roster *r)
{
	for (size_t i = 0; i < r->column_count && !r->twice; i++)
		for (size_t k = 0; k < i; k++)
			if (r->columns[i].field && r->columns[k].field &&
			    str_ieq(r->columns[i].head, r->columns[k].head))
				r->twice = r->columns[i].head;
}

/* What says who may be written to counts in each of its columns, and in any spelling. */
static void name_one(struct roster_column *column, int *out_rank)
{
	column->field = roster_field_by_head(column->head, out_rank);
	if (!column->field) {
		column->field = roster_standing_head(column->head);
		*out_rank = WEAK;
	}
	column->speaks = column->field == ROSTER_MAY || column->field == ROSTER_STATUS ||
			 column->field == ROSTER_CONFIRMED ||
			 column->field == ROSTER_UNSUBSCRIBED ||
			 column->field == ROSTER_BOUNCED;
}

void roster_columns_name(struct roster *r, struct arena *arena)
{
	int *ranks = arena_make(arena, int, r->column_count + 1);
	size_t weak_name = r->column_count;

	for (size_t i = 0; i < r->column_count; i++)
		name_one(&r->columns[i], &ranks[i]);
	note_twice(r);
	for (int f = ROSTER_ADDRESS; f < ROSTER_FIELDS; f++) {
		size_t best = r->column_count;

		if (!is_single((enum roster_field)f))
			continue;
		for (size_t i = 0; i < r->column_count; i++)
			if ((int)r->columns[i].field == f &&
			    (best == r->column_count || ranks[i] < ranks[best]))
				best = i;
		for (size_t i = 0; i < r->column_count; i++)
			if ((int)r->columns[i].field == f && i != best)
				r->columns[i].field = ROSTER_NOTHING;
		/* "Bloggs, Jo (jo@x.example)" beside the parts that it is made of. */
		if (f == ROSTER_NAME && best < r->column_count && ranks[best] == WEAK)
			weak_name = best;
	}
	if (weak_name < r->column_count &&
	    (roster_has(r, ROSTER_FIRST) || roster_has(r, ROSTER_LAST)))
		r->columns[weak_name].field = ROSTER_NOTHING;
	name_program(r);
}

void roster_columns_are(struct roster *r, struct arena *arena,
			const struct roster_column *columns, size_t count)
{
	r->columns = arena_memdup(arena, columns, count * sizeof(*columns));
	r->column_count = count;
}

void roster_use(struct roster *roster, size_t i, enum roster_field field)
{
	ASSERT(i < roster->column_count && field < ROSTER_FIELDS);
	roster->columns[i].field = field;
}

const char *roster_silenced(const struct roster *roster)
{
	for (size_t i = 0; i < roster->column_count; i++)
		if (roster->columns[i].speaks && !roster->columns[i].field)
			return roster->columns[i].head;
	return NULL;
}

bool roster_has(const struct roster *roster, enum roster_field field)
{
	for (size_t i = 0; i < roster->column_count; i++)
		if (roster->columns[i].field == field)
			return true;
	return false;
}
