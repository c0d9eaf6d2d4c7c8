#!/bin/bash
#
# The manual and the example settings against the programs that were built, as TAP.
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

fresh() {
	"$src/tools/man" --check "$built/mercat" && return
	echo "stale: run make and tools/man"
	return 1
}

# A page with one word of the program's changed, and one mark lost, must be found.
stale_is_found() {
	local copy=$work/copy
	mkdir -p "$copy" && cp -r "$src/doc" "$src/conf" "$copy" &&
		mkdir "$copy/tools" && cp "$src/tools/man" "$copy/tools" &&
		chmod -R u+w "$copy" || return 1
	sed -i 's/^sending.in_doubt/sending.in_debt/; s/^\.B sending.in_doubt$/.B sending.no/' \
		"$copy/doc/mercat.conf.5"
	if "$copy/tools/man" --check "$built/mercat"; then
		return 1
	fi
	"$copy/tools/man" "$built/mercat" && cmp "$copy/doc/mercat.conf.5" \
		"$src/doc/mercat.conf.5" || return 1
	sed -i '/^\.\\" end of what/d' "$copy/doc/mercat.1"
	! "$copy/tools/man" --check "$built/mercat"
}

page_is_clean() {
	groff -man -Tutf8 -ww "$1" >"$work/page" 2>"$work/warned" || return 1
	cat "$work/warned"
	[ -s "$work/page" ] && [ ! -s "$work/warned" ]
}

# Every option and every role that mercatd knows stands in its page.
mercatd_is_told() {
	local word
	sed 's/\\-/-/g' "$src/doc/mercatd.8" >"$work/plain"
	for word in $("$built/mercatd" --help | grep -o -e '--[a-z]*' | sort -u) \
		collect classify clock deliver; do
		grep -q -e "$word" "$work/plain" || {
			echo "$word is not in doc/mercatd.8"
			return 1
		}
	done
}

# help_of WORDS: what that command says of itself, in $help; each is asked once.
declare -A helps
help_of() {
	if [ -z "${helps["of $1"]-}" ]; then
		# shellcheck disable=SC2086 # no word, one or two
		helps["of $1"]=$("$built/mercat" $1 --help 2>&1) || helps["of $1"]=none
	fi
	help=${helps["of $1"]}
	[ "$help" != none ]
}

# Lines such as "m bulletin send children 12 --x": the command and its options exist.
readme_is_true() {
	local line words option help count=0 wrong=0
	while read -r line; do
		line=${line#sudo -u mercat }
		line=${line%%#*}
		if [[ $line =~ ^(m|mercat)(" --as "[A-Za-z]+)?" "(.*) ]]; then
			line=${BASH_REMATCH[3]}
		fi
		words=
		if [[ $line =~ ^[a-z]+(" "[a-z]+)? ]]; then
			words=${BASH_REMATCH[0]}
		fi
		help_of "$words" || {
			echo "there is no command: $words"
			wrong=1
		}
		while [[ $line =~ --[a-z-]+(.*) ]]; do
			line=${BASH_REMATCH[1]}
			option=${BASH_REMATCH[0]%"$line"}
			[[ $help == *"$option"* ]] || {
				echo "$words has no option $option"
				wrong=1
			}
		done
		count=$((count + 1))
	done < <(awk '/^ *```/ { code = !code; next } code' "$1" |
		sed -e ':a' -e '/\\$/N; s/\\\n *//; ta' -e 's/^ *//' |
		grep -E '^(m|(sudo -u mercat )?mercat) [a-z-]')
	[ "$count" -gt 20 ] && [ "$wrong" -eq 0 ]
}

wrong_readme_is_found() {
	sed 's/^m bulletin approve/m bulletin aprove/' "$src/README.md" >"$work/one"
	sed 's/--set-permission/--permit/' "$src/README.md" >"$work/two"
	! readme_is_true "$work/one" && ! readme_is_true "$work/two"
}

# test_is_in NAME FILE: that test stands in the file of that name, which is read once.
declare -A sources
test_is_in() {
	[ -n "$2" ] || return 1
	if [ -z "${sources[$2]-}" ]; then
		sources[$2]=" $(find "$src/tests" -name "$2" -exec grep -hoE \
			'(^def |START_TEST\()[A-Za-z0-9_]+' {} + | sed 's/.*[ (]//' | tr '\n' ' ')"
	fi
	[[ ${sources[$2]} == *" $1 "* ]]
}

# `test_x.py: test_y`, `test_z` in a page: each stands in that file, or in the one named last.
proofs_are_there() {
	local name file='' count=0 wrong=0
	# shellcheck disable=SC2016 # the backquotes are the page's
	while read -r name; do
		case $name in
		test_*.[pc]*:*)
			file=${name%%:*}
			name=${name#*: }
			;;
		esac
		test_is_in "$name" "$file" || {
			echo "there is no test $name in $file"
			wrong=1
		}
		count=$((count + 1))
	done < <(grep -oE '`(test_[a-z_]+\.(py|c): )?[a-z0-9_]+`' "$1" | tr -d '`' |
		grep -E ': |(_[a-z0-9]+){3}')
	[ "$count" -gt 20 ] && [ "$wrong" -eq 0 ]
}

wrong_proof_is_found() {
	sed 's/test_broken_requests_end_nothing/test_broken_requests_end_all/' \
		"$src/doc/security.md" >"$work/proof"
	! proofs_are_there "$work/proof"
}

settings_are_good() {
	# As the README has it: the example in its place, and beside it the passwords.
	echo 'a password of nobody' | tee "$work/imap.password" >"$work/smtp.password"
	sed "s|/etc/mercat/|$work/|" "$src/conf/mercat.conf" >"$work/mercat.conf"
	"$built/mercat" --config "$work/mercat.conf" settings check
}

unit_is_filled_in() {
	grep -q '^ExecStart=/.*/mercatd --config /.*/mercat.conf$' \
		"$built/conf/mercat.service" && ! grep '@[a-z]*dir@' "$built/conf/mercat.service" &&
		grep -q '^ExecStart=/.*/mercat --config /.*/mercat.conf store backup$' \
			"$built/conf/mercat-backup.service" &&
		! grep '@[a-z]*dir@' "$built/conf/mercat-backup.service"
}

it "the manual and conf/mercat.conf say what the program says" fresh
it "a stale page is found and mended" stale_is_found
for page in mercat.1 mercat.conf.5 mercatd.8; do
	it "$page is set without a warning" page_is_clean "$src/doc/$page"
done
it "mercatd.8 tells of every option and role" mercatd_is_told
it "the commands of the README exist, with their options" readme_is_true "$src/README.md"
it "a wrong command in the README is found" wrong_readme_is_found
it "the tests that doc/security.md names exist" proofs_are_there "$src/doc/security.md"
it "a test that does not exist is found" wrong_proof_is_found
it "the example settings can be used as they are" settings_are_good
it "the service units have their paths" unit_is_filled_in
echo "1..$count"
