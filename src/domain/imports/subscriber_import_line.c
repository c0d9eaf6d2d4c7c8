/* One row of a file becomes a subscriber, or is told of. */
#include "domain/core/plus_address.h"
#include "domain/imports/subscriber_import_private.h"
#include "domain/subscribers/subscribe.h"
#include "domain/subscribers/suppress.h"
#include "base/str.h"
#include "mail/write/recipient.h"

/* What is wrong with a row, in the words of the roster and in ours. */
static const enum subscriber_import_reason of_roster[] = {
	[ROSTER_FINE] = IMPORT_FINE,
	[ROSTER_UNREADABLE] = IMPORT_UNREADABLE,
	[ROSTER_LONG] = IMPORT_LONG,
	[ROSTER_NO_ADDRESS] = IMPORT_NO_ADDRESS,
	[ROSTER_BAD_ADDRESS] = IMPORT_BAD_ADDRESS,
	[ROSTER_TWO_ADDRESSES] = IMPORT_TWO_ADDRESSES,
	[ROSTER_NOBODY_READS] = IMPORT_NOBODY_READS,
	[ROSTER_BAD_DAY] = IMPORT_BAD_DAY,
	[ROSTER_BAD_FREQUENCY] = IMPORT_BAD_FREQUENCY,
	[ROSTER_UNSURE] = IMPORT_UNSURE,
};

/* Is said of the line. True, so that it can be the last of a step: the import goes on. */
static bool told(struct subscriber_import_line *line,
		 enum subscriber_import_outcome outcome,
		 enum subscriber_import_reason reason, const char *why)
{
	line->outcome = outcome;
	line->reason = reason;
	line->why = why;
	return true;
}

static bool bad(struct subscriber_import_line *line, enum subscriber_import_reason reason,
		const char *why)
{
	return told(line, SUBSCRIBER_IMPORT_BAD, reason, why);
}

/* A refusal for what the row holds is one of the line; any other error is of the import. */
static bool bad_input(struct import_run *im, struct subscriber_import_line *line,
		      enum subscriber_import_reason reason, struct err *err)
{
	const char *why = arena_strdup(im->arena, err->text);

	return err_forgive(err, ERR_INPUT) && bad(line, reason, why);
}

static bool read_topics(struct import_run *im, const struct roster_person *p,
			struct subscriber_new *who, struct err *err)
{
	const char *const *tags;
	size_t count;

	if (!topics_read(im->list, p->topics, &who->topics, &who->all_topics, err))
		return false;
	if (*p->topics)
		return true;
	/* Tags of another program: those that we have as topics; the others say nothing here. */
	count = roster_words_of(im->arena, p->tags, &tags);
	for (size_t i = 0; i < count; i++) {
		int at = topic_position(im->list, tags[i]);

		if (at >= 0)
			who->topics |= (int64_t)1 << im->list->topics[at].now;
	}
	who->all_topics = who->all_topics && !who->topics;
	return true;
}

/* The wording with these words: the one that is known, else the next version. */
static bool wording_of_text(struct import_run *im, const char *text, int64_t *out,
			    struct err *err)
{
	struct store_row row;

	if (store_one(im->op->store, im->arena, &row, err, SQL_WORDING_BY_TEXT, "it",
		      im->list->id, text)) {
		*out = row_int(&row, "id");
		return true;
	}
	if (!err_forgive(err, ERR_ABSENT) ||
	    !store_one(im->op->store, im->arena, &row, err, SQL_WORDING_NEXT, "i",
		       im->list->id) ||
	    !store_run(im->op->store, err, SQL_WORDING_ADD, "itti", im->list->id,
		       row_text(&row, "version"), text, im->op->now))
		return false;
	*out = store_last_id(im->op->store);
	return true;
}

/* The wording row for these words; the same version with other words is refused. */
static bool wording_of(struct import_run *im, const struct roster_person *p, int64_t *out,
		       struct err *err)
{
	const char *text = import_wording_text(im, p);
	const char *version = p->version;
	struct store_row row;

	*out = 0;
	if (!*version)
		return !*text || wording_of_text(im, text, out, err);
	if (*text && !store_run(im->op->store, err, SQL_WORDING_ADD, "itti", im->list->id,
				version, text, im->op->now))
		return false;
	if (!store_one(im->op->store, im->arena, &row, err, SQL_WORDING_BY_VERSION, "it",
		       im->list->id, version))
		return err->kind == ERR_ABSENT && import_wording_unknown(version, err);
	if (*text && !str_eq(row_text(&row, "text"), text))
		return import_wording_other(version, err);
	*out = row_int(&row, "id");
	return true;
}

