#!/bin/sh
# ssh: while the provider answers, the break-glass stack is shut: a denial never falls through to a password.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
break_glass sshd
person_ssh carol true <<SCRIPT
timeout 40
expect $ENTER
run ctl deny last
send \\r
SCRIPT
expect_eq "carol stays out" 255 $?
expect_lacks "nobody asked for her password" 'Password' "$SCREEN"
logins_end
