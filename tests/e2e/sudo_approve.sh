#!/bin/sh
# sudo: alice, in linux-admins, approves and becomes root.
. "$(dirname "$0")/../support/e2e.sh"
setup_sudo
person_sudo alice id -un <<SCRIPT
timeout 30
expect (sudo) as alice with Authelia
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "sudo runs the command" 0 $?
expect_has "as root" '^root' "$SCREEN"
logged "one line says so" 'verdict=allow .*user=alice service=sudo'
logins_end
