/* What is done to one response: each a change, a sentence, and back to where one was. */
#include "domain/campaigns/campaign.h"
#include "domain/campaigns/duplicate.h"
#include "domain/responses/options.h"
#include "domain/responses/response_proposal.h"
#include "domain/responses/reference.h"
#include "domain/coding/tag.h"
#include "domain/core/undo.h"
#include "base/str.h"
#include "staff/frame/form_seen.h"
#include "staff/frame/pages.h"
#include "staff/triage/response_values.h"

#include <inttypes.h>

static bool found(struct web_request *r, struct response *out, struct err *err)
{
	int64_t number;

	return str_to_int(web_arg(r, 1), 1, INT32_MAX, &number, err) &&
	       response_find(r->op, r->arena,
			     response_reference(r->arena, staff_of(r)->consultation.name,
						number),
			     out, err);
}

bool staff_seen_screened(struct web_request *r, struct seen *out, struct err *err)
{
	struct response response;

	if (!found(r, &response, err))
		return false;
	out->acts = (struct audit_acts){"response", response.id, "screened"};
	seen_add(out, "state", response.state);
	seen_add(out, "reason", response.reason);
	return true;
}

/* Who writes to somebody knows what colleagues wrote. */
bool staff_seen_replied(struct web_request *r, struct seen *out, struct err *err)
{
	struct response response;

	if (!found(r, &response, err))
		return false;
	out->acts = (struct audit_acts){"response", response.id, "answered"};
	out->any_act = true;
	return true;
}

bool staff_seen_assigned(struct web_request *r, struct seen *out, struct err *err)
{
	struct response response;

	if (!found(r, &response, err))
		return false;
	out->acts = (struct audit_acts){"response", response.id, "assigned"};
	seen_add(out, "to", response.assigned);
	return true;
}

/* Another mail of the person may have changed it as well as a colleague. */
bool staff_seen_respondent(struct web_request *r, struct seen *out, struct err *err)
{
	struct response response;

	if (!found(r, &response, err))
		return false;
	out->acts = (struct audit_acts){"response", response.id, "respondent *"};
	seen_add(out, "type", response.type);
	seen_add(out, "permission", response.permission);
	seen_add(out, "contact", response.contact);
	/* A mark of what one may not see would tell it to whoever guesses. */
	if (staff_who(r)) {
		seen_add(out, "name", response.name);
		seen_add(out, "organisation", response.organisation);
	}
	return true;
}

/* Of all closed questions: their answers stand on one page. */
bool staff_seen_options(struct web_request *r, struct seen *out, struct err *err)
{
	struct response response;

	if (!found(r, &response, err))
		return false;
	out->acts = (struct audit_acts){"response", response.id, "choice set"};
	out->any_act = true;
	return true;
}

static void done(struct web_request *r, bool ok, const struct err *err,
		 const char *sentence)
{
	if (!ok) {
		staff_failed(r, err);
		return;
	}
	staff_say(r, "%s", sentence);
	staff_back_or(r, staff_response_path(r));
}

void staff_response_screen(struct web_request *r)
{
	const char *state = str_or(web_form(r, "state"), "");
	const char *reason = web_form(r, "reason"), *reference;
	const char *of = web_form(r, "duplicate_of");
	struct err err = {0};
	bool ok;

	if (!staff_reference(r, &reference))
		return;
	if (!str_empty(of))
		reason = arena_printf(r->arena, "duplicate of %s", of);
	ok = response_screen(r->op, reference, state, str_empty(reason) ? NULL : reason,
			     &err);
	done(r, ok, &err,
	     arena_printf(r->arena, "%s is %s%s%s.", reference,
			  str_eq(state, "received") ? "new again" : state,
			  str_eq(state, "excluded") ? ": " : "",
			  str_eq(state, "excluded") ? str_or(reason, "") : ""));
}

void staff_response_proposal(struct web_request *r)
{
	const char *kind = str_or(web_form(r, "kind"), ""), *reference;
	const char *decision = web_form(r, "decision");
	bool accept = str_eq(decision, "accept"), ok;
	struct err err = {0};

	if (!staff_reference(r, &reference))
		return;
	if (!accept && !str_eq(decision, "refuse")) {
		page_problem(r, 400,
			     "Choose whether what is proposed is so. Nothing was "
			     "changed.");
		return;
	}
	ok = response_proposal_decide(r->op, reference, kind,
				      accept ? PROPOSAL_ACCEPT : PROPOSAL_REFUSE, &err);
	done(r, ok, &err,
	     arena_printf(r->arena, "%s: %s, %s.", reference,
			  staff_word("proposed", kind), accept ? "accepted" : "refused"));
}

void staff_response_tag(struct web_request *r)
{
	const char *tag = str_or(web_form(r, "tag"), ""), *reference;
	bool on = !str_eq(web_form(r, "on"), "no"), changed = false, ok;
	struct err err = {0};

	if (!staff_reference(r, &reference))
		return;
	/* A slip of the finger is no code: a new one is asked for. */
	if (on && !str_empty(tag) && !str_eq(web_form(r, "new"), "yes")) {
		bool known;

		if (!tag_known(r->op, r->arena, staff_of(r)->consultation.name, tag,
			       &known, &err)) {
			staff_failed(r, &err);
			return;
		}
		if (!known) {
			staff_back_asking(r, staff_response_path(r), "new-tag", tag);
			return;
		}
	}
	ok = response_tag(r->op, reference, tag, on ? TAG_PUT_ON : TAG_TAKE_OFF, &changed,
			  &err);
	done(r, ok, &err,
	     !changed ? arena_printf(r->arena, "%s was %s \"%s\" already.", reference,
				     on ? "tagged" : "without", tag)
	     : on     ? arena_printf(r->arena, "%s is tagged \"%s\".", reference, tag)
		  : arena_printf(r->arena, "The tag \"%s\" is off %s.", tag, reference));
}

