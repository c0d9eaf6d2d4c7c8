#include "tests/unit/domain_house.h"

#include "base/str.h"
#include "mail/read/unquoted.h"
#include "text/markup/html.h"

/*
 * Answers to our question as mail programs set them. Ours come back in some form and mean
 * nothing; whatever is put among them, under whatever mark, is the writer's.
 */
static const char anna[] = "anna@example.net";

enum form { PLAIN, WRAPPED, SHOWN };
enum { WRAP = 58 };

/* What stands above the quote, before each line of it, and which form of ours it is. */
static const struct style {
	const char *name, *above, *sign;
	enum form form;
} styles[] = {
	{"gmail",
	 "On Mon, 2 Mar 2026 at 09:00, Children <children@lists.example.org> wrote:\n\n",
	 "> ", PLAIN},
	{"gmail, wrapped",
	 "On Mon, Mar 2, 2026 at 9:00 AM The Far Government Child Protection Team\n"
	 "<children@lists.example.org> wrote:\n\n",
	 "> ", WRAPPED},
	{"gmail of the html",
	 "On Mon, 2 Mar 2026, 09:00 Children, <children@lists.example.org> wrote:\n\n",
	 "> ", SHOWN},
	{"apple",
	 "> On 2 Mar 2026, at 09:00, Children <children@lists.example.org> wrote:\n> \n",
	 "> ", PLAIN},
	{"apple, german",
	 "Am 02.03.2026 um 09:00 schrieb Children <children@lists.example.org>:\n\n",
	 "> ", SHOWN},
	{"thunderbird", "On 02/03/2026 09:00, Child Protection Policy Team wrote:\n",
	 "> ", WRAPPED},
	{"outlook",
	 "________________________________\nFrom: Children <children@lists.example.org>\n"
	 "Sent: 02 March 2026 09:00\nTo: Anna <anna@example.net>\n"
	 "Subject: Please confirm: Child protection updates\n\n",
	 "", SHOWN},
	{"outlook, old",
	 "-----Original Message-----\nFrom: Children <children@lists.example.org>\n"
	 "Sent: 02 March 2026 09:00\nTo: anna@example.net\n"
	 "Subject: Please confirm: Child protection updates\n\n",
	 "", PLAIN},
	{"outlook, french",
	 "-----Message d'origine-----\nDe : Children <children@lists.example.org>\n"
	 "Envoyé : lundi 2 mars 2026 09:00\nÀ : anna@example.net\n"
	 "Objet : Please confirm: Child protection updates\n\n",
	 "", PLAIN},
	{"bare quote", "", ">", WRAPPED},
};

/* What is new and says nothing, or yes. */
static const char *const fair[] = {
	"",
	"Yes",
	"Yes, please.\n\nSent from my iPhone",
	"I confirm. Many thanks",
	"This email originated outside your organisation.\n\nYes",
	"Yes\n\n-- \nAnna Lane\nClerk | Far Council\nTel. 01234 567890",
	"Yes\n\n-- \nSent from my Android device with K-9 Mail. Please excuse my brevity.",
	"Yes\n\n-- \nAnna Lane\nSent with FairEmail",
	("Yes\n\nKind regards\n\nAnna Lane | Policy Officer | Far Council | 01307 000000 | "
	 "www.far.example"),
	"Absolutely",
	"\U0001F44D",
	"Good morning\n\nYes",
	"Confirmed. Thanks, Person",
	"Yes\n\nGet Outlook for iOS<https://aka.ms/o0ukef>",
	("OK\n\nAnna Lane\nClerk | Far Council\n\nThis message is intended solely for the "
	 "addressee.")};

/* The writer's words, to be put above, among, or below what is quoted. */
static const char *const foul[] = {"Sent from my phone. Please excuse my brevity, but no",
				   "Please excuse my brevity: never",
				   "Never | Not Me | No Council | 01307 000000",
				   "NO WAY, I never asked for this\nremove me now",
				   "but only if it is free",
				   "Actually no, I changed my mind",
				   "who is this?",
				   "do nothing",
				   "This is not mine, it is my daughter's",
				   "not",
				   "Please confirm that you are who you say",
				   "\U0001F44E",
				   "???"};

enum place { ABOVE, FIRST, AMONG, LAST, BELOW, SIGNED, PLACES };

static void wrapped(struct buf *to, const char *text, const char *sign, size_t width)
{
	while (*text) {
		size_t len = strcspn(text, "\n"), cut = len;

		if (width && len > width)
			for (cut = width; cut && text[cut] != ' '; cut--)
				;
		if (cut == 0)
			cut = len;
		buf_str(to, sign);
		buf_add(to, text, cut);
		buf_char(to, '\n');
		text += cut;
		text += *text == '\n' || *text == ' ';
	}
}

