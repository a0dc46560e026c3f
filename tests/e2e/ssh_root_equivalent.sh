#!/bin/sh
# ssh: an account that is as good as root by its own local groups is not opened by a name alone. H-44
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
groupadd -f docker && usermod -a -G docker alice || fail "no group"
login() {
	: >"$SYSLOG"
	person_ssh alice id -nG <<-SCRIPT
		timeout 30
		expect $ENTER
		run ctl approve last alice
		send \\r
	SCRIPT
}
login
expect_eq "alice, of docker, stays out" 255 $?
logged "with the way in" 'verdict=deny reason=pol\.ceiling user=alice .*local group docker.*latchkey pin alice'
latchkey pin alice >"$NS/log/out" || fail "latchkey pin"
login
expect_eq "approved by latchkey pin, she is in" 0 $?
expect_has "with what she has here and what she earns" '^alice admins-local docker' "$SCREEN"
latchkey accounts >"$NS/log/out" || fail "latchkey accounts"
expect_has "and the account is hers from then on" '^alice  *approved, pinned  *sub=' "$NS/log/out"
printf '[login]\nroot_groups = breakglass\n' | add_conf more
gpasswd -d alice docker >/dev/null && usermod -a -G breakglass bob || fail "no group"
person_ssh bob true <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last bob
send \\r
SCRIPT
expect_eq "so it is with groups that this host adds to the list" 255 $?
logged "by the same rule" 'verdict=deny reason=pol\.ceiling user=bob'
logins_end
