#!/bin/sh
# sudo -i: its service is sudo-i, and [service sudo] covers it.
. "$(dirname "$0")/../support/e2e.sh"
setup_sudo
cp /etc/pam.d/sudo /etc/pam.d/sudo-i
person_sudo alice -i id -un <<SCRIPT
timeout 30
expect (sudo-i) as alice with Authelia
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "alice has root's login shell" 0 $?
expect_has "as root" '^root' "$SCREEN"
logged "the log has the service as the host said it" 'verdict=allow .*user=alice service=sudo-i'
person_sudo bob -i id -un <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last bob
send \\r
timeout 3
SCRIPT
[ $? -ne 0 ] || fail "bob became root"
ok "bob, who is no admin, does not"
logged "by the rule of sudo" 'verdict=deny reason=pol\.[a-z.]* user=bob service=sudo-i'
