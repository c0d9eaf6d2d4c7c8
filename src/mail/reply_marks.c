#include "mail/reply_marks.h"
#include "base/buf.h"
#include "base/str.h"

#include <glib.h>

enum { SPAN_MAX = 4, SPAN_BYTES = 500, MARK_WIDTH = 160 };

/* "wrote", as it stands near the end of the line above a quote. */
static const char *const wrote[] = {
	"wrote",        "writes",       "schrieb",       "geschrieben",
	"schreef",      "geschreven",   "écrit",         "ecrit",
	"escribió",     "escribio",     "escribi\u00f3", "ha escrit",
	"ha scritto",   "scrisse",      "scriveva",      "escreveu",
	"napisał",      "napisal",      "napisała",      "pisze",
	"skrev",        "skreiv",       "kirjoitti",     "написал",
	"написав",      "пишет",        "писал",         "pisao",
	"napsal",       "napísal",      "írta",          "yazdı",
	"şunu yazdı",   "a scris",      "έγραψε",        "写道",
	"寫道",         "写到",         "のメッセージ",  "が書き込みました",
	"は書きました", "님이 작성",    "작성:",         "viết",
	"menulis",      "kirjutas",     "rakstīja",      "rašė",
	"je napisao",   "kirjoittaa",   "skrifaði",      "scríobh",
	"sgrìobh",      "ysgrifennodd", "said:",         NULL};

/* Above a pasted or forwarded copy. */
static const char *const forwards[] = {"original message",
				       "original -",
				       "original e-mail",
				       "originalnachricht",
				       "ursprüngliche nachricht",
				       "ursprungliche nachricht",
				       "ursprüngliche mitteilung",
				       "message d'origine",
				       "message original",
				       "message initial",
				       "message transféré",
				       "mensaje original",
				       "mensaje reenviado",
				       "messaggio originale",
				       "messaggio inoltrato",
				       "mensagem original",
				       "mensagem encaminhada",
				       "oorspronkelijk bericht",
				       "doorgestuurd bericht",
				       "originalmeddelande",
				       "ursprungligt meddelande",
				       "vidarebefordrat",
				       "opprinnelig melding",
				       "oprindelig meddelelse",
				       "alkuperäinen viesti",
				       "wiadomość oryginalna",
				       "oryginalna wiadomość",
				       "wiadomość przekazana",
				       "původní zpráva",
				       "eredeti üzenet",
				       "исходное сообщение",
				       "оригинальное сообщение",
				       "пересылаемое сообщение",
				       "пересланное сообщение",
				       "mesaj original",
				       "orijinal mesaj",
				       "原始邮件",
				       "原邮件",
				       "原始郵件",
				       "转发邮件",
				       "転送メッセージ",
				       "元のメッセージ",
				       "original-nachricht",
				       "원본 메시지",
				       "forwarded message",
				       "forwarded by",
				       "weitergeleitete nachricht",
				       "reply message",
				       "vorherige nachricht",
				       NULL};

static const char *const devices[] = {"sent from ",
				      "sent via ",
				      "sent with ",
				      "sent by ",
				      "sent using ",
				      "from my iphone",
				      "from my ipad",
				      "from my android",
				      "from my mobile",
				      "from my phone",
				      "from my samsung",
				      "from my blackberry",
				      "get outlook for",
				      "get [outlook",
				      "download outlook",
				      "envoyé depuis",
				      "envoyé de ",
				      "envoyé à partir",
				      "envoye depuis",
				      "télécharger outlook",
				      "obtenez outlook",
				      "von meinem ",
				      "von unterwegs gesendet",
				      "gesendet von",
				      "gesendet mit",
				      "gesendet über",
				      "diese nachricht wurde von meinem",
				      "outlook für",
				      "holen sie sich outlook",
				      "verzonden met",
				      "verzonden vanaf",
				      "verzonden via",
				      "verstuurd vanaf",
				      "verstuurd met",
				      "enviado desde",
				      "enviado do ",
				      "enviado a partir",
				      "enviado con",
				      "enviado via",
				      "obtener outlook",
				      "obter o outlook",
				      "inviato da",
				      "scarica outlook",
				      "ottieni outlook",
				      "skickat från",
				      "sendt fra",
				      "sendt via",
				      "lähetetty",
				      "wysłane z",
				      "wysłano z",
				      "wyslane z",
				      "odesláno z",
				      "odoslané z",
				      "отправлено с",
				      "отправлено из",
				      "надіслано з",
				      "trimis de pe",
				      "küldve",
				      "telefonumdan",
				      "从我的",
				      "發自我的",
				      "发自我的",
				      "發自",
				      "发自",
				      "從我的",
				      "나의 ",
				      "내 iphone",
				      NULL};

