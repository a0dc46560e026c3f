#!/bin/sh
# sudo: bob may log in, but [service sudo] wants linux-admins.
. "$(dirname "$0")/../support/e2e.sh"
setup_sudo
person_sudo bob id -un <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last bob
send \\r
timeout 3
SCRIPT
[ $? -ne 0 ] || fail "bob became root"
ok "bob does not become root"
expect_lacks "not a bit" '^root' "$SCREEN"
logged "the log names the reason" 'verdict=deny reason=pol\.[a-z.]* user=bob service=sudo'
