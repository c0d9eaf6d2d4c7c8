#include "tests/unit/unit.h"

#include "base/clock.h"
#include "base/str.h"
#include "roster/roster.h"

#include <sys/resource.h>

/*
 * Each person as "line:address name", then what else was said: =state ~frequency @day #topics
 * %tags $basis &source; a row that is wrong as "line!why"; all parted by " / ".
 */
static void put_person(struct buf *to, const struct roster_row *row,
		       const struct roster_person *p)
{
	static const char *const states[] = {"", "left", "bounced", "other"};
	char day[CLOCK_TEXT];

	buf_printf(to, "%d:%s", row->line, p->address);
	if (p->name)
		buf_printf(to, " %s", p->name);
	if (p->is_team)
		buf_str(to, " (team)");
	if (p->state != ROSTER_SUBSCRIBED)
		buf_printf(to, " =%s", states[p->state]);
	if (p->frequency)
		buf_printf(to, " ~%s", p->frequency);
	if (p->given_at) {
		clock_day(p->given_at, "Europe/London", day);
		buf_printf(to, " @%s", day);
	}
	if (*p->topics)
		buf_printf(to, " #%s", p->topics);
	if (*p->tags)
		buf_printf(to, " %%%s", p->tags);
	if (*p->basis)
		buf_printf(to, " $%s", p->basis);
	if (*p->source || *p->ip)
		buf_printf(to, " &%s%s", p->source, p->ip);
}

static void put_all(struct buf *to, const struct roster *r)
{
	AUTO(arena) a = arena_new(4096);
	struct roster_reader reader;
	struct roster_row row;

	for (roster_begin(r, &reader); roster_next(&reader, a, &row);) {
		struct roster_person person;
		struct roster_fault fault;

		if (to->len)
			buf_str(to, " / ");
		if (roster_person_of(r, a, &row, "Europe/London", &person, &fault))
			put_person(to, &row, &person);
		else
			buf_printf(to, "%d!%s", row.line, fault.why);
		arena_reset(a); /* a row lasts until the next one */
	}
}

#define PLAIN "addresses, pasted or one a line"

