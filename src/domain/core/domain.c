#include "domain/core/domain.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "base/fd.h"
#include "base/str.h"
#include "mail/write/notification_mail.h"

#include <unistd.h>

bool domain_key_make(const struct settings *settings, struct err *err)
{
	const char *path = settings_key_path(settings);
	unsigned char key[SECRET_KEY_BYTES];

	if (access(path, F_OK) == 0)
		return true;
	secret_random(key, sizeof(key));
	return fd_write_file(path, key, sizeof(key), 0600, err);
}

bool domain_key_load(const struct settings *settings, unsigned char key[SECRET_KEY_BYTES],
		     struct err *err)
{
	const char *path = settings_key_path(settings);
	AUTO(buf) bytes = buf_new(SECRET_KEY_BYTES);

	if (!fd_read_file(path, bytes, err) || bytes->len != SECRET_KEY_BYTES)
		return err_set(
			err, ERR_SETUP,
			"%s: the key is absent, unreadable or damaged; restore it from a "
			"copy" HINT "a new one comes with: mercat store init",
			path);
	memcpy(key, bytes->bytes, SECRET_KEY_BYTES);
	return true;
}

/* A team's own template that is called as none of ours is any more would have no effect. */
static bool no_old_names(const struct template_library *library, const char *folder,
			 struct err *err)
{
	static const struct {
		const char *before, *now;
	} renamed[] = {{"mail/left", "mail/unsubscribed"},
		       {"mail/leave-asked", "mail/unsubscribe-asked"},
		       {"mail/manage", "mail/preferences"},
		       {"mail/answer", "mail/reply"}};
	const char *name;

	for (size_t i = 0; (name = template_library_name(library, i)); i++)
		for (size_t n = 0; n < ARRAY_LEN(renamed); n++) {
			size_t len = strlen(renamed[n].before);

			if (str_starts(name, renamed[n].before) && name[len] == '.')
				return err_set(err, ERR_SETUP,
					       "%s/%s: this template is called %s%s now; "
					       "rename yours",
					       folder, name, renamed[n].now, name + len);
		}
	return true;
}

bool domain_templates_load(const struct settings *settings, const char *installed,
			   struct template_library *into, struct err *err)
{
	return (!*settings->templates_dir ||
		(template_library_add_folder(into, settings->templates_dir, err) &&
		 no_old_names(into, settings->templates_dir, err))) &&
	       template_library_add_folder(into, installed, err) &&
	       template_library_check(into, err) && mail_notification_check(into, err);
}

const char *const subscription_states[] = {"requested", "refused",    "pending",
					   "active",    "paused",     "unsubscribed",
					   "bouncing",  "suppressed", NULL};
const char *const delivery_states[] = {"queued",   "sending",  "sent",
				       "in doubt", "deferred", "refused",
				       "skipped",  "digest",   NULL};
const char *const notification_states[] = {"queued",   "sending", "sent",    "in doubt",
					   "deferred", "refused", "skipped", NULL};
const char *const inbound_kinds[] = {"human",     "bounce",    "delay",
				     "delivered", "complaint", "autoreply",
				     "list",      "command",   NULL};
const char *const inbound_taken[] = {"response",  "subscribe", "confirm", "unsubscribe",
				     "help",      "bounce",    "notice",  "complaint",
				     "autoreply", "list",      "own",     "copy",
				     "unsorted",  "discarded", NULL};
const char *const response_channels[] = {"email", "paper", "telephone", "meeting", NULL};
const char *const response_states[] = {"received", "included", "excluded", NULL};
const char *const respondent_types[] = {"individual", "organisation", "unknown", NULL};
const char *const respondent_permissions[] = {"name", "without name", "none", "unknown",
					      NULL};

bool domain_word_check(const char *what, const char *text, const char *const *words,
		       struct err *err)
{
	AUTO(buf) all = buf_new(400);

	for (; text && *words; words++) {
		if (str_eq(text, *words))
			return true;
		buf_printf(all, "%s%s", all->len ? ", " : "", *words);
	}
	return !text || err_set(err, ERR_INPUT, "\"%.40s\" is not a %s; there are: %s",
				text, what, buf_text(all));
}

bool needs_staff(const struct operation *op, struct err *err)
{
	return op->staff_id > 0 ||
	       err_set(err, ERR_CONFLICT,
		       "this is for the staff" HINT
		       "say who you are with --as NAME, or add yourself first: "
		       "mercat staff add NAME");
}

/* Two names that look the same must be the same: single blanks, and nothing that is not seen. */
static bool name_is_plain(const char *name)
{
	size_t len = strlen(name), n;

	if (len < 1 || len > 60 || !str_utf8_valid(name, len) || name[0] == ' ' ||
	    name[len - 1] == ' ' || strstr(name, "  "))
		return false;
	for (size_t i = 0; i < len; i += n) {
		n = str_utf8_char(name + i, len - i);
		if (name[i] != ' ' && str_unseen(name + i, len - i))
			return false;
	}
	return true;
}

bool account_add(struct operation *op, const char *name, const char *email,
		 struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	AUTO(store_txn) t = NULL;

	if (!name_is_plain(name))
		return err_set(
			err, ERR_INPUT,
			"a name of the staff has 1 to 60 characters: single blanks, and none "
			"that cannot be seen");
	if (email && !address_read(arena, email, NULL, &email, err))
		return false;
	t = store_begin(op->store, err);
	if (!t)
		return false;
	if (!store_run(op->store, err, SQL_STAFF_ADD, "tti", name, email, op->now)) {
		if (err->kind == ERR_CONFLICT)
			return err_set(err, ERR_CONFLICT,
				       "\"%s\" is in the staff already", name);
		return false;
	}
	return audit_record(op, err, "staff added", "staff", store_last_id(op->store),
			    "%s", "") &&
	       store_commit(&t, err);
}

bool account_become(struct operation *op, struct arena *arena, const char *name,
		    struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_STAFF_TYPED, "t", name)) {
		if (err->kind == ERR_ABSENT)
			return err_set(err, ERR_ABSENT,
				       "\"%.60s\" is not in the staff" HINT
				       "add them with: mercat staff add NAME",
				       name);
		return false;
	}
	op->staff_id = row_int(&row, "id");
	op->who = row_text(&row, "name");
	return true;
}

const char *one_click_url(const struct operation *op, struct arena *arena,
			  const char *page, const char *token)
{
	const char *base = op->settings->base_url;

	return str_starts(base, "https://")
		       ? arena_printf(arena, "%s/%s/%s", base, page, token)
		       : NULL;
}
