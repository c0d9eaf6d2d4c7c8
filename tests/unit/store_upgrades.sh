#!/bin/sh
# Opens stores that earlier versions made, and proves that nothing in them is lost; prints TAP.
exec /usr/bin/python3 "${MERCAT_SRCDIR:-.}/tests/unit/store_upgrades.py" \
	"${MERCAT_BUILDDIR:-.}" "${MERCAT_SRCDIR:-.}"
