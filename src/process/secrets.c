#include "process/secrets.h"
#include "base/fd.h"
#include "base/codec/pack.h"
#include "base/str.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SECRETS_MOST = 1 << 18 };

static void make_room(const struct settings *s, struct arena *arena, struct secrets *out)
{
	out->mailboxes = arena_make(arena, const char *, s->mailbox_count);
	out->relays = arena_make(arena, const char *, s->relay_count);
	out->proxy = NULL;
	out->has_key = false;
	memset(out->key, 0, sizeof(out->key));
	out->dkim = arena_make(arena, const char *, s->dkim_count);
}

bool secrets_read(const struct settings *s, struct arena *arena, struct secrets *out,
		  struct err *err)
{
	make_room(s, arena, out);
	for (size_t i = 0; i < s->mailbox_count; i++)
		if (*s->mailboxes[i].password_file &&
		    s->mailboxes[i].auth == SETTINGS_AUTH_PASSWORD &&
		    !settings_password(s->mailboxes[i].password_file, arena,
				       &out->mailboxes[i], err))
			return false;
	if (*s->proxy_secret_file && !settings_proxy_secret(s, arena, &out->proxy, err))
		return false;
	for (size_t i = 0; i < s->relay_count; i++)
		if (*s->relays[i].password_file &&
		    !settings_password(s->relays[i].password_file, arena, &out->relays[i],
				       err))
			return false;
	for (size_t i = 0; i < s->dkim_count; i++)
		if (!settings_dkim_key(s->dkim[i].key_file, arena, &out->dkim[i],
				       err))
			return false;
	return true;
}

bool secrets_hand_over(const struct settings *s, const struct secrets *secrets,
		       const struct secrets_for *whom, int *out_fd, struct err *err)
{
	bool collects = str_eq(whom->role, "collect");
	bool delivers = str_eq(whom->role, "deliver");
	AUTO(buf) packed = buf_new(SECRETS_MOST);
	AUTO_FD fd = memfd_create("mercat-secrets", 0);
	bool ok;

	for (size_t i = 0; i < s->mailbox_count; i++)
		pack_str(packed, collects && str_eq(s->mailboxes[i].name, whom->mailbox)
					 ? secrets->mailboxes[i]
					 : NULL);
	for (size_t i = 0; i < s->relay_count; i++)
		pack_str(packed, delivers ? secrets->relays[i] : NULL);
	for (size_t i = 0; i < s->dkim_count; i++)
		pack_str(packed, delivers ? secrets->dkim[i] : NULL);
	pack_str(packed, str_eq(whom->role, "web") ? secrets->proxy : NULL);
	pack_bytes(packed, whom->needs_key && secrets->has_key ? secrets->key : NULL,
		   sizeof(secrets->key));
	if (fd < 0 || buf_cut(packed))
		return err_set(err, ERR_SYSTEM, "secrets cannot be handed over: %s",
			       strerror(errno));
	ok = fd_write_all(fd, buf_text(packed), packed->len, err) &&
	     lseek(fd, 0, SEEK_SET) == 0;
	explicit_bzero(packed->bytes, packed->len);
	if (!ok)
		return err_set(err, ERR_SYSTEM, "secrets cannot be handed over");
	*out_fd = fd;
	fd = -1;
	return true;
}

static bool take_key(struct unpack *u, struct arena *arena, struct secrets *out)
{
	const char *key;
	size_t len;

	if (!unpack_bytes(u, arena, &key, &len) || (key && len != sizeof(out->key)))
		return false;
	out->has_key = key != NULL;
	if (key)
		memcpy(out->key, key, sizeof(out->key));
	return true;
}

bool secrets_take(const struct settings *s, struct arena *arena, int fd,
		  struct secrets *out, struct err *err)
{
	AUTO(buf) packed = buf_new(SECRETS_MOST);
	struct unpack u;
	bool whole;

	make_room(s, arena, out);
	if (!fd_read_all(fd, "the master's secrets", packed, err))
		return false;
	unpack_begin(&u, buf_text(packed), packed->len);
	for (size_t i = 0; i < s->mailbox_count; i++)
		if (!unpack_str(&u, arena, &out->mailboxes[i]))
			break;
	for (size_t i = 0; i < s->relay_count; i++)
		if (!unpack_str(&u, arena, &out->relays[i]))
			break;
	for (size_t i = 0; i < s->dkim_count; i++)
		if (!unpack_str(&u, arena, &out->dkim[i]))
			break;
	whole = unpack_str(&u, arena, &out->proxy) && take_key(&u, arena, out);
	if (packed->bytes)
		explicit_bzero(packed->bytes, packed->len);
	return (whole && unpack_end(&u)) ||
	       err_set(err, ERR_SETUP,
		       "the settings changed under us; start mercatd again");
}
