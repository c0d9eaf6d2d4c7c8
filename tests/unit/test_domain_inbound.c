#include "tests/unit/domain_house.h"

#include "domain/intake/inbound.h"
#include "domain/subscribers/subscribe.h"
#include "base/str.h"
#include "mail/write/recipient.h"

#include <inttypes.h>

static const char cruelty[] = "cruelty@lists.example.org";
static struct err err;

static bool keep(int64_t uidvalidity, int uid, const char *bytes, bool rebuilt)
{
	struct arrival mail = {
		.mailbox_id = house.mailbox_id,
		.uidvalidity = uidvalidity,
		.item = arena_printf(house.arena, "%" PRId64 "/%d", uidvalidity, uid),
		.bytes = bytes,
		.len = strlen(bytes),
		.rebuilt = rebuilt};
	bool is_new;

	ck_assert_msg(inbound_keep(&house.op, &mail, &is_new, &err), "%s", err.text);
	return is_new;
}

START_TEST(mail_is_kept_once)
{
	ck_assert(keep(1, 1, "one", false));
	ck_assert(!keep(1, 1, "one", false));
	ck_assert(keep(1, 2, "one",
		       false)); /* the same bytes in another place are another */
	ck_assert(keep(1, 3, "", false));
	ck_assert_int_eq(house_int("SELECT count(*) FROM inbound"), 3);
	ck_assert(house_refuses("UPDATE inbound_raw SET bytes = x'41'"));
}
END_TEST

START_TEST(rebuilt_mailbox_brings_nothing_twice)
{
	ck_assert(keep(1, 1, "one", false));
	ck_assert(keep(1, 2, "twin", false));
	ck_assert(keep(1, 3, "twin", false));
	ck_assert(!keep(2, 10, "twin", true));
	ck_assert(!keep(2, 11, "one", true));
	ck_assert(!keep(2, 10, "twin", true));
	ck_assert(!keep(2, 12, "twin", true));
	ck_assert(keep(2, 13, "twin", true)); /* a third copy is new */
	ck_assert(keep(2, 14, "new", true));
	ck_assert_int_eq(house_int("SELECT count(*) FROM inbound"), 5);
	ck_assert_str_eq(
		house_text(
			"SELECT group_concat(item) FROM (SELECT item FROM inbound ORDER BY id)"),
		"2/11,2/10,2/12,2/13,2/14");
}
END_TEST

START_TEST(mail_taken_twice_changes_nothing)
{
	struct mail_message m = house_mail("a@x.example", cruelty, "s", "t");
	int64_t id;

	house_consults();
	id = house_comes(&m);
	ck_assert(!inbound_take(&house.op, id, house.op.now, &m, &err));
	ck_assert_int_eq(house_int("SELECT count(*) FROM response"), 1);
	m.text = "parsed better";
	ck_assert_msg(inbound_rebuild(&house.op, id, &m, &err), "%s", err.text);
	ck_assert_str_eq(house_text("SELECT text FROM parsed"), "parsed better");
	ck_assert_int_eq(house_int("SELECT count(*) FROM response"), 1);
}
END_TEST

#define L "@lists.example.org"

static const struct {
	const char *name;
	enum mail_kind kind;
	const char *delivered, *to, *cc, *subject, *taken; /* taken: how it begins */
} routes[] = {
	{"join", MAIL_HUMAN, NULL, "children+join" L, NULL, "hi", "subscribe: asked"},
	{"join to a closed list", MAIL_HUMAN, NULL, "forum+JOIN" L, NULL, "hi",
	 "subscribe: asked to join a closed"},
	{"join by command", MAIL_COMMAND, NULL, "children" L, NULL, "subscribe",
	 "subscribe: asked"},
	{"leave", MAIL_HUMAN, NULL, "children+leave" L, NULL, "leave",
	 "unsubscribe: was not"},
	{"help", MAIL_HUMAN, NULL, "children+help" L, NULL, "hi",
	 "help: asked for help; it was"},
	{"help by command", MAIL_COMMAND, NULL, "children" L, NULL, "help", "help: "},
	{"owner", MAIL_HUMAN, NULL, "children+owner" L, NULL, "hi",
	 "unsorted: somebody wrote to the list's people"},
	{"to the list", MAIL_HUMAN, NULL, "children" L, NULL, "hi",
	 "unsorted: somebody wrote to the list's address"},
	{"confirm without sense", MAIL_HUMAN, NULL, "children+confirm-x" L, NULL, "hi",
	 "unsorted: answers a confirmation with more"},
	{"unknown mark", MAIL_HUMAN, NULL, "children+other" L, NULL, "hi",
	 "unsorted: somebody wrote to the list's address"},
	{"reply", MAIL_HUMAN, NULL, "Cruelty" L, NULL, "hi", "response: cruelty-0001"},
	{"reply as Cc", MAIL_HUMAN, NULL, "x@y.example", "cruelty" L, "hi",
	 "response: cruelty-0001"},
	{"reply as Bcc", MAIL_HUMAN, "cruelty" L, "x@y.example", NULL, "hi",
	 "response: cruelty-0001"},
	{"delivered counts before To", MAIL_HUMAN, "cruelty" L, "children+join" L, NULL,
	 "hi", "response: cruelty-0001"},
	{"delivered without its mark", MAIL_HUMAN, "children" L, "children+join" L, NULL,
	 "hi", "subscribe: asked"},
	{"to the list, a copy to us", MAIL_HUMAN, NULL, "children" L, "cruelty" L, "hi",
	 "response: cruelty-0001"},
	{"to us, a copy to join", MAIL_HUMAN, NULL, "cruelty" L, "children+join" L, "hi",
	 "response: cruelty-0001"},
	{"command to a consultation", MAIL_COMMAND, NULL, "cruelty" L, NULL,
	 "unsubscribe", "unsorted: a command word"},
	{"a list's mail to a consultation", MAIL_LIST, NULL, "cruelty" L, NULL, "hi",
	 "response: cruelty-0001; came through somebody's list"},
	{"a list's mail", MAIL_LIST, NULL, "children" L, NULL, "hi",
	 "unsorted: came through somebody's list"},
	{"a list's mail to nobody", MAIL_LIST, NULL, "x@y.example", NULL, "hi",
	 "unsorted: came through somebody's list"},
	{"out of office", MAIL_AUTOREPLY, NULL, "cruelty" L, NULL, "away", "autoreply: "},
	{"complaint", MAIL_COMPLAINT, NULL, "children" L, NULL, "x", "complaint: "},
	{"bounce without a tag", MAIL_BOUNCE, NULL, "children" L, NULL, "x",
	 "bounce: carries no tag"},
	{"to nobody", MAIL_HUMAN, NULL, "x@y.example", NULL, "hi", "unsorted: to none"},
	{"no recipient at all", MAIL_HUMAN, NULL, NULL, NULL, "hi", "unsorted: to none"},
};

