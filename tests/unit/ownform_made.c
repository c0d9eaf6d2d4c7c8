#include "tests/unit/ownform_made.h"
#include "tests/unit/unit.h"

#include "base/str.h"
#include "ownform/ownform_private.h"

enum { TEXT_MOST = 1 << 22, WRAP = 72, LONG_ANSWER = 9000 };

unsigned made_roll(struct made *m, unsigned sides)
{
	m->random ^= m->random << 13;
	m->random ^= m->random >> 7;
	m->random ^= m->random << 17;
	return (unsigned)((m->random >> 20) % sides);
}

/* --- what is asked, and what is answered ----------------------------------- */

static const char *const words[] = {
	"the",        "children", "safe & sound", "<b>homes</b>", "\"neglect\"",
	"wèll-being", "Llŷn",     "dŵr",          "fàilte",       "cùram",
	"parent's",   "50 %",     "law",          "(2017)",       "and/or",
	"e.g.",       "a/b",      "Yes",          "tŷ",           "Gàidhlig",
	"don't",      "–",        "café",         "£5",           "social",
	"work",       "&amp;",    "i.e.",         "it's",         "no-one"};

/* Lines that look like a form's own, and are somebody's words. */
static const char *const traps[] = {"[x] Yes",
				    "Your name: nobody",
				    "[ ] Do not keep it",
				    "Question 2",
				    "1. First of all",
				    "Yes.",
				    "No - or perhaps.",
				    "Question 1 of 3 is hard.",
				    "Name: Somebody",
				    "Choose one.",
				    "* a point",
				    "Click here",
				    "Your response is good.",
				    "(see question 3)",
				    "Form reference: 12/4"};

static const char *phrase(struct made *m, unsigned least, unsigned most)
{
	AUTO(buf) text = buf_new(TEXT_MOST);
	unsigned n = least + made_roll(m, most - least + 1);

	for (unsigned i = 0; i < n; i++)
		buf_printf(text, "%s%s", i ? " " : "",
			   words[made_roll(m, ARRAY_LEN(words))]);
	return arena_strdup(m->arena, buf_text(text));
}

static const char *answer(struct made *m)
{
	AUTO(buf) text = buf_new(TEXT_MOST);
	size_t least = made_roll(m, 20) ? 0 : LONG_ANSWER;
	unsigned lines = 1 + made_roll(m, 5);

	if (made_roll(m, 4) == 0)
		return NULL;
	for (unsigned i = 0; i < lines || text->len < least; i++) {
		if (i)
			buf_str(text, made_roll(m, 2) ? "\n" : "\n\n");
		buf_str(text, made_roll(m, 4) ? phrase(m, 1, 25)
					      : traps[made_roll(m, ARRAY_LEN(traps))]);
	}
	return arena_strdup(m->arena, buf_text(text));
}

/* Nothing, one of them, or two. */
static uint32_t choose(struct made *m, size_t count)
{
	unsigned roll = made_roll(m, 10), one = made_roll(m, (unsigned)count), other;

	if (roll == 0)
		return 0;
	other = (one + 1 + made_roll(m, (unsigned)count - 1)) % (unsigned)count;
	return (uint32_t)1 << one | (roll == 1 ? (uint32_t)1 << other : 0);
}

static void question(struct made *m, size_t i)
{
	struct answer_question *q = &m->questions[i];
	size_t count = made_roll(m, 2) ? 2 + made_roll(m, MADE_OPTIONS - 1) : 0;

	*q = (struct answer_question){
		.text = arena_printf(m->arena, "%s?", phrase(m, 3, 40))};
	/* The begin of an option is another option, too. */
	for (size_t o = 0; o < count; o++)
		m->options[i][o] =
			arena_printf(m->arena, "%s %zu",
				     o && made_roll(m, 4) == 0 ? m->options[i][o - 1]
							       : phrase(m, 1, 12),
				     o);
	q->choice = (struct choice_asked){m->options[i], count, made_roll(m, 2)};
	m->fill.answers[i].answer = answer(m);
	if (count)
		m->fill.answers[i].chosen =
			q->choice.several ? made_roll(m, 1u << count) : choose(m, count);
}

