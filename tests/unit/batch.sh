#!/bin/sh
# Reads 3,000 mails twice, damaged ones too; prints TAP.
exec /usr/bin/python3 "${MERCAT_SRCDIR:-.}/tests/unit/batch.py" \
	"${MERCAT_BUILDDIR:-.}/tests/bench/mercat-inspect"
