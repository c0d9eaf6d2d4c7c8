/* Which mails there are. */
#include "imap/mailbox_session.h"

#include "base/str.h"

enum { LIST_MAX = 1000, BISECT_TRIES = 3 };

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static uint32_t uid_of(const struct mailimap_msg_att *answer)
{
	for (clistiter *i = clist_begin(answer->att_list); i != NULL; i = clist_next(i)) {
		const struct mailimap_msg_att_item *item = clist_content(i);

		if (item->att_type == MAILIMAP_MSG_ATT_ITEM_STATIC &&
		    item->att_data.att_static->att_type == MAILIMAP_MSG_ATT_UID)
			return item->att_data.att_static->att_data.att_uid;
	}
	return 0;
}

/* Servers also tell what nobody asked: only numbers of the range count, each once. */
static size_t take_numbers(clist *answers, bool places, uint32_t first, uint32_t last,
			   uint32_t *uids, size_t room)
{
	size_t n = 0, kept = 0;

	for (clistiter *i = clist_begin(answers); i != NULL && n < room;
	     i = clist_next(i)) {
		const struct mailimap_msg_att *answer = clist_content(i);
		uint32_t uid = uid_of(answer);
		uint32_t number = places ? answer->att_number : uid;

		if (uid != 0 && number >= first && number <= last)
			uids[n++] = uid;
	}
	qsort(uids, n, sizeof(*uids), by_number);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || uids[i] != uids[kept - 1])
			uids[kept++] = uids[i];
	return kept;
}

bool imap_numbers(struct imap_session *s, const struct imap_range *range, uint32_t *uids,
		  size_t room, size_t *out_count, struct err *err)
{
	bool places = range->numbering == IMAP_PLACES;
	struct mailimap_set *set = mailimap_set_new_interval(range->first, range->last);
	struct mailimap_fetch_type *what =
		mailimap_fetch_type_new_fetch_att(mailimap_fetch_att_new_uid());
	clist *answers = NULL;
	int result;
	bool ok;

	ASSERT(set != NULL && what != NULL);
	imap_begin(s, IMAP_WANT_UIDS, 0, 0, IMAP_LINE_MAX + room * 256);
	result = places ? mailimap_fetch(s->imap, set, what, &answers)
			: mailimap_uid_fetch(s->imap, set, what, &answers);
	mailimap_set_free(set);
	mailimap_fetch_type_free(what);
	ok = imap_end(s, result, ERR_AGAIN, "listing mails", err);
	if (ok)
		*out_count = take_numbers(answers, places, range->first, range->last,
					  uids, room);
	if (result == MAILIMAP_NO_ERROR)
		mailimap_fetch_list_free(answers);
	return ok;
}

/*
 * The lowest UID above last_uid, found by halving the folder: a gap in the UIDs may
 * be billions wide. 0 when there is none.
 */
static bool find_above(struct imap_session *s, uint32_t last_uid, uint32_t *out_uid,
		       struct err *err)
{
	for (int tries = 0; tries < BISECT_TRIES; tries++) {
		uint32_t low = 1, high = s->wire.filter.exists, best = 0, uid = 0;
		bool lost = false;

		while (low <= high && !lost) {
			uint32_t middle = low + (high - low) / 2;
			size_t n = 0;

			if (!imap_numbers(s,
					  &(struct imap_range){.numbering = IMAP_PLACES,
							       .first = middle,
							       .last = middle},
					  &uid, 1, &n, err))
				return false;
			lost = n == 0; /* expunged by somebody, but not told yet */
			if (!lost && uid > last_uid) {
				best = uid;
				high = middle - 1;
			} else {
				low = middle + 1;
			}
		}
		if (!lost) {
			*out_uid = best;
			return true;
		}
		if (!imap_noop(s, err))
			return false;
	}
	(void)imap_wire_fail(&s->wire, ERR_AGAIN,
			     "the folder changes faster than it can be read");
	return imap_usable(s, err);
}

bool imap_list_after(struct imap_session *s, uint32_t last_uid, uint32_t *uids,
		     size_t max, size_t *out_count, struct err *err)
{
	ASSERT(max > 0 && max <= LIST_MAX);
	if (!imap_usable(s, err))
		return false;
	s->wire.filter.news = false;
	*out_count = 0;
	for (int tries = 0; last_uid < UINT32_MAX; tries++) {
		uint32_t last = UINT32_MAX - last_uid < max ? UINT32_MAX
							    : last_uid + (uint32_t)max;
		uint32_t next = 0;

		/* A range of numbers, never "n:*": that one always finds the last mail. */
		if (!imap_numbers(s,
				  &(struct imap_range){.numbering = IMAP_UIDS,
						       .first = last_uid + 1,
						       .last = last},
				  uids, max, out_count, err))
			return false;
		if (*out_count > 0 || s->wire.filter.exists == 0 || last == UINT32_MAX)
			return true;
		if (!find_above(s, last, &next, err))
			return false;
		if (next == 0)
			return true;
		/* A mail that is there by its place and not by its UID: once is chance. */
		if (tries == BISECT_TRIES) {
			(void)imap_wire_fail(&s->wire, ERR_AGAIN,
					     "it lists mails that it does not find");
			return imap_usable(s, err);
		}
		last_uid = next - 1;
	}
	return true;
}
