#!/bin/sh
# ssh: a module that changes PAM_USER: since OpenSSH 10.1 nobody gets in; before, the one who was asked for, whoever signed in. That is
# why Latchkey compares and never changes it; and where it stands in the account stack, no version lets such a login in.
. "$(dirname "$0")/../support/e2e.sh"
. "$top_srcdir/tests/support/versions.sh"
setup_ssh
user_changed sshd
person_ssh alice 'echo in as $(id -un)' </dev/null
rc=$?
if openssh_since 10.1; then
	expect_eq "nobody is in" 255 $rc
	expect_lacks "under no name" 'in as' "$SCREEN"
else
	expect_eq "somebody is in" 0 $rc
	expect_has "as the one who was asked for" 'in as alice' "$SCREEN"
fi

user_changed_after_us sshd
person_ssh alice 'echo in as $(id -un)' <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "behind Latchkey nobody is in" 255 $?
expect_lacks "under no name" 'in as' "$SCREEN"
logged "she had been allowed" 'verdict=allow .*user=alice service=sshd'
logins_end
