/*
 * Rich text: groups in braces, words with a backslash, bytes in the code page of the
 * font at hand. Our own reader, because those in Debian forget the font's code page,
 * the bytes that stand in for \u, and the cells of tables.
 */
#include "base/numeral.h"
#include "base/str.h"
#include "extract/parsers/document.h"
#include "office/lines.h"
#include "text/charset/charset.h"

enum { DEPTH = 500, FONTS = 1024, WORD = 32, NUMBER_MOST = 1000000000 };

struct state {
	bool skip, fonts, field, gone; /* gone: deleted or hidden letters */
	int uc;                        /* how many letters stand in for one \u */
	int font;
};

struct box {
	int type, result, otherwise;
};

struct rtf {
	const char *at, *end;
	struct state states[DEPTH];
	int depth, beyond; /* beyond: groups deeper than we follow */
	int pass_over;     /* letters that stand in for the last \u */
	int page, defont;
	short font_page[FONTS];
	unsigned high; /* first half of a pair of \u */
	struct buf bytes;
	int bytes_page;
	struct office_lines out;
	struct box box;
};

static struct state *now(struct rtf *r)
{
	return &r->states[r->depth];
}

static bool quiet(struct rtf *r)
{
	return r->beyond || now(r)->skip || now(r)->gone || now(r)->field;
}

static void flush(struct rtf *r)
{
	char name[24];
	struct buf text;

	if (!r->bytes.len)
		return;
	buf_init(&text, r->bytes.len * 4 + 16);
	(void)snprintf(name, sizeof(name), r->bytes_page == 10000 ? "macintosh" : "cp%d",
		       r->bytes_page);
	charset_to_utf8(&text, name, r->bytes.bytes, r->bytes.len);
	office_lines_add(&r->out, buf_text(&text), text.len);
	buf_clear(&text);
	buf_reset(&r->bytes);
}

static int page_now(struct rtf *r)
{
	int font = now(r)->font;

	if (font >= 0 && font < FONTS && r->font_page[font])
		return r->font_page[font];
	return r->page;
}

static void letter(struct rtf *r, char c)
{
	int page;

	if (r->pass_over > 0) {
		r->pass_over--;
		return;
	}
	if (quiet(r))
		return;
	page = page_now(r);
	if (page != r->bytes_page)
		flush(r);
	r->bytes_page = page;
	buf_char(&r->bytes, c);
	if (r->bytes.len > 60000)
		flush(r);
}

static void say(struct rtf *r, const char *text)
{
	if (quiet(r))
		return;
	flush(r);
	office_lines_str(&r->out, text);
}

static void code_point(struct rtf *r, int number)
{
	unsigned c = (unsigned)number & 0xffff;
	struct buf text;

	r->pass_over = now(r)->uc;
	if (quiet(r))
		return;
	flush(r);
	if (c >= 0xd800 && c < 0xdc00) {
		r->high = c;
		return;
	}
	if (c >= 0xdc00 && c < 0xe000 && r->high)
		c = 0x10000 + ((r->high - 0xd800) << 10) + (c - 0xdc00);
	r->high = 0;
	buf_init(&text, 16);
	str_utf8_add(&text, c ? c : 0xfffd);
	office_lines_add(&r->out, buf_text(&text), text.len);
	buf_clear(&text);
}

static int page_of_fcharset(int fcharset)
{
	static const short pages[][2] = {
		{77, 10000}, {128, 932},  {129, 949},  {130, 1361}, {134, 936},
		{136, 950},  {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255},
		{178, 1256}, {186, 1257}, {204, 1251}, {222, 874},  {238, 1250}};

	for (size_t i = 0; i < ARRAY_LEN(pages); i++)
		if (pages[i][0] == fcharset)
			return pages[i][1];
	return 0;
}

enum does {
	TEXT, /* says this */
	LINE, /* ends a line */
	CELL,
	ROW,
	SKIP, /* its group says nothing */
	OPEN, /* its group speaks though it may be passed over */
	FONTTBL,
	FONT,
	FCHARSET,
	ANSICPG,
	PAGE,
	DEFONT,
	UC,
	U,
	BIN,
	GONE,
	PLAIN,
	FIELD,
	FFTYPE,
	FFRES,
	FFDEFRES
};