void made_consultation(struct made *m)
{
	size_t count = made_roll(m, MADE_QUESTIONS + 1);

	m->fill = (struct made_fill){.name = made_roll(m, 6) ? phrase(m, 1, 4) : NULL,
				     .organisation =
					     made_roll(m, 2) ? phrase(m, 1, 6) : NULL,
				     .type = choose(m, 2),
				     .permission = choose(m, 3),
				     .contact = choose(m, 2)};
	for (size_t i = 0; i < count; i++)
		question(m, i);
	m->form = (struct ownform){
		.name = arena_printf(m->arena, "c%u-d", made_roll(m, 1000)),
		.title = phrase(m, 1, 20),
		.address = "answers@updates.example.test",
		.closes = "at the end of Friday 8 December 2017 (Europe/London)",
		.questions = m->questions,
		.count = count};
}

/* --- typed into the text ---------------------------------------------------- */

static uint32_t bits_of(const struct made *m, const struct own_item *item)
{
	if (item->kind == OWN_QUESTION)
		return m->fill.answers[item->number - 1].chosen;
	return str_eq(item->tag, "type")         ? m->fill.type
	       : str_eq(item->tag, "permission") ? m->fill.permission
						 : m->fill.contact;
}

static const char *typed(const struct made *m, const struct own_item *item)
{
	if (item->kind == OWN_ANSWER)
		return item->number ? m->fill.answers[item->number - 1].answer : NULL;
	return str_eq(item->tag, "name")           ? m->fill.name
	       : str_eq(item->tag, "organisation") ? m->fill.organisation
						   : NULL;
}

/* Puts what was typed where it belongs: text has the form from *at on. */
static void copy_to(struct buf *to, const char **at, const char *until)
{
	const char *end = strstr(*at, until);

	ck_assert_msg(end != NULL, "the form has no \"%s\" in \"%.200s\"", until, *at);
	end += strlen(until);
	buf_add(to, *at, (size_t)(end - *at));
	*at = end;
}

static void mark_boxes(struct made *m, struct buf *to, const char **at, size_t count,
		       uint32_t bits)
{
	static const char *const marks[] = {"[x]", "[X]",         "[ x ]", "[x ]",
					    "[✓]", "[\xC2\xA0x]", "[*]",   "[X ]"};
	const char *mark = marks[made_roll(m, ARRAY_LEN(marks))];

	for (size_t o = 0; o < count; o++) {
		copy_to(to, at, "\n[ ]");
		if (bits >> o & 1) {
			to->len -= 3;
			buf_str(to, mark);
		}
	}
}

static void fill_text(struct made *m, const char *text, enum ownform_link how,
		      struct buf *to)
{
	struct own_layout l;
	const char *at = text;

	own_layout(m->arena, &m->form, how, &l);
	for (size_t i = 0; i < l.count; i++) {
		const struct own_item *item = &l.items[i];
		const char *value;

		if (item->kind == OWN_CHOICE || item->kind == OWN_QUESTION) {
			copy_to(to, &at, item->words);
			mark_boxes(m, to, &at, item->choice.count, bits_of(m, item));
		} else if (item->kind == OWN_FIELD || item->kind == OWN_ANSWER) {
			copy_to(to, &at, item->words);
			value = typed(m, item);
			if (value)
				buf_printf(to, "%s%s",
					   item->kind == OWN_FIELD ? " " : "\n", value);
		}
	}
	buf_str(to, at);
}

static int unhex(char c)
{
	return str_is_digit(c) ? c - '0' : c - 'A' + 10;
}

/* What a mail program shows when somebody follows the link. */
static enum ownform_link body_of_link(struct made *m, struct buf *to)
{
	AUTO(buf) link = buf_new(TEXT_MOST);
	enum ownform_link how = ownform_write_mailto(m->arena, &m->form, link);
	const char *at = strstr(buf_text(link), "&body=");