static const char *const device_tails[] = {
	"から送信",        "에서 보냄",    "gesendet.", "gesendet",
	"'dan gönderildi", " from mobile", " 传送",     NULL};

/* The roles of the fields of a pasted header. */
enum role { SENDER = 1, DATE = 2, RECIPIENT = 4, SUBJECT = 8, MORE = 16 };

static const struct {
	const char *name;
	int role;
} header_names[] = {{"from", SENDER},
		    {"von", SENDER},
		    {"de", SENDER},
		    {"da", SENDER},
		    {"van", SENDER},
		    {"från", SENDER},
		    {"fra", SENDER},
		    {"lähettäjä", SENDER},
		    {"od", SENDER},
		    {"от", SENDER},
		    {"від", SENDER},
		    {"feladó", SENDER},
		    {"kimden", SENDER},
		    {"gönderen", SENDER},
		    {"expéditeur", SENDER},
		    {"remitente", SENDER},
		    {"mittente", SENDER},
		    {"αποστολέας", SENDER},
		    {"发件人", SENDER},
		    {"寄件者", SENDER},
		    {"寄件人", SENDER},
		    {"差出人", SENDER},
		    {"送信者", SENDER},
		    {"보낸 사람", SENDER},
		    {"보낸사람", SENDER},
		    {"από", SENDER},
		    {"saatja", SENDER},
		    {"odesílatel", SENDER},
		    {"sent", DATE},
		    {"date", DATE},
		    {"gesendet", DATE},
		    {"datum", DATE},
		    {"envoyé", DATE},
		    {"envoyé le", DATE},
		    {"enviado", DATE},
		    {"enviado el", DATE},
		    {"enviada em", DATE},
		    {"enviado em", DATE},
		    {"fecha", DATE},
		    {"data", DATE},
		    {"inviato", DATE},
		    {"verzonden", DATE},
		    {"skickat", DATE},
		    {"sendt", DATE},
		    {"dato", DATE},
		    {"lähetetty", DATE},
		    {"päivämäärä", DATE},
		    {"wysłano", DATE},
		    {"wysłane", DATE},
		    {"odesláno", DATE},
		    {"odoslané", DATE},
		    {"отправлено", DATE},
		    {"дата", DATE},
		    {"elküldve", DATE},
		    {"dátum", DATE},
		    {"tarih", DATE},
		    {"gönderildi", DATE},
		    {"发送时间", DATE},
		    {"发送日期", DATE},
		    {"日期", DATE},
		    {"寄件日期", DATE},
		    {"送信日時", DATE},
		    {"日付", DATE},
		    {"日時", DATE},
		    {"보낸 날짜", DATE},
		    {"날짜", DATE},
		    {"ημερομηνία", DATE},
		    {"sent on", DATE},
		    {"date sent", DATE},
		    {"to", RECIPIENT},
		    {"an", RECIPIENT},
		    {"à", RECIPIENT},
		    {"a", RECIPIENT},
		    {"para", RECIPIENT},
		    {"aan", RECIPIENT},
		    {"till", RECIPIENT},
		    {"til", RECIPIENT},
		    {"vastaanottaja", RECIPIENT},
		    {"do", RECIPIENT},
		    {"komu", RECIPIENT},
		    {"кому", RECIPIENT},
		    {"címzett", RECIPIENT},
		    {"kime", RECIPIENT},
		    {"alıcı", RECIPIENT},
		    {"destinataire", RECIPIENT},
		    {"destinatario", RECIPIENT},
		    {"收件人", RECIPIENT},
		    {"收件者", RECIPIENT},
		    {"宛先", RECIPIENT},
		    {"받는 사람", RECIPIENT},
		    {"받는사람", RECIPIENT},
		    {"προς", RECIPIENT},
		    {"pour", RECIPIENT},
		    {"către", RECIPIENT},
		    {"subject", SUBJECT},
		    {"betreff", SUBJECT},
		    {"betr.", SUBJECT},
		    {"objet", SUBJECT},
		    {"asunto", SUBJECT},
		    {"assunto", SUBJECT},
		    {"oggetto", SUBJECT},
		    {"onderwerp", SUBJECT},
		    {"ämne", SUBJECT},
		    {"emne", SUBJECT},
		    {"aihe", SUBJECT},
		    {"temat", SUBJECT},
		    {"předmět", SUBJECT},
		    {"predmet", SUBJECT},
		    {"тема", SUBJECT},
		    {"tárgy", SUBJECT},
		    {"konu", SUBJECT},
		    {"主题", SUBJECT},
		    {"主旨", SUBJECT},
		    {"件名", SUBJECT},
		    {"제목", SUBJECT},
		    {"θέμα", SUBJECT},
		    {"subiect", SUBJECT},
		    {"sujet", SUBJECT},
		    {"re", SUBJECT},
		    {"cc", MORE},
		    {"bcc", MORE},
		    {"kopie", MORE},
		    {"copie à", MORE},
		    {"copia", MORE},
		    {"kopia", MORE},
		    {"kopi", MORE},
		    {"kopio", MORE},
		    {"dw", MORE},
		    {"копия", MORE},
		    {"抄送", MORE},
		    {"副本", MORE},
		    {"참조", MORE},
		    {"reply-to", MORE},
		    {"reply to", MORE},
		    {"antwort an", MORE},
		    {"répondre à", MORE},
		    {"responder a", MORE},
		    {"risposta", MORE},
		    {"antwoord", MORE},
		    {"organization", MORE},
		    {"importance", MORE},
		    {"priority", MORE},
		    {"wichtigkeit", MORE},
		    {"attachments", MORE},
		    {"anlagen", MORE},
		    {"pièces jointes", MORE},
		    {"message-id", MORE},
		    {"newsgroups", MORE}};

