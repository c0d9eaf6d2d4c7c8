#!/bin/sh
# Has every kind of attachment read, hostile ones too; prints TAP.
build=${MERCAT_BUILDDIR:-.}
# A build with sanitizers needs more memory and time than the limits that are tested.
if grep -q '^#define MERCAT_SANITIZED' "$build/config.h"; then
	set -- --sanitized "$@"
fi
exec /usr/bin/python3 "${MERCAT_SRCDIR:-.}/tests/unit/extract_reads.py" \
	"$build/tests/bench/mercat-extract" "$@"
