#include "domain/bulletins/archive.h"
#include "domain/core/audit.h"
#include "base/str.h"
#include "text/markup/markdown.h"

#include <inttypes.h>

/* What the public reads: by language_words.c, so that it is said in each language. */
#define NO_LIST "There is no list of that name. The link may be old, or cut short."
#define NO_CONSULTATION \
	"There is no consultation of that name. The link may be old, or cut short."

enum { HTML_MOST = 4 << 20, MARKDOWN_TOP = 2 };

/* A row with number, started_at, title and source. The text is not parsed: a page of many
   updates shows none of it. */
static bool read_archived(struct arena *arena, const struct store_row *row,
			  struct archived *out, struct err *err)
{
	const char *source = row_text(row, "source");
	struct bulletin_source *front;

	if (!bulletin_source_front(arena, "archive", source, strlen(source), &front, err))
		return false;
	*out = (struct archived){.number = row_int(row, "number"),
				 .published_at = row_int(row, "started_at"),
				 .title = row_text(row, "title"),
				 .summary = str_or(front->summary, "")};
	return true;
}

static bool read_latest(struct operation *op, struct arena *arena,
			const struct store_row *of_list, struct archived *out,
			struct err *err)
{
	struct store_row row;

	return row_null(of_list, "latest") ||
	       (store_one(op->store, arena, &row, err, SQL_ARCHIVE_ONE, "i",
			  row_int(of_list, "latest")) &&
		read_archived(arena, &row, out, err));
}

bool archive_lists(struct operation *op, struct arena *arena, struct archive_list **out,
		   size_t *out_count, struct err *err)
{
	struct archive_list *lists;
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_ARCHIVE_LISTS, ""))
		return false;
	lists = arena_make(arena, struct archive_list, t.count);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		lists[i].updates = row_int(&row, "updates");
		if (!list_by_id(op, arena, row_int(&row, "id"), &lists[i].list, err) ||
		    !read_latest(op, arena, &row, &lists[i].latest, err))
			return false;
	}
	*out = lists;
	*out_count = t.count;
	return true;
}

bool archive_list_named(struct operation *op, struct arena *arena, const char *name,
			struct list *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_ARCHIVE_LIST, "t", name))
		return err->kind == ERR_ABSENT && err_set(err, ERR_ABSENT, NO_LIST);
	return list_by_id(op, arena, row_int(&row, "id"), out, err);
}

bool archive_wording(struct operation *op, struct arena *arena, const struct list *list,
		     struct wording *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_WORDING_BY_ID, "i",
		       list->wording_id))
		return false;
	*out = (struct wording){row_int(&row, "id"), row_text(&row, "version"),
				row_text(&row, "text")};
	return true;
}

bool archive_bulletins(struct operation *op, struct arena *arena,
		       const struct archive_page *page, struct archived **out,
		       size_t *out_count, struct err *err)
{
	struct archived *updates;
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_ARCHIVE_BULLETINS, "iii",
		       page->list->id, page->before > 0 ? page->before : INT64_MAX,
		       (int64_t)page->most))
		return false;
	updates = arena_make(arena, struct archived, t.count);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (!read_archived(arena, &row, &updates[i], err))
			return false;
	}
	*out = updates;
	*out_count = t.count;
	return true;
}

bool archive_bulletin(struct operation *op, struct arena *arena, const char *list,
		      int64_t number, struct archive_bulletin *out, struct err *err)
{
	struct store_row row, older, newer;
	struct list l;

	if (!archive_list_named(op, arena, list, &l, err))
		return false;
	if (!store_one(op->store, arena, &row, err, SQL_ARCHIVE_BULLETIN, "ii", l.id,
		       number))
		return err->kind == ERR_ABSENT &&
		       err_set(err, ERR_ABSENT, "There is no such bulletin.");
	if (!store_one(op->store, arena, &older, err, SQL_ARCHIVE_OLDER, "ii", l.id,
		       number) ||
	    !store_one(op->store, arena, &newer, err, SQL_ARCHIVE_NEWER, "ii", l.id,
		       number))
		return false;
	out->published_at = row_int(&row, "started_at");
	out->older = row_int(&older, "number");
	out->newer = row_int(&newer, "number");
	return bulletin_by_id(op, arena, row_int(&row, "id"), &out->bulletin, err);
}