static const struct {
	const char *name, *text, *words, *want;
} files[] = {
	/* Addresses */
	{"one a line", "jo@x.example\nal@x.example\n", PLAIN,
	 "1:jo@x.example / 2:al@x.example"},
	{"list_members -f of Mailman",
	 "Jo Bloggs <jo@x.example>\nal@x.example\n\"Reed, Bo\" <bo@x.example>\n", PLAIN,
	 "1:jo@x.example Jo Bloggs / 2:al@x.example / 3:bo@x.example Reed, Bo"},
	{"a name in letters of its own, as Mailman 3 prints it",
	 "=?utf-8?q?Jos=C3=A9?= <jose@x.example>\n", PLAIN,
	 "1:jose@x.example Jos\xC3\xA9"},
	{"pasted with commas", "jo@x.example, Al <al@x.example>,\n bo@x.example", PLAIN,
	 "1:jo@x.example / 1:al@x.example Al / 2:bo@x.example"},
	{"pasted from Outlook, surname first",
	 "Bloggs, Jo <jo@x.example>; Reed, Bo <bo@x.example>", PLAIN,
	 "1:jo@x.example Bloggs, Jo / 1:bo@x.example Reed, Bo"},
	{"surname first and no other sign", "Bloggs, Jo <jo@x.example>\n", PLAIN,
	 "1:jo@x.example Bloggs, Jo"},
	{"a line that is no address", "jo@x.example\nmembers: 1\nal@x.example\n", PLAIN,
	 "1:jo@x.example / 2!\"members: 1\" is no email address: there is a space in it / "
	 "3:al@x.example"},
	{"semicolons at the ends", "jo@x.example;\nal@x.example;\n", PLAIN,
	 "1:jo@x.example / 2:al@x.example"},
	{"CR alone", "jo@x.example\ral@x.example\r", PLAIN,
	 "1:jo@x.example / 2:al@x.example"},
	/* Shapes of tables */
	{"mark, CRLF",
	 "\xEF\xBB\xBF"
	 "Email,Name\r\njo@x.example,Jo\r\n",
	 "a table of 2 columns, separated by commas", "2:jo@x.example Jo"},
	{"semicolons", "E-mail address;Full name\njo@x.example;\"Bloggs; Jo\"\n",
	 "a table of 2 columns, separated by semicolons", "2:jo@x.example Bloggs; Jo"},
	{"tabs", "email address\tOrganisation\njo@x.example\tThe Hall\n",
	 "a table of 2 columns, separated by tabs", "2:jo@x.example The Hall"},
	{"bars", "Subscriber|First name|Surname\njo@x.example|Jo|Bloggs\n",
	 "a table of 3 columns, separated by bars", "2:jo@x.example Jo Bloggs"},
	{"sep=", "sep=;\r\nemail;name\r\njo@x.example;Jo, of the hall\r\n", NULL,
	 "3:jo@x.example Jo, of the hall"},
	{"one column", "Email\njo@x.example\n",
	 "a table of 1 column, separated by commas", "2:jo@x.example"},
	{"names of columns that nobody knows", "Courriel;Nom\njo@x.example;Jo\n", NULL,
	 "2:jo@x.example"},
	{"no first line", "Jo Bloggs,jo@x.example,12\nAl,al@x.example,3\n",
	 "a table of 3 columns, separated by commas, without a line that names them",
	 "1:jo@x.example Jo Bloggs / 2:al@x.example Al"},
	{"blank rows, trailing commas, padded names",
	 " Email , Name ,,\njo@x.example, Jo ,,\n,,,,\n\n , ,\nal@x.example,Al\n", NULL,
	 "2:jo@x.example Jo / 6:al@x.example Al"},
	{"a line end in a cell",
	 "email,name\njo@x.example,\"Jo\nBloggs\"\nal@x.example,Al\n", NULL,
	 "2:jo@x.example Jo\nBloggs / 4:al@x.example Al"},
	{"a row that is too long",
	 "email,name\njo@x.example,Bloggs, Jo\nal@x.example,Al\n", NULL,
	 "2!has 3 cells, where there are 2 columns; a cell with \",\" in it must stand in "
	 "quotes / 3:al@x.example Al"},
	{"a quote left open", "email,name\njo@x.example,\"Jo\nal@x.example,Al\n", NULL,
	 "2!a quote is opened and never closed / 3:al@x.example Al"},
	{"a quote inside", "email,name\njo@x.example,Jo \"Jim\" Bloggs\n", NULL,
	 "2:jo@x.example Jo \"Jim\" Bloggs"},
	{"Windows-1252", "email,name\njo@x.example,Jos\xE9\n",
	 "a table of 2 columns, separated by commas, in Windows-1252",
	 "2:jo@x.example Jos\xC3\xA9"},
	{"a control character", "email,name\njo@x.example,J\x01o\nal@x.example,Al\n",
	 NULL,
	 "2!has a letter that could not be read: \"J\xEF\xBF\xBDo\" / 3:al@x.example Al"},
	{"a title above the columns",
	 "Subscriber report\nMade on 30 November 2026, 14:00\n\nEmail;Name\njo@x.example;Jo\n",
	 "a table of 2 columns, separated by semicolons", "5:jo@x.example Jo"},
	{"a title that could be a column", "Contacts\n\nEmail,Name\njo@x.example,Jo\n",
	 NULL, "4:jo@x.example Jo"},
	{"nothing but the first line", "email,name\n", NULL, ""},
	/* What the cells say */
	{"an address among other things",
	 "email\nJo <jo@x.example>\nmailto:al@x.example\n<bo@x.example>\n'cy@x.example'\n"
	 "di@x.example.\nfa\xC2\xADy@x.ex\xE2\x80\x8B"
	 "ample\n\xC2\xA0"
	 "ed@x.example\xE2\x80\x8B\n",
	 NULL,
	 "2:jo@x.example Jo / 3:al@x.example / 4:bo@x.example / 5:cy@x.example / "
	 "6:di@x.example / 7:fay@x.example / 8:ed@x.example"},
	{"a name that is an address, and one with an @",
	 "email,name\na@x.example,a@x.example\n"
	 "b@x.example,Bo @ the hall\n",
	 NULL, "2:a@x.example / 3:b@x.example Bo @ the hall"},
	{"an address and a name without its brackets", "email;x\nal@x.example,Al;\n",
	 NULL,
	 "2!\"al@x.example,Al\" is no email address: there is a character in the domain that no "
	 "domain has"},
	{"two addresses, nobody, a team",
	 "email,name\njo@x.example; al@x.example,Jo\nno-reply@x.example,\n"
	 "info@x.example,The Hall\n,Jo\n",
	 NULL,
	 "2!two addresses in one place: \"jo@x.example; al@x.example\"; give each a line of "
	 "its own / 3!nobody reads what is sent to no-reply@x.example / "
	 "4:info@x.example The Hall (team) / 5!the address is missing"},
	{"days",
	 "email,given_at\na@x.example,46355\nb@x.example,28/11/2025\n"
	 "c@x.example,2025-11-28\nd@x.example,28 Nov 2025\ne@x.example,"
	 "2025-11-28 10:02:33\nf@x.example,28-Nov-25\ng@x.example,3/4/2025\n"
	 "h@x.example,1764324000\ni@x.example,2025-11-28T10:02:33Z\n",
	 NULL,
	 "2:a@x.example @2026-11-29 / 3:b@x.example @2025-11-28 / 4:c@x.example @2025-11-28 / "
	 "5:d@x.example @2025-11-28 / 6:e@x.example @2025-11-28 / 7:f@x.example @2025-11-28 / "
	 "8:g@x.example @2025-04-03 / 9:h@x.example @2025-11-28 / 10:i@x.example "
	 "@2025-11-28"},
	{"the month first",
	 "email,date added\na@x.example,11/28/25 10:02\n"
	 "b@x.example,3/4/2025\nc@x.example,\"Nov 28, 2025\"\n",
	 NULL,
	 "2:a@x.example @2025-11-28 / 3:b@x.example @2025-03-04 / 4:c@x.example "
	 "@2025-11-28"},
	{"both ways: what could be two days is neither",
	 "email,date added\na@x.example,11/28/25\nb@x.example,28/11/2025\n"
	 "c@x.example,3/4/2025\nd@x.example,4/4/2025\ne@x.example,soon\n",
	 NULL,
	 "2:a@x.example @2025-11-28 / 3:b@x.example @2025-11-28 / "
	 "4!\"3/4/2025\" is no day, or could be two; write it as 2026-11-30 / "
	 "5:d@x.example @2025-04-04 / "
	 "6!\"soon\" is no day, or could be two; write it as 2026-11-30"},
	{"how often, topics, where from",
	 "email,frequency,topics,source,IP\na@x.example,Weekly,care;schools,web form,\n"
	 "b@x.example,now and then,,,\nc@x.example,,,,192.0.2.7\nd@x.example,never,,,\n",
	 NULL,
	 "2:a@x.example ~weekly #care;schools &web form / "
	 "3!how often \"now and then\" is, is not known: each, weekly or monthly / "
	 "4:c@x.example &192.0.2.7 / 5:d@x.example =other"},
	{"a part of a country is no status", "email,state\na@x.example,CA\n", NULL,
	 "2:a@x.example"},
	{"a status", "email,state\na@x.example,active\nb@x.example,unsubscribed\n", NULL,
	 "2:a@x.example / 3:b@x.example =left"},
	/* Programs */
	{"Mailchimp",
	 "\"Email Address\",\"First Name\",\"Last Name\",Address,MEMBER_RATING,OPTIN_TIME,"
	 "OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LAST_CHANGED,LEID,EUID,NOTES,TAGS\n"
	 "jo@x.example,Jo,Bloggs,\"1 High Street\",2,,,\"2024-02-03 10:00:00\",192.0.2.7,"
	 "\"2025-01-01 09:00:00\",1,a1,,\"\"\"Care\"\",\"\"VIP\"\"\"\n",
	 "an export of Mailchimp: a table of 14 columns, separated by commas",
	 "2:jo@x.example Jo Bloggs @2024-02-03 %\"Care\",\"VIP\" &192.0.2.7"},
	{"those who unsubscribed at Mailchimp",
	 "Email Address,First Name,MEMBER_RATING,OPTIN_TIME,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,"
	 "UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,LEID,EUID\n"
	 "jo@x.example,Jo,2,2024-02-01 09:00:00,2024-02-03 10:00:00,May,c1,NORMAL,,1,a\n",
	 NULL, "2:jo@x.example Jo =left @2024-02-01"},
	{"those whose mail came back at Mailchimp",
	 "Email Address,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,LEID,EUID\n"
	 "jo@x.example,2024-02-03 10:00:00,May,c1,1,a\n",
	 NULL, "2:jo@x.example =bounced"},
	{"listmonk",
	 "uuid,email,name,attributes,status,created_at,updated_at\n"
	 "1,jo@x.example,Jo,\"{\"\"city\"\": \"\"Perth\"\"}\",enabled,"
	 "2024-02-03 10:00:00+00,2024-02-03 10:00:00+00\n"
	 "2,al@x.example,Al,{},blocklisted,,\n3,bo@x.example,Bo,{},disabled,,\n",
	 "an export of listmonk: a table of 7 columns, separated by commas",
	 "2:jo@x.example Jo @2024-02-03 / 3:al@x.example Al =left / 4:bo@x.example Bo =other"},
	{"phpList",
	 "id\tEmail\tIs this user confirmed\tIs this user blacklisted\tEntered\tname\t"
	 "List Membership\n1\tjo@x.example\t1\t0\t2024-02-03 10:00:00\tJo\tCare \n"
	 "2\tal@x.example\t0\t0\t\tAl\tNo Lists\n3\tbo@x.example\t1\t1\t\tBo\tCare \n",
	 "an export of phpList: a table of 7 columns, separated by tabs",
	 "2:jo@x.example Jo @2024-02-03 %Care / 3:al@x.example Al =other %No Lists / "
	 "4:bo@x.example Bo =left %Care"},
	{"govDelivery", "Destination,First Name\njo@x.example,Jo\n",
	 "an export of govDelivery: a table of 2 columns, separated by commas",
	 "2:jo@x.example Jo"},
	{"govDelivery, its table of a topic",
	 "Contact,Origin,Location,Location Type,Subscription Created\n"
	 "jo@x.example,Direct,Perth,Postcode,02/03/2024\n",
	 NULL, "2:jo@x.example @2024-03-02 &Direct"},
	{"Outlook",
	 "Title,First Name,Middle Name,Last Name,Suffix,Company,E-mail Address,E-mail Type,"
	 "E-mail Display Name,E-mail 2 Address,Categories\n"
	 ",Jo,,Bloggs,,The Hall,jo@x.example,SMTP,Jo Bloggs (jo@x.example),jo@y.example,"
	 "Care;Press\n",
	 "an export of Outlook: a table of 11 columns, separated by commas",
	 "2:jo@x.example Jo Bloggs %Care;Press"},
	{"Sympa",
	 "date 1706954400\nemail jo@x.example\ngecos Jo Bloggs\nreception digest\n"
	 "subscribed 1\nvisibility noconceal\n\nemail al@x.example\nreception nomail\n\n",
	 "an export of Sympa: the dump of a list",
	 "1:jo@x.example Jo Bloggs ~weekly @2024-02-03 / 8:al@x.example =other"},
	{"vCard 3.0, folded, in a group",
	 "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Bloggs;Jo;;;\r\nFN:Jo Blo\r\n ggs\r\n"
	 "ORG:The Hall\\, Perth;Care\r\nitem1.EMAIL;TYPE=INTERNET,HOME:jo@home.example\r\n"
	 "EMAIL;TYPE=INTERNET,PREF:jo@x.example\r\nCATEGORIES:Care,Press\r\nEND:VCARD\r\n"
	 "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:No Mail\r\nEND:VCARD\r\n",
	 "vCards", "1:jo@x.example Jo Bloggs %Care,Press / 11!the address is missing"},
	{"vCard 2.1, quoted-printable",
	 "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jos=C3=A9 =\n"
	 "Bloggs\nEMAIL;INTERNET:jose@x.example\nEND:VCARD\n",
	 NULL, "1:jose@x.example Jos\xC3\xA9 Bloggs"},
	{"vCard 4.0",
	 "BEGIN:VCARD\nVERSION:4.0\nN:Bloggs;Jo;;;\n"
	 "EMAIL;TYPE=work:jo@x.example\nEND:VCARD\n",
	 NULL, "1:jo@x.example Jo Bloggs"},
};

