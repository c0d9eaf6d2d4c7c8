#!/bin/sh
# Which units of one folder cannot be linked apart, as TAP.
PYTHONDONTWRITEBYTECODE=1 exec "${PYTHON:-/usr/bin/python3}" \
	"${MERCAT_SRCDIR:-.}/tests/lint/circles.py"
