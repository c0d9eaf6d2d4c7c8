/*
 * Whether somebody may be written to, as heads, cells, headings and names of files say it.
 *
 * Both are read by their letters and figures alone: "Opted-Out", "opted_out", "OptedOut". A
 * head has a direction: under "consent" a no keeps people off, under "unsubscribed" a yes does.
 * What is not understood adds nobody: such a line is for a person.
 */
#include "base/str.h"
#include "roster/roster_private.h"

enum { HEAD_ROOM = 80, HEADING_MOST = 80 };

static size_t letters_of(const char *text, size_t len, char *out, size_t room)
{
	size_t n = 0;

	for (size_t i = 0; i < len && n + 1 < room; i++)
		if (str_is_alpha(text[i]) || str_is_digit(text[i]))
			out[n++] = str_lower_char(text[i]);
	out[n] = '\0';
	return n;
}

static bool has_any(const char *letters, const char *const *stems)
{
	for (; *stems; stems++)
		if (strstr(letters, *stems))
			return true;
	return false;
}

static bool ends(const char *letters, const char *with)
{
	size_t n = strlen(letters), m = strlen(with);

	return n >= m && str_eq(letters + n - m, with);
}

/* Of another way to reach people than email, or of what has only the word in its name. */
static const char *const elsewhere[] = {
	"sms",       "phone", "whatsapp", "fax",   "postal", "donotcall", "mobile",
	"donottext", "url",   "link",     "token", "hash",   NULL};
/* Under these a yes, a day or a number keeps people off. */
static const char *const against[] = {
	"unsub",       "optout",       "optedout",      "optsout",       "optingout",
	"outofemail",  "suppress",     "blacklist",     "blocklist",     "blocked",
	"donot",       "dont",         "noemail",       "nomail",        "nocontact",
	"nomarketing", "noconsent",    "nopermission",  "nonewsletter",  "nosend",
	"neveremail",  "nevercontact", "notsubscribed", "notactive",     "notconsent",
	"notpermit",   "notallow",     "notvalid",      "notinterested", "notopted",
	"notemail",    "notcontact",   "notmail",       "nonsubscri",    "deleted",
	"removed",     "complain",     "spam",          "invalid",       "inactive",
	"disabled",    "deactivat",    "deceased",      "exclude",       "excluded",
	"refus",       "reject",       "declin",        "objected",      "objection",
	"objects",     "withdr",       "revoke",        "undeliver",     "archived",
	"banned",      "suspended",    "quarantin",     "cancel",        "terminated",
	"expired",     "erased",       "stopped",       "stopmail",      "stopemail",
	"stoplist",    "unreachable",  "uncontactable", "unmailable",    "deregister",
	NULL};
static const char *const against_alone[] = {
	"left",   "lefton", "leftat",   "dateleft", "hasleft",  "block", "blocks",
	"stop",   "off",    "optedoff", "dnc",      "dne",      "dnm",   "remove",
	"delete", "quit",   "trash",    "leaver",   "isleaver", NULL};
static const char *const bounces[] = {"bounc", "cleaned", "cleantime", NULL};
/* Under these a no keeps people off, and nothing at all is for a person. */
static const char *const in_favour[] = {
	"subscribed",   "active",       "activated",      "consent",
	"optin",        "optedin",      "optsin",         "permission",
	"permitted",    "gdpr",         "marketing",      "enabled",
	"valid",        "newsletter",   "mailinglist",    "maywe",
	"maycontact",   "mayemail",     "maywrite",       "canwe",
	"cancontact",   "canemail",     "canbecontacted", "oktocontact",
	"oktoemail",    "contactable",  "contactok",      "emailok",
	"emailallow",   "emailpermi",   "allowemail",     "allowcontact",
	"allowmail",    "acceptsemail", "agreed",         "agrees",
	"agreeto",      "happytobe",    "wantsemail",     "wantsmail",
	"keepinformed", "keepmeup",     "mailable",       "deliverable",
	"approved",     "allowed",      "reachable",      NULL};
