#!/bin/sh
# sudo -u bob: alice's approval gives bob's process none of alice's local groups.
. "$(dirname "$0")/../support/e2e.sh"
setup_sudo
person_sudo alice -u bob id -nG <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "sudo runs the command" 0 $?
expect_has "with bob's own groups alone" '^bob.$' "$SCREEN"
logins_end
