#include "domain/sorting/typed_mail.h"
#include "base/clock.h"
#include "base/codec/secret.h"
#include "base/str.h"
#include "mail/write/encode.h"

static const char hex_digits[] = "0123456789ABCDEF";

/* Of a path the last part, whichever way it is written. */
static const char *base_name(const char *name)
{
	const char *at = name;

	for (const char *c = name; *c; c++)
		if (*c == '/' || *c == '\\')
			at = c + 1;
	return *at ? at : "file";
}

/* RFC 2231: any letter in any header. */
static void put_name(struct buf *to, const char *name)
{
	buf_str(to, "UTF-8''");
	for (const char *c = base_name(name); *c; c++) {
		unsigned char byte = (unsigned char)*c;
		char lower = str_lower_char(*c);

		if ((lower >= 'a' && lower <= 'z') || str_is_digit(*c) ||
		    (*c && strchr(".-_", *c))) {
			buf_char(to, *c);
			continue;
		}
		buf_char(to, '%');
		buf_char(to, hex_digits[byte >> 4]);
		buf_char(to, hex_digits[byte & 15]);
	}
}

static bool ends_with(const char *name, const char *end)
{
	size_t len = strlen(name), tail = strlen(end);

	return len > tail && str_ieq(name + len - tail, end);
}

/* A browser's word for it, where it is one; a mail of mails would need another encoding. */
static const char *type_of(struct arena *arena, const struct typed_file *file)
{
	static const struct {
		const char *end, *type;
	} known[] = {
		{".pdf", "application/pdf"},
		{".png", "image/png"},
		{".jpg", "image/jpeg"},
		{".jpeg", "image/jpeg"},
		{".gif", "image/gif"},
		{".tif", "image/tiff"},
		{".tiff", "image/tiff"},
		{".heic", "image/heic"},
		{".txt", "text/plain"},
		{".docx", "application/"
			  "vnd.openxmlformats-officedocument.wordprocessingml.document"},
		{".odt", "application/vnd.oasis.opendocument.text"},
	};
	char *type = arena_strdup(arena, str_or(file->type, ""));
	bool plain = strchr(type, '/') && strlen(type) < 100;

	str_lower(type);
	for (const char *c = type; *c; c++)
		plain = plain && ((*c >= 'a' && *c <= 'z') || str_is_digit(*c) ||
				  strchr("/.+-", *c));
	if (plain && !str_starts(type, "message/") && !str_starts(type, "multipart/") &&
	    !str_eq(type, "application/octet-stream"))
		return type;
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (ends_with(file->name, known[i].end))
			return known[i].type;
	return "application/octet-stream";
}

/* Nothing that is in it, so that the same words are the same bytes. */
static const char *boundary_of(struct arena *arena, const struct typed_mail *mail)
{
	AUTO(buf) all = buf_new((mail->file_count + 2) * SECRET_SHA256_HEX);
	char one[SECRET_SHA256_HEX];

	secret_sha256_hex(mail->text, strlen(mail->text), one);
	buf_str(all, one);
	for (size_t i = 0; i < mail->file_count; i++) {
		secret_sha256_hex(mail->files[i].bytes, mail->files[i].len, one);
		buf_str(all, one);
	}
	secret_sha256_hex(buf_text(all), all->len, one);
	return arena_printf(arena, "=_%.40s", one);
}

static void put_head(struct buf *to, const struct typed_mail *mail)
{
	char date[CLOCK_TEXT];

	clock_rfc5322(mail->at, date);
	if (!str_empty(mail->from))
		buf_printf(to, "From: <%s>\r\n", mail->from);
	buf_printf(to,
		   "To: <%s>\r\nDate: %s\r\nSubject: %s\r\n"
		   "X-Mercat-Channel: %s\r\nMIME-Version: 1.0\r\n",
		   mail->to, date, mail->subject, mail->channel);
}

static void put_text(struct buf *to, const char *text)
{
	buf_str(to, "Content-Type: text/plain; charset=utf-8\r\n"
		    "Content-Transfer-Encoding: base64\r\n\r\n");
	encode_base64(to, text, strlen(text));
}

bool typed_mail_make(struct arena *arena, const struct typed_mail *mail, const void **out,
		     size_t *out_len, struct err *err)
{
	AUTO(buf) to = buf_new(mail->most);
	const char *boundary = boundary_of(arena, mail);
	char *bytes;

	put_head(to, mail);
	if (mail->file_count)
		buf_printf(to,
			   "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n"
			   "--%s\r\n",
			   boundary, boundary);
	put_text(to, mail->text);
	for (size_t i = 0; i < mail->file_count; i++) {
		buf_printf(to,
			   "--%s\r\nContent-Type: %s\r\nContent-Disposition: ", boundary,
			   type_of(arena, &mail->files[i]));
		buf_str(to, "attachment;\r\n filename*=");
		put_name(to, mail->files[i].name);
		buf_str(to, "\r\nContent-Transfer-Encoding: base64\r\n\r\n");
		encode_base64(to, mail->files[i].bytes, mail->files[i].len);
	}
	if (mail->file_count)
		buf_printf(to, "--%s--\r\n", boundary);
	if (buf_cut(to))
		return err_set(err, ERR_INPUT,
			       "all of it together is longer than the %zu MB that one "
			       "response may have",
			       mail->most >> 20);
	bytes = arena_alloc(arena, to->len + 1);
	memcpy(bytes, buf_text(to), to->len + 1);
	*out = bytes;
	*out_len = to->len;
	return true;
}
