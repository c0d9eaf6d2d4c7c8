#include "domain/admin/arrival.h"
#include "base/str.h"
#include "mail/write/recipient.h"

static const struct {
	const char *mark;
	enum arrival_route_what what;
	bool token;
} marks[] = {
	{"join", WANTS_JOIN, false},   {"leave-", WANTS_LEAVE, true},
	{"leave", WANTS_LEAVE, false}, {"confirm-", WANTS_CONFIRM, true},
	{"help", WANTS_HELP, false},   {"owner", WANTS_OWNER, false},
	{"b-", WANTS_BOUNCE, true},    {"r-", WANTS_THREAD, true},
};

static void read_mark(const char *detail, struct arrival_route *out)
{
	for (size_t i = 0; detail && i < ARRAY_LEN(marks); i++) {
		size_t len = strlen(marks[i].mark);

		if (marks[i].token ? str_istarts(detail, marks[i].mark)
				   : str_ieq(detail, marks[i].mark)) {
			out->what = marks[i].what;
			out->token = marks[i].token ? detail + len : NULL;
			return;
		}
	}
}

/* True when it was looked up; out->to says whether it is ours. */
static bool try_address(struct operation *op, struct arena *arena, const char *address,
			struct arrival_route *out, struct err *err)
{
	const char *base, *detail, *key;
	struct store_row row;

	if (str_empty(address) || !mail_address_split(arena, address, &base, &detail))
		return true;
	key = mail_address_key(arena, base);
	if (!key)
		return true;
	if (store_one(op->store, arena, &row, err, SQL_CONSULTATION_BY_ADDRESS, "t",
		      key)) {
		consultation_read(&row, &out->consultation);
		out->to = TO_CONSULTATION;
	} else if (!err_forgive(err, ERR_ABSENT)) {
		return false;
	} else if (store_one(op->store, arena, &row, err, SQL_LIST_BY_ADDRESS, "t",
			     key)) {
		if (!list_by_id(op, arena, row_int(&row, "id"), &out->list, err))
			return false;
		out->to = TO_LIST;
	} else if (!err_forgive(err, ERR_ABSENT)) {
		return false;
	}
	if (out->to != TO_NOBODY)
		read_mark(detail, out);
	return true;
}

static bool same_place(const struct arrival_route *a, const struct arrival_route *b)
{
	return a->to == b->to && a->list.id == b->list.id &&
	       a->consultation.id == b->consultation.id;
}

/* Whether what was found later says more of where the mail was meant to go. */
static bool is_better(const struct arrival_route *now, const struct arrival_route *later)
{
	if (later->to == TO_NOBODY || now->what != WANTS_NOTHING)
		return false;
	if (now->to == TO_NOBODY)
		return true;
	/* A server may deliver without the mark: To: still has it. */
	if (same_place(now, later))
		return later->what != WANTS_NOTHING;
	/* An answer to an update with a copy to the consultation is a reply. */
	return now->to == TO_LIST && later->to == TO_CONSULTATION;
}

bool arrival_route_find(struct operation *op, struct arena *arena,
			const struct mail_message *m, struct arrival_route *out,
			struct err *err)
{
	const struct mail_addresses *fields[] = {&m->to, &m->cc};
	struct arrival_route best = {.to = TO_NOBODY};

	for (size_t i = 0; i < m->delivered_to.count; i++) {
		struct arrival_route r = {.to = TO_NOBODY};

		if (!try_address(op, arena, m->delivered_to.items[i], &r, err))
			return false;
		best = is_better(&best, &r) ? r : best;
	}
	for (size_t f = 0; f < ARRAY_LEN(fields); f++)
		for (size_t i = 0; i < fields[f]->count; i++) {
			struct arrival_route r = {.to = TO_NOBODY};

			if (!try_address(op, arena, fields[f]->items[i].address, &r, err))
				return false;
			best = is_better(&best, &r) ? r : best;
		}
	*out = best;
	return true;
}

bool arrival_route_is_ours(struct operation *op, struct arena *arena, const char *address,
			   bool *out, struct err *err)
{
	struct arrival_route route = {.to = TO_NOBODY};

	if (!try_address(op, arena, address, &route, err))
		return false;
	*out = route.to != TO_NOBODY;
	return true;
}

bool incoming_is_automatic(const struct mail_message *m)
{
	return (m->return_path && !*m->return_path) || !str_empty(m->list_id) ||
	       (!str_empty(m->auto_submitted) && !str_istarts(m->auto_submitted, "no")) ||
	       str_ieq(m->precedence, "bulk") || str_ieq(m->precedence, "list") ||
	       str_ieq(m->precedence, "junk");
}