/* Marks of direction, which Hebrew and Arabic lines are full of, in UTF-8. */
static void drop_directions(char *text)
{
	char *to = text;

	for (const char *at = text; *at;) {
		if (memcmp(at, "\xE2\x80", 2) == 0 &&
		    (at[2] == '\x8E' || at[2] == '\x8F' ||
		     (at[2] >= '\xAA' && at[2] <= '\xAE')))
			at += 3;
		else if (memcmp(at, "\xE2\x81", 2) == 0 && at[2] >= '\xA6' &&
			 at[2] <= '\xA9')
			at += 3;
		else
			*to++ = *at++;
	}
	*to = '\0';
}

static const char *fold(struct arena *arena, const char *text, size_t len)
{
	unsigned char all = 0;
	char *low, *out;

	for (size_t i = 0; i < len; i++)
		all |= (unsigned char)text[i];
	if (all < 0x80) { /* most lines, and the Unicode way is slow */
		low = arena_strndup(arena, text, len);
		str_lower(low);
		return low;
	}
	if (!str_utf8_valid(text, len))
		return arena_strndup(arena, "", 0);
	low = g_utf8_strdown(text, (gssize)len);
	out = arena_strdup(arena, low);
	g_free(low);
	drop_directions(out);
	return out;
}

static bool contains(const char *folded, const char *const *list)
{
	for (; *list; list++)
		if (strstr(folded, *list))
			return true;
	return false;
}

static bool begins(const char *folded, const char *const *list)
{
	for (; *list; list++)
		if (**list == *folded && str_starts(folded, *list))
			return true;
	return false;
}

