# shellcheck shell=sh disable=SC2034 # what it sets is for those that source it
# A client of the mock provider that is not ours: curl, a folder, and saying what was wrong. Sourced.
command -v curl >/dev/null || {
	echo "SKIP: curl is not installed"
	exit 77
}
mock=${top_builddir:-.}/latchkey-mock-idp
[ -x "$mock" ] || exit 99
dir=$(mktemp -d) || exit 99
failed=0 pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT PIPE TERM

# check WHAT GOT WANTED
check() {
	[ "$2" = "$3" ] || {
		echo "FAIL: $1: got '$2', wanted '$3'"
		failed=$((failed + 1))
	}
}
# has WHAT PATTERN FILE
has() {
	grep -q -e "$2" "$3" || {
		echo "FAIL: $1: no '$2' in $(cat "$3")"
		failed=$((failed + 1))
	}
}
# field NAME: a string member of a flat JSON object on stdin
field() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p'; }
