#!/bin/sh
# Recognises the words of scanned pages and photographs; prints TAP.
exec /usr/bin/python3 "${MERCAT_SRCDIR:-.}/tests/unit/extract_recognises.py" \
	"${MERCAT_BUILDDIR:-.}/tests/bench/mercat-extract"
