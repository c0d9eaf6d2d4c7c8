#include "tests/unit/ready.h"
#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"
#include "mail/read/read.h"
#include "store/store.h"

#ifdef MERCAT_SANITIZED
#include <sanitizer/lsan_interface.h>
#endif

static struct buf *store_bytes;
static struct template_library *templates;
static const char *const parts[] = {"", "-wal", "-shm"};

/* Here no test runs yet, so nothing of Check's can be asked for help. */
static void must(bool ok, const struct err *err)
{
	if (ok)
		return;
	(void)fprintf(stderr, "Bail out! tests/unit/ready.c: %s\n", err->text);
	exit(1);
}

static void make_store(void)
{
	char folder[UNIT_FOLDER], path[UNIT_FOLDER + 20];
	struct store *store = NULL;
	struct err err = {0};

	unit_folder(folder, "ready");
	(void)snprintf(path, sizeof(path), "%s/mercat.db", folder);
	must(store_open(path, STORE_MIGRATE, &store, &err) && store_checkpoint(store, &err),
	     &err);
	store_close(&store); /* all of it is in the one file now */
	store_bytes = buf_new((size_t)16 << 20);
	must(fd_read_file(path, store_bytes, &err), &err);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		(void)snprintf(path, sizeof(path), "%s/mercat.db%s", folder, parts[i]);
		(void)unlink(path);
	}
	(void)rmdir(folder);
}

static void load_templates(void)
{
	char path[PATH_MAX];
	struct err err = {0};

	(void)snprintf(path, sizeof(path), "%s/templates",
		       str_or(getenv("MERCAT_SRCDIR"), "."));
	templates = template_library_new();
	must(template_library_add_folder(templates, path, &err) &&
		     template_library_check(templates, &err),
	     &err);
}

/* g_mime_init() keeps some bytes for ever, which the leak check would report. */
static void set_up_reading(void)
{
#ifdef MERCAT_SANITIZED
	__lsan_disable();
#endif
	mail_read_setup();
#ifdef MERCAT_SANITIZED
	__lsan_enable();
#endif
}

__attribute__((constructor)) static void make_ready(void)
{
	secret_setup();
	make_store();
	load_templates();
	set_up_reading();
}

__attribute__((destructor)) static void forget(void)
{
	buf_free(&store_bytes);
	template_library_free(&templates);
}

void ready_store(const char *path)
{
	struct err err = {0};

	ck_assert_msg(fd_write_file(path, store_bytes->bytes, store_bytes->len, 0600, &err),
		      "%s", err.text);
}

struct template_library *ready_templates(void)
{
	return templates;
}
