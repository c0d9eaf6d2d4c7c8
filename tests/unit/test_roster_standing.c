#include "tests/unit/unit.h"

#include "base/str.h"
#include "roster/roster.h"

/*
 * Nobody who has refused becomes a subscriber, whatever their program calls it: heads in each
 * direction, in each spelling, with each word for it, in each kind of table.
 */
static const char *const in_favour[] = {"subscribed",
					"is subscribed",
					"active",
					"consent",
					"marketing consent",
					"email consent given",
					"opt in",
					"opted in",
					"email opt in",
					"permission",
					"marketing permission",
					"email marketing permission",
					"GDPR",
					"gdpr consent",
					"enabled",
					"email valid",
					"newsletter",
					"may contact",
					"can email",
					"accepts marketing",
					"email marketing",
					"mailing list",
					"agreed to receive emails"};
static const char *const against[] = {
	"unsubscribed",      "has unsubscribed",  "opt out",
	"opted out",         "email opt out",     "has opted out of email",
	"deleted",           "is deleted",        "removed",
	"suppressed",        "email suppressed",  "blocked",
	"blacklisted",       "do not email",      "do not contact",
	"do not mail",       "bounced",           "bounces",
	"hard bounce count", "cleaned",           "complained",
	"spam complaint",    "inactive",          "invalid email",
	"consent withdrawn", "not subscribed",    "no email",
	"unsubscribe date",  "declined marketing"};
static const char *const status_heads[] = {
	"status",       "state",          "subscription status",
	"email status", "contact status", "opt in status"};

static const char *const no_words[] = {"no",
				       "No",
				       "NO",
				       "n",
				       "false",
				       "FALSE",
				       "f",
				       "0",
				       "0.0",
				       "never",
				       "none",
				       "off",
				       "no thanks",
				       "No, thank you",
				       "not given",
				       "declined",
				       "refused",
				       "denied",
				       "withdrawn",
				       "revoked",
				       "unsubscribed",
				       "Opted Out",
				       "opt-out",
				       "optout",
				       "inactive",
				       "disabled",
				       "do not email",
				       "bounced",
				       "not subscribed",
				       "never again",
				       "no!"};
static const char *const yes_words[] = {"yes",        "Yes",
					"YES",        "y",
					"true",       "TRUE",
					"t",          "1",
					"x",          "X",
					"on",         "12",
					"1.0",        "checked",
					"2024-01-31", "2024-01-31 10:00:00",
					"31/01/2024", "unsubscribed",
					"opted out",  "do not email",
					"Yes please", "\xE2\x9C\x93",
					"hard",       "removed at request"};
static const char *const gone_words[] = {"unsubscribed",   "Unsubscribed",
					 "UNSUBSCRIBED",   "opted out",
					 "opt-out",        "optout",
					 "Opted_Out",      "bounced",
					 "cleaned",        "inactive",
					 "deleted",        "removed",
					 "blocked",        "blacklisted",
					 "suppressed",     "do not contact",
					 "do not email",   "complained",
					 "spam",           "withdrawn",
					 "declined",       "refused",
					 "left",           "non-subscribed",
					 "not subscribed", "no longer subscribed"};
static const char *const odd_words[] = {
	"maybe", "see file",   "Q3",        "2", "nein",
	"niet",  "n\xC3\xA3o", "ask first", "?", "yes but not by email",
	"--",    "N/A"};

enum spelling { AS_IT_IS, UNDERSCORES, DASHES, CAMEL, JOINED, UPPER, TITLED, SPELLINGS };

static const char *spelt(struct arena *a, const char *head, enum spelling how)
{
	char *out = arena_strdup(a, head), *to = out;
	bool first = true;

	for (const char *c = head; *c; c++) {
		if (*c == ' ') {
			first = true;
			if (how == UNDERSCORES || how == DASHES)
				*to++ = how == DASHES ? '-' : '_';
			else if (how != CAMEL && how != JOINED)
				*to++ = ' ';
			continue;
		}
		bool upper = how == UPPER ||
			     (first && (how == TITLED || (how == CAMEL && c > head)));

		*to++ = upper && *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
		first = false;
	}
	*to = '\0';
	return out;
}