/* Why we may write to them, and whatever is known of how that came to be. */
static const char *basis_of(struct import_run *im, const struct roster_person *p)
{
	const char *how = str_or(im->plan->how, "");
	const char *basis = str_or(p->basis, str_or(im->plan->basis, ""));
	const char *from;

	if (str_blank(basis))
		basis = roster_has(&im->plan->roster, ROSTER_BASIS) ? ""
								    : im->default_basis;
	if (!*basis)
		return "";
	from = arena_printf(im->arena, "%s%s%s", p->source,
			    *p->source && *p->ip ? ", " : "", p->ip);
	return arena_printf(im->arena, "%s%s%s%s%s%s", basis, *how ? "; " : "", how,
			    *from ? " (" : "", from, *from ? ")" : "");
}

static bool is_our_own(const struct import_run *im, const char *address)
{
	const char *base, *detail;

	return mail_address_same(address, im->list->address) ||
	       (mail_address_split(im->arena, address, &base, &detail) && detail &&
		mail_address_same(base, im->list->address));
}

static const char *twice_words(const struct import_run *im, const char *address)
{
	return arena_printf(im->arena, "%s stands in the file more than once", address);
}

/* Why the store would not have them: asked only when it is so. */
static bool passed(struct import_run *im, const struct subscriber_new *who,
		   struct subscriber_import_line *line, struct err *err)
{
	static const struct {
		const char *state;
		enum subscriber_import_reason reason;
	} of_state[] = {{"active", IMPORT_ALREADY},
			{"paused", IMPORT_ALREADY},
			{"unsubscribed", IMPORT_LEFT},
			{"bouncing", IMPORT_BOUNCED},
			{"suppressed", IMPORT_SUPPRESSED}};
	const char *why = arena_strdup(im->arena, err->text), *state;
	enum subscriber_import_reason reason = IMPORT_TEXT;
	struct store_row row, one;
	bool suppressed;

	if (!err_forgive(err, ERR_CONFLICT) ||
	    !address_is_suppressed(im->op, who->address, &suppressed, err))
		return false;
	if (suppressed)
		return told(line, SUBSCRIBER_IMPORT_PASSED, IMPORT_SUPPRESSED, why);
	if (!subscription_find(im->op, im->arena, im->list, who->address, &row, err))
		return false;
	state = row_text(&row, "state");
	for (size_t i = 0; i < ARRAY_LEN(of_state); i++)
		if (str_eq(state, of_state[i].state))
			reason = of_state[i].reason;
	if (line->outcome == SUBSCRIBER_IMPORT_KEPT_OFF && reason == IMPORT_ALREADY)
		reason = IMPORT_HAS_LEFT_THERE;
	if (store_one(im->op->store, im->arena, &one, err, SQL_IMPORTED_OF, "ii",
		      row_int(&row, "id"), im->result.import_id)) {
		reason = IMPORT_TWICE;
		why = twice_words(im, who->address);
	} else if (!err_forgive(err, ERR_ABSENT)) {
		return false;
	}
	return told(line, SUBSCRIBER_IMPORT_PASSED, reason, why);
}

/* They had left, or their mail came back, where they come from. */
static void keeps_off(struct import_run *im, struct import_line *line)
{
	bool bounced = line->person.state == ROSTER_HAS_BOUNCED;
	const char *said = bounced ? "bounced on" : "unsubscribed from";

	line->who.basis =
		arena_printf(im->arena, "%s the other list; %s", said, im->default_basis);
	(void)told(&line->said, SUBSCRIBER_IMPORT_KEPT_OFF,
		   bounced ? IMPORT_KEPT_BOUNCED : IMPORT_KEPT_LEFT,
		   arena_printf(im->arena, "%s had %s the other list", line->who.address,
				said));
}

static bool adds(struct import_run *im, struct import_line *line, struct err *err)
{
	const struct roster_person *p = &line->person;
	struct subscriber_new *who = &line->who;

	who->basis = basis_of(im, p);
	who->given_at = p->given_at;
	who->frequency = p->frequency;
	if (str_blank(who->basis))
		return bad(&line->said, IMPORT_NO_BASIS,
			   "the basis is missing: why may we write to them?");
	if (p->given_at > im->op->now)
		return bad(&line->said, IMPORT_FUTURE,
			   arena_printf(
				   im->arena,
				   "the day they subscribed, \"%s\", lies in the future",
				   roster_cell(&im->plan->roster, im->arena, &line->row,
					       ROSTER_GIVEN_AT)));
	if (!read_topics(im, p, who, err))
		return bad_input(im, &line->said, IMPORT_NO_TOPIC, err);
	line->said.topics =
		who->all_topics ? "all" : topics_titles(im->list, im->arena, who->topics);
	return true;
}

