check_SCRIPTS += tests/lint/lint.sh
EXTRA_DIST += tests/lint/lint.sh tests/lint/lint.py tests/lint/rules.py \
	tests/lint/examples.py