static const char *const in_favour_alone[] = {
	"subscribe", "subscription", "contactme", "emailme", "mailme", "writeto", "agree",
	"optedup",   "ok",           "mailing",   "include", "live",   NULL};
/* A head with one of these says something else of it: when, how, from where. */
static const char *const circumstances[] = {
	"source",      "origin",  "campaign",  "rating",       "score",     "wording",
	"text",        "version", "basis",     "segment",      "manager",   "owner",
	"team",        "since",   "until",     "through",      "validfrom", "validity",
	"validation",  "last",    "proactive", "channel",      "method",    "reminder",
	"interactive", "optinip", "consentip", "permissionip", NULL};
static const char *const days[] = {"date", "time", "when", NULL};

enum roster_field roster_standing_head(const char *head)
{
	char letters[HEAD_ROOM];
	size_t n = letters_of(head, strlen(head), letters, sizeof(letters));

	if (!n || has_any(letters, elsewhere))
		return ROSTER_NOTHING;
	if (has_any(letters, bounces))
		return ROSTER_BOUNCED;
	if (has_any(letters, against) || str_in(letters, against_alone))
		return ROSTER_UNSUBSCRIBED;
	if (has_any(letters, circumstances) ||
	    (ends(letters, "id") && !ends(letters, "valid")))
		return ROSTER_NOTHING;
	if (has_any(letters, in_favour) || str_in(letters, in_favour_alone))
		return has_any(letters, days) ? ROSTER_GIVEN_AT : ROSTER_MAY;
	return ROSTER_NOTHING;
}

/* Cells. */
static const char *const yes[] = {"yes",    "y",         "true", "t",  "1",
				  "x",      "on",        "ok",   "10", "checked",
				  "ticked", "yesplease", NULL};
static const char *const no[] = {"no",    "n",    "false", "f",   "0",    "00", "000",
				 "never", "none", "nil",   "off", "null", NULL};
/* How they stand, whatever the column is called. */
static const char *const good[] = {"active",
				   "subscribed",
				   "enabled",
				   "confirmed",
				   "optedin",
				   "optin",
				   "member",
				   "in",
				   "allowed",
				   "granted",
				   "given",
				   "agreed",
				   "accepted",
				   "consented",
				   "valid",
				   "deliverable",
				   "permitted",
				   "verified",
				   "express",
				   "explicit",
				   "doubleoptin",
				   "singleoptin",
				   "expressconsent",
				   "explicitconsent",
				   "consentgiven",
				   "subscriber",
				   "live",
				   "approved",
				   "issubscribed",
				   "maywrite",
				   NULL};
static const char *const came_back[] = {
	"cleaned",       "bounced", "bouncing", "hardbounce", "hardbounced", "softbounce",
	"undeliverable", "bounce",  "hard",     "soft",       NULL};
static const char *const gone[] = {"unsubscribed",
				   "unsubscribe",
				   "left",
				   "optedout",
				   "optout",
				   "out",
				   "blocklisted",
				   "blacklisted",
				   "blocked",
				   "complained",
				   "complaint",
				   "spam",
				   "declined",
				   "denied",
				   "refused",
				   "withdrawn",
				   "revoked",
				   "rejected",
				   "inactive",
				   "disabled",
				   "deleted",
				   "removed",
				   "suppressed",
				   "invalid",
				   "cancelled",
				   "canceled",
				   "expired",
				   "nonsubscribed",
				   "nonsubscriber",
				   "unsub",
				   "deactivated",
				   "banned",
				   "archived",
				   "objected",
				   "optedoff",
				   "excluded",
				   "deceased",
				   "dnc",
				   "dne",
				   "suspended",
				   "trash",
				   "unwilling",
				   "withheld",
				   "forbidden",
				   "prohibited",
				   "unsubscriber",
				   "notsubscribed",
				   "notactive",
				   NULL};
