#!/bin/sh
#
# installed.sh MERCAT DATA [TEMPLATES] - what was installed works from where it lies: the
# example settings with the passwords that they name, a store, and a command that needs the
# templates. TEMPLATES is for a tree that was installed under DESTDIR; else the programs find
# them by themselves.
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

sed -e "s|^# state_dir = .*|state_dir = \"$work/state\";|" -e "s|/etc/mercat/|$work/|" \
	"$data/examples/mercat.conf" >"$work/mercat.conf"
if say settings check 2>"$work/said"; then
	echo "installed.sh: the settings were good without the passwords" >&2
	exit 1
fi
grep -q "the password file cannot be read: $work/imap.password" "$work/said"
for secret in imap smtp; do
	echo "a password of $secret" >"$work/$secret.password"
done
say settings check
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
