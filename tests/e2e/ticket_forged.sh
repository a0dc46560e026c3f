#!/bin/sh
# Tickets that a user names in ~/.pam_environment, which Debian's sshd reads: one that never was, and real ones, of her own
# other connection, of another service, of another account. None gives anything, and none disturbs the login that names it.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
give_key alice
sed -i '0,/^session/s//session required pam_env.so user_readenv=1\n&/' /etc/pam.d/sshd
names() {
	echo "LATCHKEY_TICKET DEFAULT=$1" >"$NS/home/alice/.pam_environment"
	printf 'WITNESS DEFAULT=was-read\n' >>"$NS/home/alice/.pam_environment"
}
by_key() {
	: >"$SYSLOG"
	ssh_to alice -o PreferredAuthentications=publickey -i "$NS/home/root/key" 'id -nG; env' </dev/null >"$SCREEN" 2>&1
	expect_eq "alice is in by her key" 0 $?
	expect_eq "with her own groups alone" alice "$(head -n 1 "$SCREEN")"
	expect_lacks "and without the variable" LATCHKEY "$SCREEN"
}
# orphan SERVICE USER: a login that is allowed and never goes on; its ticket
orphan() {
	cp /etc/pam.d/sshd "/etc/pam.d/$1" 2>/dev/null
	tickets >"$NS/log/tickets.before"
	person pamtester "$1" "$2" authenticate >/dev/null <<-SCRIPT || fail "no ticket for $1, $2"
		timeout 30
		expect $ENTER
		run ctl approve last $2
		send \\r
	SCRIPT
	ticket=$(tickets | grep -v -x -F -f "$NS/log/tickets.before")
	[ "${#ticket}" -eq 32 ] || fail "no ticket: $ticket"
}

mkdir -m 755 /run/latchkey && mkdir -m 700 /run/latchkey/tickets
names 00112233445566778899aabbccddeeff
by_key
grep -q WITNESS=was-read "$SCREEN" || skip "this pam_env reads no ~/.pam_environment"
logged "one that never was: the log says so" 'reason=ticket.gone user=alice'
names ../../../../etc/passwd
by_key
logged "no name of a ticket: the log says so" 'reason=ticket.name user=alice'
orphan sshd alice
names "$ticket"
by_key
logged "of another connection: the log says so" 'reason=ticket.process user=alice'
by_key
logged "and it is spent: a second try finds none" 'reason=ticket.gone user=alice'
orphan su alice
names "$ticket"
by_key
logged "of another service: the log says so" 'reason=ticket.account user=alice'
orphan sshd bob
names "$ticket"
by_key
logged "of another account: the log says so" 'reason=ticket.account user=alice'
person_ssh alice 'id -nG; env' <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "her own approval is stronger than what she names" 0 $?
expect_has "with her groups" '^alice admins-local' "$SCREEN"
expect_lacks "and without the variable" LATCHKEY "$SCREEN"
expect_eq "no ticket is left behind" '' "$(tickets)"
