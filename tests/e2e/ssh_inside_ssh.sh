#!/bin/sh
# ssh inside ssh: from alice's session bob's is opened by bob's approval, with bob's groups, and knows nothing of the first.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
chmod 644 "$NS/ssh_config"
person_ssh alice -t "id -nG; ssh -t -F $NS/ssh_config bob@testhost 'id -nG; env'; echo back as \$(id -un)" <<SCRIPT
timeout 30
expect as alice with Authelia
expect $ENTER
run ctl approve last alice
send \\r
expect alice admins-local
expect as bob with Authelia
expect $ENTER
run ctl approve last bob
send \\r
expect back as alice
SCRIPT
expect_eq "both are in" 0 $?
expect_has "bob with his own groups" '^bob.$' "$SCREEN"
expect_lacks "without a ticket" LATCHKEY "$SCREEN"
person_ssh alice -t "ssh -t -F $NS/ssh_config bob@testhost true || echo bob refused" <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
expect as bob with Authelia
expect $ENTER
run ctl approve last alice
send \\r
expect bob refused
SCRIPT
expect_eq "alice's approval, from her own session, does not open bob's" 0 $?
logged "the log says why" 'verdict=deny .*user=bob service=sshd'
logins_end
