/*
 * mail prepare - makes hostile bytes fit for the MIME parser.
 *
 * One pass over the mail: line ends become LF (CRLF, and CR where the mail knows no
 * LF), a leading mbox line and blank lines go, a header that runs into the text gets
 * its blank line, and what makes the parser fall over is cut: long header fields,
 * endless headers, address fields of nested mails, too many parts.
 *
 * Ownership  the copy lives in the arena and may be written to.
 * Source     RFC 5322 2.1 to 2.3; the limits: GMime 3.2 as measured (a 40 MB field
 *            aborts it, 50,000 nested groups in To overflow its stack, 100,000
 *            parts take 204 MB, 500,000 fields 280 MB).
 * Limits     16 kB a field, 1 MB and 2,000 fields a header, 2,000 parts, 1,000
 *            different boundaries; which one was hit is told.
 */
#ifndef MERCAT_MAIL_PREPARE_H
#define MERCAT_MAIL_PREPARE_H

#include "base/arena.h"

struct mail_prepared {
	char *bytes; /* NUL behind them */
	size_t len;
	size_t body_at; /* where the header ends */
	bool field_cut, header_cut, parts_cut;
};

void mail_prepare(struct arena *arena, const char *bytes, size_t len,
		  struct mail_prepared *out);

#endif
