#!/bin/sh
# ssh: bob's approval of a code that alice's login shows lets nobody in: not as alice, not as bob. C-099
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
person_ssh alice true <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last bob
send \\r
SCRIPT
expect_eq "alice's account stays shut" 255 $?
logged "the log says that it was another" 'verdict=deny .*user=alice'
expect_lacks "nobody was let in" 'verdict=allow' "$SYSLOG"
logins_end
