#!/bin/sh
# ssh: what is denied at the provider is no login, and a denial ends the try at once.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
person_ssh alice true <<SCRIPT
timeout 40
expect $ENTER
run ctl deny last
send \\r
SCRIPT
expect_eq "alice stays out" 255 $?
logged "the log says that it was denied" 'verdict=deny .*user=alice'
logins_end
