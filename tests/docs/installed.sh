#!/bin/sh
#
# installed.sh MERCAT DATA [TEMPLATES] - what was installed works from where it lies: the
# example settings, a store, and a command that needs the templates. TEMPLATES is for a
# tree that was installed under DESTDIR; else the programs find them by themselves.
set -eu
mercat=$1
data=$2
if [ $# -gt 2 ]; then
	export MERCAT_TEMPLATES="$3"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say() {
	"$mercat" --config "$work/mercat.conf" "$@"
}

"$mercat" --config "$data/examples/mercat.conf" settings check
sed "s|^# state_dir = .*|state_dir = \"$work/state\";|" "$data/examples/mercat.conf" \
	>"$work/mercat.conf"
say store init
say staff add Ada
say --as Ada list add children --title "An update" --address children@updates.example.org
cat >"$work/update.md" <<-'UPDATE'
	---
	list: children
	title: An update
	---
	Good morning.
UPDATE
say --as Ada bulletin draft "$work/update.md"
say bulletin preview children 1 --to "$work/preview"
grep -q 'Good morning' "$work/preview/update.html"
say store check
test -s "$data/examples/mercat.service"
