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
# serve OPTION...: a fresh server with a folder of its own; sets issuer, origin2, evil_http, evil_https, host, ca, sock, pid
serve() {
	: >"$dir/ready"
	TMPDIR=$dir "$mock" "$@" >"$dir/ready" &
	pid=$!
	n=0
	until [ -s "$dir/ready" ] || [ $n -eq 100 ]; do
		sleep 0.1
		n=$((n + 1))
	done
	issuer=$(field issuer <"$dir/ready") origin2=$(field origin2 <"$dir/ready")
	evil_http=$(field evil_http <"$dir/ready") evil_https=$(field evil_https <"$dir/ready")
	ca=$(field ca <"$dir/ready") sock=$(field control <"$dir/ready") host=${issuer#https://}
	[ -f "$ca" ] && [ -S "$sock" ] || {
		echo "FAIL: no ready line: $(cat "$dir/ready")"
		exit 1
	}
}
# unserve: by signal
unserve() {
	kill -TERM "$pid"
	wait "$pid"
	check "SIGTERM ends it cleanly" "$?" 0
	pid=
}
ctl() { "$mock" ctl "$sock" "$@"; }
