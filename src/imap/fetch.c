/* The mails themselves: many small ones with one command, large ones in pieces. */
#include "imap/mailbox_session.h"

#include "base/clock.h"

enum { QUICK_MS = 500, LINE_PER_MAIL = 512 };

/* What one command said of one mail; content is libetpan's memory. */
struct piece {
	uint32_t uid, size; /* size is what the server claims, 0 when it does not */
	const char *content;
	size_t len;
	bool answered;
};

/* Reads one FETCH answer; false when it holds what cannot be. */
static bool read_answer(const struct mailimap_msg_att *answer, uint32_t offset,
			size_t most, struct piece *out)
{
	*out = (struct piece){0};
	for (clistiter *i = clist_begin(answer->att_list); i != NULL; i = clist_next(i)) {
		const struct mailimap_msg_att_item *item = clist_content(i);
		const struct mailimap_msg_att_static *fact;
		const struct mailimap_msg_att_body_section *body;

		if (item->att_type != MAILIMAP_MSG_ATT_ITEM_STATIC)
			continue;
		fact = item->att_data.att_static;
		if (fact->att_type == MAILIMAP_MSG_ATT_UID)
			out->uid = fact->att_data.att_uid;
		else if (fact->att_type == MAILIMAP_MSG_ATT_RFC822_SIZE)
			out->size = fact->att_data.att_rfc822_size;
		if (fact->att_type != MAILIMAP_MSG_ATT_BODY_SECTION)
			continue;
		body = fact->att_data.att_body_section;
		if (out->answered || body->sec_origin_octet != offset)
			return false;
		out->answered = true;
		out->content = body->sec_body_part; /* NULL for NIL */
		out->len = body->sec_body_part == NULL ? 0 : body->sec_length;
		if (out->len > most)
			return false;
	}
	return true;
}

/* Puts the answers where their mails stand in pieces; false when they cannot be true. */
static bool sort_answers(clist *answers, uint32_t offset, size_t most,
			 struct piece *pieces, size_t count)
{
	for (clistiter *i = clist_begin(answers); i != NULL; i = clist_next(i)) {
		struct piece got;
		size_t low = 0, high = count;

		if (!read_answer(clist_content(i), offset, most, &got))
			return false;
		if (!got.answered)
			continue;
		while (low < high) {
			size_t middle = (low + high) / 2;

			if (pieces[middle].uid < got.uid)
				low = middle + 1;
			else
				high = middle;
		}
		/* The content of a mail that was not asked for, or of one twice. */
		if (low == count || pieces[low].uid != got.uid || pieces[low].answered)
			return false;
		pieces[low] = got;
	}
	return true;
}

static struct mailimap_fetch_type *what_to_fetch(uint32_t offset, size_t most)
{
	struct mailimap_fetch_type *what = mailimap_fetch_type_new_fetch_att_list_empty();
	struct mailimap_fetch_att *atts[] = {
		mailimap_fetch_att_new_uid(),
		mailimap_fetch_att_new_rfc822_size(),
		mailimap_fetch_att_new_body_peek_section_partial(
			mailimap_section_new(NULL), offset, (uint32_t)most),
	};

	ASSERT(what != NULL);
	for (size_t i = 0; i < ARRAY_LEN(atts); i++) {
		ASSERT(atts[i] != NULL);
		if (mailimap_fetch_type_new_fetch_att_list_add(what, atts[i]) !=
		    MAILIMAP_NO_ERROR)
			PANIC("no memory for a FETCH");
	}
	return what;
}

/* The UIDs of pieces as few ranges. */
static struct mailimap_set *set_of(const struct piece *pieces, size_t count)
{
	struct mailimap_set *set = mailimap_set_new_empty();

	ASSERT(set != NULL);
	for (size_t i = 0, j; i < count; i = j) {
		for (j = i + 1; j < count && pieces[j].uid == pieces[j - 1].uid + 1; j++)
			;
		if (mailimap_set_add_interval(set, pieces[i].uid, pieces[j - 1].uid) !=
		    MAILIMAP_NO_ERROR)
			PANIC("no memory for a FETCH");
	}
	return set;
}

