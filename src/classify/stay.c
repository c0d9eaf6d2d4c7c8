#include "classify/stay.h"
#include "base/str.h"
#include "classify/classify.h"
#include "classify/words.h"

enum { LOOK = 600 }; /* bytes of a mail */

/* Somebody stays on the list: plainly, and about nothing else that they might keep or remain. */
static const char *const stays[] = {"to stay on",         "to stay subscribed",
				    "want to stay!",      "want to stay.",
				    "to remain on",       "to remain subscribed",
				    "keep me on",         "keep us on",
				    "keep me subscribed", "still want to get",
				    "still want to hear", "still want to receive",
				    "still like to get",  "still like to receive",
				    "eisiau aros",        "angemeldet bleiben",
				    "möchte bleiben",     "auf der liste bleiben",
				    "rester inscrit",     "seguir recibiendo",
				    "chcę zostać",        NULL};
/* ... or takes the leaving back: taken out before the text is asked whether it leaves. */
static const char *const taken_back[] = {"unsubscribe by mistake",
					 "unsubscribed by mistake",
					 "unsubscribe by accident",
					 "unsubscribed by accident",
					 "unsubscribed in error",
					 "unsubscribe in error",
					 "accidentally unsubscribed",
					 "accidentally clicked unsubscribe",
					 "clicked by mistake",
					 "pressed by mistake",
					 NULL};
/* Words of leaving, unless a "not" stands before them. */
static const char *const leaves[] = {"unsubscribe",   "unsubscribing",
				     "remove",        "take me off",
				     "want out",      "stop",
				     "leave",         "off the list",
				     "off your list", "off this list",
				     "against my",    "no more",
				     "no longer",     "cancel",
				     "delete",        "get rid",
				     "abmelden",      "désinscri",
				     "désabonn",      "darme de baja",
				     "wypisz",        NULL};
static const char *const turns[] = {"not ",    "n't ",   "n\xE2\x80\x99t ",
				    "dont ",   "never ", "nicht ",
				    "ne pas ", "ddim ",  NULL};

enum { TURN_LOOK = 24 }; /* bytes before a phrase: "do not want you to " */

/* Not across a mark between clauses. */
static bool is_turned(const char *folded, const char *at)
{
	const char *from = at - folded > TURN_LOOK ? at - TURN_LOOK : folded;
	char before[TURN_LOOK + 1];

	for (const char *p = from; p < at; p++)
		if (strchr(".,!?;:", *p))
			from = p + 1;
	memcpy(before, from, (size_t)(at - from));
	before[at - from] = '\0';
	return words_any(before, turns) != NULL;
}

/* One of the phrases stands there: as it is, and (out) with a "not" before it. */
static bool stands(const char *folded, const char *const *phrases, bool *out_turned)
{
	bool plain = false;

	for (; *phrases; phrases++)
		for (const char *at = folded; (at = strstr(at, *phrases)); at++) {
			bool turned = is_turned(folded, at);

			plain = plain || !turned;
			*out_turned = *out_turned || turned;
		}
	return plain;
}

/* Blanks what somebody took back; true when there was any. */
static bool take_out(char *folded)
{
	bool any = false;

	for (const char *const *p = taken_back; *p; p++)
		for (char *at = folded; (at = strstr(at, *p)); any = true)
			memset(at, ' ', strlen(*p));
	return any;
}

/* Only plain words keep somebody on a list that they wrote to leave: in doubt they leave. */
static bool says_stay(struct arena *arena, const char *text)
{
	char *folded = arena_strdup(arena, words_fold(arena, text, LOOK));
	bool back, turned = false, ignored = false;

	if (str_eq(folded, "no") || str_eq(folded, "no.") || str_eq(folded, "no!"))
		return true;
	back = take_out(folded);
	if (stands(folded, leaves, &turned))
		return false;
	return stands(folded, stays, &ignored) || back || turned;
}

bool classify_wants_to_stay(const struct mail_message *m)
{
	AUTO(arena) arena = arena_new(16 << 10);
	const char *spoken = classify_spoken(arena, str_or(m->text_new, ""));
	bool answers;

	return says_stay(arena,
			 *spoken ? spoken
				 : words_subject(str_or(m->subject, ""), &answers));
}
