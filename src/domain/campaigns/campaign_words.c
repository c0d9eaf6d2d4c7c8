#include "domain/campaigns/campaign_private.h"
#include "domain/admin/asked.h"
#include "text/letter/letter_core.h"
#include "text/letter/respondent_form.h"

/* What many quote and nobody wrote: what it is about, and the wording of both forms. */
bool campaign_asked(struct operation *op, struct arena *arena,
		    const struct consultation *of, const char **out, struct err *err)
{
	AUTO(buf) all = buf_new(1 << 20);
	const char *own;

	if (!asked_form_words(op, arena, of, &own, err))
		return false;
	buf_printf(all, "%s\n%s\n%s\n", of->title, of->introduction, own);
	buf_str(all, form_wording);
	*out = arena_strdup(arena, buf_text(all));
	return true;
}

void campaign_asked_shingles(struct arena *arena, const char *text, struct shingles *out)
{
	struct words words;

	words_read(arena, text, strlen(text), &words);
	shingles_of(arena, &words, NULL, out);
}

/* A response as it is compared. */
const char *campaign_own_words(struct arena *arena, const struct store_row *row,
			       const struct shingles *asked)
{
	char *words =
		letter_core_words(arena, row_text(row, "text"),
				  row_text(row, "from_name"), row_text(row, "files"));

	letter_core_drop(arena, words, asked);
	return words;
}
