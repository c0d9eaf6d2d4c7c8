/*
 * bare_reader - what the libraries under mercat do when nothing else is asked of them:
 * libetpan fetches, GMime parses and decodes the text parts, SQLite keeps the raw bytes
 * and the text, with a full-text index. One process, no sandbox, no limits; it judges
 * nothing, hashes nothing, and is lost at the first bad mail.
 *
 *   bare_reader PORT USER STORE     everything in INBOX of localhost
 */
#include "base/str.h"

#include <gmime/gmime.h>
#include <inttypes.h>
#include <libetpan/libetpan.h>
#include <sqlite3.h>

enum { BATCH = 50, COMMIT = 200 };

static const char schema[] =
	"PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
	"PRAGMA cache_size = -16000;"
	"CREATE TABLE raw (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;"
	"CREATE TABLE parsed (id INTEGER PRIMARY KEY, subject TEXT, sender TEXT, text TEXT)"
	" STRICT;"
	"CREATE VIRTUAL TABLE found USING fts5 (subject, sender, text, content = 'parsed',"
	" content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2');";

static const char *const inserts[] = {
	"INSERT INTO raw (id, bytes) VALUES (?1, ?2)",
	"INSERT INTO parsed (id, subject, sender, text) VALUES (?1, ?2, ?3, ?4)",
	/* By itself: in a trigger, FTS5 would write out its words after each mail. */
	"INSERT INTO found (rowid, subject, sender, text) VALUES (?1, ?2, ?3, ?4)",
};

struct bare {
	mailimap *imap;
	sqlite3 *db;
	sqlite3_stmt *q[ARRAY_LEN(inserts)];
	int64_t mails, bytes;
};

static void must(bool right, const char *what)
{
	if (right)
		return;
	(void)fprintf(stderr, "bare_reader: cannot %s\n", what);
	exit(1);
}

static void add_text(GMimeObject *parent UNUSED, GMimeObject *part, gpointer into)
{
	if (GMIME_IS_TEXT_PART(part)) {
		char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));

		if (text)
			(void)g_string_append(into, text);
		g_free(text);
	}
}

static void step(struct bare *b, size_t which)
{
	must(sqlite3_step(b->q[which]) == SQLITE_DONE, sqlite3_errmsg(b->db));
	(void)sqlite3_reset(b->q[which]);
}

static void keep(struct bare *b, const char *bytes, size_t len)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *mail = g_mime_parser_construct_message(parser, NULL);
	GString *text = g_string_new(NULL);
	char *sender;

	must(mail != NULL, "parse a mail");
	g_mime_message_foreach(mail, add_text, text);
	sender = internet_address_list_to_string(g_mime_message_get_from(mail), NULL,
						 false);
	b->mails++;
	b->bytes += (int64_t)len;
	(void)sqlite3_bind_int64(b->q[0], 1, b->mails);
	(void)sqlite3_bind_blob(b->q[0], 2, bytes, (int)len, SQLITE_STATIC);
	step(b, 0);
	for (size_t i = 1; i < ARRAY_LEN(inserts); i++) {
		(void)sqlite3_bind_int64(b->q[i], 1, b->mails);
		(void)sqlite3_bind_text(b->q[i], 2, g_mime_message_get_subject(mail), -1,
					SQLITE_STATIC);
		(void)sqlite3_bind_text(b->q[i], 3, sender, -1, SQLITE_STATIC);
		(void)sqlite3_bind_text(b->q[i], 4, text->str, (int)text->len,
					SQLITE_STATIC);
		step(b, i);
	}
	g_free(sender);
	(void)g_string_free(text, true);
	g_object_unref(mail);
	g_object_unref(parser);
	g_object_unref(stream);
	if (b->mails % COMMIT == 0)
		must(sqlite3_exec(b->db, "COMMIT; BEGIN", NULL, NULL, NULL) == SQLITE_OK,
		     "commit");
}

static void keep_answer(struct bare *b, struct mailimap_msg_att *answer)
{
	for (clistiter *i = clist_begin(answer->att_list); i; i = clist_next(i)) {
		const struct mailimap_msg_att_item *item = clist_content(i);
		const struct mailimap_msg_att_static *fixed = item->att_data.att_static;

		if (item->att_type == MAILIMAP_MSG_ATT_ITEM_STATIC &&
		    fixed->att_type == MAILIMAP_MSG_ATT_BODY_SECTION)
			keep(b, fixed->att_data.att_body_section->sec_body_part,
			     fixed->att_data.att_body_section->sec_length);
	}
}

static void fetch(struct bare *b, uint32_t first)
{
	struct mailimap_set *set = mailimap_set_new_interval(first, first + BATCH - 1);
	struct mailimap_fetch_type *what = mailimap_fetch_type_new_fetch_att(
		mailimap_fetch_att_new_body_peek_section(mailimap_section_new(NULL)));
	clist *answers;

	must(mailimap_fetch(b->imap, set, what, &answers) == MAILIMAP_NO_ERROR, "fetch");
	for (clistiter *i = clist_begin(answers); i; i = clist_next(i))
		keep_answer(b, clist_content(i));
	mailimap_fetch_list_free(answers);
	mailimap_fetch_type_free(what);
	mailimap_set_free(set);
}

static void open_store(struct bare *b, const char *path)
{
	must(sqlite3_open(path, &b->db) == SQLITE_OK &&
		     sqlite3_exec(b->db, schema, NULL, NULL, NULL) == SQLITE_OK &&
		     sqlite3_exec(b->db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK,
	     "make the store");
	for (size_t i = 0; i < ARRAY_LEN(inserts); i++)
		must(sqlite3_prepare_v2(b->db, inserts[i], -1, &b->q[i], NULL) ==
			     SQLITE_OK,
		     "prepare a statement");
}

int main(int argc, char **argv)
{
	struct bare b = {.imap = mailimap_new(0, NULL)};
	uint32_t last;

	if (argc != 4) {
		(void)fprintf(stderr, "usage: bare_reader PORT USER STORE\n");
		return 2;
	}
	g_mime_init();
	open_store(&b, argv[3]);
	must(mailimap_socket_connect(b.imap, "localhost",
				     (uint16_t)strtol(argv[1], NULL, 10)) ==
			     MAILIMAP_NO_ERROR_NON_AUTHENTICATED &&
		     mailimap_login(b.imap, argv[2], "secret") == MAILIMAP_NO_ERROR &&
		     mailimap_select(b.imap, "INBOX") == MAILIMAP_NO_ERROR,
	     "open the folder");
	last = b.imap->imap_selection_info->sel_exists;
	for (uint32_t at = 1; at <= last; at += BATCH)
		fetch(&b, at);
	for (size_t i = 0; i < ARRAY_LEN(inserts); i++)
		(void)sqlite3_finalize(b.q[i]);
	must(sqlite3_exec(b.db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK &&
		     sqlite3_close(b.db) == SQLITE_OK,
	     "close the store");
	mailimap_free(b.imap);
	(void)printf("%" PRId64 " mails, %" PRId64 " bytes\n", b.mails, b.bytes);
	return 0;
}
