#!/bin/sh
# ssh: with the provider away, the break-glass stack lets the named person in by password, and nobody else.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
break_glass sshd
stop_mock
person_ssh carol 'id -un' <<'SCRIPT'
timeout 30
expect Password:
send carols-own-password\r
SCRIPT
expect_eq "carol, of breakglass, is in by her own password" 0 $?
expect_has "as herself" '^carol' "$SCREEN"
person_ssh carol 'id -un' <<'SCRIPT'
timeout 30
expect Password:
send a-wrong-password\r
SCRIPT
expect_eq "and not by a wrong one" 255 $?
person_ssh bob true </dev/null
expect_eq "bob, who has a password too, stays out" 255 $?
expect_lacks "and is not asked for it" 'Password' "$SCREEN"
logged "the log says that the provider was away" 'verdict=unavailable reason=net.connect user=bob'
logins_end