/* Somebody writes from a victim's address, with words of their own wherever a mail has some:
 * what the program writes to the victim by itself says none of them. */
static const struct {
	const char *to, *kind;
	enum mail_kind as;
} says[] = {
	{"children+join" L, "confirm", MAIL_HUMAN},
	{"forum+join" L, "closed-request", MAIL_HUMAN},
	{"children+help" L, "help", MAIL_HUMAN},
	{"children" L, "help", MAIL_COMMAND},
	{"children+leave" L, "not-subscribed", MAIL_HUMAN},
	{"cruelty" L, "acknowledgement", MAIL_HUMAN},
};

START_TEST(notification_says_no_word_of_a_mail)
{
	static const char *const words[] = {"Quillwort", "Bryony", "Marigold",
					    "Larkspur"};
	struct mail_message m = house_mail("victim@x.example", says[_i].to,
					   "help Quillwort", "Quillwort text"),
			    got;
	struct arena *arena = house.arena;
	const char *seen;

	if (says[_i].as == MAIL_COMMAND)
		m.subject = "help";
	m.kind = says[_i].as;
	m.from.name = "Bryony Buy-This";
	m.text = "Quillwort text, Marigold";
	m.message_id = "Larkspur.1@x.example";
	house_consults();
	(void)house_comes(&m);
	got = house_notification(says[_i].kind);
	ck_assert_uint_eq(got.to.count, 1);
	ck_assert_msg(str_empty(got.to.items[0].name), "To: %s", got.to.items[0].name);
	seen = arena_printf(arena, "%s %s %s %s", str_or(got.subject, ""),
			    str_or(got.text, ""), str_or(got.html, ""),
			    str_or(got.from.name, ""));
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		ck_assert_msg(!strstr(seen, words[i]), "%s says \"%s\"", says[_i].kind,
			      words[i]);
}
END_TEST

/* Anybody can write to a private list: what comes back calls it by the address that they knew. */
static const struct {
	const char *to, *subject, *kind;
	enum mail_kind as;
} to_private[] = {
	{"forum+join" L, "hi", "closed-request", MAIL_HUMAN},
	{"forum" L, "subscribe", "closed-request", MAIL_COMMAND},
	{"forum+leave" L, "hi", "not-subscribed", MAIL_HUMAN},
	{"forum" L, "unsubscribe", "not-subscribed", MAIL_COMMAND},
	{"forum+help" L, "hi", "help", MAIL_HUMAN},
	{"forum" L, "help", "help", MAIL_COMMAND},
	/* An open one that was made private. */
	{"children+join" L, "hi", "confirm", MAIL_HUMAN},
	{"children+leave" L, "hi", "not-subscribed", MAIL_HUMAN},
	{"children+help" L, "hi", "help", MAIL_HUMAN},
};

static void nothing_names_the_forum(const char *kind)
{
	static const char *const words[] = {"Quillwort", "Larkspur", "Marigold",
					    "/lists/"};
	struct mail_message got = house_notification(kind);
	const char *seen = arena_printf(house.arena, "%s %s %s %s",
					str_or(got.subject, ""), str_or(got.text, ""),
					str_or(got.html, ""), str_or(got.from.name, ""));

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		ck_assert_msg(!strstr(seen, words[i]), "%s says \"%s\":\n%s", kind,
			      words[i], seen);
	ck_assert_msg(strstr(got.subject, L), "%s", got.subject);
}

