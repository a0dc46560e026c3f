#!/bin/sh
# ssh: root is exempt: the module stands aside, the rest of the stack decides, the provider hears nothing.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
echo 'root:roots-own-password' | chpasswd
person_ssh root 'id -un' <<'SCRIPT'
timeout 10
expect Password:
send roots-own-password\r
SCRIPT
expect_eq "root is in by password" 0 $?
expect_has "as root" '^root' "$SCREEN"
expect_eq "the provider heard nothing" '' "$(requests)"
logins_end
