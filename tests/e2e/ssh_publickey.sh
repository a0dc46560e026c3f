#!/bin/sh
# ssh: a login by public key is as it was: no prompt, no request, no Latchkey groups.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
give_key alice
ssh_to alice -o PreferredAuthentications=publickey -i "$NS/home/root/key" 'id -nG; env' </dev/null >"$SCREEN" 2>&1
expect_eq "alice is in by her key" 0 $?
expect_eq "with her own groups alone" alice "$(head -n 1 "$SCREEN")"
expect_lacks "nothing of ours in her environment" LATCHKEY "$SCREEN"
expect_eq "the provider heard nothing" '' "$(requests)"
logins_end
