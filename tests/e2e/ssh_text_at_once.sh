#!/bin/sh
# ssh: with "prompt = none", sshd shows the code at once since OpenSSH 10.3; before, only when the login is over, which is why
# "auto" asks for Enter.
. "$(dirname "$0")/../support/e2e.sh"
. "$top_srcdir/tests/support/versions.sh"
setup_ssh
add_conf none <<'CONF'
[login]
prompt = none
CONF
# a shell, since older ones show to shells alone what was held back
echo 'echo "in as $(id -un)"; exit' >"$NS/home/alice/.profile"
person_ssh alice <<SCRIPT &
timeout 30
expect in as alice
SCRIPT
person=$!
wait_for 15 "a poll" has_request token
if openssh_since 10.3; then
	expect_has "the code is there while she is waited for" 'Code ' "$SCREEN"
else
	expect_lacks "nothing is there while she is waited for" . "$SCREEN"
fi
expect_lacks "nobody is in" 'in as' "$SCREEN"
ctl approve last alice
wait "$person"
expect_eq "alice is in without Enter" 0 $?
expect_has "in the end she has seen the code" 'Code ' "$SCREEN"
expect_lacks "and no prompt" "$ENTER" "$SCREEN"
logins_end

# The same people with "auto": the code is there at once whatever the version.
rm /etc/latchkey/latchkey.conf.d/none.conf
person_ssh alice 'echo in as $(id -un)' <<SCRIPT
timeout 30
expect Code
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "with a prompt the code is there at once in every version" 0 $?
logins_end