START_TEST(file_is_understood)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) got = buf_new(20000);
	struct err err = {0};
	struct roster r;

	ck_assert_msg(roster_open(a, files[_i].text, strlen(files[_i].text), &r, &err),
		      "%s: %s", files[_i].name, err.text);
	put_all(got, &r);
	ck_assert_msg(str_eq(buf_text(got), files[_i].want), "%s:\n got %s\nwant %s",
		      files[_i].name, buf_text(got), files[_i].want);
	if (files[_i].words)
		ck_assert_msg(str_eq(roster_words(&r, a), files[_i].words),
			      "%s: said \"%s\"", files[_i].name, roster_words(&r, a));
}
END_TEST

static const struct {
	const char *name, *bytes;
	size_t len;
} wide[] = {
	{"UTF-16 little end first",
	 "\xFF\xFE"
	 "e\0m\0a\0i\0l\0\t\0n\0\n\0a\0@\0x\0.\0y\0\t\0\xE9\0",
	 32},
	{"UTF-16 big end first",
	 "\xFE\xFF"
	 "\0e\0m\0a\0i\0l\0\t\0n\0\n\0a\0@\0x\0.\0y\0\t\0\xE9",
	 32},
	{"UTF-16 without its mark", "e\0m\0a\0i\0l\0\t\0n\0\n\0a\0@\0x\0.\0y\0\t\0\xE9\0",
	 30},
};

