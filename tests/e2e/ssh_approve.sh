#!/bin/sh
# ssh: alice approves, presses Enter, and is in, with the local groups that her provider groups earn.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
person_ssh alice 'id -un; id -nG; env' <<SCRIPT
timeout 30
expect Sign in to
expect as alice with Authelia
expect Open
expect Code
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "alice is in" 0 $?
expect_has "as herself" '^alice' "$SCREEN"
expect_has "with the local group of linux-admins" '^alice.*admins-local' "$SCREEN"
expect_lacks "no ticket is left in her environment" LATCHKEY_TICKET "$SCREEN"
expect_eq "no ticket is left behind" '' "$(tickets)"
logged "one line says who, as whom, why" 'login=[0-9a-f]* verdict=allow .*user=alice service=sshd'
logins_end