/* Of a row that is no person: what stands where the name would. */
static const char *shown_name(const struct import_run *im, const struct roster_row *row)
{
	const struct roster *r = &im->plan->roster;
	const char *name = roster_cell(r, im->arena, row, ROSTER_NAME);

	return *name ? name
		     : arena_printf(im->arena, "%s %s",
				    roster_cell(r, im->arena, row, ROSTER_FIRST),
				    roster_cell(r, im->arena, row, ROSTER_LAST));
}

bool import_line_read(struct import_run *im, struct import_line *line, struct err *err)
{
	const struct roster *r = &im->plan->roster;
	struct subscriber_import_line *said = &line->said;
	struct roster_person *p = &line->person;
	struct roster_fault fault;

	line->who = (struct subscriber_new){.how = "import"};
	*said = (struct subscriber_import_line){.row = &line->row};
	said->address = roster_cell(r, im->arena, &line->row, ROSTER_ADDRESS);
	said->name = shown_name(im, &line->row);
	if (!roster_person_of(r, im->arena, &line->row, im->op->settings->zone, p,
			      &fault)) {
		if (fault.wrong == ROSTER_NO_ADDRESS && r->holds_contacts)
			(void)told(said, SUBSCRIBER_IMPORT_PASSED, IMPORT_NO_CONTACT,
				   "this contact has no email address");
		else
			(void)bad(said, of_roster[fault.wrong], fault.why);
		return true;
	}
	line->who.address = p->address;
	line->who.name = address_name_clean(im->arena, p->name);
	said->address = p->address;
	said->name = str_or(line->who.name, "");
	if (is_our_own(im, p->address))
		return bad(said, IMPORT_OUR_OWN,
			   arena_printf(im->arena,
					"%s is the address of this list itself",
					p->address));
	if (p->state == ROSTER_OTHER)
		return told(said, SUBSCRIBER_IMPORT_PASSED, IMPORT_NOT_SUBSCRIBED,
			    arena_printf(im->arena, "the state is \"%s\", not active",
					 p->state_given));
	if (p->state == ROSTER_SUBSCRIBED)
		return adds(im, line, err);
	keeps_off(im, line);
	return true;
}

static bool comes_to_something(const struct import_line *line)
{
	return line->said.outcome == SUBSCRIBER_IMPORT_ADDED ||
	       line->said.outcome == SUBSCRIBER_IMPORT_KEPT_OFF;
}

/* The store would not have them: a conflict passes them over, what they hold makes it bad. */
static bool refused(struct import_run *im, struct import_line *line, struct err *err)
{
	return err->kind == ERR_CONFLICT ? passed(im, &line->who, &line->said, err)
					 : bad_input(im, &line->said, IMPORT_TEXT, err);
}

bool import_line_look(struct import_run *im, struct import_line *line, struct err *err)
{
	bool is_added = line->said.outcome == SUBSCRIBER_IMPORT_ADDED;
	struct import_wording wording = {0};
	bool first;

	if (!comes_to_something(line))
		return true;
	if (is_added && !import_wording_look(im, &line->person, &wording, err))
		return bad_input(im, &line->said, IMPORT_WORDING, err);
	if (!subscriber_addable(im->op, im->list, line->who.address, err))
		return refused(im, line, err);
	if (!import_seen_address(im, line->who.address, &first, err))
		return false;
	if (!first)
		return told(&line->said, SUBSCRIBER_IMPORT_PASSED, IMPORT_TWICE,
			    twice_words(im, line->who.address));
	import_wording_seen(im, &wording);
	im->result.teams += is_added && line->person.is_team;
	return true;
}

bool import_line_write(struct import_run *im, struct import_line *line, struct err *err)
{
	AUTO(store_txn) t = NULL;

	line->who.import_id = im->result.import_id;
	if (line->said.outcome == SUBSCRIBER_IMPORT_KEPT_OFF)
		return subscriber_keep_off(im->op, im->list, &line->who,
					   line->person.state == ROSTER_HAS_BOUNCED
						   ? SUBSCRIBER_BOUNCES
						   : SUBSCRIBER_LEFT,
					   err) ||
		       refused(im, line, err);
	t = store_begin(im->op->store, err); /* a bad line leaves no wording either */
	if (!t)
		return false;
	if (!wording_of(im, &line->person, &line->who.wording_id, err))
		return bad_input(im, &line->said, IMPORT_WORDING, err);
	if (!subscriber_add(im->op, im->list, &line->who, err))
		return refused(im, line, err);
	return store_commit(&t, err);
}
