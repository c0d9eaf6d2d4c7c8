#include "base/buf.h"
#include "base/str.h"
#include "consent/question.h"
#include "consent/tokens.h"
#include "mail/read/reply_words.h"

#include <glib.h>

enum { SUBJECT_LEAST = 12 /* bytes that a subject is cut to */, SUBJECT_MOST = 1 << 14 };

/* "[EXTERNAL]", "(ext)", "***SPAM***": how many bytes of it there are, or 0. */
static size_t tag_at(const char *subject)
{
	static const char *const tags[] = {"external email", "external sender",
					   "external mail",  "external message",
					   "external",       "ext",
					   "extern",         "externe",
					   "externo",        "esterno",
					   "spam?",          "spam",
					   "suspected spam", "possible spam",
					   "bulk",           "secure",
					   "official",       "official-sensitive",
					   "unclassified",   "non-secure",
					   "encrypted",      NULL};
	static const char open[] = "[(*{<# ", closing[] = "])*}>#: \t";
	size_t marks = strspn(subject, open);

	for (const char *const *tag = tags; *tag; tag++) {
		size_t len = strlen(*tag), behind;

		if (!str_istarts(subject + marks, *tag))
			continue;
		behind = strspn(subject + marks + len, closing);
		if (behind &&
		    (strspn(subject, " ") < marks || strchr(":", subject[marks + len])))
			return marks + len + behind;
	}
	return 0;
}

/* Behind all marks of an answer and all tags. */
static const char *behind_marks(const char *subject, bool *out_answers)
{
	static const char wide[] = "\xEF\xBC\x9A";

	*out_answers = false;
	for (;;) {
		size_t tag;

		subject += strspn(subject, " \t\r\n");
		tag = tag_at(subject);
		if (tag) {
			subject += tag;
		} else if (reply_subject_answers(subject)) {
			const char *colon = strchr(subject, ':'),
				   *other = strstr(subject, wide);

			if (!colon || (other && other < colon))
				colon = other ? other + sizeof(wide) - 2 : NULL;
			if (!colon)
				return subject;
			subject = colon + 1;
			*out_answers = true;
		} else {
			return subject;
		}
	}
}

static const char *joined(struct arena *arena, const char *text)
{
	const struct tokens words = tokens_of(arena, text);
	AUTO(buf) to = buf_new(SUBJECT_MOST);

	for (size_t i = 0; i < words.count; i++)
		buf_printf(to, "%s%s", i ? " " : "", words.at[i].text);
	return arena_strdup(arena, buf_text(to));
}

static bool is_word(gunichar c)
{
	return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* What the question's subject has not is the writer's: "Please confirm??", a face. */
static bool adds_marks(const char *said, const char *ours)
{
	for (const char *at = said; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (!is_word(c) && c != 0x2026 &&
		    !(c < 0x80 && strchr(" \t\r\n.,:;-_'\"()[]", (int)c)) &&
		    !g_utf8_strchr(ours, -1, c))
			return true;
	}
	return false;
}

bool question_is_subject(struct arena *arena, const char *subject,
			 const struct classify_question *asked, const char **out_words)
{
	bool answers;
	const char *rest = behind_marks(str_or(subject, ""), &answers), *said, *ours;

	*out_words = rest;
	if (!*rest)
		return true;
	if (!answers || !asked || str_empty(asked->subject) ||
	    adds_marks(rest, asked->subject))
		return false;
	said = joined(arena, rest);
	ours = joined(arena, asked->subject);
	return str_eq(said, ours) ||
	       (strlen(said) >= SUBJECT_LEAST && str_starts(ours, said));
}
