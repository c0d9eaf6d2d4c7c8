/*
 * process service - what a service manager and a daemon tell each other.
 *
 * The daemon says when it is ready and when it stops, in one datagram to the socket that
 * NOTIFY_SOCKET names; the manager may have opened the socket of the pages for it. Without
 * a manager both say nothing.
 *
 * Source     sd_notify(3) and sd_listen_fds(3): both protocols are promised to stay.
 */
#ifndef MERCAT_PROCESS_SERVICE_H
#define MERCAT_PROCESS_SERVICE_H

#include "base/attr.h"

/* state: "READY=1" or "STOPPING=1". Whether it was said; nobody need act on that. */
bool service_tell(const char *state);
/*
 * The first socket that was opened for this process, or -1; all are closed on exec. The variables
 * that say so are taken out of the environment, so that no child believes them.
 */
int service_socket(void) MUST_USE;

#endif