START_TEST(wide_letters_are_read)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) got = buf_new(2000);
	struct err err = {0};
	struct roster r;

	ck_assert_msg(roster_open(a, wide[_i].bytes, wide[_i].len, &r, &err), "%s: %s",
		      wide[_i].name, err.text);
	put_all(got, &r);
	ck_assert_msg(str_eq(buf_text(got), "2:a@x.y"), "%s: got %s", wide[_i].name,
		      buf_text(got));
	ck_assert_str_eq(r.charset, "UTF-16");
}
END_TEST

static const char *const nothing[] = {
	"", " \r\n\t\n", "\xEF\xBB\xBF", "Jo Bloggs\nAl Reed\n", "a,b\n1,2\n", "sep=;\n"};

START_TEST(file_without_an_address_is_refused)
{
	AUTO(arena) a = arena_new(4096);
	struct err err = {0};
	struct roster r;

	ck_assert(!roster_open(a, nothing[_i], strlen(nothing[_i]), &r, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

#define BYTES(text) (text), sizeof(text) - 1
static const struct {
	const char *bytes;
	size_t len;
	const char *says;
} others[] = {
	{BYTES("PK\3\4..[Content_Types].xml a@x.example"), "save it there as CSV"},
	{BYTES("PK\3\4..subscribed.csv a@x.example"),
	 "open it, and choose the file in it"},
	{BYTES("\xD0\xCF\x11\xE0 a@x.example"), "save it there as CSV"},
	{BYTES("%PDF-1.4 a@x.example"), "this is a PDF"},
	{BYTES("\x80\2}q\1(U\7members}q\2U\13a@x.example\1\2\3\4\5\6\7"),
	 "this is no text"},
};

START_TEST(what_is_no_text_is_refused_with_what_to_do)
{
	AUTO(arena) a = arena_new(4096);
	struct err err = {0};
	struct roster r;

	ck_assert(!roster_open(a, others[_i].bytes, others[_i].len, &r, &err));
	ck_assert_msg(strstr(err.text, others[_i].says), "%s", err.text);
}
END_TEST

START_TEST(two_columns_of_one_name_are_told)
{
	static const char text[] = "address,address,name\na@x.example,b@x.example,A\n";
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) got = buf_new(2000);
	struct err err = {0};
	struct roster r;

	ck_assert(roster_open(a, text, strlen(text), &r, &err));
	ck_assert_str_eq(r.twice, "address");
	roster_use(&r, 0, ROSTER_NOTHING);
	roster_use(&r, 1, ROSTER_ADDRESS);
	put_all(got, &r);
	ck_assert_str_eq(buf_text(got), "2:b@x.example A");
}
END_TEST

START_TEST(row_is_put_right)
{
	static const char text[] =
		"email,name\njo@x.example,Bloggs, Jo\nal@x.example,Al\nnobody\n";
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) got = buf_new(2000);
	struct err err = {0};
	struct roster r;

	ck_assert(roster_open(a, text, strlen(text), &r, &err));
	ck_assert(roster_edits_read(
		&r, a,
		"3,bo@x.example,Bo\n1,jo@x.example,x\n1,jo@x.example,\"Bloggs, Jo\"\n",
		&err));
	put_all(got, &r);
	ck_assert_str_eq(buf_text(got), "2:jo@x.example Bloggs, Jo / 3:al@x.example Al / "
					"4:bo@x.example Bo");
	ck_assert(!roster_edits_read(&r, a, "x,y\n", &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	err = (struct err){0};
	ck_assert(!roster_edits_read(&r, a, "1,\"y\n", &err));
}
END_TEST

START_TEST(words_of_a_cell_are_parted)
{
	AUTO(arena) a = arena_new(4096);
	const char *const *words;

	ck_assert_uint_eq(roster_words_of(a, "\"Care\",\"Early years\"; Press |", &words),
			  3);
	ck_assert_str_eq(words[0], "Care");
	ck_assert_str_eq(words[1], "Early years");
	ck_assert_str_eq(words[2], "Press");
	ck_assert_uint_eq(roster_words_of(a, "", &words), 0);
}
END_TEST

START_TEST(each_field_has_its_name_and_title)
{
	for (int f = 0; f < ROSTER_FIELDS; f++) {
		enum roster_field back;

		ck_assert(
			roster_field_of(roster_field_name((enum roster_field)f), &back));
		ck_assert_int_eq(back, f);
		ck_assert(*roster_field_title((enum roster_field)f));
	}
	ck_assert(!roster_field_of("shoe size", &(enum roster_field){0}));
}
END_TEST

/* A list of a million is read while one waits: the cost of a row does not grow. */
START_TEST(cost_of_a_row_is_flat)
{
	enum { FEW = 2000, MANY = 40000 };
	int64_t us[2];

	for (int k = 0; k < 2; k++) {
		AUTO(arena) a = arena_new(4096);
		AUTO(arena) rows = arena_new(4096);
		AUTO(buf) text = buf_new(1 << 24);
		int count = k ? MANY : FEW;
		struct roster_reader reader;
		struct roster_row row;
		struct err err = {0};
		struct roster r;
		int64_t n = 0;

		buf_str(text, "email,name\n");
		for (int i = 0; i < count; i++)
			buf_printf(text, "a%d@x.example,%sName %d\n", i,
				   i % 9 ? "" : "\"", i);
		us[k] = unit_own_us();
		ck_assert(roster_open(a, buf_text(text), text->len, &r, &err));
		for (roster_begin(&r, &reader); roster_next(&reader, rows, &row); n++)
			arena_reset(rows);
		us[k] = (unit_own_us() - us[k]) * 1000 / count;
		ck_assert_int_eq(n, count);
	}
	ck_assert_msg(us[1] < 4 * us[0] + 4000, "%d ns a row, then %d", (int)us[0],
		      (int)us[1]);
}
END_TEST

static int64_t resident_kb(void)
{
	struct rusage use;

	ck_assert_int_eq(getrusage(RUSAGE_SELF, &use), 0);
	return use.ru_maxrss;
}

/* What holds no rows costs neither memory nor time, however it is filled up. */
static const struct {
	const char *head, *row;
	int count;
	bool opens;
} hollow[] = {
	{"", ";\n", 1 << 20, false},
	{"", "\"\";\"\"\n", 1 << 19, false},
	{"", ",,,,,,,,\n", 1 << 18, false},
	{"jo@x.example;Jo\n", ";\n", 1 << 20, true},
	{"email;name\njo@x.example;Jo\n", ";\n", 1 << 20, true},
	{"email;name\n", ";;;;;;;;;;;;;;;;;;;;\n", 1 << 17, false},
};

#ifdef MERCAT_SANITIZED /* what was freed is kept for a while */
enum { MORE_KB = 400000 };
#else
enum { MORE_KB = 20000 };
#endif

START_TEST(empty_rows_cost_nothing)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(arena) rows = arena_new(4096);
	AUTO(buf) text = buf_new(1 << 24);
	int64_t before, n = 0;
	struct roster_reader reader;
	struct roster_row row;
	struct err err = {0};
	struct roster r;
	bool opens;

	buf_str(text, hollow[_i].head);
	for (int i = 0; i < hollow[_i].count; i++)
		buf_str(text, hollow[_i].row);
	before = resident_kb();
	opens = roster_open(a, buf_text(text), text->len, &r, &err);
	ck_assert_msg(opens == hollow[_i].opens, "%s", err.text);
	if (opens)
		for (roster_begin(&r, &reader); roster_next(&reader, rows, &row); n++)
			arena_reset(rows);
	ck_assert_int_eq(n, opens);
	ck_assert_msg(resident_kb() - before < MORE_KB, "%d kB more",
		      (int)(resident_kb() - before));
}
END_TEST

/* An address of millions of letters is told of at once: what it costs grows as it does. */
START_TEST(cost_of_an_address_grows_as_it_does)
{
	enum { SHORT = 1 << 17 };
	int64_t us[2];

	for (int k = 0; k < 2; k++) {
		AUTO(arena) a = arena_new(4096);
		size_t len = k ? 8 * SHORT : SHORT;
		char *text = arena_make(a, char, len + 1);
		struct roster_reader reader;
		struct roster_person person;
		struct roster_fault fault;
		struct roster_row row;
		struct err err = {0};
		struct roster r;

		memset(text, '@', len);
		us[k] = unit_own_us();
		ck_assert(roster_open(a, text, len, &r, &err));
		roster_begin(&r, &reader);
		ck_assert(roster_next(&reader, a, &row));
		ck_assert(!roster_person_of(&r, a, &row, "UTC", &person, &fault));
		us[k] = unit_own_us() - us[k];
	}
	ck_assert_msg(us[1] < 24 * us[0] + 100000, "%d us, then %d", (int)us[0],
		      (int)us[1]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("roster");
	TCase *tc = tcase_create("roster");

	suite_add_tcase(suite, tc);
	UNIT_TABLE(tc, file_is_understood, files);
	UNIT_TABLE(tc, wide_letters_are_read, wide);
	UNIT_TABLE(tc, file_without_an_address_is_refused, nothing);
	UNIT_TABLE(tc, what_is_no_text_is_refused_with_what_to_do, others);
	tcase_add_test(tc, two_columns_of_one_name_are_told);
	tcase_add_test(tc, row_is_put_right);
	tcase_add_test(tc, words_of_a_cell_are_parted);
	tcase_add_test(tc, each_field_has_its_name_and_title);
	tcase_add_test(tc, cost_of_a_row_is_flat);
	UNIT_TABLE(tc, empty_rows_cost_nothing, hollow);
	tcase_add_test(tc, cost_of_an_address_grows_as_it_does);
	return unit_main_together(suite);
}
