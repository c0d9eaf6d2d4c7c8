#include "domain/core/plus_address.h"
#include "domain/delivery/bounce_private.h"
#include "domain/delivery/timeline_private.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdlib.h>

enum { EVENTS_MOST = 1000, MISSED_EXPLAINED = 50, WORDS_SHOWN = 200 };

struct timeline {
	struct operation *op;
	struct arena *arena;
	const char *address, *list; /* whose and which is being read */
	struct audit_event *events;
	size_t count;
};

static const char *as_sentence(struct arena *arena, const char *words)
{
	char *text = arena_strdup(arena, words);

	if (*text >= 'a' && *text <= 'z')
		*text = (char)(*text - 'a' + 'A');
	return text;
}

static void add(struct timeline *t, int64_t at, const char *kind, int64_t number,
		const char *words)
{
	if (t->count == EVENTS_MOST)
		return;
	t->events = arena_grow(t->arena, t->events, t->count, sizeof(*t->events));
	words = as_sentence(t->arena, words);
	t->events[t->count++] = (struct audit_event){.at = at,
						     .list = str_or(t->list, ""),
						     .kind = kind,
						     .words = words,
						     .number = number};
}

/* ---- what they and we did ---- */

static bool add_evidence(struct timeline *t, int64_t subscription, struct err *err)
{
	struct store_table rows;

	if (!store_all(t->op->store, t->arena, &rows, err, SQL_TIMELINE_EVIDENCE, "i",
		       subscription))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		const char *act = row_text(&row, "event"), *how = row_text(&row, "how");
		const char *staff = row_text(&row, "staff"),
			   *version = row_text(&row, "version"),
			   *basis = row_text(&row, "basis");
		const char *mail = row_null(&row, "inbound_id")
					   ? ""
					   : arena_printf(t->arena, " (mail %" PRId64 ")",
							  row_int(&row, "inbound_id"));

		/* "by the staff" says less than whose name follows. */
		if (staff && str_eq(how, "staff"))
			how = NULL;
		add(t, row_int(&row, "at"), timeline_kind(act), 0,
		    arena_printf(t->arena, "%s%s%s%s%s%s%s%s",
				 timeline_act(t->arena, act, how), staff ? " by " : "",
				 str_or(staff, ""), mail, version ? "; wording " : "",
				 str_or(version, ""),
				 str_empty(basis) ? "" : "; basis: ", str_or(basis, "")));
	}
	return true;
}

/* ---- what they were sent ---- */

static bool add_deliveries(struct timeline *t, int64_t subscription, struct err *err)
{
	struct store_table rows;

	if (!store_all(t->op->store, t->arena, &rows, err, SQL_TIMELINE_DELIVERIES, "i",
		       subscription))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		const char *subject =
			arena_printf(t->arena, "No. %" PRId64 " \"%s\"",
				     row_int(&row, "number"), row_text(&row, "title"));

		add(t, row_int(&row, "at"), "bulletin", row_int(&row, "number"),
		    timeline_mail(t->op, t->arena, &row, subject));
	}
	return true;
}

/* Updates that went out while they were (or had been) on the list, and passed them by. */
static bool add_missed(struct timeline *t, int64_t list_id, int64_t subscription,
		       struct err *err)
{
	struct store_table rows;
	int64_t first_at = INT64_MAX;
	size_t explained = 0;

	for (size_t i = 0; i < t->count; i++)
		if (str_eq(t->events[i].list, t->list) && t->events[i].at < first_at)
			first_at = t->events[i].at;
	if (!store_all(t->op->store, t->arena, &rows, err, SQL_TIMELINE_MISSED, "ii",
		       list_id, subscription))
		return false;
	for (size_t i = rows.count; i-- > 0 && explained < MISSED_EXPLAINED;) {
		struct store_row row = table_row(&rows, i);
		struct delivery_asked asked = {t->address, t->list,
					       row_int(&row, "number")};
		struct delivery_told told;

		if (row_int(&row, "at") < first_at)
			break;
		if (!delivery_reason_find(t->op, t->arena, &asked, &told, err))
			return false;
		explained++;
		add(t, row_int(&row, "at"), "bulletin", asked.number,
		    arena_printf(t->arena,
				 "No. %" PRId64 " \"%s\" did not go to them: %s",
				 asked.number, row_text(&row, "title"), told.because));
	}
	return true;
}

/* ---- what came back, and letters ---- */