void staff_response_assign(struct web_request *r)
{
	const char *to = web_form(r, "to"), *reference;
	struct err err = {0};
	bool ok;

	if (!staff_reference(r, &reference))
		return;
	ok = response_assign(r->op, reference, str_empty(to) ? NULL : to, &err);
	done(r, ok, &err,
	     arena_printf(r->arena, "%s is %s%s now.", reference,
			  str_empty(to) ? "with nobody" : "with ", str_or(to, "")));
}

void staff_response_note(struct web_request *r)
{
	const char *reference;
	struct err err = {0};
	bool ok;

	if (!staff_reference(r, &reference))
		return;
	ok = response_note(r->op, reference, str_or(web_form(r, "text"), ""), &err);
	done(r, ok, &err, arena_printf(r->arena, "Your note stands at %s.", reference));
}

static const char *if_given(const char *text)
{
	return str_empty(text) ? NULL : text;
}

/* What the form holds and is no longer so: NULL where it stands as it was. */
static const char *if_changed(struct web_request *r, const char *field, const char *now)
{
	const char *given = web_form(r, field);

	return given && !str_eq(str_or(given, NULL), str_or(now, NULL)) ? given : NULL;
}

/* Name, organisation, contact; of names only for who sees them. */
static bool correct_who(struct web_request *r, const char *reference, struct err *err)
{
	const char *contact = if_given(web_form(r, "contact"));
	const char *name = NULL, *organisation = NULL;
	struct response now;

	if (!response_find(r->op, r->arena, reference, &now, err))
		return false;
	if (staff_who(r)) {
		name = if_changed(r, "name", now.name);
		organisation = if_changed(r, "organisation", now.organisation);
	}
	return (!name && !organisation && !contact) ||
	       response_correct(r->op, reference, name, organisation, contact, err);
}

/* All of it or nothing. */
static bool correct_all(struct web_request *r, const char *reference, struct err *err)
{
	AUTO(store_txn) t = store_begin(r->op->store, err);

	return t && correct_who(r, reference, err) &&
	       response_respondent(r->op, reference, if_given(web_form(r, "type")),
				   if_given(web_form(r, "permission")), err) &&
	       store_commit(&t, err);
}

void staff_response_respondent(struct web_request *r)
{
	const char *reference;
	struct err err = {0};
	bool ok;

	if (!staff_reference(r, &reference))
		return;
	ok = correct_all(r, reference, &err);
	done(r, ok, &err,
	     "Corrected, and it stays so whatever a form of this person says.");
}

/* One option of those that stand beside each other, or every one that is ticked. */
static bool options_of(struct web_request *r, int64_t *options, size_t *count,
		       struct err *err)
{
	const char *one = web_form(r, "option");
	int64_t n;

	*count = 0;
	if (one) {
		if (!str_to_int(one, 0, CHOICE_OPTIONS_MOST, &n, err))
			return false;
		if (n)
			options[(*count)++] = n;
		return true;
	}
	for (n = 1; n <= CHOICE_OPTIONS_MOST; n++)
		if (web_form(r, arena_printf(r->arena, "option-%" PRId64, n)))
			options[(*count)++] = n;
	return true;
}

void staff_response_choice(struct web_request *r)
{
	int64_t question, options[CHOICE_OPTIONS_MOST];
	const char *reference;
	struct err err = {0};
	size_t count;
	bool ok;

	if (!staff_reference(r, &reference))
		return;
	ok = str_to_int(str_or(web_form(r, "question"), ""), 1, 1000, &question, &err) &&
	     options_of(r, options, &count, &err) &&
	     response_choice_set(r->op, reference, question, options, count, &err);
	done(r, ok, &err, "What was chosen is corrected, and it stays so.");
}

void staff_response_link(struct web_request *r)
{
	const char *of = str_or(web_form(r, "of"), ""), *reference;
	const char *as_what = str_or(web_form(r, "as_what"), "");
	struct err err = {0};
	int64_t number;
	bool ok;

	if (!staff_reference(r, &reference))
		return;
	/* Within a consultation a number says enough. */
	if (str_to_int(of, 1, INT32_MAX, &number, &err))
		of = response_reference(r->arena, staff_of(r)->consultation.name, number);
	err = (struct err){0};
	ok = response_duplicate_link(r->op, reference, of, as_what, &err);
	done(r, ok, &err,
	     arena_printf(r->arena, "%s is linked to %s (%s).", reference, of, as_what));
}

void staff_response_unlink(struct web_request *r)
{
	const char *reference;
	struct err err = {0};
	bool ok;

	if (!staff_reference(r, &reference))
		return;
	ok = response_duplicate_unlink(r->op, reference, &err);
	done(r, ok, &err, arena_printf(r->arena, "%s stands by itself.", reference));
}

void staff_campaign_decide(struct web_request *r)
{
	const char *state = str_or(web_form(r, "state"), "");
	struct err err = {0};
	int64_t number;

	if (!str_to_int(web_arg(r, 1), 1, INT32_MAX, &number, &err) ||
	    !campaign_decide(r->op, staff_of(r)->consultation.name, number, state,
			     &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "Campaign %s is %s.", web_arg(r, 1), state);
	staff_back_or(r, staff_queue_path(r));
}

void staff_undo(struct web_request *r)
{
	const char *what;
	struct err err = {0};

	if (!undo_last(r->op, r->arena, &what, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "Taken back: %s.", what);
	staff_back_or(r, "/staff");
}