const char *archive_html(struct arena *arena, const char *name, const char *text)
{
	AUTO(buf) out = buf_new(HTML_MOST);
	AUTO(markdown) md = NULL;
	struct err ignored;

	if (!text)
		return NULL;
	if (markdown_parse(name, 1, text, strlen(text), &md, &ignored)) {
		markdown_html(md, 0, markdown_blocks(md), MARKDOWN_WEB, MARKDOWN_TOP,
			      out);
	} else {
		buf_str(out, "<p>");
		template_escape_html(out, text, strlen(text));
		buf_str(out, "</p>\n");
	}
	return arena_strndup(arena, buf_text(out), out->len);
}

static bool read_questions(struct operation *op, struct arena *arena,
			   struct archive_consultation *c, struct err *err)
{
	struct store_table t, e;

	if (!store_all(op->store, arena, &t, err, SQL_QUESTIONS_OF, "i",
		       c->consultation.id) ||
	    !store_all(op->store, arena, &e, err, SQL_EXTENSIONS_OF, "i",
		       c->consultation.id))
		return false;
	c->questions = arena_make(arena, const char *, t.count);
	c->question_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		c->questions[i] = row_text(&row, "text");
	}
	c->extensions = arena_make(arena, struct extension_note, e.count);
	c->extension_count = e.count;
	for (size_t i = 0; i < e.count; i++) {
		struct store_row row = table_row(&e, i);

		c->extensions[i] = (struct extension_note){
			row_int(&row, "at"), row_int(&row, "old_closes_at"),
			row_int(&row, "new_closes_at")};
	}
	return true;
}

static bool read_consultation(struct operation *op, struct arena *arena,
			      const struct store_row *row,
			      struct archive_consultation *out, struct err *err)
{
	*out = (struct archive_consultation){
		.outcome = row_text(row, "outcome"),
		.outcome_at = row_int(row, "outcome_at"),
	};
	consultation_read(row, &out->consultation);
	consultation_clock(&out->consultation, op->now, &out->clock);
	out->is_open = !out->clock.is_over;
	out->introduction_html = archive_html(arena, out->consultation.name,
					      out->consultation.introduction);
	out->outcome_html = archive_html(arena, out->consultation.name, out->outcome);
	return read_questions(op, arena, out, err);
}

bool archive_consultations(struct operation *op, struct arena *arena,
			   const struct archive_page *page,
			   struct archive_consultation **out, size_t *out_count,
			   struct err *err)
{
	struct archive_consultation *all;
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_ARCHIVE_CONSULTATIONS, "ii",
		       page->before, (int64_t)page->most))
		return false;
	all = arena_make(arena, struct archive_consultation, t.count);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (!read_consultation(op, arena, &row, &all[i], err))
			return false;
	}
	*out = all;
	*out_count = t.count;
	return true;
}

bool archive_consultation(struct operation *op, struct arena *arena, const char *name,
			  struct archive_consultation *out, struct err *err)
{
	struct store_row row;

	if (store_one(op->store, arena, &row, err, SQL_CONSULTATION_BY_NAME, "t", name)) {
		if (!str_eq(row_text(&row, "state"), "draft"))
			return read_consultation(op, arena, &row, out, err);
	} else if (!err_forgive(err, ERR_ABSENT)) {
		return false;
	}
	return err_set(err, ERR_ABSENT, NO_CONSULTATION);
}

bool consultation_outcome_check(const char *text, struct err *err)
{
	AUTO(markdown) md = NULL;

	if (str_blank(text))
		return err_set(err, ERR_INPUT,
			       "the outcome is empty; write what was "
			       "decided, as Markdown");
	return markdown_parse("the outcome", 1, text, strlen(text), &md, err);
}

bool consultation_outcome(struct operation *op, const char *name, const char *text,
			  struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	char hash[SECRET_SHA256_HEX];
	struct consultation c;

	if (!needs_staff(op, err))
		return false;
	if (!consultation_outcome_check(text, err))
		return false;
	secret_sha256_hex(text, strlen(text), hash);
	t = store_begin(op->store, err);
	if (!t || !consultation_named(op, arena, name, &c, err))
		return false;
	if (str_eq(c.state, "draft") || str_eq(c.state, "open"))
		return err_set(err, ERR_CONFLICT,
			       "the consultation %s is %s; close it before you say what "
			       "was decided",
			       name, c.state);
	return store_run(op->store, err, SQL_CONSULTATION_OUTCOME_SET, "iti", c.id, text,
			 op->now) &&
	       audit_record(op, err, "consultation outcome", "consultation", c.id,
			    "text %s", hash) &&
	       store_commit(&t, err);
}
