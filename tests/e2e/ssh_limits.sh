#!/bin/sh
# ssh: strangers spend what is theirs. Over a limit the answer comes in milliseconds, the provider is not asked and the log
# has a line a minute; a known address and a first factor have budgets of their own. C-163
# timeout: 120
. "$(dirname "$0")/../support/e2e.sh"
# sshd has limits of its own from 9.8 on, in front of ours
set --
! grep -q -i persourcepenalties "$(command -v sshd)" || set -- 'PerSourcePenalties no'
setup_ssh 'AuthenticationMethods publickey,keyboard-interactive keyboard-interactive' 'MaxAuthTries 10' "$@"
give_key alice
add_conf limits <<'CONF'
[limits]
window = 1h
address = 3
account = 5
known = 4
factor = 2
CONF
home=127.0.0.1

# from ADDRESS USER [OPTION...] <script: somebody at a terminal over there
from() {
	there=$1 who=$2
	shift 2
	person ssh -F "$NS/ssh_config" -b "$there" "$@" "$who@testhost" true
}
with_key() { from "$1" "$2" -o PreferredAuthentications=publickey,keyboard-interactive -i "$NS/home/root/key"; }

# starts ADDRESS USER: gets as far as the prompt, and goes away
starts() {
	from "$1" "$2" <<-SCRIPT
		timeout 10
		expect $ENTER
		kill
	SCRIPT
	grep -q "$ENTER" "$SCREEN" || fail "$2 from $1 sees no prompt"
	wait_for 3 "the end of the login" no_login
}

# refused WHAT ADDRESS USER SETTING: at once, unasked, and why
refused() {
	requests >"$NS/log/before"
	: >"$SYSLOG"
	from "$2" "$3" </dev/null
	expect_lacks "$1" "$ENTER" "$SCREEN"
	requests | diff "$NS/log/before" - || fail "the provider was asked"
	logged "  and the log says by which limit" "verdict=limit reason=limit.start user=$3 .*\\[limits\\] $4"
	ms=$(log_line | sed -n 's/.* ms=\([0-9]*\).*/\1/p')
	[ "${ms:-1000}" -lt 100 ] || fail "it took $ms ms"
	ok "  after $ms ms"
}

APPROVE="timeout 20
expect $ENTER
run ctl approve last alice
send \\r"

# --- alice signs in: her address is known from now on
echo "$APPROVE" | from $home alice
expect_eq "alice is in" 0 $?

# --- a stranger has three starts at an address
starts 127.0.0.2 alice
starts 127.0.0.2 nosuchuser
starts 127.0.0.2 alice
refused "the fourth is over the limit" 127.0.0.2 alice address
: >"$SYSLOG"
from 127.0.0.2 bob </dev/null
from 127.0.0.2 alice </dev/null
wait_for 3 "the end of the logins" no_login
expect_eq "more of them have no line of their own in this minute" '' "$(grep -e limit.start "$SYSLOG")"

# --- and all strangers together five at an account: alice's first login was one
starts 127.0.0.3 alice
starts 127.0.0.3 alice
refused "a sixth stranger is one too many for the account" 127.0.0.3 alice account
starts 127.0.0.3 bob
ok "which is nothing to bob"

# --- none of which alice notices: where she is known, and wherever she has her key
echo "$APPROVE" | from $home alice
expect_eq "alice is in from where she is known" 0 $?
echo "$APPROVE" | with_key 127.0.0.2 alice
expect_eq "and with her key, from the stranger's own address" 0 $?

# --- these budgets end as well, each for itself
for i in 2 3 4; do starts $home alice; done
refused "four starts where she is known" $home alice known
echo "$APPROVE" | with_key 127.0.0.4 alice
expect_eq "leave her key's" 0 $?
: >"$SYSLOG"
with_key 127.0.0.5 alice </dev/null
expect_lacks "which are two" "$ENTER" "$SCREEN"
logged "and have a line in the log" 'verdict=limit reason=limit.start user=alice .*\[limits\] factor'
stop_sshd

# --- a host that cannot show the prompt counts five times
start_sshd "$@" 'Match all' 'PasswordAuthentication yes' 'KbdInteractiveAuthentication no'
printf '[limits]\naddress = 5\n' | add_conf more
by_password() {
	: >"$SYSLOG"
	from 127.0.0.6 carol -o PreferredAuthentications=password <<-'SCRIPT'
		timeout 10
		expect password:
		send anything\r
	SCRIPT
}
by_password
logged "a password conversation fails" 'verdict=cancel reason=conv.failed .*user=carol'
by_password
logged "and one such spends five starts" 'verdict=limit reason=limit.start user=carol .*\[limits\] address'
logins_end
