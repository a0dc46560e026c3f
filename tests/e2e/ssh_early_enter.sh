#!/bin/sh
# ssh: Enter before the approval asks again, and the login goes on.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
person_ssh bob 'id -nG' <<SCRIPT
timeout 40
expect $ENTER
send \\r
expect $AGAIN
run ctl approve last bob
send \\r
SCRIPT
expect_eq "bob is in" 0 $?
expect_has "with no group that he did not earn" '^bob.$' "$SCREEN"
logins_end
