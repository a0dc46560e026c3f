#!/bin/sh
# sudo: ^C at the prompt ends it at once, and both processes with it.
. "$(dirname "$0")/../support/e2e.sh"
setup_sudo
person_sudo alice id -un <<SCRIPT
timeout 20
expect $ENTER
send \\x03
SCRIPT
[ $? -ne 0 ] || fail "sudo ran the command"
ok "sudo does not run the command"
expect_lacks "not a bit" '^root' "$SCREEN"
logins_end
