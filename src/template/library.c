#include "template/tree.h"

#include "base/fd.h"
#include "base/str.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <sys/stat.h>

enum { FILE_MAX_BYTES = 1000000, FILES_MAX = 1000, FOLDERS_DEEP = 8 };

struct template_library {
	struct arena *arena;
	struct template_file **files;
	size_t count;
	struct template_translation translation;
};

struct template_library *template_library_new(void)
{
	struct arena *arena = arena_new(65536);
	struct template_library *library = arena_make(arena, struct template_library, 1);

	library->arena = arena;
	return library;
}

void template_library_free(struct template_library **library)
{
	struct arena *arena;

	if (!*library)
		return;
	arena = (*library)->arena; /* the library itself lives in it */
	*library = NULL;
	arena_free(&arena);
}

void template_library_say(struct template_library *library, template_say_fn *say,
			  void *with)
{
	library->translation = (struct template_translation){say, with};
}

const struct template_file *template_library_find(const struct template_library *library,
						  const char *name)
{
	for (size_t i = 0; i < library->count; i++)
		if (str_eq(library->files[i]->name, name))
			return library->files[i];
	return NULL;
}

static bool has(const struct template_library *library, const char *name)
{
	return template_library_find(library, name) != NULL;
}

const char *template_library_name(const struct template_library *library, size_t i)
{
	return i < library->count ? library->files[i]->name : NULL;
}

const struct template_file *
template_library_partial(const struct template_library *library,
			 const struct template_file *from, const char *name, size_t len)
{
	const char *slash = strrchr(from->name, '/'), *ending = strrchr(from->name, '.');
	size_t folder =
		memchr(name, '/', len) || !slash ? 0 : (size_t)(slash - from->name) + 1;
	char whole[PATH_MAX];

	if (from->mode == TEMPLATE_LINE)
		ending = ".txt";
	if (snprintf(whole, sizeof(whole), "%.*s%.*s%s", (int)folder, from->name,
		     (int)len, name, ending ? ending : "") >= (int)sizeof(whole))
		return NULL;
	return template_library_find(library, whole);
}

static bool add_part(struct template_library *library, const char *name, const char *path,
		     enum template_mode mode, const char *text, size_t len,
		     int first_line, struct err *err)
{
	struct template_file *file = arena_make(library->arena, struct template_file, 1);

	if (library->count == FILES_MAX)
		return err_set(err, ERR_INPUT, "%s: more than %d templates", path,
			       FILES_MAX);
	file->name = arena_strdup(library->arena, name);
	file->path = arena_strdup(library->arena, path);
	file->mode = mode;
	file->text = text;
	file->len = len;
	if (!template_parse(file, library->arena, text, len, first_line, err))
		return false;
	library->files = arena_grow(library->arena, library->files, library->count,
				    sizeof(struct template_file *));
	library->files[library->count++] = file;
	return true;
}

static bool add(struct template_library *library, const char *name, const char *path,
		const char *bytes, size_t len, struct err *err)
{
	static const char subject[] = "Subject: ";
	enum template_mode mode = str_ends(name, ".txt") ? TEMPLATE_TEXT : TEMPLATE_HTML;
	AUTO(buf) said = buf_new(2 * FILE_MAX_BYTES);
	const char *text, *newline;
	int line = 1;

	if (has(library, name))
		return true;
	if (!str_utf8_valid(bytes, len) || memchr(bytes, '\0', len))
		return err_set(err, ERR_INPUT, "%s: is not UTF-8 text; save it as UTF-8",
			       path);
	text = arena_strndup(library->arena, bytes, len);
	if (strstr(text, "{{#_}}")) {
		if (!template_translate(&library->translation, library->arena, path, text,
					said, err))
			return false;
		len = said->len;
		text = arena_strndup(library->arena, buf_text(said), len);
	}
	newline = memchr(text, '\n', len);
	if (mode == TEMPLATE_TEXT && newline && str_starts(text, subject)) {
		size_t off = sizeof(subject) - 1, body;
		char *as = arena_printf(library->arena, "%.*s.subject",
					(int)strlen(name) - 4, name);

		if (!add_part(library, as, path, TEMPLATE_LINE, text + off,
			      (size_t)(newline - text) - off, line, err))
			return false;
		body = (size_t)(newline - text) + 1;
		line++;
		if (text[body] == '\n') {
			body++;
			line++;
		}
		text += body;
		len -= body;
	}
	return add_part(library, name, path, mode, text, len, line, err);
}