static bool ends(const char *folded, const char *const *list)
{
	for (; *list; list++)
		if (str_ends(folded, *list))
			return true;
	return false;
}

static bool all_of(const char *text, size_t len, const char *chars)
{
	for (size_t i = 0; i < len; i++)
		if (!strchr(chars, text[i]))
			return false;
	return len > 0;
}

/* A line of nothing but these, at least two: the em dash is three bytes. */
static enum reply_kind dashes(const char *text, size_t len)
{
	if ((len == 3 && memcmp(text, "\xE2\x80\x94", 3) == 0) ||
	    (len == 3 && memcmp(text, "\xE2\x80\x93", 3) == 0))
		return REPLY_SIGNATURE;
	if (len == 2 && (memcmp(text, "--", 2) == 0 || memcmp(text, "__", 2) == 0))
		return REPLY_SIGNATURE;
	if (len == 4 && memcmp(text, "- --", 4) == 0)
		return REPLY_SIGNATURE;
	if (len >= 3 && (all_of(text, len, "-") || all_of(text, len, "_") ||
			 all_of(text, len, "=") || all_of(text, len, "*")))
		return REPLY_RULER;
	return REPLY_TEXT;
}

static bool device_line(const char *folded)
{
	folded += strspn(folded, " \t(<[*_-");
	return begins(folded, devices) || ends(folded, device_tails);
}

static bool forward_line(const char *folded)
{
	const char *bare = folded + strspn(folded, " \t-_*=>");
	bool dressed = bare - folded >= 2;

	if (str_starts(bare, "begin forwarded message") ||
	    str_starts(bare, "anfang der weitergeleiteten") ||
	    str_starts(bare, "début du message"))
		return true;
	return dressed && begins(bare, forwards) && strlen(bare) < 80;
}

/* By itself, without its neighbours. */
static enum reply_kind alone(struct arena *arena, const struct reply_line *line)
{
	const char *text = line->text;
	size_t len = line->len;
	enum reply_kind kind;
	const char *folded;

	while (len && str_is_space(*text)) {
		text++;
		len--;
	}
	while (len && str_is_space(text[len - 1]))
		len--;
	if (len == 0)
		return REPLY_BLANK;
	/* GroupWise: ">>> A Name <a@b> 3/11/2025 10:00 >>>", and no mark on what follows. */
	if (len > 12 && memcmp(text, ">>> ", 4) == 0 &&
	    memcmp(text + len - 4, " >>>", 4) == 0)
		return REPLY_FORWARD;
	if (*text == '>')
		return REPLY_QUOTE;
	kind = dashes(text, len);
	if (kind != REPLY_TEXT || len > MARK_WIDTH)
		return kind;
	folded = fold(arena, text, len);
	if (forward_line(folded))
		return REPLY_FORWARD;
	return device_line(folded) ? REPLY_MOBILE : REPLY_TEXT;
}

static int header_role(struct arena *arena, const struct reply_line *line)
{
	const char *text = line->text + strspn(line->text, " \t*>"),
		   *end = line->text + line->len;
	const char *colon = text < end ? memchr(text, ':', (size_t)(end - text)) : NULL;
	const char *wide =
		text < end ? memmem(text, (size_t)(end - text), "\xEF\xBC\x9A", 3) : NULL;
	char *name;
	size_t n;

	if (wide && (!colon || wide < colon))
		colon = wide;
	if (!colon || colon - text > 40)
		return 0;
	name = arena_strdup(arena, fold(arena, text, (size_t)(colon - text)));
	n = strlen(name);
	while (n && (str_is_space(name[n - 1]) || name[n - 1] == '*'))
		name[--n] = '\0';
	for (size_t i = 0; i < ARRAY_LEN(header_names); i++)
		if (str_eq(header_names[i].name, name))
			return header_names[i].role;
	return 0;
}

