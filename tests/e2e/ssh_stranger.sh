#!/bin/sh
# ssh: a name that this host does not know sees what a known one sees, and the provider hears nothing of it.
. "$(dirname "$0")/../support/e2e.sh"
setup_ssh
# what differs by right: the name, the code (same alphabet, same length), seconds left, line ends
shape() { tr -d '\r' <"$1" | sed -e "s/$2/NAME/g" -e 's/\([Cc]ode[ =]*\)[A-Z0-9-]\{8,\}/\1CODE/g' -e 's/[0-9]* s left/N s left/'; }
attempt() {
	person_ssh "$1" true <<-SCRIPT
		timeout 30
		expect $ENTER
		send \\r
		expect $AGAIN
		send \\x03
	SCRIPT
}
attempt alice
shape "$SCREEN" alice >"$NS/log/known"
alice_code=$(grep -o 'user_code=[A-Z0-9-]*' "$SCREEN" | head -n 1)
wait_for 3 "the end of alice's helper" no_process latchkey-helper
ctl journal >"$NS/log/journal.before"
attempt nosuchuser
shape "$SCREEN" nosuchuser >"$NS/log/stranger"
stranger_code=$(grep -o 'user_code=[A-Z0-9-]*' "$SCREEN" | head -n 1)
ctl journal >"$NS/log/journal.after"
diff "$NS/log/known" "$NS/log/stranger" || fail "the screens differ"
ok "both see the same screen"
expect_eq "codes are of one length" "${#alice_code}" "${#stranger_code}"
cmp -s "$NS/log/journal.before" "$NS/log/journal.after" || fail "the provider heard of the stranger"
ok "the provider heard nothing"
logins_end
