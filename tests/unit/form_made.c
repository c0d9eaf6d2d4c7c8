/* Forms made from parts: labels, marks, layouts. */
#include "tests/unit/form_made.h"

#include "base/str.h"

#include <stdio.h>

unsigned made_roll(struct made *m, unsigned sides)
{
	m->random ^= m->random << 13;
	m->random ^= m->random >> 7;
	m->random ^= m->random << 17;
	return (unsigned)((m->random >> 20) % sides);
}

struct wording {
	const char *heading, *choices[3];
};

/* By field and language; several ways to say it in English. */
static const struct wording wordings[FORM_FIELDS][8] = {
	[FORM_TYPE] = {{"Are you responding as an individual or an organisation?",
			{"Individual", "Organisation"}},
		       {"Fagaraidh mar neach fa leth no buidheann",
			{"Neach fa leth", "Buidheann"}},
		       {"Math o ymatebydd", {"Unigolyn", "Sefydliad"}},
		       {"Typ", {"Osoba prywatna", "Organizacja"}},
		       {"Sie antworten als", {"Einzelperson", "Organisation"}},
		       {"In what capacity do you respond?",
			{"as an individual", "on behalf of an organisation"}},
		       {"Type of respondent", {"An individual", "An organisation"}},
		       {"Responding as",
			{"A private individual", "A group or organisation"}}},
	[FORM_PERMISSION] =
		{{"Please indicate your publishing preference:",
		  {"Do not publish response", "Publish response only (without name)",
		   "Publish response with name"}},
		 {"Roghainn foillseachaidh",
		  {"Na foillsich am freagairt", "Foillsich am freagairt gun ainm",
		   "Foillsich am freagairt le ainm"}},
		 {"Eich dewis",
		  {"Peidio cyhoeddi'r ymateb", "Cyhoeddi'r ymateb heb enw",
		   "Cyhoeddi'r ymateb gydag enw"}},
		 {"Wybór",
		  {"Nie publikować odpowiedzi", "Publikować odpowiedź bez nazwiska",
		   "Publikować odpowiedź z nazwiskiem"}},
		 {"Veröffentlichung",
		  {"Antwort nicht veröffentlichen", "Antwort ohne Namen veröffentlichen",
		   "Antwort mit Namen veröffentlichen"}},
		 {"What may we do with your response?",
		  {"Do not publish my response at all",
		   "Publish my response, but not my name",
		   "Publish my response with my name"}},
		 {"Your choice about publishing",
		  {"Keep my response confidential", "Publish it anonymously",
		   "Publish it together with my name"}},
		 {"Publication",
		  {"I do not wish my response to be published",
		   "I am content for my response to be published without my name",
		   "I am content for my response to be published with my name"}}},
	[FORM_CONTACT] =
		{{"Are you content for us to contact you again in relation to this "
		  "consultation exercise?",
		  {"No", "Yes"}},
		 {"Am faod sinn fios a chur thugaibh a-rithist?", {"Chan eil", "Tha"}},
		 {"A gawn ni gysylltu â chi eto?", {"Nac oes", "Oes"}},
		 {"Czy możemy skontaktować się ponownie?", {"Nie", "Tak"}},
		 {"Dürfen wir Sie wieder kontaktieren?", {"Nein", "Ja"}},
		 {"May we contact you again?", {"No", "Yes"}},
		 {"Contact in future",
		  {"Please do not contact me again", "You may contact me again"}},
		 {"Are you happy to be contacted again?", {"no", "yes"}}},
};

