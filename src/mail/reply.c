#include "mail/reply.h"

void mail_reply_cut(struct arena *arena, const char *text, const char **out_new,
		    const char **out_quoted)
{
	*out_new = arena_strdup(arena, text);
	*out_quoted = NULL;
}
