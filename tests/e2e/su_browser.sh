#!/bin/sh
# su with its output in a pipe: the address is seen at once, and stays out of the data. C-022
. "$(dirname "$0")/../support/e2e.sh"
setup_hosts su
add_conf flow <<-CONF
	[login]
	flow = loopback
CONF
cat >"$NS/bin/somebody_browses" <<-SH
	#!/bin/sh
	url=\$(tr -d '\r' <"$SCREEN" | sed -n 's/^  \(https:.*\)/\1/p' | tail -n 1)
	exec latchkey-mock-idp browser --ca "$MOCK_CA" --user "\$1" "\$url" >"$NS/log/told" 2>&1
SH
chmod +x "$NS/bin/somebody_browses"
person_as bob sh -c "su alice -c 'id -un' | sed 's/^/data: /'" <<SCRIPT
timeout 30
expect (su) as alice with Authelia
expect Open this in a browser on this computer
expect /api/oidc/authorization?
run somebody_browses alice
SCRIPT
expect_eq "bob becomes alice by her sign-in" 0 $?
expect_has "the data are the command's" '^data: alice' "$SCREEN"
expect_lacks "and nothing else" '^data: .*\(https\|Sign in\)' "$SCREEN"
logged "the log says so" 'verdict=allow .*user=alice service=su .*ruser=bob flow=loopback'
person_as bob su alice -c 'id -un' <<SCRIPT
timeout 30
expect /api/oidc/authorization?
run somebody_browses bob
SCRIPT
expect_eq "and not by his own" 1 $?
logged "the log says why" 'verdict=deny reason=usr.other user=alice service=su'
person_as bob su alice -c 'id -un' <<SCRIPT
timeout 30
expect /api/oidc/authorization?
send \\x03
SCRIPT
[ $? -ne 0 ] || fail "su ran the command"
ok "^C ends the wait"
logins_end
