#!/bin/sh
# su: the person of the target's account approves, and the target has its local groups; another person's approval opens nothing.
. "$(dirname "$0")/../support/e2e.sh"
setup_hosts su
person_as bob su alice -c 'id -un; id -nG; env' <<SCRIPT
timeout 30
expect (su) as alice with Authelia
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "bob becomes alice by her approval" 0 $?
expect_has "as alice" '^alice.$' "$SCREEN"
expect_has "with her local groups" '^alice admins-local' "$SCREEN"
expect_lacks "and no ticket" LATCHKEY "$SCREEN"
expect_eq "no ticket is left behind" '' "$(tickets)"
logged "the log says who, as whom" 'verdict=allow .*user=alice service=su .*ruser=bob'
person_as bob su alice -c 'id -un' <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last bob
send \\r
SCRIPT
expect_eq "and not by his own" 1 $?
logged "the log says why" 'verdict=deny .*user=alice service=su'
logins_end
