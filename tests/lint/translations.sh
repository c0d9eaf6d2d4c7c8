#!/bin/sh
# Every word that the templates mark is in the catalogues and translated, as TAP; and a word
# without its translation, or a catalogue that is behind, is found.
top=${MERCAT_SRCDIR:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
try() { # WANT NAME
	"$work/tools/translations" --check >"$work/said" 2>&1
	got=$?
	[ "$got" -eq 0 ] || got=1
	if [ "$got" -eq "$1" ]; then
		echo "ok - $2"
	else
		echo "not ok - $2"
		sed 's/^/# /' "$work/said"
	fi
}
fresh() {
	rm -rf "$work/po" "$work/src" "$work/templates" "$work/tools"
	mkdir -p "$work/tools"
	cp -r "$top/po" "$top/templates" "$work/"
	(cd "$top" && find src -name '*.[ch]' | tar -cf - -T -) | tar -xf - -C "$work"
	cp "$top/tools/translations" "$work/tools/"
	chmod -R u+w "$work"
}
echo 1..4
fresh
try 0 "every marked word is translated"
sed -i 's/^msgstr "DiLuain"/msgstr ""/' "$work/po/gd.po"
try 1 "a word without a translation is found"
fresh
echo '{{#_}}Something new{{/_}}' >>"$work/templates/mail/help.txt"
try 1 "a word that is in no catalogue is found"
fresh
cp "$work/po/gd.po" "$work/po/mercat.pot"
try 1 "a stale catalogue is found"
