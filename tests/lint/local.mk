check_SCRIPTS += tests/lint/circles.sh tests/lint/lint.sh tests/lint/translations.sh
EXTRA_DIST += tests/lint/translations.sh tests/lint/lint.sh tests/lint/lint.py tests/lint/rules.py \
	tests/lint/stranger.py tests/lint/examples.py tests/lint/doors.py \
	tests/lint/facts.py tests/lint/once.py \
	tests/lint/paths.py tests/lint/words.py \
	tests/lint/circles.sh tests/lint/circles.py
