#!/bin/sh
# su: a module that changes PAM_USER: since util-linux 2.41 su refuses; before, it went on to the target that was asked for. With Latchkey
# in the account stack no version lets such a call through.
. "$(dirname "$0")/../support/e2e.sh"
. "$top_srcdir/tests/support/versions.sh"
start_mock
write_conf
user_changed su
as carol su alice -c 'echo in as $(id -un)' >"$SCREEN" 2>&1
rc=$?
if su_since 2.41; then
	expect_eq "su refuses" 1 $rc
	expect_lacks "nothing has run" 'in as' "$SCREEN"
else
	expect_eq "su goes on" 0 $rc
	expect_has "to the target" 'in as alice' "$SCREEN"
fi

user_changed_after_us su
person setpriv --reuid carol --regid carol --init-groups --reset-env -- su alice -c 'echo in as $(id -un)' <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "behind Latchkey su refuses" 1 $?
expect_lacks "nothing has run" 'in as' "$SCREEN"
logins_end
