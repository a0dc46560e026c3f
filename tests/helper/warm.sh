#!/bin/sh
# What one login leaves to the next: metadata and keys are asked for once, and what is cached is never believed blindly.
# C-019, C-112, H-54
. "$(dirname "$0")/../support/e2e.sh"
test_service
mkdir -p /etc/latchkey/latchkey.conf.d
cache=/var/cache/latchkey

# login NAME: the person approves as soon as the code is shown
login() {
	ctl reset >/dev/null
	: >"$SYSLOG"
	ctl auto "$1" >/dev/null
	printf '\n\n\n' | pamtester latchkey-test alice authenticate acct_mgmt >"$NS/log/out" 2>&1
}
asked() { requests | grep -o '"path":"[^"]*"' | cut -d'"' -f4 | sed 's,.*/,,' | tr '\n' ' '; }
connections() { requests | grep -o '"conn":[0-9]*' | sort -u | wc -l; }
cold='openid-configuration device-authorization token jwks.json userinfo '
warm='device-authorization token userinfo '

start_mock --alg RS256
write_conf
add_conf test <<-CONF
	[provider]
	client_id = linux-login
	[login]
	services = latchkey-test
CONF

login bob
expect_eq "somebody else's approval is refused" 1 $?
expect_eq "after a cold start" "$cold" "$(asked)"
expect_eq "and leaves nothing" '' "$(find $cache -type f ! -name decoy 2>/dev/null)"
login alice
expect_eq "the next login is cold too" "0 $cold" "$? $(asked)"
expect_eq "and leaves its documents to root alone" '-rw------- root' \
	"$(stat -c '%A %U' $cache/metadata $cache/keys | sort -u)"
login alice
expect_eq "then a login is warm: three requests" "0 $warm" "$? $(asked)"
expect_eq "on one connection" 1 "$(connections)"
expect_eq "without a violation" '' "$(requests | grep -o '"violations":\["[^]]*')"

# one thing wrong with the files, the rest as above: fetched anew, and the login goes on
printf 'x' >$cache/keys
login alice
expect_eq "keys that are no document are fetched" "0 device-authorization token jwks.json userinfo " "$? $(asked)"
chmod 666 $cache/metadata
login alice
expect_eq "so are metadata that others could write" "0 openid-configuration $warm" "$? $(asked)"
mv $cache/keys $cache/elsewhere && ln -s elsewhere $cache/keys
login alice
expect_eq "and keys behind a link" "0 device-authorization token jwks.json userinfo " "$? $(asked)"
login alice
expect_eq "and then it is warm again" "0 $warm" "$? $(asked)"

# the provider starts anew with other keys, on its old port
port=${MOCK_ISSUER##*:}
stop_mock
start_mock --alg RS256 --port "$port"
latchkey forget --all --issuer "$MOCK_ISSUER" >"$NS/log/out" || fail "its people have other subjects now"
login alice
expect_eq "keys that changed cost one request" "0 device-authorization token jwks.json userinfo " "$? $(asked)"
login alice
expect_eq "once" "0 $warm" "$? $(asked)"