	ck_assert_uint_le(link->len, OWNFORM_MAILTO_MOST);
	for (at = at ? at + 6 : ""; *at; at++) {
		char c = *at;

		if (c == '%') {
			c = (char)(unhex(at[1]) << 4 | unhex(at[2]));
			at += 2;
		}
		if (c != '\r')
			buf_char(to, c);
	}
	return how;
}

void made_text(struct made *m, struct buf *to)
{
	AUTO(buf) text = buf_new(TEXT_MOST);
	enum ownform_link how = OWNFORM_WHOLE;

	if (m->carrier == MADE_LINK)
		how = body_of_link(m, text);
	if (how == OWNFORM_SHORTEST || !text->len) {
		buf_reset(text);
		how = OWNFORM_WHOLE;
		ownform_write_text(m->arena, &m->form, text);
	}
	fill_text(m, buf_text(text), how, to);
}

/* --- on its way in a mail ---------------------------------------------------- */

/* Long lines are broken, blanks at their ends go, quotation marks are turned. */
static void wrapped(struct buf *to, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n"), cut = len;

		if (str_utf8_count(text, len) > WRAP) {
			cut = str_utf8_bytes(text, WRAP);
			while (cut && text[cut] != ' ')
				cut--;
			cut = cut ? cut : len;
		}
		len = cut;
		while (cut && text[cut - 1] == ' ')
			cut--;
		for (size_t i = 0; i < cut; i++)
			if (text[i] == '\'')
				buf_str(to, "\xE2\x80\x99");
			else
				buf_char(to, text[i]);
		buf_char(to, '\n');
		text += len;
		text += *text == '\n' || *text == ' ';
	}
}

/* With some lines in bold it is more than its text, and is looked at as a document. */
static void as_html(struct made *m, struct buf *to, const char *text)
{
	bool bold = made_roll(m, 2);

	buf_str(to, "<html><body>");
	while (*text) {
		size_t len = strcspn(text, "\n");
		AUTO(arena) a = arena_new(4096);

		bool thick = bold && len && made_roll(m, 6) == 0;

		buf_printf(to, "<div>%s", thick ? "<b>" : "");
		own_xml(to, arena_strndup(a, text, len));
		buf_printf(to, "%s%s</div>\n", thick ? "</b>" : "", len ? "" : "<br>");
		text += len + (text[len] == '\n');
	}
	buf_str(to, "</body></html>\n");
}

static const char *cover(struct made *m)
{
	static const char *const notes[] = {
		"", "Dear colleagues,\n\nplease find my response below.\n\n",
		"I send you this as my answer; thank you for asking.\n\n"};

	return notes[made_roll(m, ARRAY_LEN(notes))];
}

void made_mail(struct made *m, struct buf *to)
{
	AUTO(buf) form = buf_new(TEXT_MOST);
	AUTO(buf) text = buf_new(TEXT_MOST);
	AUTO(buf) sent = buf_new(TEXT_MOST);
	const char *begin = cover(m);
	const char *end = made_roll(m, 2) ? "\n\nKind regards\n\nJo Bloggs\n" : "";
	bool html = m->carrier == MADE_HTML;

	made_text(m, form);
	buf_printf(text, "%s%s%s", begin, buf_text(form), end);
	m->beside = arena_printf(m->arena, "%s%s", begin, end);
	if (m->carrier == MADE_WRAPPED)
		wrapped(sent, buf_text(text));
	else if (html)
		as_html(m, sent, buf_text(text));
	else
		buf_str(sent, buf_text(text));
	buf_printf(to,
		   "From: Jo Bloggs <jo@example.test>\r\nTo: %s\r\nSubject: Response\r\n"
		   "MIME-Version: 1.0\r\nContent-Type: text/%s; charset=utf-8\r\n"
		   "Content-Transfer-Encoding: 8bit\r\n\r\n",
		   m->form.address, html ? "html" : "plain");
	buf_add(to, buf_text(sent), sent->len);
}