bool template_library_add(struct template_library *library, const char *name,
			  const char *text, struct err *err)
{
	return add(library, name, name, text, strlen(text), err);
}

static bool wanted(const char *name)
{
	static const char *const ends[] = {".html", ".txt", ".xml",
					   ".css",  ".js",  ".svg"};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (str_ends(name, ends[i]))
			return true;
	return false;
}

static bool add_folder(struct template_library *library, const char *path,
		       const char *prefix, int deep, struct err *err);

static bool add_entry(struct template_library *library, const char *path,
		      const char *name, int deep, struct err *err)
{
	struct stat st;

	if (stat(path, &st))
		return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return deep == FOLDERS_DEEP ||
		       add_folder(library, path, name, deep + 1, err);
	if (S_ISREG(st.st_mode) && wanted(name)) {
		AUTO(buf) b = buf_new(FILE_MAX_BYTES);

		return fd_read_file(path, b, err) &&
		       add(library, name, path, buf_text(b), b->len, err);
	}
	return true;
}

static bool add_folder(struct template_library *library, const char *path,
		       const char *prefix, int deep, struct err *err)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	bool ok = true;

	if (!folder)
		return err_set(err, errno == ENOENT ? ERR_ABSENT : ERR_SYSTEM, "%s: %s",
			       path, strerror(errno));
	while (ok && (entry = readdir(folder))) {
		char *whole, *name;

		if (entry->d_name[0] == '.')
			continue;
		whole = arena_printf(library->arena, "%s/%s", path, entry->d_name);
		name = arena_printf(library->arena, "%s%s%s", prefix, *prefix ? "/" : "",
				    entry->d_name);
		ok = add_entry(library, whole, name, deep, err);
	}
	(void)closedir(folder);
	return ok;
}

bool template_library_add_folder(struct template_library *library, const char *path,
				 struct err *err)
{
	return add_folder(library, path, "", 0, err);
}

static int by_name(const void *a, const void *b)
{
	const struct template_file *const *left = a, *const *right = b;

	return strcmp((*left)->name, (*right)->name);
}

void template_library_texts(const struct template_library *library, const char *prefix,
			    struct buf *out)
{
	AUTO(arena) arena = arena_new(4096);
	const struct template_file **found =
		arena_make(arena, const struct template_file *, library->count);
	size_t n = 0;

	for (size_t i = 0; i < library->count; i++)
		if (str_starts(library->files[i]->name, prefix))
			found[n++] = library->files[i];
	qsort(found, n, sizeof(*found), by_name);
	for (size_t i = 0; i < n; i++) {
		buf_printf(out, "%s %zu:", found[i]->name, found[i]->len);
		buf_add(out, found[i]->text, found[i]->len);
	}
}

bool template_library_check(const struct template_library *library, struct err *err)
{
	for (size_t i = 0; i < library->count; i++) {
		const struct template_file *file = library->files[i];

		for (size_t n = 0; n < file->count; n++) {
			const struct template_node *node = &file->nodes[n];

			if ((node->kind == NODE_PARTIAL || node->kind == NODE_PARENT) &&
			    *node->text != '*' &&
			    !template_library_partial(library, file, node->text,
						      node->len))
				return err_set(err, ERR_INPUT,
					       "%s:%d: there is no template \"%.*s\"",
					       file->path, node->line, (int)node->len,
					       node->text);
		}
	}
	return true;
}
