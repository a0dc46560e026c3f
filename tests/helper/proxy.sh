#!/bin/sh
# A whole login through the configured proxy; and never through the environment's. H-11
. "$(dirname "$0")/../support/e2e.sh"
test_service

# login [VARIABLE=VALUE...]: the person approves as soon as the code is shown
login() {
	ctl reset >/dev/null
	: >"$SYSLOG"
	: >"$NS/log/proxy.err"
	ctl auto alice >/dev/null
	printf '\n\n\n' | env "$@" pamtester latchkey-test alice authenticate acct_mgmt >"$NS/log/out" 2>&1
}
asked() { grep -o '^CONNECT.*' "$NS/log/proxy.err"; }
connections() { requests | grep -o '"conn":[0-9]*' | sort -u | wc -l; }

proxy >"$NS/log/proxy.port" 2>>"$NS/log/proxy.err" &
proxy=$!
wait_for 5 "the proxy" grep -q . "$NS/log/proxy.port"
url=http://127.0.0.1:$(cat "$NS/log/proxy.port")
start_mock
write_conf
add_conf test <<-CONF
	[provider]
	http_proxy = $url
	[login]
	services = latchkey-test
CONF

login
expect_eq "a login through the proxy" 0 $?
expect_eq "is one tunnel to the provider" "CONNECT ${MOCK_ISSUER#https://} HTTP/1.1" "$(asked)"
expect_eq "with all requests in it" "5 1" "$(requests | grep -c '"seq"') $(connections)"
expect_eq "without a violation" '' "$(requests | grep -o '"violations":\["[^]]*')"
login no_proxy='*' NO_PROXY='*' https_proxy=http://127.0.0.1:1
expect_eq "the environment's exceptions change nothing" "0 CONNECT ${MOCK_ISSUER#https://} HTTP/1.1" "$? $(asked)"

sed -i '/^http_proxy/d' /etc/latchkey/latchkey.conf.d/test.conf
login https_proxy="$url" HTTPS_PROXY="$url" all_proxy="$url" ALL_PROXY="$url" http_proxy="$url"
expect_eq "and without the setting its proxies are not asked" "0 " "$? $(asked)"

add_conf proxy <<-CONF
	[provider]
	http_proxy = $url
CONF
kill "$proxy"
wait "$proxy" 2>/dev/null
login
expect_eq "a proxy that is away is a provider that is away" 1 $?
expect_has "which the person sees" 'cannot retrieve authentication info' "$NS/log/out"
logged "and the log explains" 'verdict=unavailable reason=net.connect user=alice'
expect_eq "nobody went past it" '' "$(requests)"
