#!/bin/bash
#
# copy_tree.sh - a copy of the sources follows them: what was renamed is not built twice.
set -uo pipefail

top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
mkdir -p "$top/from/tools" "$top/from/src"
cp "${MERCAT_SRCDIR:-.}/tools/copy-tree" "$top/from/tools/"
chmod u+w "$top/from/tools/copy-tree"
echo old >"$top/from/src/old name.c"
echo kept >"$top/from/src/kept.c"
touch "$top/from/configure.ac"
n=0
check() {
	local what=$1
	shift
	n=$((n + 1))
	if "$@"; then echo "ok $n - $what"; else echo "not ok $n - $what"; fi
}
copies() {
	bash "$top/from/tools/copy-tree" "$top/to"
}

copies
check "what there is comes over" test -e "$top/to/src/old name.c"
echo made >"$top/to/made"
touch -d 2020-01-01 "$top/from/src/kept.c"
mv "$top/from/src/old name.c" "$top/from/src/new name.c"
copies
check "what has a new name comes over" test -e "$top/to/src/new name.c"
check "what had the old one is gone" test ! -e "$top/to/src/old name.c"
check "what was made there stays" test -e "$top/to/made"
check "times are kept" test "$top/to/src/kept.c" -ot "$top/to/made"
rm "$top/to.copied"
echo stale >"$top/to/src/stale.c"
copies
check "a copy without its list is begun anew" test ! -e "$top/to/src/stale.c"
check "and is whole" test -e "$top/to/src/kept.c"
echo "1..$n"