static bool add_bounces(struct timeline *t, int64_t subscription, struct err *err)
{
	struct store_table rows;

	if (!store_all(t->op->store, t->arena, &rows, err, SQL_BOUNCE_HISTORY, "i",
		       subscription))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		const char *kind = row_text(&row, "kind");

		if (str_eq(kind, "evidence"))
			continue;
		add(t, row_int(&row, "at"), str_eq(kind, "probe") ? "probe" : "bounce", 0,
		    bounce_sentence(t->op, t->arena, &row));
	}
	return true;
}

static const char *letter_words(const char *kind)
{
	static const char *const words[][2] = {
		{"confirm", "the notification that asks whether they want it"},
		{"welcome", "the welcome"},
		{"already-subscribed",
		 "a notification that they are on the list already"},
		{"not-subscribed", "a notification that they are not on the list"},
		{"unsubscribed", "the notification that says that they have left"},
		{"preferences", "the link to their own page"},
		{"move-new",
		 "the notification that asks whether the new address is theirs"},
		{"move-old", "the notification that asks whether the address may change"},
		{"moved", "the notification that says that the address has changed"},
		{"closed-request",
		 "a notification that the staff decide on their request"},
		{"closed-refused", "the notification that says no to their request"},
		{"digest", "a digest"},
		{"help", "the help that they asked for"},
		{"acknowledgement", "the acknowledgement of their response"},
		{"reply", "a reply to their response"},
		{"forward", "a response that was forwarded to them"},
		{"test", "a test of a bulletin"},
		{"erased", "the notification that says that all was erased"},
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(words[i][0], kind))
			return words[i][1];
	return "a notification";
}

static bool add_letters(struct timeline *t, const char *address, struct err *err)
{
	struct store_table rows;

	if (!store_all(t->op->store, t->arena, &rows, err, SQL_TIMELINE_NOTIFICATIONS,
		       "t", address))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		const char *state = row_text(&row, "state");
		bool sent = str_eq(state, "sent");

		if (str_eq(row_text(&row, "kind"), "probe"))
			continue; /* told with the bounces */
		t->list = row_text(&row, "list");
		add(t, row_int(&row, "at"), "notification", 0,
		    arena_printf(
			    t->arena, "%s %s%s%.*s%s",
			    letter_words(row_text(&row, "kind")),
			    sent ? "was sent" : arena_printf(t->arena, "is %s", state),
			    sent || row_null(&row, "reply") ? "" : ": \"",
			    sent ? 0 : WORDS_SHOWN, str_or(row_text(&row, "reply"), ""),
			    sent || row_null(&row, "reply") ? "" : "\""));
	}
	return true;
}

static int by_time(const void *a, const void *b)
{
	const struct audit_event *one = *(const struct audit_event *const *)a,
				 *other = *(const struct audit_event *const *)b;

	if (one->at != other->at)
		return one->at < other->at ? -1 : 1;
	return one < other ? -1 : one > other; /* as they were found */
}

static struct audit_event *sorted(struct timeline *t)
{
	const struct audit_event **order =
		arena_make(t->arena, const struct audit_event *, t->count + 1);
	struct audit_event *list = arena_make(t->arena, struct audit_event, t->count + 1);

	for (size_t i = 0; i < t->count; i++)
		order[i] = &t->events[i];
	if (t->count)
		qsort(order, t->count, sizeof(*order), by_time);
	for (size_t i = 0; i < t->count; i++)
		list[i] = *order[i];
	return list;
}

bool timeline_load(struct operation *op, struct arena *arena, const char *address,
		   struct audit_event **out, size_t *out_count, struct err *err)
{
	struct timeline t = {.op = op, .arena = arena};
	struct store_table lists;
	const char *key, *plain;

	if (!address_read(arena, address, &key, &plain, err) ||
	    !store_all(op->store, arena, &lists, err, SQL_TIMELINE_LISTS, "t", key))
		return false;
	if (!lists.count)
		return err_set(err, ERR_ABSENT, "%s is on no list and never was", plain);
	t.address = plain;
	for (size_t i = 0; i < lists.count; i++) {
		struct store_row row = table_row(&lists, i);
		int64_t id = row_int(&row, "id");

		t.list = row_text(&row, "list");
		if (!add_evidence(&t, id, err) || !add_deliveries(&t, id, err) ||
		    !add_bounces(&t, id, err) ||
		    !add_missed(&t, row_int(&row, "list_id"), id, err))
			return false;
	}
	if (!add_letters(&t, plain, err))
		return false;
	*out = sorted(&t);
	*out_count = t.count;
	return true;
}