/* Commas, semicolons, tabs; the column first, last, in the midst of others. */
enum { SHAPES = 6 };

static const char *table_of(struct arena *a, const char *head, const char *cell,
			    int shape)
{
	static const char *const parts[] = {",", ";", "\t"};
	const char *p = parts[shape % 3];

	return shape < 3 ? arena_printf(a, "Email%s\"%s\"\njo@x.example%s\"%s\"\n", p,
					head, p, cell)
			 : arena_printf(a,
					"\"%s\"%sName%sE-mail address%sTown\r\n"
					"\"%s\"%sJo%sjo@x.example%sPerth\r\n",
					head, p, p, p, cell, p, p, p);
}

static bool joins(const char *text)
{
	AUTO(arena) a = arena_new(4096);
	struct roster_reader reader;
	struct roster_person person;
	struct roster_fault fault;
	struct roster_row row;
	struct err err = {0};
	struct roster r;
	bool any = false;

	if (!roster_open(a, text, strlen(text), &r, &err))
		ck_abort_msg("%s: %s", text, err.text);
	for (roster_begin(&r, &reader); roster_next(&reader, a, &row);)
		any = (roster_person_of(&r, a, &row, "Europe/London", &person, &fault) &&
		       person.state == ROSTER_SUBSCRIBED) ||
		      any;
	return any;
}

struct words {
	const char *const *items;
	size_t count;
};
#define WORDS(list)                   \
	{                             \
		list, ARRAY_LEN(list) \
	}

static const struct {
	const char *name;
	struct words heads, cells;
	bool joins;
} cases[] = {
	{"a no under what speaks for it", WORDS(in_favour), WORDS(no_words), false},
	{"what nobody understands under what speaks for it", WORDS(in_favour),
	 WORDS(odd_words), false},
	{"a yes under what speaks against it", WORDS(against), WORDS(yes_words), false},
	{"a word for a refusal under a status", WORDS(status_heads), WORDS(gone_words),
	 false},
	{"a refusal under what speaks for it", WORDS(in_favour), WORDS(gone_words),
	 false},
	{"a refusal under what speaks against it", WORDS(against), WORDS(gone_words),
	 false},
};

START_TEST(who_has_refused_never_joins)
{
	size_t wrong = 0, tried = 0;
	AUTO(buf) told = buf_new(100000);

	for (size_t h = 0; h < cases[_i].heads.count; h++)
		for (int s = 0; s < SPELLINGS; s++)
			for (size_t c = 0; c < cases[_i].cells.count; c++)
				for (int shape = 0; shape < SHAPES; shape++) {
					AUTO(arena) a = arena_new(1024);
					const char *text = table_of(
						a,
						spelt(a, cases[_i].heads.items[h],
						      (enum spelling)s),
						cases[_i].cells.items[c], shape);

					tried++;
					if (!joins(text))
						continue;
					if (wrong++ < 40)
						buf_printf(told, "%s\n", text);
				}
	ck_assert_msg(!wrong, "%s: %zu of %zu joined:\n%s", cases[_i].name, wrong, tried,
		      buf_text(told));
}
END_TEST

static const struct {
	const char *const *heads;
	size_t count;
	const char *cell;
} willing[] = {
	{in_favour, ARRAY_LEN(in_favour), "yes"},
	{in_favour, ARRAY_LEN(in_favour), "1"},
	{in_favour, ARRAY_LEN(in_favour), "TRUE"},
	{in_favour, ARRAY_LEN(in_favour), "Opted in"},
	{in_favour, ARRAY_LEN(in_favour), "2024-01-31"},
	{against, ARRAY_LEN(against), "no"},
	{against, ARRAY_LEN(against), "0"},
	{against, ARRAY_LEN(against), "FALSE"},
	{against, ARRAY_LEN(against), ""},
	{status_heads, ARRAY_LEN(status_heads), "active"},
	{status_heads, ARRAY_LEN(status_heads), "Subscribed"},
	{status_heads, ARRAY_LEN(status_heads), "opted in"},
};

