#!/bin/sh
# What learns from examples (tools/teach, tools/weigh) names a file of them that is broken, and its
# line, as TAP: a build with such a file ends there, and nothing is learned from half of it.
build=${MERCAT_BUILDDIR:-.}
top=${MERCAT_SRCDIR:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
refused() { # PROGRAM NAME SAID
	"$build/tools/$1" "$work/examples" >"$work/out" 2>"$work/said"
	got=$?
	if [ "$got" -eq 1 ] && [ ! -s "$work/out" ] && grep -q "$3" "$work/said"; then
		echo "ok - $1: $2"
	else
		echo "not ok - $1: $2: exit code $got"
		sed 's/^/# /' "$work/said"
	fi
}
same() { # PROGRAM TABLES EXAMPLES...
	program=$1 tables=$2
	shift 2
	for n in 1 2; do
		"$build/tools/$program" "$@" >"$work/tables$n" || echo "# it ended with $?"
	done
	if [ -s "$work/tables1" ] && cmp -s "$work/tables1" "$work/tables2" &&
		cmp -s "$work/tables1" "$build/$tables"; then
		echo "ok - $program: the same examples give the same tables"
	else
		echo "not ok - $program: the same examples give the same tables"
	fi
}
echo 1..13
printf '= joke\nHello there.\n%%\n' >"$work/examples"
refused teach "a kind that nobody knows" "examples:1:"
printf '= thanks\nMany thanks.\n%%\n%%\n' >"$work/examples"
refused teach "a mail that says nothing" "examples:4:"
printf '= thanks\nMany thanks.\n' >"$work/examples"
refused teach "a mail that does not end" "examples:3:"
printf 'Nothing but words.\n' >"$work/examples"
refused teach "no mail at all" "examples:2:"
printf '= thanks\nMany thanks for the paper.\n%%\n' >"$work/examples"
refused teach "one kind alone" "nothing to learn"
printf 'p\to\tKeep it quiet.\nq\to\tWhat?\n' >"$work/examples"
refused weigh "a label that nobody knows" "examples:2:"
printf 'p\tx\tKeep it quiet.\n' >"$work/examples"
refused weigh "a place that nobody knows" "examples:1:"
printf '# a remark\n\np\to\t \n' >"$work/examples"
refused weigh "a line that says nothing" "examples:3:"
printf '%s\to\tThank you.\n' - >"$work/examples"
refused weigh "no doubt at all" "nothing to learn"
rm "$work/examples"
refused teach "a file that is not there" "examples"
refused weigh "a file that is not there" "examples"
of=$top/src/proposal/examples
same teach src/proposal/learned_tables.c "$of/mails.txt" "$of/sentences.txt" "$of/topics.txt"
of=$top/src/doubts/examples
same weigh src/doubts/weighed_tables.c "$of/beside.txt" "$of/answers.txt" "$of/handled.txt" "$of/parts.txt"