START_TEST(private_list_is_called_by_its_address)
{
	static const char stranger[] = "stranger@x.example";
	struct mail_message m =
		house_mail(stranger, to_private[_i].to, to_private[_i].subject,
			   to_private[_i].subject);
	struct list list;

	house_do("UPDATE list SET title = 'Quillwort papers', from_name = 'Larkspur', "
		 "description = 'About Marigold.', visibility = 'private'");
	list = house_list("forum");
	m.kind = to_private[_i].as;
	(void)house_comes(&m);
	nothing_names_the_forum(to_private[_i].kind);
	if (!str_eq(to_private[_i].kind, "closed-request"))
		return;
	house_become("jean");
	ck_assert_msg(
		subscriber_accept(&house.op, &list, stranger, SUBSCRIBER_REFUSED, &err),
		"%s", err.text);
	nothing_names_the_forum("closed-refused");
}
END_TEST

START_TEST(mail_goes_where_it_was_sent)
{
	struct mail_message m = house_mail("a@x.example", routes[_i].to,
					   routes[_i].subject, routes[_i].subject);
	struct mail_address cc = {NULL, routes[_i].cc};
	const char *delivered = routes[_i].delivered, *taken;

	house_consults();
	m.kind = routes[_i].kind;
	m.machine = m.kind == MAIL_AUTOREPLY ? "X-Autoreply" : NULL;
	m.to.count = routes[_i].to != NULL;
	m.cc = (struct mail_addresses){&cc, routes[_i].cc != NULL};
	m.delivered_to = (struct mail_strings){&delivered, delivered != NULL};
	taken = house_taken(house_comes(&m));
	ck_assert_msg(str_starts(taken, routes[_i].taken), "%s: got \"%s\", want \"%s\"",
		      routes[_i].name, taken, routes[_i].taken);
}
END_TEST

/* What Exchange makes of a mail that it cannot hand over; and what only looks so. */
static const struct {
	const char *from, *id, *subject, *text, *taken;
} missing[] = {
	{"Microsoft Exchange Server", NULL,
	 "Retrieval using the IMAP4 protocol failed for the following message: 7",
	 "The server couldn't retrieve the following message:\n\nSubject: \"Our reply\"",
	 "unsorted: the mail server could not"},
	{NULL, NULL,
	 "Retrieval using the POP3 protocol failed for the following message: 7", NULL,
	 "unsorted: the mail server could not"},
	{"", NULL, NULL, "\nThe server couldn't retrieve the following message:",
	 "unsorted: the mail server could not"},
	{"Microsoft Exchange Server", "1@server.example",
	 "Retrieval using the IMAP4 protocol failed for the following message: 7",
	 "The server couldn't retrieve the following message:",
	 "unsorted: the mail server could not"},
	{"Microsoft Exchange Server", NULL,
	 "Fehler beim Abrufen der folgenden Nachricht mit dem Protokoll IMAP4: 12",
	 "Der Server konnte die Nachricht nicht abrufen:\n\nBetreff: \"Antwort\"\n"
	 "Von: \"Jo\" (\"jo@post.example\")\n",
	 "unsorted: the mail server could not"},
	/* A person asks about one, or passes it on; a mail that says nothing of who sent it. */
	{"jo@post.example", "1@post.example",
	 "Retrieval using the IMAP4 protocol failed for the following message: 7",
	 "The server couldn't retrieve the following message:", "response: "},
	{"jo@post.example", NULL,
	 "Retrieval using the IMAP4 protocol failed for the following message: 7",
	 "The server couldn't retrieve the following message:", "response: "},
	{NULL, NULL, "Our reply", "The server couldn't do it.", "response: "},
	{NULL, NULL, "Answers to question: 7", "We agree.", "response: "},
	{NULL, NULL, "Our reply", "Question 1: \"Yes\" is our answer.\nName: \"Jo\"",
	 "response: "},
};

START_TEST(what_a_server_puts_in_a_mails_place_is_seen_and_is_no_response)
{
	struct mail_message m = house_mail(missing[_i].from, cruelty, missing[_i].subject,
					   missing[_i].text);
	const char *taken;

	house_consults();
	m.message_id = missing[_i].id;
	taken = house_taken(house_comes(&m));
	ck_assert_msg(str_starts(taken, missing[_i].taken), "got \"%s\", want \"%s\"",
		      taken, missing[_i].taken);
}
END_TEST

