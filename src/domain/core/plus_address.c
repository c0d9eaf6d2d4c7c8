#include "domain/core/plus_address.h"
#include "base/str.h"
#include "mail/write/recipient.h"

bool address_read(struct arena *arena, const char *given, const char **out_key,
		  const char **out_plain, struct err *err)
{
	const char *plain;

	if (!mail_address_normal(arena, given, &plain, err))
		return false;
	if (out_key)
		*out_key = mail_address_key(arena, plain);
	*out_plain = plain;
	return true;
}

const char *address_with(struct arena *arena, const char *base, const char *detail)
{
	const char *at = strrchr(base, '@');

	ASSERT(at);
	return arena_printf(arena, "%.*s+%s%s", (int)(at - base), base, detail, at);
}

/* Bytes of a control character (C0, DEL, C1) at text; 0 when it is none. */
static size_t control_at(const char *text)
{
	unsigned char c = (unsigned char)text[0];

	if (c < 0x20 || c == 0x7F)
		return 1;
	return c == 0xC2 && (unsigned char)text[1] >= 0x80 &&
			       (unsigned char)text[1] < 0xA0
		       ? 2
		       : 0;
}

const char *address_name_clean(struct arena *arena, const char *name)
{
	size_t len = 0, all = strlen(str_or(name, ""));
	char clean[LIST_NAME_MOST + 1];

	for (size_t n, at = 0; at < all && len < LIST_NAME_MOST; at += n) {
		size_t control = control_at(name + at);
		enum str_sign sign = str_sign_at(name, at, all);

		n = control ? control : str_utf8_char(name + at, all - at);
		if (sign == STR_SIGN_UNSEEN || sign == STR_SIGN_MISLEADS)
			continue;
		control = sign == STR_SIGN_LINE ? n : control;
		if (len + n > LIST_NAME_MOST)
			break;
		if (n && !control) {
			memcpy(clean + len, name + at, n);
			len += n;
		} else if (len && clean[len - 1] != ' ') {
			clean[len++] = ' ';
		}
		n = n ? n : 1;
	}
	clean[len] = '\0';
	return arena_strdup(arena, str_or(str_trim(clean), NULL));
}

bool address_text_check(const char *what, const char *text, size_t most, struct err *err)
{
	size_t len = text ? strlen(text) : 0;

	if (len > most)
		return err_set(err, ERR_INPUT, "%s is longer than %zu bytes", what, most);
	if (len && !str_utf8_valid(text, len))
		return err_set(err, ERR_INPUT, "%s is not UTF-8 text", what);
	for (size_t i = 0; i < len; i++)
		if (control_at(text + i))
			return err_set(
				err, ERR_INPUT,
				"%s holds a line end or control character; take it out",
				what);
	for (size_t i = 0; i < len; i++)
		if (str_sign_at(text, i, len) != STR_SIGN_SHOWN)
			return err_set(err, ERR_INPUT,
				       "%s holds a sign that nobody sees or that turns "
				       "words round; take it out",
				       what);
	return true;
}

/* RFC 5322, 3.2.2: comments may stand anywhere outside quotes, one within another. */
static const char *without_comments(struct arena *arena, const char *given)
{
	AUTO(buf) to = buf_new(2 * MAIL_ADDRESS_MAX);
	bool quoted = false;
	int depth = 0;

	for (const char *c = given; *c; c++) {
		bool escaped = *c == '\\' && c[1];

		if (*c == '"' && !depth)
			quoted = !quoted;
		if (*c == '(' && !quoted)
			depth++;
		else if (*c == ')' && !quoted && depth)
			depth--;
		else if (!depth && (quoted || !str_is_space(*c)))
			buf_add(to, c, escaped ? 2 : 1);
		c += escaped;
	}
	while (to->len && to->bytes[to->len - 1] == '.')
		to->len--;
	return arena_strndup(arena, buf_text(to), to->len);
}

/* "\"anna\"@x.example": quotes that nothing in them needs. */
static const char *without_quotes(struct arena *arena, const char *given)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+-/=?^_`{|}~";
	AUTO(buf) to = buf_new(2 * MAIL_ADDRESS_MAX);
	const char *c = given;

	if (*c++ != '"')
		return given;
	for (; *c && *c != '"'; c++) {
		c += *c == '\\' && c[1];
		if (!strchr(plain, str_lower_char(*c)))
			return given;
		buf_char(to, *c);
	}
	if (*c != '"')
		return given;
	buf_str(to, c + 1);
	return arena_strndup(arena, buf_text(to), to->len);
}

const char *address_meant(struct arena *arena, const char *given)
{
	struct err bad = {0};
	const char *normal;

	given = without_quotes(arena, without_comments(arena, given));
	if (!mail_address_normal(arena, given, &normal, &bad))
		return NULL;
	return mail_address_key(arena, normal);
}
