#!/bin/sh
# An allowed login that never goes on leaves its ticket; the next login removes those older than ten minutes, and no other.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
dir=/run/latchkey/tickets
orphan() {
	person pamtester sshd alice authenticate >/dev/null <<-SCRIPT || fail "alice is not let in"
		timeout 30
		expect $ENTER
		run ctl approve last alice
		send \\r
	SCRIPT
}
orphan
old=$(tickets)
expect_eq "an orphan is one file of root's" "32 600 root" "${#old} $(stat -c '%a %U' "$dir/$old")"
touch -d '9 minutes ago' "$dir/$old"
orphan
expect_eq "after nine minutes it stays" 2 "$(tickets | wc -l)"
touch -d '11 minutes ago' "$dir/$old"
tickets | grep -v "$old" >"$NS/log/young"
person_ssh alice 'id -nG' <<SCRIPT
timeout 30
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "another login is as it should be" 0 $?
expect_eq "and after eleven it took the orphan away, and no other" "$(cat "$NS/log/young")" "$(tickets)"
logins_end