/* Dealt with, and read by a person all the same. */
static const struct {
	const char *to, *subject, *text, *taken;
	enum mail_kind kind;
	const char *kept; /* letter that was made, or NULL */
} heard[] = {
	{"children+help" L, "hi", "My dad hits me every night and I am scared",
	 "unsorted: asked for help; it was sent; somebody may be at risk", MAIL_HUMAN,
	 "help"},
	{"children+join" L, "hi", "My dad hits me every night and I am scared",
	 "unsorted: asked to join", MAIL_HUMAN, "confirm"},
	{"children" L, "unsubscribe", "My dad hits me.\nunsubscribe",
	 "unsorted: ", MAIL_HUMAN, NULL},
	{"children+help" L, "My dad hits me, please help", "Thanks",
	 "unsorted: asked for help; it was sent; somebody may be at risk", MAIL_HUMAN,
	 "help"},
	{"children+leave" L, "hi", "Who decides about the money for our school now?",
	 "unsorted: was not on the list, or had left; it says more", MAIL_HUMAN, NULL},
	{"cruelty" L, "Automatic reply: hello", "My dad hits me every night",
	 "unsorted: an automatic reply; somebody may be at risk", MAIL_AUTOREPLY, NULL},
	/* What is asked for and no more. */
	{"children+help" L, "hi", "Please help", "help: asked for help", MAIL_HUMAN,
	 "help"},
	{"children+join" L, "Join", "", "subscribe: asked to join", MAIL_HUMAN,
	 "confirm"},
	{"children+leave" L, "", "please unsubscribe me from this list, thanks",
	 "unsubscribe: was not", MAIL_HUMAN, NULL},
	{"cruelty" L, "Automatic reply: hello", "I am away until Monday, ask the office.",
	 "autoreply: an automatic reply", MAIL_AUTOREPLY, NULL},
	/* By its subject alone: a person may have written it. */
	{"cruelty" L, "Automatic reply: hello",
	 "Our answers: 1. Open doors. 2. Training.", "unsorted: reads as an",
	 MAIL_AUTOREPLY, NULL},
};

START_TEST(what_is_said_beside_a_request_is_seen)
{
	struct mail_message m = house_mail("a@x.example", heard[_i].to, heard[_i].subject,
					   heard[_i].text);
	const char *taken;

	house_consults();
	m.kind = heard[_i].kind;
	m.machine = strstr(heard[_i].taken, "an automatic reply") ? "X-Autoreply" : NULL;
	taken = house_taken(house_comes(&m));
	ck_assert_msg(str_starts(taken, heard[_i].taken), "got \"%s\", want \"%s\"",
		      taken, heard[_i].taken);
	ck_assert_msg(!str_ifind(taken, "hits"), "a word of the mail: %s", taken);
	ck_assert_int_eq(house_int("SELECT at_risk FROM inbound"),
			 strstr(taken, "at risk") != NULL);
	if (heard[_i].kept)
		ck_assert_int_eq(house_notifications(heard[_i].kept, "a@x.example"), 1);
}
END_TEST

/* A notice carries a mail of ours or of others: what stands in that tells of nobody here. */
START_TEST(what_a_notice_brings_back_is_no_disclosure)
{
	static const char told[] = "My stepfather hits me every night.\n";
	struct mail_attachment back = {.name = "returned.txt",
				       .type = "text/plain",
				       .bytes = told,
				       .size = sizeof(told) - 1,
				       .sha256 = "00",
				       .text = told};
	struct mail_message m = house_mail("mailer-daemon@x.example", "children" L,
					   "Delivery delayed", "It is tried again.");
	const char *taken;

	m.kind = MAIL_DELAY;
	m.attachments = &back;
	m.attachment_count = 1;
	taken = house_taken(house_comes(&m));
	ck_assert_msg(!strstr(taken, "at risk"), "%s", taken);
	ck_assert_int_eq(house_int("SELECT at_risk FROM inbound"), 0);
}
END_TEST

START_TEST(bounce_is_told_by_its_tag_alone)
{
	struct mail_failed_recipient failed[] = {{.address = "a@x.example",
						  .action = "failed",
						  .status = "5.1.1",
						  .verdict = MAIL_PERMANENT,
						  .reason = MAIL_REASON_NO_SUCH_ADDRESS}};
	static const char *const names[] = {"right",   "capitals",  "forged",
					    "foreign", "of nobody", "of another purpose"};
	char token[SECRET_TOKEN_LEN + 1];
	unsigned char other_key[SECRET_KEY_BYTES] = {1};
	struct mail_message m;
	const char *taken;

	(void)house_adds("children", "a@x.example", NULL);
	house_sends("children", house_drafts("children", NULL));
	secret_token(_i == 3 ? other_key : house.op.key, _i == 5 ? "leave" : "bounce",
		     _i == 4 ? 4711 : 1, token);
	if (_i == 2)
		token[30] = token[30] == 'a' ? 'b' : 'a';
	for (int i = 0; _i == 1 && token[i]; i++)
		if (token[i] >= 'a' && token[i] <= 'z')
			token[i] = (char)(token[i] - 32);
	m = house_mail("MAILER-DAEMON@x.example",
		       arena_printf(house.arena, "children+b-%s" L, token), "Undelivered",
		       "x");
	m.kind = MAIL_BOUNCE;
	m.return_path = "";
	m.failed = failed;
	m.failed_count = 1;
	taken = house_taken(house_comes(&m));
	ck_assert_msg(str_starts(taken, _i < 2 ? "bounce: counted against its address"
					       : "bounce: carries no tag of ours"),
		      "%s: %s", names[_i], taken);
	ck_assert_str_eq(
		house_text(
			"SELECT coalesce(delivery_id, '-') || ' ' || address || ' ' || "
			"verdict FROM bounce"),
		_i < 2 ? "1 a@x.example permanent" : "- a@x.example permanent");
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification"), 0);
}
END_TEST

