#!/bin/sh
# ssh: mallory is known to the provider and to the host, but in no allowed group.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
person_ssh mallory true <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last mallory
send \\r
SCRIPT
expect_eq "mallory stays out" 255 $?
logged "the log names the reason" 'verdict=deny reason=pol\.[a-z.]* user=mallory'
logins_end
