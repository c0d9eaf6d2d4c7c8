#include "cli/written.h"
#include "base/fd.h"
#include "base/str.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Its folder is that of the store, where everything is the program's own. */
static bool is_beside_store(const struct cli *cli, const char *path)
{
	char folder[PATH_MAX], of_store[PATH_MAX], a[PATH_MAX], b[PATH_MAX];

	fd_folder_of(path, folder);
	fd_folder_of(settings_store_path(cli->settings), of_store);
	return realpath(folder, a) && realpath(of_store, b) && str_eq(a, b);
}

bool cli_write_file(struct cli *cli, const char *path, const void *bytes, size_t len,
		    unsigned mode, struct err *err)
{
	struct stat is;

	if (str_eq(path, "-"))
		return fwrite(bytes, 1, len, stdout) == len ||
		       err_set(err, ERR_SYSTEM, "the output could not be written");
	if (is_beside_store(cli, path))
		return err_set(
			err, ERR_INPUT,
			"%s: the folder of the store is the program's own; write it "
			"elsewhere",
			path);
	if (!lstat(path, &is) && !S_ISREG(is.st_mode))
		return err_set(
			err, ERR_INPUT,
			"%s: there is something that is no file; choose another name",
			path);
	return fd_write_file(path, bytes, len, mode, err);
}
