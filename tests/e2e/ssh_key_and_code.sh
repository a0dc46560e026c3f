#!/bin/sh
# ssh: AuthenticationMethods publickey,keyboard-interactive: the key first, then the code; neither alone. C-166 dev.after-1fa
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh 'AuthenticationMethods publickey,keyboard-interactive'
person_ssh alice true </dev/null
expect_eq "without the key nobody is asked" 255 $?
expect_eq "and the provider hears nothing" '' "$(requests)"
give_key alice
person ssh -F "$NS/ssh_config" -o PreferredAuthentications=publickey,keyboard-interactive -i "$NS/home/root/key" \
	alice@testhost 'id -nG' <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "with both she is in" 0 $?
expect_has "with her local groups" '^alice.*admins-local' "$SCREEN"
logins_end
