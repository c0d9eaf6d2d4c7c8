#include "form/pieces/turned.h"
#include "base/str.h"

enum { LABEL_MOST = 6 /* words of a label that denies */ };

/* Strokes through letters, comments, rows of question marks: signs that no form is made of. */
static bool has_turning_sign(const char *text, size_t len)
{
	static const char *const signs[] = {
		"~",        "<!--",     "-->",      "/*",   "*/",           "??",
		"\xCC\xB6", "\xCC\xB5", "\xCC\xB7", "\\",   "\xE2\x9D\x8C", "^H",
		"^W",       "<s>",      "[s]",      "<del>"};

	for (size_t i = 0; i < len; i++)
		for (size_t s = 0; !str_is_alpha(text[i]) && s < ARRAY_LEN(signs); s++)
			if (str_starts(text + i, signs[s]))
				return true;
	return false;
}

bool text_has_odd_sign(const char *words)
{
	static const char *const nice[] = {"👍", "🙂", "😊", "😀", "😃", "🙏", "👌", "👏"};

	for (const char *at = words; *at; at++) {
		bool known = false;

		if ((unsigned char)*at < 0xF0)
			continue;
		for (size_t i = 0; i < ARRAY_LEN(nice); i++)
			known = known || str_starts(at, nice[i]);
		if (!known)
			return true;
	}
	return false;
}

/* "--- Publish it: yes ---": strokes on both sides, and no others. */
static bool is_between_strokes(const struct form_row *row)
{
	size_t from = strspn(row->text, " "), to = row->len;

	while (to > from && str_is_space(row->text[to - 1]))
		to--;
	if (to - from <= 4 || !str_starts(row->text + from, "--") ||
	    row->text[to - 1] != '-' || row->text[to - 2] != '-')
		return false;
	while (row->text[from] == '-')
		from++;
	while (to > from && row->text[to - 1] == '-')
		to--;
	for (; from + 1 < to; from++)
		if (row->text[from] == '-' && row->text[from + 1] == '-')
			return false;
	return true;
}

static void read_words(const struct form_row *row, const struct form_item *item,
		       struct lexicon *out)
{
	lexicon_read(row->text + item->from, item->to - item->from, out);
}

static bool is_understood(const struct lexicon *l)
{
	static const char *const orders[] = {"delete", "deleted", "strike", "struck",
					     "void"};

	return !lexicon_has_one(l, orders, ARRAY_LEN(orders)) && !l->has[WORD_UNKNOWN] &&
	       !l->has[WORD_NOT] && !l->has[WORD_OFF] && !l->has[WORD_IF] &&
	       !l->has[WORD_BUT] && !l->is_long;
}

static bool is_other(const struct form_item *item)
{
	return item->kind == ITEM_TEXT && item->label.kind == LABEL_NONE;
}

static bool is_lead(const struct form_row *row, size_t i)
{
	return i < row->count && row->items[i].kind == ITEM_LEAD;
}

/* "EXAMPLE: ...", "Not true: ...": words with a colon before all that is of the form. */
static bool is_led_by_other(const struct form_row *row, const struct form_item *item)
{
	struct lexicon l;

	for (size_t i = 0; &row->items[i] < item; i++) {
		bool hint = row->items[i].label.kind == LABEL_HINT;

		if (row->items[i].kind == ITEM_TEXT && !is_other(&row->items[i]) && !hint)
			return false;
		if (row->items[i].kind != ITEM_TEXT || !is_lead(row, i + 1))
			continue;
		read_words(row, &row->items[i], &l);
		return l.count && !is_understood(&l);
	}
	return false;
}

/* "yes - for 30 days", "yes ... in your dreams". */
static bool is_followed_by_other(const struct form_row *row, const struct form_item *yes)
{
	struct lexicon l;

	for (const struct form_item *item = yes + 1; item < row->items + row->count;
	     item++) {
		if (item->kind == ITEM_GAP ||
		    (item->kind == ITEM_TEXT && !is_other(item) &&
		     item->label.kind != LABEL_HINT))
			return false;
		if (!is_other(item))
			continue;
		read_words(row, item, &l);
		if (l.count && !is_understood(&l))
			return true;
	}
	return false;
}

static const struct form_item *yes_behind(const struct form_row *row,
					  const struct form_item *item)
{
	if (item->label.kind == LABEL_YES)
		return item;
	for (item++; item < row->items + row->count; item++)
		if (item->kind == ITEM_TEXT)
			return item->label.kind == LABEL_YES ? item : NULL;
	return NULL;
}