/* A slow line gets smaller bites, so that a bite always fits into the time-out. */
static void set_pace(struct imap_session *s)
{
	int64_t took_ms = clock_mono_ms() - s->began_ms;

	if (took_ms < QUICK_MS && s->batch_bytes < IMAP_BATCH_MAX)
		s->batch_bytes *= 2;
	else if (took_ms > s->account.timeout_s * 250 && s->batch_bytes > IMAP_PIECE_MIN)
		s->batch_bytes /= 2;
}

/*
 * One command: bytes offset to offset + most of each mail in pieces. Their contents
 * live until the list in out_answers is freed (NULL when the server said no, which
 * is no failure: nothing is answered then, and what is behind these mails can be). A server
 * that is asked too often would say no to them all: that is one.
 */
static bool fetch_pieces(struct imap_session *s, struct piece *pieces, size_t count,
			 uint32_t offset, size_t most, clist **out_answers,
			 struct err *err)
{
	struct mailimap_set *set = set_of(pieces, count);
	struct mailimap_fetch_type *what = what_to_fetch(offset, most);
	clist *answers = NULL;
	int result;

	*out_answers = NULL;
	imap_begin(s, IMAP_WANT_BODIES, count, most,
		   IMAP_LINE_MAX + count * LINE_PER_MAIL);
	result = mailimap_uid_fetch(s->imap, set, what, &answers);
	mailimap_set_free(set);
	mailimap_fetch_type_free(what);
	if (!imap_end(s, result, ERR_REFUSED, "fetching mails", err))
		return imap_said_no(s) && !imap_wants_pause(s) &&
		       (err_forgive(err, ERR_REFUSED) || err_forgive(err, ERR_AGAIN));
	set_pace(s);
	if (sort_answers(answers, offset, most, pieces, count)) {
		*out_answers = answers;
		return true;
	}
	mailimap_fetch_list_free(answers);
	(void)imap_wire_fail(&s->wire, ERR_AGAIN,
			     "it answers with other mails than asked for");
	return imap_usable(s, err);
}

/* A mail that was not given: is it there? */
static bool why_not(struct imap_session *s, uint32_t uid, enum imap_outcome *out,
		    struct err *err)
{
	uint32_t found;
	size_t n = 0;

	/* The NOOP makes the server notice what others have expunged. */
	if (!imap_noop(s, err) ||
	    !imap_numbers(s,
			  &(struct imap_range){
				  .numbering = IMAP_UIDS, .first = uid, .last = uid},
			  &found, 1, &n, err))
		return false;
	*out = n == 0 ? IMAP_GONE : IMAP_UNREADABLE;
	return true;
}

/* Appends the rest of a mail of which buf holds the beginning. */
static bool fetch_rest(struct imap_session *s, uint32_t uid, struct buf *b,
		       enum imap_outcome *outcome, struct err *err)
{
	while (!buf_cut(b)) {
		struct piece piece = {.uid = uid};
		size_t most = s->batch_bytes < 1024 * 1024 ? s->batch_bytes : 1024 * 1024;
		clist *answers;

		if (!fetch_pieces(s, &piece, 1, (uint32_t)b->len, most, &answers, err))
			return false;
		if (piece.len > 0)
			buf_add(b, piece.content, piece.len);
		if (answers != NULL)
			mailimap_fetch_list_free(answers);
		if (!piece.answered)
			return why_not(s, uid, outcome, err);
		/*
		 * Only an empty piece is the end: servers cut pieces short, and the size
		 * that they claim is often off.
		 */
		if (piece.len == 0 || (piece.len < most && b->len == piece.size))
			break;
	}
	*outcome = IMAP_GOT;
	return true;
}