START_TEST(who_has_not_refused_joins)
{
	for (size_t h = 0; h < willing[_i].count; h++)
		for (int s = 0; s < SPELLINGS; s++) {
			AUTO(arena) a = arena_new(1024);
			const char *text = table_of(
				a, spelt(a, willing[_i].heads[h], (enum spelling)s),
				willing[_i].cell, SHAPES - 1);

			ck_assert_msg(joins(text), "did not join:\n%s", text);
		}
}
END_TEST

/* Where it stands in no column that is made for it. */
static const char *const in_passing[] = {
	"email,notes\njo@x.example,has asked to be removed\n",
	"email,comment\njo@x.example,\"met 2020; do not email, ever\"\n",
	"email,name\njo@x.example,Jo (unsubscribed)\n",
	"email,tags\njo@x.example,\"Care, Unsubscribed\"\n",
	"email,first name,x\njo@x.example,Jo,opted out\n",
	"jo@x.example,Jo,unsubscribed\n",
	"jo@x.example,unsubscribed\n",
	"email,consent,consent date\njo@x.example,,no\n",
	"email,status,email status\njo@x.example,active,unsubscribed\n",
	"email,consent,marketing\njo@x.example,yes,no\n",
	"email,opt in date,opt in\njo@x.example,2024-01-31,no\n",
	"email,county,state\njo@x.example,Fife,unsubscribed\n",
	"BEGIN:VCARD\nVERSION:3.0\nFN:A\nEMAIL:jo@x.example\nNOTE:do not email\nEND:VCARD\n",
	"BEGIN:VCARD\nVERSION:3.0\nFN:A\nNOTE:met in May; please do not\n  contact\n"
	"EMAIL:jo@x.example\nEND:VCARD\n",
	"BEGIN:VCARD\nVERSION:3.0\nFN:A\nEMAIL:jo@x.example\nCATEGORIES:Unsubscribed\n"
	"END:VCARD\n",
	"email jo@x.example\nsuspend 1\n\n",
	"\"Jo (opted out)\" <jo@x.example>\n",
	/* headings */
	"Unsubscribed:\njo@x.example\nal@x.example\n",
	"# bounced addresses\njo@x.example\n",
	"Opt-outs\njo@x.example\n",
	"Do not email\njo@x.example; al@x.example\n",
	"Suppression list\nEmail,Name\njo@x.example,Jo\n",
	"Unsubscribed contacts,,\n,,\nEmail,Name,Town\njo@x.example,Jo,Perth\n",
	"Unsubscribed\njo@x.example\n",
	"unsubscribed emails\njo@x.example\n",
};

START_TEST(refusal_in_passing_is_seen)
{
	ck_assert_msg(!joins(in_passing[_i]), "joined:\n%s", in_passing[_i]);
}
END_TEST

static const struct {
	const char *file;
	enum roster_people people;
} names[] = {
	{"unsubscribed.csv", ROSTER_PEOPLE_LEFT},
	{"unsubscribed_segment_export_12.csv", ROSTER_PEOPLE_LEFT},
	{"Suppression-List.csv", ROSTER_PEOPLE_LEFT},
	{"opt outs 2026.csv", ROSTER_PEOPLE_LEFT},
	{"OptOuts.csv", ROSTER_PEOPLE_LEFT},
	{"do-not-email.txt", ROSTER_PEOPLE_LEFT},
	{"cleaned_members_export.csv", ROSTER_PEOPLE_BOUNCED},
	{"hard_bounces.csv", ROSTER_PEOPLE_BOUNCED},
	{"bounced.txt", ROSTER_PEOPLE_BOUNCED},
	{"spam-complaints.csv", ROSTER_PEOPLE_LEFT},
	{"subscribers.csv", ROSTER_PEOPLE_SUBSCRIBERS},
	{"Policy team contacts.csv", ROSTER_PEOPLE_SUBSCRIBERS},
	{"subscribed_segment_export.csv", ROSTER_PEOPLE_SUBSCRIBERS},
};

