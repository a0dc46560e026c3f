#!/bin/sh
# login(1), of shadow in Debian 12 (which opens the session before it sets the credentials), of util-linux from 13 on: asks for the name itself.
. "$(dirname "$0")/../support/e2e.sh"
setup_hosts login
person login <<SCRIPT
timeout 30
expect login:
send alice\\r
expect (login) as alice with Authelia
expect $ENTER
run ctl approve last alice
send \\r
expect $
send id -nG; env; exit\\r
SCRIPT
expect_eq "alice is in" 0 $?
expect_has "with her local groups" '^alice admins-local' "$SCREEN"
expect_lacks "without a ticket" 'LATCHKEY_TICKET=' "$SCREEN"
expect_eq "no ticket is left behind" '' "$(tickets)"
logged "the log says who, as whom" 'verdict=allow .*user=alice service=login'
logged "the session has its line" 'session=open user=alice'
person login <<SCRIPT
timeout 30
expect login:
send alice\\r
expect $ENTER
run ctl approve last bob
send \\r
expect Login incorrect
expect login:
kill
SCRIPT
logged "bob's approval does not open it" 'verdict=deny .*user=alice service=login'
expect_eq "one session was opened" 1 "$(grep -c 'session=open' "$SYSLOG")"
logins_end
