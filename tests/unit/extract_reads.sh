#!/bin/sh
# Has every kind of attachment read, hostile ones too; prints TAP.
exec /usr/bin/python3 "${MERCAT_SRCDIR:-.}/tests/unit/extract_reads.py" \
	"${MERCAT_BUILDDIR:-.}/tests/bench/mercat-extract" "$@"