/* --- in a word processor ------------------------------------------------------ */

/* The bytes of a member that is stored; those of others are copied as they are. */
static const char *member(struct made *m, const struct buf *file, const char *name)
{
	const unsigned char *at = (const unsigned char *)buf_text(file);
	size_t name_len, size, left = file->len;

	while (left > 30 && memcmp(at, "PK\3\4", 4) == 0) {
		size = at[18] | (size_t)at[19] << 8 | (size_t)at[20] << 16;
		name_len = at[26] | (size_t)at[27] << 8;
		if (name_len == strlen(name) && memcmp(at + 30, name, name_len) == 0)
			return arena_strndup(m->arena, (const char *)at + 30 + name_len,
					     size);
		at += 30 + name_len + size;
		left -= 30 + name_len + size;
	}
	ck_abort_msg("the file has no %s", name);
}

static void skip_to(const char **at, const char *until)
{
	const char *end = strstr(*at, until);

	ck_assert_msg(end != NULL, "no \"%s\" in \"%.300s\"", until, *at);
	*at = end;
}

/* As Word: the state, and the sign that shows it; LibreOffice writes no font. */
static void tick_word(struct buf *to, const char **at)
{
	copy_to(to, at, "<w14:checked w14:val=\"");
	buf_char(to, '1');
	(*at)++;
	copy_to(to, at, "</w:rPr><w:t>");
	buf_str(to, "\xE2\x98\x92");
	*at += 3;
}

static void word_run(struct made *m, struct buf *to, const char *text)
{
	size_t len = strlen(text), cut = made_roll(m, 2) ? strcspn(text, " ") : len;
	const char *parts[] = {arena_strndup(m->arena, text, cut), text + cut};

	for (size_t i = 0; i < 2; i++) {
		if (!*parts[i])
			continue;
		buf_str(to, "<w:r w:rsidRPr=\"00AB12CD\"><w:t xml:space=\"preserve\">");
		own_xml(to, parts[i]);
		buf_str(to, "</w:t></w:r><w:proofErr w:type=\"spellEnd\"/>");
	}
}

static void type_word(struct made *m, struct buf *to, const char **at, const char *text,
		      bool many)
{
	copy_to(to, at, "<w:id w:val=\"");
	copy_to(to, at, "\"/>");
	skip_to(at, "<w:showingPlcHdr/>");
	*at += strlen("<w:showingPlcHdr/>");
	copy_to(to, at, "<w:sdtContent>");
	if (many)
		copy_to(to, at, "</w:pPr>");
	skip_to(at, "</w:r>");
	*at += strlen("</w:r>");
	while (*text) {
		size_t len = strcspn(text, "\n");

		if (len)
			word_run(m, to, arena_strndup(m->arena, text, len));
		text += len;
		if (*text == '\n')
			buf_str(to,
				"</w:p><w:p><w:pPr><w:pStyle w:val=\"Answer\"/></w:pPr>");
		text += *text == '\n';
	}
}

static void fill_word(struct made *m, const char *xml, struct buf *to)
{
	struct own_layout l;
	const char *at = xml;

	own_layout(m->arena, &m->form, OWNFORM_WHOLE, &l);
	for (size_t i = 0; i < l.count; i++) {
		const struct own_item *item = &l.items[i];

		for (size_t o = 0; o < item->choice.count; o++) {
			copy_to(to, &at,
				arena_printf(m->arena, "<w:tag w:val=\"mercat.%s.%zu\"/>",
					     item->tag, o + 1));
			if (bits_of(m, item) >> o & 1)
				tick_word(to, &at);
		}
		if ((item->kind == OWN_FIELD || item->kind == OWN_ANSWER) &&
		    typed(m, item)) {
			copy_to(to, &at,
				arena_printf(m->arena, "<w:tag w:val=\"mercat.%s\"/>",
					     item->tag));
			type_word(m, to, &at, typed(m, item), item->kind == OWN_ANSWER);
		}
	}
	buf_str(to, at);
}

