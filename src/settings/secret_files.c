/* The files of passwords and keys that the settings name. */
#include "base/fd.h"
#include "base/str.h"
#include "settings/settings.h"

enum { FILE_MOST = 1 << 14, PROXY_LEAST = 20 };

bool settings_password(const char *file, struct arena *arena, const char **out,
		       struct err *err)
{
	AUTO(buf) text = buf_new(FILE_MOST);

	if (!fd_read_file(file, text, err)) {
		err->kind = ERR_SETUP;
		return err_prefix(err, "the password file cannot be read");
	}
	*out = arena_strndup(arena, buf_text(text), strcspn(buf_text(text), "\r\n"));
	return **out || err_set(err, ERR_SETUP, "%s: the password file is empty", file);
}

bool settings_dkim_key(const char *file, struct arena *arena, const char **out,
		       struct err *err)
{
	AUTO(buf) text = buf_new(FILE_MOST);

	if (!fd_read_file(file, text, err)) {
		err->kind = ERR_SETUP;
		return err_prefix(err, "the DKIM key cannot be read");
	}
	*out = arena_strdup(arena, buf_text(text));
	explicit_bzero(text->bytes, text->len);
	return true;
}

bool settings_proxy_secret(const struct settings *s, struct arena *arena,
			   const char **out, struct err *err)
{
	if (!settings_password(s->proxy_secret_file, arena, out, err))
		return false;
	return strlen(*out) >= PROXY_LEAST ||
	       err_set(err, ERR_SETUP,
		       "%s: the secret has fewer than %d characters; make one with: openssl "
		       "rand -hex 32",
		       s->proxy_secret_file, PROXY_LEAST);
}

bool settings_files_check(const struct settings *s, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	const char *text;

	for (size_t i = 0; i < s->mailbox_count; i++)
		if (*s->mailboxes[i].password_file &&
		    s->mailboxes[i].auth == SETTINGS_AUTH_PASSWORD &&
		    !settings_password(s->mailboxes[i].password_file, arena, &text, err))
			return err_prefix(err, "mailboxes[%zu]", i);
	for (size_t i = 0; i < s->relay_count; i++)
		if (*s->relays[i].password_file &&
		    !settings_password(s->relays[i].password_file, arena, &text, err))
			return err_prefix(err, "relays[%zu]", i);
	for (size_t i = 0; i < s->dkim_count; i++)
		if (!settings_dkim_key(s->dkim[i].key_file, arena, &text, err))
			return err_prefix(err, "dkim[%zu]", i);
	return !*s->proxy_secret_file || settings_proxy_secret(s, arena, &text, err);
}