START_TEST(name_of_a_file_says_who_is_in_it)
{
	static const char text[] = "email,name\njo@x.example,Jo\n";
	AUTO(arena) a = arena_new(1024);
	struct roster_reader reader;
	struct roster_person person;
	struct roster_fault fault;
	struct roster_row row;
	struct err err = {0};
	struct roster r;

	ck_assert(roster_open(a, text, strlen(text), &r, &err));
	roster_called(&r, a, names[_i].file);
	ck_assert_msg(r.people == names[_i].people, "%s", names[_i].file);
	ck_assert_int_eq(r.refusing != NULL, r.people != ROSTER_PEOPLE_SUBSCRIBERS);
	roster_begin(&r, &reader);
	ck_assert(roster_next(&reader, a, &row));
	ck_assert(roster_person_of(&r, a, &row, "UTC", &person, &fault));
	ck_assert_int_eq(person.state,
			 r.people == ROSTER_PEOPLE_LEFT      ? ROSTER_HAS_UNSUBSCRIBED
			 : r.people == ROSTER_PEOPLE_BOUNCED ? ROSTER_HAS_BOUNCED
							     : ROSTER_SUBSCRIBED);
	/* A person knows better. */
	r.people = ROSTER_PEOPLE_SUBSCRIBERS;
	ck_assert(roster_person_of(&r, a, &row, "UTC", &person, &fault));
	ck_assert_int_eq(person.state, ROSTER_SUBSCRIBED);
}
END_TEST

/* What says who may be written to is not left out unasked. */
START_TEST(column_that_speaks_is_left_out_knowingly)
{
	static const char text[] = "email,consent\njo@x.example,no\n";
	AUTO(arena) a = arena_new(1024);
	struct roster_reader reader;
	struct roster_person person;
	struct roster_fault fault;
	struct roster_row row;
	struct err err = {0};
	struct roster r;

	ck_assert(roster_open(a, text, strlen(text), &r, &err));
	ck_assert_int_eq(r.columns[1].field, ROSTER_MAY);
	ck_assert_ptr_null(roster_silenced(&r));
	for (int f = ROSTER_NOTHING; f < ROSTER_FIELDS; f++) {
		bool joined;

		if (f == ROSTER_ADDRESS || f == ROSTER_STATUS)
			continue;
		roster_use(&r, 1, (enum roster_field)f);
		roster_begin(&r, &reader);
		ck_assert(roster_next(&reader, a, &row));
		joined = roster_person_of(&r, a, &row, "UTC", &person, &fault) &&
			 person.state == ROSTER_SUBSCRIBED;
		if (f == ROSTER_NOTHING)
			ck_assert_str_eq(roster_silenced(&r), "consent");
		if (f == ROSTER_WAIVED)
			ck_assert(joined);
		else if (f == ROSTER_NOTHING)
			ck_assert(!joined);
	}
}
END_TEST

static const char *const of_other_things[] = {
	"email,State\njo@x.example,California\n",
	"email,Postal address,Phone valid\njo@x.example,1 High Street,no\n",
	"email,SMS opt in\njo@x.example,no\n",
	"email,Marital status\njo@x.example,single\n",
	"email,unsubscribe link\njo@x.example,https://x.example/u/1\n",
	"email,Last active,Activity\njo@x.example,3 days ago,none\n",
	"email,Optin source,consent text\njo@x.example,web form,I agree\n",
	"email,notes\njo@x.example,prefers long emails\n",
};

START_TEST(other_columns_keep_nobody_off)
{
	ck_assert_msg(joins(of_other_things[_i]), "did not join:\n%s",
		      of_other_things[_i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("roster standing");
	TCase *tc = tcase_create("roster standing");

	suite_add_tcase(suite, tc);
	UNIT_TABLE(tc, who_has_refused_never_joins, cases);
	UNIT_TABLE(tc, who_has_not_refused_joins, willing);
	UNIT_TABLE(tc, refusal_in_passing_is_seen, in_passing);
	UNIT_TABLE(tc, name_of_a_file_says_who_is_in_it, names);
	UNIT_TABLE(tc, other_columns_keep_nobody_off, of_other_things);
	tcase_add_test(tc, column_that_speaks_is_left_out_knowingly);
	return unit_main_together(suite);
}