/* As LibreOffice: more than one blank is counted, an empty line is an empty paragraph. */
static void type_odt(struct buf *to, const char **at, const char *text)
{
	skip_to(at, "<text:placeholder");
	skip_to(at, "</text:placeholder>");
	*at += strlen("</text:placeholder>");
	for (; *text; text++) {
		char one[2] = {*text, '\0'};

		if (*text == '\n')
			buf_str(to, "</text:p><text:p text:style-name=\"Answer\">");
		else if (*text == ' ' && text[1] == ' ')
			buf_str(to, "<text:s/>");
		else if ((unsigned char)*text < 0x80)
			own_xml(to, one);
		else
			buf_char(to, *text);
	}
}

static void fill_odt(struct made *m, const char *xml, struct buf *to)
{
	struct own_layout l;
	const char *at = xml;

	own_layout(m->arena, &m->form, OWNFORM_WHOLE, &l);
	for (size_t i = 0; i < l.count; i++) {
		const struct own_item *item = &l.items[i];

		for (size_t o = 0; o < item->choice.count; o++) {
			copy_to(to, &at, "loext:checked=\"");
			if (bits_of(m, item) >> o & 1) {
				buf_str(to, "true");
				skip_to(&at, "\"");
				copy_to(to, &at, "\">");
				buf_str(to, "\xE2\x98\x92");
				at += 3;
			}
		}
		if ((item->kind == OWN_FIELD || item->kind == OWN_ANSWER) &&
		    typed(m, item)) {
			copy_to(to, &at,
				arena_printf(m->arena, "text:name=\"mercat.%s\"/>",
					     item->tag));
			type_odt(to, &at, typed(m, item));
		}
	}
	buf_str(to, at);
}

void made_file(struct made *m, struct buf *to)
{
	AUTO(buf) blank = buf_new(OWNFORM_BYTES);
	AUTO(buf) filled = buf_new(OWNFORM_BYTES);
	struct stored_zip p = {.to = to};

	m->beside = "";
	if (m->carrier == MADE_DOCX) {
		ownform_write_docx(m->arena, &m->form, blank);
		fill_word(m, member(m, blank, "word/document.xml"), filled);
		stored_zip_text(&p, "[Content_Types].xml",
				 member(m, blank, "[Content_Types].xml"));
		stored_zip_add(&p, "word/document.xml", filled);
	} else {
		ownform_write_odt(m->arena, &m->form, blank);
		fill_odt(m, member(m, blank, "content.xml"), filled);
		stored_zip_text(&p, "mimetype", OWNFORM_ODT_TYPE);
		stored_zip_add(&p, "content.xml", filled);
	}
	stored_zip_end(&p);
	ck_assert(!buf_cut(blank) && !buf_cut(filled) && !buf_cut(to));
}

void made_fixed(struct made *m)
{
	static const char *const yes_no[] = {"Yes", "No", "Don't know"},
				 *const ways[] = {"By post", "By <phone> & text",
						  "In a \"meeting\""};

	m->questions[0] =
		(struct answer_question){"Pa eiriau sydd wedi mynd yn hen?", {0}};
	m->questions[1] = (struct answer_question){
		"Should neglect of feelings be named in the law?", {yes_no, 3, false}};
	m->questions[2] = (struct answer_question){
		"How should families be told of a decision?", {ways, 3, true}};
	m->form = (struct ownform){
		.name = "words",
		.title = "Old words & new ones",
		.address = "words@updates.example.test",
		.closes = "at the end of Friday 8 December 2017 (Europe/London)",
		.questions = m->questions,
		.count = 3};
	m->fill = (struct made_fill){
		.name = "Siân O'Neil",
		.organisation = "Cùram & Co <Glaschu>",
		.type = 2,
		.permission = 2,
		.contact = 2,
		.answers = {{0, "Cariad, tŷ & \"dŵr\".\n\nAnd a second paragraph."},
			    {1, "Because it hurts."},
			    {5, NULL}}};
}
