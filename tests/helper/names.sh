#!/bin/sh
# The provider by a name: IPv6 that is dead falls back to IPv4; and what a name server may say ends within http_timeout, as
# a provider that is away. In a network of our own, with a name server of our own. H-13
# timeout: 120
if [ -n "${LK_NS:-}" ] && [ -z "${LK_NET:-}" ]; then
	unshare -n true 2>/dev/null || { echo "SKIP: unshare -n is not permitted here"; exit 77; }
	LK_NET=1 exec unshare -n "$0" "$@"
fi
. "$(dirname "$0")/../support/e2e.sh"
test_service
# what the host's own would say must not matter
printf 'hosts: dns\npasswd: files\ngroup: files\nshadow: files\n' >/etc/nsswitch.conf
rm -f /etc/resolv.conf
printf 'nameserver 127.0.0.1\n' >/etc/resolv.conf
zone=$NS/tmp/zone
: >"$zone"
nameserver "$zone" >"$NS/log/nameserver" 2>&1 &
nameserver=$!
wait_for 5 "the name server" grep -q ready "$NS/log/nameserver"

start_mock --host idp.test
port=${MOCK_ISSUER##*:}
expect_eq "the provider has a name" "https://idp.test:$port" "$MOCK_ISSUER"
write_conf
add_conf test <<-CONF
	[provider]
	http_timeout = 2s
	[login]
	services = latchkey-test
CONF

# names ADDRESS...: what idp.test is
names() {
	for a in "$@"; do echo "idp.test $a"; done >"$zone"
}

# deaf ADDRESS PORT: drops what comes
deaf() {
	: >"$NS/log/deaf"
	deafport "$1" "$2" >"$NS/log/deaf" 2>&1 &
	deaf=$!
	wait_for 5 "deafport" grep -q deaf "$NS/log/deaf"
}
hear() { kill "$deaf" && wait "$deaf" 2>/dev/null; }

# login: the person approves as soon as the code is shown; $took: hundredths of a second
login() {
	ctl reset >/dev/null
	rm -rf /var/cache/latchkey /run/latchkey/limits
	: >"$SYSLOG"
	ctl auto alice >/dev/null
	began=$(now_cs)
	printf '\n\n\n' | pamtester latchkey-test alice authenticate acct_mgmt >"$NS/log/out" 2>&1
	rc=$?
	took=$(($(now_cs) - began))
	wait_for 2 "the end of the login" no_login
	return "$rc"
}

# away WHAT REASON: refused as a provider that is away, within http_timeout and a second
away() {
	login
	expect_eq "$1" 1 $?
	[ "$took" -lt 300 ] || fail "it took $took hundredths of a second"
	logged "  is unavailable after $took hundredths of a second: $2" "verdict=unavailable reason=$2 user=alice"
	expect_eq "  and the provider was not asked" '' "$(requests)"
}

# elsewhere PORT: where nobody is
elsewhere() { printf '[provider]\nissuer = https://idp.test:%s\n' "$1" | add_conf zz; }
fifty() { for i in $(seq 50); do echo "127.0.1.$i"; done; }

names 127.0.0.1
login
expect_eq "a login by name" 0 $?
expect_eq "asks all of it on one connection" "5 1" \
	"$(requests | grep -c '"seq"') $(requests | grep -o '"conn":[0-9]*' | sort -u | wc -l)"
names ::1 127.0.0.1
login
expect_eq "IPv6 that refuses falls back to IPv4" 0 $?
deaf ::1 "$port"
login
expect_eq "so does IPv6 that swallows everything" 0 $?
names ::1
away "alone, that" net.timeout
hear

: >"$zone"
away "a name that does not exist" net.name
echo "idp.test nothing" >"$zone"
away "a name without an address" net.name
# shellcheck disable=SC2046
names $(fifty)
# libcurl's pace decides which
away "fifty addresses where nobody is" 'net\.[ct][a-z]*'
deaf 0.0.0.0 30443
elsewhere 30443
away "fifty addresses that swallow everything" net.timeout
names 0.0.0.0
away "0.0.0.0 that swallows everything" net.timeout
hear
away "0.0.0.0 where nobody is" net.connect
names 127.0.0.1
rm /etc/latchkey/latchkey.conf.d/zz.conf
kill -STOP "$nameserver"
away "a name server that is mute" net.timeout
kill "$nameserver"
kill -CONT "$nameserver"
wait "$nameserver" 2>/dev/null
away "a name server that is gone" net.name