/* In the middle of whatever somebody noted. */
static const char *const refusals[] = {"unsubscrib",
				       "donotemail",
				       "donotcontact",
				       "donotmail",
				       "donotsend",
				       "donotwrite",
				       "dontemail",
				       "dontcontact",
				       "dontmail",
				       "dontsend",
				       "dontwrite",
				       "donotadd",
				       "optedout",
				       "optout",
				       "optingout",
				       "optsout",
				       "toberemoved",
				       "removeme",
				       "removefrom",
				       "removedfrom",
				       "pleaseremove",
				       "nolongerwish",
				       "nolongerwant",
				       "stopemail",
				       "stopsending",
				       "stopmail",
				       "stopwriting",
				       "neveremail",
				       "nevercontact",
				       "notbecontacted",
				       "notbeemailed",
				       "nottobe",
				       "notwanttobe",
				       "notwishtobe",
				       "notwantemail",
				       "notemail",
				       "notcontact",
				       "suppressed",
				       "suppression",
				       "blacklisted",
				       "blocklisted",
				       "withdrewconsent",
				       "withdrawnconsent",
				       "consentwithdrawn",
				       "consentrefused",
				       "refusedconsent",
				       "withdrawconsent",
				       "nomarketing",
				       "noemails",
				       "nomoreemail",
				       "nomoremail",
				       "nonewsletter",
				       "noconsent",
				       "nocontact",
				       "hardbounce",
				       "wantsoff",
				       "takeoff",
				       "askedtoleave",
				       NULL};

bool roster_refuses(struct arena *arena, const char *text)
{
	size_t len = strlen(text);
	char *letters;

	if (len < 6)
		return false;
	letters = arena_make(arena, char, len + 1);
	if (letters_of(text, len, letters, len + 1) < 6)
		return false;
	for (const char *c = letters; *c; c++) {
		if (!strchr("udortpnsbwch", *c))
			continue;
		for (size_t i = 0; refusals[i]; i++)
			if (*refusals[i] == *c && str_starts(c, refusals[i]))
				return true;
	}
	return false;
}

/* "No, thanks", "not since May", "don't". */
static bool begins_with_no(const char *cell)
{
	static const char *const words[] = {"no",   "not",   "never", "non",
					    "none", "don't", "dont",  NULL};
	char word[8];
	size_t n = 0;

	while (cell[n] && !str_is_space(cell[n]) && !strchr(",.;:-_/(!", cell[n]))
		n++;
	if (!n || n >= sizeof(word))
		return false;
	(void)snprintf(word, sizeof(word), "%.*s", (int)n, cell);
	str_lower(word);
	return str_in(word, words);
}

static bool is_number(const char *letters)
{
	return *letters && strspn(letters, "0123456789") == strlen(letters);
}

static bool is_day(const struct roster *r, const char *cell)
{
	int64_t at;

	/* One that could be two is a day all the same. */
	return roster_day(cell,
			  r->days == ROSTER_DAYS_EITHER ? ROSTER_DAY_FIRST : r->days,
			  "UTC", &at);
}

static bool is_all_zero(const char *letters)
{
	return *letters && strspn(letters, "0") == strlen(letters);
}

/* Of one cell, whatever its column: a yes or no is one to the question that the head asks. */
enum word { WORD_NONE, WORD_YES, WORD_NO, WORD_GOOD, WORD_GONE, WORD_BACK, WORD_UNKNOWN };

static enum word word_of(struct arena *arena, const char *cell)
{
	static const char *const ticks[] = {"\xE2\x9C\x93", "\xE2\x9C\x94",
					    "\xE2\x98\x91", NULL};
	char letters[HEAD_ROOM];
	bool plain = true;

	letters_of(cell, strlen(cell), letters, sizeof(letters));
	for (const char *c = cell; *c; c++)
		plain = plain && (unsigned char)*c < 0x80;
	if (str_blank(cell) || str_eq(cell, "-"))
		return WORD_NONE;
	if (!plain)
		return str_in(cell, ticks)           ? WORD_YES
		       : roster_refuses(arena, cell) ? WORD_GONE
						     : WORD_UNKNOWN;
	if (*cell == '-') /* a number below nothing, or words that are struck */
		return WORD_UNKNOWN;
	if (str_in(letters, yes))
		return WORD_YES;
	if (str_in(letters, no) || is_all_zero(letters))
		return WORD_NO;
	if (str_in(letters, good))
		return WORD_GOOD;
	if (str_in(letters, came_back))
		return WORD_BACK;
	if (str_in(letters, gone) || roster_refuses(arena, cell))
		return WORD_GONE;
	return WORD_UNKNOWN;
}

