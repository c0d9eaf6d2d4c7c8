/* What waits, in a sentence; and where it is done. */
#include "domain/queue/needs.h"
#include "base/numeral.h"
#include "base/str.h"

#include <inttypes.h>

enum { NAME_IN_URL = 1000 };

/* some: behind how many there are. Of a bulletin: behind its number. Of mail: behind its name. */
static const struct {
	const char *one, *some;
	bool urgent;
} words[NEED_KINDS] = {
	[NEED_FLAG_OVERDUE] = {"One flag that somebody may be at risk is overdue: nobody "
			       "has seen it",
			       "flags that somebody may be at risk are overdue: nobody "
			       "has seen them",
			       true},
	[NEED_FLAG_UNSEEN] = {"One flag that somebody may be at risk has not been seen",
			      "flags that somebody may be at risk have not been seen",
			      true},
	[NEED_FLAG_LATE] = {"One flag that somebody may be at risk is overdue: nobody "
			    "has seen it",
			    "flags that somebody may be at risk are overdue: nobody has "
			    "seen them",
			    true},
	[NEED_FLAG_UNTOLD] = {"One email about a flag has reached nobody",
			      "emails about flags have reached nobody", true},
	[NEED_FLAG_OPEN] = {"One flag that somebody may be at risk is open",
			    "flags that somebody may be at risk are open", false},
	[NEED_RISK] = {"One response says that somebody may be at risk",
		       "responses say that somebody may be at risk", true},
	[NEED_UNSORTED_RISK] = {"One unsorted email says that somebody may be at risk",
				"unsorted emails say that somebody may be at risk", true},
	[NEED_ROLE] = {"The program cannot run its part", NULL, true},
	[NEED_RELAY] = {"No email can be handed to the relay", NULL, true},
	[NEED_MAILBOX] = {"No email can be read from the mailbox", NULL, true},
	[NEED_HELD] = {"is on hold", NULL, true},
	[NEED_PAUSED] = {"is paused", NULL, false},
	[NEED_DOUBT] = {"has emails that may or may not have arrived", NULL, true},
	[NEED_ASKED] = {"is for you to approve", NULL, false},
	[NEED_AGREE] = {"was changed: do you agree?", NULL, false},
	[NEED_RETURNED] = {"was returned to you", NULL, false},
	[NEED_APPROVE] = {"waits for approval", NULL, false},
	[NEED_REPORT_BACK] = {"A report back to respondents is for you to approve",
			      "report backs to respondents are for you to approve",
			      false},
	[NEED_RELEASE] = {"One response waits for you to release it",
			  "responses wait for you to release them", false},
	[NEED_REPORT] = {"An edition of the report is for you to approve",
			 "editions of the report are for you to approve", false},
	[NEED_REQUEST] = {"One request to subscribe", "requests to subscribe", false},
	[NEED_UNSORTED] = {"One email could not be sorted", "emails could not be sorted",
			   false},
	[NEED_MINE] = {"One response is assigned to you", "responses are assigned to you",
		       false},
	[NEED_INFORM] = {"One response may be a request for information",
			 "responses may be requests for information", false},
	[NEED_SECOND] = {"One unit of double coding waits for you",
			 "units of double coding wait for you", false},
	[NEED_RE_ANCHOR] = {"One coded passage needs re-anchoring",
			    "coded passages need re-anchoring", false},
	[NEED_BOUNCE] = {"Email to one subscriber comes back",
			 "subscribers whose email comes back", false},
	[NEED_DRAFT] = {"is your draft", NULL, false},
};

const char *need_says(struct arena *arena, const struct need *n)
{
	char many[NUMERAL_TEXT];
	const char *says;

	if (n->kind == NEED_ROLE || n->kind == NEED_RELAY || n->kind == NEED_MAILBOX)
		return arena_printf(arena, "%s “%s”", words[n->kind].one, n->what);
	/* What it is called until somebody has given it a title (bulletin/reuse.h). */
	if (!words[n->kind].some && *n->what == '[')
		return arena_printf(arena,
				    "Bulletin %" PRId64 ", without a title yet, %s",
				    n->number, words[n->kind].one);
	if (!words[n->kind].some)
		return arena_printf(arena, "Bulletin %" PRId64 ", “%s”, %s", n->number,
				    n->what, words[n->kind].one);
	numeral_grouped(n->count, many);
	says = n->count == 1 ? words[n->kind].one
			     : arena_printf(arena, "%s %s", many, words[n->kind].some);
	return n->kind != NEED_INFORM || !n->what
		       ? says
		       : arena_printf(arena, "%s, %sto be answered by %s", says,
				      plural(n->count, "", "the first "), n->what);
}

bool need_is_urgent(enum need_kind kind)
{
	return words[kind].urgent;
}

static const char *queue_path(struct arena *arena, const struct need *n, const char *part)
{
	return arena_printf(arena, "/staff/consultations/%s%s", n->place, part);
}

static const char *bulletin_path(struct arena *arena, const struct need *n,
				 const char *part)
{
	return arena_printf(arena, "/staff/lists/%s/bulletins/%" PRId64 "%s", n->place,
			    n->number, part);
}

const char *need_path(const struct operation *op, struct arena *arena,
		      const struct need *n)
{
	AUTO(buf) name = buf_new(NAME_IN_URL);

	switch (n->kind) {
	case NEED_FLAG_OVERDUE:
	case NEED_FLAG_UNSEEN:
	case NEED_FLAG_OPEN:
		return n->number ? arena_printf(arena, "/staff/flags/%" PRId64, n->number)
				 : "/staff/flags";
	case NEED_FLAG_LATE:
	case NEED_FLAG_UNTOLD:
		return "/staff/health";
	case NEED_RISK:
		return queue_path(arena, n, "?proposed=risk");
	case NEED_INFORM:
		return queue_path(arena, n, "?proposed=information");
	case NEED_UNSORTED_RISK:
		return "/staff/unsorted?risk=1";
	case NEED_UNSORTED:
		return "/staff/unsorted";
	case NEED_ROLE:
	case NEED_RELAY:
	case NEED_MAILBOX:
		return "/staff/health";
	case NEED_REQUEST:
		return arena_printf(arena, "/staff/lists/%s/subscribers?state=requested",
				    n->place);
	case NEED_BOUNCE:
		return arena_printf(arena, "/staff/lists/%s/bounces", n->place);
	case NEED_MINE:
		str_add_url(name, op->who);
		return queue_path(arena, n,
				  arena_printf(arena, "?state=received&assigned=%s",
					       buf_text(name)));
	case NEED_SECOND:
		return queue_path(arena, n,
				  arena_printf(arena, "/samples/%" PRId64, n->number));
	case NEED_REPORT:
		return queue_path(
			arena, n,
			arena_printf(arena, "/report/editions/%" PRId64, n->number));
	case NEED_REPORT_BACK:
		return queue_path(
			arena, n,
			arena_printf(arena, "/report-back/%" PRId64, n->number));
	case NEED_RELEASE:
		return queue_path(arena, n, "/publication?state=to%20release");
	case NEED_RE_ANCHOR:
		return queue_path(arena, n, "/re-anchor");
	case NEED_DRAFT:
		return bulletin_path(arena, n, "/edit");
	default:
		return bulletin_path(arena, n, "");
	}
}