/* How the chosen one is marked, and the others. */
static const struct style {
	const char *chosen, *other;
	bool before, behind, look;
} styles[MADE_STYLES] = {
	{"[x]", "[ ]", true, true, false},
	{"[X]", "[  ]", true, true, false},
	{"(x)", "( )", true, true, false},
	{"☒", "☐", true, true, false},
	{"☑", "☐", true, true, false},
	{"✓", "", true, true, false},
	{"_x_", "___", true, true, false},
	{"__X__", "_____", true, true, false},
	{"..X..", "", true, true, false},
	{"==>", "", true, false, false},
	{"->", "", true, false, false},
	{"<<", "", false, true, false},
	{"***", "", true, true, false},
	{"x", "", true, true, false},
	{"X", "", true, true, false},
	{"→", "", true, false, false},
	{"●", "○", true, true, false},
	{"[✓]", "[]", true, true, false},
	{"✔", "✘", true, true, false},
	{"{x}", "{ }", true, true, false},
	{"[Y]", "[N]", true, true, false},
	{"<--", "", false, true, false},
	{"strike the others", "", true, true, true},
	{"stress the one", "", true, true, true},
	{"box", "box", true, true, false},
	{"[yes]", "[no]", true, true, false},
};

enum { STYLE_STRIKE = 22, STYLE_STRESS = 23, STYLE_BOX = 24 };

static struct made_row *new_row(struct made *m)
{
	static struct made_row spare;
	struct made_row *row = m->count < MADE_ROWS ? &m->rows[m->count++] : &spare;

	*row = (struct made_row){.cells = 1};
	return row;
}

static void put(struct made_row *row, size_t cell, const char *text, enum made_look look)
{
	if (cell >= MADE_CELLS || row->counts[cell] == MADE_PIECES)
		return;
	if (row->cells <= cell)
		row->cells = cell + 1;
	row->pieces[cell][row->counts[cell]++] = (struct made_piece){text, look};
}

static void blank_row(struct made *m)
{
	(void)new_row(m);
}

static void text_row(struct made *m, const char *text)
{
	put(new_row(m), 0, text, MADE_NO_LOOK);
}

static bool is_chosen(struct made *m, enum form_field field, int choice, int second)
{
	return m->chosen[field] == choice ||
	       (m->chosen[field] == MADE_TWO && choice >= 0 &&
		(choice == second || choice == 0));
}

static void put_mark(struct made *m, struct made_row *row, size_t cell, bool chosen)
{
	const struct style *s = &styles[m->style];

	if (m->style == STYLE_BOX)
		put(row, cell, "", chosen ? MADE_BOX_TICKED : MADE_BOX_EMPTY);
	else if (!s->look && *(chosen ? s->chosen : s->other))
		put(row, cell, chosen ? s->chosen : s->other, MADE_NO_LOOK);
}

static enum made_look look_of(const struct made *m, bool chosen, bool anything)
{
	if (m->style == STYLE_STRIKE && anything && !chosen)
		return MADE_STRUCK;
	return m->style == STYLE_STRESS && chosen ? MADE_STRESSED : MADE_NO_LOOK;
}

struct choice_at {
	const char *text;
	bool chosen;
	enum made_look look;
};

/* Marks before, unless the style or the layout wants them behind. */
static bool goes_before(const struct made *m, bool behind)
{
	const struct style *s = &styles[m->style];

	return s->before && (!behind || !s->behind);
}

static void put_choice(struct made *m, struct made_row *row, size_t cell,
		       const struct choice_at *c, bool behind)
{
	bool before = goes_before(m, behind);

	if (before)
		put_mark(m, row, cell, c->chosen);
	if (before && row->counts[cell])
		put(row, cell, " ", MADE_NO_LOOK);
	put(row, cell, c->text, c->look);
	if (!before) {
		put(row, cell, " ", MADE_NO_LOOK);
		put_mark(m, row, cell, c->chosen);
	}
}

static void in_lines(struct made *m, const char *heading, const struct choice_at *c,
		     size_t count, bool behind)
{
	text_row(m, heading);
	for (size_t i = 0; i < count; i++)
		put_choice(m, new_row(m), 0, &c[i], behind);
}

static void in_one_line(struct made *m, const char *heading, const struct choice_at *c,
			size_t count, bool behind)
{
	struct made_row *row;

	text_row(m, heading);
	row = new_row(m);
	for (size_t i = 0; i < count; i++)
		put_choice(m, row, i, &c[i], behind);
}

static void in_table(struct made *m, const char *heading, const struct choice_at *c,
		     size_t count, bool behind)
{
	text_row(m, heading);
	for (size_t i = 0; i < count; i++) {
		struct made_row *row = new_row(m);

		row->cells = 2;
		put_mark(m, row, behind ? 1 : 0, c[i].chosen);
		put(row, behind ? 0 : 1, c[i].text, c[i].look);
	}
}