static const struct {
	const char *word;
	enum does does;
	const char *text;
	int number;
} words[] = {
	{"par", LINE, NULL, 0},
	{"line", LINE, NULL, 0},
	{"sect", LINE, NULL, 0},
	{"page", LINE, NULL, 0},
	{"cell", CELL, NULL, 0},
	{"nestcell", CELL, NULL, 0},
	{"row", ROW, NULL, 0},
	{"nestrow", ROW, NULL, 0},
	{"tab", TEXT, "\t", 0},
	{"emdash", TEXT, "\xe2\x80\x94", 0},
	{"endash", TEXT, "\xe2\x80\x93", 0},
	{"bullet", TEXT, "\xe2\x80\xa2", 0},
	{"lquote", TEXT, "\xe2\x80\x98", 0},
	{"rquote", TEXT, "\xe2\x80\x99", 0},
	{"ldblquote", TEXT, "\xe2\x80\x9c", 0},
	{"rdblquote", TEXT, "\xe2\x80\x9d", 0},
	{"emspace", TEXT, "\xe2\x80\x83", 0},
	{"enspace", TEXT, "\xe2\x80\x82", 0},
	{"fonttbl", FONTTBL, NULL, 0},
	{"f", FONT, NULL, 0},
	{"fcharset", FCHARSET, NULL, 0},
	{"ansicpg", ANSICPG, NULL, 0},
	{"mac", PAGE, NULL, 10000},
	{"pc", PAGE, NULL, 437},
	{"pca", PAGE, NULL, 850},
	{"deff", DEFONT, NULL, 0},
	{"uc", UC, NULL, 0},
	{"u", U, NULL, 0},
	{"bin", BIN, NULL, 0},
	{"deleted", GONE, NULL, 0},
	{"v", GONE, NULL, 0},
	{"plain", PLAIN, NULL, 0},
	{"shpinst", OPEN, NULL, 0},
	{"shptxt", OPEN, NULL, 0},
	{"formfield", FIELD, NULL, 0},
	{"fftype", FFTYPE, NULL, 0},
	{"ffres", FFRES, NULL, 0},
	{"ffdefres", FFDEFRES, NULL, 0},
	{"colortbl", SKIP, NULL, 0},
	{"stylesheet", SKIP, NULL, 0},
	{"info", SKIP, NULL, 0},
	{"pict", SKIP, NULL, 0},
	{"objdata", SKIP, NULL, 0},
	{"nonshppict", SKIP, NULL, 0},
	{"filetbl", SKIP, NULL, 0},
	{"revtbl", SKIP, NULL, 0},
	{"listtable", SKIP, NULL, 0},
	{"listoverridetable", SKIP, NULL, 0},
	{"generator", SKIP, NULL, 0},
	{"xe", SKIP, NULL, 0},
	{"tc", SKIP, NULL, 0},
	{"sn", SKIP, NULL, 0},
	{"sv", SKIP, NULL, 0},
};

static void set_font(struct rtf *r, int n, bool given)
{
	now(r)->font = given && n >= 0 && n < FONTS ? n : r->defont;
}

static void pass_bytes(struct rtf *r, int n)
{
	if (n > 0)
		r->at += n < r->end - r->at ? n : r->end - r->at;
}

static void state_word(struct rtf *r, enum does does, int n, bool given, int number)
{
	struct state *s = now(r);

	switch (does) {
	case FONTTBL:
		s->fonts = s->skip = true;
		break;
	case FONT:
		set_font(r, n, given);
		break;
	case FCHARSET:
		if (s->fonts && s->font >= 0 && s->font < FONTS)
			r->font_page[s->font] = (short)page_of_fcharset(n);
		break;
	case ANSICPG:
		r->page = n > 0 && n < 65535 ? n : 1252;
		break;
	case PAGE:
		r->page = number;
		break;
	case DEFONT:
		r->defont = s->font = n;
		break;
	case UC:
		s->uc = n >= 0 && n < 16 ? n : 1;
		break;
	case GONE:
		s->gone = !given || n != 0;
		break;
	case PLAIN:
		s->gone = false;
		set_font(r, 0, false);
		break;
	default:
		break;
	}
}

static void field_word(struct rtf *r, enum does does, int n)
{
	if (does == FIELD) {
		now(r)->skip = false;
		now(r)->field = true;
		r->box = (struct box){-1, 25, 0};
	} else if (does == FFTYPE) {
		r->box.type = n;
	} else if (does == FFRES) {
		r->box.result = n;
	} else {
		r->box.otherwise = n;
	}
}