/* "Yes x", where no box asks for a cross: it may as well cross the yes out. */
static bool is_crossed(const struct form_row *row, const struct form_item *yes)
{
	size_t answers = 0;
	bool behind = false; /* what asks */

	for (size_t i = 0; i < row->count; i++)
		answers += row->items[i].kind == ITEM_TEXT &&
			   (row->items[i].label.kind == LABEL_YES ||
			    row->items[i].label.kind == LABEL_NO);
	for (const struct form_item *item = row->items; item < yes; item++)
		behind = behind || item->kind == ITEM_TEXT;
	return behind && answers == 1 && yes + 1 < row->items + row->count &&
	       yes[1].kind == ITEM_MARK && yes[1].sign == MARK_CROSS &&
	       !strchr("[(", row->text[yes[1].from]);
}

bool choice_is_stressed(const struct form_row *row)
{
	static const char *const signs[] = {">>>", "<<<", "<--", "-->",
					    "!!!", "==>", "<==", "***"};
	static const char *const words[] = {"my choice", "this one",  "mine",
					    "chosen",    "my answer", "this please"};
	struct lexicon l;

	for (size_t i = 0; i < row->len; i++)
		for (size_t s = 0; s < ARRAY_LEN(signs); s++)
			if (str_starts(row->text + i, signs[s]))
				return true;
	lexicon_read(row->text, row->len, &l);
	return lexicon_has_one(&l, words, ARRAY_LEN(words)) ||
	       (l.count > 1 && !l.is_long && str_eq(l.words[l.count - 1].text, "yes"));
}

bool choice_is_turned(const struct form_row *row, const struct form_item *item)
{
	const struct form_item *yes = yes_behind(row, item);

	return has_turning_sign(row->text, row->len) || is_between_strokes(row) ||
	       is_led_by_other(row, item) ||
	       (yes && (is_crossed(row, yes) || is_followed_by_other(row, yes)));
}

/* A no, or that something was refused. */
static bool is_no(const char *text, size_t len)
{
	static const char *const refused[] = {
		"refused",     "withheld",     "declined",   "denied",
		"withdrawn",   "revoked",      "none",       "nil",
		"rejected",    "opt out",      "opted out",  "not given",
		"not granted", "not agreed",   "cancelled",  "removed",
		"void",        "should be no", "draft",      "hidden",
		"internal",    "expired",      "restricted", "embargoed",
		"staff only",  "team only",    "yesterday",  "0",
		"nay",         "deleted"};
	struct label label;
	struct lexicon l;

	label_read(text, len, FORM_FIELDS, &label);
	if (label.kind == LABEL_NO)
		return true;
	lexicon_read(text, len, &l);
	for (size_t i = 0; i < ARRAY_LEN(refused); i++)
		if (lexicon_is(&l, refused[i]))
			return true;
	return false;
}

/* Of what may be published, or where it would be seen. */
static bool is_of_permission(const struct lexicon *l)
{
	static const char *const words[] = {
		"permission", "consent",      "consented",   "release",    "released",
		"share",      "sharing",      "public",      "publicly",   "website",
		"web",        "online",       "internet",    "print",      "printed",
		"display",    "visible",      "disclose",    "disclosure", "quote",
		"quoted",     "my name",      "name used",   "named",      "publicity",
		"open to",    "show my",      "use my",      "status",     "visibility",
		"access",     "distribution", "circulation", "audience",   "valid",
		"expiry",     "expires",      "embargo",     "agrees",     "signed",
		"guardian",   "handling"};

	return l->has[WORD_PUBLISH] || l->has[WORD_ANONYMOUS] || l->has[WORD_SECRET] ||
	       lexicon_has_one(l, words, ARRAY_LEN(words));
}

/* Of another line of the same mail. */
static bool is_correction(const struct lexicon *l)
{
	static const char *const words[] = {
		"correction", "corrected", "final",   "answer",  "amended", "amendment",
		"update",     "updated",   "edit",    "edited",  "error",   "revised",
		"changed",    "change",    "mistake", "agree",   "agreed",  "i agree",
		"below",      "above",     "sorry",   "decision"};

	return lexicon_has_one(l, words, ARRAY_LEN(words));
}

/* Each of the signs below begins so, and most letters of a row do not. */
static bool may_part(const char *at)
{
	return *at == ':' || *at == '=' || *at == '\t' ||
	       (*at == ' ' && (at[1] == '-' || at[1] == '\xE2'));
}

