/*
 * needs tell - the staff are told by email what needs them.
 *
 * Once a day, at staff.tell_time, from Monday to Friday unless somebody wants weekends too, each
 * who did not choose "never" gets one email of all that Home shows them; none when nothing does.
 * Each day is decided once for each of them, in one commit with its email, whatever ends the
 * process, and whatever the clocks do: an hour that is skipped is the next one, one that comes
 * twice is the first, and a day that is found late is still told on that day.
 *
 * Who chose "at once" gets another when a colleague or a rule gives them responses or double coding, when
 * somebody asks to be let in to a list, when a bulletin is put on hold, and when a mailbox, a
 * relay or a role of the daemon (lost.h) has been lost for staff.trouble_after: of the same place
 * again after an hour at the earliest, of trouble after a day; the daily email has the rest. What
 * was news is in it only if it still waits for them, and they may see it, when it is written.
 *
 * No words of what came in are in it, and nobody's name. It goes to nobody whose
 * address is that of a colleague, a list or a consultation, too.
 *
 * Errors     of the store; a letter that cannot be made is left out.
 */
#ifndef MERCAT_DOMAIN_NEEDS_TELL_H
#define MERCAT_DOMAIN_NEEDS_TELL_H

#include "domain/core/domain.h"

/* The clock's: all that is due. out_did: something was decided or written. */
bool needs_tell(struct operation *op, bool *out_did, struct err *err) MUST_USE;

#endif
