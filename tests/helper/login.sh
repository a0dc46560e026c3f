#!/bin/sh
# latchkey login: the administrator's login without PAM, by the real helper, worker and provider. C-160
. "$(dirname "$0")/../support/e2e.sh"
start_mock
write_conf
add_conf test <<-CONF
	[login]
	services = sudo login
	prompt = none
	[service login]
	prompt = enter
CONF
# login WORD...: alice's provider approves by itself; what it says is in out and err
login() {
	: >"$SYSLOG"
	latchkey login "$@" >"$NS/log/out" 2>"$NS/log/err" </dev/null
}
out=$NS/log/out err=$NS/log/err

ctl auto alice >/dev/null
login alice --service sudo
expect_eq "alice is allowed" 0 $?
expect_has "what she would have seen" '^Sign in to .* (sudo) as alice with Authelia' "$out"
expect_has "each step has its time" '^ *[0-9][0-9]*\.[0-9][0-9][0-9] s  text' "$out"
expect_has "the verdict is told, and its PAM code" 's  allowed (PAM_SUCCESS), reason ok, login [0-9a-f]' "$out"
expect_has "with the local groups" '^ *groups: admins-local' "$out"
expect_has "the rule that decided" 'verdict=allow reason=ok user=alice service=sudo flow=device .*rule=.*ms=' "$err"
expect_has "and why it is that flow" 'flow=device why="it is part of no login session"' "$err"
logged "the log has the line too" 'verdict=allow reason=ok user=alice service=sudo flow=device'
expect_eq "no ticket is left behind" '' "$(tickets)"

login alice
expect_eq "at the end of input it is cancelled" 1 $?
expect_has "with its reason" 'cancelled (PAM_CONV_ERR), reason conv.failed' "$out"

login bob --service sudo
expect_eq "another person's approval is refused" 1 $?
expect_has "with its reason" 'refused (PAM_AUTH_ERR), reason usr.other' "$out"

login root --service sudo
expect_eq "root is exempt, which is no approval" 1 $?
expect_has "with its reason" 'exempt (PAM_IGNORE), reason exempt.root' "$out"

login alice --flow none
expect_eq "a flow that does not exist is wrong usage" 2 $?
as alice "$STAGE/sbin/latchkey" login alice >"$out" 2>"$err"
expect_eq "nobody but root gets a verdict" 1 $?
expect_lacks "not even a refusal" '(PAM_' "$out"
expect_eq "the helper takes no flow from others" 2 "$(
	as alice "$STAGE/libexec/latchkey/latchkey-helper" -f none </dev/null >/dev/null 2>&1
	echo $?
)"
logins_end
