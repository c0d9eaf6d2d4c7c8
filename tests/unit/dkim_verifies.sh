#!/bin/sh
# Lets dkimpy judge the signatures that we make; prints TAP.
exec /usr/bin/python3 "${MERCAT_SRCDIR:-.}/tests/unit/dkim_verifies.py" \
	"${MERCAT_BUILDDIR:-.}/tests/unit/test_dkim"
