#include "staff/frame/words.h"
#include "base/clock.h"
#include "base/str.h"
#include "text/words/sentence.h"

enum { DAY_LEN = 10, HOUR_AT = 11, ROLE_MOST = 2000 }; /* of "2017-12-08 14:30 GMT" */

static const struct {
	const char *field, *word, *text;
} words[] = {
	{"state", "received", "New"},
	{"state", "included", "Included"},
	{"state", "excluded", "Excluded"},
	{"type", "individual", "Individual"},
	{"type", "organisation", "Organisation"},
	{"type", "unknown", "Type not known"},
	{"permission", "name", "Publish with name"},
	{"permission", "without name", "Publish without name"},
	{"permission", "none", "Do not publish"},
	{"permission", "unknown", "Not known: do not publish"},
	{"publication", "not included", "Not included"},
	{"publication", "permission not known", "Permission not known"},
	{"publication", "no permission", "No permission"},
	{"publication", "to decide", "To decide"},
	{"publication", "decide again", "Decide again"},
	{"publication", "on hold", "On hold"},
	{"publication", "to release", "To release"},
	{"publication", "published", "Published"},
	{"publication", "withdrawn", "Withdrawn"},
	{"publication", "withheld", "Withheld"},
	{"decision", "publish", "Publish with name"},
	{"decision", "without name", "Publish without name"},
	{"decision", "withhold", "Withhold"},
	{"withholding", "refused", "The respondent refused"},
	{"withholding", "defamatory", "Defamatory"},
	{"withholding", "identifies", "It would say who somebody is"},
	{"withholding", "health", "Somebody's health"},
	{"withholding", "abusive", "Abusive"},
	{"withholding", "legal", "Legal reasons"},
	{"withholding", "not a response", "Not a response"},
	{"withholding", "other", "Other"},
	{"redaction", "name", "Name"},
	{"redaction", "contact", "Contact details"},
	{"redaction", "third party", "Third party"},
	{"redaction", "child", "Child"},
	{"redaction", "health", "Health"},
	{"redaction", "defamatory", "Defamatory"},
	{"redaction", "security", "Security"},
	{"redaction", "other", "Other"},
	{"fell", "respondent", "what is known of the respondent has changed"},
	{"fell", "redaction", "its redactions have changed"},
	{"fell", "text", "its text has changed"},
	{"fell", "restored", "the store was restored from a copy"},
	{"contact", "yes", "May be contacted again"},
	{"contact", "no", "Not to be contacted again"},
	{"contact", "unknown", "Not known: do not contact"},
	{"again", "yes", "Yes"},
	{"again", "no", "No"},
	{"again", "unknown", "Not known"},
	{"late", "in time", "In time"},
	{"late", "late", "Late"},
	{"channel", "email", "Email"},
	{"channel", "paper", "On paper"},
	{"channel", "telephone", "Telephone"},
	{"channel", "meeting", "Meeting"},
	{"channel by hand", "email", "Email to a colleague"},
	{"channel by hand", "paper", "On paper"},
	{"channel by hand", "telephone", "Telephone"},
	{"channel by hand", "meeting", "Meeting"},
	{"copies", "counted once", "Counted once"},
	{"copies", "duplicate of another", "Duplicate of another"},
	{"assigned", "nobody", "Nobody"},
	{"closeness", "standard", "the standard letter"},
	{"closeness", "modified", "the standard letter with changes"},
	{"closeness", "personalised", "perhaps one of them: have a look"},
	{"kind", "human", "a person's mail"},
	{"kind", "bounce", "a mail that came back"},
	{"kind", "delay", "a notice of delay"},
	{"kind", "delivered", "a notice of delivery"},
	{"kind", "complaint", "a complaint"},
	{"kind", "autoreply", "an automatic answer"},
	{"kind", "list", "mail of a list"},
	{"kind", "command", "a command"},
	{"taken", "subscribe", "wish to subscribe"},
	{"taken", "confirm", "answer to a confirmation"},
	{"taken", "unsubscribe", "wish to unsubscribe"},
	{"taken", "help", "wish for help"},
	{"taken", "bounce", "a mail that came back"},
	{"taken", "notice", "notice of a mail system"},
	{"taken", "complaint", "complaint about a bulletin"},
	{"taken", "autoreply", "automatic reply"},
	{"taken", "list", "mail of a list"},
	{"taken", "own", "our own"},
	{"taken", "copy", "copy of a response"},
	{"taken", "unsorted", "unsorted"},
	{"taken", "discarded", "put aside"},
	{"proposed", "any", "anything"},
	{"proposed", "advertisement", "advertisement"},
	{"proposed", "question", "question to the team"},
	{"proposed", "subscribe", "wish to subscribe"},
	{"proposed", "unsubscribe", "wish to unsubscribe"},
	{"proposed", "thanks", "thanks"},
	{"proposed", "complaint", "complaint about the consultation"},
	{"proposed", "information", "request for information"},
	{"proposed", "automatic", "automatic reply"},
	{"proposed", "risk", "somebody may be at risk"},
	{"sign", "offers", "it offers something"},
	{"sign", "in bulk", "it came in bulk and offers something"},
	{"sign", "asks", "it asks, and answers nothing"},
	{"sign", "wants mail", "it asks for the regular emails"},
	{"sign", "wants none", "it asks for no more emails"},
	{"sign", "only thanks", "it says thanks and nothing else"},
	{"sign", "complains", "it complains about how this is run"},
	{"sign", "names act", "it names a law about access to information"},
	{"sign", "own data", "it asks for its writer's personal data"},
	{"sign", "asks records", "it asks for records or statistics"},
	{"sign", "absent", "it says that nobody is there to read"},
	{"sign", "by machine", "it says that a machine sent it"},
	{"sign", "self-harm", "its writer speaks of harming themselves"},
	{"sign", "harm now", "its writer speaks of being hurt, now"},
	{"sign", "harm to a child", "it speaks of a certain child being harmed, now"},
	{"sign", "learned", "it is like emails that were of this kind"},
	{"sign", "harm to others", "whoever did harm may still be near others"},
	{"flag step", "proposed", "proposed it, by the words of the email"},
	{"flag step", "raised", "raised the flag"},
	{"flag step", "dismissed", "decided that nobody is at risk"},
	{"flag step", "seen", "has seen it"},
	{"flag step", "noted", "wrote a note"},
	{"flag step", "closed", "closed it"},
	{"flag step", "reopened", "opened it again"},
	{"flag step", "taken back", "took back what was decided"},
	{"subscription", "requested", "asks to join"},
	{"subscription", "refused", "was refused"},
	{"subscription", "pending", "has not confirmed yet"},
	{"subscription", "active", "on the list"},
	{"subscription", "paused", "paused"},
	{"subscription", "unsubscribed", "unsubscribed"},
	{"subscription", "bouncing", "stopped: mail came back"},
	{"subscription", "suppressed", "never to be written to"},
	{"frequency", "each", "each bulletin"},
	{"frequency", "weekly", "one email a week"},
	{"frequency", "monthly", "one email a month"},
	{"mail", "queued", "waits for its turn"},
	{"mail", "sending", "under way"},
	{"mail", "sent", "sent"},
	{"mail", "deferred", "tried again later"},
	{"mail", "refused", "refused"},
	{"mail", "skipped", "skipped"},
	{"mail", "digest", "in a digest"},
	{"verdict", "permanent", "for good"},
	{"verdict", "transient", "for now"},
	{"verdict", "unknown", "perhaps for now"},
};

