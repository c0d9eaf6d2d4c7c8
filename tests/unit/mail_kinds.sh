#!/bin/sh
# Reads what mail systems, clients and people write in many languages; prints TAP.
exec /usr/bin/python3 "${MERCAT_SRCDIR:-.}/tests/unit/mail_kinds.py" \
	"${MERCAT_BUILDDIR:-.}/tests/bench/mercat-inspect"