static void in_columns(struct made *m, const char *heading, const struct choice_at *c,
		       size_t count)
{
	struct made_row *names, *marks;

	text_row(m, heading);
	names = new_row(m);
	marks = new_row(m);
	names->cells = marks->cells = count;
	for (size_t i = 0; i < count; i++) {
		put(names, i, c[i].text, c[i].look);
		put_mark(m, marks, i, c[i].chosen);
	}
}

static void as_value(struct made *m, const char *heading, const struct choice_at *c,
		     size_t count, bool below)
{
	struct made_row *row = new_row(m);
	size_t len = strlen(heading);
	bool ends = strchr(":?", heading[len - 1]) != NULL;

	put(row, 0, heading, MADE_NO_LOOK);
	put(row, 0, below || ends ? " " : ": ", MADE_NO_LOOK);
	for (size_t i = 0, said = 0; i < count; i++) {
		if (!c[i].chosen)
			continue;
		if (below) {
			blank_row(m);
			text_row(m, c[i].text);
			continue;
		}
		if (said++)
			put(row, 0, ", ", MADE_NO_LOOK);
		put(row, 0, c[i].text, MADE_NO_LOOK);
	}
}

static void as_answers(struct made *m, const char *heading, const struct choice_at *c,
		       size_t count, bool nothing)
{
	text_row(m, heading);
	for (size_t i = 0; i < count; i++) {
		struct made_row *row = new_row(m);

		put(row, 0, c[i].text, MADE_NO_LOOK);
		put(row, 0,
		    nothing       ? ": "
		    : c[i].chosen ? ": yes"
				  : ": no",
		    MADE_NO_LOOK);
	}
}

static void in_list(struct made *m, const char *heading, const struct choice_at *c,
		    size_t count)
{
	struct made_row *row = new_row(m);
	size_t len = strlen(heading);

	put(row, 0, heading, MADE_NO_LOOK);
	put(row, 0, strchr(":?", heading[len - 1]) ? " " : ": ", MADE_NO_LOOK);
	if (count == 3 && row->counts[0] + 2 * count > MADE_PIECES) {
		/* a line of its own, else there is no room */
		row = new_row(m);
	}
	for (size_t i = 0; i < count; i++) {
		if (i)
			put(row, 0, " / ", MADE_NO_LOOK);
		put(row, 0, c[i].text, c[i].look);
	}
}

static void lettered(struct made *m, const char *heading, const struct choice_at *c,
		     size_t count)
{
	static const char *const letters[] = {"(a) ", "(b) ", "(c) "};

	text_row(m, heading);
	for (size_t i = 0; i < count; i++) {
		struct made_row *row = new_row(m);

		put(row, 0, letters[i], MADE_NO_LOOK);
		put(row, 0, c[i].text, c[i].look);
		put(row, 0, "   ", MADE_NO_LOOK);
		put_mark(m, row, 0, c[i].chosen);
	}
}

/* Styles that a layout can carry; where it cannot, another is taken. */
static void fit_style(struct made *m)
{
	const struct style *s;

	for (;;) {
		s = &styles[m->style];
		if ((m->layout == 9) == s->look && m->layout == 9)
			return;
		if (m->layout != 9 &&
		    !(s->look && (m->layout == 6 || m->layout == 7 || m->layout == 8)) &&
		    !(m->style == STYLE_BOX && m->carrier <= MADE_FLOWED) &&
		    !((m->layout == 1 || m->layout == 3 || m->layout == 11) &&
		      !s->behind) &&
		    !((m->layout == 0 || m->layout == 2) && !s->before) &&
		    /* empty places that do not show leave a lone mark between two */
		    !((m->layout == 2 || m->layout == 3) && !*s->other && !s->look))
			return;
		m->style = made_roll(m, MADE_STYLES);
	}
}

