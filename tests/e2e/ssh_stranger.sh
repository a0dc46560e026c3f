#!/bin/sh
# ssh: a name that this host does not know sees what a known one sees, as slowly, and the provider hears nothing of it.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
# what differs by right: the name, the code (of one alphabet and length), the seconds left, line ends
shape() { tr -d '\r' <"$SCREEN" | sed -e "s/$1/NAME/g" -e 's/\(Code *\|user_code=\)[A-Z]\{8\}/\1CODE/g' -e 's/[0-9]* s left/N s left/'; }
attempt() {
	began=$(now_cs)
	person_ssh "$1" true <<-SCRIPT
		timeout 30
		expect $ENTER
		send \\r
		expect $AGAIN
		kill
	SCRIPT
	took=$(($(now_cs) - began))
	wait_for 3 "the end of the login" no_login
}
# the first login that is allowed shows the host what the provider's codes look like
person_ssh alice true <<SCRIPT
expect $ENTER
run ctl approve last alice
send \\r
SCRIPT
expect_eq "alice is in" 0 $?
attempt bob
known=$took
shape bob >"$NS/log/known"
requests >"$NS/log/journal.before"
attempt nosuchuser
shape nosuchuser >"$NS/log/stranger"
requests >"$NS/log/journal.after"
diff "$NS/log/known" "$NS/log/stranger" || fail "the screens differ"
ok "both see the same screen"
diff "$NS/log/journal.before" "$NS/log/journal.after" || fail "the provider heard of the stranger"
ok "the provider heard nothing"
[ $((took - known)) -lt 50 ] && [ $((known - took)) -lt 50 ] || fail "it took $known and $took hundredths of a second"
ok "and it took as long ($known and $took hundredths of a second)"
logins_end