enum roster_state roster_status_word(struct arena *arena, const char *cell)
{
	/* Neither gets mail now, but may have asked for it and not taken that back. */
	static const char *const resting[] = {"inactive", "disabled", "suspended",
					      "archived", NULL};
	char letters[HEAD_ROOM];

	letters_of(cell, strlen(cell), letters, sizeof(letters));
	if (str_in(letters, resting))
		return ROSTER_OTHER;
	switch (word_of(arena, cell)) {
	case WORD_YES:
	case WORD_GOOD:
		return ROSTER_SUBSCRIBED;
	case WORD_GONE:
		return ROSTER_HAS_UNSUBSCRIBED;
	case WORD_BACK:
		return ROSTER_HAS_BOUNCED;
	default:
		return begins_with_no(cell) ? ROSTER_HAS_UNSUBSCRIBED : ROSTER_OTHER;
	}
}

enum roster_says roster_says(const struct roster *r, struct arena *arena,
			     enum roster_field field, const char *cell)
{
	enum word word = word_of(arena, cell);
	char letters[HEAD_ROOM];

	letters_of(cell, strlen(cell), letters, sizeof(letters));
	if (field == ROSTER_MAY || field == ROSTER_CONFIRMED) {
		if (word == WORD_GONE || word == WORD_BACK || word == WORD_NO ||
		    begins_with_no(cell))
			return ROSTER_SAYS_NOT;
		if (word == WORD_YES || word == WORD_GOOD ||
		    (word == WORD_UNKNOWN && is_day(r, cell)))
			return ROSTER_SAYS_MAY;
		return word == WORD_NONE && field == ROSTER_CONFIRMED
			       ? ROSTER_SAYS_MAY
			       : ROSTER_SAYS_NOTHING;
	}
	if (word == WORD_NONE || word == WORD_NO || word == WORD_GOOD)
		return ROSTER_SAYS_MAY;
	if (word == WORD_YES || word == WORD_GONE || word == WORD_BACK ||
	    is_number(letters) || is_day(r, cell))
		return ROSTER_SAYS_NOT;
	return ROSTER_SAYS_NOTHING;
}

/* "Unsubscribed:", "# bounced addresses", "suppression-list.csv" */
static const char *const of_refusing[] = {
	"unsub",      "optout",        "optedout",  "optsout",   "suppress",
	"blacklist",  "blocklist",     "stoplist",  "removed",   "removal",
	"removeme",   "deleted",       "donot",     "dontemail", "dontcontact",
	"dontmail",   "dontsend",      "complain",  "cleaned",   "bounce",
	"bouncing",   "refus",         "declined",  "withdrawn", "withdrew",
	"inactive",   "notsubscribed", "invalid",   "undeliver", "leavers",
	"haveleft",   "wholeft",       "spam",      "excluded",  "exclusion",
	"nolonger",   "nomail",        "noemail",   "nocontact", "objected",
	"objections", "rejected",      "deactivat", "disabled",  "blocked",
	"dnc",        "nonsubscri",    "revoked",   "lapsed",    "cancelled",
	NULL};

bool roster_heading_refuses(const char *text, size_t len, bool *out_bounced)
{
	char letters[HEAD_ROOM];

	if (len > HEADING_MOST || roster_has_at(text, len))
		return false;
	letters_of(text, len, letters, sizeof(letters));
	*out_bounced = has_any(letters, bounces);
	return has_any(letters, of_refusing);
}

void roster_called(struct roster *roster, struct arena *arena, const char *file)
{
	bool bounced;
	size_t len = strlen(file);
	const char *from = len > HEADING_MOST ? file + len - HEADING_MOST : file;

	if (roster->refusing || !roster_heading_refuses(from, strlen(from), &bounced))
		return;
	roster->refusing = arena_strdup(arena, file);
	roster->people = bounced ? ROSTER_PEOPLE_BOUNCED : ROSTER_PEOPLE_LEFT;
}