static void add_quoted(struct buf *to, const struct style *style,
		       const struct mail_message *letter, const char *words,
		       enum place place)
{
	AUTO(buf) html = buf_new(1 << 18);
	const char *text = letter->text, *middle;

	if (style->form == SHOWN) {
		ck_assert(!html_to_text(html, letter->html, strlen(letter->html)));
		text = buf_text(html);
	}
	middle = strchr(strstr(text, "If that was you"), '\n') + 1;
	buf_str(to, style->above);
	if (place == FIRST)
		wrapped(to, words, style->sign, 0);
	wrapped(to, arena_strndup(house.arena, text, (size_t)(middle - text)),
		style->sign, style->form == WRAPPED ? WRAP : 0);
	if (place == AMONG)
		wrapped(to, words, style->sign, 0);
	wrapped(to, middle, style->sign, style->form == WRAPPED ? WRAP : 0);
	if (place == LAST)
		wrapped(to, words, style->sign, 0);
}

static const char *answer(const struct style *style, const struct mail_message *letter,
			  const char *top, const char *words, enum place place)
{
	AUTO(buf) b = buf_new(1 << 18);

	if (place == ABOVE)
		wrapped(b, words, "> ", 0);
	if (*top)
		buf_printf(b, "%s\n\n", top);
	if (place == SIGNED)
		buf_printf(b, "-- \n%s\n\n", words);
	add_quoted(b, style, letter, words, place);
	if (place == BELOW)
		buf_printf(b, "\n%s\n", words);
	return arena_strdup(house.arena, buf_text(b));
}

/* The words of a letter that was changed already, whatever form they have. */
static const char *changed_answer(const struct style *style,
				  const struct mail_message *letter, const char *top)
{
	AUTO(buf) b = buf_new(1 << 18);

	if (*top)
		buf_printf(b, "%s\n\n", top);
	buf_str(b, style->above);
	wrapped(b, letter->text, style->sign, style->form == WRAPPED ? WRAP : 0);
	return arena_strdup(house.arena, buf_text(b));
}

/* What it did to the request. */
static const char *taken(const struct mail_message *letter, const char *text)
{
	struct mail_message m =
		house_mail(anna, letter->reply_to.items[0].address,
			   "RE: Please confirm: Child protection updates", text);

	mail_reply_cut(house.arena, text, &m.text_new, &m.text_quoted);
	return house_taken(house_comes(&m));
}

static struct mail_message asked(void)
{
	struct mail_message ask =
		house_mail(anna, "children+join@lists.example.org", "Join", "");

	house_become(NULL);
	(void)house_comes(&ask);
	return house_notification("confirm");
}

START_TEST(bare_answers_and_yes_pass_as_programs_set_them)
{
	const struct style *style = &styles[(size_t)_i / ARRAY_LEN(fair)];
	const char *top = fair[(size_t)_i % ARRAY_LEN(fair)];
	struct mail_message letter = asked();
	const char *text = answer(style, &letter, top, "", PLACES), *did;

	did = taken(&letter, text);
	ck_assert_msg(str_eq(did, "confirm: confirmed; is a subscriber now"),
		      "%s: %s\n%s", style->name, did, text);
	ck_assert_str_eq(house_state("children", anna), "active");
}
END_TEST

/* Telephones quote in the HTML alone. */
START_TEST(html_that_quotes_us_says_nothing_more)
{
	static const struct {
		const char *text, *above, *below;
		bool confirms;
	} shown[] = {
		{"Yes", "<div>Yes</div>", "", true},
		{"", "<div><br></div>", "", true},
		{"Yes", "<div>Yes</div>", "<div>but only once a month</div>", false},
		{"", "<div>no way</div>", "", false},
		{"Yes", "<div>Yes</div>", "<blockquote>do nothing</blockquote>", false},
	};
	struct mail_message letter = asked(), m;
	const char *did;

	m = house_mail(anna, letter.reply_to.items[0].address,
		       "RE: Please confirm: Child protection updates", shown[_i].text);
	m.html = arena_printf(house.arena, "%s<blockquote>%s</blockquote>%s",
			      shown[_i].above, letter.html, shown[_i].below);
	did = house_taken(house_comes(&m));
	ck_assert_msg(!!strstr(did, "is a subscriber now") == shown[_i].confirms,
		      "%d: %s", _i, did);
}
END_TEST

