#!/bin/sh
# What the house forbids, as TAP: the rules are in rules.py, each with the bad
# example that must be found.
PYTHONDONTWRITEBYTECODE=1 exec "${PYTHON:-/usr/bin/python3}" \
	"${MERCAT_SRCDIR:-.}/tests/lint/lint.py"
