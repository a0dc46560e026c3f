#!/bin/sh
# sudo: a module that changes PAM_USER: since 1.9.16p1 sudo refuses; before, it went on as if nothing had been. With Latchkey in the
# account stack no version lets such a call through.
. "$(dirname "$0")/../support/e2e.sh"
. "$top_srcdir/tests/support/versions.sh"
setup_sudo
echo 'Defaults passwd_tries=1' >>/etc/sudoers
user_changed sudo
person_sudo alice -u carol sh -c 'echo in as $(id -un)' </dev/null
rc=$?
if sudo_since 1.9.16p1; then
	expect_eq "sudo refuses" 1 $rc
	expect_lacks "nothing has run" 'in as' "$SCREEN"
else
	expect_eq "sudo goes on" 0 $rc
	expect_has "for the target" 'in as carol' "$SCREEN"
fi

user_changed_after_us sudo
person_sudo alice sh -c 'echo in as $(id -un)' <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "behind Latchkey sudo refuses" 1 $?
expect_lacks "nothing has run" 'in as' "$SCREEN"
logins_end