/* A line without an address that is a heading: of a table one whose other cells are empty. */
void roster_headings(struct roster *r, struct arena *arena)
{
	const char *end;

	if (r->kind != ROSTER_PLAIN && r->kind != ROSTER_TABLE)
		return;
	for (const char *at = r->text; at < r->end && !r->refusing; at = end) {
		const char *stop;
		bool bounced;

		end = roster_line_end(at, r->end);
		stop = end;
		while (stop > at &&
		       (str_is_space(stop[-1]) ||
			(r->kind == ROSTER_TABLE && stop[-1] == r->delimiter)))
			stop--;
		if (stop == at ||
		    (r->kind == ROSTER_TABLE &&
		     (memchr(at, r->delimiter, (size_t)(stop - at)))) ||
		    !roster_heading_refuses(at, (size_t)(stop - at), &bounced))
			continue;
		r->refusing = roster_trimmed(
			arena, arena_strndup(arena, at, (size_t)(stop - at)));
		r->people = bounced ? ROSTER_PEOPLE_BOUNCED : ROSTER_PEOPLE_LEFT;
	}
}

/* What a column says that is read for something else, or not at all. */
static bool in_passing(struct arena *arena, const struct roster_column *column,
		       const char *cell)
{
	enum word word = column->speaks ? word_of(arena, cell) : WORD_UNKNOWN;

	return word == WORD_NO || word == WORD_GONE || word == WORD_BACK ||
	       roster_refuses(arena, cell);
}

static const char *not_known(struct arena *arena, const char *head, const char *cell)
{
	return *cell ? arena_printf(
			       arena,
			       "whether they may be written to is not clear: under \"%s\" "
			       "stands \"%s\"; write yes or no",
			       roster_short(arena, head), roster_short(arena, cell))
		     : arena_printf(
			       arena,
			       "whether they may be written to is not said: under \"%s\" "
			       "stands nothing; write yes or no",
			       roster_short(arena, head));
}

const char *roster_standing(const struct roster *r, struct arena *arena,
			    const struct roster_row *row, struct roster_person *out)
{
	const char *why = NULL;

	for (size_t i = 0; i < r->column_count; i++) {
		const struct roster_column *column = &r->columns[i];
		const char *cell = i < row->count ? row->cells[i] : "";
		enum roster_says says;

		switch (column->field) {
		case ROSTER_ADDRESS:
		case ROSTER_STATUS:
		case ROSTER_WAIVED:
		case ROSTER_WORDING:
		case ROSTER_FREQUENCY:
			continue;
		case ROSTER_MAY:
		case ROSTER_CONFIRMED:
		case ROSTER_UNSUBSCRIBED:
		case ROSTER_BOUNCED:
			break;
		default:
			if (*cell && in_passing(arena, column, cell))
				why = arena_printf(
					arena,
					"under \"%s\" stands \"%s\": whoever has refused is "
					"not added",
					roster_short(arena, column->head),
					roster_short(arena, cell));
			continue;
		}
		says = roster_says(r, arena, column->field, cell);
		if (says == ROSTER_SAYS_NOTHING)
			why = not_known(arena, column->head, cell);
		if (says != ROSTER_SAYS_NOT)
			continue;
		if (column->field == ROSTER_CONFIRMED) {
			if (out->state == ROSTER_SUBSCRIBED) {
				out->state = ROSTER_OTHER;
				out->state_given = "not confirmed";
			}
		} else if (column->field != ROSTER_BOUNCED) {
			out->state = ROSTER_HAS_UNSUBSCRIBED;
		} else if (out->state != ROSTER_HAS_UNSUBSCRIBED) {
			out->state = ROSTER_HAS_BOUNCED;
		}
	}
	if (r->people != ROSTER_PEOPLE_SUBSCRIBERS && out->state != ROSTER_HAS_BOUNCED)
		out->state = r->people == ROSTER_PEOPLE_BOUNCED ? ROSTER_HAS_BOUNCED
								: ROSTER_HAS_UNSUBSCRIBED;
	return out->state == ROSTER_SUBSCRIBED ? why : NULL;
}