/* Who, and when or to whom, and what about: three of them together are a header. */
static void mark_headers(struct arena *arena, struct reply_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t end = i, last = i;
		int roles = 0, fields = 0;

		if (lines[i].kind != REPLY_TEXT || !header_role(arena, &lines[i]))
			continue;
		/* A long address list wraps; a blank line may stand between two fields. */
		for (; end < count && end - last <= 2; end++) {
			/* "Lähetetty" is both a field and how a telephone signs. */
			int role = lines[end].kind == REPLY_TEXT ||
						   lines[end].kind == REPLY_MOBILE
					   ? header_role(arena, &lines[end])
					   : 0;

			if (role) {
				roles |= role;
				fields++;
				last = end;
			} else if (lines[end].kind != REPLY_TEXT &&
				   lines[end].kind != REPLY_BLANK) {
				break;
			}
		}
		if (fields >= 3 && (roles & SENDER) && (roles & (DATE | SUBJECT)) &&
		    (roles & (RECIPIENT | SUBJECT | DATE)) != (roles & DATE)) {
			for (size_t k = i; k <= last; k++)
				lines[k].kind = REPLY_HEADER;
		}
		i = last;
	}
}

static bool is_label(struct arena *arena, const struct reply_line *line, int role)
{
	size_t len = line->len;
	const char *folded;

	while (len && str_is_space(line->text[len - 1]))
		len--;
	if (line->kind != REPLY_TEXT || len == 0 || len > 20)
		return false;
	folded = fold(arena, line->text, len);
	folded += strspn(folded, " \t");
	for (size_t i = 0; i < ARRAY_LEN(header_names); i++)
		if ((header_names[i].role & role) && str_eq(header_names[i].name, folded))
			return true;
	return str_eq(folded, "thema") && (role & SUBJECT);
}

/*
 * Notes writes its header without colons: the sender, the time, then "To" and "Subject"
 * each alone above what they tell.
 */
static void mark_notes_headers(struct arena *arena, struct reply_line *lines,
			       size_t count)
{
	enum { UP = 3, DOWN = 12 };

	for (size_t i = 1; i < count; i++) {
		size_t sender = i, subject = i, above = i;

		if (!is_label(arena, &lines[i], RECIPIENT))
			continue;
		for (size_t k = i + 1; k < count && k < i + DOWN && subject == i; k++)
			if (is_label(arena, &lines[k], SUBJECT))
				subject = k;
		while (above > 0 && lines[above - 1].kind == REPLY_BLANK)
			above--;
		for (size_t k = above;
		     k-- > 0 && k + UP >= above && lines[k].kind == REPLY_TEXT;)
			if (memchr(lines[k].text, '@', lines[k].len) ||
			    memchr(lines[k].text, '/', lines[k].len))
				sender = k;
		if (subject == i || sender == i)
			continue;
		for (size_t k = sender; k <= subject + 1 && k < count; k++)
			lines[k].kind = REPLY_HEADER;
		i = subject;
	}
}

static bool has_digit(const char *text)
{
	for (; *text; text++)
		if (str_is_digit(*text))
			return true;
	return false;
}

static bool has_time(const char *text)
{
	for (; *text; text++)
		if (str_is_digit(text[0]) && text[1] == ':' && str_is_digit(text[2]) &&
		    str_is_digit(text[3]))
			return true;
	return false;
}

/* "2016-03-03 17:21 GMT+01:00 Some One <a@b>:" - the old Gmail, in any language. */
static bool iso_attribution(const char *text)
{
	for (int i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? text[i] != '-' : !str_is_digit(text[i]))
			return false;
	return has_time(text + 10) && (strstr(text, "gmt") || strchr(text, '<'));
}

/* As attributions mostly begin: a word for "on", or the date. */
static bool begins_plainly(const char *folded)
{
	static const char *const words[] = {
		"on ",    "am ",  "le ",  "el ", "il ", "op ", "em ", "den ", "dnia ",
		"w dniu", "dne ", "dňa ", "på ", "pe ", "la ", "-",   "=",    "at ",
		"a ",     "в ",   "в",    "у ",  "em",  "na ", "ai ", NULL};

	return begins(folded, words) || str_is_digit(*folded);
}