/* Where the value of "label: value" begins; 0: it is none. */
static size_t value_of(const struct form_row *row, size_t *out_label_end)
{
	static const char *const signs[] = {
		":", "=", "\t", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 "};

	for (size_t i = row->len; i-- > 1;)
		for (size_t s = 0; may_part(row->text + i) && s < ARRAY_LEN(signs); s++)
			if (str_starts(row->text + i, signs[s])) {
				*out_label_end = i;
				return i + strlen(signs[s]);
			}
	return 0;
}

/* A label that a form has is read with its no: of one that goes as far as anything does. */
static bool is_all_that_is_asked(const struct label *l)
{
	return l->kind == LABEL_HEADING ||
	       (l->kind == LABEL_CHOICE && (l->doubtful || l->bound.low > FORM_NOTHING) &&
		l->bound.low < form_top(FORM_PERMISSION) &&
		l->bound.high == form_top(FORM_PERMISSION));
}

bool row_denies(const struct form_row *row, enum turned_place place)
{
	size_t label_end = 0, value;
	struct label label;
	struct lexicon l;

	if (row->blank || row->quote || row->rule || row->table)
		return false;
	value = value_of(row, &label_end);
	if (!value || memchr(row->text, '?', value) ||
	    !is_no(row->text + value, row->len - value))
		return false;
	for (size_t i = 0; i < row->count; i++)
		if (row->items[i].kind == ITEM_MARK)
			return false;
	lexicon_read(row->text, label_end, &l);
	if (!l.count || l.count > LABEL_MOST)
		return false;
	label_read(row->text, label_end, FORM_FIELDS, &label);
	if (label.kind != LABEL_NONE)
		return label.field == FORM_PERMISSION && is_all_that_is_asked(&label);
	return is_of_permission(&l) || (place == TURNED_BESIDE && is_correction(&l));
}

bool row_says_no(const struct form_row *row)
{
	size_t label_end = 0, value = value_of(row, &label_end);

	return value && is_no(row->text + value, row->len - value);
}

bool row_is_signed(const struct form_row *row)
{
	enum { SIGNED_WORDS = 6 };
	struct lexicon l;

	if (row->blank || row->quote || row->rule || !text_has_odd_sign(row->text))
		return false;
	lexicon_read(row->text, row->len, &l);
	return l.count <= SIGNED_WORDS && (l.has[WORD_PUBLISH] || l.has[WORD_NAME]);
}

bool is_none_of_other(const char *text, size_t from, size_t at, size_t to)
{
	struct label label;
	struct lexicon l;

	lexicon_read(text + at + 1, to - at - 1, &l);
	if (!lexicon_is(&l, "none") && !lexicon_is(&l, "nothing"))
		return false;
	while (from < at && str_is_space(text[from]))
		from++;
	label_read(text + from, at - from, FORM_FIELDS, &label);
	lexicon_read(text + from, at - from, &l);
	return label.kind == LABEL_NONE && l.has[WORD_UNKNOWN];
}

/* The bytes of what parts a name from what is said beside it; 0: nothing does. */
static size_t parts_name(const char *at)
{
	static const char *const signs[] = {":",
					    "=",
					    ",",
					    ";",
					    "(",
					    ")",
					    "/",
					    "|",
					    "\t",
					    ".",
					    "!",
					    " - ",
					    " \xE2\x80\x93 ",
					    " \xE2\x80\x94 "};

	for (size_t s = 0; s < ARRAY_LEN(signs); s++)
		if (str_starts(at, signs[s]))
			return strlen(signs[s]);
	return 0;
}

/* A part that is a no as a whole, or ends with one. */
static bool is_no_beside_name(const char *text, size_t len)
{
	static const char *const noes[] = {"no", "none", "refused", "withheld",
					   "declined"};
	struct lexicon l;
	size_t from;

	while (len && str_is_space(*text))
		text++, len--;
	len = str_without_tail(text, len);
	if (len < 2) /* one letter is an initial */
		return false;
	if (is_no(text, len) || str_istarts(text, "without "))
		return true;
	for (from = len; from && !str_is_space(text[from - 1]);)
		from--;
	lexicon_read(text + from, len - from, &l);
	for (size_t i = 0; i < ARRAY_LEN(noes); i++)
		if (lexicon_is(&l, noes[i]))
			return true;
	return false;
}

bool name_is_turned(const char *name)
{
	size_t len = strlen(name), from = 0;

	if (has_turning_sign(name, len) || text_has_odd_sign(name) ||
	    strpbrk(name, "[]{}?") || str_ifind(name, "none of "))
		return true;
	for (size_t at = 0, n; at <= len; at += n ? n : 1) {
		n = name[at] ? parts_name(name + at) : 0;
		if (!n && name[at])
			continue;
		if (is_no_beside_name(name + from, at - from))
			return true;
		from = at + n;
	}
	return false;
}

bool name_says_something(const char *name)
{
	static const char *const nobodys[] = {
		"survivor",  "anon",  "frightened", "mother",   "father",  "parent",
		"mum",       "dad",   "victim",     "worried",  "someone", "somebody",
		"nobody",    "carer", "respondent", "resident", "citizen", "initials",
		"pseudonym", "x",     "redacted"};
	struct lexicon l;

	lexicon_read(name, strlen(name), &l);
	return l.has[WORD_NOT] || l.has[WORD_OFF] || l.has[WORD_SECRET] ||
	       l.has[WORD_ANONYMOUS] || l.has[WORD_PUBLISH] || l.has[WORD_WITHOUT] ||
	       lexicon_has_one(&l, nobodys, ARRAY_LEN(nobodys));
}
