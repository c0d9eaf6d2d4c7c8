#include "domain/intake/in_sight.h"
#include "base/str.h"
#include "classify/classify.h"
#include "consent/consent.h"
#include "proposal/proposal.h"
#include "store/apart.h"

enum { WORDS_BESIDE = 4 }; /* fewer are a greeting, or the command in other words */

static size_t words_in(const char *text)
{
	size_t n = 0;

	for (const char *at = text; *at; n++) {
		while (*at && str_is_space(*at))
			at++;
		if (!*at)
			break;
		while (*at && !str_is_space(*at))
			at++;
	}
	return n;
}

/* Words of their own beside what the address, or the subject, asks for. */
static bool says_more(struct arena *arena, const struct mail_message *m)
{
	const struct mail_message bare = {.text_new = m->text_new};
	const char *spoken = classify_spoken(arena, str_or(m->text_new, ""));

	if (words_in(str_or(m->also, "")) >= WORDS_BESIDE)
		return true;
	return words_in(spoken) >= WORDS_BESIDE &&
	       classify_command_of(&bare) == CLASSIFY_NO_COMMAND;
}

struct looking {
	struct arena *arena;
	const char *words;
	bool risk;
};

static const void *look(void *with)
{
	struct looking *l = with;
	struct proposal risk;

	l->risk = proposal_risk(l->arena, l->words, &risk);
	return l;
}

bool in_sight_words_at_risk(struct operation *op, struct arena *arena, const char *words,
			    bool *out, struct err *err)
{
	struct looking *l = arena_make(arena, struct looking, 1);
	struct apart_work work = {.bytes = strlen(words), .run = look, .with = l};
	const void *found;

	l->arena = arena;
	l->words = words;
	apart_key_begin(&work.key, "risk");
	apart_key_text(&work.key, words);
	if (!apart_found(op->store, &work, &found, err))
		return false;
	*out = ((const struct looking *)found)->risk;
	return true;
}

bool in_sight_is_notice(const struct mail_message *m)
{
	return m->kind == MAIL_BOUNCE || m->kind == MAIL_DELAY ||
	       m->kind == MAIL_DELIVERED || m->kind == MAIL_COMPLAINT;
}

/* What all of its files say by themselves, as one text: there may be thousands. */
static const char *files_say(struct arena *arena, const struct mail_message *m)
{
	size_t room = 1, at = 0;
	char *all;

	for (size_t i = 0; i < m->attachment_count; i++)
		room += strlen(str_or(m->attachments[i].text, "")) + strlen(".\n\n");
	all = arena_alloc(arena, room);
	for (size_t i = 0; i < m->attachment_count; i++)
		if (!str_empty(m->attachments[i].text))
			at += (size_t)snprintf(all + at, room - at, "%s.\n\n",
					       m->attachments[i].text);
	all[at] = '\0';
	return all;
}

bool in_sight_at_risk(struct operation *op, struct arena *arena,
		      const struct mail_message *m, bool *out, struct err *err)
{
	const char *own = arena_printf(arena, "%s.\n%s\n\n%s", str_or(m->subject, ""),
				       str_or(m->text_new, ""), str_or(m->also, ""));

	if (!in_sight_words_at_risk(op, arena, own, out, err))
		return false;
	if (*out || in_sight_is_notice(m))
		return true;
	return in_sight_words_at_risk(op, arena, files_say(arena, m), out, err);
}

bool in_sight_why(struct operation *op, struct arena *arena, const struct mail_message *m,
		  const char *taken, const char **out, struct err *err)
{
	static const char *const by_address[] = {"subscribe", "unsubscribe", "help",
						 NULL};
	static const char *const by_machine[] = {"confirm", "autoreply", "list", "notice",
						 "bounce",  "complaint", NULL};
	bool asked = str_in(taken, by_address), risk;

	*out = NULL;
	if (!asked && !str_in(taken, by_machine))
		return true;
	if (!in_sight_at_risk(op, arena, m, &risk, err))
		return false;
	/* Leaving is heard in few words, and any others may be about staying. */
	if (risk)
		*out = "somebody may be at risk: read it first";
	else if (str_eq(taken, "unsubscribe") ? !classify_leaves_plainly(m)
					      : asked && says_more(arena, m))
		*out = "it says more, which a person should read";
	return true;
}