/* The letter itself may have been sent long ago: its text is not kept. */
START_TEST(question_is_known_when_its_text_is_gone)
{
	struct mail_message letter = asked();

	house_do("UPDATE notification SET mail = NULL, state = 'sent'");
	house.op.now += 3 * HOUSE_DAY;
	ck_assert_str_eq(taken(&letter, answer(&styles[_i], &letter, "", "", PLACES)),
			 "confirm: confirmed; is a subscriber now");
}
END_TEST

/* Every style, every place, with and without a yes at the top. */
START_TEST(words_of_the_writer_are_theirs_under_whatever_mark)
{
	const char *words = foul[_i];
	struct mail_message letter = asked();
	size_t said = 0;

	for (size_t s = 0; s < ARRAY_LEN(styles); s++)
		for (int place = ABOVE; place < PLACES; place++)
			for (int yes = 0; yes < 2; yes++) {
				const char *text =
					answer(&styles[s], &letter, yes ? "Yes" : "",
					       words, (enum place)place);
				const char *did = taken(&letter, text);

				said++;
				ck_assert_msg(!strstr(did, "is a subscriber now"),
					      "%s, place %d: %s\n%s", styles[s].name,
					      place, did, text);
			}
	ck_assert_uint_eq(said, ARRAY_LEN(styles) * PLACES * 2);
	ck_assert_str_ne(house_state("children", anna), "active");
}
END_TEST

/* The letter's page as a gateway rewrites it, in %s; and what looks so. */
static const struct {
	const char *as;
	bool ours;
} links[] = {
	{"https://nam02.safelinks.protection.outlook.com/?url=https%%3A%%2F%%2F%s&data=05%%7C02",
	 true},
	{"<https://eur01.safelinks.protection.outlook.com/?url=https%%3A%%2F%%2F%s&reserved=0>",
	 true},
	{"https://eur01.safelinks.protection.outlook.com/?url=https%%3A%%2F%%2F%s%%2Fno&data=05",
	 false},
	{"https://eur01.safelinks.protection.outlook.com/?url=https%%3A%%2F%%2Fx%s&data=05",
	 false},
	{"https://eur01.safelinks.protection.outlook.com.x.example/?url=https%%3A%%2F%%2F%s",
	 false},
	{"https://x.example/?url=https%%3A%%2F%%2F%s", false},
};

static const char *with_link(const struct mail_message *letter, const char *as)
{
	AUTO(buf) encoded = buf_new(4096);
	AUTO(buf) whole = buf_new(4096);
	const char *link = strstr(letter->text, "https://"), *page = link + 8, *percent;
	size_t len = strcspn(page, " \n");

	for (size_t i = 0; i < len; i++)
		if (page[i] == '/')
			buf_str(encoded, "%2F");
		else
			buf_char(encoded, page[i]);
	for (; *as; as++) {
		percent = *as == '%' ? as++ : NULL;
		if (percent && *as == 's')
			buf_str(whole, buf_text(encoded));
		else
			buf_char(whole, *as);
	}
	return arena_printf(house.arena, "%.*s%s%s", (int)(link - letter->text),
			    letter->text, buf_text(whole), page + len);
}

START_TEST(link_that_a_gateway_rewrote_is_ours)
{
	for (int yes = 0; yes < 2; yes++) {
		struct mail_message letter, changed;
		const char *text, *did;

		house_close();
		house_open();
		letter = changed = asked();
		changed.text = with_link(&letter, links[_i].as);
		text = changed_answer(&styles[7], &changed, yes ? "Yes" : "");
		did = taken(&letter, text);
		ck_assert_msg(!!strstr(did, "is a subscriber now") == links[_i].ours,
			      "%s\n%s", did, text);
	}
}
END_TEST

/* A quote that was changed where it stands: what is done with a line of it. */
static const struct change {
	const char *name, *before, *after;
	bool upper, gone;
} changes[] = {
	{"left out", "", "", false, true},
	{"in capitals", "", "", true, false},
	{"a thumb in front", "\U0001F44E ", "", false, false},
	{"a thumb behind", "", " \U0001F44E", false, false},
	{"a cross in front", "\u274C ", "", false, false},
	{"a cross glued to it", "", "\u2717", false, false},
	{"an exclamation", "", "!!", false, false},
	{"a question mark", "", " ?", false, false},
	{"an arrow", "", "  <------", false, false},
	{"arrows", "", " <<<<<<<<", false, false},
	{"no, glued to it", "", "no", false, false},
	{"x in front", "x ", "", false, false},
	{"NO in front", "NO", "", false, false},
	{"a word in brackets", "", " (not)", false, false},
	{"struck out", "~~", "~~", false, false},
};

