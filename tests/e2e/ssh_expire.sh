#!/bin/sh
# ssh: a code that expired is no login.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
person_ssh alice true <<SCRIPT
timeout 40
expect $ENTER
run ctl expire last
send \\r
SCRIPT
expect_eq "alice stays out" 255 $?
logged "the log says so" 'verdict=deny .*user=alice'
logins_end
