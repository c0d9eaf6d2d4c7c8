#!/bin/sh
# Reads mails whose MIME is odd, torn or mislabelled; prints TAP.
exec /usr/bin/python3 "${MERCAT_SRCDIR:-.}/tests/unit/mail_shapes.py" \
	"${MERCAT_BUILDDIR:-.}/tests/bench/mercat-inspect"
