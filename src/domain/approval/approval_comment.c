/* What colleagues say about a bulletin, and the words that it is compared with. */
#include "domain/approval/approval_private.h"
#include "domain/core/audit.h"
#include "base/str.h"

static size_t characters(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += (*text & 0xC0) != 0x80;
	return n;
}

bool approval_comment_check(const char *text, struct err *err)
{
	size_t n = characters(text);

	if (!text[strspn(text, " \t\r\n")])
		return err_set(err, ERR_INPUT, "Write what should be changed");
	return n <= APPROVAL_COMMENT_MOST ||
	       err_set(err, ERR_INPUT,
		       "The comment has %zu characters; %d are the most. Shorten it", n,
		       APPROVAL_COMMENT_MOST);
}

bool approval_add_comment(struct operation *op, const struct bulletin *b,
			  const char *text, int64_t request_id, struct err *err)
{
	return store_run(op->store, err, SQL_COMMENT_ADD, "iiittz", b->id, op->staff_id,
			 op->now, text, b->hash, request_id);
}

bool approval_comment(struct operation *op, const struct approval_of *what,
		      const char *comment, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	struct store_row row;
	struct bulletin b;

	if (!approval_comment_check(comment, err))
		return false;
	t = approval_begin(op, arena, what, &b, err);
	if (!t)
		return false;
	/* A second click. */
	if (store_one(op->store, arena, &row, err, SQL_COMMENT_SAME, "iit", b.id,
		      op->staff_id, comment))
		return true;
	return err_forgive(err, ERR_ABSENT) &&
	       approval_add_comment(op, &b, comment, 0, err) &&
	       audit_of(op, AUDITED_TEXT("bulletin commented on", b.id, b.hash), err,
			"content %s", b.hash) &&
	       store_commit(&t, err);
}

bool approval_comments(struct operation *op, struct arena *arena,
		       const struct bulletin *b, struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_COMMENTS_OF, "it", b->id,
			 b->hash);
}

bool approval_last_words(struct operation *op, struct arena *arena,
			 const struct bulletin *b, struct approval_words *out,
			 struct err *err)
{
	struct store_row row;

	*out = (struct approval_words){0};
	if (!store_one(op->store, arena, &row, err, SQL_VERSION_LAST, "i", b->id))
		return err_forgive(err, ERR_ABSENT);
	*out = (struct approval_words){
		.source = row_text(&row, "source"),
		.kind = row_text(&row, "kind"),
		.who = row_text(&row, "staff"),
		.hash = row_text(&row, "content_hash"),
		.at = row_int(&row, "at"),
	};
	return true;
}
