#!/bin/sh
# What weighs doubts names a file of examples that is broken, and its line, as TAP: a build with
# such a file ends there, and nothing is learned from half of it.
weigh=${MERCAT_BUILDDIR:-.}/tools/weigh
top=${MERCAT_SRCDIR:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
refused() { # NAME SAID
	"$weigh" "$work/examples" >"$work/out" 2>"$work/said"
	got=$?
	if [ "$got" -eq 1 ] && [ ! -s "$work/out" ] && grep -q "$2" "$work/said"; then
		echo "ok - $1"
	else
		echo "not ok - $1: exit code $got"
		sed 's/^/# /' "$work/said"
	fi
}
echo 1..6
printf 'p\to\tKeep it quiet.\nq\to\tWhat?\n' >"$work/examples"
refused "a label that nobody knows" "examples:2:"
printf 'p\tx\tKeep it quiet.\n' >"$work/examples"
refused "a place that nobody knows" "examples:1:"
printf '# a remark\n\np\to\t \n' >"$work/examples"
refused "a line that says nothing" "examples:3:"
printf '%s\to\tThank you.\n' - >"$work/examples"
refused "no doubt at all" "nothing to learn"
rm "$work/examples"
refused "a file that is not there" "examples"
for n in 1 2; do
	"$weigh" "$top/src/doubts/examples/beside.txt" "$top/src/doubts/examples/answers.txt" \
		>"$work/tables$n" || echo "# it ended with $?"
done
if [ -s "$work/tables1" ] && cmp -s "$work/tables1" "$work/tables2" &&
	cmp -s "$work/tables1" "${MERCAT_BUILDDIR:-.}/src/doubts/weighed_tables.c"; then
	echo "ok - the same examples give the same tables"
else
	echo "not ok - the same examples give the same tables"
fi