static bool show(struct imap_session *s, struct piece *piece, size_t most,
		 imap_taker *take, void *who, struct err *err)
{
	size_t max = s->account.max_message_bytes;
	struct imap_mail mail = {.uid = piece->uid, .outcome = IMAP_GOT};
	AUTO(buf) whole = NULL;

	if (piece->answered && (piece->content != NULL || piece->size == 0)) {
		mail.bytes = piece->content != NULL ? piece->content : "";
		mail.len = piece->len;
	} else if (!why_not(s, piece->uid, &mail.outcome, err)) {
		return false;
	}
	if (mail.outcome == IMAP_GOT && (mail.len == most || mail.len < piece->size)) {
		whole = buf_new(max);
		buf_add(whole, mail.bytes, mail.len);
		if (!fetch_rest(s, piece->uid, whole, &mail.outcome, err))
			return false;
		mail.bytes = mail.outcome == IMAP_GOT ? buf_text(whole) : NULL;
		mail.len = mail.outcome == IMAP_GOT ? whole->len : 0;
		mail.cut = buf_cut(whole);
	} else if (mail.len > max) {
		mail.len = max;
		mail.cut = true;
	}
	return take(who, &mail, err);
}

static bool fetch_some(struct imap_session *s, const uint32_t *uids, size_t count,
		       size_t most, imap_taker *take, void *who, struct err *err)
{
	struct piece pieces[IMAP_BATCH_MAILS] = {0};
	clist *answers;
	bool ok = true;

	for (size_t i = 0; i < count; i++)
		pieces[i].uid = uids[i];
	if (!fetch_pieces(s, pieces, count, 0, most, &answers, err))
		return false;
	if (answers == NULL && count > 1) {
		/* One bad mail made the server refuse all of them. */
		for (size_t i = 0; ok && i < count; i++)
			ok = fetch_some(s, uids + i, 1, most, take, who, err);
		return ok;
	}
	for (size_t i = 0; ok && i < count; i++)
		ok = show(s, &pieces[i], most, take, who, err);
	if (answers != NULL)
		mailimap_fetch_list_free(answers);
	return ok;
}

bool imap_fetch_batch(struct imap_session *s, const uint32_t *uids, size_t count,
		      imap_taker *take, void *who, struct err *err)
{
	if (!imap_usable(s, err))
		return false;
	for (size_t i = 0; i < count;) {
		size_t n = s->batch_bytes / IMAP_PIECE_MIN;
		/* On a quick line few mails are longer than their first piece. */
		size_t most = s->batch_bytes / 16;

		if (most < IMAP_PIECE_MIN)
			most = IMAP_PIECE_MIN;
		if (n > IMAP_BATCH_MAILS)
			n = IMAP_BATCH_MAILS;
		if (n > count - i)
			n = count - i;
		ASSERT(i == 0 || uids[i] > uids[i - 1]);
		if (!fetch_some(s, uids + i, n, most, take, who, err))
			return false;
		i += n;
	}
	return true;
}

struct one {
	struct buf *to;
	enum imap_outcome outcome;
	bool cut;
};

static bool take_one(void *who, const struct imap_mail *mail, struct err *err UNUSED)
{
	struct one *one = who;

	if (mail->outcome == IMAP_GOT)
		buf_add(one->to, mail->bytes, mail->len);
	one->outcome = mail->outcome;
	one->cut = mail->cut || buf_cut(one->to);
	return true;
}

bool imap_fetch(struct imap_session *s, uint32_t uid, struct buf *to, bool *out_cut,
		struct err *err)
{
	struct one one = {.to = to};

	if (!imap_fetch_batch(s, &uid, 1, take_one, &one, err))
		return false;
	if (one.outcome != IMAP_GOT)
		return err_set(
			err, one.outcome == IMAP_GONE ? ERR_ABSENT : ERR_REFUSED,
			one.outcome == IMAP_GONE
				? "mailbox %s: mail %u is not there any more."
				: "mailbox %s: the server lists mail %u but does not give it.",
			s->account.name, (unsigned)uid);
	*out_cut = one.cut;
	return true;
}
