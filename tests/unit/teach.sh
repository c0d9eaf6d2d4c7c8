#!/bin/sh
# What teaches the program names a file of examples that is broken, and its line, as TAP: a
# build with such a file ends there, and nothing is learned from half of it.
teach=${MERCAT_BUILDDIR:-.}/tools/teach
top=${MERCAT_SRCDIR:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
refused() { # NAME SAID
	"$teach" "$work/examples" >"$work/out" 2>"$work/said"
	got=$?
	if [ "$got" -eq 1 ] && [ ! -s "$work/out" ] && grep -q "$2" "$work/said"; then
		echo "ok - $1"
	else
		echo "not ok - $1: exit code $got"
		sed 's/^/# /' "$work/said"
	fi
}
echo 1..7
printf '= joke\nHello there.\n%%\n' >"$work/examples"
refused "a kind that nobody knows" "examples:1:"
printf '= thanks\nMany thanks.\n%%\n%%\n' >"$work/examples"
refused "a mail that says nothing" "examples:4:"
printf '= thanks\nMany thanks.\n' >"$work/examples"
refused "a mail that does not end" "examples:3:"
printf 'Nothing but words.\n' >"$work/examples"
refused "no mail at all" "examples:2:"
printf '= thanks\nMany thanks for the paper.\n%%\n' >"$work/examples"
refused "one kind alone" "nothing to learn"
rm "$work/examples"
refused "a file that is not there" "examples"
for n in 1 2; do
	"$teach" "$top/src/proposal/examples/mails.txt" "$top/src/proposal/examples/sentences.txt" \
		>"$work/tables$n" || echo "# it ended with $?"
done
if [ -s "$work/tables1" ] && cmp -s "$work/tables1" "$work/tables2" &&
	cmp -s "$work/tables1" "${MERCAT_BUILDDIR:-.}/src/proposal/learned_tables.c"; then
	echo "ok - the same examples give the same tables"
else
	echo "not ok - the same examples give the same tables"
fi