enum own_id { BY_NOBODY, BY_LETTER, BY_BULLETIN, BY_OTHER_KEY };

/* Ours is what only we can have made; of all else its fields say what anybody can write. */
static const struct {
	const char *name, *from, *reply_to, *auto_submitted, *list_id;
	enum own_id id;
	bool passed_on;
	const char *taken, *writer;
} own[] = {
	{"our notification", cruelty, NULL, "auto-replied", NULL, BY_LETTER, false,
	 "own: ", cruelty},
	{"our notification, plain", "children+r-x" L, NULL, NULL, NULL, BY_LETTER, false,
	 "own: ", "children+r-x" L},
	{"our bulletin", "children" L, NULL, NULL, "children.lists.example.org",
	 BY_BULLETIN, false, "own: ", "children" L},
	{"our bulletin, sent on by somebody", "children" L, NULL, NULL,
	 "children.lists.example.org", BY_BULLETIN, true, "response: ", "children" L},
	{"our Message-ID from elsewhere", "a@x.example", NULL, "auto-generated", NULL,
	 BY_LETTER, false, "response: ", "a@x.example"},
	{"another's key", "children" L, NULL, NULL, "children.lists.example.org",
	 BY_OTHER_KEY, false, "response: ", "children" L},
	{"our address, a machine", cruelty, NULL, "auto-generated", NULL, BY_NOBODY,
	 false, "response: ", cruelty},
	{"our address, a list", cruelty, NULL, NULL, "x.y", BY_NOBODY, false,
	 "response: ", cruelty},
	{"a form on our site", cruelty, "parent@p.example", "auto-generated", NULL,
	 BY_NOBODY, false, "response: ", "parent@p.example"},
	{"a form that is no machine's", cruelty, "parent@p.example", "no", NULL,
	 BY_NOBODY, false, "response: ", "parent@p.example"},
	{"a form with a list's mark", cruelty, "parent@p.example", NULL, "x.y", BY_NOBODY,
	 false, "response: ", "parent@p.example"},
	{"another's", "a@x.example", NULL, "auto-replied", NULL, BY_NOBODY, false,
	 "response: ", "a@x.example"},
	{"a colleague at our address", "children" L, NULL, NULL, NULL, BY_NOBODY, false,
	 "response: ", "children" L},
};

static const char *own_id(enum own_id kind)
{
	static const unsigned char other_key[SECRET_KEY_BYTES] = {1};
	struct mail_message asks = house_mail("z@x.example", "children+join" L, "hi", "");
	char token[SECRET_TOKEN_LEN + 1];

	switch (kind) {
	case BY_LETTER:
		(void)house_comes(&asks);
		return house_text("SELECT message_id FROM notification");
	case BY_BULLETIN:
	case BY_OTHER_KEY:
		secret_token(kind == BY_BULLETIN ? house.op.key : other_key, "message", 1,
			     token);
		return arena_printf(house.arena, "u.%s@lists.example.org", token);
	case BY_NOBODY:
		break;
	}
	return "some@x.example";
}

START_TEST(own_mail_comes_back_and_goes_no_further)
{
	struct mail_message m = house_mail(own[_i].from, cruelty, "s", "t");
	struct mail_address by = {.address = "b@x.example"},
			    reply_to = {.address = own[_i].reply_to};
	const char *taken;

	house_consults();
	m.message_id = own_id(own[_i].id);
	m.auto_submitted = own[_i].auto_submitted;
	m.list_id = own[_i].list_id;
	m.kind = own[_i].list_id ? MAIL_LIST : MAIL_HUMAN;
	m.beside = (struct mail_addresses){&by, own[_i].passed_on};
	m.reply_to = (struct mail_addresses){&reply_to, own[_i].reply_to != NULL};
	taken = house_taken(house_comes(&m));
	ck_assert_msg(str_starts(taken, own[_i].taken), "%s: %s", own[_i].name, taken);
	ck_assert_str_eq(
		house_text("SELECT from_address FROM parsed ORDER BY inbound_id DESC"),
		own[_i].writer);
	ck_assert_int_eq(
		house_int(
			"SELECT count(*) FROM notification WHERE kind = 'acknowledgement'"),
		own[_i].reply_to && m.kind == MAIL_HUMAN);
}
END_TEST

/* A group's marks, and perhaps its address that is one of ours: it is its writer's. */
START_TEST(mail_through_a_group_is_its_writers)
{
	struct mail_message m = house_mail("ann@x.example", cruelty, "s", "My view");

	house_consults();
	m.via = _i ? cruelty : "halls@groups.example";
	m.list_id = "halls.groups.example";
	m.precedence = "list";
	ck_assert_str_eq(house_taken(house_comes(&m)), "response: cruelty-0001");
	ck_assert_int_eq(house_notifications("acknowledgement", "ann@x.example"), 1);
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification"), 1);
	ck_assert_str_eq(house_text("SELECT address_key FROM respondent"),
			 "ann@x.example");
}
END_TEST

