#!/bin/bash
#
# What bash and zsh offer behind "mercat ", as TAP: made of the tables of commands, so a command
# that --help tells of is offered, with its options, and one that it does not is not.
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

# by_bash WORD...: what is offered for the last of them, one a line.
by_bash() {
	(
		cd "$work/files" || exit
		# shellcheck disable=SC1091 # it is made
		. "$work/bash"
		COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1))
		_mercat
		printf '%s\n' "${COMPREPLY[@]}"
	)
}

# The same by zsh, whose own functions are stood in for: they say what they were given.
by_zsh() {
	# shellcheck disable=SC2016 # for zsh to expand
	(cd "$work/files" && zsh -f -c '
		_describe() { local each; for each in ${(P)2}; do each=${each%%:*}
			[[ $each == $word* ]] && print -r -- $each; done; return 0 }
		_files() { local each; for each in $word*(N); do print -r -- $each; done }
		_message() { : }
		compset() { word=${word#*=} }
		_arguments() { : }
		script=$1; shift
		words=("$@") CURRENT=$# word=${@[-1]}
		. $script' zsh "$work/zsh" "$@")
}

# offers SHELL 'LINE' WORD...: just these, in any order.
offers() {
	local shell=$1 words
	read -ra words <<<"$2"
	[[ $2 != *' ' ]] || words+=('')
	shift 2
	"by_$shell" "${words[@]}" | sed '/^$/d' | sort >"$work/got"
	printf '%s\n' "$@" | sed '/^$/d' | sort >"$work/want"
	diff "$work/want" "$work/got"
}

# Every command of --help, found word by word; nothing else is.
all_commands() {
	local shell=$1 noun verb
	"$built/mercat" --help | sed -n 's/^  \([a-z]\{2,\}[a-z -]*[a-z]\) .*/\1/p' |
		sed 's/  .*//' | grep -v '^-' >"$work/lines"
	"$built/mercat" help --man | sed -n 's/^\\fB\([a-z -]*\)\\fR.*/\1/p' | sort -u >"$work/want"
	[ "$(wc -l <"$work/want")" -gt 100 ] || return 1
	for noun in $("by_$shell" mercat '' | grep -v '^help$'); do
		verb=$("by_$shell" mercat "$noun" '')
		grep -qx "$noun" "$work/want" && echo "$noun"
		printf '%s\n' "$verb" | grep -x '[a-z-]\{1,\}' | sed "s/^/$noun /"
	done | sort -u >"$work/all"
	# A command of one word may take files, which are no commands.
	grep -Fxv -f "$work/want" "$work/all" | grep -v 'one\.\|two' && return 1
	grep -Fxv -f "$work/all" "$work/want" && return 1
	return 0
}

# Every option of every command, as --help of it has them.
all_options() {
	local shell=$1 command words
	while read -r command; do
		read -ra words <<<"$command"
		{
			"$built/mercat" "${words[@]}" --help |
				sed -n 's/^  \(--[a-z-]*\) .*/\1/p'
			printf '%s\n' --json --csv --as --help
		} | sort -u >"$work/want"
		"by_$shell" mercat "${words[@]}" -- | sort -u >"$work/got"
		diff "$work/want" "$work/got" || {
			echo "that was: $command"
			return 1
		}
	done < <("$built/mercat" help --man | sed -n 's/^\\fB\([a-z -]*\)\\fR.*/\1/p' |
		if [ "$shell" = zsh ]; then grep '^[bs]'; else cat; fi)
}

unknown_shell() {
	local code=0
	"$built/mercat" help --completion fish >"$work/out" || code=$?
	[ "$code" -eq 2 ] && [ ! -s "$work/out" ]
}

mkdir "$work/files"
touch "$work/files/one.md" "$work/files/two words.csv"
for shell in bash zsh; do
	"$built/mercat" help --completion $shell >"$work/$shell"
	if [ $shell = zsh ] && ! command -v zsh >/dev/null; then
		count=$((count + 1))
		echo "ok $count - zsh # SKIP there is no zsh here"
		continue
	fi
	it "$shell: the script is one" $shell -n "$work/$shell"
	it "$shell: a noun that was begun" offers $shell 'mercat bul' bulletin
	it "$shell: a verb that was begun" offers $shell 'mercat bulletin prev' preview
	it "$shell: behind --as NAME and --config FILE" offers $shell \
		'mercat --as Ada --config one.md store chec' check
	it "$shell: an option" offers $shell 'mercat subscriber import children --dry' --dry-run
	it "$shell: an option of a command of one word" offers $shell 'mercat analysis --j' --json
	it "$shell: what goes before the command" offers $shell 'mercat --co' --config
	it "$shell: a file for --config" offers $shell 'mercat --config on' one.md
	it "$shell: a file for an argument" offers $shell 'mercat bulletin draft on' one.md
	it "$shell: a file whose name has a space" offers $shell \
		'mercat subscriber import children t' 'two words.csv'
	it "$shell: one of several words" offers $shell \
		'mercat subscriber frequency children a@b.example ' each weekly monthly
	it "$shell: nothing for a name" offers $shell 'mercat list show ' ''
	it "$shell: nothing behind --as" offers $shell 'mercat store check --as ' ''
	it "$shell: every command and no other" all_commands $shell
	it "$shell: every option and no other" all_options $shell
done
it "bash: --config=FILE" offers bash 'mercat --config = on' one.md
it "bash: behind --config=FILE" offers bash 'mercat --config = one.md stor' store
it "a shell that nobody made one for is refused" unknown_shell
echo "1..$count"
