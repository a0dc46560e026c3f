#!/bin/sh
# login(1) of util-linux is in no package of Debian 12. Its calls in their order, by a small program: initgroups, setcred,
# open_session, and setcred once more to reinitialize.
. "$(dirname "$0")/../support/e2e.sh"
setup_hosts login
person pamlogin login alice '' /usr/bin/id -nG <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "alice is in" 0 $?
expect_has "the program reinitializes the credentials" 'setcred again SUCCESS' "$SCREEN"
expect_has "each local group is there once" '^alice admins-local.$' "$SCREEN"
expect_eq "no ticket is left behind" '' "$(tickets)"
person pamlogin login alice '' /usr/bin/id -nG <<SCRIPT
timeout 30
expect $ENTER
run ctl deny last
send \\r
SCRIPT
[ $? -ne 0 ] || fail "a denied login opened a session"
expect_has "a denial is one that login asks again after" 'authenticate AUTH_ERR' "$SCREEN"
logins_end
