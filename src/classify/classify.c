#include "classify/classify.h"

void classify_message(struct arena *arena, struct mail_message *io)
{
	(void)arena;
	if (io->failed_count)
		io->kind = MAIL_BOUNCE;
}

enum classify_command classify_command_of(const struct mail_message *m)
{
	(void)m;
	return CLASSIFY_NO_COMMAND;
}