static bool has_words(const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (str_is_alpha(line[i]))
			return !memmem(line, len, "://", 3) &&
			       strcspn(line, " ") < len; /* more than an address */
	return false;
}

/* The text with the n-th of its lines that have words changed; NULL: it has not so many. */
static const char *with_change(const char *text, size_t n, const struct change *c)
{
	AUTO(buf) b = buf_new(1 << 18);
	bool found = false;

	for (const char *line = text; *line;) {
		size_t len = strcspn(line, "\n");
		bool it = (c->gone || c->upper ? has_words(line, len) : len > 5) &&
			  n-- == 0;
		char *words = arena_strndup(house.arena, line, len);

		found |= it;
		for (char *at = words; it && c->upper && *at; at++)
			if (*at >= 'a' && *at <= 'z')
				*at = (char)(*at - 32);
		if (it && !c->gone)
			buf_printf(b, "%s%s%s\n", c->before, words, c->after);
		else if (!it)
			buf_printf(b, "%s\n", words);
		line += len + (line[len] == '\n');
	}
	return found ? arena_strdup(house.arena, buf_text(b)) : NULL;
}

/* Each line but the heading, each change, each style; nothing else is said, or yes. */
START_TEST(question_that_was_changed_is_an_answer)
{
	const struct style *style = &styles[(size_t)_i / ARRAY_LEN(changes)];
	const struct change *change = &changes[(size_t)_i % ARRAY_LEN(changes)];
	struct mail_message letter = asked(), changed = letter;
	size_t lines = 0;

	if (style->form == SHOWN) {
		AUTO(buf) html = buf_new(1 << 18);

		ck_assert(!html_to_text(html, letter.html, strlen(letter.html)));
		letter.text = arena_strdup(house.arena, buf_text(html));
	}
	for (size_t n = 2;; n++) {
		changed.text = with_change(letter.text, n, change);
		if (!changed.text)
			break;
		lines++;
		for (int yes = 0; yes < 2; yes++) {
			const char *text =
				changed_answer(style, &changed, yes ? "Yes" : "");
			const char *did = taken(&letter, text);

			ck_assert_msg(!strstr(did, "is a subscriber now"),
				      "%s, %s: %s\n%s", style->name, change->name, did,
				      text);
		}
	}
	ck_assert_uint_ge(lines, 8);
}
END_TEST

/* Silence is nothing at all. */
START_TEST(sign_alone_is_an_answer)
{
	static const char *const signs[] = {
		"\u2013", "-", "...", "\u2026", "\u274C", "/", "\u00A0-", "_", "--", "|"};
	struct mail_message letter = asked();

	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		const char *did = taken(
			&letter, answer(&styles[_i], &letter, signs[i], "", PLACES));

		ck_assert_msg(!strstr(did, "is a subscriber now"), "%s, %s: %s",
			      styles[_i].name, signs[i], did);
	}
}
END_TEST

/* Nobody picks a part of it for nothing. */
START_TEST(part_of_the_question_is_an_answer)
{
	static const char *const parts[] = {
		"> If it was not you, do nothing. We will not write again",
		"> do nothing", "> You need not write anything, only send it.",
		"Yes\n\n> If it was not you, do nothing."};
	struct mail_message letter = asked();

	ck_assert_ptr_nonnull(strstr(taken(&letter, parts[_i]), "unsorted: answers"));
	ck_assert_str_eq(house_state("children", anna), "pending");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("op consent");
	TCase *t = tcase_create("consent");

	tcase_add_checked_fixture(t, house_open, house_close);
	tcase_add_loop_test(t, bare_answers_and_yes_pass_as_programs_set_them, 0,
			    (int)(ARRAY_LEN(styles) * ARRAY_LEN(fair)));
	tcase_add_loop_test(t, html_that_quotes_us_says_nothing_more, 0, 5);
	UNIT_TABLE(t, question_is_known_when_its_text_is_gone, styles);
	UNIT_TABLE(t, words_of_the_writer_are_theirs_under_whatever_mark, foul);
	tcase_add_loop_test(t, question_that_was_changed_is_an_answer, 0,
			    (int)(ARRAY_LEN(styles) * ARRAY_LEN(changes)));
	UNIT_TABLE(t, link_that_a_gateway_rewrote_is_ours, links);
	UNIT_TABLE(t, sign_alone_is_an_answer, styles);
	tcase_add_loop_test(t, part_of_the_question_is_an_answer, 0, 4);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
