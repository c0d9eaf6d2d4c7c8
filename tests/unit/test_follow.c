/* process follow: which file a path leads to, seen again. */
#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"
#include "process/follow.h"

#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64], path[96], other[96], open_dir[96];
static const char *const paths[] = {path};
static const char *const open_dirs[] = {open_dir, NULL};
static struct follow_mark marks[1];
static struct follow follow = {
	.paths = paths, .count = 1, .open = open_dirs, .marks = marks};

static void write_it(const char *to, const char *text)
{
	struct err err = {0};

	ck_assert_msg(fd_write_file(to, text, strlen(text), 0600, &err), "%s", err.text);
}

static const char *inside(const char *name)
{
	static char whole[200];

	(void)snprintf(whole, sizeof(whole), "%s/%s", open_dir, name);
	return whole;
}

static void make_files(void)
{
	char whole[PATH_MAX];

	str_copy(folder, sizeof(folder), "/tmp/mercat-follow-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_ptr_nonnull(realpath(folder, whole));
	(void)snprintf(path, sizeof(path), "%s/resolv.conf", folder);
	(void)snprintf(other, sizeof(other), "%s/other", folder);
	(void)snprintf(open_dir, sizeof(open_dir), "%s/open", whole);
	ck_assert_int_eq(mkdir(open_dir, 0700), 0);
	write_it(path, "nameserver 192.0.2.1\n");
}

static int drop_one(const char *at, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	return remove(at);
}

static void drop_files(void)
{
	ck_assert_int_eq(nftw(folder, drop_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

static void nothing(void)
{
}
static void written_in_place(void)
{
	int fd = open(path, O_WRONLY | O_TRUNC);

	ck_assert_int_eq(write(fd, "x", 1), 1);
	(void)close(fd);
}
static void replaced(void)
{
	write_it(other, "nameserver 192.0.2.2\n");
	ck_assert_int_eq(rename(other, path), 0);
}
static void removed(void)
{
	ck_assert_int_eq(unlink(path), 0);
}
static void made_a_link(void)
{
	write_it(other, "x");
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(symlink(other, path), 0);
}
static void made_a_link_to_where_all_is_open(void)
{
	write_it(inside("stub"), "x");
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(symlink(inside("stub"), path), 0);
}
static void replaced_where_all_is_open(void)
{
	write_it(inside("next"), "y");
	write_it(inside("stub"), "y");
}
static void replaced_by_a_link_that_leads_nowhere(void)
{
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(symlink("/nowhere/at/all", path), 0);
}

static const struct {
	const char *name;
	void (*before)(void), (*after)(void);
	bool moved;
} cases[] = {
	{"nothing", nothing, nothing, false},
	{"written in its place", nothing, written_in_place, false},
	{"replaced", nothing, replaced, true},
	{"removed", nothing, removed, false},
	{"came", removed, replaced, true},
	{"still not there", removed, nothing, false},
	{"another link", nothing, made_a_link, true},
	{"a link nowhere", nothing, replaced_by_a_link_that_leads_nowhere, false},
	{"a link to an open folder", nothing, made_a_link_to_where_all_is_open, false},
	{"replaced in an open folder", made_a_link_to_where_all_is_open,
	 replaced_where_all_is_open, false},
	{"from an open folder to a file", made_a_link_to_where_all_is_open, replaced,
	 true},
};

START_TEST(only_another_file_has_moved)
{
	const char *moved;

	cases[_i].before();
	follow_begin(&follow);
	cases[_i].after();
	moved = follow_moved(&follow);
	ck_assert_msg((moved != NULL) == cases[_i].moved, "%s: %s", cases[_i].name,
		      moved ? "moved" : "did not move");
	follow_begin(&follow);
	ck_assert_ptr_null(follow_moved(&follow));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("follow");
	TCase *tc = tcase_create("follow");

	tcase_add_checked_fixture(tc, make_files, drop_files);
	UNIT_TABLE(tc, only_another_file_has_moved, cases);
	suite_add_tcase(s, tc);
	return unit_main_together(s);
}
