#!/bin/bash
#
# What debian/ says against what the sources have, as TAP; the package itself is built and tried by
# tools/package --test.
src=${MERCAT_SRCDIR:-.}
built=${MERCAT_BUILDDIR:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0

# it WORDS COMMAND...: one test; what the command says is shown when it fails.
it() {
	local words=$1
	shift
	count=$((count + 1))
	if "$@" >"$work/said" 2>&1; then
		echo "ok $count - $words"
	else
		echo "not ok $count - $words"
		sed 's/^/# /' "$work/said"
	fi
}

# field NAME: the packages that debian/control names there, one a line.
field() {
	sed -n "/^$1:/,/^[A-Z]/{/^ /p}" "$src/debian/control" | sed 's/[,|]/\n/g' |
		sed 's/(.*)//; s/ //g; /^$/d; /^\$/d' | sort
}

version_is_one() {
	local version
	version=$(sed -n 's/^AC_INIT(\[mercat\], \[\(.*\)\])/\1/p' "$src/configure.ac")
	grep -q "^mercat ($version) " "$src/debian/changelog"
}

# Those that a package may take for granted stand in the list of tools/dependencies alone.
builds_with_the_same() {
	{
		"$src/tools/dependencies" build
		"$src/tools/dependencies" report | grep -e '-dev$'
	} | grep -vx 'autoconf\|automake\|gcc\|libc6-dev\|make' | sort >"$work/want"
	field Build-Depends | grep -v '^debhelper-compat$\|^dh-' >"$work/got"
	diff "$work/want" "$work/got"
}

runs_with_the_same() {
	"$src/tools/dependencies" run | sort >"$work/want"
	{
		field Depends
		field Recommends
	} | grep -v '^systemd' | sort >"$work/got"
	diff "$work/want" "$work/got" &&
		"$src/tools/dependencies" report | grep -ve '-dev$' >"$work/want" &&
		! field Suggests | grep -vxFf - "$work/want"
}

units_are_packed() {
	local unit
	for unit in "$src"/conf/*.service.in "$src"/conf/*.timer; do
		unit=$(basename "$unit" .in)
		if ! grep -qx "conf/$unit lib/systemd/system" "$src/debian/mercat.install" ||
			! grep -q "dh_installsystemd.*$unit" "$src/debian/rules"; then
			echo "$unit is not packed"
			return 1
		fi
	done
	grep -q 'conf/mercat.sysusers debian/' "$src/debian/rules" &&
		grep -q 'conf/mercat.tmpfiles debian/' "$src/debian/rules"
}

what_is_named_is_there() {
	local name
	while read -r name _; do
		[ -e "$src/$name" ] || [ -e "$built/$name" ] || {
			echo "$name is not there"
			return 1
		}
	done < <(cat "$src/debian/mercat.install" "$src/debian/mercat.docs")
}

# Each page of doc/ for who keeps the machine.
pages_are_packed() {
	grep -qx doc/security.md "$src/debian/mercat.docs" &&
		grep -qx doc/upgrading.md "$src/debian/mercat.docs"
}

it "the changelog has the version of configure.ac" version_is_one
it "it is built with what tools/dependencies lists" builds_with_the_same
it "it runs with what tools/dependencies lists" runs_with_the_same
it "the settings are below /etc" grep -q 'dh_auto_configure -- --sysconfdir=/etc' "$src/debian/rules"
it "every unit is packed, with the user and the folders" units_are_packed
it "what debian/ names is there" what_is_named_is_there
it "the pages for operators are packed" pages_are_packed
if command -v apparmor_parser >/dev/null; then
	it "the profile can be read" apparmor_parser -QTK "$src/debian/apparmor/usr.sbin.mercatd"
else
	count=$((count + 1))
	echo "ok $count - the profile can be read # SKIP there is no apparmor_parser here"
fi
echo "1..$count"