/* What is said beside a picture, and whether a person must look at it. */
static const struct {
	const char *said, *type, *content_id;
	size_t size;
	bool is_inline, with_document, looked_at;
} pictures[] = {
	{"Sent from my phone", "image/jpeg", NULL, 300000, true, false, true},
	{"", "image/png", "a@b", 5000, false, false, true},
	{"My form is below.\n\nKind regards,\nAnn Lane", "image/gif", NULL, 4000, false,
	 false, true},
	{"Bitte sehen Sie das Bild.", "image/heic", NULL, 9000, true, false, true},
	/* a dot that tells its sender that it was opened */
	{"", "image/gif", "a@b", 43, true, false, false},
	/* a logo, below an answer or beside a letter */
	{"We would keep the register as it is, since every hall knows who has its keys.",
	 "image/png", "a@b", 9000, true, false, false},
	{"Our answer is attached.", "image/png", "a@b", 9000, true, true, false},
};

START_TEST(picture_that_is_all_there_is_is_for_a_person)
{
	struct mail_message m =
		house_mail("ann@x.example", cruelty, "s", pictures[_i].said);
	struct mail_attachment files[] = {{.name = "a",
					   .type = pictures[_i].type,
					   .size = pictures[_i].size,
					   .content_id = pictures[_i].content_id,
					   .is_inline = pictures[_i].is_inline,
					   .sha256 = "a"},
					  {.name = "b.docx",
					   .type = "application/msword",
					   .bytes = (char[]){"PK\3\4"},
					   .size = 4,
					   .sha256 = "b"}};

	house_consults();
	m.attachments = files;
	m.attachment_count = pictures[_i].with_document ? 2 : 1;
	(void)house_taken(house_comes(&m));
	ck_assert_str_eq(
		house_text("SELECT text_state FROM attachment WHERE position = 0"),
		pictures[_i].looked_at ? "unreadable" : "none");
	ck_assert_int_eq(house_int("SELECT unreadable FROM queue"),
			 pictures[_i].looked_at);
}
END_TEST

START_TEST(reply_gets_number_and_one_acknowledgement)
{
	struct mail_message m = house_mail("a@x.example", cruelty, "s", "My view"),
			    letter;
	const char *token;
	int64_t id;

	house_consults();
	house_become(NULL);
	ck_assert_str_eq(house_taken(house_comes(&m)), "response: cruelty-0001");
	letter = house_notification("acknowledgement");
	ck_assert(unit_says(letter.text, "cruelty-0001"));
	ck_assert(unit_says(letter.text, "/consultations/cruelty"));
	ck_assert_str_eq(letter.in_reply_to, m.message_id);
	ck_assert_str_eq(letter.auto_submitted, "auto-replied");
	token = house_token(letter.reply_to.items[0].address, "cruelty+r-");
	ck_assert(secret_token_read(house.op.key, "response", token, &id));
	ck_assert_int_eq(id, 1);
	m = house_mail("a@x.example", letter.reply_to.items[0].address,
		       "Re:", "and one more");
	ck_assert_str_eq(house_taken(house_comes(&m)),
			 "response: cruelty-0002, follows cruelty-0001");
	/* What a person allows belongs to one response: each has a respondent of its own. */
	ck_assert_int_eq(house_int("SELECT count(DISTINCT respondent_id) FROM response"),
			 2);
	m.text = "other";
	m.message_id = "other@x";
	m.to.items[0].address = "cruelty+r-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" L;
	ck_assert_str_eq(house_taken(house_comes(&m)), "response: cruelty-0003");
}
END_TEST

enum { IN_MARCH = 1774997999 }; /* 2026-03-31T22:59:59Z, the last second in London */

static const struct {
	const char *name;
	int64_t received_at, kept_at;
	const char *closed_by; /* a person, before it came */
	bool late;
} times[] = {
	{"last second", IN_MARCH, IN_MARCH + 5, NULL, false},
	{"one later", IN_MARCH + 1, IN_MARCH + 5, NULL, true},
	{"read a week late", IN_MARCH, IN_MARCH + 7 * HOUSE_DAY, NULL, false},
	{"no Received", 0, IN_MARCH, NULL, false},
	{"no Received, late", 0, IN_MARCH + 1, NULL, true},
	{"from the future", IN_MARCH + HOUSE_DAY, IN_MARCH, NULL, false},
	{"closed by a person", 1772442000 + 60, 1772442000 + 120, "jean", true},
	{"before it was closed", 1772442000 - 60, 1772442000 + 120, "jean", false},
};

START_TEST(late_is_by_the_time_it_reached_us)
{
	struct mail_message m = house_mail("a@x.example", cruelty, "s", "t");

	house_consults();
	if (times[_i].closed_by)
		ck_assert(consultation_close(&house.op, "cruelty", &err));
	house.op.now = times[_i].kept_at;
	m.received_at = times[_i].received_at;
	(void)house_comes(&m);
	ck_assert_msg(house_int("SELECT late FROM response") == times[_i].late, "%s",
		      times[_i].name);
	ck_assert_int_eq(strstr(house_taken(1), ", late") != NULL, times[_i].late);
}
END_TEST

