/* The words of a history: op, mails and times. */
#include "domain/delivery/timeline_private.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

enum { WORDS_SHOWN = 200 };

const char *timeline_when(struct operation *op, struct arena *arena, int64_t at)
{
	char text[CLOCK_TEXT];

	clock_long_time(at, op->settings->zone, text);
	return arena_strdup(arena, text);
}

static const struct {
	const char *act, *kind, *words;
} fact_known[] = {
	{"asked", "subscribed", "asked to join"},
	{"confirmed", "subscribed", "confirmed"},
	{"added", "subscribed", "was added"},
	{"imported", "subscribed", "was added"},
	{"accepted", "subscribed", "was accepted"},
	{"refused", "unsubscribed", "was refused"},
	{"topics", "changed", "topics were changed"},
	{"frequency", "changed", "how often it comes was changed"},
	{"paused", "changed", "paused it"},
	{"resumed", "changed", "wants it again after a pause"},
	{"name", "changed", "the name was changed"},
	{"language", "changed", "the language was changed"},
	{"address", "changed", "the address was changed"},
	{"unsubscribed", "unsubscribed", "left"},
	{"removed", "unsubscribed", "was taken off the list"},
	{"bouncing", "unsubscribed", "was stopped"},
	{"suppressed", "unsubscribed", "was put among those whom no list may write to"},
	{"released", "changed", "may be written to again"},
	{"erased", "unsubscribed", "was erased"},
};

static const char *by(const char *how)
{
	static const char *const words[][2] = {
		{"mail", " by mail"},
		{"staff", " by the staff"},
		{"import", " from a file"},
		{"page", " on the web"},
		{"one-click", " by the button of their mail program"},
		{"clock", ", as had been arranged"},
		{"bounce", " because mail came back"},
		{"complaint", " because they called it unwanted"},
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(words[i][0], how))
			return words[i][1];
	return "";
}

const char *timeline_act(struct arena *arena, const char *act, const char *how)
{
	/* Of whom a file said so, and who was never on this list. */
	if (str_eq(how, "import") && str_eq(act, "unsubscribed"))
		return "had unsubscribed from another list, as was imported";
	if (str_eq(how, "import") && str_eq(act, "bouncing"))
		return "had bounced on another list, as was imported";
	for (size_t i = 0; i < ARRAY_LEN(fact_known); i++)
		if (str_eq(fact_known[i].act, act))
			return arena_printf(arena, "%s%s", fact_known[i].words, by(how));
	return arena_printf(arena, "%s%s", act, by(how));
}

const char *timeline_kind(const char *act)
{
	for (size_t i = 0; i < ARRAY_LEN(fact_known); i++)
		if (str_eq(fact_known[i].act, act))
			return fact_known[i].kind;
	return "changed";
}

const char *timeline_mail(struct operation *op, struct arena *arena,
			  const struct store_row *row, const char *subject)
{
	const char *state = row_text(row, "state"),
		   *reply = str_or(row_text(row, "reply"), ""),
		   *relay = str_or(row_text(row, "relay"), "the relay");
	const char *when = timeline_when(op, arena, row_int(row, "at"));
	int64_t tries = row_int(row, "attempts");
	const char *tried =
		tries > 1 ? arena_printf(arena, " at the %" PRId64 "%s try", tries,
					 tries == 2   ? "nd"
					 : tries == 3 ? "rd"
						      : "th")
			  : "";

	if (str_eq(state, "sent"))
		return arena_printf(
			arena,
			"%s was sent on %s%s: \"%s\" took it and answered \"%.*s\"%s",
			subject, when, tried, relay, WORDS_SHOWN, reply,
			row_int(row, "doubt")
				? " (it was in doubt once, so there may be two "
				  "copies)"
				: "");
	if (str_eq(state, "refused"))
		return arena_printf(arena, "%s was refused on %s%s: \"%.*s\"", subject,
				    when, tried, WORDS_SHOWN, reply);
	if (str_eq(state, "deferred"))
		return arena_printf(
			arena, "%s waits until %s, because a server said \"%.*s\"",
			subject, timeline_when(op, arena, row_int(row, "due_at")),
			WORDS_SHOWN, reply);
	if (str_eq(state, "skipped"))
		return arena_printf(arena, "%s was not sent to them: %.*s", subject,
				    WORDS_SHOWN, *reply ? reply : "no reason on record");
	if (str_eq(state, "in doubt"))
		return arena_printf(
			arena,
			"%s may or may not have arrived: the connection broke after "
			"it was handed over; a person decides",
			subject);
	if (str_eq(state, "sending"))
		return arena_printf(arena, "%s is on its way", subject);
	if (str_eq(state, "digest"))
		return arena_printf(arena, "%s goes into their digest", subject);
	return arena_printf(arena, "%s waits for its turn", subject);
}
