#!/bin/sh
# timeout: 180
# Random bytes, TLS without sense, connections that are never finished, and crowds do not stop the mock provider, and
# cost it no memory.
. "${top_srcdir:-$(dirname "$0")/../../..}/tests/support/mock.sh"
command -v openssl >/dev/null || {
	echo "SKIP: openssl is not installed"
	exit 77
}

# alive WHAT: it answers, and soon
alive() {
	check "after $1" "$(curl -sS -m 5 --cacert "$ca" -o /dev/null -w '%{http_code}' "$issuer/jwks.json" 2>&1)" 200
}
# rss: KiB; what the journal keeps is not counted
rss() {
	ctl reset >/dev/null
	sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status"
}
# raw ADDRESS: stdin below TLS
raw() { timeout 2 curl -s -m 0.3 "telnet://$1" >/dev/null 2>&1; }
# inside: stdin inside TLS
inside() { timeout 0.5 openssl s_client -quiet -connect "$host" >/dev/null 2>&1; }

random_bytes() {
	for n in 1 500 100000; do
		head -c $n /dev/urandom | raw "$host"
		head -c $n /dev/urandom | raw "${evil_http#http://}"
		head -c $n /dev/urandom | inside
	done
}
# a hello that ends too soon, one with a wrong length, records of every type, alerts, HTTP where TLS is wanted
tls_garbage() {
	for bytes in '\026' '\026\003\001' '\026\003\001\002\000' '\026\003\001\000\005\001\000\000\001\000' \
		'\026\003\001\377\377\001\000' '\024\003\003\000\001\001' '\025\003\003\000\002\001\000' \
		'\025\003\003\000\002\002\052' '\027\003\003\000\005\001\002\003\004\005' '\030\003\003\000\003\001\000\377' \
		'GET / HTTP/1.1\r\n\r\n'; do
		printf '%b' "$bytes" | raw "$host"
	done
}
# requests that are none, requests that never end
http_garbage() {
	printf 'GET / HTTP/1.1\r\nHost: %s\r\n' "$host" | inside
	printf 'POST / HTTP/1.1\r\nHost: %s\r\nContent-Length: 60000\r\n\r\nx' "$host" | inside
	printf '\r\n\r\n\r\n\r\n' | inside
	head -c 90000 /dev/zero | tr '\0' 'a' | inside
	{
		printf 'GET / HTTP/1.1\r\n'
		head -c 90000 /dev/zero | tr '\0' 'a'
	} | inside
}
# half_open N: N connections that say a byte or nothing and stay, while others are answered
half_open() {
	mkfifo "$dir/never"
	sleep 100 >"$dir/never" &
	sleeper=$!
	n=0
	while [ $n -lt "$1" ]; do
		{
			[ $((n % 2)) -eq 0 ] || printf '\026'
			cat "$dir/never"
		} | curl -s -m 20 "telnet://$host" >/dev/null 2>&1 &
		n=$((n + 1))
	done
	sleep 0.5
	alive "$1 half-open connections"
	kill $sleeper
	rm "$dir/never"
}
# crowd N: N transfers side by side, each over a connection of its own
crowd() {
	seq "$1" | sed "s|.*|url = \"$issuer/.well-known/openid-configuration\"\noutput = \"/dev/null\"|" >"$dir/urls"
	curl -sS -m 60 --no-keepalive -H 'Connection: close' --cacert "$ca" -Z --parallel-immediate --parallel-max "$1" \
		-w '%{http_code}\n' -K "$dir/urls" 2>/dev/null | sort | uniq -c | sed 's/^ *//'
}

round() {
	random_bytes
	alive "random bytes"
	tls_garbage
	alive "garbage for TLS"
	http_garbage
	alive "garbage for HTTP"
	check "200 side by side" "$(crowd 200)" "200 200"
	alive "a crowd"
}

serve
round
half_open 50
round
round
# by now every buffer has had its largest size
before=$(rss)
round
round
after=$(rss)
# the address sanitizer keeps what was freed for a while
grep -q __asan_init "$mock" || [ $((after - before)) -le 1024 ] || check "memory after as much again" "$after KiB" "$before KiB"
echo "VmRSS: $before KiB, then $after KiB"
unserve

[ "$failed" -eq 0 ] && echo "all as expected"
[ "$failed" -eq 0 ]