START_TEST(reopened_consultation_is_open)
{
	struct mail_message m = house_mail("a@x.example", cruelty, "s", "t");

	house_consults();
	ck_assert(consultation_close(&house.op, "cruelty", &err));
	house.op.now += 60;
	ck_assert(_i ? consultation_open(&house.op, "cruelty", &err)
		     : consultation_extend(&house.op, "cruelty", "2026-04-14", &err));
	m.received_at = house.op.now;
	(void)house_comes(&m);
	ck_assert_int_eq(house_int("SELECT late FROM response"), 0);
}
END_TEST

static const struct {
	const char *name, *from, *auto_submitted, *precedence, *list_id, *return_path;
	enum mail_kind kind;
} silent[] = {
	{"null sender", "a@x.example", NULL, NULL, NULL, "", MAIL_HUMAN},
	{"auto-generated", "a@x.example", "auto-generated", NULL, NULL, "a@x",
	 MAIL_HUMAN},
	{"bulk", "a@x.example", NULL, "Bulk", NULL, "a@x", MAIL_HUMAN},
	{"list id", "a@x.example", NULL, NULL, "x.y", "a@x", MAIL_HUMAN},
	{"our own address", cruelty, NULL, NULL, NULL, "a@x", MAIL_HUMAN},
	{"no From", NULL, NULL, NULL, NULL, "a@x", MAIL_HUMAN},
	{"empty From", "", NULL, NULL, NULL, "a@x", MAIL_HUMAN},
	{"garbage From", "<<>>\x01 nobody", NULL, NULL, NULL, "a@x", MAIL_HUMAN},
	{"From with a line end", "a@x.example\nb", NULL, NULL, NULL, "a@x", MAIL_HUMAN},
};

START_TEST(some_are_taken_but_never_answered)
{
	struct mail_message m = house_mail(silent[_i].from, cruelty, "s", "t");

	house_consults();
	m.auto_submitted = silent[_i].auto_submitted;
	m.precedence = silent[_i].precedence;
	m.list_id = silent[_i].list_id;
	m.return_path = silent[_i].return_path;
	m.kind = silent[_i].kind;
	ck_assert_msg(str_starts(house_taken(house_comes(&m)), "response: cruelty-0001"),
		      "%s: %s", silent[_i].name, house_taken(1));
	ck_assert_msg(house_int("SELECT count(*) FROM notification") == 0, "%s",
		      silent[_i].name);
	m.message_id = "second@x";
	m.text = "more";
	(void)house_comes(&m);
	ck_assert_int_eq(house_int("SELECT count(*) FROM response"), 2);
	ck_assert_int_eq(house_int("SELECT count(*) FROM respondent"), 2);
}
END_TEST

START_TEST(sender_is_acknowledged_ten_times_a_day)
{
	house_consults();
	for (int i = 0; i < 15; i++) {
		struct mail_message m =
			house_mail(i % 2 ? "a@x.example" : "A@X.example", cruelty, "s",
				   arena_printf(house.arena, "%d", i));

		(void)house_comes(&m);
	}
	ck_assert_int_eq(house_notifications("acknowledgement", NULL), 10);
	ck_assert_int_eq(house_int("SELECT count(*) FROM response"), 15);
}
END_TEST

enum change { SAME, OTHER_TEXT, OTHER_SENDER, OTHER_FILE, NO_ID, CHANGES };

START_TEST(copy_is_the_same_in_everything)
{
	static const bool copies[CHANGES] = {[SAME] = true};
	struct mail_attachment file = {.name = "view.docx",
				       .type = "application/msword",
				       .size = 3,
				       .sha256 = "aa"};
	struct mail_message m = house_mail("a@x.example", cruelty, "s", "see my file");

	house_consults();
	m.attachments = &file;
	m.attachment_count = 1;
	m.message_id = _i == NO_ID ? NULL : m.message_id;
	(void)house_comes(&m);
	m.text = _i == OTHER_TEXT ? "another" : m.text;
	m.from.address = _i == OTHER_SENDER ? "b@x.example" : m.from.address;
	if (_i == OTHER_FILE)
		str_copy(file.sha256, sizeof(file.sha256), "bb");
	ck_assert_str_eq(house_taken(house_comes(&m)),
			 copies[_i] ? "copy: the same mail as cruelty-0001"
				    : "response: cruelty-0002");
	ck_assert_int_eq(house_notifications("acknowledgement", NULL),
			 copies[_i] ? 1 : 2);
}
END_TEST

START_TEST(draft_consultation_takes_no_reply)
{
	struct mail_message m = house_mail("a@x.example", cruelty, "s", "t");

	house_consults();
	house_do("UPDATE consultation SET state = 'draft'");
	ck_assert_str_eq(house_taken(house_comes(&m)),
			 "unsorted: sent to cruelty, which is not open yet");
}
END_TEST

