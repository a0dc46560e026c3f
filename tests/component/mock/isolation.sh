#!/bin/sh
# What keeps the mock provider to itself: where it listens, what it says of that, and when it ends.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"
loud=--listen-beyond-loopback-i-know-this-is-a-test-provider
mkfifo "$dir/leash"

# start OPTION...: a fresh server, whose standard input is the leash; sets issuer, pid
start() {
	: >"$dir/ready"
	"$mock" --state "$dir/state" "$@" <"$dir/leash" >"$dir/ready" 2>"$dir/err" &
	pid=$!
	exec 3>"$dir/leash"
	n=0
	until [ -s "$dir/ready" ] || [ $n -eq 100 ]; do
		sleep 0.1
		n=$((n + 1))
	done
	issuer=$(field issuer <"$dir/ready")
	[ -n "$issuer" ] || {
		echo "FAIL: no ready line: $(cat "$dir/ready" "$dir/err")"
		exit 1
	}
}
# stop SIGNAL: it leaves nothing behind, and its last line sums up
stop() {
	kill -"$1" "$pid"
	ended "SIG$1"
}
ended() {
	wait "$pid"
	check "$1 ends it cleanly" $? 0
	pid=
	exec 3>&-
	check "two lines: ready, and the summary" "$(grep -c -e '^{"ready":true,.*}$' -e '^{"summary":true,.*}$' "$dir/ready")$(wc -l <"$dir/ready")" 22
	check "nothing is left of it" "$(find "$dir/state" 2>/dev/null | wc -l)" 0
}
get() { curl -sS --max-time 5 --cacert "$dir/state/ca.pem" -o "$dir/body" -w '%{http_code}' "$1/jwks.json" 2>"$dir/curl"; }

start
check "loopback is quiet" "$(cat "$dir/err")" ''
check "and answers" "$(get "$issuer")" 200
stop TERM
start
stop INT

# other addresses of this host
start --listen 127.0.0.2
check "another of 127/8 is loopback" "${issuer%:*}" https://127.0.0.2
check "and its certificate says so" "$(get "$issuer")" 200
get "https://127.0.0.1:${issuer##*:}" >/dev/null
check "nobody listens on the first one" $? 7
stop TERM
if "$mock" --listen ::1 </dev/null --exit-with-stdin >/dev/null 2>&1; then
	start --listen '[::1]'
	check "IPv6 has brackets" "${issuer%:*}" 'https://[::1]'
	check "in the certificate it has none" "$(get "$issuer")" 200
	check "the other listeners are there too" "$(field evil_http <"$dir/ready" | cut -d: -f1-4)" 'http://[::1]'
	stop TERM
fi

# beyond
"$mock" --listen 192.0.2.1 >"$dir/out" 2>"$dir/err"
check "others are not let in by mistake" $? 2
has "it says why" '--listen 192.0.2.1 lets others in, .*: if you mean it, add '$loud "$dir/err"
check "and nothing else" "$(cat "$dir/out")" ''
"$mock" --listen 0.0.0.0 "$loud" >/dev/null 2>&1
check "all addresses are none: there is one issuer" $? 2
own=$(hostname -I 2>/dev/null | tr ' ' '\n' | grep -v : | head -n 1)
if [ -n "$own" ]; then
	start --listen "$own" "$loud"
	has "who means it reads a banner" "TEST provider, and others can reach it" "$dir/err"
	has "with the address" "https://$own:" "$dir/err"
	check "and it answers" "$(get "$issuer")" 200
	stop TERM
fi

# its leash
start --exit-with-stdin
echo "words are not the end" >&3
check "words are not the end" "$(get "$issuer")" 200
exec 3>&-
ended "the end of standard input"
"$mock" --exit-with-stdin </dev/null >/dev/null
check "none at all, too" $? 0
start
exec 3>&-
check "without the option it does not care" "$(sleep 0.3; get "$issuer")" 200
stop TERM

# what it says of itself
check "its version" "$("$mock" --version | grep -c '^latchkey-mock-idp [0-9]')" 1
"$mock" --help >"$dir/help"
check "help is help" $? 0
man=${top_srcdir:-$(dirname "$0")/../../..}/man/latchkey-mock-idp.1
sed -n 's/^  --\([a-z0-9-]*\).*/\1/p' "$dir/help" >"$dir/options"
check "they are many" "$(grep -c . "$dir/options" | sed 's/[2-9][0-9]/many/')" many
while read -r option; do
	case $option in help | version) continue ;; esac
	grep -q -e "Fl -$option" "$man" || check "the manual has --$option" no yes
done <"$dir/options"
[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
