#!/bin/sh
# su -: its service is su-l, and [service su] covers it.
. "$(dirname "$0")/../support/e2e.sh"
setup_hosts su-l
add_conf su <<'CONF'
[service su]
allow_groups = linux-admins
CONF
person_as bob su - alice -c 'id -nG; pwd; env' <<SCRIPT
timeout 30
expect (su-l) as alice with Authelia
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "alice's approval opens a login shell" 0 $?
expect_has "with her local groups" '^alice admins-local' "$SCREEN"
expect_has "in her home" "^$NS/home/alice" "$SCREEN"
expect_lacks "without a ticket" LATCHKEY "$SCREEN"
logged "the log has the service as the host said it" 'verdict=allow .*user=alice service=su-l'
person_as alice su - bob -c true <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last bob
send \\r
SCRIPT
expect_eq "bob's own approval is not enough: he is no admin" 1 $?
logged "by the rule of su" 'verdict=deny reason=pol\.[a-z.]* user=bob service=su-l'
logins_end