static bool is_attribution(const char *folded)
{
	size_t len = strlen(folded);
	bool colon, dressed = str_starts(folded, "---") || str_starts(folded, "===");

	if (iso_attribution(folded))
		return true;
	while (len && strchr(" -*_=>", folded[len - 1]))
		len--;
	colon = len && (folded[len - 1] == ':' ||
			(len >= 3 && memcmp(folded + len - 3, "\xEF\xBC\x9A", 3) == 0));
	if (!colon && !dressed &&
	    !(begins_plainly(folded) && has_time(folded) && strchr(folded, '@') &&
	      ends(folded, wrote)))
		return false;
	if (contains(folded, wrote) && has_digit(folded) &&
	    (has_time(folded) || strchr(folded, '@') || strstr(folded, "20") ||
	     strstr(folded, "19")))
		return true;
	/* A date, a time and an address before a colon need no verb. */
	return colon && has_time(folded) && strchr(folded, '<') && strchr(folded, '@');
}

static bool may_begin(const char *folded)
{
	return begins_plainly(folded) || strchr(folded, '@') || contains(folded, wrote) ||
	       strchr(folded, ',');
}

static const char *joined(struct arena *arena, const struct reply_line *lines,
			  size_t from, size_t to)
{
	struct buf run;
	const char *folded;

	buf_init(&run, SPAN_BYTES);
	for (size_t i = from; i <= to; i++) {
		const char *text = lines[i].text;
		size_t len = lines[i].len;

		for (; len && str_is_space(*text); len--)
			text++;
		if (run.len)
			buf_char(&run, ' ');
		buf_add(&run, text, len);
	}
	folded = buf_cut(&run) ? "" : fold(arena, buf_text(&run), run.len);
	buf_clear(&run);
	return str_trim(arena_strdup(arena, folded));
}

/* Whether an attribution may end in this line: a cheap look that spares the dear one. */
static bool may_end(const struct reply_line *line)
{
	size_t len = line->len;

	while (len && (str_is_space(line->text[len - 1]) ||
		       strchr("-*_=>", line->text[len - 1])))
		len--;
	while (len >= 3 && memcmp(line->text + len - 3, "\xE2\x80", 2) == 0)
		len -= 3; /* a mark of direction behind the colon */
	if (len == 0)
		return false;
	return line->text[len - 1] == ':' || len < line->len ||
	       (len >= 3 && memcmp(line->text + len - 3, "\xEF\xBC\x9A", 3) == 0) ||
	       (len >= 5 && memcmp(line->text + len - 5, "wrote", 5) == 0) ||
	       str_is_digit(line->text[strspn(line->text, " ")]);
}

static bool ends_nearby(const struct reply_line *lines, size_t i, size_t count)
{
	for (size_t k = i; k < count && k < i + SPAN_MAX && lines[k].kind == REPLY_TEXT;
	     k++)
		if (may_end(&lines[k]))
			return true;
	return false;
}

/*
 * An attribution may be wrapped over several lines. Text may stand right above it: so
 * of those that end in one line, the one that begins last, if it begins plainly.
 */
static void mark_attributions(struct arena *arena, struct reply_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (lines[i].kind != REPLY_TEXT || lines[i].len > SPAN_BYTES ||
		    !ends_nearby(lines, i, count) ||
		    !may_begin(joined(arena, lines, i, i)))
			continue;
		for (size_t k = i;
		     k < count && k < i + SPAN_MAX && lines[k].kind == REPLY_TEXT; k++) {
			size_t from = i;

			if (!may_end(&lines[k]) ||
			    !is_attribution(joined(arena, lines, i, k)))
				continue;
			for (size_t n = i + 1; n <= k; n++) {
				const char *later = joined(arena, lines, n, k);

				if (begins_plainly(later) && is_attribution(later))
					from = n;
			}
			for (size_t n = from; n <= k; n++)
				lines[n].kind = REPLY_ATTRIBUTION;
			i = k;
			break;
		}
	}
}

void reply_mark(struct arena *arena, struct reply_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++)
		lines[i].kind = alone(arena, &lines[i]);
	mark_headers(arena, lines, count);
	mark_notes_headers(arena, lines, count);
	mark_attributions(arena, lines, count);
}
