#include "mail/write/recipient.h"

#include "base/str.h"

#include <arpa/inet.h>
#include <idn2.h>

enum { LOCAL_MAX = 64, DOMAIN_MAX = 253, LABEL_MAX = 63 };

static bool is_atom_char(char c)
{
	return str_is_alpha(c) || str_is_digit(c) ||
	       (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

static const char *check_quoted(const char *local, size_t len)
{
	for (size_t i = 1; i + 1 < len; i++) {
		if (local[i] == '\\' && i + 2 < len)
			i++;
		else if (local[i] == '\\' || local[i] == '"')
			return "the quotes before the @ do not match";
	}
	return len < 3 ? "there is nothing before the @" : NULL;
}

static const char *check_local(const char *local, size_t len)
{
	if (!len)
		return "there is nothing before the @";
	if (len > LOCAL_MAX)
		return "the part before the @ is longer than 64 characters";
	if (*local == '"')
		return len > 1 && local[len - 1] == '"'
			       ? check_quoted(local, len)
			       : "the quotes before the @ do not match";
	if (*local == '.' || local[len - 1] == '.')
		return "the part before the @ starts or ends with a dot";
	for (size_t i = 0; i < len; i++) {
		if (local[i] == '.' && local[i - 1] == '.')
			return "two dots stand together before the @";
		if (local[i] != '.' && !is_atom_char(local[i]))
			return "there is a character before the @ that no address has";
	}
	return NULL;
}

static const char *check_literal(const char *domain, size_t len)
{
	unsigned char bytes[16];
	char text[64];

	if (len < 3 || domain[len - 1] != ']' || len - 1 > sizeof(text))
		return "the brackets after the @ hold no IP address";
	str_copy(text, len - 1, domain + 1);
	if (str_istarts(text, "IPv6:") ? inet_pton(AF_INET6, text + 5, bytes) == 1
				       : inet_pton(AF_INET, text, bytes) == 1)
		return NULL;
	return "the brackets after the @ hold no IP address";
}

/* libidn2 takes empty labels and underscores; a mail domain has neither. */
static const char *check_domain(const char *domain)
{
	size_t len = strlen(domain), label = 0;

	if (!len)
		return "there is no domain after the @";
	if (*domain == '[')
		return check_literal(domain, len);
	if (len > DOMAIN_MAX)
		return "the domain is longer than 253 characters";
	for (size_t i = 0; i <= len; i++) {
		char c = domain[i];

		if (c == '.' || !c) {
			if (!label)
				return "the domain has a dot too many";
			if (domain[i - 1] == '-' || domain[i - label] == '-')
				return "a part of the domain starts or ends with a hyphen";
			label = 0;
			continue;
		}
		if (!str_is_alpha(c) && !str_is_digit(c) && c != '-')
			return "there is a character in the domain that no domain has";
		if (++label > LABEL_MAX)
			return "a part of the domain is longer than 63 characters";
	}
	return NULL;
}

/* The @ that parts them: the last one, as only a quoted local part can hold another. */
static const char *at_sign(const char *address)
{
	return address ? strrchr(address, '@') : NULL;
}

static const char *check_bytes(const char *address)
{
	for (const char *c = address; *c; c++) {
		if (*c == ' ' || *c == '\t')
			return "there is a space in it";
		if ((unsigned char)*c < 0x20 || *c == 0x7F)
			return "there is a control character in it";
		if (*c == '<' || *c == '>')
			return "give only the address itself, without < and >";
	}
	return NULL;
}

static bool refuse(const char *address, const char *why, struct err *err)
{
	AUTO(buf) shown = buf_new(120);

	for (const char *c = address; *c && shown->len < 100; c++)
		buf_char(shown, (unsigned char)*c < 0x20 || *c == 0x7F ? '?' : *c);
	return err_set(err, ERR_INPUT, "\"%s\" is no email address: %s", buf_text(shown),
		       why);
}

bool mail_address_check(const char *address, struct err *err)
{
	const char *at = at_sign(address), *why;

	why = check_bytes(address);
	if (!why && !at)
		why = "there is no @ in it";
	for (const char *c = address; !why && *c; c++)
		if ((unsigned char)*c >= 0x80)
			why = "there is a letter in it that is not plain English";
	if (!why && strlen(address) > MAIL_ADDRESS_MAX)
		why = "it is longer than 254 characters";
	if (!why)
		why = check_local(address, (size_t)(at - address));
	if (!why)
		why = check_domain(at + 1);
	return why ? refuse(address, why, err) : true;
}

bool mail_address_normal(struct arena *arena, const char *given, const char **out,
			 struct err *err)
{
	char *address = str_trim(arena_strdup(arena, given)), *whole;
	const char *at = at_sign(address);
	uint8_t *ascii = NULL;

	if (!at || str_utf8_valid(at, strlen(at)) == false || check_bytes(address))
		return mail_address_check(address, err);
	for (const char *c = at; *c; c++) {
		if ((unsigned char)*c < 0x80)
			continue;
		if (idn2_lookup_u8((const uint8_t *)at + 1, &ascii,
				   IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
			return refuse(address, "its domain cannot exist", err);
		break;
	}
	whole = arena_printf(arena, "%.*s@%s", (int)(at - address), address,
			     ascii ? (const char *)ascii : at + 1);
	idn2_free(ascii);
	if (!mail_address_check(whole, err))
		return false;
	str_lower(strrchr(whole, '@'));
	*out = whole;
	return true;
}

const char *mail_address_key(struct arena *arena, const char *address)
{
	const char *normal;
	struct err ignored;
	char *key;

	if (!address || !mail_address_normal(arena, address, &normal, &ignored))
		return NULL;
	key = arena_strdup(arena, normal);
	str_lower(key);
	return key;
}

const char *mail_limit_key(struct arena *arena, const char *address)
{
	const char *key = mail_address_key(arena, address), *at;
	AUTO(buf) local = buf_new(MAIL_ADDRESS_MAX + 1);
	bool quoted;

	if (!key)
		return NULL;
	at = at_sign(key);
	quoted = *key == '"';
	for (const char *c = key + quoted; c < at - quoted; c++) {
		if (quoted && *c == '\\' && c + 1 < at - 1)
			c++;
		else if (*c == '+' && local->len)
			break;
		buf_char(local, *c);
	}
	return arena_printf(arena, "%s%s", buf_text(local), at);
}

const char *mail_address_shown(struct arena *arena, const char *address)
{
	const char *at = at_sign(address), *letters, *back;
	char *shown = NULL;
	struct err ignored;

	if (!at || idn2_to_unicode_8z8z(at + 1, &shown, 0) != IDN2_OK)
		return address;
	letters = arena_printf(arena, "%.*s@%s", (int)(at - address), address, shown);
	idn2_free(shown);
	/* Letters that are written in another way would show another address than is meant. */
	return mail_address_normal(arena, letters, &back, &ignored) &&
			       str_eq(back, address)
		       ? letters
		       : address;
}

bool mail_address_same(const char *a, const char *b)
{
	AUTO(arena) arena = arena_new(1024);
	const char *key_a = mail_address_key(arena, a),
		   *key_b = mail_address_key(arena, b);

	return key_a && key_b && str_eq(key_a, key_b);
}

bool mail_address_split(struct arena *arena, const char *address, const char **out_base,
			const char **out_detail)
{
	const char *at = at_sign(address), *plus = NULL;

	if (!at || at == address || !at[1])
		return false;
	for (const char *c = address; c < at; c++)
		if (*c == '+')
			plus = c;
	if (!plus || plus == address || plus + 1 == at) {
		*out_base = arena_strdup(arena, address);
		*out_detail = NULL;
		return true;
	}
	*out_base = arena_printf(arena, "%.*s%s", (int)(plus - address), address, at);
	*out_detail = arena_strndup(arena, plus + 1, (size_t)(at - plus) - 1);
	return true;
}
