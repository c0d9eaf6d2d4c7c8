#!/bin/sh
exec /usr/bin/python3 "$MERCAT_SRCDIR/tests/unit/corpus.py" "$@"
