#!/bin/sh
# Lets Python's email package read back what we compose; prints TAP.
exec /usr/bin/python3 "${MERCAT_SRCDIR:-.}/tests/unit/compose_decodes.py" \
	"${MERCAT_BUILDDIR:-.}/tests/unit/test_compose"