static void put_field(struct made *m, enum form_field field)
{
	unsigned variant =
		m->language ? m->language : (unsigned[]){0, 5, 6, 7}[made_roll(m, 4)];
	const struct wording *w = &wordings[field][variant];
	size_t count = field == FORM_PERMISSION ? 3 : 2;
	struct choice_at c[3];
	int second = 1 + (int)made_roll(m, (unsigned)count - 1);
	bool turned = made_roll(m, 2);

	for (size_t i = 0; i < count; i++) {
		size_t from = turned ? count - 1 - i : i;

		c[i].text = w->choices[from];
		c[i].chosen = is_chosen(m, field, (int)from, second);
		c[i].look = look_of(m, c[i].chosen, m->chosen[field] != MADE_NOTHING);
	}
	/* "No: yes" is nobody's form. */
	if (m->layout == 5 && field == FORM_CONTACT && !(variant == 6)) {
		as_value(m, w->heading, c, count, false);
		return;
	}
	switch (m->layout) {
	case 0:
	case 1:
		in_lines(m, w->heading, c, count, m->layout == 1);
		break;
	case 2:
	case 3:
		in_one_line(m, w->heading, c, count, m->layout == 3);
		break;
	case 4:
		as_value(m, w->heading, c, count, false);
		break;
	case 5:
		as_answers(m, w->heading, c, count, m->chosen[field] == MADE_NOTHING);
		break;
	case 6:
	case 7:
		in_table(m, w->heading, c, count, m->layout == 6);
		break;
	case 8:
		in_columns(m, w->heading, c, count);
		break;
	case 9:
		in_list(m, w->heading, c, count);
		break;
	case 10:
		as_value(m, w->heading, c, count, true);
		break;
	case 11:
		lettered(m, w->heading, c, count);
		break;
	default:
		in_lines(m, w->heading, c, count, m->layout == 13);
		break;
	}
	if (made_roll(m, 3))
		blank_row(m);
}

static const char *const noise[] = {
	("I have had a plot by the canal for six years, and a written agreement saved me "
	 "when the path was moved."),
	"Question 1: Yes. It saves quarrels, and nobody has to remember who said what.",
	"Councils should publish the name of every contractor with their reports.",
	"The minister should not be contacted again about this.",
	"My organisation of the day is poor, so this is late.",
	"Each individual case is different, and no form can say so.",
	"Nobody has ever published what the new path cost.",
};

static void put_noise(struct made *m)
{
	for (unsigned n = made_roll(m, 3); n; n--) {
		blank_row(m);
		text_row(m, noise[made_roll(m, ARRAY_LEN(noise))]);
		blank_row(m);
	}
}

/* The mail before, with somebody else's form in it, chosen as freely as can be. */
static void put_quote(struct made *m)
{
	static const char *const lines[] = {
		"On Mon, 5 Oct 2026 at 10:20, The Team <team@consult.example> wrote:",
		"Please indicate your publishing preference:",
		"[x] Publish response with name", "[ ] Do not publish response",
		"Are you content to be contacted again? [x] Yes [ ] No"};

	blank_row(m);
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		text_row(m, lines[i]);
		m->rows[m->count - 1].quoted = i > 0;
	}
}

void made_form(struct made *m)
{
	static const enum form_field orders[][FORM_FIELDS] = {
		{FORM_TYPE, FORM_PERMISSION, FORM_CONTACT},
		{FORM_CONTACT, FORM_TYPE, FORM_PERMISSION},
		{FORM_PERMISSION, FORM_CONTACT, FORM_TYPE}};
	unsigned order = made_roll(m, ARRAY_LEN(orders));

	fit_style(m);
	put_noise(m);
	if (made_roll(m, 2))
		text_row(m, "RESPONDENT INFORMATION FORM");
	for (size_t i = 0; i < FORM_FIELDS; i++) {
		put_field(m, orders[order][i]);
		if (made_roll(m, 4) == 0)
			text_row(m, i ? "Postcode: ZZ1 4QT" : "Name: Odile Marsh");
	}
	put_noise(m);
	blank_row(m);
	text_row(m, "Odile Marsh");
	if (made_roll(m, 4) == 0)
		put_quote(m);
}
