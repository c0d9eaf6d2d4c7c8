#!/bin/sh
# Whether the tests saw every public function with an err keep its promise; prints TAP.
PYTHONDONTWRITEBYTECODE=1 exec "${PYTHON:-/usr/bin/python3}" \
	"${MERCAT_SRCDIR:-.}/tests/unit/all_proved.py" \
	"${MERCAT_SRCDIR:-.}" "${MERCAT_BUILDDIR:-.}"