static void word_does(struct rtf *r, size_t i, int n, bool given)
{
	switch (words[i].does) {
	case TEXT:
		say(r, words[i].text);
		break;
	case LINE:
	case CELL:
	case ROW:
		if (quiet(r))
			break;
		flush(r);
		if (words[i].does == LINE)
			office_lines_end_line(&r->out);
		else if (words[i].does == CELL)
			office_lines_end_cell(&r->out);
		else
			office_lines_end_row(&r->out);
		break;
	case SKIP:
		now(r)->skip = true;
		break;
	case OPEN:
		now(r)->skip = false;
		break;
	case U:
		code_point(r, n);
		break;
	case BIN:
		pass_bytes(r, n);
		break;
	case FIELD:
	case FFTYPE:
	case FFRES:
	case FFDEFRES:
		field_word(r, words[i].does, n);
		break;
	default:
		state_word(r, words[i].does, n, given, words[i].number);
	}
}

static void take_word(struct rtf *r)
{
	char word[WORD];
	size_t len = 0;
	bool minus = false, given = false;
	int64_t n = 0;

	while (r->at < r->end && str_is_alpha(*r->at)) {
		if (len < sizeof(word) - 1)
			word[len++] = *r->at;
		r->at++;
	}
	word[len] = '\0';
	if (r->at + 1 < r->end && *r->at == '-' && str_is_digit(r->at[1])) {
		minus = true;
		r->at++;
	}
	for (; r->at < r->end && str_is_digit(*r->at); r->at++) {
		n = numeral_with(n, *r->at - '0');
		given = true;
	}
	n = n < NUMBER_MOST ? n : NUMBER_MOST;
	if (r->at < r->end && *r->at == ' ')
		r->at++;
	if (r->beyond)
		return;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(word, words[i].word)) {
			word_does(r, i, (int)(minus ? -n : n), given);
			return;
		}
}

static int hex(char c)
{
	if (str_is_digit(c))
		return c - '0';
	c = str_lower_char(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* After the backslash. */
static void take_control(struct rtf *r)
{
	char c = r->at < r->end ? *r->at : '\0';

	if (str_is_alpha(c)) {
		take_word(r);
		return;
	}
	if (r->at < r->end)
		r->at++;
	if (c == '\'') {
		if (r->end - r->at >= 2 && hex(r->at[0]) >= 0 && hex(r->at[1]) >= 0) {
			letter(r, (char)(hex(r->at[0]) * 16 + hex(r->at[1])));
			r->at += 2;
		}
	} else if (c == '*') {
		if (!r->beyond)
			now(r)->skip = true;
	} else if (c == '~') {
		say(r, "\xc2\xa0");
	} else if (c == '_') {
		say(r, "-");
	} else if (c == '\n' || c == '\r') {
		if (!quiet(r)) {
			flush(r);
			office_lines_end_line(&r->out);
		}
	} else if (c == '\\' || c == '{' || c == '}') {
		letter(r, c);
	}
}

static void open_group(struct rtf *r)
{
	r->pass_over = 0;
	if (r->beyond || r->depth + 1 == DEPTH) {
		r->beyond++;
		return;
	}
	r->states[r->depth + 1] = r->states[r->depth];
	r->depth++;
}

static void close_group(struct rtf *r)
{
	bool field;

	r->pass_over = 0;
	if (r->beyond) {
		r->beyond--;
		return;
	}
	if (r->depth == 0)
		return;
	field = now(r)->field;
	r->depth--;
	if (field && !now(r)->field && r->box.type == 1) {
		bool ticked = r->box.result == 25 ? r->box.otherwise : r->box.result;
		bool skip = now(r)->skip;

		/* It stands in the field's instruction, which says nothing else. */
		now(r)->skip = false;
		say(r, ticked ? "\xe2\x98\x92" : "\xe2\x98\x90");
		now(r)->skip = skip;
	}
}

void extract_rtf(const char *bytes, size_t len, struct extract_said *out)
{
	struct rtf *r = calloc(1, sizeof(*r));

	if (!r)
		abort();
	r->at = bytes;
	r->end = bytes + len;
	r->page = 1252;
	r->states[0].uc = 1;
	r->out.to = out->text;
	buf_init(&r->bytes, 1 << 16);
	while (r->at < r->end && !buf_cut(out->text)) {
		char c = *r->at++;

		if (c == '{')
			open_group(r);
		else if (c == '}')
			close_group(r);
		else if (c == '\\')
			take_control(r);
		else if (c != '\r' && c != '\n' && c != '\0')
			letter(r, c);
		if (c == '}' && r->depth == 0 && !r->beyond)
			break;
	}
	flush(r);
	out->source = "rtf";
	if (r->depth > 0 || r->beyond)
		out->reason = "its end is missing: it was cut off on the way";
	buf_clear(&r->bytes);
	free(r);
}
