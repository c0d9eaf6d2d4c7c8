#include "tests/fuzz/fuzz.h"

#include "settings/settings.h"

#include <sys/mman.h>
#include <unistd.h>

enum { MOST = 1 << 20 };

/* The library would read a file that another names; none of ours says so. */
static bool names_a_file(const char *bytes, size_t len)
{
	return len && memmem(bytes, len, "@include", 8);
}

void fuzz_settings(const char *bytes, size_t len)
{
	AUTO(settings) s = NULL;
	AUTO(buf) now = buf_new(MOST);
	struct err err = {0};
	char path[40];
	int fd;

	if (names_a_file(bytes, len))
		return;
	fd = memfd_create("settings", MFD_CLOEXEC);
	ASSERT(fd >= 0 && (!len || write(fd, bytes, len) == (ssize_t)len));
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (settings_load(path, &s, &err)) {
		settings_print_now(s, now);
		ASSERT(now->len && !buf_cut(now));
		ASSERT(settings_store_path(s) && settings_key_path(s));
		ASSERT(s->log_level >= 0 && s->web_threads > 0);
	} else {
		ASSERT(err.kind == ERR_SETUP);
		ASSERT(*err.text);
	}
	(void)close(fd);
}