const char *staff_word(const char *field, const char *word)
{
	for (size_t i = 0; word && i < ARRAY_LEN(words); i++)
		if (str_eq(words[i].field, field) && str_eq(words[i].word, word))
			return words[i].text;
	return word;
}

const char *staff_role_words(struct web_request *r, enum staff_role role)
{
	AUTO(buf) text = buf_new(ROLE_MOST);

	for (int right = 0; right < RIGHT_COUNT; right++)
		if (staff_role_gives(role, (enum right)right))
			buf_printf(text, "%s%s", text->len ? ", " : "",
				   right_name((enum right)right));
	return arena_strdup(r->arena, buf_text(text));
}

const char *staff_day_named(struct web_request *r, const char *day, enum staff_year year)
{
	char text[CALENDAR_TEXT];
	struct calendar_day d;

	if (!calendar_read(day, &d))
		return day;
	if (year == STAFF_WITH_YEAR)
		calendar_short(d, text);
	else
		calendar_in_year(d, text);
	return arena_strdup(r->arena, text);
}

const char *staff_day(struct web_request *r, int64_t at)
{
	char text[CALENDAR_TEXT];

	if (!at)
		return "";
	calendar_short(clock_calendar(at, r->site->settings->zone), text);
	return arena_strdup(r->arena, text);
}

const char *staff_hour(struct web_request *r, int64_t at)
{
	char text[CLOCK_TEXT];

	if (!at)
		return "";
	clock_local(at, r->site->settings->zone, text);
	return arena_strdup(r->arena, text + HOUR_AT);
}

const char *staff_when(struct web_request *r, int64_t at)
{
	return at ? arena_printf(r->arena, "%s, %s", staff_day(r, at), staff_hour(r, at))
		  : "";
}

const char *staff_text(struct web_request *r, const char *text, size_t most,
		       bool *out_cut)
{
	struct staff_visitor *who = staff_of(r);
	size_t len = strlen(text), left = STAFF_PAGE_TEXT - who->text_shown;
	bool cut;
	char *part;

	most = most < left ? most : left;
	cut = len > most;
	who->text_shown += cut ? most : len;
	if (out_cut)
		*out_cut = cut;
	if (!cut)
		return text;
	part = arena_alloc(r->arena, most + 1);
	str_copy(part, most + 1, text);
	return part;
}

const char *staff_text_unwrapped(struct web_request *r, const char *text, size_t most,
				 bool *out_cut)
{
	return unwrap_letter(r->arena, staff_text(r, text, most, out_cut));
}
