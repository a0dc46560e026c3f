#!/bin/sh
# The loopback flow by the real helper, worker, provider and the browser of a test: one login, what a browser gets, and
# who is not let near it. C-022, C-029, C-030, C-043, C-160, C-173
. "$(dirname "$0")/../support/e2e.sh"
start_mock
write_conf
add_conf test <<-CONF
	[provider]
	login_hint = yes
	[login]
	services = sudo login
	flow = loopback
CONF
out=$NS/log/out err=$NS/log/err told=$NS/log/told
# begin USER OPTION...: up to the address on the screen
begin() {
	: >"$SYSLOG"
	: >"$out" # now, and not when the login has started: what the last one showed is no address of this one
	ctl reset >/dev/null
	latchkey login "$@" >"$out" 2>"$err" </dev/null &
	login_pid=$!
	wait_for 10 "the address on the screen" grep -q '^  https://' "$out"
	url=$(sed -n 's/^  \(https:.*\)/\1/p' "$out")
}
ends() { # ends STATUS
	wait "$login_pid"
	expect_eq "$1" "$2" $?
}
browse() { latchkey-mock-idp browser --ca "$MOCK_CA" "$@" "$url" >"$told" 2>&1; }
param() { printf '%s\n' "$url" | tr '?&' '[\n*]' | sed -n "s/^$1=//p"; }
port() { param redirect_uri | sed -n 's|^http%3A%2F%2F127.0.0.1%3A\([1-9][0-9]*\)%2Fcallback$|\1|p'; }
# listens: at 127.0.0.1 (as the kernel writes it) and that port
listens() { grep -q "^ *[0-9]*: 0100007F:$(printf %04X "$(port)") 00000000:0000 0A" /proc/net/tcp && echo yes; }

begin alice
expect_has "the screen says which browser" '^Open this in a browser on this computer ([0-9]* s left):' "$out"
expect_eq "who it is for is a hint" alice "$(param login_hint)"
expect_eq "the redirect address is 127.0.0.1 at some port, where somebody listens" yes "$(listens)"
browse
expect_eq "the browser lands" 0 $?
expect_has "on a page that nothing may store" '"Cache-Control","no-store"' "$told"
ends "and the login goes on by itself" 0
expect_has "as alice" 'allowed (PAM_SUCCESS), reason ok' "$out"
expect_has "with her groups" 'groups: admins-local' "$out"
logged "the log says in which flow" 'verdict=allow reason=ok user=alice service=login .*flow=loopback'
expect_lacks "and no code" 'code=' "$SYSLOG"
expect_eq "nobody listens any more" '' "$(listens)"
expect_eq "the provider saw nothing wrong" '' "$(requests | grep -o '"violations":\["[^]]*')"

begin alice --service sudo
browse --deny
ends "who denies ends the login" 1
expect_has "with its reason" 'refused (PAM_AUTH_ERR), reason cb.denied' "$out"

begin alice
browse --user bob
ends "who signs in as somebody else is refused" 1
expect_has "with its reason" 'refused (PAM_AUTH_ERR), reason usr.other' "$out"

# a client that signs: at PAR, token and revocation endpoint, each time anew (C-051, C-153, RFC 7523)
cp "$(json_field client_key "$NS/log/mock.out")" /etc/latchkey/key.pem && chmod 600 /etc/latchkey/key.pem
add_conf client <<-CONF
	[provider]
	client_id = linux-key
	client_auth = private_key_jwt
	client_key_file = /etc/latchkey/key.pem
	par = require
	revoke = yes
CONF
begin alice
expect_eq "a client that signs leaves its name alone in the address" "linux-key " "$(param client_id) $(param redirect_uri)"
browse
ends "and logs in" 0
wait_for 3 "the token given back" has_request '"ep":"revocation".*"status":200'
expect_eq "by an assertion at each of three endpoints" "par token revocation " \
	"$(requests | grep '"client_assertion":"present"' | sed 's/.*"ep":"\([a-z]*\)".*/\1/' | tr '\n' ' ')"
expect_eq "with which the provider agrees" '' "$(requests | grep -o '"violations":\["[^]]*')"
rm /etc/latchkey/latchkey.conf.d/client.conf

# from another machine, where the browser would be elsewhere
pam_stack sudo
test_service
add_conf test <<-CONF
	[login]
	services = latchkey-test
	flow = loopback
CONF
: >"$SYSLOG"
pamtester -I rhost=203.0.113.5 latchkey-test alice authenticate </dev/null >"$out" 2>&1
expect_eq "a login from another machine is refused" 1 $?
logged "with its reason" 'verdict=deny reason=flow.remote user=alice .*rhost=203.0.113.5'
expect_lacks "before anything is shown" 'https://' "$out"
logins_end
