#include "tests/unit/stage.h"
#include "tests/unit/ready.h"

#include "domain/intake/inbound.h"
#include "domain/sorting/undo_kinds.h"
#include "base/fd.h"
#include "base/str.h"

#include <dirent.h>
#include <inttypes.h>

#define MUST(call)                                                \
	do {                                                      \
		struct err err = {0};                             \
		ck_assert_msg((call), "%s: %s", #call, err.text); \
	} while (0)

static void write_settings(const struct stage *s, const char *text, const char *path)
{
	static const char folder[] = "FOLDER";
	AUTO(buf) out = buf_new(1 << 16);

	buf_printf(out, "state_dir = \"%s\";\n", s->folder);
	for (const char *at; (at = strstr(text, folder)); text = at + strlen(folder)) {
		buf_add(out, text, (size_t)(at - text));
		buf_str(out, s->folder);
	}
	buf_str(out, text);
	MUST(fd_write_file(path, buf_text(out), out->len, 0600, &err));
}

void stage_open(struct stage *s, const struct stage_plan *plan)
{
	struct store_row row;
	const char *conf;

	*s = (struct stage){.arena = arena_new(1 << 16)};
	unit_folder(s->folder, plan->name);
	conf = arena_printf(s->arena, "%s/mercat.conf", s->folder);
	write_settings(s, plan->settings, conf);
	MUST(settings_load(conf, &s->settings, &err));
	str_copy(s->path, sizeof(s->path), settings_store_path(s->settings));
	s->templates = ready_templates();
	s->op = (struct operation){.settings = s->settings,
				   .templates = s->templates,
				   .undo_kinds = undo_kinds,
				   .now = plan->now,
				   .who = "setup"};
	MUST(domain_key_make(s->settings, &err));
	MUST(domain_key_load(s->settings, s->op.key, &err));
	ready_store(s->path);
	MUST(store_open(s->path, STORE_MIGRATE, &s->op.store, &err));
	for (size_t i = 0; plan->staff[i]; i++)
		stage_hires(s, plan->staff[i]);
	stage_become(s, plan->staff[0]);
	MUST(store_run(s->op.store, &err, SQL_MAILBOX_ENSURE, "t", "main"));
	MUST(store_one(s->op.store, s->arena, &row, &err, SQL_MAILBOX_BY_NAME, "t",
		       "main"));
	s->mailbox_id = row_int(&row, "id");
}

void stage_close(struct stage *s)
{
	DIR *folder = opendir(s->folder);
	struct dirent *entry;

	store_close(&s->op.store);
	ck_assert_ptr_nonnull(folder);
	while ((entry = readdir(folder)))
		(void)unlinkat(dirfd(folder), entry->d_name, 0);
	(void)closedir(folder);
	ck_assert_int_eq(rmdir(s->folder), 0);
	settings_free(&s->settings);
	arena_free(&s->arena);
}

void stage_become(struct stage *s, const char *name)
{
	s->op.staff_id = 0;
	s->op.who = "clock";
	if (name)
		MUST(account_become(&s->op, s->arena, name, &err));
}

void stage_hires(struct stage *s, const char *name)
{
	MUST(account_add(&s->op, name, NULL, &err));
}

int64_t stage_comes(struct stage *s, const struct mail_message *m, const char *raw)
{
	const char *item = arena_printf(s->arena, "1/%" PRId64, ++s->mails);
	struct arrival mail = {
		.mailbox_id = s->mailbox_id,
		.uidvalidity = 1,
		.item = item,
		.bytes =
			raw ? raw : arena_printf(s->arena, "raw bytes of mail %s", item)};
	int64_t staff = s->op.staff_id, id;
	struct store_row row;
	bool is_new = false;

	mail.len = strlen(mail.bytes);
	MUST(inbound_keep(&s->op, &mail, &is_new, &err) && is_new);
	MUST(store_one(s->op.store, s->arena, &row, &err, SQL_INBOUND_HAS, "it",
		       s->mailbox_id, item));
	id = row_int(&row, "id");
	MUST(inbound_take(&s->op, id, s->op.now, m, &err));
	s->op.staff_id = staff;
	return id;
}