static const char *long_text(char c, size_t n)
{
	AUTO(buf) b = buf_new(n + 1);

	for (size_t i = 0; i < n; i++)
		buf_char(b, c);
	return arena_strdup(house.arena, buf_text(b));
}

START_TEST(nothing_hostile_keeps_a_reply_out)
{
	static const char *const nasty[] = {"line\r\nBcc: v@x.example",
					    "\x01\x02\x7f",
					    "",
					    "<>",
					    "a@b@c",
					    "%s%n%d",
					    "{{subject}}",
					    "'; --",
					    "\xE2\x80\xAE\xEF\xBB\xBF",
					    NULL};
	const char *text = nasty[_i / 4] ? nasty[_i / 4] : long_text('x', 10000);
	struct mail_message m = house_mail("a@x.example", cruelty, "s", "t");

	house_consults();
	if (_i % 4 == 0)
		m.subject = text;
	if (_i % 4 == 1)
		m.from.name = text;
	if (_i % 4 == 2)
		m.message_id = text;
	if (_i % 4 == 3)
		m.from.address = arena_printf(house.arena, "%s@x.example", text);
	ck_assert_msg(str_starts(house_taken(house_comes(&m)), "response: cruelty-0001"),
		      "%s", house_taken(1));
	if (_i % 4 != 3)
		ck_assert_int_eq(house_notifications("acknowledgement", "a@x.example"),
				 1);
}
END_TEST

START_TEST(acknowledgement_that_cannot_be_made_keeps_no_reply_out)
{
	struct mail_message m = house_mail("a@x.example", cruelty, "s", "t");

	house_consults();
	house_do(
		"UPDATE consultation SET title = 'line' || char(10) || 'end' || char(1)");
	house.settings->organisation = "line\nend";
	ck_assert_msg(str_starts(house_taken(house_comes(&m)), "response: cruelty-0001"),
		      "%s", house_taken(1));
	ck_assert_ptr_nonnull(strstr(house_taken(1), "no acknowledgement"));
	ck_assert_int_eq(house_int("SELECT count(*) FROM notification"), 0);
}
END_TEST

START_TEST(clock_closes_what_has_run_out)
{
	int closed;

	house_consults();
	house_become(NULL);
	house.op.now = IN_MARCH;
	ck_assert(consultations_close_due(&house.op, &closed, &err) && closed == 0);
	house.op.now++;
	ck_assert(consultations_close_due(&house.op, &closed, &err) && closed == 1);
	ck_assert_str_eq(house_text("SELECT state FROM consultation"), "closed");
	house_become("jean");
	ck_assert(!consultation_open(&house.op, "cruelty", &err));
	ck_assert(!consultation_extend(&house.op, "cruelty", "2026-03-31", &err));
	ck_assert(consultation_extend(&house.op, "cruelty", "2026-04-14", &err));
	ck_assert_str_eq(house_text("SELECT state FROM consultation"), "open");
	ck_assert_int_eq(house_int("SELECT count(*) FROM extension"), 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("op inbound");
	TCase *t = tcase_create("inbound");

	tcase_add_checked_fixture(t, house_open, house_close);
	tcase_add_test(t, mail_is_kept_once);
	tcase_add_test(t, rebuilt_mailbox_brings_nothing_twice);
	tcase_add_test(t, mail_taken_twice_changes_nothing);
	UNIT_TABLE(t, notification_says_no_word_of_a_mail, says);
	UNIT_TABLE(t, mail_goes_where_it_was_sent, routes);
	UNIT_TABLE(t, what_is_said_beside_a_request_is_seen, heard);
	UNIT_TABLE(t, what_a_server_puts_in_a_mails_place_is_seen_and_is_no_response,
		   missing);
	UNIT_TABLE(t, private_list_is_called_by_its_address, to_private);
	tcase_add_test(t, what_a_notice_brings_back_is_no_disclosure);
	tcase_add_loop_test(t, bounce_is_told_by_its_tag_alone, 0, 6);
	UNIT_TABLE(t, own_mail_comes_back_and_goes_no_further, own);
	UNIT_TABLE(t, picture_that_is_all_there_is_is_for_a_person, pictures);
	tcase_add_test(t, reply_gets_number_and_one_acknowledgement);
	UNIT_TABLE(t, late_is_by_the_time_it_reached_us, times);
	tcase_add_loop_test(t, reopened_consultation_is_open, 0, 2);
	tcase_add_loop_test(t, mail_through_a_group_is_its_writers, 0, 2);
	UNIT_TABLE(t, some_are_taken_but_never_answered, silent);
	tcase_add_test(t, sender_is_acknowledged_ten_times_a_day);
	tcase_add_loop_test(t, copy_is_the_same_in_everything, 0, CHANGES);
	tcase_add_test(t, draft_consultation_takes_no_reply);
	tcase_add_loop_test(t, nothing_hostile_keeps_a_reply_out, 0, 40);
	tcase_add_test(t, acknowledgement_that_cannot_be_made_keeps_no_reply_out);
	tcase_add_test(t, clock_closes_what_has_run_out);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
