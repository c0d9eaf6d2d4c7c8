#!/bin/bash
#
# Copies of the store by the command, as TAP: made, proven, rotated, taken elsewhere; put back,
# refused with one sentence and nothing changed.
built=${MERCAT_BUILDDIR:-.}
src=${MERCAT_SRCDIR:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export MERCAT_TEMPLATES=$src/templates MERCAT_LOCALES=$built/po/locale
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

settings() { # COMMAND
	cat >"$work/mercat.conf" <<-CONF
		organisation = "T";
		base_url = "https://updates.example.org";
		state_dir = "$work/state";
		backup: { folder = "$work/copies"; keep = 2; command = "$1"; };
		mailboxes = ( { name = "main"; kind = "maildir"; path = "$work/in"; } );
		relays = ( { name = "main"; kind = "maildir"; path = "$work/out"; } );
	CONF
}

m() {
	"$built/mercat" --config "$work/mercat.conf" "$@"
}

# What must not change when something is refused.
state() {
	(cd "$work/state" && find . -type f ! -name '*.lock' ! -name '*-shm' -exec sha256sum {} + | sort)
}

# refused CODE WORDS COMMAND...: in one line that has these words, and nothing is changed.
refused() {
	local code=$1 words=$2 got=0
	shift 2
	state >"$work/before"
	"$@" >"$work/out.txt" 2>"$work/err.txt" || got=$?
	cat "$work/out.txt" "$work/err.txt"
	state >"$work/after"
	[ "$got" -eq "$code" ] && grep -q "$words" "$work/err.txt" &&
		[ "$(wc -l <"$work/err.txt")" -eq 1 ] && [ ! -s "$work/out.txt" ] &&
		cmp "$work/before" "$work/after" && [ -z "$(find "$work/state" -name '.restore-*')" ]
}

copies() {
	find "$work/copies" -name 'mercat-*.db' | wc -l
}

made_and_taken_elsewhere() {
	# shellcheck disable=SC2016 # for the command
	settings 'cp \"$1\" \"$2\" '"$work/elsewhere"
	mkdir "$work/elsewhere"
	m store backup || return 1
	[ "$(copies)" -eq 1 ] && [ "$(find "$work/elsewhere" -type f | wc -l)" -eq 2 ] &&
		cmp "$work"/elsewhere/*.key "$work/state/mercat.key"
}

# The clock names them: a copy of a second is not made twice.
kept_and_rotated() {
	local name
	for name in 20200101T000000Z 20200102T000000Z; do
		cp "$work"/elsewhere/*.db "$work/copies/mercat-$name.db"
		cp "$work"/elsewhere/*.key "$work/copies/mercat-$name.key"
	done
	settings ''
	mv "$work"/copies/mercat-202[6-9]*.db "$work/kept.db"
	m store backup && [ "$(copies)" -eq 2 ] && [ ! -e "$work/copies/mercat-20200101T000000Z.db" ] &&
		[ ! -e "$work/copies/mercat-20200101T000000Z.key" ]
}

command_that_fails_is_said() {
	local code=0
	settings 'exit 3'
	m store backup --to "$work/fails" >"$work/out.txt" 2>&1 || code=$?
	cat "$work/out.txt"
	settings ''
	[ "$code" -eq 1 ] && grep -q 'ended with code 3' "$work/out.txt" &&
		[ "$(find "$work/fails" -name '*.db' | wc -l)" -eq 1 ]
}

no_room_is_said() {
	touch "$work/file"
	refused 1 "$work/file" m store backup --to "$work/file"
}

held() {
	flock -n "$work/state/$1.lock" "$built/mercat" --config "$work/mercat.conf" store restore \
		"$work/kept.db" --key "$work/state/mercat.key"
}

put_back() {
	m --as Ada subscriber remove kids b@x.example --reason "asked by telephone" &&
		m store restore "$work/copies" >"$work/out.txt" && cat "$work/out.txt" &&
		grep -q '1 subscriptions that ended since' "$work/out.txt" &&
		m store check && m audit verify &&
		m --csv subscriber list kids | grep 'b@x.example.*unsubscribed' &&
		m --csv subscriber list kids | grep 'a@x.example.*active'
}

put_back_after_a_loss() {
	rm -rf "$work/state"
	m store restore "$work/copies" >"$work/out.txt" && cat "$work/out.txt" &&
		grep -q 'Nothing could be taken from the store that was there' "$work/out.txt" &&
		m store check && cmp "$work"/elsewhere/*.key "$work/state/mercat.key"
}

put_back_over_a_ruin() {
	printf 'ruined' >"$work/state/mercat.db"
	m store restore "$work/copies" && m store check &&
		grep -q ruined "$work"/state/mercat.db.before-*
}

two_of_one_second_keep_two_stores() {
	cp "$work/state/mercat.db" "$work/first.db" && rm -f "$work"/state/mercat.db.before-* &&
		for _ in 1 2 3; do m store restore "$work/copies" || return 1; done &&
		[ "$(find "$work/state" -name 'mercat.db.before-*[0-9]' | wc -l)" -eq 3 ] &&
		cmp "$work/first.db" "$(find "$work/state" -name 'mercat.db.before-*[0-9]' | sort | head -1)"
}

oldest_form_is_brought_up() {
	mkdir "$work/old" && tar -xf "$src/tests/stores/v6.tar.xz" -C "$work/old" &&
		m store restore "$work/old/mercat.db" --key "$work/old/mercat.key" &&
		m store check && m list show cpip && cmp "$work/old/mercat.key" "$work/state/mercat.key"
}

settings ''
m store init >/dev/null && m staff add Ada >/dev/null && m --as Ada list add kids --title T \
	--address kids@updates.example.org >/dev/null || exit 1
for name in a b; do
	m --as Ada subscriber add kids $name@x.example --basis told --quiet >/dev/null || exit 1
done
it "a copy is made with its key, and taken elsewhere" made_and_taken_elsewhere
it "the oldest go, with their keys" kept_and_rotated
it "a command that fails is said, and the copy is there" command_that_fails_is_said
it "a folder that is none is said" no_room_is_said
it "a file and a folder at once are refused" refused 2 'give no FILE' m store backup one.db --to x
it "nothing is put back while the daemon runs" refused 1 'running already' held mercatd
it "nor while one role runs" refused 1 'running already' held clock-all
head -c 70000 "$work/kept.db" >"$work/bad.db"
it "a copy that was cut off is refused" refused 2 'cannot be put back, and nothing was changed' \
	m store restore "$work/bad.db"
: >"$work/bad.db"
it "an empty file is refused" refused 2 'is not a mercat store' m store restore "$work/bad.db"
cp "$work/kept.db" "$work/bad.db"
dd if=/dev/urandom of="$work/bad.db" bs=8192 seek=40 count=20 conv=notrunc 2>/dev/null
it "a damaged copy is refused" refused 2 'cannot be put back' m store restore "$work/bad.db"
cp "$work/kept.db" "$work/bad.db"
sqlite3 "$work/bad.db" 'PRAGMA user_version = 9999' >/dev/null
it "a newer store is refused" refused 2 'made by a newer mercat' m store restore "$work/bad.db"
it "what is not there is refused" refused 2 'No such file' m store restore "$work/nothing.db"
it "a key that is none is refused" refused 2 'is no key' \
	m store restore "$work/kept.db" --key "$work/mercat.conf"
it "a folder without a copy is refused" refused 1 'there is no copy' m store restore "$work/state"
it "the newest is put back, with what was taken back since" put_back
it "it is put back where all was lost" put_back_after_a_loss
it "it is put back over a store that cannot be read, which is kept" put_back_over_a_ruin
it "two restores of one second keep two stores" two_of_one_second_keep_two_stores
it "a copy of the oldest form is brought up" oldest_form_is_brought_up
echo "1..$count"
