#!/bin/sh
# All phases of a login through a real PAM stack, in one process: shown, asked, allowed, session; and refused.
. "$top_srcdir/tests/support/pam.sh"
begin
service login <<END
auth    [success=done ignore=ignore default=die] MODULE
auth    required pam_deny.so
account [success=ok ignore=ignore default=bad] MODULE
account required pam_permit.so
session required MODULE
END

script <<END
text info Sign in to this host as alice
prompt Press Enter when you have approved it: 
expect answer
grant env=LATCHKEY_SUBJECT=subject-1
verdict allow
END
echo >"$dir/enter"
tester -I rhost=192.0.2.9 login alice authenticate acct_mgmt 'setcred(PAM_ESTABLISH_CRED)' open_session close_session <"$dir/enter"
[ "$status" = 0 ] || fail "the login ended with $status"
want 'Sign in to this host as alice'
want 'Press Enter when you have approved it:'
want 'successfully authenticated'
want 'account management done.'
want 'credential info has successfully been set.'
want 'successfully opened a session'

tester login alice authenticate </dev/null
[ "$status" != 0 ] || fail "end of file is no login"
want 'Conversation error'

script <<END
text error Refused: another person approved it.
verdict refused
END
tester login alice authenticate </dev/null
[ "$status" != 0 ] || fail "a refused login went through"
want 'Refused: another person approved it.'
want 'Authentication failure'

tester login alice acct_mgmt 'setcred(PAM_ESTABLISH_CRED)' open_session close_session </dev/null
[ "$status" = 0 ] || fail "a login that was not ours is disturbed"
echo "PASS"
